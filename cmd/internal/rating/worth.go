package rating

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// inside is what a parcel holds, kits as kits; all that the order has, where nothing
// else is said.
func inside(o station.Order, contents []pack.Content) (in []pack.Content, all bool) {
	units := 0
	for _, l := range o.Lines {
		if l.Kind != station.Note {
			units += l.Qty
			in = append(in, pack.Content{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
		}
	}
	if len(contents) == 0 {
		return in, true
	}
	in = pack.Whole(contents)
	for _, c := range in {
		units -= c.Qty
	}
	return in, units <= 0
}

// skus are the products in a parcel, those too that others were sent for and that parts
// are of.
func skus(in []pack.Content) (out []string) {
	for _, c := range in {
		out = append(out, c.SKU)
		if c.Kit != nil {
			out = append(out, c.Kit.SKU)
		}
		if c.Instead != nil {
			out = append(out, c.Instead.SKU)
		}
	}
	return out
}

// worth is what a parcel is worth: as much as the order, if it holds all of it. Else
// what the customer pays for each unit, or its value in the catalogue; where a unit has
// neither, or currencies are mixed, nobody knows.
func (r Reader) worth(ctx context.Context, o station.Order, in []pack.Content, all bool) (unit.Money, error) {
	if all && o.Value.Currency != "" {
		return o.Value, nil
	}
	var sum unit.Money
	for _, c := range in {
		one, err := r.unitWorth(ctx, o, c)
		mixed := sum.Currency != "" && sum.Currency != one.Currency
		if err != nil || one.Currency == "" || mixed || one.Minor > mostWorth || sum.Minor > mostWorth {
			return unit.Money{}, err
		}
		sum = unit.Money{Minor: sum.Minor + one.Minor*int64(min(c.Qty, mostUnits)), Currency: one.Currency}
	}
	return sum, nil
}

// Limits that keep a sum inside 64 bits.
const (
	mostWorth = 1_000_000_000_000
	mostUnits = 1_000_000
)

// unitWorth is what one unit is worth, zero where nobody knows. A free one still has its
// worth, and a part has its own.
func (r Reader) unitWorth(ctx context.Context, o station.Order, c pack.Content) (unit.Money, error) {
	line := c.Line
	if c.Instead != nil {
		line = cmp.Or(c.Instead.Line, line)
	}
	i := slices.IndexFunc(o.Lines, func(l station.Line) bool { return l.ID == line })
	if i >= 0 && c.Kit == nil && o.Lines[i].Price.Minor > 0 {
		return o.Lines[i].Price, nil
	}
	p, err := r.Store.Product(ctx, c.SKU)
	if errors.Is(err, store.ErrUnknown) {
		return unit.Money{}, nil
	}
	if p.Value.Minor <= 0 {
		p.Value = unit.Money{}
	}
	return p.Value, err
}
