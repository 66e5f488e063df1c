package carrier

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"packbench/station/country"
)

func (r *reader) surcharge(f fileSurcharge) Surcharge {
	if f.Name == "" {
		r.fault("the name is missing")
	}
	x := Surcharge{
		Name: f.Name, Group: f.Group, Order: f.Order, Fuelled: f.Fuel, Residential: f.Residential, Dangerous: f.Dangerous,
		OverMass: r.mass("over_mass", f.OverMass), OverLength: r.length("over_length", f.OverLength), OverWidth: r.length("over_width", f.OverWidth),
		OverGirth: r.length("over_girth", f.OverGirth), OverVolume: r.volume("over_volume", f.OverVolume),
		Countries: r.places(f.Countries), Areas: r.areas(f.Areas), From: f.From, To: f.To,
	}
	x.index = r.indexed(x.Areas)
	if f.Order < 0 || f.Order > maxOrder {
		r.fault("order %d is outside 0 to %d", f.Order, maxOrder)
	}
	switch {
	case f.Percent == "" && len(f.Percents) == 0:
		x.Minor = r.money("amount", f.Amount)
	case f.Amount != "" || f.Percent != "" && len(f.Percents) > 0:
		r.fault("it has more than one of amount, percent and percents")
	case f.Percent != "":
		x.Percents = []Percent{{"", r.share("percent", f.Percent)}}
	}
	for i, p := range f.Percents {
		if !isDay(p.From) {
			r.fault("percents: from %q is not a day such as \"2026-01-01\"", clip(p.From))
		}
		if i > 0 && p.From <= f.Percents[i-1].From {
			r.fault("percents: %s does not come after %s", clip(p.From), clip(f.Percents[i-1].From))
		}
		x.Percents = append(x.Percents, Percent{p.From, r.share("percents", p.Percent)})
	}
	switch {
	case f.From == "" && f.To == "", isYearly(f.From) && isYearly(f.To):
	case !isDay(f.From) || !isDay(f.To):
		r.fault("from %q and to %q are not two days such as \"2026-10-05\" and \"2027-01-18\", or \"10-05\" and \"01-18\" of every year", clip(f.From), clip(f.To))
	case f.To < f.From:
		r.fault("to %s comes before from %s", f.To, f.From)
	}
	return x
}

// ordered puts surcharges into their order. A group is decided at once, and what is
// taken on it is so whichever of it counts: else a heavier parcel may cost less.
func (r *reader) ordered(s *Service) {
	if len(s.Surcharges) > maxSurcharges {
		r.fault("more than %d surcharges are too many", maxSurcharges)
	}
	slices.SortStableFunc(s.Surcharges, func(a, b Surcharge) int { return cmp.Compare(a.Order, b.Order) })
	groups := map[string]Surcharge{}
	for _, x := range s.Surcharges {
		switch first, ok := groups[x.Group]; {
		case x.Group == "" || !ok:
		case first.Order != x.Order:
			r.fault("the surcharges of the group %q have the orders %d and %d; a group has one", clip(x.Group), first.Order, x.Order)
		case first.Fuelled != x.Fuelled:
			r.fault("only some surcharges of the group %q have \"fuel\"; write it at all of them or at none", clip(x.Group))
		}
		groups[x.Group] = x
		if len(x.Percents) > 0 && s.From != "" && x.Percents[0].From > s.From {
			r.warn("the percent of %s is known from %s only: until then nobody can be asked to pay it, and the service is not used", clip(x.Name), x.Percents[0].From)
		}
	}
}

