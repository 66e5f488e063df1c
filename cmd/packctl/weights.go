package main

import (
	"context"
	"fmt"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/weights"
	"packbench/station/unit"
)

// weightLine is a product whose weight in the catalogue is missing or most likely wrong.
type weightLine struct {
	SKU     string    `json:"sku"`
	Name    string    `json:"name,omitempty"`
	Says    unit.Mass `json:"says_mg,omitempty"`
	Weighs  unit.Mass `json:"weighs_mg"`
	Parcels int       `json:"parcels"`
}

// runWeights lists what closed parcels say against the catalogue (W5), and has the cases
// of it opened and closed.
func runWeights(ctx context.Context, f *flags) error {
	if err := f.readAlone(); err != nil {
		return err
	}
	return f.within(ctx, func(d *folder.Folder) error {
		doubted, ready, err := weights.Doubts(ctx, d)
		if err != nil {
			return err
		}
		if _, _, err := weights.Doubt(ctx, d); err != nil {
			return err
		}
		for _, w := range doubted {
			says := "has no weight in the catalogue"
			if w.Says > 0 {
				says = "weighs " + w.Says.String() + " in the catalogue"
			}
			line := weightLine{SKU: w.SKU, Name: w.Name, Says: w.Says, Weighs: w.Weighs, Parcels: w.Parcels}
			if err := f.print(line, "%-16s %s, and %s in its last %d parcels", w.SKU, says, w.Weighs, w.Parcels); err != nil {
				return err
			}
		}
		if len(doubted) > 0 || f.json {
			return nil
		}
		words := "no parcel speaks against a weight in the catalogue"
		if !ready {
			words = "too few parcels were weighed to say what products weigh"
		}
		_, err = fmt.Fprintln(f.out, words)
		return err
	})
}
