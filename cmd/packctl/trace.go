package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/finder"
	"packbench/cmd/internal/folder"
	"packbench/station/gs1"
	"packbench/station/trace"
)

// runTrace judges a trace code, or looks after the keys. A forged code is an
// answer, not a failure.
func runTrace(ctx context.Context, f *flags) error {
	box := f.String("box", "", "the SSCC on the box that the code was found on")
	lang := f.speaks()
	lost := f.Bool("lost", false, "with rotate: the key file is lost for good")
	rest, err := f.read()
	if err != nil {
		return err
	}
	if len(rest) > 0 && slices.Contains([]string{"keys", "rotate", "retire"}, rest[0]) {
		return f.keys(*lost, rest)
	}
	if len(rest) != 1 || strings.TrimSpace(rest[0]) == "" || *lost {
		return usagef("give a trace code, one at a time; or keys, rotate [--lost], retire KEY")
	}
	onBox, err := readSSCC(*box)
	if err != nil {
		return err
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		_, code := gs1.SplitAIM(rest[0])
		t, err := desk.New(d).In(*lang).Trace(ctx, code, onBox)
		if err != nil {
			return err
		}
		words := fmt.Sprintf("%s: %s", t.Verdict, t.Reason)
		if t.Parcel != "" {
			words += fmt.Sprintf("\nparcel %s of order %s, SSCC %s", t.Parcel, t.Order, t.SSCC)
		}
		return f.print(t, "%s%s", words, story(d, t.Events))
	})
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
func (f *flags) keys(lost bool, args []string) error {
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
		if err := f.print(line, "%s %s", line.Key, line.State); err != nil {
			return err
		}
	}
	if args[0] == "keys" || f.json {
		return nil
	}
	_, err = fmt.Fprintln(f.out, "running benches pick this up by themselves")
	return err
}

// runFind finds what a text names, and writes a page of it to send to who asked.
func runFind(ctx context.Context, f *flags) error {
	out := f.String("out", "", "write its story into this PDF, where the text means one thing")
	const usage = "give what to find, one at a time"
	lang := f.speaks()
	text, err := f.readOne(usage)
	if err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return usagef(usage)
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		found, err := finder.Finder{Desk: desk.New(d).In(*lang)}.Find(ctx, text, true)
		if err == nil && len(found) == 0 {
			err = fmt.Errorf("no order, parcel, tracking number, SSCC, manifest, serial number or lot matches %q, and no product, person or recipient is called so", clipped(text, 40))
		}
		if err == nil && *out != "" {
			err = f.storyPage(d, found, *out)
		}
		for i := 0; i < len(found) && err == nil; i++ {
			x := found[i]
			err = f.print(x, "%s %s%s", x.Kind, x.ID, known(d, x))
		}
		return err
	})
}

// storyPage writes the page of the one thing that was found.
func (f *flags) storyPage(d *folder.Folder, found []finder.Found, path string) error {
	if len(found) > 1 {
		return fmt.Errorf("%d things match, and a page is of one: begin with the number of an order or a parcel", len(found))
	}
	page, lost, err := finder.Page(found[0], d.Clock(), d.Location())
	if err != nil {
		return err
	}
	if lost > 0 {
		fmt.Fprintf(f.err, "%d characters of it could not be printed\n", lost)
	}
	return folder.WriteWhole(path, func(w io.Writer) error { _, err := w.Write(page); return err })
}

// known is what is known of a thing, and what happened, each on a line of its own.
func known(d *folder.Folder, x finder.Found) string {
	lines := ""
	if x.State != "" {
		lines = ": " + x.State
	}
	if x.Name != "" {
		lines += ": " + x.Name
	}
	for _, fact := range x.Facts {
		lines += "\n  " + fact.Name + ": " + fact.Value
	}
	for _, g := range x.Goods {
		lines += fmt.Sprintf("\n  %d × %s in %s", g.Qty, g.Name, g.Parcel)
		if g.Note != "" {
			lines += " (" + g.Note + ")"
		}
	}
	for _, c := range x.Cases {
		lines += "\n  " + c
	}
	return lines + story(d, x.Story)
}

// story is what happened, each on a line of its own after what it is the story of.
func story(d *folder.Folder, events []desk.Event) string {
	lines := ""
	for _, ev := range events {
		who := ev.Station
		if ev.Who != "" {
			who += " " + ev.Who
		}
		lines += fmt.Sprintf("\n  %s  %-10s %s", ev.At.In(d.Location()).Format("2006-01-02 15:04:05"), who, ev.Text)
	}
	return lines
}
