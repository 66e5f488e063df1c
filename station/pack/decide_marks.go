package pack

import (
	"slices"
	"strconv"

	"packbench/station"
)

// PassReasons are the reason codes offered for goods that are let pass although a rule
// turned them away.
var PassReasons = []string{"checked-by-hand", "customer-agrees", "code-is-wrong", "came-back"}

// asksMark reports whether the bench waits for a mark of what was scanned.
func (q *Question) asksMark() bool {
	if q == nil || q.Item == nil {
		return false
	}
	switch q.Code {
	case CodeLotNeeded, CodeSerialNeeded, CodeExpiryNeeded:
		return true
	}
	return false
}

// Asks is what mark the bench waits for, "" for none: whatever is typed, or scanned and
// means nothing else, is that.
func (s State) Asks() Code {
	if s.Question.asksMark() && (s.Phase == Packing || s.Phase == Weighing) {
		return s.Question.Code
	}
	return ""
}

// turnedAway is the command that lets pass what a question is about, nil where it is
// about something else.
func (q *Question) turnedAway() *Command {
	if q == nil || len(q.Choices) == 0 || q.Choices[0].Command == nil {
		return nil
	}
	c := *q.Choices[0].Command
	if c.Name != "authorise" || c.Item == nil && !c.alone() {
		return nil
	}
	return &c
}

func withMarks(p Product) func(*Verdict) { return func(v *Verdict) { v.Marks = p.Marks } }

// ofItem fills in the line that a product counts for, and what is known of its units.
func (d *decision) ofItem(p Product) func(*Verdict) {
	return func(v *Verdict) {
		if l := d.lineOf(p.SKU); l != nil {
			withLine(*l, 0)(v)
		}
		v.SKU, v.Marks = p.SKU, p.Marks
	}
}

// admit puts units into the parcel once nothing speaks against them and all is known
// that must be (Q4). p stands for all of them.
func (d *decision) admit(p Product, how How) {
	needs := d.s.Work.Needs(p.SKU)
	if code, fill := d.objection(p, needs); code != "" {
		d.turnAway(code, p, how, fill)
		return
	}
	if !d.lacks(p, needs, how) {
		d.accept(p, how)
	}
}

// objection is the rule that units break, "" for none. What somebody let pass counts no more.
func (d *decision) objection(p Product, needs Needs) (code Code, fill func(*Verdict)) {
	if p.Looked == nil {
		return "", nil
	}
	m, now := p.marks(), p.Looked.Now
	left, known := m.left(now)
	short := needs.Life > 0 && known && left < needs.Life
	seen := d.seen(p)
	if seen != nil && seen.Serial != "" {
		m.Serial = seen.Serial
	}
	reason, at := Reason(""), func(*Verdict) {}
	switch {
	case p.Looked.Recalled:
		code = CodeRecalled
	case m.expired(now) && !slices.Contains(p.Passed, CodeExpired):
		code = CodeExpired
		if m.Best {
			reason = ReasonBestBefore
		}
	case short && !m.expired(now) && !slices.Contains(p.Passed, CodeShortLife):
		code, at = CodeShortLife, func(v *Verdict) { v.Life = &Life{Left: left, Needs: needs.Life} }
	case seen != nil && !slices.Contains(p.Passed, CodeSerialSeen):
		code, reason = CodeSerialSeen, ReasonInOpenOrder
		switch {
		case seen.Parcel != "":
			reason = ReasonSent
		case seen.Order == d.s.Work.Order:
			reason = ReasonInParcel
		}
		at = func(v *Verdict) {
			v.OtherOrder, v.OtherNumber = seen.Order, seen.Number
			v.Given = station.ParcelName(seen.Parcel, seen.Order, seen.Number)
		}
	}
	return code, func(v *Verdict) {
		v.Reason, v.Marks = reason, Marked{Marks: m}.marks()
		at(v)
	}
}

// seen is where a serial was packed before, nil for nowhere: on this bench, or as the
// shop knows it.
func (d *decision) seen(p Product) *Seen {
	works := []*Work{d.s.Work}
	for _, w := range d.s.Parked {
		works = append(works, w)
	}
	for _, w := range works {
		for _, m := range w.Marks(p.SKU) {
			for _, u := range p.units() {
				if m.SameSerial(u.marks()) {
					return &Seen{Order: w.Order, Number: w.Number, Serial: u.Marks.Serial}
				}
			}
		}
	}
	return p.Looked.Seen
}

