package stock

import (
	"testing"
	"time"
)

func TestGradesAreByPickedLines(t *testing.T) {
	got := Grades(map[string]int{"MUG": 80, "TEA": 15, "TUBE": 4, "PEN": 1})
	for sku, want := range map[string]Grade{"MUG": GradeA, "TEA": GradeB, "TUBE": GradeC, "PEN": GradeC, "NONE": ""} {
		if got[sku] != want {
			t.Errorf("%s is %q, want %q", sku, got[sku], want)
		}
	}
	if one := Grades(map[string]int{"ONE": 1}); one["ONE"] != GradeA {
		t.Errorf("the only one is %v", one)
	}
}

// What happened in a bin asks for a count before the calendar does, and a count answers
// it.
func TestWhatIsDueToBeCounted(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	ago := func(days int) time.Time { return now.AddDate(0, 0, -days) }
	grades := map[string]Grade{"MUG": GradeA, "TEA": GradeB}
	due := Due([]Place{
		{SKU: "TEA", Bin: "D-1", OnHand: 5, Began: ago(400), Counted: ago(91)},
		{SKU: "TEA", Bin: "D-2", OnHand: 5, Began: ago(400), Counted: ago(90)}, // not yet
		{SKU: "MUG", Bin: "C-1", OnHand: 5, Counted: ago(30)},
		{SKU: "PEN", Bin: "C-2", OnHand: 5, Began: ago(364)},                                         // not yet
		{SKU: "MUG", Bin: "B-2", OnHand: 0, Counted: ago(9), Moved: ago(1)},                          // empty
		{SKU: "MUG", Bin: "B-3", OnHand: 0, Counted: ago(1), Moved: ago(1)},                          // it was looked at
		{SKU: "MUG", Bin: "B-1", OnHand: 7, Counted: ago(9), Shorted: ago(8)},                        // short
		{SKU: "MUG", Bin: "B-4", OnHand: 7, Counted: ago(8), Shorted: ago(8)},                        // it was counted since
		{SKU: "PEN", Bin: "A-2", OnHand: -1, Counted: ago(9), Moved: ago(1), Shorted: ago(1)},        // negative
		{SKU: "PEN", Bin: "A-1", OnHand: -1, Counted: ago(1), Moved: ago(1), Again: true},            // differed
		{SKU: "PEN", Bin: "", OnHand: 0, Counted: time.Time{}, Moved: time.Time{}, Again: false},     // nothing ever
		{SKU: "PEN", Bin: "E-1", OnHand: 3, Began: time.Time{}, Counted: time.Time{}, Moved: ago(1)}, // nobody knows since when
	}, grades, now)
	want := []struct {
		bin string
		why Trigger
	}{{"A-1", Differed}, {"A-2", Negative}, {"B-1", Shorted}, {"B-2", Empty}, {"C-1", Calendar}, {"D-1", Calendar}}
	if len(due) != len(want) {
		t.Fatalf("%+v", due)
	}
	for i, w := range want {
		if due[i].Bin != w.bin || due[i].Why != w.why {
			t.Errorf("%d is %s %s, want %v", i, due[i].Bin, due[i].Why, w)
		}
	}
}
