package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/stockroom"
	"packbench/devices/llrp"
	"packbench/station/stock"
)

// countLine is what a count of a product in a bin led to, or a code that was not counted.
type countLine struct {
	Bin     string        `json:"bin"`
	SKU     string        `json:"sku,omitempty"`
	Counted int           `json:"counted"`
	Outcome stock.Outcome `json:"outcome"`
	Diff    int           `json:"diff,omitempty"` // by which the ledger was corrected
	Case    string        `json:"case,omitempty"`
	Code    string        `json:"code,omitempty"` // of a stranger
	Reason  string        `json:"reason,omitempty"`
}

// outcomeStranger is a code that was not counted.
const outcomeStranger stock.Outcome = "stranger"

// stockCount takes a walk with a scanner, one code a line: below the badge code on
// standard input, or from a file.
func stockCount(ctx context.Context, f *flags, words []string, reader string) error {
	if len(words) != 1 || words[0] == "" {
		return usagef("usage: packctl stock count FILE|-; a line each: the bin's code, then what lies in it, x12 after a code for twelve of it, end; or packctl stock count --reader HOST BIN")
	}
	if reader != "" {
		return countByReader(ctx, f, words[0], reader)
	}
	return f.within(ctx, func(d *folder.Folder) (err error) {
		in := bufio.NewReader(f.in)
		who, err := asker(ctx, in, d)
		if err != nil {
			return err
		}
		walk, err := stockroom.New(d).Walk(who.Person)
		if err != nil {
			return err
		}
		if words[0] != "-" {
			file, err := os.Open(words[0])
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, file.Close()) }()
			in = bufio.NewReader(file)
		}
		return f.walk(ctx, walk, in, words[0] == "-")
	})
}

// countByReader has an RFID reader count a bin.
func countByReader(ctx context.Context, f *flags, bin, address string) error {
	return f.within(ctx, func(d *folder.Folder) error {
		who, err := asker(ctx, bufio.NewReader(f.in), d)
		if err != nil {
			return err
		}
		conn, err := llrp.Dial(ctx, address)
		if err != nil {
			return fmt.Errorf("connect to the reader at %s: %w", address, err)
		}
		results, strangers, err := stockroom.New(d).ByReader(ctx, who.Person, bin, conn, llrp.Options{})
		if err := errors.Join(err, conn.Close()); err != nil {
			return err
		}
		for _, h := range strangers {
			if err := f.printHeard(h, false); err != nil {
				return err
			}
		}
		return f.printResults(results)
	})
}

// walk gives each line to the walk and prints what came of it; aloud says that somebody
// listens while they scan.
func (f *flags) walk(ctx context.Context, walk *stockroom.Walk, in *bufio.Reader, aloud bool) error {
	for {
		text, tooLong, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		end := err != nil
		heard := stockroom.Heard{Kind: stockroom.HeardStranger, Code: text, Why: "the line is too long"}
		if !tooLong {
			if heard, err = walk.Line(ctx, text); err != nil {
				return err
			}
		}
		if err := f.printHeard(heard, aloud); err != nil {
			return err
		}
		if end {
			results, err := walk.End(ctx)
			if err != nil {
				return err
			}
			return f.printResults(results)
		}
	}
}

func (f *flags) printHeard(h stockroom.Heard, aloud bool) error {
	if err := f.printResults(h.Ended); err != nil {
		return err
	}
	switch {
	case h.Kind == stockroom.HeardStranger:
		return f.print(countLine{Bin: h.Bin, Outcome: outcomeStranger, Code: clipped(h.Code, 80), Reason: h.Why}, "%s is not counted: %s", clipped(h.Code, 80), h.Why)
	case h.Kind == stockroom.HeardBadge:
		return f.print(countLine{Bin: h.Bin, Outcome: outcomeStranger, Reason: h.Why}, "a badge is not counted")
	case f.json || !aloud:
	case h.Kind == stockroom.HeardBin:
		_, err := fmt.Fprintf(f.out, "bin %s\n", h.Bin)
		return err
	case h.Kind == stockroom.HeardItem:
		_, err := fmt.Fprintf(f.out, "  %s: %d\n", cmp.Or(h.Name, h.SKU), h.Units)
		return err
	}
	return nil
}

func (f *flags) printResults(list []stockroom.Result) error {
	for _, r := range list {
		line := countLine{Bin: r.Bin, SKU: r.SKU, Counted: r.Counted, Outcome: r.Outcome, Diff: r.Diff, Case: r.Case}
		words := "right"
		switch r.Outcome {
		case stock.Again:
			words = "count it again"
		case stock.Booked:
			words = fmt.Sprintf("counted twice: the ledger was off by %+d and is corrected, case %s", r.Diff, r.Case)
		case stock.Seen:
			words = "fewer seen than there should be: count it by hand"
		}
		if err := f.print(line, "bin %s, %s: %d, %s", r.Bin, cmp.Or(r.Name, r.SKU), r.Counted, words); err != nil {
			return err
		}
	}
	return nil
}
