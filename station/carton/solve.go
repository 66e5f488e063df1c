package carton

import (
	"cmp"
	"math"
	"slices"

	"packbench/station/unit"
)

// endless is worse than any answer.
var endless = worth{math.MaxInt64, math.MaxInt64, math.MaxInt64}

// Solve packs a problem. The first answer is always found whole; effort and stop, which
// may be nil, end the search for better ones. stop is for a clock: with one, the answer
// may depend on the machine, never its soundness.
func Solve(p Problem, stop func() bool) Solution {
	m := newModel(&p)
	total := make([]int32, len(m.kinds))
	for i := range m.kinds {
		total[i] = int32(m.kinds[i].qty)
	}
	s := newSearch(m, stop)
	effort := cmp.Or(p.Effort, DefaultEffort(&p))
	if p.Objective == MostFilled {
		s.limit = effort
		s.fillOne(total)
	} else {
		s.first(total)
		s.limit = effort
		s.better()
	}
	return s.solution()
}

// DefaultEffort is the effort of a problem that names none: enough that more of it
// seldom brings anything.
func DefaultEffort(p *Problem) int {
	if p.Objective == MostFilled {
		return 60_000
	}
	n := 0
	for _, it := range p.Items {
		n += max(0, it.Qty)
	}
	return 400 + 300*min(n, 60)
}

// first finds an answer for all units: one box if a few attempts find one, else the
// fullest box again and again.
func (s *search) first(load []int32) {
	load = slices.Clone(load)
	for units(load) > 0 {
		for _, sp := range s.single(load, endless) {
			if puts, ok := s.packAll(sp, load, 0, 6); ok {
				s.boxes = append(s.boxes, s.pack(sp, puts, load))
				s.used[sp.box]++
				return
			}
		}
		b, ok := s.fullest(load)
		if !ok {
			s.left = load
			return
		}
		for again := true; again; again = s.free(b.space, 0) && covers(load, b.load) {
			s.boxes = append(s.boxes, b)
			s.used[b.space.box]++
			for i, n := range b.load {
				load[i] -= n
			}
			if s.m.groups > 0 || units(load) <= manyUnits {
				break
			}
		}
	}
}

func covers(load, part []int32) bool {
	for i, n := range part {
		if n > load[i] {
			return false
		}
	}
	return true
}

// fullest fills one box with as much as it can: with the most volume, or the most for
// its cost.
func (s *search) fullest(load []int32) (best packed, found bool) {
	var most float64
	many := units(load) > manyUnits
	for at, sp := range s.largest(load) {
		if many && at >= 4 && found {
			break
		}
		for try := range 3 {
			puts, in := s.packSome(sp, load, try)
			if len(puts) == 0 {
				continue
			}
			much := float64(s.volumeOf(in))
			if s.m.p.Objective == LeastCost {
				much /= float64(max(1, s.value(sp, in).first))
			}
			if much > most {
				best, most, found = s.pack(sp, puts, in), much, true
			}
			if many {
				break
			}
		}
	}
	return best, found
}

// largest are the boxes that take anything of a load, the largest first.
func (s *search) largest(load []int32) []*space {
	var all []*space
	for i := range s.m.spaces {
		sp := &s.m.spaces[i]
		takes := func(k int) bool { return load[k] > 0 && sp.takes(&s.m.kinds[k]) }
		if s.free(sp, 0) && slices.ContainsFunc(indexes(load), takes) {
			all = append(all, sp)
		}
	}
	slices.SortStableFunc(all, func(a, b *space) int { return cmp.Compare(b.volume, a.volume) })
	return all
}

func indexes(load []int32) []int {
	at := make([]int, len(load))
	for i := range at {
		at[i] = i
	}
	return at
}

