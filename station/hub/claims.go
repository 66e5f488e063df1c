package hub

import (
	"context"
	"time"

	"packbench/station/store"
)

// Claims are what a folder knows of who holds which order. What this station holds there
// the hub has granted, or will be asked to.
type Claims interface {
	ClaimOrder(ctx context.Context, order, station string, at time.Time) (holder string, err error)
	FreeOrder(ctx context.Context, order, station string) error
	Holder(ctx context.Context, order string) (string, error)
	ClaimsOf(ctx context.Context, station string) ([]string, error)
	TakeClaims(ctx context.Context, station, feed string, upTo int64, news []store.ClaimNews) error
	DueOrders(ctx context.Context, station string, limit int) ([]store.Due, error)
	Progress(ctx context.Context, order string) (store.Progress, error)
}

// How long a packer waits for an answer of the hub, and for a bench that has claimed an
// order ahead to give it back.
const (
	claimWithin = 3 * time.Second
	lookAgain   = 200 * time.Millisecond
	// giveBackFor is how long an order that was given back is not claimed ahead again.
	giveBackFor = time.Minute
)

// ClaimOrder takes an order for this station and returns who has it. Of an order that was
// claimed before it asks nobody; for another it needs the hub, and where that is away it
// is a Trouble.
func (x *Exchange) ClaimOrder(ctx context.Context, order, station string, at time.Time) (holder string, err error) {
	if err := x.Status().Err; KindOf(err) == Copied || KindOf(err) == Behind {
		return "", err // what it has, the right folder may have given away
	}
	known, err := x.asks(ctx, order)
	if err != nil || known {
		return station, err
	}
	defer x.asked(order)
	was, err := x.Folder.Progress(ctx, order)
	if err != nil {
		return "", err
	}
	c, err := x.ask(ctx, order, x.again(was))
	if err != nil {
		return "", err
	}
	if c.Station != station {
		return c.Station, nil
	}
	// The claim goes back with the next round where the order cannot be begun.
	if err := x.before(ctx); err != nil {
		return "", err
	}
	if now, err := x.Folder.Progress(ctx, order); err != nil || ended(now) && !ended(was) {
		return now.Station, err
	}
	x.claiming.Lock()
	defer x.claiming.Unlock()
	if err := x.keep(ctx, order, at); err != nil {
		return "", err
	}
	x.begun[order] = true
	return station, nil
}

// before fetches what was done with an order by who had it before: its parcels are counted
// on, and what was written of it there comes before what is written here.
func (x *Exchange) before(ctx context.Context) error {
	ctx, done := context.WithTimeout(ctx, x.patience)
	defer done()
	h, err := x.connected()
	if err == nil {
		_, err = x.copyRows(ctx, h)
	}
	if ctx.Err() != nil {
		return &Trouble{Kind: Away, Err: ctx.Err()}
	}
	return err
}

// TakeAlone takes an order for this station though the hub cannot be asked for it: somebody
// has let that happen. The hub hears of it when it is there again, and whoever has the order
// besides is told of a clash then.
func (x *Exchange) TakeAlone(ctx context.Context, order string, at time.Time) error {
	if err := x.Status().Err; KindOf(err) == Copied || KindOf(err) == Behind {
		return err
	}
	x.claiming.Lock()
	defer x.claiming.Unlock()
	if err := x.keep(ctx, order, at); err != nil {
		return err
	}
	x.begun[order] = true
	return nil
}

// keep writes down here that the hub gave an order to this station: what was known of
// another holder is older.
func (x *Exchange) keep(ctx context.Context, order string, at time.Time) error {
	err := x.Folder.TakeClaims(ctx, x.station, "", 0, []store.ClaimNews{{Order: order, Free: true}})
	if err == nil {
		_, err = x.Folder.ClaimOrder(ctx, order, x.station, at)
	}
	return err
}

// asks reports whether the station has the order already; else it notes that the hub is
// asked, so that nobody gives back meanwhile what comes of it. An order that is just being
// given back is waited for.
func (x *Exchange) asks(ctx context.Context, order string) (has bool, err error) {
	for {
		leaves, has, err := x.looksFor(ctx, order)
		if !leaves || err != nil {
			return has, err
		}
		select {
		case <-ctx.Done():
			return false, ctx.Err()
		case <-time.After(lookAgain / 10):
		}
	}
}

func (x *Exchange) looksFor(ctx context.Context, order string) (leaves, has bool, err error) {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	if x.leaving[order] {
		return true, false, nil
	}
	holder, err := x.Folder.Holder(ctx, order)
	if err != nil {
		return false, false, err
	}
	if has = holder == x.station; has {
		x.begun[order] = true
		delete(x.freed, order)
	} else {
		x.asking[order] = true
	}
	return false, has, nil
}

