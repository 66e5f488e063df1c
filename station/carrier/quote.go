package carrier

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/country"
	"packbench/station/unit"
)

// Quotes asks every service of every carrier for a price and chooses one. The
// chosen service stands first, then the allowed ones in the order of the
// choice, then the others. The same parcel and cards always give the same
// quotes in the same order.
// How it chooses, [Choose] says.
func Quotes(cards Cards, p Parcel) []Quote {
	var all []Quote
	for _, c := range cards.Carriers {
		day := c.today(p.At)
		for _, s := range c.current(day) {
			all = append(all, quote(cards.Currency, c, s, p))
		}
	}
	p.Currency = cmp.Or(p.Currency, cards.Currency)
	return Choose(all, p)
}

func trackingNumbers(n uint64) string {
	if n == 1 {
		return "1 tracking number"
	}
	return fmt.Sprintf("%d tracking numbers", n)
}

// current picks the newest begun version of each service, in the order of the
// card.
func (c Carrier) current(day string) []Service {
	var out []Service
	for _, s := range c.Services {
		if s.From > day {
			continue
		}
		i := slices.IndexFunc(out, func(o Service) bool { return o.ID == s.ID })
		switch {
		case i < 0:
			out = append(out, s)
		case s.From >= out[i].From:
			out[i] = s
		}
	}
	return out
}

// quote prices one service, or says why it can not take the parcel.
func quote(currency string, c Carrier, s Service, p Parcel) Quote {
	q := Quote{
		Source: Card, Service: s.ID, Name: s.Name, Carrier: c.ID, CarrierName: c.Name,
		LateCost: s.LateCost, LostPerMillion: s.Lost, Liability: s.Liability, Price: unit.Money{Currency: currency}, Reliability: cmp.Or(s.Reliability, c.Reliability),
	}
	if q.Reason = s.refuse(p); q.Reason != "" {
		return q
	}
	numbers, counted := p.Numbers[c.ID]
	if counted && numbers.Left == 0 {
		q.Reason = "its tracking numbers are used up: ask " + c.Name + " for a new range"
		return q
	}
	zone, ok := s.zone(p)
	if !ok {
		q.Reason = "no rate to this address"
		return q
	}
	q.Billed = s.billed(p)
	i := slices.IndexFunc(zone.Breaks, func(b Break) bool { return q.Billed <= b.Upto })
	if i < 0 {
		most := zone.Breaks[len(zone.Breaks)-1].Upto
		q.Reason = "too heavy for this address: at most " + kilos(most)
		if q.Billed > p.Mass {
			q.Reason = fmt.Sprintf("too bulky for this address: bills as %s, at most %s", kilos(q.Billed), kilos(most))
		}
		return q
	}
	q.Allowed = true
	q.price(s, zone.Breaks[i].Minor, p)
	q.Ships = c.ships(p.At, s.CutOff)
	q.Promise = c.arrives(q.Ships, zone.TransitDays)
	return q
}

// refuse checks the limits that hold for any address.
func (s Service) refuse(p Parcel) string {
	long := sorted(p.Outer)
	most := sorted(s.MaxSize)
	switch {
	case p.Mass <= 0:
		return "the parcel has no mass yet"
	case strings.TrimSpace(p.Country) == "":
		return "the address has no country"
	case p.Dangerous && !s.Dangerous:
		return "takes no dangerous goods"
	case s.MaxMass > 0 && p.Mass > s.MaxMass:
		return "too heavy: at most " + kilos(s.MaxMass)
	case !s.MaxSize.IsZero() && (long[0] > most[0] || long[1] > most[1] || long[2] > most[2]):
		return "too large: at most " + s.MaxSize.String()
	case s.MaxGirth > 0 && long[0]+2*(long[1]+long[2]) > s.MaxGirth:
		return "too large: length and girth at most " + s.MaxGirth.String()
	}
	return ""
}

