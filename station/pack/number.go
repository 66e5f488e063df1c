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
func (s Shown) Called() string { return cmp.Or(s.Number, s.Order) }

// Called is what people call the order.
func (l Loaded) Called() string { return cmp.Or(l.Number, l.Order) }

// ParcelCalled is what people call the parcel.
func (s Shown) ParcelCalled() string { return station.ParcelName(s.Parcel, s.Order, s.Number) }

// ParcelCalled is what people call the parcel.
func (l Loaded) ParcelCalled() string { return station.ParcelName(l.Parcel, l.Order, l.Number) }

// ParcelCalled is what people call the parcel.
func (p ParcelRef) ParcelCalled() string { return station.ParcelName(p.ID, p.Order, p.Number) }

// ParcelCalled is what people call the open parcel.
func (w *Work) ParcelCalled() string { return station.ParcelName(w.Parcel.ID, w.Order, w.Number) }

// Called is what people call the order.
func (w *Work) Called() string { return cmp.Or(w.Number, w.Order) }

// ForPeople is the verdict with what people call its orders and its parcel in
// place of their ids.
func (v Verdict) ForPeople() Verdict {
	order, other := cmp.Or(v.Number, v.Order), cmp.Or(v.OtherNumber, v.OtherOrder)
	if order == other && v.Order != v.OtherOrder { // called so at different times
		return v
	}
	v.Parcel = station.ParcelName(v.Parcel, v.Order, v.Number)
	v.Order, v.OtherOrder, v.Number, v.OtherNumber = order, other, "", ""
	return v
}

// number returns what people call an order, "" where that is its id.
func (d *decision) number(order string) string {
	if order == "" {
		return ""
	}
	if w := d.s.Work; w != nil && w.Order == order {
		return w.Number
	}
	n := numbering{order: order}
	n.state(d.was)
	n.state(d.s)
	switch e := d.in.Event.(type) {
	case OrderRefused:
		n.see(e.Order, e.Number)
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

// numbering looks for the number of an order wherever one is.
type numbering struct{ order, number string }

func (n *numbering) see(order, number string) {
	if order == n.order && number != "" {
		n.number = number
	}
}

func (n *numbering) state(s State) {
	if s.Work != nil {
		n.see(s.Work.Order, s.Work.Number)
	}
	for _, w := range s.Parked {
		n.see(w.Order, w.Number)
	}
	if s.Closed != nil {
		n.see(s.Closed.Order, s.Closed.Number)
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
	if s.Return != nil && s.Return.Sent != nil {
		n.see(s.Return.Sent.Order, s.Return.Sent.Number)
	}
	for _, r := range s.Returns {
		if r.Sent != nil {
			n.see(r.Sent.Order, r.Sent.Number)
		}
	}
	if s.Wanted != nil {
		n.command(&s.Wanted.Action)
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

func (n *numbering) command(c *Command) {
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

func (n *numbering) meaning(m Meaning) {
	for _, h := range m.Orders {
		n.see(h.ID, h.Number)
	}
	if m.Parcel != nil {
		n.see(m.Parcel.Order, m.Parcel.Number)
	}
	if m.Sent != nil {
		n.see(m.Sent.Order, m.Sent.Number)
	}
	n.command(m.Command)
}
