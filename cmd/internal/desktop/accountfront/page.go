// Package accountfront is the window's side of the accounts that labels are bought on: how
// each stands, adding, changing and testing one, which of its services may be bought, and
// leaving it alone for a day.
//
// A [Page] belongs to the goroutine of the front's Run, asks package carriers in the
// background, and shows what came of it. It must not speak to a carrier itself, know a kind
// of account, or show or log a key; only who may change the settings changes anything.
package accountfront

import (
	"context"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/kinds"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/say"
	"packbench/station/screen"
)

// Page is the page of the accounts.
type Page struct {
	*shell.Shell

	read     []carriers.Status
	rules    map[string]string // for voids, by account
	known    bool              // read holds what there is
	draft    *draft
	services []screen.AccountService // of the chosen account, while it is asked about them
	works    *shell.Works
}

// New returns the page.
func New(s *shell.Shell) *Page {
	return &Page{Shell: s, works: shell.NewWorks(s)}
}

// selectedAccount is the account that is chosen, among the shell's selections.
const selectedAccount = "account"

// Opened forgets what was half done: a key that was typed is not left for who comes next.
func (p *Page) Opened() {
	p.draft, p.services = nil, nil
	p.works.Forget()
}

// Reading reads how the accounts stand.
func (p *Page) Reading() shell.Reading {
	from := p.Bench.Carriers
	return func(ctx context.Context, _ say.Names) (func(), error) {
		all, err := from.Statuses(ctx)
		rules := map[string]string{}
		for _, a := range all {
			rules[a.ID] = from.Can(ctx, a.ID).VoidRule
		}
		return func() { p.read, p.rules, p.known = all, rules, true }, err
	}
}

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	frame.Unread = !p.known
	in := screen.AccountsInputs{Frame: frame, Chosen: p.Selected[selectedAccount], May: p.Manages(), Services: p.services}
	for _, a := range p.read {
		running, came := p.works.Of(a.ID)
		in.Accounts = append(in.Accounts, screen.ConnectedAccount{
			ID: a.ID, Kind: a.Name, Fault: a.Fault, Off: a.Off, Silent: a.Silent, Open: a.Open, Refunds: a.Asked, VoidRule: p.rules[a.ID],
			Follows: !a.Sells, Followed: a.Followed, Unfollowed: a.Refused, Untold: a.Untold,
			Running: running, Came: came,
		})
	}
	for _, k := range p.Bench.Carriers.Kinds {
		in.Kinds = append(in.Kinds, kindOf(k))
	}
	if p.draft != nil {
		in.Draft = p.draft.Shown(p.draft.fields())
	}
	return screen.Accounts(in)
}

func kindOf(k kinds.Kind) screen.ShopKind {
	return screen.ShopKind{ID: k.ID, Name: k.Name, Secret: k.Secret, Example: k.URL}
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if in.Kind != screen.IntentConnect || p.Page != screen.PageAccounts || !p.Manages() {
		return
	}
	switch in.Name {
	case screen.ShopAdd:
		p.draft = &draft{}
	case screen.ShopKindOf:
		p.add(in.Value)
	case screen.ShopChange:
		p.change(in.Value)
	case screen.ShopSave:
		p.save()
	case screen.ShopLeave:
		p.draft, p.services = nil, nil
	case screen.ShopTest:
		p.test(in.Value)
	case screen.AccountServices:
		p.list(in.Value)
	case screen.AccountUse:
		p.use(in.Value)
	case screen.AccountOff, screen.AccountOn:
		p.off(in.Value, in.Name == screen.AccountOff)
	case screen.AccountTry:
		p.try(in.Value)
	case screen.ShopStop:
		p.works.Stop(in.Value)
	}
}

// work does something with an account in the background, one thing at a time.
func (p *Page) work(id, words string, do func(ctx context.Context, all *carriers.Carriers) *screen.ShopCame) {
	p.workFor(within, id, words, do)
}

func (p *Page) workFor(within time.Duration, id, words string, do func(ctx context.Context, all *carriers.Carriers) *screen.ShopCame) {
	all := p.Bench.Carriers
	p.works.Begin(id, words, func(ctx context.Context) *screen.ShopCame {
		ctx, done := context.WithTimeout(ctx, within)
		defer done()
		return do(ctx, all)
	})
}

// within is how long one thing may take.
const within = time.Minute

func (p *Page) test(id string) {
	p.work(id, "Testing…", func(ctx context.Context, all *carriers.Carriers) *screen.ShopCame {
		checks, err := all.Test(ctx, id)
		if err != nil {
			return failed(err)
		}
		return shell.Tried(p.Language(), checks)
	})
}

// list asks an account what it sells, and a person which of it may be bought.
func (p *Page) list(id string) {
	p.work(id, "Asking for the services…", func(ctx context.Context, all *carriers.Carriers) *screen.ShopCame {
		got, err := all.Services(ctx, id)
		if err != nil {
			return failed(err)
		}
		p.Do(func() {
			if p.Page == screen.PageAccounts { // else somebody does something else by now
				p.Selected[selectedAccount], p.services = id, shownServices(got)
			}
		})
		return nil
	})
}

func shownServices(all []carriers.Service) []screen.AccountService {
	out := make([]screen.AccountService, len(all))
	for i, s := range all {
		out[i] = screen.AccountService{ID: s.ID, Name: s.Name, Carrier: s.CarrierName, Used: s.Used}
	}
	return out
}

// use has a service be bought, or no longer.
func (p *Page) use(service string) {
	id := p.chosen()
	for i, s := range p.services {
		if s.ID != service {
			continue
		}
		used := !s.Used
		p.services[i].Used = used
		p.work(id, "Keeping…", func(ctx context.Context, all *carriers.Carriers) *screen.ShopCame {
			if err := all.Use(ctx, id, service, used); err != nil {
				p.Do(func() { p.services = nil })
				return failed(err)
			}
			return nil
		})
	}
}

// chosen is the account that is shown.
func (p *Page) chosen() string {
	id := p.Selected[selectedAccount]
	if _, known := p.status(id); !known && len(p.read) > 0 {
		id = p.read[0].ID
	}
	return id
}

func (p *Page) status(id string) (carriers.Status, bool) {
	for _, s := range p.read {
		if s.ID == id {
			return s, true
		}
	}
	return carriers.Status{}, false
}

// off leaves an account alone until tomorrow, or uses it again.
func (p *Page) off(id string, off bool) {
	var until time.Time
	if off {
		y, m, d := p.Folder.Clock().In(p.Folder.Location()).Date()
		until = time.Date(y, m, d+1, 0, 0, 0, 0, p.Folder.Location())
	}
	p.work(id, "Keeping…", func(ctx context.Context, all *carriers.Carriers) *screen.ShopCame {
		if err := all.Off(ctx, id, until); err != nil {
			return failed(err)
		}
		return nil
	})
}

func failed(err error) *screen.ShopCame { return shell.Failed("The carrier", err) }
