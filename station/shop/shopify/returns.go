package shopify

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/unit"
)

type returned struct {
	ID, Status      string
	CreatedAt       time.Time
	Refunds         list[struct{ TotalRefundedSet amount }]
	ReturnLineItems list[struct {
		Quantity                       int
		ReturnReasonNote, CustomerNote string
		ReturnReasonDefinition         struct{ Handle string }
		FulfillmentLineItem            struct{ LineItem lineItem }
	}]
}

const returnFields = `
	id status createdAt refunds(first: 5) { nodes { totalRefundedSet ` + money + `} }
	returnLineItems(first: 20) { nodes { quantity ... on ReturnLineItem { returnReasonDefinition { handle } returnReasonNote customerNote fulfillmentLineItem { lineItem { id sku } } } } pageInfo { hasNextPage endCursor } }`

// Returns returns what buyers send back, of the orders that changed.
func (s *Shop) Returns(ctx context.Context, since shop.Cursor) (out shop.ReturnPage, err error) {
	ctx, end := s.list(ctx, "returns "+string(since))
	defer func() { end(err) }()
	var c productCursor
	if json.Unmarshal([]byte(since), &c) != nil {
		c = productCursor{}
	}
	query := "-return_status:no_return"
	if !c.Since.IsZero() {
		query += " AND updated_at:>='" + c.Since.Add(-overlap).UTC().Format(time.RFC3339) + "'"
	}
	vars := map[string]any{"query": query}
	if c.After != "" {
		vars["after"] = c.After
	}
	var got struct {
		Orders list[struct {
			ID      string
			Returns list[returned]
		}]
	}
	err = s.ask(ctx, `query($after: String, $query: String) { orders(first: 10, after: $after, query: $query, sortKey: UPDATED_AT) { nodes { id returns(first: 5) { nodes {`+returnFields+`} pageInfo { hasNextPage endCursor } } } pageInfo { hasNextPage endCursor } } }`, vars, &got)
	if err != nil {
		return shop.ReturnPage{}, err
	}
	if c.Until.IsZero() {
		c.Until = s.asOf(ctx).Add(-behind)
	}
	for _, o := range got.Orders.Nodes {
		err := rest(&o.Returns, func(after string) (list[returned], error) {
			var got struct {
				Order struct{ Returns list[returned] }
			}
			err := s.ask(ctx, `query($id: ID!, $after: String) { order(id: $id) { returns(first: 10, after: $after) { nodes {`+returnFields+`} pageInfo { hasNextPage endCursor } } } }`, map[string]any{"id": o.ID, "after": after}, &got)
			return got.Order.Returns, err
		})
		if err != nil {
			return shop.ReturnPage{}, err
		}
		for _, r := range o.Returns.Nodes {
			out.Returns = append(out.Returns, r.value(own(o.ID)))
		}
	}
	if info := got.Orders.PageInfo; info.HasNextPage && info.EndCursor != "" && info.EndCursor != c.After {
		c.After, out.More = info.EndCursor, true
	} else {
		c = productCursor{Since: c.Until}
	}
	data, _ := json.Marshal(c)
	out.Next = shop.Cursor(data)
	return out, nil
}

func (r returned) value(order string) shop.Return {
	states := map[string]string{"REQUESTED": "asked", "OPEN": "open", "DECLINED": "declined", "CLOSED": "closed", "CANCELED": "closed"}
	out := shop.Return{ID: own(r.ID), Order: order, State: states[r.Status], At: r.CreatedAt}
	for _, l := range r.ReturnLineItems.Nodes {
		item := l.FulfillmentLineItem.LineItem
		out.Lines = append(out.Lines, shop.Units{Line: own(item.ID), SKU: foLine{LineItem: item}.sku(), Qty: l.Quantity})
		for _, text := range []string{l.ReturnReasonDefinition.Handle, l.CustomerNote, l.ReturnReasonNote} {
			if text = strings.TrimSpace(text); out.Reason == "" && text != "" {
				out.Reason = clip(text)
			}
		}
	}
	for _, f := range r.Refunds.Nodes {
		if m := price(f.TotalRefundedSet); m.Currency != "" {
			out.Refund = unit.Money{Minor: out.Refund.Minor + m.Minor, Currency: m.Currency}
		}
	}
	return out
}
