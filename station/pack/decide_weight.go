package pack

import "packbench/station/people"

// weighed is a reading that the gate let through, or a typed weight.
func (d *decision) weighed(e Weighed) {
	d.held = d.s.after(e)
	if len(d.held) == 0 {
		d.remember()
	}
	if d.s.Tallying() && !e.Typed {
		d.tally(e)
		return
	}
	code := scaleTrouble(e)
	if code != "" {
		kind := Refused
		if code == CodeWeightZero || code == CodeWeightMoving {
			kind = Info
		}
		d.say(kind, code)
		return
	}
	switch {
	case d.s.Phase == SignedOut:
		d.say(Refused, CodeNotSignedIn)
	case d.s.Phase == Locked:
		d.say(Refused, CodeLocked)
	case d.s.Phase == Idle && d.s.Return != nil:
		d.returnWeighed(e)
	case d.s.Phase != Weighing && d.s.Phase != Choosing || e.Expect == nil:
		d.notNow(ReasonWeigh)
	case d.blocked():
	case d.quoting():
		d.notNow(ReasonWeigh)
	case e.Typed:
		d.typed = &e
		if e.WorkedOut && d.s.Rules.WorkedOut || d.may(people.TypedWeight, Command{Name: "typed-weight"}) {
			d.judgeWeight(e)
		}
	case d.s.OldWeight(e):
		reason := Reason("")
		if d.s.CountedOn() {
			reason = ReasonCounted
		}
		d.say(Refused, CodeWeightStale, withReason(reason), withWeight(weightOf(e)))
	default:
		if w := d.s.Wanted; w != nil && w.Action.Name == "typed-weight" {
			d.emit(BadgeSettled{}) // the scale speaks again: nobody need allow a typed weight
		}
		d.judgeWeight(e)
	}
}

// scaleTrouble returns the code of a reading that is no weight.
func scaleTrouble(e Weighed) Code {
	switch e.Scale {
	case ScaleMoving:
		return CodeWeightMoving
	case ScaleZero:
		return CodeWeightZero
	case ScaleOver:
		return CodeWeightOver
	case ScaleUnder:
		return CodeWeightUnder
	case ScaleNone:
		return CodeWeightNone
	case ScaleSteady:
		switch {
		case e.Mass <= -clearChange(e.Division): // tared, or its plate was lifted off
			return CodeWeightUnder
		case e.Mass <= 0:
			return CodeWeightZero
		}
		return ""
	}
	return CodeWeightUnknown
}

func weightOf(e Weighed) Weight {
	w := Weight{Mass: e.Mass, Typed: e.Typed, WorkedOut: e.WorkedOut}
	if e.Expect != nil {
		w.Known, w.Expected, w.Tolerance, w.Cause, w.Causes = e.Expect.Known, e.Expect.Mass, e.Expect.Tolerance, e.Expect.Cause, e.Expect.Causes
	}
	return w
}

// basisOf is what a weighing teaches by, nil where it can not.
func basisOf(e Weighed) *Basis {
	if e.Expect == nil || e.Typed || e.Net {
		return nil
	}
	return &Basis{Division: e.Division, Filling: e.Expect.Filling}
}

func withWeight(w Weight) func(*Verdict) { return func(v *Verdict) { v.Weight = &w } }

// typedWeight takes the weight that a person typed, once a role allows it (W6).
func (d *decision) typedWeight() {
	e := d.typed
	if old := d.s.Scale.Latest; e == nil && old != nil && old.Typed { // a journal of old
		e = old
	}
	if e == nil || d.s.Phase != Weighing && d.s.Phase != Choosing {
		d.notNow(ReasonWeigh)
		return
	}
	d.judgeWeight(*e)
}

// cmdWorkedOut is the wish for the weight that the parcel should have, where nobody can
// say what that is.
func (d *decision) cmdWorkedOut() {
	if d.s.Phase != Weighing {
		d.notNow(ReasonWeigh)
		return
	}
	d.notNow(ReasonNotWorkedOut)
}

// judgeWeight compares with what was expected (W2, W3). A parcel whose mass
// the catalogue does not know passes; the verdict says that nothing was
// compared.
func (d *decision) judgeWeight(e Weighed) {
	w := weightOf(e)
	if !w.Known || (w.Mass-w.Expected).Abs() <= w.Tolerance {
		if w.Known && d.wantsProof(e) {
			return
		}
		w.Cause, w.Causes, w.Basis = nil, nil, basisOf(e)
		w.Author = d.author
		d.takeWeight(w)
		return
	}
	d.unproved()
	d.emit(WeightMissed{e})
	id := d.openRuled(CaseOpened{Kind: "weight", Code: CodeWeightOff, Weight: &w}, offBy(w))
	d.say(Refused, CodeWeightOff, withWeight(w), func(v *Verdict) { v.Case = id })
}

// takeWeight accepts a weight and asks the carriers; the verdict comes with their
// quotes.
func (d *decision) takeWeight(w Weight) {
	if q := d.s.Question; d.s.Wanted != nil || q != nil && q.Code == CodeAuthorised {
		d.drop() // nobody need accept another weight
	}
	if d.s.Work.Parcel.Weight != nil { // it was on the scale before
		d.dropWeight()
	}
	d.emit(WeightTaken{w})
	d.askCarriers()
}

