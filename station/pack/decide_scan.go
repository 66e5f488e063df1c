package pack

import (
	"slices"
	"strconv"

	"packbench/station"
	"packbench/station/unit"
)

// primary and secondary are the meanings that a code may have in a phase. A
// secondary meaning counts only where there is no primary one; it is answered
// with why it does not fit now.
var primary = map[Phase][]MeaningKind{
	Idle:      {MeansCommand, MeansAnswer, MeansReason, MeansOrder, MeansTote, MeansProduct, MeansParcel, MeansManifest, MeansReturn},
	Packing:   {MeansCommand, MeansAnswer, MeansReason, MeansProduct, MeansCarton, MeansQuantity},
	Weighing:  {MeansCommand, MeansAnswer, MeansReason, MeansProduct, MeansCarton},
	Choosing:  {MeansCommand, MeansAnswer, MeansReason, MeansCarton},
	Labelling: {MeansCommand, MeansAnswer, MeansReason, MeansParcel, MeansPlace},
	Closing:   {MeansCommand, MeansAnswer, MeansReason, MeansParcel},
}

func (d *decision) scanned(e Scanned) {
	meanings := d.valid(e.Meanings)
	badge := slices.IndexFunc(meanings, func(m Meaning) bool { return m.Person != nil })
	switch {
	case badge >= 0:
		d.badge(*meanings[badge].Person)
	case slices.Contains(badgeReasons, Reason(e.Problem)):
		d.openCase(CaseOpened{Kind: "scan", Code: CodeUnknownCode, Reason: e.Problem})
		d.say(Refused, CodeUnknownCode, told(e.Problem), func(v *Verdict) { v.Case = d.in.ID })
	case d.s.Phase == SignedOut:
		d.say(Refused, CodeNotSignedIn)
	case d.s.Phase == Locked:
		d.lockedAnswer(meanings)
	case d.s.Phase == Opening:
		d.notNow(ReasonOpening)
	case d.keepApart(meanings):
	case len(meanings) == 0 && d.s.Asks() != "":
		d.notAMark(e)
	case len(meanings) == 0 && d.s.Return != nil:
		d.unknownBack(e)
	case len(meanings) == 0 && e.Problem == "" && d.mayBePlace(e.Raw):
		d.placeAsked(e.Raw)
	case len(meanings) == 0:
		d.unknown(e)
	case len(meanings) > 1:
		d.ambiguous(e, meanings)
	default:
		d.mean(meanings[0])
	}
}

// valid keeps the meanings of the phase (S5).
func (d *decision) valid(all []Meaning) []Meaning {
	if i := slices.IndexFunc(all, func(m Meaning) bool { return m.Person != nil }); i >= 0 {
		return all[i : i+1]
	}
	kinds := primary[d.s.Phase]
	var first []Meaning
	for _, m := range all {
		if slices.Contains(kinds, m.Kind) {
			first = append(first, m)
		}
	}
	if len(first) > 0 {
		return first
	}
	if len(all) > 1 {
		return all[:1]
	}
	return all
}

// lockedAnswer lets only the unlock command through: it says whose badge.
func (d *decision) lockedAnswer(meanings []Meaning) {
	for _, m := range meanings {
		if m.Command != nil && m.Command.Name == "unlock" {
			d.asked(*m.Command)
			return
		}
	}
	d.say(Refused, CodeLocked)
}

func (d *decision) unknown(e Scanned) {
	id := d.openRuled(CaseOpened{Kind: "scan", Code: CodeUnknownCode, Scanned: e.Raw, Expected: d.expected(), Reason: e.Problem}, 0)
	d.say(Refused, CodeUnknownCode, told(e.Problem), func(v *Verdict) {
		v.Scanned, v.Expected, v.Case = e.Raw, d.expected(), id
	})
}

// ambiguous asks with numbers; nothing is guessed (S5, S6).
func (d *decision) ambiguous(e Scanned, meanings []Meaning) {
	q := Question{Code: CodeAmbiguousCode}
	for i, m := range meanings {
		q.Choices = append(q.Choices, Choice{N: i + 1, Text: meaningText(m), Meaning: &m})
	}
	d.ask(q, func(v *Verdict) { v.Scanned = e.Raw })
}

