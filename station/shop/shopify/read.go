package shopify

import (
	"context"
	"errors"
	"strings"
	"time"

	"packbench/station/shop"
)

// How much is read at once. An order has one fulfillment order of a few lines, as a
// rule; the rest of a longer list is read page by page, to its end.
const (
	mostBatch = 5 // orders
	firstFOs  = 4
	morePage  = 50
)

const money = `{ shopMoney { amount currencyCode } }`

// What is own to a fulfillment order, without its lists; and to an order.
const foOwn = `
	id status updatedAt fulfillAt fulfillBy
	assignedLocation { name location { id } }
	destination { firstName lastName company address1 address2 city province zip countryCode phone email }
	deliveryMethod { methodType serviceCode presentedName maxDeliveryDateTime }
	fulfillmentHolds { reason reasonNotes displayReason }
	supportedActions { action }`

const foFields = foOwn + `
	lineItems(first: 15) { nodes {` + foLineFields + `} pageInfo { hasNextPage endCursor } }`

const foLineFields = `
	id remainingQuantity sku requiresShipping
	lineItem { id name isGiftCard discountedUnitPriceAfterAllDiscountsSet ` + money + ` originalUnitPriceSet ` + money + ` variant { id } }`

const sentFields = `
	id status createdAt trackingInfo(first: 10) { number url company }
	fulfillmentLineItems(first: 10) { nodes { quantity lineItem { id sku } } pageInfo { hasNextPage endCursor } }`

const sentPart = ` fulfillmentsCount { count } fulfillments(first: 5) {` + sentFields + `}`

const orderOwn = `
	id name createdAt updatedAt cancelledAt cancelReason displayFinancialStatus displayFulfillmentStatus note poNumber tags email phone
	shippingAddress { name company address1 address2 city provinceCode zip countryCodeV2 phone }
	shippingLine { title } currentTotalPriceSet ` + money + ` fulfillmentsCount { count }
	taxesIncluded currentSubtotalPriceSet ` + money + ` currentTotalDiscountsSet ` + money + ` currentShippingPriceSet ` + money + `
	currentTotalTaxSet ` + money + ` totalReceivedSet ` + money

const orderFields = orderOwn + sentPart + `
	fulfillmentOrders(first: 4) { nodes {` + foFields + `} pageInfo { hasNextPage endCursor } }`

type amount struct {
	ShopMoney struct{ Amount, CurrencyCode string }
}

type order struct {
	ID, Name                 string
	CreatedAt, UpdatedAt     time.Time
	CancelledAt              *time.Time
	CancelReason             string
	DisplayFinancialStatus   string
	DisplayFulfillmentStatus string
	Note, Email, Phone       string
	PONumber                 string
	Tags                     []string
	ShippingAddress          *mailing
	ShippingLine             *struct{ Title string }
	CurrentTotalPriceSet     amount
	TaxesIncluded            bool
	CurrentSubtotalPriceSet  amount
	CurrentTotalDiscountsSet amount
	CurrentShippingPriceSet  amount
	CurrentTotalTaxSet       amount
	TotalReceivedSet         amount
	FulfillmentsCount        struct{ Count int }
	Fulfillments             []sent
	FulfillmentOrders        list[fulfillmentOrder]
}

type mailing struct {
	Name, Company, Address1, Address2, City, ProvinceCode, Zip, CountryCodeV2, Phone string
}

type fulfillmentOrder struct {
	ID, Status           string
	UpdatedAt            time.Time
	FulfillAt, FulfillBy *time.Time
	AssignedLocation     struct {
		Name     string
		Location *struct{ ID string }
	}
	Destination *struct {
		FirstName, LastName, Company, Address1, Address2, City, Province, Zip, CountryCode, Phone, Email string
	}
	DeliveryMethod *struct {
		MethodType, ServiceCode, PresentedName string
		MaxDeliveryDateTime                    *time.Time
	}
	FulfillmentHolds []struct{ Reason, ReasonNotes, DisplayReason string }
	SupportedActions []struct{ Action string }
	LineItems        list[foLine]
}

