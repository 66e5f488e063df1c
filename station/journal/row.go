package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"
	"strconv"
	"time"
)

// Row is one row of the journal.
type Row struct {
	Writer string
	Seq    int64     // from 1, without gaps
	At     time.Time // UTC
	Input  []byte    // JSON: what happened
	Facts  []byte    // JSON: what was decided
	Prev   string    // hash of the row before, hex; empty for row 1
	Hash   string    // of this row, hex SHA-256

	// Arrived is the row's number in the order in which the rows of all writers came
	// into a database; 0 where that is not known. It is no part of what is hashed.
	Arrived int64
}

// ID is how the row is spoken of: "S1.123".
func (r Row) ID() string { return ID(r.Writer, r.Seq) }

// ID is the id of a writer's row: "S1.123".
func ID(writer string, seq int64) string { return writer + "." + strconv.FormatInt(seq, 10) }

// Clock writes a row's time the way that it is hashed and stored.
func Clock(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// Sum computes the hash that the row must carry. Each part goes in with its
// length before it, so that no two rows share an encoding.
func (r Row) Sum() string {
	b := make([]byte, 0, 256+len(r.Input)+len(r.Facts))
	b = put(b, "packbench journal 1")
	b = put(b, r.Writer)
	b = put(b, strconv.FormatInt(r.Seq, 10))
	b = put(b, Clock(r.At))
	b = put(b, r.Input)
	b = put(b, r.Facts)
	b = put(b, r.Prev)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func put[T string | []byte](b []byte, part T) []byte {
	b = binary.BigEndian.AppendUint64(b, uint64(len(part)))
	return append(b, part...)
}

// Chain is where a writer's chain stands. The zero Seq is an empty chain.
type Chain struct {
	Writer string
	Seq    int64  // of the last row
	Head   string // its hash
}

// Next makes the row that comes after the chain. The chain itself does not
// move: After does that, once the row is stored.
func (c Chain) Next(at time.Time, input, facts []byte) Row {
	r := Row{Writer: c.Writer, Seq: c.Seq + 1, At: at.Round(0).UTC(), Input: input, Facts: facts, Prev: c.Head}
	r.Hash = r.Sum()
	return r
}

// After is the chain once r is its last row.
func (c Chain) After(r Row) Chain { return Chain{Writer: r.Writer, Seq: r.Seq, Head: r.Hash} }

// Broken says where a chain stops being what was written.
type Broken struct {
	Writer string
	Seq    int64
	Why    string
}

// Error names the row.
func (b *Broken) Error() string {
	return fmt.Sprintf("the journal is broken at %s: %s", ID(b.Writer, b.Seq), b.Why)
}

// Check reports whether r may follow the chain; the error is a *Broken.
func (c Chain) Check(r Row) error {
	why := ""
	switch {
	case r.Writer != c.Writer:
		why = fmt.Sprintf("the row belongs to %s", r.Writer)
	case r.Seq != c.Seq+1:
		why = fmt.Sprintf("a row is missing or doubled, found %d", r.Seq)
	case r.Prev != c.Head:
		why = "it does not follow the row before it"
	case r.Hash != r.Sum():
		why = "its contents are not what was written"
	default:
		return nil
	}
	return &Broken{Writer: c.Writer, Seq: c.Seq + 1, Why: why}
}

// Verify follows rows from where the chain stands (Chain{Writer: "S1"} for the
// whole of S1) and gives where it ends. The error is a *Broken for a row that
// is not what was written, or what reading gave.
func (c Chain) Verify(rows iter.Seq2[Row, error]) (Chain, error) {
	for r, err := range rows {
		if err != nil {
			return c, err
		}
		if err := c.Check(r); err != nil {
			return c, err
		}
		c = c.After(r)
	}
	return c, nil
}
