package pages

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/shift"
)

// Shift is the manager's shift book of today.
type Shift struct {
	*shell.Shell
	book   *shift.Book // nil until it is read
	tables []screen.Table
}

func (p *Shift) Reading() shell.Reading {
	return func(ctx context.Context, _ say.Names) (func(), error) {
		book, err := desk.New(p.Folder).ShiftBook(ctx, shift.DateOf(p.Folder.Clock().In(p.Folder.Location())), 0)
		tables := shiftTables(book)
		return func() { p.book, p.tables = &book, tables }, err
	}
}

func shiftTables(book shift.Book) []screen.Table {
	var out []screen.Table
	for _, t := range book.Tables() {
		columns := slices.Clone(t.Columns)
		for i, c := range columns {
			columns[i] = strings.ReplaceAll(c, "_", " ")
		}
		out = append(out, screen.Table{Title: t.Title, Columns: columns, Right: t.Right, Rows: t.Rows})
	}
	return out
}

// Opened forgets the book of the last visit: nobody may export it for today's.
func (p *Shift) Opened() { p.book, p.tables = nil, nil }

func (p *Shift) View(frame screen.Frame) screen.View {
	in := screen.ShiftInputs{Frame: frame, Selected: p.Selected["table"], Exported: p.Notice, Tables: p.tables}
	in.Name = frame.Now.Format("2006-01-02")
	book := p.book
	if book == nil {
		in.Frame.Unread = true
		return screen.Shift(in)
	}
	for _, b := range book.Balances {
		in.Balances = append(in.Balances, screen.Balance{Of: b.Of, Left: tallies(b.Left), Right: tallies(b.Right), Gaps: b.Gaps})
	}
	for _, h := range book.Hours {
		in.Hours = append(in.Hours, screen.Hour{Start: h.Start.In(frame.Now.Location()), Units: h.Accepted, Parcels: h.Parcels, Refused: h.Refused})
	}
	for _, e := range book.Errors {
		in.Errors = append(in.Errors, screen.Tally{Name: string(e.Code), N: e.N})
	}
	return screen.Shift(in)
}

func tallies(amounts []shift.Amount) []screen.Tally {
	out := make([]screen.Tally, len(amounts))
	for i, a := range amounts {
		out[i] = screen.Tally{Name: strings.TrimPrefix(a.Name, "still open, "), N: a.N}
	}
	return out
}

// Export writes the shift book into the documents folder, whole or not at all.
func (p *Shift) Export(format string) {
	if p.book == nil || !shell.Allowed(p.Person(), screen.PageShift) {
		return
	}
	book := *p.book
	p.Ask(func(context.Context) func() {
		name := filepath.Join(p.Folder.DocumentsDir(), fmt.Sprintf("shift-%s.%s", p.Folder.Clock().In(p.Folder.Location()).Format("2006-01-02"), format))
		err := os.MkdirAll(filepath.Dir(name), 0o700)
		if err == nil {
			err = folder.WriteWhole(name, func(w io.Writer) error { return desk.WriteShift(book, format, w) })
		}
		said := "written to " + name
		if err != nil {
			said = shell.FirstLine(err)
		}
		return func() { p.Say(screen.PageShift, said) }
	})
}