func meaningText(m Meaning) string {
	switch {
	case m.Product != nil:
		text := m.Product.Name + " (" + m.Product.SKU + ")"
		if m.Product.Factor > 1 {
			text = strconv.Itoa(m.Product.Factor) + " × " + text
		}
		return text
	case m.Carton != nil:
		return m.Carton.ID
	case m.Parcel != nil:
		return m.Parcel.ParcelCalled()
	case m.Manifest != nil:
		return "manifest " + m.Manifest.ID
	case m.Sent != nil:
		return station.ParcelName(m.Sent.Parcel, m.Sent.Order, m.Sent.Number)
	case len(m.Orders) > 0:
		return m.Orders[0].Called()
	case m.Command != nil:
		return m.Command.Name
	}
	return string(m.Kind)
}

// mean carries out the one meaning of a code.
func (d *decision) mean(m Meaning) {
	switch m.Kind {
	case MeansAnswer, MeansReason, MeansCommand: // they may be about what is asked
	case MeansProduct, MeansMark:
		if d.s.Asks() != "" {
			break
		}
		d.superseded()
	default:
		d.superseded()
	}
	switch {
	case m.Command != nil:
		d.asked(*m.Command)
	case m.Kind == MeansAnswer:
		d.choose(m.N)
	case m.Kind == MeansReason:
		d.reasonGiven(m.Reason)
	case m.Manifest != nil:
		d.manifest(*m.Manifest)
	default:
		d.s.job().scan(d, m)
	}
}

// product is an item scan.
func (d *decision) product(p Product) {
	if d.s.Phase != Packing && d.s.Phase != Weighing {
		d.notNow(Reason(d.s.Phase))
		return
	}
	if d.s.Asks() != "" {
		d.answered(*d.s.Question, p)
		return
	}
	if p.Instead != "" {
		d.substitute(p, ByScan)
		return
	}
	how, units := ByScan, max(1, p.Factor)*max(1, d.s.Count)
	if d.s.Removing {
		p.Factor = units
		d.takeOut(p)
		return
	}
	if d.blocked() || d.proves(p) {
		return
	}
	if d.s.Count > 1 {
		how = ByCount
	}
	if d.s.Count > 0 {
		d.emit(Armed{})
	}
	if d.fits(p, units, how == ByCount) {
		p.Factor = units
		d.admit(p, how)
	}
}

// fits refuses what must not go into the parcel and reports whether it may.
func (d *decision) fits(p Product, units int, counted bool) bool {
	var open, have, want int
	var first *Line
	for _, l := range d.s.Work.places(p.SKU) {
		if first == nil || (first.Open() == 0 && l.Open() > 0) {
			first = l
		}
		open += l.Open() + l.LeftOut()
		have, want = have+l.Packed+l.In, want+l.Qty
	}
	all := func(v *Verdict) { v.Have, v.Want = have, want } // of every line that it may count for
	switch {
	case p.Instead != "":
		return d.insteadFits(p)
	case open == 0 && !counted && d.offerSubstitute(p, units):
	case first == nil && d.isKit(p):
	case first == nil:
		d.refuse(CodeWrongItem, p, nil, units)
	case open == 0:
		d.refuse(CodeOverScan, p, first, units, all)
	case units > open:
		d.refuse(CodePackTooBig, p, first, units, all)
	case counted && !first.Count:
		d.say(Refused, CodeNotNow, withReason(ReasonCount), withLine(*first, 0))
	case d.tooHeavy(first.Mass * unit.Mass(units)):
		d.say(Refused, CodeCartonFull, withLine(*first, 0), withCarton(d.s.Work.Parcel.Carton.ID))
	case d.sharesNoBox(*first, units):
	default:
		return true
	}
	return false
}

// tooHeavy reports whether the carton's maximum would be passed.
func (d *decision) tooHeavy(more unit.Mass) bool {
	c := d.s.Work.Parcel.Carton
	if c == nil || c.Max <= 0 {
		return false
	}
	goods := d.s.Work.Goods()
	return c.Tare+goods+more > c.Max && d.s.Work.Units() > 0
}

