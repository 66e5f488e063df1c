package track

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

var began = time.Date(2026, 11, 2, 16, 0, 0, 0, time.UTC)

// at is an event so many hours after the hand-over, heard half an hour later. Words after
// the state are "local", "day" or "source=…".
func at(hours float64, s State, words ...string) Event {
	when := began.Add(time.Duration(hours * float64(time.Hour)))
	e := Event{Carrier: "c", Number: "N1", Parcel: "1-1", At: when, Heard: when.Add(30 * time.Minute), Source: "a", Code: string(s), State: s}
	for _, w := range words {
		switch w {
		case "local":
			e.Zone = Local
		case "day":
			y, m, d := when.Date()
			e.At, e.Zone = time.Date(y, m, d, 0, 0, 0, 0, time.UTC), Day
		case "ahead":
			e.Heard = when.Add(-48 * time.Hour)
		case "clears":
			e.Clears = true
		default:
			e.Source = strings.TrimPrefix(w, "source=")
		}
	}
	return e
}

func clashes(s Standing) (out []Clash) {
	for _, c := range s.Contradictions {
		out = append(out, c.Clash)
	}
	return out
}

// What stands at the end, and what does not fit together, for ways that parcels take.
func TestOf(t *testing.T) { // T1
	for name, tt := range map[string]struct {
		events []Event
		want   State
		clash  []Clash
	}{
		"nothing":                        {nil, Unknown, nil},
		"as it should":                   {[]Event{at(0, Announced), at(2, Accepted), at(9, InTransit), at(30, OutForDelivery), at(34, Delivered)}, Delivered, nil},
		"news of the label come late":    {[]Event{at(2, Accepted), at(9, InTransit), at(10, Announced)}, InTransit, nil},
		"acceptance comes late":          {[]Event{at(9, InTransit), at(10, Accepted)}, InTransit, nil},
		"what nobody understands":        {[]Event{at(9, InTransit), at(10, Unknown)}, InTransit, nil},
		"back to the depot":              {[]Event{at(30, OutForDelivery), at(40, InTransit)}, InTransit, nil},
		"back to the depot, no zone":     {[]Event{at(30, OutForDelivery), at(40, InTransit, "local", "source=b")}, OutForDelivery, nil},
		"a zone-less delivery":           {[]Event{at(34, Delivered, "local", "source=b"), at(38, OutForDelivery)}, Delivered, nil},
		"delivered that day":             {[]Event{at(20, OutForDelivery), at(21, Delivered, "day", "source=b")}, Delivered, nil},
		"attempted, then delivered":      {[]Event{at(30, AttemptFailed), at(50, OutForDelivery), at(54, Delivered)}, Delivered, nil},
		"a delivery that is withdrawn":   {[]Event{at(34, Delivered), at(40, InTransit)}, InTransit, []Clash{Withdrawn}},
		"a delivery that comes back":     {[]Event{at(34, Delivered), at(60, Returning)}, Returning, []Clash{Withdrawn}},
		"delivered on two days":          {[]Event{at(34, Delivered), at(90, Delivered)}, Delivered, []Clash{DeliveredTwice}},
		"delivered, said by two":         {[]Event{at(34, Delivered), at(35, Delivered, "source=b")}, Delivered, nil},
		"on its way back":                {[]Event{at(30, Refused), at(40, Returning), at(60, InTransit), at(80, OutForDelivery)}, Returning, nil},
		"back again":                     {[]Event{at(40, Returning), at(60, InTransit), at(90, Returned)}, Returned, nil},
		"delivered, but to whom?":        {[]Event{at(40, Returning), at(90, Delivered)}, Returning, []Clash{DeliveredOnReturn}},
		"the problem is settled":         {[]Event{at(40, Returning), at(41, InTransit, "clears"), at(50, Delivered)}, Delivered, nil},
		"held, and moving again":         {[]Event{at(20, Held), at(40, InTransit)}, InTransit, nil},
		"lost and found":                 {[]Event{at(200, Lost), at(300, InTransit), at(320, Delivered)}, Delivered, nil},
		"an end after an end, no zone":   {[]Event{at(34, Delivered), at(38, Returned, "local", "source=b")}, Returned, []Clash{EndsApart}},
		"a label that was cancelled":     {[]Event{at(1, Cancelled), at(20, InTransit)}, InTransit, []Clash{MovesCancelled}},
		"it moves after its return":      {[]Event{at(90, Returned), at(120, InTransit)}, InTransit, []Clash{MovesAfterReturn}},
		"who follows it gives up":        {[]Event{at(9, InTransit), at(729, Expired)}, Expired, nil},
		"it gives up after the delivery": {[]Event{at(34, Delivered), at(800, Expired)}, Delivered, nil},
		"it moves again after all":       {[]Event{at(9, InTransit), at(729, Expired), at(740, InTransit)}, InTransit, nil},
		"a delivery of the future":       {[]Event{at(9, InTransit), at(90, Delivered, "ahead")}, InTransit, nil},
		"told again when it was true":    {[]Event{at(90, Delivered, "ahead"), at(90, Delivered)}, Delivered, nil},
		"damaged, and delivered":         {[]Event{at(20, Damaged), at(34, Delivered)}, Delivered, nil},
	} {
		got := Of(tt.events)
		if got.State != tt.want || !slices.Equal(clashes(got), tt.clash) {
			t.Errorf("%s: %s %v, want %s %v", name, got.State, clashes(got), tt.want, tt.clash)
		}
		for _, c := range got.Contradictions {
			if !slices.ContainsFunc(tt.events, func(e Event) bool { return e.ID() == c.Event }) || !slices.ContainsFunc(tt.events, func(e Event) bool { return e.ID() == c.With }) {
				t.Errorf("%s: %v names no events", name, c)
			}
		}
	}
}

