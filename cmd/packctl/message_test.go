package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"packbench/station/pack"
)

// A lock at the bench is told to a channel within seconds, and who is told is added, tried,
// listed and left alone with packctl. The address is shown nowhere. (M1)
func TestALockIsToldToTheTeam(t *testing.T) {
	t.Parallel()
	var last atomic.Value
	last.Store("")
	channel := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		last.Store(string(body))
	}))
	t.Cleanup(channel.Close)
	w := newWorking(t)
	said := ""
	do := func(fine bool, want, in string, args ...string) {
		t.Helper()
		out, err := w.packctl(in, args...)
		if err != nil {
			out += err.Error()
		}
		said += out
		if (err == nil) != fine || !strings.Contains(out, want) {
			t.Fatalf("packctl %s: %s, want %q", strings.Join(args, " "), out, want)
		}
	}
	address := channel.URL + "/services/T0/B0/sesame"
	do(true, "nobody is told", "", "message", "list")
	do(false, "private=yes", address+"\n", "message", "add", "slack", "--id", "team")
	do(false, "there is no kind", address+"\n", "message", "add", "pager", "--id", "team")
	do(true, "is added", address+"\n", "message", "add", "slack", "--id", "team", "--set", "private=yes", "--set", "gather=1s", "--set", "pause=1s")
	do(true, `"ok":true`, "", "message", "test", "team", "--json")
	if text := last.Load().(string); !strings.Contains(text, "this is a test") {
		t.Errorf("the test message is %s", text)
	}
	p := w.process
	p.ask("badge B-PACKER", pack.CodeSignedIn)
	p.ask("scan 1001", pack.CodeOrderOpened)
	for range 3 {
		p.ask("scan 9520000000028", pack.CodeWrongItem)
	}
	w.until("the team knows", func() bool { return strings.Contains(last.Load().(string), "1 bench locked") })
	do(true, `"ok":true,"message":"works"`, "", "message", "list", "--json")
	do(true, "message:team message", "", "outbox", "--state", "done")
	do(true, `"off":true`, "", "message", "off", "team", "--json")
	do(false, "no target other", "", "message", "test", "other")
	if strings.Contains(said, "sesame") {
		t.Errorf("the address is shown: %s", said)
	}
}
