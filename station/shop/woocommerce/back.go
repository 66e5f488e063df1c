package woocommerce

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"packbench/station/shop"
	"packbench/station/web/wire"
)

// CameBack writes a note for the shop's people on the order, once: WooCommerce has no
// returns of its own. Only where the shop pays by its interface, a refund is made.
func (s *Shop) CameBack(ctx context.Context, b shop.Back) (shop.Told, error) {
	if b.Way == "refund" && b.Pay {
		return s.pay(ctx, b)
	}
	place := byNote.place(b.Order)
	var list []note
	if _, err := s.get(ctx, place, url.Values{"type": {"any"}}, &list); err != nil {
		return shop.Told{}, err
	}
	for _, n := range list {
		if strings.Contains(wire.Clean(string(n.Note), 4000), markOf(b)) {
			return shop.Told{ID: n.ID.String()}, nil
		}
	}
	var made note
	err := s.change(ctx, http.MethodPost, place, nil, map[string]any{"note": backWords(b) + " " + markOf(b)}, &made)
	return shop.Told{ID: made.ID.String()}, err
}

// markOf is how a note or a refund is found again.
func markOf(b shop.Back) string { return "[" + b.Key + "]" }

// pay has the shop's way of payment give back an amount, once: a refund carries the key in
// its reason. Stock is not touched: what came back is counted by itself.
func (s *Shop) pay(ctx context.Context, b shop.Back) (shop.Told, error) {
	if b.Amount.Currency == "" || b.Amount.Minor <= 0 {
		return shop.Told{}, &shop.Refused{Say: "how much is owed is not known here: pay it in the shop, and give this entry up"}
	}
	place := core + "/orders/" + b.Order
	var o order
	if _, err := s.get(ctx, place, nil, &o); err != nil {
		return shop.Told{}, err
	}
	if string(o.Currency) != b.Amount.Currency {
		return shop.Told{}, &shop.Refused{Say: fmt.Sprintf("the order is in %s, and %s is owed: pay it in the shop, and give this entry up", wire.Clean(string(o.Currency), 20), b.Amount.Currency)}
	}
	have, err := all[refund](ctx, s, place+"/refunds", nil)
	if err != nil {
		return shop.Told{}, err
	}
	for _, r := range have {
		if strings.Contains(wire.Clean(string(r.Reason), 4000), markOf(b)) {
			return shop.Told{ID: r.ID.String(), Paid: true}, nil
		}
	}
	var made refund
	err = s.change(ctx, http.MethodPost, place+"/refunds", nil, map[string]any{
		"amount": b.Amount.Decimal(), "reason": "Return " + b.Return + " " + markOf(b), "api_refund": true, "api_restock": false,
	}, &made)
	return shop.Told{ID: made.ID.String(), Paid: err == nil}, err
}

func backWords(b shop.Back) string {
	if b.Way != "" {
		words := fmt.Sprintf("Return %s: the buyer is owed a %s", b.Return, b.Way)
		if b.Amount.Currency != "" {
			words += " of " + b.Amount.String()
		}
		if b.Sends != "" {
			words += ", sent as order " + b.Sends
		}
		return words + "."
	}
	var all []string
	for _, l := range b.Lines {
		all = append(all, fmt.Sprintf("%d x %s (%s, %s)", l.Qty, l.SKU, l.Grade, l.Becomes))
	}
	return fmt.Sprintf("Return %s came back: %s.", b.Return, strings.Join(all, ", "))
}
