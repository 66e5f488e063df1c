// Package owedfront is the window's page of the money that buyers are owed for what came back,
// and of the returns that are not done.
//
// A [Page] belongs to the goroutine of the front's Run; what it asks of the desk of returns, it
// asks in the background. It must not settle anything itself, or speak to a shop.
package owedfront

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/returndesk"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/returns"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/shift"
	"packbench/station/store"
)

// aPage is how many returns the list shows at a time.
const aPage = 20

// Selections of the page, in the shell.
const (
	selectedReturn = "owed"
	selectedPage   = "owed-page" // from 0
)

// Page is that of the money owed.
type Page struct {
	*shell.Shell
	read rows
	asks string // what it is asked about a return
	of   string // that return
	busy bool
	// being is what is being announced, nil for nothing.
	being *screen.Announcing
}

// New returns the page; it reads nothing yet.
func New(s *shell.Shell) *Page { return &Page{Shell: s} }

// wish is what the page wants of the database.
type wish struct {
	page   int
	chosen string
}

// rows is what the page shows, all of one reading.
type rows struct {
	list         []screen.OwedReturn
	shown        *screen.OwedReturn
	page         int
	all, overdue int
	balance      []screen.Tally
	cameIn       int
	known        bool
}

// Opened begins with the earliest due day.
func (p *Page) Opened() {
	p.read, p.asks, p.being = rows{}, "", nil
	delete(p.Selected, selectedReturn)
	delete(p.Selected, selectedPage)
}

func (p *Page) wants() wish {
	page, _ := strconv.Atoi(p.Selected[selectedPage])
	return wish{max(page, 0), p.Selected[selectedReturn]}
}

// Reading reads one page of the list, the return beside it, and the balance of today.
func (p *Page) Reading() shell.Reading {
	want, f := p.wants(), p.Folder
	return func(ctx context.Context, names say.Names) (func(), error) {
		got, err := readRows(ctx, f, want, names)
		return func() {
			if want != p.wants() {
				p.Stale = true
				return
			}
			p.read = got
			p.Selected[selectedPage] = strconv.Itoa(got.page)
			delete(p.Selected, selectedReturn)
			if got.shown != nil { // it stays in front of the person
				p.Selected[selectedReturn] = got.shown.ID
			}
		}, err
	}
}

func readRows(ctx context.Context, f *folder.Folder, want wish, names say.Names) (rows, error) {
	d := returndesk.New(f)
	all, err := d.List(ctx, store.ReturnFilter{Owed: true})
	if err != nil {
		return rows{}, err
	}
	open, err := d.Store.Returns(ctx, store.ReturnFilter{Open: true})
	if err != nil {
		return rows{}, err
	}
	all = append(all, slices.DeleteFunc(open, func(r store.Return) bool { return r.Money != "" })...)
	out := rows{page: want.page, all: len(all), known: true}
	if want.page*aPage >= len(all) { // the last ones were settled meanwhile
		out.page = max(len(all)-1, 0) / aPage
	}
	first, zone := out.page*aPage, f.Location()
	today := f.Clock().In(zone).Format(time.DateOnly)
	for i, r := range all {
		late := r.Money != "" && r.Due.In(zone).Format(time.DateOnly) < today
		if late {
			out.overdue++
		}
		here := i >= first && i < first+aPage
		if !here && r.ID != want.chosen {
			continue
		}
		shown := screen.OwedReturn{
			ID: r.ID, Order: cmp.Or(r.Number, r.Order), Parcel: r.Parcel, Place: r.Place, State: r.State, Station: r.Station, Began: r.Began, Closed: r.Closed,
			Money: r.Money, Owed: r.Owed, Due: r.Due, Overdue: late, Way: r.Way,
		}
		if r.Money == store.MoneyTold {
			e, _, err := store.Known(d.Store.EntryByKey(ctx, store.MoneyKey(r.ID)))
			if err != nil {
				return out, err
			}
			shown.Told = string(e.State)
		}
		if here {
			out.list = append(out.list, shown)
		}
		if r.ID == want.chosen {
			out.shown = &shown
		}
	}
	if out.shown == nil && len(out.list) > 0 { // none was chosen, or it is settled
		shown := out.list[0]
		out.shown = &shown
	}
	if out.shown != nil {
		if err := units(ctx, d, out.shown, names); err != nil {
			return out, err
		}
	}
	return out, out.balanced(ctx, f)
}

