package carrier

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/country"
	"packbench/station/unit"
)

// reader turns what a file says into cards and collects the faults, each with
// the place it stands in.
type reader struct {
	place    string
	currency string
	faults   []error
}

// Limits that no honest card comes near; they keep all sums inside 64 bits.
const (
	maxMinor   = 1_000_000_000
	maxFuel    = 5_000
	maxTransit = 90
	maxDivisor = 1_000_000_000
	maxFaults  = 50
	maxMass    = 100_000 * unit.Kilogram
)

func (r *reader) at(place string) *reader {
	r.place = place
	return r
}

func (r *reader) fault(format string, args ...any) {
	if len(r.faults) >= maxFaults {
		return
	}
	text := fmt.Sprintf(format, args...)
	if r.place != "" {
		text = r.place + ": " + text
	}
	r.faults = append(r.faults, fmt.Errorf("%s", text))
}

func (r *reader) carrier(f fileCarrier) Carrier {
	place := r.place
	c := Carrier{ID: f.ID, Name: f.Name, Sample: f.Sample, Tracking: Tracking(f.Tracking), Reliability: f.Reliability, Holidays: f.Holidays, Zone: time.UTC}
	r.id("id", f.ID)
	if f.Name == "" {
		r.fault("the name is missing")
	}
	r.permille("reliability", f.Reliability)
	r.tracking(f.Tracking)
	zone, err := time.LoadLocation(f.TimeZone)
	if err != nil || f.TimeZone == "" || f.TimeZone == "Local" {
		r.fault("time_zone %q is not known; write one such as \"Europe/Berlin\"", clip(f.TimeZone))
	} else {
		c.Zone = zone
	}
	names := []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
	for _, day := range f.WorkingDays {
		i := slices.Index(names, strings.ToLower(day))
		if i < 0 {
			r.fault("working_days: %q is not one of %s", clip(day), strings.Join(names, ", "))
			continue
		}
		c.WorkingDays[i] = true
	}
	if len(f.WorkingDays) == 0 {
		r.fault("working_days is empty; write at least one of %s", strings.Join(names, ", "))
	}
	if len(f.Holidays) > 200 {
		r.fault("holidays: more than 200 are too many")
	}
	for _, day := range f.Holidays {
		_, once := time.Parse(time.DateOnly, day)
		_, yearly := time.Parse("2006-01-02", "2000-"+day)
		if once != nil && yearly != nil {
			r.fault("holidays: %q is not a day such as \"2026-12-24\" or \"12-25\"", clip(day))
		}
	}
	if len(f.Services) == 0 {
		r.fault("there is no service")
	}
	for i, s := range f.Services {
		c.Services = append(c.Services, r.at(place+", service "+name(s.ID, i)).service(s))
	}
	return c
}

// Checks are the rules for a check digit that a card may name.
func Checks() []string {
	return []string{"mod10", "mod10-1-3", "mod10-4-9", "luhn", "mod7", "mod11", "s10", "ups", "mod37-36", "none"}
}

func (r *reader) tracking(f fileTracking) {
	plain := func(s string) bool {
		return len(s) <= 10 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
	}
	if f.Digits < 1 || f.Digits > 20 {
		r.fault("tracking: %d digits are outside 1 to 20", f.Digits)
	}
	if !plain(f.Prefix) || !plain(f.Suffix) {
		r.fault("tracking: prefix and suffix take up to 10 capital letters and digits")
	}
	if checks := Checks(); !slices.Contains(checks, f.Check) {
		r.fault("tracking: the check %q is not one of %s", clip(f.Check), strings.Join(checks, ", "))
	}
	most := uint64(1)
	for range min(f.Digits, 18) {
		most *= 10
	}
	if f.First >= most || f.Last >= most || f.Last > 0 && f.Last < f.First {
		r.fault("tracking: first %d and last %d must be a range that fits into %d digits", f.First, f.Last, f.Digits)
	}
	if f.Check == "s10" && f.Digits != 8 {
		r.fault("tracking: the check s10 needs 8 digits")
	}
}

