package shoptest

import (
	"fmt"
	"maps"
	"slices"

	"packbench/station"
	"packbench/station/shop"
)

// parcel is a shipment of some units of an order: of everything, or of so many of
// each product.
func (x *trial) parcel(o shop.Order, tracking string, only map[string]int) shop.Shipment {
	p := shop.Shipment{
		Key: "parcel-" + tracking, Order: o.Own, Number: o.Number, Tracking: tracking,
		Carrier: "dhl", Name: "DHL", Link: "https://example.com/track/" + tracking, At: x.clock(),
	}
	rest := maps.Clone(only)
	for _, l := range goods(o) {
		n := l.Qty
		if only != nil {
			n = min(n, rest[l.SKU])
			rest[l.SKU] -= n
		}
		p.Part = p.Part || n < l.Qty
		if n > 0 {
			p.Lines = append(p.Lines, shop.Units{Line: l.ID, SKU: l.SKU, Qty: n})
		}
	}
	return p
}

// send tells the shop of a parcel as the bench does: where it is not known whether it
// was done, that is found out before it is told again. It reports whether the shop has
// the parcel.
func (x *trial) send(s shop.Shop, p shop.Shipment) bool {
	x.Helper()
	for range mostTries {
		before := x.count(p.Order, p.Tracking)
		id, err := s.Ship(x.Context(), p)
		x.clean(err)
		now := x.count(p.Order, p.Tracking)
		switch {
		case now > 1:
			x.Fatalf("the parcel %s is in the shop %d times", p.Tracking, now)
		case err == nil:
			if now != 1 || id == "" {
				x.Errorf("the parcel %s was sent as %q, the shop has %d", p.Tracking, id, now)
			}
			return true
		case shop.NotDone(err) && now != before:
			x.Fatalf("the parcel %s: %v (%T), but it was done", p.Tracking, err, err)
		case is[*shop.Changed](err) || shop.Hopeless(err):
			return false
		case shop.NotDone(err):
			x.pause(err)
			continue
		}
		if x.has(s, p) {
			return true
		}
	}
	x.Fatalf("the parcel %s cannot be sent", p.Tracking)
	return false
}

// has asks whether the shop knows a parcel, and holds that against what it has.
func (x *trial) has(s shop.Shop, p shop.Shipment) bool {
	x.Helper()
	said := 0
	for _, got := range x.shipped(s, p.Order) {
		if got.Tracking == p.Tracking {
			said++
		}
	}
	if real := x.count(p.Order, p.Tracking); said != real {
		x.Errorf("the client says that the parcel %s is in the shop %d times, it is %d times", p.Tracking, said, real)
	}
	return said > 0
}

// contents are the units of an order that left in a parcel.
func (x *trial) contents(order, tracking string) map[string]int {
	for _, p := range x.sim.Parcels(order) {
		if p.Tracking == tracking {
			return p.Units
		}
	}
	return nil
}

func (x *trial) whole() {
	s := x.client()
	id := x.place(2, 1)
	o := x.fresh(s, id)
	if p := x.parcel(o, "T-1", nil); !x.send(s, p) {
		x.Fatal("the parcel was refused")
	}
	if got, want := x.contents(id, "T-1"), map[string]int{sku(1): 2, sku(2): 1}; !maps.Equal(got, want) {
		x.Errorf("the parcel holds %v, want %v", got, want)
	}
	after := x.fresh(s, id)
	if after.Status != station.OrderDone || len(after.Sent) != 1 || after.Sent[0].Tracking != "T-1" {
		x.Errorf("after it the order is %s, sent %+v", after.Status, after.Sent)
	}
	told, by := x.sim.Mails(), 0 // by itself
	if s.Can().Loud {
		by = 1
	}
	if told > by {
		x.Errorf("%d mails went to the buyer, none was asked for", told)
	}
	p := x.parcel(x.fresh(s, x.place(1)), "T-2", nil)
	p.Notify = true
	x.send(s, p)
	if got := x.sim.Mails() - told; got < 1 || got > 1+by {
		x.Errorf("%d mails went to the buyer, one was asked for", got)
	}
}

