package newshop

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"

	"packbench/cmd/internal/columns"
	"packbench/cmd/internal/upkeep"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
)

// came says what a file of a kind brought.
func came(l say.Language, name, kind string, r upkeep.Import) screen.Came {
	refused := len(r.Rejected) + r.More
	c := screen.Came{
		Words: l.Say("{file}: {read} read, {added} added, {changed} changed, {unchanged} unchanged, {rejected} rejected", "file", name, "read", strconv.Itoa(r.Read),
			"added", strconv.Itoa(r.Added), "changed", strconv.Itoa(r.Changed), "unchanged", strconv.Itoa(r.Unchanged), "rejected", strconv.Itoa(refused)),
		Look: refused+len(r.Warnings) > 0, Bad: refused > 0 && r.Added+r.Changed+r.Unchanged == 0,
	}
	if r.KindName != "" {
		c.Words = r.KindName + ", " + c.Words
	}
	if r.Read == 0 {
		c.Words, c.Bad = l.Say("{file}: there is nothing in it", "file", name), true
	}
	add := func(list []intake.Rejection, what string) {
		var rows []screen.Refusal
		for _, x := range list {
			rows = append(rows, screen.Refusal(x))
		}
		c.Rows = append(c.Rows, screen.ByReason(l, rows, what)...)
	}
	add(r.Rejected, "rejected")
	if r.More > 0 {
		c.Rows = append(c.Rows, l.Say("and {n} more are rejected", "n", strconv.Itoa(r.More)))
	}
	add(r.Warnings, "taken, but look")
	add(r.Left, "not to pack")
	if r.MoreLeft > 0 {
		c.Rows = append(c.Rows, l.Say("and {n} more are not to be packed", "n", strconv.Itoa(r.MoreLeft)))
	}
	if len(r.Ignored) > 0 {
		c.Rows = append(c.Rows, l.Say("Columns that were not used: {columns}", "columns", strings.Join(r.Ignored, ", ")))
	}
	c.Rejects = kind == screen.StepOrders && refused > 0
	return c
}

// stopped says that somebody stopped an import, as far as the import itself tells with
// what is left of it.
func stopped(l say.Language, err error) screen.Came {
	phrase := "Stopped. Choose the file again to go on: nothing comes in twice"
	if cut := (*upkeep.Stopped)(nil); errors.As(err, &cut) {
		phrase = say.Sentence(cut.Error())
	}
	return screen.Came{Look: true, Words: l.Phrase(phrase)}
}

// saveRejects writes the rows that the last file of orders was left without into a file
// that can be corrected and taken in again.
func (p *Page) saveRejects() {
	path, before := p.last, p.came[screen.StepOrders]
	if path == "" || !before.Rejects {
		return
	}
	from, l, file := columns.New(p.Folder), p.Language(), filepath.Base(path)
	p.work(screen.StepOrders, l.Say("Writing the rows that were left out of {file}", "file", file), func(ctx context.Context) (screen.Came, func()) {
		saved, err := from.SaveRejects(ctx, path)
		after := before
		switch {
		case errors.Is(err, context.Canceled):
			after.Words = l.Say("{first} {second}", "first", l.Phrase("Stopped: no file was written."), "second", before.Words)
			return after, nil
		case err != nil:
			after.Words = l.Say("No file was written: {reason}", "reason", named(file, err))
			return after, nil
		case saved == "":
			after.Words, after.Rejects = l.Say("Every row of {file} could be taken now: choose it again", "file", file), false
			return after, nil
		}
		after.Words, after.Rejects, after.File = l.Say("The rows that were left out are in {file}. Correct them there, and choose that file", "file", saved), false, true
		return after, func() { p.folder = filepath.Dir(saved) }
	})
}
