package pack

import "packbench/station/trouble"

// pending returns the id of a pending effect of a parcel, "" for none. It is for
// what a parcel is asked for once at a time: quotes, and its label.
func (d *decision) pending(kind EffectKind, parcel string) string {
	for id, e := range d.s.Pending {
		if e.Kind == kind && e.Parcel == parcel {
			return id
		}
	}
	return ""
}

// end closes a pending effect and gives it; ok is false for one that is not
// pending, whose result came twice or too late.
func (d *decision) end(id string) (Effect, bool) {
	e, ok := d.s.Pending[id]
	if ok {
		d.emit(EffectEnded{ID: id})
	}
	return e, ok
}

// endOf gives up a pending effect of a parcel.
func (d *decision) endOf(kind EffectKind, parcel string) (was bool) {
	id := d.pending(kind, parcel)
	if id != "" {
		d.emit(EffectEnded{ID: id})
	}
	return id != ""
}

// result takes the results of effects.
func (d *decision) result(event Event) {
	switch e := event.(type) {
	case OrderReady:
		d.orderReady(e)
	case OrderRefused:
		d.orderRefused(e)
	case ParcelClaimed:
		d.parcelClaimed(e)
	case ReturnReady:
		d.returnReady(e)
	case ReturnRefused:
		d.returnRefused(e)
	case QuotesReady:
		d.quotesReady(e)
	case Bought:
		d.bought(e)
	case Voided:
		d.voided(e)
	case Printed:
		d.printed(e)
	case ScaleObeyed:
		d.scaleObeyed(e)
	case ClosedOut:
		d.closedOut(e)
	case EffectDone:
		d.end(e.Effect)
	case EffectFailed:
		d.effectFailed(e)
	}
}

// effectFailed: a runner could not work at all.
func (d *decision) effectFailed(e EffectFailed) {
	effect, ok := d.s.Pending[e.Effect]
	if !ok {
		return
	}
	switch effect.Kind {
	case EffectOpen:
		d.orderRefused(OrderRefused{Effect: e.Effect, Order: effect.Order, Code: CodeNotNow, Trouble: e.Trouble})
	case EffectReturn:
		d.returnRefused(ReturnRefused{Effect: e.Effect, Trouble: e.Trouble})
	case EffectClaim:
		d.emit(EffectEnded{ID: e.Effect})
		d.say(Refused, CodeNotNow, withTrouble(e.Trouble), func(v *Verdict) { v.Order, v.Parcel = effect.Order, effect.Parcel })
	case EffectQuote:
		d.emit(EffectEnded{ID: e.Effect})
		if d.s.WorkOf(effect.Parcel).Unlabelled() {
			d.unbought(effect, Bought{State: PurchaseRefused, Trouble: trouble.New(trouble.QuoteStale)})
		} else if w := d.s.Work; w != nil && w.Parcel.ID == effect.Parcel {
			d.dropWeight()
			d.say(Refused, CodeNotNow, withTrouble(e.Trouble))
		}
	case EffectBuy, EffectLook:
		d.bought(Bought{Effect: e.Effect, State: PurchaseUnknown, Trouble: e.Trouble})
	case EffectCloseOut:
		d.closedOut(ClosedOut{Effect: e.Effect, Trouble: e.Trouble})
	case EffectVoid: // it stays pending until the next start: a carrier may owe the shop money
	case EffectPrint:
		state := PrintTrouble
		if effect.Document.paper() {
			state = PrintUndrawn
		}
		d.printed(Printed{Effect: e.Effect, State: state, Trouble: e.Trouble, Ended: true})
	case EffectScale:
		d.emit(EffectEnded{ID: e.Effect})
		d.say(Refused, CodeScaleRefused, withCommand(effect.Do), withTrouble(e.Trouble))
	default:
		d.emit(EffectEnded{ID: e.Effect})
	}
}

