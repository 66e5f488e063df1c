package weight

import (
	"cmp"
	"math"
	"slices"

	"packbench/station/unit"
)

// enough is how many parcels teach what the catalogue can not: what lies in each
// parcel beside the goods, and how far parcels are off.
const enough = 12

// sure is how many have taught how far parcels are off so well that a tolerance that is
// wider than the shop's own is believed.
const sure = 40

// Lesson is what one closed parcel says of masses.
type Lesson struct {
	Mass     unit.Mass `json:"Mass"`
	Division unit.Mass `json:"Division,omitempty"`
	Items    []Item    `json:"Items"`
	Carton   string    `json:"Carton,omitempty"`
	Tare     unit.Mass `json:"Tare,omitempty"`
	Filling  unit.Mass `json:"Filling,omitempty"` // that the rule allows
	Spare    int64     `json:"Spare,omitempty"`   // empty cubic millimetres of the carton, 0 where nobody knows
	Goods    int64     `json:"Goods,omitempty"`   // cubic millimetres of what is in it, 0 where nobody knows
	// Allowed: it was off, and somebody let it pass. It says nothing of any one thing
	// by itself: only what several such say alike counts.
	Allowed bool `json:"Allowed,omitempty"`
}

// belief is what is known of one mass, in milligrams. Of a product that the catalogue
// has no mass of Was is 0.
type belief struct {
	Was    unit.Mass // what the catalogue says: if that changes, all is forgotten
	Mean   float64
	Doubt  float64 // variance of Mean
	Spread float64 // variance of one unit
	Loose  float64 // variance of Spread, as a share of its square
	N      int     // parcels that taught it
	Apart  []sample
}

// sample is what a parcel says of a unit's mass if that alone is to blame.
type sample struct{ mass, variance float64 }

// mostSamples is how many are kept.
const mostSamples = 6

// Model is what closed parcels taught. The zero value knows nothing. It may be read by
// several at a time, but not while it learns.
type Model struct {
	n        int
	products map[string]*belief
	cartons  map[string]*belief
	base     *belief // what lies in each parcel: slip, pouch, tape
	filling  *belief // by the empty litre
}

// Ready reports whether enough is learnt for a tolerance with a stated rate.
func (m *Model) Ready() bool { return m != nil && m.n >= enough }

// What a catalogue's word is worth before anything is learnt.
const (
	ofCatalogue = 0.015
	ofRounding  = 400.0
	ofUnits     = 0.015
	ofTare      = 0.03
	ofSizes     = 0.05 // of the volume of goods: they take up more or less than their sizes say
	ofSpread    = 2.0  // Loose, of a spread that was only assumed
	ofLearnt    = 0.004
	ofScale     = 0.9 // of a division squared: it rounds, and drifts until it is set to zero
	gram        = float64(unit.Gram)
)

func square(x float64) float64 { return x * x }

func byCatalogue(mass unit.Mass) belief {
	f := float64(max(mass, 0))
	return belief{Was: mass, Mean: f, Doubt: square(ofCatalogue*f + ofRounding), Spread: square(ofUnits*f) + square(0.1*gram), Loose: ofSpread}
}

func byTare(tare unit.Mass) belief {
	f := float64(max(tare, 0))
	return belief{Was: tare, Mean: f, Doubt: square(ofTare*f + gram), Spread: square(0.012*f) + square(0.2*gram), Loose: ofSpread}
}

func byRule(filling unit.Mass) belief {
	return belief{Was: filling, Mean: float64(filling), Doubt: square(12 * gram), Spread: square(2 * gram), Loose: ofSpread}
}

// product is what is known of a product: what was learnt, as long as the catalogue
// says the same.
func (m *Model) product(it Item) belief {
	if m != nil {
		if b := m.products[it.SKU]; b != nil {
			return b.corrected(max(it.Mass, 0))
		}
	}
	return byCatalogue(max(it.Mass, 0))
}

