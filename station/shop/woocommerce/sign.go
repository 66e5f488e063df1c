package woocommerce

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"packbench/station/shop"
	"packbench/station/shop/web"
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
	query := r.URL.Query()
	switch {
	case !s.https():
		s.oauth(r, query, key, secret)
	case inQuery:
		query.Set("consumer_key", key)
		query.Set("consumer_secret", secret)
	default:
		r.SetBasicAuth(key, secret)
		return nil
	}
	r.URL.RawQuery = query.Encode()
	return nil
}

// oauth adds the parameters of a signed request.
func (s *Shop) oauth(r *http.Request, query url.Values, key, secret string) {
	query.Set("oauth_consumer_key", key)
	query.Set("oauth_nonce", rand.Text())
	query.Set("oauth_signature_method", "HMAC-SHA256")
	query.Set("oauth_timestamp", strconv.FormatInt(s.opt.Clock().Unix(), 10))
	place := r.URL.Scheme + "://" + strings.ToLower(r.URL.Host) + r.URL.EscapedPath()
	mac := hmac.New(sha256.New, []byte(escape(secret)+"&"))
	mac.Write([]byte(r.Method + "&" + escape(place) + "&" + escape(normal(query))))
	query.Set("oauth_signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

// normal writes parameters in the order and form that both sides sign.
func normal(query url.Values) string {
	var pairs []string
	for name, values := range query {
		for _, v := range values {
			pairs = append(pairs, escape(name)+"="+escape(v))
		}
	}
	slices.Sort(pairs)
	return strings.Join(pairs, "&")
}

// escape is the percent-encoding of RFC 3986, which OAuth asks for.
func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// stripped reports whether an answer looks as if the host had taken the header with
// the key away: the shop saw a stranger. The key goes into the address from now on.
func (s *Shop) stripped(a web.Answer, err error) bool {
	if a.Status != http.StatusUnauthorized || !errors.As(err, new(*shop.Denied)) || !s.https() {
		return false
	}
	code := failure(a).Code
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
