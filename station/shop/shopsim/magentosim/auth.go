package magentosim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// may says why a request is not answered. A token that is not known is worded like one
// that lacks the right; a signature that is wrong is not.
func (s *Sim) may(r *http.Request, right string) *refusal {
	header := r.Header.Get("Authorization")
	known := false
	if rest, ok := strings.CutPrefix(header, "OAuth "); ok {
		if problem := s.signature(r, rest); problem != "" {
			return refuse(http.StatusUnauthorized, problem)
		}
		known = true
	} else if !s.signed {
		known = header == "Bearer "+token
	}
	if known && !s.forbidden[right] {
		return nil
	}
	return &refusal{
		status: http.StatusUnauthorized, message: "The consumer isn't authorized to access %resources.",
		named: map[string]string{"resources": right},
	}
}

// deviation is how far a request's clock may be ahead, in seconds.
const deviation = 600

// signature checks the header of a signed request as Magento does, and says what is
// wrong with it. In the query "+" is no space.
func (s *Sim) signature(r *http.Request, header string) string {
	params := map[string]string{}
	for _, part := range strings.Split(header, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		value, err := url.PathUnescape(strings.Trim(value, `"`))
		if err != nil || params[name] != "" {
			return "The signature is invalid. Verify and try again."
		}
		params[name] = value
	}
	for _, name := range []string{"oauth_consumer_key", "oauth_signature", "oauth_signature_method", "oauth_nonce", "oauth_timestamp", "oauth_token"} {
		if params[name] == "" {
			return "\"" + name + "\" is required. Enter and try again."
		}
	}
	at, err := strconv.ParseInt(params["oauth_timestamp"], 10, 64)
	nonce := params["oauth_nonce"] + " " + params["oauth_timestamp"]
	switch {
	case params["oauth_signature_method"] != "HMAC-SHA256":
		return "Signature method " + params["oauth_signature_method"] + " is not supported"
	case params["oauth_consumer_key"] != consumerKey || params["oauth_token"] != token:
		return "Consumer key or token is unknown."
	case err != nil || at <= 0 || at > s.o.Clock().Unix()+deviation:
		return "The timestamp value in the oauth_timestamp parameter is invalid."
	case s.nonces[nonce]:
		return "The nonce is already being used by the consumer with ID 1."
	}
	s.nonces[nonce] = true
	sent := params["oauth_signature"]
	delete(params, "oauth_signature")
	for _, part := range strings.Split(r.URL.RawQuery, "&") {
		if name, value, ok := strings.Cut(part, "="); ok {
			name, _ = url.PathUnescape(name)
			params[name], _ = url.PathUnescape(value)
		}
	}
	if sent != sign(r, params) {
		return "The signature is invalid. Verify and try again."
	}
	return ""
}

// sign works a signature out as RFC 5849 says, apart from whoever made it.
func sign(r *http.Request, params map[string]string) string {
	encode := func(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
	var names []string
	byName := map[string]string{}
	for name, value := range params {
		byName[encode(name)] = encode(value)
		names = append(names, encode(name))
	}
	sort.Strings(names)
	var pairs []string
	for _, name := range names {
		pairs = append(pairs, name+"="+byName[name])
	}
	base := r.Method + "&" + encode("http://"+r.Host+r.URL.EscapedPath()) + "&" + encode(strings.Join(pairs, "&"))
	mac := hmac.New(sha256.New, []byte(encode(consumerSecret)+"&"+encode(tokenSecret)))
	mac.Write([]byte(base))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
