package shopifysim

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// mutations are the fields that change something.
func (s *Sim) mutations(x *execution, op operation) object {
	root := object{
		"__typename":                    "Mutation",
		"fulfillmentCreate":             resolver(s.fulfillmentCreate),
		"fulfillmentCancel":             resolver(s.fulfillmentCancel),
		"fulfillmentTrackingInfoUpdate": resolver(s.trackingUpdate),
		"fulfillmentOrderHold":          s.ofFO("fulfillmentOrderHold", s.mutateHold),
		"fulfillmentOrderReleaseHold":   s.ofFO("fulfillmentOrderReleaseHold", func(f *fulfillmentOrder, _ args) object { s.release(f); return object{"fulfillmentOrder": s.fo(f)} }),
		"fulfillmentOrderMove":          s.ofFO("fulfillmentOrderMove", s.mutateMove),
		"fulfillmentOrderReportProgress": s.ofFO("fulfillmentOrderReportProgress", func(f *fulfillmentOrder, _ args) object {
			f.status = "IN_PROGRESS"
			s.touchPart(f)
			return object{"fulfillmentOrder": s.fo(f)}
		}),
		"fulfillmentOrderCancel": s.ofFO("fulfillmentOrderCancel", s.mutateCancelFO),
		"orderCancel":            resolver(s.orderCancel),
		"bulkOperationRunQuery":  resolver(s.bulkRun),
		"returnCreate":           resolver(s.returnCreate),
		"returnProcess":          resolver(s.returnProcess),
	}
	for name, f := range map[string]func(args) (any, *problem){"inventoryAdjustQuantities": s.adjust, "inventorySetQuantities": s.set, "refundCreate": s.refundCreate} {
		root[name] = s.idempotent(x, op, name, f)
	}
	for name, f := range root {
		f, is := f.(resolver)
		if !is {
			continue
		}
		root[name] = resolver(func(a args) (any, *problem) {
			if i := slices.Index(s.broken, name); i >= 0 {
				s.broken = slices.Delete(s.broken, i, i+1)
				p := coded("INTERNAL_SERVER_ERROR", "Internal error. Looks like something went wrong on our end.")
				return nil, p
			}
			return f(a)
		})
	}
	return root
}

func userError(message string, field ...string) []object {
	return []object{{"__typename": "UserError", "field": field, "message": message, "code": nil}}
}

// payload is what a mutation answers: what it made, or why not.
func payload(kind, name string, made any, errs []object) object {
	if errs == nil {
		errs = []object{}
	}
	return object{"__typename": kind + "Payload", name: made, "userErrors": errs}
}

func (s *Sim) foByGID(id string) *fulfillmentOrder {
	n, _ := idOf(id, "FulfillmentOrder")
	return s.parts[n]
}

// fulfillmentCreate checks in the order that was recorded: quantities of the whole
// input, then the fulfillment orders, then what they have in common, then their state.
func (s *Sim) fulfillmentCreate(a args) (any, *problem) {
	in := a.object("fulfillment")
	groups := in.list("lineItemsByFulfillmentOrder")
	no := func(message string, field ...string) (any, *problem) {
		return payload("FulfillmentCreate", "fulfillment", nil, userError(message, append([]string{"fulfillment"}, field...)...)), nil
	}
	for i, g := range groups {
		if _, ok := idOf(g.text("fulfillmentOrderId"), "FulfillmentOrder"); !ok {
			return nil, coded("RESOURCE_NOT_FOUND", "Invalid global id '"+g.text("fulfillmentOrderId")+"'")
		}
		for j, l := range g.list("fulfillmentOrderLineItems") {
			if l.number("quantity") <= 0 {
				return no("Quantity must be greater than 0", "lineItemsByFulfillmentOrder", fmt.Sprint(i), "fulfillmentOrderLineItems", fmt.Sprint(j), "quantity")
			}
		}
	}
	fos, message := s.together(groups)
	if message != "" {
		return no(message)
	}
	var all []take
	for i, f := range fos {
		if f.status != "OPEN" && f.status != "IN_PROGRESS" {
			// Recorded for closed; the same words for the others are a guess.
			return no(fmt.Sprintf("Fulfillment order %d has an unfulfillable status= %s.", f.id, strings.ToLower(f.status)))
		}
		part, message := takes(f, groups[i].list("fulfillmentOrderLineItems"))
		if message != "" {
			return no(message)
		}
		all = append(all, part...)
	}
	if len(all) == 0 {
		return no("Fulfillment order does not exist.")
	}
	info := in.object("trackingInfo")
	made := s.fulfill(fos[0].order, all, info.text("number"), info.text("url"), info.text("company"))
	if in.bool("notifyCustomer") {
		s.mails++
	}
	return payload("FulfillmentCreate", "fulfillment", s.sent(made), nil), nil
}

// together finds the fulfillment orders of one shipment, of one order and one place.
func (s *Sim) together(groups []args) (fos []*fulfillmentOrder, message string) {
	var orders, places []int64
	for _, g := range groups {
		f := s.foByGID(g.text("fulfillmentOrderId"))
		if f == nil {
			return nil, "Fulfillment order does not exist."
		}
		fos = append(fos, f)
		if !slices.Contains(orders, f.order.id) {
			orders = append(orders, f.order.id)
		}
		if !slices.Contains(places, f.place.id) {
			places = append(places, f.place.id)
		}
	}
	switch {
	case len(orders) > 1:
		message = fmt.Sprintf("All fulfillment orders must belong to the same order. Multiple orders with ids %s were found.", ids(orders))
	case len(places) > 1:
		message = fmt.Sprintf("All fulfillment orders must be assigned to a single location. Multiple locations with ids %s were found.", ids(places))
	}
	return fos, message
}

