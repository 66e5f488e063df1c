package returndesk

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"packbench/cmd/internal/lookup/sent"
	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/store"
)

// Sold is what left of one order, as far as it may still come back.
type Sold struct {
	Order, Number string
	Goods         []SoldUnits
}

// SoldUnits are those of one product.
type SoldUnits struct {
	SKU, Name string
	Left      int
}

// SoldIn finds the order that a buyer wants to send something back of, by anything that names
// it or one of its parcels.
func (d Desk) SoldIn(ctx context.Context, called string) (out Sold, err error) {
	if err := d.Store.CatchUp(ctx); err != nil {
		return out, err
	}
	parcels, err := d.parcelsOf(ctx, called)
	if err == nil && len(parcels) == 0 {
		var s pack.Sent
		if s, err = d.parcel(ctx, called); err == nil {
			parcels, err = d.parcelsOf(ctx, s.Order)
		}
	}
	if err != nil {
		return out, err
	}
	for _, s := range parcels {
		if out.Order != "" && out.Order != s.Order {
			return out, fmt.Errorf("%q names several orders", called)
		}
		out.Order, out.Number = s.Order, s.Number
		for _, l := range s.Lines {
			i := slices.IndexFunc(out.Goods, func(g SoldUnits) bool { return g.SKU == l.SKU })
			if i < 0 {
				i, out.Goods = len(out.Goods), append(out.Goods, SoldUnits{SKU: l.SKU, Name: l.Name})
			}
			out.Goods[i].Left += max(0, l.Left()-l.Comes)
		}
	}
	out.Goods = slices.DeleteFunc(out.Goods, func(g SoldUnits) bool { return g.Left == 0 })
	if len(out.Goods) == 0 {
		err = errors.New("nothing of it left here that may still come back")
	}
	return out, err
}

// mostLikely is how many parcels are offered for a blind return.
const mostLikely = 3

// Likely offers parcels that a blind return may be of: those of which the same goods were
// announced, then those in which its serials, or such goods, left last.
func (d Desk) Likely(ctx context.Context, id string) (out []pack.Sent, err error) {
	units, err := d.Store.ReturnUnits(ctx, id)
	if err != nil {
		return nil, err
	}
	open, err := d.Store.Returns(ctx, store.ReturnFilter{Open: true})
	add := func(all []pack.Sent) {
		for _, s := range all {
			if len(out) < mostLikely && !slices.ContainsFunc(out, func(have pack.Sent) bool { return have.SSCC == s.SSCC }) {
				out = append(out, s)
			}
		}
	}
	for _, r := range open {
		if r.State != store.ReturnAnnounced || err != nil {
			continue
		}
		comes, failed := d.Store.ReturnComes(ctx, r.ID)
		same := slices.ContainsFunc(comes, func(c returns.Comes) bool {
			return slices.ContainsFunc(units, func(u store.ReturnUnit) bool { return u.SKU == c.SKU })
		})
		if same && failed == nil {
			var s pack.Sent
			p, known, unread := store.Known(d.Store.Parcel(ctx, r.Parcel))
			if failed = unread; known {
				s, failed = d.finder().Of(ctx, p)
				add([]pack.Sent{s})
			}
		}
		err = failed
	}
	for i := 0; i < len(units) && err == nil; i++ {
		c := sent.Code{Marks: units[i].Marks}
		c.Found.Articles = []store.Article{{Hit: store.Hit{SKU: units[i].SKU}}}
		var some []pack.Sent
		some, _, err = d.finder().Named(ctx, c)
		add(some)
	}
	return out, err
}
