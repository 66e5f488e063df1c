package hub

import (
	"context"
	"maps"
	"slices"
	"time"

	"packbench/station/store"
)

// settle makes the hub's claims of this station those that it has here, and claims due
// orders ahead. The hub is never asked while a packer's claim has to wait for it.
func (x *Exchange) settle(ctx context.Context) error {
	if err := x.Folder.CatchUp(ctx); err != nil {
		return err
	}
	there, err := x.hub.HeldBy(ctx, x.station)
	if err != nil {
		return x.said(err)
	}
	p, err := x.plan(ctx, there)
	if err != nil {
		return err
	}
	err = x.giveUp(ctx, p.over)
	if failed := x.left(ctx, p.over, err == nil); err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	for _, order := range p.again {
		if err := x.claimAgain(ctx, order); err != nil {
			return err
		}
	}
	return x.claimAhead(ctx, p.here)
}

// plan is what the claims here and at the hub have to become.
type plan struct {
	over  map[ClaimState][]string // what the station gives up at the hub, and how
	again []string                // what it holds here and not there
	here  []string                // what it holds on
}

func (x *Exchange) plan(ctx context.Context, there []Claim) (p plan, err error) {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	p.over = map[ClaimState][]string{}
	all, err := x.Folder.ClaimsOf(ctx, x.station)
	if err != nil {
		return p, err
	}
	held := map[string]bool{}
	for _, c := range there {
		if c.Kind == OrderClaim {
			held[c.Key] = true
		}
	}
	for _, order := range all {
		freed, err := x.wasFreed(ctx, order)
		if err != nil {
			return p, err
		}
		packed, err := x.ended(ctx, order)
		if err != nil {
			return p, err
		}
		switch {
		case packed && held[order] && !x.begun[order]:
			p.over[Done] = append(p.over[Done], order)
		case freed && held[order]:
			p.over[Free] = append(p.over[Free], order)
		case !held[order]:
			p.again = append(p.again, order)
			fallthrough
		default:
			p.here = append(p.here, order)
		}
	}
	if err := x.onlyThere(ctx, held, all, &p); err != nil {
		return p, err
	}
	for _, orders := range p.over {
		for _, order := range orders {
			x.leaving[order] = true
		}
	}
	return p, nil
}

// onlyThere plans for what the hub says the station holds and the folder does not.
func (x *Exchange) onlyThere(ctx context.Context, held map[string]bool, here []string, p *plan) error {
	for order := range held {
		if x.asking[order] || slices.Contains(here, order) {
			continue
		}
		at, err := x.Folder.Progress(ctx, order)
		if err != nil {
			return err
		}
		switch {
		case at.State == store.ProgressPacking && at.Station == x.station:
			// The folder was put back, and the bench is at it.
			if err := x.keep(ctx, order, time.Now()); err != nil {
				return err
			}
			p.here = append(p.here, order)
		case ended(at):
			p.over[Done] = append(p.over[Done], order)
		default:
			p.over[Free] = append(p.over[Free], order)
		}
	}
	return nil
}

// wasFreed reports whether the bench gave an order back, in an earlier life of the program
// too: what is parked and was not taken up again since is everybody's.
func (x *Exchange) wasFreed(ctx context.Context, order string) (bool, error) {
	if x.freed[order] || x.begun[order] {
		return x.freed[order], nil
	}
	p, err := x.Folder.Progress(ctx, order)
	return p.State == store.ProgressParked, err
}

func (x *Exchange) giveUp(ctx context.Context, over map[ClaimState][]string) error {
	for _, state := range []ClaimState{Done, Free} {
		if err := x.hub.Settle(ctx, x.station, OrderClaim, over[state], state); err != nil {
			return x.said(err)
		}
	}
	return nil
}

// left writes down here what the hub has heard of.
func (x *Exchange) left(ctx context.Context, over map[ClaimState][]string, heard bool) (err error) {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	for _, orders := range over {
		for _, order := range orders {
			if heard && err == nil {
				err = x.Folder.FreeOrder(ctx, order, x.station)
				delete(x.freed, order)
			}
			delete(x.leaving, order)
		}
	}
	return err
}

