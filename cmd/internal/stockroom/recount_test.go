package stockroom

import (
	"errors"
	"testing"

	"packbench/station/people"
	"packbench/station/stock"
	"packbench/station/store"
)

// A count that was asked for is due before what the calendar says, until somebody has
// counted; what is asked is no count, changes no stock and no accuracy, and the count that
// follows is judged as the first one.
func TestARecountIsDueUntilSomebodyCounts(t *testing.T) {
	room, _ := stocked(t, "MUG-WHITE", "A-1", 3)
	putIn(t, room.Folder, "MUG-WHITE", "A-2", 5)
	ctx := t.Context()
	due := func() (bins []string) {
		t.Helper()
		list, _, err := room.Due(ctx, 9)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range list {
			if d.Why == stock.Wanted {
				bins = append(bins, d.Bin)
			}
		}
		return bins
	}
	if err := room.AskRecount(ctx, packer, "MUG-WHITE"); !errors.As(err, new(*people.Denied)) {
		t.Errorf("a packer asks for a count: %v", err)
	}
	if err := room.AskRecount(ctx, chief, "HONEY"); err == nil {
		t.Error("what lies in no bin is to be counted")
	}
	if err := room.AskRecount(ctx, chief, "NO-SUCH"); err == nil {
		t.Error("what is in no catalogue is to be counted")
	}
	before, err := room.Store.Head(ctx, "desk")
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := room.AskRecount(ctx, chief, "MUG-WHITE"); err != nil {
			t.Fatal(err)
		}
	}
	if after, err := room.Store.Head(ctx, "desk"); err != nil || after.Seq != before.Seq+1 {
		t.Errorf("asked twice, it is written %d times, %v", after.Seq-before.Seq, err)
	}
	if bins := due(); len(bins) != 2 || bins[0] != "A-1" || bins[1] != "A-2" {
		t.Errorf("wanted are %q", bins)
	}
	if list, _, all, err := room.Counts(ctx, store.CountFilter{SKU: "MUG-WHITE"}); err != nil || len(list) != 0 || all != 0 {
		t.Errorf("to ask is a count: %+v, %v", list, err)
	}
	if got := walk(t, room, "A-1", "MUG-WHITE", "x2"); len(got) != 1 || got[0].Outcome != stock.Again {
		t.Errorf("the first count led to %+v", got)
	}
	if bins := due(); len(bins) != 1 || bins[0] != "A-2" {
		t.Errorf("counted is A-1, and wanted are %q", bins)
	}
	// The difference waits for its second count, whoever asks for one meanwhile.
	if err := room.AskRecount(ctx, chief, "MUG-WHITE"); err != nil {
		t.Fatal(err)
	}
	if got := walk(t, room, "A-1", "MUG-WHITE", "x2"); len(got) != 1 || got[0].Outcome != stock.Booked || got[0].Diff != -1 {
		t.Errorf("the second count led to %+v", got)
	}
	walk(t, room, "A-2", "MUG-WHITE", "x5")
	if kept, asked, err := room.RecountAsked(ctx, "MUG-WHITE"); err != nil || !kept || asked || len(due()) > 0 {
		t.Errorf("kept %v, asked %v, wanted %q, %v", kept, asked, due(), err)
	}
}
