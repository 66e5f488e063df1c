package oauth2_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/station/web"
	"packbench/station/web/oauth2"
)

// server gives tokens with a number each, and accepts the newest alone.
type server struct {
	*httptest.Server
	given, asked atomic.Int64
	now          atomic.Int64
	refuse       atomic.Bool
}

func start(t *testing.T) (*server, web.Client) {
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/token" && s.refuse.Load():
			http.Error(w, `{"error":"invalid_client"}`, http.StatusBadRequest)
		case r.URL.Path == "/token":
			_, _ = fmt.Fprintf(w, `{"access_token":"t%d","expires_in":"3600"}`, s.given.Add(1))
		case r.Header.Get("Authorization") != fmt.Sprintf("Bearer t%d", s.given.Load()):
			http.Error(w, "Unauthorized", http.StatusUnauthorized)
		default:
			s.asked.Add(1)
			_, _ = w.Write([]byte(`{}`))
		}
	}))
	t.Cleanup(s.Close)
	clock := func() time.Time { return time.Unix(s.now.Load(), 0) }
	plain := web.Client{Base: s.URL, Do: http.DefaultClient, Clock: clock}
	return s, oauth2.New(oauth2.Credentials(plain, web.Request{Method: "POST", Path: "/token"}), clock).Sign(plain)
}

func TestOneTokenServesAllUntilShortlyBeforeItsEnd(t *testing.T) {
	s, c := start(t)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := c.Send(t.Context(), web.Request{Path: "/x"}); err != nil {
				t.Error(err)
			}
		})
	}
	if all.Wait(); s.given.Load() != 1 || s.asked.Load() != 20 {
		t.Errorf("%d tokens for %d questions", s.given.Load(), s.asked.Load())
	}
	for at, want := range map[int64]int64{3299: 1, 3301: 2} { // five minutes before its end
		s, c := start(t)
		_, _ = c.Send(t.Context(), web.Request{Path: "/x"})
		s.now.Store(at)
		if _, err := c.Send(t.Context(), web.Request{Path: "/x"}); err != nil || s.given.Load() != want {
			t.Errorf("after %d s: %d tokens, %v", at, s.given.Load(), err)
		}
	}
}

// A question is asked again with a new token; what moves money is not, though the next
// one has a new token.
func TestATokenThatIsRefusedIsReplaced(t *testing.T) {
	s, c := start(t)
	for _, r := range []web.Request{{Path: "/x"}, {Method: "POST", Path: "/x", Body: map[string]int{"a": 1}, Asks: true}} {
		_, _ = c.Send(t.Context(), r)
		s.given.Add(1) // the token of the client is an old one
		if _, err := c.Send(t.Context(), r); err != nil {
			t.Errorf("%s: %v", r.Method, err)
		}
	}
	for _, r := range []web.Request{{Method: "POST", Path: "/x", Body: map[string]int{"a": 1}, Once: true}, {Method: "DELETE", Path: "/x", Once: true}} {
		s.given.Add(1)
		before := s.asked.Load()
		if _, err := c.Send(t.Context(), r); !errors.As(err, new(*web.Denied)) || s.asked.Load() != before {
			t.Errorf("%s: %v", r.Method, err)
		}
		if _, err := c.Send(t.Context(), r); err != nil {
			t.Errorf("%s with a new token: %v", r.Method, err)
		}
	}
}

func TestWithoutATokenNothingWasDone(t *testing.T) {
	s, c := start(t)
	s.refuse.Store(true)
	buy := web.Request{Method: "POST", Path: "/x", Body: 1, Once: true}
	if _, err := c.Send(t.Context(), buy); !errors.As(err, new(*web.Denied)) {
		t.Errorf("invalid_client: %v", err)
	}
	s.refuse.Store(false)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Send(ctx, buy); !web.NotDone(err) {
		t.Errorf("cancelled: %v", err)
	}
	s.Close()
	if _, err := c.Send(t.Context(), buy); !web.NotDone(err) {
		t.Errorf("no connection: %v", err)
	}
}

// A token that two requests were refused with is replaced once.
func TestDroppingAnOldTokenKeepsTheNewOne(t *testing.T) {
	n := 0
	s := oauth2.New(func(context.Context) (oauth2.Token, error) {
		n++
		return oauth2.Token{Value: fmt.Sprint("t", n)}, nil
	}, nil)
	old, _ := s.Token(t.Context())
	s.Drop(old)
	next, _ := s.Token(t.Context())
	s.Drop(old)
	if last, err := s.Token(t.Context()); err != nil || next == old || last != next || n != 2 {
		t.Errorf("%s, %s, %s, %v", old, next, last, err)
	}
}
