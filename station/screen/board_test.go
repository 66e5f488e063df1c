package screen

import (
	"testing"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// The board says where somebody should go, and nothing of benches where all is well.
func TestWhereTheBoardSendsSomebody(t *testing.T) {
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	busy := BenchNow{Station: "S1", Person: "P1", Order: "1001", Open: 1, Phase: pack.Packing, Last: ago(14 * time.Minute), Works: true, Heard: ago(29 * time.Second)}
	with := func(change func(*BenchNow)) BenchNow {
		b := busy
		change(&b)
		return b
	}
	for _, tt := range []struct {
		name  string
		bench BenchNow
		alarm string
		kind  pack.Kind
	}{
		{"at work", busy, "", pack.Accepted},
		{"silent with an order", with(func(b *BenchNow) { b.Last = ago(15 * time.Minute) }), "Nothing done for 15 min", pack.Refused},
		{"silent without one", with(func(b *BenchNow) { b.Last, b.Order = ago(time.Hour), "" }), "", pack.Accepted},
		{"silent, and nobody there", with(func(b *BenchNow) { b.Last, b.Person, b.Phase = ago(time.Hour), "", pack.SignedOut }), "", pack.Info},
		{"not heard", with(func(b *BenchNow) { b.Heard = ago(30 * time.Second) }), "Not heard of since 14:31", pack.Refused},
		{"not heard, but its program was ended", with(func(b *BenchNow) { b.Heard, b.Works = ago(time.Hour), false }), "", pack.Accepted},
		{"locked now", with(func(b *BenchNow) { b.Phase, b.Last = pack.Locked, ago(119*time.Second) }), "", pack.Asked},
		{"locked for long", with(func(b *BenchNow) { b.Phase, b.Last = pack.Locked, ago(2*time.Minute) }), "Locked for 2 min", pack.Refused},
		{"waits for a badge", with(func(b *BenchNow) { b.Asks = true }), "", pack.Asked},
	} {
		v := Board(BoardInputs{Frame: desk(station.Supervisor), Quiet: 15 * time.Minute, Benches: []BenchNow{tt.bench}}).Board
		got := v.Tiles[0]
		if got.Alarm != tt.alarm || got.Kind != tt.kind || (got.Act != nil) != (tt.bench.Phase == pack.Locked) {
			t.Errorf("%s: %q, %s, %+v", tt.name, got.Alarm, got.Kind, got.Act)
		}
		want := "1 bench"
		if tt.alarm != "" {
			want += ", 1 to look at"
		}
		if v.Title != want {
			t.Errorf("%s: the page is called %q", tt.name, v.Title)
		}
	}
	grey := Board(BoardInputs{Frame: desk(station.Supervisor), Benches: []BenchNow{with(func(b *BenchNow) { b.Heard = ago(time.Minute) }), busy}}).Board.Tiles
	if !grey[0].Away || grey[1].Away {
		t.Errorf("only what is not heard of is grey: %+v", grey)
	}
	lit := Board(BoardInputs{Frame: desk(station.Supervisor), Benches: []BenchNow{with(func(b *BenchNow) { b.Lamps = []Lamp{{Name: "scale", Colour: LampRed, Words: "unplugged"}} })}}).Board
	if got := lit.Tiles[0]; len(got.Lamps) != 1 || got.Lamps[0].Name != "Scale" || got.Alarm != "" {
		t.Errorf("%+v", got)
	}
	never := Board(BoardInputs{Frame: desk(station.Supervisor), Benches: []BenchNow{with(func(b *BenchNow) { b.Last = ago(9 * time.Hour) })}}).Board
	if never.Tiles[0].Alarm != "" {
		t.Errorf("it is never to be marked, and is: %q", never.Tiles[0].Alarm)
	}
}
