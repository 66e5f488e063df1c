package shopifysim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What happens to returns, as it was recorded of the real ones: a return that is open is
// processed line by line and stays open, and a disposition that is told twice counts twice.

// Return has the buyer ask to send units of a line back, of what has left; a state is
// one of REQUESTED, OPEN, DECLINED, CLOSED, CANCELED. Paid back is in the smallest unit.
// It returns the return's id.
func (s *Sim) Return(id string, line, qty int, reason, state string, back int64) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	o := s.find(id)
	r := &ret{id: s.id(), name: fmt.Sprintf("%s-R%d", o.name, len(o.returns)+1), status: state, created: s.clock(), reason: reason, minor: back}
	l := &retLine{id: s.id(), awaits: s.id(), line: o.lines[line], qty: qty}
	for _, f := range o.sent {
		for _, i := range f.items {
			if i.line == l.line && f.status == "SUCCESS" {
				l.sent = i.id
			}
		}
	}
	r.lines = []*retLine{l}
	o.returns = append(o.returns, r)
	s.touchOrder(o)
	return strconv.FormatInt(r.id, 10)
}

// EndReturn has the buyer or the owner give up a return.
func (s *Sim) EndReturn(id, state string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o, r := s.returnOf(gid("Return", number64(id))); r != nil {
		r.status = state
		s.touchOrder(o)
	}
}

