package pack

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"packbench/station/people"
)

// returnUnit is a unit that lies on the bench. One that was not sent stays on the list
// with the reason: it has to be put somewhere too.
func (d *decision) returnUnit(p Product) {
	r := d.s.Return
	if len(r.Units) >= mostBack {
		d.notNow(ReasonQuantity)
		return
	}
	if n := r.free(p.SKU); n > 0 && n < p.Factor { // more than was sent: those that were are told apart
		some, rest := p, p
		some.Factor, rest.Factor = n, p.Factor-n
		d.returnUnit(some)
		d.returnUnit(rest)
		return
	}
	b := Back{N: r.Parts + 1, SKU: p.SKU, Name: p.Name, Qty: max(1, p.Factor), Marks: p.Marks, May: p.May}
	var why Reason
	if r.Sent != nil {
		b.Line, b.Odd, why = r.LineOf(b)
	}
	if b.Odd == CodeReturnTwice && why == ReasonInParcel { // the same scan twice, nearly always
		d.sayReturn(Refused, b.Odd, withReason(why), func(v *Verdict) { v.SKU, v.Name, v.Qty, v.Marks = b.SKU, b.Name, b.Qty, b.Marks })
		return
	}
	opened := CaseOpened{Kind: "return", Code: b.Odd, SKU: p.SKU, Qty: b.Qty}
	if b.Odd != "" {
		opened.Order, opened.Parcel, opened.Reason = r.Sent.Order, r.Sent.Parcel, string(why)
		opened.Scanned, opened.Expected = p.marks().named(), r.Sent.marks(p.SKU)
		b.Case = d.caseOf(opened)
	}
	d.emit(ReturnUnit{Return: r.ID, Back: b})
	d.turnedUp(b.Line)
	d.askGrade(b, why)
}

// turnedUp takes back that units are missing which are here after all.
func (d *decision) turnedUp(line string) {
	r := d.s.Return
	if r.Sent == nil {
		return
	}
	for _, l := range r.Sent.Lines {
		for _, m := range slices.Backward(slices.Clone(r.Missed)) {
			if now := d.s.Return; l.Line == line && m.Line == line && now.Count(line)+now.missed(line) > l.Left() {
				d.emit(ReturnMissed{Return: r.ID, Missed: m, Gone: true})
				d.withdraw(false, m.Case)
			}
		}
	}
}

// free is how many units of a product may still come back on the first line that has some.
func (r *Return) free(sku string) int {
	if r.Sent != nil {
		for _, l := range r.Sent.Lines {
			if n := l.Left() - r.Count(l.Line); l.SKU == sku && n > 0 {
				return n
			}
		}
	}
	return 0
}

// caseOf opens the case of this input, once: it may have several units.
func (d *decision) caseOf(c CaseOpened) string {
	for _, f := range d.facts {
		if o, ok := f.(CaseOpened); ok {
			return o.Case
		}
	}
	d.openCase(c)
	return d.in.ID
}

// askGrade says what was scanned, and asks how good it is.
func (d *decision) askGrade(b Back, why Reason) {
	about := func(v *Verdict) { v.SKU, v.Name, v.Qty, v.Marks, v.Case = b.SKU, b.Name, b.Qty, b.Marks, b.Case }
	q := Question{Code: CodeReturnUnit}
	for _, g := range b.May {
		if g.Grade != "" {
			q.Choices = append(q.Choices, Choice{N: len(q.Choices) + 1, Text: g.Grade, Command: &Command{Name: "grade", Value: g.Grade, N: b.N}})
		}
	}
	if len(q.Choices) > 0 {
		d.pose(q)
	}
	choices := func(v *Verdict) {
		if d.s.Question != nil {
			v.Choices = d.s.Question.Choices
		}
	}
	switch {
	case why == ReasonUnknown || why == ReasonUnitsOpen:
		d.sayReturn(Refused, CodeReturnUnit, about, withReason(why), choices)
	case b.Odd != "":
		d.sayReturn(Refused, b.Odd, about, withReason(why), choices)
	case d.s.Return.wantsSerial(b):
		d.sayReturn(Asked, CodeReturnSerial, about, withReason(ReasonWhichUnit), choices)
	default:
		d.sayReturn(Accepted, CodeReturnUnit, about, choices)
	}
}

