package woocommerce

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

	"packbench/station/shop"
	"packbench/station/web/wire"
)

// Returns returns refunds: a shop without a plug-in knows of no other kind of return.
// Each is closed, because its money has gone back; whether its goods come back nobody
// says. A refund moves its order's date, so the orders that changed are read.
func (s *Shop) Returns(ctx context.Context, since shop.Cursor) (shop.ReturnPage, error) {
	rows, on, more, err := s.list(ctx, core+"/orders", url.Values{"status": {"any"}}, read(since))
	if err != nil {
		return shop.ReturnPage{}, err
	}
	if !more {
		on = on.next()
	}
	page := shop.ReturnPage{Next: on.cursor(), More: more}
	for _, row := range rows {
		var o order
		if json.Unmarshal(row, &o) != nil || len(o.Refunds) == 0 {
			continue
		}
		refunds, err := all[refund](ctx, s, core+"/orders/"+o.ID.String()+"/refunds", nil)
		if errors.As(err, new(*shop.Gone)) {
			continue
		}
		if err != nil {
			return shop.ReturnPage{}, err
		}
		for _, r := range refunds {
			page.Returns = append(page.Returns, returned(o, r))
		}
	}
	return page, nil
}

func returned(o order, r refund) shop.Return {
	out := shop.Return{
		ID: r.ID.String(), Order: o.ID.String(), State: "closed", Reason: wire.Clean(string(r.Reason), 200), Refund: wire.Money(r.Amount, o.Currency), At: when(r.Created),
	}
	units := refunded(r)
	for _, it := range o.Items {
		if n := units[it.ID]; n > 0 {
			out.Lines = append(out.Lines, shop.Units{Line: it.ID.String(), SKU: sku(it), Qty: n})
		}
	}
	return out
}
