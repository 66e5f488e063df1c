package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
	"packbench/station/intake"
)

// runImport takes a file in. Rows that are rejected do not make it fail: the
// report names them.
func runImport(ctx context.Context, f *flags) error {
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
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	return f.within(ctx, func(d *folder.Folder) error {
		report, err := upkeep.New(d).Import(ctx, kind, file, path, func(words string) { fmt.Fprintln(f.err, words) })
		if err != nil {
			return err
		}
		return f.print(report, "%s", importWords(kind, report))
	})
}

func importWords(kind string, r upkeep.Import) string {
	lines := []string{fmt.Sprintf("%s: %d rows read, %d added, %d changed, %d unchanged, %d rejected",
		kind, r.Read, r.Added, r.Changed, r.Unchanged, len(r.Rejected)+r.More)}
	if r.Kind != "" {
		lines[0] = r.Kind + ", " + lines[0]
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
