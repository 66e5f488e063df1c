// Package carton owns what goes into which box, and how. It must not know orders, stock
// or devices.
//
// [Solve] packs a [Problem] in three dimensions: every unit has its place, rests on
// others, and keeps the rules of its product. It is pure and deterministic: its budget is
// a number of steps, and a clock can only end it early. [ReadProblem] and
// [WriteSolution] speak its JSON.
//
// [PlanOf] plans an order with the cartons of a shop, [Into] fills the one that a packer
// took. [Propose] names the carton to begin with: by the packer or, where dimensions are
// not all known, by volume, edges and mass alone. [Fits] and [Allows] say why a carton
// will not do; what is not known of an item does not count there.
//
// How it searches: few units are put one by one into the largest free cubes, in many
// orders and by many tastes (place.go); many of them as blocks, by a beam search
// (block.go, build.go, beam.go); and boxes are shrunk, merged and repacked in pairs until
// the steps are used up (solve.go).
package carton

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"packbench/station"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// Item is so many units of one product.
type Item struct {
	SKU     string
	Name    string
	Size    unit.Size // of one unit; zero: unknown
	Mass    unit.Mass // of one unit; 0: unknown
	Qty     int
	Turn    Turn
	Fragile bool
	Own     bool   // ships in its own carton
	Most    int    // units of it in one box; 0: no limit
	Group   string // all items of a group share a box; "": none
	NoTop   bool   // nothing stands on it or above it
}

// Options are what a proposal allows for.
type Options struct {
	// FillPermille is how much of a carton's room goods can really use; the
	// rest is air between them. A lone unit needs no such room. 0: 850.
	FillPermille int
	Filling      unit.Mass // mass of filling per carton
	// What the packer is to know beside, see [Problem].
	Heavy  unit.Mass // fragile goods share no carton with what is heavier; 0: no limit
	Charge Charge    // zero: the fewest cartons, then the smallest
	Effort int
}

// DefaultOptions counts on 85 % of a carton's room and no filling.
func DefaultOptions() Options { return Options{FillPermille: 850} }

func (o Options) fill() int64 {
	if o.FillPermille <= 0 {
		return int64(DefaultOptions().FillPermille)
	}
	return int64(min(o.FillPermille, 1000))
}

// Propose returns the carton to begin with: the largest of those that the packer plans
// with, see [PlanOf]. Where it cannot say, it is the smallest, by outer volume, then
// cost, then id, that should hold all items; where none does, the largest that takes at
// least one unit. False where there is none either, and where all of it ships in cartons
// of its own.
func Propose(items []Item, cartons []station.Carton, o Options) (station.Carton, bool) {
	rest := slices.DeleteFunc(wanted(items), func(it Item) bool { return it.Own })
	if len(rest) == 0 && len(wanted(items)) > 0 {
		return station.Carton{}, false
	}
	items = rest
	if p, ok := PlanOf(items, cartons, o); ok {
		return p.Cartons[0], true
	}
	return byVolume(items, cartons, o)
}

func byVolume(items []Item, cartons []station.Carton, o Options) (station.Carton, bool) {
	sorted := slices.Clone(cartons)
	slices.SortStableFunc(sorted, func(a, b station.Carton) int {
		return cmp.Or(
			cmp.Compare(outer(a).Volume(), outer(b).Volume()),
			cmp.Compare(a.Cost.Minor, b.Cost.Minor),
			cmp.Compare(a.ID, b.ID),
		)
	})
	for _, c := range sorted {
		if Fits(c, items, o).None() {
			return c, true
		}
	}
	for _, c := range slices.Backward(sorted) {
		if Allows(c, items, o).None() {
			return c, true
		}
	}
	return station.Carton{}, false
}

// Fits says why a carton should not hold all the items together; none means that
// it should. What is not known of an item does not count.
func Fits(c station.Carton, items []Item, o Options) trouble.Trouble {
	items = wanted(items)
	var volume int64
	mass, units := c.Tare+o.Filling, 0
	for _, it := range items {
		if !it.Size.IsZero() && !goesIn(it, c) {
			return trouble.New(trouble.BoxTooTight, it.Called(), it.Size.String(), c.Inner.String())
		}
		volume = plus(volume, times(it.Size.Volume(), int64(it.Qty)))
		mass = unit.Mass(plus(int64(mass), times(int64(max(0, it.Mass)), int64(it.Qty))))
		units += it.Qty
	}
	if c.Max > 0 && mass > c.Max {
		return trouble.New(trouble.BoxTooHeavy, mass.String(), c.Max.String())
	}
	room := c.Inner.Volume()
	if units > 1 {
		room = share(room, o.fill())
	}
	if !c.Inner.IsZero() && volume > room {
		return trouble.New(trouble.BoxTooSmall, litres(volume), litres(room))
	}
	return trouble.Trouble{}
}

// Allows says why a carton can not even be begun with the items: not one unit
// goes into it. None means that it may be used for a part of them,
// which is what a packer who takes several parcels does (B2).
func Allows(c station.Carton, items []Item, o Options) trouble.Trouble {
	var reason trouble.Trouble
	for _, it := range wanted(items) {
		it.Qty = 1
		why := Fits(c, []Item{it}, o)
		if why.None() {
			return why
		}
		if reason.None() {
			reason = why
		}
	}
	return reason
}

func wanted(items []Item) []Item {
	return slices.DeleteFunc(slices.Clone(items), func(it Item) bool { return it.Qty <= 0 })
}

// goesIn reports whether one unit fits in an allowed rotation.
func goesIn(it Item, c station.Carton) bool {
	in := c.Inner
	if in.IsZero() {
		return true
	}
	if it.Turn == Flat {
		flat := func(w, l unit.Length) bool { return w <= in.Width && l <= in.Length }
		return it.Size.Depth <= in.Depth && (flat(it.Size.Width, it.Size.Length) || flat(it.Size.Length, it.Size.Width))
	}
	a, b := edges(it.Size), edges(in)
	return a[0] <= b[0] && a[1] <= b[1] && a[2] <= b[2]
}

func edges(s unit.Size) [3]unit.Length {
	e := []unit.Length{s.Width, s.Length, s.Depth}
	slices.Sort(e)
	return [3]unit.Length(e)
}

func outer(c station.Carton) unit.Size {
	if c.Outer.IsZero() {
		return c.Inner
	}
	return c.Outer
}

// Called is the item's name, its SKU where it has none.
func (it Item) Called() string {
	if it.Name != "" {
		return it.Name
	}
	return it.SKU
}

// litres writes cubic millimetres for people.
func litres(mm3 int64) string {
	tenths := (mm3/10_000 + 5) / 10
	return fmt.Sprintf("%d.%d l", tenths/10, tenths%10)
}

// times, plus and share stop at the largest number instead of wrapping round,
// so that absurd catalogue data can only be too big, never small again.
func times(a, b int64) int64 {
	if a <= 0 || b <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	if hi != 0 || lo > math.MaxInt64 {
		return math.MaxInt64
	}
	return int64(lo)
}

func plus(a, b int64) int64 {
	if b > 0 && a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}

func share(v, permille int64) int64 {
	return v/1000*permille + v%1000*permille/1000
}
