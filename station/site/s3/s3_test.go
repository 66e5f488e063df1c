package s3_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station/site/s3"
	"packbench/station/web"
)

// storage keeps objects as S3 does: what is not signed rightly, or at another time, is not
// kept, and nothing is kept by half.
type storage struct {
	mu      sync.Mutex
	now     time.Time
	objects map[string]string
	types   map[string]string
	fails   []string // codes that the next requests are answered with; "cut" drops the connection
	secret  string
}

func (s *storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.Header().Set("Date", s.now.Format(http.TimeFormat))
	refuse := func(status int, code string) {
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, `<?xml version="1.0"?><Error><Code>`+code+`</Code><Message>secret words</Message></Error>`)
	}
	body, err := io.ReadAll(r.Body)
	sum := sha256.Sum256(body)
	at, failed := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	headers := map[string]string{"host": r.Host, "x-amz-date": r.Header.Get("X-Amz-Date"), "x-amz-content-sha256": r.Header.Get("X-Amz-Content-Sha256")}
	if t := r.Header.Get("Content-Type"); t != "" {
		headers["content-type"] = t
	}
	have := r.Header.Get("Authorization")
	switch {
	case err != nil || failed != nil:
		refuse(400, "IncompleteBody")
		return
	case s.now.Sub(at).Abs() > 15*time.Minute:
		refuse(403, "RequestTimeTooSkewed")
		return
	case !strings.Contains(have, "Credential=AKIA1/"):
		refuse(403, "InvalidAccessKeyId")
		return
	case hex.EncodeToString(sum[:]) != headers["x-amz-content-sha256"] || have != s3.Authorization(r.Method, r.URL.EscapedPath(), headers, at, "eu-1", "AKIA1", s.secret):
		refuse(403, "SignatureDoesNotMatch")
		return
	}
	if len(s.fails) > 0 {
		code := s.fails[0]
		s.fails = s.fails[1:]
		switch code {
		case "":
		case "cut":
			panic(http.ErrAbortHandler)
		case "AccessDenied":
			refuse(403, code)
			return
		case "NoSuchBucket":
			refuse(404, code)
			return
		default:
			refuse(503, code)
			return
		}
	}
	name := strings.TrimPrefix(r.URL.Path, "/bucket/")
	switch r.Method {
	case http.MethodPut:
		s.objects[name], s.types[name] = string(body), r.Header.Get("Content-Type")
	case http.MethodDelete:
		delete(s.objects, name)
		w.WriteHeader(http.StatusNoContent)
	}
}

func serve(t *testing.T) (*storage, s3.Options) {
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	s := &storage{now: now, objects: map[string]string{}, types: map[string]string{}, secret: "SECRET1"}
	at := httptest.NewServer(s)
	t.Cleanup(at.Close)
	return s, s3.Options{Address: at.URL + "/bucket", Region: "eu-1", ID: "AKIA1", Secret: "SECRET1", Do: web.NewBuyer(), Clock: func() time.Time { return now }}
}

// The documentation of Amazon has an example of a signature: this is the one for S3.
func TestTheSignatureOfTheDocumentation(t *testing.T) {
	at := time.Date(2013, 5, 24, 0, 0, 0, 0, time.UTC)
	got := s3.Authorization("PUT", "/test%24file.text", map[string]string{
		"date": "Fri, 24 May 2013 00:00:00 GMT", "host": "examplebucket.s3.amazonaws.com", "x-amz-date": "20130524T000000Z", "x-amz-storage-class": "REDUCED_REDUNDANCY",
		"x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
	}, at, "us-east-1", "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")
	if !strings.HasSuffix(got, "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd") {
		t.Error(got)
	}
}

func TestPagesArePutAndTakenAway(t *testing.T) {
	s, o := serve(t)
	b, err := s3.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(b.Put(t.Context(), "00/1/index.html", []byte("a")), b.Put(t.Context(), "x.html", []byte("b")), b.Remove(t.Context(), "x.html"), b.Remove(t.Context(), "never.html")); err != nil {
		t.Fatal(err)
	}
	if len(s.objects) != 1 || s.objects["00/1/index.html"] != "a" || s.types["00/1/index.html"] != "text/html; charset=utf-8" {
		t.Errorf("%v %v", s.objects, s.types)
	}
}

func TestWhatStorageDoesNotDoIsSaidInWords(t *testing.T) {
	for _, tt := range []struct {
		what  string
		turn  func(*storage, *s3.Options)
		words string
		is    any
	}{
		{"another secret", func(_ *storage, o *s3.Options) { o.Secret = "OTHER" }, "does not belong to this access key", new(*web.Denied)},
		{"another key", func(_ *storage, o *s3.Options) { o.ID = "AKIA2" }, "does not know this access key", new(*web.Denied)},
		{"another region", func(_ *storage, o *s3.Options) { o.Region = "us-1" }, "the region is another one", new(*web.Denied)},
		{"a wrong clock", func(s *storage, _ *s3.Options) { s.now = s.now.Add(2 * time.Hour) }, "it is 2h0m0s late", new(*web.Denied)},
		{"no right", func(s *storage, _ *s3.Options) { s.fails = []string{"AccessDenied"} }, "may not write here", new(*web.Denied)},
		{"no bucket", func(s *storage, _ *s3.Options) { s.fails = []string{"NoSuchBucket"} }, "no such bucket", new(*web.Refused)},
		{"too much", func(s *storage, _ *s3.Options) { s.fails = []string{"SlowDown"} }, "busy", new(*web.Away)},
	} {
		s, o := serve(t)
		tt.turn(s, &o)
		b, err := s3.New(o)
		if err != nil {
			t.Fatal(err)
		}
		err = b.Put(t.Context(), "x.html", []byte("a"))
		if err == nil || !strings.Contains(err.Error(), tt.words) || !errors.As(err, tt.is) {
			t.Errorf("%s: %v", tt.what, err)
		}
		for _, never := range []string{"SECRET1", "OTHER", "secret words", "AKIA"} {
			if err != nil && strings.Contains(err.Error(), never) {
				t.Errorf("%s: the error says %s", tt.what, never)
			}
		}
		if len(s.objects) != 0 {
			t.Errorf("%s: %v is kept", tt.what, s.objects)
		}
	}
}

// An answer that does not come leaves open what was done; to put the page again is right.
func TestACutConnectionIsAnErrorAndCanBeRepeated(t *testing.T) {
	s, o := serve(t)
	s.fails = []string{"cut"}
	b, err := s3.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Put(t.Context(), "x.html", []byte("a")); err == nil || web.Hopeless(err) {
		t.Errorf("%v", err)
	}
	if err := b.Put(t.Context(), "x.html", []byte("a")); err != nil || s.objects["x.html"] != "a" {
		t.Errorf("%v %v", err, s.objects)
	}
}
