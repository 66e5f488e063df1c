package aftercare

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/store"
	"packbench/station/track/watch"
)

// Action is what a person can do about a parcel.
type Action string

// What a person can do about a parcel.
const (
	Ask     Action = "ask-carrier" // with a text that is ready
	Tell    Action = "tell-buyer"
	Again   Action = "send-again"
	Claim   Action = "claim"
	Correct Action = "correct-address"
	Collect Action = "remind-buyer" // before it goes back
	Receive Action = "expect-return"
	Look    Action = "look"
)

var actions = map[watch.Reason][]Action{
	watch.Contradiction: {Look, Ask}, watch.FalseDelivery: {Ask, Tell, Claim}, watch.Lost: {Claim, Again, Tell}, watch.Damaged: {Claim, Again, Tell},
	watch.ComingBack: {Receive, Tell}, watch.Cancelled: {Look}, watch.Address: {Correct, Tell}, watch.Held: {Ask, Tell}, watch.Attempt: {Tell},
	watch.PickUp: {Collect}, watch.NeverScanned: {Ask, Look}, watch.Silent: {Ask, Tell}, watch.Problem: {Ask}, watch.Late: {Ask, Tell}, watch.Delayed: {Tell},
}

// Exception is a parcel that needs somebody.
type Exception struct {
	store.Left
	watch.Found
	Van     *Van // that it left in; nil: nobody loaded it
	Claim   ClaimDay
	Actions []Action
}

// Van is what left together.
type Van struct {
	ID      string
	Left    time.Time // zero: it has not left yet
	Driver  string    // "" where the name is erased, or nobody signed
	Parcels int
	Silent  int // of them that were never scanned
}

// Whole reports whether nothing of a van was scanned: it is one matter, and not many.
func (v *Van) Whole() bool { return v != nil && v.Parcels > 1 && v.Silent == v.Parcels }

// Exceptions lists the parcels that need somebody: the most urgent reason first, parcels of
// one van together, the oldest first. What clears itself is not there the next time.
func (r *Room) Exceptions(ctx context.Context) ([]Exception, error) {
	left, err := r.left(ctx)
	if err != nil {
		return nil, err
	}
	judge, err := r.judge(ctx)
	if err != nil {
		return nil, err
	}
	var out []Exception
	vans := map[string]*Van{}
	for _, l := range left {
		f, wrong := judge(l)
		if !wrong {
			continue
		}
		e := Exception{Left: l, Found: f, Actions: actions[f.Reason], Claim: r.claimDay(l, f.Reason)}
		if l.Van != "" {
			if e.Van = vans[l.Van]; e.Van == nil {
				if e.Van, err = r.van(ctx, l); err != nil {
					return nil, err
				}
				vans[l.Van] = e.Van
			}
			if f.Reason == watch.NeverScanned {
				e.Van.Silent++
			}
		}
		out = append(out, e)
	}
	slices.SortStableFunc(out, func(a, b Exception) int {
		if c := slices.Index(watch.Reasons(), a.Reason) - slices.Index(watch.Reasons(), b.Reason); c != 0 {
			return c
		}
		if a.Reason == watch.NeverScanned && a.Left.Van != b.Left.Van {
			if c := a.Gone.Compare(b.Gone); c != 0 {
				return c
			}
			return strings.Compare(a.Left.Van, b.Left.Van)
		}
		return a.Since.Compare(b.Since)
	})
	return out, nil
}

func (r *Room) van(ctx context.Context, l store.Left) (*Van, error) {
	parcels, err := r.Store.ParcelsOn(ctx, l.Van)
	if err != nil {
		return nil, err
	}
	v := &Van{ID: l.Van, Left: l.Gone, Parcels: len(parcels)}
	if l.Driver != "" {
		v.Driver, err = r.Store.Driver(ctx, l.Driver)
		if errors.Is(err, store.ErrUnknown) {
			err = nil
		}
	}
	return v, err
}

// Called is what people call the parcel.
func (e Exception) Called() string { return station.ParcelName(e.Parcel, e.Order, e.Number) }

// Question is a text that is ready to be sent to the carrier: what was handed over, when
// and to whom, and what is known since. It names no buyer.
func (e Exception) Question(zone *time.Location) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Parcel %s (SSCC %s), service %s, %s", e.Tracking, e.SSCC, e.Service, e.Mass)
	if !e.Handed.IsZero() {
		fmt.Fprintf(&b, ", was scanned into your van on %s", e.Handed.In(zone).Format("2 January 2006 15:04"))
	}
	if e.Van != nil && e.Van.Driver != "" {
		fmt.Fprintf(&b, " and signed for by %s", e.Van.Driver)
	}
	b.WriteString(". ")
	if e.Standing.Last.IsZero() {
		b.WriteString("You have not scanned it since. ")
	} else {
		fmt.Fprintf(&b, "The last we know of it is %q of %s. ", e.Standing.State, e.Standing.Last.Format("2 January 2006 15:04"))
	}
	if !e.Promised.IsZero() {
		fmt.Fprintf(&b, "It was promised for %s. ", e.Promised.Format("2 January 2006"))
	}
	b.WriteString("Please tell us where it is and when it will be delivered.")
	return b.String()
}
