package shopify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station/shop"
)

// back is a return as it is looked at before anything of it is told.
type back struct {
	ID, Status      string
	ReturnLineItems list[struct {
		ID                          string
		Quantity, ProcessedQuantity int
		ReturnReasonNote            string
		FulfillmentLineItem         struct {
			ID       string
			LineItem struct{ ID string }
		}
	}]
	ReverseFulfillmentOrders list[struct{ LineItems list[awaited] }]
}

// awaited are units that a shop waits for. What became of some of them may stand there.
type awaited struct {
	ID                  string
	TotalQuantity       int
	FulfillmentLineItem struct{ ID string }
	Dispositions        []struct{ Quantity int }
}

// sentLine are units of a line that left in one shipment.
type sentLine struct {
	ID       string
	Quantity int
	LineItem struct{ ID string }
}

// backQuery looks at an order with up to ten returns of thirty lines: one with more is a
// person's matter.
const backQuery = `query($id: ID!) { order(id: $id) { id
	returns(first: 10) { nodes { id status
		returnLineItems(first: 30) { nodes { id quantity processedQuantity ... on ReturnLineItem { returnReasonNote fulfillmentLineItem { id lineItem { id } } } } pageInfo { hasNextPage } }
		reverseFulfillmentOrders(first: 3) { nodes { lineItems(first: 30) { nodes { id totalQuantity fulfillmentLineItem { id } dispositions { quantity } } pageInfo { hasNextPage } } } pageInfo { hasNextPage } }
	} pageInfo { hasNextPage } }
	fulfillments(first: 20) { id status fulfillmentLineItems(first: 50) { nodes { id quantity lineItem { id } } pageInfo { hasNextPage } } }
} }`

// backs is what an order's shop knows of its returns, and what left.
type backs struct {
	Returns      list[back]
	Fulfillments []struct {
		Status               string
		FulfillmentLineItems list[sentLine]
	}
}

// CameBack tells Shopify of goods as of a return that its buyer announced there or, where
// none was, of one that is made for it; and of money, where the shop pays by its interface.
func (s *Shop) CameBack(ctx context.Context, b shop.Back) (shop.Told, error) {
	switch {
	case b.Way != "" && b.Pay && b.Way != "exchange":
		return s.pay(ctx, b)
	case b.Way != "":
		return shop.Told{}, &shop.Refused{Say: "give the buyer what is owed in Shopify, and give this entry up"}
	case s.set["returns"] != "yes":
		return shop.Told{}, &shop.Refused{Say: "the shop's setting returns is off: enter it in Shopify, and give this entry up"}
	}
	at, err := s.stockPlace(ctx, "")
	if err != nil {
		return shop.Told{}, err
	}
	o, err := s.backs(ctx, b.Order)
	if err != nil {
		return shop.Told{}, err
	}
	r := o.find(b)
	if r == nil && b.Theirs != "" {
		return shop.Told{}, &shop.Refused{Say: "the return that was announced is not in the shop any more: enter it there, and give this entry up"}
	}
	if r == nil {
		if err := s.makeReturn(ctx, b, o); err != nil {
			return shop.Told{}, err
		}
		if o, err = s.backs(ctx, b.Order); err != nil {
			return shop.Told{}, detached(err) // it is made, and not yet processed
		}
		if r = o.find(b); r == nil {
			return shop.Told{}, errors.New("the shop does not show the return that it made")
		}
	}
	return shop.Told{ID: own(r.ID)}, s.process(ctx, b, r, at)
}

