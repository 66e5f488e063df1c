package watch

import (
	"slices"
	"testing"
	"time"

	"packbench/station/track"
)

// monday is when the parcels of these tests were handed over.
var monday = time.Date(2026, 11, 2, 17, 40, 0, 0, time.UTC)

func at(days int, s track.State) track.Event {
	when := monday.AddDate(0, 0, days)
	return track.Event{Carrier: "c", Number: "N", Parcel: "1-1", At: when, Heard: when.Add(time.Hour), Source: "a", State: s, Code: string(s)}
}

func parcel(events ...track.Event) Parcel {
	return Parcel{Lane: Lane{"c", "s", "DE 10"}, Handed: monday, Promised: date(monday.AddDate(0, 0, 4)), Followed: true, Standing: track.Of(events)}
}

func with(p Parcel, change func(*Parcel)) Parcel { change(&p); return p }

func TestJudge(t *testing.T) { // T2
	morning := func(days int) time.Time { return time.Date(2026, 11, 2+days, 8, 0, 0, 0, time.UTC) }
	waits := at(1, track.ReadyForPickup)
	waits.Until = date(monday.AddDate(0, 0, 7))
	soon := at(0, track.Delivered)
	soon.At = monday.Add(20 * time.Minute)
	for name, tt := range map[string]struct {
		p    Parcel
		now  time.Time
		want Reason
		days int
	}{
		"the same evening":                    {parcel(), monday.Add(2 * time.Hour), "", 0},
		"the morning after":                   {parcel(), morning(1), NeverScanned, 1},
		"announced is not scanned":            {parcel(at(0, track.Announced)), morning(1), NeverScanned, 1},
		"nobody would hear of it":             {with(parcel(), func(p *Parcel) { p.Followed = false }), morning(9), "", 0},
		"scanned":                             {parcel(at(0, track.Accepted)), morning(1), "", 0},
		"three working days of silence":       {parcel(at(1, track.InTransit)), morning(4), "", 0},
		"a weekend is none":                   {with(parcel(at(3, track.InTransit)), func(p *Parcel) { p.Promised = time.Time{} }), morning(8), "", 0},
		"four of them":                        {with(parcel(at(1, track.InTransit)), func(p *Parcel) { p.Promised = time.Time{} }), morning(7), Silent, 4},
		"late by the promise":                 {parcel(at(4, track.InTransit)), morning(5), Late, 0}, // Saturday
		"on the promised day":                 {parcel(at(3, track.InTransit)), morning(4), "", 0},
		"an attempt":                          {parcel(at(1, track.AttemptFailed)), morning(2), Attempt, 1},
		"another attempt went well":           {parcel(at(1, track.AttemptFailed), at(2, track.Delivered)), morning(3), "", 0},
		"waits, and there is time":            {parcel(waits), morning(2), "", 0},
		"waits, and goes back soon":           {parcel(waits), morning(6), PickUp, 3},
		"held":                                {parcel(at(1, track.Held)), morning(2), Held, 1},
		"the address":                         {parcel(at(1, track.AddressProblem)), morning(2), Address, 1},
		"coming back":                         {parcel(at(1, track.Refused), at(2, track.Returning)), morning(3), ComingBack, 1},
		"lost":                                {parcel(at(1, track.Lost)), morning(2), Lost, 1},
		"and forgotten at last":               {parcel(at(1, track.Lost)), morning(40), "", 0},
		"delivered minutes after it left":     {parcel(soon), morning(1), FalseDelivery, 1},
		"delivered, and its buyer asks":       {with(parcel(at(1, track.Delivered)), func(p *Parcel) { p.Asked = morning(3) }), morning(4), FalseDelivery, 1},
		"its buyer asked before":              {with(parcel(at(2, track.Delivered)), func(p *Parcel) { p.Asked = morning(1) }), morning(4), "", 0},
		"a delivery that was withdrawn":       {parcel(at(1, track.Delivered), at(2, track.InTransit)), morning(3), Contradiction, 1},
		"who follows it has given up":         {parcel(at(1, track.InTransit), at(30, track.Expired)), morning(32), Silent, 2},
		"delivered late is nobody's work now": {parcel(at(6, track.Delivered)), morning(8), "", 0},
	} {
		got, found := Judge(tt.p, Gaps{}, nil, tt.now)
		if got.Reason != tt.want || found != (tt.want != "") || got.Days != tt.days {
			t.Errorf("%s: %+v, want %s for %d days", name, got, tt.want, tt.days)
		}
	}
	got, _ := Judge(parcel(at(1, track.InTransit)), Gaps{}, nil, morning(9))
	if got.Reason != Silent || got.Most != fixed || !slices.Equal(got.Also, []Reason{Late}) {
		t.Errorf("%+v", got)
	}
}

