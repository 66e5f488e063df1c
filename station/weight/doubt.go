package weight

import (
	"maps"
	"math"
	"slices"

	"packbench/station/unit"
)

// Doubted is a product whose mass in the catalogue is most likely wrong, or missing.
type Doubted struct {
	SKU     string
	Says    unit.Mass // the catalogue; 0: nothing
	Weighs  unit.Mass // as its parcels say
	Parcels int
}

// Doubts lists them by SKU.
func (m *Model) Doubts() []Doubted {
	var out []Doubted
	if m == nil {
		return out
	}
	for _, sku := range slices.Sorted(maps.Keys(m.products)) {
		if d, ok := m.products[sku].doubted(); ok {
			d.SKU = sku
			out = append(out, d)
		}
	}
	return out
}

func (b belief) doubted() (Doubted, bool) {
	d := Doubted{Says: b.Was, Weighs: unit.Mass(math.Round(b.Mean)), Parcels: b.N}
	says := float64(b.Was)
	if b.Was <= 0 {
		return d, b.N > 0
	}
	least := max(0.05*says, 2*gram, 1.5*math.Sqrt(b.Spread))
	if off := math.Abs(b.Mean - says); b.N >= 4 && off > max(least, 3.5*math.Sqrt(b.Doubt)) {
		return d, true
	}
	mean, variance, ok := b.agreed()
	d.Weighs, d.Parcels = unit.Mass(math.Round(mean)), len(b.Apart)
	return d, ok && mean > 0 && math.Abs(mean-says) > max(least, 4*math.Sqrt(variance))
}
