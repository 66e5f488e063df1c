package hub

import (
	"context"
	"maps"
	"slices"
	"time"

	"packbench/station/store"
)

// ReturnClaim is which bench takes a parcel apart that came back; the key is its label.
const ReturnClaim ClaimKind = "return"

// Returns are what a folder knows of what came back.
type Returns interface {
	ReturnsAt(ctx context.Context, station string) ([]string, error)
	ReturnsOf(ctx context.Context, sscc string) ([]store.Return, error)
	ParcelBySSCC(ctx context.Context, sscc string) (store.Parcel, error)
}

// openWithin is how long a return that the hub gave to this station may take until it is
// written down as open here.
const openWithin = time.Minute

// returned is what an exchange knows of the returns of its station.
type returned struct {
	given map[string]given  // by the hub, and not yet written down here as open
	taken map[string]string // what is open here and another bench has
	mine  map[string]bool   // what is open here, and was said to be this station's
	none  bool              // is claimed at the hub
}

// given is when the hub gave a return, and how many of its parcel were opened here before.
type given struct {
	at  time.Time
	had int
}

// openedHere counts the returns of a parcel that this station has opened.
func (x *Exchange) openedHere(ctx context.Context, sscc string) (n int, closed bool, err error) {
	all, err := x.Folder.ReturnsOf(ctx, sscc)
	for _, r := range all {
		if r.Station == x.station && r.State != store.ReturnAnnounced {
			n, closed = n+1, closed || r.State == store.ReturnClosed
		}
	}
	return n, closed, err
}

// ClaimReturn takes what came back for this station, and returns who has it. It needs the
// hub, and where that is away it is a Trouble. What another bench has taken apart to its end
// comes again only where the journals of all are kept: else its units would count twice.
func (x *Exchange) ClaimReturn(ctx context.Context, sscc string) (holder string, err error) {
	if err := x.Status().Err; err != nil {
		return "", &Trouble{Kind: Away, Err: err}
	}
	had, _, err := x.openedHere(ctx, sscc)
	if err != nil {
		return "", err
	}
	x.note(func(r *returned) { r.given[sscc], r.none = given{time.Now(), had}, false })
	c, err := x.askReturn(ctx, sscc)
	if err == nil && c.Station == x.station {
		err = x.before(ctx)
	}
	if err != nil || c.Station != x.station {
		x.note(func(r *returned) { delete(r.given, sscc) })
	}
	return c.Station, err
}

func (x *Exchange) askReturn(ctx context.Context, sscc string) (Claim, error) {
	ctx, done := context.WithTimeout(ctx, x.patience)
	defer done()
	h, err := x.connected()
	if err != nil {
		return Claim{}, err
	}
	c, err := h.Claim(ctx, x.station, ReturnClaim, sscc, x.Runs)
	if err == nil && c.State == Done && c.Station == x.station {
		c, err = h.Claim(ctx, x.station, ReturnClaim, sscc, true)
	}
	return c, err
}

// ReturnElsewhere is the bench that has what is open here too, "" for none.
func (x *Exchange) ReturnElsewhere(sscc string) (station string) {
	x.note(func(r *returned) { station = r.taken[sscc] })
	return station
}

func (x *Exchange) note(do func(r *returned)) {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	do(&x.back)
}

// settleReturns makes the hub's claims of returns those of this folder: what was opened while
// the hub was away is claimed now, and what is over here is free, or done.
func (x *Exchange) settleReturns(ctx context.Context) error {
	if head, err := x.Folder.Head(ctx, x.station); err != nil || head.Seq > x.acked[x.station] {
		return err // who opens it next is to know what came back here
	}
	if err := x.Folder.CatchUp(ctx); err != nil {
		return err
	}
	here, err := x.Folder.ReturnsAt(ctx, x.station)
	idle := false
	x.note(func(r *returned) {
		r.seen(here)
		idle = r.none && len(here) == 0
	})
	if err != nil || idle {
		return err
	}
	all, err := x.hub.HeldBy(ctx, x.station)
	if err != nil {
		return x.said(err)
	}
	var held []string
	for _, c := range all {
		if c.Kind == ReturnClaim {
			held = append(held, c.Key)
		}
	}
	if err := x.endReturns(ctx, held, here); err != nil {
		return err
	}
	for _, sscc := range here {
		err := error(nil)
		if !slices.Contains(held, sscc) {
			err = x.returnAgain(ctx, sscc)
		} else if !x.settled(sscc) {
			err = x.tellReturned(ctx, sscc, "")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settled reports whether it was said before that this station has what is open here.
func (x *Exchange) settled(sscc string) (was bool) {
	x.note(func(r *returned) { was, r.mine[sscc] = r.mine[sscc], true })
	return was
}

// seen forgets what is known of returns that are not open here, or are.
func (r *returned) seen(here []string) {
	for sscc, g := range r.given {
		if slices.Contains(here, sscc) || time.Since(g.at) > openWithin {
			delete(r.given, sscc)
		}
	}
	maps.DeleteFunc(r.mine, func(sscc string, _ bool) bool { return !slices.Contains(here, sscc) })
	for sscc := range r.taken {
		if !slices.Contains(here, sscc) {
			delete(r.taken, sscc)
		}
	}
}

// endReturns gives up at the hub what is not open here any more.
func (x *Exchange) endReturns(ctx context.Context, held, here []string) error {
	over := map[ClaimState][]string{}
	waits := len(here) > 0
	for _, sscc := range held {
		if slices.Contains(here, sscc) {
			continue
		}
		n, closed, err := x.openedHere(ctx, sscc)
		if err != nil {
			return err
		}
		var g given
		var soon bool
		x.note(func(r *returned) { g, soon = r.given[sscc] })
		if soon && n <= g.had {
			waits = true
			continue
		}
		x.note(func(r *returned) { delete(r.given, sscc) })
		state := Free
		if closed {
			state = Done
		}
		over[state] = append(over[state], sscc)
	}
	for state, keys := range over {
		if err := x.hub.Settle(ctx, x.station, ReturnClaim, keys, state); err != nil {
			return x.said(err)
		}
	}
	x.note(func(r *returned) { r.none = !waits && len(r.given) == 0 })
	return nil
}

// returnAgain claims what is open here and not claimed there: it was opened while the hub was
// away, or somebody released it. That another bench has it, too, a person settles.
func (x *Exchange) returnAgain(ctx context.Context, sscc string) error {
	c, err := x.hub.Claim(ctx, x.station, ReturnClaim, sscc, x.Runs)
	if err == nil && c.State == Done && c.Station == x.station {
		c, err = x.hub.Claim(ctx, x.station, ReturnClaim, sscc, true)
	}
	if err != nil {
		return x.said(err)
	}
	mine := c.Station == x.station
	x.note(func(r *returned) {
		if delete(r.taken, sscc); !mine {
			r.taken[sscc] = c.Station
		}
		r.mine[sscc] = mine
	})
	if mine {
		c.Station = ""
	}
	return x.tellReturned(ctx, sscc, c.Station)
}

func (x *Exchange) tellReturned(ctx context.Context, sscc, other string) error {
	if x.Returned == nil {
		return nil
	}
	p, known, err := store.Known(x.Folder.ParcelBySSCC(ctx, sscc))
	if err != nil || !known {
		return err
	}
	x.Returned(ctx, p, other)
	return nil
}