func (x *trial) parts() {
	s := x.client()
	id := x.place(3, 2)
	o := x.fresh(s, id)
	if !s.Can().Part {
		_, err := s.Ship(x.Context(), x.parcel(o, "T-1", map[string]int{sku(1): 1}))
		if err == nil || !shop.NotDone(err) || x.count(id, "T-1") != 0 {
			x.Errorf("a part of an order, which the shop cannot take: %v (%T)", err, err)
		}
		return
	}
	first := map[string]int{sku(1): 1, sku(2): 2}
	if !x.send(s, x.parcel(o, "T-1", first)) {
		x.Fatal("the first parcel was refused")
	}
	if got := x.contents(id, "T-1"); !maps.Equal(got, first) {
		x.Errorf("the first parcel holds %v, want %v", got, first)
	}
	o = x.fresh(s, id)
	if got := units(o); o.Status != station.OrderOpen || !maps.Equal(got, map[string]int{sku(1): 2}) {
		x.Fatalf("after the first parcel the order is %s with %v to pack, want 2 of %s", o.Status, got, sku(1))
	}
	if len(o.Sent) != 1 || o.Sent[0].Tracking != "T-1" || len(o.Sent[0].Lines) != 2 {
		x.Errorf("after the first parcel the order says %+v was sent", o.Sent)
	}
	if !x.send(s, x.parcel(o, "T-2", nil)) {
		x.Fatal("the second parcel was refused")
	}
	if got := x.contents(id, "T-2"); !maps.Equal(got, map[string]int{sku(1): 2}) {
		x.Errorf("the second parcel holds %v", got)
	}
	if o = x.fresh(s, id); o.Status != station.OrderDone || len(x.shipped(s, id)) != 2 {
		x.Errorf("after both parcels the order is %s with %d shipments", o.Status, len(x.shipped(s, id)))
	}
}

// impossible sends what the shop must not take: nothing may have been done then.
func (x *trial) impossible() {
	s := x.client()
	for what, spoil := range map[string]func(id string, p *shop.Shipment){
		"cancelled meanwhile":   func(id string, _ *shop.Shipment) { x.sim.Cancel(id) },
		"held meanwhile":        func(id string, _ *shop.Shipment) { x.sim.Hold(id, "Fraud suspected") },
		"sent meanwhile":        func(id string, _ *shop.Shipment) { x.sim.SendElsewhere(id, "ELSE-1") },
		"one paid back":         func(id string, _ *shop.Shipment) { x.sim.Refund(id, 0, 1) },
		"one less":              func(id string, _ *shop.Shipment) { x.sim.Change(id, 0, 1) },
		"too many":              func(_ string, p *shop.Shipment) { p.Lines[0].Qty = 3 },
		"a line that isn't one": func(_ string, p *shop.Shipment) { p.Lines[0].Line = "999999999" },
	} {
		id := x.place(2)
		p := x.parcel(x.fresh(s, id), "T-1", nil)
		spoil(id, &p)
		_, err := s.Ship(x.Context(), p)
		x.clean(err)
		if err == nil || !is[*shop.Changed](err) && !shop.Hopeless(err) {
			x.Errorf("%s: %v (%T), want *shop.Changed or *shop.Refused", what, err, err)
		}
		if n := x.count(id, "T-1"); n != 0 {
			x.Errorf("%s: the parcel is in the shop", what)
		}
	}
}

func (x *trial) elsewhere() {
	s := x.client()
	id := x.place(2)
	o := x.fresh(s, id)
	x.sim.SendElsewhere(id, "ELSE-7")
	got := x.fresh(s, id)
	if got.Status != station.OrderDone || len(got.Sent) != 1 || got.Sent[0].Tracking != "ELSE-7" {
		x.Errorf("somebody else sent it: %s, sent %+v", got.Status, got.Sent)
	}
	if x.send(s, x.parcel(o, "T-1", nil)) || len(x.sim.Parcels(id)) != 1 {
		x.Errorf("the order left twice: %v", x.sim.Parcels(id))
	}
}

