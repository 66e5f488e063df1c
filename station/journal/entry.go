package journal

import (
	"iter"
	"time"

	"packbench/station/pack"
)

// Entry is one row of a journal with its facts decoded.
type Entry struct {
	Writer string
	Seq    int64
	At     time.Time
	Hash   string
	Facts  []pack.Fact

	Arrived int64 // in the order of all writers' rows; 0 where not known
}

// Entries decodes rows. Where a row cannot be read or decoded the sequence ends
// and failed holds why; look at it before using what came.
func Entries(rows iter.Seq2[Row, error], codec *Codec, failed *error) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for r, err := range rows {
			if err != nil {
				*failed = err
				return
			}
			facts, err := codec.Facts(r)
			if err != nil {
				*failed = err
				return
			}
			if !yield(Entry{Writer: r.Writer, Seq: r.Seq, At: r.At, Hash: r.Hash, Facts: facts, Arrived: r.Arrived}) {
				return
			}
		}
	}
}
