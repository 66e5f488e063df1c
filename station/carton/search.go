package carton

import (
	"cmp"
	"math"
	"slices"

	"packbench/station/unit"
)

// worth compares answers: less is better, from the left.
type worth struct{ left, first, second int64 }

func (w worth) less(o worth) bool {
	return cmp.Or(cmp.Compare(w.left, o.left), cmp.Compare(w.first, o.first), cmp.Compare(w.second, o.second)) < 0
}

func (w worth) plus(o worth) worth {
	return worth{w.left + o.left, w.first + o.first, w.second + o.second}
}

// packed is one box of an answer.
type packed struct {
	space *space
	puts  []put
	load  []int32 // units by kind
	worth worth
}

// search looks for the best answer, step by step.
type search struct {
	m     *model
	f     *filler
	b     *builder
	steps int
	limit int         // of steps
	stop  func() bool // the clock's ceiling
	over  bool
	boxes []packed
	left  []int32 // units in no box
	used  []int   // boxes by index of the problem
}

func newSearch(m *model, stop func() bool) *search {
	s := &search{m: m, limit: math.MaxInt, stop: stop, used: make([]int, len(m.p.Boxes)), left: make([]int32, len(m.kinds))}
	s.f = newFiller(m, &s.steps)
	s.b = newBuilder(m, &s.steps)
	return s
}

// done reports whether the budget is used up.
func (s *search) done() bool {
	if !s.over && (s.steps >= s.limit || s.stop != nil && s.stop()) {
		s.over = true
	}
	return s.over
}

// value is what a box with a load counts.
func (s *search) value(sp *space, load []int32) worth {
	if s.m.p.Objective == LeastCost {
		var mass unit.Mass
		for i, n := range load {
			mass += s.m.kinds[i].mass * unit.Mass(n)
		}
		return worth{0, s.m.billed(sp, mass), 1 << 40}.plus(worth{0, 0, sp.outer})
	}
	return worth{0, 1, sp.outer}
}

func units(load []int32) int {
	sum := 0
	for _, n := range load {
		sum += int(n)
	}
	return sum
}

func (s *search) volumeOf(load []int32) (sum int64) {
	for i, n := range load {
		sum += s.m.kinds[i].volume * int64(n)
	}
	return sum
}

// mayHold reports whether nothing that is easily seen keeps a load out of a box.
func (s *search) mayHold(sp *space, load []int32) bool {
	var volume int64
	var mass unit.Mass
	fragile, heavy, both := 0, 0, 0
	for i, n := range load {
		if n == 0 {
			continue
		}
		k := &s.m.kinds[i]
		if !sp.takes(k) || k.most > 0 && int(n) > k.most {
			return false
		}
		volume += k.volume * int64(n)
		mass += k.mass * unit.Mass(n)
		if k.fragile {
			fragile += int(n)
		}
		if k.heavy {
			heavy += int(n)
		}
		if k.fragile && k.heavy {
			both += int(n)
		}
	}
	if volume > sp.volume || sp.room >= 0 && mass > sp.room || fragile > 0 && heavy > 0 && (both != 1 || fragile+heavy > 2) {
		return false
	}
	return s.pairsFit(sp, load)
}

// pairsFit reports whether every two units of a load fit beside or above each other.
func (s *search) pairsFit(sp *space, load []int32) bool {
	for i, n := range load {
		if n == 0 {
			continue
		}
		for j := i; j < len(load); j++ {
			if load[j] == 0 || i == j && n < 2 {
				continue
			}
			if !pairFits(sp, &s.m.kinds[i], &s.m.kinds[j]) {
				return false
			}
		}
	}
	return true
}

func pairFits(sp *space, a, b *kind) bool {
	for _, v := range a.ways {
		if v[0] > sp.in[0] || v[1] > sp.in[1] || v[2] > sp.in[2] {
			continue
		}
		for _, w := range b.ways {
			if w[0] > sp.in[0] || w[1] > sp.in[1] || w[2] > sp.in[2] {
				continue
			}
			if v[0]+w[0] <= sp.in[0] || v[1]+w[1] <= sp.in[1] || v[2]+w[2] <= sp.in[2] {
				return true
			}
		}
	}
	return false
}

