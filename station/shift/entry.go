package shift

import (
	"iter"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/returns"
)

// Merge puts the chains of several writers into one order, that of their arrival:
// clocks of two benches may differ, and what one bench left can come to the other
// before it, by their clocks. Entries of which the arrival is not known go by time. A
// writer's own entries always go by number, even where its clock was set back.
// Equal ones keep the order of the chains. It ends where all that is left is not
// before until; the zero time is no end.
func Merge(until time.Time, chains ...iter.Seq[journal.Entry]) iter.Seq[journal.Entry] {
	return func(yield func(journal.Entry) bool) {
		heads := make([]head, 0, len(chains))
		for _, c := range chains {
			next, stop := iter.Pull(c)
			defer stop()
			h := head{next: next}
			if h.advance() {
				heads = append(heads, h)
			}
		}
		for len(heads) > 0 {
			first, over := 0, true
			for i := range heads {
				over = over && !until.IsZero() && !heads[i].at.Before(until)
				if heads[i].before(heads[first]) {
					first = i
				}
			}
			if over || !yield(heads[first].entry) {
				return
			}
			if !heads[first].advance() {
				heads = append(heads[:first], heads[first+1:]...)
			}
		}
	}
}

// head is the next entry of one chain. Its time never goes back.
type head struct {
	next  func() (journal.Entry, bool)
	entry journal.Entry
	at    time.Time
}

func (h *head) advance() bool {
	e, ok := h.next()
	if !ok {
		return false
	}
	h.entry = e
	if e.At.After(h.at) {
		h.at = e.At
	}
	return true
}

func (h head) before(other head) bool {
	if a, b := h.entry.Arrived, other.entry.Arrived; a != 0 && b != 0 {
		return a < b
	}
	return h.at.Before(other.at)
}

// touched are the orders and parcels that a fact names and another bench may have
// next.
func touched(f pack.Fact) []string {
	switch f := f.(type) {
	case pack.OrderTaken:
		return []string{f.Order.ID, f.Parcel}
	case pack.OrderLeft:
		return []string{f.Order}
	case pack.OrderClosed:
		return []string{f.Order}
	case pack.LabelKept:
		return []string{f.Parcel}
	case pack.LabelVoided:
		return []string{f.Parcel}
	case pack.DocumentStood:
		return []string{f.Of}
	case pack.ParcelDone:
		return []string{f.Order, f.Parcel}
	case pack.ParcelBegun:
		return []string{f.Parcel}
	case pack.ParcelReopened:
		return []string{f.Parcel.Order, f.Parcel.ID}
	case pack.ParcelLoaded:
		return []string{f.Order, f.Parcel}
	case pack.ParcelUnloaded:
		return []string{f.Order, f.Parcel}
	case pack.ReturnClosed:
		return []string{f.Return}
	case returns.Matched:
		return []string{f.Return}
	case returns.Settled:
		return []string{f.Return}
	}
	return nil
}