// claimAgain claims what the station holds here and not at the hub: a supervisor released
// it, or the hub has lost it. What was not begun is given up; of the rest, what another
// station has now is a clash that a person settles.
func (x *Exchange) claimAgain(ctx context.Context, order string) error {
	if freed, err := x.freeAhead(ctx, order); err != nil || freed {
		return err
	}
	// What another one has packed is not taken up again.
	c, err := x.hub.HolderOf(ctx, OrderClaim, order)
	if err == nil && (c.Station == x.station || c.Station == "" || c.State == Free) {
		c, err = x.hub.Claim(ctx, x.station, OrderClaim, order, true)
	}
	if err == nil && c.Station != x.station && c.State == Held {
		var waits bool
		if waits, err = x.asksBack(ctx, c); waits {
			return nil
		}
	}
	if err != nil {
		return x.said(err)
	}
	switch {
	case c.Station == x.station:
		delete(x.wants, order)
		if x.Granted != nil {
			x.Granted(ctx, order)
		}
		return nil
	case x.Clash != nil:
		x.Clash(ctx, order, c.Station)
	}
	return x.freeEnded(ctx, order)
}

// asksBack asks another station for an order that it may have claimed ahead only, and
// reports whether it has a while left to give it back.
func (x *Exchange) asksBack(ctx context.Context, c Claim) (waits bool, err error) {
	if c.Wanted == x.station {
		return time.Since(x.wants[c.Key]) < x.patience, nil
	}
	x.wants[c.Key] = time.Now()
	err = x.hub.Want(ctx, x.station, OrderClaim, c.Key)
	return err == nil, err
}

// freeEnded frees an order here that this station works on no more: whose it is needs no
// settling.
func (x *Exchange) freeEnded(ctx context.Context, order string) error {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	p, err := x.Folder.Progress(ctx, order)
	works := p.Station == x.station && (p.State == store.ProgressPacking || p.State == store.ProgressParked)
	if err == nil && !works && !x.begun[order] {
		err = x.Folder.FreeOrder(ctx, order, x.station)
	}
	return err
}

// freeAhead frees an order here that was not begun, and reports whether it did.
func (x *Exchange) freeAhead(ctx context.Context, order string) (freed bool, err error) {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	ahead, err := x.isAhead(ctx, order)
	if err == nil && ahead {
		delete(x.freed, order)
		err = x.Folder.FreeOrder(ctx, order, x.station)
	}
	return ahead, err
}

// claimAhead claims the next due orders until as many are claimed and not begun as the
// shop wants.
func (x *Exchange) claimAhead(ctx context.Context, here []string) error {
	have := 0
	for _, order := range here {
		ahead, err := x.aheadNow(ctx, order)
		if err != nil {
			return err
		}
		if ahead {
			have++
		}
		if have > x.Ahead && ahead { // kept while the hub was away
			if _, err := x.freeAhead(ctx, order); err != nil {
				return err
			}
		}
	}
	if have >= x.Ahead {
		return nil
	}
	due, err := x.Folder.DueOrders(ctx, x.station, len(here)+x.Ahead)
	if err != nil {
		return err
	}
	for _, d := range due {
		if have >= x.Ahead {
			return nil
		}
		if slices.Contains(here, d.ID) || x.wasGiven(d.ID) {
			continue
		}
		at, err := x.Folder.Progress(ctx, d.ID)
		if err != nil {
			return err
		}
		c, err := x.hub.Claim(ctx, x.station, OrderClaim, d.ID, x.again(at))
		if err != nil {
			return x.said(err)
		}
		if c.Station != x.station {
			continue
		}
		if err := x.keepAhead(ctx, d.ID); err != nil {
			return err
		}
		have++
	}
	return nil
}

func (x *Exchange) aheadNow(ctx context.Context, order string) (bool, error) {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	return x.isAhead(ctx, order)
}

// wasGiven reports whether an order was given back a moment ago.
func (x *Exchange) wasGiven(order string) bool {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	maps.DeleteFunc(x.given, func(_ string, at time.Time) bool { return time.Since(at) >= giveBackFor })
	_, is := x.given[order]
	return is
}

func (x *Exchange) keepAhead(ctx context.Context, order string) error {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	return x.keep(ctx, order, time.Now())
}

// tellPacked tells a hub that was made anew, or put back, which orders were packed here and
// are open in the catalogue: who follows no other journals would begin them again.
func (x *Exchange) tellPacked(ctx context.Context) error {
	if err := x.Folder.CatchUp(ctx); err != nil {
		return err
	}
	for after := ""; ; {
		orders, err := x.Folder.PackedHere(ctx, x.Own, after, rowsAtOnce)
		if err != nil || len(orders) == 0 {
			return err
		}
		if err := x.hub.Packed(ctx, x.station, orders); err != nil {
			return x.said(err)
		}
		after = orders[len(orders)-1]
	}
}
