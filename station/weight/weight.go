// Package weight owns the evidence of weight: what a parcel should weigh (W2),
// by how much it may be off, and what most likely happened when it is off by
// more (W3). It is pure: masses in, masses and a cause out. It must not know
// scales, readings or who may let a parcel pass.
//
// [Expect] adds up what is in the box. A parcel whose mass is off by more than
// the Tolerance goes to [Find] with all the [Evidence]; its [Cause] may be
// [Unknown].
package weight

import "packbench/station/unit"

// Item is so many units of one product in the parcel.
type Item struct {
	SKU  string
	Name string
	Mass unit.Mass // of one unit; 0 or less: unknown
	Qty  int
}

// Rule is the tolerance of a bench.
type Rule struct {
	Permille int       // of the expected mass
	Least    unit.Mass // never less than this
	Filling  unit.Mass // filling allowance, part of the expected mass
}

// Expected is what a parcel should weigh. Known is false when a product's
// mass is missing; then Missing is the first such SKU and Mass counts the
// others only.
type Expected struct {
	Known     bool
	Missing   string
	Mass      unit.Mass
	Tolerance unit.Mass
}

// Expect adds up the goods, the carton's tare and the filling. The tolerance
// is the larger of the rule's share and its least mass, and one division of
// the scale on top (half of one at zero, half of one under load). Products
// without a mass make it unknown.
func Expect(items []Item, tare unit.Mass, r Rule, division unit.Mass) Expected {
	e := Expected{Known: true, Mass: tare + r.Filling}
	for _, it := range items {
		if it.Qty <= 0 {
			continue
		}
		if it.Mass <= 0 {
			if e.Known {
				e.Known, e.Missing = false, it.SKU
			}
			continue
		}
		e.Mass += it.Mass * unit.Mass(it.Qty)
	}
	e.Tolerance = max(r.Least, permille(e.Mass, r.Permille)) + division
	return e
}

// permille takes a share, rounded half up.
func permille(m unit.Mass, share int) unit.Mass {
	return (m*unit.Mass(share) + 500) / 1000
}
