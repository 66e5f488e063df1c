package desk

import (
	"cmp"
	"context"
	"io"

	"packbench/assets/fonts"
	"packbench/station/shift"
	"packbench/station/store"
)

// ShiftBook makes the shift book of a day, or of its n-th shift from 1. What is
// carried in comes from the last end of a day that is kept, see days.go, or from
// folding the whole journal. The hash chains are checked from there on, and a row
// that is not what was written is a *journal.Broken: no book is made of it.
func (d Desk) ShiftBook(ctx context.Context, day shift.Date, n int) (shift.Book, error) {
	window := shift.Day(day, d.Location())
	if n != 0 {
		var err error
		if window, err = d.shiftWindow(day, n); err != nil {
			return shift.Book{}, err
		}
	}
	book, err := d.ledger().Book(ctx, window)
	if err != nil {
		return shift.Book{}, err
	}
	members, err := d.Store.People(ctx)
	if err != nil {
		return shift.Book{}, err
	}
	book.Company = cmp.Or(d.Settings.Sender.Company, d.Settings.Sender.Name)
	book.Names, book.Products = map[string]string{}, map[string]string{}
	for _, m := range members {
		book.Names[m.ID] = m.Name
	}
	for _, c := range book.Changes { // an account of the computer has its name outside the journal
		if _, known := book.Names[c.By]; !known && c.By != "" {
			book.Names[c.By], _ = d.Store.Driver(ctx, c.By)
		}
	}
	for _, r := range book.Rows {
		if _, known := book.Products[r.SKU]; known || r.SKU == "" || r.Product != "" {
			continue
		}
		p, _, err := store.Known(d.Store.Product(ctx, r.SKU))
		if err != nil {
			return shift.Book{}, err
		}
		book.Products[r.SKU] = p.Name
	}
	return book, nil
}

func (d Desk) shiftWindow(day shift.Date, n int) (shift.Window, error) {
	plan, err := d.ShiftPlan()
	if err != nil {
		return shift.Window{}, err
	}
	return plan.Window(day, n, d.Location())
}

// WriteShift writes a shift book in one of its formats, with the fonts for one that
// is drawn.
func WriteShift(b shift.Book, format string, w io.Writer) error {
	drawn, err := Drawn()
	if err != nil {
		return err
	}
	return b.Export(w, format, drawn)
}

// Drawn are the fonts of what a manager reads as PDF.
func Drawn() (shift.PDFOptions, error) {
	regular, err := fonts.Bytes(fonts.Sans)
	if err != nil {
		return shift.PDFOptions{}, err
	}
	bold, err := fonts.Bytes(fonts.SansBold)
	return shift.PDFOptions{Regular: regular, Bold: bold}, err
}
