package carton

import (
	"cmp"
	"slices"

	"packbench/station/unit"
)

// builder fills boxes with blocks of many units. Everything that it puts rests with
// its whole base, whatever the rules ask.
type builder struct {
	m     *model
	steps *int
	of    map[int]*blocks // by box
	spare []*layout
}

func newBuilder(m *model, steps *int) *builder {
	return &builder{m: m, steps: steps, of: map[int]*blocks{}}
}

// layout is a box that is being filled.
type layout struct {
	room   room
	remain []int32
	mass   unit.Mass // that may still go in; negative: no limit
	volume int64     // in it
	final  int64     // in it, once it was filled to the end
}

func (l *layout) copyFrom(o *layout) {
	l.room.copyFrom(&o.room)
	l.remain = append(l.remain[:0], o.remain...)
	l.mass, l.volume, l.final = o.mass, o.volume, o.final
}

func (b *builder) take() *layout {
	if n := len(b.spare); n > 0 {
		l := b.spare[n-1]
		b.spare = b.spare[:n-1]
		return l
	}
	return &layout{}
}

func (b *builder) release(l *layout) { b.spare = append(b.spare, l) }

func (b *builder) blocks(sp *space) *blocks {
	s := b.of[sp.box]
	if s == nil {
		s = newBlocks(b.m, sp, b.m.p.Objective == MostFilled)
		b.of[sp.box] = s
	}
	return s
}

// begin is an empty box for a load, of what may be together in the n-th way.
func (b *builder) begin(sp *space, load []int32, n int) *layout {
	l := b.take()
	s := b.blocks(sp)
	l.room.reset(sp.in, true, s.least)
	l.remain = append(l.remain[:0], load...)
	l.mass, l.volume = sp.room, 0
	for i := range l.remain {
		k := &b.m.kinds[i]
		if k.most > 0 {
			l.remain[i] = min(l.remain[i], int32(min(k.most, k.qty)))
		}
		if !sp.takes(k) {
			l.remain[i] = 0
		}
	}
	b.apart(l.remain, n)
	return l
}

// apart leaves out what may not be beside the rest: once the heavy, once the fragile,
// and once all but one unit that is both.
func (b *builder) apart(load []int32, n int) {
	fragile, heavy, both := false, false, -1
	for i, c := range load {
		if c > 0 {
			k := &b.m.kinds[i]
			fragile, heavy = fragile || k.fragile && !k.heavy, heavy || k.heavy && !k.fragile
			if k.fragile && k.heavy {
				both = i
			}
		}
	}
	ways := make([]int, 0, 3)
	if heavy {
		ways = append(ways, 1)
	}
	if fragile {
		ways = append(ways, 2)
	}
	if both >= 0 {
		ways = append(ways, 3)
	}
	if len(ways) == 0 || len(ways) == 1 && both < 0 {
		return
	}
	way := ways[n%len(ways)]
	for i := range load {
		k := &b.m.kinds[i]
		switch {
		case way == 1 && k.fragile, way == 2 && k.heavy, way == 3 && i != both && (k.heavy || k.fragile):
			load[i] = 0
		case way == 3 && i == both:
			load[i] = min(load[i], 1)
		}
	}
}

// packAll reports whether a whole load goes in.
func (b *builder) packAll(sp *space, load []int32, try int) ([]put, bool) {
	puts := b.packSome(sp, load, try)
	return puts, len(puts) == units(load)
}

// packSome fills a box once; each try likes other blocks.
func (b *builder) packSome(sp *space, load []int32, try int) []put {
	l := b.begin(sp, load, try)
	defer b.release(l)
	b.greedy(sp, l, random(try))
	return b.puts(sp, l)
}

func (b *builder) puts(sp *space, l *layout) []put {
	s := b.blocks(sp)
	var out []put
	for i := range l.room.solids {
		o := &l.room.solids[i]
		out = s.units(out, o.kind, [3]int32{o.x, o.y, o.z})
	}
	return out
}

// choice is a block for a free cube.
type choice struct {
	block int32
	worth float64
}

