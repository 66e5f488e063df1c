package hook_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station/message"
	"packbench/station/message/hook"
	"packbench/station/web"
)

// The signature is that of the specification: the example's, of the libraries that check it.
func TestTheSignatureIsTheStandards(t *testing.T) {
	key, err := base64.StdEncoding.DecodeString("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	if err != nil {
		t.Fatal(err)
	}
	got := hook.Sign(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`))
	if want := "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Whoever takes a message can check it, and gets the same one under the same id however
// often it comes.
func TestSend(t *testing.T) {
	const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	var bodies []string
	status := http.StatusNoContent
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if want := hook.Sign(key, "msg_1", now, body); r.Header.Get("webhook-signature") != want || r.Header.Get("webhook-id") != "msg_1" {
			t.Errorf("signed %v, want %s", r.Header, want)
		}
		bodies = append(bodies, string(body))
		w.WriteHeader(status)
	}))
	defer srv.Close()
	s, err := hook.New(message.Options{Secret: secret + " " + srv.URL + "/x?key=sesame", Do: web.NewBuyer(), Clock: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	m := message.Message{ID: "msg_1", At: now, Title: "1 override", Sections: []message.Section{{Kind: message.Override, N: 1, News: []message.News{{Kind: message.Override, Order: "7"}}}}}
	if err := s.Send(t.Context(), m); err != nil {
		t.Error(err)
	}
	now, status = now.Add(time.Hour), http.StatusGone
	if err := s.Send(t.Context(), m); !errors.As(err, new(*web.Gone)) || strings.Contains(err.Error(), "sesame") {
		t.Errorf("410 is %v", err)
	}
	if bodies[0] != bodies[1] {
		t.Errorf("the second time it is another: %s", bodies)
	}
	var got struct {
		Type string
		Data struct {
			Sections []struct {
				Kind string
				N    int
				News []struct{ Order string }
			}
		}
	}
	if err := json.Unmarshal([]byte(bodies[0]), &got); err != nil || got.Type != "packbench.news" || got.Data.Sections[0].News[0].Order != "7" {
		t.Errorf("%s, %v", bodies[0], err)
	}
}
