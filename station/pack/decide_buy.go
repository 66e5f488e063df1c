package pack

import (
	"cmp"
	"slices"

	"packbench/station/people"
	"packbench/station/trouble"
)

// quotesReady goes on to the carrier. Quotes of an order that was set aside meanwhile
// are of no use: its parcel is weighed again.
func (d *decision) quotesReady(e QuotesReady) {
	asked, ok := d.end(e.Effect)
	w := d.s.Work
	if waits := d.s.WorkOf(asked.Parcel); ok && waits.Unlabelled() {
		d.quotedAgain(waits, asked, e.Quotes)
		return
	}
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
	accepted := func(v *Verdict) { v.Author = weight.Author } // who let the weight pass has seen nothing else
	d.emit(Quoted{Quotes: e.Quotes})
	d.late(e.Quotes)
	chosen := chosenOf(e.Quotes)
	switch {
	case chosen == nil:
		d.emit(Moved{Choosing})
		reason := Reason("")
		if len(e.Quotes) == 0 {
			reason = ReasonNoCarriers
		}
		d.say(Refused, CodeServiceNone, accepted, withWeight(weight), withReason(reason))
	case d.s.Rules.AskService || w.Blocked != "":
		d.emit(Moved{Choosing})
		d.say(Accepted, code, accepted, withWeight(weight), withQuote(*chosen))
	case d.s.Person.ID != "" && d.s.Rules.leave(people.Label, d.s.Person) != people.Yes:
		d.emit(Moved{Choosing})
		d.say(Accepted, code, accepted, withWeight(weight), withQuote(*chosen))
		d.cmdService(Command{Name: "service", Value: chosen.Service, Auto: true})
	default:
		d.emit(ServiceTaken{Service: chosen.Service, Auto: true})
		d.buy(d.s.Work, *chosen, Effect{})
		d.say(Accepted, code, accepted, withWeight(weight), withQuote(*chosen))
	}
}

// late names the accounts whose prices are missing, because they did not answer in time.
func (d *decision) late(quotes []Quote) {
	var late []string
	for _, q := range quotes {
		if q.Late {
			late = append(late, q.Source)
		}
	}
	if len(late) > 0 {
		d.say(Info, CodeQuoteLate, func(v *Verdict) { v.Late = late })
	}
}

// buy wishes for the way of a parcel; e says what is particular about the wish.
func (d *decision) buy(w *Work, q Quote, e Effect) {
	e.Kind, e.Order, e.Version, e.Parcel, e.Service, e.Carrier = cmp.Or(e.Kind, EffectBuy), w.Order, w.Version, w.Parcel.ID, q.Service, q.Carrier
	e.Price, e.Mass, e.Contents = q.Price, w.Parcel.Weight.Mass, w.Contents()
	if w.Parcel.Carton != nil {
		e.Carton = w.Parcel.Carton.ID
	}
	d.effect(e)
	if w == d.s.Work || d.s.Work != nil && d.s.Work.Parcel.ID == e.Parcel {
		d.emit(Moved{Labelling})
	}
}

// bought keeps the label and sends it to the printer, also when the order was parked
// meanwhile. Without one the parcel is packed, and waits (C6).
func (d *decision) bought(e Bought) {
	asked, ok := d.end(e.Effect)
	if !ok {
		return
	}
	if d.warn(asked, e); e.State != PurchaseBought {
		d.unbought(asked, e)
		return
	}
	d.emit(LabelKept{Parcel: asked.Parcel, Label: Label{
		SSCC: e.SSCC, Tracking: e.Tracking, Document: e.Document, Service: asked.Service, Unprintable: e.Unprintable, Lacks: e.Lacks, VoidRule: e.VoidRule, Cost: e.Cost,
	}})
	w, code := d.s.WorkOf(asked.Parcel), CodeLabelBought
	if w == nil {
		d.emit(LabelVoided{Parcel: asked.Parcel, SSCC: e.SSCC})
		d.giveBack(Effect{Kind: EffectVoid, Intent: asked.Key(), Order: asked.Order, Parcel: asked.Parcel, Carrier: asked.Carrier, SSCC: e.SSCC})
		d.warned(asked, CodeLabelDouble, asked.Carrier)
		return
	}
	if w == d.s.Work {
		d.emit(Moved{Closing})
		w, code = d.s.Work, CodeLabelMade
	}
	d.printLabel(w, 0, "", "")
	for _, kind := range e.Papers {
		if slices.Contains(PaperKinds, kind) {
			d.askPaper(kind, w, "")
		}
	}
	d.say(Accepted, code, d.ofParcel(asked), func(v *Verdict) { v.Service = asked.Service })
	d.seekNext(asked.Carrier)
}

// dropLabel voids the label of the open parcel, with the print jobs behind it, and
// gives back what was bought for it, or may have been.
func (d *decision) dropLabel() {
	w := d.s.Work
	d.endBuying(w.Parcel.ID)
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
	switch {
	case e.Double && e.State == "":
		d.warned(asked, CodeLabelDouble, asked.Carrier)
	case e.State == PurchaseRefused:
		d.noRefund(asked, e.Trouble)
	case e.Asked:
		d.say(Info, CodeVoidAsked, func(v *Verdict) { v.Order, v.Parcel = asked.Order, asked.Parcel })
	}
}

// noRefund says that a carrier keeps the money of a label, which somebody has to settle.
func (d *decision) noRefund(of Effect, why trouble.Trouble) {
	d.emit(CaseOpened{
		Case: d.in.ID, Kind: "void", Code: CodeVoided, Order: of.Order, Parcel: of.Parcel, Scanned: of.SSCC, By: d.s.Person.ID, Reason: string(why.Code),
	})
	d.say(Info, CodeVoidRefused, withTrouble(why), func(v *Verdict) { v.Order, v.Parcel, v.Case = of.Order, of.Parcel, d.in.ID })
}
