package door

import (
	"context"
	"strings"

	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/store"
)

// Guard takes what a bench is given before it is looked up: PINs, and whatever somebody
// does whose badge counts no more. It passes on all else.
type Guard struct {
	engine.Resolver
	Door Door
}

// Resolve implements engine.Resolver. A try of a PIN is counted here, though a resolver
// only reads else: one that was cut off must count too.
func (g Guard) Resolve(ctx context.Context, s pack.State, raw engine.Raw) (pack.Event, error) {
	if gone := g.gone(ctx, s, raw); gone != nil {
		return gone, nil
	}
	pin, is := givesPIN(s, raw)
	switch {
	case !is:
		return g.Resolver.Resolve(ctx, s, raw)
	case s.PIN == nil: // nobody asked for it: it is nothing, and the journal holds none
		return pack.Scanned{}, nil
	}
	return g.Door.Given(ctx, s.PIN.Person.ID, pin)
}

// gone finds out that the badge of who is signed in no longer counts, before whatever
// they do next.
func (g Guard) gone(ctx context.Context, s pack.State, raw engine.Raw) pack.Event {
	switch raw.(type) {
	case engine.Scan, engine.Badge, engine.Press, engine.Entry, engine.Weight:
	default:
		return nil
	}
	if s.Person.ID == "" || s.Phase == pack.Locked {
		return nil
	}
	p, known, err := store.Known(g.Door.Store.Person(ctx, s.Person.ID))
	if err != nil || !known {
		return nil // what cannot be read is told where it is needed
	}
	if why := Lapsed(p, g.Door.Clock().In(g.Door.Location())); why != "" {
		return pack.BadgeGone{Person: p.ID, Why: why}
	}
	return nil
}

// givesPIN reports whether an input is a try of a PIN, which may be typed so fast that it
// looks scanned.
func givesPIN(s pack.State, raw engine.Raw) (pin string, is bool) {
	switch raw := raw.(type) {
	case engine.Entry:
		pin = strings.TrimSpace(raw.Text)
		is = s.PIN != nil && pin != "" && strings.Trim(pin, "0123456789") == "" // a slip of the finger counts too
	case engine.Scan:
		pin = strings.TrimSpace(raw.Data)
	}
	return pin, is || people.LooksPIN(pin) && (s.PIN != nil || s.Phase == pack.SignedOut)
}
