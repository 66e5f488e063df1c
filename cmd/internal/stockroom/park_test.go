package stockroom

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/stock"
)

// A count that was put aside goes on after a restart where it was, with what was found
// and the codes that were not counted, and is one count however often it is ended.
func TestACountGoesOnAfterARestart(t *testing.T) {
	room, _ := stocked(t, "MUG-WHITE", "A-1", 3)
	putIn(t, room.Folder, "HONEY", "A-1", 1)
	ctx := t.Context()
	begin := func() *Walk {
		t.Helper()
		w, err := room.Resume(ctx, packer)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	w := begin()
	say(t, w, "A-1", "MUG-WHITE", "no-such-code")
	if _, err := w.Set(ctx, "MUG-WHITE", 2); err != nil {
		t.Fatal(err)
	}
	w = begin()
	bin, found, others := w.Bin()
	if bin != "A-1" || len(found) != 1 || found[0] != (Found{"MUG-WHITE", found[0].Name, 2}) || found[0].Name == "" || !slices.Equal(others, []string{"no-such-code"}) {
		t.Fatalf("%q %+v %q", bin, found, others)
	}
	if other, err := room.Resume(ctx, chief); err != nil || other.bin != nil {
		t.Errorf("somebody else goes on with it: %+v, %v", other.bin, err)
	}
	say(t, w, "HONEY")
	again := begin() // as after a kill right after it was told
	first, err := w.End(ctx)
	if err != nil || len(first) != 2 || first[0].Outcome != stock.Again {
		t.Fatalf("%+v, %v", first, err)
	}
	if err := again.keep(ctx); err != nil {
		t.Fatal(err)
	}
	if twice, err := begin().End(ctx); err != nil || len(twice) != 0 {
		t.Errorf("one count was told twice: %+v, %v", twice, err)
	}
	if bin, _, _ := begin().Bin(); bin != "" {
		t.Errorf("%s is ended, and goes on", bin)
	}
	due, all, err := room.Due(ctx, 10)
	if err != nil || all != 2 || due[0].Why != stock.Differed || due[1].SKU != "MUG-WHITE" || due[1].Name == "" {
		t.Errorf("what is due: %+v of %d, %v", due, all, err)
	}
	if _, err := begin().Set(ctx, "MUG-WHITE", 1); err != nil {
		t.Errorf("a number without a bin: %v", err)
	}
}

// A card is neither a bin nor goods: a badge is shown to nobody, and a card with a number
// says how many.
func TestCardsAreNotCounted(t *testing.T) {
	room, _ := stocked(t, "MUG-WHITE", "A-1", 3)
	w, err := room.Walk(packer)
	if err != nil {
		t.Fatal(err)
	}
	line := func(text string) Heard {
		t.Helper()
		h, err := w.Line(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	for _, card := range []string{"PB:badge:B-PACKER", "pb:BADGE:nobody's"} {
		if h := line(card); h.Kind != HeardBadge || h.Code != "" || w.bin != nil {
			t.Errorf("%s first: %+v", card, h)
		}
	}
	if h := line("PB:command:undo"); h.Kind != HeardStranger || !strings.Contains(h.Why, "card") || w.bin != nil {
		t.Errorf("a card first: %+v", h)
	}
	line("A-1")
	line("MUG-WHITE")
	if h := line("PB:badge:B-PACKER"); h.Kind != HeardBadge || h.Code != "" {
		t.Errorf("a badge: %+v", h)
	}
	if h := line("PB:quantity:12"); h.Units != 12 {
		t.Errorf("a number: %+v", h)
	}
	if _, _, others := w.Bin(); len(others) > 0 || w.bin.doubt {
		t.Errorf("cards make a bin doubtful: %q", others)
	}
}
