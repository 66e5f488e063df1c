package carrier

import (
	"slices"
	"time"

	"packbench/station/country"
	"packbench/station/holiday"
)

// A day is counted from 1 January 1970: days of calendars, which no change of the
// clocks makes longer or shorter, and which exist where the clocks change at
// midnight.
type day int

// dayOf is the date of a moment, where it stands.
func dayOf(at time.Time) day {
	y, m, d := at.Date()
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

func (d day) date() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

func (d day) weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

// begin is the first moment of the day in a zone: midnight, unless the clocks leave
// it out.
func (d day) begin(zone *time.Location) time.Time {
	y, m, dom := d.date().Date()
	at := time.Date(y, m, dom, 0, 0, 0, 0, zone)
	for hour := 1; at.Day() != dom && hour <= 3; hour++ {
		at = time.Date(y, m, dom, hour, 0, 0, 0, zone)
	}
	return at
}

// dayAfter is the day after one that is written "2026-12-31".
func dayAfter(text string) string {
	at, _ := time.Parse(time.DateOnly, text)
	return at.AddDate(0, 0, 1).Format(time.DateOnly)
}

// dates are days as a card writes them: "12-25" for every year, or "2026-12-28".
type dates struct {
	yearly holiday.Year
	once   []day
}

func newDates(list []string) (d dates) {
	for _, text := range list {
		if at, err := time.Parse(time.DateOnly, text); err == nil {
			d.once = append(d.once, dayOf(at))
		} else if at, err := time.Parse(time.DateOnly, "2000-"+text); err == nil {
			d.yearly[at.Month()] |= 1 << at.Day()
		}
	}
	slices.Sort(d.once)
	return d
}

func (d *dates) has(on day, month time.Month, dom int) bool {
	if d.yearly.Has(month, dom) {
		return true
	}
	_, found := slices.BinarySearch(d.once, on)
	return found
}

// calendar is when a carrier moves parcels.
type calendar struct {
	working    [7]bool
	rests      dates
	works      dates            // though it is a public holiday
	at         map[string]dates // in a country
	origin     string           // whose public holidays count where parcels leave
	everywhere bool             // public holidays of every country that they are known of
	public     []string         // countries whose public holidays count where parcels arrive
}

func newCalendar(c *Carrier) *calendar {
	out := &calendar{
		working: c.WorkingDays, rests: newDates(c.Holidays), works: newDates(c.WorksOn), at: map[string]dates{},
		origin: c.Public.Origin, public: c.Public.Destinations, everywhere: slices.Contains(c.Public.Destinations, "*"),
	}
	for code, list := range c.HolidaysAt {
		out.at[code] = newDates(list)
	}
	return out
}

// course is a carrier's calendar for one parcel.
type course struct {
	*calendar
	zone   *time.Location
	now    time.Time
	today  day
	minute int       // of today
	public [2]string // whose public holidays count; "": nobody's
	ends   []*dates  // of the countries at both ends
	begins []time.Time
	first  day // of begins
}

func (c *Carrier) course(at time.Time, from, to *spot) *course {
	k := &course{calendar: c.days, zone: c.Zone, now: at.In(c.Zone)}
	if k.calendar == nil {
		k.calendar = newCalendar(c)
	}
	k.today, k.minute = dayOf(k.now), k.now.Hour()*60+k.now.Minute()
	k.first = k.today
	k.public = [2]string{k.origin, k.destination(to)}
	for code := range k.at {
		if from.in(code) || to.in(code) {
			own := k.at[code]
			k.ends = append(k.ends, &own)
		}
	}
	return k
}

// destination is whose public holidays count where a parcel arrives.
func (c *calendar) destination(to *spot) string {
	for _, code := range []string{to.place, to.written, country.PartOf(to.place)} {
		if slices.Contains(c.public, code) || c.everywhere && holiday.Known(code) {
			return code
		}
	}
	for _, code := range c.public { // a part of the country, where the card knows no better
		if len(code) > 3 && code[2] == '-' && (code[:2] == to.written || code[:2] == to.place) {
			return code
		}
	}
	return ""
}

// moves reports whether the carrier moves the parcel on a day: on a holiday at
// either end it does not get nearer.
func (k *course) moves(on day) bool {
	if !k.working[on.weekday()] {
		return false
	}
	y, month, dom := on.date().Date()
	if k.rests.has(on, month, dom) {
		return false
	}
	for _, d := range k.ends {
		if d.has(on, month, dom) {
			return false
		}
	}
	for _, code := range k.public {
		if code != "" && holiday.In(code, y).Has(month, dom) && !k.works.has(on, month, dom) {
			return false
		}
	}
	return true
}

// farthest bounds every walk through a calendar: LoadCards refuses a carrier
// without a working day in any year.
const farthest = 400

// ships is the day of collection: today until the cut-off of a working day,
// else the next working day that has a collection.
func (k *course) ships(s *Service) day {
	for on := k.today; on < k.today+farthest; on++ {
		cutOff, collects := s.cutOff(on.weekday())
		if collects && k.moves(on) && (on > k.today || !k.past(cutOff)) {
			return on
		}
	}
	return k.today + farthest
}

// arrives counts working days from the day of collection.
func (k *course) arrives(on day, transit int) day {
	for range transit {
		on++
		for i := 0; i < farthest && !k.moves(on); i++ {
			on++
		}
	}
	return on
}

// cutOff is the last minute of a weekday; none where nobody collects on it.
func (s *Service) cutOff(on time.Weekday) (minute int, collects bool) {
	minute, own := s.CutOffs[on]
	if !own {
		return s.CutOff, true
	}
	return minute, minute >= 0
}

// past reports whether a time of today is over. An hour that the clocks show twice
// has it over the first time: the van has come.
func (k *course) past(minute int) bool {
	if k.minute >= minute {
		return true
	}
	since, _ := k.now.ZoneBounds()
	if since.IsZero() || dayOf(since.In(k.zone)) != k.today {
		return false
	}
	before := since.Add(-time.Second).In(k.zone) // the last that the clocks showed before they changed
	return dayOf(before) == k.today && minute <= before.Hour()*60+before.Minute()
}

// begin is the first moment of a day; the days of one parcel are few.
func (k *course) begin(on day) time.Time {
	at := int(on - k.first)
	if at >= 0 && at < 32 {
		for len(k.begins) <= at {
			k.begins = append(k.begins, time.Time{})
		}
		if k.begins[at].IsZero() {
			k.begins[at] = on.begin(k.zone)
		}
		return k.begins[at]
	}
	return on.begin(k.zone)
}

// today is the carrier's date, "2026-01-31".
func (c *Carrier) today(at time.Time) string { return at.In(c.Zone).Format(time.DateOnly) }

// daysBetween counts the days from one midnight to another; both may stand in
// different zones, only their dates count.
func daysBetween(from, to time.Time) int { return int(dayOf(to) - dayOf(from)) }

// Moves reports whether the carrier moves parcels to an address on a day.
func (c *Carrier) Moves(on time.Time, to Where) bool {
	k := c.course(on, newSpot(Where{}), newSpot(to))
	return k.moves(dayOf(on))
}
