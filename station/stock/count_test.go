package stock

import "testing"

func TestJudge(t *testing.T) {
	minus2, plus1 := -2, 1
	for _, c := range []struct {
		name   string
		s      Sight
		before *int
		reader bool
		want   Outcome
		diff   int
	}{
		{"the same", Sight{Counted: 10, Was: 10}, nil, false, Right, 0},
		{"an empty bin", Sight{}, nil, false, Right, 0},
		{"sold meanwhile", Sight{Counted: 7, Taken: 3, Was: 10}, nil, false, Right, 0},
		{"in a tote", Sight{Counted: 8, Lying: 2, Was: 10}, nil, false, Right, 0},
		{"two fewer, the first time", Sight{Counted: 8, Was: 10}, nil, false, Again, -2},
		{"two fewer, the second time", Sight{Counted: 8, Was: 10}, &minus2, false, Booked, -2},
		{"the second time, with one sold between", Sight{Counted: 7, Taken: 1, Was: 10}, &minus2, false, Booked, -2},
		{"two counts that differ", Sight{Counted: 8, Was: 10}, &plus1, false, Again, -2},
		{"the second says that all is right", Sight{Counted: 10, Was: 10}, &minus2, false, Right, 0},
		{"a ledger below zero", Sight{Counted: 0, Was: -2}, nil, false, Again, 2},
		{"a reader sees too few", Sight{Counted: 8, Was: 10}, &minus2, true, Seen, -2},
		{"a reader sees too many", Sight{Counted: 11, Was: 10}, &plus1, true, Booked, 1},
	} {
		if got, diff := Judge(c.s, c.before, c.reader); got != c.want || diff != c.diff {
			t.Errorf("%s: %s %d, want %s %d", c.name, got, diff, c.want, c.diff)
		}
	}
}

func TestAccuracyCountsPlacesNotUnits(t *testing.T) {
	counts := []Tallied{
		{SKU: "A", Bin: "1", Diff: -5, Outcome: Again},
		{SKU: "B", Bin: "1", Diff: 5, Outcome: Again}, // together nothing is missing
		{SKU: "C", Bin: "1", Outcome: Right},
		{SKU: "A", Bin: "1", Diff: -5, Outcome: Booked}, // the same count goes on
		{SKU: "C", Bin: "2", Diff: 1, Outcome: Again},
		{SKU: "C", Bin: "2", Outcome: Right}, // its first count was not
		{SKU: "C", Bin: "2", Outcome: Right}, // another day
		{SKU: "D", Bin: "2", Diff: -9, Outcome: Seen},
	}
	if right, all := Accuracy(counts, 0); right != 2 || all != 5 {
		t.Errorf("%d of %d", right, all)
	}
	if right, all := Accuracy(counts, 1); right != 3 || all != 5 {
		t.Errorf("give or take 1: %d of %d", right, all)
	}
}
