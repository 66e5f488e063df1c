package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trace"
)

// numbers gives the SSCC and the tracking number of the effect's label.
func (r *runner) numbers(ctx context.Context, cards carrier.Cards, e pack.Effect) (labelNumbers, error) {
	format, err := trackingFormat(cards, e.Carrier)
	if err != nil {
		return labelNumbers{}, err
	}
	n, err := r.Store.LabelNumbers(ctx, store.Numbering{
		Effect: e.Key(), Parcel: e.Parcel, Station: r.station, Carrier: e.Carrier,
		SSCC: r.ssccRange(), Tracking: trackingRange(format),
	})
	return labelNumbers{sscc: n.SSCC, tracking: n.Tracking}, err
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

// ssccRange is where the shop's SSCC come from.
func (d *Data) ssccRange() store.Range {
	b := trace.Block{Extension: int(d.Settings.GS1.Extension[0] - '0'), Prefix: d.Settings.GS1.CompanyPrefix}
	return store.Range{Shape: b.Shape(), First: 1, Last: b.Most(), Make: b.Make}
}

// trackingRange is the range of a carrier's tracking numbers.
func trackingRange(f trace.Format) store.Range {
	first, last := f.Serials()
	return store.Range{Shape: f.Shape(), First: first, Last: last, Make: f.Make}
}

// trackingFormat is the number range that a carrier's rate card gives.
func trackingFormat(cards carrier.Cards, id string) (trace.Format, error) {
	i := slices.IndexFunc(cards.Carriers, func(c carrier.Carrier) bool { return c.ID == id })
	if i < 0 {
		return trace.Format{}, fmt.Errorf("carrier %s has no rate card any more", id)
	}
	t := cards.Carriers[i].Tracking
	return trace.Format{
		Carrier: id, Name: t.Name, Prefix: t.Prefix, Digits: t.Digits, Rule: trace.Rule(t.Check), Suffix: t.Suffix, Cover: t.Cover,
		First: t.First, Last: t.Last,
	}, nil
}

// moreSSCC says what a shop does whose SSCC run out.
const moreSSCC = "set another extension digit, or a new company prefix, in " + config.File

// SSCCs counts what is left of the shop's SSCC, with the extension digit and
// the company prefix of the settings.
func (d *Data) SSCCs(ctx context.Context) (trace.Stock, error) {
	r := d.ssccRange()
	left, err := d.Store.SSCCLeft(ctx, r)
	return trace.Stock{Left: left, Size: r.Last, More: moreSSCC}, err
}

// SettleNumbers ends a conflict of the numbers: see store.SettleNumbers.
func (d *Data) SettleNumbers(ctx context.Context, skip uint64) error {
	r, err := d.allRanges(ctx)
	if err != nil {
		return err
	}
	return d.Store.SettleNumbers(ctx, r, skip)
}

// allRanges are the ranges that labels are numbered from now.
func (d *Data) allRanges(ctx context.Context) (store.Ranges, error) {
	cards, _, err := d.catalogue(ctx)
	if err != nil {
		return store.Ranges{}, err
	}
	r := store.Ranges{SSCC: d.ssccRange(), Tracking: map[string]store.Range{}}
	for _, c := range cards.Carriers {
		f, err := trackingFormat(cards, c.ID)
		if err != nil {
			return r, err
		}
		r.Tracking[c.ID] = trackingRange(f)
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
func (d *Data) Ranges(ctx context.Context) ([]Range, error) {
	cards, _, err := d.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	return d.ranges(ctx, cards)
}

func (d *Data) ranges(ctx context.Context, cards carrier.Cards) ([]Range, error) {
	var out []Range
	for _, c := range cards.Carriers {
		f, err := trackingFormat(cards, c.ID)
		if err != nil {
			return nil, err
		}
		r := trackingRange(f)
		left, err := d.Store.TrackingLeft(ctx, c.ID, r)
		if err != nil {
			return nil, err
		}
		out = append(out, Range{Carrier: c.ID, Stock: trace.Stock{Left: left, Size: r.Last - r.First + 1}})
	}
	return out, nil
}

// numbersLeft tells the choice of a service which carriers run out of numbers.
func (d *Data) numbersLeft(ctx context.Context, cards carrier.Cards) (map[string]carrier.Numbers, error) {
	ranges, err := d.ranges(ctx, cards)
	out := make(map[string]carrier.Numbers, len(ranges))
	for _, r := range ranges {
		out[r.Carrier] = carrier.Numbers{Left: r.Stock.Left, Low: r.Stock.Low()}
	}
	return out, err
}

// checkNumbers looks whether numbers may be given out, and what runs low.
func (d *Data) checkNumbers(ctx context.Context) Check {
	const check = "numbers"
	err := d.Store.CheckNumbers(ctx)
	var conflict *store.Conflict
	if errors.As(err, &conflict) {
		return bad(check, fmt.Sprintf("no numbers are given out: %s (%s)", conflict.Kind, conflict.Path), conflict.Hint())
	}
	if err != nil {
		return databaseTrouble(err)
	}
	ranges, err := d.Ranges(ctx)
	if err != nil {
		return bad(check, err.Error(), "import the rate cards again")
	}
	var low []string
	for _, r := range ranges {
		if r.Stock.Low() {
			low = append(low, r.Carrier+": "+r.Stock.Words())
		}
	}
	s, err := d.SSCCs(ctx)
	if err != nil {
		return databaseTrouble(err)
	}
	if s.Low() {
		return bad(check, fmt.Sprintf("only %d of %d SSCC numbers are left", s.Left, s.Size),
			moreSSCC)
	}
	if len(low) > 0 {
		return bad(check, strings.Join(low, "; "), "import a rate card with the new range: packctl import rates FILE")
	}
	return good(check, fmt.Sprintf("tracking numbers of %d carriers, none runs low", len(ranges)))
}
