package store

import (
	"path/filepath"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// A parcel is followed from its closing on, with what its carrier says of it; news that
// come late or twice change nothing that is known better.
func TestWhatBecomesOfParcels(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), FileName))
	ctx := t.Context()
	if _, err := s.PutOrders(ctx, []station.Order{{ID: "A", Version: 1, Status: station.OrderOpen, To: station.Address{Country: "DE", Postcode: "10115"}}}); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, s, "S1")
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	berlin := time.FixedZone("CET", 3600)
	done := func(parcel, tracking string, promised time.Time) pack.ParcelDone {
		return pack.ParcelDone{Parcel: parcel, Order: "A", Carrier: "post", Service: "slow", Tracking: tracking, SSCC: "S" + tracking, Promised: promised}
	}
	b.write(done("A-1", "T1", time.Date(2026, 11, 24, 0, 0, 0, 0, berlin))) // the day before, in UTC
	b.write(done("A-2", "T2", day(23)))
	b.write(done("A-3", "T3", time.Time{})) // nothing promised
	b.write(done("A-4", "T4", day(24)))
	b.write(pack.LabelVoided{Parcel: "A-4", SSCC: "ST4"})
	b.write(done("A-5", "T5", day(24)))
	b.write(pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "A-5", Order: "A"}})
	loaded := b.write(pack.ParcelLoaded{Loaded: pack.Loaded{Parcel: "A-1", SSCC: "ST1"}})
	all := func() (out map[string]Outcome) {
		t.Helper()
		if err := s.CatchUp(ctx); err != nil {
			t.Fatal(err)
		}
		out = map[string]Outcome{}
		for _, p := range must[[]Outcome](t)(s.Outcomes(ctx, day(23), 0)) {
			out[p.Parcel] = p
		}
		return out
	}
	got := all()
	if p := got["A-1"]; len(got) != 2 || !p.Promised.Equal(day(24)) || !p.Handed.Equal(loaded.At) || p.State != "" || p.Country != "DE" || p.Postcode != "10115" || p.Tracking != "T1" || !p.Delivered.IsZero() {
		t.Errorf("%+v", got)
	}
	if p := got["A-2"]; !p.Handed.IsZero() || !p.Promised.Equal(day(23)) {
		t.Errorf("%+v", p)
	}
	for _, step := range []struct {
		news      Tracked
		state     TrackState
		delivered time.Time
	}{
		{Tracked{"A-1", "T1", TrackNotScanned, day(20), time.Time{}}, TrackNotScanned, time.Time{}},
		{Tracked{"A-1", "T1", TrackOut, day(22), time.Time{}}, TrackOut, time.Time{}},
		{Tracked{"A-1", "T1", TrackMoving, day(21), time.Time{}}, TrackOut, time.Time{}},
		{Tracked{"A-1", "T9", TrackLost, day(30), time.Time{}}, TrackOut, time.Time{}}, // of another label
		{Tracked{"A-1", "T1", TrackDelivered, day(25), day(24)}, TrackDelivered, day(24)},
		{Tracked{"A-1", "T1", TrackMoving, day(26), time.Time{}}, TrackDelivered, day(24)},
		{Tracked{"A-1", "T1", TrackDelivered, day(26), day(25)}, TrackDelivered, day(25)},
		{Tracked{"A-1", "T1", TrackReturned, day(28), time.Time{}}, TrackReturned, day(25)},
	} {
		if err := s.Followed(ctx, step.news, step.news); err != nil {
			t.Fatal(err)
		}
		if p := all()["A-1"]; p.State != step.state || !p.Delivered.Equal(step.delivered) {
			t.Errorf("after %+v: %s, %s", step.news, p.State, p.Delivered)
		}
	}
	for _, bad := range []Tracked{{}, {Parcel: "A-1", State: TrackMoving}, {Parcel: "A-1", State: TrackDelivered, At: day(20)}, {State: TrackMoving, At: day(20)}} {
		if s.Followed(ctx, bad) == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
	// What carriers said stands in no journal, and outlives it being read again.
	if err := s.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	if p := all()["A-1"]; len(all()) != 2 || p.State != TrackReturned || p.Handed.IsZero() {
		t.Errorf("built again: %+v", all())
	}
	b.write(pack.ParcelUnloaded{Loaded: pack.Loaded{Parcel: "A-1", SSCC: "ST1"}})
	if p := all()["A-1"]; !p.Handed.IsZero() {
		t.Errorf("taken out of the van: %+v", p)
	}
}
