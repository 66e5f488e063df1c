// Package hubfront is the window's page of the hub: how this folder and its hub stand,
// which benches there are and what each holds, and taking it from one that is dead.
//
// A [Page] belongs to the goroutine of the front's Run, and asks package member in the
// background. It must not speak to a hub itself, or decide who may do what.
package hubfront

import (
	"cmp"
	"context"
	"errors"
	"os"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/member"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
)

// Page is the page of the hub.
type Page struct {
	*shell.Shell

	read    *member.Status // nil before the first reading, and where the folder is alone
	known   bool
	release string // the bench that is being released, while the reason is asked
	order   string // the one of its orders, or the label of its returns; "" for all
	draft   *draft // of a hub that is joined, nil for none
	joined  *screen.ShopCame
	works   *shell.Works
}

// New returns the page.
func New(s *shell.Shell) *Page { return &Page{Shell: s, works: shell.NewWorks(s)} }

// selectedBench is the bench that is chosen, among the shell's selections.
const selectedBench = "hub"

// Opened forgets what was half done.
func (p *Page) Opened() {
	p.release, p.order, p.joined = "", "", nil
	if p.draft != nil && p.draft.busy == "" {
		p.draft = nil
	}
	p.works.Forget()
}

// within is how long the hub may take to answer.
const within = 10 * time.Second

// Reading asks the hub how all stand.
func (p *Page) Reading() shell.Reading {
	return func(ctx context.Context, _ say.Names) (func(), error) {
		s, err := ask(ctx, p)
		return func() { p.read, p.known = s, true }, err
	}
}

func ask(ctx context.Context, p *Page) (*member.Status, error) {
	ctx, done := context.WithTimeout(ctx, within)
	defer done()
	s, err := member.Ask(ctx, p.Folder, os.Getenv)
	if errors.Is(err, member.ErrAlone) {
		return nil, nil
	}
	return &s, err
}

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	p.handed()
	frame.Unread = !p.known
	in := screen.HubInputs{
		Frame: frame, Chosen: p.Selected[selectedBench], May: p.Manages(), MayRelease: p.May(people.Orders), Release: p.release, Order: p.order, Saved: p.Said,
	}
	if in.Station = p.Bench.Station; p.draft != nil {
		in.Draft = p.draft.shown()
	}
	if in.Running, in.Came = p.works.Of("hub"); in.Came == nil {
		in.Came = p.joined
	}
	if p.read != nil {
		p.stands(&in, p.read)
	}
	return screen.Hub(in)
}

// stands tells how this folder and its hub stand.
func (p *Page) stands(in *screen.HubInputs, s *member.Status) {
	in.Joined, in.Address, in.Station, in.Behind, in.Runner = true, member.Shown(s.Address), s.Station, s.Told, s.Runner.Holder
	if s.Err != nil {
		in.Trouble, in.Fix = words(p.Language(), s.Err), advice(p.Language(), s.Err)
	}
	for _, n := range s.Numbers {
		in.Numbers = append(in.Numbers, screen.HubInHand(n))
	}
	if p.Bench.Hub != nil {
		now := p.Bench.Hub.Status()
		in.Heard, in.Narrow = now.Right, now.Narrow
	}
	for _, w := range s.Writers {
		if !cases.IsBench(w.Writer) {
			continue
		}
		b := screen.HubBench{Station: w.Writer, Behind: w.Behind, Heard: w.Heard}
		for _, c := range s.Claims {
			switch {
			case c.Station != w.Writer:
			case c.Return():
				b.Returns = append(b.Returns, screen.HubClaim{Order: c.Of, Label: c.Key, Since: c.Since})
			default:
				b.Claims = append(b.Claims, screen.HubClaim{Order: c.Key, Since: c.Since})
			}
		}
		in.Benches = append(in.Benches, b)
	}
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if in.Kind != screen.IntentConnect || p.Page != screen.PageHub {
		return
	}
	switch in.Name {
	case screen.HubRelease:
		p.release, p.order = in.Value, ""
	case screen.HubOrder, screen.HubReturn:
		p.release, p.order = p.Selected[selectedBench], in.Value
	case screen.ShopLeave:
		p.Opened()
	case screen.HubReason:
		p.free(in.Value)
	}
	if !p.Manages() {
		return
	}
	switch in.Name {
	case screen.ShopTest:
		if p.draft == nil {
			p.test()
		} else {
			p.look(false)
		}
	case screen.HubMake:
		p.look(true)
	case screen.HubJoin:
		p.begin()
	case screen.ShopSave:
		p.join()
	}
}

// test asks the hub now.
func (p *Page) test() {
	p.joined = nil
	l := p.Language()
	p.works.Begin("hub", string(testing), func(ctx context.Context) *screen.ShopCame {
		s, err := ask(ctx, p)
		if err == nil && s != nil {
			err = s.Err
		}
		if err != nil {
			return &screen.ShopCame{Bad: true, Words: words(l, err)}
		}
		return &screen.ShopCame{Words: l.Phrase("The hub answers")}
	})
}

// free takes from the bench what it holds, in the name of who is at this one.
func (p *Page) free(reason string) {
	station, order := p.release, p.order
	if p.release, p.order = "", ""; station == "" {
		return
	}
	p.AtDesk(func(ctx context.Context, d desk.Desk, who cases.Asker) error {
		ctx, done := context.WithTimeout(ctx, within)
		defer done()
		_, err := member.Release(ctx, d.Folder, who, cmp.Or(order, station), reason, os.Getenv)
		return err
	}, func(err error) {
		of := screen.About("hub bench", station)
		if err != nil {
			p.Say(of, words(p.Language(), err))
			return
		}
		if order != "" {
			p.Say(of, p.Language().Say("{order} is nobody’s any more", "order", order))
			return
		}
		p.Say(of, p.Language().Say("{bench} holds nothing any more", "bench", station))
	})
}
