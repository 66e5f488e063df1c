package pages

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desk/assign"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/weights"
	"packbench/station/cases"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// casesAPage is how many cases the list holds at a time.
const casesAPage = 50

// Cases is the supervisor's desk.
type Cases struct {
	*shell.Shell
	filter, text string
	narrow       screen.Narrowed
	narrowing    bool // which benches and people are left is being chosen
	causing      bool // the list has a row for each cause
	read         caseList
	answered     string // the case that was answered last, until it is read as resolved
	linking      linking
	similar      similar
	more         more
}

// Selections of the page, in the shell.
const (
	selectedCase = "case"
	selectedPage = "case-page" // of the list, from 0
	unfolded     = "steps"     // the case whose routine steps are shown
)

// asked is what the page wants of the database.
type asked struct {
	filter, text string
	narrow       screen.Narrowed
	causing      bool
	page         int
	chosen       string // "": the first one
	me           string // who looks
}

// caseList is what the page shows of the database, all of one reading.
type caseList struct {
	asked  asked
	cases  []cases.Case  // this page of them
	causes []cases.Cause // or this page of their causes
	all    int           // how many causes there are on all pages
	counts map[string]int
	alike  map[string]int // by likeness, how many open ones share it
	// Benches and people with open cases, the most first.
	stations, people []cases.Counted
	able             assign.People // who can see to a case
	// Open cases that were given to somebody, to who looks, and to nobody.
	given, mine, nobodys int
	shown                *screen.CaseStory
	shops                bool      // a shop is told what has left
	stuck                int       // how much of that it does not take
	names                say.Names // of the products in it too; nil: nothing is read
}

// Opened begins at the newest open case.
func (p *Cases) Opened() {
	p.read, p.answered, p.linking, p.similar, p.more = caseList{}, "", linking{}, similar{}, more{}
	p.Choose(p.filter, "")
}

// Find searches what the filter chooses for a text.
func (p *Cases) Find(text string) { p.Choose(p.filter, text) }

// Choose takes another filter or another text to search for.
func (p *Cases) Choose(filter, text string) {
	p.filter, p.text = filter, text
	p.fromTheTop()
}

func (p *Cases) fromTheTop() {
	delete(p.Selected, selectedCase)
	delete(p.Selected, selectedPage)
	p.Said, p.Stale = screen.Said{}, true
}

// Narrow leaves what is not of a bench, a person or an age out, or shows causes
// instead of cases; "" takes it back.
func (p *Cases) Narrow(what, value string) {
	switch what {
	case screen.NarrowPanel:
		p.narrowing = !p.narrowing && p.narrow == screen.Narrowed{}
		p.narrow = screen.Narrowed{}
	case screen.NarrowStation:
		p.narrow.Station = value
	case screen.NarrowPerson:
		p.narrow.Person = value
	case screen.NarrowMine:
		p.narrow.Assigned, p.narrow.Nobodys = value, false
	case screen.NarrowNobodys:
		p.narrow.Assigned, p.narrow.Nobodys = "", value != ""
	case screen.NarrowAge:
		p.narrow.Hours, _ = strconv.Atoi(value)
	case screen.NarrowCauses:
		p.causing = !p.causing
	}
	p.fromTheTop()
}

func (p *Cases) wants() asked {
	page, _ := strconv.Atoi(p.Selected[selectedPage])
	return asked{p.filter, p.text, p.narrow, p.causing, page, p.Selected[selectedCase], p.Person().ID}
}

// Reading reads the page. What was read for another question than the one of now is
// not shown: a list and the case beside it belong together.
func (p *Cases) Reading() shell.Reading {
	want := p.wants()
	return func(ctx context.Context, names say.Names) (func(), error) {
		list, err := readCases(ctx, desk.New(p.Folder), names, want)
		return func() { p.show(list) }, err
	}
}

func (p *Cases) show(list caseList) {
	if list.asked != p.wants() {
		p.Stale = true
		return
	}
	p.read = list
	if list.shown == nil {
		return
	}
	// It stays in front of the person when a newer one comes, or when it is resolved.
	p.Selected[selectedCase], p.read.asked.chosen = list.shown.Case.ID, list.shown.Case.ID
	if p.answered == list.shown.Case.ID && list.shown.Case.State == cases.Resolved {
		p.answered = ""
	}
	if p.similar.of != list.shown.Case.ID {
		p.similar = similar{} // it was left
	}
	if p.more.of != list.shown.Case.ID {
		p.more = more{}
	}
}

func readCases(ctx context.Context, d desk.Desk, names say.Names, want asked) (out caseList, err error) {
	out = caseList{asked: want, names: maps.Clone(names)}
	if err := out.count(ctx, d); err != nil {
		return out, err
	}
	if err := out.lookShops(ctx, d); err != nil {
		return out, err
	}
	first := want.chosen
	if !want.causing {
		if out.cases, err = d.Cases(ctx, out.filter(d.Clock())); err != nil {
			return out, err
		}
	} else if first == "" && len(out.causes) > 0 {
		first = out.causes[0].Newest
	}
	chosen, err := chosenCase(ctx, d, out.cases, first)
	if err != nil || chosen == nil {
		return out, err
	}
	for _, c := range append(slices.Clone(out.cases), *chosen) {
		for _, sku := range append([]string{c.SKU}, c.Expected...) {
			if err := out.nameProduct(ctx, d.Store, sku); err != nil {
				return out, err
			}
		}
	}
	out.shown = &screen.CaseStory{Case: *chosen}
	if out.shown.Remedies, err = out.readRemedies(ctx, d, *chosen); err != nil {
		return out, err
	}
	if out.shown.Notes, err = d.Store.Notes(ctx, chosen.ID); err != nil {
		return out, err
	}
	if out.shown.Weighed, err = weights.Last(ctx, d.Folder, *chosen, screen.CurveParcels); err != nil {
		return out, err
	}
	out.shown.Steps, err = readTimeline(ctx, d, *chosen)
	return out, err
}

