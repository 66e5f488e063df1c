package watch

import (
	"slices"
	"strings"
	"time"

	"packbench/station/country"
	"packbench/station/track"
)

// Doubt is something that a carrier said and that cannot be right as it stands. It stays
// until what is said later clears it: no time that goes by does.
type Doubt struct {
	Reason Reason // Contradiction or FalseDelivery
	Code   string // which one: a clash, or one of those below
	Since  time.Time
	Event  string // that it rests on, by its id
	With   string // the other one of a contradiction
}

// What speaks against a delivery.
const (
	TooSoon   = "delivered-too-soon"  // minutes after it was handed over
	Elsewhere = "delivered-elsewhere" // in another country, or far from its postcode
	Unscanned = "delivered-unscanned" // without a scan before, where the carrier scans all
	Missed    = "buyer-misses-it"
)

// Doubts are those of a parcel.
func Doubts(p Parcel, gaps Gaps) (out []Doubt) {
	s := p.Standing
	for _, c := range s.Contradictions {
		if !c.Cleared {
			out = append(out, Doubt{Contradiction, string(c.Clash), s.At, c.Event, c.With})
		}
	}
	if s.State != track.Delivered {
		return out
	}
	wrong := func(code string, since time.Time) {
		out = append(out, Doubt{Reason: FalseDelivery, Code: code, Since: since, Event: s.Event})
	}
	switch {
	case !p.Handed.IsZero() && s.Delivered.Sub(p.Handed) < tooSoon && s.Zone == track.Exact:
		wrong(TooSoon, s.Delivered)
	case p.Asked.After(s.Delivered):
		wrong(Missed, p.Asked)
	case elsewhere(s.Place, p.Country, p.Postcode):
		wrong(Elsewhere, s.Delivered)
	case s.Scanned.Equal(s.Delivered) && gaps.Scans(p.Lane.Carrier):
		wrong(Unscanned, s.Delivered)
	}
	return out
}

// elsewhere reports whether the words for a place name another country than a parcel goes
// to, or a postcode of another part of it. Words that do not say so clearly say nothing:
// "CA" is a state as well as a country.
func elsewhere(place, to, postcode string) bool {
	to = country.Code(to)
	words := strings.Fields(strings.ToUpper(strings.ReplaceAll(place, ",", " ")))
	if len(words) < 2 || to == "" {
		return false
	}
	last := words[len(words)-1]
	federal := slices.Contains([]string{"US", "CA", "AU", "MX", "BR", "IN", "IT", "ES", "CH"}, to) // their parts have two letters
	if _, is := country.Name(last); is && len(last) == 2 && last != to && !federal {
		return true
	}
	key := country.Key(to, postcode)
	if last != to || len(key) < 4 {
		return false
	}
	for _, w := range words[:len(words)-1] {
		if there := country.Key(to, w); country.Digits(to) == len(w) && len(there) == len(key) && there[:2] != key[:2] && digits(w) {
			return true
		}
	}
	return false
}

func digits(w string) bool { return strings.Trim(w, "0123456789") == "" }
