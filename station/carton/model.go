package carton

import (
	"cmp"
	"math"
	"slices"

	"packbench/station/unit"
)

// kind is an item that can be packed, in the model's own unit of length.
type kind struct {
	item    int
	qty     int
	ways    [][3]int32 // as it may lie: width, length, height
	edges   [3]int32   // from the longest to the shortest
	volume  int64
	mass    unit.Mass
	fragile bool
	heavy   bool // or bulky: no fragile item beside it
	most    int  // in one box
	group   int  // from 1; 0: none
	noTop   bool
}

// space is a type of box in the model's unit.
type space struct {
	box    int
	in     [3]int32
	volume int64
	room   unit.Mass // how much may go in; negative: no limit
	outer  int64     // mm³
	stock  int       // negative: no limit
}

// model is a problem without what cannot be packed, in whole numbers as small as
// they may be: all edges are divided by their greatest common divisor.
type model struct {
	p        *Problem
	length   unit.Length // of one unit
	scale    float64     // of volumes: 1 unless they would be too large
	kinds    []kind
	spaces   []space
	groups   int
	support  int64
	unpacked []Left
	own      []Left
}

// maxEdge bounds edges in the model's unit, so that areas stay in 64 bits.
const maxEdge = 1 << 24

func newModel(p *Problem) *model {
	m := &model{p: p, support: int64(min(max(p.Rules.Support, 0), 1000))}
	m.length, m.scale = m.step(), 1
	for i, b := range p.Boxes {
		s := space{box: i, room: -1, outer: outerOf(b).Volume(), stock: b.Stock}
		if b.Stock < 0 || b.Inner.Width <= 0 || b.Inner.Length <= 0 || b.Inner.Depth <= 0 {
			continue
		}
		if b.Stock == 0 {
			s.stock = -1
		}
		for k, e := range sides(b.Inner) {
			s.in[k] = int32(min(e/m.length, maxEdge))
		}
		m.scale = min(m.scale, (1<<44)/cubed(s.in))
		if b.Max > 0 {
			s.room = b.Max - b.Tare
		}
		if b.Max <= 0 || s.room > 0 {
			m.spaces = append(m.spaces, s)
		}
	}
	for i := range m.spaces {
		m.spaces[i].volume = int64(math.Ceil(cubed(m.spaces[i].in) * m.scale))
	}
	slices.SortStableFunc(m.spaces, func(a, b space) int { return cmp.Or(cmp.Compare(a.outer, b.outer), cmp.Compare(a.box, b.box)) })
	m.addItems()
	return m
}

// step is the largest length that all edges are multiples of; where that would make
// too many of them, a coarser one, to which goods are rounded up and boxes down.
func (m *model) step() unit.Length {
	var step, longest unit.Length
	see := func(s unit.Size) {
		for _, e := range sides(s) {
			for a := max(e, 0); a != 0; {
				step, a = a, step%a
			}
		}
	}
	for _, b := range m.p.Boxes {
		see(b.Inner)
		longest = max(longest, b.Inner.Width, b.Inner.Length, b.Inner.Depth)
	}
	for _, it := range m.p.Items {
		if it.Size.Width <= longest && it.Size.Length <= longest && it.Size.Depth <= longest {
			see(it.Size)
		}
	}
	return max(step, (longest+maxEdge-1)/maxEdge, 1)
}

func (m *model) addItems() {
	names := map[string]int{}
	apart := map[int]bool{} // groups that cannot be together
	for i, it := range m.p.Items {
		if it.Qty <= 0 {
			continue
		}
		if it.Own {
			m.own = append(m.own, Left{i, it.Qty, OwnCarton})
			continue
		}
		group := 0
		if it.Group != "" {
			if names[it.Group] == 0 {
				names[it.Group] = len(names) + 1
			}
			group = names[it.Group]
		}
		k := m.kindOf(i, it)
		k.group = group
		if why := m.impossible(&k); why != "" {
			m.unpacked = append(m.unpacked, Left{i, it.Qty, why})
			apart[group] = true
			continue
		}
		m.kinds = append(m.kinds, k)
	}
	m.groups = len(names)
	delete(apart, 0)
	m.dropGroups(apart)
}

