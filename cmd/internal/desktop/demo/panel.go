// Package demo is the panel of the simulated devices, beside the bench's own page: what
// can be scanned, laid on the scale and unplugged by a touch. A [Panel] belongs to the
// goroutine of the front's Run, and what it reads of the database is read by [Panel.Reading].
// [Auto] moves them by itself, where nobody is there to do it. It must not know a real device.
package demo

import (
	"cmp"
	"context"
	"slices"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/lookup"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/unit"
)

// Panel is that of the simulator.
type Panel struct {
	*shell.Shell
	read Offer
}

// Offer is what may be scanned by a touch.
type Offer struct{ Tiles, Others, Codes []screen.SimCode }

// Reading reads what the panel offers.
func (p *Panel) Reading() shell.Reading {
	s := p.Bench.Engine.State()
	return func(ctx context.Context, _ say.Names) (func(), error) {
		got, err := p.Look(ctx, s)
		return func() { p.read = got }, err
	}
}

// Look reads what the simulator's panel offers.
func (p *Panel) Look(ctx context.Context, s pack.State) (l Offer, err error) {
	l.Codes = simCodes(s)
	var wanted []string
	if s.Work != nil {
		for _, line := range s.Work.Lines {
			if line.SKU == "" || slices.Contains(wanted, line.SKU) {
				continue
			}
			wanted = append(wanted, line.SKU)
			l.Tiles = append(l.Tiles, screen.SimCode{Code: p.code(ctx, line.SKU), SKU: line.SKU, Name: line.Name, Done: line.Open() == 0})
		}
	}
	products, err := p.Folder.Store.Products(ctx, "", 12)
	if err != nil {
		return l, err
	}
	for _, p := range products {
		if !slices.Contains(wanted, p.SKU) && len(l.Others) < 4 {
			l.Others = append(l.Others, screen.SimCode{Code: codeOf(p), SKU: p.SKU, Name: p.Name})
		}
	}
	if s.Phase == pack.Idle && s.Loading != nil {
		l.Codes, err = p.vanCodes(ctx, *s.Loading)
		return l, err
	}
	if s.Phase == pack.Idle {
		due, err := p.Folder.Store.DueOrders(ctx, p.Bench.Station, 4)
		if err != nil {
			return l, err
		}
		for _, o := range due {
			called := cmp.Or(o.Name, o.ID)
			l.Codes = append(l.Codes, screen.SimCode{Code: called, Name: "Order " + called})
		}
	}
	return l, nil
}

// vanLabels is for how many parcels the panel has room while a van is loaded.
const vanLabels = 8

// vanCodes are the labels of the parcels that wait for the van (V30).
func (p *Panel) vanCodes(ctx context.Context, l pack.Loading) ([]screen.SimCode, error) {
	dock, err := p.Folder.Store.ParcelsOnDock(ctx, l.Carrier)
	var out []screen.SimCode
	for _, parcel := range dock {
		in := slices.ContainsFunc(l.Parcels, func(in pack.Loaded) bool { return in.Parcel == parcel.ID && in.SSCC == parcel.SSCC })
		if in || len(out) == vanLabels {
			continue
		}
		out = append(out, screen.SimCode{Code: "00" + parcel.SSCC, Name: "Label " + parcel.Called()})
	}
	return out, err
}

func (p *Panel) code(ctx context.Context, sku string) string {
	product, err := p.Folder.Store.Product(ctx, sku)
	if err != nil {
		return sku
	}
	return codeOf(product)
}

// codeOf is the code on one unit of a product.
func codeOf(p station.Product) string {
	for _, b := range p.Barcodes {
		if b.Factor <= 1 {
			return b.Code
		}
	}
	return p.SKU
}

// simCodes are the cards and labels that can be scanned in this phase.
func simCodes(s pack.State) []screen.SimCode {
	switch s.Phase {
	case pack.SignedOut:
		return []screen.SimCode{
			{Code: "PB:badge:B-PACKER", Name: "Badge: packer"},
			{Code: "PB:badge:B-SUPERVISOR", Name: "Badge: supervisor"},
			{Code: "PB:badge:B-MANAGER", Name: "Badge: manager"},
		}
	case pack.Idle:
		return []screen.SimCode{{Code: "PB:command:next-order", Name: "Card: next order"}}
	case pack.Locked, pack.Weighing:
		return []screen.SimCode{{Code: "PB:badge:B-SUPERVISOR", Name: "Badge: supervisor"}}
	case pack.Closing:
		if s.Work != nil && s.Work.Parcel.Label != nil {
			return []screen.SimCode{{Code: "00" + s.Work.Parcel.Label.SSCC, Name: "The label on the box"}}
		}
	case pack.Packing:
		return []screen.SimCode{{Code: "PB:command:undo", Name: "Card: undo"}, {Code: "PB:carton:L", Name: "Carton L"}}
	}
	return nil
}

// Inputs is what the simulator's panel shows.
func (p *Panel) Inputs(s pack.State) *screen.SimInputs {
	mass, scannerIn, scaleIn, printed := p.Simulator.State()
	in := &screen.SimInputs{
		Open: p.read.Tiles, Strangers: p.read.Others, Codes: p.read.Codes, Mass: mass, Printer: printed,
		Cables: []screen.SimCable{{Device: "scanner", In: scannerIn}, {Device: "scale", In: scaleIn}},
	}
	if s.Phase == pack.Weighing {
		in.Suggested = Expected(p.Folder, s)
	}
	return in
}

// Act carries out what is done with simulated devices.
func (p *Panel) Act(in screen.Intent) {
	var err error
	switch in.Kind {
	case screen.IntentKnob:
		p.Simulator.Put(in.Mass)
	case screen.IntentCable:
		err = p.Simulator.Cable(in.Name, in.Value == "in")
	case screen.IntentPrinter:
		err = p.Simulator.Set(in.Value)
	}
	if err != nil {
		p.Folder.Log.Warn("simulated device", "error", err)
	}
}

// Expected is what the open parcel weighs by the catalogue, filling
// included.
func Expected(d *folder.Folder, of pack.State) unit.Mass {
	if of.Work == nil {
		return 0
	}
	return lookup.NewReader(d).Expected(of.Work, unit.Gram).Mass / unit.Gram * unit.Gram
}
