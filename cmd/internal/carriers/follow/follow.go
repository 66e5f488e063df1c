// Package follow asks the accounts of a shop where their parcels are, and keeps what they
// say: it counts in the choice of the next carrier (T1, C3).
//
// A parcel is asked after from the van to the door, a few times a day, by one of all
// programs that work on the folder: [Follower.Run] does that beside the work of a bench.
// It must not buy, tell anybody or decide anything.
package follow

import (
	"context"
	"slices"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/folder/once"
	"packbench/station/carrier/account"
	"packbench/station/lease"
	"packbench/station/store"
)

// How often carriers are asked where parcels are, and how many parcels in one round.
const (
	firstRound     = time.Minute
	lookForParcels = 10 * time.Minute
	lookForTurn    = time.Minute // where another folder asks
	trackAgain     = 6 * time.Hour
	trackPace      = 500 * time.Millisecond // between two calls
	trackMost      = 100
	trackDays      = 45 // after its purchase a parcel is not asked after any more
)

// Follower asks after the parcels of a folder. One goroutine at a time uses it.
type Follower struct {
	of    *carriers.Carriers
	asked map[string]time.Time // by the key of the purchase
}

// New returns a follower that has asked for nothing yet.
func New(of *carriers.Carriers) *Follower { return &Follower{of: of} }

// Run asks the accounts where parcels are, a few times a day each, until ctx ends. Of all
// programs that work on the folder one does it.
func (f *Follower) Run(ctx context.Context) {
	for lease.Pause(ctx, firstRound) {
		if accounts, err := f.of.Store.Accounts(ctx); err != nil || len(accounts) == 0 {
			continue
		}
		held, err := lease.Contest(ctx, f.of.Store, "carriers", f.of.Log)
		if err == nil {
			err = held.Rounds(ctx, f.round)
		}
		if ctx.Err() == nil {
			f.of.Log.Warn("another program asks the carriers now", "error", err)
		}
	}
}

func (f *Follower) round(ctx context.Context) (wait time.Duration) {
	ctx, done, err := once.Mine(ctx, f.of.Folder)
	if err != nil {
		return lookForTurn
	}
	defer done()
	if _, err := f.Round(ctx, trackPace); err != nil && ctx.Err() == nil {
		f.of.Log.Warn("it is not known where parcels are", "error", err)
	}
	return lookForParcels
}

// Round asks after the parcels that were handed over and are due to be asked after, at
// most trackMost of them, and keeps what was said. It returns how many were asked after. An
// account that does not answer is not asked again in this round.
func (f *Follower) Round(ctx context.Context, pace time.Duration) (n int, err error) {
	if err := f.of.Store.CatchUp(ctx); err != nil {
		return 0, err
	}
	now := f.of.Time()
	due, err := f.of.Store.OnTheWay(ctx, now.AddDate(0, 0, -trackDays))
	if err != nil {
		return 0, err
	}
	mute := map[string]bool{}
	for _, o := range f.due(due, now) {
		if n == trackMost || n > 0 && !lease.Pause(ctx, pace) {
			break
		}
		if mute[o.Account] || carriers.Tracking(o.Purchase) != o.Tracking {
			continue
		}
		where, asked, err := f.of.Where(ctx, o.Purchase)
		if !asked {
			continue
		}
		n++
		f.asked[o.Key] = now
		if err != nil {
			mute[o.Account] = account.Down(err) || !account.NotDone(err)
			f.of.Log.Info("a carrier does not say where a parcel is", "account", o.Account, "error", err)
			continue
		}
		if news := f.news(o, where); news.State != "" {
			if err := f.of.Store.Followed(ctx, news); err != nil {
				return n, err
			}
		}
	}
	return n, ctx.Err()
}

// due leaves out what was asked after not long ago, and forgets what is not on the way any
// more. What waited longest comes first.
func (f *Follower) due(all []store.OnTheWay, now time.Time) (out []store.OnTheWay) {
	before := f.asked
	f.asked = map[string]time.Time{}
	for _, o := range all {
		at := before[o.Key]
		if !at.IsZero() {
			f.asked[o.Key] = at
		}
		if age := now.Sub(at); age < 0 || age >= trackAgain { // a clock that was set back hinders nothing
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b store.OnTheWay) int { return before[a.Key].Compare(before[b.Key]) })
	return out
}

// trackStates are the states of a parcel as they are kept. One that something is wrong with
// is still on its way.
var trackStates = map[account.State]store.TrackState{
	account.PreTransit: store.TrackNotScanned, account.Accepted: store.TrackMoving, account.InTransit: store.TrackMoving, account.OutFor: store.TrackOut,
	account.Pickup: store.TrackPickUp, account.Delivered: store.TrackDelivered, account.Exception: store.TrackMoving, account.Returning: store.TrackReturned,
}

// news is what is kept of an answer, none where it says nothing. A delivery that has no day
// is not known: a guessed one would count for or against its carrier.
func (f *Follower) news(o store.OnTheWay, t account.Tracking) store.Tracked {
	n := store.Tracked{Parcel: o.Parcel, Tracking: o.Tracking, State: trackStates[t.State], At: t.At}
	if n.State == store.TrackDelivered {
		if n.At.IsZero() {
			return store.Tracked{}
		}
		at := t.At
		if at.Location() == time.UTC { // else it is told where the parcel was delivered
			at = at.In(f.of.Location())
		}
		y, m, d := at.Date()
		n.Delivered = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	if n.At.IsZero() {
		n.At = f.of.Time()
	}
	return n
}
