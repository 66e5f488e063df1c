package carrier

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"packbench/station"
	"packbench/station/unit"
)

// Quotes asks every service of every carrier for a price and chooses one. The
// chosen service stands first, then the allowed ones in the order of the
// choice, then the others. The same parcel and cards always give the same
// quotes in the same order.
// How it chooses, [Choose] says.
func Quotes(cards Cards, p Parcel) []Quote {
	var all []Quote
	a := inquiry{Parcel: p, to: newSpot(Where{p.Country, p.Postcode, p.Place}), from: newSpot(p.From)}
	for i := range cards.Carriers {
		c := &cards.Carriers[i]
		a.course, a.today = c.course(p.At, a.from, a.to), c.today(p.At)
		for _, s := range c.current(a.today) {
			all = append(all, quote(cards.Currency, c, s, &a))
		}
	}
	p.Currency = cmp.Or(p.Currency, cards.Currency)
	return Choose(all, p)
}

// Between is a parcel from one address to another; nothing else of it is set. Where
// no company is named, people live.
func Between(from, to station.Address) Parcel {
	return Parcel{
		Country: to.Country, Postcode: to.Postcode, Place: to.Place(), POBox: to.POBox(), Residential: strings.TrimSpace(to.Company) == "",
		From: Where{from.Country, from.Postcode, from.Place()},
	}
}

// inquiry is a parcel as a carrier sees it.
type inquiry struct {
	Parcel
	from, to *spot
	course   *course
	today    string   // of the carrier
	measured measures // by the service that is inquiry
}

func trackingNumbers(n uint64) string {
	if n == 1 {
		return "1 tracking number"
	}
	return fmt.Sprintf("%d tracking numbers", n)
}

// current picks the newest begun version of each service that has not ended, in the
// order of the card. Where all have ended the last one stands: it says so.
func (c *Carrier) current(day string) []*Service {
	out := make([]*Service, 0, len(c.Services))
	for i := range c.Services {
		s := &c.Services[i]
		if s.From > day {
			continue
		}
		at := slices.IndexFunc(out, func(o *Service) bool { return o.ID == s.ID })
		switch {
		case at < 0:
			out = append(out, s)
		case s.ended(day) != out[at].ended(day):
			if !s.ended(day) {
				out[at] = s
			}
		case s.From >= out[at].From:
			out[at] = s
		}
	}
	return out
}

func (s *Service) ended(day string) bool { return s.To != "" && s.To < day }

// quote prices one service, or says why it can not take the parcel.
func quote(currency string, c *Carrier, s *Service, a *inquiry) Quote {
	q := Quote{
		Source: Card, Service: s.ID, Name: s.Name, Carrier: c.ID, CarrierName: c.Name,
		LateCost: s.LateCost, LostPerMillion: s.Lost, Liability: s.Liability, Signs: s.Signs, Price: unit.Money{Currency: currency}, Reliability: cmp.Or(s.Reliability, c.Reliability),
	}
	a.measured = s.measure(a.Outer)
	if q.Reason = s.refuse(a); q.Reason != "" {
		return q
	}
	numbers, counted := a.Numbers[c.ID]
	if counted && numbers.Left == 0 {
		q.Reason = "its tracking numbers are used up: ask " + c.Name + " for a new range"
		return q
	}
	zone, reason := s.zone(a)
	if reason != "" {
		q.Reason = reason
		return q
	}
	q.Billed = s.billed(a.Mass, a.measured)
	i := sort.Search(len(zone.Breaks), func(i int) bool { return q.Billed <= zone.Breaks[i].Upto })
	if i == len(zone.Breaks) {
		most := zone.Breaks[len(zone.Breaks)-1].Upto
		q.Reason = "too heavy for this address: at most " + kilos(most)
		if q.Billed > a.Mass {
			q.Reason = fmt.Sprintf("too bulky for this address: bills as %s, at most %s", kilos(q.Billed), kilos(most))
		}
		return q
	}
	q.Allowed = true
	if q.price(s, zone.Breaks[i].Minor, a); !q.Allowed {
		return q
	}
	ships := a.course.ships(s)
	q.Ships = a.course.begin(ships)
	q.Promise = a.course.begin(a.course.arrives(ships, zone.TransitDays))
	return q
}

// refuse checks the limits that hold for any zone.
func (s *Service) refuse(a *inquiry) string {
	long, most := a.measured.long, sorted(s.MaxSize)
	switch {
	case a.Mass <= 0:
		return "the parcel has no mass yet"
	case strings.TrimSpace(a.Country) == "":
		return "the address has no country"
	case s.ended(a.today):
		return "its prices ended on " + s.To + ": import its new card"
	case a.Dangerous && !s.Dangerous:
		return a.noDanger()
	case s.MaxMass > 0 && a.Mass > s.MaxMass:
		return "too heavy: at most " + kilos(s.MaxMass)
	case !s.MaxSize.IsZero() && (long[0] > most[0] || long[1] > most[1] || long[2] > most[2]):
		return "too large: at most " + s.MaxSize.String()
	case s.MaxGirth > 0 && a.measured.girth() > s.MaxGirth:
		return "too large: length and girth at most " + s.MaxGirth.String()
	case s.Excludes.POBoxes && a.POBox:
		return "does not deliver to PO boxes"
	case s.Excludes.Military && slices.Contains(military, a.to.place):
		return "does not deliver to military addresses"
	case len(s.Excludes.Areas) > 0 && s.excludes(a.to):
		return "does not deliver to this address"
	}
	for _, x := range s.Surcharges {
		if len(x.Percents) > 0 && x.Percents[0].From > a.today {
			return "its percent of " + x.Name + " is known from " + x.Percents[0].From + " only"
		}
	}
	return ""
}

// noDanger is why a service that takes no dangerous goods does not take a parcel.
func (p Parcel) noDanger() string {
	if p.Danger == "" {
		return "takes no dangerous goods"
	}
	return "takes no dangerous goods: " + p.Danger
}

// military are the places of APO, FPO and DPO, and of BFPO.
var military = []string{"US-AM", "GB-BF"}

func (s *Service) excludes(to *spot) bool {
	index := s.excluded
	if index == nil {
		index, _ = newIndex([]entry{{0, s.Excludes.Areas}})
	}
	var room hits
	return len(index.find(to, &room)) > 0
}

// zone finds the zone of the parcel, or says why there is none.
func (s *Service) zone(a *inquiry) (zone *Zone, reason string) {
	z := s.zones
	if z == nil { // cards that were not loaded
		z, _ = newZones(s.Zones)
	}
	at, ok := z.find(a.from, a.to)
	switch {
	case ok:
		return &s.Zones[at], ""
	case z.from != nil && a.from.written == "":
		return nil, "its prices depend on where the parcel leaves: write the sender's address into the settings"
	case z.from != nil:
		return nil, "no rate from here to this address"
	}
	return nil, "no rate to this address"
}

// kilos writes a limit as people write it, "5 kg" or "31.5 kg".
func kilos(m unit.Mass) string {
	text := strings.TrimRight(strings.TrimSuffix(m.String(), " kg"), "0")
	return strings.TrimSuffix(text, ".") + " kg"
}
