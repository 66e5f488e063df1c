package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/station/shift"
)

// runShift exports the shift book. With --json the book is printed too, and a
// file is then not needed.
func runShift(ctx context.Context, f *flags) error {
	date := f.String("date", "", "day, such as 2026-11-22")
	n := f.Int("shift", 0, "shift of that day, from 1; the whole day by default")
	format := f.String("format", "", strings.Join(shift.Formats(), ", "))
	out := f.String("out", "", "file to write")
	rest, err := f.read()
	switch {
	case err != nil:
		return err
	case len(rest) != 1 || rest[0] != "export":
		return usagef("usage: packctl shift export --date D [--shift N] --format F --out FILE")
	case *date == "":
		return usagef("--date is needed, such as 2026-11-22")
	case *n < 0:
		return usagef("--shift is a number from 1")
	case *out == "" && !f.json:
		return usagef("name the file with --out FILE")
	case *out != "" && !slices.Contains(shift.Formats(), *format):
		return usagef("--format is one of %s", strings.Join(shift.Formats(), ", "))
	}
	day, err := shift.ParseDate(*date)
	if err != nil {
		return usagef("%v", err)
	}
	return f.looking(ctx, func(d *folder.Folder) error {
		book, err := desk.New(d).ShiftBook(ctx, day, *n)
		if err == nil && *out != "" {
			err = folder.WriteWhole(*out, func(w io.Writer) error { return desk.WriteShift(book, *format, w) })
		}
		switch {
		case err != nil:
			return err
		case f.json:
			return book.JSON(f.out)
		}
		return printBook(f.out, book, *out)
	})
}

func printBook(w io.Writer, b shift.Book, file string) error {
	lines := []string{fmt.Sprintf("%s: %d lines in the log, written to %s", b.Window.Name, len(b.Rows), file)}
	for _, x := range b.Balances {
		left, right := x.Sums()
		word := "even"
		if !x.Even() {
			word = "DOES NOT balance: " + strings.Join(x.Gaps, ", ")
		}
		lines = append(lines, fmt.Sprintf("  %-8s %d = %d  %s", x.Of, left, right, word))
	}
	_, err := fmt.Fprintln(w, strings.Join(lines, "\n"))
	return err
}
