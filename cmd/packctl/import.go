package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/station/intake"
	"packbench/station/phrases"
)

// runImport takes a file in. Rows that are rejected do not make it fail: the
// report names them.
func runImport(ctx context.Context, f *flags) error {
	fileKind := f.String("kind", "", "the kind of a file of orders, where its headings do not tell")
	mapping := f.String("map", "", "a file that says what the columns of a file of orders or products hold; it is remembered for files with the same headings")
	rejects := f.String("rejects", "", "write the rows of orders that were left out to this file, with the reasons, to correct and import again")
	rest, err := f.read()
	if err != nil {
		return err
	}
	if len(rest) != 2 {
		return usagef("say what to import and from which file: packctl import %s FILE", strings.Join(upkeep.Importable(), "|"))
	}
	kind, path := rest[0], rest[1]
	if !slices.Contains(upkeep.Importable(), kind) {
		return usagef("%q cannot be imported; these can: %s", kind, strings.Join(upkeep.Importable(), ", "))
	}
	if kind != "orders" && *fileKind+*rejects != "" || kind != "orders" && kind != "products" && *mapping != "" {
		return usagef("--kind and --rejects are for orders, --map is for orders and products")
	}
	how := upkeep.How{Kind: *fileKind}
	if *mapping != "" {
		if how.Mapping, err = readMapping(*mapping, kind); err != nil {
			return err
		}
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	if a, err := os.Stat(*rejects); err == nil {
		if b, err := file.Stat(); err == nil && os.SameFile(a, b) {
			return usagef("--rejects would write over the file that is read")
		}
	}
	return f.within(ctx, func(d *folder.Folder) error {
		out := rejected{path: *rejects}
		if out.path != "" {
			how.Rejects = &out
		}
		if kind == "people" {
			if how.Account, err = accountHere(ctx, d); err != nil {
				return err
			}
		}
		report, err := upkeep.New(d).ImportAs(ctx, kind, file, path, how, func(phrase string, args ...string) { fmt.Fprintln(f.err, phrases.Fill(phrase, args...)) })
		if err := errors.Join(err, out.close()); err != nil {
			return err
		}
		return f.print(report, "%s", importWords(kind, report))
	})
}

// rejected is the file of the rows that were left out. It is begun with the first of
// them, so that a file that cannot be read leaves none.
type rejected struct {
	path string
	file *os.File
}

func (r *rejected) Write(p []byte) (n int, err error) {
	if r.file == nil {
		if r.file, err = os.OpenFile(r.path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600); err != nil { // addresses stand in it
			return 0, err
		}
	}
	return r.file.Write(p)
}

func (r *rejected) close() error {
	if r.file == nil {
		return nil
	}
	return r.file.Close()
}

// readMapping reads a file in JSON that says what the columns of a file hold.
func readMapping(path, kind string) (*intake.Mapping, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var m intake.Mapping
	in := json.NewDecoder(bytes.NewReader(text))
	in.DisallowUnknownFields()
	check := intake.Mapping.Check
	if kind == "products" {
		check = intake.Mapping.CheckProducts
	}
	if err := in.Decode(&m); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if err := check(m); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &m, nil
}

func importWords(kind string, r upkeep.Import) string {
	lines := []string{fmt.Sprintf("%s: %d rows read, %d added, %d changed, %d unchanged, %d rejected",
		kind, r.Read, r.Added, r.Changed, r.Unchanged, len(r.Rejected)+r.More)}
	if r.KindName != "" {
		lines[0] = r.KindName + ", " + lines[0]
	}
	list := func(mark string, rows []intake.Rejection) {
		for _, x := range rows {
			lines = append(lines, fmt.Sprintf("  %s %s: %s", mark, where(x), x.Reason))
		}
	}
	list("rejected", r.Rejected)
	if r.More > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more are rejected", r.More))
	}
	list("look at", r.Warnings)
	list("not to pack", r.Left)
	if r.MoreLeft > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more are not to be packed", r.MoreLeft))
	}
	if len(r.Ignored) > 0 {
		lines = append(lines, "  columns that were not used: "+strings.Join(r.Ignored, ", "))
	}
	return strings.Join(lines, "\n")
}

// where is the place of a cell in a file; Row 0 is none of its rows.
func where(x intake.Rejection) string {
	if x.Row == 0 {
		return x.Column
	}
	return fmt.Sprintf("row %d, %s", x.Row, x.Column)
}
