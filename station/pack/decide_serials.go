package pack

import "slices"

// marks are those of all the units.
func (p Product) marks() (m Marks) {
	if p.Marks != nil {
		m = *p.Marks
	}
	return m
}

// units are each of those that have a serial of their own, or all of them together.
func (p Product) units() []Product {
	if len(p.Serials) == 0 {
		return []Product{p}
	}
	var out []Product
	for _, serial := range p.Serials {
		m := p.marks()
		m.Serial = serial
		one := p
		one.Factor, one.Marks, one.Serials = 1, &m, nil
		out = append(out, one)
	}
	return out
}

// answeredSerials takes the serials of several units, each its own, and reports whether
// that is answered: with something else than one for each of them, or with the code of
// one of them, which is packed alone.
func (d *decision) answeredSerials(q Question, held *Product, p Product) (done bool) {
	several := q.Code == CodeSerialNeeded && q.How != ByRemove && p.SKU == held.SKU && (held.Factor > 1 || len(p.Serials) > 0)
	switch {
	case !several:
		return false
	case held.Factor > 1 && p.marks().GTIN != "" && len(p.Serials) == 0:
		d.emit(QuestionClosed{})
		d.product(p)
		return true
	case len(p.Serials) == 0 && p.marks().Serial == "": // a lot, a day
		return false
	case held.Factor > 1 && held.Factor != len(p.Serials):
		d.ask(q, d.ofItem(*held), withReason(ReasonSerialCount))
		return true
	}
	held.Serials, held.Factor = p.Serials, len(p.Serials)
	return false
}

// partOfLabel takes a code that says of units what their own code did not: the other code
// of one label, which is read right after it. Whatever speaks against such units turns
// them away now.
func (d *decision) partOfLabel(p Product) {
	sku, units, before, found := d.s.Work.LastScanned()
	both, clash := before.with(p.marks())
	switch {
	case !found || sku != p.SKU || clash || units > 1 && both.Serial != "":
		d.unknown(Scanned{Problem: string(ReasonLabelPart)})
		return
	case both == before:
		d.say(Info, CodeItem, d.ofItem(p))
		return
	}
	for _, a := range slices.Backward(d.s.Work.lastStep()) {
		d.emit(UnitsMoved{Action{ID: d.in.ID, Line: a.Line, SKU: a.SKU, Qty: -a.Qty, How: ByUndo, Marks: a.Marks}})
	}
	d.afterContents()
	p.Factor, p.Marks = units, &both
	d.admit(p, ByScan)
}

// LastScanned is what was scanned into the parcel last, where nothing was done since.
func (w *Work) LastScanned() (sku string, units int, marks Marks, found bool) {
	if w == nil {
		return "", 0, marks, false
	}
	for i, a := range w.lastStep() {
		m := Marks{}
		if a.Marks != nil {
			m = *a.Marks
		}
		if a.How != ByScan || a.Qty < 1 || i > 0 && (a.SKU != sku || m != marks) {
			return "", 0, Marks{}, false
		}
		sku, units, marks, found = a.SKU, units+a.Qty, m, true
	}
	return sku, units, marks, found
}
