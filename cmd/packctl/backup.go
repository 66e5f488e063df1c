package main

import (
	"context"
	"fmt"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
)

// runBackup writes the whole data folder into one file, while benches go on.
func runBackup(ctx context.Context, f *flags) error {
	file, err := f.readOne("usage: packctl backup FILE")
	if err != nil {
		return err
	}
	return f.within(ctx, func(d *folder.Folder) error {
		b, err := upkeep.New(d).Backup(ctx, file)
		if err != nil {
			return err
		}
		return f.print(b, "%s holds %s, checked: keep it where only you can read it", file, held(b))
	})
}

// runRestore puts a backup back.
func runRestore(ctx context.Context, f *flags) error {
	file, err := f.readOne("usage: packctl restore FILE")
	if err != nil {
		return err
	}
	r, err := upkeep.Restore(ctx, f.data, file, folder.Options{Clock: f.clock})
	if err != nil {
		return err
	}
	words := fmt.Sprintf("%s is as it was on %s: %s, checked", f.data, r.Made.Local().Format("2 Jan 2006 15:04:05"), held(r.Backup))
	if r.Aside != "" {
		words += "\nwhat was there before is now in " + r.Aside
	}
	if r.Skipped {
		words += "\nthe numbers jump ahead, because nothing here shows which were used since then"
	}
	return f.print(r, "%s", words)
}

func held(b upkeep.Backup) string {
	bytes := int64(0)
	for _, f := range b.Files {
		bytes += f.Size
	}
	return fmt.Sprintf("%d rows of the journal in %d files of %.1f MB", b.Rows, len(b.Files), float64(bytes)/1e6)
}
