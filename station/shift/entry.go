package shift

import (
	"iter"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

// Entry is one row of a journal, decoded.
type Entry struct {
	Writer string
	Seq    int64
	At     time.Time
	Input  pack.Input
	Facts  []pack.Fact
}

// Entries decodes rows. Where a row cannot be read or decoded the sequence ends
// and failed holds why; look at it before using what came.
func Entries(rows iter.Seq2[journal.Row, error], codec *journal.Codec, failed *error) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for r, err := range rows {
			if err != nil {
				*failed = err
				return
			}
			in, facts, err := codec.Decode(r)
			if err != nil {
				*failed = err
				return
			}
			if !yield(Entry{Writer: r.Writer, Seq: r.Seq, At: r.At, Input: in, Facts: facts}) {
				return
			}
		}
	}
}

// Merge puts the chains of several writers into one order: by time, a writer's
// own entries always by number, even where its clock was set back. Equal times
// keep the order of the chains.
func Merge(chains ...iter.Seq[Entry]) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
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
	next  func() (Entry, bool)
	entry Entry
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
