package newshop

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"packbench/cmd/internal/upkeep"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
)

// sort finds out what a file holds and takes it in.
func (p *Page) sort(path string) {
	step := p.Selected["step"]
	if !slices.Contains(upkeep.Importable(), step) {
		step = screen.StepProducts
	}
	kind := ""
	p.work(step, "Looking at "+filepath.Base(path), func(ctx context.Context) (came screen.Came, then func()) {
		var err error
		if kind, err = kindOf(ctx, path); err != nil {
			return failed(err), nil
		}
		return came, func() {
			delete(p.came, step)
			p.bring(kind, path)
		}
	})
}

// bring takes in a file of a kind.
func (p *Page) bring(kind, path string) {
	name := filepath.Base(path)
	bare := p.Bare
	p.work(kind, "Reading "+name, func(ctx context.Context) (screen.Came, func()) {
		var list []intake.Badged
		if kind == screen.StepPeople {
			var err error
			if list, err = people(ctx, path); err != nil {
				return failed(err), nil
			}
			if bare && !slices.ContainsFunc(list, manages) {
				return failed(errors.New("the file names no manager, so that nobody could change anything here afterwards: give one person the role manager")), nil
			}
		}
		report, err := p.take(ctx, kind, path)
		switch {
		case errors.Is(err, context.Canceled):
			return screen.Came{Look: true, Words: "Stopped. What was taken stays; choose the file again to go on"}, nil
		case err != nil:
			return screen.Came{Bad: true, Words: named(name, err)}, nil
		}
		return came(name, report), func() { p.badged(list, bare) }
	})
}

// named is what is wrong with a file, which keeps its name as it is written.
func named(name string, err error) string {
	if text := err.Error(); strings.HasPrefix(text, name) {
		return text
	}
	return say.Sentence(err.Error())
}

func manages(b intake.Badged) bool { return b.Role.May(station.Manager) }

// take imports a file the way packctl does.
func (p *Page) take(ctx context.Context, kind, path string) (upkeep.Import, error) {
	file, err := os.Open(path)
	if err != nil {
		return upkeep.Import{}, err
	}
	defer func() { _ = file.Close() }()
	return upkeep.New(p.Folder).Import(ctx, kind, file, path, func(words string) {
		p.Do(func() { p.progress = words })
	})
}

// came says what a file brought.
func came(name string, r upkeep.Import) screen.Came {
	refused := len(r.Rejected) + r.More
	c := screen.Came{
		Words: fmt.Sprintf("%s: %d read, %d added, %d changed, %d unchanged, %d rejected", name, r.Read, r.Added, r.Changed, r.Unchanged, refused),
		Look:  refused+len(r.Warnings) > 0, Bad: refused > 0 && r.Added+r.Changed+r.Unchanged == 0,
	}
	if r.KindName != "" {
		c.Words = r.KindName + ", " + c.Words
	}
	if r.Read == 0 {
		c.Words, c.Bad = name+": there is nothing in it", true
	}
	add := func(list []intake.Rejection, what string) {
		for _, x := range list {
			place := x.Column
			if x.Row > 0 {
				place = fmt.Sprintf("Row %d, %s", x.Row, x.Column)
			}
			c.Rows = append(c.Rows, fmt.Sprintf("%s, %s: %s", place, what, x.Reason))
		}
	}
	add(r.Rejected, "rejected")
	if r.More > 0 {
		c.Rows = append(c.Rows, fmt.Sprintf("and %d more are rejected", r.More))
	}
	add(r.Warnings, "taken, but look")
	add(r.Left, "not to pack")
	if r.MoreLeft > 0 {
		c.Rows = append(c.Rows, fmt.Sprintf("and %d more are not to be packed", r.MoreLeft))
	}
	if len(r.Ignored) > 0 {
		c.Rows = append(c.Rows, "Columns that were not used: "+strings.Join(r.Ignored, ", "))
	}
	return c
}

func people(ctx context.Context, path string) ([]intake.Badged, error) {
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
func kindOf(ctx context.Context, path string) (string, error) {
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
	best, most := "", 0
	for _, k := range []struct {
		kind string
		read func() (int, error)
	}{
		{screen.StepPeople, func() (int, error) { return takes(ctx, file, path, intake.ReadPeople) }},
		{screen.StepCartons, func() (int, error) { return takes(ctx, file, path, intake.ReadCartons) }},
		{screen.StepRates, func() (int, error) { return takes(ctx, file, path, intake.ReadPrices) }},
		{screen.StepOrders, func() (int, error) { return takes(ctx, file, path, intake.ReadOrders) }},
		{screen.StepProducts, func() (int, error) { return takes(ctx, file, path, intake.ReadProducts) }},
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
		return "", fmt.Errorf("%s is neither products, cartons, orders, people nor rates: choose the step and then the file, and it says what is missing", filepath.Base(path))
	}
	return best, nil
}

// takes is how many rows a reader takes of a file.
func takes[T any](ctx context.Context, file io.ReadSeeker, name string, read func(context.Context, io.Reader, string, intake.Options) ([]T, intake.Report, error)) (int, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	_, report, err := read(ctx, file, name, intake.Options{})
	return report.Read - report.Bad(), err
}