// zone finds the area with the longest postcode prefix; a country beats "*".
func (s Service) zone(p Parcel) (Zone, bool) {
	best, found := -1, Zone{}
	keys := map[string]string{} // of the postcode, by the country that it is read in
	for _, z := range s.Zones {
		for _, a := range z.Areas {
			if fit := a.fit(p, keys); fit > best {
				best, found = fit, z
			}
		}
	}
	return found, best >= 0
}

// fit says how closely an area names an address: -1 not at all, 0 as the rest
// of the world, 1 by the country that it is written with, 2 by the place that it
// lies in there, more by every character of a prefix. A place has the postcodes
// of the country that it is a part of, whichever code it is written with.
func (a Area) fit(p Parcel, keys map[string]string) int {
	written := country.Code(p.Country)
	place := cmp.Or(p.Place, written)
	switch {
	case a.Country == "*":
		return 0
	case a.Country != written && a.Country != place && (a.Country != country.PartOf(place) || len(a.Postcodes) == 0):
		return -1
	case len(a.Postcodes) == 0 && a.Country != written:
		return 2
	case len(a.Postcodes) == 0:
		return 1
	}
	key, known := keys[a.Country]
	if !known {
		key = country.Key(a.Country, p.Postcode)
		keys[a.Country] = key
	}
	best := -1
	for _, prefix := range a.Postcodes {
		if strings.HasPrefix(key, prefix) {
			best = max(best, 2+len(prefix))
		}
	}
	return best
}

// billed is the larger of actual and dimensional mass, rounded up to the step.
func (s Service) billed(p Parcel) unit.Mass {
	m := p.Mass
	if s.Divisor > 0 && !p.Outer.IsZero() {
		volume := min(p.Outer.Volume(), maxVolume)
		dim := unit.Mass((volume*int64(unit.Kilogram) + s.Divisor - 1) / s.Divisor)
		m = max(m, dim)
	}
	if s.Step > 0 {
		m = (m + s.Step - 1) / s.Step * s.Step
	}
	return m
}

// maxVolume, 1000 m³, keeps the dimensional mass inside 64 bits.
const maxVolume = 1_000_000_000_000

// price adds up base, surcharges and fuel, in this order.
func (q *Quote) price(s Service, base int64, p Parcel) {
	q.Breakdown = []Term{{"base", base}}
	fuelled := base
	for _, x := range s.Surcharges {
		if !x.applies(q.Billed, p) {
			continue
		}
		q.Breakdown = append(q.Breakdown, Term{x.Name, x.Minor})
		if x.Fuelled {
			fuelled += x.Minor
		}
	}
	if s.FuelPermille > 0 {
		q.Breakdown = append(q.Breakdown, Term{"fuel", permille(fuelled, s.FuelPermille)})
	}
	for _, t := range q.Breakdown {
		q.Price.Minor += t.Minor
	}
}

func (x Surcharge) applies(billed unit.Mass, p Parcel) bool {
	return billed > x.OverMass &&
		(x.OverLength == 0 || sorted(p.Outer)[0] > x.OverLength) &&
		(len(x.Countries) == 0 || slices.Contains(x.Countries, country.Code(p.Country)) || slices.Contains(x.Countries, p.Place))
}

// permille takes a share of an amount that is not negative, rounded half up.
func permille(minor int64, share int) int64 { return (minor*int64(share) + 500) / 1000 }

// sorted returns the edges, longest first.
func sorted(s unit.Size) [3]unit.Length {
	e := []unit.Length{s.Width, s.Length, s.Depth}
	slices.SortFunc(e, func(a, b unit.Length) int { return cmp.Compare(b, a) })
	return [3]unit.Length(e)
}

// kilos writes a limit as people write it, "5 kg" or "31.5 kg".
func kilos(m unit.Mass) string {
	text := strings.TrimRight(strings.TrimSuffix(m.String(), " kg"), "0")
	return strings.TrimSuffix(text, ".") + " kg"
}

// daysBetween counts the days from one midnight to another; both may stand in
// different zones, only their dates count.
func daysBetween(from, to time.Time) int {
	date := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(date(to).Sub(date(from)) / (24 * time.Hour))
}
