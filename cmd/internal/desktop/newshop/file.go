package newshop

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"packbench/cmd/internal/columns"
	"packbench/cmd/internal/upkeep"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/intake"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
)

// sort finds out what a file holds and takes it in.
func (p *Page) sort(path string) {
	chosen, l := p.Selected["step"], p.Language()
	step := chosen
	if !slices.Contains(upkeep.Importable(), step) {
		step = screen.StepProducts
	}
	p.work(step, l.Say("Looking at {file}", "file", filepath.Base(path)), func(ctx context.Context) (came screen.Came, then func()) {
		kind, err := kindOf(ctx, l, path)
		if err != nil && ctx.Err() == nil && p.AskColumns != nil {
			if asked := p.askable(ctx, chosen, path); asked != "" {
				kind, err = asked, nil
			}
		}
		if err != nil {
			return failed(err), nil
		}
		return came, func() {
			delete(p.came, step)
			p.bring(kind, path)
		}
	})
}

// askable is what a file of no known kind may hold whose columns a person knows, "" for
// nothing: what was answered of such files, else orders or products, whichever has more
// columns of it, and the step that is chosen where they have as many.
func (p *Page) askable(ctx context.Context, chosen, path string) string {
	goods, answer, err := columns.Products(p.Folder).Look(ctx, path)
	if err == nil && answer != nil {
		return screen.StepProducts
	}
	orders, answer, failed := columns.New(p.Folder).Look(ctx, path)
	of, more := fits(goods), fits(orders)
	switch {
	case failed == nil && answer != nil:
		return screen.StepOrders
	case err == nil && goods.Refused == nil && len(goods.Header) > 1 && (of > more || of == more && chosen == screen.StepProducts):
		return screen.StepProducts
	case failed == nil && orders.Refused == nil && len(orders.Header) > 2:
		return screen.StepOrders
	}
	return ""
}

// fits is how many columns of a file would be known.
func fits(g intake.Glance) (n int) {
	for _, f := range g.Fields {
		if f.At > 0 || f.Fits != nil {
			n++
		}
	}
	return n
}

// bring takes in a file of a kind. Of a file of orders or products it is asked first what
// its columns hold, where that is not sure.
func (p *Page) bring(kind, path string) {
	var from columns.Columns
	l := p.Language()
	switch {
	case kind == screen.StepOrders && p.AskColumns != nil:
		from = columns.New(p.Folder)
	case kind == screen.StepProducts && p.AskColumns != nil:
		from = columns.Products(p.Folder)
	default:
		p.Bring(kind, path)
		return
	}
	p.work(kind, l.Say("Looking at {file}", "file", filepath.Base(path)), func(ctx context.Context) (came screen.Came, then func()) {
		g, answer, err := from.Look(ctx, path)
		switch {
		case errors.Is(err, context.Canceled):
			return stopped(l, err), nil
		case err != nil:
			return screen.Came{Bad: true, Words: named(filepath.Base(path), err)}, nil
		case answer == nil && g.Refused != nil:
			return screen.Came{Bad: true, Words: l.Say("{what}: {about}", "what", filepath.Base(path), "about", g.Refused.Error())}, nil
		case answer == nil && !g.Sure():
			return screen.Came{Look: true, Words: l.Say("{file}: choose it again to answer what its columns hold", "file", filepath.Base(path))}, func() {
				if p.Page == screen.PageShop { // else somebody does something else by now
					delete(p.came, kind)
					p.AskColumns(kind, path, g)
				}
			}
		}
		return came, func() {
			delete(p.came, kind)
			p.Bring(kind, path)
		}
	})
}

// Bring takes in a file of a kind as it is.
func (p *Page) Bring(kind, path string) {
	name := filepath.Base(path)
	bare, who, l := p.Bare, p.Person().ID, p.Language()
	p.work(kind, l.Say("Reading {file}", "file", name), func(ctx context.Context) (screen.Came, func()) {
		var list []intake.Badged
		if kind == screen.StepPeople {
			var err error
			if list, err = readPeople(ctx, path); err != nil {
				return failed(err), nil
			}
			if bare && !slices.ContainsFunc(list, p.manages) {
				return failed(errors.New(l.Phrase("the file names no manager, so that nobody could change anything here afterwards: give one person the role manager"))), nil
			}
		}
		report, err := p.take(ctx, l, who, kind, path)
		switch {
		case errors.Is(err, context.Canceled):
			return stopped(l, err), nil
		case err != nil:
			return screen.Came{Bad: true, Words: named(name, err)}, nil
		}
		return came(l, name, kind, report), func() {
			p.last = path
			p.badged(list, bare)
		}
	})
}

