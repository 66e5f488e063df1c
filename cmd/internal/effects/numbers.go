package effects

import (
	"context"
	"errors"
	"strconv"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/station/carrier"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
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
	return papers.LabelNumbers{SSCC: n.SSCC, Tracking: n.Tracking}, noNumbers(err)
}

// noNumbers makes a trouble of the errors that say why a label has no numbers, and
// leaves others as they are.
func noNumbers(err error) error {
	var conflict *store.Conflict
	var empty *store.Exhausted
	switch {
	case errors.As(err, &conflict):
		return trouble.New(trouble.NoNumbers, string(conflict.Kind)).From(err)
	case errors.As(err, &empty) && empty.Of == store.OfSSCC:
		return trouble.New(trouble.SSCCUsedUp, strconv.FormatUint(empty.Last, 10)).From(err)
	case errors.As(err, &empty):
		return trouble.New(trouble.TrackingUsedUp, strconv.FormatUint(empty.Last, 10), empty.Of).From(err)
	}
	return err
}
