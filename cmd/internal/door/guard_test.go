package door_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/door"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
)

// plain is a store of one person with a PIN, and counts what is asked of it.
type plain struct{ tries, reads int }

func (p *plain) CountPIN(context.Context, string, time.Time, func(int) time.Duration) (store.PIN, time.Duration, error) {
	p.tries++
	return store.PIN{Hash: "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, 0, nil
}
func (p *plain) RightPIN(context.Context, string) error { return nil }
func (p *plain) Person(_ context.Context, id string) (station.Person, error) {
	p.reads++
	return station.Person{ID: id, Until: "2026-11-23"}, nil
}

// passed is a resolver that keeps what it is given, as the journal would.
type passed struct{}

func (passed) Resolve(_ context.Context, _ pack.State, raw engine.Raw) (pack.Event, error) {
	return pack.Scanned{Raw: fmt.Sprint(raw)}, nil
}

func guard(now *time.Time) (*door.Guard, *plain, *atomic.Int64) {
	kept, turn := &plain{}, &atomic.Int64{}
	d := door.Door{Store: kept, Clock: func() time.Time { return *now }, Location: func() *time.Location { return time.UTC }}
	return &door.Guard{Resolver: passed{}, Door: d, Turn: turn}, kept, turn
}

// Whatever is typed for a PIN is a try while one is awaited, slips and all; else nothing
// of it is kept. By other ways digits are, where only a person can have typed them.
func TestNothingOfAPINIsKept(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	awaited := pack.State{Phase: pack.Idle, PIN: &pack.PinAsked{Person: pack.Person{ID: "P1"}}}
	const try, nothing, goes = "a try", "nothing", "passed on"
	for _, c := range []struct {
		s    pack.State
		raw  engine.Raw
		want string
	}{
		{awaited, engine.PIN{Text: "4711"}, try},
		{awaited, engine.PIN{Text: "47l1"}, try},
		{awaited, engine.PIN{Text: " "}, nothing},
		{pack.State{Phase: pack.SignedOut}, engine.PIN{Text: "47l1"}, nothing},
		{pack.State{Phase: pack.Locked}, engine.PIN{Text: "4711"}, nothing},
		{pack.State{Phase: pack.Packing}, engine.PIN{Text: "4711"}, nothing}, // it was awaited when it was typed
		{awaited, engine.Entry{Text: "47111111"}, try},
		{pack.State{Phase: pack.SignedOut}, engine.Entry{Text: "4711"}, nothing},
		{pack.State{Phase: pack.Locked}, engine.Entry{Text: "4711"}, nothing},
		{pack.State{Phase: pack.Packing}, engine.Entry{Text: "4711"}, goes},
		{awaited, engine.Scan{Device: engine.Wedge, Data: "4711"}, try},
		{awaited, engine.Scan{Device: engine.Touch, Data: "4711"}, try},
		{pack.State{Phase: pack.Locked}, engine.Scan{Device: engine.Wedge, Data: "4711"}, nothing},
		{awaited, engine.Scan{Device: "scanner", Data: "4711"}, goes},
		{awaited, engine.Scan{Device: "scanner2", Data: "4711"}, goes},
		{pack.State{Phase: pack.SignedOut}, engine.Scan{Device: "scanner", Data: "4711"}, goes},
	} {
		g, kept, _ := guard(&now)
		event, err := g.Resolve(t.Context(), c.s, c.raw)
		got := goes
		switch e := event.(type) {
		case pack.PinGiven:
			got = try
		case pack.Command:
			got = nothing
		case pack.Scanned:
			if e.Raw == "" {
				got = nothing
			}
		}
		if text := fmt.Sprint(event); err != nil || got != c.want || (kept.tries == 1) != (c.want == try) || got != goes && strings.Contains(text, "47") {
			t.Errorf("%T %v in %q: %s (%d tries), %s, %v; want %s", c.raw, c.raw, c.s.Phase, got, kept.tries, text, err, c.want)
		}
	}
}

// Who is signed in is read once, and again once something may have changed; the day is
// looked at each time.
func TestWhoIsSignedInIsReadOnce(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	g, kept, turn := guard(&now)
	scan := func(id string) pack.Event {
		event, err := g.Resolve(t.Context(), pack.State{Phase: pack.Packing, Person: pack.Person{ID: id}}, engine.Scan{Device: "scanner", Data: "1"})
		if err != nil {
			t.Fatal(err)
		}
		return event
	}
	for i, want := range []int{1, 1, 2, 3} {
		who := "P1"
		if i == 2 {
			turn.Add(1)
		} else if i == 3 {
			who = "P2"
		}
		if scan(who); kept.reads != want {
			t.Errorf("scan %d: read %d times, want %d", i, kept.reads, want)
		}
	}
	now = now.Add(24 * time.Hour)
	if gone, is := scan("P2").(pack.BadgeGone); !is || gone.Why != pack.ReasonBadgeEnded {
		t.Errorf("a badge of yesterday: %+v", gone)
	}
}
