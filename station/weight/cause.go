package weight

import (
	"cmp"
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
	Carton      Kind = "carton"       // another carton than chosen; SKU is that carton's id
	RefusedItem Kind = "refused-item" // the item of the last refusal is in the box
	Unknown     Kind = "unknown"
)

// Cause is the likeliest cause of a wrong weight.
type Cause struct {
	Kind Kind
	SKU  string // the product, or the carton's id
	Name string
	N    int
	// Others counts the causes that explain the weight as well as this one.
	Others int
}

// Box is a carton that could have been taken instead.
type Box struct {
	ID   string
	Name string
	Tare unit.Mass
}

// Evidence is all that is known of the parcel.
type Evidence struct {
	Actual   unit.Mass
	Items    []Item
	Tare     unit.Mass // of the chosen carton
	Boxes    []Box     // other cartons; the chosen one may be among them
	Refused  *Item     // what was refused last: one unit of it, nil for nothing
	Rule     Rule
	Division unit.Mass
}

// most is how many units of one product are thought to be too many at a time;
// more than that is no slip of the hand.
const most = 12

// closeness is how much better a cause must explain the weight to count as
// better at all; product masses are no truer than this.
const closeness = 1 * unit.Gram

type candidate struct {
	Cause
	off unit.Mass // what it leaves unexplained
}

// Find names the likeliest cause why a parcel's weight is off. A cause counts
// when it brings the weight back into the tolerance. Of those, the one that
// explains the weight best wins; causes that differ by less than one division
// (at least a gram) or 5 ‰ of the difference explain it equally well. Among
// equals these are preferred, in this order: fewer units; the refused item,
// because it was in the packer's hand; a missing unit, an extra unit, another
// carton; the earlier item. When nothing counts, or a mass is unknown, the
// cause is Unknown, and so it is inside the tolerance.
func Find(e Evidence) Cause {
	want := Expect(e.Items, e.Tare, e.Rule, e.Division)
	off := e.Actual - want.Mass
	if !want.Known || off.Abs() <= want.Tolerance {
		return Cause{Kind: Unknown}
	}
	all := candidates(e, off)
	all = slices.DeleteFunc(all, func(c candidate) bool { return c.off > want.Tolerance })
	if len(all) == 0 {
		return Cause{Kind: Unknown}
	}
	best := slices.MinFunc(all, func(a, b candidate) int { return cmp.Compare(a.off, b.off) }).off
	band := best + max(closeness, e.Division, permille(off.Abs(), 5))
	all = slices.DeleteFunc(all, func(c candidate) bool { return c.off > band })
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.N, b.N) })
	found := all[0].Cause
	found.Others = len(all) - 1
	return found
}

// candidates lists what may have happened, what is preferred among equals first.
func candidates(e Evidence, off unit.Mass) []candidate {
	var all []candidate
	add := func(c Cause, explains unit.Mass) { all = append(all, candidate{c, (off - explains).Abs()}) }
	if r := e.Refused; r != nil {
		add(Cause{Kind: RefusedItem, SKU: r.SKU, Name: r.Name, N: 1}, r.Mass)
	}
	for _, it := range e.Items {
		if it.Qty <= 0 {
			continue
		}
		if off < 0 {
			n := nearest(off, it.Mass, it.Qty)
			add(Cause{Kind: Missing, SKU: it.SKU, Name: it.Name, N: n}, -it.Mass*unit.Mass(n))
		} else {
			n := nearest(off, it.Mass, most)
			add(Cause{Kind: Extra, SKU: it.SKU, Name: it.Name, N: n}, it.Mass*unit.Mass(n))
		}
	}
	for _, b := range e.Boxes {
		if b.Tare != e.Tare {
			add(Cause{Kind: Carton, SKU: b.ID, Name: b.Name, N: 1}, b.Tare-e.Tare)
		}
	}
	return all
}

// nearest is the count, up to limit, whose mass comes nearest to off. None
// explains nothing and so never counts.
func nearest(off, mass unit.Mass, limit int) int {
	return int(min((off.Abs()+mass/2)/mass, unit.Mass(limit)))
}