// units are those of a return, with what the catalogue calls them, and the parcels that a
// blind one may be of.
func units(ctx context.Context, d returndesk.Desk, of *screen.OwedReturn, names say.Names) error {
	all, err := d.Store.ReturnUnits(ctx, of.ID)
	for _, u := range all {
		p, _, failed := store.Known(d.Store.Product(ctx, u.SKU))
		if failed != nil {
			return failed
		}
		of.Units = append(of.Units, screen.OwedUnit{
			Qty: u.Qty, Name: cmp.Or(p.Name, names.Of(u.SKU)), Marks: cmp.Or(u.Marks.Serial, u.Marks.Lot), Odd: pack.Code(u.Odd), Grading: u.Grading,
		})
	}
	if err == nil {
		of.Photos, err = d.Store.ReturnPhotos(ctx, of.ID)
	}
	if err != nil || !of.Blind() {
		return err
	}
	likely, err := d.Likely(ctx, of.ID)
	for _, s := range likely {
		of.Likely = append(of.Likely, station.ParcelName(s.Parcel, s.Order, s.Number))
	}
	return err
}

// balanced adds the balance of today, as the shift book has it.
func (r *rows) balanced(ctx context.Context, f *folder.Folder) error {
	book, err := desk.New(f).ShiftBook(ctx, shift.DateOf(f.Clock().In(f.Location())), 0)
	for _, b := range book.Balances {
		if b.Of != shift.OfMoney {
			continue
		}
		r.cameIn = len(b.Left)
		for _, a := range slices.Concat(b.Left, b.Right) {
			r.balance = append(r.balance, screen.Tally{Name: a.Name, N: a.N})
		}
	}
	return err
}

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	r := p.read
	frame.Unread = !r.known
	return screen.Owed(screen.OwedInputs{
		Frame: frame, Returns: r.list, All: r.all, First: r.page * aPage, APage: aPage, Shown: p.shown(), Asks: p.asked(), Balance: r.balance, CameIn: r.cameIn, Busy: p.busy, Overdue: r.overdue, Said: p.Said, Announcing: p.being,
	})
}

// shown is the return on the right: the one that was touched, at once.
func (p *Page) shown() *screen.OwedReturn {
	touched := p.wants().chosen
	if s := p.read.shown; s != nil && s.ID == touched {
		return s
	}
	for i := range p.read.list {
		if p.read.list[i].ID == touched {
			return &p.read.list[i]
		}
	}
	return p.read.shown
}

// Act carries out what a person touched on the page. What was meant for another return than the
// one that is shown does nothing, and what cannot be undone is asked twice.
func (p *Page) Act(in screen.Intent) {
	if in.Kind == screen.IntentOwed && in.Name == screen.Announce && p.Page == screen.PageOwed && p.May(people.Owed) && !p.busy && p.being != nil {
		p.announce(in.Value)
		return
	}
	s := p.shown()
	if in.Kind != screen.IntentOwed || p.Page != screen.PageOwed || !p.May(people.Owed) || s == nil || s.ID != in.Name || p.busy {
		return
	}
	asked := p.asked()
	switch {
	case in.Value == screen.OwedBack:
		p.asks = ""
	case in.Value == screen.OwedPhoto:
		p.Window.Choose(func(path string) { p.Do(func() { p.photograph(s.ID, path) }) })
	case in.Value == screen.OwedSure && asked == screen.OwedPaid:
		p.settle(s.ID, true, "")
	case in.Value == screen.OwedSure && strings.HasPrefix(asked, screen.OwedMatch):
		p.match(s.ID, asked[len(screen.OwedMatch):])
	case in.Value == screen.OwedSure && asked != "" && asked != screen.OwedRefuse:
		p.tell(s.ID, returns.Way(asked))
	case asked == screen.OwedRefuse && slices.Contains(returns.Refusals(), in.Value):
		p.settle(s.ID, false, in.Value)
	case in.Value == screen.OwedPaid, in.Value == screen.OwedRefuse, s.Blind() && strings.HasPrefix(in.Value, screen.OwedMatch), slices.Contains(returns.Ways(), returns.Way(in.Value)):
		p.asks, p.of = in.Value, s.ID
	}
}

// asked is what it is asked about the return that is shown.
func (p *Page) asked() string {
	if s := p.shown(); s == nil || s.ID != p.of {
		return ""
	}
	return p.asks
}

func (p *Page) settle(id string, paid bool, why string) {
	p.do(id, func(ctx context.Context, d returndesk.Desk, who cases.Asker) error {
		_, err := d.Settle(ctx, who.Person, id, paid, why)
		return err
	})
}

func (p *Page) tell(id string, way returns.Way) {
	p.do(id, func(ctx context.Context, d returndesk.Desk, who cases.Asker) error {
		_, err := d.Tell(ctx, who.Person, id, way)
		return err
	})
}

// do does something with a return in the background; what goes wrong is said on it.
func (p *Page) do(id string, act func(context.Context, returndesk.Desk, cases.Asker) error) {
	p.busy, p.asks = true, ""
	d := returndesk.New(p.Folder)
	p.AtDesk(func(ctx context.Context, _ desk.Desk, who cases.Asker) error { return act(ctx, d, who) }, func(err error) {
		p.busy = false
		if err != nil {
			p.Say(screen.About("owed", id), say.Sentence(shell.FirstLine(err)))
		}
	})
}
