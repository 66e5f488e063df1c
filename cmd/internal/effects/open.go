package effects

import (
	"context"
	"errors"

	"packbench/cmd/internal/lookup"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/store"
)

// open carries out the opening effect: it claims the order for this station
// and reads it, or says why it may not be packed (Q8). Claiming twice is fine,
// so an unsure effect simply runs again.
func (r *Runner) open(ctx context.Context, e pack.Effect) (pack.Event, error) {
	var o station.Order
	refused := func(code pack.Code, reason string) pack.Event {
		return pack.OrderRefused{Effect: e.ID, Order: e.Order, Number: o.Alias(), Code: code, Reason: reason}
	}
	err := r.Store.CatchUp(ctx)
	if err != nil {
		return nil, err
	}
	o, err = r.fresh(ctx, e.Order)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return refused(pack.CodeOrderUnknown, ""), nil
	case err != nil:
		return nil, err
	}
	switch o.Status {
	case station.OrderHeld:
		return refused(pack.CodeOrderHeld, lookup.ReasonCode(o)), nil
	case station.OrderCancelled:
		return refused(pack.CodeOrderCancelled, lookup.ReasonCode(o)), nil
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
	holder, err := r.orders.ClaimOrder(ctx, o.ID, r.Station, r.Clock())
	alone, _ := r.orders.(AloneOrders)
	away := errors.Is(err, ErrHubAway)
	if away && e.Alone && alone != nil {
		holder, err = r.Station, alone.TakeAlone(ctx, o.ID, r.Clock())
	}
	switch {
	case errors.Is(err, ErrHubAway):
		had, err := r.Store.Holder(ctx, o.ID)
		return refused(pack.CodeHubAway, had), err
	case err != nil:
		return nil, err
	case holder != r.Station && r.Orders != nil:
		return refused(pack.CodeClaimedElsewhere, holder), nil
	case holder != r.Station:
		return refused(pack.CodeOrderElsewhere, holder), nil
	}
	info, err := r.look.OrderInfo(ctx, o)
	if err != nil {
		return nil, err
	}
	if len(info.Lines) == 0 {
		return refused(pack.CodeOrderHeld, "it has no lines to pack"), nil
	}
	if e.Parcel != "" {
		return r.reopen(ctx, e, info)
	}
	return pack.OrderReady{Effect: e.ID, Order: info, Alone: away}, nil
}

// fresh reads an order after its shop was asked what it says of it now, where it can be
// asked at once (O3).
func (r *Runner) fresh(ctx context.Context, id string) (station.Order, error) {
	o, err := r.Store.Order(ctx, id)
	if err != nil || r.Shops == nil {
		return o, err
	}
	asked, err := r.Shops.Fresh(ctx, o)
	if err != nil || !asked {
		if err != nil && ctx.Err() == nil {
			r.Log.Warn("the shop's word on the order is not known", "order", id, "error", err)
		}
		return o, ctx.Err()
	}
	return r.Store.Order(ctx, id)
}

// reopen claims the parcel that is to be opened again: a van that is being loaded
// may have been quicker. Then the order is free again, and the parcel says where it
// is.
func (r *Runner) reopen(ctx context.Context, e pack.Effect, info pack.OrderInfo) (pack.Event, error) {
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
	return refused, r.orders.FreeOrder(ctx, e.Order, r.Station)
}
