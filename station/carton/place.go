package carton

import (
	"cmp"
	"math"
	"slices"

	"packbench/station/unit"
)

// random is a splitmix64 generator: the same numbers for the same seed for ever.
type random uint64

func (r *random) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func (r *random) below(n int) int { return int(r.next() % uint64(n)) }

// taste is what makes one place for a unit better than another: the sum of these
// weights times lengths is to be small.
type taste struct{ low, top, gap, gaps, side, touch int64 }

var tastes = []taste{
	{low: 40, gap: 4, side: 1},
	{top: 40, gap: 4, side: 1},
	{low: 4, gap: 12, gaps: 2, side: 1},
	{touch: 1},
	{gaps: 8, low: 6},
	{top: 10, gap: 10, gaps: 1},
	{side: 10, low: 8, gap: 1},
}

// put is one unit in a room.
type put struct {
	cube
	kind int32
}

// filler puts units into one room, one after the other.
type filler struct {
	m      *model
	room   room
	space  *space
	load   unit.Mass
	counts []int32 // in the room, by kind
	fail   []bool  // kinds that found no place
	order  []int32 // one kind for each unit
	key    []int64
	heavy  bool // a heavy unit is in the room
	frail  bool
	all    int // units in the room
	rule   taste
	steps  *int
}

func newFiller(m *model, steps *int) *filler {
	return &filler{m: m, counts: make([]int32, len(m.kinds)), fail: make([]bool, len(m.kinds)), key: make([]int64, len(m.kinds)), steps: steps}
}

func (f *filler) begin(s *space, strict bool) {
	least := int32(math.MaxInt32)
	for _, k := range f.order {
		least = min(least, f.m.kinds[k].edges[2])
	}
	f.space = s
	f.room.reset(s.in, strict, least)
	f.load, f.all, f.heavy, f.frail = 0, 0, false, false
	clear(f.counts)
	clear(f.fail)
}

// admits reports whether the rules let one more unit of a kind in; room is another matter.
func (f *filler) admits(kind int32) bool {
	k := &f.m.kinds[kind]
	switch {
	case f.space.room >= 0 && (k.mass <= 0 || f.load+k.mass > f.space.room):
		return false
	case k.most > 0 && int(f.counts[kind]) >= k.most:
		return false
	case k.fragile && (f.heavy || k.heavy && f.all > 0 && f.frail):
		return false
	case k.heavy && f.frail:
		return false
	}
	return true
}

// fill puts units in, in their order. With all it ends at the first that finds no place.
func (f *filler) fill(s *space, rule taste, all bool) bool {
	f.begin(s, f.m.support == 1000)
	f.rule = rule
	for _, kind := range f.order {
		if f.fail[kind] {
			continue
		}
		*f.steps++
		if !f.admits(kind) || !f.place(kind) {
			f.fail[kind] = true
			if all {
				return false
			}
		}
	}
	return true
}

// place finds the best place for one unit of a kind, and puts it there.
func (f *filler) place(kind int32) bool {
	k := &f.m.kinds[kind]
	var best cube
	worth, found := int64(math.MaxInt64), false
	try := func(c cube, s *cube) {
		if c.x < s.x || c.y < s.y || c.X > s.X || c.Y > s.Y {
			return
		}
		w := f.worth(&c, s)
		if w >= worth || c.z > 0 && !f.room.strict && !f.room.holds(&c, f.m.support) {
			return
		}
		best, worth, found = c, w, true
	}
	for i := range f.room.free {
		s := &f.room.free[i]
		if k.noTop && s.Z != f.room.size[2] {
			continue
		}
		for _, w := range k.ways {
			if w[0] > s.X-s.x || w[1] > s.Y-s.y || w[2] > s.Z-s.z {
				continue
			}
			f.corners(s, w, s, try)
			if s.z == 0 || f.room.strict {
				continue
			}
			for j := range f.room.solids {
				o := &f.room.solids[j]
				if o.Z == s.z && o.x < s.X && s.x < o.X && o.y < s.Y && s.y < o.Y {
					f.corners(s, w, &o.cube, try)
				}
			}
		}
	}
	if !found {
		return false
	}
	f.room.put(solid{best, kind, k.noTop}, [2]int32{best.X - best.x, best.Y - best.y})
	f.counts[kind]++
	f.all++
	f.load += k.mass
	f.heavy, f.frail = f.heavy || k.heavy, f.frail || k.fragile
	return true
}

