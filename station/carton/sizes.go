package carton

import (
	"cmp"
	"math"
	"slices"

	"packbench/station"
	"packbench/station/unit"
)

// Shipped is what was in parcels that were packed alike.
type Shipped struct {
	Items []Item
	Times int
}

// Size is a carton that a shop might buy.
type Size struct {
	Inner   unit.Size
	Parcels int // that would go into it
	Before  int64
	After   int64 // cubic millimetres of all boxes, outside, as they are and with it and those before it
}

// Spare is a carton that a shop might do without: its parcels go into others.
type Spare struct {
	Carton  station.Carton
	Parcels int   // that go into it now
	More    int64 // cubic millimetres that they would take more
}

// Advice is what the parcels of the past say of the cartons that a shop has.
type Advice struct {
	Parcels  int // that were looked at
	Homeless int // of them: in no carton, by the sizes of the catalogue
	Volume   int64
	Buy      []Size
	Spare    []Spare
}

// What is tried at most, so that the answer does not take longer the more a shop packs.
const (
	mostKinds      = 300 // of parcels, those packed most often
	mostCandidates = 48
	effortOfSizes  = 400
	wall           = 6 * unit.Millimetre // of board: what a box is more outside than inside
	clearance      = 5 * unit.Millimetre // that hands need beside goods
	raster         = 10 * unit.Millimetre
)

// Sizes says which cartons a shop should buy, so many at most, and which it could do
// without: it packs what was shipped again, each time into the smallest that holds it. It
// is deterministic.
func Sizes(shipped []Shipped, cartons []station.Carton, o Options, most int) Advice {
	shipped = slices.SortedStableFunc(slices.Values(shipped), func(a, b Shipped) int { return cmp.Compare(b.Times, a.Times) })
	shipped = shipped[:min(len(shipped), mostKinds)]
	t := trial{o: o, shipped: shipped, tried: map[[2]int]bool{}, cartons: slices.SortedStableFunc(slices.Values(cartons), func(a, b station.Carton) int {
		return cmp.Or(cmp.Compare(outer(a).Volume(), outer(b).Volume()), cmp.Compare(a.ID, b.ID))
	})}
	t.o.Effort = effortOfSizes
	t.asTheyAre()
	out := Advice{Homeless: t.homeless}
	for _, s := range t.shipped {
		out.Parcels += s.Times
	}
	out.Volume = sum(t.shipped, t.best)
	for range most {
		size, best := t.bestOf()
		if best == nil {
			break
		}
		size.Before, size.After = out.Volume, sum(t.shipped, best)
		if len(out.Buy) > 0 {
			size.Before = out.Buy[len(out.Buy)-1].After
		}
		if (size.Before-size.After)*100 < 3*size.Before {
			break // for less than that nobody fills a shelf
		}
		t.best = best
		out.Buy = append(out.Buy, size)
	}
	out.Spare = t.spares()
	return out
}

func sum(shipped []Shipped, volumes []int64) (all int64) {
	for i, v := range volumes {
		if v != nowhere {
			all = plus(all, times(v, int64(shipped[i].Times)))
		}
	}
	return all
}

const nowhere = math.MaxInt64

// trial packs the same parcels into one carton after the other.
type trial struct {
	o        Options
	shipped  []Shipped
	cartons  []station.Carton // the smallest first
	homeless int

	in         [][]int // by parcel: the cartons of the shop that hold it, the smallest first
	best       []int64 // with what is to be bought
	candidates []unit.Size
	tried      map[[2]int]bool // by candidate and parcel: whether it goes in
}

// asTheyAre packs into the cartons that there are. What goes into none is left out.
func (t *trial) asTheyAre() {
	kept := t.shipped[:0:0]
	for _, s := range t.shipped {
		var in []int
		for i, c := range t.cartons {
			if plan, ok := t.holds(s, c); ok {
				in = append(in, i)
				t.propose(plan)
			}
		}
		if len(in) == 0 {
			t.homeless += s.Times
			continue
		}
		kept = append(kept, s)
		t.in, t.best = append(t.in, in), append(t.best, outer(t.cartons[in[0]]).Volume())
	}
	t.shipped = kept
}

