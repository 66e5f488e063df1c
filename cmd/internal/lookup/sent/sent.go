// Package sent looks up what a code on something that came back is of: the parcel that left,
// what was in it, and what came back of it before. It only reads; what is wrong with a
// return is the machine's to say.
//
//	f := sent.Finder{Store: s, Rules: settings.Returns, Verify: verify}
//	all, problem, err := f.Named(ctx, code)
package sent

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/stock"
	"packbench/station/store"
	"packbench/station/trace"
	"packbench/station/unit"
)

// Reader is what is read of the store.
type Reader interface {
	CatchUp(ctx context.Context) error
	Parcel(ctx context.Context, id string) (store.Parcel, error)
	ParcelBySSCC(ctx context.Context, sscc string) (store.Parcel, error)
	ParcelsByTracking(ctx context.Context, tracking string) ([]store.Parcel, error)
	ParcelsOf(ctx context.Context, orderID string) ([]store.Parcel, error)
	ParcelsCalled(ctx context.Context, called string) ([]store.Parcel, error)
	ParcelsHolding(ctx context.Context, sku string, since time.Time, limit int) ([]store.Parcel, error)
	SerialSeen(ctx context.Context, sku, gtin, serial string) (store.Packed, error)
	Order(ctx context.Context, id string) (station.Order, error)
	Product(ctx context.Context, sku string) (station.Product, error)
	Stock(ctx context.Context, sku string) ([]store.StockSum, error)
	ReturnsOf(ctx context.Context, sscc string) ([]store.Return, error)
	ReturnUnits(ctx context.Context, id string) ([]store.ReturnUnit, error)
	ReturnComes(ctx context.Context, id string) ([]returns.Comes, error)
	Cases(ctx context.Context, f store.CaseFilter) ([]store.Case, error)
}

// Finder finds what came back.
type Finder struct {
	Store  Reader
	Rules  config.Returns
	Domain string // of trace codes
	Verify func(ctx context.Context, code string) (trace.Result, error)
	Hub    Others // nil for none
}

// Others tell which bench of a hub has what is open here too, "" for none.
type Others interface {
	ReturnElsewhere(sscc string) (station string)
}

// Code is what was scanned, with what the catalogue has of it.
type Code struct {
	AIM, Data string
	Found     store.Found
	Marks     pack.Marks
}

// offered is how many parcels a product may be of: there are nine answer cards.
const offered = 7

// Named returns the parcels that a code may be of, or why it is of none: the reason is one
// of the machine's. By a product alone several may be meant.
func (f Finder) Named(ctx context.Context, c Code) (all []pack.Sent, problem pack.Reason, err error) {
	if err := f.Store.CatchUp(ctx); err != nil {
		return nil, "", err
	}
	parcels, problem, err := f.parcels(ctx, c)
	if err != nil || problem != "" {
		return nil, problem, err
	}
	for _, p := range parcels {
		s, err := f.Of(ctx, p)
		if err != nil {
			return nil, "", err
		}
		all = append(all, s)
	}
	return all, "", nil
}

