package weight

import (
	"cmp"
	"math"
	"slices"

	"packbench/station/unit"
)

// Kind is what may have happened to a parcel of the wrong weight. The words
// are a contract of the headless bench.
type Kind string

// The kinds of cause.
const (
	Missing     Kind = "missing"      // N units of SKU were scanned but are not in the box
	Extra       Kind = "extra"        // N units of SKU too many are in the box
	Swapped     Kind = "swapped"      // a unit of SKU is in the box in place of one of Instead
	Carton      Kind = "carton"       // another carton than chosen; SKU is that carton's id
	RefusedItem Kind = "refused-item" // the item of the last refusal is in the box
	Slip        Kind = "slip"         // the paper that goes into each box is not in it
	Filling     Kind = "filling"      // there is no filling in it
	Unknown     Kind = "unknown"
)

// Cause is what may have happened. Share is how likely it is among all that may,
// in per mille.
type Cause struct {
	Kind    Kind
	SKU     string // the product, or the carton's id
	Name    string
	N       int
	Instead string
	Share   int
}

// Evidence is all that is known of a parcel that was weighed.
type Evidence struct {
	Parcel
	Actual   unit.Mass
	Boxes    []Box             // other cartons; the chosen one may be among them
	Refused  *Item             // what was refused last: one unit of it, nil for nothing
	Variants map[string][]Item // by SKU: what is easily taken for it
}

// most is how many units of one product are thought to be too many at a time;
// more than that is no slip of the hand.
const most = 12

// How often each kind happens, beside the others, and how much rarer it is that it
// happens to two units, or to more. Something that was refused is in hand already.
const (
	oftenUnit    = 1.0
	oftenRefused = 6.0
	oftenCarton  = 0.5
	oftenPaper   = 0.3
)

func rarer(n int) float64 {
	switch n {
	case 1:
		return 1
	case 2:
		return 0.2
	}
	return 0.02
}

// sheet is what the paper in a box weighs, and by how much it differs.
const (
	sheet       = 5 * gram
	sheetSpread = 0.4 * gram
)

// hypothesis is a cause with what it adds to the parcel.
type hypothesis struct {
	Cause
	often          float64
	mean, variance float64
}

// Causes ranks what may have happened to a parcel that is off, the likeliest first. A
// cause counts when it explains most of the difference and brings the weight back into
// the tolerance. Of causes that are equally likely the earlier one in this order comes
// first: the refused item, because it was in the packer's hand; a unit missing or too
// many, a variant, another carton, the paper, the filling; the earlier item. There is
// none when nothing counts, when a mass is unknown, and inside the tolerance.
func (m *Model) Causes(e Evidence) []Cause {
	want := m.Expect(e.Parcel)
	off := float64(e.Actual - want.Mass)
	if !want.Known || math.Abs(off) <= float64(want.Tolerance) {
		return nil
	}
	off += want.skewed
	if !want.Learnt {
		m = nil
	}
	var found []hypothesis
	for _, h := range m.hypotheses(e, off) {
		left := math.Abs(off - h.mean)
		v := max(square(want.sd)+h.variance, square(0.3*want.sd), 1)
		if left > math.Abs(off)/2 || left > max(float64(want.Tolerance), within(e.Rule.OneIn)*math.Sqrt(v)) {
			continue
		}
		h.often *= math.Exp(-square(left)/(2*v)) / math.Sqrt(v)
		found = append(found, h)
	}
	slices.SortStableFunc(found, func(a, b hypothesis) int { return cmp.Compare(b.often, a.often) })
	sum := 0.0
	for _, h := range found {
		sum += h.often
	}
	var out []Cause
	for _, h := range found {
		h.Share = int(math.Round(1000 * h.often / sum))
		out = append(out, h.Cause)
	}
	return out
}

// hypotheses lists what may have happened, what is preferred among equals first.
func (m *Model) hypotheses(e Evidence, off float64) (all []hypothesis) {
	add := func(c Cause, often, mean, variance float64) { all = append(all, hypothesis{c, often, mean, variance}) }
	if r := e.Refused; r != nil && m.knows(*r) {
		b := m.product(*r)
		add(Cause{Kind: RefusedItem, SKU: r.SKU, Name: r.Name, N: 1}, oftenRefused, b.Mean, b.Doubt+b.Spread)
	}
	lines := 0.0
	for _, it := range e.Items {
		if it.Qty > 0 {
			lines++
		}
	}
	for _, it := range e.Items {
		if it.Qty <= 0 {
			continue
		}
		b := m.product(it)
		for n := 1; n <= most; n++ {
			f, often := float64(n), oftenUnit*rarer(n)/lines
			if off < 0 && n <= it.Qty {
				known := square(f)*b.Doubt - 2*f*float64(it.Qty)*b.Doubt // of it less is in doubt now
				add(Cause{Kind: Missing, SKU: it.SKU, Name: it.Name, N: n}, often, -f*b.Mean, known-f*b.Spread)
			} else if off > 0 {
				add(Cause{Kind: Extra, SKU: it.SKU, Name: it.Name, N: n}, often, f*b.Mean, (square(f)+2*f*float64(it.Qty))*b.Doubt+f*b.Spread)
			}
		}
		variants := e.Variants[it.SKU]
		for _, v := range variants {
			if m.knows(v) {
				o := m.product(v)
				add(Cause{Kind: Swapped, SKU: v.SKU, Name: v.Name, N: 1, Instead: it.SKU}, oftenUnit/lines/float64(len(variants)), o.Mean-b.Mean, o.Doubt+o.Spread-b.Spread)
			}
		}
	}
	return m.beside(e, all)
}

// beside adds what may be wrong beside the goods.
func (m *Model) beside(e Evidence, all []hypothesis) []hypothesis {
	per := m.perLitre()
	now, v := m.carton(e.Box.ID, e.Box.Tare), e.litres()
	for _, b := range e.Boxes {
		if b.Tare == e.Box.Tare && b.Volume == e.Box.Volume || b.ID == e.Box.ID {
			continue
		}
		other := m.carton(b.ID, b.Tare)
		more := other.Mean - now.Mean
		if l := litres(b.Volume, e.Goods); l > 0 && v > 0 {
			more += per.Mean * (l - v)
		}
		all = append(all, hypothesis{Cause{Kind: Carton, SKU: b.ID, Name: b.Name, N: 1}, oftenCarton, more, other.Doubt + other.Spread})
	}
	fill := float64(e.Rule.Filling) + per.Mean*v
	return append(all,
		hypothesis{Cause{Kind: Slip, N: 1}, oftenPaper, -sheet, square(sheetSpread)},
		hypothesis{Cause{Kind: Filling, N: 1}, oftenPaper, -fill, -square(v) * per.Spread})
}
