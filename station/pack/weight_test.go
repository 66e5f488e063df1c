package pack

import (
	"testing"

	"packbench/station/unit"
)

func TestASteadyWeightBelowZeroIsNoEmptyScale(t *testing.T) { // W1
	d := newDesk(t)
	d.openOrder(order1042())
	d.packAll()
	for mass, code := range map[unit.Mass]Code{
		0: CodeWeightZero, -unit.Gram: CodeWeightZero, -10 * unit.Gram: CodeWeightUnder, -180 * unit.Gram: CodeWeightUnder,
	} {
		if v := d.give(reading(mass)); v.Code != code || d.s.Phase != Weighing {
			t.Errorf("%s: %s in %s, want %s", mass, v.Code, d.s.Phase, code)
		}
	}
}