// corrected is what is known once the catalogue says another mass: all that was learnt,
// where that agrees with it, and the new word alone where nothing does.
func (b belief) corrected(mass unit.Mass) belief {
	if b.Was == mass || mass <= 0 {
		return b
	}
	c := byCatalogue(mass)
	mean, doubt, agreed := b.agreed()
	near := func(mean, doubt float64) bool {
		return mean > 0 && square(mean-c.Mean) < 9*(doubt+c.Doubt+b.Spread)
	}
	switch {
	case agreed && near(mean, doubt):
		c.Doubt += b.Spread // whoever weighed it had one or two in hand
		gain := c.Doubt / (c.Doubt + doubt)
		c.Mean, c.Doubt = c.Mean+gain*(mean-c.Mean), (1-gain)*c.Doubt
	case near(b.Mean, b.Doubt):
		b.Was, b.Apart = mass, nil
		return b
	}
	return c
}

func (m *Model) knows(it Item) bool { return it.Mass > 0 || m.product(it).Mean > 0 }

func (m *Model) carton(id string, tare unit.Mass) belief {
	if m != nil {
		if b := m.cartons[id]; b != nil && b.Was == tare {
			return *b
		}
	}
	return byTare(tare)
}

func (m *Model) always(filling unit.Mass) belief {
	if m != nil && m.base != nil && m.base.Was == filling {
		return *m.base
	}
	return byRule(filling)
}

func (m *Model) perLitre() belief {
	if m != nil && m.filling != nil {
		return *m.filling
	}
	return belief{Doubt: square(6 * gram), Spread: square(2 * gram), Loose: ofSpread}
}

// term is one mass in a parcel: so many times, and how much the spread of a unit
// counts.
type term struct {
	belief

	times float64
	noise float64
	sku   string
}

type total struct {
	terms          []term
	mean, variance float64
	vague          float64 // variance of what is known of variance
	third          float64 // central moment
}

// sum adds up a parcel. What is not known counts nothing.
func (m *Model) sum(p Parcel) total {
	t := total{variance: square(float64(p.Division)) * ofScale}
	add := func(b belief, times, noise float64, sku string) {
		t.terms = append(t.terms, term{belief: b, times: times, noise: noise, sku: sku})
		t.mean += times * b.Mean
		t.variance += square(times)*b.Doubt + noise*b.Spread
		t.vague += b.Loose * square(noise*b.Spread)
	}
	for _, it := range p.Items {
		if it.Qty > 0 && m.knows(it) {
			add(m.product(it), float64(it.Qty), float64(it.Qty), it.SKU)
		}
	}
	add(m.carton(p.Box.ID, p.Box.Tare), 1, 1, "")
	add(m.always(p.Rule.Filling), 1, 1, "")
	if v := p.litres(); v > 0 {
		per := m.perLitre()
		add(per, v, square(v), "")
		t.variance += square(ofSizes * float64(p.Goods) / 1e6 * per.Mean)
		t.third = math.Pow(per.Spread, 1.5) * min(3*math.Sqrt(per.Spread)/max(per.Mean, 1), 1) * v * v * v
	}
	return t
}

// parcel is the lesson's, as it was expected.
func (l Lesson) parcel() Parcel {
	p := Parcel{Items: l.Items, Box: Box{ID: l.Carton, Tare: l.Tare}, Division: l.Division, Rule: Rule{Filling: l.Filling}}
	if l.Spare > 0 {
		p.Goods = max(l.Goods, 1)
		p.Box.Volume = l.Spare + p.Goods
	}
	return p
}

// Learn takes a closed parcel in. Lessons in the same order teach the same.
func (m *Model) Learn(l Lesson) {
	if l.Mass <= 0 || len(l.Items) == 0 {
		return
	}
	l.Items = Merged(l.Items)
	p := l.parcel()
	unknown := slices.DeleteFunc(slices.Clone(l.Items), func(it Item) bool { return it.Qty <= 0 || m.knows(it) })
	t := m.sum(p)
	off := float64(l.Mass) - t.mean
	switch {
	case len(unknown) > 1:
	case len(unknown) == 1:
		m.guess(unknown[0], off, t.variance)
	case l.Allowed && m.Ready():
		m.suspect(p, t, off)
		m.adjust(p, t, off, 2, 2)
	default:
		m.acquit(t, off)
		m.adjust(p, t, off, 2.5, 3.5)
		m.n++
	}
}

