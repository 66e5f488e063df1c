package carriers

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/lease"
	"packbench/station/store"
)

// How often carriers are asked where parcels are, and how many parcels in one round.
const (
	firstRound     = time.Minute
	lookForParcels = 10 * time.Minute
	trackAgain     = 6 * time.Hour
	trackPace      = 500 * time.Millisecond // between two calls
	trackMost      = 100
	trackDays      = 45 // after its purchase a parcel is not asked after any more
)

// tracks are the parcels that were asked after, and when.
type tracks struct {
	mu    sync.Mutex
	asked map[string]time.Time // by the key of the purchase
}

// Run asks the accounts where parcels are, a few times a day each, until ctx ends. Of all
// programs that work on the folder one does it.
func (c *Carriers) Run(ctx context.Context) {
	for pause(ctx, firstRound) {
		if accounts, err := c.Store.Accounts(ctx); err != nil || len(accounts) == 0 {
			continue
		}
		held, err := lease.Contest(ctx, c.Store, "carriers", c.Log)
		if err == nil {
			err = c.rounds(ctx, held)
		}
		if ctx.Err() == nil {
			c.Log.Warn("another program asks the carriers now", "error", err)
		}
	}
}

// rounds asks as long as the lease is this program's.
func (c *Carriers) rounds(ctx context.Context, held *lease.Lease) error {
	ctx, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		if err := held.Run(ctx); err != nil {
			c.Log.Warn("the lease of the carriers is not given back", "error", err)
		}
	})
	defer group.Wait()
	defer stop()
	for {
		_, done, err := held.Hold(ctx)
		if err != nil {
			return err
		}
		done()
		if _, err := c.TrackRound(ctx, trackPace); err != nil && ctx.Err() == nil {
			c.Log.Warn("it is not known where parcels are", "error", err)
		}
		if !pause(ctx, lookForParcels) {
			return nil
		}
	}
}

// pause waits, and reports whether ctx has not ended.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// TrackRound asks after the parcels that were handed over and are due to be asked after, at
// most trackMost of them, and keeps what was said. It returns how many were asked after. An
// account that does not answer is not asked again in this round.
func (c *Carriers) TrackRound(ctx context.Context, pace time.Duration) (n int, err error) {
	if err := c.Store.CatchUp(ctx); err != nil {
		return 0, err
	}
	now := c.Time()
	due, err := c.Store.OnTheWay(ctx, now.AddDate(0, 0, -trackDays))
	if err != nil {
		return 0, err
	}
	mute := map[string]bool{}
	for _, o := range c.tracks.due(due, now) {
		if n == trackMost || n > 0 && !pause(ctx, pace) {
			break
		}
		client, err := c.clientOf(ctx, o.Account)
		tracker, ok := client.(account.Tracker)
		var p account.Purchase
		if _, alone := c.alone(o.Account); mute[o.Account] || alone || err != nil || !ok || json.Unmarshal(o.Bought, &p) != nil || p.Tracking != o.Tracking {
			continue
		}
		n++
		c.tracks.note(o.Key, now)
		where, err := tracker.Track(ctx, p)
		c.heard(o.Account, err)
		if err != nil {
			mute[o.Account] = account.Down(err) || !account.NotDone(err)
			c.Log.Info("a carrier does not say where a parcel is", "account", o.Account, "error", err)
			continue
		}
		if news := c.news(o, where); news.State != "" {
			if err := c.Store.Followed(ctx, news); err != nil {
				return n, err
			}
		}
	}
	return n, ctx.Err()
}

// due leaves out what was asked after not long ago, and forgets what is not on the way any
// more. What waited longest comes first.
func (t *tracks) due(all []store.OnTheWay, now time.Time) (out []store.OnTheWay) {
	t.mu.Lock()
	defer t.mu.Unlock()
	before := t.asked
	t.asked = map[string]time.Time{}
	for _, o := range all {
		at := before[o.Key]
		if !at.IsZero() {
			t.asked[o.Key] = at
		}
		if age := now.Sub(at); age < 0 || age >= trackAgain { // a clock that was set back hinders nothing
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b store.OnTheWay) int { return before[a.Key].Compare(before[b.Key]) })
	return out
}

func (t *tracks) note(key string, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.asked[key] = at
}

// trackStates are the states of a parcel as they are kept. One that something is wrong with
// is still on its way.
var trackStates = map[account.State]store.TrackState{
	account.PreTransit: store.TrackNotScanned, account.Accepted: store.TrackMoving, account.InTransit: store.TrackMoving, account.OutFor: store.TrackOut,
	account.Pickup: store.TrackPickUp, account.Delivered: store.TrackDelivered, account.Exception: store.TrackMoving, account.Returning: store.TrackReturned,
}

// news is what is kept of an answer, none where it says nothing. A delivery that has no day
// is not known: a guessed one would count for or against its carrier.
func (c *Carriers) news(o store.OnTheWay, t account.Tracking) store.Tracked {
	n := store.Tracked{Parcel: o.Parcel, Tracking: o.Tracking, State: trackStates[t.State], At: t.At}
	if n.State == store.TrackDelivered {
		if n.At.IsZero() {
			return store.Tracked{}
		}
		at := t.At
		if at.Location() == time.UTC { // else it is told where the parcel was delivered
			at = at.In(c.Location())
		}
		y, m, d := at.Date()
		n.Delivered = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	if n.At.IsZero() {
		n.At = c.Time()
	}
	return n
}
