package buyers

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"packbench/cmd/internal/aftercare/heard"
	"packbench/station/store"
	"packbench/station/track"
)

// What is new is the same, whether all parcels are looked at or only those of which
// something may be new, on each of many days.
func TestNewsIsFoundWithoutReadingAll(t *testing.T) {
	w, r := newWorld(t), rand.New(rand.NewPCG(3, 5))
	b := w.buyers()
	w.Folder.Clock = func() time.Time { return w.now } // of what is heard
	fewer, total, news := 0, 0, 0
	var orders, ssccs []string
	for day := range 45 {
		w.now = w.now.Add(time.Duration(10+r.IntN(28)) * time.Hour)
		id := fmt.Sprint("N", day)
		w.order(id)
		orders, ssccs = append(orders, id), append(ssccs, w.parcel(id))
		for range 2 {
			i := r.IntN(len(orders))
			if r.IntN(2) == 0 {
				w.heard(orders[i], ssccs[i], []store.TrackState{store.TrackMoving, store.TrackAttempted, store.TrackPickUp, store.TrackDelivered}[r.IntN(4)])
				continue
			}
			e := track.Event{
				Carrier: "demo-post", Number: "T" + ssccs[i], Parcel: orders[i] + "-1", At: w.now.Add(-time.Duration(r.IntN(100)) * time.Hour), Source: "a", Code: "x",
				State: []track.State{track.InTransit, track.AttemptFailed, track.ReadyForPickup, track.Delivered}[r.IntN(4)],
			}
			if _, err := heard.Keep(t.Context(), w.Folder, "a", e); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Store.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		since, from := w.now.AddDate(0, 0, -days), w.now.Add(-fresh)
		all, err := w.Store.Sent(t.Context(), since)
		if err != nil {
			t.Fatal(err)
		}
		some, err := w.Store.SentNews(t.Context(), since, from, w.now)
		if err != nil {
			t.Fatal(err)
		}
		told := func(sent []store.Sent) (out []string) {
			for _, p := range sent {
				for n, at := range b.due(p) {
					if !at.Before(from) {
						out = append(out, fmt.Sprint(p.SSCC, n, at))
					}
				}
			}
			slices.Sort(out)
			return out
		}
		want := told(all)
		if got := told(some); !slices.Equal(got, want) {
			t.Fatalf("day %d: %q\nof all %q", day, got, want)
		}
		fewer, total, news = fewer+len(some), total+len(all), news+len(want)
	}
	t.Logf("%d of %d parcels were read for %d news", fewer, total, news)
	if fewer*2 > total || news < 50 {
		t.Errorf("%d of %d parcels were read for %d news", fewer, total, news)
	}
}
