package messages

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/message"
	"packbench/station/pack"
	"packbench/station/shift"
	"packbench/station/store"
	"packbench/station/web"
)

// world is a folder whose team is told, at a time that stands still.
type world struct {
	*testing.T
	*Messages
	now   time.Time
	bench *foldertest.Writer
	n     int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	d := foldertest.Shop(t)
	w := &world{T: t, Messages: New(d), now: foldertest.Noon(), bench: foldertest.NewWriter(t, d, "S1")}
	d.Clock = func() time.Time { return w.now }
	w.Time = d.Clock
	w.Env = func(string) string { return "" }
	return w
}

// happens opens so many cases of a kind at the bench.
func (w *world) happens(kind string, n int) {
	w.Helper()
	var facts []pack.Fact
	for range n {
		w.n++
		facts = append(facts, pack.CaseOpened{
			Case: fmt.Sprintf("S1.%d", w.n), Kind: kind, Code: pack.CodeWeightOff, Order: "1001", Parcel: "1001-1", By: "p1", Author: "s1",
			Reason: "typed by Jane Roe, 5 Elm Street",
		})
	}
	if n > 0 {
		w.bench.WriteAt(w.now, facts...)
	}
}

func (w *world) round() Sent {
	w.Helper()
	out, err := w.Round(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return out
}

func (w *world) after(d time.Duration) Sent {
	w.Helper()
	w.now = w.now.Add(d)
	return w.round()
}

// add adds a target that answers at an address of this computer.
func (w *world) add(id, kind, secret string, set ...string) {
	w.Helper()
	options := map[string]string{"private": "yes"}
	for _, s := range set {
		key, value, _ := strings.Cut(s, "=")
		options[key] = value
	}
	if err := w.Add(w.Context(), store.MessageTarget{ID: id, Kind: kind, Options: options}, secret); err != nil {
		w.Fatal(err)
	}
}

// listener is a service that takes messages, or does what it is told.
type listener struct {
	*httptest.Server
	got    []string
	answer func(w http.ResponseWriter, r *http.Request)
}

func listen(t *testing.T) *listener {
	t.Helper()
	l := &listener{}
	l.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		l.got = append(l.got, string(body))
		if l.answer != nil {
			l.answer(w, r)
		}
	}))
	t.Cleanup(l.Close)
	return l
}

func (l *listener) status(n int) {
	l.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(n) }
}

// Fifty of a kind in a minute are one message, with the first of them and how many more;
// what a person typed is nowhere in it, nor the name of a buyer. (M1)
func TestFiftyOfAKindAreOneMessage(t *testing.T) {
	w, team := newWorld(t), listen(t)
	w.happens("override", 3) // before anybody was to be told
	w.add("team", "slack", team.URL+"/services/T0/B0/secret")
	w.happens("override", 50)
	w.happens("weight", 7) // which nobody asked for
	w.bench.WriteAt(w.now, pack.LockedUp{Row: "S1.3"})
	if w.round(); len(team.got) > 0 {
		t.Fatalf("it does not wait for company: %s", team.got)
	}
	w.after(time.Minute)
	w.after(2 * time.Second)
	if len(team.got) != 1 {
		t.Fatalf("there are %d messages, want 1: %s", len(team.got), team.got)
	}
	for _, want := range []string{"1 bench locked, 50 overrides", "and 45 more", "order 1001", "approved by s1"} {
		if !strings.Contains(team.got[0], want) {
			t.Errorf("it does not say %q: %s", want, team.got[0])
		}
	}
	if strings.Contains(team.got[0], "Jane") || strings.Contains(team.got[0], "weight off\\n") {
		t.Errorf("it says too much: %s", team.got[0])
	}
	w.happens("label", 1)
	w.after(10 * time.Second)
	if w.after(30 * time.Second); len(team.got) != 1 {
		t.Errorf("it keeps no pause: %s", team.got)
	}
	if w.after(time.Minute); len(team.got) != 2 || !strings.Contains(team.got[1], "1 label trouble") {
		t.Errorf("the second message: %s", team.got)
	}
}

