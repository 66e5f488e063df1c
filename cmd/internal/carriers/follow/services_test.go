package follow_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/follow"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/trackers/trackersim"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
	"packbench/station/web/faults"
)

// hall is a shop whose parcels T1 to T9 left at noon by a carrier that tells nothing, and a
// service that follows them.
type hall struct {
	*testing.T
	d   *folder.Folder
	of  *carriers.Carriers
	to  *follow.Follower
	sim *trackersim.Service

	clock sync.Mutex // the service looks too
	now   time.Time
}

func (h *hall) time() time.Time {
	h.clock.Lock()
	defer h.clock.Unlock()
	return h.now
}

func (h *hall) pass(d time.Duration) {
	h.clock.Lock()
	defer h.clock.Unlock()
	h.now = h.now.Add(d)
}

var codes = map[string]string{"aftership": "usps=usps", "17track": "usps=21051", "easypost-trackers": "usps=USPS", "shipengine-tracking": "usps=stamps_com"}

func newHall(t *testing.T, kind string, parcels int) *hall {
	t.Helper()
	h := &hall{T: t, d: foldertest.Shop(t), now: foldertest.Noon()}
	h.d.Clock = h.time
	h.sim = trackersim.New(kind, h.time)
	server := httptest.NewServer(h.sim)
	t.Cleanup(server.Close)
	h.open()
	if err := h.of.Add(t.Context(), store.Account{ID: "eye", Kind: kind, URL: server.URL, Options: map[string]string{"carriers": codes[kind]}}, "key"); err != nil {
		t.Fatal(err)
	}
	w := foldertest.NewWriter(t, h.d, "S1")
	w.Write(pack.LoadingBegan{Manifest: "M-1", Carrier: "usps"})
	for i := 1; i <= parcels; i++ {
		done := pack.ParcelDone{Parcel: fmt.Sprintf("100%d-1", i), Order: fmt.Sprintf("100%d", i), SSCC: fmt.Sprintf("09520000000000%04d", i), Tracking: fmt.Sprint("T", i), Carrier: "usps", Promised: h.now.AddDate(0, 0, 3)}
		w.Write(pack.LabelKept{Parcel: done.Parcel, Label: pack.Label{SSCC: done.SSCC, Tracking: done.Tracking, Document: "d" + done.Parcel}}, done)
		w.Write(pack.ParcelLoaded{Manifest: "M-1", Loaded: pack.Loaded{Parcel: done.Parcel, Order: done.Order, SSCC: done.SSCC}})
	}
	w.Write(pack.ManifestClosed{Manifest: "M-1", Driver: "d"})
	return h
}

// open begins with nothing in mind, as a program that was killed.
func (h *hall) open() {
	h.of = carriers.New(h.d, "S1", effects.OwnRanges(h.d, "S1"))
	h.of.Time = h.time
	h.of.Env = func(string) string { return "" }
	h.to = follow.New(h.of)
}

func (h *hall) round(after time.Duration) int {
	h.Helper()
	h.pass(after)
	n, err := h.to.Round(h.Context(), false)
	if err != nil {
		h.Fatal(err)
	}
	return n
}

func (h *hall) state(i int) track.State {
	h.Helper()
	s, known, err := store.Known(h.d.Store.Standing(h.Context(), fmt.Sprintf("100%d-1", i), fmt.Sprint("T", i)))
	if err != nil || !known {
		return ""
	}
	return s.State
}

func (h *hall) row(i int) store.ServiceNumber {
	h.Helper()
	rows, err := h.d.Store.ServicesOf(h.Context(), fmt.Sprintf("100%d-1", i))
	if err != nil || len(rows) != 1 {
		h.Fatal(rows, err)
	}
	return rows[0]
}

var kindsOf = []struct {
	kind              string
	moving, delivered string // its codes
	newer             string // that nobody knows
}{
	{"aftership", "InTransit/InTransit_003", "Delivered/Delivered_003", "Teleported/Teleported_001"},
	{"17track", "InTransit/InTransit_Departure", "Delivered/Delivered_Other", "Teleported/Teleported_Other"},
	{"easypost-trackers", "in_transit/arrived_at_facility", "delivered/arrived_at_destination", "teleported/beamed"},
	{"shipengine-tracking", "IT/IN_TRANSIT", "DE/DELIVERED", "TP/BEAMED"},
}

