package effects

import (
	"context"
	"errors"
	"fmt"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/station/carrier"
	"packbench/station/pack"
	"packbench/station/store"
)

// numbers gives the SSCC and the tracking number of the effect's label.
func (r *Runner) numbers(ctx context.Context, cards carrier.Cards, e pack.Effect) (papers.LabelNumbers, error) {
	format, err := folder.TrackingFormat(cards, e.Carrier)
	if err != nil {
		return papers.LabelNumbers{}, err
	}
	n, err := r.labels.LabelNumbers(ctx, store.Numbering{
		Effect: e.Key(), Parcel: e.Parcel, Station: r.Station, Carrier: e.Carrier,
		SSCC: r.SSCCRange(), Tracking: folder.TrackingRange(format),
	})
	return papers.LabelNumbers{SSCC: n.SSCC, Tracking: n.Tracking}, err
}

// noNumbers says to a packer why a label has no numbers, "" for other errors.
func noNumbers(err error) string {
	var conflict *store.Conflict
	var empty *store.Exhausted
	switch {
	case errors.As(err, &conflict):
		return fmt.Sprintf("no numbers are given out: %s; packctl doctor says what to do", conflict.Kind)
	case errors.As(err, &empty):
		return empty.Error()
	}
	return ""
}
