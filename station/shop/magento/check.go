package magento

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station/shop"
)

const howToGive = "In Magento open System, Extensions, Integrations, edit the integration of packbench, and tick under API "

// Test asks for what the bench needs. It changes nothing: whether parcels may be told
// is found out by an order that cannot be.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	var out []shop.Check
	denied := 0
	for _, c := range []struct {
		what, tick string
		ask        func(context.Context) (string, error)
	}{
		{"read orders", "Sales, Operations, Orders, Actions, View", s.countOrders},
		{"read shipments", "Sales, Operations, Shipments", s.countOf("/shipments", "shipments")},
		{"tell shipments", "Sales, Operations, Orders, Actions, Ship", s.tryShip},
		{"read products", "Catalog, Inventory, Products", s.countOf("/products", "products")},
		{"read stock", "Stores, Inventory, Sources", s.sources},
		{"read credit memos", "Sales, Operations, Credit Memos", s.countOf("/creditmemos", "credit memos")},
	} {
		say, err := c.ask(ctx)
		check := shop.Check{What: c.what, OK: err == nil, Say: say}
		var d *shop.Denied
		var no *fixed
		switch {
		case err == nil:
		case errors.As(err, &d):
			denied++
			check.Say, check.Fix = d.Error(), howToGive+c.tick+"."
		case errors.As(err, &no):
			check.Say, check.Fix = no.say, no.fix
		case shop.Hopeless(err):
			check.Say, check.Fix = err.Error(), "Ask whoever runs the shop whether this part of Magento is switched on."
		default:
			return nil, err
		}
		out = append(out, check)
	}
	if denied == len(out) {
		return []shop.Check{s.refusedKey()}, nil
	}
	return out, nil
}

// refusedKey is what to say when nothing at all is allowed: then it is the key.
func (s *Shop) refusedKey() shop.Check {
	return shop.Check{
		What: "use the key", Say: "Magento accepts the key for nothing",
		Fix: "Enter all four values of the integration (consumer key, consumer secret, access token, access token secret) and check that it is active. " +
			"The access token alone works only where Stores, Configuration, Services, OAuth allows access tokens as standalone bearer tokens. " +
			"Check this computer's clock too.",
	}
}

// fixed is something that is wrong and has a remedy.
type fixed struct{ say, fix string }

func (e *fixed) Error() string { return e.say }

func (s *Shop) total(ctx context.Context, q search) (int, error) {
	q.size, q.fields = 1, "entity_id"
	l, err := s.search(ctx, q)
	if err != nil {
		return 0, err
	}
	if l.Total == nil {
		return 0, &shop.Away{Say: "no Magento answers at this address"}
	}
	return *l.Total, nil
}

func (s *Shop) countOf(path, what string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		n, err := s.total(ctx, search{path: path})
		return fmt.Sprintf("%d %s", n, what), err
	}
}

func (s *Shop) countOrders(ctx context.Context) (string, error) {
	n, err := s.total(ctx, search{path: "/orders", filters: []filter{{"state", "eq", "processing"}}})
	if n == 1 {
		return "1 order to pack", err
	}
	return fmt.Sprintf("%d orders to pack", n), err
}

// tryShip tells a parcel of the order 0, which no shop has.
func (s *Shop) tryShip(ctx context.Context) (string, error) {
	err := s.tell(ctx, "/order/0/ship", map[string]any{"items": []units{}}, new(json.RawMessage))
	switch {
	case errors.As(err, new(*shop.Gone)):
		return "allowed", nil
	case errors.As(err, new(*shop.Denied)), errors.As(err, new(*shop.Throttled)), errors.As(err, new(*shop.Away)):
		return "", err
	case err != nil && shop.NotDone(err):
		return "allowed", nil // a shop that minds the empty parcel first
	case err == nil:
		return "", &fixed{"the answer makes no sense", "Check that the address is the one of your Magento shop."}
	}
	return "", &shop.Away{Say: "it did not answer as it should", Err: err}
}

// sources lists where the goods of the shop lie, and holds the settings against them.
func (s *Shop) sources(ctx context.Context) (string, error) {
	l, err := s.search(ctx, search{path: "/inventory/sources", size: pageSize})
	if err != nil {
		return "", err
	}
	var codes []string
	for _, raw := range l.Items {
		var source struct {
			Code    string `json:"source_code"`
			Enabled flag   `json:"enabled"`
		}
		if json.Unmarshal(raw, &source) == nil && bool(source.Enabled) {
			codes = append(codes, source.Code)
		}
	}
	mine, all := s.set["source"], strings.Join(codes, ", ")
	switch {
	case len(codes) == 0:
		return "", &fixed{"the shop has no source of stock that is enabled", "Enable one in Magento under Stores, Inventory, Sources."}
	case mine != "" && !slices.Contains(codes, mine):
		return "", &fixed{"the shop has no enabled source " + mine + "; it has " + all, "Set source to one of them in the settings of this shop."}
	case mine == "" && len(codes) > 1:
		return "", &fixed{"the shop has several sources: " + all, "Set source in the settings of this shop to the one that this bench ships from."}
	case mine == "":
		return "source " + codes[0], nil
	}
	return "source " + mine, nil
}