func (x *Exchange) asked(order string) {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	delete(x.asking, order)
}

// ask claims an order at the hub. A bench that has claimed it ahead is asked to give it
// back, for as long as a packer waits.
func (x *Exchange) ask(ctx context.Context, order string, again bool) (Claim, error) {
	ctx, done := context.WithTimeout(ctx, x.patience)
	defer done()
	h, err := x.connected()
	if err != nil {
		return Claim{}, err
	}
	var has Claim // who has it, and was asked for it
	for {
		c, err := h.Claim(ctx, x.station, OrderClaim, order, again)
		if err != nil && ctx.Err() != nil && has.Station != "" {
			return has, nil // as long as a packer waits
		}
		if err != nil || c.Station == x.station || c.State == Done {
			return c, err
		}
		if has.Station == "" {
			if err := h.Want(ctx, x.station, OrderClaim, order); err != nil {
				return c, err
			}
		}
		has = c
		select {
		case <-ctx.Done():
			return c, nil
		case <-time.After(lookAgain):
		}
	}
}

// FreeOrder gives the station's claim back. It is kept here until the hub has heard of it:
// where that is away nobody else could have it, and this bench could not have it back; and
// what was packed alone is to be told.
func (x *Exchange) FreeOrder(ctx context.Context, order, station string) error {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	if err := x.Folder.CatchUp(ctx); err != nil { // that it was packed may have been written a moment ago
		return err
	}
	ended, err := x.ended(ctx, order)
	if err != nil {
		return err
	}
	delete(x.begun, order)
	if !ended {
		x.freed[order] = true
	}
	x.Wake()
	return nil
}

// ended reports whether an order was packed.
func (x *Exchange) ended(ctx context.Context, order string) (bool, error) {
	p, err := x.Folder.Progress(ctx, order)
	return ended(p), err
}

// again reports whether an order may be begun that the hub knows as packed: it is known here
// that it was, or that a desk had what was left out put back in the queue since. Who does not
// follow all cannot know that it was not packed to its end meanwhile.
func (x *Exchange) again(p store.Progress) bool {
	return ended(p) || x.Runs && p.State == store.ProgressOpen && p.Station != ""
}

func ended(p store.Progress) bool {
	return p.State == store.ProgressClosed || p.State == store.ProgressShort
}

// takeClaims learns what others hold, and gives back what another bench asks for and this
// one has not begun.
func (x *Exchange) takeClaims(ctx context.Context) error {
	if err := x.Folder.CatchUp(ctx); err != nil {
		return err
	}
	after, err := x.Folder.SharedPlace(ctx, claimsFeed)
	if err != nil {
		return err
	}
	for {
		some, err := x.hub.Claims(ctx, x.life, after, rowsAtOnce)
		if err != nil {
			return x.said(err)
		}
		if len(some) == 0 {
			return nil
		}
		after = some[len(some)-1].N
		var news []store.ClaimNews
		for _, c := range some {
			if c.Kind != OrderClaim {
				continue
			}
			if c.Station == x.station && c.State == Held && c.Wanted != "" {
				if err := x.giveBack(ctx, c.Key); err != nil {
					return err
				}
			}
			news = append(news, store.ClaimNews{Order: c.Key, Station: c.Station, Since: c.Since, Free: c.State == Free, Done: c.State == Done})
		}
		if err := x.Folder.TakeClaims(ctx, x.station, claimsFeed, after, news); err != nil {
			return err
		}
	}
}

// giveBack frees an order that was claimed ahead and not begun.
func (x *Exchange) giveBack(ctx context.Context, order string) error {
	x.claiming.Lock()
	defer x.claiming.Unlock()
	ahead, err := x.isAhead(ctx, order)
	if err != nil || !ahead {
		return err
	}
	x.given[order] = time.Now()
	return x.Folder.FreeOrder(ctx, order, x.station)
}

// isAhead reports whether an order that the station holds was not begun.
func (x *Exchange) isAhead(ctx context.Context, order string) (bool, error) {
	if x.begun[order] {
		return false, nil
	}
	p, err := x.Folder.Progress(ctx, order)
	return p.State == "" || p.State == store.ProgressOpen, err
}

// HeldElsewhere returns the station that has an order which this one works on, "" where it
// is this one or where the hub is away. It is asked before a label is made: while this bench
// was away a supervisor may have given the order to another.
func (x *Exchange) HeldElsewhere(ctx context.Context, order string) string {
	if x.Status().Away() {
		return ""
	}
	ctx, done := context.WithTimeout(ctx, x.patience)
	defer done()
	h, err := x.connected()
	if err != nil {
		return ""
	}
	c, err := h.HolderOf(ctx, OrderClaim, order)
	if err != nil || c.Station == x.station || c.State == Free {
		return ""
	}
	return c.Station
}
