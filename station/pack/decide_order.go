package pack

import (
	"slices"

	"packbench/station"
	"packbench/station/people"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// propose answers an item scan with no order open: the due orders that it
// fits (Q12).
func (d *decision) propose(p Product, hints []OrderHint) {
	if len(hints) == 0 {
		d.say(Refused, CodeOrderUnknown, withReason(ReasonNoOrderForItem), func(v *Verdict) { v.SKU, v.Name = p.SKU, p.Name })
		return
	}
	d.offer(CodeOrderProposed, hints, &p)
}

// offer asks which order.
func (d *decision) offer(code Code, hints []OrderHint, item *Product) {
	q := Question{Code: code, Item: item}
	for i, h := range hints[:min(len(hints), 9)] {
		m := Meaning{Kind: MeansOrder, Orders: []OrderHint{h}}
		q.Choices = append(q.Choices, Choice{N: i + 1, Text: h.Called(), Meaning: &m})
	}
	d.ask(q, func(v *Verdict) {
		if item != nil {
			v.SKU, v.Name = item.SKU, item.Name
		}
	})
}

// open wishes for an order; the verdict comes with the result.
func (d *decision) open(o OpeningOf) {
	e := Effect{Kind: EffectOpen, Order: o.Order, Alone: o.Why != ""}
	if o.Reopen != nil {
		e.Parcel = o.Reopen.ID
	}
	o.Effect, o.Author = d.effect(e).ID, d.author
	d.emit(OpeningBegan{o})
	d.emit(Moved{Opening})
}

// orderReady opens the order, or opens it again where it stood (Q11).
func (d *decision) orderReady(e OrderReady) {
	if _, ok := d.end(e.Effect); !ok || d.s.Opening == nil || d.s.Opening.Effect != e.Effect {
		return
	}
	opening := *d.s.Opening
	if parked := d.s.Parked[e.Order.ID]; parked != nil {
		d.emit(OrderResumed{Order: e.Order.ID, Number: e.Order.Number})
		d.emit(Moved{d.s.Work.stands()})
		if l := parked.Parcel.Label; opening.Label != "" && l != nil && l.SSCC == opening.Label && parked.Version == e.Order.Version && parked.Excess() == 0 {
			d.closeParcel()
			return
		}
		d.resumed(e.Order)
		return
	}
	closed := d.s.Closed
	d.emit(taken(e.Order, parcelID(e.Order.ID, e.Order.Begun+1)))
	d.emit(Moved{Packing})
	if e.Alone {
		d.author = opening.Author
		d.openCase(CaseOpened{Kind: "claim", Code: CodeHubAway, Author: opening.Author, Reason: opening.Why})
	}
	d.overpacked()
	switch {
	case opening.Reopen != nil:
		d.author = opening.Author
		d.reopened(*opening.Reopen)
		return
	case opening.Undo && closed != nil && d.openedBack(*closed, e.Order):
		return
	}
	if opening.Item != nil && d.itemFits(*opening.Item) {
		d.firstItem(*opening.Item)
		return
	}
	d.say(Accepted, CodeOrderOpened)
}

// firstItem counts what was scanned before its order was open.
func (d *decision) firstItem(p Product) {
	p.Factor = max(1, p.Factor)
	needs := d.s.Work.Needs(p.SKU)
	if code, fill := d.objection(p, needs); code != "" {
		d.turnAway(code, p, ByScan, fill)
		return
	}
	if d.lacks(p, needs, ByScan) {
		return
	}
	line, qty, into := d.put(p, ByScan)
	d.afterContents()
	d.say(Accepted, CodeOrderOpened, withLine(*d.s.Work.Line(line), qty), withMarks(p), withInto(into))
}

// stands is the step that work goes on with: its label may have come while it was
// parked.
func (w *Work) stands() Phase {
	if w.Step == Labelling && w.Parcel.Label != nil {
		return Closing
	}
	return w.Step
}

// itemFits reports whether the item that was scanned first still has its place.
func (d *decision) itemFits(p Product) bool {
	open := 0
	for _, l := range d.s.Work.Lines {
		if l.SKU == p.SKU {
			open += l.Open()
		}
	}
	return open >= max(1, p.Factor) && !d.tooHeavy(p.Mass*unit.Mass(max(1, p.Factor)))
}

// resumed goes on with work that was parked, in the shop's newest version.
func (d *decision) resumed(o OrderInfo) {
	if d.altered(o) {
		d.say(Refused, CodeOrderChanged, withReason(ReasonAddress))
		d.tearOff()
		return
	}
	d.askAgain()
	if d.s.Work.Excess() > 0 {
		d.tooMuch()
		return
	}
	d.say(Accepted, CodeResumed)
	d.askCarriersAgain()
}

// altered takes a new version of the order over. A label that now has the wrong
// address on it is void, and moved says so (C5).
func (d *decision) altered(o OrderInfo) (moved bool) {
	w := d.s.Work
	if o.Version == w.Version && len(w.elsewhere(o)) == 0 {
		return false
	}
	moved = w.Address != "" && o.Address != w.Address
	d.emit(w.altered(o))
	d.overpacked()
	step := d.s.Work.Step
	switch {
	case step == Packing, step == Weighing, step == Choosing:
		d.afterContents()
		return false
	case !moved:
		return false
	}
	d.dropLabel()
	d.afterContents()
	return true
}

func (d *decision) reopened(ref ParcelRef) {
	d.giveUpPrints(ref.ID)
	d.emit(d.s.Work.reopened(ref))
	d.overpacked()
	d.emit(LabelVoided{Parcel: ref.ID, SSCC: ref.SSCC})
	d.giveBack(Effect{Kind: EffectVoid, Order: ref.Order, Parcel: ref.ID, Carrier: ref.Carrier, SSCC: ref.SSCC})
	d.afterContents()
	d.say(Accepted, CodeReopened, func(v *Verdict) { v.Parcel = ref.ID })
	d.torn = true
	d.tearOff()
}

// orderRefused says why an order may not be packed (Q8). Work that was parked
// is opened all the same, but blocked: the goods in the box must go somewhere. Another
// bench may have packed the order while it was parked here.
func (d *decision) orderRefused(e OrderRefused) {
	if _, ok := d.end(e.Effect); !ok || d.s.Opening == nil || d.s.Opening.Effect != e.Effect {
		return
	}
	if d.s.Parked[e.Order] != nil && slices.Contains([]Code{CodeOrderCancelled, CodeOrderHeld, CodeOrderDone}, e.Code) {
		d.emit(OrderResumed{Order: e.Order})
		d.emit(OrderBlocked{Code: e.Code, Reason: e.Reason})
		d.emit(Moved{d.s.Work.stands()})
		d.say(Refused, e.Code, withWhy(e.Reason))
		return
	}
	opening := *d.s.Opening
	if opening.Undo { // its claim may not have been given back yet
		d.effect(Effect{Kind: EffectFree, Order: e.Order})
	}
	d.emit(OpeningEnded{})
	d.emit(Moved{Idle})
	if e.Code == CodeHubAway && !opening.Undo && opening.Reopen == nil && d.s.Phase == Idle {
		d.unclaimed(e, opening.Item)
		return
	}
	if e.Code == CodeOrderDone {
		d.show(Shown{Order: e.Order})
	}
	d.say(Refused, e.Code, told(e.Reason), func(v *Verdict) { v.Order, v.Place, v.Trouble = e.Order, e.Place, e.Trouble })
}

// unclaimed refuses an order that the hub cannot be asked for. A supervisor may have it
// packed all the same (H3).
func (d *decision) unclaimed(e OrderRefused, item *Product) {
	d.pose(Question{Code: CodeHubAway, Choices: []Choice{
		{N: 1, Text: "pack-anyway", Command: &Command{Name: "authorise", Orders: []OrderHint{{ID: e.Order, Number: e.Number}}, Item: item}},
	}})
	d.say(Refused, CodeHubAway, func(v *Verdict) {
		v.Order, v.Choices = e.Order, d.s.Question.Choices
		if v.Why = e.Reason; v.Why != "" {
			v.Reason = ReasonClaimed
		}
	})
}

// openAlone opens an order that the hub could not be asked for, in the name of who lets
// that happen.
func (d *decision) openAlone(author string, c Command) {
	if c.OpensReturn() {
		d.openReturnAlone(author, c)
		return
	}
	if d.s.Phase != Idle || d.s.Loading != nil {
		d.notNow(ReasonNothingToAuthorise)
		return
	}
	d.author = author
	d.open(OpeningOf{Order: c.Orders[0].ID, Item: c.Item, Why: c.Reason})
}

// alone reports whether the command has an order packed that the hub cannot be asked for.
func (c Command) alone() bool { return c.Name == "authorise" && len(c.Orders) == 1 }

// shopChanged takes over what the shop did to the open order; the packer is
// interrupted only if the parcel is no longer right (Q8).
func (d *decision) shopChanged(e ShopChanged) {
	w := d.s.Work
	if parked := d.s.Parked[e.Order.ID]; parked != nil && (e.Status == "held" || e.Status == "cancelled") {
		d.takeBack(parked, e.Status)
		return
	}
	if w == nil || w.Order != e.Order.ID {
		return
	}
	switch e.Status {
	case "held", "cancelled":
		code := CodeOrderHeld
		if e.Status == "cancelled" {
			code = CodeOrderCancelled
		}
		if w.Blocked == code {
			return
		}
		d.emit(OrderBlocked{Code: code, Reason: e.Reason})
		d.takeBack(w, e.Status)
		d.say(Refused, code, withWhy(e.Reason))
		return
	}
	if w.Blocked != "" && w.Blocked != CodeOrderDone {
		d.emit(OrderBlocked{})
	}
	if e.Order.Version == w.Version {
		return
	}
	if d.altered(e.Order) {
		d.say(Refused, CodeOrderChanged, withReason(ReasonAddress))
		d.tearOff()
		return
	}
	w = d.s.Work
	if w.Excess() > 0 {
		d.tooMuch()
		return
	}
	d.say(Info, CodeOrderChanged)
}

// takeBack gives up what is under way for an order that is no longer open: its
// label is not printed, and comes with a retry once it is open again.
func (d *decision) takeBack(w *Work, status station.OrderStatus) {
	id, stopped := w.Parcel.ID, trouble.New(trouble.OrderCancelled)
	if status == station.OrderHeld {
		stopped.Code = trouble.OrderHeld
	}
	if d.endBuying(id) {
		d.emit(LabelTroubled{Parcel: id, State: PurchaseUnknown, Trouble: stopped})
	} else if w.Unlabelled() && !takenBack(w.Parcel.Trouble) { // nobody asks for it until the shop wants it
		d.emit(LabelTroubled{Parcel: id, State: w.Parcel.Purchase, Trouble: stopped})
	}
	label := d.s.Document(DocumentLabel, id)
	printing := d.s.OnItsWay(label.Document)
	d.giveUpPrints(id)
	if printing {
		label.State, label.Trouble = PrintTrouble, stopped
		d.emit(DocumentStood{Printing: label})
	}
}

// closeOrder ends an order: all that can be packed is packed.
func (d *decision) closeOrder(f OrderClosed) {
	f.Short = d.s.Work.LeftOut()
	d.emit(f)
	d.emit(Moved{Idle})
	d.effect(Effect{Kind: EffectFree, Order: f.Order})
}

// cmdPark sets the order aside as it stands (Q6).
func (d *decision) cmdPark() {
	order, aside := d.s.Work.Order, d.s.Work.Unlabelled()
	d.say(Accepted, CodeParked, func(v *Verdict) { v.Aside = aside })
	d.emit(OrderParked{Order: order})
	d.emit(Moved{Idle})
}

// cmdCancel gives the packing of the order up: what is in the box goes back.
func (d *decision) cmdCancel(c Command) {
	w := d.s.Work
	if w.Parcel.Label != nil || d.s.buying(w.Parcel.ID) {
		d.notNow(ReasonVoidFirst)
		return
	}
	if !d.sure(&c, CodeCancelled, ReasonSure) || !d.may(people.Cancel, c) {
		return
	}
	order, units := w.Order, w.Units()
	d.say(Accepted, CodeCancelled, func(v *Verdict) { v.Qty = units })
	back := w.wish()
	d.endOf(EffectQuote, w.Parcel.ID)
	d.emit(OrderLeft{Order: order, Units: units})
	d.emit(Moved{Idle})
	d.effect(Effect{Kind: EffectFree, Order: order})
	d.giveBack(back)
}

// cmdNextOrder opens the next due order. A parcel that waits for a label or a
// printer never blocks it (C6).
func (d *decision) cmdNextOrder(c Command) {
	if d.s.Phase != Idle && !d.waiting() {
		d.say(Refused, CodeNotNow, withReason(ReasonOrderOpen))
		return
	}
	if len(c.Orders) == 0 {
		d.say(Info, CodeNotNow, withReason(ReasonNoOrderDue))
		return
	}
	if d.s.Work != nil {
		d.emit(OrderParked{Order: d.s.Work.Order})
		d.emit(Moved{Idle})
	}
	d.open(OpeningOf{Order: c.Orders[0].ID})
}

// waiting reports whether the open parcel waits for something that the packer
// cannot give.
func (d *decision) waiting() bool {
	w := d.s.Work
	switch d.s.Phase {
	case Choosing:
		return chosenOf(w.Parcel.Quotes) == nil
	case Labelling:
		return true
	case Closing:
		label := d.s.Label().State
		return label == PrintTrouble || label == PrintUnknown
	}
	return false
}

// cmdReopen opens a closed parcel again, until it was handed over (Q12).
func (d *decision) cmdReopen(c Command) {
	if len(c.Parcels) == 1 {
		c.Parcel = &c.Parcels[0]
	}
	switch {
	case len(c.Parcels) > 1:
		d.askParcel(c)
	case c.Parcel == nil:
		d.say(Refused, CodeOrderUnknown, withGiven(c.Value), withReason(ReasonParcel))
	case d.s.Parked[c.Parcel.Order] != nil: // its own open parcel comes first
		d.say(Refused, CodeNotNow, withReason(ReasonOrderOpen), withOtherOrder(c.Parcel.Order))
	case c.Parcel.State == ParcelHandedOut:
		d.say(Refused, CodeNotNow, withReason(ReasonHandedOver), func(v *Verdict) { v.Order, v.Parcel = c.Parcel.Order, c.Parcel.ID })
	case c.Parcel.State == ParcelLoading || c.Parcel.State == ParcelOpening:
		d.elsewhere(*c.Parcel)
	case c.Parcel.State == ParcelVoided:
		d.notNow(ReasonVoided)
	case d.mayVoid(&c, CodeReopened, c.Parcel.VoidRule, func(v *Verdict) { v.Order, v.Parcel = c.Parcel.Order, c.Parcel.ID }):
		d.open(OpeningOf{Order: c.Parcel.Order, Reopen: c.Parcel})
	}
}
