package intake

import (
	"fmt"
	"hash/maphash"
	"strings"

	"packbench/station"
)

// spare gives away the orders that no row to come can touch, once many are held. A
// row that cannot be read may still belong to the one before it.
func (b *orders) spare(rep *Report) error {
	if b.held < b.full {
		return nil
	}
	var open []*draft
	for _, d := range b.items {
		if d == b.last || d.end >= rep.Read {
			open = append(open, d)
			continue
		}
		b.held -= d.held
		delete(b.index, d.ID)
		if err := b.give(d, rep); err != nil {
			return err
		}
	}
	b.items = open
	if b.held > maxHeld {
		return fmt.Errorf("%w: the rows of one order do not stand together, and there are more than %d MB of them; sort the file by the order number, or cut it into several", ErrTooLarge, maxHeld>>20)
	}
	b.full = b.held + fullAt
	return nil
}

// done gives away the orders that are left.
func (b *orders) done(rep *Report) ([]station.Order, error) {
	for _, d := range b.items {
		if err := b.give(d, rep); err != nil {
			return nil, err
		}
	}
	b.gaps.tell(rep)
	return nil, nil
}

// give gives an order away. One that lost a row is held: packing the rest as if it
// were all would be a wrong parcel. One that has nothing to pack is given away too,
// as done or held, because it may be known here as it was before.
func (b *orders) give(d *draft, rep *Report) error {
	b.state(d, rep)
	d.bill.partial = d.bill.partial || d.fault != ""
	d.bill.prices(d.Lines)
	d.bill.told(&d.Order)
	d.identify()
	d.place(rep)
	b.gaps.see(d)
	return b.each(d.Order)
}

// state decides whether an order may be packed, and says why not.
func (b *orders) state(d *draft, rep *Report) {
	d.joined(rep)
	if d.fault != "" && b.bad != nil {
		b.bad[maphash.String(b.seed, d.ID)] = true
	}
	d.silent(b.profile, b.at)
	goods := d.HasGoods()
	switch {
	case d.Status != station.OrderOpen:
	case d.fault != "":
		d.Status, d.Reason = station.OrderHeld, d.fault
	case !goods && d.left:
		d.Status, d.Reason = station.OrderDone, "nothing of it needs packing"
	case !goods:
		d.Status, d.Reason = station.OrderHeld, "it has no lines to pack"
	}
	if d.Status == station.OrderOpen {
		return
	}
	if d.Reason == "" {
		d.Reason = string(d.Status) + " by the shop"
	}
	if d.fault == "" || goods || b.profile != &plainProfile { // else its rows are told of
		rep.leave(d)
	}
}

// gaps are the orders that are to be sent, but not whereto. They are taken: they
// can be packed, and the shop may complete them meanwhile.
type gaps struct {
	home      string // the country that parcels leave from
	first     int    // row of the first order that is to be sent
	addressed bool
	list      []Rejection
}

func (g *gaps) see(d *draft) {
	if d.Status != station.OrderOpen && d.Status != station.OrderHeld {
		return
	}
	if g.first == 0 {
		g.first = d.firstRow
	}
	g.addressed = g.addressed || !d.To.Nowhere()
	if script := d.To.UnreadFrom(g.home); script != "" && len(g.list) < maxListed {
		g.list = append(g.list, Rejection{Row: d.firstRow, Column: "order", Reason: fmt.Sprintf(
			"the address of order %s is in %s letters only: sorters and customs abroad need its Latin form too, in the columns latin name, latin street and latin city", d.Called(), script)})
	}
	text := strings.Join(d.To.Gaps(), ", no ")
	switch {
	case text == "" || len(g.list) >= maxListed:
		return
	case d.To.Nowhere():
		text = fmt.Sprintf("order %s has no address: without one there is no label", d.Called())
	case d.To.Country == "":
		text = fmt.Sprintf("the address of order %s has no %s: without a country no carrier can be chosen", d.Called(), text)
	default:
		text = fmt.Sprintf("the address of order %s has no %s: the parcel may not arrive", d.Called(), text)
	}
	g.list = append(g.list, Rejection{Row: d.firstRow, Column: "order", Reason: text})
}

func (g *gaps) tell(rep *Report) {
	if g.first != 0 && !g.addressed {
		rep.note(g.first, "country", "no order of this file has an address: without one there is no label")
		return
	}
	for _, gap := range g.list {
		rep.note(gap.Row, gap.Column, gap.Reason)
	}
}
