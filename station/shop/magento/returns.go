package magento

import (
	"context"
	"encoding/json"
	"strings"

	"packbench/station/shop"
)

// memo is a credit memo: what was paid back, and for what.
type memo struct {
	ID       number `json:"entity_id"`
	Order    number `json:"order_id"`
	State    number `json:"state"`
	Created  string `json:"created_at"`
	Currency string `json:"order_currency_code"`
	Total    number `json:"grand_total"`
	Items    []struct {
		Row number `json:"order_item_id"`
		Qty number `json:"qty"`
	} `json:"items"`
	Comments []comment `json:"comments"`
}

// The states of credit memos.
var memoStates = map[string]string{"1": "open", "2": "closed", "3": "declined"}

// Returns returns credit memos: an open source Magento knows of a return by nothing
// else. One may be for goods that never left.
func (s *Shop) Returns(ctx context.Context, since shop.Cursor) (shop.ReturnPage, error) {
	raws, next, more, err := s.changes(ctx, search{
		path:   "/creditmemos",
		fields: "entity_id,order_id,state,created_at,updated_at,order_currency_code,grand_total,items[order_item_id,qty],comments[entity_id,comment]",
	}, since)
	if err != nil {
		return shop.ReturnPage{}, err
	}
	page := shop.ReturnPage{Next: next, More: more}
	var memos []memo
	var ids []string
	for _, raw := range raws {
		var m memo
		if json.Unmarshal(raw, &m) != nil || m.ID.text() == "" {
			return shop.ReturnPage{}, &shop.Away{Say: "its answer about a credit memo cannot be read"}
		}
		memos, ids = append(memos, m), append(ids, m.Order.text())
	}
	rows, err := s.rows(ctx, unique(ids))
	if err != nil {
		return shop.ReturnPage{}, err
	}
	for _, m := range memos {
		page.Returns = append(page.Returns, m.back(rows))
	}
	return page, nil
}

// rows are those of orders by their ids, with which a credit memo's are understood.
func (s *Shop) rows(ctx context.Context, orders []string) (map[string]item, error) {
	out := map[string]item{}
	if len(orders) == 0 {
		return out, nil
	}
	err := s.all(ctx, search{
		path: "/orders", filters: []filter{{"entity_id", "in", strings.Join(orders, ",")}},
		fields: "entity_id,items[item_id,parent_item_id,sku,product_type,is_virtual]",
	}, func(raw json.RawMessage) error {
		var o order
		if json.Unmarshal(raw, &o) != nil {
			return nil // its rows stay unknown
		}
		for _, i := range o.Items {
			out[i.ID.text()] = i
		}
		return nil
	})
	return out, err
}

func (m memo) back(rows map[string]item) shop.Return {
	out := shop.Return{
		ID: m.ID.text(), Order: m.Order.text(), State: memoStates[string(m.State)],
		Refund: money(m.Total.float(), m.Currency), At: when(m.Created),
	}
	if out.State == "" {
		out.State = "open"
	}
	for _, c := range m.Comments {
		if text := strings.Join(strings.Fields(c.Text), " "); text != "" {
			out.Reason = text
		}
	}
	for _, i := range m.Items {
		row, known := rows[i.Row.text()]
		n := int(i.Qty.float())
		switch parent := rows[row.Parent.text()]; {
		case n <= 0 || !known || row.virtual() || row.Type == "bundle":
		case parent.Type == "configurable": // counted by the row above it
		default:
			out.Lines = append(out.Lines, shop.Units{Line: i.Row.text(), SKU: row.SKU, Qty: n})
		}
	}
	return out
}