func (r *reader) service(f fileService) Service {
	place := r.place
	s := Service{
		ID: f.ID, Name: f.Name, From: f.From, Divisor: f.Divisor, FuelPermille: f.FuelPermille,
		Dangerous: f.Dangerous, Reliability: f.Reliability, Customs: f.Customs,
	}
	r.id("id", f.ID)
	if f.Customs != "" && f.Customs != "cn23" && f.Customs != "invoice" {
		r.fault("customs %q is neither \"cn23\" nor \"invoice\"", clip(f.Customs))
	}
	if f.Name == "" {
		r.fault("the name is missing")
	}
	if _, err := time.Parse(time.DateOnly, f.From); f.From != "" && err != nil {
		r.fault("effective_from %q is not a day such as \"2026-01-01\"", clip(f.From))
	}
	var err error
	if s.CutOff, err = minutes(f.CutOff); err != nil {
		r.fault("cut_off: %v", err)
	}
	if f.Divisor < 0 || f.Divisor > maxDivisor || f.Divisor > 0 && f.Divisor < 1000 {
		r.fault("divisor %d: write cubic millimetres a kilogram, such as 5000000", f.Divisor)
	}
	if f.FuelPermille < 0 || f.FuelPermille > maxFuel {
		r.fault("fuel_permille %d is outside 0 to %d", f.FuelPermille, maxFuel)
	}
	r.permille("reliability", f.Reliability)
	s.MaxMass = r.mass("max_mass", f.MaxMass)
	s.MaxGirth = r.length("max_girth", f.MaxGirth)
	s.Step = r.mass("step", f.Step)
	if f.LateCost != "" {
		s.LateCost = r.money("late_cost", f.LateCost)
	}
	if s.Lost = f.Lost; f.Lost < 0 || f.Lost > 1_000_000 {
		r.fault("lost_per_million %d is outside 0 to 1000000", f.Lost)
	}
	if f.Liability != "" {
		s.Liability = r.money("liability", f.Liability)
	}
	switch len(f.MaxSize) {
	case 0:
	case 3:
		s.MaxSize = unit.Size{
			Width: r.length("max_size", f.MaxSize[0]), Length: r.length("max_size", f.MaxSize[1]), Depth: r.length("max_size", f.MaxSize[2]),
		}
	default:
		r.fault("max_size needs three lengths")
	}
	for i, x := range f.Surcharges {
		s.Surcharges = append(s.Surcharges, r.at(fmt.Sprintf("%s, surcharge %s", place, name(x.Name, i))).surcharge(x))
	}
	r.at(place)
	if len(f.Zones) == 0 {
		r.fault("there is no zone")
	}
	for i, z := range f.Zones {
		s.Zones = append(s.Zones, r.at(place+", zone "+name(z.ID, i)).zone(z))
	}
	r.at(place).overlaps(s)
	return s
}

func (r *reader) surcharge(f fileSurcharge) Surcharge {
	if f.Name == "" {
		r.fault("the name is missing")
	}
	return Surcharge{
		Name: f.Name, Minor: r.money("amount", f.Amount), Fuelled: f.Fuel,
		OverMass: r.mass("over_mass", f.OverMass), OverLength: r.length("over_length", f.OverLength),
		Countries: r.countries(f.Countries),
	}
}

func (r *reader) zone(f fileZone) Zone {
	z := Zone{ID: f.ID, TransitDays: f.TransitDays}
	r.id("id", f.ID)
	if f.TransitDays < 0 || f.TransitDays > maxTransit {
		r.fault("transit_days %d is outside 0 to %d", f.TransitDays, maxTransit)
	}
	if len(f.Areas) == 0 {
		r.fault("there is no area")
	}
	for _, a := range f.Areas {
		area := Area{Country: "*"}
		if a.Country != "*" {
			area.Country = r.countries([]string{a.Country})[0]
		}
		for _, p := range a.Postcodes {
			prefix := country.KeyOfBegin(area.Country, p)
			if prefix == "" || a.Country == "*" {
				r.fault("postcodes %q of country %q say nothing", clip(p), clip(a.Country))
			}
			area.Postcodes = append(area.Postcodes, prefix)
		}
		z.Areas = append(z.Areas, area)
	}
	if len(f.Breaks) == 0 {
		r.fault("there is no price")
	}
	for i, b := range f.Breaks {
		next := Break{Upto: r.mass("upto", b.Upto), Minor: r.money("price", b.Price)}
		if next.Upto <= 0 {
			r.fault("break %d: upto must be a mass above 0", i+1)
		}
		if i > 0 && next.Upto <= z.Breaks[i-1].Upto {
			r.fault("break %d: %s does not come after %s", i+1, kilos(next.Upto), kilos(z.Breaks[i-1].Upto))
		}
		if i > 0 && next.Minor < z.Breaks[i-1].Minor {
			r.fault("break %d: the price falls as the mass grows", i+1)
		}
		z.Breaks = append(z.Breaks, next)
	}
	return z
}

