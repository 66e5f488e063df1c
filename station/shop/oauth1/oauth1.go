// Package oauth1 signs requests by OAuth 1.0a (RFC 5849) with HMAC-SHA256, as shops ask
// for it: Magento, NetSuite, and WooCommerce where it is reached without TLS. It must not send,
// keep or log anything; who may sign is the caller's to say.
//
//	s := oauth1.Signer{Keys: oauth1.Keys{Consumer: "ck", ConsumerSecret: "cs"}}
//	err := s.Header(request)
//
// What is signed is the request as it is sent: a query must be whole before it is
// signed, and a space in it should be %20, because some servers do not read "+" as one.
package oauth1

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Method is how the signature is made.
const Method = "HMAC-SHA256"

// Keys prove who asks. Without Token and TokenSecret the consumer asks for itself.
type Keys struct{ Consumer, ConsumerSecret, Token, TokenSecret string }

// Signer signs requests, each with a nonce and a time of its own.
type Signer struct {
	Keys  Keys
	Realm string           // stands in the header and is not signed; "" for none
	Clock func() time.Time // nil: the computer's
	Nonce func() string    // nil: 128 random bits
}

// Header signs a request by its Authorization header. The body is no part of what is
// signed: it must not be a form.
func (s Signer) Header(r *http.Request) error {
	own := s.own()
	signature, err := s.sign(r, own)
	if err != nil {
		return err
	}
	own["oauth_signature"] = signature
	var parts []string
	if s.Realm != "" {
		parts = append(parts, `realm="`+Escape(s.Realm)+`"`)
	}
	for _, name := range sorted(own) {
		parts = append(parts, Escape(name)+`="`+Escape(own[name])+`"`)
	}
	r.Header.Set("Authorization", "OAuth "+strings.Join(parts, ", "))
	return nil
}

// Query signs a request by parameters at the end of its address, for hosts that strip
// the Authorization header.
func (s Signer) Query(r *http.Request) error {
	own := s.own()
	signature, err := s.sign(r, own)
	if err != nil {
		return err
	}
	own["oauth_signature"] = signature
	query := r.URL.RawQuery
	for _, name := range sorted(own) {
		if query != "" {
			query += "&"
		}
		query += Escape(name) + "=" + Escape(own[name])
	}
	r.URL.RawQuery = query
	return nil
}

// own are the parameters of the protocol, without the signature.
func (s Signer) own() map[string]string {
	now, nonce := time.Now, rand.Text
	if s.Clock != nil {
		now = s.Clock
	}
	if s.Nonce != nil {
		nonce = s.Nonce
	}
	own := map[string]string{
		"oauth_consumer_key":     s.Keys.Consumer,
		"oauth_nonce":            nonce(),
		"oauth_signature_method": Method,
		"oauth_timestamp":        strconv.FormatInt(now().Unix(), 10),
		"oauth_version":          "1.0",
	}
	if s.Keys.Token != "" {
		own["oauth_token"] = s.Keys.Token
	}
	return own
}

func (s Signer) sign(r *http.Request, own map[string]string) (string, error) {
	base, err := Base(r, own)
	if err != nil {
		return "", err
	}
	mac := hmac.New(sha256.New, []byte(Escape(s.Keys.ConsumerSecret)+"&"+Escape(s.Keys.TokenSecret)))
	mac.Write([]byte(base))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// Base returns the signature base string of a request (RFC 5849 §3.4.1) with the given
// parameters of the protocol beside those of its query.
func Base(r *http.Request, own map[string]string) (string, error) {
	var pairs []string
	for name, value := range own {
		pairs = append(pairs, Escape(name)+"="+Escape(value))
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return "", fmt.Errorf("the query cannot be signed: %w", err)
	}
	for name, values := range query {
		for _, value := range values {
			pairs = append(pairs, Escape(name)+"="+Escape(value))
		}
	}
	// By name, then by value: not by the whole, in which "=" would count.
	slices.SortFunc(pairs, func(a, b string) int {
		an, av, _ := strings.Cut(a, "=")
		bn, bv, _ := strings.Cut(b, "=")
		if an != bn {
			return strings.Compare(an, bn)
		}
		return strings.Compare(av, bv)
	})
	return strings.ToUpper(r.Method) + "&" + Escape(address(r)) + "&" + Escape(strings.Join(pairs, "&")), nil
}

// address is where a request goes, as it is signed: small letters, no usual port, no
// query.
func address(r *http.Request) string {
	scheme, host := strings.ToLower(r.URL.Scheme), r.Host
	if host == "" {
		host = r.URL.Host
	}
	host = strings.ToLower(host)
	if h, port, err := net.SplitHostPort(host); err == nil &&
		(scheme == "http" && port == "80" || scheme == "https" && port == "443") {
		host = h
		if strings.Contains(h, ":") {
			host = "[" + h + "]"
		}
	}
	path := r.URL.EscapedPath()
	if path == "" {
		path = "/"
	}
	return scheme + "://" + host + path
}

// Escape encodes a text as RFC 5849 §3.6 wants it: all but letters, digits, "-", ".",
// "_" and "~".
func Escape(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

func sorted(m map[string]string) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