// A service is told once which parcels to follow, and each is heard of from then on, through
// every way in which its answers go wrong: nothing of it is believed, and no number is charged
// twice.
func TestServicesFollowParcels(t *testing.T) { // T1
	for _, k := range kindsOf {
		t.Run(k.kind, func(t *testing.T) {
			h := newHall(t, k.kind, 5)
			registers := k.kind != "shipengine-tracking"
			if n := h.round(0); n != 0 {
				t.Errorf("%d parcels are asked after that just left", n)
			}
			h.sim.Happens("T1", trackersim.Event{At: h.now.Add(2 * time.Hour), Code: k.moving, Text: "on its way"})
			h.sim.Happens("T2", trackersim.Event{At: h.now.Add(2 * time.Hour), Code: k.moving}, trackersim.Event{At: h.now.Add(4 * time.Hour), Code: k.delivered})
			h.sim.Happens("T3", trackersim.Event{At: h.now.Add(3 * time.Hour), Code: k.newer, Text: "beamed"})
			h.sim.Happens("T4", trackersim.Event{At: h.now.AddDate(0, 0, 9), Code: k.delivered}) // from the future
			if n := h.round(5 * time.Hour); n != 5 {
				t.Errorf("%d of 5 parcels are asked after", n)
			}
			if paid, of := h.sim.Paid(); registers && paid != 5 {
				t.Errorf("%d numbers are charged: %v", paid, of)
			}
			for _, f := range []faults.Fault{faults.Page, faults.Missing, faults.Empty, faults.TooMany, faults.BadBefore, faults.LostAfter, faults.CutAfter, faults.Login} {
				h.sim.Faults.Next("", f)
				h.round(7 * time.Hour)
				h.sim.Faults.Heal()
			}
			h.round(13 * time.Hour)
			for i, want := range map[int]track.State{1: track.InTransit, 2: track.Delivered, 3: track.Unknown, 4: track.Unknown, 5: ""} {
				if got := h.state(i); got != want {
					t.Errorf("T%d is %q, want %q", i, got, want)
				}
			}
			if s, err := h.d.Store.Standing(t.Context(), "1004-1", "T4"); err != nil || s.Ahead != 1 {
				t.Errorf("what happens next week is taken for: %+v, %v", s, err)
			}
			if paid, of := h.sim.Paid(); registers && paid != 5 {
				t.Errorf("after answers that went wrong: %v", of)
			}
			if events, err := h.d.Store.TrackEvents(t.Context(), "1002-1"); err != nil || len(events) != 2 {
				t.Errorf("told several times: %v, %v", events, err)
			}
		})
	}
}

// An answer about another parcel, one that is too long or of another version, and one that
// leaves a number out say nothing: the number is neither charged again nor believed, and what
// is wrong is kept in words. The other parcels are heard of all the same.
func TestOddAnswersOfServices(t *testing.T) { // T1
	if testing.Short() {
		t.Skip("one question is asked after another")
	}
	for _, k := range kindsOf {
		for _, odd := range []trackersim.Odd{trackersim.Other, trackersim.Huge, trackersim.Newer, trackersim.Missing} {
			if odd == trackersim.Missing && k.kind != "17track" { // at others it says that a number is not followed
				continue
			}
			t.Run(k.kind+" "+string(odd), func(t *testing.T) {
				h := newHall(t, k.kind, 3)
				h.round(5 * time.Hour)
				h.sim.Odd("T2", odd)
				for _, number := range []string{"T1", "T2", "T3", "ZZT2"} {
					h.sim.Happens(number, trackersim.Event{At: h.now, Code: k.moving})
				}
				before, _ := h.sim.Paid()
				for range 8 {
					h.round(7 * time.Hour)
				}
				if h.state(1) != track.InTransit || h.state(3) != track.InTransit {
					t.Errorf("others are not heard of: %q, %q", h.state(1), h.state(3))
				}
				if h.state(2) != "" {
					t.Errorf("T2 is %q", h.state(2))
				}
				if after, of := h.sim.Paid(); after != before {
					t.Errorf("charged again: %v", of)
				}
				if words := h.row(2).Answer; words == "" || strings.Contains(words, "127.0.0.1") {
					t.Errorf("what is wrong is said as %q", words)
				}
				h.sim.Odd("T2", "")
				h.round(7 * time.Hour)
				h.round(7 * time.Hour)
				if h.state(2) != track.InTransit || h.row(2).Answer != "" {
					t.Errorf("once it is right: %q, %q", h.state(2), h.row(2).Answer)
				}
			})
		}
	}
}