func TestHolidaysAreNoSilence(t *testing.T) {
	works := Works(func(_, country string, day time.Time) bool { return country != "DE" || day.Weekday() != time.Wednesday })
	if got := works.Days("c", "DE", monday, monday.AddDate(0, 0, 3)); got != 2 {
		t.Error(got)
	}
	if got := works.Days("c", "FR", monday, monday.AddDate(0, 0, 3)); got != 3 {
		t.Error(got)
	}
	if got := works.Days("c", "FR", monday, monday.AddDate(0, 0, -3)); got != 0 {
		t.Error(got)
	}
}

func TestGaps(t *testing.T) {
	way := func(service, to string, gap int) Way {
		return Way{Lane: Lane{"c", service, to}, Scans: []time.Time{monday, monday.AddDate(0, 0, 1), monday.AddDate(0, 0, 1+gap), monday.AddDate(0, 0, 2+gap)}}
	}
	every := Works(func(string, string, time.Time) bool { return true })
	var ways []Way
	for i := range 60 {
		gap := 1
		if i%10 == 0 {
			gap = 6
		}
		ways = append(ways, way("slow", "FR 75", gap), way("quick", "DE 10", 1))
	}
	ways = append(ways, way("rare", "US 90", 30))
	g := NewGaps(ways, every)
	for l, want := range map[Lane]int{
		{"c", "slow", "FR 75"}: 6, {"c", "slow", "IT 00"}: 6, {"c", "quick", "DE 10"}: leastGap, {"c", "rare", "US 90"}: 6, {"other", "x", ""}: fixed,
	} {
		if got := g.Most(l); got != want {
			t.Errorf("%v: %d, want %d", l, got, want)
		}
	}
}

// A simulated quarter, with weekends, a holiday, slow lanes, late and lost parcels: what is
// found by the lanes' own gaps beside what three days of the calendar find.
func TestStuckInASimulatedQuarter(t *testing.T) {
	own, three := Quarter(2_000, 11)
	t.Logf("own gaps: %s; three days: %s", own, three)
	if own.Found() < three.Found()-0.02 || own.Precision() < 2*three.Precision() {
		t.Errorf("by the lanes' own gaps %s, by three days %s", own, three)
	}
}

// A delivery somewhere else is one whose place says clearly that it is: a state that is called
// as a country, a depot's name or a postcode nearby says nothing.
func TestElsewhere(t *testing.T) { // T2
	for _, tt := range []struct {
		place, to, postcode string
		want                bool
	}{
		{"Berlin DE", "DE", "10115", false},
		{"Lyon FR", "DE", "10115", true},
		{"LYON, FR", "DE", "10115", true},
		{"", "DE", "10115", false},
		{"FR", "DE", "10115", false},
		{"Los Angeles CA", "US", "90001", false},
		{"MIAMI 33101 US", "US", "90001", true},
		{"COMPTON 90220 US", "US", "90001", false},
		{"München 80331 DE", "DE", "10115", true},
		{"Potsdam 10117 DE", "DE", "10115", false},
		{"Paketshop 7 DE", "DE", "10115", false},
		{"Lyon FR", "", "", false},
		{"Lyon FR", "FR", "", false},
		{"Milano MI", "IT", "20121", false},
		{"am Tor", "DE", "10115", false},
	} {
		if got := elsewhere(tt.place, tt.to, tt.postcode); got != tt.want {
			t.Errorf("%q of a parcel to %s %s: %v", tt.place, tt.to, tt.postcode, got)
		}
	}
}

// A delivery that nothing was heard of before is odd where the carrier scans nearly all.
func TestADeliveryWithoutAScan(t *testing.T) { // T2
	var ways []Way
	for range enough {
		ways = append(ways, Way{Lane: Lane{"c", "s", "DE 10"}, Scans: []time.Time{monday, monday.Add(time.Hour)}})
	}
	p := parcel(at(1, track.Delivered))
	if d := Doubts(p, Gaps{}); len(d) != 0 {
		t.Errorf("of a carrier that is not known: %v", d)
	}
	if d := Doubts(p, NewGaps(ways, nil)); len(d) != 1 || d[0].Code != Unscanned {
		t.Errorf("%v", d)
	}
	if d := Doubts(parcel(at(0, track.Accepted), at(1, track.Delivered)), NewGaps(ways, nil)); len(d) != 0 {
		t.Errorf("it was scanned: %v", d)
	}
}
