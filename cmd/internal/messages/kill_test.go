package messages

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"packbench/station/message"
	"packbench/station/store"
	"packbench/station/web"
)

// receiver is a service that a program is killed at: before a message came to it, or
// before its answer came back.
type receiver struct {
	rand *rand.Rand
	kill func()
	well bool
	n    int                        // kills
	got  map[string]message.Message // by id
	came map[string]int             // how often each thing was told, by its case
}

func (r *receiver) Send(ctx context.Context, m message.Message) error {
	at := r.rand.IntN(7)
	if r.well {
		at = 6
	}
	switch at {
	case 0, 5:
		r.n++
		r.kill()
		return ctx.Err()
	case 1:
		return &web.Away{Say: "out of order", Who: "it"}
	}
	r.got[m.ID] = m
	for _, s := range m.Sections {
		for _, n := range s.News {
			r.came[n.Case]++
		}
	}
	switch at {
	case 2, 4:
		r.n++
		r.kill()
		return ctx.Err()
	case 3:
		return errors.New("no answer came")
	}
	return nil
}

// The program is killed two hundred times while it tells two targets what happens. Nobody is
// told anything twice: what may have been told is said to be so. Who knows what came has
// got everything.
func TestNothingIsToldTwiceHoweverOftenTheProgramIsKilled(t *testing.T) {
	w := newWorld(t)
	r := rand.New(rand.NewPCG(13, 2026))
	made := func() *receiver { return &receiver{rand: r, got: map[string]message.Message{}, came: map[string]int{}} }
	deaf, wise := made(), made()
	kinds := []Kind{
		{ID: "deaf", Set: []Setting{privately}, Open: func(map[string]string) bool { return true }, New: func(message.Options) (message.Sender, error) { return deaf, nil }},
		{ID: "wise", Set: []Setting{privately}, Open: func(map[string]string) bool { return true }, New: func(message.Options) (message.Sender, error) { return wise, nil }, Repeats: true},
	}
	w.Kinds = kinds
	w.add("deaf", "deaf", "", "gather=1s", "pause=1s")
	w.add("wise", "wise", "", "gather=1s", "pause=1s")
	round := func() {
		m := New(w.Folder) // another program
		m.Kinds, m.Time, m.Env, m.forgot = w.Kinds, w.Time, w.Env, w.now
		ctx, kill := context.WithCancel(t.Context())
		defer kill()
		deaf.kill, wise.kill = kill, kill
		if _, err := m.Round(ctx); err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(time.Duration(r.IntN(90)) * time.Second)
	}
	for deaf.n+wise.n < 200 {
		w.happens("override", r.IntN(message.Shown))
		round()
	}
	deaf.well, wise.well = true, true
	for range 20 {
		w.now = w.now.Add(time.Hour)
		round()
	}
	told := map[string]string{} // by wise: the message that each thing came with
	for id, m := range wise.got {
		for _, s := range m.Sections {
			for _, n := range s.News {
				if before := told[n.Case]; before != "" {
					t.Errorf("case %s is in the messages %s and %s", n.Case, before, id)
				}
				told[n.Case] = id
			}
		}
	}
	if len(deaf.came) == 0 || len(told) == 0 {
		t.Fatal("nobody was told anything")
	}
	for id, n := range deaf.came {
		if n > 1 {
			t.Errorf("case %s is told %d times", id, n)
		}
	}
	st, err := w.Store.CountEntries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range st {
		if c.State != store.EntryUnknown || c.Target != "message:deaf" {
			t.Errorf("in the end %d messages to %s are %s", c.N, c.Target, c.State)
		}
	}
	t.Logf("%d things happened, %d kills, %d messages to each", w.n, deaf.n+wise.n, len(wise.got))
	if missing := w.n - len(told); missing > w.left(t) {
		t.Errorf("%d of %d things were never told", missing, w.n)
	}
}

// left is how many things messages counted and did not name.
func (w *world) left(t *testing.T) (n int) {
	t.Helper()
	all, err := w.Store.Entries(t.Context(), store.EntryFilter{Target: "message:wise"})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		m := messageOf(t, e)
		for _, s := range m.Sections {
			n += s.N - len(s.News)
		}
	}
	return n
}

func messageOf(t *testing.T, e store.Entry) (m message.Message) {
	t.Helper()
	if err := json.Unmarshal(e.Body, &m); err != nil {
		t.Fatal(err)
	}
	return m
}
