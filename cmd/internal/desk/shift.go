package desk

import (
	"context"
	"fmt"
	"io"
	"iter"

	"packbench/assets/fonts"
	"packbench/cmd/internal/folder"
	"packbench/station/journal"
	"packbench/station/shift"
)

// ShiftBook makes the shift book of a day, or of its n-th shift from 1. What is
// carried in comes from folding the whole journal before; on the way the hash
// chains are checked, and a row that is not what was written is a
// *journal.Broken: no book is made of a changed journal.
func (d Desk) ShiftBook(ctx context.Context, day shift.Date, n int) (shift.Book, error) {
	window := shift.Day(day, d.Location())
	if n != 0 {
		var err error
		if window, err = d.shiftWindow(day, n); err != nil {
			return shift.Book{}, err
		}
	}
	writers, err := d.Store.Writers(ctx)
	if err != nil {
		return shift.Book{}, err
	}
	chains := make([]iter.Seq[journal.Entry], len(writers))
	failed := make([]error, len(writers))
	for i, w := range writers {
		chains[i] = journal.Entries(folder.Checked(w, d.Store.Rows(ctx, w, 1)), folder.Codec(), &failed[i])
	}
	book, after := shift.Sheet(shift.Carry{}, window, chains...)
	for _, err := range failed {
		if err != nil {
			return shift.Book{}, err
		}
	}
	if book.Heads, err = d.headsAt(ctx, after); err != nil {
		return shift.Book{}, err
	}
	members, err := d.Store.People(ctx)
	if err != nil {
		return shift.Book{}, err
	}
	book.Names = map[string]string{}
	for _, m := range members {
		book.Names[m.ID] = m.Name
	}
	return book, nil
}

func (d Desk) shiftWindow(day shift.Date, n int) (shift.Window, error) {
	var plan shift.Plan
	for _, s := range d.Settings.Shifts {
		hours, err := shift.ParseHours(s.From + "-" + s.To)
		if err != nil {
			return shift.Window{}, fmt.Errorf("shift %s in the settings: %w", s.Name, err)
		}
		plan = append(plan, hours)
	}
	return plan.Window(day, n, d.Location())
}

// headsAt are the heads of the chains where the book's window ends, so that
// the book of a past day is the same whenever it is made.
func (d Desk) headsAt(ctx context.Context, after shift.Carry) (map[string]string, error) {
	heads := map[string]string{}
	for w, b := range after.Benches {
		row, err := d.Store.Row(ctx, w, b.Seq)
		if err != nil {
			return nil, err
		}
		heads[w] = row.Hash
	}
	return heads, nil
}

// ShiftFormats are the forms that WriteShift knows.
func ShiftFormats() []string { return []string{"csv", "xlsx", "pdf", "json"} }

// WriteShift writes a shift book in one of the formats.
func WriteShift(b shift.Book, format string, w io.Writer) error {
	switch format {
	case "csv":
		return b.CSV(w, shift.CSVOptions{})
	case "xlsx":
		return b.XLSX(w)
	case "json":
		return b.JSON(w)
	case "pdf":
		regular, err := fonts.Bytes(fonts.Sans)
		if err != nil {
			return err
		}
		bold, err := fonts.Bytes(fonts.SansBold)
		if err != nil {
			return err
		}
		return b.PDF(w, shift.PDFOptions{Regular: regular, Bold: bold})
	}
	return fmt.Errorf("format %q is not known", format)
}
