package stock

// Outcome is what a count of a product in a bin led to.
type Outcome string

// The outcomes of a count.
const (
	Right  Outcome = "right"  // the ledger says the same
	Again  Outcome = "again"  // it differs: it must be counted once more
	Booked Outcome = "booked" // it differs as the count before it did: the ledger was corrected
	Seen   Outcome = "seen"   // a reader saw less than there should be, which proves nothing
	Asked  Outcome = "asked"  // of no count: somebody wants one
)

// Sight is a product in a bin when its count ends.
type Sight struct {
	Counted int // by the person
	Was     int // in the ledger when the count began
	Taken   int // that left with parcels since
	Lying   int // that had left the shelf for orders that are not packed yet
}

// Diff is what the ledger lacks. Sales go on while somebody counts: what is missing on
// the shelf is compared with what left it, never with what may still be sold.
func (s Sight) Diff() int { return s.Counted + s.Taken + s.Lying - s.Was }

// Judge says what a count leads to. before is the difference of the count before it
// where that must be counted once more, nil where nothing waits. One count alone changes
// nothing: two must find the same. byReader says that no person looked: goods near metal
// and liquids are missed, so that too few are only seen.
func Judge(s Sight, before *int, byReader bool) (Outcome, int) {
	diff := s.Diff()
	switch {
	case diff == 0:
		return Right, 0
	case byReader && diff < 0:
		return Seen, diff
	case before != nil && *before == diff:
		return Booked, diff
	}
	return Again, diff
}

// Accuracy counts in how many bins the first count found what the ledger said, give or
// take tolerance units. Units are never set off against each other: two faults do not
// make one right. Counts come in the order in which they were taken.
func Accuracy(counts []Tallied, tolerance int) (right, all int) {
	type place struct{ sku, bin string }
	waits := map[place]bool{}
	for _, c := range counts {
		if c.Outcome == Seen {
			continue
		}
		at := place{c.SKU, c.Bin}
		if !waits[at] {
			all++
			if max(c.Diff, -c.Diff) <= tolerance {
				right++
			}
		}
		waits[at] = c.Outcome == Again
	}
	return right, all
}