// turnAway refuses units that break a rule. Whoever may override can let them pass, but
// not what is recalled.
func (d *decision) turnAway(code Code, p Product, how How, fill func(*Verdict)) {
	rules := d.s.Rules
	locks := rules.LockAfter > 0 && d.s.Refusals+1 >= rules.LockAfter
	if code != CodeRecalled && !locks {
		d.pose(Question{Code: code, Choices: []Choice{
			{N: 1, Text: "accept-item", Command: &Command{Name: "authorise", Value: string(code), Item: &p, How: how}},
		}})
	}
	d.refuse(code, p, d.lineOf(p.SKU), p.Factor, fill, func(v *Verdict) {
		if d.s.Question != nil {
			v.Choices = d.s.Question.Choices
		}
	})
}

// lineOf is the line that a product counts for next, else one that it counted for.
func (d *decision) lineOf(sku string) (found *Line) {
	for _, l := range d.s.Work.places(sku) {
		if found == nil || found.Open() == 0 && l.Open() > 0 {
			found = l
		}
	}
	return found
}

// letPass puts in what was turned away; that is a case.
func (d *decision) letPass(author string, c Command) {
	if d.s.Work == nil || d.s.Phase != Packing && d.s.Phase != Weighing {
		d.notNow(ReasonNothingToAuthorise)
		return
	}
	p := *c.Item
	needs := d.s.Work.Needs(p.SKU)
	if !d.fits(p, p.Factor, c.How == ByCount) {
		return
	}
	for code, _ := d.objection(p, needs); code != "" && code != CodeRecalled; code, _ = d.objection(p, needs) {
		p.Passed = append(slices.Clip(p.Passed), code)
	}
	d.author = author
	d.openCase(CaseOpened{Kind: "override", Code: Code(c.Value), SKU: p.SKU, Author: author, Reason: c.Reason})
	d.admit(p, c.How)
}

// lacks asks for the next mark that units must have, one question at a time, and reports
// whether it did.
func (d *decision) lacks(p Product, needs Needs, how How) bool {
	m, want, each := p.marks(), Code(""), len(p.Serials) > 0
	switch {
	case needs.Serial && each && len(p.Serials) != p.Factor, needs.Serial && m.Serial != "" && p.Factor > 1:
		d.say(Refused, CodeSerialNeeded, d.ofItem(p), withReason(ReasonOneByOne))
		return true
	case needs.Serial && p.Factor > 1 && !each:
		d.ask(d.wanting(CodeSerialNeeded, p, how), d.ofItem(p), withReason(ReasonSerials))
		return true
	case needs.Serial && m.Serial == "" && !each:
		want = CodeSerialNeeded
	case needs.Lot && m.Lot == "":
		want = CodeLotNeeded
	case (needs.Expiry || needs.Life > 0) && m.Expiry == "":
		want = CodeExpiryNeeded
	default:
		return false
	}
	d.ask(d.wanting(want, p, how), d.ofItem(p))
	return true
}

// wanting is the question for a mark. What the last units of the product had is offered
// as an answer, but a serial.
func (d *decision) wanting(want Code, p Product, how How) Question {
	q := Question{Code: want, Item: &p, How: how}
	if want == CodeSerialNeeded && how != ByRemove {
		return q
	}
	has := Marks{}
	if p.Marks != nil {
		has = *p.Marks
	}
	for _, m := range slices.Backward(d.s.Work.Marks(p.SKU)) {
		if how != ByRemove {
			m.Serial, m.GTIN = "", ""
		}
		text := m.Text()
		_, clash := has.with(m.Marks)
		known := slices.ContainsFunc(q.Choices, func(c Choice) bool { return c.Text == text })
		if clash || known || text == "" || want == CodeLotNeeded && m.Lot == "" || want == CodeExpiryNeeded && m.Expiry == "" || len(q.Choices) == 3 {
			continue
		}
		answer := Product{SKU: p.SKU, Name: p.Name, Marks: &m.Marks, Looked: p.Looked}
		q.Choices = append(q.Choices, Choice{N: len(q.Choices) + 1, Text: text, Meaning: &Meaning{Kind: MeansMark, Product: &answer}})
	}
	return q
}

// Text writes marks for a person: "L17, 2027-01-31".
func (m Marks) Text() string {
	text := ""
	for _, part := range []string{m.Serial, m.Lot, m.Expiry} {
		if text != "" && part != "" {
			text += ", "
		}
		text += part
	}
	return text
}

