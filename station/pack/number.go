package pack

import (
	"cmp"

	"packbench/station"
)

// Everything that belongs to an order is kept by its identity. What people call
// the order travels beside that as Number, where it is another text: its number,
// with the shop where two orders have that.

// Called is what people call the order.
func (h OrderHint) Called() string { return cmp.Or(h.Number, h.ID) }

// Called is what people call the order.
func (w *Work) Called() string { return cmp.Or(w.Number, w.Order) }

// Called is what people call the order of the verdict.
func (v Verdict) Called() string { return cmp.Or(v.Number, v.Order) }

// OtherCalled is what people call the other order of the verdict.
func (v Verdict) OtherCalled() string { return cmp.Or(v.OtherNumber, v.OtherOrder) }

// ParcelCalled is what people call the parcel of the verdict.
func (v Verdict) ParcelCalled() string { return station.ParcelName(v.Parcel, v.Order, v.Number) }

// Called is what people call an order that the state speaks of.
func (s State) Called(order string) string {
	if s.Work != nil && s.Work.Order == order {
		return s.Work.Called()
	}
	n := named{order: order}
	n.state(s)
	return cmp.Or(n.number, order)
}

// number returns what people call an order, "" where that is its id.
func (d *decision) number(order string) string {
	if order == "" {
		return ""
	}
	if w := d.s.Work; w != nil && w.Order == order {
		return w.Number
	}
	n := named{order: order}
	n.state(d.was)
	n.state(d.s)
	switch e := d.in.Event.(type) {
	case OrderReady:
		n.see(e.Order.ID, e.Order.Number)
	case OrderRefused:
		n.see(e.Order, e.Number)
	case ShopChanged:
		n.see(e.Order.ID, e.Order.Number)
	case ParcelClaimed:
		n.see(e.Parcel.Order, e.Parcel.Number)
	case Command:
		n.command(&e)
	case Scanned:
		for _, m := range e.Meanings {
			n.meaning(m)
		}
	}
	return n.number
}

// named looks for the number of an order wherever one is.
type named struct{ order, number string }

func (n *named) see(order, number string) {
	if order == n.order && number != "" {
		n.number = number
	}
}

func (n *named) state(s State) {
	if s.Work != nil {
		n.see(s.Work.Order, s.Work.Number)
	}
	for _, w := range s.Parked {
		n.see(w.Order, w.Number)
	}
	for _, e := range s.Pending {
		n.see(e.Order, e.Number)
	}
	if s.Shown != nil {
		n.see(s.Shown.Order, s.Shown.Number)
	}
	if s.Loading != nil {
		for _, p := range s.Loading.Parcels {
			n.see(p.Order, p.Number)
		}
	}
	if s.Question != nil {
		for _, c := range s.Question.Choices {
			n.command(c.Command)
			if c.Meaning != nil {
				n.meaning(*c.Meaning)
			}
		}
	}
}

func (n *named) command(c *Command) {
	if c == nil {
		return
	}
	for _, h := range c.Orders {
		n.see(h.ID, h.Number)
	}
	for _, p := range c.Parcels {
		n.see(p.Order, p.Number)
	}
	if c.Parcel != nil {
		n.see(c.Parcel.Order, c.Parcel.Number)
	}
}

func (n *named) meaning(m Meaning) {
	for _, h := range m.Orders {
		n.see(h.ID, h.Number)
	}
	if m.Parcel != nil {
		n.see(m.Parcel.Order, m.Parcel.Number)
	}
	n.command(m.Command)
}
