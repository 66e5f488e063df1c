package carrier

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"packbench/station/country"
	"packbench/station/unit"
)

// link makes the index of the zones, and tells what is not plain: an address that two
// zones name equally well, and a zone that no address finds.
func (r *reader) link(s *Service) {
	if r.named > maxDistricts {
		return
	}
	origins, charted := 0, 0
	for _, z := range s.Zones {
		from := count(z.Origins)
		origins += from
		charted += from * count(z.Areas)
	}
	if origins > maxOrigins || charted > maxCharted {
		r.fault("its zones have too many origins for their postcodes: leave out those that no parcel leaves from")
		return
	}
	z, clashes := newZones(s.Zones)
	s.zones = z
	place, path := r.place, r.path
	zone := func(i int32) string { return s.Zones[i].ID }
	for _, c := range clashes {
		r.path = fmt.Sprintf("%s.zones[%d]", path, c.too)
		what := strings.TrimSpace(c.country + " " + c.other.String())
		if c.origin != "" {
			what += " from " + c.origin
		}
		if c.one == c.other {
			r.fault("%s stands in zone %s and in zone %s", what, zone(c.first), zone(c.too))
			continue
		}
		r.fault("%s of zone %s lies partly in %s of zone %s", what, zone(c.too), c.one, zone(c.first))
	}
	r.at(place, path)
	if len(r.faults) > 0 {
		return
	}
	for i := range s.Zones {
		r.at(place+", zone "+name(s.Zones[i].ID, i), fmt.Sprintf("%s.zones[%d]", path, i)).reached(&s.Zones[i])
	}
	r.at(place, path).covered(s)
	most := unit.Mass(0)
	for _, z := range s.Zones {
		most = max(most, z.Breaks[len(z.Breaks)-1].Upto)
	}
	if s.MaxMass > most {
		r.warn("max_mass is %s, but no zone has a price over %s", kilos(s.MaxMass), kilos(most))
	}
}

// count is how many postcodes and countries areas name.
func count(areas []Area) (n int) {
	for _, a := range areas {
		n += max(len(a.Postcodes)+len(a.Ranges), 1)
	}
	return n
}

// indexed makes the index of areas that mean one thing: they may overlap.
func (r *reader) indexed(areas []Area) *index {
	if len(areas) == 0 {
		return nil
	}
	all := map[string][]Span{}
	var plain []Area
	for _, a := range areas {
		if len(a.Except) > 0 || !a.partly() {
			plain = append(plain, a)
			continue
		}
		all[a.Country] = slices.AppendSeq(all[a.Country], a.spans())
	}
	for _, a := range areas {
		if spans := all[a.Country]; len(spans) > 0 {
			plain = append(plain, Area{Country: a.Country, Ranges: merged(spans)})
			all[a.Country] = nil
		}
	}
	x, clashes := newIndex([]entry{{0, plain}})
	for _, c := range clashes {
		if c.one != c.other {
			r.fault("the postcodes %s lie partly in %s: write each once", c.other, c.one)
		}
	}
	return x
}

// reached tells which postcodes of a zone no address can have, and a zone of nothing
// else.
func (r *reader) reached(z *Zone) {
	alive, dead := false, ""
	for _, a := range z.Areas {
		alive = alive || !a.partly()
		for span := range a.spans() {
			if possible(a.Country, span) {
				alive = true
			} else if dead == "" {
				dead = a.Country + " " + span.String()
			}
		}
		if len(a.Except) == 0 || !a.partly() || country.Districts(a.Country) {
			continue
		}
		own := merged(slices.Collect(a.spans()))
		for _, e := range a.Except {
			at := sort.Search(len(own), func(i int) bool { return own[i].From > e.From })
			if (at == 0 || !own[at-1].has(e.From)) && (at == len(own) || !e.has(own[at].From)) {
				r.warn("the exception %s of %s lies in none of its postcodes", e, a.Country)
			}
		}
	}
	switch {
	case !alive:
		r.doubt("no address can be in it: no postcode begins with %s", dead)
	case dead != "":
		r.warn("no postcode begins with %s", dead)
	}
}

func possible(code string, s Span) bool {
	from, to := strings.TrimSpace(s.From), strings.TrimSpace(s.To)
	if of := country.PartOf(code); of != "" && (country.MayBegin(of, from) || country.MayBegin(of, to)) {
		return true
	}
	return country.MayBegin(code, from) || country.MayBegin(code, to)
}

// covered tells of zones that closer ones take all postcodes from, and of a country
// that most postcodes of are named of, but not all: a row was forgotten.
func (r *reader) covered(s *Service) {
	for _, x := range append([]*index{s.zones.anyFrom}, s.zones.charts...) {
		for code, l := range x.lands {
			digits := country.Digits(code)
			if digits == 0 || len(l.nodes) == 0 {
				continue
			}
			all := int64(1)
			for range digits {
				all *= 10
			}
			within := make([]int64, len(l.nodes)) // postcodes that closer spans have
			outer := int64(0)
			for i := len(l.nodes) - 1; i >= 0; i-- {
				n := l.nodes[i]
				size := n.size(digits)
				if n.up >= 0 {
					within[n.up] += size
				} else {
					outer += size
				}
				if size > 0 && within[i] >= size {
					r.warn("zone %s never counts for %s %s: closer zones have all of it", s.Zones[n.value].ID, code, n.Span)
				}
			}
			if len(l.whole) == 0 && x.rest < 0 && outer > all/2 && outer < all {
				r.warn("%s: the zones have %d of %d postcodes, such as not %s", code, outer, all, l.missing(digits))
			}
		}
	}
}

// size is how many postcodes of so many digits a span has.
func (s Span) size(digits int) int64 {
	from, to := s.edge(digits, s.From, '0'), s.edge(digits, s.To, '9')
	return max(to-from+1, 0)
}

func (Span) edge(digits int, text string, fill byte) (n int64) {
	for i := range digits {
		c := fill
		if i < len(text) {
			c = text[i]
		}
		if c < '0' || c > '9' {
			return -1
		}
		n = n*10 + int64(c-'0')
	}
	return n
}

// missing is the first postcode that no span has.
func (l *land) missing(digits int) string {
	next := int64(0)
	for _, n := range l.nodes {
		if n.up >= 0 {
			continue
		}
		if n.edge(digits, n.From, '0') > next {
			break
		}
		next = max(next, n.edge(digits, n.To, '9')+1)
	}
	return fmt.Sprintf("%0*d", digits, next)
}

// gaps tells of days between two versions of a service on which neither counts.
func (r *reader) gaps(cards Cards) {
	for i, c := range cards.Carriers {
		versions := map[string][]Service{}
		for _, s := range c.Services {
			versions[s.ID] = append(versions[s.ID], s)
		}
		for j, s := range c.Services {
			if s.To == "" || len(versions[s.ID]) > mostVersions {
				continue
			}
			next, covered := "", false
			for _, o := range versions[s.ID] {
				switch {
				case o.To != "" && o.To <= s.To:
				case o.From <= s.To:
					covered = true
				case next == "" || o.From < next:
					next = o.From
				}
			}
			if !covered && next > dayAfter(s.To) {
				r.at("carrier "+c.ID+", service "+s.ID, fmt.Sprintf("carriers[%d].services[%d]", i, j)).
					warn("it has no price after %s and before %s", s.To, next)
			}
		}
	}
}
