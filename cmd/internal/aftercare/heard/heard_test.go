package heard_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/aftercare/heard"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
)

// sent is a folder with a parcel that was handed over at noon.
func sent(t *testing.T) *folder.Folder {
	d := foldertest.Shop(t)
	w := foldertest.NewWriter(t, d, "S1")
	done := pack.ParcelDone{Parcel: "1001-1", Order: "1001", SSCC: "095200000000000011", Tracking: "N1", Carrier: "usps", Service: "ground", Promised: foldertest.Noon().AddDate(0, 0, 2)}
	w.Write(
		pack.EffectAsked{Effect: pack.Effect{ID: "e1", Kind: pack.EffectBuy, Order: "1001", Parcel: "1001-1"}},
		pack.LabelKept{Parcel: "1001-1", Label: pack.Label{SSCC: done.SSCC, Tracking: "N1", Document: "d1"}}, done, pack.LoadingBegan{Manifest: "M-1", Carrier: "usps"},
		pack.ParcelLoaded{Manifest: "M-1", Loaded: pack.Loaded{Parcel: "1001-1", Order: "1001", SSCC: done.SSCC}},
	)
	return d
}

func said(hours int, s track.State) track.Event {
	return track.Event{Carrier: "usps", Number: "N1", Parcel: "1001-1", At: foldertest.Noon().Add(time.Duration(hours) * time.Hour), State: s, Code: string(s), Text: "words of " + string(s), Place: "Köln"}
}

func TestKeep(t *testing.T) { // T1
	d := sent(t)
	ctx := t.Context()
	late := []track.Event{said(-1, track.InTransit), said(-2, track.Accepted), said(-900, track.Delivered), {Parcel: "1001-1", Number: "N1", State: track.Lost}}
	stranger := said(0, track.Lost)
	stranger.Parcel = "9999-1"
	for i, want := range []heard.Kept{{New: 2, Foreign: 2, Timeless: 1}, {Known: 2, Foreign: 2, Timeless: 1}} {
		got, err := heard.Keep(ctx, d, "acct", append([]track.Event{stranger}, late...)...)
		if err != nil || got != want {
			t.Errorf("time %d: %+v, %v; want %+v", i, got, err, want)
		}
	}
	if _, err := heard.Keep(ctx, d, "acct", said(0, track.Delivered)); err != nil {
		t.Fatal(err)
	}
	s, err := d.Store.Standing(ctx, "1001-1", "N1")
	if err != nil || s.State != track.Delivered || s.Text != "words of delivered" || s.Place != "Köln" || !s.Scanned.Equal(said(-2, "").At) {
		t.Errorf("%+v, %v", s, err)
	}
	out, err := d.Store.Outcomes(ctx, foldertest.Noon().AddDate(0, 0, -30), 10)
	if err != nil || len(out) != 1 || out[0].State != store.TrackDelivered || out[0].Delivered.Format(time.DateOnly) != "2026-11-23" {
		t.Errorf("%+v, %v", out, err)
	}
	// The words stand outside the journal, and all else is built from it again.
	for r, err := range d.Store.Rows(ctx, "carrier", 1) {
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"words", "Köln"} {
			if text := string(r.Input) + string(r.Facts); len(text) < 50 || strings.Contains(text, word) {
				t.Errorf("row %s: %s", r.ID(), text)
			}
		}
	}
	before, _ := d.Store.TrackEvents(ctx, "1001-1")
	if err := d.Store.Rebuild(ctx); err != nil {
		t.Fatal(err)
	}
	after, _ := d.Store.TrackEvents(ctx, "1001-1")
	again, err := d.Store.Standing(ctx, "1001-1", "N1")
	if err != nil || !reflect.DeepEqual(again, s) || !reflect.DeepEqual(after, before) || len(after) != 3 {
		t.Errorf("built again it is %+v of %d events, %v", again, len(after), err)
	}
}

// An estimate that says what is known is no news, and one that slips is.
func TestEstimates(t *testing.T) {
	d := sent(t)
	for i, day := range []int{25, 25, 27} {
		e := track.Event{Carrier: "usps", Number: "N1", Parcel: "1001-1", At: foldertest.Noon().Add(time.Duration(i) * time.Minute), State: track.Unknown, Code: "estimate", Expected: time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)}
		if _, err := heard.Keep(t.Context(), d, "acct", e); err != nil {
			t.Fatal(err)
		}
	}
	s, err := d.Store.Standing(t.Context(), "1001-1", "N1")
	events, _ := d.Store.TrackEvents(t.Context(), "1001-1")
	if err != nil || len(events) != 2 || s.FirstExpected.Day() != 25 || s.LastExpected.Day() != 27 || !s.Last.IsZero() {
		t.Errorf("%d events, %+v, %v", len(events), s, err)
	}
}
