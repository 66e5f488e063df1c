package desk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
)

// VerdictCopied is a genuine code that was met on a second box (L2).
const VerdictCopied trace.Verdict = "copied"

// Traced is what a trace code turned out to be.
type Traced struct {
	Verdict trace.Verdict `json:"verdict"`
	Reason  string        `json:"reason"`
	SSCC    string        `json:"sscc"`
	Order   string        `json:"order"`
	Parcel  string        `json:"parcel"`
	Case    string        `json:"case,omitempty"` // of a scan at another box that nobody has explained
	Number  bool          `json:"-"`              // it is no trace code, but the tracking number of our parcel
	Of      store.Parcel  `json:"-"`              // that parcel where there is one only, or the one of a genuine code
	Events  []Event       `json:"events"`
}

// Trace judges a trace code and tells the story of its parcel. Of a code that
// is not genuine nothing is told: who made it up may have chosen its number.
// box is the SSCC on the box that the code was found on, "" where nobody looked:
// a code stands on one box.
func (d Desk) Trace(ctx context.Context, code, box string) (Traced, error) {
	r, err := d.VerifyCode(ctx, code)
	out := Traced{Verdict: r.Verdict, Reason: r.Reason, SSCC: r.SSCC, Events: []Event{}}
	if r.Verdict == trace.Foreign && err == nil {
		err = d.number(ctx, &out, code)
	}
	if r.Verdict != trace.Genuine || err != nil {
		return out, err
	}
	if box != "" && box != r.SSCC {
		out.Verdict = VerdictCopied
		out.Reason = fmt.Sprintf("the signature is genuine, but it belongs to SSCC %s and was found on the box with SSCC %s", r.SSCC, box)
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return out, err
	}
	p, err := d.Store.ParcelBySSCC(ctx, r.SSCC)
	if errors.Is(err, store.ErrUnknown) {
		out.Reason += ", but this data folder does not hold its parcel"
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Order, out.Parcel, out.Of = p.OrderCalled(), p.Called(), p
	switch {
	case !r.Of(d.Keys(), p.Order):
		out.Verdict, out.Reason = trace.Altered, "the signature was made for another order"
	case p.State == pack.ParcelVoided:
		out.Reason += ", but this label was voided: it belongs on no box"
	}
	if out.Events, err = d.parcelStory(ctx, p); err != nil {
		return out, err
	}
	err = d.elsewhere(ctx, &out, p.Order)
	return out, err
}

// number says whose tracking number a code is that is no trace code: it stands beside
// one on our own labels.
func (d Desk) number(ctx context.Context, t *Traced, code string) error {
	if err := d.Store.CatchUp(ctx); err != nil {
		return err
	}
	parcels, err := d.Store.ParcelsByTracking(ctx, trace.Plain(code))
	if err != nil || len(parcels) == 0 {
		return err
	}
	if len(parcels) == 1 {
		t.Of = parcels[0]
	}
	t.Number, t.Reason = true, "tracking number of "+parcels[0].Called()+": scan the square code"
	return nil
}

// elsewhere looks whether the label was scanned at the box of another parcel, and
// nobody has found out why. Before its own box is closed that is something to look
// at: a packer takes the wrong one of two labels sooner than anybody copies one.
// Once it was scanned back on its own box the second scan-back shows a copy (L2),
// and so does its scan at a van after another van has left with it, until a person
// has found another cause.
func (d Desk) elsewhere(ctx context.Context, t *Traced, order string) error {
	list, err := d.Store.Cases(ctx, store.CaseFilter{Kind: cases.KindLabel})
	if err != nil {
		return err
	}
	vans, err := d.Store.Cases(ctx, store.CaseFilter{Kind: cases.KindLoading, Order: order})
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(append(list, vans...), func(c store.Case) bool {
		met := c.Code == pack.CodeLabelWrongBox || c.Kind == cases.KindLoading && c.CaseOpened.Reason == string(pack.ParcelHandedOut)
		return c.Scanned != t.SSCC || !met || explained(c)
	})
	if len(list) == 0 || t.Verdict != trace.Genuine {
		return nil
	}
	closed := func(c store.Case) bool {
		state := pack.ParcelState(c.CaseOpened.Reason)
		return state == pack.ParcelClosed || state == pack.ParcelLoading || state == pack.ParcelHandedOut
	}
	c, copied := list[0], false
	if i := slices.IndexFunc(list, closed); i >= 0 {
		c, copied = list[i], true
	}
	t.Case = c.Case
	at := fmt.Sprintf("at station %s on %s", c.Station, c.At.In(d.Location()).Format("2006-01-02 15:04"))
	if !copied {
		t.Reason += ", but it was scanned at another box " + at + ": see case " + c.Case
		return nil
	}
	t.Verdict = VerdictCopied
	t.Reason = "the signature is genuine, but the code was scanned on a second box " + at + ", after its own was closed (case " + c.Case + ")"
	if c.Kind == cases.KindLoading {
		t.Reason = "the signature is genuine, but the code was scanned at a van " + at + ", after another van had left with its parcel (case " + c.Case + ")"
	}
	if c.State == store.CaseResolved {
		t.Reason += ", and the answer to that case names no cause"
	}
	return nil
}

// explained reports whether a supervisor has found a cause for a case; "something
// else" is none.
func explained(c store.Case) bool { return c.State == store.CaseResolved && c.Answer != "other" }