// named is what is wrong with a file, which keeps its name as it is written.
func named(name string, err error) string {
	if text := err.Error(); strings.HasPrefix(text, name) {
		return text
	}
	return say.Sentence(err.Error())
}

func (p *Page) manages(b intake.Badged) bool {
	return p.Rights().Of(people.Settings).Alone(people.Standing(b.Role, b.Trainee))
}

// take imports a file the way packctl does.
func (p *Page) take(ctx context.Context, l say.Language, who, kind, path string) (upkeep.Import, error) {
	file, err := os.Open(path)
	if err != nil {
		return upkeep.Import{}, err
	}
	defer func() { _ = file.Close() }()
	return upkeep.New(p.Folder).ImportAs(ctx, kind, file, path, upkeep.How{By: who}, func(phrase string, args ...string) {
		p.Do(func() { p.progress = l.Say(phrase, args...) })
	})
}

func readPeople(ctx context.Context, path string) ([]intake.Badged, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	list, _, err := intake.ReadPeople(ctx, file, path, intake.Options{})
	return list, err
}

// kindOf finds out what a file holds: the kind whose reader takes most of it. People
// come first, then cartons, prices and orders: each has columns that a catalogue lacks.
func kindOf(ctx context.Context, l say.Language, path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	if data, err := io.ReadAll(io.LimitReader(file, carrier.MaxFile+1)); err == nil && strings.EqualFold(filepath.Ext(path), ".json") {
		if _, err := carrier.LoadCards(data); err == nil {
			return screen.StepRates, nil
		}
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	g, err := intake.Look(ctx, file, path)
	if err == nil && g.Kind != "" && !g.Sure() {
		return screen.StepOrders, nil // which of two headings counts is asked, or why nothing can be packed from it is said
	}
	best, most := "", 0
	for _, k := range []struct {
		kind string
		read func() (int, error)
	}{
		{screen.StepPeople, func() (int, error) { return takes(ctx, file, path, intake.ReadPeople, 1) }},
		{screen.StepCartons, func() (int, error) { return takes(ctx, file, path, intake.ReadCartons, 1) }},
		{screen.StepRates, func() (int, error) { return takes(ctx, file, path, intake.ReadPrices, 1) }},
		{screen.StepOrders, func() (int, error) { return takes(ctx, file, path, eachOrder, 1) }},
		{screen.StepProducts, func() (int, error) { return takes(ctx, file, path, intake.ReadProducts, columnsOfGoods) }},
	} {
		n, err := k.read()
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if err == nil && n > most {
			best, most = k.kind, n
		}
	}
	if best == "" {
		return "", errors.New(l.Say("{file} is neither products, cartons, orders, people nor rates: choose the step and then the file, and it says what is missing", "file", filepath.Base(path)))
	}
	return best, nil
}

// eachOrder reads orders without holding them.
func eachOrder(ctx context.Context, r io.Reader, name string, o intake.Options) ([]station.Order, intake.Report, error) {
	rep, err := intake.EachOrder(ctx, r, name, o, func(station.Order) error { return ctx.Err() })
	return nil, rep, err
}

// columnsOfGoods is how many columns of a catalogue a file must have to be one: a word
// for a product stands in any file of orders too.
const columnsOfGoods = 2

// takes is how many rows a reader takes of a file, none of one with fewer columns for it.
func takes[T any](ctx context.Context, file io.ReadSeeker, name string, read func(context.Context, io.Reader, string, intake.Options) ([]T, intake.Report, error), least int) (int, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	_, report, err := read(ctx, file, name, intake.Options{})
	if report.Columns < least {
		return 0, err
	}
	return report.Read - report.Bad(), err
}
