package pack

import (
	"slices"

	"packbench/station"
	"packbench/station/unit"
)

// primary and secondary are the meanings that a code may have in a phase. A
// secondary meaning counts only where there is no primary one; it is answered
// with why it does not fit now.
var primary = map[Phase][]MeaningKind{
	Idle:      {MeansCommand, MeansAnswer, MeansReason, MeansOrder, MeansTote, MeansProduct, MeansParcel, MeansManifest},
	Packing:   {MeansCommand, MeansAnswer, MeansReason, MeansProduct, MeansCarton, MeansQuantity},
	Weighing:  {MeansCommand, MeansAnswer, MeansReason, MeansProduct, MeansCarton},
	Choosing:  {MeansCommand, MeansAnswer, MeansReason, MeansCarton},
	Labelling: {MeansCommand, MeansAnswer, MeansReason, MeansParcel},
	Closing:   {MeansCommand, MeansAnswer, MeansReason, MeansParcel},
}

func (d *decision) scanned(e Scanned) {
	meanings := d.valid(e.Meanings)
	badge := slices.IndexFunc(meanings, func(m Meaning) bool { return m.Person != nil })
	switch {
	case badge >= 0:
		d.badge(*meanings[badge].Person)
	case e.Problem == "badge":
		d.openCase(CaseOpened{Kind: "scan", Code: CodeUnknownCode, Reason: e.Problem})
		d.say(Refused, CodeUnknownCode, told(e.Problem), func(v *Verdict) { v.Case = d.in.ID })
	case d.s.Phase == SignedOut:
		d.say(Refused, CodeNotSignedIn)
	case d.s.Phase == Locked:
		d.lockedAnswer(meanings)
	case d.s.Phase == Opening:
		d.notNow(ReasonOpening)
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
	d.openCase(CaseOpened{Kind: "scan", Code: CodeUnknownCode, Scanned: e.Raw, Expected: d.expected(), Reason: e.Problem})
	d.say(Refused, CodeUnknownCode, told(e.Problem), func(v *Verdict) {
		v.Scanned, v.Expected, v.Case = e.Raw, d.expected(), d.in.ID
	})
}

// ambiguous asks with numbers; nothing is guessed (S5, S6).
func (d *decision) ambiguous(e Scanned, meanings []Meaning) {
	q := Question{Code: CodeAmbiguousCode}
	for i, m := range meanings {
		q.Choices = append(q.Choices, Choice{N: i + 1, Text: meaningText(m), Meaning: &m})
	}
	d.emit(QuestionAsked{q})
	d.say(Asked, CodeAmbiguousCode, func(v *Verdict) { v.Scanned, v.Choices = e.Raw, q.Choices })
}

func meaningText(m Meaning) string {
	switch {
	case m.Product != nil:
		return m.Product.Name + " (" + m.Product.SKU + ")"
	case m.Carton != nil:
		return m.Carton.ID
	case m.Parcel != nil:
		return m.Parcel.ParcelCalled()
	case m.Manifest != nil:
		return "manifest " + m.Manifest.ID
	case len(m.Orders) > 0:
		return m.Orders[0].Called()
	case m.Command != nil:
		return m.Command.Name
	}
	return string(m.Kind)
}

// mean carries out the one meaning of a code.
func (d *decision) mean(m Meaning) {
	if m.Kind != MeansAnswer && m.Kind != MeansReason {
		d.superseded()
	}
	if d.s.Armed != "" && m.Kind != MeansCommand && m.Kind != MeansAnswer {
		d.emit(Armed{Removing: d.s.Removing, Count: d.s.Count})
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

// superseded drops a question, or a wait for a badge, that the packer passed
// over by doing something else. The question whether a label came out stays until it is
// answered, because nothing may be printed twice by mistake.
func (d *decision) superseded() {
	if q := d.s.Question; q != nil && q.Code != CodeLabelUnknownOutcome {
		d.emit(QuestionClosed{})
	}
	if d.s.Wanted != nil {
		d.emit(BadgeSettled{})
	}
}

// product is an item scan.
func (d *decision) product(p Product) {
	if d.s.Phase != Packing && d.s.Phase != Weighing {
		d.notNow(Reason(d.s.Phase))
		return
	}
	if d.s.Removing {
		d.takeOut(p)
		return
	}
	if d.blocked() {
		return
	}
	units := max(1, p.Factor) * max(1, d.s.Count)
	counted := d.s.Count > 1
	if d.s.Count > 0 {
		d.emit(Armed{})
	}
	if !d.fits(p, units, counted) {
		return
	}
	how, code := ByScan, CodeItem
	switch {
	case counted:
		how, code = ByCount, CodeCounted
	case p.Factor > 1:
		code = CodePack
	}
	d.accept(p.SKU, units, how, code)
}

// fits refuses what must not go into the parcel and reports whether it may.
func (d *decision) fits(p Product, units int, counted bool) bool {
	var open int
	var first *Line
	for i := range d.s.Work.Lines {
		l := &d.s.Work.Lines[i]
		if l.SKU != p.SKU || l.Kind == station.Note {
			continue
		}
		if first == nil || (first.Open() == 0 && l.Open() > 0) {
			first = l
		}
		open += l.Open()
	}
	switch {
	case first == nil:
		d.refuse(CodeWrongItem, p, nil, units)
	case open == 0:
		d.refuse(CodeOverScan, p, first, units)
	case units > open:
		d.refuse(CodePackTooBig, p, first, units)
	case counted && !first.Count:
		d.say(Refused, CodeNotNow, withReason(ReasonCount), withLine(*first, 0))
	case d.tooHeavy(first.Mass * unit.Mass(units)):
		d.say(Refused, CodeCartonFull, withLine(*first, 0), withCarton(d.s.Work.Parcel.Carton.ID))
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
// case, and too many in a row lock the bench (Q2).
func (d *decision) refuse(code Code, p Product, l *Line, units int) {
	expected := d.expected()
	d.openCase(CaseOpened{Kind: "scan", Code: code, SKU: p.SKU, Expected: expected})
	d.emit(RefusalCounted{})
	lock := d.s.Rules.LockAfter > 0 && d.s.Refusals >= d.s.Rules.LockAfter
	d.say(Refused, code, func(v *Verdict) {
		if l != nil {
			withLine(*l, 0)(v)
		}
		v.SKU, v.Name, v.Qty, v.Expected, v.Case = p.SKU, p.Name, units, expected, d.in.ID
	})
	if lock {
		d.emit(LockedUp{Row: d.in.ID})
	}
}

// accept puts units of a product into the parcel, line by line.
func (d *decision) accept(sku string, units int, how How, code Code) {
	line, qty := d.put(sku, units, how)
	if d.s.Refusals > 0 {
		d.emit(RefusalsCleared{})
	}
	if d.afterContents() {
		code = CodeAllScanned
	}
	d.say(Accepted, code, withLine(*d.s.Work.Line(line), qty))
}

// put moves units into the open lines of a SKU; it gives the last line touched.
func (d *decision) put(sku string, units int, how How) (line string, qty int) {
	lines := d.s.Work.Lines
	for i := range lines {
		l := lines[i]
		n := min(units-qty, l.Open())
		if l.SKU != sku || l.Kind == station.Note || n <= 0 {
			continue
		}
		d.emit(UnitsMoved{Action{ID: d.in.ID, Line: l.ID, SKU: sku, Qty: n, How: how}})
		line, qty = l.ID, qty+n
	}
	return line, qty
}

// takeOut is an item scan after "remove".
func (d *decision) takeOut(p Product) {
	d.emit(Armed{})
	lines := d.s.Work.Lines
	i := slices.IndexFunc(lines, func(l Line) bool { return l.SKU == p.SKU && l.In > 0 })
	if i < 0 {
		d.say(Refused, CodeWrongItem, func(v *Verdict) { v.SKU, v.Name, v.Reason = p.SKU, p.Name, ReasonNotInParcel })
		return
	}
	n := min(max(1, p.Factor), lines[i].In)
	line := lines[i].ID
	d.emit(UnitsMoved{Action{ID: d.in.ID, Line: line, SKU: p.SKU, Qty: -n, How: ByRemove}})
	d.afterContents()
	d.say(Accepted, CodeRemoved, withLine(*d.s.Work.Line(line), -n))
}

// quantity is a quantity card: it counts for the next item scan only (Q3).
func (d *decision) quantity(n int) {
	if d.s.Phase != Packing {
		d.notNow(Reason(d.s.Phase))
		return
	}
	if n < 1 || n > 9999 {
		d.notNow(ReasonQuantity)
		return
	}
	d.emit(Armed{Count: n})
	d.say(Info, CodeCounted, func(v *Verdict) { v.Qty = n })
}