// manyUnits is from how many units on blocks of them are put instead of each.
const manyUnits = 60

// packAll tries to put a whole load into a box, from one attempt up to another.
func (s *search) packAll(sp *space, load []int32, from, to int) ([]put, bool) {
	n := units(load)
	rng := random(uint64(sp.box)<<32 + uint64(from)<<8 + uint64(n))
	for try := from; try < to; try++ {
		if try > 0 && s.done() {
			return nil, false
		}
		if n > manyUnits || try%16 == 5 {
			if puts, ok := s.b.packAll(sp, load, try); ok {
				return puts, true
			}
			if n > manyUnits {
				continue
			}
		}
		rule := tastes[try%len(tastes)]
		switch {
		case try < 4*len(tastes):
			s.f.sorted(load, try%4)
		default:
			s.jitter(load, &rng)
			rule = tastes[rng.below(len(tastes))]
		}
		if s.f.fill(sp, rule, true) {
			return s.f.puts(), true
		}
	}
	return nil, false
}

// jitter arranges a load by volume or edge, with noise, and now and then shuffles units.
func (s *search) jitter(load []int32, rng *random) {
	s.f.sorted(load, rng.below(4))
	for i := range s.f.key {
		s.f.key[i] = s.f.key[i] / 128 * int64(64+rng.below(128))
	}
	s.f.arrange(load)
	if rng.below(3) == 0 {
		s.f.shuffled(rng)
	}
}

// packSome puts as much of a load into a box as an attempt brings, groups whole or
// not at all.
func (s *search) packSome(sp *space, load []int32, try int) ([]put, []int32) {
	load = slices.Clone(load)
	rng := random(uint64(sp.box)<<32 + uint64(try) + 7)
	for {
		var puts []put
		if units(load) > manyUnits {
			puts = s.b.packSome(sp, load, try)
		} else {
			if try < 4 {
				s.f.sorted(load, try)
			} else {
				s.jitter(load, &rng)
			}
			s.f.fill(sp, tastes[try%len(tastes)], false)
			puts = s.f.puts()
		}
		in := make([]int32, len(load))
		for _, p := range puts {
			in[p.kind]++
		}
		torn := s.torn(load, in)
		if torn == 0 {
			return puts, in
		}
		for i := range load {
			if s.m.kinds[i].group == torn {
				load[i] = 0
			}
		}
	}
}

// torn returns a group of which only a part is in; 0: none is.
func (s *search) torn(load, in []int32) int {
	if s.m.groups == 0 {
		return 0
	}
	some, missing := make([]bool, s.m.groups+1), make([]bool, s.m.groups+1)
	for i := range load {
		g := s.m.kinds[i].group
		some[g] = some[g] || in[i] > 0
		missing[g] = missing[g] || in[i] < load[i]
	}
	for g := 1; g <= s.m.groups; g++ {
		if some[g] && missing[g] {
			return g
		}
	}
	return 0
}

// free reports whether there is one more box of this type.
func (s *search) free(sp *space, taken int) bool {
	return sp.stock < 0 || s.used[sp.box]+taken < sp.stock
}

// single are the boxes that may hold a load alone and are worth less than a bound, the
// best first.
func (s *search) single(load []int32, below worth) []*space {
	var fit []*space
	for i := range s.m.spaces {
		sp := &s.m.spaces[i]
		if s.free(sp, 0) && s.value(sp, load).less(below) && s.mayHold(sp, load) {
			fit = append(fit, sp)
		}
	}
	slices.SortStableFunc(fit, func(a, b *space) int {
		va, vb := s.value(a, load), s.value(b, load)
		return cmp.Or(cmp.Compare(va.first, vb.first), cmp.Compare(va.second, vb.second))
	})
	return fit
}

func (s *search) pack(sp *space, puts []put, load []int32) packed {
	return packed{space: sp, puts: puts, load: load, worth: s.value(sp, load)}
}
