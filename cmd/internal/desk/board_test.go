package desk

import (
	"strconv"
	"testing"
	"time"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
)

// The board follows each bench by what it writes: who is there, what is in hand, when it
// last did something. What was read before is not read again.
func TestTheBoardFollowsTheBenches(t *testing.T) {
	d, ctx := foldertest.Shop(t), t.Context()
	now := d.Clock()
	d.Clock = func() time.Time { now = now.Add(time.Second); return now }
	board := NewBoard(d)
	read := func() map[string]screen.BenchNow {
		t.Helper()
		list, err := board.Read(ctx)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]screen.BenchNow{}
		for _, b := range list {
			out[b.Station] = b
		}
		return out
	}
	if got := read(); len(got) != 0 {
		t.Errorf("before anybody worked: %+v", got)
	}
	one, two := foldertest.NewWriter(t, d, "S1"), foldertest.NewWriter(t, d, "S2")
	one.Write(pack.SignedInAs{Person: pack.Person{ID: "P1"}})
	one.Write(pack.Moved{To: pack.Idle})
	two.Write(pack.SignedInAs{Person: pack.Person{ID: "P2"}})
	if got := read(); len(got) != 2 || got["S1"].Person != "P1" || got["S1"].Order != "" || got["S2"].Person != "P2" || got["S1"].Works {
		t.Errorf("two have signed in: %+v", got)
	}
	one.Write(pack.OrderTaken{Order: pack.OrderInfo{ID: "1001", Lines: []pack.LineInfo{{ID: "1", SKU: "MUG-BLUE", Qty: 3}}}, Parcel: "1001-1"})
	one.Write(pack.Moved{To: pack.Packing})
	term, err := d.Store.TakeLease(ctx, "S1")
	if err != nil {
		t.Fatal(err)
	}
	got := read()["S1"]
	if got.Order != "1001" || got.Open != 3 || got.Phase != pack.Packing || !got.Works || got.Last.IsZero() {
		t.Errorf("with an order in hand: %+v", got)
	}
	heard := got.Heard
	if held, err := d.Store.RenewLease(ctx, "S1", term); err != nil || !held {
		t.Fatal(held, err)
	}
	if got = read()["S1"]; !got.Heard.After(heard) {
		t.Errorf("it gave a sign of life, and was heard %v and %v", heard, got.Heard)
	}
	heard = got.Heard
	if got = read()["S1"]; !got.Heard.Equal(heard) {
		t.Errorf("it gave no sign of life since %v, and was heard %v", heard, got.Heard)
	}
	for i, w := range []*foldertest.Writer{one, one, one, two} {
		id := "900" + strconv.Itoa(i) + "-1"
		w.Write(pack.ParcelDone{Parcel: id, Order: "900" + strconv.Itoa(i), SSCC: "09520000000000001" + strconv.Itoa(i), Price: unit.Money{Currency: "EUR"}})
	}
	one.Write(pack.LabelVoided{Parcel: "9001-1", SSCC: "095200000000000011"})
	if err := d.Store.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	if list := read(); list["S1"].Parcels != 2 || list["S2"].Parcels != 1 {
		t.Errorf("%d and %d parcels in this hour, want 2 and 1", list["S1"].Parcels, list["S2"].Parcels)
	}
	one.Write(pack.SignedOff{})
	if got = read()["S1"]; got.Person != "" || got.Order != "1001" || got.Phase != pack.SignedOut {
		t.Errorf("signed off with an order in hand: %+v", got)
	}
	if list, err := NewBoard(d).Read(ctx); err != nil || len(list) != 2 || list[0].Order != "1001" || list[0].Last.IsZero() {
		t.Errorf("a board that begins now: %+v, %v", list, err)
	}
}
