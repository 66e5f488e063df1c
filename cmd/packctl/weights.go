package main

import (
	"context"
	"errors"
	"fmt"

	"packbench/cmd/internal/folder"
	"packbench/station/store"
	"packbench/station/unit"
	"packbench/station/weight"
)

// weightLine is a product whose weight in the catalogue is missing or most likely wrong.
type weightLine struct {
	SKU     string    `json:"sku"`
	Name    string    `json:"name,omitempty"`
	Says    unit.Mass `json:"says_mg,omitempty"`
	Weighs  unit.Mass `json:"weighs_mg"`
	Parcels int       `json:"parcels"`
}

// runWeights lists what closed parcels say against the catalogue (W5).
func runWeights(ctx context.Context, f *flags) error {
	if err := f.readAlone(); err != nil {
		return err
	}
	return f.within(ctx, func(d *folder.Folder) error {
		if err := errors.Join(d.Store.CatchUp(ctx), d.Store.Learn(ctx)); err != nil {
			return err
		}
		var doubted []weight.Doubted
		ready := false
		d.Store.Weigh(func(m *weight.Model) { doubted, ready = m.Doubts(), m.Ready() })
		listed := 0
		for _, w := range doubted {
			p, known, err := store.Known(d.Store.Product(ctx, w.SKU))
			if err != nil {
				return err
			}
			if !known || p.Mass != w.Says { // it left the catalogue, or was corrected meanwhile
				continue
			}
			listed++
			says := "has no weight in the catalogue"
			if w.Says > 0 {
				says = "weighs " + w.Says.String() + " in the catalogue"
			}
			line := weightLine{SKU: w.SKU, Name: p.Name, Says: w.Says, Weighs: w.Weighs, Parcels: w.Parcels}
			if err := f.print(line, "%-16s %s, and %s in its last %d parcels", w.SKU, says, w.Weighs, w.Parcels); err != nil {
				return err
			}
		}
		if listed > 0 || f.json {
			return nil
		}
		words := "no parcel speaks against a weight in the catalogue"
		if !ready {
			words = "too few parcels were weighed to say what products weigh"
		}
		_, err := fmt.Fprintln(f.out, words)
		return err
	})
}
