package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/station/gs1"
	"packbench/station/trace"
)

// runTrace judges a trace code, or looks after the keys. A forged code is an
// answer, not a failure.
func runTrace(ctx context.Context, e env, args []string) (err error) {
	f := newFlags("trace")
	box := f.String("box", "", "the SSCC on the box that the code was found on")
	lost := f.Bool("lost", false, "with rotate: the key file is lost for good")
	rest, err := f.read(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 && slices.Contains([]string{"keys", "rotate", "retire"}, rest[0]) {
		return f.keys(e, *lost, rest)
	}
	if len(rest) != 1 || strings.TrimSpace(rest[0]) == "" || *lost {
		return usagef("give a trace code, one at a time; or keys, rotate [--lost], retire KEY")
	}
	onBox, err := readSSCC(*box)
	if err != nil {
		return err
	}
	d, err := f.open(ctx, e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	_, code := gs1.SplitAIM(rest[0])
	t, err := desk.New(d).Trace(ctx, code, onBox)
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

// readSSCC reads the SSCC of a box as it is scanned or typed.
func readSSCC(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	if sscc := trace.ReadSSCC(text); sscc != "" {
		return sscc, nil
	}
	_, err := gs1.ParseSSCC(strings.ReplaceAll(text, " ", ""))
	return "", usagef("--box: %v", err)
}

// keyLine is a trace key as it is printed.
type keyLine struct {
	Key   string `json:"key"`
	State string `json:"state"` // signs, verifies, retired
}

// keys lists the trace keys, makes a new one, or takes the trust from an old one.
func (f *flags) keys(e env, lost bool, args []string) error {
	var keys trace.Keys
	var err error
	switch {
	case args[0] == "keys" && len(args) == 1 && !lost:
		keys, err = folder.TraceKeys(f.data)
	case args[0] == "rotate" && len(args) == 1:
		keys, err = folder.RotateKey(f.data, lost)
	case args[0] == "retire" && len(args) == 2 && !lost:
		keys, err = folder.RetireKey(f.data, args[1])
	default:
		return usagef("give keys, rotate [--lost] or retire KEY")
	}
	if err != nil {
		return err
	}
	for i, k := range keys {
		line := keyLine{Key: k.ID(), State: "verifies"}
		switch {
		case k.Retired():
			line.State = "retired"
		case i == 0:
			line.State = "signs"
		}
		if f.json {
			err = printJSON(e.out, line)
		} else {
			_, err = fmt.Fprintf(e.out, "%s %s\n", line.Key, line.State)
		}
		if err != nil {
			return err
		}
	}
	if args[0] == "keys" || f.json {
		return nil
	}
	_, err = fmt.Fprintln(e.out, "running benches pick this up by themselves")
	return err
}

// runFind finds what a text names.
func runFind(ctx context.Context, e env, args []string) (err error) {
	f := newFlags("find")
	rest, err := f.read(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 || strings.TrimSpace(rest[0]) == "" {
		return usagef("give what to find, one at a time")
	}
	text := rest[0]
	d, err := f.open(ctx, e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	found, err := desk.New(d).Find(ctx, text)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return fmt.Errorf("no order, parcel, tracking number, SSCC or manifest matches %q", clipped(text))
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

func printStory(out io.Writer, d *folder.Folder, events []desk.Event) error {
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
