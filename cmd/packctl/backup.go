package main

import (
	"context"
	"errors"
	"fmt"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/upkeep"
)

// runBackup writes the whole data folder into one file, while benches go on.
func runBackup(ctx context.Context, e env, args []string) (err error) {
	f := newFlags("backup")
	rest, err := f.read(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("write: packctl backup FILE")
	}
	d, err := f.open(ctx, e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	b, err := upkeep.New(d).Backup(ctx, rest[0])
	if err != nil {
		return err
	}
	if f.json {
		return printJSON(e.out, b)
	}
	_, err = fmt.Fprintf(e.out, "%s holds %s, checked: keep it where only you can read it\n", rest[0], held(b))
	return err
}

// runRestore puts a backup back.
func runRestore(ctx context.Context, e env, args []string) error {
	f := newFlags("restore")
	rest, err := f.read(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("write: packctl restore FILE")
	}
	r, err := upkeep.Restore(ctx, f.data, rest[0], folder.Options{Clock: e.clock})
	if err != nil {
		return err
	}
	if f.json {
		return printJSON(e.out, r)
	}
	fmt.Fprintf(e.out, "%s is as it was on %s: %s, checked\n", f.data, r.Made.Local().Format("2 Jan 2006 15:04:05"), held(r.Backup))
	if r.Aside != "" {
		fmt.Fprintf(e.out, "what was there before is now in %s\n", r.Aside)
	}
	if r.Skipped {
		fmt.Fprintln(e.out, "the numbers jump ahead, because nothing here shows which were used since then")
	}
	return nil
}

func held(b upkeep.Backup) string {
	bytes := int64(0)
	for _, f := range b.Files {
		bytes += f.Size
	}
	return fmt.Sprintf("%d rows of the journal in %d files of %.1f MB", b.Rows, len(b.Files), float64(bytes)/1e6)
}