// adjust moves each mass by its part in what the parcel was off: a Kalman filter that
// takes no two masses for related. What is off by more than clip standard deviations
// counts as no more than that, and by more than widest for how far units differ, so that
// no single parcel teaches much.
func (m *Model) adjust(p Parcel, t total, off, clip, widest float64) {
	sd := math.Sqrt(t.variance)
	seen := square(min(math.Abs(off)/sd, widest))
	off = min(max(off, -clip*sd), clip*sd)
	for i, x := range t.terms {
		b := x.belief
		gain := x.times * b.Doubt / t.variance
		b.Mean = max(0, b.Mean+gain*off)
		b.Doubt -= gain * x.times * b.Doubt
		if x.noise > 0 {
			b.widen(x.noise*b.Spread/t.variance, t.vague/square(t.variance), seen)
		}
		b.N++
		b.Spread = max(b.Spread, square(0.0005*b.Mean))
		b.Doubt = max(b.Doubt, 0.1*b.Spread) // the next batch is another one
		m.keep(p, t.terms, i, b)
	}
}

// widen moves the spread of a unit by its part in how far a parcel was off. The square of
// that, in the parcel's variances, is 1 on average and has a variance of 2: a Kalman
// filter again, of the logarithms of spreads, which together are unsure by vague.
func (b *belief) widen(part, vague, seen float64) {
	gain := b.Loose * part / (2 + vague)
	b.Spread *= math.Max(0.5, 1+gain*(seen-1))
	b.Loose = math.Max(b.Loose*(1-gain*part), ofLearnt)
}

func (m *Model) keep(p Parcel, terms []term, i int, b belief) {
	if m.products == nil {
		m.products, m.cartons = map[string]*belief{}, map[string]*belief{}
	}
	goods := 0
	for _, x := range terms {
		if x.sku != "" {
			goods++
		}
	}
	switch x := terms[i]; {
	case x.sku != "":
		m.products[x.sku] = &b
	case i == goods:
		m.cartons[p.Box.ID] = &b
	case i == goods+1:
		m.base = &b
	default:
		m.filling = &b
	}
}

// guess learns the mass of a product that the catalogue has none of.
func (m *Model) guess(it Item, off, variance float64) {
	b := m.product(it)
	n := float64(it.Qty)
	if off <= 0 {
		return
	}
	b.add(sample{off / n, variance / square(n)})
	if mean, doubt, ok := b.agreed(); ok {
		b = belief{Mean: mean, Doubt: doubt, Spread: square(0.02*mean) + square(0.1*gram), Loose: ofSpread, N: len(b.Apart)}
	}
	if m.products == nil {
		m.products, m.cartons = map[string]*belief{}, map[string]*belief{}
	}
	m.products[it.SKU] = &b
}

// suspect notes what each product would weigh if it alone were to blame.
func (m *Model) suspect(p Parcel, t total, off float64) {
	for i, x := range t.terms {
		if x.sku == "" {
			continue
		}
		b := x.belief
		rest := max(t.variance-square(x.times)*b.Doubt, 1)
		b.add(sample{b.Mean + off/x.times, rest / square(x.times)})
		m.keep(p, t.terms, i, b)
		t.terms[i].belief = b
	}
}

// acquit forgets what spoke against the products of a parcel that was right, where it
// would have been off with that.
func (m *Model) acquit(t total, off float64) {
	for i, x := range t.terms {
		if mean, _, _ := x.agreed(); x.sku != "" && len(x.Apart) > 0 &&
			square(off-x.times*(mean-x.Mean)) > square(off)+4*t.variance {
			t.terms[i].Apart = nil
		}
	}
}

func (b *belief) add(s sample) {
	from := max(0, len(b.Apart)-mostSamples+1)
	b.Apart = append(slices.Clone(b.Apart[from:]), s)
}

// agreed is what the samples say together; ok is false for fewer than three that say
// the same. The middle one counts where a single one is far off.
func (b belief) agreed() (mean, variance float64, ok bool) {
	if len(b.Apart) == 0 {
		return b.Mean, b.Doubt, false
	}
	sorted := slices.SortedFunc(slices.Values(b.Apart), func(x, y sample) int { return cmp.Compare(x.mass, y.mass) })
	middle := sorted[len(sorted)/2].mass
	n, weight := 0, 0.0
	for _, s := range sorted {
		v := s.variance + square(0.02*middle)
		if square(s.mass-middle) > 9*v {
			continue
		}
		n++
		mean += s.mass / v
		weight += 1 / v
	}
	return mean / weight, 1 / weight, n >= 3 && n > len(sorted)/2
}