func (r *reader) zone(f fileZone, mayFall bool) Zone {
	path := r.path
	z := Zone{ID: f.ID, TransitDays: f.TransitDays}
	r.id("id", f.ID)
	if f.TransitDays < 0 || f.TransitDays > maxTransit {
		r.fault("transit_days %d is outside 0 to %d", f.TransitDays, maxTransit)
	}
	if len(f.Areas) == 0 {
		r.fault("there is no area")
	}
	z.Origins = r.areas(f.Origins)
	for _, o := range f.Origins {
		if len(o.Except) > 0 {
			r.fault("origins have no exceptions: write their postcodes")
		}
	}
	z.Areas = r.areas(f.Areas)
	if len(f.Breaks) == 0 {
		r.fault("there is no price")
	}
	for i, b := range f.Breaks {
		r.path = fmt.Sprintf("%s.breaks[%d]", path, i)
		next := Break{Upto: r.mass("upto", b.Upto), Minor: r.money("price", b.Price)}
		last := Break{}
		if i > 0 {
			last = z.Breaks[i-1]
		}
		if next.Upto <= 0 {
			r.fault("break %d: upto must be a mass above 0", i+1)
		}
		if i > 0 && next.Upto <= last.Upto {
			r.fault("break %d: %s does not come after %s", i+1, kilos(next.Upto), kilos(last.Upto))
		}
		switch over := r.mass("over", zeroMass(b.Over)); {
		case b.Over == "":
		case over > last.Upto:
			r.fault("break %d: there is no price over %s and up to %s", i+1, kilos(last.Upto), kilos(over))
		case over < last.Upto:
			r.fault("break %d: what weighs over %s and up to %s has two prices", i+1, kilos(over), kilos(last.Upto))
		}
		switch {
		case i == 0 || next.Minor >= last.Minor:
		case mayFall:
			r.warn("break %d: the price falls as the mass grows; the card says that prices may", i+1)
		default:
			r.fault("break %d: the price falls as the mass grows", i+1)
		}
		z.Breaks = append(z.Breaks, next)
	}
	return z
}

// zeroMass leaves out the mass that a first break may begin at.
func zeroMass(text string) string {
	if strings.Trim(text, "0. kgmltozb") == "" {
		return ""
	}
	return text
}

func (r *reader) areas(list []fileArea) (out []Area) {
	for _, a := range list {
		area := Area{Country: "*"}
		if a.Country != "*" {
			if codes := r.places([]string{a.Country}); len(codes) > 0 {
				area.Country = codes[0]
			}
		}
		for _, p := range a.Postcodes {
			if strings.Contains(p, "..") {
				area.Ranges = append(area.Ranges, r.spans(area.Country, p)...)
				continue
			}
			prefix := country.KeyOfBegin(area.Country, p)
			if prefix == "" || a.Country == "*" {
				r.fault("postcodes %q of country %q say nothing", clip(p), clip(a.Country))
			}
			area.Postcodes = append(area.Postcodes, prefix)
		}
		for _, p := range a.Except {
			area.Except = append(area.Except, r.spans(area.Country, p)...)
		}
		if len(area.Ranges) == 0 && len(area.Postcodes) == 0 && len(a.Postcodes) > 0 {
			continue // what is wrong with them is told; it is not the whole country
		}
		out = append(out, area)
	}
	return out
}

// district is a British district, and the number alone at the end of a range.
var district = regexp.MustCompile(`^([A-Z]*)([0-9]{1,2})$`)

// spans reads a begin of postcodes, or a range from one to another.
func (r *reader) spans(code, text string) []Span {
	low, high, ranged := strings.Cut(text, "..")
	from, to := country.KeyOfBegin(code, low), country.KeyOfBegin(code, high)
	if !ranged {
		to = from
	}
	switch {
	case from == "" || to == "" || code == "*":
		r.fault("postcodes %q of country %q say nothing", clip(text), clip(code))
		return nil
	case ranged && country.Districts(code):
		return r.districts(text, from, to)
	case from > to && !strings.HasPrefix(from, to):
		r.fault("postcodes %q end before they begin", clip(text))
		return nil
	}
	if n := country.Digits(code); ranged && n > 0 && (len(from) == n-1 || len(to) == n-1) {
		r.warn("postcodes %q have %d digits of %d: each stands for ten postcodes; did a zero in front get lost?", clip(text), n-1, n)
	}
	return []Span{{from, to}}
}

// districts reads a range such as "IV1..IV28", which an order by signs gets wrong.
func (r *reader) districts(text, from, to string) (out []Span) {
	low, high := district.FindStringSubmatch(from), district.FindStringSubmatch(to)
	if low == nil || high == nil || low[1] == "" || high[1] != "" && high[1] != low[1] {
		r.fault("postcodes %q: a range goes from a district to one of the same letters, such as \"IV1..IV28\"", clip(text))
		return nil
	}
	first, _ := strconv.Atoi(low[2])
	last, _ := strconv.Atoi(high[2])
	if last < first {
		r.fault("postcodes %q end before they begin", clip(text))
	}
	if r.named += max(last-first, 0) + 1; r.named > maxDistricts {
		r.fault("more than %d districts are too many", maxDistricts)
		return nil
	}
	for n := first; n <= last; n++ {
		one := low[1] + strconv.Itoa(n) + " "
		out = append(out, Span{one, one})
	}
	return out
}
