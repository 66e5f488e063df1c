package lookup

import (
	"cmp"
	"context"
	"slices"

	"packbench/station/pack"
)

// substitutes are products that may be sent in place of another one, as the machine must
// know them. What the catalogue does not have cannot be scanned, and is left out.
func (d Reader) substitutes(ctx context.Context, skus []string) (out []pack.Substitute, err error) {
	for i, sku := range skus {
		if slices.Contains(skus[:i], sku) {
			continue
		}
		p, err := d.product(ctx, sku)
		if err != nil {
			return nil, err
		}
		if p.SKU == "" || p.ByParts() {
			continue
		}
		out = append(out, pack.Substitute{
			SKU: p.SKU, Name: cmp.Or(p.Name, p.SKU), Picture: p.Picture, Mass: p.Mass, Fragile: p.Fragile, Own: p.Own,
			Needs: pack.Needs{Lot: p.Lot, Serial: p.Serial, Expiry: p.Expiry, Life: p.Life},
		})
	}
	return out, nil
}

// sentInstead adds the lines of what earlier parcels hold in place of what the order has.
func (d Reader) sentInstead(ctx context.Context, info *pack.OrderInfo) error {
	for _, parcel := range info.Parcels {
		for _, c := range parcel.Contents {
			if c.Instead == nil {
				continue
			}
			of := slices.IndexFunc(info.Lines, func(l pack.LineInfo) bool { return l.ID == c.Instead.Line && l.SKU == c.Instead.SKU })
			if of < 0 {
				continue // the shop took the line away
			}
			at := slices.IndexFunc(info.Lines, func(l pack.LineInfo) bool { return l.ID == c.Line })
			if at < 0 {
				known, err := d.substitutes(ctx, []string{c.SKU})
				if err != nil {
					return err
				}
				known = append(known, pack.Substitute{SKU: c.SKU, Name: c.SKU})
				at = len(info.Lines)
				info.Lines = append(info.Lines, pack.SubstituteLine(info.Lines[of], known[0]))
			}
			n := min(c.Qty, info.Lines[of].Qty)
			info.Lines[at].Qty += n
			info.Lines[of].Qty -= n
		}
	}
	return nil
}
