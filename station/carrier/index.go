package carrier

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

// An index finds which areas name an address, the closest first: it is made once
// for a card, because a card may have thousands of postcodes and every parcel asks
// every service. Within a country the spans of postcodes lie in each other or apart,
// so that the closest is found by halving and all others are around it.
type index struct {
	lands map[string]*land // by the code of a country or a place
	areas [][]Span         // exceptions of each area, apart and in order
	rest  int32            // what is valid everywhere else; -1: nothing
}

// land is what is named within a country.
type land struct {
	whole []owner // of the whole of it
	nodes []node  // by where they begin, the wider first
	heads []uint64
}

type owner struct{ value, area int32 }

// node is a span of postcodes.
type node struct {
	Span
	owner
	up   int32 // the next wider span, -1
	rank int32 // the closer, the higher: 2 and the length of a prefix
}

// clash is two areas of which neither is closer than the other.
type clash struct {
	country    string
	one, other Span // the same, or partly the same; zero: the whole country
	first, too int32
}

// entry is areas that stand for one thing, by its number.
type entry struct {
	value int32
	areas []Area
}

// newIndex is the index of what stands in areas. It also returns what is not plain;
// then the first of two counts.
func newIndex(all []entry) (*index, []clash) {
	x := &index{lands: map[string]*land{}, rest: -1}
	var clashes []clash
	for _, e := range all {
		for _, a := range e.areas {
			own := owner{e.value, int32(len(x.areas))}
			x.areas = append(x.areas, merged(a.Except))
			if a.Country == "*" {
				if x.rest >= 0 {
					clashes = append(clashes, clash{country: "*", first: x.rest, too: e.value})
					continue
				}
				x.rest = e.value
				continue
			}
			l := x.lands[a.Country]
			if l == nil {
				l = &land{}
				x.lands[a.Country] = l
			}
			if !a.partly() {
				if len(l.whole) > 0 {
					clashes = append(clashes, clash{country: a.Country, first: l.whole[0].value, too: e.value})
				}
				l.whole = append(l.whole, own)
			}
			for span := range a.spans() {
				l.nodes = append(l.nodes, node{Span: span, owner: own})
			}
		}
	}
	for code, l := range x.lands {
		clashes = append(clashes, l.link(code)...)
	}
	slices.SortFunc(clashes, func(a, b clash) int { // lands are in no order
		return cmp.Or(cmp.Compare(a.country, b.country), cmp.Compare(a.one.From, b.one.From), cmp.Compare(a.other.From, b.other.From))
	})
	return x, clashes
}

// link puts the nodes in order and finds around each the next wider one.
func (l *land) link(code string) (clashes []clash) {
	slices.SortStableFunc(l.nodes, func(a, b node) int {
		return cmp.Or(strings.Compare(a.From, b.From), -ends(a.To, b.To))
	})
	top := int32(-1)
	for i := range l.nodes {
		n := &l.nodes[i]
		for top >= 0 && !l.nodes[top].has(n.From) {
			top = l.nodes[top].up
		}
		n.up, n.rank = top, 2+int32(n.depth())
		if top >= 0 {
			around := l.nodes[top]
			n.rank = max(n.rank, around.rank+1)
			if around.Span == n.Span || ends(around.To, n.To) < 0 {
				clashes = append(clashes, clash{code, around.Span, n.Span, around.value, n.value})
			}
		}
		top = int32(i)
		l.heads = append(l.heads, head(n.From))
	}
	return clashes
}

// hit is an area that names an address.
type hit struct{ rank, value int32 }

// hits is room for what [index.find] finds.
type hits [8]hit

// find returns what names an address, the closest first, in the room that it is
// given: the longest begin of a postcode, a place, the country that the address is
// written with, the rest of the world.
func (x *index) find(s *spot, room *hits) []hit {
	out := room[:0]
	for at, code := range s.codes {
		l := x.lands[code]
		if l == nil {
			continue
		}
		k := s.key(at)
		for _, key := range [2]string{k.district, k.plain} {
			if key != "" {
				out = x.around(l, key, k, out)
			}
		}
		if code != s.written && code != s.place {
			continue // a place is no longer the whole of its country
		}
		for _, w := range l.whole {
			if !x.excepted(w.area, k) {
				rank := int32(1)
				if code != s.written {
					rank = 2
				}
				out = append(out, hit{rank, w.value})
			}
		}
	}
	if len(out) > 1 && (len(s.codes) > 1 || s.keys[0].district != "") {
		slices.SortStableFunc(out, func(a, b hit) int { return cmp.Compare(b.rank, a.rank) })
	}
	if x.rest >= 0 {
		out = append(out, hit{0, x.rest})
	}
	return out
}

// around adds the spans that a key lies in, from the closest outwards.
func (x *index) around(l *land, key string, k keys, out []hit) []hit {
	from := head(key)
	at := sort.Search(len(l.heads), func(i int) bool { return l.heads[i] > from }) - 1
	for at >= 0 && l.nodes[at].From > key { // of one head, but behind it
		at--
	}
	for i := int32(at); i >= 0; i = l.nodes[i].up {
		if n := &l.nodes[i]; n.has(key) && !x.excepted(n.area, k) {
			out = append(out, hit{n.rank, n.value})
		}
	}
	return out
}

// excepted reports whether an address is an exception of an area.
func (x *index) excepted(area int32, k keys) bool {
	spans := x.areas[area]
	if len(spans) == 0 {
		return false
	}
	in := func(key string) bool {
		at := sort.Search(len(spans), func(i int) bool { return spans[i].From > key }) - 1
		return key != "" && at >= 0 && spans[at].has(key)
	}
	return in(k.plain) || in(k.district)
}

// head is the first eight bytes of a key, in the order of the keys: one number to
// compare where most keys are shorter.
func head(key string) (h uint64) {
	for i := range 8 {
		h <<= 8
		if i < len(key) {
			h |= uint64(key[i])
		}
	}
	return h
}

// Span is the postcodes from one begin to another, as [country.KeyOfBegin] writes
// them; all that begin as To does are in it. A prefix is a span of one begin.
type Span struct{ From, To string }

func (s Span) has(key string) bool {
	return key >= s.From && (key <= s.To || strings.HasPrefix(key, s.To))
}

// depth is how many signs the postcodes of a span have in common.
func (s Span) depth() (n int) {
	for n < len(s.From) && n < len(s.To) && s.From[n] == s.To[n] {
		n++
	}
	return n
}

func (s Span) String() string {
	from, to := strings.TrimSpace(s.From), strings.TrimSpace(s.To)
	if from == to {
		return from
	}
	return from + ".." + to
}

// ends compares where two spans end: "10" ends behind "105", which it begins.
func ends(a, b string) int {
	switch {
	case a == b:
		return 0
	case strings.HasPrefix(a, b):
		return -1
	case strings.HasPrefix(b, a):
		return 1
	}
	return strings.Compare(a, b)
}

// merged puts spans in order and makes one of those that touch.
func merged(spans []Span) []Span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(strings.Compare(a.From, b.From), -ends(a.To, b.To)) })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].has(s.From) {
			if ends(s.To, out[n-1].To) > 0 {
				out[n-1].To = s.To
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// partly reports whether an area is a part of its country.
func (a Area) partly() bool { return len(a.Postcodes)+len(a.Ranges) > 0 }

// spans are the postcodes of an area.
func (a Area) spans() func(func(Span) bool) {
	return func(yield func(Span) bool) {
		for _, p := range a.Postcodes {
			if !yield(Span{p, p}) {
				return
			}
		}
		for _, s := range a.Ranges {
			if !yield(s) {
				return
			}
		}
	}
}