// parcel is the label scanned back (L4, L5), or another one.
func (d *decision) parcel(ref ParcelRef) {
	w := d.s.Work
	switch {
	case ref.ID == w.Parcel.ID && ref.State == ParcelVoided:
		d.say(Refused, CodeLabelWrongBox, withReason(ReasonVoided), func(v *Verdict) { v.Parcel = ref.ID })
	case d.s.Phase != Closing && d.setAside(ref):
	case d.s.Phase != Closing && d.s.Parked[ref.Order] != nil && d.s.Parked[ref.Order].Parcel.ID == ref.ID:
		d.say(Refused, CodeNotNow, withReason(ReasonAside), withOtherOrder(ref.Order))
	case d.s.Phase != Closing:
		d.notNow(Reason(d.s.Phase))
	case ref.SSCC != w.Parcel.Label.SSCC:
		d.openCase(CaseOpened{Kind: "label", Code: CodeLabelWrongBox, Scanned: ref.SSCC, Reason: string(ref.State)})
		d.say(Refused, CodeLabelWrongBox, withOtherOrder(ref.Order), func(v *Verdict) { v.Case = d.in.ID })
	case d.blocked():
	case w.Excess() > 0:
		d.tooMuch()
	default:
		d.closeParcel()
	}
}

// closeParcel ends the open parcel: its label is on its box.
func (d *decision) closeParcel() {
	w := d.s.Work
	p := w.Parcel
	done := ParcelDone{
		Parcel: p.ID, Order: w.Order, Service: p.Label.Service, SSCC: p.Label.SSCC, Tracking: p.Label.Tracking,
		Contents: w.Contents(), Lesson: w.lesson(), Proposed: p.Proposed,
	}
	if p.Weight != nil {
		done.Mass, done.Typed = p.Weight.Mass, p.Weight.Typed
	}
	if p.Carton != nil {
		done.Carton = p.Carton.ID
	}
	if q := w.quote(p.Label.Service); q != nil {
		done.Carrier, done.Price, done.Promised = q.Carrier, q.Price, q.Promise
		if c := p.Label.Cost; c != nil && c.Currency == q.Price.Currency {
			done.Price = *c
		}
	}
	d.giveUpPrints(p.ID, DocumentLabel)
	if d.s.Question != nil {
		d.emit(QuestionClosed{})
	}
	missing, next := d.s.missingPapers(p.ID), w.nextCarton()
	d.emit(done)
	if d.s.Work.OpenUnits() > 0 {
		d.emit(ParcelBegun{Parcel: parcelID(w.Order, d.s.Work.Parcels+1), Carton: next})
		d.emit(Moved{Packing})
		d.say(Accepted, CodeParcelClosed, func(v *Verdict) { v.Parcel, v.Missing = p.ID, missing })
		return
	}
	d.say(Accepted, CodeOrderClosed, func(v *Verdict) { v.Parcel, v.Missing, v.Short = p.ID, missing, d.s.Work.LeftOut() })
	d.closeOrder(OrderClosed{Order: w.Order})
}

// cmdVoid takes the label of the open parcel out of the world.
func (d *decision) cmdVoid(c Command) {
	if d.s.Phase != Closing {
		d.notNow(ReasonNoLabel)
		return
	}
	rule := d.s.Work.Parcel.Label.VoidRule
	if !d.mayVoid(&c, CodeVoided, rule) {
		return
	}
	d.dropLabel()
	d.emit(Moved{Choosing})
	d.say(Accepted, CodeVoided)
	d.tearOff()
}

// cmdRetry tries again what did not work: the label, or its printing.
func (d *decision) cmdRetry() {
	w, label := d.s.Work, d.s.Label()
	switch {
	case d.blocked():
	case d.unserved():
		d.askCarriers()
		d.say(Info, CodeServiceNone, withReason(ReasonAgain))
	case d.s.Phase == Labelling && w.quote(d.s.wanted(w)) != nil && !d.s.buying(w.Parcel.ID) && !d.quoting():
		d.seek(w, Effect{})
		d.say(Info, CodeLabelWaiting, withReason(ReasonAgain))
	case d.s.Phase == Closing && label.State == PrintUnknown && d.s.Question == nil:
		d.askAgain()
		d.say(Asked, CodeLabelUnknownOutcome, func(v *Verdict) { v.Choices = d.s.Question.Choices })
	case d.s.Phase == Closing && label.State == PrintTrouble:
		if d.s.OnItsWay(label.Document) { // it comes by itself once the printer is ready
			d.say(Refused, CodePrinterTrouble, withTrouble(label.Trouble), func(v *Verdict) { v.Waits = true })
			return
		}
		d.printLabel(w, label.Copy, label.Key, "")
		d.say(Info, CodeLabelSent, withReason(ReasonAgain))
	default:
		d.notNow(ReasonRetry)
	}
}

func (w *Work) quote(service string) *Quote {
	for i := range w.Parcel.Quotes {
		if w.Parcel.Quotes[i].Service == service {
			return &w.Parcel.Quotes[i]
		}
	}
	return nil
}
