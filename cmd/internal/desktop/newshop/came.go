package newshop

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"packbench/cmd/internal/columns"
	"packbench/cmd/internal/upkeep"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
)

// came says what a file of a kind brought.
func came(name, kind string, r upkeep.Import) screen.Came {
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
		var rows []screen.Refusal
		for _, x := range list {
			rows = append(rows, screen.Refusal(x))
		}
		c.Rows = append(c.Rows, screen.ByReason(rows, what)...)
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
	c.Rejects = kind == screen.StepOrders && refused > 0
	return c
}

// stopped says that somebody stopped an import, as far as the import itself tells with
// what is left of it.
func stopped(err error) screen.Came {
	words := "Stopped. Choose the file again to go on: nothing comes in twice"
	if strings.HasPrefix(err.Error(), "stopped: ") {
		words = say.Sentence(err.Error())
	}
	return screen.Came{Look: true, Words: words}
}

// saveRejects writes the rows that the last file of orders was left without into a file
// that can be corrected and taken in again.
func (p *Page) saveRejects() {
	path, before := p.last, p.came[screen.StepOrders]
	if path == "" || !before.Rejects {
		return
	}
	from := columns.New(p.Folder)
	p.work(screen.StepOrders, "Writing the rows that were left out of "+filepath.Base(path), func(ctx context.Context) (screen.Came, func()) {
		saved, err := from.SaveRejects(ctx, path)
		after := before
		switch {
		case errors.Is(err, context.Canceled):
			after.Words = "Stopped: no file was written. " + before.Words
			return after, nil
		case err != nil:
			after.Words = "No file was written: " + named(filepath.Base(path), err)
			return after, nil
		case saved == "":
			after.Words, after.Rejects = "Every row of "+filepath.Base(path)+" could be taken now: choose it again", false
			return after, nil
		}
		after.Words, after.Rejects, after.File = "The rows that were left out are in "+saved+". Correct them there, and choose that file", false, true
		return after, func() { p.folder = filepath.Dir(saved) }
	})
}
