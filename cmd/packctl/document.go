package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"slices"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/member"
	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/papers/cards"
	"packbench/station/cases"
	"packbench/station/intake"
	"packbench/station/say"
	"packbench/station/screen"
)

// Kinds of document: those of a parcel or a manifest need its name, sheets do
// not. "customs" is whatever customs papers the parcel needs, in one file.
var (
	documentKinds = slices.Concat(namedKinds, []string{"commands", "badges", "cartons", "calibration", "help"})
	namedKinds    = []string{"label", "slip", "inside", "return", "customs", "cn22", "cn23", "invoice", "manifest"}
	fixedKinds    = []string{"label", "customs", "cn22", "cn23", "invoice"} // in a language of their own
)

// runDocument writes one document as a PDF file.
func runDocument(ctx context.Context, f *flags) error {
	out := f.String("out", "", "file to write")
	language := f.String("language", "", "language of its words; \"\": its reader's")
	rest, err := f.read()
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usagef("say which document: %s", strings.Join(documentKinds, ", "))
	}
	kind, id := rest[0], ""
	if len(rest) > 1 {
		id = rest[1]
	}
	switch {
	case len(rest) > 2:
		return usagef("unknown argument %q", rest[2])
	case !slices.Contains(documentKinds, kind):
		return usagef("there is no document of kind %q; there are %s", kind, strings.Join(documentKinds, ", "))
	case *out == "":
		return usagef("name the file with --out FILE")
	case id == "" && slices.Contains(namedKinds, kind):
		return usagef("name the parcel, the order or the manifest")
	case *language != "" && slices.Contains(fixedKinds, kind):
		return usagef("a %s has no other language: labels stay as they were first made, customs papers are English and French", kind)
	}
	within := f.looking
	if kind == "label" { // which is written down
		within = f.within
	}
	return within(ctx, func(d *folder.Folder) error {
		if *language != "" && kind != "help" {
			if err := d.Speak(*language); err != nil {
				return usagef("%v", err)
			}
		}
		doc, err := draw(ctx, d, kind, id, *language)
		if err != nil {
			return err
		}
		if kind == "label" {
			if err := copied(ctx, d, doc.ID); err != nil {
				return err
			}
		}
		if err := folder.WriteWhole(*out, func(w io.Writer) error { _, err := w.Write(doc.PDF); return err }); err != nil {
			return err
		}
		return f.printDrawn(doc, *out)
	})
}

// copied writes down that the label of a parcel is given out as a file, and to whom: it
// is as good as the one on the box. It does so before, because nothing is as quick as
// taking a file away.
func copied(ctx context.Context, d *folder.Folder, parcel string) error {
	p, err := d.ParcelCalled(ctx, parcel)
	if err != nil {
		return err
	}
	account, err := accountHere(ctx, d)
	if err != nil {
		return err
	}
	return d.AtDesk(ctx, cases.LabelCopied{Order: p.Order, Parcel: p.ID, Document: p.Document, Account: account})
}

// accountHere is the key of the computer's account that this runs as: its name is kept
// outside the journal.
func accountHere(ctx context.Context, d *folder.Folder) (key string, err error) {
	name := "an unknown account"
	if who, err := user.Current(); err == nil && who.Username != "" {
		name = who.Username
	}
	key = d.Keyed("account", name)
	return key, d.Store.KeepAside(ctx, key, name)
}

func draw(ctx context.Context, d *folder.Folder, kind, id, language string) (papers.Drawn, error) {
	if slices.Contains(namedKinds, kind) && kind != "manifest" {
		p, err := d.ParcelCalled(ctx, id)
		if err != nil {
			return papers.Drawn{}, err
		}
		id = p.ID
	}
	switch of, sheets := papers.New(d), cards.New(d); kind {
	case "label":
		line, err := member.Speak(ctx, of.Folder, os.Getenv)
		if err != nil {
			return papers.Drawn{}, err
		}
		if line != nil {
			defer line.Close()
			of.Store.Elsewhere = line.Elsewhere
		}
		return of.LabelOf(ctx, id)
	case "commands":
		return sheets.CommandSheet()
	case "cartons":
		return sheets.CartonSheet(ctx)
	case "manifest":
		return of.ManifestOf(ctx, id)
	case "help":
		in, err := say.Supplied(cmp.Or(language, d.Settings.Language, "en"))
		if err != nil {
			return papers.Drawn{}, usagef("%v", err)
		}
		return sheets.HelpSheet(in, screen.DefaultKeys())
	case "calibration":
		return sheets.CalibrationSheet()
	case "badges":
		list, err := badgeList(ctx, d, id)
		if err != nil {
			return papers.Drawn{}, err
		}
		return sheets.BadgeSheet(ctx, list)
	default:
		return of.PaperOf(ctx, id, kind, 0)
	}
}

// badgeList reads the people file, or takes the sample's people in a demo.
func badgeList(ctx context.Context, d *folder.Folder, path string) (list []intake.Badged, err error) {
	if path == "" {
		return cards.New(d).SampleBadges(ctx)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	list, report, err := intake.ReadPeople(ctx, io.Reader(file), path, intake.Options{})
	if err == nil && report.Bad() > 0 {
		first := report.Rejected[0]
		err = fmt.Errorf("%s row %d, %s: %s", path, first.Row, first.Column, first.Reason)
	}
	return list, err
}

// printDrawn tells where a document is, and beside it what it does not show.
func (f *flags) printDrawn(doc papers.Drawn, path string) error {
	missing, instead, lost, changed := []string{}, []string{}, "", ""
	for _, m := range doc.Missing {
		if m.Instead {
			instead, changed = append(instead, m.String()), changed+"  "+m.String()+"\n"
		} else {
			missing, lost = append(missing, m.String()), lost+"  not printed: "+m.String()+"\n"
		}
	}
	object := struct {
		Kind    string   `json:"kind"`
		ID      string   `json:"id"`
		File    string   `json:"file"`
		Missing []string `json:"missing"`           // not printed
		Instead []string `json:"instead,omitempty"` // printed in another form
	}{doc.Kind, doc.ID, path, missing, instead}
	if err := f.print(object, "%s: %s", doc.Kind, path); err != nil || f.json {
		return err
	}
	_, err := fmt.Fprint(f.err, lost, changed)
	return err
}
