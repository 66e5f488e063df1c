// Package heard keeps what carriers and tracking services say of parcels (T1), whoever asked
// them: accounts, services, files. What is new becomes rows of the folder's own chain of
// carriers, each event once, with its words beside the journal; and where the parcel stands
// now counts in the choice of the next carrier (C2).
//
// [Keep] takes events. It must not ask anybody, and decides nothing of a parcel itself:
// package track does.
package heard

import (
	"context"
	"errors"
	"slices"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
)

// atOnce is how many events make a row at most.
const atOnce = 200

// before is how long before a parcel was closed something may have been said of it: its
// label was bought ahead. What is older is of another parcel that had its number.
const before = 48 * time.Hour

// Kept is what became of events.
type Kept struct {
	New, Known int
	Foreign    int // of another parcel, that had the number before
	Timeless   int // without a time: nobody can say where they belong
}

// Keep keeps what is new of the events of a source. Parcels must be named.
func Keep(ctx context.Context, f *folder.Folder, source string, events ...track.Event) (kept Kept, err error) {
	if err := f.Store.CatchUp(ctx); err != nil {
		return kept, err
	}
	heard := f.Clock().Round(0).UTC()
	var all []track.Event
	for _, of := range byParcel(events) {
		p, err := f.Store.Parcel(ctx, of[0].Parcel)
		if errors.Is(err, store.ErrUnknown) {
			kept.Foreign += len(of)
			continue
		}
		if err != nil {
			return kept, err
		}
		timeless := len(of)
		of = slices.DeleteFunc(of, func(e track.Event) bool { return e.At.IsZero() })
		kept.Timeless += timeless - len(of)
		if len(of) == 0 {
			continue
		}
		of, foreign, err := theirs(ctx, f.Store, p, of)
		if err != nil {
			return kept, err
		}
		kept.Foreign += foreign
		for _, e := range of {
			e.Heard, e.Source = heard, source
			all = append(all, e)
		}
	}
	writer, err := desks.Carriers(ctx, f.Store)
	if err != nil {
		return kept, err
	}
	for some := range slices.Chunk(all, atOnce) {
		n, err := keep(ctx, f, writer, source, some)
		kept.New, kept.Known = kept.New+n, kept.Known+len(some)-n
		if err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// byParcel groups events by parcel and number, in the order in which they came.
func byParcel(events []track.Event) (out [][]track.Event) {
	at := map[[2]string]int{}
	for _, e := range events {
		of := [2]string{e.Parcel, e.Number}
		i, ok := at[of]
		if !ok {
			i, at[of] = len(out), len(out)
			out = append(out, nil)
		}
		out[i] = append(out[i], e)
	}
	return out
}

// theirs leaves out what was said of another parcel with the same number, and estimates
// that say what is known.
func theirs(ctx context.Context, s *store.Store, p store.Parcel, events []track.Event) (of []track.Event, foreign int, err error) {
	began := p.Began
	if began.IsZero() {
		began = p.At
	}
	of, foreign = track.Since(events, began.Add(-before))
	now, err := s.Standing(ctx, p.ID, events[0].Number)
	if errors.Is(err, store.ErrUnknown) {
		err = nil
	}
	of = slices.DeleteFunc(of, func(e track.Event) bool {
		return e.State == track.Unknown && !e.Expected.IsZero() && e.Expected.Equal(now.LastExpected)
	})
	return of, foreign, err
}

// keep writes what is new of some events, and has it count.
func keep(ctx context.Context, f *folder.Folder, writer, source string, events []track.Event) (n int, err error) {
	if err := f.Store.KeepTrackWords(ctx, events...); err != nil { // before the row that names them
		return 0, err
	}
	var parcels [][2]string
	err = f.DecideIn(ctx, writer, func() (pack.Event, []pack.Fact, error) {
		known, err := f.Store.TrackKnown(ctx, events)
		var facts []pack.Fact
		parcels = nil
		for _, e := range events {
			if id := e.ID(); !known[id] {
				known[id] = true
				facts = append(facts, e.Told())
				parcels = append(parcels, [2]string{e.Parcel, e.Number})
			}
		}
		n = len(facts)
		return track.Answered{Source: source}, facts, err
	})
	if err != nil || n == 0 {
		return 0, err
	}
	return n, count(ctx, f, parcels)
}

// states are those of a parcel as the choice of carriers knows them.
var states = map[track.State]store.TrackState{
	track.Announced: store.TrackNotScanned, track.Accepted: store.TrackMoving, track.InTransit: store.TrackMoving, track.Delayed: store.TrackMoving,
	track.Exception: store.TrackMoving, track.AddressProblem: store.TrackMoving, track.Refused: store.TrackMoving, track.Damaged: store.TrackMoving,
	track.Held: store.TrackCustoms, track.Customs: store.TrackCustoms, track.OutForDelivery: store.TrackOut, track.AttemptFailed: store.TrackAttempted,
	track.ReadyForPickup: store.TrackPickUp, track.Delivered: store.TrackDelivered, track.Returning: store.TrackReturned, track.Returned: store.TrackReturned,
	track.Lost: store.TrackLost,
}

// count has where parcels stand count in the choice of the next carrier.
func count(ctx context.Context, f *folder.Folder, parcels [][2]string) error {
	slices.SortFunc(parcels, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	var news []store.Tracked
	for _, of := range slices.Compact(parcels) {
		s, err := f.Store.Standing(ctx, of[0], of[1])
		if err != nil {
			return err
		}
		state, counts := states[s.State]
		if !counts {
			continue
		}
		n := store.Tracked{Parcel: s.Parcel, Tracking: s.Number, State: state, At: s.Last}
		if n.State == store.TrackDelivered {
			n.Delivered = s.DeliveredDay(f.Location())
		}
		news = append(news, n)
	}
	return f.Store.Followed(ctx, news...)
}
