package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/track"
)

// boundStates is how much longer the states of all parcels may take, worked out from their
// events, than reading the rows of these events and nothing else.
const boundStates = 3.0

// BenchmarkStates works out where every parcel is from ten events each.
func BenchmarkStates(b *testing.B) {
	ctx := context.Background()
	parcels := 20_000
	if testing.Short() {
		parcels = 2_000
	}
	if n, err := strconv.Atoi(os.Getenv("PACKBENCH_TRACKED")); err == nil && n > 0 {
		parcels = n
	}
	s, err := Open(ctx, filepath.Join(b.TempDir(), FileName), Options{Codec: journal.Bench().And(journal.NewCodec(track.Events(), track.Facts()))})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	tell(b, s, parcels)
	const rows = trackEvents + `'', '' FROM track_events e ORDER BY parcel, at, id`
	var plain, states time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := list(ctx, s.read, "", func(scan func(...any) error) (struct{}, error) {
			_, err := readTrackEvent(scan)
			return struct{}{}, err
		}, rows); err != nil {
			b.Fatal(err)
		}
		plain += time.Since(start)
		start = time.Now()
		delivered := 0
		var of []track.Event
		stand := func() {
			if len(of) > 0 && track.Of(of).State == track.Delivered {
				delivered++
			}
		}
		_, err := list(ctx, s.read, "", func(scan func(...any) error) (struct{}, error) {
			e, err := readTrackEvent(scan)
			if len(of) > 0 && of[0].Parcel != e.Parcel {
				stand()
				of = of[:0]
			}
			of = append(of, e)
			return struct{}{}, err
		}, rows)
		stand()
		if states += time.Since(start); err != nil || delivered != parcels {
			b.Fatal(delivered, err)
		}
	}
	b.ReportMetric(float64(states.Nanoseconds())/float64(b.N*parcels), "ns/parcel")
	b.ReportMetric(float64(states)/float64(plain), "ratio")
	b.ReportMetric(boundStates, "bound")
}

// tell writes what carriers said of parcels, ten events of each.
func tell(tb testing.TB, s *Store, parcels int) {
	w := newWriter(tb, s, "carrier")
	way := []track.State{
		track.Announced, track.Accepted, track.InTransit, track.InTransit, track.InTransit, track.InTransit, track.InTransit, track.AttemptFailed,
		track.OutForDelivery, track.Delivered,
	}
	for i := 0; i < parcels; i += 20 {
		var facts []pack.Fact
		for p := i; p < min(i+20, parcels); p++ {
			for n, state := range way {
				e := track.Event{
					Carrier: "c", Number: fmt.Sprint("N", p), Parcel: fmt.Sprintf("%d-1", p), At: noon.Add(time.Duration(n-len(way)) * 5 * time.Hour), Source: "a", Code: string(state), State: state,
				}
				facts = append(facts, e.Told())
			}
		}
		w.write(facts...)
	}
	if err := s.CatchUp(context.Background()); err != nil {
		tb.Fatal(err)
	}
}