// In the quiet hours nothing goes out, not even what waits; then it is one message.
func TestQuietHours(t *testing.T) {
	w, team := newWorld(t), listen(t)
	w.add("team", "teams", team.URL+"/flow", "quiet=22:00-06:00", "kinds=override")
	for _, hour := range []time.Duration{10, 3, 3} { // 22:00, 01:00, 04:00
		w.happens("override", 1)
		w.after(hour * time.Hour)
	}
	before := len(team.got)
	w.now = time.Date(2026, 11, 24, 7, 0, 0, 0, w.Location())
	if w.round(); len(team.got) != before+1 || before > 0 {
		t.Errorf("%d messages in the night, %d after it", before, len(team.got)-before)
	}
	if !strings.Contains(team.got[0], "3 overrides") {
		t.Errorf("the morning's message: %s", team.got[0])
	}
}

// What came of a message is what the service said: never more, and never twice.
func TestServicesThatMisbehave(t *testing.T) {
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "500")
		_, _ = w.Write([]byte("o"))
	}
	drop := func(w http.ResponseWriter, _ *http.Request) {
		conn, _, _ := w.(http.Hijacker).Hijack()
		_ = conn.Close()
	}
	status := func(n int, header ...string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			for _, h := range header {
				name, value, _ := strings.Cut(h, ": ")
				w.Header().Set(name, value)
			}
			w.WriteHeader(n)
		}
	}
	cases := []struct {
		name   string
		answer func(http.ResponseWriter, *http.Request)
		slack  store.EntryState // after the first try
		hook   store.EntryState // of a webhook, which knows what it has
		later  int              // messages that Slack has got after all is well again
	}{
		{"202", status(202), store.EntryDone, store.EntryDone, 1},
		{"half a body", cut, store.EntryDone, store.EntryDone, 1}, // it was taken, whatever else it says
		{"429", status(429, "Retry-After: 600"), store.EntryWaiting, store.EntryWaiting, 2},
		{"503 with a pause", status(503, "Retry-After: 60"), store.EntryWaiting, store.EntryWaiting, 2},
		{"500", status(500), store.EntryUnknown, store.EntryWaiting, 1},
		{"502", status(502), store.EntryUnknown, store.EntryWaiting, 1},
		{"no answer", drop, store.EntryUnknown, store.EntryWaiting, 1},
		{"redirect", status(307, "Location: /elsewhere"), store.EntryWaiting, store.EntryWaiting, 2},
		{"400", status(400), store.EntryRefused, store.EntryRefused, 1},
		{"404", status(404), store.EntryWaiting, store.EntryWaiting, 2},
		{"403", status(403), store.EntryWaiting, store.EntryWaiting, 2},
	}
	w := newWorld(t)
	services := map[string]*listener{}
	each := func(do func(i int, id, kind string, want store.EntryState)) {
		for i, c := range cases {
			do(i, fmt.Sprintf("slack-%d", i), "slack", c.slack)
			do(i, fmt.Sprintf("webhook-%d", i), "webhook", c.hook)
		}
	}
	each(func(i int, id, kind string, _ store.EntryState) {
		l := listen(t)
		l.answer, services[id] = cases[i].answer, l
		secret := l.URL + "/services/sesame"
		if kind == "webhook" {
			secret += " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
		}
		w.add(id, kind, secret)
	})
	w.happens("override", 1)
	w.after(time.Minute)
	each(func(i int, id, _ string, want store.EntryState) {
		e := w.entry(id)
		if e.State != want || e.Tries != 1 || (e.Answer == "") != (want == store.EntryDone) {
			t.Errorf("%s, %s: %s after %d tries, %q; want %s", cases[i].name, id, e.State, e.Tries, e.Answer, want)
		}
		if strings.Contains(e.Answer, "sesame") {
			t.Errorf("the answer holds the secret: %s", e.Answer)
		}
		services[id].answer = nil
	})
	w.after(time.Second)
	w.after(time.Hour)
	w.after(time.Hour)
	each(func(i int, id, kind string, first store.EntryState) {
		if n := len(services[id].got); kind == "slack" && n != cases[i].later {
			t.Errorf("%s: %d messages came, want %d", cases[i].name, n, cases[i].later)
		}
		if e := w.entry(id); first == store.EntryWaiting && e.State != store.EntryDone {
			t.Errorf("%s: in the end it is %s: %s", id, e.State, e.Answer)
		}
	})
}

