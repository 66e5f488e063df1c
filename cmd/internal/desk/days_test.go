package desk

import (
	"context"
	"encoding/json"
	"iter"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/journal"
	"packbench/station/journal/journaltest"
	"packbench/station/pack"
	"packbench/station/shift"
)

// fromRowOne makes a book as if nothing was kept.
func fromRowOne(t testing.TB, d Desk, w shift.Window) shift.Book {
	t.Helper()
	writers, err := d.Store.Writers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var failed error
	var chains []iter.Seq[journal.Entry]
	for _, writer := range writers {
		chains = append(chains, journal.Entries(d.Store.Rows(t.Context(), writer, 1), folder.Codec(), &failed))
	}
	book, after := shift.Sheet(shift.Carry{}, w, chains...)
	book.Heads = map[string]string{}
	for writer, b := range after.Benches {
		book.Heads[writer] = b.Head
	}
	if failed != nil {
		t.Fatal(failed)
	}
	return book
}

// Whatever is asked for first, and whatever the clocks of the benches say, a shift
// book is the one that the whole journal gives.
func TestAShiftBookFromAKeptDayIsThatOfTheWholeJournal(t *testing.T) {
	d := New(foldertest.Shop(t))
	noon := foldertest.Noon()
	days := func(n int) time.Time { return noon.AddDate(0, 0, n) }
	write := func(writer string, at time.Time, facts ...pack.Fact) {
		t.Helper()
		chain, err := d.Store.Head(t.Context(), writer)
		if err != nil {
			t.Fatal(err)
		}
		in, decided, err := journal.Bench().Encode(pack.Input{Event: pack.Command{Name: "handover"}}, facts)
		if err == nil {
			err = d.Store.Append(t.Context(), chain.Next(at, in, decided))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	packed := func(writer string, orders int, from time.Time) {
		t.Helper()
		for row := range journaltest.Packed(writer, orders, from, 25*time.Minute) {
			if err := d.Store.Append(t.Context(), row); err != nil {
				t.Fatal(err)
			}
		}
	}
	parcel := func(n int) pack.Loaded {
		order := journaltest.OrderID("S1", n)
		return pack.Loaded{Parcel: order + "-1", Order: order}
	}
	for name, step := range []func(){
		func() { packed("S1", 8, days(0)) }, // four days
		func() { write("S1", days(5), pack.ParcelLoaded{Manifest: "M1", Loaded: parcel(0)}) },
		func() { packed("S2", 3, days(4)) },
		func() { write("S1", days(6), pack.ManifestClosed{Manifest: "M1"}) },
		func() { write("S2", days(7), pack.LabelVoided{Parcel: parcel(2).Parcel}) },
		func() { write("S1", days(2), pack.ParcelLoaded{Manifest: "M2", Loaded: parcel(3)}) }, // the clock was set back
		func() { write("S1", days(8), pack.ParcelUnloaded{Manifest: "M2", Loaded: parcel(3)}) },
		func() { write("S3", days(1), pack.LabelVoided{Parcel: parcel(0).Parcel}) }, // a new bench, long ago
		func() { write("S3", days(9), pack.LabelVoided{Parcel: parcel(2).Parcel}) }, // again
		func() { write("S2", days(10), pack.ParcelLoaded{Manifest: "M3", Loaded: parcel(3)}) },
	} {
		step()
		for _, n := range []int{6, 0, 9, 3, 7, 2, 8, 12, 1, 5, 4} {
			day := shift.DateOf(days(n).In(d.Location()))
			got, err := d.ShiftBook(t.Context(), day, 0)
			if err != nil {
				t.Fatal(err)
			}
			got.Names, got.Products, got.Company = nil, nil, ""
			want := fromRowOne(t, d, shift.Day(day, d.Location()))
			if asText(t, got) != asText(t, want) {
				t.Fatalf("step %d, day %s: kept %s\nwhole journal %s", name, day, asText(t, got), asText(t, want))
			}
		}
	}
	kept, err := d.Store.Carry(context.Background(), days(20))
	if err != nil || kept.At.Before(days(9)) {
		t.Errorf("the last day that is kept ended at %s, %v", kept.At, err)
	}
	if _, err := d.Store.Resting(context.Background(), kept.At, parcel(4).Parcel); err != nil {
		t.Errorf("a parcel on the dock is not kept as one that rests: %v", err)
	}
	if len(kept.Body) > 2000 {
		t.Errorf("what is kept of a day is not small: %s", kept.Body)
	}
}

func asText(t testing.TB, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
