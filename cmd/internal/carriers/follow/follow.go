// Package follow asks the accounts of a shop where their parcels are, and has what they say
// kept: every event of it, which counts in the choice of the next carrier (T1, C3).
//
// A parcel is asked after from the van to the door, a few times a day, by one of all
// programs that work on the folder: [Follower.Run] does that beside the work of a bench.
// It must not buy, tell anybody or decide anything.
package follow

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/aftercare"
	"packbench/cmd/internal/aftercare/heard"
	"packbench/cmd/internal/aftercare/inbox"
	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/folder/once"
	"packbench/station/carrier/account"
	"packbench/station/lease"
	"packbench/station/store"
	"packbench/station/track"
	"packbench/station/web"
)

// How often carriers are asked where parcels are, and how many parcels in one round.
const (
	firstRound     = time.Minute
	lookForParcels = 10 * time.Minute
	lookForTurn    = time.Minute // where another folder asks
	longestWait    = 10 * time.Second
	trackMost      = 1000
	trackDays      = 100 // after its purchase a parcel is not asked after any more
)

// Follower asks after the parcels of a folder. One goroutine at a time uses it.
type Follower struct {
	of    *carriers.Carriers
	room  *aftercare.Room
	asked map[string]time.Time   // by the key of the purchase
	paces map[string]*track.Pace // by account
	vain  map[string]time.Time   // when a service was asked last and gave no answer, by account and parcel
}

// New returns a follower that has asked for nothing yet.
func New(of *carriers.Carriers) *Follower {
	return &Follower{of: of, room: aftercare.New(of.Folder), paces: map[string]*track.Pace{}, vain: map[string]time.Time{}}
}

