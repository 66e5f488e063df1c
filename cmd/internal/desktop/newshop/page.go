// Package newshop is the set-up page of a shop: the sender, people and their badges,
// the files that a shop begins with, and how far all of that has come.
//
// A [Page] belongs to the goroutine of the front's Run. It must not read files or the
// database there, and takes files in the way packctl import does. While a shop has
// nobody, whoever stands at the window may set it up; then it needs who may change the
// settings.
package newshop

import (
	"context"
	"strings"
	"time"

	"packbench/cmd/internal/desktop/setup"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/country"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// Page is the set-up of a shop.
type Page struct {
	*shell.Shell
	// AskColumns has a person say what the columns of a file of orders hold, and calls
	// Bring then. nil asks nobody.
	AskColumns func(path string, g intake.Glance)

	settings *setup.Page
	has      has
	badges   []intake.Badged // whose codes are known: made or read since the start
	running  string          // the step that works
	progress string
	stop     context.CancelFunc
	came     map[string]screen.Came
	dropped  []string  // files that wait
	folder   string    // of what was printed into a file last
	last     string    // the file that was taken in last
	signing  time.Time // until then the badge of who stands here is on its way
}

// has is what the folder holds.
type has struct {
	store.Holding
	carriers int
}

// New returns the page. It reads once whether the shop has people, before anything is
// shown.
func New(ctx context.Context, s *shell.Shell, settings *setup.Page) (*Page, error) {
	p := &Page{Shell: s, settings: settings, came: map[string]screen.Came{}}
	show, err := p.Reading()(ctx, nil)
	if err == nil {
		show()
	}
	return p, err
}

// Reading reads how much there is of everything.
func (p *Page) Reading() shell.Reading {
	from := p.Folder.Store
	return func(ctx context.Context, _ say.Names) (func(), error) {
		held, err := from.Holds(ctx)
		if err != nil {
			return nil, err
		}
		got := has{Holding: held}
		rates, err := from.Rates(ctx)
		if err != nil {
			return nil, err
		}
		for _, r := range rates {
			if cards, err := carrier.LoadCards(r.Body); err == nil { // else the doctor tells
				got.carriers += len(cards.Carriers)
			}
		}
		return func() {
			p.has = got
			if p.running == "" { // what runs may be taking the first people in, and signs their manager in
				p.Bare = got.People == 0
			}
		}, nil
	}
}

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	in := screen.ShopInputs{
		Frame: frame, Sender: senderLine(p.settings.Running().Sender),
		Products: p.has.Products, Cartons: p.has.Cartons, People: p.has.People, Carriers: p.has.carriers, Orders: p.has.Orders, Parcels: p.has.Parcels,
		Badges: len(p.badges), Chosen: p.Selected["step"], May: p.Manages(), Running: p.running, Progress: p.progress, Came: p.came,
		Unsaved: p.settings.Unsaved(),
	}
	in.Devices, in.Connected = p.settings.Connected()
	return screen.Shop(in)
}

// senderLine is a sender in one line, "" where it lacks what every label needs.
func senderLine(s config.Sender) string {
	if s.Name+s.Company == "" || s.Street == "" || s.City == "" || s.Country == "" {
		return ""
	}
	land, _ := country.Name(s.Country)
	who := s.Company
	if who == "" {
		who = s.Name
	}
	return strings.Join([]string{who, s.City, land}, ", ")
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if p.Page != screen.PageShop || !p.Manages() {
		return
	}
	switch in.Kind {
	case screen.IntentChoose:
		if in.Name == "" {
			if p.stop != nil {
				p.stop()
			}
			return
		}
		p.Window.Choose(func(path string) { p.Do(func() { p.bring(in.Name, path) }) })
	case screen.IntentBadges:
		p.printBadges()
	case screen.IntentRejects:
		p.saveRejects()
	case screen.IntentCards:
		p.printCards(in.Name)
	case screen.IntentFolder:
		step := p.Selected["step"]
		p.Show(p.folder, func(words string) { p.came[step] = screen.Came{Look: true, Words: words} })
	}
}

// Dropped takes a file that was dropped on the window, whatever it holds.
func (p *Page) Dropped(path string) {
	if p.Page == screen.PageShop && p.Manages() {
		p.dropped = append(p.dropped, path)
		p.Next()
	}
}

// Next takes the file that waits longest, unless one is being asked about.
func (p *Page) Next() {
	if p.running == "" && len(p.dropped) > 0 && p.Page != screen.PageColumns {
		path := p.dropped[0]
		p.dropped = p.dropped[1:]
		p.sort(path)
	}
}

// SigningIn reports whether somebody is about to be signed in on this page.
func (p *Page) SigningIn() bool { return p.Page == screen.PageShop && time.Now().Before(p.signing) }

// work does something of a step in the background, one thing at a time.
func (p *Page) work(step, words string, do func(ctx context.Context) (came screen.Came, then func())) {
	if p.running != "" {
		return
	}
	p.running, p.progress, p.Selected["step"] = step, words, step
	delete(p.came, step)
	p.stop = p.Ask(func(ctx context.Context) func() {
		came, then := do(ctx)
		return func() {
			p.running, p.stop, p.Stale = "", nil, true
			p.came[step] = came
			if then != nil {
				then()
			}
			p.Next()
		}
	})
}

func failed(err error) screen.Came {
	return screen.Came{Bad: true, Words: say.Sentence(err.Error())}
}