func (s *Shop) backs(ctx context.Context, order string) (*backs, error) {
	var got struct{ Order *backs }
	if err := s.ask(ctx, backQuery, map[string]any{"id": gid("Order", order)}, &got); err != nil {
		return nil, err
	}
	if got.Order == nil {
		return nil, &shop.Gone{}
	}
	more := got.Order.Returns.PageInfo.HasNextPage
	for _, r := range got.Order.Returns.Nodes {
		more = more || r.ReturnLineItems.PageInfo.HasNextPage || r.ReverseFulfillmentOrders.PageInfo.HasNextPage
		for _, f := range r.ReverseFulfillmentOrders.Nodes {
			more = more || f.LineItems.PageInfo.HasNextPage
		}
	}
	for _, f := range got.Order.Fulfillments {
		more = more || f.FulfillmentLineItems.PageInfo.HasNextPage
	}
	if more {
		return nil, &shop.Refused{Say: "the order has more returns or lines than can be looked at: enter it in Shopify, and give this entry up"}
	}
	return got.Order, nil
}

// markOf is what stands at each line of a return that is made for what came here.
func markOf(b shop.Back) string { return "[" + b.Key + "]" }

func (o *backs) find(b shop.Back) *back {
	for i, r := range o.Returns.Nodes {
		for _, l := range r.ReturnLineItems.Nodes {
			if b.Theirs == "" && strings.Contains(l.ReturnReasonNote, markOf(b)) {
				return &o.Returns.Nodes[i]
			}
		}
		if b.Theirs != "" && own(r.ID) == b.Theirs {
			return &o.Returns.Nodes[i]
		}
	}
	return nil
}

// makeReturn makes a return of what came without one.
func (s *Shop) makeReturn(ctx context.Context, b shop.Back, o *backs) error {
	taken := map[string]int{} // by line of a shipment, in returns that stand
	for _, r := range o.Returns.Nodes {
		for _, l := range r.ReturnLineItems.Nodes {
			if r.Status != "DECLINED" && r.Status != "CANCELED" {
				taken[l.FulfillmentLineItem.ID] += l.Quantity
			}
		}
	}
	var lines []any
	for _, u := range b.Lines {
		need := u.Qty
		for _, f := range o.Fulfillments {
			for _, l := range f.FulfillmentLineItems.Nodes {
				n := min(need, l.Quantity-taken[l.ID])
				if f.Status != "SUCCESS" || own(l.LineItem.ID) != u.Line || n <= 0 {
					continue
				}
				need -= n
				taken[l.ID] += n
				lines = append(lines, map[string]any{
					"fulfillmentLineItemId": l.ID, "quantity": n, "returnReason": "OTHER", "returnReasonNote": "Return " + b.Return + " " + markOf(b),
				})
			}
		}
		if need > 0 {
			return &shop.Refused{Say: fmt.Sprintf("%d of %s came back that the shop has sent and awaits in no other return: enter it in Shopify, and give this entry up", u.Qty, clip(u.SKU))}
		}
	}
	var got struct {
		ReturnCreate struct {
			Return     *struct{ ID string }
			UserErrors []userError
		}
	}
	err := s.tell(ctx, `mutation($in: ReturnInput!) { returnCreate(returnInput: $in) { return { id } userErrors { field message } } }`,
		map[string]any{"in": map[string]any{"orderId": gid("Order", b.Order), "returnLineItems": lines, "notifyCustomer": false}}, &got)
	switch {
	case err != nil:
		return err
	case len(got.ReturnCreate.UserErrors) > 0:
		return &shop.Refused{Say: clip(got.ReturnCreate.UserErrors[0].Message)}
	case got.ReturnCreate.Return == nil:
		return errors.New("the shop does not say whether it took the return")
	}
	return nil
}