// holds packs a parcel into one carton; false where not all of it goes in.
func (t *trial) holds(s Shipped, c station.Carton) (Plan, bool) {
	if !Fits(c, s.Items, Options{FillPermille: 1000, Filling: t.o.Filling}).None() {
		return Plan{}, false
	}
	plan, ok := Into(s.Items, c, t.o)
	n := 0
	for _, it := range plan.Items {
		if !it.Own {
			n += it.Qty
		}
	}
	return plan, ok && len(plan.Boxes) == 1 && len(plan.Boxes[0].Units) == n
}

// propose makes a candidate of the room that the goods of a plan take up.
func (t *trial) propose(p Plan) {
	var size unit.Size
	for _, u := range p.Boxes[0].Units {
		size.Width = max(size.Width, u.X+u.Size.Width)
		size.Length = max(size.Length, u.Y+u.Size.Length)
		size.Depth = max(size.Depth, u.Z+u.Size.Depth)
	}
	up := func(l unit.Length) unit.Length { return (l + clearance + raster - 1) / raster * raster }
	size = unit.Size{Width: up(max(size.Width, size.Length)), Length: up(min(size.Width, size.Length)), Depth: up(size.Depth)}
	if len(t.candidates) < mostCandidates && !slices.Contains(t.candidates, size) {
		t.candidates = append(t.candidates, size)
	}
}

// bestOf is the candidate that saves the most room, and the volumes with it.
func (t *trial) bestOf() (best Size, volumes []int64) {
	least := sum(t.shipped, t.best)
	for k, inner := range t.candidates {
		c := station.Carton{Inner: inner, Outer: unit.Size{Width: inner.Width + wall, Length: inner.Length + wall, Depth: inner.Depth + wall}}
		v := outer(c).Volume()
		with, n := slices.Clone(t.best), 0
		for i, s := range t.shipped {
			if v >= with[i] {
				continue
			}
			fits, known := t.tried[[2]int{k, i}]
			if !known {
				_, fits = t.holds(s, c)
				t.tried[[2]int{k, i}] = fits
			}
			if fits {
				with[i], n = v, n+s.Times
			}
		}
		if all := sum(t.shipped, with); all < least {
			least, best, volumes = all, Size{Inner: inner, Parcels: n}, with
		}
	}
	return best, volumes
}

// spares are the cartons without which, one after the other, boxes would be no larger by
// a hundredth.
func (t *trial) spares() (out []Spare) {
	gone := map[int]bool{}
	all, more := int64(0), int64(0)
	for j, in := range t.in {
		all = plus(all, times(t.volume(in[0]), int64(t.shipped[j].Times)))
	}
	for {
		least, best := -1, Spare{More: all/100 - more}
		for i := range t.cartons {
			if s, ok := t.without(i, gone); ok && !gone[i] && s.More < best.More {
				least, best = i, s
			}
		}
		if least < 0 {
			return out
		}
		gone[least] = true
		more += best.More
		out = append(out, best)
	}
}

func (t *trial) volume(carton int) int64 { return outer(t.cartons[carton]).Volume() }

// without is what becomes of a carton's parcels if it goes too; false where one of them
// goes into no other.
func (t *trial) without(carton int, gone map[int]bool) (Spare, bool) {
	s := Spare{Carton: t.cartons[carton]}
	for j, in := range t.in {
		left := slices.DeleteFunc(slices.Clone(in), func(i int) bool { return gone[i] })
		switch {
		case left[0] != carton:
		case len(left) == 1:
			return s, false
		default:
			s.Parcels += t.shipped[j].Times
			s.More = plus(s.More, times(t.volume(left[1])-t.volume(carton), int64(t.shipped[j].Times)))
		}
	}
	return s, true
}
