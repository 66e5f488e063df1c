package pack

import (
	"reflect"
	"testing"

	"packbench/station"
)

// What the shop no longer wants is named whenever the order comes before the packer's
// eyes, until it is out. (31)
func TestWhatMustComeOutIsNamed(t *testing.T) {
	less := order1042()
	less.Version, less.Lines = 2, less.Lines[:1]
	less.Lines[0].Qty = 1
	begin := func() *desk {
		d := newDesk(t)
		d.openOrder(order1042())
		d.give(scanItem("MUG", 2))
		d.give(scanItem("CANDLE", 1))
		return d
	}
	ready := func(d *desk) Event { return OrderReady{Effect: d.pending(EffectOpen).ID, Order: less} }
	for name, c := range map[string]func(*desk) Verdict{
		"while it is open": func(d *desk) Verdict { return d.give(ShopChanged{Status: station.OrderOpen, Order: less}) },
		"opened again":     func(d *desk) Verdict { d.give(do("park")); d.give(scanOrder("1042")); return d.give(ready(d)) },
		"opened again twice": func(d *desk) Verdict {
			for range 2 {
				d.give(do("park"))
				d.give(scanOrder("1042"))
				d.give(ready(d))
			}
			return *d.s.Recent[0]
		},
		"its number scanned": func(d *desk) Verdict {
			d.give(ShopChanged{Status: station.OrderOpen, Order: less})
			return d.give(scanOrder("1042"))
		},
		"somebody signs in": func(d *desk) Verdict {
			d.give(do("sign-out"))
			d.give(ShopChanged{Status: station.OrderOpen, Order: less})
			return d.give(badge("p2", station.Packer))
		},
		"the badge again": func(d *desk) Verdict {
			d.give(ShopChanged{Status: station.OrderOpen, Order: less})
			return d.give(badge("p1", station.Packer))
		},
	} {
		d := begin()
		v := c(d)
		if !reflect.DeepEqual(v.Excess, []Content{{Line: "1", SKU: "MUG", Qty: 1}, {Line: "2", SKU: "CANDLE", Qty: 1}}) {
			t.Errorf("%s: %s (%s) names %v", name, v.Code, v.Reason, v.Excess)
		}
		if d.s.Phase != Packing {
			t.Errorf("%s: in %s", name, d.s.Phase)
		}
		d.give(do("weigh"))
		if d.s.Phase != Packing {
			t.Errorf("%s: it is weighed all the same", name)
		}
	}
}
