package closeout

import (
	"context"
	"slices"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// How long a carrier that does not answer is left before it is told again.
const (
	againFirst = 10 * time.Second
	againMost  = 10 * time.Minute
)

// Leave tells the accounts what a van took that has left, and prints what they send. Those
// that do not answer are told again until they do; where nobody saw an answer, a person has
// to look.
func (c Desk) Leave(ctx context.Context, e pack.Effect, print func(context.Context, store.Document) error, report func(pack.Event)) error {
	if err := c.Store.CatchUp(ctx); err != nil {
		return err
	}
	h := Handover{Van: e.Manifest, Day: c.Time().In(c.Location())}
	var err error
	if h.Parcels, err = c.Store.ParcelsOn(ctx, e.Manifest); err != nil {
		return err
	}
	out, told := pack.ClosedOut{Effect: e.ID}, ""
	for wait := againFirst; ; wait = min(2*wait, againMost) {
		late := c.tell(ctx, &h, &out, print)
		switch {
		case ctx.Err() != nil:
			return nil
		case late.Code == "":
			report(out)
			return nil
		case late.String() != told:
			told = late.String()
			report(pack.ClosedOut{Effect: e.ID, Waits: true, Trouble: late})
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
	}
}

// tell tells them once. The trouble says why some have to be told again.
func (c Desk) tell(ctx context.Context, h *Handover, out *pack.ClosedOut, print func(context.Context, store.Document) error) (late trouble.Trouble) {
	done, err := c.CloseOut(ctx, *h)
	if err != nil {
		late = trouble.New(trouble.Said, err.Error())
	}
	out.Unsure = false // what is not known is said each time
	for _, d := range done {
		switch d.State {
		case store.CloseOutDone:
			out.Told += d.Parcels - len(d.Unknown)
		case store.CloseOutSent:
			out.Unsure = true
		case store.CloseOutAway:
			late = trouble.New(trouble.CarrierSilent, account.Named(d.Carrier))
		case store.CloseOutRefused:
			out.Trouble = trouble.New(trouble.CarrierRefused, account.Named(d.Carrier), d.Answer, "")
		}
		for _, p := range d.Unknown {
			out.Strangers = append(out.Strangers, pack.Stranger{Parcel: p.ID})
			h.Parcels = slices.DeleteFunc(h.Parcels, func(o store.Parcel) bool { return o.ID == p.ID })
		}
		for _, doc := range d.Papers {
			if err := print(ctx, doc); err != nil {
				c.Log.Warn("the paper of a close-out is not printed", "document", doc.ID, "error", err)
				out.Unprinted = trouble.New(trouble.Said, err.Error())
			}
		}
	}
	return late
}