// answered takes an answer to the question for a mark.
func (d *decision) answered(q Question, p Product) {
	held := *q.Item
	both, clash := held.marks(), false
	before := both
	if d.answeredSerials(q, &held, p) {
		return
	}
	if p.Marks != nil {
		both, clash = both.with(*p.Marks)
	}
	switch {
	case p.SKU != held.SKU, clash:
		d.ask(q, d.ofItem(held), withReason(ReasonAnotherUnit))
		return
	case both == before && len(p.Serials) == 0: // the code of the product again, without what is asked for
		d.ask(q, d.ofItem(held), withReason(ReasonProductCode))
		return
	}
	held.Marks = &both
	if p.Looked != nil {
		looked := *p.Looked
		if was := held.Looked; was != nil {
			looked.Recalled = looked.Recalled || was.Recalled
			if looked.Seen == nil {
				looked.Seen = was.Seen
			}
		}
		held.Looked = &looked
	}
	d.emit(QuestionClosed{})
	switch {
	case q.How == ByRemove:
		d.takeOut(held)
	case d.fits(held, held.Factor, q.How == ByCount):
		d.admit(held, q.How)
	}
}

// notAMark answers what cannot be read as the mark that is asked for.
func (d *decision) notAMark(e Scanned) {
	q := *d.s.Question
	reason := ReasonForm
	if q.Code == CodeExpiryNeeded {
		reason = ReasonDate
	}
	d.ask(q, d.ofItem(*q.Item), withReason(reason), func(v *Verdict) { v.Scanned = e.Raw })
}

// takeOut is an item scan after "remove". What the order no longer wants comes out
// first, then what went in last.
func (d *decision) takeOut(p Product) {
	if d.s.Removing {
		d.emit(Armed{})
	}
	if len(p.Serials) > 0 {
		d.say(Refused, CodeSerialNeeded, d.ofItem(p), withReason(ReasonOneByOne))
		return
	}
	out, ask := d.s.Work.leaving(p.SKU, p.Factor, p.Marks)
	if ask != "" {
		d.ask(d.wanting(ask, p, ByRemove), d.ofItem(p), withReason(ReasonWhichUnit))
		return
	}
	line, qty := "", 0
	for _, m := range out {
		for _, excess := range []bool{true, false} {
			for _, at := range slices.Backward(d.s.Work.places(p.SKU)) {
				l := *d.s.Work.Line(at.ID)
				n := min(m.Qty, l.In)
				if excess {
					n = min(n, l.Excess())
				}
				if n > 0 {
					d.moved(Action{Line: l.ID, SKU: p.SKU, Qty: -n, How: ByRemove, Marks: m.marks()})
					line, qty, m.Qty = l.ID, qty+n, m.Qty-n
				}
			}
		}
	}
	if qty == 0 {
		d.say(Refused, CodeWrongItem, withMarks(p), func(v *Verdict) { v.SKU, v.Name, v.Reason = p.SKU, p.Name, ReasonNotInParcel })
		return
	}
	d.afterContents()
	d.say(Accepted, CodeRemoved, withLine(*d.s.Work.Line(line), -qty), func(v *Verdict) {
		if len(out) == 1 {
			v.Marks = out[0].marks()
		}
	})
}

// outOf takes units out of one line, newest first, where nobody scans them.
func (d *decision) outOf(l Line, units int, how How, meant *Marks) {
	out := []Marked{{Qty: units}}
	if marked := d.s.Work.Marks(l.SKU); len(marked) > 0 {
		unknown := 0
		for _, o := range d.s.Work.Lines {
			if o.SKU == l.SKU {
				unknown += o.In
			}
		}
		for _, m := range marked {
			unknown -= m.Qty
		}
		if meant != nil {
			marked = slices.DeleteFunc(marked, func(m Marked) bool { return m.Marks != *meant })
		}
		out = newest(marked, unknown, units)
	}
	for _, m := range out {
		d.moved(Action{Line: l.ID, SKU: l.SKU, Qty: -m.Qty, How: how, Marks: m.marks()})
	}
}

// swapWhich asks which unit of a line is swapped, where several may be meant.
func (d *decision) swapWhich(l Line, c Command) (asked bool) {
	if _, ask := d.s.Work.leaving(l.SKU, 1, nil); ask == "" || c.Item != nil {
		return false
	}
	q := Question{Code: CodeSwapped}
	for _, m := range d.s.Work.Marks(l.SKU) {
		if len(q.Choices) == 8 {
			break
		}
		again := c
		again.Value, again.Item = l.ID, &Product{SKU: l.SKU, Marks: &m.Marks}
		q.Choices = append(q.Choices, Choice{N: len(q.Choices) + 1, Text: m.Text(), Command: &again})
	}
	d.ask(q, withLine(l, 0), withReason(ReasonWhichUnit), withCommand(c.Name), func(v *Verdict) { v.Given = strconv.Itoa(l.In) })
	return true
}