func (x *trial) takenBack() {
	s := x.client()
	id := x.place(2)
	p := x.parcel(x.fresh(s, id), "T-1", nil)
	x.send(s, p)
	if !s.Can().Unship {
		if err := s.Unship(x.Context(), p); !is[*shop.Refused](err) {
			x.Errorf("taking back, which the shop cannot: %v (%T), want *shop.Refused", err, err)
		}
		return
	}
	known := x.shipped(s, id)[0]
	for n, way := range []shop.Shipment{p, {Order: id, Number: p.Number, ID: known.ID, Tracking: "T-1"}} {
		if n > 0 {
			if !x.send(s, x.parcel(x.fresh(s, id), "T-1", nil)) {
				x.Fatal("what was taken back cannot be sent again")
			}
			if o := x.fresh(s, id); o.Status != station.OrderDone {
				x.Errorf("taken back and sent again, the order is %s for the reason %q", o.Status, o.Reason)
			}
			way.ID = x.shipped(s, id)[0].ID
		}
		for turn := range 2 {
			if err := s.Unship(x.Context(), way); err != nil {
				x.Errorf("way %d, time %d: %v (%T)", n, turn, err, err)
			}
		}
		if o := x.fresh(s, id); len(x.sim.Parcels(id)) != 0 || units(o)[sku(1)] != 2 || len(x.shipped(s, id)) != 0 {
			x.Errorf("way %d: after taking back the shop has %v, the order is %s with %v", n, x.sim.Parcels(id), o.Status, units(o))
		}
	}
}

// shipFaults has every request of a shipment go wrong in every way.
func (x *trial) shipFaults() {
	n := 0
	for _, part := range []bool{false, true} {
		if part && !x.client().Can().Part {
			continue
		}
		x.faults(fmt.Sprintf("ship, part %v", part), func(x *trial) func() {
			n++
			s, id, tracking := x.client(), x.place(4, 2), fmt.Sprintf("T-%d", n)
			want := map[string]int{sku(1): 4, sku(2): 2}
			if part {
				want = map[string]int{sku(1): 1}
			}
			p := x.parcel(x.fresh(x.client(), id), tracking, want)
			return func() {
				if !x.send(s, p) {
					x.Error("the parcel was refused")
				}
				if got := x.sim.Parcels(id); len(got) != 1 || got[0].Tracking != tracking || !maps.Equal(got[0].Units, want) {
					x.Errorf("the shop has %v, want one parcel of %v", got, want)
				}
				if got := x.shipped(s, id); len(got) != 1 || !slices.ContainsFunc(got, func(g shop.Shipment) bool { return g.Tracking == tracking }) {
					x.Errorf("the client says that %v was sent", got)
				}
			}
		})
	}
}

func (x *trial) unshipFaults() {
	if !x.client().Can().Unship {
		return
	}
	n := 0
	x.faults("unship", func(x *trial) func() {
		n++
		s, id := x.client(), x.place(2)
		p := x.parcel(x.fresh(x.client(), id), fmt.Sprintf("T-%d", n), nil)
		x.send(x.client(), p)
		return func() {
			if !x.unsend(s, p) {
				x.Error("taking back was refused")
			}
			if got := x.sim.Parcels(id); len(got) != 0 {
				x.Errorf("the shop has %v still", got)
			}
		}
	})
}

// unsend takes a parcel back until it is done or refused.
func (x *trial) unsend(s shop.Shop, p shop.Shipment) bool {
	x.Helper()
	for range mostTries {
		before := x.count(p.Order, p.Tracking)
		err := s.Unship(x.Context(), p)
		x.clean(err)
		now := x.count(p.Order, p.Tracking)
		switch {
		case err == nil:
			if now != 0 {
				x.Errorf("the parcel %s was taken back, but the shop has it", p.Tracking)
			}
			return true
		case shop.NotDone(err) && now != before:
			x.Fatalf("taking back %s: %v (%T), but it was done", p.Tracking, err, err)
		case is[*shop.Changed](err) || shop.Hopeless(err):
			return false
		}
		x.pause(err)
	}
	x.Fatalf("the parcel %s cannot be taken back", p.Tracking)
	return false
}
