package shopify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station/shop"
)

// Shipped returns what has left of an order and was not taken back.
func (s *Shop) Shipped(ctx context.Context, number string) (_ []shop.Shipment, err error) {
	ctx, end := s.read(ctx, "sent "+number)
	defer func() { end(err) }()
	o, err := s.sentOf(ctx, number)
	if err != nil {
		return nil, err
	}
	return shipments(o), nil
}

// sentOf reads of an order what has left.
func (s *Shop) sentOf(ctx context.Context, number string) (*order, error) {
	if own(number) == "" {
		return nil, &shop.Gone{What: "order " + clip(number)}
	}
	var got struct{ Order *order }
	if err := s.ask(ctx, `query($id: ID!) { order(id: $id) { id name `+sentPart+`} }`, map[string]any{"id": gid("Order", number)}, &got); err != nil {
		return nil, err
	}
	if got.Order == nil || own(got.Order.ID) != number {
		return nil, &shop.Gone{What: "order " + number}
	}
	return got.Order, s.wholeSent(ctx, got.Order)
}

// part is what a parcel takes of one fulfillment order, in Shopify's terms.
type part struct {
	FulfillmentOrderID        string     `json:"fulfillmentOrderId"`
	FulfillmentOrderLineItems []partLine `json:"fulfillmentOrderLineItems"`
}

type partLine struct {
	ID       string `json:"id"`
	Quantity int    `json:"quantity"`
}

// Ship makes one fulfillment of one parcel. Shopify takes no key for it, and after a
// part of an order has left, the same call again takes the next units; so it is looked
// first whether the parcel is there.
func (s *Shop) Ship(ctx context.Context, p shop.Shipment) (string, error) {
	at, o, err := s.before(ctx, p.Order)
	if err != nil {
		return "", err
	}
	if id, err := there(o, p); id != "" || err != nil {
		return id, err
	}
	parts, err := allot(o, p.Lines, at)
	if err != nil {
		return "", err
	}
	info := map[string]any{}
	for name, text := range map[string]string{"number": p.Tracking, "company": company(p), "url": p.Link} {
		if text != "" {
			info[name] = text
		}
	}
	in := map[string]any{"notifyCustomer": p.Notify, "lineItemsByFulfillmentOrder": parts}
	if len(info) > 0 {
		in["trackingInfo"] = info
	}
	var got struct {
		FulfillmentCreate struct {
			Fulfillment *struct{ ID string }
			UserErrors  []userError
		}
	}
	err = s.tell(ctx, `mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { fulfillment { id status } userErrors { field message } } }`, map[string]any{"f": in}, &got)
	switch {
	case err != nil:
		return "", err
	case len(got.FulfillmentCreate.UserErrors) > 0:
		return s.refused(ctx, p, got.FulfillmentCreate.UserErrors[0].Message)
	case got.FulfillmentCreate.Fulfillment == nil || own(got.FulfillmentCreate.Fulfillment.ID) == "":
		return "", errors.New("the shop does not say whether it took the shipment")
	}
	return own(got.FulfillmentCreate.Fulfillment.ID), nil
}

// before reads an order before something of it is sent.
func (s *Shop) before(ctx context.Context, number string) (at place, o *order, err error) {
	ctx, end := s.read(ctx, "before "+number)
	defer func() { end(err) }()
	if at, err = s.where(ctx); err != nil {
		return at, nil, err
	}
	if at.none != "" {
		return at, nil, &shop.Refused{Say: at.none}
	}
	o, err = s.order(ctx, number)
	return at, o, err
}

// there finds a parcel among what has left, by its tracking number. The same number
// with other contents is another parcel, and somebody has to look.
func there(o *order, p shop.Shipment) (id string, err error) {
	if p.Tracking == "" {
		return "", nil
	}
	sent := shipments(o)
	i := slices.IndexFunc(sent, func(have shop.Shipment) bool { return shop.SameTracking(have.Tracking, p.Tracking) })
	if i < 0 {
		return "", nil
	}
	has := map[string]int{}
	for _, have := range sent {
		for _, u := range have.Lines {
			if have.ID == sent[i].ID {
				has[u.Line] += u.Qty
			}
		}
	}
	for _, u := range p.Lines {
		has[u.Line] -= u.Qty
	}
	for _, n := range has {
		if n != 0 {
			return "", &shop.Changed{Say: fmt.Sprintf("a parcel with the tracking number %s and other contents has left already", clip(p.Tracking))}
		}
	}
	return sent[i].ID, nil
}

