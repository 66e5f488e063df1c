// Package weighing finds out what the open parcel should weigh and, where it does not,
// why: what is in it comes from the machine's work, what products and cartons weigh
// from package weight, which knows what closed parcels taught. It only reads, and does
// not say whether a parcel may pass.
package weighing

import (
	"context"
	"strings"

	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
	"packbench/station/weight"
)

// Bench is what a bench knows beside its parcel.
type Bench struct {
	Store    *store.Store
	Settings *config.Settings
}

// parcel is the open one as the evidence of weight sees it.
func (b Bench) parcel(w *pack.Work, division unit.Mass) weight.Parcel {
	of := b.Settings.Weight
	p := weight.Parcel{
		Goods: w.Volume(), Division: division,
		Rule: weight.Rule{Permille: of.Permille(), Least: of.Least(), Filling: of.Filling(), OneIn: of.FalseAlarm},
	}
	for _, l := range w.Lines {
		if l.In > 0 && l.Kind != station.Note {
			p.Items = append(p.Items, weight.Item{SKU: l.SKU, Name: l.Name, Mass: l.Mass, Qty: l.In})
		}
	}
	p.Items = weight.Merged(p.Items)
	if c := w.Parcel.Carton; c != nil {
		p.Box = weight.Box{ID: c.ID, Tare: c.Tare, Volume: c.Volume}
	}
	return p
}

// Expected is what the open parcel should weigh, on a scale of this division, by what is
// learnt so far. It reads no table.
func (b Bench) Expected(w *pack.Work, division unit.Mass) (out pack.Expect) {
	p := b.parcel(w, division)
	b.Store.Weigh(func(m *weight.Model) {
		e := m.Expect(p)
		out = pack.Expect{
			Known: e.Known, Missing: e.Missing, Mass: e.Mass, Tolerance: e.Tolerance, Learnt: e.Learnt, Blind: e.Blind, Filling: p.Rule.Filling,
		}
	})
	return out
}

// Judge is Expected for a reading; where that is off, with what may be the cause.
// Refused is the SKU of what was refused last, "" for nothing.
func (b Bench) Judge(ctx context.Context, w *pack.Work, reading pack.Weighed, cartons []station.Carton, refused string) (pack.Expect, error) {
	if err := b.Store.Learn(ctx); err != nil {
		return pack.Expect{}, err
	}
	out := b.Expected(w, reading.Division)
	if !out.Known || (reading.Mass-out.Mass).Abs() <= out.Tolerance {
		return out, nil
	}
	e := weight.Evidence{Parcel: b.parcel(w, reading.Division), Actual: reading.Mass, Variants: map[string][]weight.Item{}}
	for _, c := range cartons {
		e.Boxes = append(e.Boxes, weight.Box{ID: c.ID, Name: c.Name, Tare: c.Tare, Volume: c.Inner.Volume()})
	}
	if refused != "" {
		p, known, err := store.Known(b.Store.Product(ctx, refused))
		if err != nil {
			return out, err
		}
		if known {
			e.Refused = &weight.Item{SKU: p.SKU, Name: p.Name, Mass: p.Mass, Qty: 1}
		}
	}
	for _, it := range e.Items {
		variants, err := b.variants(ctx, it.SKU)
		if err != nil {
			return out, err
		}
		e.Variants[it.SKU] = variants
	}
	b.Store.Weigh(func(m *weight.Model) {
		for _, c := range m.Causes(e) {
			likely := pack.Likely{Cause: pack.Cause{Kind: string(c.Kind), SKU: c.SKU, N: c.N, Instead: c.Instead}, Share: c.Share}
			if c.Kind == weight.Swapped || c.Kind == weight.RefusedItem {
				likely.Name = c.Name
			}
			out.Causes = append(out.Causes, likely)
		}
	})
	out.Causes = out.Causes[:min(len(out.Causes), mostCauses)]
	out.Cause = &pack.Cause{Kind: string(weight.Unknown)}
	if len(out.Causes) > 0 {
		out.Cause = &out.Causes[0].Cause
	}
	return out, nil
}

// mostCauses is how many are told, and mostVariants how many of a product are thought of.
const (
	mostCauses   = 3
	mostVariants = 12
)

// variants are products whose SKU begins as this one's does, up to its last mark: a mug
// in another colour.
func (b Bench) variants(ctx context.Context, sku string) (out []weight.Item, err error) {
	i := strings.LastIndexAny(sku, "-_./ ")
	if i < 1 {
		return nil, nil
	}
	stem := sku[:i+1]
	some, err := b.Store.Products(ctx, stem, mostVariants)
	for _, p := range some {
		if strings.HasPrefix(p.SKU, stem) && p.SKU != sku {
			out = append(out, weight.Item{SKU: p.SKU, Name: p.Name, Mass: p.Mass, Qty: 1})
		}
	}
	return out, err
}
