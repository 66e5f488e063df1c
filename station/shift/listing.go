package shift

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

// Listings are tables of others that are written as those of a book are. A cell is a text, an
// int or a float64: text stays text, so that no cell is a formula (F5).
type Listings struct {
	Title string
	Notes []string // lines below the title
	Made  time.Time
	Of    []Listing
}

// Listing is one table. Keys is how many columns hold words and stand first.
type Listing struct {
	Title   string
	Columns []string
	Keys    int
	Rows    [][]any
	Notes   []string // of each row: beside it in a workbook, below the table in a report
}

func (s Listing) table() table {
	t := table{record: "figure", title: s.Title, columns: s.Columns, keys: s.Keys}
	for _, row := range s.Rows {
		cells := make([]any, len(row))
		for i, c := range row {
			cells[i] = c
			if f, is := c.(float64); is {
				cells[i] = number(fmt.Sprintf("%.1f", f))
			}
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

// XLSX writes a workbook, a sheet for each table.
func (s Listings) XLSX(w io.Writer) (err error) {
	f := workbook{File: excelize.NewFile()}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	if err := f.styles(); err != nil {
		return fmt.Errorf("%s: styles: %w", s.Title, err)
	}
	for _, one := range s.Of {
		t := one.table()
		if len(one.Notes) > 0 {
			t.columns = append(slices.Clone(t.columns), "means")
			for i := range t.rows {
				t.rows[i] = append(t.rows[i], one.Notes[i])
			}
		}
		if err := f.table(t); err != nil {
			return fmt.Errorf("%s: %s: %w", s.Title, one.Title, err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("%s: write workbook: %w", s.Title, err)
	}
	return nil
}

// PDF writes the tables on A4, one below the other.
func (s Listings) PDF(w io.Writer, o PDFOptions) error {
	p, err := newPage(o)
	if err != nil {
		return fmt.Errorf("%s: %w", s.Title, err)
	}
	p.doc.SetTitle(s.Title, true)
	p.doc.SetCreationDate(s.Made.UTC())
	p.doc.SetModificationDate(s.Made.UTC())
	p.doc.SetFooterFunc(func() {
		p.doc.SetY(-margin)
		p.font(false, 8)
		p.doc.CellFormat(0, 5, p.say(fmt.Sprintf("%s, page %d", s.Title, p.doc.PageNo())), "", 0, "C", false, 0, "")
	})
	p.doc.AddPage()
	p.heading(18, s.Title)
	for _, n := range s.Notes {
		p.line(n)
	}
	for _, one := range s.Of {
		p.table(one.table())
		for i, n := range one.Notes {
			p.line(text(one.Rows[i][0]) + ": " + n)
		}
	}
	if p.lost > 0 {
		p.line(fmt.Sprintf("Letters that this font lacks stand as \"?\": %d.", p.lost))
	}
	if err := p.doc.Output(w); err != nil {
		return fmt.Errorf("%s: write PDF: %w", s.Title, err)
	}
	return nil
}
