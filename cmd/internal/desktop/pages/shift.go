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
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/shift"
)

// Shift is the manager's shift book of a day.
type Shift struct {
	*shell.Shell
	book   *shift.Book // nil until it is read
	day    shift.Date  // that it is of
	tables []screen.Table
	folder string // where the last export went
}

// Selections of the page, in the shell.
const (
	selectedDay      = "shift-day" // "": today
	selectedBalances = "balances"
)

// today is the day on the clock of the shop.
func (p *Shift) today() shift.Date {
	return shift.DateOf(p.Folder.Clock().In(p.Folder.Location()))
}

// wants is the day whose book is to be shown.
func (p *Shift) wants() shift.Date {
	day, err := shift.ParseDate(p.Selected[selectedDay])
	if err != nil {
		return p.today()
	}
	return day
}

func (p *Shift) Reading() shell.Reading {
	day, l := p.wants(), p.Language()
	return func(ctx context.Context, _ say.Names) (func(), error) {
		book, err := desk.New(p.Folder).ShiftBook(ctx, day, 0)
		tables := shiftTables(l, book)
		return func() {
			if day != p.wants() { // another day was chosen meanwhile
				p.Stale = true
				return
			}
			p.book, p.day, p.tables = &book, day, tables
		}, err
	}
}

// Day takes the day that somebody typed.
func (p *Shift) Day(text string) {
	day, err := shift.ParseDate(text)
	if err != nil || p.today().Before(day) {
		e := screen.EntryFor(screen.Intent{Name: screen.EntryDay, Value: text})
		e.Bad, e.Hint = true, p.Language().Say("A day up to today, such as {day}", "day", p.today().String())
		p.Entry = &e
		return
	}
	p.Selected[selectedDay], p.Stale = day.String(), true
}

// shiftTables are the tables of a book in a language, under the titles that choose them.
func shiftTables(l say.Language, book shift.Book) []screen.Table {
	var out []screen.Table
	for _, t := range book.Tables() {
		if i := slices.Index(t.Columns, "Code"); i >= 0 { // the files keep the codes, people read words
			t.Columns[i] = "What happened"
			for _, row := range t.Rows {
				code := pack.Code(strings.ReplaceAll(strings.ToLower(row[i]), " ", "-"))
				row[i] = l.Code(code)
				if l.English() { // a book tells the code, and not what is said beside it
					row[i] = say.Sentence(say.Words(string(code)))
				}
			}
		}
		for i, c := range t.Columns {
			t.Columns[i] = l.Phrase(c)
		}
		out = append(out, screen.Table{Title: t.Title, Columns: t.Columns, Right: t.Right, Rows: t.Rows})
	}
	// What proves that nothing was changed afterwards is the last thing to look for.
	if i := slices.IndexFunc(out, func(t screen.Table) bool { return t.Title == shift.HeadsTitle }); i >= 0 {
		proof := out[i]
		proof.Title = "Proof"
		out = append(slices.Delete(out, i, i+1), proof)
	}
	return out
}

// Opened forgets the book of the last visit: nobody may export it for today's.
func (p *Shift) Opened() {
	p.book, p.tables, p.folder = nil, nil, ""
	delete(p.Selected, selectedDay)
}

func (p *Shift) View(frame screen.Frame) screen.View {
	in := screen.ShiftInputs{Frame: frame, Selected: p.Selected["table"], Exported: p.Said, Tables: p.tables}
	day := p.wants()
	in.Name, in.Folder, in.Balanced = day.String(), p.folder, p.Selected[selectedBalances] != ""
	in.Before = day.Add(-1).String()
	if day.Before(p.today()) {
		in.After = day.Add(1).String()
	}
	book := p.book
	if book == nil || p.day != day {
		in.Tables = nil
		in.Frame.Unread = true
		return screen.Shift(in)
	}
	for _, b := range book.Balances {
		in.Balances = append(in.Balances, screen.Balance{Of: b.Of, Left: tallies(b.Left), Right: tallies(b.Right), Gaps: b.Gaps})
	}
	for _, h := range book.Busy() {
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

// Export writes the shift book that is shown into the documents folder, whole or not
// at all.
func (p *Shift) Export(format string) {
	if p.book == nil || p.day != p.wants() || !p.Allowed(screen.PageShift) {
		return
	}
	book := *p.book
	name := fmt.Sprintf("shift-%s.%s", book.Window.Name, format)
	export(p.Shell, screen.About("day", p.day.String()), name, func(w io.Writer) error { return desk.WriteShift(book, format, w) }, func(folder string) { p.folder = folder })
}

// export writes something into the documents folder, and says where that went.
func export(s *shell.Shell, of screen.Subject, file string, write func(io.Writer) error, went func(folder string)) {
	l := s.Language()
	s.Ask(func(context.Context) func() {
		name, err := filepath.Abs(filepath.Join(s.Folder.DocumentsDir(), file))
		if err == nil {
			err = os.MkdirAll(filepath.Dir(name), 0o700)
		}
		if err == nil {
			err = folder.WriteWhole(name, write)
		}
		said, where := l.Say("Written to {file}", "file", name), filepath.Dir(name)
		if err != nil {
			said, where = shell.FirstLine(err), ""
		}
		return func() {
			went(where)
			s.Say(of, said)
		}
	})
}

// OpenFolder shows the folder of the last export in the computer's own window.
func (p *Shift) OpenFolder() {
	where, of := p.folder, p.Said.Of
	if where == "" {
		return
	}
	p.Show(where, func(words string) { p.Say(of, words) })
}
