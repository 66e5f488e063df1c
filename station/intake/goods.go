package intake

import (
	"cmp"
	"slices"
	"strconv"
	"unicode/utf8"

	"packbench/station"
	"packbench/station/unit"
)

// goods reads what is to be packed of a row.
func (d *draft) goods(r row, p *profile, o Options, rep *Report) error {
	rows := []row{r}
	if p.cells != nil {
		rows = p.cells(r)
	}
	for _, r := range rows {
		if err := d.item(r, p, o, rep); err != nil {
			return err
		}
	}
	return nil
}

// item reads one line.
func (d *draft) item(r row, p *profile, o Options, rep *Report) error {
	line := station.Line{Kind: station.Goods}
	var err error
	for _, f := range []struct {
		name string
		to   *string
		most int
	}{{"note", &line.Text, 500}, {"bin", &line.Bin, 60}, {"line", &line.ID, 40}} {
		if *f.to, err = r.long(f.name, f.most); err != nil {
			return err
		}
	}
	sku := r.either("sku")
	switch {
	case sku == "" && p == &plainProfile && line.Text != "":
		line.Kind, line.Qty = station.Note, 1
		return d.line(r, line)
	case p.line != "" && r.text(p.line) == "", p != &plainProfile && sku == "" && r.text("item") == "" && r.text("qty") == "":
		d.stoppedLines(r, p)
		return nil // the row tells of its order only
	}
	if stays, err := d.stays(r, p); stays || err != nil {
		if err == nil {
			d.left = true
			d.unpacked(r, o)
		}
		return err
	}
	if sku == "" && p != &plainProfile {
		return r.fail("sku", "the line item %q has no SKU; give it one in the shop", short(r.text("item")))
	}
	if line.SKU, err = product(r, "sku", sku, o); err != nil {
		return err
	}
	if line.Substitutes, err = substitutes(r, line.SKU); err != nil {
		return err
	}
	ordered, err := qty(r, "qty")
	if err != nil {
		return err
	}
	if line.Qty, err = remaining(r, ordered); err != nil {
		return err
	}
	cost, err := d.cost(r, ordered, o)
	if err != nil && p.loose {
		rep.warn(r, "price", "%v: it is left out", err)
		cost, err = billed{line: -1, qty: ordered}, nil
	}
	if err != nil {
		return err
	}
	if line.Qty == 0 {
		d.left = true
		d.bill.add(cost)
		return nil
	}
	if err := d.line(r, line); err != nil {
		return err
	}
	cost.line = len(d.Lines) - 1
	d.bill.add(cost)
	return nil
}

// stays reports whether goods need no packing: they are not sent at all, or sent
// already. Of an order that is done with, all is kept as it was.
func (d *draft) stays(r row, p *profile) (bool, error) {
	if needs := r.text("needs shipping"); needs != "" {
		ships, err := r.yes("needs shipping")
		if err != nil || !ships {
			return err == nil, err
		}
	}
	if d.Status == station.OrderDone {
		return false, nil
	}
	return p.sent(r)
}

// remaining is how many of the units ordered are still to be packed.
func remaining(r row, ordered int) (int, error) {
	n := ordered
	for _, name := range []string{"left", "refunded"} {
		if r.text(name) == "" {
			continue
		}
		have, err := r.whole(name)
		if err != nil {
			return 0, err
		}
		if name == "refunded" {
			have = n - max(have, -have)
		}
		if n = have; n < 0 || n > ordered {
			return 0, r.fail(name, "%q does not fit the quantity of %d", short(r.text(name)), ordered)
		}
	}
	return n, nil
}

// price reads what one unit costs, in the row's currency, else the order's.
func (d *draft) price(r row, column string, o Options) (unit.Money, error) {
	return r.amount(column, cmp.Or(r.text("currency"), d.currency), o)
}

// line puts a line into the order and gives it an id of its own.
func (d *draft) line(r row, line station.Line) error {
	taken := func(id string) bool {
		return slices.ContainsFunc(d.Lines, func(l station.Line) bool { return l.ID == id })
	}
	if line.ID == "" {
		n := len(d.Lines) + 1
		for taken(strconv.Itoa(n)) {
			n++
		}
		line.ID = strconv.Itoa(n)
	} else if taken(line.ID) {
		return r.fail("line", "order %s has a line %q already", d.ID, short(line.ID))
	}
	if len(d.Lines) >= 2000 {
		return r.fail("order", "order %s has more than 2000 lines", d.ID)
	}
	d.Lines = append(d.Lines, line)
	return nil
}

// product finds the SKU that a row means.
func product(r row, column, word string, o Options) (string, error) {
	switch {
	case word == "":
		return "", r.fail(column, "it is empty")
	case utf8.RuneCountInString(word) > 100:
		return "", r.fail(column, "longer than 100 characters")
	}
	word, err := r.exact(column, word)
	if err != nil || o.Product == nil {
		return word, err
	}
	sku, ok := o.Product(word)
	if !ok {
		return "", r.fail(column, "the catalogue has no product %q; import the products first", short(word))
	}
	return sku, nil
}

func qty(r row, column string) (int, error) {
	if r.text(column) == "" {
		return 0, r.fail(column, "it is empty")
	}
	n, err := r.whole(column)
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, r.fail(column, "the quantity is 0")
	case n < 0:
		return 0, r.fail(column, "the quantity %d is below zero", n)
	case n > MaxQty:
		return 0, r.fail(column, "the quantity %d is more than %d", n, MaxQty)
	}
	return n, nil
}