func TestWhatStandsBesideTheState(t *testing.T) {
	berlin := time.FixedZone("", 3600)
	late := at(54, Delivered)
	late.At, late.Evidence, late.Heard = time.Date(2026, 11, 5, 0, 30, 0, 0, berlin), Neighbour, began.AddDate(0, 0, 4)
	tomorrow := at(9, InTransit)
	tomorrow.Expected = time.Date(2026, 11, 4, 0, 0, 0, 0, time.UTC)
	slipped := at(20, Delayed)
	slipped.Expected = tomorrow.Expected.AddDate(0, 0, 2)
	wait := at(30, ReadyForPickup)
	wait.Until = time.Date(2026, 11, 10, 0, 0, 0, 0, time.UTC)
	s := Of([]Event{late, slipped, wait, tomorrow, at(2, Accepted), at(28, AttemptFailed), at(29, AttemptFailed), at(0, Announced), at(21, Damaged), at(70, Unknown), at(99, Lost, "ahead")})
	if s.State != Delivered || s.Evidence != Neighbour || s.Attempts != 2 || !s.Damaged || s.Ahead != 1 || !s.Scanned.Equal(at(2, Accepted).At) {
		t.Errorf("%+v", s)
	}
	if got := day(s.DeliveredDay(time.UTC)); got != "2026-11-05" { // in UTC it is the day before
		t.Error(got)
	}
	if !s.FirstExpected.Equal(tomorrow.Expected) || !s.LastExpected.Equal(slipped.Expected) || !s.Until.IsZero() {
		t.Errorf("%v %v %v", s.FirstExpected, s.LastExpected, s.Until)
	}
	if got := Of([]Event{wait}).Until; !got.Equal(wait.Until) {
		t.Error(got)
	}
}

func TestANumberThatIsUsedAgain(t *testing.T) {
	old := []Event{at(-900, InTransit), at(-880, Delivered), at(-3, Announced, "local"), at(-0.1, Announced), at(2, Accepted)}
	of, before := Since(old, began)
	if before != 2 || Of(of).State != Accepted {
		t.Errorf("%d before, %s", before, Of(of).State)
	}
}

func TestEachEventOnce(t *testing.T) {
	again := at(2, Accepted)
	again.Heard = again.Heard.Add(7 * time.Hour)
	got := added([]Event{at(2, Accepted)}, again, at(1, Announced), at(1, Announced))
	if len(got) != 2 || !got[1].Heard.Equal(at(2, Accepted).Heard) {
		t.Errorf("%v", got)
	}
}

// Whatever the order of arrival, twice told, contradictory or without a zone: it stands the
// same in the end.
func TestTheOrderOfArrivalMakesNoDifference(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 5))
	states := States()
	for n := range 10_000 {
		var events []Event
		for range 1 + rnd.IntN(12) {
			e := at(float64(rnd.IntN(30)*3), states[rnd.IntN(len(states))], "source="+string(rune('a'+rnd.IntN(2))))
			switch rnd.IntN(8) {
			case 0:
				e.Zone = Local
			case 1:
				e = at(float64(rnd.IntN(90)), e.State, "day")
			case 2:
				e.Heard = e.At.Add(-time.Duration(rnd.IntN(60)) * time.Hour)
			case 3:
				e.Clears = true
			case 4:
				e.Until, e.Expected = began.AddDate(0, 0, rnd.IntN(9)), began.AddDate(0, 0, rnd.IntN(9))
			}
			events = append(events, e)
		}
		want := Of(events)
		var kept []Event
		for _, i := range rnd.Perm(len(events)) {
			kept = added(kept, events[i])
			if rnd.IntN(4) == 0 {
				kept = added(kept, events[rnd.IntN(i+1)])
			}
		}
		doubled := append(slices.Clone(events), events...)
		rnd.Shuffle(len(doubled), func(i, j int) { doubled[i], doubled[j] = doubled[j], doubled[i] })
		for what, got := range map[string]Standing{"kept one by one": Of(kept), "shuffled": Of(doubled)} {
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%d: %s it is\n%+v, want\n%+v", n, what, got, want)
			}
		}
	}
}

