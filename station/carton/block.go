package carton

import (
	"cmp"
	"math"
	"slices"

	"packbench/station/unit"
)

// part is so many units of a kind in a block.
type part struct {
	kind int32
	n    int32
}

// block is a cuboid of units that is put as one: units of one kind in rows, or two
// blocks beside or on each other.
type block struct {
	size   [3]int32
	top    [2]int32 // how much of the top takes something, from the low corner
	volume int64
	mass   unit.Mass
	n      int32
	key    float64 // the most that the block can be worth anywhere
	parts  []part
	noTop  bool

	way  [3]int32 // of one kind: its edges
	a, b int32    // of two blocks, their indexes; a is at the low corner
	at   [3]int32 // where b is
}

// outline is what a search looks at first, close together.
type outline struct {
	key     float64
	w, l, d int32
}

// blocks are those of one type of box, the most promising first.
type blocks struct {
	list  []block
	scan  []outline // of each of the list
	flat  reach     // lengths that edges on the floor can add up to
	up    reach     // and those that stand
	least int32
}

// reach says how much of a length edges can use up.
type reach struct {
	most []int32
	cell int32
}

const cells = 4096

func newReach(length int32, edges []int32) reach {
	r := reach{cell: length/cells + 1}
	n := length/r.cell + 1
	r.most = make([]int32, n)
	for i := int32(1); i < n; i++ {
		r.most[i] = r.most[i-1]
		for _, e := range edges {
			if c := e / r.cell; c > 0 && c <= i && r.most[i-c] == i-c {
				r.most[i] = i
				break
			}
		}
	}
	return r
}

// used is the most of a gap that edges can use up.
func (r *reach) used(gap int32) int32 { return r.most[gap/r.cell] * r.cell }

// useful are the numbers of units in a row that blocks are made of.
func useful(most int32) []int32 {
	var ns []int32
	for n := int32(1); n < most; n++ {
		if n > 12 {
			n += n / 4
		}
		ns = append(ns, min(n, most))
	}
	if most > 0 && (len(ns) == 0 || ns[len(ns)-1] != most) {
		ns = append(ns, most)
	}
	return ns
}

// mostBlocks bounds how many blocks a type of box has.
const mostBlocks = 8000

func newBlocks(m *model, sp *space, mixed bool) *blocks {
	s := &blocks{least: math.MaxInt32}
	var flat, up []int32
	note := func(list *[]int32, e int32) {
		if !slices.Contains(*list, e) && len(*list) < 64 {
			*list = append(*list, e)
		}
	}
	for i := range m.kinds {
		k := &m.kinds[i]
		for _, w := range k.ways {
			s.rows(m, sp, int32(i), w)
			note(&flat, w[0])
			note(&flat, w[1])
			note(&up, w[2])
		}
		s.least = min(s.least, k.edges[2])
	}
	s.flat = newReach(max(sp.in[0], sp.in[1]), flat)
	s.up = newReach(sp.in[2], up)
	if mixed {
		s.mix(m, sp)
	}
	s.sort()
	return s
}

// rows adds blocks of one kind that lies one way.
func (s *blocks) rows(m *model, sp *space, kind int32, w [3]int32) {
	k := &m.kinds[kind]
	most := int32(min(k.qty, math.MaxInt32))
	if k.most > 0 {
		most = int32(min(k.qty, k.most))
	}
	high := sp.in[2] / w[2]
	if k.noTop {
		high = min(high, 1)
	}
	for _, nx := range useful(min(most, sp.in[0]/w[0])) {
		for _, ny := range useful(min(most/nx, sp.in[1]/w[1])) {
			for _, nz := range useful(min(most/nx/ny, high)) {
				if len(s.list) >= mostBlocks && nx*ny*nz > 1 {
					continue
				}
				n := nx * ny * nz
				b := block{
					size: [3]int32{nx * w[0], ny * w[1], nz * w[2]}, volume: k.volume * int64(n), mass: k.mass * unit.Mass(n), n: n,
					parts: []part{{kind, n}}, way: w, a: -1, noTop: k.noTop,
				}
				b.top = [2]int32{b.size[0], b.size[1]}
				s.list = append(s.list, b)
			}
		}
	}
}

// shape tells blocks apart that are worth keeping both.
type shape struct {
	size  [3]int32
	units int32
	parts int32
}

// mix joins blocks to cuboids that are nearly full: side by side where they are of one
// height, and on each other where the lower bears the upper with its whole base.
func (s *blocks) mix(m *model, sp *space) {
	seen := map[shape]bool{}
	for from, to := 0, len(s.list); from < to && to < mostBlocks; from, to = to, len(s.list) {
		for axis := range 3 {
			s.mixAlong(m, sp, axis, from, to, seen)
		}
	}
}