func (f Finder) parcels(ctx context.Context, c Code) ([]store.Parcel, pack.Reason, error) {
	text := strings.TrimSpace(c.Data)
	if trace.Looks(f.Domain, c.Data) {
		r, err := f.Verify(ctx, c.Data)
		if err != nil || r.Verdict != trace.Genuine {
			return nil, pack.Reason(r.Verdict), err
		}
		return f.bySSCC(ctx, r.SSCC)
	}
	if sscc := trace.ReadSSCC(c.AIM + c.Data); sscc != "" {
		return f.bySSCC(ctx, sscc)
	}
	if number, is := folder.CutPrefixFold(text, folder.ReturnMark); is {
		text = number
	}
	if sscc, letters, is := strings.Cut(text, "-"); is && len(sscc) == 18 && letters != "" && strings.Trim(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == "" {
		return f.bySSCC(ctx, sscc)
	}
	if sscc := trace.ReadSSCC(text); sscc != "" {
		return f.bySSCC(ctx, sscc)
	}
	for _, look := range []func(context.Context, Code, string) ([]store.Parcel, error){f.byTracking, f.byOrder, f.byName, f.byProduct} {
		if found, err := look(ctx, c, text); err != nil || len(found) > 0 {
			return found, "", err
		}
	}
	return nil, "", nil
}

func (f Finder) bySSCC(ctx context.Context, sscc string) ([]store.Parcel, pack.Reason, error) {
	p, known, err := store.Known(f.Store.ParcelBySSCC(ctx, sscc))
	if err == nil && !known {
		return nil, pack.ReasonUnknownParcel, nil
	}
	return []store.Parcel{p}, "", err
}

func (f Finder) byTracking(ctx context.Context, c Code, _ string) (out []store.Parcel, err error) {
	for _, number := range trace.Held(c.Data) {
		some, err := f.Store.ParcelsByTracking(ctx, number)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	if len(out) > 1 { // what is void has not left, unless nothing else has the number
		left := slices.DeleteFunc(slices.Clone(out), func(p store.Parcel) bool { return !gone(p) })
		if len(left) > 0 {
			return left, nil
		}
	}
	return out, nil
}

func gone(p store.Parcel) bool {
	return p.State == pack.ParcelClosed || p.State == pack.ParcelHandedOut
}

func (f Finder) byOrder(ctx context.Context, c Code, _ string) (out []store.Parcel, err error) {
	for _, o := range c.Found.Orders {
		some, err := f.Store.ParcelsOf(ctx, o.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(some, func(p store.Parcel) bool { return !gone(p) })...)
	}
	return out, nil
}

func (f Finder) byName(ctx context.Context, _ Code, text string) ([]store.Parcel, error) {
	if !strings.Contains(text, "-") || len(text) > 80 {
		return nil, nil
	}
	found, err := f.Store.ParcelsCalled(ctx, text)
	return slices.DeleteFunc(found, func(p store.Parcel) bool { return p.SSCC == "" }), err
}

// byProduct finds the parcel that a serial left in, or else the last ones with the product.
func (f Finder) byProduct(ctx context.Context, c Code, _ string) (out []store.Parcel, err error) {
	for _, a := range c.Found.Articles {
		if c.Marks.Serial != "" {
			seen, known, err := store.Known(f.Store.SerialSeen(ctx, a.SKU, c.Marks.GTIN, c.Marks.Serial))
			if err != nil {
				return nil, err
			}
			if known && seen.Parcel != "" {
				p, err := f.Store.Parcel(ctx, seen.Parcel)
				return []store.Parcel{p}, err
			}
		}
		some, err := f.Store.ParcelsHolding(ctx, a.SKU, time.Time{}, offered)
		if err != nil {
			return nil, err
		}
		out = append(out, slices.DeleteFunc(some, func(p store.Parcel) bool { return !gone(p) })...)
	}
	return out[:min(len(out), offered)], nil
}

// Labelled is what was in the parcel of a label, as it is known now.
func (f Finder) Labelled(ctx context.Context, sscc string) (pack.Sent, error) {
	if err := f.Store.CatchUp(ctx); err != nil {
		return pack.Sent{}, err
	}
	p, err := f.Store.ParcelBySSCC(ctx, sscc)
	if err != nil {
		return pack.Sent{}, err
	}
	return f.Of(ctx, p)
}

// Of is what was in a parcel, and what came back of it before.
func (f Finder) Of(ctx context.Context, p store.Parcel) (pack.Sent, error) {
	s := pack.Sent{
		Parcel: p.ID, Order: p.Order, Number: p.Number, SSCC: p.SSCC, State: p.State, By: p.Person, Station: p.Station, Closed: p.Closed,
		Mass: p.Mass, Tolerance: unit.Mass(f.Rules.Tolerance) * unit.Gram,
	}
	order, _, err := store.Known(f.Store.Order(ctx, p.Order))
	if err != nil {
		return s, err
	}
	for _, c := range p.Contents {
		if c.SKU == "" || c.Qty < 1 {
			continue
		}
		product, _, err := store.Known(f.Store.Product(ctx, c.SKU))
		if err != nil {
			return s, err
		}
		l := pack.SentLine{Line: c.Line, SKU: c.SKU, Name: cmp.Or(product.Name, c.SKU), Qty: c.Qty, Mass: product.Mass, Marked: c.Marked}
		for _, ordered := range order.Lines {
			if ordered.ID == c.Line && ordered.SKU == c.SKU {
				l.Price, l.Bin = ordered.Price, ordered.Bin
			}
		}
		s.Lines = append(s.Lines, l)
	}
	return s, f.before(ctx, &s)
}

// before takes off what came back in earlier returns, and finds the number of this one.
func (f Finder) before(ctx context.Context, s *pack.Sent) error {
	earlier, err := f.Store.ReturnsOf(ctx, s.SSCC)
	if err != nil {
		return err
	}
	for _, r := range earlier {
		if r.State == store.ReturnAnnounced && s.Return == "" {
			s.Return, s.Announced = r.ID, true
			if err := f.announced(ctx, s); err != nil {
				return err
			}
		}
		if r.State == store.ReturnOpen || r.State == store.ReturnParked {
			s.Open = &pack.OpenReturn{Return: r.ID, Station: r.Station}
		}
		units, err := f.Store.ReturnUnits(ctx, r.ID)
		if err != nil {
			return err
		}
		for _, u := range units {
			cameBack(s, u)
		}
	}
	s.Return = cmp.Or(s.Return, returns.Number(s.SSCC, len(earlier)))
	return nil
}

// Elsewhere is what was sent in a return that is open here, where another bench opened the
// same one in the same moment: the last that did has it. nil where none did.
func (f Finder) Elsewhere(ctx context.Context, open *pack.Return, here string) (*pack.Sent, error) {
	if open.Sent == nil {
		return nil, nil
	}
	s := *open.Sent
	if f.Hub != nil {
		if station := f.Hub.ReturnElsewhere(s.SSCC); station != "" {
			s.Open = &pack.OpenReturn{Return: open.ID, Station: station}
			return &s, nil
		}
	}
	if err := f.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	all, err := f.Store.ReturnsOf(ctx, s.SSCC)
	for _, r := range all {
		if r.ID == open.ID && r.State != store.ReturnAnnounced && r.State != store.ReturnLeft && r.Station != here {
			s.Open = &pack.OpenReturn{Return: r.ID, Station: r.Station}
			return &s, err
		}
	}
	return nil, err
}

// Missing is what earlier returns of a parcel lack, as far as its cases are open, the oldest
// first.
func (f Finder) Missing(ctx context.Context, open *pack.Return) (out []pack.Missed, err error) {
	all, err := f.Store.Cases(ctx, store.CaseFilter{State: store.CaseOpen, Kind: "return", Order: open.Sent.Order})
	for _, c := range slices.Backward(all) {
		own := slices.ContainsFunc(open.Missed, func(m pack.Missed) bool { return m.Case == c.Case })
		if c.Code == pack.CodeReturnMissing && c.Parcel == open.Sent.Parcel && !own {
			out = append(out, pack.Missed{SKU: c.SKU, Qty: c.Qty, Case: c.Case})
		}
	}
	return out, err
}

func (f Finder) announced(ctx context.Context, s *pack.Sent) error {
	comes, err := f.Store.ReturnComes(ctx, s.Return)
	for _, c := range comes {
		for i := range s.Lines {
			if s.Lines[i].Line == c.Line {
				s.Lines[i].Comes = c.Qty
			}
		}
	}
	return err
}

func cameBack(s *pack.Sent, u store.ReturnUnit) {
	for i := range s.Lines {
		if l := &s.Lines[i]; u.Odd == "" && l.Line == u.Line {
			l.Back += u.Qty
			if u.Marks != (pack.Marks{}) {
				l.Gone = append(l.Gone, pack.Marked{SKU: u.SKU, Qty: u.Qty, Marks: u.Marks})
			}
		}
	}
}

// May is what may become of units of a product, by the shop's tables. The shelf is the bin
// that holds most of it, else where it was picked.
func (f Finder) May(ctx context.Context, sku string, s *pack.Sent) (out []pack.Grading, err error) {
	bins, err := f.Store.Stock(ctx, sku)
	if err != nil {
		return nil, err
	}
	apart := map[string]bool{}
	for _, g := range f.Rules.Of(sku, "") {
		apart[g.Bin] = g.Bin != ""
	}
	shelf, most := stock.MainBin, -1
	if s != nil {
		for _, l := range s.Lines {
			if l.SKU == sku && l.Bin != "" {
				shelf = l.Bin
			}
		}
	}
	for _, b := range bins {
		if b.Bin != "" && !apart[b.Bin] && b.OnHand > most {
			shelf, most = b.Bin, b.OnHand
		}
	}
	for _, g := range f.Rules.Of(sku, shelf) {
		out = append(out, pack.Grading{Grade: g.Grade, Disposition: g.Disposition, Bin: g.Bin, Apart: g.Bin != "" && g.Disposition != config.Shelf, Unpaid: g.Grade != "" && !f.Rules.Pays(g.Grade)})
	}
	return out, nil
}
