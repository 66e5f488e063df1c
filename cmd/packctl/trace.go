package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"packbench/cmd/internal/bench"
	"packbench/station/gs1"
)

// runTrace judges a trace code. A forged code is an answer, not a failure.
func runTrace(ctx context.Context, e env, args []string) (err error) {
	f, d, text, err := oneText(ctx, e, "trace", "a trace code", args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	_, code := gs1.SplitAIM(text)
	t, err := d.Trace(ctx, code)
	if err != nil {
		return err
	}
	if f.json {
		return printJSON(e.out, t)
	}
	words := fmt.Sprintf("%s: %s", t.Verdict, t.Reason)
	if t.Parcel != "" {
		words += fmt.Sprintf("\nparcel %s of order %s, SSCC %s", t.Parcel, t.Order, t.SSCC)
	}
	if _, err := fmt.Fprintln(e.out, words); err != nil {
		return err
	}
	return printStory(e.out, d, t.Events)
}

// runFind finds what a text names.
func runFind(ctx context.Context, e env, args []string) (err error) {
	f, d, text, err := oneText(ctx, e, "find", "what to find", args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	found, err := d.Find(ctx, text)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("no order, parcel, tracking number or SSCC is known as %q", clipped(text))
	}
	for _, x := range found {
		if f.json {
			err = printJSON(e.out, x)
		} else if _, err = fmt.Fprintf(e.out, "%s %s: %s\n", x.Kind, x.ID, x.State); err == nil {
			err = printStory(e.out, d, x.Story)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// oneText reads the arguments of a command that takes one text, and opens the
// data folder.
func oneText(ctx context.Context, e env, name, what string, args []string) (*flags, *bench.Data, string, error) {
	f := newFlags(e, name)
	rest, err := f.read(args)
	if err != nil {
		return nil, nil, "", err
	}
	if len(rest) != 1 || strings.TrimSpace(rest[0]) == "" {
		return nil, nil, "", usagef("give %s, one at a time", what)
	}
	d, err := f.open(ctx, e)
	return f, d, rest[0], err
}

func printStory(out io.Writer, d *bench.Data, events []bench.Event) error {
	for _, ev := range events {
		who := ev.Station
		if ev.Who != "" {
			who += " " + ev.Who
		}
		if _, err := fmt.Fprintf(out, "  %s  %-10s %s\n", ev.At.In(d.Location()).Format("2006-01-02 15:04:05"), who, ev.Text); err != nil {
			return err
		}
	}
	return nil
}
