package woocommerce

import (
	"errors"
	"net/http"
	"strings"

	"packbench/station/shop"
	"packbench/station/shop/oauth1"
	"packbench/station/web"
)

// sign adds the key. Over https it is the user and password of Basic, or part of the
// address where a host takes the header away. Over http the secret must not travel:
// there OAuth 1.0a proves that we know it, with no token (RFC 5849, and WooCommerce's
// page on authentication).
func (s *Shop) sign(r *http.Request, _ []byte) error {
	key, secret, _ := strings.Cut(s.opt.Secret, ":")
	s.mu.Lock()
	inQuery := s.query
	s.mu.Unlock()
	switch {
	case !s.https():
		r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "+", "%20")
		return oauth1.Signer{Keys: oauth1.Keys{Consumer: key, ConsumerSecret: secret}, Clock: s.opt.Clock}.Query(r)
	case inQuery:
		query := r.URL.Query()
		query.Set("consumer_key", key)
		query.Set("consumer_secret", secret)
		r.URL.RawQuery = query.Encode()
	default:
		r.SetBasicAuth(key, secret)
	}
	return nil
}

// stripped reports whether an answer looks as if the host had taken the header with
// the key away: the shop saw a stranger. The key goes into the address from now on.
func (s *Shop) stripped(a web.Answer, err error) bool {
	if a.Status != http.StatusUnauthorized || !errors.As(err, new(*shop.Denied)) || !s.https() {
		return false
	}
	code := string(failure(a).Code)
	if !strings.HasPrefix(code, "woocommerce_rest_cannot_") && code != "rest_forbidden" && code != "rest_not_logged_in" {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.query || s.heard || s.opt.Set["auth"] == "header" {
		return false
	}
	s.query = true
	return true
}