// count reads how many cases there are of what, and of open ones the causes.
func (l *caseList) count(ctx context.Context, d desk.Desk) error {
	if err := l.whose(ctx, d); err != nil {
		return err
	}
	f := l.filter(d.Clock())
	f.State, f.Kind = "", ""
	counts, err := d.Store.CountCases(ctx, f)
	if err != nil {
		return err
	}
	l.counts = chosenBy(counts)
	open, err := d.Sums(ctx, store.CaseFilter{})
	if err != nil {
		return err
	}
	causes := cases.Causes(open)
	l.alike = desk.Alike(causes)
	l.nobodys = -l.given
	for _, sum := range open {
		l.nobodys += sum.N
	}
	if l.stations, l.people = cases.Who(open); !l.asked.causing {
		return nil
	}
	if l.asked.filter != screen.AllCases {
		f.Kind = l.asked.filter
	}
	if f.Kind != "" || f.Text != "" || l.asked.narrow != (screen.Narrowed{}) { // else they are those of all
		if open, err = d.Sums(ctx, f); err != nil {
			return err
		}
		causes = cases.Causes(open)
	}
	l.all = len(causes)
	begin := min(l.asked.page*casesAPage, l.all)
	l.causes = causes[begin:min(begin+casesAPage, l.all)]
	for _, c := range l.causes {
		for _, sku := range c.SKUs {
			if err := l.nameProduct(ctx, d.Store, sku); err != nil {
				return err
			}
		}
	}
	return nil
}

// whose reads who can see to a case, and how many they have.
func (l *caseList) whose(ctx context.Context, d desk.Desk) (err error) {
	if l.able, err = assign.Able(ctx, d.Folder); err != nil {
		return err
	}
	have, err := d.Store.CountAssigned(ctx)
	for _, who := range l.able {
		l.given += have[who.ID]
	}
	l.mine = have[l.asked.me]
	return err
}

// lookShops reads whether shops are told what has left, and what they do not take.
func (l *caseList) lookShops(ctx context.Context, d desk.Desk) error {
	all, err := d.Store.Shops(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	l.shops = true
	refused, unknown, err := d.Store.StuckEntries(ctx, d.Clock().Add(-5*time.Minute))
	l.stuck = refused + unknown
	return err
}

// chosenBy adds up how many cases each filter chooses.
func chosenBy(counts []store.CaseCount) map[string]int {
	out := map[string]int{}
	for _, c := range counts {
		out[screen.AllCases] += c.N
		if c.State == store.CaseOpen {
			out[""] += c.N
			out[c.Kind] += c.N
		}
	}
	return out
}

// filter chooses one page of the list.
func (l *caseList) filter(now time.Time) store.CaseFilter {
	want := l.asked
	f := store.CaseFilter{
		State: store.CaseOpen, Text: want.text, Station: want.narrow.Station, Person: want.narrow.Person, Assigned: want.narrow.Assigned,
		Skip: want.page * casesAPage, Limit: casesAPage,
	}
	if want.narrow.Nobodys {
		f = l.able.Others(f)
	}
	if want.narrow.Hours > 0 {
		f.To = now.Add(-time.Duration(want.narrow.Hours) * time.Hour)
	}
	switch want.filter {
	case "":
	case screen.AllCases:
		f.State = ""
	default:
		f.Kind = want.filter
	}
	return f
}

// chosenCase is the case that is asked for, wherever it stands in the list, or else
// the first; nil where there is none.
func chosenCase(ctx context.Context, d desk.Desk, list []cases.Case, id string) (*cases.Case, error) {
	if i := slices.IndexFunc(list, func(c cases.Case) bool { return c.ID == id }); i >= 0 {
		return &list[i], nil
	}
	if id != "" {
		c, err := d.Case(ctx, id)
		return &c, err
	}
	if len(list) == 0 {
		return nil, nil
	}
	return &list[0], nil
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

func (p *Cases) View(frame screen.Frame) screen.View {
	r := p.read
	if frame.Unread = r.names == nil; !frame.Unread {
		frame.Names = r.names
	}
	return screen.Cases(screen.CasesInputs{
		Frame: frame, Cases: r.cases, Causes: r.causes, Causing: r.asked.causing, Narrow: r.asked.narrow, Narrowing: p.narrowing,
		Stations: r.stations, People: r.people, AllCauses: r.all, Counts: r.counts, First: r.asked.page * casesAPage, APage: casesAPage, Alike: r.alike,
		Filter: r.asked.filter, Text: r.asked.text, Shown: p.shown(), Answered: p.answered, Saved: p.Said,
		Link: p.linking.offer(), Similar: p.similar.offer(), More: p.more.offer(), Unfolded: p.Selected[unfolded], Shops: r.shops, Stuck: r.stuck,
		Given: r.given, Mine: r.mine, Nobodys: r.nobodys,
	})
}

// shown is the case on the right: the one that was touched, at once, and its story
// as soon as that is read.
func (p *Cases) shown() *screen.CaseStory {
	touched := p.Selected[selectedCase]
	if s := p.read.shown; s != nil && (touched == "" || s.Case.ID == touched) {
		return s
	}
	for _, c := range p.read.cases {
		if c.ID == touched {
			return &screen.CaseStory{Case: c, Unread: true}
		}
	}
	return p.read.shown
}