// better improves the answer until the budget is used up or nothing is left to try.
func (s *search) better() {
	for round := 0; !s.done(); round++ {
		before := s.steps
		for i := 0; i < len(s.boxes) && !s.done(); i++ {
			s.shrink(i, round)
			if s.m.p.Objective == LeastCost {
				s.repack([]int{i}, round)
			}
			for j := i + 1; j < len(s.boxes) && !s.done(); j++ {
				if len(s.boxes) > 40 && j > i+3 {
					break
				}
				if s.repack([]int{i, j}, round) {
					i = min(i, len(s.boxes)-1)
					break
				}
			}
		}
		if s.steps == before {
			return
		}
	}
}

// attempts are the numbers of those that a round makes.
func attempts(round int) (from, to int) {
	if round == 0 {
		return 6, 20
	}
	return 20 * round, 20*round + 20
}

// shrink looks for a better type for one box.
func (s *search) shrink(i, round int) {
	b := &s.boxes[i]
	s.used[b.space.box]--
	defer func() { s.used[b.space.box]++ }()
	from, to := attempts(round)
	for _, sp := range s.single(b.load, b.worth) {
		if puts, ok := s.packAll(sp, b.load, from, to); ok {
			*b = s.pack(sp, puts, b.load)
			return
		}
	}
}

// repack looks for fewer or better boxes for what is in one or two of them.
func (s *search) repack(at []int, round int) bool {
	load := make([]int32, len(s.m.kinds))
	var now worth
	for _, i := range at {
		now = now.plus(s.boxes[i].worth)
		s.used[s.boxes[i].space.box]--
		for k, n := range s.boxes[i].load {
			load[k] += n
		}
	}
	found := s.asOne(load, now, round)
	if found == nil {
		found = s.asTwo(load, now, round)
	}
	if found == nil {
		for _, i := range at {
			s.used[s.boxes[i].space.box]++
		}
		return false
	}
	for _, i := range slices.Backward(at) {
		s.boxes = slices.Delete(s.boxes, i, i+1)
	}
	for _, b := range found {
		s.used[b.space.box]++
	}
	s.boxes = append(s.boxes, found...)
	return true
}

func (s *search) asOne(load []int32, now worth, round int) []packed {
	from, to := attempts(round)
	for _, sp := range s.single(load, now) {
		if puts, ok := s.packAll(sp, load, from, to); ok {
			return []packed{s.pack(sp, puts, load)}
		}
	}
	return nil
}

// duo is two types of box to try together.
type duo struct {
	a, b  *space
	value worth
}

// asTwo fills one box of a pair of types with what it takes and tries the rest in the other.
func (s *search) asTwo(load []int32, now worth, round int) []packed {
	for _, d := range s.duos(load, now) {
		for try := round * 6; try < round*6+6; try++ {
			if s.done() {
				return nil
			}
			puts, in := s.packSome(d.a, load, try)
			rest := slices.Clone(load)
			for i, n := range in {
				rest[i] -= n
			}
			if units(in) == 0 || units(rest) == 0 || !s.mayHold(d.b, rest) {
				continue
			}
			a := s.pack(d.a, puts, in)
			if !a.worth.plus(s.value(d.b, rest)).less(now) {
				continue
			}
			if puts, ok := s.packAll(d.b, rest, try%6*2, try%6*2+2); ok {
				return []packed{a, s.pack(d.b, puts, rest)}
			}
		}
	}
	return nil
}

func (s *search) duos(load []int32, now worth) []duo {
	var all []duo
	volume := s.volumeOf(load)
	var mass unit.Mass
	for i, n := range load {
		mass += s.m.kinds[i].mass * unit.Mass(n)
	}
	for i := range s.m.spaces {
		for j := range s.m.spaces {
			a, b := &s.m.spaces[i], &s.m.spaces[j]
			taken := 0
			if i == j {
				taken = 1
			}
			v := s.value(a, nil).plus(s.value(b, nil))
			if !s.free(a, 0) || !s.free(b, taken) || a.volume+b.volume < volume || !v.less(now) ||
				a.room >= 0 && b.room >= 0 && a.room+b.room < mass || !s.eachFits(a, b, load) {
				continue
			}
			all = append(all, duo{a, b, v})
		}
	}
	slices.SortStableFunc(all, func(a, b duo) int {
		return cmp.Or(cmp.Compare(a.value.first, b.value.first), cmp.Compare(a.value.second, b.value.second))
	})
	return all
}