// corners tries the places in a free cube that share a corner with another cube.
func (f *filler) corners(s *cube, w [3]int32, o *cube, try func(cube, *cube)) {
	x, y := o.X-w[0], o.Y-w[1]
	at := func(x, y int32) { try(cube{x, y, s.z, x + w[0], y + w[1], s.z + w[2]}, s) }
	at(o.x, o.y)
	if x != o.x {
		at(x, o.y)
	}
	if y != o.y {
		at(o.x, y)
	}
	if x != o.x && y != o.y {
		at(x, y)
	}
}

func (f *filler) worth(c, s *cube) int64 {
	t := &f.rule
	gx, gy, gz := int64(s.X-s.x-c.X+c.x), int64(s.Y-s.y-c.Y+c.y), int64(s.Z-c.Z)
	sum := t.low*int64(c.z) + t.top*int64(c.Z) + t.gap*min(gx, gy, gz) + t.gaps*(gx+gy+gz)
	if t.side > 0 {
		sum += t.side * int64(min(c.x, f.room.size[0]-c.X)+min(c.y, f.room.size[1]-c.Y))
	}
	if t.touch > 0 {
		sum -= t.touch * f.touch(c) / 64
	}
	return sum
}

// touch is the area of a cube's faces that touch walls or what stands already, as a
// share of all its faces in 1/65536.
func (f *filler) touch(c *cube) int64 {
	w, l, d := int64(c.X-c.x), int64(c.Y-c.y), int64(c.Z-c.z)
	var area int64
	if c.x == 0 {
		area += l * d
	}
	if c.X == f.room.size[0] {
		area += l * d
	}
	if c.y == 0 {
		area += w * d
	}
	if c.Y == f.room.size[1] {
		area += w * d
	}
	if c.z == 0 {
		area += w * l
	}
	if c.Z == f.room.size[2] {
		area += w * l
	}
	for i := range f.room.solids {
		s := &f.room.solids[i]
		ox, oy, oz := int64(min(s.X, c.X)-max(s.x, c.x)), int64(min(s.Y, c.Y)-max(s.y, c.y)), int64(min(s.Z, c.Z)-max(s.z, c.z))
		switch {
		case ox == 0 && oy > 0 && oz > 0:
			area += oy * oz
		case oy == 0 && ox > 0 && oz > 0:
			area += ox * oz
		case oz == 0 && ox > 0 && oy > 0:
			area += ox * oy
		}
	}
	return int64(float64(area) / float64(2*(w*l+l*d+w*d)) * 65536)
}

// sorted sets the order to the units of a load, by the n-th of a few ways to sort.
func (f *filler) sorted(load []int32, n int) {
	for i := range f.m.kinds {
		k := &f.m.kinds[i]
		e := k.edges
		switch n {
		case 0:
			f.key[i] = k.volume
		case 1:
			f.key[i] = int64(e[0])<<20 + int64(e[1])
		case 2:
			f.key[i] = int64(e[0]) * int64(e[1])
		default:
			f.key[i] = int64(e[2])<<20 + int64(e[1])
		}
	}
	f.arrange(load)
}

// arrange sets the order to the units of a load by falling keys.
func (f *filler) arrange(load []int32) {
	kinds := f.order[:0]
	for i, n := range load {
		if n > 0 {
			kinds = append(kinds, int32(i))
		}
	}
	slices.SortFunc(kinds, func(a, b int32) int {
		return cmp.Or(cmp.Compare(f.key[b], f.key[a]), cmp.Compare(a, b))
	})
	kinds = slices.Clone(kinds)
	f.order = f.order[:0]
	for _, i := range kinds {
		for range load[i] {
			f.order = append(f.order, i)
		}
	}
}

// shuffled changes the order a little, and sometimes more.
func (f *filler) shuffled(r *random) {
	n := len(f.order)
	if n < 2 {
		return
	}
	for range 1 + r.below(max(2, n/3)) {
		i := r.below(n)
		j := r.below(n)
		if r.below(3) > 0 {
			j = min(n-1, max(0, i+r.below(5)-2))
		}
		f.order[i], f.order[j] = f.order[j], f.order[i]
	}
}

// puts are what stands in the room.
func (f *filler) puts() []put {
	out := make([]put, len(f.room.solids))
	for i, s := range f.room.solids {
		out[i] = put{s.cube, s.kind}
	}
	return out
}
