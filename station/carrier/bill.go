package carrier

import (
	"math/bits"
	"slices"

	"packbench/station/unit"
)

// measures are a parcel as a service measures it.
type measures struct {
	size   unit.Size
	long   [3]unit.Length // the edges, longest first
	volume int64          // thousandths of cubic millimetres
}

// measure rounds the edges up where the card says so.
func (s *Service) measure(outer unit.Size) (m measures) {
	m.size = outer
	if s.EdgeStep > 0 {
		up := func(l unit.Length) unit.Length { return (l + s.EdgeStep - 1) / s.EdgeStep * s.EdgeStep }
		m.size = unit.Size{Width: up(outer.Width), Length: up(outer.Length), Depth: up(outer.Depth)}
	}
	m.long = sorted(m.size)
	m.volume = volume(m.long)
	return m
}

// girth is length and girth together.
func (m measures) girth() unit.Length { return m.long[0] + 2*(m.long[1]+m.long[2]) }

// volume rounds up to thousandths of cubic millimetres, in which a cubic inch is a
// whole number; what is far too large is cut.
func volume(edges [3]unit.Length) int64 {
	const most, um3, farEdge = 1_000 * maxVolume, 1_000_000, 1_000 * unit.Metre // thousandths, cubic micrometres
	for i := range edges {
		edges[i] = min(max(edges[i], 0), farEdge)
	}
	hi, lo := bits.Mul64(uint64(edges[0]*edges[1]), uint64(edges[2]))
	lo, carry := bits.Add64(lo, um3-1, 0)
	if hi += carry; hi >= um3 {
		return most
	}
	v, _ := bits.Div64(hi, lo, um3)
	return int64(min(v, most))
}

// maxVolume, 1000 m³, keeps the dimensional mass inside 64 bits.
const maxVolume = 1_000_000_000_000

// billed is the larger of actual and dimensional mass, rounded up to the step.
func (s *Service) billed(mass unit.Mass, m measures) unit.Mass {
	if !m.size.IsZero() && mass > s.DimOverMass && m.volume > s.DimOverVolume {
		mass = max(mass, s.dimensional(m))
	}
	return s.step(mass)
}

// dimensional is the mass that a volume bills as.
func (s *Service) dimensional(m measures) unit.Mass {
	switch {
	case s.dim.num > 0:
		hi, lo := bits.Mul64(uint64(m.volume), uint64(s.dim.num))
		lo, carry := bits.Add64(lo, uint64(s.dim.den/2), 0) // halves up: what is a whole pound stays one
		if hi += carry; hi >= uint64(s.dim.den) {
			return mostBilled
		}
		mg, _ := bits.Div64(hi, lo, uint64(s.dim.den))
		return unit.Mass(min(mg, uint64(mostBilled)))
	case s.Divisor > 0:
		whole := (m.volume + 999) / 1000 // cubic millimetres
		return unit.Mass((whole*int64(unit.Kilogram) + s.Divisor - 1) / s.Divisor)
	}
	return 0
}

// mostBilled is more than any card has a price for.
const mostBilled = 10 * maxMass

// step rounds up to whole steps. A step of a pound is no whole number of milligrams:
// ten pounds stay ten pounds, as a file and a scale write them in milligrams.
func (s *Service) step(m unit.Mass) unit.Mass {
	step := s.steps
	switch {
	case s.Step <= 0:
		return m
	case step.den <= 1:
		return (m + s.Step - 1) / s.Step * s.Step
	}
	m = min(m, mostBilled)
	whole := func(n int64) unit.Mass { return unit.Mass((2*n*step.num + step.den) / (2 * step.den)) }
	n := int64(m) * step.den / step.num
	for whole(n) < m {
		n++
	}
	return whole(n)
}

// ratio is an exact number above 0.
type ratio struct{ num, den int64 }

// mostPrice is more than any parcel costs; it keeps percents inside 64 bits.
const mostPrice = 1_000_000_000_000