// overlaps refuses an address that two zones name equally well.
func (r *reader) overlaps(s Service) {
	seen := map[string]string{}
	for _, z := range s.Zones {
		for _, a := range z.Areas {
			for _, prefix := range orWhole(a.Postcodes) {
				key := strings.TrimSpace(a.Country + " " + prefix)
				if other, ok := seen[key]; ok {
					r.fault("%s stands in zone %s and in zone %s", key, other, z.ID)
				}
				seen[key] = z.ID
			}
		}
	}
}

func orWhole(postcodes []string) []string {
	if len(postcodes) == 0 {
		return []string{""}
	}
	return postcodes
}

// unique wants each service id at one carrier only, once for each first day.
func (r *reader) unique(cards Cards) {
	owner, seen := map[string]string{}, map[[2]string]bool{}
	for _, c := range cards.Carriers {
		for _, s := range c.Services {
			if other, ok := owner[s.ID]; ok && other != c.ID {
				r.fault("service %q stands at carrier %s and at carrier %s", s.ID, other, c.ID)
			}
			owner[s.ID] = c.ID
			if seen[[2]string{s.ID, s.From}] {
				r.fault("carrier %s: there are two services %q from the same day", c.ID, s.ID)
			}
			seen[[2]string{s.ID, s.From}] = true
		}
	}
}

func (r *reader) id(what, id string) {
	ok := id != "" && len(id) <= 40
	for _, c := range id {
		ok = ok && (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.')
	}
	if !ok {
		r.fault("%s %q must be 1 to 40 letters, digits, - _ or .", what, clip(id))
	}
}

func (r *reader) permille(what string, n int) {
	if n < 0 || n > 1000 {
		r.fault("%s %d is outside 0 to 1000", what, n)
	}
}

// countries reads the codes of countries, and that of Northern Ireland.
func (r *reader) countries(list []string) []string {
	var out []string
	for _, c := range list {
		upper := strings.ToUpper(c)
		if len(c) != 2 || upper[0] < 'A' || upper[0] > 'Z' || upper[1] < 'A' || upper[1] > 'Z' {
			r.fault("country %q is not a two-letter code such as \"DE\"", clip(c))
		}
		if upper != country.NorthernIreland {
			upper = country.Code(upper)
		}
		out = append(out, upper)
	}
	return out
}

func (r *reader) mass(what, text string) unit.Mass {
	if text == "" {
		return 0
	}
	m, err := unit.ParseMass(text)
	if err == nil && (m <= 0 || m > maxMass) {
		err = fmt.Errorf("%q is outside 1 mg to 100 t", clip(text))
	}
	if err != nil {
		r.fault("%s: %v", what, err)
	}
	return m
}

func (r *reader) length(what, text string) unit.Length {
	if text == "" {
		return 0
	}
	l, err := unit.ParseLength(text)
	if err == nil && (l <= 0 || l > 100*unit.Metre) {
		err = fmt.Errorf("%q is outside 1 µm to 100 m", clip(text))
	}
	if err != nil {
		r.fault("%s: %v", what, err)
	}
	return l
}

func (r *reader) money(what, text string) int64 {
	m, err := unit.ParseMoney(text, r.currency)
	if err == nil && (m.Minor < 0 || m.Minor > maxMinor) {
		err = fmt.Errorf("%q is below 0 or too much", clip(text))
	}
	if err != nil {
		r.fault("%s: %v", what, err)
	}
	return m.Minor
}
