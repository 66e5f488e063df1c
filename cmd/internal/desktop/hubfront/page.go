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
	order   string // the one of its orders, "" for all
	works   *shell.Works
}

// New returns the page.
func New(s *shell.Shell) *Page { return &Page{Shell: s, works: shell.NewWorks(s)} }

// selectedBench is the bench that is chosen, among the shell's selections.
const selectedBench = "hub"

// Opened forgets what was half done.
func (p *Page) Opened() {
	p.release, p.order = "", ""
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
	frame.Unread = !p.known
	in := screen.HubInputs{
		Frame: frame, Chosen: p.Selected[selectedBench], May: p.Manages(), MayRelease: p.May(people.Orders), Release: p.release, Order: p.order, Saved: p.Said,
	}
	in.Running, in.Came = p.works.Of("hub")
	if s := p.read; s != nil {
		in.Joined, in.Address, in.Station, in.Behind, in.Runner = true, member.Shown(s.Address), s.Station, s.Told, s.Runner.Holder
		if s.Err != nil {
			in.Trouble, in.Fix = shell.FirstLine(s.Err), member.Advice(s.Err)
		}
		if p.Bench.Hub != nil {
			in.Heard = p.Bench.Hub.Status().Right
		}
		for _, w := range s.Writers {
			if !cases.IsBench(w.Writer) {
				continue
			}
			b := screen.HubBench{Station: w.Writer, Behind: w.Behind, Heard: w.Heard}
			for _, c := range s.Claims {
				if c.Station == w.Writer {
					b.Claims = append(b.Claims, screen.HubClaim{Order: c.Key, Since: c.Since})
				}
			}
			in.Benches = append(in.Benches, b)
		}
	}
	return screen.Hub(in)
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if in.Kind != screen.IntentConnect || p.Page != screen.PageHub {
		return
	}
	switch in.Name {
	case screen.ShopTest:
		p.test()
	case screen.HubRelease:
		p.release, p.order = in.Value, ""
	case screen.HubOrder:
		p.release, p.order = p.Selected[selectedBench], in.Value
	case screen.ShopLeave:
		p.release, p.order = "", ""
	case screen.HubReason:
		p.free(in.Value)
	}
}

// test asks the hub now.
func (p *Page) test() {
	p.works.Begin("hub", "Testing…", func(ctx context.Context) *screen.ShopCame {
		s, err := ask(ctx, p)
		if err == nil && s != nil {
			err = s.Err
		}
		if err != nil {
			return &screen.ShopCame{Bad: true, Words: say.Sentence(shell.FirstLine(err))}
		}
		return &screen.ShopCame{Words: "The hub answers"}
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
			p.Say(of, say.Sentence(shell.FirstLine(err)))
			return
		}
		if order != "" {
			p.Say(of, p.Language().Say("{order} is nobody’s any more", "order", order))
			return
		}
		p.Say(of, p.Language().Say("{bench} holds nothing any more", "bench", station))
	})
}