func number64(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// Returned says what an order's returns stand at: "CUP-1 1/2 RESTOCKED:1" for one unit of
// two that is processed, and what became of it.
func (s *Sim) Returned(id string) (out []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.find(id).returns {
		for _, l := range r.lines {
			text := fmt.Sprintf("%s %d/%d", l.line.sku, l.done, l.qty)
			for _, d := range l.disposed {
				text += fmt.Sprintf(" %s:%d", d.kind, d.qty)
			}
			out = append(out, text)
		}
	}
	return out
}

// Refunds are what was paid back of an order, in the smallest unit.
func (s *Sim) Refunds(id string) (out []int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.find(id).refunds {
		out = append(out, r.minor)
	}
	return out
}

func (s *Sim) returnOf(id string) (*order, *ret) {
	n, _ := idOf(id, "Return")
	for _, o := range s.orders {
		for _, r := range o.returns {
			if r.id == n {
				return o, r
			}
		}
	}
	return nil, nil
}

// returnCreate makes an open return, of units that left and are in no other.
func (s *Sim) returnCreate(a args) (any, *problem) {
	in := a.object("returnInput")
	no := func(message string, field ...string) (any, *problem) {
		return payload("ReturnCreate", "return", nil, userError(message, append([]string{"returnInput"}, field...)...)), nil
	}
	n, _ := idOf(in.text("orderId"), "Order")
	o := s.byID[n]
	if o == nil {
		return no("Order does not exist.", "orderId")
	}
	r := &ret{id: s.id(), name: fmt.Sprintf("%s-R%d", o.name, len(o.returns)+1), status: "OPEN", created: s.clock()}
	for i, l := range in.list("returnLineItems") {
		sent, _ := idOf(l.text("fulfillmentLineItemId"), "FulfillmentLineItem")
		of := o.leftOn(sent)
		if of == nil || l.number("quantity") < 1 || l.number("quantity") > of.qty-o.inReturns(sent) { // its words are a guess
			return no("Return line item has an invalid quantity.", "returnLineItems", strconv.Itoa(i), "quantity")
		}
		r.lines = append(r.lines, &retLine{id: s.id(), awaits: s.id(), sent: sent, line: of.line, qty: l.number("quantity"), note: l.text("returnReasonNote")})
	}
	if len(r.lines) == 0 {
		return no("Return line items can't be blank.", "returnLineItems")
	}
	o.returns = append(o.returns, r)
	s.touchOrder(o)
	return payload("ReturnCreate", "return", s.ret(o, r), nil), nil
}

func (o *order) leftOn(id int64) *item {
	for _, f := range o.sent {
		for i := range f.items {
			if f.items[i].id == id && f.status == "SUCCESS" {
				return &f.items[i]
			}
		}
	}
	return nil
}

func (o *order) inReturns(sent int64) (n int) {
	for _, r := range o.returns {
		for _, l := range r.lines {
			if l.sent == sent && r.status != "DECLINED" && r.status != "CANCELED" {
				n += l.qty
			}
		}
	}
	return n
}

// returnProcess says what came. The return stays open; nothing of it can be done twice
// but dispositions, which nobody checks.
func (s *Sim) returnProcess(a args) (any, *problem) {
	in := a.object("input")
	no := func(message string, field ...string) (any, *problem) {
		return payload("ReturnProcess", "return", nil, userError(message, append([]string{"input"}, field...)...)), nil
	}
	o, r := s.returnOf(in.text("returnId"))
	if r == nil || r.status != "OPEN" {
		return no("Return is not open.", "returnId")
	}
	for i, l := range in.list("returnLineItems") {
		of := r.line(l.text("id"), "ReturnLineItem")
		if of == nil || l.number("quantity") < 1 || of.done+l.number("quantity") > of.qty {
			return no("Quantity is more than what is left to process.", "returnLineItems", strconv.Itoa(i), "quantity")
		}
		for _, d := range l.list("dispositions") {
			if r.line(d.text("reverseFulfillmentOrderLineItemId"), "ReverseFulfillmentOrderLineItem") == nil || d.text("locationId") == "" {
				return no("Disposition is invalid.", "returnLineItems", strconv.Itoa(i), "dispositions")
			}
		}
	}
	for _, l := range in.list("returnLineItems") {
		r.line(l.text("id"), "ReturnLineItem").done += l.number("quantity")
		for _, d := range l.list("dispositions") {
			to := r.line(d.text("reverseFulfillmentOrderLineItemId"), "ReverseFulfillmentOrderLineItem")
			to.disposed = append(to.disposed, disposal{d.text("dispositionType"), d.number("quantity")})
			if d.text("dispositionType") == "RESTOCKED" {
				place, _ := idOf(d.text("locationId"), "Location")
				to.line.variant.at(place).available += d.number("quantity")
			}
		}
	}
	s.touchOrder(o)
	return payload("ReturnProcess", "return", s.ret(o, r), nil), nil
}

func (r *ret) line(id, kind string) *retLine {
	n, _ := idOf(id, kind)
	i := slices.IndexFunc(r.lines, func(l *retLine) bool { return n != 0 && (l.id == n || l.awaits == n) })
	if i < 0 {
		return nil
	}
	return r.lines[i]
}

// refundCreate pays back, no more than what was paid.
func (s *Sim) refundCreate(a args) (any, *problem) {
	in := a.object("input")
	no := func(message string) (any, *problem) {
		return payload("RefundCreate", "refund", nil, userError(message, "input")), nil
	}
	n, _ := idOf(in.text("orderId"), "Order")
	o := s.byID[n]
	if o == nil {
		return no("Order does not exist.")
	}
	r := refund{id: s.id(), note: in.text("note")}
	for _, t := range in.list("transactions") {
		if t.text("kind") != "REFUND" || t.text("parentId") != o.payment() {
			return no("Transactions parent is invalid.")
		}
		r.of = o.payment()
		r.minor += minor(t.text("amount"))
	}
	for _, m := range in.list("refundMethods") {
		r.minor += minor(m.object("storeCreditRefund").object("amount").text("amount"))
	}
	paid := o.goods() - min(o.discount, o.goods()) + o.shipping
	for _, was := range o.refunds {
		paid -= was.minor
	}
	if r.minor > paid {
		return no("Refund amount is greater than what is left to refund.")
	}
	o.refunds = append(o.refunds, r)
	s.touchOrder(o)
	return payload("RefundCreate", "refund", object{"__typename": "Refund", "id": gid("Refund", r.id)}, nil), nil
}

func (o *order) payment() string { return gid("OrderTransaction", o.id+1) }

func minor(text string) int64 {
	whole, cents, _ := strings.Cut(text, ".")
	return number64(whole)*100 + number64((cents + "00")[:2])
}

func refundsOf(o *order) (out []object) {
	for _, r := range o.refunds {
		out = append(out, object{"__typename": "Refund", "id": gid("Refund", r.id), "note": r.note})
	}
	return out
}

func (s *Sim) transactions(o *order, received int64) []object {
	if o.unpaid {
		return nil
	}
	sale := object{"__typename": "OrderTransaction", "id": o.payment(), "kind": "SALE", "status": "SUCCESS", "gateway": "bogus", "parentTransaction": object(nil), "amountSet": amount(received, s.money)}
	out := []object{sale}
	for _, r := range o.refunds {
		if r.of != "" {
			out = append(out, object{
				"__typename": "OrderTransaction", "id": gid("OrderTransaction", r.id), "kind": "REFUND", "status": "SUCCESS", "gateway": "bogus",
				"parentTransaction": object{"__typename": "OrderTransaction", "id": r.of}, "amountSet": amount(r.minor, s.money),
			})
		}
	}
	return out
}

func (s *Sim) ret(o *order, r *ret) object {
	return object{
		"__typename": "Return", "id": gid("Return", r.id), "name": r.name, "status": r.status, "createdAt": stamp(r.created),
		"order": resolver(func(args) (any, *problem) { return s.order(o), nil }),
		"refunds": pages("Refund", func() (out []keyed) {
			if r.minor > 0 {
				out = append(out, keyed{"1", func() object { return object{"__typename": "Refund", "totalRefundedSet": amount(r.minor, s.money)} }})
			}
			return out
		}),
		"returnLineItems": pages("ReturnLineItemType", func() (out []keyed) {
			for _, l := range r.lines {
				out = append(out, keyed{number(l.id), func() object { return s.retLine(r, l) }})
			}
			return out
		}),
		"reverseFulfillmentOrders": pages("ReverseFulfillmentOrder", func() (out []keyed) {
			if r.status == "OPEN" || r.status == "CLOSED" {
				out = append(out, keyed{"1", func() object { return s.awaited(r) }})
			}
			return out
		}),
	}
}

func (s *Sim) retLine(r *ret, l *retLine) object {
	note := l.note
	if note == "" {
		note = r.reason
	}
	return object{
		"__typename": "ReturnLineItem", "id": gid("ReturnLineItem", l.id), "quantity": l.qty, "processedQuantity": l.done, "unprocessedQuantity": l.qty - l.done,
		"returnReasonDefinition": object(nil), "returnReasonNote": note, "customerNote": "",
		"fulfillmentLineItem": object{"__typename": "FulfillmentLineItem", "id": gid("FulfillmentLineItem", l.sent), "lineItem": s.line(l.line)},
	}
}

func (s *Sim) awaited(r *ret) object {
	return object{
		"__typename": "ReverseFulfillmentOrder", "id": gid("ReverseFulfillmentOrder", r.id), "status": "OPEN",
		"lineItems": pages("ReverseFulfillmentOrderLineItem", func() (out []keyed) {
			for _, l := range r.lines {
				out = append(out, keyed{number(l.awaits), func() object {
					var disposed []object
					for _, d := range l.disposed {
						disposed = append(disposed, object{"__typename": "ReverseFulfillmentOrderDisposition", "type": d.kind, "quantity": d.qty})
					}
					return object{
						"__typename": "ReverseFulfillmentOrderLineItem", "id": gid("ReverseFulfillmentOrderLineItem", l.awaits), "totalQuantity": l.qty, "dispositions": disposed,
						"fulfillmentLineItem": object{"__typename": "FulfillmentLineItem", "id": gid("FulfillmentLineItem", l.sent), "lineItem": s.line(l.line)},
					}
				}})
			}
			return out
		}),
	}
}
