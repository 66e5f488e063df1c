package aftercare

import (
	"context"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/track"
	"packbench/station/track/watch"
)

// caseOf names the case of a doubt: it is the same in all folders of a shop, and there is
// one, however often it is found.
func caseOf(parcel string, d watch.Doubt) string {
	said := []string{parcel, d.Code, d.Event, d.With}
	if d.Code == watch.Missed { // its buyer may miss it again
		said = append(said, d.Since.UTC().Format("2006-01-02T15:04:05"))
	}
	sum := sha256.Sum256([]byte(strings.Join(said, "\n")))
	return "N" + base32.StdEncoding.EncodeToString(sum[:])[:12]
}

// settled returns which doubts of parcels a person has answered.
func (r *Room) settled(ctx context.Context) (func(parcel string, d watch.Doubt) bool, error) {
	all, err := r.Store.Cases(ctx, store.CaseFilter{State: store.CaseResolved, Kind: cases.KindNews, From: r.Clock().Add(-learnsFrom)})
	ids := map[string]bool{}
	for _, c := range all {
		ids[c.Case] = c.Answer != cases.AnswerCleared
	}
	return func(parcel string, d watch.Doubt) bool { return ids[caseOf(parcel, d)] }, err
}

// Doubt has a supervisor look at what carriers say and what cannot be right: one case for each
// doubt, with what was said. It closes those that later news cleared, and returns how many
// it opened and closed.
func (r *Room) Doubt(ctx context.Context) (opened, closed int, err error) {
	left, err := r.left(ctx)
	if err != nil {
		return 0, 0, err
	}
	known, err := r.Store.Cases(ctx, store.CaseFilter{Kind: cases.KindNews, From: r.Clock().Add(-2 * learnsFrom)})
	if err != nil {
		return 0, 0, err
	}
	doubts, err := r.doubts(ctx)
	if err != nil {
		return 0, 0, err
	}
	was := map[string]bool{}
	for _, c := range known {
		was[c.Case] = true
	}
	for _, l := range left {
		for _, d := range doubts(l) {
			id := caseOf(l.Parcel, d)
			if was[id] {
				continue
			}
			was[id] = true
			if err := r.open(ctx, l, d, id); err != nil {
				return opened, closed, err
			}
			opened++
		}
	}
	closed, err = r.close(ctx, known, doubts)
	return opened, closed, err
}

// doubts returns what says what cannot be right of a parcel.
func (r *Room) doubts(ctx context.Context) (func(store.Left) []watch.Doubt, error) {
	works, err := r.works(ctx)
	if err != nil {
		return nil, err
	}
	gaps, err := r.gaps(ctx, works)
	return func(l store.Left) []watch.Doubt { return watch.Doubts(parcelOf(l), gaps) }, err
}

// open writes the case of a doubt, with the events that do not fit as they were told.
func (r *Room) open(ctx context.Context, l store.Left, d watch.Doubt, id string) error {
	events, err := r.Store.TrackEvents(ctx, l.Parcel)
	if err != nil {
		return err
	}
	var said []string
	for _, e := range events {
		if e.ID() == d.Event || e.ID() == d.With {
			said = append(said, told(e))
		}
	}
	return r.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		if _, known, err := store.Known(r.Store.Case(ctx, id)); err != nil || known {
			return nil, nil, err
		}
		word := cases.NewsDoubted{Parcel: l.Parcel, Order: l.Order, Code: d.Code, Event: d.Event, With: d.With}
		return word, []pack.Fact{word, pack.CaseOpened{
			Case: id, Kind: cases.KindNews, Code: pack.Code(d.Code), Order: l.Order, Parcel: l.Parcel, Scanned: l.Tracking, Expected: said,
		}}, nil
	})
}

// told is an event without the words of its carrier, which may name people.
func told(e track.Event) string {
	form := "2006-01-02 15:04"
	if e.Zone == track.Day {
		form = "2006-01-02"
	}
	return e.At.Format(form) + " " + strings.ReplaceAll(string(e.State), "_", " ") + ", " + e.Source
}

// close ends the cases whose doubts are none any more.
func (r *Room) close(ctx context.Context, known []store.Case, doubts func(store.Left) []watch.Doubt) (n int, err error) {
	for _, c := range known {
		if c.State != store.CaseOpen {
			continue
		}
		l, there, err := store.Known(r.Store.LeftParcel(ctx, c.Parcel))
		if err != nil {
			return n, err
		}
		if there && slices.ContainsFunc(doubts(l), func(d watch.Doubt) bool { return caseOf(l.Parcel, d) == c.Case }) {
			continue
		}
		err = r.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
			now, err := r.Store.Case(ctx, c.Case)
			if err != nil || now.State != store.CaseOpen {
				return nil, nil, err
			}
			fact := cases.CaseResolved{Case: c.Case, Reason: cases.AnswerCleared}
			return fact, []pack.Fact{fact}, nil
		})
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
