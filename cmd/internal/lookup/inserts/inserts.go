// Package inserts says what the shop's rules put into the parcels of an order beside the
// goods. It reads whether a buyer ordered before, and nothing else; what becomes of the
// lines is the machine's business.
package inserts

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/carrier/rules"
	"packbench/station/config"
	"packbench/station/pack"
)

// Of returns lines for what the shop's rules put into parcels of an order beside the
// goods. Their texts are of the settings, and so are their names: nobody has written them
// about a person.
func Of(ctx context.Context, d *folder.Folder, o station.Order) (lines []pack.LineInfo, err error) {
	list := d.Settings.Look.Inserts
	if len(list) == 0 {
		return nil, nil
	}
	first := false
	if slices.ContainsFunc(list, func(in config.Insert) bool { return in.First && !in.Off }) {
		if first, err = d.Store.FirstOrder(ctx, o); err != nil {
			return nil, err
		}
	}
	p := rules.Parcel{Country: o.To.Country, Postcode: o.To.Postcode, Value: o.Value, Tags: o.Tags, Shop: o.Shop}
	for _, l := range o.Lines {
		p.SKUs = append(p.SKUs, l.SKU)
	}
	for _, in := range list {
		id := insertID(in.Text) // one thing may go in for several reasons
		if in.Holds(p, first, d.Settings.Currency) && !slices.ContainsFunc(lines, func(l pack.LineInfo) bool { return l.ID == id }) {
			lines = append(lines, pack.LineInfo{ID: id, Kind: station.Note, Name: in.Text, Bin: in.Bin, Qty: 1})
		}
	}
	return lines, nil
}

// insertID is the same for the same insert, wherever it stands in the settings.
func insertID(text string) string {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text))
	return fmt.Sprintf("insert-%08x", sum.Sum32())
}