// mixAlong joins blocks along one axis, one of each two being from those of the last
// round. The edges across it are nearly alike in what can be joined.
func (s *blocks) mixAlong(m *model, sp *space, axis, from, to int, seen map[shape]bool) {
	first, second := 2, 1-axis // edges across: of one height, and nearly as long
	if axis == 2 {
		first, second = 0, 1
	}
	order := make([]int32, to)
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int {
		x, y := &s.list[a].size, &s.list[b].size
		return cmp.Or(cmp.Compare(x[first], y[first]), cmp.Compare(x[second], y[second]))
	})
	near := func(a, b int32) bool { return b <= a+a/50 }
	for at, i := range order {
		for _, j := range order[at:] {
			x, y := &s.list[i].size, &s.list[j].size
			if axis < 2 && (x[2] != y[2] || !near(x[second], y[second])) || !near(x[first], y[first]) {
				break
			}
			if int(max(i, j)) < from || x[axis]+y[axis] > sp.in[axis] || !near(min(x[second], y[second]), max(x[second], y[second])) {
				continue
			}
			if !s.join(m, sp, int(i), int(j), axis, seen) {
				return
			}
		}
	}
}

// join adds two blocks as one, the better bearing one below; false when there are enough.
func (s *blocks) join(m *model, sp *space, i, j, axis int, seen map[shape]bool) bool {
	for _, o := range [2][2]int{{i, j}, {j, i}} {
		b, ok := s.joined(m, sp, o[0], o[1], axis)
		if !ok {
			continue
		}
		id := shape{b.size, b.n, 0}
		for _, p := range b.parts {
			id.parts = id.parts*131 + p.kind*17 + p.n
		}
		if !seen[id] {
			seen[id] = true
			s.list = append(s.list, b)
		}
		break
	}
	return len(s.list) < mostBlocks
}

// joined is block j put behind block i along an axis.
func (s *blocks) joined(m *model, sp *space, i, j, axis int) (block, bool) {
	a, b := &s.list[i], &s.list[j]
	out := block{size: [3]int32{max(a.size[0], b.size[0]), max(a.size[1], b.size[1]), max(a.size[2], b.size[2])}, a: int32(i), b: int32(j)}
	out.size[axis] = a.size[axis] + b.size[axis]
	if out.size[axis] > sp.in[axis] || axis < 2 && a.size[2] != b.size[2] || a.noTop || b.noTop {
		return out, false
	}
	if axis == 2 && (b.size[0] > a.top[0] || b.size[1] > a.top[1]) {
		return out, false
	}
	out.volume, out.n, out.mass = a.volume+b.volume, a.n+b.n, a.mass+b.mass
	if float64(out.volume) < 0.98*cubed(out.size)*m.scale {
		return out, false
	}
	out.at[axis] = a.size[axis]
	out.parts = slices.Clone(a.parts)
	for _, p := range b.parts {
		if at := slices.IndexFunc(out.parts, func(q part) bool { return q.kind == p.kind }); at >= 0 {
			out.parts[at].n += p.n
		} else {
			out.parts = append(out.parts, p)
		}
	}
	slices.SortFunc(out.parts, func(p, q part) int { return cmp.Compare(p.kind, q.kind) })
	for _, p := range out.parts {
		k := &m.kinds[p.kind]
		if int(p.n) > k.qty || k.most > 0 && int(p.n) > k.most {
			return out, false
		}
	}
	switch {
	case axis == 2:
		out.top = b.top
	case a.size[1-axis] == b.size[1-axis] && a.top == [2]int32{a.size[0], a.size[1]} && b.top == [2]int32{b.size[0], b.size[1]}:
		out.top = [2]int32{out.size[0], out.size[1]}
	default:
		out.top = a.top
	}
	return out, true
}

// sort puts the blocks first that can be worth most.
func (s *blocks) sort() {
	for i := range s.list {
		b := &s.list[i]
		b.key = float64(b.volume) * math.Pow(float64(b.n), -0.2)
	}
	order := make([]int32, len(s.list))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(s.list[b].key, s.list[a].key) })
	at := make([]int32, len(order))
	list := make([]block, len(order))
	for i, o := range order {
		list[i], at[o] = s.list[o], int32(i)
	}
	s.scan = make([]outline, len(list))
	for i := range list {
		if list[i].a >= 0 {
			list[i].a, list[i].b = at[list[i].a], at[list[i].b]
		}
		s.scan[i] = outline{list[i].key, list[i].size[0], list[i].size[1], list[i].size[2]}
	}
	s.list = list
}

// units adds the units of a block whose low corner is at a place.
func (s *blocks) units(out []put, i int32, at [3]int32) []put {
	b := &s.list[i]
	if b.a >= 0 {
		out = s.units(out, b.a, at)
		return s.units(out, b.b, [3]int32{at[0] + b.at[0], at[1] + b.at[1], at[2] + b.at[2]})
	}
	w := b.way
	for z := int32(0); z < b.size[2]; z += w[2] {
		for y := int32(0); y < b.size[1]; y += w[1] {
			for x := int32(0); x < b.size[0]; x += w[0] {
				low := cube{x: at[0] + x, y: at[1] + y, z: at[2] + z}
				low.X, low.Y, low.Z = low.x+w[0], low.y+w[1], low.z+w[2]
				out = append(out, put{low, b.parts[0].kind})
			}
		}
	}
	return out
}