// entry is the only one of a target in the outbox.
func (w *world) entry(id string) store.Entry {
	w.Helper()
	all, err := w.Store.Entries(w.Context(), store.EntryFilter{Target: store.MessageTarget{ID: id}.Entries()})
	if err != nil || len(all) != 1 {
		w.Fatalf("the outbox holds %d entries, %v", len(all), err)
	}
	return all[0]
}

// A service that hangs is left, and holds up nobody else; one that says that it wants no
// more is told no more.
func TestWhoHangsAndWhoHasHadEnough(t *testing.T) {
	w, hangs, other := newWorld(t), listen(t), listen(t)
	w.add("a", "slack", hangs.URL+"/x")
	w.add("b", "webhook", other.URL+"/y whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
	free := make(chan struct{})
	t.Cleanup(func() { close(free) })
	w.In = impatient{}
	hangs.answer = func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-free:
		}
	}
	other.status(http.StatusGone)
	w.happens("override", 1)
	if out := w.after(time.Minute); out.Unknown != 1 || out.Refused != 1 {
		t.Errorf("the round came to %+v", out)
	}
	b, err := w.Store.MessageTarget(t.Context(), "b")
	if err != nil || !b.Off {
		t.Errorf("who has had enough is told on: %+v, %v", b, err)
	}
	w.happens("override", 1)
	w.after(time.Hour)
	if len(other.got) != 1 {
		t.Errorf("%d messages came to it", len(other.got))
	}
	if err := w.Off(t.Context(), "b", false); err != nil {
		t.Fatal(err)
	}
	other.answer = nil
	if w.after(time.Hour); len(other.got) != 1 {
		t.Errorf("it is told what happened while it was off: %s", other.got)
	}
}

// impatient waits for an answer only a moment.
type impatient struct{}

func (impatient) Do(r *http.Request) (*http.Response, error) {
	c := web.NewBuyer()
	c.Timeout = 50 * time.Millisecond
	return c.Do(r)
}

// What may have been sent is sent again when a person says so.
func TestWhatMayHaveBeenSentIsAPersonsToRepeat(t *testing.T) {
	w, team := newWorld(t), listen(t)
	w.add("team", "teams", team.URL+"/flow")
	w.happens("override", 1)
	team.status(504)
	w.after(time.Minute)
	e := w.entry("team")
	st, err := w.Statuses(t.Context())
	if err != nil || st[0].Unknown != 1 || !strings.Contains(e.Answer, "may have been sent") {
		t.Errorf("%+v, %q, %v", st, e.Answer, err)
	}
	team.answer = nil
	if _, err := w.Store.SendAgain(t.Context(), e.ID, w.now); err != nil {
		t.Fatal(err)
	}
	if w.after(time.Second); len(team.got) != 2 || team.got[0] != team.got[1] || w.entry("team").State != store.EntryDone {
		t.Errorf("%d came, the entry is %s", len(team.got), w.entry("team").State)
	}
}

// A target that is down for days is told everything together, and of the first message a
// person is told that nobody took it.
func TestATargetThatIsDownForDays(t *testing.T) {
	w, team := newWorld(t), listen(t)
	w.add("team", "slack", team.URL+"/x")
	team.status(404)
	for range 22 {
		w.happens("override", 1)
		w.after(4 * time.Hour)
	}
	all, err := w.Store.Entries(t.Context(), store.EntryFilter{})
	if err != nil || len(all) > 3 || all[0].State != store.EntryRefused || !strings.Contains(all[0].Answer, "for 3 days") {
		t.Fatalf("there are %d entries, the first %+v, %v", len(all), all[0], err)
	}
	st, err := w.Statuses(t.Context())
	if err != nil || !strings.Contains(st[0].Trouble, "make a new one") || st[0].Refused != 1 {
		t.Errorf("the target is %+v, %v", st[0], err)
	}
}

