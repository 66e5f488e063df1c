package carrier

import (
	"slices"

	"packbench/station/unit"
)

// Tariff is roughly what the cheapest service to a country takes, for choosing a box
// before a parcel is there to be quoted.
type Tariff struct {
	Parcel  int64 // for each parcel, minor units
	Kilo    int64 // and for each billed kilogram
	Divisor int64 // mm³ that bill as one; 0: mass alone counts
}

// Tariff reads the tariff of the service that takes a parcel of a kilogram to a country
// for the least; false where none goes there.
func (c Cards) Tariff(country string) (t Tariff, ok bool) {
	best := int64(mostPrice)
	for i := range c.Carriers {
		for j := range c.Carriers[i].Services {
			s := &c.Carriers[i].Services[j]
			z := s.zoneTo(country)
			if z == nil {
				continue
			}
			one, five := z.base(unit.Kilogram), z.base(5*unit.Kilogram)
			if one >= best {
				continue
			}
			kilo := max(0, five-one) / 4
			best, ok = one, true
			t = Tariff{Parcel: max(0, one-kilo), Kilo: kilo, Divisor: s.Divisor}
		}
	}
	return t, ok
}

func (s *Service) zoneTo(country string) *Zone {
	for _, name := range []string{country, "*"} {
		for i := range s.Zones {
			if slices.ContainsFunc(s.Zones[i].Areas, func(a Area) bool { return a.Country == name }) {
				return &s.Zones[i]
			}
		}
	}
	return nil
}

// base is the price of a mass, of the heaviest where that is above all.
func (z *Zone) base(mass unit.Mass) int64 {
	price := int64(mostPrice)
	for _, b := range z.Breaks {
		if price = b.Minor; mass <= b.Upto {
			break
		}
	}
	return price
}
