// Package inbox owns what services that follow parcels send by themselves: what proves that
// it is from them, and what it says (T1). It is bytes in, events out: where the bytes come
// from, and whose parcel a number is, are not its business.
//
// [Verify] checks a body as it came with its headers: it is never written anew before that,
// because a number or an accent that is written another way has another signature. [Read]
// takes it apart, and [ReadCSV] a file that somebody wrote by hand or exported.
package inbox

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"packbench/station/track"
)

// Standard is the kind of a shop's own relay, signed as Standard Webhooks 1.0.0 says.
const Standard = "standard"

// Kinds lists the kinds that can send.
func Kinds() []string { return []string{track.AfterShip, track.EasyPost, Standard} }

// Why something is not taken.
var (
	ErrUnsigned  = errors.New("it is not signed: the header with the signature is missing")
	ErrSignature = errors.New("its signature is wrong: the secret is another one, or the body was changed on its way, such as by being written anew")
	ErrOld       = errors.New("it was signed more than five minutes before or after it came: its clock is wrong, or it was sent again by somebody else")
	ErrSecret    = errors.New("the secret that is kept for it is none: enter it again")
)

// tolerance is how far the time of a signature may lie from the time at which it came.
const tolerance = 5 * time.Minute

// Verify reports why a body is not what its sender sent; nil: it is. came is when it arrived.
func Verify(kind, secret string, h http.Header, body []byte, came time.Time) error {
	if secret == "" {
		return ErrSecret
	}
	switch kind {
	case track.AfterShip: // no time is signed: whether it is old cannot be told
		return oneOf(base64.StdEncoding.DecodeString, []byte(secret), body, h.Get("Aftership-Hmac-Sha256"))
	case track.EasyPost:
		value, _ := strings.CutPrefix(h.Get("X-Hmac-Signature"), "hmac-sha256-hex=")
		return oneOf(hex.DecodeString, []byte(norm.NFKD.String(secret)), body, value)
	case Standard:
		return standard(secret, h, body, came)
	}
	return fmt.Errorf("%q is none of %s", kind, strings.Join(Kinds(), ", "))
}

// oneOf checks that one of some signatures is that of a text.
func oneOf(decode func(string) ([]byte, error), key, text []byte, signatures ...string) error {
	mac := hmac.New(sha256.New, key)
	mac.Write(text)
	want := mac.Sum(nil)
	right, some := false, false
	for _, s := range signatures {
		got, err := decode(s)
		some = some || s != ""
		right = hmac.Equal(got, want) && err == nil || right // in constant time
	}
	switch {
	case right:
		return nil
	case !some:
		return ErrUnsigned
	}
	return ErrSignature
}

func standard(secret string, h http.Header, body []byte, came time.Time) error {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) == 0 {
		return ErrSecret
	}
	id, at := h.Get("Webhook-Id"), h.Get("Webhook-Timestamp")
	seconds, err := strconv.ParseInt(at, 10, 64)
	if id == "" || err != nil || h.Get("Webhook-Signature") == "" {
		return ErrUnsigned
	}
	var signatures []string
	for _, s := range strings.Fields(h.Get("Webhook-Signature")) {
		if s, v1 := strings.CutPrefix(s, "v1,"); v1 {
			signatures = append(signatures, s)
		}
	}
	if err := oneOf(base64.StdEncoding.DecodeString, key, []byte(id+"."+at+"."+string(body)), signatures...); err != nil {
		return err
	}
	if came.Sub(time.Unix(seconds, 0)).Abs() > tolerance {
		return ErrOld
	}
	return nil
}
