package pack

import (
	"slices"

	"packbench/station/unit"
)

// Substitute is a product that may be sent in place of a line's own.
type Substitute struct {
	SKU     string    `json:"SKU"`
	Name    string    `json:"Name"`
	Picture string    `json:"Picture,omitempty"`
	Mass    unit.Mass `json:"Mass,omitempty"`
	Fragile bool      `json:"Fragile,omitempty"`
	Own     bool      `json:"Own,omitempty"` // ships in its own carton
	Needs   Needs     `json:"Needs,omitzero"`
}

// Instead is the line, and its product, in whose place something else is sent.
type Instead struct {
	Line string `json:"Line"`
	SKU  string `json:"SKU"`
	Name string `json:"Name,omitempty"`
}

// substitute is what a line says of a product that may be sent in its place, nil where
// that may not be.
func (l Line) substitute(sku string) *Substitute {
	i := slices.IndexFunc(l.Substitutes, func(s Substitute) bool { return s.SKU == sku })
	if i < 0 || l.Instead != nil {
		return nil
	}
	return &l.Substitutes[i]
}

// SubstituteLine is the line of what is sent in place of another one. It wants nothing of
// its own: each unit in it is one that its line no longer wants.
func SubstituteLine(l LineInfo, s Substitute) LineInfo {
	return LineInfo{
		ID: l.ID + "~" + s.SKU, SKU: s.SKU, Name: s.Name, Kind: l.Kind, Bin: "", Picture: s.Picture, Mass: s.Mass, Fragile: s.Fragile, Own: s.Own, Needs: s.Needs,
		Kit: l.Kit, Instead: &Instead{Line: l.ID, SKU: l.SKU, Name: l.Name},
	}
}

// offerSubstitute asks whether goods that the order does not want are sent in place of
// what it does, and reports whether it did: they are never taken without a word.
func (d *decision) offerSubstitute(p Product, units int) bool {
	q := Question{Code: CodeSubstitute}
	of := ""
	for i := range d.s.Work.Lines {
		l := d.s.Work.Lines[i]
		if l.substitute(p.SKU) == nil || l.Open()+l.LeftOut() < units {
			continue
		}
		answer := p
		answer.Factor, answer.Instead = units, l.ID
		text := l.Name
		if l.Kit != nil {
			text += " for " + l.Kit.Name
		}
		if of == "" {
			of = text
		}
		q.Choices = append(q.Choices, Choice{N: len(q.Choices) + 1, Text: p.Name + " in place of " + text, Meaning: &Meaning{Kind: MeansProduct, Product: &answer}})
	}
	if len(q.Choices) == 0 {
		return false
	}
	d.ask(q, func(v *Verdict) { v.SKU, v.Name, v.Qty, v.Instead = p.SKU, p.Name, units, of })
	return true
}

// substitute takes goods in place of those of a line, once somebody said so.
func (d *decision) substitute(p Product, how How) {
	l := d.s.Work.Line(p.Instead)
	if l == nil || l.substitute(p.SKU) == nil || l.Open()+l.LeftOut() < p.Factor {
		d.notNow(ReasonLine)
		return
	}
	s := *l.substitute(p.SKU)
	if d.tooHeavy(s.Mass * unit.Mass(p.Factor)) {
		d.say(Refused, CodeCartonFull, withLine(*l, 0), withCarton(d.s.Work.Parcel.Carton.ID))
		return
	}
	line := SubstituteLine(l.LineInfo, s)
	if d.sharesNoBox(Line{LineInfo: line}, p.Factor) {
		return
	}
	if d.s.Work.Line(line.ID) == nil {
		d.emit(SubstituteTaken{Line: line})
	}
	d.admit(p, how)
}

// insteadFits reports whether the line still wants what is sent in its place, and says so
// where it does not.
func (d *decision) insteadFits(p Product) bool {
	l := d.s.Work.Line(p.Instead)
	if l != nil && l.Open()+l.LeftOut() >= p.Factor {
		return true
	}
	d.notNow(ReasonLine)
	return false
}

// putInstead moves units of a substitute into its line.
func (d *decision) putInstead(p Product, how How) (line string, qty int) {
	l := *d.s.Work.Line(p.Instead)
	if l.Open() < p.Factor {
		d.openAgain(l)
	}
	line = SubstituteLine(l.LineInfo, Substitute{SKU: p.SKU}).ID
	if in := d.s.Work.Line(line); in != nil {
		d.unboxed(*in)
	}
	d.moved(Action{Line: line, SKU: p.SKU, Qty: p.Factor, How: how, Marks: p.Marks})
	return line, p.Factor
}

// wantInstead has a line want as much less as lies in the line of its substitute more.
func (w *Work) wantInstead(l *Line, n int) {
	if l.Instead == nil {
		return
	}
	l.Qty += n
	if of := w.Line(l.Instead.Line); of != nil {
		of.Qty -= n
	}
}

// stillInstead has lines of substitutes want again what is in them, after the shop's new
// version said how much the order wants of what it names itself.
func (w *Work) stillInstead() {
	for i := range w.Lines {
		l := &w.Lines[i]
		if l.Instead == nil {
			continue
		}
		if of := w.Line(l.Instead.Line); of != nil {
			if n := min(l.In+l.Packed-l.Qty, of.Qty-of.In-of.Packed); n > 0 {
				w.wantInstead(l, n)
			}
		}
	}
}

// ordered is the line and the product that the order has in place of a content.
func (c Content) ordered() (line, sku string) {
	if c.Instead != nil {
		return c.Instead.Line, c.Instead.SKU
	}
	return c.Line, c.SKU
}

// add gives the work a line more.
func (w *Work) add(l LineInfo) {
	if w != nil {
		w.Lines = append(w.Lines, Line{LineInfo: l})
	}
}
