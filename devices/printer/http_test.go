package printer

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// newHost starts a host that answers HTTP and returns a printer at it.
func newHost(t *testing.T, answer http.HandlerFunc) *Direct {
	t.Helper()
	server := httptest.NewServer(answer)
	t.Cleanup(server.Close)
	d, err := NewDirect(DirectOptions{URI: "ipp://" + strings.TrimPrefix(server.URL, "http://"), Patience: 100 * time.Millisecond, Every: 5 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// L4: a redirect is a job that was not printed. It is not followed, and the
// packer reads where the printer is now, without what may be a secret there.
func TestAPrinterThatHasMoved(t *testing.T) {
	for location, want := range map[string]string{
		"http://new.local:631/ipp/print":              "has moved to ipp://new.local/ipp/print",
		"ipp://new.local/ipp/print":                   "has moved to ipp://new.local/ipp/print",
		"http://new.local/ipp/print":                  "has moved to ipp://new.local:80/ipp/print",
		"http://new.local:8631/p":                     "has moved to ipp://new.local:8631/p",
		"http://[fe80::1]:631/p":                      "has moved to ipp://[fe80::1]/p",
		"http://user:geheim@new.local:631/p?k=geheim": "has moved to ipp://new.local/p",
		"https://new.local/ipp/print":                 "requires an encrypted connection",
		"/ipp/print":                                  "back to the same address",
		"":                                            "does not say where",
		"http://":                                     "does not say where",
		"file:///etc/passwd":                          "does not say where",
		"http://new.local:631/" + strings.Repeat("x", 5000): "does not say where",
		"http://%zz": "does not say where", "http://[": "does not say where",
	} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			asked := 0
			d := newHost(t, func(w http.ResponseWriter, _ *http.Request) {
				asked++
				w.Header()["Location"] = []string{location}
				w.WriteHeader(status)
			})
			r, err := d.Print(t.Context(), label)
			if err == nil || r.State != Rejected || !strings.Contains(r.Trouble.Wrong(), want) || r.Trouble.Advice() == "" || asked != 1 {
				t.Errorf("%d to %q: %+v, %v, asked %d times", status, location, r, err, asked)
			}
			lamp := d.Check(t.Context(), "labels")
			if said := r.Trouble.Wrong() + r.Trouble.Advice() + err.Error() + lamp.Trouble.Wrong() + lamp.Trouble.Advice(); strings.Contains(said, "geheim") || strings.Contains(said, "user") {
				t.Errorf("%q tells the secret", said)
			}
			if !strings.Contains(lamp.Trouble.Wrong(), want) || lamp.Trouble.Advice() == "" {
				t.Errorf("%d to %q: the lamp says %+v", status, location, lamp)
			}
		}
	}
}

// The new place may be a printer, and must not print all the same; the old one
// may answer questions and send only the jobs elsewhere.
func TestARedirectIsNotFollowed(t *testing.T) {
	for _, status := range []int{302, 303, 307, 308} {
		strange := 0
		other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strange++ }))
		d := newHost(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if len(body) > 3 && body[3] != opPrintJob {
				w.Write(encode(0, []map[string]any{{"printer-state": 3}}))
				return
			}
			http.Redirect(w, r, other.URL+"/ipp/print", status)
		})
		r, err := d.Print(t.Context(), label)
		if err == nil || r.State != Rejected || !strings.Contains(r.Trouble.Wrong(), "has moved to ipp://127.0.0.1:") || strange != 0 {
			t.Errorf("%d: %+v, %v; the other place was asked %d times", status, r, err, strange)
		}
		other.Close()
	}
}

func TestAnswersThatAreNoIPP(t *testing.T) {
	for status, want := range map[int]string{
		401: "asks for a user name and password", 403: "does not let this computer print", 404: "accepts no jobs at this address",
		405: "accepts no jobs at this address", 413: "too large", 418: "answers 418", 426: "requires an encrypted connection", 499: "answers 499",
		500: "answers 500 Internal Server Error", 503: "answers 503 Service Unavailable",
	} {
		answer := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("WWW-Authenticate", `Basic realm="geheim"`)
			http.Error(w, "<html>geheim</html>", status)
		}
		d := newHost(t, answer)
		r, err := d.Print(t.Context(), label)
		if err == nil || r.State != Rejected || !strings.Contains(r.Trouble.Wrong(), want) || !strings.HasPrefix(r.Trouble.Wrong(), "the printer 127.0.0.1:") || r.Trouble.Advice() == "" {
			t.Errorf("%d: %+v, %v", status, r, err)
		}
		if strings.Contains(r.Trouble.Wrong()+r.Trouble.Advice()+err.Error(), "geheim") {
			t.Errorf("%d: %+v, %v", status, r, err)
		}
		server := httptest.NewServer(http.HandlerFunc(answer))
		c := NewCUPS(CUPSOptions{Queue: "Label", Server: strings.TrimPrefix(server.URL, "http://")})
		byCommand := 0
		c.lp = func(context.Context, Job) (Result, error) {
			byCommand++
			return refused(errors.New("no lp")), errors.New("no lp")
		}
		r, err = c.Print(t.Context(), label)
		if err == nil || r.State != Rejected || !strings.Contains(r.Trouble.Wrong(), want) || r.Trouble.Advice() == "" {
			t.Errorf("a queue, %d: %+v, %v", status, r, err)
		}
		// lp can sign in and encrypt, and nothing else that would help.
		if (byCommand == 1) != (status == 401 || status == 426) {
			t.Errorf("a queue, %d: lp was run %d times", status, byCommand)
		}
		server.Close()
	}
}

// A name and a password are refused in an address, and not repeated.
func TestNoPasswordInMessages(t *testing.T) {
	for _, uri := range []string{
		"ipp://user:geheim@host/ipp/print", "ipp://user:geh%zzeim@host/", "ipp://user:geh/geheim@host", "ipp://host/ipp/print?key=geheim", "user:geheim@host",
		"ftp://geheim@host",
	} {
		if _, err := NewDirect(DirectOptions{URI: uri}); err == nil || strings.Contains(err.Error(), "geh") || !strings.Contains(err.Error(), "host") {
			t.Errorf("%s: %v", uri, err)
		}
	}
}

// TestA14AnAnswerOfManyParts is none: each part takes far more memory than bytes.
func TestA14AnAnswerOfManyParts(t *testing.T) {
	for name, part := range map[string]string{"groups": "\x04", "values": "\x21\x00\x00\x00\x00"} {
		body := "\x02\x00\x00\x00\x00\x00\x00\x01" + strings.Repeat(part, 1_000_000) + "\x03"
		if a, err := parseAnswer([]byte(body)); !errors.Is(err, errIPP) || len(a.groups) > 0 {
			t.Errorf("%s: %d groups, %v", name, len(a.groups), err)
		}
	}
}
