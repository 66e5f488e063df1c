package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/shift"
	"packbench/station/store"
)

// casesShown bounds the list of the desk; resolved cases of long ago are found
// by packctl.
const casesShown = 200

// pages is what the supervisor's and the manager's pages show.
type pages struct {
	cases    []cases.Case
	alike    map[string]int // by group, how many share it
	timeline []screen.Moment
	book     *shift.Book
	tables   []screen.Table
	dock     dockPage
}

// lookPage reads what the open page shows, and nothing for the other pages.
func (f *front) lookPage(ctx context.Context) error {
	switch f.page {
	case screen.PageCases:
		return f.lookCases(ctx)
	case screen.PageShift:
		return f.lookShift(ctx)
	case screen.PageDock:
		return f.lookDockPage(ctx)
	}
	return nil
}

func (f *front) lookCases(ctx context.Context) error {
	list, err := desk.New(f.data).Cases(ctx, store.CaseFilter{Limit: casesShown})
	if err != nil {
		return err
	}
	p := &f.looked.pages
	p.cases, p.alike, p.timeline = list, map[string]int{}, nil
	for _, g := range cases.Groups(list) {
		p.alike[g.Words] = g.N
	}
	for _, c := range list {
		for _, sku := range append([]string{c.SKU}, c.Expected...) {
			if err := f.nameProduct(ctx, sku); err != nil {
				return err
			}
		}
	}
	return f.lookTimeline(ctx, list)
}

// nameProduct learns the name of a product for the words of this page.
func (f *front) nameProduct(ctx context.Context, sku string) error {
	if sku == "" || f.looked.names[sku] != "" {
		return nil
	}
	p, err := f.data.Store.Product(ctx, sku)
	if errors.Is(err, store.ErrUnknown) {
		return nil
	}
	f.looked.names[sku] = p.Name
	return err
}

// lookTimeline reads the story of the case that is chosen.
func (f *front) lookTimeline(ctx context.Context, list []cases.Case) error {
	i := slices.IndexFunc(list, func(c cases.Case) bool { return c.ID == f.selected["case"] })
	if i < 0 && len(list) > 0 {
		i = 0
	}
	if i < 0 || list[i].Order == "" {
		return nil
	}
	rows, err := f.data.Store.Story(ctx, list[i].Order)
	if err != nil {
		return err
	}
	var failed error
	entries := journal.Entries(func(yield func(journal.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}, folder.Codec(), &failed)
	for _, step := range cases.Timeline(entries, list[i]) {
		if m, ok := f.moment(step, list[i].ID); ok {
			f.looked.pages.timeline = append(f.looked.pages.timeline, m)
		}
	}
	return failed
}

// moment puts a step of a timeline into words; what the bench says with the
// case itself is told once.
func (f *front) moment(step cases.Step, id string) (screen.Moment, bool) {
	m := screen.Moment{At: step.At, Who: step.Who, Kind: pack.Info}
	switch step.Kind {
	case "verdict":
		m.Kind, m.Text = step.Verdict.Kind, say.Message(step.Verdict, f.looked.names)
		m.This = step.Verdict.Case == id
	case "case":
		return m, false
	case "resolved":
		words, _ := cases.ReasonWords(step.Reason)
		m.Kind, m.Text = pack.Accepted, "resolved: "+words
	default:
		m.Text = step.Kind
	}
	return m, true
}

// casesView is the supervisor's desk.
func (f *front) casesView(frame screen.Frame) screen.View {
	p := f.looked.pages
	in := screen.CasesInputs{
		Frame: frame, Cases: p.cases, Alike: p.alike, Filter: f.filter, Selected: f.selected["case"], Timeline: p.timeline, Saved: f.notice,
	}
	kind := f.chosenKind()
	for _, r := range cases.Reasons() {
		if usual, ok := usualReasons[kind]; !ok || slices.Contains(usual, r.Code) {
			in.Reasons = append(in.Reasons, screen.Reason{Code: r.Code, Words: r.Words})
		}
	}
	return screen.Cases(in)
}

// usualReasons are the reasons that answer a kind of case; a screen with all
// of them would hide the timeline.
var usualReasons = map[string][]string{
	"scan":     {"barcode-wrong", "pick-error", "packer-error", "customer-request", "test", "other"},
	"weight":   {"mass-wrong", "filling", "carton-other", "scale-drift", "packer-error", "other"},
	"override": {"mass-wrong", "filling", "carton-other", "scale-drift", "packer-error", "other"},
	"label":    {"label-unreadable", "printer", "packer-error", "test", "other"},
	"short":    {"stock-missing", "pick-error", "damaged", "customer-request", "other"},
	"swap":     {"damaged", "pick-error", "customer-request", "other"},
}

// chosenKind is the kind of the case whose detail is shown.
func (f *front) chosenKind() string {
	for _, c := range f.looked.pages.cases {
		if c.ID == f.selected["case"] {
			return c.Kind
		}
	}
	if len(f.looked.pages.cases) > 0 {
		return f.looked.pages.cases[0].Kind
	}
	return ""
}

// resolve answers a case in the name of the person at the bench.
func (f *front) resolve(id, reason string) {
	ctx := context.Background()
	who, err := f.data.Store.Person(ctx, f.bench.Engine.State().Person.ID)
	if err == nil {
		asker := cases.Asker{Person: who, WorksAlone: f.data.Settings.Rules.WorksAlone}
		_, err = desk.New(f.data).Resolve(ctx, asker, id, reason)
	}
	f.notice = "resolved"
	if err != nil {
		f.notice = firstLine(err)
	}
	f.looked.stale = true
}

// lookShift makes the shift book of today.
func (f *front) lookShift(ctx context.Context) error {
	book, err := desk.New(f.data).ShiftBook(ctx, shift.DateOf(f.data.Clock().In(f.data.Location())), 0)
	if err != nil {
		return err
	}
	p := &f.looked.pages
	p.book, p.tables = &book, nil
	for _, t := range book.Tables() {
		columns := slices.Clone(t.Columns)
		for i, c := range columns {
			columns[i] = strings.ReplaceAll(c, "_", " ")
		}
		p.tables = append(p.tables, screen.Table{Title: t.Title, Columns: columns, Right: t.Right, Rows: t.Rows})
	}
	return nil
}

// shiftView is the manager's shift book.
func (f *front) shiftView(frame screen.Frame) screen.View {
	in := screen.ShiftInputs{Frame: frame, Selected: f.selected["table"], Exported: f.notice, Tables: f.looked.pages.tables}
	in.Name = frame.Now.Format("2006-01-02")
	book := f.looked.pages.book
	if book == nil {
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
		out[i] = screen.Tally{Name: strings.TrimPrefix(a.Name, "carried out, "), N: a.N}
	}
	return out
}

// export writes the shift book into the documents folder, whole or not at all.
func (f *front) export(format string) {
	book := f.looked.pages.book
	if book == nil || !allowed(f.bench.Engine.State().Person, screen.PageShift) {
		return
	}
	name := filepath.Join(f.data.DocumentsDir(), fmt.Sprintf("shift-%s.%s", f.data.Clock().In(f.data.Location()).Format("2006-01-02"), format))
	err := os.MkdirAll(filepath.Dir(name), 0o700)
	if err == nil {
		err = folder.WriteWhole(name, func(w io.Writer) error { return desk.WriteShift(*book, format, w) })
	}
	if err != nil {
		f.notice = firstLine(err)
		return
	}
	f.notice = "written to " + name
}
