package oauth1_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"packbench/station/shop/oauth1"
)

// The request of RFC 5849 §3.4.1.1 without its form, with a query that has a name
// twice, one without a value, and characters of all kinds.
func TestTheBaseStringIsThatOfTheStandard(t *testing.T) {
	r, err := http.NewRequest("POST", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b&c2&a3=2+q", nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := oauth1.Base(r, map[string]string{
		"oauth_consumer_key": "9djdj82h48djs9d2", "oauth_token": "kkk9d7dh3k39sjv7",
		"oauth_signature_method": "HMAC-SHA1", "oauth_timestamp": "137131201", "oauth_nonce": "7d8f3e4a",
	})
	if err != nil {
		t.Fatal(err)
	}
	// As printed in the standard, §3.4.1.1.
	want := "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q" +
		"%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_" +
		"key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_m" +
		"ethod%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk" +
		"9d7dh3k39sjv7"
	if got != want {
		t.Errorf("base string\n%s\nwant\n%s", got, want)
	}
}

func signer() oauth1.Signer {
	return oauth1.Signer{
		Keys:  oauth1.Keys{Consumer: "dpf43f3p2l4k3l03", ConsumerSecret: "kd94hf93k423kf44", Token: "nnch734d00sl2jdk", TokenSecret: "pfkkdhi9sl3r4s00"},
		Clock: func() time.Time { return time.Unix(137131202, 0) },
		Nonce: func() string { return "chapoH" },
	}
}

// The photo of RFC 5849 §1.2, signed by SHA-256. The value was worked out apart from
// this code, by openssl dgst -sha256 -hmac 'kd94hf93k423kf44&pfkkdhi9sl3r4s00' over
// the base string that the standard gives, with the other method's name.
func TestASignatureIsThatOfAnotherProgram(t *testing.T) {
	const want = "rAAvYu1BQL0v7E7CJl81nKGKZdQr4XFo7E7vbGJxPz4="
	r, _ := http.NewRequest("GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", nil)
	if err := signer().Header(r); err != nil {
		t.Fatal(err)
	}
	header := r.Header.Get("Authorization")
	for _, part := range []string{
		"OAuth ", `oauth_consumer_key="dpf43f3p2l4k3l03"`, `oauth_token="nnch734d00sl2jdk"`, `oauth_signature_method="HMAC-SHA256"`,
		`oauth_timestamp="137131202"`, `oauth_nonce="chapoH"`, `oauth_signature="` + oauth1.Escape(want) + `"`,
	} {
		if !strings.Contains(header, part) {
			t.Errorf("the header %s lacks %s", header, part)
		}
	}

	r, _ = http.NewRequest("GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", nil)
	if err := signer().Query(r); err != nil {
		t.Fatal(err)
	}
	if got := r.URL.Query().Get("oauth_signature"); got != want {
		t.Errorf("signed by query: %s, want %s", got, want)
	}
}

func TestEveryRequestHasANonceOfItsOwn(t *testing.T) {
	s := signer()
	s.Nonce = nil
	seen := map[string]bool{}
	for range 1000 {
		r, _ := http.NewRequest("GET", "https://shop.example/rest/V1/orders", nil)
		if err := s.Header(r); err != nil {
			t.Fatal(err)
		}
		header := r.Header.Get("Authorization")
		if seen[header] {
			t.Fatal("two requests were signed alike")
		}
		seen[header] = true
	}
}

// One secret alone still ends in "&"; a secret is escaped before it is a key.
func TestSecretsAreEscaped(t *testing.T) {
	alone, both := signer(), signer()
	alone.Keys.Token, alone.Keys.TokenSecret, alone.Keys.ConsumerSecret = "", "", "a&b"
	both.Keys.Token, both.Keys.TokenSecret, both.Keys.ConsumerSecret = "", "b", "a"
	sign := func(s oauth1.Signer) string {
		r, _ := http.NewRequest("GET", "https://shop.example/", nil)
		if err := s.Header(r); err != nil {
			t.Fatal(err)
		}
		return r.Header.Get("Authorization")
	}
	if sign(alone) == sign(both) {
		t.Error("two pairs of secrets sign alike")
	}
}

// A realm stands first in the header and is no part of what is signed.
func TestARealmIsNotSigned(t *testing.T) {
	with := signer()
	with.Realm = "1234567_SB1"
	headers := []string{}
	for _, s := range []oauth1.Signer{signer(), with} {
		r, _ := http.NewRequest("GET", "http://photos.example.net/photos?file=vacation.jpg&size=original", nil)
		if err := s.Header(r); err != nil {
			t.Fatal(err)
		}
		headers = append(headers, r.Header.Get("Authorization"))
	}
	if want := strings.Replace(headers[0], "OAuth ", `OAuth realm="1234567_SB1", `, 1); headers[1] != want {
		t.Errorf("got %s", headers[1])
	}
}
