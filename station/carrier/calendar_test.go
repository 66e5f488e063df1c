package carrier

import (
	"strings"
	"testing"
	"time"
)

// dated is a card whose carrier works from Monday to Friday in a zone.
func dated(t *testing.T, zone, parts, service string) Cards {
	t.Helper()
	text := strings.Replace(single(service), `"Europe/Berlin"`, `"`+zone+`"`, 1)
	text = strings.Replace(text, `"working_days": ["mon","tue","wed","thu","fri","sat","sun"],`, `"working_days": ["mon","tue","wed","thu","fri"], `+parts, 1)
	c, err := LoadCards([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func twoDays(cutOffs string) string {
	return cutOffs + `, "zones": [{"id": "all", "areas": [{"country": "*"}], "transit_days": 2, "breaks": [{"upto": "100 kg", "price": "10.00"}]}]`
}

func shown(q Quote) string {
	return q.Ships.Format(time.DateOnly) + " " + q.Promise.Format(time.DateOnly)
}

func TestCutOffOfTheWeekday(t *testing.T) {
	c := dated(t, "Europe/Berlin", "", twoDays(`"cut_off": "16:00", "cut_offs": {"FRI": "12:30", "wed": "none", "sat": "10:00"}`))
	for at, want := range map[string]string{
		"2026-11-23 15:59": "2026-11-23 2026-11-25",
		"2026-11-23 16:00": "2026-11-24 2026-11-26",
		"2026-11-24 16:00": "2026-11-26 2026-11-30", // nobody collects on Wednesday
		"2026-11-25 09:00": "2026-11-26 2026-11-30",
		"2026-11-27 12:29": "2026-11-27 2026-12-01",
		"2026-11-27 12:30": "2026-11-30 2026-12-02", // the carrier does not work on Saturday
	} {
		p := parcel()
		p.At = berlin(at)
		if got := shown(Quotes(c, p)[0]); got != want {
			t.Errorf("at %s: %s, want %s", at, got, want)
		}
	}
}

// The hour that the clocks leave out, and the one that they show twice: the van comes
// by the clock, once.
func TestCutOffWhenTheClocksChange(t *testing.T) {
	for _, tt := range []struct {
		zone, cutOff, at, ships string
	}{
		{"Europe/Berlin", "02:30", "2026-03-29T00:59:00Z", "2026-03-29"}, // 01:59; 03:00 is next
		{"Europe/Berlin", "02:30", "2026-03-29T01:00:00Z", "2026-03-30"}, // 03:00
		{"Europe/Berlin", "03:00", "2026-03-29T00:59:59Z", "2026-03-29"},
		{"Europe/Berlin", "03:00", "2026-03-29T01:00:00Z", "2026-03-30"},
		{"Europe/Berlin", "16:00", "2026-03-29T13:59:00Z", "2026-03-29"}, // 15:59 in summer
		{"Europe/Berlin", "16:00", "2026-03-29T14:00:00Z", "2026-03-30"},
		{"Europe/Berlin", "02:30", "2026-10-25T00:29:00Z", "2026-10-25"}, // 02:29, the first time
		{"Europe/Berlin", "02:30", "2026-10-25T00:30:00Z", "2026-10-26"}, // 02:30
		{"Europe/Berlin", "02:30", "2026-10-25T01:15:00Z", "2026-10-26"}, // 02:15 again: the van has come
		{"Europe/Berlin", "03:00", "2026-10-25T01:59:00Z", "2026-10-25"}, // 02:59, the second time
		{"Europe/Berlin", "03:00", "2026-10-25T02:00:00Z", "2026-10-26"},
		{"Europe/Berlin", "16:00", "2026-10-25T14:59:00Z", "2026-10-25"}, // 15:59 in winter
		{"Europe/Berlin", "16:00", "2026-10-25T15:00:00Z", "2026-10-26"},
		{"America/New_York", "17:00", "2026-03-08T20:59:00Z", "2026-03-08"},
		{"America/New_York", "17:00", "2026-11-01T21:59:00Z", "2026-11-01"},
		{"America/New_York", "17:00", "2026-11-01T22:00:00Z", "2026-11-02"},
		{"Africa/Cairo", "16:00", "2026-04-23T22:30:00Z", "2026-04-24"}, // 01:30: this Friday has no midnight
		{"Africa/Cairo", "16:00", "2026-04-24T13:00:00Z", "2026-04-25"},
		{"America/Havana", "00:30", "2026-11-01T04:45:00Z", "2026-11-02"}, // 00:45, then 00:00 again
		{"America/Havana", "00:30", "2026-11-01T05:15:00Z", "2026-11-02"}, // 00:15 again
		{"Australia/Lord_Howe", "16:00", "2026-04-05T05:29:00Z", "2026-04-05"},
		{"Australia/Lord_Howe", "16:00", "2026-04-05T05:30:00Z", "2026-04-06"},
	} {
		c := dated(t, tt.zone, "", `"cut_off": "`+tt.cutOff+`"`)
		c.Carriers[0].WorkingDays = [7]bool{true, true, true, true, true, true, true}
		c.Carriers[0].days = nil
		p := parcel()
		p.At, _ = time.Parse(time.RFC3339, tt.at)
		q := Quotes(c, p)[0]
		if got := q.Ships.Format(time.DateOnly); got != tt.ships {
			t.Errorf("%s, cut-off %s, at %s: ships %s, not %s", tt.zone, tt.cutOff, p.At.In(c.Carriers[0].Zone), got, tt.ships)
		}
		if !q.Promise.Equal(q.Ships) || q.Ships.Hour() > 1 {
			t.Errorf("%s: %s begins at %s", tt.zone, tt.ships, q.Ships)
		}
	}
}

// Dates are counted in days, whatever the clocks do: each is a day after the one before.
func TestDaysOfEveryZone(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "Africa/Cairo", "America/Havana", "Asia/Beirut", "America/Asuncion", "Pacific/Apia", "Pacific/Kiritimati", "Atlantic/Azores"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for d := dayOf(time.Date(2010, 1, 1, 12, 0, 0, 0, zone)); d.date().Year() < 2028; d++ {
			begin := d.begin(zone)
			if skipped := name == "Pacific/Apia" && d.date().Format(time.DateOnly) == "2011-12-30"; dayOf(begin) != d && !skipped {
				t.Fatalf("%s: %s begins at %s", name, d.date().Format(time.DateOnly), begin)
			}
			if d.weekday() != d.date().Weekday() {
				t.Fatalf("%s is no %s", d.date(), d.weekday())
			}
		}
	}
}

func TestHolidaysAtBothEnds(t *testing.T) {
	plain := twoDays(`"cut_off": "16:00"`)
	bavaria := `"public_holidays": {"origin": "DE-BY", "destinations": ["FR", "US", "CH-ZH", "DE"]}, "works_on": ["2026-11-11", "10-12"], "holidays_at": {"AT": ["12-08"], "IC": ["05-30"]},`
	all := `"public_holidays": {"destinations": ["*"]},`
	for _, tt := range []struct{ carrier, to, at, want string }{
		{"", "DE 80331", "2026-06-03 12:00", "2026-06-03 2026-06-05"},
		{bavaria, "AT 1010", "2026-06-03 12:00", "2026-06-03 2026-06-08"}, // Corpus Christi in Bavaria, then a weekend
		{bavaria, "AT 1010", "2026-06-04 12:00", "2026-06-05 2026-06-09"}, // and nobody collects
		{bavaria, "FR 75001", "2026-07-13 12:00", "2026-07-13 2026-07-16"},
		{bavaria, "AT 1010", "2026-07-13 12:00", "2026-07-13 2026-07-15"},
		{bavaria, "FR 75001", "2026-11-10 12:00", "2026-11-10 2026-11-12"}, // works on Armistice Day
		{bavaria, "US 10001", "2026-11-25 12:00", "2026-11-25 2026-11-30"}, // Thanksgiving
		{bavaria, "US 10001", "2026-10-09 12:00", "2026-10-09 2026-10-13"}, // works on Columbus Day
		{bavaria, "US 10001", "2026-12-31 12:00", "2026-12-31 2027-01-05"},
		{bavaria, "CH 8001", "2026-05-13 12:00", "2026-05-13 2026-05-18"}, // Ascension at both ends
		{bavaria, "AT 1010", "2026-12-07 12:00", "2026-12-07 2026-12-10"},
		{bavaria, "DE 10115", "2026-12-07 12:00", "2026-12-07 2026-12-09"},
		{bavaria, "ES 35001", "2026-05-28 12:00", "2026-05-28 2026-06-01"}, // on a Saturday
		{all, "JP 100-0001", "2026-05-01 12:00", "2026-05-01 2026-05-08"},  // Golden Week
		{all, "AU 2000", "2026-01-23 12:00", "2026-01-23 2026-01-28"},
		{all, "BW", "2026-01-23 12:00", "2026-01-23 2026-01-27"},       // not known: the card's own days would
		{all, "IC 35001", "2026-12-24 12:00", "2026-12-24 2026-12-29"}, // those of its country
	} {
		c := dated(t, "Europe/Berlin", tt.carrier, plain)
		p := parcel()
		w := where(tt.to)
		p.Country, p.Postcode, p.Place, p.At = w.Country, w.Postcode, w.Place, berlin(tt.at)
		if got := shown(Quotes(c, p)[0]); got != tt.want {
			t.Errorf("to %s at %s: %s, want %s", tt.to, tt.at, got, tt.want)
		}
	}
	for parts, want := range map[string]string{
		`"public_holidays": {"origin": "ZZ"},`:               `public_holidays: those of "ZZ" are not known here`,
		`"public_holidays": {"destinations": ["DE", "BW"]},`: `those of "BW" are not known here`,
		`"works_on": ["monday"],`:                            `works_on: "monday" is not a day`,
		`"holidays_at": {"AT": ["8.12."]},`:                  `holidays_at AT: "8.12." is not a day`,
		`"holidays_at": {"Austria": ["12-08"]},`:             `country "Austria"`,
	} {
		text := strings.Replace(single(""), `"services"`, parts+`"services"`, 1)
		if _, err := LoadCards([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", parts, err)
		}
	}
}