// allot takes a parcel's units from the fulfillment orders that can be sent here.
func allot(o *order, units []shop.Units, at place) ([]part, error) {
	if len(units) == 0 {
		return nil, &shop.Refused{Say: "there is nothing in the parcel"}
	}
	if o.CancelledAt != nil {
		return nil, &shop.Changed{Say: "the order was cancelled"}
	}
	parts := o.sort(at)
	var out []part
	used := map[string]int{}
	for _, u := range units {
		if u.Qty <= 0 {
			return nil, &shop.Refused{Say: fmt.Sprintf("%d of %s cannot be sent", u.Qty, clip(u.SKU))}
		}
		need := u.Qty
		for _, f := range parts.now {
			for _, l := range f.LineItems.Nodes {
				n := min(need, l.RemainingQuantity-used[l.ID])
				if own(l.LineItem.ID) != u.Line || !l.packed() || n <= 0 {
					continue
				}
				used[l.ID] += n
				need -= n
				out = put(out, f.ID, l.ID, n)
			}
		}
		if need > 0 {
			return nil, &shop.Changed{Say: short(o, u, u.Qty-need, parts)}
		}
	}
	return out, nil
}

func put(parts []part, fo, line string, n int) []part {
	i := slices.IndexFunc(parts, func(p part) bool { return p.FulfillmentOrderID == fo })
	if i < 0 {
		parts, i = append(parts, part{FulfillmentOrderID: fo}), len(parts)
	}
	list := &parts[i].FulfillmentOrderLineItems
	if j := slices.IndexFunc(*list, func(l partLine) bool { return l.ID == line }); j >= 0 {
		(*list)[j].Quantity += n
	} else {
		*list = append(*list, partLine{line, n})
	}
	return parts
}

// short says why units cannot be sent.
func short(o *order, u shop.Units, have int, p parts) string {
	say := fmt.Sprintf("%d of %d %s can be sent", have, u.Qty, clip(u.SKU))
	switch {
	case len(p.later) > 0:
		return say + "; " + why(p.later)
	case len(p.elsewhere) > 0:
		return say + "; the rest is packed at " + clip(p.elsewhere[0].AssignedLocation.Name)
	case len(shipments(o)) > 0:
		return say + "; others have left already"
	}
	return say
}

// refused says what a no of the shop means. "Closed" stands for shipped and for
// cancelled alike, so it is looked whether the parcel is there.
func (s *Shop) refused(ctx context.Context, p shop.Shipment, message string) (string, error) {
	o, err := s.sentOf(ctx, p.Order)
	if err != nil {
		// This call did nothing, but an earlier one of which nobody saw the answer may have.
		return "", fmt.Errorf("the shop refused (%s), and cannot be asked what has left: %w", clip(message), detached(err))
	}
	if id, err := there(o, p); id != "" || err != nil {
		return id, err
	}
	for _, words := range []string{"unfulfillable status", "Invalid fulfillment order line item quantity", "does not exist", "must be assigned to a single location"} {
		if strings.Contains(message, words) {
			return "", &shop.Changed{Say: clip(message)}
		}
	}
	return "", &shop.Refused{Say: clip(message)}
}

// detached keeps an error's words and not its promise that nothing was done.
func detached(err error) error { return errors.New(err.Error()) }

// Unship cancels a fulfillment. Shopify opens what was in it again.
func (s *Shop) Unship(ctx context.Context, p shop.Shipment) error {
	o, err := s.sentOf(ctx, p.Order)
	if err != nil {
		return err
	}
	id := ""
	for _, have := range shipments(o) {
		if have.ID == own(p.ID) && p.ID != "" || p.ID == "" && shop.SameTracking(have.Tracking, p.Tracking) {
			id = have.ID
		}
	}
	if id == "" {
		return nil
	}
	var got struct {
		FulfillmentCancel struct {
			Fulfillment *struct{ Status string }
			UserErrors  []userError
		}
	}
	err = s.tell(ctx, `mutation($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { id status } userErrors { field message } } }`, map[string]any{"id": gid("Fulfillment", id)}, &got)
	switch {
	case err != nil:
		return err
	case len(got.FulfillmentCancel.UserErrors) > 0:
		return &shop.Refused{Say: clip(got.FulfillmentCancel.UserErrors[0].Message)}
	case got.FulfillmentCancel.Fulfillment == nil:
		return errors.New("the shop does not say whether it took the shipment back")
	}
	return nil
}

// companies are carriers as Shopify spells them: it makes links of their numbers then.
var companies = []string{
	"Australia Post", "BPost", "Bring", "Canada Post", "Chronopost", "Colissimo", "Correos", "Deutsche Post", "DHL", "DHL eCommerce",
	"DHL Express", "DHL Parcel", "DPD", "DPD UK", "Evri", "FedEx", "GLS", "Hermes", "Inpost", "La Poste Colissimo", "Mondial Relay",
	"OnTrac", "Packeta", "Parcelforce", "Poste Italiane", "PostNL", "Purolator", "Royal Mail", "SEUR", "Swiss Post", "TNT", "UPS", "USPS",
	"Venipak", "Yodel",
}

func company(p shop.Shipment) string {
	for _, name := range companies {
		if strings.EqualFold(name, p.Name) || p.Name == "" && strings.EqualFold(name, p.Carrier) {
			return name
		}
	}
	return p.Name
}
