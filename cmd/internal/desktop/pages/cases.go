package pages

import (
	"context"
	"errors"
	"maps"
	"slices"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// casesShown bounds the list of the desk; resolved cases of long ago are found
// by packctl.
const casesShown = 200

// Cases is the supervisor's desk.
type Cases struct {
	*shell.Shell
	Filter string
	read   caseList
}

// caseList is what the page shows of the database.
type caseList struct {
	cases    []cases.Case
	alike    map[string]int // by group, how many share it
	timeline []screen.Moment
	of       string    // the case that was chosen when it was read
	names    say.Names // of the products in it too
}

func (p *Cases) Reading() shell.Reading {
	chosen := p.Selected["case"]
	return func(ctx context.Context, names say.Names) (func(), error) {
		list, err := readCases(ctx, desk.New(p.Folder), names, chosen)
		return func() { p.read = list }, err
	}
}

func readCases(ctx context.Context, d desk.Desk, names say.Names, chosen string) (caseList, error) {
	list, err := d.Cases(ctx, store.CaseFilter{Limit: casesShown})
	if err != nil {
		return caseList{}, err
	}
	out := caseList{cases: list, alike: map[string]int{}, names: maps.Clone(names), of: chosen}
	for _, g := range cases.Groups(list) {
		out.alike[g.Words] = g.N
	}
	for _, c := range list {
		for _, sku := range append([]string{c.SKU}, c.Expected...) {
			if err := out.nameProduct(ctx, d.Store, sku); err != nil {
				return out, err
			}
		}
	}
	out.timeline, err = out.readTimeline(ctx, d.Store, chosen)
	return out, err
}

// nameProduct learns the name of a product for the words of this page.
func (l *caseList) nameProduct(ctx context.Context, from *store.Store, sku string) error {
	if sku == "" || l.names[sku] != "" {
		return nil
	}
	p, err := from.Product(ctx, sku)
	if errors.Is(err, store.ErrUnknown) {
		return nil
	}
	l.names[sku] = p.Name
	return err
}

// readTimeline reads the story of the case that is chosen.
func (l *caseList) readTimeline(ctx context.Context, from *store.Store, chosen string) ([]screen.Moment, error) {
	c, ok := l.chosen(chosen)
	if !ok || c.Order == "" {
		return nil, nil
	}
	rows, err := from.Story(ctx, c.Order)
	if err != nil {
		return nil, err
	}
	var failed error
	entries := journal.Entries(func(yield func(journal.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}, folder.Codec(), &failed)
	var out []screen.Moment
	for _, step := range cases.Timeline(entries, c) {
		if m, ok := moment(step, c.ID, l.names); ok {
			out = append(out, m)
		}
	}
	return out, failed
}

// chosen is the case whose detail is shown: that one, or else the first.
func (l *caseList) chosen(id string) (cases.Case, bool) {
	i := slices.IndexFunc(l.cases, func(c cases.Case) bool { return c.ID == id })
	if i < 0 && len(l.cases) > 0 {
		i = 0
	}
	if i < 0 {
		return cases.Case{}, false
	}
	return l.cases[i], true
}

// moment puts a step of a timeline into words; what the bench says with the
// case itself is told once.
func moment(step cases.Step, id string, names say.Names) (screen.Moment, bool) {
	m := screen.Moment{At: step.At, Who: step.Who, Kind: pack.Info}
	switch step.Kind {
	case "verdict":
		m.Kind, m.Text = step.Verdict.Kind, say.Message(step.Verdict, names)
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

func (p *Cases) View(frame screen.Frame) screen.View {
	if frame.Unread = p.read.names == nil; !frame.Unread {
		frame.Names = p.read.names
	}
	in := screen.CasesInputs{
		Frame: frame, Cases: p.read.cases, Alike: p.read.alike, Filter: p.Filter, Selected: p.Selected["case"], Saved: p.Notice,
	}
	if p.read.of == p.Selected["case"] { // else it is another case's
		in.Timeline = p.read.timeline
	}
	shown, _ := p.read.chosen(p.Selected["case"])
	for _, r := range cases.Reasons() {
		if usual, ok := usualReasons[shown.Kind]; !ok || slices.Contains(usual, r.Code) {
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

// Resolve answers a case in the name of the person at the bench.
func (p *Cases) Resolve(id, reason string) {
	who := p.Person().ID
	p.Ask(func(ctx context.Context) func() {
		said := "resolved"
		if err := resolveCase(ctx, desk.New(p.Folder), who, id, reason); err != nil {
			said = shell.FirstLine(err)
		}
		return func() {
			p.Say(screen.PageCases, said)
			p.Stale = true
		}
	})
}

func resolveCase(ctx context.Context, d desk.Desk, who, id, reason string) error {
	person, err := d.Store.Person(ctx, who)
	if err != nil {
		return err
	}
	_, err = d.Resolve(ctx, cases.Asker{Person: person, WorksAlone: d.Settings.Rules.WorksAlone}, id, reason)
	return err
}