// LineOf finds the line that units were sent on, or says why they were not.
func (r *Return) LineOf(b Back) (line string, odd Code, why Reason) {
	m := Marks{}
	if b.Marks != nil {
		m = *b.Marks
	}
	there, left := false, 0
	for _, l := range r.Sent.Lines {
		if l.SKU != b.SKU {
			continue
		}
		there = true
		free := l.Left() - r.Count(l.Line)
		left += free
		switch verdict, why := r.sameUnit(l, m); {
		case verdict != "":
			odd = verdict
			if why != "" {
				return "", odd, why
			}
		case free >= b.Qty:
			return l.Line, "", ""
		}
	}
	switch {
	case !there:
		return "", CodeReturnNotOurs, ReasonNotInParcel
	case odd != "":
		return "", odd, ""
	case r.allBack(b.SKU) && left <= 0:
		return "", CodeReturnTwice, ReasonPiece
	}
	return "", CodeReturnOver, ""
}

// allBack reports whether every unit of a product came back before, in other returns.
func (r *Return) allBack(sku string) bool {
	for _, l := range r.Sent.Lines {
		if l.SKU == sku && l.Left() > 0 {
			return false
		}
	}
	return true
}

// sameUnit compares serial and lot of a unit with those that were sent on a line. A line
// of which nothing is known takes any.
func (r *Return) sameUnit(l SentLine, m Marks) (odd Code, why Reason) {
	known := func(of func(Marks) string) bool {
		return slices.ContainsFunc(l.Marked, func(s Marked) bool { return of(s.Marks) != "" })
	}
	serial, lot := func(m Marks) string { return m.Serial }, func(m Marks) string { return m.Lot }
	same := func(s Marked) bool { return m.SameSerial(s.Marks) }
	switch {
	case m.Serial != "" && known(serial) && !slices.ContainsFunc(l.Marked, same):
		return CodeReturnSerial, ""
	case m.Serial != "" && slices.ContainsFunc(l.Gone, same):
		return CodeReturnTwice, ReasonSerials
	case m.Serial != "" && slices.ContainsFunc(r.Units, func(b Back) bool { return b.SKU == l.SKU && b.Marks != nil && b.Marks.SameSerial(m) }):
		return CodeReturnTwice, ReasonInParcel
	case m.Lot != "" && known(lot) && !slices.ContainsFunc(l.Marked, func(s Marked) bool { return strings.EqualFold(s.Lot, m.Lot) }):
		return CodeReturnLot, ""
	}
	return "", ""
}

// wantsSerial reports whether a unit's serial is known from its packing, and was not
// scanned yet.
func (r *Return) wantsSerial(b Back) bool {
	if r.Sent == nil || b.Odd != "" || b.Marks != nil && b.Marks.Serial != "" {
		return false
	}
	return slices.ContainsFunc(r.Sent.Lines, func(l SentLine) bool {
		return l.Line == b.Line && slices.ContainsFunc(l.Marked, func(m Marked) bool { return m.Serial != "" })
	})
}

// WantsSerial is the unit whose serial comes next, nil for none.
func (r *Return) WantsSerial() *Back {
	if r == nil || len(r.Units) == 0 {
		return nil
	}
	if b := &r.Units[len(r.Units)-1]; b.Grade == "" && r.wantsSerial(*b) {
		return b
	}
	return nil
}

// returnSerial is the serial of the unit that was scanned last: it is judged again.
func (d *decision) returnSerial(m Marks) {
	b := d.s.Return.WantsSerial()
	if b == nil {
		d.notNow(ReasonNoQuestion)
		return
	}
	again := Product{SKU: b.SKU, Name: b.Name, Factor: b.Qty, May: b.May, Marks: &m}
	if b.Marks != nil {
		both, _ := b.Marks.with(m)
		again.Marks = &both
	}
	d.emit(ReturnUnit{Return: d.s.Return.ID, Back: b.bare(), Gone: true})
	d.returnUnit(again)
}

// bare is the entry without what it might become.
func (b Back) bare() Back {
	b.May = nil
	return b
}

// named is what a person reads of marks: the serial, else the lot.
func (m Marks) named() string { return cmp.Or(m.Serial, m.Lot) }

