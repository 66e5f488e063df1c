package web_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/web"
)

// client asks a shop that has one fault.
func client(t *testing.T, fault shopsim.Fault) *web.Client {
	t.Helper()
	var faults shopsim.Faults
	if fault != "" {
		faults.Next("", fault)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		faults.Serve(w, r, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"id":"7001234","name":"a long enough answer to be cut in half"}`))
		}))
	}))
	t.Cleanup(srv.Close)
	return &web.Client{Base: srv.URL, Do: web.NewHTTP()}
}

// A fault of a question leaves nothing done; a fault after a change has been asked
// for leaves it unknown, unless the shop surely did nothing.
func TestAnErrorSaysWhetherAnythingWasDone(t *testing.T) {
	sure := map[shopsim.Fault]bool{shopsim.Login: true, shopsim.Expired: true, shopsim.TooMany: true, shopsim.TooManyMute: true}
	for _, fault := range shopsim.AllFaults {
		var out struct{ ID string }
		err := client(t, fault).JSON(t.Context(), web.Request{Method: "GET", Path: "/orders/7"}, &out)
		if err == nil || !shop.NotDone(err) {
			t.Errorf("GET, %s: %v, want an error that says that nothing was done", fault, err)
		}
		err = client(t, fault).JSON(t.Context(), web.Request{Method: "POST", Path: "/orders/7/ship", Body: map[string]int{"n": 1}}, &out)
		if err == nil || shop.NotDone(err) != sure[fault] {
			t.Errorf("POST, %s: %v, done for sure: %v", fault, err, sure[fault])
		}
		err = client(t, fault).JSON(t.Context(), web.Request{Method: "POST", Path: "/query", Body: "{}", Asks: true}, &out)
		if err == nil || !shop.NotDone(err) {
			t.Errorf("a query by POST, %s: %v, want an error that says that nothing was done", fault, err)
		}
	}
}

func TestAPauseIsAsLongAsTheShopSays(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"7": 7 * time.Second, "0.5": 500 * time.Millisecond, "": 0, "-3": 0, "soon": 0, "86400": 15 * time.Minute,
		now.Add(time.Minute).Format(http.TimeFormat): time.Minute,
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if header != "" {
				w.Header().Set("Retry-After", header)
			}
			w.WriteHeader(http.StatusTooManyRequests)
		}))
		c := &web.Client{Base: srv.URL, Do: web.NewHTTP(), Clock: func() time.Time { return now }}
		_, err := c.Send(t.Context(), web.Request{Path: "/"})
		srv.Close()
		var wait *shop.Throttled
		if !errors.As(err, &wait) || wait.Wait != want {
			t.Errorf("Retry-After %q: %v, want %v", header, err, want)
		}
	}
}

// A cache or gateway says 503 with a pause of its own when the server behind it was too slow,
// which may have done all the same what money moves by; 303 comes after the deed.
func TestWhatMovesMoneyIsNotKnownToBeNotDone(t *testing.T) {
	for _, status := range []int{http.StatusServiceUnavailable, http.StatusSeeOther, http.StatusRequestTimeout} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "5")
			w.WriteHeader(status)
		}))
		c := &web.Client{Base: srv.URL, Do: web.NewHTTP()}
		for _, r := range []web.Request{{Method: "POST", Path: "/buy", Once: true}, {Path: "/rates", Once: true}, {Method: "POST", Path: "/rates", Asks: true}} {
			if _, err := c.Send(t.Context(), r); err == nil || web.NotDone(err) != (r.Path == "/rates" && status != http.StatusRequestTimeout) {
				t.Errorf("%d to %+v: %v", status, r, err)
			}
		}
		srv.Close()
	}
}

// Where no pause is asked for, the time counts at which the requests begin anew.
func TestAPauseUntilTheCountBegins(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name, value string
		want        time.Duration
	}{
		{"X-Rate-Limit-Reset", "20", 20 * time.Second},
		{"RateLimit-Reset", "0", 0},
		{"X-RateLimit-Reset", strconv.FormatInt(now.Add(40*time.Second).Unix(), 10), 40 * time.Second},
		{"X-RateLimit-Reset", strconv.FormatInt(now.Add(-time.Hour).Unix(), 10), 0},
		{"X-RateLimit-Reset", "999999999999999999", 15 * time.Minute},
		{"X-RateLimit-Reset", "soon", 0},
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set(c.name, c.value)
			w.WriteHeader(http.StatusTooManyRequests)
		}))
		client := &web.Client{Base: srv.URL, Do: web.NewHTTP(), Clock: func() time.Time { return now }}
		_, err := client.Send(t.Context(), web.Request{Path: "/"})
		srv.Close()
		var wait *shop.Throttled
		if !errors.As(err, &wait) || wait.Wait != c.want {
			t.Errorf("%s %s: %v, want %v", c.name, c.value, err, c.want)
		}
	}
}

func TestAnErrorHoldsNoKey(t *testing.T) {
	srv := httptest.NewServer(nil)
	srv.Close()
	c := &web.Client{Base: srv.URL, Do: web.NewHTTP()}
	_, err := c.Send(t.Context(), web.Request{Path: "/orders", Query: url.Values{"consumer_secret": {"cs_hidden"}}})
	if err == nil || strings.Contains(err.Error(), "cs_hidden") {
		t.Errorf("the error is %v", err)
	}
	if !shop.NotDone(err) {
		t.Errorf("nobody was there, and yet it is unknown what was done: %v", err)
	}
}

func TestALongAnswerIsNoAnswer(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		chunk := make([]byte, 1<<20)
		for range web.MaxAnswer>>20 + 1 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	defer srv.Close()
	c := &web.Client{Base: srv.URL, Do: web.NewHTTP()}
	if _, err := c.Send(t.Context(), web.Request{Path: "/"}); err == nil || !strings.Contains(err.Error(), "longer than 32 MB") {
		t.Errorf("the error is %v", err)
	}
}

// "Not found" is what the shop says of an order, in whatever type its words come; a page
// says nothing of it.
func TestAPageThatIsNotFoundSaysNothing(t *testing.T) {
	for body, want := range map[string]bool{
		`{"error":"no such order"}`: true, "no such order": true, "": true, "<html>nginx": false, "\n<!doctype html><h1>Not Found</h1>": false,
	} {
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(body))
		}))
		c := &web.Client{Base: srv.URL, Do: web.NewHTTP()}
		_, err := c.Send(t.Context(), web.Request{Method: http.MethodDelete, Path: "/orders/7", Once: true})
		if said := errors.As(err, new(*web.Status)); err == nil || said != want {
			t.Errorf("%q: %v, said of the order: %v, want %v", body, err, said, want)
		}
		srv.Close()
	}
}
