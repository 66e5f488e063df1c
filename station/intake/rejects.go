package intake

import (
	"encoding/csv"
	"errors"
	"hash/maphash"
	"io"
	"strings"
)

// rejectedTitle is the column that says why a row was left out. It stands in no kind
// of file, so that the file can be taken in again as it is.
const rejectedTitle = "rejected because"

// mostReasons is how many rows have their own reason in a file of rejects.
const mostReasons = 100_000

// writeRejects writes the rows that were left out, with all others of their orders, as
// a file of the same shape: an order that is mended there is whole. It reads the file
// again.
func (b *orders) writeRejects(file io.ReadSeeker, name string, rep Report, to io.Writer) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	again := newOrders(b.options, nil)
	src, m, err := begin(file, name, again, rep.letters)
	if err != nil {
		return err
	}
	out := csv.NewWriter(to)
	for begun := false; ; {
		rec, err := src.next()
		var broken *fault
		switch {
		case errors.Is(err, io.EOF):
			out.Flush()
			return out.Error()
		case errors.As(err, &broken):
			rec = record{row: broken.row}
		case err != nil:
			return err
		}
		if !again.leftOut(rec, m, b, rep.reasons) {
			continue
		}
		if !begun {
			begun = true
			if err := out.Write(append(safe(m.header), rejectedTitle)); err != nil {
				return err
			}
		}
		cells := make([]string, max(len(m.header), len(rec.cells)))
		copy(cells, rec.cells)
		if err := out.Write(append(safe(cells), rep.reasons[rec.row])); err != nil {
			return err
		}
	}
}

// leftOut reports whether a row was rejected, or belongs to an order that lost one.
func (b *orders) leftOut(rec record, m match, first *orders, reasons map[int]string) bool {
	r := row{record: rec, match: m}
	if b.second != nil {
		var known bool
		if r, known = b.second(r); !known {
			return true // a heading, or what stays with its order
		}
	}
	if _, rejected := reasons[rec.row]; rejected {
		return true
	}
	id, err := b.number(r)
	return err == nil && first.bad[maphash.String(first.seed, id)]
}

// safe keeps cells from being formulas in a spreadsheet; the apostrophe is dropped
// where the file is read again.
func safe(cells []string) []string {
	out := make([]string, len(cells), len(cells)+1)
	for i, c := range cells {
		if c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
			c = "'" + c
		}
		out[i] = c
	}
	return out
}
