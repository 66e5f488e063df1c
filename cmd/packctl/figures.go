package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"packbench/cmd/internal/figures"
	"packbench/cmd/internal/folder"
	count "packbench/station/figures"
)

const figuresUsage = "[--weeks N] [--xlsx FILE] [--pdf FILE]"

// runFigures tells the manager's figures of parcels after they left.
func runFigures(ctx context.Context, f *flags) error {
	weeks := f.Int("weeks", figures.Weeks, "of so many weeks, the running one among them")
	files := map[string]*string{"xlsx": f.String("xlsx", "", "write a workbook into this file"), "pdf": f.String("pdf", "", "write a report into this file")}
	if err := f.readAlone(); err != nil {
		return err
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		r, err := figures.Report(ctx, d, *weeks)
		if err != nil {
			return err
		}
		written := false
		for _, format := range figures.Formats() {
			if name := *files[format]; name != "" {
				written = true
				company := cmp.Or(d.Settings.Sender.Company, d.Settings.Sender.Name)
				if err := folder.WriteWhole(name, func(w io.Writer) error { return figures.Write(r, company, format, w) }); err != nil {
					return err
				}
			}
		}
		if f.json {
			return json.NewEncoder(f.out).Encode(r)
		}
		if written {
			_, err := fmt.Fprintln(f.out, "written")
			return err
		}
		return printFigures(f.out, r)
	})
}

// printFigures prints each figure with its last two whole weeks, and what it means.
func printFigures(w io.Writer, r count.Report) error {
	fmt.Fprintf(w, "%s to %s, weeks from Monday\n", r.From.Format("2006-01-02"), r.To.Format("2006-01-02"))
	for _, f := range r.Figures {
		line := fmt.Sprintf("%-24s %s", count.WordOf(f.Key).Name, figureWords(f.Unit, f.All))
		if f.Unit == count.Share && f.All.Known {
			line += fmt.Sprintf(" (%.1f to %.1f)", f.All.Low*100, f.All.High*100)
		}
		line += fmt.Sprintf(", of %d", f.All.Of)
		if f.All.Unknown > 0 {
			line += fmt.Sprintf(", %d unknown", f.All.Unknown)
		}
		if n := len(f.Weeks); n > 2 {
			line += fmt.Sprintf("; last week %s, before %s", figureWords(f.Unit, f.Weeks[n-2]), figureWords(f.Unit, f.Weeks[n-3]))
		}
		fmt.Fprintf(w, "%s\n    %s\n", line, count.WordOf(f.Key).Text())
	}
	for _, l := range r.Lanes[:min(len(r.Lanes), 20)] {
		fmt.Fprintf(w, "%-14s %-6s %s, on time %s, exceptions %s\n", l.Carrier, l.Lane, counted(l.Parcels, "parcel"), figureWords(count.Share, l.OnTime), figureWords(count.Share, l.Exception))
	}
	if r.Open > 0 {
		fmt.Fprintf(w, "money is owed for %s, the oldest arrived on %s\n", counted(r.Open, "return"), r.Oldest.In(r.To.Location()).Format("2006-01-02"))
	}
	return nil
}

func figureWords(u count.Unit, v count.Value) string {
	switch {
	case !v.Known:
		return "unknown"
	case u == count.Share:
		return fmt.Sprintf("%.1f %%", v.Value*100)
	case u == count.Hours:
		return fmt.Sprintf("%.1f h", v.Value)
	}
	return fmt.Sprintf("%.1f", v.Value)
}
