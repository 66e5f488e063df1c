package carrier

import (
	"cmp"
	"slices"

	"packbench/station/country"
)

// spot is an address as areas see it: the code that it is written with, that of the
// place that it lies in, and the country that the place is a part of, whose
// postcodes it has. It is worked out once for all cards.
type spot struct {
	written, place string
	codes          []string // each once
	postcode       string
	keys           []keys // of the codes
}

// keys are what a postcode is told by in a country.
type keys struct {
	known    bool
	plain    string // as [country.Key] writes it
	district string // and a blank, where districts are numbered
}

func newSpot(w Where) *spot {
	s := &spot{written: country.Code(w.Country), postcode: w.Postcode}
	s.place = cmp.Or(w.Place, s.written)
	for _, code := range []string{s.written, s.place, country.PartOf(s.place)} {
		if code != "" && !s.in(code) {
			s.codes = append(s.codes, code)
		}
	}
	s.keys = make([]keys, len(s.codes))
	return s
}

// in reports whether an address lies in a country or a place.
func (s *spot) in(code string) bool {
	return slices.Contains(s.codes, code)
}

// inAny is in for a list; an empty one is everywhere.
func (s *spot) inAny(list []string) bool {
	return len(list) == 0 || slices.ContainsFunc(list, s.in)
}

// key is the key of the postcode in the country at a place of codes.
func (s *spot) key(at int) keys {
	k := &s.keys[at]
	if k.known {
		return *k
	}
	k.known = true
	k.plain = country.Key(s.codes[at], s.postcode)
	if country.Districts(s.codes[at]) {
		if d := country.District(s.postcode); d != "" {
			k.district = d + " "
		}
	}
	return *k
}
