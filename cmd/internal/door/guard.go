package door

import (
	"context"
	"strings"
	"sync/atomic"

	"packbench/station"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/store"
)

// Guard takes what a bench is given before it is looked up: PINs, and whatever somebody
// does whose badge counts no more. It passes on all else. It is for one goroutine, that of
// the engine.
type Guard struct {
	engine.Resolver
	Door Door
	Turn *atomic.Int64 // moves on when who is signed in may have changed

	worn struct {
		station.Person
		turn int64
	}
}

// Resolve implements engine.Resolver. A try of a PIN is counted here, though a resolver
// only reads else: one that was cut off must count too.
func (g *Guard) Resolve(ctx context.Context, s pack.State, raw engine.Raw) (pack.Event, error) {
	if gone := g.gone(ctx, s, raw); gone != nil {
		return gone, nil
	}
	pin, is := givesPIN(s, raw)
	_, field := raw.(engine.PIN)
	switch {
	case !is:
		return g.Resolver.Resolve(ctx, s, raw)
	case s.PIN != nil && pin != "":
		return g.Door.Given(ctx, s.PIN.Person.ID, pin)
	case field: // answered with what is asked now
		return pack.Command{Name: "choose"}, nil
	}
	return pack.Scanned{}, nil // nobody asked for it, and the journal holds nothing of it
}

// gone finds out that the badge of who is signed in no longer counts, before whatever
// they do next.
func (g *Guard) gone(ctx context.Context, s pack.State, raw engine.Raw) pack.Event {
	switch raw.(type) {
	case engine.Scan, engine.Badge, engine.Press, engine.Entry, engine.PIN, engine.Weight:
	default:
		return nil
	}
	if s.Person.ID == "" || s.Phase == pack.Locked {
		return nil
	}
	if turn := g.Turn.Load(); g.worn.ID != s.Person.ID || g.worn.turn != turn {
		p, known, err := store.Known(g.Door.Store.Person(ctx, s.Person.ID))
		if err != nil || !known {
			return nil // what cannot be read is told where it is needed
		}
		g.worn.Person, g.worn.turn = p, turn
	}
	if why := Lapsed(g.worn.Person, g.Door.Clock().In(g.Door.Location())); why != "" {
		return pack.BadgeGone{Person: g.worn.ID, Why: why}
	}
	return nil
}

// givesPIN reports whether an input is a try of a PIN: what is typed for one, and digits
// that are typed by another way, perhaps so fast that they look scanned, while one is
// waited for or may have been.
func givesPIN(s pack.State, raw engine.Raw) (pin string, is bool) {
	switch raw := raw.(type) {
	case engine.PIN:
		return strings.TrimSpace(raw.Text), true
	case engine.Entry:
		pin = strings.TrimSpace(raw.Text)
		is = s.PIN != nil && pin != "" && strings.Trim(pin, "0123456789") == "" // a slip of the finger counts too
	case engine.Scan:
		if !raw.Typed() { // a short code of the shop's own
			return "", false
		}
		pin = strings.TrimSpace(raw.Data)
	}
	return pin, is || people.LooksPIN(pin) && (s.PIN != nil || s.Phase == pack.SignedOut || s.Phase == pack.Locked)
}