// price adds up base, surcharges by their order, fuel, minimum and tax. Each is
// rounded to the minor unit before it is added, so that the terms are the sum.
func (q *Quote) price(s *Service, base int64, a *inquiry) {
	q.Breakdown = append(make([]Term, 0, 4), Term{"base", base})
	sum, fuelled := base, base
	for at := 0; at < len(s.Surcharges); {
		upto := at + 1
		for upto < len(s.Surcharges) && s.Surcharges[upto].Order == s.Surcharges[at].Order {
			upto++
		}
		more, fuel := q.add(s.Surcharges[at:upto], sum, a)
		sum, fuelled = min(sum+more, mostPrice), min(fuelled+fuel, mostPrice)
		at = upto
	}
	if s.FuelPermille > 0 {
		sum += q.term("fuel", permille(fuelled, s.FuelPermille))
	}
	if s.Minimum > sum {
		sum += q.term("minimum", s.Minimum-sum)
	}
	for _, t := range s.Taxes {
		if a.to.inAny(t.Countries) {
			sum += q.term("tax", share(sum, t.Percent))
			break
		}
	}
	if q.Price.Minor = sum; sum >= mostPrice {
		q.Allowed, q.Reason = false, "its price is too high to be right: look at its card"
		q.Price.Minor, q.Breakdown = 0, nil
	}
}

func (q *Quote) term(name string, minor int64) int64 {
	q.Breakdown = append(q.Breakdown, Term{name, minor})
	return minor
}

// add adds surcharges of one order; a percent is of what was there before them. Of a
// group only the highest stands. It returns their sum, and how much of it fuel is
// taken on.
func (q *Quote) add(of []Surcharge, before int64, a *inquiry) (sum, fuelled int64) {
	var room [16]int // which surcharge each new term is
	which, first := room[:0], len(q.Breakdown)
	for i := range of {
		x := &of[i]
		if !x.applies(q.Billed, a) {
			continue
		}
		minor := x.Minor
		if len(x.Percents) > 0 {
			minor = share(before, x.percent(a.today))
		}
		same := -1
		if x.Group != "" {
			same = slices.IndexFunc(which, func(w int) bool { return of[w].Group == x.Group })
		}
		switch {
		case same < 0:
			which = append(which, i)
			q.term(x.Name, minor)
		case minor > q.Breakdown[first+same].Minor:
			which[same], q.Breakdown[first+same] = i, Term{x.Name, minor}
		}
	}
	for n, w := range which {
		minor := q.Breakdown[first+n].Minor
		sum += minor
		if of[w].Fuelled {
			fuelled += minor
		}
	}
	return sum, fuelled
}

// applies reports whether all conditions of a surcharge hold.
func (x *Surcharge) applies(billed unit.Mass, a *inquiry) bool {
	m := &a.measured
	return billed > x.OverMass &&
		(x.OverLength == 0 || m.long[0] > x.OverLength) &&
		(x.OverWidth == 0 || m.long[1] > x.OverWidth) &&
		(x.OverGirth == 0 || m.girth() > x.OverGirth) &&
		(x.OverVolume == 0 || m.volume > x.OverVolume) &&
		(!x.Residential || a.Residential) && (!x.Dangerous || a.Dangerous) &&
		(len(x.Countries) == 0 || slices.Contains(x.Countries, a.to.written) || slices.Contains(x.Countries, a.Place)) &&
		(x.From == "" || within(a.today, x.From, x.To)) &&
		(len(x.Areas) == 0 || x.near(a.to))
}

// near reports whether an address lies in one of the areas.
func (x *Surcharge) near(to *spot) bool {
	index := x.index
	if index == nil {
		index, _ = newIndex([]entry{{0, x.Areas}})
	}
	var room hits
	return len(index.find(to, &room)) > 0
}

// percent is what counts today: the newest that has begun.
func (x *Surcharge) percent(today string) (per100k int64) {
	for _, p := range x.Percents {
		if p.From <= today {
			per100k = p.Share
		}
	}
	return per100k
}

// within reports whether a day lies in a season, its first and last day included:
// both of one year, or "10-05" and "01-18" of every year.
func within(today, from, to string) bool {
	if len(from) < len(today) {
		today = today[len(today)-len(from):]
	}
	if from > to { // over New Year's Eve
		return today >= from || today <= to
	}
	return today >= from && today <= to
}

// share takes hundred thousandths of an amount that is not negative, halves up.
func share(minor, per100k int64) int64 {
	return (min(minor, mostPrice)*per100k + 50_000) / 100_000
}

// permille takes a share of an amount that is not negative, rounded half up.
func permille(minor int64, share int) int64 { return (minor*int64(share) + 500) / 1000 }

// sorted returns the edges, longest first.
func sorted(s unit.Size) [3]unit.Length {
	a, b, c := s.Width, s.Length, s.Depth
	if a < b {
		a, b = b, a
	}
	if b < c {
		b, c = c, b
	}
	if a < b {
		a, b = b, a
	}
	return [3]unit.Length{a, b, c}
}