// askCarriers asks what they want for the open parcel as it was weighed.
func (d *decision) askCarriers() { d.askCarriersFor(d.s.Work, false) }

func (d *decision) askCarriersFor(w *Work, unasked bool) {
	p := w.Parcel
	e := Effect{Kind: EffectQuote, Order: w.Order, Parcel: p.ID, Mass: p.Weight.Mass, Contents: w.Contents(), Unasked: unasked}
	if p.Carton != nil {
		e.Carton = p.Carton.ID
	}
	d.effect(e)
}

// unserved reports whether the open parcel waits for a carrier that takes it, and
// nobody is being asked.
func (d *decision) unserved() bool {
	w := d.s.Work
	return d.s.Phase == Choosing && w.Parcel.Weight != nil && chosenOf(w.Parcel.Quotes) == nil && !d.quoting()
}

// askCarriersAgain asks them once more for a parcel that none took: there may be new
// rates.
func (d *decision) askCarriersAgain() {
	if d.s.Work != nil && d.unserved() {
		d.askCarriers()
	}
}

// quoting reports whether the carriers are being asked for the open parcel.
func (d *decision) quoting() bool {
	return d.s.Work != nil && d.pending(EffectQuote, d.s.Work.Parcel.ID) != ""
}

// dropWeight has the parcel weighed again; what the carriers ask for it as it was is
// of no use.
func (d *decision) dropWeight() {
	d.endOf(EffectQuote, d.s.Work.Parcel.ID)
	d.emit(WeightDropped{})
}

func chosenOf(quotes []Quote) *Quote {
	for i := range quotes {
		if quotes[i].Chosen && quotes[i].Allowed {
			return &quotes[i]
		}
	}
	return nil
}

func withQuote(q Quote) func(*Verdict) {
	return func(v *Verdict) {
		price := q.Price
		v.Service, v.Price = q.Service, &price
	}
}

// cmdWeigh opens the weighing step, or asks the scale again.
func (d *decision) cmdWeigh() {
	w := d.s.Work
	switch {
	case d.s.Phase == Choosing || d.quoting():
		d.dropWeight()
		d.emit(Moved{Weighing})
		d.say(Info, CodeAllScanned)
	case d.s.Phase == Weighing:
		d.say(Info, CodeAllScanned)
	case d.s.Phase != Packing:
		d.notNow(ReasonWeigh)
	case w.Excess() > 0:
		d.tooMuch()
	case w.Units() == 0:
		d.notNow(ReasonParcelEmpty)
	case w.OpenUnits() > 0:
		d.notNow(ReasonUnitsOpen)
	default:
		d.emit(Moved{Weighing})
		d.say(Accepted, CodeAllScanned)
	}
}

// cmdService takes a service by hand.
func (d *decision) cmdService(c Command) {
	w := d.s.Work
	if d.s.Phase != Choosing && d.s.Phase != Labelling && d.s.Phase != Closing {
		d.notNow(ReasonService)
		return
	}
	if d.blocked() {
		return
	}
	q := w.quote(c.Value)
	pending := d.s.buying(w.Parcel.ID)
	switch {
	case q == nil:
		d.say(Refused, CodeServiceNone, withGiven(c.Value), withReason(ReasonUnknown))
	case !q.Allowed:
		d.say(Refused, CodeServiceNone, withGiven(c.Value), withWhy(q.Reason))
	case w.Parcel.Service == q.Service && (w.Parcel.Label != nil || pending):
		d.say(Info, CodeService, withQuote(*q))
	case pending:
		d.notNow(ReasonLabelling)
	case w.Parcel.Label != nil && !d.mayVoid(&c, CodeService, w.Parcel.Label.VoidRule, withQuote(*q)):
	case !d.may(people.Label, c):
	default:
		reason := Reason("")
		if w.Parcel.Label != nil {
			reason = ReasonOldLabelVoid
		}
		d.dropLabel()
		d.emit(ServiceTaken{Service: q.Service, Auto: c.Auto})
		d.buy(d.s.Work, *q, Effect{})
		d.say(Accepted, CodeService, withQuote(*q), withReason(reason))
		d.tearOff()
	}
}

// cmdScale sends a command to the scale. One is under way at a time: a second
// press asks for nothing more.
func (d *decision) cmdScale(do string) {
	for _, e := range d.s.Pending {
		if e.Kind == EffectScale {
			d.say(Info, CodeScaleAsked, withCommand(e.Do))
			return
		}
	}
	d.effect(Effect{Kind: EffectScale, Do: do})
	d.say(Info, CodeScaleAsked, withCommand(do))
}

// scaleObeyed is what became of it. A scale that obeyed held nothing that was
// weighed: its runner refuses otherwise.
func (d *decision) scaleObeyed(e ScaleObeyed) {
	asked, ok := d.end(e.Effect)
	switch {
	case !ok:
	case !e.Trouble.None():
		d.say(Refused, CodeScaleRefused, withCommand(asked.Do), withTrouble(e.Trouble))
	default:
		d.held = nil
		d.remember()
		d.say(Accepted, CodeScaleObeyed, withCommand(asked.Do))
	}
}
