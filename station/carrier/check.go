package carrier

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/station/country"
	"packbench/station/holiday"
	"packbench/station/unit"
)

// reader turns what a file says into cards and collects the faults, each with
// the place it stands in.
type reader struct {
	place    string // in words
	path     string // in the file
	currency string
	named    int // districts of ranges
	faults   Faults
	unsound  Faults
	warnings Faults
}

// Fault is what is wrong with a rate card file.
type Fault struct {
	Place string // in words: "carrier a, service b, zone c"
	Path  string // in the file: "carriers[0].services[1].zones[2]"
	Text  string
	// Row and Column are where it stands in a plain price list; 0: it was none.
	Row    int
	Column string
}

func (f Fault) Error() string {
	if f.Path == "" || f.Row > 0 {
		return f.Words()
	}
	return f.Words() + " (" + f.Path + ")"
}

// Words say what is wrong, without where it stands in a file.
func (f Fault) Words() string {
	if f.Place == "" {
		return f.Text
	}
	return f.Place + ": " + f.Text
}

// Faults are all that is wrong, a line each.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// Limits that no honest card comes near; they keep all sums inside 64 bits.
const (
	maxMinor      = 1_000_000_000
	maxFuel       = 5_000
	maxPercent    = 500 * percent
	maxSurcharges = 200
	maxOrder      = 100
	maxTransit    = 90
	maxDivisor    = 1_000_000_000
	maxFaults     = 50
	maxOrigins    = 2_000
	maxCharted    = 2_000_000 // postcodes, for each origin
	maxDistricts  = 500_000   // of ranges, in a file
	mostVersions  = 1_000     // of a service, that are compared
	maxMass       = 100_000 * unit.Kilogram
)

func (r *reader) at(place, path string) *reader {
	r.place, r.path = place, path
	return r
}

func (r *reader) fault(format string, args ...any) { r.note(&r.faults, format, args) }

// doubt is a fault of a new card; one that is here already counts as it always did.
func (r *reader) doubt(format string, args ...any) { r.note(&r.unsound, format, args) }

func (r *reader) warn(format string, args ...any) { r.note(&r.warnings, format, args) }

func (r *reader) note(to *Faults, format string, args []any) {
	if len(*to) < maxFaults {
		*to = append(*to, Fault{Place: r.place, Path: r.path, Text: fmt.Sprintf(format, args...)})
	}
}

func (r *reader) carrier(f fileCarrier) Carrier {
	place, path := r.place, r.path
	c := Carrier{ID: f.ID, Name: f.Name, Sample: f.Sample, Tracking: Tracking(f.Tracking), Reliability: f.Reliability, Zone: time.UTC}
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
	for _, day := range f.WorkingDays {
		i := slices.Index(weekdays, strings.ToLower(day))
		if i < 0 {
			r.fault("working_days: %q is not one of %s", clip(day), strings.Join(weekdays, ", "))
			continue
		}
		c.WorkingDays[i] = true
	}
	if len(f.WorkingDays) == 0 {
		r.fault("working_days is empty; write at least one of %s", strings.Join(weekdays, ", "))
	}
	r.holidays(f, &c)
	if len(f.Services) == 0 {
		r.fault("there is no service")
	}
	for i, s := range f.Services {
		s := r.at(place+", service "+name(s.ID, i), fmt.Sprintf("%s.services[%d]", path, i)).service(s)
		if !c.collects(&s) {
			r.fault("cut_offs: nobody collects on any working day")
		}
		c.Services = append(c.Services, s)
	}
	c.days = newCalendar(&c)
	return c
}

func (r *reader) holidays(f fileCarrier, c *Carrier) {
	c.Holidays = r.days("holidays", f.Holidays)
	c.WorksOn = r.days("works_on", f.WorksOn)
	for _, code := range slices.Sorted(maps.Keys(f.HolidaysAt)) {
		if c.HolidaysAt == nil {
			c.HolidaysAt = map[string][]string{}
		}
		for _, at := range r.places([]string{code}) {
			c.HolidaysAt[at] = append(c.HolidaysAt[at], r.days("holidays_at "+clip(code), f.HolidaysAt[code])...)
		}
	}
	c.Public = Public{Origin: strings.ToUpper(f.Public.Origin)}
	for _, code := range f.Public.Destinations {
		c.Public.Destinations = append(c.Public.Destinations, strings.ToUpper(code))
	}
	for _, code := range append([]string{c.Public.Origin}, c.Public.Destinations...) {
		if code != "" && code != "*" && !holiday.Known(code) {
			r.fault("public_holidays: those of %q are not known here; write their days at holidays_at", clip(code))
		}
	}
}

// days reads days of one year or of every year.
func (r *reader) days(what string, list []string) []string {
	if len(list) > 200 {
		r.fault("%s: more than 200 are too many", what)
	}
	for _, day := range list {
		if !isDay(day) && !isYearly(day) {
			r.fault("%s: %q is not a day such as \"2026-12-24\" or \"12-25\"", what, clip(day))
		}
	}
	return list
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func isYearly(text string) bool { return isDay("2000-" + text) }

// collects reports whether a service is collected on any of the carrier's working days.
func (c *Carrier) collects(s *Service) bool {
	for on, works := range c.WorkingDays {
		if _, collects := s.cutOff(time.Weekday(on)); works && collects {
			return true
		}
	}
	return c.WorkingDays == [7]bool{} // that is told already
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

// places reads the codes of countries, and those of places ("ES-CE").
func (r *reader) places(list []string) []string {
	var out []string
	for _, c := range list {
		if upper := strings.ToUpper(c); len(c) > 2 && country.PartOf(upper) != "" {
			out = append(out, upper)
			continue
		}
		out = append(out, r.countries([]string{c})...)
	}
	return out
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
		if _, known := country.Name(upper); !known && country.PartOf(upper) == "" {
			r.doubt("no country has the code %q", clip(c))
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