// Addresses inside, plain ones and ones that are none are refused; an address that is only
// found out to lead inside when it is called is refused then.
func TestWhereNothingIsSent(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ kind, secret, set, want string }{
		{"slack", "https://127.0.0.1/x", "", "private=yes"},
		{"slack", "https://localhost:8080/x", "", "private=yes"},
		{"teams", "https://192.168.1.9/x", "", "private=yes"},
		{"teams", "https://[fe80::1]/x", "", "private=yes"},
		{"slack", "http://hooks.example.com/x", "yes", "https://"},
		{"slack", "http://hooks.example.com/x", "", "https://"},
		{"slack", "sesame", "", "no address"},
		{"webhook", "https://example.com/x", "", "signing secret"},
		{"webhook", "https://example.com/x whsec_c2hvcnQ=", "", "24 to 64 bytes"},
		{"slack", "", "", "is missing"},
	} {
		set := map[string]string{}
		if c.set != "" {
			set["private"] = c.set
		}
		err := w.Add(t.Context(), store.MessageTarget{ID: "x", Kind: c.kind, Options: set}, c.secret)
		if err == nil || !strings.Contains(err.Error(), c.want) || c.secret == "sesame" && strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s %q: %v, want %q", c.kind, c.secret, err, c.want)
		}
	}
	for key, value := range map[string]string{"kinds": "override, gossip", "quiet": "late", "pause": "0s", "private": "maybe", "colour": "red"} {
		if err := w.Add(t.Context(), store.MessageTarget{ID: "x", Kind: "slack", Options: map[string]string{key: value}}, "https://example.com/x"); err == nil {
			t.Errorf("%s=%s is taken", key, value)
		}
	}
	team := listen(t)
	w.add("team", "slack", team.URL+"/x")
	w.In = w.Out // as where the name leads outside when it is entered
	checks, err := w.Test(t.Context(), "team")
	if err != nil || len(checks) != 1 || checks[0].OK || !strings.Contains(checks[0].Say, "private network") || len(team.got) > 0 {
		t.Errorf("%+v, %v", checks, err)
	}
}

// The secret stands in a file that only its user may read, and in no error, list or table.
func TestTheSecretStaysInItsFile(t *testing.T) {
	w, team := newWorld(t), listen(t)
	w.add("team", "slack", team.URL+"/services/sesame")
	info, err := os.Stat(w.Path("message-team.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	team.Close()
	w.happens("override", 1)
	w.after(time.Minute)
	all, err := w.Statuses(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	checks, err := w.Test(t.Context(), "team")
	if err != nil || checks[0].OK {
		t.Errorf("%+v, %v", checks, err)
	}
	if text := fmt.Sprint(all, checks, w.entry("team")); strings.Contains(text, "sesame") || !strings.Contains(text, "cannot be reached") {
		t.Error(text)
	}
	w.Env = func(name string) string {
		return map[string]string{"PACKBENCH_MESSAGE_TEAM_KEY": "https://hooks.example.com/other"}[name]
	}
	if k, _, err := w.connect(all[0].MessageTarget); err != nil || k.ID != "slack" {
		t.Error(err)
	}
}

// A shift that has ended is told once, with the head of its book and what happened in it.
func TestADigestAtTheEndOfAShift(t *testing.T) {
	w, team := newWorld(t), listen(t)
	w.Settings.Shifts = w.Settings.Shifts[:2] // 06:00-14:00, 14:00-22:00
	asked := 0
	w.Digest = func(_ context.Context, day shift.Date, n int) (message.Digest, bool, error) {
		asked++
		return message.Digest{Figures: []message.Figure{{Name: "Parcels", N: fmt.Sprint(100 + n)}}, Look: []string{"Units do not add up"}}, n == 1, nil
	}
	w.add("team", "slack", team.URL+"/x", "kinds=shift")
	w.happens("override", 2)
	for w.now.In(w.Location()).Day() == 23 {
		w.after(20 * time.Minute)
	}
	if len(team.got) != 1 {
		t.Fatalf("%d messages: %s", len(team.got), team.got)
	}
	for _, want := range []string{"2026-11-23, shift 1 (06:00 to 14:00)", "Parcels: 101", "Overrides: 2", "To look at: Units do not add up"} {
		if !strings.Contains(team.got[0], want) {
			t.Errorf("it does not say %q: %s", want, team.got[0])
		}
	}
	if asked > 3 {
		t.Errorf("the book was made %d times", asked)
	}
	again := New(w.Folder) // after a restart
	again.Time, again.Digest = w.Time, w.Digest
	if out, err := again.Round(t.Context()); err != nil || out.Made > 0 {
		t.Errorf("%+v, %v", out, err)
	}
}
