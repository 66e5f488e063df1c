package shopify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station/shop"
)

type need struct{ right, what string }

// needs are the rights that a key has to have, with what each is for.
var needs = []need{
	{"read_orders", "read orders"},
	{"read_merchant_managed_fulfillment_orders", "see what is to be packed"},
	{"write_merchant_managed_fulfillment_orders", "tell the shop what has left"},
	{"read_locations", "know the shop's locations"},
	{"read_products", "read products"},
	{"read_inventory", "read the stock"},
	{"write_inventory", "correct the stock"},
	{"read_returns", "read returns"},
}

// needs are those, and what the settings need besides.
func (s *Shop) needs() []need {
	out := slices.Clone(needs)
	if s.set["returns"] == "yes" {
		out = append(out, need{"write_returns", "tell what came back"})
	}
	if s.set["refunds"] == "yes" {
		out = append(out, need{"write_orders", "pay back what is owed"})
	}
	return out
}

const rightsFix = "In Shopify, Settings, Apps, Develop apps, open the app, add the right under Configuration, save, and install it again"

// Test finds out whether the address, the key and its rights, the version and the
// location are right. It changes nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	var got struct {
		Shop struct {
			Name, MyshopifyDomain string
		}
		CurrentAppInstallation struct{ AccessScopes []struct{ Handle string } }
	}
	err := s.ask(ctx, `query { shop { name myshopifyDomain } currentAppInstallation { accessScopes { handle } } }`, nil, &got)
	if errors.As(err, new(*shop.Denied)) {
		return []shop.Check{{
			What: "reach the shop", Say: "Shopify does not accept the access token",
			Fix: "In Shopify, Settings, Apps, Develop apps, open the app and copy its Admin API access token again",
		}}, nil
	}
	if errors.As(err, new(*shop.Refused)) {
		return []shop.Check{{What: "reach the shop", Say: err.Error(), Fix: "Check the shop's address: it ends in .myshopify.com"}}, nil
	}
	if err != nil {
		return nil, err
	}
	checks := []shop.Check{{What: "reach the shop", OK: true, Say: clip(got.Shop.Name) + ", " + clip(got.Shop.MyshopifyDomain)}}
	var has []string
	for _, a := range got.CurrentAppInstallation.AccessScopes {
		has = append(has, a.Handle)
	}
	for _, n := range s.needs() {
		c := shop.Check{What: n.what, OK: allows(has, n.right), Say: "the right " + n.right}
		if !c.OK {
			c.Say, c.Fix = "the right "+n.right+" is missing", rightsFix
		}
		checks = append(checks, c)
	}
	checks = append(checks, s.version())
	at, err := s.testPlace(ctx)
	if err != nil {
		return checks, err
	}
	checks = append(checks, at)
	orders, err := s.testOrders(ctx)
	if err != nil {
		return checks, err
	}
	return append(checks, orders), nil
}

// allows reports whether a key has a right. Who may write may read.
func allows(has []string, right string) bool {
	if slices.Contains(has, right) {
		return true
	}
	rest, reads := strings.CutPrefix(right, "read_")
	return reads && slices.Contains(has, "write_"+rest)
}

// version notices an interface that Shopify has replaced.
func (s *Shop) version() shop.Check {
	s.mu.Lock()
	served := s.served
	s.mu.Unlock()
	c := shop.Check{What: "speak the same version", OK: true, Say: "version " + Version}
	if served != "" && served != Version {
		c.OK = false
		c.Say = fmt.Sprintf("Shopify no longer has version %s and answers as %s", Version, clip(served))
		c.Fix = "Install a newer packbench soon: orders may be read wrongly until then"
	}
	return c
}

// Warning says in words what the last answer gave reason to warn of, "" for nothing.
func (s *Shop) Warning() string {
	if c := s.version(); !c.OK {
		return c.Say + ". " + c.Fix
	}
	return ""
}

func (s *Shop) testPlace(ctx context.Context) (shop.Check, error) {
	c := shop.Check{What: "know where this bench packs", OK: true}
	all, err := s.locations(ctx)
	if denied := new(shop.Denied); errors.As(err, &denied) {
		c.OK, c.Say, c.Fix = false, "the shop's locations cannot be read", rightsFix
		return c, nil
	}
	if err != nil {
		return c, err
	}
	named := strings.TrimSpace(s.set["location"])
	at := choose(all, named)
	for _, l := range all {
		if own(l.ID) == own(named) && own(named) != "" || own(l.ID) == at.id && at.none == "" {
			c.Say = l.Name
			return c, nil
		}
	}
	if c.OK = false; at.none != "" {
		c.Say, c.Fix = at.none, "Set location in the shop's settings to one of these names"
		return c, nil
	}
	c.Say, c.Fix = "the shop has no active location", "In Shopify, Settings, Locations, open the location that this bench packs at"
	return c, nil
}

// testOrders counts what is to be packed. A shop without the right to see fulfillment
// orders answers with none, and no error.
func (s *Shop) testOrders(ctx context.Context) (shop.Check, error) {
	c := shop.Check{What: "find orders to pack", OK: true}
	var got struct {
		Orders            list[struct{ ID string }]
		FulfillmentOrders list[struct{ OrderID string }]
	}
	err := s.ask(ctx, `query { orders(first: 50, query: "fulfillment_status:unfulfilled AND status:open") { nodes { id } pageInfo { hasNextPage endCursor } } fulfillmentOrders(first: 50) { nodes { orderId } pageInfo { hasNextPage endCursor } } }`, nil, &got)
	if denied := new(shop.Denied); errors.As(err, &denied) {
		c.OK, c.Say, c.Fix = false, denied.Error(), rightsFix
		return c, nil
	}
	if err != nil {
		return c, err
	}
	seen := map[string]bool{}
	for _, f := range got.FulfillmentOrders.Nodes {
		seen[f.OrderID] = true
	}
	switch n := len(seen); {
	case n == 0 && len(got.Orders.Nodes) > 0:
		c.OK = false
		c.Say = fmt.Sprintf("%d orders are not sent, and Shopify shows nothing to pack: the right read_merchant_managed_fulfillment_orders is missing", len(got.Orders.Nodes))
		c.Fix = rightsFix
	case got.FulfillmentOrders.PageInfo.HasNextPage:
		c.Say = fmt.Sprintf("more than %d orders to pack", n)
	case n == 1:
		c.Say = "1 order to pack"
	default:
		c.Say = fmt.Sprintf("%d orders to pack", n)
	}
	return c, nil
}
