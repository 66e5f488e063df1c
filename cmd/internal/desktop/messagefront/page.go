// Package messagefront is the window's side of those who are told what happens at the
// benches: how each stands, adding, changing and testing one, and leaving it alone.
//
// A [Page] belongs to the goroutine of the front's Run, asks package messages in the
// background, and shows what came of it. It must not send anything itself, know a kind of
// service, or show or log a secret; only who may change the settings changes anything.
package messagefront

import (
	"context"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/messages"
	"packbench/station/say"
	"packbench/station/screen"
)

// Page is the page of the targets.
type Page struct {
	*shell.Shell

	read  []messages.Status
	known bool // read holds what there is
	draft *draft
	works *shell.Works
	lamp  screen.Lamp
}

// New returns the page.
func New(s *shell.Shell) *Page {
	return &Page{Shell: s, works: shell.NewWorks(s)}
}

// selectedTarget is the target that is chosen, among the shell's selections.
const selectedTarget = "message"

// Opened forgets what was half done: a secret that was typed is not left for who comes next.
func (p *Page) Opened() {
	p.draft = nil
	p.works.Forget()
}

// Watch reads how the targets stand, for the page and for the lamp of every page.
func (p *Page) Watch() shell.Reading {
	from := p.Bench.Messages
	return func(ctx context.Context, _ say.Names) (func(), error) {
		all, err := from.Statuses(ctx)
		return func() { p.read, p.known, p.lamp = all, true, lampOf(all) }, err
	}
}

func lampOf(all []messages.Status) screen.Lamp {
	why, down, unsure := "", 0, 0
	for _, t := range all {
		if t.Off {
			continue
		}
		unsure += t.Unknown
		switch {
		case t.Trouble != "":
			why, down = t.ID+" is not told: "+t.Trouble, down+1
		case t.Refused > 0:
			why, down = t.ID+" refused "+say.Many(t.Refused, "message"), down+1
		}
	}
	return screen.MessagesLamp(why, down, unsure)
}

// Lamp is that of the targets; there is none while all is well.
func (p *Page) Lamp() screen.Lamp { return p.lamp }

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	frame.Unread = !p.known
	in := screen.MessagesInputs{Frame: frame, Chosen: p.Selected[selectedTarget], May: p.Manages()}
	for _, t := range p.read {
		running, came := p.works.Of(t.ID)
		in.Targets = append(in.Targets, screen.MessageTarget{
			ID: t.ID, Kind: t.Name, News: messages.NewsOf(t.Options), Off: t.Off, Trouble: t.Trouble, Told: t.Told,
			Waiting: t.Waiting, Unknown: t.Unknown, Refused: t.Refused, Running: running, Came: came,
		})
	}
	for _, k := range p.Bench.Messages.Kinds {
		in.Kinds = append(in.Kinds, kindOf(k))
	}
	if p.draft != nil {
		in.Draft = p.draft.Shown(p.draft.fields())
	}
	return screen.Messages(in)
}

func kindOf(k messages.Kind) screen.ShopKind {
	return screen.ShopKind{ID: k.ID, Name: k.Name, Secret: k.Secret, Example: k.URL}
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if in.Kind != screen.IntentConnect || p.Page != screen.PageMessages || !p.Manages() {
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
	case screen.ShopPause, screen.ShopResume:
		p.off(in.Value, in.Name == screen.ShopPause)
	}
}

func (p *Page) status(id string) (messages.Status, bool) {
	for _, t := range p.read {
		if t.ID == id {
			return t, true
		}
	}
	return messages.Status{}, false
}

// within is how long one thing may take.
const within = time.Minute

// work does something with a target in the background, one thing at a time.
func (p *Page) work(id, words string, do func(ctx context.Context, all *messages.Messages) *screen.ShopCame) {
	all := p.Bench.Messages
	p.works.Begin(id, words, func(ctx context.Context) *screen.ShopCame {
		ctx, done := context.WithTimeout(ctx, within)
		defer done()
		return do(ctx, all)
	})
}

func (p *Page) test(id string) {
	p.work(id, "Testing…", func(ctx context.Context, all *messages.Messages) *screen.ShopCame {
		checks, err := all.Test(ctx, id)
		if err != nil {
			return failed(err)
		}
		came := shell.Tried(p.Language(), checks)
		if !came.Bad {
			came.Words = "A test message was sent"
		}
		return came
	})
}

func (p *Page) off(id string, off bool) {
	p.work(id, "Keeping…", func(ctx context.Context, all *messages.Messages) *screen.ShopCame {
		if err := all.Off(ctx, id, off); err != nil {
			return failed(err)
		}
		return nil
	})
}

func failed(err error) *screen.ShopCame { return shell.Failed("The target", err) }
