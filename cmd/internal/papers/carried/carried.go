// Package carried owns papers that a carrier made: how they are kept, as they came, and
// what of them a printer of the settings gets.
//
// Nobody can draw such a paper again, so it is never changed where it is kept; what goes
// to a printer is made of it each time, by package foreign: a label at its own size, on
// the label printer's media, as a PDF or as dots. It must not know devices, the engine or
// what the bench itself draws: package papers does, and asks this one.
package carried

import (
	"context"
	"errors"
	"fmt"

	"packbench/labels"
	"packbench/labels/foreign"
	"packbench/labels/zpl"
	"packbench/station/carrier/account"
	"packbench/station/config"
	"packbench/station/store"
	"packbench/station/trouble"
)

// Profile is the profile of a kept document that a carrier made.
const Profile = "carrier"

// OnPaper is the kind of document whose printer is the paper printer, whatever the
// settings say of kinds: a label that no label takes goes there.
const OnPaper = "paper"

// Form is a paper as a printer gets it.
type Form struct {
	PDF, ZPL []byte
	On       string // OnPaper where it is not for the printer that was asked for
}

// Customs names a kept customs paper that came with a label, counted from 1.
func Customs(label string, n int) string { return fmt.Sprintf("%s-customs-%d", label, n) }

// Documents are the kept forms of what came with a purchase: first says of them what all
// share, and the label is first. dots names the kept program of a label that is one.
func Documents(first store.Document, papers []account.Paper, dots func(string) string) ([]store.Document, error) {
	all := []store.Document{first}
	if label := papers[0]; label.Type == account.ZPL {
		program := first
		program.ID, program.Effect, program.Kind, program.PDF = dots(first.ID), dots(first.Effect), "label-zpl", label.Data
		all = append(all, program)
	} else {
		page, err := Page(label)
		if err != nil {
			return nil, err
		}
		all[0].PDF = page
	}
	n := 0
	for _, p := range papers[1:] {
		if p.Kind != "customs" {
			continue
		}
		page, err := Page(p)
		if err != nil { // the label is there: what else came must not stop it
			continue
		}
		n++
		paper := first
		paper.ID, paper.Effect, paper.Kind, paper.PDF = Customs(first.ID, n), Customs(first.Effect, n), "customs", page
		all = append(all, paper)
	}
	return all, nil
}

// Label returns what the printers get of a kept label: program is that of a label which
// came as one for label printers. What fits no label is for the paper printer.
func Label(ctx context.Context, kept, program []byte, p config.Printers) (Form, error) {
	zplPrinter := p.Label.Kind == "zpl"
	switch {
	case len(program) > 0 && zplPrinter:
		return Form{ZPL: program}, nil
	case len(program) > 0:
		return Form{}, trouble.New(trouble.OtherPrinter).From(nil)
	}
	paper, err := labels.PaperNamed(p.Label.Page)
	if err != nil {
		return Form{}, err
	}
	var out Form
	if zplPrinter {
		pages, err := foreign.Dots(ctx, kept, paper, p.Label.DPI)
		if err == nil {
			out.PDF = kept
			out.ZPL, err = zpl.Graphic(pages...)
		}
		if !errors.As(err, new(*foreign.LargeError)) {
			return out, wrong(err)
		}
	} else {
		out.PDF, err = foreign.Fit(ctx, kept, paper, p.Label.DPI)
		if !errors.As(err, new(*foreign.LargeError)) {
			return out, wrong(err)
		}
	}
	sheet, err := labels.PaperNamed(p.Paper.Page)
	if err != nil {
		return Form{}, err
	}
	page, err := foreign.Fit(ctx, kept, sheet, p.Paper.DPI)
	return Form{PDF: page, On: OnPaper}, wrong(err)
}

// wrong says to a packer why a label cannot be printed.
func wrong(err error) error {
	var large *foreign.LargeError
	switch {
	case errors.As(err, &large):
		return trouble.New(trouble.LabelTooLarge, large.Error()).From(err)
	case errors.Is(err, foreign.ErrUnreadable), errors.Is(err, foreign.ErrBlank):
		return trouble.New(trouble.LabelUnreadable, err.Error()).From(err)
	}
	return err
}

// Papers returns customs papers that a carrier sent, as one file for a printer; smaller
// than they came where they do not fit.
func Papers(ctx context.Context, kept [][]byte, p config.Printer) (Form, error) {
	paper, err := labels.PaperNamed(p.Page)
	if err != nil {
		return Form{}, err
	}
	page, err := foreign.Shrink(ctx, paper, p.DPI, kept...)
	if err != nil || p.Kind != "zpl" {
		return Form{PDF: page}, err
	}
	dots, err := foreign.Dots(ctx, page, paper, p.DPI)
	if err != nil {
		return Form{}, err
	}
	program, err := zpl.Graphic(dots...)
	return Form{PDF: page, ZPL: program}, err
}
