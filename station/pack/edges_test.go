package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/unit"
)

// TestCompleteBehindTheLock: the shop came to want no more meanwhile, so the scale
// is next.
func TestCompleteBehindTheLock(t *testing.T) {
	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	for range 3 {
		d.give(scanItem("BLUE", 1))
	}
	o := order1042()
	o.Version, o.Lines = 2, o.Lines[:1]
	o.Lines[0].Qty = 1
	d.give(ShopChanged{Status: station.OrderOpen, Order: o})
	d.want(badge("boss", station.Supervisor), Accepted, CodeUnlocked, Weighing)
}

// TestAServiceThatIsNotAllowedIsNotTaken, whoever chose it.
func TestAServiceThatIsNotAllowedIsNotTaken(t *testing.T) {
	d := newDesk(t)
	d.packed(order1042())
	w := reading(1800 * unit.Gram)
	w.Quotes[0].Allowed = false
	d.want(w, Refused, CodeServiceNone, Choosing)
}

// TestAuthorisedTooLate: the shop changed the order between reason and badge.
func TestAuthorisedTooLate(t *testing.T) {
	d := newDesk(t)
	d.packed(order1042())
	d.give(reading(1300 * unit.Gram))
	d.give(do("authorise", "", "filling"))
	o := order1042()
	o.Version, o.Lines[0].Qty = 2, 4
	d.want(ShopChanged{Status: station.OrderOpen, Order: o}, Info, CodeOrderChanged, Packing)
	if v := d.want(badge("boss", station.Supervisor), Refused, CodeNotNow, Packing); v.Reason != ReasonNothingToAuthorise {
		t.Errorf("%+v", v)
	}
}