// greedy fills a layout to its end, each time with the best block.
func (b *builder) greedy(sp *space, l *layout, noise random) {
	s := b.blocks(sp)
	var one [1]choice
	for len(l.room.free) > 0 {
		at := corner(&l.room)
		*b.steps++
		best := b.best(s, l, &l.room.free[at], one[:0], noise)
		if len(best) == 0 {
			l.room.free = slices.Delete(l.room.free, at, at+1)
			continue
		}
		if noise > 0 {
			noise.next()
		}
		b.lay(s, l, at, best[0].block)
	}
	l.final = l.volume
}

// lay puts a block into the corner of a free cube that is nearest to a corner of the box.
func (b *builder) lay(s *blocks, l *layout, at int, i int32) {
	f, k := l.room.free[at], &s.list[i]
	c := cube{x: f.x, y: f.y, z: f.z}
	if l.room.size[0]-f.X < f.x {
		c.x = f.X - k.size[0]
	}
	if l.room.size[1]-f.Y < f.y {
		c.y = f.Y - k.size[1]
	}
	c.X, c.Y, c.Z = c.x+k.size[0], c.y+k.size[1], c.z+k.size[2]
	l.room.put(solid{c, i, k.noTop}, k.top)
	for _, p := range k.parts {
		l.remain[p.kind] -= p.n
	}
	l.volume += k.volume
	if l.mass >= 0 {
		l.mass -= k.mass
	}
}

// corner is the free cube that is nearest to a corner of the floor.
func corner(r *room) int {
	best, at := [4]int64{}, -1
	for i := range r.free {
		f := &r.free[i]
		d := [3]int32{min(f.x, r.size[0]-f.X), min(f.y, r.size[1]-f.Y), f.z}
		slices.Sort(d[:])
		key := [4]int64{int64(d[0]), int64(d[1]), int64(d[2]), -int64(f.X-f.x) * int64(f.Y-f.y)}
		if at < 0 || slices.Compare(key[:], best[:]) < 0 {
			best, at = key, i
		}
	}
	return at
}

// best are the best blocks for a free cube, as many as the slice has room for.
func (b *builder) best(s *blocks, l *layout, f *cube, out []choice, noise random) []choice {
	w, h, d := f.X-f.x, f.Y-f.y, f.Z-f.z
	worst, loud := 0.0, 1.0
	if noise > 0 {
		loud = 1.3
	}
	for i := range s.scan {
		o := &s.scan[i]
		if loud*o.key <= worst {
			break
		}
		if o.w > w || o.l > h || o.d > d {
			continue
		}
		k := &s.list[i]
		if !l.admits(k) {
			continue
		}
		v := k.key * s.suits(f, k.size)
		if noise > 0 {
			n := noise + random(i)*77
			v *= 1 + 0.3*float64(n.next()>>40)/(1<<24)
		}
		if v <= worst {
			continue
		}
		if len(out) == cap(out) {
			out = out[:len(out)-1]
		}
		at, _ := slices.BinarySearchFunc(out, v, func(c choice, v float64) int { return cmp.Compare(v, c.worth) })
		out = slices.Insert(out, at, choice{int32(i), v})
		if len(out) == cap(out) {
			worst = out[len(out)-1].worth
		}
	}
	return out
}

func (l *layout) admits(k *block) bool {
	for _, p := range k.parts {
		if p.n > l.remain[p.kind] {
			return false
		}
	}
	return l.mass < 0 || k.mass <= l.mass
}

// suits is how well a block of some size suits a free cube, from 0 to 1: how much of
// its faces touches something to the fourth power, and how little of the cube is lost
// because no edges add up to what is left of it.
func (s *blocks) suits(f *cube, e [3]int32) float64 {
	gx, gy, gz := f.X-f.x-e[0], f.Y-f.y-e[1], f.Z-f.z-e[2]
	x, y, z := float64(e[0]), float64(e[1]), float64(e[2])
	touch := x*y + y*z + x*z
	all := 2 * touch
	if float64(gx) <= 0.04*x {
		touch += y * z
	}
	if float64(gy) <= 0.04*y {
		touch += x * z
	}
	if float64(gz) <= 0.04*z {
		touch += x * y
	}
	c := touch / all
	kept := float64(e[0]+s.flat.used(gx)) / float64(f.X-f.x) * (float64(e[1]+s.flat.used(gy)) / float64(f.Y-f.y)) *
		(float64(e[2]+s.up.used(gz)) / float64(f.Z-f.z))
	return c * c * c * c * kept
}