func (s *search) eachFits(a, b *space, load []int32) bool {
	for i, n := range load {
		if n > 0 && !a.takes(&s.m.kinds[i]) && !b.takes(&s.m.kinds[i]) {
			return false
		}
	}
	return true
}

// fillOne fills one box with as much volume as possible.
func (s *search) fillOne(load []int32) {
	var best packed
	var most int64 = -1
	try := func(puts []put, sp *space, in []int32) {
		if v := s.volumeOf(in); len(puts) > 0 && v > most {
			best, most = s.pack(sp, puts, in), v
		}
	}
	all := s.volumeOf(load)
	for n := 0; ; n++ {
		before := s.steps
		for i := range s.m.spaces {
			sp := &s.m.spaces[i]
			if n == 0 || n%4 == 3 && units(load) <= manyUnits && s.m.support < 1000 {
				for t := n; t < n+4; t++ {
					puts, in := s.packSome(sp, load, t)
					try(puts, sp, in)
				}
			}
			if n > 0 && s.m.groups == 0 {
				s.b.beam(sp, load, n, s.done, func(puts []put, in []int32) { try(puts, sp, in) })
			}
		}
		if s.done() || most == all || s.steps == before || n == len(widths) {
			break
		}
	}
	s.left = slices.Clone(load)
	if most > 0 {
		s.boxes = []packed{best}
		for i, n := range best.load {
			s.left[i] -= n
		}
	}
}

// solution writes the answer in the problem's own measures.
func (s *search) solution() Solution {
	out := Solution{Unpacked: slices.Clone(s.m.unpacked), Own: s.m.own, Steps: s.steps}
	for i := range s.boxes {
		b := &s.boxes[i]
		slices.SortStableFunc(b.puts, func(a, b put) int {
			return cmp.Or(cmp.Compare(a.z, b.z), cmp.Compare(a.y, b.y), cmp.Compare(a.x, b.x))
		})
		filled := Filled{Box: b.space.box}
		for _, p := range b.puts {
			filled.Units = append(filled.Units, s.placed(p))
		}
		out.Boxes = append(out.Boxes, filled)
	}
	for i, n := range s.left {
		if n > 0 {
			out.Unpacked = append(out.Unpacked, Left{s.m.kinds[i].item, int(n), s.why(i)})
		}
	}
	slices.SortStableFunc(out.Unpacked, func(a, b Left) int { return cmp.Compare(a.Item, b.Item) })
	return out
}

func (s *search) why(i int) Why {
	switch {
	case s.m.p.Objective == MostFilled:
		return NoRoom
	case s.m.kinds[i].group > 0:
		return NotTogether
	}
	return NoBoxLeft
}

// placed turns a unit back into lengths. Edges that were rounded up to the model's
// unit are as long as they are.
func (s *search) placed(p put) Placed {
	size := s.m.p.Items[s.m.kinds[p.kind].item].Size
	edge := func(n int32) unit.Length {
		for _, e := range sides(size) {
			if (e+s.m.length-1)/s.m.length == unit.Length(n) {
				return e
			}
		}
		return unit.Length(n) * s.m.length
	}
	at := func(n int32) unit.Length { return unit.Length(n) * s.m.length }
	return Placed{
		Item: s.m.kinds[p.kind].item, X: at(p.x), Y: at(p.y), Z: at(p.z),
		Size: unit.Size{Width: edge(p.X - p.x), Length: edge(p.Y - p.y), Depth: edge(p.Z - p.z)},
	}
}
