package shift

import (
	"iter"
	"time"

	"packbench/station/journal"
)

// Merge puts the chains of several writers into one order: by time, a writer's
// own entries always by number, even where its clock was set back. Equal times
// keep the order of the chains.
func Merge(chains ...iter.Seq[journal.Entry]) iter.Seq[journal.Entry] {
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
			first := 0
			for i := range heads {
				if heads[i].at.Before(heads[first].at) {
					first = i
				}
			}
			if !yield(heads[first].entry) {
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
