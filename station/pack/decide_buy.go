package pack

import (
	"slices"

	"packbench/station/trouble"
)

// quotesReady goes on to the carrier. Quotes of an order that was set aside meanwhile
// are of no use: its parcel is weighed again.
func (d *decision) quotesReady(e QuotesReady) {
	asked, ok := d.end(e.Effect)
	w := d.s.Work
	if !ok || w == nil || w.Parcel.ID != asked.Parcel {
		return
	}
	weight, code := *w.Parcel.Weight, CodeWeightOK
	switch {
	case weight.Reason != "":
		code = CodeAuthorised
	case weight.WorkedOut:
		code = CodeWeightWorkedOut
	case weight.Typed:
		code = CodeWeightTyped
	}
	d.author = weight.Author
	d.emit(Quoted{e.Quotes})
	chosen := chosenOf(e.Quotes)
	switch {
	case chosen == nil:
		d.emit(Moved{Choosing})
		reason := Reason("")
		if len(e.Quotes) == 0 {
			reason = ReasonNoCarriers
		}
		d.say(Refused, CodeServiceNone, withWeight(weight), withReason(reason))
	case d.s.Rules.AskService || w.Blocked != "":
		d.emit(Moved{Choosing})
		d.say(Accepted, code, withWeight(weight), withQuote(*chosen))
	default:
		d.emit(ServiceTaken{Service: chosen.Service})
		d.buy(*chosen, "")
		d.say(Accepted, code, withWeight(weight), withQuote(*chosen))
	}
}

// buy wishes for the way of the open parcel; intent is the wish that a retry repeats.
func (d *decision) buy(q Quote, intent string) {
	w := d.s.Work
	e := Effect{
		Kind: EffectBuy, Intent: intent, Order: w.Order, Parcel: w.Parcel.ID, Service: q.Service, Carrier: q.Carrier,
		Price: q.Price, Mass: w.Parcel.Weight.Mass, Contents: w.Contents(),
	}
	if w.Parcel.Carton != nil {
		e.Carton = w.Parcel.Carton.ID
	}
	d.effect(e)
	d.emit(Moved{Labelling})
}

// bought keeps the label and sends it to the printer, also when the order was parked
// meanwhile. Without one the parcel is packed, and waits (C6).
func (d *decision) bought(e Bought) {
	asked, ok := d.end(e.Effect)
	switch {
	case !ok:
		return
	case e.State != PurchaseBought:
		d.labelTrouble(asked.Parcel, e.State, e.Trouble)
		return
	}
	d.emit(LabelKept{Parcel: asked.Parcel, Label: Label{SSCC: e.SSCC, Tracking: e.Tracking, Document: e.Document, Service: asked.Service, Unprintable: e.Unprintable, Lacks: e.Lacks}})
	w := d.s.WorkOf(asked.Parcel)
	if w == nil {
		d.emit(LabelVoided{Parcel: asked.Parcel, SSCC: e.SSCC})
		d.giveBack(Effect{Kind: EffectVoid, Intent: asked.Key(), Order: asked.Order, Parcel: asked.Parcel, Carrier: asked.Carrier, SSCC: e.SSCC})
		return
	}
	if w == d.s.Work {
		d.emit(Moved{Closing})
		w = d.s.Work
	}
	d.printLabel(w, 0, "", "")
	for _, kind := range e.Papers {
		if slices.Contains(PaperKinds, kind) {
			d.askPaper(kind, w, "")
		}
	}
	d.say(Accepted, CodeLabelMade, func(v *Verdict) { v.Order, v.Parcel, v.Service = w.Order, w.Parcel.ID, asked.Service })
}

func (d *decision) labelTrouble(parcel string, state PurchaseState, t trouble.Trouble) {
	d.emit(LabelTroubled{Parcel: parcel, State: state, Trouble: t})
	d.say(Refused, CodeLabelWaiting, withTrouble(t), func(v *Verdict) { v.Parcel = parcel })
}

// dropLabel voids the label of the open parcel, with the print jobs behind it, and
// gives back what was bought for it, or may have been.
func (d *decision) dropLabel() {
	w := d.s.Work
	d.endOf(EffectBuy, w.Parcel.ID)
	back := w.wish()
	if l := w.Parcel.Label; l != nil {
		print := d.s.Label()
		d.torn = print.State != PrintTrouble || print.Copy > 0
		d.giveUpPrints(w.Parcel.ID)
		if d.s.Question != nil {
			d.emit(QuestionClosed{})
		}
		d.emit(LabelVoided{Parcel: w.Parcel.ID, SSCC: l.SSCC})
		d.took(Action{How: ByVoid})
	}
	d.giveBack(back)
}

// wish is what was bought for the parcel, or may have been: the effect that would
// give it back, zero for none.
func (w *Work) wish() Effect {
	p := w.Parcel
	if p.Label == nil && (p.LabelKey == "" || p.Purchase == PurchaseRefused) {
		return Effect{}
	}
	e := Effect{Kind: EffectVoid, Intent: p.LabelKey, Order: w.Order, Parcel: p.ID, Service: p.Service}
	if p.Label != nil {
		e.Service, e.SSCC = p.Label.Service, p.Label.SSCC
	}
	if q := w.quote(e.Service); q != nil {
		e.Carrier = q.Carrier
	}
	return e
}

// giveBack wishes for it.
func (d *decision) giveBack(e Effect) {
	if e.Kind != "" {
		d.effect(e)
	}
}

// voided is what became of it. What the carrier does not take back somebody has to
// settle with it.
func (d *decision) voided(e Voided) {
	asked, ok := d.s.Pending[e.Effect]
	if !ok || e.State == PurchaseUnknown {
		return
	}
	d.emit(EffectEnded{ID: e.Effect})
	if e.State == PurchaseRefused {
		d.emit(CaseOpened{
			Case: d.in.ID, Kind: "void", Code: CodeVoided, Order: asked.Order, Parcel: asked.Parcel, Scanned: asked.SSCC,
			By: d.s.Person.ID, Reason: string(e.Trouble.Code),
		})
	}
}
