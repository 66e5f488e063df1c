package intake

import (
	"cmp"
	"math/big"

	"packbench/station"
	"packbench/station/unit"
)

// What a unit cost in the end is not written in Shopify's export. "Lineitem
// price" is the price of one unit before any discount. "Lineitem discount" is
// what was taken off the whole line, not off each unit. A discount of the order,
// such as a code, stands only in its first row: "Discount Amount" is what it was
// worth, and "Subtotal" is what all lines together cost after all discounts,
// before shipping and taxes. "Discount Amount" may have discounts of lines, or
// the shipping that a code made free, in it; so Subtotal says what was paid, and
// only without it what Discount Amount has beyond the lines' own discounts is
// taken off. The order's discount is shared among its lines by what they cost,
// those that need no packing too. A unit's price is rounded to the minor unit,
// halves up: the units of a line may add up to a little more or less than it.

// bill is what the rows of an order say of its prices.
type bill struct {
	lines    []billed
	subtotal unit.Money // no currency: not told
	discount unit.Money // of the order
	partial  bool       // a line has no price that can be read
}

// billed is one line: of Line in the order, or of something that is not packed.
type billed struct {
	line int // index, -1 for goods that are not packed
	qty  int
	cost unit.Money // of all units, after the line's own discount
	off  int64      // that discount, minor units
	each unit.Money // what the shop shows for one unit
}

// cost reads what a line costs; no price gives no currency.
func (d *draft) cost(r row, qty int, o Options) (billed, error) {
	out := billed{line: -1, qty: qty}
	if total, err := d.price(r, "line total", o); err != nil || total.Currency != "" {
		out.cost = total
		return out, err
	}
	price, err := d.price(r, "price", o)
	if err != nil || price.Currency == "" {
		return out, err
	}
	off, err := d.price(r, "line discount", o)
	if err != nil {
		return out, err
	}
	whole := price.Minor * int64(qty) // both are bounded
	if off.Minor > whole {
		return out, r.fail("line discount", "%q is more than the line costs", short(r.text("line discount")))
	}
	out.each = price
	out.cost, out.off = unit.Money{Minor: whole - off.Minor, Currency: price.Currency}, off.Minor
	return out, nil
}

// unpacked counts a line that is not packed in: it has its share of the
// order's discount. What cannot be read of it holds nothing up.
func (d *draft) unpacked(r row, o Options) {
	n, err := qty(r, "qty")
	if err == nil {
		var b billed
		if b, err = d.cost(r, n, o); err == nil {
			d.bill.add(b)
		}
	}
	d.bill.partial = d.bill.partial || err != nil
}

func (b *bill) add(line billed) {
	if line.cost.Currency == "" || len(b.lines) > 0 && b.lines[0].cost.Currency != line.cost.Currency {
		b.partial = true
	}
	b.lines = append(b.lines, line)
}

// told completes what the customer was told by what the kind of file calls its own way.
func (b *bill) told(o *station.Order) {
	if b.subtotal.Currency != "" {
		o.Bill.Subtotal, o.Bill.Off = b.subtotal, true
		o.Bill.Discount = b.discount
	}
	if o.Bill != (station.Bill{}) {
		o.Bill.Total = o.Value
	}
}

// prices gives the lines of an order the price of one unit.
func (b *bill) prices(lines []station.Line) {
	paid, whole := b.share()
	for _, l := range b.lines {
		if l.line < 0 || l.cost.Currency == "" {
			continue
		}
		twice := new(big.Int).Mul(big.NewInt(2*l.cost.Minor), paid)
		units := new(big.Int).Mul(whole, big.NewInt(int64(l.qty)))
		twice.Add(twice, units) // halves up
		price := twice.Quo(twice, units.Lsh(units, 1))
		lines[l.line].Price = unit.Money{Minor: price.Int64(), Currency: l.cost.Currency}
		if l.each.Currency != "" && l.each != lines[l.line].Price {
			lines[l.line].Listed = l.each
		}
	}
}

// share returns which part of their cost the lines cost after the order's
// discount: so much of so much, both above zero or the first zero.
func (b *bill) share() (paid, whole *big.Int) {
	one := big.NewInt(1)
	sum, off, currency := new(big.Int), new(big.Int), ""
	for _, l := range b.lines {
		sum.Add(sum, big.NewInt(l.cost.Minor))
		off.Add(off, big.NewInt(l.off))
		currency = cmp.Or(currency, l.cost.Currency)
	}
	if b.partial {
		return one, one
	}
	left := new(big.Int).Set(sum)
	switch {
	case b.subtotal.Currency == currency:
		left.SetInt64(b.subtotal.Minor)
	case b.subtotal.Currency == "" && b.discount.Currency == currency:
		if more := new(big.Int).Sub(big.NewInt(b.discount.Minor), off); more.Sign() > 0 {
			left.Sub(sum, more)
		}
	}
	switch {
	case left.Sign() < 0:
		return new(big.Int), one
	case left.Cmp(sum) >= 0:
		return one, one
	}
	return left, sum
}
