package folder

import (
	"context"

	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/store"
	"packbench/station/trace"
)

// SSCCRange is where the shop's SSCC come from.
func (f *Folder) SSCCRange() store.Range {
	b := trace.Block{Extension: int(f.Settings.GS1.Extension[0] - '0'), Prefix: f.Settings.GS1.CompanyPrefix}
	return store.Range{Shape: b.Shape(), First: 1, Last: b.Most(), Make: b.Make}
}

// TrackingRange is the range of a carrier's tracking numbers.
func TrackingRange(c carrier.Carrier) store.Range {
	f := trackingFormat(c)
	first, last := f.Serials()
	return store.Range{Shape: f.Shape(), First: first, Last: last, Make: f.Make}
}

// trackingFormat is the number range that a carrier's rate card gives.
func trackingFormat(c carrier.Carrier) trace.Format {
	t := c.Tracking
	return trace.Format{
		Carrier: c.ID, Name: t.Name, Prefix: t.Prefix, Digits: t.Digits, Rule: trace.Rule(t.Check), Suffix: t.Suffix, Cover: t.Cover,
		First: t.First, Last: t.Last,
	}
}

// MoreSSCC says what a shop does whose SSCC run out.
const MoreSSCC = "set another extension digit, or a new company prefix, in " + config.File

// SSCCs counts what is left of the shop's SSCC, with the extension digit and
// the company prefix of the settings.
func (f *Folder) SSCCs(ctx context.Context) (trace.Stock, error) {
	r := f.SSCCRange()
	left, err := f.Store.SSCCLeft(ctx, r)
	return trace.Stock{Left: left, Size: r.Last, More: MoreSSCC}, err
}

// SettleNumbers ends a conflict of the numbers: see store.SettleNumbers.
func (f *Folder) SettleNumbers(ctx context.Context, skip uint64) error {
	r, err := f.AllRanges(ctx)
	if err != nil {
		return err
	}
	return f.Store.SettleNumbers(ctx, r, skip)
}

// AllRanges are the ranges that labels are numbered from now.
func (f *Folder) AllRanges(ctx context.Context) (store.Ranges, error) {
	cards, _, err := f.Catalogue(ctx)
	if err != nil {
		return store.Ranges{}, err
	}
	r := store.Ranges{SSCC: f.SSCCRange(), Tracking: map[string]store.Range{}}
	for _, c := range cards.Carriers {
		r.Tracking[c.ID] = TrackingRange(c)
	}
	return r, nil
}

// Range is a carrier's range of tracking numbers and what is left of it.
type Range struct {
	Carrier string
	Stock   trace.Stock
}

// Ranges counts what is left of the tracking numbers of each carrier that has a
// rate card.
func (f *Folder) Ranges(ctx context.Context) ([]Range, error) {
	cards, _, err := f.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	return f.ranges(ctx, cards)
}

func (f *Folder) ranges(ctx context.Context, cards carrier.Cards) ([]Range, error) {
	var out []Range
	for _, c := range cards.Carriers {
		r := TrackingRange(c)
		left, err := f.Store.TrackingLeft(ctx, c.ID, r)
		if err != nil {
			return nil, err
		}
		out = append(out, Range{Carrier: c.ID, Stock: trace.Stock{Left: left, Size: r.Last - r.First + 1}})
	}
	return out, nil
}

// NumbersLeft tells the choice of a service which carriers run out of numbers.
func (f *Folder) NumbersLeft(ctx context.Context, cards carrier.Cards) (map[string]carrier.Numbers, error) {
	ranges, err := f.ranges(ctx, cards)
	out := make(map[string]carrier.Numbers, len(ranges))
	for _, r := range ranges {
		out[r.Carrier] = carrier.Numbers{Left: r.Stock.Left, Low: r.Stock.Low()}
	}
	return out, err
}