// Ways that a parcel really takes, told by two sources of which one has no zone and one is
// late: it ends as it ended, or a contradiction says why not.
func TestTrueWaysEndAsTheyEnded(t *testing.T) {
	rnd := rand.New(rand.NewPCG(8, 13))
	ways := [][]State{
		{Announced, Accepted, InTransit, InTransit, OutForDelivery, Delivered},
		{Accepted, InTransit, Customs, InTransit, OutForDelivery, AttemptFailed, OutForDelivery, Delivered},
		{Announced, Accepted, InTransit, AttemptFailed, ReadyForPickup, Delivered},
		{Accepted, InTransit, ReadyForPickup, Returning, InTransit, Returned},
		{Accepted, InTransit, Delayed, InTransit, Lost},
	}
	wrong := map[string]int{}
	for range 10_000 {
		way := ways[rnd.IntN(len(ways))]
		var events []Event
		hour, wall := 0.0, time.Duration(rnd.IntN(13)-6)*time.Hour
		for i, s := range way {
			hour += 1 + 20*rnd.Float64()
			e := at(hour, s)
			events = append(events, e)
			if rnd.IntN(3) == 0 { // told by another one too, by the clock on the wall
				e.Source, e.Zone = "b", Local
				e.At = e.At.Add(wall)
				e.Heard = e.Heard.Add(time.Duration(rnd.IntN(40)) * time.Hour)
				events = append(events, e)
			}
			if i > 0 && rnd.IntN(5) == 0 { // one that nobody understands
				events = append(events, at(hour+0.5, Unknown))
			}
		}
		rnd.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
		if got := Of(events); got.State != way[len(way)-1] && len(got.Contradictions) == 0 {
			wrong[fmt.Sprint(way)+" ends as "+string(got.State)]++
		}
	}
	if len(wrong) > 0 {
		t.Errorf("ended otherwise, and nothing says why: %v", wrong)
	}
}

func TestMean(t *testing.T) {
	for _, tt := range []struct {
		provider string
		codes    []string
		want     Meaning
	}{
		{AfterShip, []string{"Delivered_003", "Delivered"}, Meaning{State: Delivered, Evidence: Signed}},
		{AfterShip, []string{"Delivered_999", "Delivered"}, is(Delivered)},
		{AfterShip, []string{"InTransit_008"}, Meaning{State: InTransit, Clears: true}},
		{AfterShip, []string{"Exception_013"}, is(Lost)},
		{AfterShip, []string{"Teleported"}, is(Unknown)},
		{EasyPost, []string{"detail:damaged", "failure"}, is(Damaged)},
		{EasyPost, []string{"detail:arrived_at_facility", "in_transit"}, is(InTransit)},
		{EasyPost, []string{"error"}, is(Unknown)},
		{ShipEngine, []string{"DE"}, is(Delivered)},
		{FedEx, []string{"DE"}, is(Exception)},
		{FedEx, []string{"DL"}, is(Delivered)},
		{UPS, []string{"DL"}, is(Unknown)},
		{ShipEngine, []string{"SP"}, is(ReadyForPickup)},
		{Track17, []string{"Exception_Delayed", "Exception"}, is(Delayed)},
		{DHL, []string{"unknown"}, is(Unknown)},
		{File, []string{" Out for delivery"}, is(OutForDelivery)},
		{"nobody", []string{"delivered"}, is(Unknown)},
	} {
		if got := Mean(tt.provider, tt.codes...); got != tt.want {
			t.Errorf("%s %v: %+v, want %+v", tt.provider, tt.codes, got, tt.want)
		}
	}
}

func TestEveryStateHasItsPlace(t *testing.T) {
	if len(States()) != len(steps) {
		t.Errorf("%d states, %d of them have a place", len(States()), len(steps))
	}
	for provider, codes := range meanings {
		for code, m := range codes {
			if _, ok := steps[m.State]; !ok {
				t.Errorf("%s %s: %q is no state", provider, code, m.State)
			}
			if key(code) != code {
				t.Errorf("%s %s is never found", provider, code)
			}
		}
	}
}

func BenchmarkOf(b *testing.B) {
	events := added(nil, at(0, Announced), at(2, Accepted), at(5, InTransit), at(9, InTransit), at(14, InTransit), at(20, InTransit), at(26, InTransit), at(29, InTransit), at(30, OutForDelivery), at(34, Delivered))
	b.ReportAllocs()
	for b.Loop() {
		if Of(events).State != Delivered {
			b.Fatal("not delivered")
		}
	}
}

// added are those events with more, by the time at which they happened, each once: as a store
// keeps them.
func added(known []Event, more ...Event) []Event {
	out := slices.SortedFunc(slices.Values(append(slices.Clone(known), more...)), order)
	return slices.CompactFunc(out, same)
}