func ids(list []int64) string { return strings.ReplaceAll(fmt.Sprint(list), " ", ", ") }

// takes are the units that a shipment takes of a fulfillment order: all that remain
// where it names no lines.
func takes(f *fulfillmentOrder, lines []args) (out []take, message string) {
	if len(lines) == 0 {
		for _, l := range f.lines {
			if l.remaining > 0 {
				out = append(out, take{f, l, l.remaining})
			}
		}
		return out, ""
	}
	used := map[*foLine]int{}
	for _, l := range lines {
		id, ok := idOf(l.text("id"), "FulfillmentOrderLineItem")
		if !ok {
			return nil, "Invalid fulfillment order line item quantity requested."
		}
		fl := f.line(id)
		if fl == nil {
			return nil, "Fulfillment order line item does not exist."
		}
		if used[fl] += l.number("quantity"); used[fl] > fl.remaining {
			return nil, "Invalid fulfillment order line item quantity requested."
		}
		out = append(out, take{f, fl, l.number("quantity")})
	}
	return out, ""
}

func (s *Sim) byFulfillment(id string) (*order, *fulfillment) {
	n, _ := idOf(id, "Fulfillment")
	return s.sentBy[n].order, s.sentBy[n].fulfillment
}

func (s *Sim) fulfillmentCancel(a args) (any, *problem) {
	o, f := s.byFulfillment(a.text("id"))
	if f == nil {
		return payload("FulfillmentCancel", "fulfillment", nil, userError("Fulfillment not found.", "id")), nil
	}
	s.unfulfill(o, f)
	return payload("FulfillmentCancel", "fulfillment", s.sent(f), nil), nil
}

// trackingUpdate works on a cancelled one as well.
func (s *Sim) trackingUpdate(a args) (any, *problem) {
	o, f := s.byFulfillment(a.text("fulfillmentId"))
	if f == nil {
		return payload("FulfillmentTrackingInfoUpdate", "fulfillment", nil, userError("Fulfillment not found.", "fulfillmentId")), nil
	}
	info := a.object("trackingInfoInput")
	f.number, f.url, f.owner = info.text("number"), info.text("url"), info.text("company")
	s.touchOrder(o)
	return payload("FulfillmentTrackingInfoUpdate", "fulfillment", s.sent(f), nil), nil
}

// ofFO is a mutation of one fulfillment order.
func (s *Sim) ofFO(kind string, f func(*fulfillmentOrder, args) object) resolver {
	return func(a args) (any, *problem) {
		fo := s.foByGID(a.text("id"))
		if fo == nil {
			return nil, coded("RESOURCE_NOT_FOUND", "Fulfillment order does not exist.")
		}
		out := f(fo, a)
		out["__typename"], out["userErrors"] = kind+"Payload", []object{}
		return out, nil
	}
}

func (s *Sim) mutateHold(f *fulfillmentOrder, a args) object {
	in := a.object("fulfillmentHold")
	h := s.hold(f, in.text("reason"), in.text("reasonNotes"))
	return object{
		"fulfillmentHold":  object{"__typename": "FulfillmentHold", "id": gid("FulfillmentHold", h.id), "reason": h.reason},
		"fulfillmentOrder": s.fo(f), "remainingFulfillmentOrder": object(nil),
	}
}

func (s *Sim) mutateMove(f *fulfillmentOrder, a args) object {
	to, _ := idOf(a.text("newLocationId"), "Location")
	qty := 0
	for _, l := range a.list("fulfillmentOrderLineItems") {
		qty += l.number("quantity")
	}
	moved := s.move(f, to, qty)
	if moved == nil {
		return object{"movedFulfillmentOrder": object(nil), "originalFulfillmentOrder": s.fo(f)}
	}
	return object{"movedFulfillmentOrder": s.fo(moved), "originalFulfillmentOrder": s.fo(f)}
}

// mutateCancelFO closes one with no lines; what replaces it has the same ids of lines.
func (s *Sim) mutateCancelFO(f *fulfillmentOrder, _ args) object {
	born := s.newFO(f.order, f.place)
	born.lines, f.lines = f.lines, nil
	f.status, f.holds = "CLOSED", nil
	s.touchPart(f)
	return object{"fulfillmentOrder": s.fo(f), "replacementFulfillmentOrder": s.fo(born)}
}

// orderCancel is a job: the order is cancelled a moment later.
func (s *Sim) orderCancel(a args) (any, *problem) {
	n, _ := idOf(a.text("orderId"), "Order")
	o := s.byID[n]
	if o == nil {
		return payload("OrderCancel", "job", nil, userError("Order does not exist", "orderId")), nil
	}
	j := job{id: s.id(), at: s.clock().Add(2 * time.Second), do: func() { s.cancel(o) }}
	s.jobs = append(s.jobs, j)
	out := payload("OrderCancel", "job", object{"__typename": "Job", "id": gid("Job", j.id), "done": false}, nil)
	out["orderCancelUserErrors"] = []object{}
	return out, nil
}
