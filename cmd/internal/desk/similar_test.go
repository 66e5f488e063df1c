package desk

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/desks"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
)

func asker(id string) cases.Asker {
	return cases.Asker{Person: station.Person{ID: id, Role: station.Supervisor}}
}

// answers lists who answered each case, from the desk's rows.
func answers(t *testing.T, d Desk) (by map[string][]string, rows int) {
	t.Helper()
	by = map[string][]string{}
	for r, err := range desks.Rows(t.Context(), d.Store) {
		if err != nil {
			t.Fatal(err)
		}
		rows++
		_, facts, err := folder.Codec().Decode(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range facts {
			if f, ok := f.(cases.CaseResolved); ok {
				by[f.Case] = append(by[f.Case], f.By)
			}
		}
	}
	return by, rows
}

// One answer settles all cases of one kind, with one code, about one thing, as they
// were seen: in one row of the journal, and no other.
func TestOneAnswerSettlesWhatIsAlike(t *testing.T) {
	d, ctx := New(foldertest.Shop(t)), t.Context()
	w := foldertest.NewWriter(t, d.Folder, "S1")
	open := func(n int, c pack.CaseOpened) string {
		c.Case = fmt.Sprintf("S1.%d", n)
		w.Write(c)
		return c.Case
	}
	unknown := pack.CaseOpened{Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: "4000000000006", By: "P1"}
	var like []string
	for n := range 5 {
		like = append(like, open(n+1, unknown))
	}
	other, wrong := unknown, unknown
	other.Scanned, wrong.Code, wrong.SKU = "4000000000013", pack.CodeWrongItem, "MUG-WHITE"
	open(6, other)
	open(7, wrong)
	seen, err := d.Similar(ctx, like[0])
	if err != nil || len(seen) != 5 {
		t.Fatalf("%d cases are alike, %v", len(seen), err)
	}
	sums, err := d.Sums(ctx, store.CaseFilter{})
	if err != nil || Alike(cases.Causes(sums))[seen[0].Likeness()] != 5 {
		t.Errorf("counted are %v, %v", sums, err)
	}
	// What came since, what somebody answered since, and what was opened again since
	// stay as they are.
	late := open(8, unknown)
	for _, id := range like[:2] {
		if _, err := d.Resolve(ctx, asker("V2"), id, "test"); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Reopen(ctx, asker("V2"), like[1]); err != nil {
		t.Fatal(err)
	}
	_, before := answers(t, d)
	done, err := d.ResolveSimilar(ctx, asker("V1"), seen, "barcode-wrong")
	if err != nil || done != 3 {
		t.Errorf("%d are resolved, %v", done, err)
	}
	by, rows := answers(t, d)
	if rows != before+1 {
		t.Errorf("one answer takes %d rows", rows-before)
	}
	for id, want := range map[string][]string{like[0]: {"V2"}, like[1]: {"V2"}, like[2]: {"V1"}, like[4]: {"V1"}, late: nil, "S1.6": nil, "S1.7": nil} {
		if !slices.Equal(by[id], want) {
			t.Errorf("%s was answered by %v, want %v", id, by[id], want)
		}
	}
	left, err := d.Cases(ctx, store.CaseFilter{State: store.CaseOpen})
	if err != nil || len(left) != 4 {
		t.Errorf("%d cases are open, %v", len(left), err)
	}
	if _, err := d.ResolveSimilar(ctx, asker("V1"), seen, "barcode-wrong"); err == nil {
		t.Error("a second answer is no error")
	}
	if _, after := answers(t, d); after != rows {
		t.Error("a second answer is written")
	}
	if _, err := d.ResolveSimilar(ctx, asker("V1"), left, "because"); err == nil {
		t.Error("an unknown reason is taken")
	}
}

// Nobody clears their own override, not among others either.
func TestOneAnswerLeavesTheOwnOverride(t *testing.T) {
	d := New(foldertest.Shop(t))
	w := foldertest.NewWriter(t, d.Folder, "S1")
	for n, author := range []string{"V1", "V2", "V1"} {
		w.Write(pack.CaseOpened{Case: fmt.Sprintf("S1.%d", n+1), Kind: cases.KindOverride, Code: pack.CodeWeightOff, SKU: "MUG-WHITE", By: "P1", Author: author})
	}
	seen, err := d.Similar(t.Context(), "S1.1")
	if err != nil || len(seen) != 3 {
		t.Fatal(seen, err)
	}
	if done, err := d.ResolveSimilar(t.Context(), asker("V1"), seen, "filling"); err != nil || done != 1 {
		t.Errorf("%d are resolved, %v", done, err)
	}
	if _, err := d.ResolveSimilar(t.Context(), asker("V1"), seen, "filling"); err == nil {
		t.Error("own overrides alone are resolved")
	}
}

// Two who answer at once answer each case once.
func TestTwoAnswersAtOnceAreOne(t *testing.T) {
	d := New(foldertest.Shop(t))
	w := foldertest.NewWriter(t, d.Folder, "S1")
	for n := range 20 {
		w.Write(pack.CaseOpened{Case: fmt.Sprintf("S1.%d", n+1), Kind: cases.KindScan, Code: pack.CodeUnknownCode, Scanned: "4000000000006", By: "P1"})
	}
	seen, err := d.Similar(t.Context(), "S1.1")
	if err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	for n, who := range []string{"V1", "V2", "V3"} {
		both.Go(func() {
			if n == 0 {
				_, _ = d.ResolveSimilar(t.Context(), asker(who), seen, "test")
				return
			}
			for _, c := range seen {
				_, _ = d.Resolve(t.Context(), asker(who), c.ID, "test")
			}
		})
	}
	both.Wait()
	by, _ := answers(t, d)
	if len(by) != 20 {
		t.Errorf("%d of 20 are answered", len(by))
	}
	for id, who := range by {
		if len(who) != 1 {
			t.Errorf("%s was answered by %v", id, who)
		}
	}
}
