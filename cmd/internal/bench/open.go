package bench

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"packbench/station"
	"packbench/station/carton"
	"packbench/station/pack"
	"packbench/station/store"
)

// open carries out the opening effect: it claims the order for this station
// and reads it, or says why it may not be packed (Q8). Claiming twice is fine,
// so an unsure effect simply runs again.
func (r *runner) open(ctx context.Context, e pack.Effect) (pack.Event, error) {
	var o station.Order
	refused := func(code pack.Code, reason string) pack.Event {
		return pack.OrderRefused{Effect: e.ID, Order: e.Order, Number: o.Alias(), Code: code, Reason: reason}
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	var err error
	o, err = r.Store.Order(ctx, e.Order)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return refused(pack.CodeOrderUnknown, ""), nil
	case err != nil:
		return nil, err
	}
	switch o.Status {
	case station.OrderHeld:
		return refused(pack.CodeOrderHeld, reasonCode(o)), nil
	case station.OrderCancelled:
		return refused(pack.CodeOrderCancelled, reasonCode(o)), nil
	case station.OrderDone:
		return refused(pack.CodeOrderDone, ""), nil
	}
	progress, err := r.Store.Progress(ctx, o.ID)
	if err != nil {
		return nil, err
	}
	if progress.State == store.ProgressClosed && e.Parcel == "" {
		return refused(pack.CodeOrderDone, ""), nil
	}
	holder, err := r.Store.ClaimOrder(ctx, o.ID, r.station, r.Clock())
	if err != nil {
		return nil, err
	}
	if holder != r.station {
		return refused(pack.CodeOrderElsewhere, holder), nil
	}
	info, err := r.orderInfo(ctx, o)
	if err != nil {
		return nil, err
	}
	if len(info.Lines) == 0 {
		return refused(pack.CodeOrderHeld, "it has no lines to pack"), nil
	}
	if e.Parcel != "" {
		return r.reopen(ctx, e, info)
	}
	return pack.OrderReady{Effect: e.ID, Order: info}, nil
}

// reopen claims the parcel that is to be opened again: a van that is being loaded
// may have been quicker. Then the order is free again, and the parcel says where it
// is.
func (r *runner) reopen(ctx context.Context, e pack.Effect, info pack.OrderInfo) (pack.Event, error) {
	p, err := r.Store.Parcel(ctx, e.Parcel)
	if err != nil {
		return nil, err
	}
	now, mine, err := r.fromDock(ctx, p.Ref(), e.Key())
	if err != nil {
		return nil, err
	}
	if mine {
		return pack.OrderReady{Effect: e.ID, Order: info}, nil
	}
	refused := pack.OrderRefused{Effect: e.ID, Order: e.Order, Number: info.Number, Code: pack.CodeNotNow, Reason: "handed-over"}
	if now.Place != nil {
		refused.Reason, refused.Place = "parcel-"+string(now.State), now.Place
	}
	return refused, r.Store.FreeOrder(ctx, e.Order, r.station)
}

// reasonCode is why the shop holds an order, as far as the journal may know:
// the shop's own words stay in the order, because they may name somebody.
func reasonCode(o station.Order) string {
	if o.Reason == "" {
		return ""
	}
	return "see the order"
}

// orderInfo is what the machine keeps of an order.
func (d *Data) orderInfo(ctx context.Context, o station.Order) (pack.OrderInfo, error) {
	info := pack.OrderInfo{
		ID: o.ID, Number: o.Alias(), Version: o.Version, ShipBy: o.ShipBy, Service: o.Service, Country: o.To.Country, Gift: o.Gift,
		Address: d.addressKey(o.To),
	}
	var items []carton.Item
	for _, l := range o.Lines {
		line := pack.LineInfo{ID: l.ID, SKU: l.SKU, Kind: l.Kind, Bin: l.Bin, Qty: l.Qty}
		if l.Kind != station.Note {
			p, err := d.Store.Product(ctx, l.SKU)
			if err != nil && !errors.Is(err, store.ErrUnknown) {
				return info, err
			}
			line.Name, line.Mass, line.Count, line.Fragile, line.Picture = p.Name, p.Mass, p.Count, p.Fragile, p.Picture
			if line.Name == "" {
				line.Name = l.SKU
			}
			item, err := d.cartonItem(ctx, l.SKU, l.Qty)
			if err != nil {
				return info, err
			}
			items = append(items, item)
		}
		info.Lines = append(info.Lines, line)
	}
	if err := d.parcelsOf(ctx, &info); err != nil {
		return info, err
	}
	return info, d.proposeCarton(ctx, &info, items)
}

// addressKey stands for an address in the journal, which holds none: two
// addresses are told apart by it and no more.
func (d *Data) addressKey(a station.Address) string {
	fields := []string{a.Name, a.Company, a.Street, a.Street2, a.Postcode, a.City, a.Region, a.Country}
	return d.keyed("address", fields...)
}

// keyed stands in the journal for words that it may not hold: 16 characters of
// their hash under the data folder's salt.
func (d *Data) keyed(what string, words ...string) string {
	mac := hmac.New(sha256.New, d.salt)
	for _, w := range append([]string{what}, words...) {
		fmt.Fprintf(mac, "%d %s\n", len(w), w)
	}
	return hex.EncodeToString(mac.Sum(nil)[:8])
}

// parcelsOf adds the closed parcels of the order, and how many were begun.
func (d *Data) parcelsOf(ctx context.Context, info *pack.OrderInfo) error {
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

// proposeCarton proposes where to begin (B1).
func (d *Data) proposeCarton(ctx context.Context, info *pack.OrderInfo, items []carton.Item) error {
	_, cartons, err := d.catalogue(ctx)
	if err != nil {
		return err
	}
	if c, ok := carton.Propose(items, cartons, cartonOptions(d.Settings.Weight.Filling())); ok {
		info.Carton = &pack.Carton{ID: c.ID, Tare: c.Tare, Max: c.Max}
	}
	return nil
}

func words(what string, err error) string { return fmt.Sprintf("%s: %v", what, err) }