// Run asks the accounts where parcels are, a few times a day each, until ctx ends. Of all
// programs that work on the folder one does it.
func (f *Follower) Run(ctx context.Context) {
	for lease.Pause(ctx, firstRound) {
		accounts, err := f.of.Store.Accounts(ctx)
		if _, none := os.Stat(filepath.Join(f.of.Dir, inbox.Folder)); err != nil || len(accounts) == 0 && none != nil {
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
	if _, err := f.Round(ctx, true); err != nil && ctx.Err() == nil {
		f.of.Log.Warn("it is not known where parcels are", "error", err)
	}
	return lookForParcels
}

// Round asks after the parcels that were handed over and are due to be asked after, at
// most trackMost of them, and keeps what was said. It returns how many were asked after. An
// account that does not answer is not asked again in this round. paced keeps to what each
// account takes in a span of time.
func (f *Follower) Round(ctx context.Context, paced bool) (n int, err error) {
	if err := f.of.Store.CatchUp(ctx); err != nil {
		return 0, err
	}
	if err := inbox.TakeAll(ctx, f.of.Folder, f.of.Env); err != nil {
		f.of.Log.Warn("webhooks are not taken in", "error", err)
	}
	now := f.of.Time()
	due, err := f.of.Store.OnTheWay(ctx, now.AddDate(0, 0, -trackDays))
	if err != nil {
		return 0, err
	}
	kinds, err := f.kinds(ctx)
	if err != nil {
		return 0, err
	}
	mute := map[string]bool{}
	for _, o := range f.due(due, now) {
		if n == trackMost || ctx.Err() != nil {
			break
		}
		if mute[o.Account] || carriers.Tracking(o.Purchase) != o.Tracking {
			continue
		}
		if paced && !f.turn(ctx, o.Account, kinds[o.Account]) {
			mute[o.Account] = true
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
			f.leave(o.Account, err)
			f.of.Log.Info("a carrier does not say where a parcel is", "account", o.Account, "error", err)
			continue
		}
		if _, err := heard.Keep(ctx, f.of.Folder, o.Account, events(o, kinds[o.Account], where, now)...); err != nil {
			return n, err
		}
	}
	more, err := f.services(ctx, due, paced)
	if err == nil {
		_, _, err = f.room.Doubt(ctx)
	}
	return n + more, cmp.Or(err, ctx.Err())
}

// kinds are those of the accounts: each has codes of its own.
func (f *Follower) kinds(ctx context.Context) (map[string]string, error) {
	accounts, err := f.of.Store.Accounts(ctx)
	out := map[string]string{}
	for _, a := range accounts {
		out[a.ID] = a.Kind
	}
	return out, err
}

// due leaves out what need not be asked after yet, or not any more, and forgets what is not
// on the way. What waited longest comes first.
func (f *Follower) due(all []store.OnTheWay, now time.Time) (out []store.OnTheWay) {
	before := f.asked
	f.asked = map[string]time.Time{}
	for _, o := range all {
		at := before[o.Key]
		if !at.IsZero() {
			f.asked[o.Key] = at
		}
		if at.After(now) || at.Before(o.Standing.Heard) { // a clock that was set back hinders nothing
			at = o.Standing.Heard
		}
		next := track.Asking{Number: o.Tracking, Handed: o.Handed, Promised: o.Promised, Asked: at, Standing: o.Standing}.Next(f.of.Location())
		if !next.IsZero() && !next.After(now) {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b store.OnTheWay) int { return before[a.Key].Compare(before[b.Key]) })
	return out
}

// leave keeps an account from being called for as long as it asks for.
func (f *Follower) leave(id string, err error) {
	var t *web.Throttled
	if p := f.paces[id]; p != nil && errors.As(err, &t) {
		p.Bar(time.Now().Add(t.Wait))
	}
}

// turn waits until an account may be called again. It reports false where that is too long
// for a round: others come first.
func (f *Follower) turn(ctx context.Context, id, kind string) bool {
	p := f.paces[id]
	if p == nil {
		p = track.NewPace(track.Limits(kind))
		f.paces[id] = p
	}
	if wait := p.Wait(time.Now()); wait > longestWait || wait > 0 && !lease.Pause(ctx, wait) {
		return false
	}
	p.Called(time.Now())
	return true
}

// trackStates are the states of a parcel as accounts put them, where the carrier's own code
// says no more.
var trackStates = map[account.State]track.State{
	account.PreTransit: track.Announced, account.Accepted: track.Accepted, account.InTransit: track.InTransit, account.OutFor: track.OutForDelivery,
	account.Pickup: track.ReadyForPickup, account.Delivered: track.Delivered, account.Exception: track.Exception, account.Returning: track.Returning,
	account.Cancelled: track.Cancelled,
}

// events are what an account's answer says. A delivery that has no time is not known: a
// guessed one would count for or against its carrier.
func events(o store.OnTheWay, kind string, t account.Tracking, now time.Time) (out []track.Event) {
	of := track.Event{Carrier: o.Carrier, Number: o.Tracking, Parcel: o.Parcel}
	said := false
	for _, e := range t.Events {
		next := of
		next.At, next.Zone, next.Code, next.Text, next.Place = e.At, zoneOf(e.At), e.Raw, e.Text, e.Place
		m := mean(kind, e.Raw, e.State)
		next.State, next.Evidence, next.Clears = m.State, m.Evidence, m.Clears
		said = said || next.State == trackStates[t.State]
		out = append(out, next)
	}
	if state, known := trackStates[t.State]; known && !said && !t.At.IsZero() && state != track.Exception {
		next := of
		next.At, next.Zone, next.State, next.Code = t.At, zoneOf(t.At), state, string(t.State)
		out = append(out, next)
	}
	if y, m, d := t.Promised.Date(); !t.Promised.IsZero() {
		next := of
		next.At, next.State, next.Code, next.Expected = now, track.Unknown, "estimate", time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		out = append(out, next)
	}
	return out
}

// mean is what the code of an event says, and where it says nothing what the account made of
// it. Some write a state and its detail.
func mean(kind, raw string, state account.State) track.Meaning {
	words := strings.Fields(raw)
	if len(words) > 0 {
		if m := track.Mean(kind, "detail:"+words[len(words)-1], raw, words[0]); m.State != track.Unknown {
			return m
		}
	}
	if s, known := trackStates[state]; known {
		return track.Meaning{State: s}
	}
	return track.Meaning{State: track.Unknown}
}

// zoneOf tells a time that came with its zone from one that was read in the shop's.
func zoneOf(at time.Time) track.Zone {
	if name := at.Location().String(); name == "" || name == "UTC" {
		return track.Exact
	}
	return track.Local
}
