package round_test

import (
	"testing"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/round"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func TestARoundGoesOnByIDAndTheNextByTime(t *testing.T) {
	r := round.Of("")
	r.Begin(noon)
	r.Saw(7, noon.Add(-time.Hour))
	r.Saw(9, noon.Add(-2*time.Hour))
	r = round.Of(r.Cursor(true, time.Minute))
	if r.Last != 9 || !r.Since.IsZero() || !r.Began.Equal(noon) {
		t.Fatalf("in the round: %+v", r)
	}
	r.Begin(noon.Add(time.Hour)) // the second page
	next := round.Of(r.Cursor(false, time.Minute))
	if next.Last != 0 || !next.Since.Equal(noon.Add(-time.Hour-time.Minute)) || !next.Began.IsZero() {
		t.Errorf("nothing changed since the latest that was seen: %+v", next)
	}
	// What is seen late in a long round must not hide what changed behind it.
	r.Saw(10, noon.Add(3*time.Hour))
	if next = round.Of(r.Cursor(false, time.Minute)); !next.Since.Equal(noon.Add(-time.Minute)) {
		t.Errorf("after a long round: %+v", next)
	}
	// Time does not go back, though the shop's clock may.
	next.Begin(noon.Add(-time.Hour))
	if again := round.Of(next.Cursor(false, time.Minute)); !again.Since.Equal(noon.Add(-time.Minute)) {
		t.Errorf("a clock that went back: %+v", again)
	}
}

func TestACursorOfNobodyIsTheBeginning(t *testing.T) {
	for _, c := range []shop.Cursor{"", "{", "[]", "page 7", `{"since":"soon"}`, `{"last":-4}`} {
		if r := round.Of(c); r != (round.Round{}) {
			t.Errorf("%q: %+v", c, r)
		}
	}
}
