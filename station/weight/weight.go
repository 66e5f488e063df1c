// Package weight owns the evidence of weight: what a parcel should weigh (W2),
// by how much it may be off, and what most likely happened when it is off by
// more (W3). It is pure: masses in, masses and causes out. It must not know
// scales, readings or who may let a parcel pass.
//
// A [Model] knows what a shop's closed parcels taught ([Model.Learn]). With
// nothing learnt it adds up the catalogue and keeps to the shop's [Rule]; after
// some parcels its tolerance has a stated rate of false alarms and a stated
// power ([Expected.Blind]). A parcel whose mass is off by more than the
// Tolerance goes to [Model.Causes], which may find none. What the catalogue
// says wrongly of a product is in [Model.Doubts].
package weight

import (
	"math"
	"slices"

	"packbench/station/unit"
)

// Item is so many units of one product in the parcel.
type Item struct {
	SKU  string    `json:"SKU"`
	Name string    `json:"-"`
	Mass unit.Mass `json:"Mass,omitempty"` // of one unit as the catalogue has it; 0 or less: unknown
	Qty  int       `json:"Qty"`
}

// Box is a carton. Volume is what fits into it in cubic millimetres, 0 where
// nobody knows.
type Box struct {
	ID     string
	Name   string
	Tare   unit.Mass
	Volume int64
}

// Merged has each product once: two lines of one product are units of the same.
func Merged(items []Item) []Item {
	var out []Item
	for _, it := range items {
		i := slices.IndexFunc(out, func(o Item) bool { return o.SKU == it.SKU && o.Mass == it.Mass })
		if i < 0 {
			out = append(out, it)
		} else {
			out[i].Qty += it.Qty
		}
	}
	return out
}

// Rule is the tolerance of a bench.
type Rule struct {
	Permille int       // of the expected mass, while too little is learnt
	Least    unit.Mass // never less than this, as long
	Filling  unit.Mass // filling allowance, part of the expected mass
	OneIn    int       // good parcels of which one is stopped, once enough is learnt; 0: 500
}

// Parcel is what is known of a parcel before it is weighed. Goods is the volume of
// what is in it, in cubic millimetres; 0 where a size is missing.
type Parcel struct {
	Items    []Item
	Box      Box
	Goods    int64
	Division unit.Mass
	Rule     Rule
}

// litres is how much of the carton is empty, 0 where nobody knows.
func (p Parcel) litres() float64 { return litres(p.Box.Volume, p.Goods) }

func litres(volume, goods int64) float64 {
	if volume <= 0 || goods <= 0 || goods > volume {
		return 0
	}
	return float64(volume-goods) / 1e6
}

// Expected is what a parcel should weigh. Known is false when a product's
// mass is missing and was not learnt; then Missing is the first such SKU and Mass
// counts the others only.
type Expected struct {
	Known     bool
	Missing   string
	Mass      unit.Mass
	Tolerance unit.Mass
	Learnt    bool     // whether the tolerance is that of what was learnt
	Blind     []string // then: products of which one unit more or less would not be noticed surely

	sd     float64
	skewed float64 // what Mass is more than the mean
}

// seen is how many standard deviations beyond the tolerance one unit must be, so
// that it is noticed 95 times in 100.
const seen = 1.645

// Expect adds up the goods, the carton's tare and the filling. While too little is
// learnt, the tolerance is the larger of the rule's share and its least mass, and one
// division of the scale on top (half of one at zero, half of one under load). After
// that it is as wide as one good parcel in so many is off, and no less than a division;
// in the beginning no wider than the rule either. Filling is oftener much too much than
// much too little, as what cannot be less than nothing is: Mass is the middle of what good
// parcels weigh then, and no longer their mean.
func (m *Model) Expect(p Parcel) Expected {
	e := Expected{Known: true, Learnt: m.Ready()}
	if !e.Learnt {
		m = nil // a few parcels move nothing
	}
	for _, it := range p.Items {
		if it.Qty > 0 && e.Known && !m.knows(it) {
			e.Known, e.Missing = false, it.SKU
		}
	}
	sum := m.sum(p)
	e.Mass = unit.Mass(math.Round(sum.mean))
	rule := max(p.Rule.Least, permille(e.Mass, p.Rule.Permille)) + p.Division
	if !e.Learnt {
		e.Tolerance, e.sd = rule, float64(rule)/within(p.Rule.OneIn)
		return e
	}
	e.sd = math.Sqrt(sum.variance)
	z := within(p.Rule.OneIn)
	e.Tolerance = max(p.Division, unit.Mass(math.Ceil(student(z, sum.vague/(2*square(sum.variance)))*e.sd)))
	if m.n < sure && e.Tolerance > rule {
		e.Tolerance, e.sd = rule, float64(rule)/within(p.Rule.OneIn)
	} else {
		e.skewed = sum.third / sum.variance * (z*z - 1) / 6
		e.Mass += unit.Mass(math.Round(e.skewed))
	}
	for _, it := range p.Items {
		if it.Qty > 0 && m.product(it).Mean < float64(e.Tolerance)+seen*e.sd {
			e.Blind = append(e.Blind, it.SKU)
		}
	}
	return e
}

// within is by how many standard deviations all but one good parcel in n is off at
// most.
func within(n int) float64 {
	if n <= 1 {
		n = 500
	}
	return math.Sqrt2 * math.Erfinv(1-1/float64(n))
}

// student is by how many standard deviations it is where the variance itself is only
// known by so many parcels, one for each of its degrees of freedom: Student's quantile by
// the first two terms of Cornish and Fisher, of which fewer than five make no sense.
func student(z, oneOver float64) float64 {
	f := min(oneOver, 0.2)
	return z + f*(z*z*z+z)/4 + f*f*(5*math.Pow(z, 5)+16*z*z*z+3*z)/96
}

// permille takes a share, rounded half up.
func permille(m unit.Mass, share int) unit.Mass {
	return (m*unit.Mass(share) + 500) / 1000
}