// dropGroups leaves out groups that have lost somebody, or may not be in one box.
func (m *model) dropGroups(apart map[int]bool) {
	fragile, heavy := make([]int, m.groups+1), make([]int, m.groups+1)
	for _, k := range m.kinds {
		if k.fragile {
			fragile[k.group] += k.qty
		}
		if k.heavy {
			heavy[k.group] += k.qty
		}
		if k.group > 0 && (k.most > 0 && k.qty > k.most || k.fragile && k.heavy && k.qty > 1) {
			apart[k.group] = true
		}
	}
	for g := 1; g <= m.groups; g++ {
		if fragile[g] > 0 && heavy[g] > 0 && fragile[g]+heavy[g] > 2 || fragile[g] == 1 && heavy[g] == 1 && !m.alone(g) {
			apart[g] = true
		}
	}
	m.kinds = slices.DeleteFunc(m.kinds, func(k kind) bool {
		if apart[k.group] {
			m.unpacked = append(m.unpacked, Left{k.item, k.qty, NotTogether})
		}
		return apart[k.group]
	})
}

// alone reports whether what is fragile and what is heavy in a group is one unit.
func (m *model) alone(group int) bool {
	return slices.ContainsFunc(m.kinds, func(k kind) bool { return k.group == group && k.fragile && k.heavy })
}

func (m *model) kindOf(i int, it Item) kind {
	k := kind{item: i, qty: it.Qty, mass: it.Mass, fragile: it.Fragile, most: it.Most, noTop: it.NoTop}
	r := m.p.Rules
	k.heavy = r.Heavy > 0 && (it.Mass > r.Heavy || it.Mass <= 0) || r.Bulky > 0 && it.Size.Volume() > r.Bulky
	var e [3]int32
	for j, s := range sides(it.Size) {
		e[j] = int32(min((max(s, 0)+m.length-1)/m.length, maxEdge+1))
	}
	k.edges = e
	slices.SortFunc(k.edges[:], func(a, b int32) int { return cmp.Compare(b, a) })
	k.volume = int64(cubed(e) * m.scale)
	add := func(w [3]int32) {
		if !slices.Contains(k.ways, w) {
			k.ways = append(k.ways, w)
		}
	}
	if it.Turn.Fixed {
		add(e)
		return k
	}
	for _, up := range []int{2, 1, 0} {
		if !it.Turn.Not[up] {
			a, b := e[(up+1)%3], e[(up+2)%3]
			add([3]int32{a, b, e[up]})
			add([3]int32{b, a, e[up]})
		}
	}
	return k
}

// impossible says why a unit goes into no box at all; "" means that it may.
func (m *model) impossible(k *kind) Why {
	size := m.p.Items[k.item].Size
	if size.Width <= 0 || size.Length <= 0 || size.Depth <= 0 {
		return NoSize
	}
	why := TooLarge
	for i := range m.spaces {
		s := &m.spaces[i]
		switch {
		case !k.fits(s):
		case s.room >= 0 && k.mass <= 0:
			why = NoMass
		case s.room >= 0 && k.mass > s.room:
			why = TooHeavy
		default:
			return ""
		}
	}
	if m.stockless(k) {
		return NoBoxLeft
	}
	return why
}

// stockless reports whether a unit would go into a box of which there is none.
func (m *model) stockless(k *kind) bool {
	return slices.ContainsFunc(m.p.Boxes, func(b Box) bool {
		var s space
		for j, e := range sides(b.Inner) {
			s.in[j] = int32(min(e/m.length, maxEdge))
		}
		s.room = max(b.Max-b.Tare, 0)
		if b.Max <= 0 {
			s.room = -1
		}
		return b.Stock < 0 && s.takes(k)
	})
}

func (k *kind) fits(s *space) bool {
	for _, w := range k.ways {
		if w[0] <= s.in[0] && w[1] <= s.in[1] && w[2] <= s.in[2] {
			return true
		}
	}
	return false
}

// takes reports whether one unit goes into the box alone.
func (s *space) takes(k *kind) bool {
	return k.fits(s) && (s.room < 0 || k.mass > 0 && k.mass <= s.room)
}

func sides(s unit.Size) [3]unit.Length { return [3]unit.Length{s.Width, s.Length, s.Depth} }

func cubed(e [3]int32) float64 { return float64(e[0]) * float64(e[1]) * float64(e[2]) }

func outerOf(b Box) unit.Size {
	if b.Outer.IsZero() {
		return b.Inner
	}
	return b.Outer
}

// billed is what a box with this much in it costs.
func (m *model) billed(s *space, load unit.Mass) int64 {
	b, c := &m.p.Boxes[s.box], &m.p.Charge
	kilos := float64(load+b.Tare) / float64(unit.Kilogram)
	if c.Divisor > 0 {
		kilos = max(kilos, float64(s.outer)/float64(c.Divisor))
	}
	return b.Cost + c.PerParcel + int64(math.Round(float64(c.PerKilo)*kilos))
}