// refuse turns an item away: it changes nothing in the parcel, is kept as a
// case, and too many in a row lock the bench (Q2). What locks it is a case whatever the
// shop's rules say.
func (d *decision) refuse(code Code, p Product, l *Line, units int, fill ...func(*Verdict)) {
	expected := d.expected()
	lock := d.s.Rules.LockAfter > 0 && d.s.Refusals+1 >= d.s.Rules.LockAfter
	opened, id := CaseOpened{Kind: "scan", Code: code, SKU: p.SKU, Expected: expected}, d.in.ID
	if lock {
		d.openCase(opened)
	} else {
		id = d.openRuled(opened, 0)
	}
	d.emit(RefusalCounted{})
	d.say(Refused, code, append([]func(*Verdict){func(v *Verdict) {
		if l != nil {
			withLine(*l, 0)(v)
		}
		v.SKU, v.Name, v.Qty, v.Expected, v.Case = p.SKU, p.Name, units, expected, id
	}}, fill...)...)
	if lock {
		d.emit(LockedUp{Row: d.in.ID})
	}
}

// accept puts units of a product into the parcel, line by line.
func (d *decision) accept(p Product, how How) {
	code := CodeItem
	switch {
	case how == ByCount:
		code = CodeCounted
	case how == ByHand:
		code = CodeConfirmed
	case p.Factor > 1:
		code = CodePack
	}
	short := d.s.Work.LeftOut()
	line, qty, into := d.put(p, how)
	if d.s.Refusals > 0 && how != ByHand {
		d.emit(RefusalsCleared{})
	}
	switch finished := d.afterContents(); {
	case how == ByHand:
	case d.s.Work.LeftOut() < short: // it was left out, and has turned up
		code = CodePutBack
	case finished:
		code = CodeAllScanned
	}
	d.say(Accepted, code, withLine(*d.s.Work.Line(line), qty), withMarks(p), withInto(into))
}

// put moves units into the lines of a product, first into those that are open, then
// into those that were left out; it gives the last line touched, and all of them where
// one is a part of a kit.
func (d *decision) put(p Product, how How) (line string, qty int, into []Content) {
	kits := false
	if len(p.Serials) > 0 {
		for _, one := range p.units() {
			at, n, some := d.put(one, how)
			line, qty, into = at, qty+n, append(into, some...)
		}
		return line, qty, into
	}
	if p.Instead != "" {
		line, qty = d.putInstead(p, how)
		return line, qty, nil
	}
	for _, leftOut := range []bool{false, true} {
		for _, at := range d.s.Work.places(p.SKU) {
			l := *d.s.Work.Line(at.ID)
			if qty == p.Factor {
				break
			}
			if leftOut && l.LeftOut() > 0 {
				d.openAgain(l)
				l = *d.s.Work.Line(at.ID)
			}
			if n := min(p.Factor-qty, l.Open()); n > 0 {
				d.unboxed(l)
				d.moved(Action{Line: l.ID, SKU: p.SKU, Qty: n, How: how, Marks: p.Marks})
				line, qty = l.ID, qty+n
				kits = kits || l.Kit != nil
				into = append(into, Content{Line: l.ID, SKU: l.SKU, Qty: n, Kit: l.Kit})
			}
		}
	}
	if len(into) < 2 || !kits {
		into = nil
	}
	return line, qty, into
}

// quantity is a quantity card: it counts for the next item scan only (Q3).
func (d *decision) quantity(n int) {
	if d.s.Phase != Packing {
		d.notNow(Reason(d.s.Phase))
		return
	}
	if d.s.Person.Trainee {
		d.notNow(ReasonTrainee)
		return
	}
	if n < 1 || n > 9999 {
		d.notNow(ReasonQuantity)
		return
	}
	d.emit(Armed{Removing: d.s.Removing, Count: n})
	d.say(Info, CodeCounted, func(v *Verdict) { v.Qty = n })
}
