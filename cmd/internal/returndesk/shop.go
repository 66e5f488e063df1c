package returndesk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/lookup/sent"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/shop"
	"packbench/station/store"
)

// FromShop takes what a buyer announced in a shop, once it is open there: the shop has said
// that it may come, so that no day and no product is asked after. What the shop gives up
// before it came is given up here. An answer in words says why nothing was announced.
func (d Desk) FromShop(ctx context.Context, from string, r shop.Return) (refused string, err error) {
	have, err := d.Store.ReturnsAnnounced(ctx, from, r.ID)
	open, over := r.State == "open", r.State == "closed" || r.State == "declined"
	awaited := slices.ContainsFunc(have, func(r store.Return) bool { return r.State == store.ReturnAnnounced })
	if err != nil || open && len(have) > 0 || over && !awaited || !open && !over {
		return "", err
	}
	err = d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		var facts []pack.Fact
		if err := d.Store.CatchUp(ctx); err != nil {
			return nil, nil, err
		}
		have, err := d.Store.ReturnsAnnounced(ctx, from, r.ID)
		if over {
			for _, one := range have {
				if one.State == store.ReturnAnnounced {
					facts = append(facts, returns.Withdrawn{Return: one.ID, Order: one.Order})
				}
			}
		} else if len(have) == 0 && err == nil {
			facts, refused, err = d.announcedThere(ctx, from, r)
		}
		if err != nil || len(facts) == 0 {
			return nil, nil, err
		}
		return facts[0].(pack.Event), facts, nil
	})
	return refused, errors.Join(err, d.Store.CatchUp(ctx))
}

func (d Desk) announcedThere(ctx context.Context, from string, r shop.Return) (facts []pack.Fact, refused string, err error) {
	order, known, err := store.Known(d.Store.OrderOf(ctx, from, r.Order))
	if err != nil || !known {
		return nil, "its order is not known here", err
	}
	c := sent.Code{Data: order}
	c.Found.Orders = []store.Due{{ID: order}}
	parcels, _, err := d.finder().Named(ctx, c)
	if err != nil || len(parcels) == 0 {
		return nil, "nothing of its order left here", err
	}
	var all []returns.Announced
	like := returns.Announced{Way: returns.Refund, Payer: d.Settings.Returns.Payer, At: r.At.UTC().Truncate(time.Second), Shop: from, Theirs: r.ID}
	if r.At.IsZero() {
		like.At = d.Clock().UTC().Truncate(time.Second)
	}
	for _, u := range r.Lines {
		left := u.Qty
		for _, s := range parcels {
			for i := range s.Lines {
				of := &s.Lines[i]
				take := min(left, of.Left()-of.Comes)
				if of.Line != u.Line && !strings.EqualFold(of.SKU, u.SKU) || take <= 0 {
					continue
				}
				left -= take
				of.Comes += take
				announce(&all, s, returns.Comes{Line: of.Line, SKU: of.SKU, Qty: of.Comes, Reason: code(r.Reason)}, like)
			}
		}
		if left > 0 {
			return nil, fmt.Sprintf("%d × %s are more than were sent from here and have not come back", u.Qty, clip(u.SKU)), nil
		}
	}
	for _, f := range all {
		facts = append(facts, f)
	}
	return facts, "", nil
}

// Paid says that a shop has paid what is owed of a return. What was settled before stays.
func (d Desk) Paid(ctx context.Context, id string) error {
	err := d.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		r, err := d.known(ctx, id)
		if err != nil || r.Money != store.MoneyOwed && r.Money != store.MoneyTold {
			return nil, nil, err
		}
		out := returns.Settled{Return: id, Of: r.Order, Paid: true}
		return out, []pack.Fact{out}, nil
	})
	return errors.Join(err, d.Store.CatchUp(ctx))
}
