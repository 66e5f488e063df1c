// Package shopfront is the window's side of the shops that are connected: how each
// stands, adding, changing, testing, pausing and reading one by hand.
//
// A [Page] belongs to the goroutine of the front's Run, asks package shops in the
// background, and shows what came of it. It must not speak to a shop itself, know a kind
// of shop, or show or log a key; only who may change the settings changes anything.
package shopfront

import (
	"context"
	"strconv"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/shops"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
)

// Page is the page of the shops.
type Page struct {
	*shell.Shell
	// AskColumns has a person say what the columns of a file of orders hold, and calls then
	// with that kept. nil asks nobody.
	AskColumns func(path string, g intake.Glance, then func())
	// Look looks at a file of orders, and whether its columns were asked about before.
	Look func(ctx context.Context, path string) (g intake.Glance, answered bool, err error)

	read  []shops.Status
	known bool // read holds what there is
	draft *draft
	works *shell.Works
}

// New returns the page.
func New(s *shell.Shell) *Page {
	return &Page{Shell: s, works: shell.NewWorks(s)}
}

// selectedShop is the shop that is chosen, among the shell's selections.
const selectedShop = "shop"

// Opened forgets what was half done: a key that was typed is not left for who comes next.
func (p *Page) Opened() {
	p.draft = nil
	p.works.Forget()
}

// Reading reads how the shops stand.
func (p *Page) Reading() shell.Reading {
	from := p.Bench.Shops
	return func(ctx context.Context, _ say.Names) (func(), error) {
		all, err := from.Status(ctx)
		return func() { p.read, p.known = all, true }, err
	}
}

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	frame.Unread = !p.known
	in := screen.ShopsInputs{Frame: frame, Chosen: p.Selected[selectedShop], May: p.Manages()}
	for _, s := range p.read {
		running, came := p.works.Of(s.ID)
		in.Shops = append(in.Shops, screen.ConnectedShop{
			ID: s.ID, Kind: s.Name, URL: s.URL, Paused: s.Paused, Trouble: s.Trouble, Orders: s.Orders.Read, Products: s.Products.Read,
			Waiting: s.Waiting, Unknown: s.Unknown, Refused: s.Refused, Running: running, Came: came, Unread: s.Unread != "",
		})
	}
	for _, k := range p.Bench.Shops.Kinds {
		in.Kinds = append(in.Kinds, kindOf(k))
	}
	if p.draft != nil {
		in.Draft = p.draft.Shown(p.draft.fields())
	}
	return screen.Shops(in)
}

func kindOf(k shops.Kind) screen.ShopKind {
	return screen.ShopKind{ID: k.ID, Name: k.Name, Secret: k.Secret, Example: k.URL}
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if in.Kind != screen.IntentConnect || p.Page != screen.PageShops || !p.Manages() {
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
		p.draft = nil
	case screen.ShopTest:
		p.test(in.Value)
	case screen.ShopPull:
		p.pull(in.Value)
	case screen.ShopFile:
		p.file(in.Value)
	case screen.ShopStop:
		p.works.Stop(in.Value)
	case screen.ShopPause, screen.ShopResume:
		p.pause(in.Value, in.Name == screen.ShopPause)
	}
}

func (p *Page) status(id string) (shops.Status, bool) {
	for _, s := range p.read {
		if s.ID == id {
			return s, true
		}
	}
	return shops.Status{}, false
}

// work does something with a shop in the background, one thing at a time.
func (p *Page) work(id, words string, do func(ctx context.Context, all *shops.Shops) *screen.ShopCame) {
	all := p.Bench.Shops
	p.works.Begin(id, words, func(ctx context.Context) *screen.ShopCame { return do(ctx, all) })
}

// testWithin is how long a test may take.
const testWithin = time.Minute

func (p *Page) test(id string) {
	p.work(id, "Testing…", func(ctx context.Context, all *shops.Shops) *screen.ShopCame {
		ctx, done := context.WithTimeout(ctx, testWithin)
		defer done()
		checks, err := all.Test(ctx, id)
		if err != nil {
			return failed(err)
		}
		return shell.Tried(p.Language(), checks)
	})
}

// leftShown is how many orders that cannot be packed are listed.
const leftShown = 50

func (p *Page) pull(id string) {
	in := p.Language()
	p.work(id, "Reading the shop…", func(ctx context.Context, all *shops.Shops) *screen.ShopCame {
		got, err := all.Pull(ctx, id, false)
		if err != nil {
			return failed(err)
		}
		o := got.Orders
		came := &screen.ShopCame{Words: in.Say("Orders: {added} new, {changed} changed, {unchanged} unchanged. Products: {products} new or changed",
			"added", strconv.Itoa(o.Added), "changed", strconv.Itoa(o.Changed), "unchanged", strconv.Itoa(o.Unchanged), "products", strconv.Itoa(got.Products))}
		for i, l := range got.Left {
			if i == leftShown {
				came.Rows = append(came.Rows, in.Say("and {n} more", "n", strconv.Itoa(len(got.Left)-leftShown)))
				break
			}
			came.Rows = append(came.Rows, in.Say("Order {no} cannot be packed: {reason}", "no", l.Number, "reason", l.Reason))
		}
		return came
	})
}

func (p *Page) pause(id string, paused bool) {
	words := map[bool]string{true: "Pausing…", false: "Resuming…"}[paused]
	p.work(id, words, func(ctx context.Context, all *shops.Shops) *screen.ShopCame {
		if err := all.Pause(ctx, id, paused); err != nil {
			return failed(err)
		}
		return nil
	})
}

func failed(err error) *screen.ShopCame { return shell.Failed("The shop", err) }

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Page) Typed(field, text string) bool {
	if !isField(field) {
		return false
	}
	if d := p.draft; d != nil && !d.Saving && p.Manages() {
		d.Enter(field, text)
	}
	return true
}

// Name gives a field that is opened the words of what it is.
func (p *Page) Name(e *screen.Entry) {
	if isField(e.ID) && p.draft != nil {
		p.draft.Draft.Name(e, p.draft.fields())
	}
}

// save keeps the draft, and tests it where that went well.
func (p *Page) save() {
	d := p.draft
	if d == nil {
		return
	}
	all, of, secret, fresh := p.Bench.Shops, d.shop(), d.Secret, d.Fresh
	p.Keep(&d.Draft, d.missing(), func(ctx context.Context) error { return keep(ctx, all, of, secret, fresh) }, func() {
		if p.draft == d {
			p.draft, p.Selected[selectedShop] = nil, of.ID
		}
		p.test(of.ID)
	})
}
