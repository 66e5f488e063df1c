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
// returns of its own, and to make a refund moves money, which a person does.
func (s *Shop) CameBack(ctx context.Context, b shop.Back) (string, error) {
	place := byNote.place(b.Order)
	var list []note
	if _, err := s.get(ctx, place, url.Values{"type": {"any"}}, &list); err != nil {
		return "", err
	}
	mark := "[" + b.Key + "]"
	for _, n := range list {
		if strings.Contains(wire.Clean(string(n.Note), 4000), mark) {
			return n.ID.String(), nil
		}
	}
	var made note
	err := s.change(ctx, http.MethodPost, place, nil, map[string]any{"note": backWords(b) + " " + mark}, &made)
	return made.ID.String(), err
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
