// Package mapping is the page on which a person says what the columns of a file of orders
// or of products hold, of a kind that is not known or where two headings fit one thing, and on which what
// was said can be changed or forgotten.
//
// A [Page] belongs to the goroutine of the front's Run. It looks at files in the
// background and takes nothing of them in: with the answer kept it hands the file on. Only
// who may change the settings answers.
package mapping

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"packbench/cmd/internal/columns"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// Page is the page of what columns hold.
type Page struct {
	*shell.Shell
	read  []columns.Remembered
	known bool // read holds what there is
	draft *draft
}

// selected is the answer that is chosen, among the shell's selections.
const selected = "columns"

// Opened forgets what was half said.
func (p *Page) Opened() {
	if p.draft != nil {
		p.draft.end()
	}
	p.draft = nil
}

// Reading reads what is remembered.
func (p *Page) Reading() shell.Reading {
	orders, goods := p.from(false), p.from(true)
	return func(ctx context.Context, _ say.Names) (func(), error) {
		all, err := orders.List(ctx)
		more, failed := goods.List(ctx)
		return func() { p.read, p.known = append(all, more...), true }, errors.Join(err, failed)
	}
}

// from are the answers about files of products, or of orders.
func (p *Page) from(goods bool) columns.Columns {
	if goods {
		return columns.Products(p.Folder)
	}
	return columns.New(p.Folder)
}

// ofGoods reports whether an answer is about files of products.
func ofGoods(key string) bool { return strings.HasPrefix(key, store.ProductsColumns) }

// View is the page.
func (p *Page) View(frame screen.Frame) screen.View {
	frame.Unread = !p.known
	in := screen.ColumnsInputs{Frame: frame, Chosen: p.Selected[selected], May: p.Manages(), Said: p.Said}
	for _, a := range p.read {
		shown := screen.ColumnsAnswer{Key: a.Key, Goods: ofGoods(a.Key), File: a.File, Asked: a.Asked, Header: a.Header, Columns: map[string]string{}}
		for _, k := range intake.Kinds() {
			if k.ID == a.Kind {
				shown.Kind = k.Name
			}
		}
		for name := range a.At {
			shown.Columns[name] = ""
		}
		for name, title := range a.Columns {
			shown.Columns[name] = title
		}
		in.Answers = append(in.Answers, shown)
	}
	if p.draft != nil {
		in.Draft = p.draft.shown()
	}
	return screen.Columns(in)
}

// Ask asks what the columns of a file of orders hold. Once that is kept, then takes the
// file from there; leave is what Back leads to.
func (p *Page) Ask(path string, g intake.Glance, then, leave func()) {
	p.ask(newDraft(g), path, then, leave)
}

// AskProducts is Ask of a file of products.
func (p *Page) AskProducts(path string, g intake.Glance, then, leave func()) {
	d := newDraft(g)
	d.goods = true
	p.ask(d, path, then, leave)
}

func (p *Page) ask(d *draft, path string, then, leave func()) {
	d.path, d.file, d.then, d.leave = path, filepath.Base(path), then, leave
	p.Opened()
	p.Open(screen.PageColumns)
	p.draft = d
	p.try()
}

// Act carries out what a person touched on the page.
func (p *Page) Act(in screen.Intent) {
	if in.Kind != screen.IntentColumns || p.Page != screen.PageColumns || !p.Manages() {
		return
	}
	p.Entry = nil
	d := p.draft
	switch {
	case in.Name == screen.ColumnsEdit:
		p.edit(in.Value)
	case in.Name == screen.ColumnsForget:
		p.forget(in.Value)
	case d == nil || d.saving:
	case in.Name == screen.ColumnsLeave:
		p.leave()
	case in.Name == screen.ColumnsSave:
		p.save()
	default:
		if d.answer(in.Name, in.Value) {
			p.Focus = "field:" + focusOf(in.Name)
			p.try()
		}
	}
}

// Name gives a field that is opened its choices.
func (p *Page) Name(e *screen.Entry) {
	if !strings.HasPrefix(e.ID, screen.ColumnsEntry) || p.draft == nil || p.Page != screen.PageColumns {
		return
	}
	d := p.draft.shown()
	d.Lang, e.Lang = p.Language(), p.Language() // the headings of a file stay as they are
	e.Label, e.Hint, e.Choices = d.Options(e.ID)
}

// leave goes back without anything of the file.
func (p *Page) leave() {
	leave := p.draft.leave
	p.Opened()
	if leave != nil {
		leave()
	}
}

// try reads the file as it is answered now.
func (p *Page) try() {
	d := p.draft
	d.end()
	if d.path == "" || d.shown().Open() != "" {
		return
	}
	m, from := d.mapping(), p.from(d.goods)
	d.trying, d.turn = true, d.turn+1
	turn, l := d.turn, p.Language()
	d.stop = p.Shell.Ask(func(ctx context.Context) func() {
		t, err := from.Try(ctx, d.path, &m)
		if ctx.Err() != nil {
			return nil
		}
		shown := trial(l, filepath.Base(d.path), t, err)
		return func() {
			if turn == d.turn { // else it was answered otherwise meanwhile
				d.trying, d.trial = false, shown
				d.see(t.Words)
			}
		}
	})
}

// save keeps the answer, and hands the file on.
func (p *Page) save() {
	d := p.draft
	if d.shown().Open() != "" {
		return
	}
	d.end()
	m, from := d.mapping(), p.from(d.goods)
	a := columns.Answer{Mapping: m, File: d.file}
	d.saving, d.fault = true, ""
	p.Shell.Ask(func(ctx context.Context) func() {
		err := from.Keep(ctx, d.glance.Header, a)
		return func() {
			d.saving = false
			if p.Stale = true; err != nil {
				d.fault = say.Sentence(shell.FirstLine(err))
				return
			}
			if p.draft != d {
				return
			}
			then := d.then
			p.Opened()
			if then != nil {
				then()
			}
		}
	})
}

// edit changes what is remembered, without a file at hand.
func (p *Page) edit(key string) {
	for _, a := range p.read {
		if a.Key == key {
			p.Opened()
			p.draft = draftOf(a)
		}
	}
}

func (p *Page) forget(key string) {
	from := p.from(ofGoods(key))
	p.Shell.Ask(func(ctx context.Context) func() {
		err := from.Forget(ctx, key)
		return func() {
			if p.Stale = true; err != nil {
				p.Say(screen.About("columns", key), say.Sentence(shell.FirstLine(err)))
			}
		}
	})
}