type foLine struct {
	ID                string
	RemainingQuantity int
	SKU               string
	RequiresShipping  *bool
	LineItem          lineItem
}

type lineItem struct {
	ID, Name, SKU                           string
	IsGiftCard                              bool
	DiscountedUnitPriceAfterAllDiscountsSet amount
	OriginalUnitPriceSet                    amount
	Variant                                 *struct{ ID string }
}

// sent is a fulfillment.
type sent struct {
	ID, Status           string
	CreatedAt            time.Time
	TrackingInfo         []struct{ Number, URL, Company string }
	FulfillmentLineItems list[struct {
		Quantity int
		LineItem lineItem
	}]
}

// orders reads some orders as they are now, whole. What the shop does not have is nil.
func (s *Shop) orders(ctx context.Context, numbers []string) ([]*order, error) {
	var out []*order
	for len(numbers) > 0 {
		s.mu.Lock()
		n := min(s.batch, len(numbers))
		s.mu.Unlock()
		ids := make([]string, n)
		for i := range ids {
			ids[i] = gid("Order", numbers[i])
		}
		var got struct{ Nodes []*order }
		err := s.ask(ctx, `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Order {`+orderFields+`} } }`, map[string]any{"ids": ids}, &got)
		if errors.As(err, new(*costly)) && n > 1 {
			s.mu.Lock()
			s.batch = max(n/2, 1)
			s.mu.Unlock()
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(got.Nodes) != n {
			return nil, &shop.Away{Say: "it answered for another number of orders than it was asked for"}
		}
		for i, o := range got.Nodes {
			if o != nil && own(o.ID) != numbers[i] {
				return nil, &shop.Away{Say: "it answered with another order than it was asked for"}
			}
			if o != nil {
				if err := s.whole(ctx, o); err != nil {
					return nil, err
				}
			}
			out = append(out, o)
		}
		numbers = numbers[n:]
	}
	return out, nil
}

// order reads one; none is *shop.Gone.
func (s *Shop) order(ctx context.Context, number string) (*order, error) {
	if own(number) == "" {
		return nil, &shop.Gone{What: "order " + clip(number)}
	}
	got, err := s.orders(ctx, []string{number})
	if err != nil {
		return nil, err
	}
	if got[0] == nil {
		return nil, &shop.Gone{What: "order " + number + "; it was deleted, or is older than 60 days and the key lacks the right read_all_orders"}
	}
	return got[0], nil
}

// whole reads the rest of an order's lists.
func (s *Shop) whole(ctx context.Context, o *order) error {
	err := rest(&o.FulfillmentOrders, func(after string) (next list[fulfillmentOrder], err error) {
		var got struct {
			Order *struct{ FulfillmentOrders list[fulfillmentOrder] }
		}
		err = s.ask(ctx, `query($id: ID!, $after: String) { order(id: $id) { fulfillmentOrders(first: 10, after: $after) { nodes {`+foFields+`} pageInfo { hasNextPage endCursor } } } }`,
			map[string]any{"id": o.ID, "after": after}, &got)
		if err == nil && got.Order == nil {
			err = &shop.Gone{What: "order " + own(o.ID)}
		}
		if err == nil {
			next = got.Order.FulfillmentOrders
		}
		return next, err
	})
	if err != nil {
		return err
	}
	for i := range o.FulfillmentOrders.Nodes {
		if err := s.foLines(ctx, &o.FulfillmentOrders.Nodes[i]); err != nil {
			return err
		}
	}
	return s.wholeSent(ctx, o)
}

func (s *Shop) foLines(ctx context.Context, f *fulfillmentOrder) error {
	return rest(&f.LineItems, func(after string) (next list[foLine], err error) {
		var got struct {
			FulfillmentOrder *struct{ LineItems list[foLine] }
		}
		err = s.ask(ctx, `query($id: ID!, $first: Int!, $after: String) { fulfillmentOrder(id: $id) { lineItems(first: $first, after: $after) { nodes {`+foLineFields+`} pageInfo { hasNextPage endCursor } } } }`,
			map[string]any{"id": f.ID, "first": morePage, "after": after}, &got)
		if err == nil && got.FulfillmentOrder == nil {
			err = &shop.Away{Say: "a part of an order was taken away while it was read"}
		}
		if err == nil {
			next = got.FulfillmentOrder.LineItems
		}
		return next, err
	})
}

// wholeSent reads the rest of what has left.
func (s *Shop) wholeSent(ctx context.Context, o *order) error {
	if o.FulfillmentsCount.Count > len(o.Fulfillments) {
		if err := s.moreSent(ctx, o); err != nil {
			return err
		}
	}
	for i := range o.Fulfillments {
		f := &o.Fulfillments[i]
		err := rest(&f.FulfillmentLineItems, func(after string) (next list[struct {
			Quantity int
			LineItem lineItem
		}], err error,
		) {
			var got struct{ Fulfillment *sent }
			err = s.ask(ctx, `query($id: ID!, $first: Int!, $after: String) { fulfillment(id: $id) { fulfillmentLineItems(first: $first, after: $after) { nodes { quantity lineItem { id sku } } pageInfo { hasNextPage endCursor } } } }`,
				map[string]any{"id": f.ID, "first": morePage, "after": after}, &got)
			if err == nil && got.Fulfillment == nil {
				err = &shop.Away{Say: "a shipment was taken away while it was read"}
			}
			if err == nil {
				next = got.Fulfillment.FulfillmentLineItems
			}
			return next, err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// moreSent reads all fulfillments of an order that has many: this list has no pages.
func (s *Shop) moreSent(ctx context.Context, o *order) error {
	var all struct {
		Order *struct{ Fulfillments []struct{ ID string } }
	}
	if err := s.ask(ctx, `query($id: ID!) { order(id: $id) { fulfillments(first: 250) { id } } }`, map[string]any{"id": o.ID}, &all); err != nil {
		return err
	}
	if all.Order == nil {
		return &shop.Gone{What: "order " + own(o.ID)}
	}
	o.Fulfillments = nil
	for rest := all.Order.Fulfillments; len(rest) > 0; rest = rest[min(10, len(rest)):] {
		var ids []string
		for _, f := range rest[:min(10, len(rest))] {
			ids = append(ids, f.ID)
		}
		var got struct{ Nodes []*sent }
		if err := s.ask(ctx, `query($ids: [ID!]!) { nodes(ids: $ids) { ... on Fulfillment {`+sentFields+`} } }`, map[string]any{"ids": ids}, &got); err != nil {
			return err
		}
		for _, f := range got.Nodes {
			if f != nil {
				o.Fulfillments = append(o.Fulfillments, *f)
			}
		}
	}
	return nil
}

// mostPages ends a list that has no end.
const mostPages = 2_000

// rest reads a list to its end.
func rest[T any](l *list[T], more func(after string) (list[T], error)) error {
	for n := 0; l.PageInfo.HasNextPage; n++ {
		if l.PageInfo.EndCursor == "" || n > mostPages {
			return &shop.Away{Say: "a list of an order has no end"}
		}
		next, err := more(l.PageInfo.EndCursor)
		if err != nil {
			return err
		}
		if next.PageInfo.HasNextPage && next.PageInfo.EndCursor == l.PageInfo.EndCursor {
			return &shop.Away{Say: "it answers with the same part of a list again"}
		}
		l.Nodes, l.PageInfo = append(l.Nodes, next.Nodes...), next.PageInfo
	}
	return nil
}

// sku is what a line's product is called. One without a SKU goes by its variant's id.
func (l foLine) sku() string {
	for _, text := range []string{l.SKU, l.LineItem.SKU} {
		if text = strings.TrimSpace(text); text != "" {
			return text
		}
	}
	if l.LineItem.Variant != nil {
		return nameless(l.LineItem.Variant.ID)
	}
	return clip(l.LineItem.Name)
}

// nameless is what a variant without a SKU is called.
func nameless(variant string) string { return "variant-" + own(variant) }