// A registration whose answer nobody saw, or that the program did not live to see, is asked
// about and not repeated: each number is charged once, whatever goes wrong.
func TestNumbersAreRegisteredOnce(t *testing.T) { // T1
	for _, k := range kindsOf[:3] {
		for _, fault := range []faults.Fault{faults.LostAfter, faults.CutAfter, faults.PageAfter, faults.BadAfter, faults.GatewayAfter, faults.EmptyAfter, faults.LostBefore, faults.TooMany, faults.TooManyMute, faults.BadBefore, "killed"} {
			t.Run(k.kind+" "+string(fault), func(t *testing.T) {
				h := newHall(t, k.kind, 3)
				what := map[string]string{"aftership": "POST /trackings", "17track": "POST /register", "easypost-trackers": "POST /trackers"}[k.kind]
				if fault == "killed" {
					ctx, kill := context.WithCancel(t.Context())
					h.open()
					h.of.Do = doer(func() { kill() }, what, h.of.Do)
					h.pass(5 * time.Hour)
					if _, err := h.to.Round(ctx, false); err == nil {
						t.Fatal("the round went on")
					}
				} else {
					h.sim.Faults.Next(what, fault, fault)
				}
				for i := range 8 {
					h.open() // nothing is in mind
					h.round(time.Duration(i+1) * 20 * time.Minute)
				}
				h.sim.Faults.Heal()
				h.round(25 * time.Hour)
				h.round(time.Hour)
				paid, of := h.sim.Paid()
				if paid != 3 || len(of) != 3 {
					t.Errorf("charged: %v", of)
				}
				for i := 1; i <= 3; i++ {
					if r := h.row(i); r.State != store.NumberFollowed || r.Answer != "" {
						t.Errorf("T%d stands as %+v", i, r)
					}
				}
			})
		}
	}
}

// What a service will not follow is said, tried three times on three days and then left alone;
// a quota that is used up stops all, and charges nothing.
func TestRefusedNumbers(t *testing.T) { // T1
	for _, k := range kindsOf[:3] {
		h := newHall(t, k.kind, 2)
		h.sim.Odd("T1", trackersim.Wrong)
		for range 40 {
			h.round(7 * time.Hour)
		}
		if r := h.row(1); r.State != store.NumberRefused || r.Tries != 3 || r.Answer == "" {
			t.Errorf("%s: %+v", k.kind, r)
		}
		if r := h.row(2); r.State != store.NumberFollowed {
			t.Errorf("%s: the other one: %+v", k.kind, r)
		}
	}
	h := newHall(t, "17track", 2)
	h.sim.Odd("T1", trackersim.Full)
	h.round(5 * time.Hour)
	if r := h.row(1); r.State != store.NumberAsked || !strings.Contains(r.Answer, "quota") {
		t.Errorf("no quota: %+v", r)
	}
	h.sim.Odd("T1", "")
	h.round(20 * time.Minute)
	if r := h.row(1); r.State != store.NumberFollowed || r.Answer != "" {
		t.Errorf("with a new quota: %+v", r)
	}
}

// A number that a carrier uses again is followed, and what was said of the parcel that had it
// before is not this one's.
func TestANumberThatIsUsedAgain(t *testing.T) { // T1
	for _, k := range kindsOf {
		h := newHall(t, k.kind, 1)
		old := h.now.AddDate(0, -6, 0)
		h.sim.Follows("T1", old)
		h.sim.Happens("T1", trackersim.Event{At: old.Add(time.Hour), Code: k.moving}, trackersim.Event{At: old.Add(30 * time.Hour), Code: k.delivered})
		h.round(5 * time.Hour)
		if got := h.state(1); got != "" {
			t.Errorf("%s: it is %q before it moved", k.kind, got)
		}
		h.sim.Happens("T1", trackersim.Event{At: h.now, Code: k.moving})
		h.round(7 * time.Hour)
		h.round(7 * time.Hour)
		if got := h.state(1); got != track.InTransit {
			t.Errorf("%s: it is %q", k.kind, got)
		}
	}
}

// Such an account sells nothing: no price is asked of it, and a key that is wrong is said.
func TestServicesSellNothing(t *testing.T) {
	for _, k := range kindsOf {
		h := newHall(t, k.kind, 1)
		h.sim.Faults.Seen()
		quotes, err := h.of.Quote(t.Context(), effects.Wish{Order: station.Order{ID: "1001", To: station.Address{Country: "DE", Postcode: "10115"}}})
		if seen := h.sim.Faults.Seen(); err == nil && len(seen) > 0 {
			t.Errorf("%s is asked for prices: %v, %v", k.kind, quotes, seen)
		}
		checks, err := h.of.Test(t.Context(), "eye")
		if err != nil || len(checks) == 0 || !checks[0].OK {
			t.Errorf("%s: %v, %v", k.kind, checks, err)
		}
		h.sim.Key = "another"
		if checks, err := h.of.Test(t.Context(), "eye"); err != nil || checks[0].OK || checks[0].Fix == "" {
			t.Errorf("%s with a wrong key: %v, %v", k.kind, checks, err)
		}
	}
}
