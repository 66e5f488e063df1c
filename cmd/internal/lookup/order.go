package lookup

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"

	"packbench/cmd/internal/boxes"
	"packbench/station"
	"packbench/station/carton"
	"packbench/station/pack"
	"packbench/station/store"
)

// ReasonCode is why the shop holds an order, as far as the journal may know:
// the shop's own words stay in the order, because they may name somebody.
func ReasonCode(o station.Order) string {
	if o.Reason == "" {
		return ""
	}
	return pack.SeeOrder
}

// OrderInfo is what the machine keeps of an order.
func (d Reader) OrderInfo(ctx context.Context, o station.Order) (pack.OrderInfo, error) {
	info := pack.OrderInfo{
		ID: o.ID, Number: o.Alias(), Version: o.Version, ShipBy: o.ShipBy, Service: o.Service, Country: o.To.Country, Gift: o.Gift,
		Address: d.AddressKey(o.To),
	}
	if err := d.Folder.Store.Learn(ctx); err != nil { // now, so that no weighing waits for it
		return info, err
	}
	var items []carton.Item
	var confirms []pack.LineInfo // what products want confirmed, each text once
	for _, l := range o.Lines {
		lines := []pack.LineInfo{{ID: l.ID, SKU: l.SKU, Kind: l.Kind, Bin: l.Bin, Qty: l.Qty}}
		if l.Kind != station.Note {
			kit, err := d.product(ctx, l.SKU)
			if err != nil {
				return info, err
			}
			confirms = toConfirm(confirms, kit)
			lines = pack.PartsOf(lines[0], kit, l.Parts)
		}
		for i := range lines {
			line := &lines[i]
			if line.Kind == station.Note {
				continue
			}
			p, err := d.product(ctx, line.SKU)
			if err != nil {
				return info, err
			}
			line.Name, line.Mass, line.Volume, line.Count, line.Fragile, line.Picture = cmp.Or(p.Name, line.SKU), p.Mass, p.Size.Volume(), p.Count, p.Fragile, p.Picture
			line.ByWeight, line.Own = p.ByWeight, p.Own
			line.Needs = pack.Needs{Lot: p.Lot, Serial: p.Serial, Expiry: p.Expiry, Life: p.Life}
			said := l.Substitutes
			if line.Kit != nil {
				confirms, said = toConfirm(confirms, p), nil
			}
			if line.Substitutes, err = d.substitutes(ctx, slices.Concat(said, p.Substitutes)); err != nil {
				return info, err
			}
			item, err := boxes.Item(ctx, d.Store, line.SKU, line.Qty)
			if err != nil {
				return info, err
			}
			items = append(items, item)
		}
		info.Lines = append(info.Lines, lines...)
	}
	info.Lines = append(info.Lines, confirms...)
	if err := d.parcelsOf(ctx, &info); err != nil {
		return info, err
	}
	if err := d.sentInstead(ctx, &info); err != nil {
		return info, err
	}
	var err error
	info.Carton, err = boxes.Proposed(ctx, d.Folder, info.Country, items)
	return info, err
}

// product is what the catalogue has of a product, nothing where it has none.
func (d Reader) product(ctx context.Context, sku string) (station.Product, error) {
	p, err := d.Store.Product(ctx, sku)
	if errors.Is(err, store.ErrUnknown) {
		return station.Product{}, nil
	}
	return p, err
}

// parcelsOf adds the closed parcels of the order, and how many were begun.
func (d Reader) parcelsOf(ctx context.Context, info *pack.OrderInfo) error {
	parcels, err := d.Store.ParcelsOf(ctx, info.ID)
	if err != nil {
		return err
	}
	for _, p := range parcels {
		if p.State == pack.ParcelClosed || p.State == pack.ParcelHandedOut {
			info.Parcels = append(info.Parcels, p.Ref())
		}
	}
	progress, err := d.Store.Progress(ctx, info.ID)
	info.Begun = progress.Begun
	return err
}

// toConfirm adds lines for what a product wants confirmed. Such a text is of the
// catalogue, and so is its name: nobody has written it about a person.
func toConfirm(lines []pack.LineInfo, p station.Product) []pack.LineInfo {
	for _, text := range p.Confirm {
		name := p.Name + ": " + text
		if !slices.ContainsFunc(lines, func(l pack.LineInfo) bool { return l.Name == name }) {
			lines = append(lines, pack.LineInfo{ID: "confirm-" + strconv.Itoa(len(lines)+1), Kind: station.Note, Name: name, Qty: 1})
		}
	}
	return lines
}
