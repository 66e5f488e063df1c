package shift

import (
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/returns"
)

// What is owed comes out even over the days, and what was settled without being owed is
// named.
func TestMoneyOwedIsABalance(t *testing.T) {
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	due := day.AddDate(0, 0, 14)
	at := func(seq int64, hours int, facts ...pack.Fact) journal.Entry {
		return journal.Entry{Writer: "S1", Seq: seq, At: day.Add(time.Duration(hours) * time.Hour), Facts: facts}
	}
	rows := []journal.Entry{
		at(1, 9, pack.ReturnClosed{Return: "A", Due: due}), at(2, 10, pack.ReturnClosed{Return: "B", Due: due}),
		at(3, 11, pack.ReturnClosed{Return: "blind"}), at(4, 30, returns.Settled{Return: "A", Paid: true}),
		at(5, 31, returns.Matched{Return: "blind", Due: due}), at(6, 32, returns.Settled{Return: "C", Paid: true}),
		at(7, 33, returns.Settled{Return: "B", Why: "worn"}),
	}
	chain := func(yield func(journal.Entry) bool) {
		for _, r := range rows {
			if !yield(r) {
				return
			}
		}
	}
	for n, want := range map[int][5]int{0: {0, 2, 0, 0, 2}, 1: {2, 1, 2, 1, 1}} {
		book, _ := Sheet(Carry{}, Window{From: day.AddDate(0, 0, n), To: day.AddDate(0, 0, n+1)}, chain)
		b := book.Balances
		if len(b) != 4 {
			t.Fatalf("day %d has %d balances", n, len(b))
		}
		m := b[3]
		if have := [5]int{m.Left[0].N, m.Left[1].N, m.Right[0].N, m.Right[1].N, m.Right[2].N}; have != want {
			t.Errorf("day %d: %v, want %v", n, have, want)
		}
		if named := n == 1; named != (len(m.Gaps) == 1 && m.Gaps[0] == "C") {
			t.Errorf("day %d: gaps %v", n, m.Gaps)
		}
	}
}
