package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// called is order 1042 under another name.
func called(id string) OrderInfo {
	o := order1042()
	o.ID = id
	return o
}

// sent is a desk that has sent order 1042 off, with its parcel still on the scale.
func sent(t *testing.T) *desk {
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
	d.label("A")
	d.want(scanLabel("A", "1042"), Accepted, CodeOrderClosed, Idle)
	return d
}

// shipTyped packs an order and sends it off by a typed weight.
func (d *desk) shipTyped(o OrderInfo, sscc string) {
	d.t.Helper()
	d.openOrder(o)
	d.packAll()
	typed := reading(1800 * unit.Gram)
	typed.Typed = true
	d.want(typed, Asked, CodeNeedsRole, Weighing)
	d.want(badge("boss", station.Supervisor), Accepted, CodeWeightTyped, Labelling)
	d.label(sscc)
	d.want(scanLabel(sscc, o.ID), Accepted, CodeOrderClosed, Idle)
}

// A weighed parcel is left on the scale while the weight of the next one is typed:
// the one after is not weighed by it.
func TestATypedWeightMakesNoOldLoadFresh(t *testing.T) { // V1
	d := sent(t)
	d.shipTyped(called("1043"), "B")
	d.openOrder(called("1044"))
	d.packAll()
	d.want(reading(1800*unit.Gram), Refused, CodeWeightStale, Weighing)
	d.want(Weighed{Scale: ScaleZero}, Info, CodeWeightZero, Weighing)
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
}

// A parcel that was refused and is parked with its box on the scale is not the
// next order's.
func TestALoadRefusedForOneOrderIsNotAnothers(t *testing.T) { // V2
	light := reading(735 * unit.Gram)
	light.Expect = &Expect{Known: true, Mass: 735 * unit.Gram, Tolerance: 16 * unit.Gram}
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	d.want(reading(735*unit.Gram), Refused, CodeWeightOff, Weighing)
	d.want(do("park"), Accepted, CodeParked, Idle)
	d.openOrder(called("1043"))
	d.packAll()
	d.want(light, Refused, CodeWeightStale, Weighing)
	d.want(Weighed{Scale: ScaleZero}, Info, CodeWeightZero, Weighing)
	d.want(light, Accepted, CodeWeightOK, Labelling)
}

// Whatever happens to an order whose box stands on the scale, the box stays its own.
func TestALoadStaysItsParcels(t *testing.T) { // W1
	held := order1042()
	for name, play := range map[string]func(d *desk){
		"parked": func(d *desk) {
			d.give(reading(1700 * unit.Gram))
			d.give(do("park"))
		},
		"let pass and parked": func(d *desk) {
			d.give(reading(1700 * unit.Gram))
			d.give(do("authorise", "", "filling"))
			d.want(badge("boss", station.Supervisor), Accepted, CodeAuthorised, Labelling)
			d.give(do("park"))
		},
		"refused, undone and cancelled": func(d *desk) {
			d.give(reading(1700 * unit.Gram))
			d.give(do("undo"))
			d.give(do("cancel"))
		},
		"held by the shop, and parked": func(d *desk) {
			d.give(ShopChanged{Status: station.OrderHeld, Order: held})
			d.want(reading(1800*unit.Gram), Refused, CodeOrderHeld, Weighing)
			d.give(do("park"))
		},
		"something laid on it, and taken off": func(d *desk) {
			d.give(reading(1700 * unit.Gram))
			d.give(do("park"))
			d.openOrder(called("1050"))
			d.packAll()
			d.want(reading(2900*unit.Gram), Refused, CodeWeightOff, Weighing)
			d.give(do("park"))
		},
	} {
		d := newDesk(t)
		d.openOrder(order1042())
		d.packAll()
		play(d)
		if len(d.s.Scale.Loads) == 0 {
			t.Errorf("%s: the scale is thought empty", name)
			continue
		}
		first := reading(d.s.Scale.Loads[0].Mass)
		first.Expect.Mass = first.Mass
		d.openOrder(called("1060"))
		d.packAll()
		if v := d.give(first); v.Code != CodeWeightStale {
			t.Errorf("%s: its %s weigh another order: %s", name, first.Mass, v.Code)
		}
	}
}

// A parcel that was given up and opened again is weighed anew, like one that was
// closed and opened again.
func TestAParcelGivenUpHasNoLoad(t *testing.T) { // W1
	d := newDesk(t)
	for range 2 {
		d.openOrder(order1042())
		d.packAll()
		d.want(reading(700*unit.Gram), Refused, map[bool]Code{true: CodeWeightOff, false: CodeWeightStale}[len(d.s.Scale.Loads) == 0], Weighing)
		d.give(do("cancel"))
	}
}

// A tare taken with a parcel on makes the scale no emptier, and what is weighed
// under a tare is off once that shows nothing.
func TestATareHidesNoLoad(t *testing.T) { // W1
	d := sent(t)
	d.openOrder(called("1043"))
	d.packAll()
	d.want(Weighed{Scale: ScaleZero, Net: true}, Info, CodeWeightZero, Weighing)
	d.want(reading(1800*unit.Gram), Refused, CodeWeightStale, Weighing)
	d.want(Weighed{Scale: ScaleZero}, Info, CodeWeightZero, Weighing)
	net := reading(1800 * unit.Gram)
	net.Net = true
	d.want(net, Accepted, CodeWeightOK, Labelling)
	d.give(Weighed{Scale: ScaleZero, Net: true})
	if len(d.s.Scale.Loads) != 0 {
		t.Errorf("still on the scale: %+v", d.s.Scale.Loads)
	}
}

// What was only shown by a moving scale, or one in trouble, is off for none.
func TestTroubleTakesNothingOffTheScale(t *testing.T) { // W1
	d := sent(t)
	d.openOrder(called("1043"))
	d.packAll()
	for _, state := range []ScaleState{ScaleMoving, ScaleOver, ScaleUnder, ScaleNone, ScaleUnknown} {
		d.give(Weighed{Scale: state, Mass: 20 * unit.Gram})
		d.want(reading(1800*unit.Gram), Refused, CodeWeightStale, Weighing)
	}
	d.want(reading(150*unit.Gram), Refused, CodeWeightOff, Weighing) // a tray that stays on the scale
	d.want(reading(1800*unit.Gram), Accepted, CodeWeightOK, Labelling)
}

// The loads of a journal of old are those of the weights that it took.
func TestTheLastWeightOfAnOldJournal(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	s := Fold(d.s, WeightTaken{Weight{Mass: 700 * unit.Gram}})
	if s.OldWeight(reading(700 * unit.Gram)) {
		t.Errorf("not its own: %+v", s.Scale)
	}
	s.Work.Parcel.ID = "1043-1"
	if !s.OldWeight(reading(700 * unit.Gram)) {
		t.Errorf("another's: %+v", s.Scale)
	}
	if s = Fold(s, WeightDropped{}); s.OldWeight(reading(700 * unit.Gram)) {
		t.Errorf("off: %+v", s.Scale)
	}
}
