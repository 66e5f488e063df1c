package desk

import (
	"context"
	"errors"
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
	l := d.lang
	out := Traced{Verdict: r.Verdict, Reason: l.Say(r.Why.Phrase, r.Why.Name, r.Why.Value), SSCC: r.SSCC, Events: []Event{}}
	if r.Verdict == trace.Foreign && err == nil {
		err = d.number(ctx, &out, code)
	}
	if r.Verdict != trace.Genuine || err != nil {
		return out, err
	}
	if box != "" && box != r.SSCC {
		out.Verdict = VerdictCopied
		out.Reason = l.Say("the signature is genuine, but it belongs to SSCC {sscc} and was found on the box with SSCC {box}", "sscc", r.SSCC, "box", box)
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return out, err
	}
	p, err := d.Store.ParcelBySSCC(ctx, r.SSCC)
	if errors.Is(err, store.ErrUnknown) {
		out.Reason = l.Say("{reason}, but this data folder does not hold its parcel", "reason", out.Reason)
		return out, nil
	}
	if err != nil {
		return out, err
	}
	out.Order, out.Parcel, out.Of = p.OrderCalled(), p.Called(), p
	switch {
	case !r.Of(d.Keys(), p.Order):
		out.Verdict, out.Reason = trace.Altered, l.Phrase("the signature was made for another order")
	case p.State == pack.ParcelVoided:
		out.Reason = l.Say("{reason}, but this label was voided: it belongs on no box", "reason", out.Reason)
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
	t.Number, t.Reason = true, d.lang.Say("tracking number of {parcel}", "parcel", parcels[0].Called())+": "+d.lang.Phrase("scan the square code")
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
	l := d.lang
	args := []string{"reason", t.Reason, "bench", c.Station, "time", d.lang.Stamp(c.At.In(d.Location())), "case", c.Case}
	if !copied {
		t.Reason = l.Say("{reason}, but it was scanned at another box at station {bench} on {time}: see case {case}", args...)
		return nil
	}
	t.Verdict = VerdictCopied
	t.Reason = l.Say("the signature is genuine, but the code was scanned on a second box at station {bench} on {time}, after its own was closed (case {case})", args...)
	if c.Kind == cases.KindLoading {
		t.Reason = l.Say("the signature is genuine, but the code was scanned at a van at station {bench} on {time}, after another van had left with its parcel (case {case})", args...)
	}
	if c.State == store.CaseResolved {
		t.Reason = l.Say("{reason}, and the answer to that case names no cause", "reason", t.Reason)
	}
	return nil
}

// explained reports whether a supervisor has found a cause for a case; "something
// else" is none.
func explained(c store.Case) bool { return c.State == store.CaseResolved && c.Answer != "other" }