// marks are the serials or lots of a product in the parcel.
func (s *Sent) marks(sku string) (out []string) {
	for _, l := range s.Lines {
		for _, m := range l.Marked {
			if m.SKU == sku && m.named() != "" && len(out) < mostCodes {
				out = append(out, m.named())
			}
		}
	}
	return out
}

// quarantine is where goods wait of which nobody knows yet what becomes of them.
const quarantine = "quarantine"

// cmdGrade says how good units are, or what becomes of them in spite of that. Where they
// lie already is taken back first, so that they lie in one place.
func (d *decision) cmdGrade(c Command) {
	r := d.s.Return
	b := r.InHand(c.N)
	if b == nil || !r.Known() {
		d.notNow(ReasonNoLine)
		return
	}
	i := slices.IndexFunc(b.May, func(g Grading) bool {
		if c.Name == "grade" {
			return g.Grade == c.Value && c.Value != ""
		}
		return g.Grade == "" && g.Disposition == c.Value && c.Value != ""
	})
	switch {
	case i < 0 && c.Name == "disposition":
		d.sayReturn(Refused, CodeReturnGraded, withReason(ReasonUnknown), withGiven(c.Value))
		return
	case i < 0:
		d.askGrade(*b, ReasonUnknown)
		return
	case c.Name == "disposition" && b.Grade == "":
		d.askGrade(*b, "")
		return
	}
	d.place(*b, r.Leads(*b, b.May[i]))
}

// Leads is where a grade or a disposition puts units, of those that they may get.
func (r *Return) Leads(b Back, g Grading) Grading {
	switch apart := slices.IndexFunc(b.May, func(g Grading) bool { return g.Grade == "" && g.Apart && g.Disposition == quarantine }); {
	case g.Grade == "":
		g.Grade, g.Unpaid = b.Grade, b.Unpaid
	case (b.Odd != "" || r.Sent == nil) && !g.Apart && g.Bin != "" && apart >= 0: // nobody knows where it comes from: a grade alone does not sell it
		to := b.May[apart]
		to.Grade, to.Unpaid = g.Grade, g.Unpaid
		g = to
	}
	return g
}

// place puts units where their grading says, and has the label printed that says so.
func (d *decision) place(b Back, g Grading) {
	r := d.s.Return
	if r.wantsSerial(b) && b.Case == "" { // nobody could read it: that it is the one is not proven
		b.Case = d.caseOf(CaseOpened{Kind: "return", Code: CodeReturnSerial, Order: r.Sent.Order, Parcel: r.Sent.Parcel, SKU: b.SKU, Reason: string(ReasonWhichUnit), Expected: r.Sent.marks(b.SKU)})
	}
	was := b.Grading
	d.giveUpPrints(putawayOf(r.ID, b.N), DocumentPutaway)
	b.Grading = g
	d.emit(ReturnGraded{Return: r.ID, Back: b.bare(), Was: was})
	d.printPutaway(b, 0)
	d.sayReturn(Accepted, CodeReturnGraded, func(v *Verdict) {
		v.SKU, v.Name, v.Qty, v.Case = b.SKU, b.Name, b.Qty, b.Case
		v.Grade, v.Disposition, v.Bin = g.Grade, g.Disposition, g.Bin
	})
}

func putawayOf(id string, n int) string { return id + "." + strconv.Itoa(n) }

func (d *decision) printPutaway(b Back, copies int) {
	of := Document{DocumentPutaway, putawayOf(d.s.Return.ID, b.N)}
	d.print(Effect{
		Document: of, Copy: copies, Return: d.s.Return.ID, Contents: []Content{{SKU: b.SKU, Qty: b.Qty}}, Grading: &b.Grading,
	}, "")
}

// reprintPutaway prints the label of the unit in hand again: it is of no parcel, and
// nothing is bought with it.
func (d *decision) reprintPutaway(c Command) {
	b := d.s.Return.InHand(0)
	for _, u := range slices.Backward(d.s.Return.Units) {
		if u.Grade != "" {
			b = &u
			break
		}
	}
	if b == nil || b.Grade == "" {
		d.notNow(ReasonNoLabel)
		return
	}
	if !d.may(people.Reprint, c) {
		return
	}
	d.giveUpPrints(putawayOf(d.s.Return.ID, b.N), DocumentPutaway)
	d.printPutaway(*b, 1)
	d.sayReturn(Info, CodePaper, withPaper(DocumentPutaway))
}