// process says what came of a return and what becomes of it. What the shop has as
// processed beyond what it was told before is this: it may have been told without an
// answer, or a person was quicker.
func (s *Shop) process(ctx context.Context, b shop.Back, r *back, at string) error {
	lines, err := r.processed(b, at)
	if err != nil || len(lines) == 0 {
		return err
	}
	if r.Status != "OPEN" {
		return &shop.Refused{Say: "the return is not open in the shop: enter it there, and give this entry up"}
	}
	var got struct {
		ReturnProcess struct {
			Return     *struct{ ID string }
			UserErrors []userError
		}
	}
	err = s.tell(ctx, `mutation($in: ReturnProcessInput!) { returnProcess(input: $in) { return { id } userErrors { field message } } }`,
		map[string]any{"in": map[string]any{"returnId": r.ID, "returnLineItems": lines, "notifyCustomer": false}}, &got)
	switch {
	case err != nil:
		return err
	case len(got.ReturnProcess.UserErrors) > 0:
		return &shop.Refused{Say: clip(got.ReturnProcess.UserErrors[0].Message)}
	case got.ReturnProcess.Return == nil:
		return errors.New("the shop does not say whether it took what came back")
	}
	return nil
}

// processLine is what came of one line of a return.
type processLine struct {
	ID           string    `json:"id"`
	Quantity     int       `json:"quantity"`
	Dispositions []dispose `json:"dispositions,omitempty"`
}

type dispose struct {
	ID       string `json:"reverseFulfillmentOrderLineItemId"`
	Quantity int    `json:"quantity"`
	Type     string `json:"dispositionType"`
	Location string `json:"locationId"`
}

// processed is what is still to be told of a return, all of it or an error.
func (r *back) processed(b shop.Back, at string) (out []*processLine, err error) {
	known := map[string]int{} // units of a line that the shop has beyond what it was told before
	for _, l := range r.ReturnLineItems.Nodes {
		known[own(l.FulfillmentLineItem.LineItem.ID)] += l.ProcessedQuantity
	}
	before := map[string]bool{}
	for _, u := range b.Lines {
		if !before[u.Line] {
			before[u.Line] = true
			known[u.Line] = max(0, known[u.Line]-u.Before)
		}
	}
	given := map[string]*processLine{}
	for _, u := range b.Lines {
		skip := min(u.Qty, known[u.Line])
		known[u.Line] -= skip
		need := u.Qty - skip
		for _, l := range r.ReturnLineItems.Nodes {
			p := given[l.ID]
			if p == nil {
				p = &processLine{ID: l.ID}
			}
			n := min(need, l.Quantity-l.ProcessedQuantity-p.Quantity)
			if own(l.FulfillmentLineItem.LineItem.ID) != u.Line || n <= 0 {
				continue
			}
			if given[l.ID] == nil {
				given[l.ID], out = p, append(out, p)
			}
			need -= n
			p.Quantity += n
			p.Dispositions = append(p.Dispositions, r.dispose(l.FulfillmentLineItem.ID, n, u, at)...)
		}
		if need > 0 {
			return nil, &shop.Refused{Say: fmt.Sprintf("%d of %s came back, which is more than the shop awaits of this return: enter it in Shopify, and give this entry up", u.Qty, clip(u.SKU))}
		}
	}
	return out, nil
}

// dispose says what becomes of units, where the shop does not have it already: Shopify
// would count it twice.
func (r *back) dispose(line string, n int, u shop.BackLine, at string) (out []dispose) {
	kind := "PROCESSING_REQUIRED"
	switch {
	case u.Restock:
		kind = "RESTOCKED"
	case u.Becomes == "shelf" || u.Becomes == "scrap": // the stock of the shelf is told by itself
		kind = "NOT_RESTOCKED"
	}
	for i, f := range r.ReverseFulfillmentOrders.Nodes {
		for j, l := range f.LineItems.Nodes {
			left := l.TotalQuantity
			for _, d := range l.Dispositions {
				left -= d.Quantity
			}
			if take := min(n, left); l.FulfillmentLineItem.ID == line && take > 0 {
				n -= take
				have := &r.ReverseFulfillmentOrders.Nodes[i].LineItems.Nodes[j]
				have.Dispositions = append(slices.Clip(have.Dispositions), struct{ Quantity int }{take})
				out = append(out, dispose{l.ID, take, kind, gid("Location", at)})
			}
		}
	}
	return out
}
