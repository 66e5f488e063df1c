package main

import (
	"context"
	"errors"

	"packbench/cmd/internal/folder"
	"packbench/station/store"
)

// rangeLine is what is left of a range of numbers, as it is printed.
type rangeLine struct {
	Carrier string `json:"carrier"` // "SSCC" for the shop's own
	Left    uint64 `json:"left"`
	Size    uint64 `json:"size"`
	Low     bool   `json:"low"`
	Message string `json:"message"`
}

// runNumbers tells what is left of the SSCC and of the carriers' numbers, and ends a conflict
// between the database and the file of the numbers beside it.
func runNumbers(ctx context.Context, f *flags) error {
	skip := f.Uint64("skip", 0, "how many labels may have been made that are not known here")
	force := f.Bool("force", false, "with settle: skip the numbers although nothing is in conflict")
	rest, err := f.read()
	if err != nil {
		return err
	}
	settle := len(rest) == 1 && rest[0] == "settle"
	if len(rest) > 0 && !settle {
		return usagef("unknown argument %q", rest[0])
	}
	if settle != f.given("skip") || *force && !settle {
		return usagef("settle takes --skip COUNT: how many labels may have been made that are not known here, 0 for none")
	}
	return f.within(ctx, func(d *folder.Folder) error {
		if settle {
			if err := settleNumbers(ctx, d, *skip, *force); err != nil {
				return err
			}
		}
		return f.printNumbers(ctx, d)
	})
}

func (f *flags) printNumbers(ctx context.Context, d *folder.Folder) error {
	if err := d.Store.CheckNumbers(ctx); err != nil {
		return err
	}
	ranges, err := d.Ranges(ctx)
	if err != nil {
		return err
	}
	own, err := d.SSCCs(ctx)
	if err != nil {
		return err
	}
	for _, r := range append([]folder.Range{{Carrier: "SSCC", Stock: own}}, ranges...) {
		line := rangeLine{Carrier: r.Carrier, Left: r.Stock.Left, Size: r.Stock.Size, Low: r.Stock.Low(), Message: r.Stock.Words()}
		if err := f.print(line, "%s: %s", line.Carrier, line.Message); err != nil {
			return err
		}
	}
	return nil
}

// settleNumbers ends a conflict. Without one nothing is skipped unless that is
// meant: skipped numbers are gone for ever.
func settleNumbers(ctx context.Context, d *folder.Folder, skip uint64, force bool) error {
	err := d.Store.CheckNumbers(ctx)
	var conflict *store.Conflict
	switch {
	case err == nil && !force:
		return errors.New("nothing to settle: the numbers are in no conflict, and what is skipped is never given out; --force skips all the same")
	case err != nil && !errors.As(err, &conflict):
		return err
	}
	return d.SettleNumbers(ctx, skip)
}
