package shopifysim

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// queries are the fields that can be asked for.
func (s *Sim) queries() object {
	return object{
		"__typename": "QueryRoot",
		"shop": resolver(func(args) (any, *problem) {
			return object{"__typename": "Shop", "name": "Example Shop", "myshopifyDomain": "example-shop.myshopify.com", "currencyCode": s.money}, nil
		}),
		"currentAppInstallation": resolver(func(args) (any, *problem) {
			var list []object
			for _, name := range Scopes {
				if s.scopes[name] {
					list = append(list, object{"__typename": "AccessScope", "handle": name})
				}
			}
			return object{"__typename": "AppInstallation", "accessScopes": list}, nil
		}),
		"locations": pages("Location", func() (out []keyed) {
			for _, l := range s.locations {
				out = append(out, keyed{number(l.id), l.object})
			}
			return out
		}),
		"order":             resolver(func(a args) (any, *problem) { return s.node(a.text("id"), "Order") }),
		"fulfillmentOrder":  resolver(func(a args) (any, *problem) { return s.node(a.text("id"), "FulfillmentOrder") }),
		"fulfillment":       resolver(func(a args) (any, *problem) { return s.node(a.text("id"), "Fulfillment") }),
		"nodes":             resolver(s.nodes),
		"bulkOperation":     resolver(s.bulkOperation),
		"orders":            resolver(s.listOrders),
		"fulfillmentOrders": resolver(s.listFOs),
		"productVariants":   resolver(s.listVariants),
		"inventoryItems":    resolver(s.listItems),
	}
}

func number(id int64) string { return fmt.Sprintf("%020d", id) }

func (l *location) object() object {
	return object{"__typename": "Location", "id": gid("Location", l.id), "name": l.name, "isActive": l.active, "fulfillsOnlineOrders": true}
}

// node is one thing by its id, or null.
func (s *Sim) node(id, kind string) (any, *problem) {
	n, ok := idOf(id, kind)
	if !ok {
		return nil, coded("RESOURCE_NOT_FOUND", "Invalid global id '"+id+"'")
	}
	switch kind {
	case "Order":
		if o := s.byID[n]; o != nil {
			return s.order(o), nil
		}
	case "FulfillmentOrder":
		if f := s.parts[n]; f != nil && s.mayFOs() {
			return s.fo(f), nil
		}
	case "Fulfillment":
		if f := s.sentBy[n].fulfillment; f != nil {
			return s.sent(f), nil
		}
	}
	return nil, nil
}

func (s *Sim) nodes(a args) (any, *problem) {
	var out []object
	for _, id := range a.ids() {
		if _, order := idOf(id, "Order"); order && !s.may("read_orders") {
			return nil, coded("ACCESS_DENIED", "Access denied for nodes field. Required access: `read_orders` access scope.")
		}
		var got object
		for _, kind := range []string{"Order", "FulfillmentOrder", "Fulfillment"} {
			if _, ok := idOf(id, kind); ok {
				v, _ := s.node(id, kind)
				got, _ = v.(object)
			}
		}
		out = append(out, got)
	}
	return out, nil
}

func (s *Sim) mayFOs() bool { return s.may("read_merchant_managed_fulfillment_orders") }

// listed is an entry of a list that is sorted by change.
type listed struct {
	at time.Time
	id int64
	of func() object
}

// sorted is a list as it was worked out for a query, and when.
type sorted struct {
	changes int
	settled bool // it showed all there is
	list    []keyed
}

// byChange sorts a list. It is kept for the next page, while nothing changes: a shop
// of 200,000 orders is read in 10,000 pages.
func (s *Sim) byChange(key string, list func() []listed) []keyed {
	if was, ok := s.lists[key]; ok && was.settled && was.changes == s.changes {
		return was.list
	}
	all := list()
	slices.SortFunc(all, func(a, b listed) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.id, b.id)) })
	out := make([]keyed, len(all))
	for i, l := range all {
		out[i] = keyed{l.at.UTC().Format(time.RFC3339) + number(l.id), l.of}
	}
	if len(s.lists) > 20 {
		s.lists = map[string]sorted{}
	}
	s.lists[key] = sorted{s.changes, !s.changed.After(s.clock().Add(-s.lag)), out}
	return out
}

func (s *Sim) listOrders(a args) (any, *problem) {
	list := s.byChange("orders "+a.text("query"), func() []listed { return s.foundOrders(a) })
	return value(page("Order", a, list))
}

func (s *Sim) foundOrders(a args) (list []listed) {
	match := search(a.text("query"))
	for _, o := range s.orders {
		at, ok := s.seen(o.touched)
		state := "open"
		if !o.cancelled.IsZero() {
			state = "cancelled"
		} else if !o.closed.IsZero() {
			state = "closed"
		}
		returned := "no_return"
		if len(o.returns) > 0 {
			returned = "in_progress"
		}
		shipped := map[string]string{"UNFULFILLED": "unfulfilled", "ON_HOLD": "on_hold", "FULFILLED": "shipped", "PARTIALLY_FULFILLED": "partial"}[o.displayed()]
		if ok && match(at, map[string]string{"status": state, "fulfillment_status": shipped, "return_status": returned}) {
			list = append(list, listed{at, o.id, func() object { return s.order(o) }})
		}
	}
	return list
}

// value makes nothing of an object where there is a problem.
func value(o object, p *problem) (any, *problem) {
	if p != nil {
		return nil, p
	}
	return o, nil
}

// listFOs shows nothing, and no error, to a key without the right.
func (s *Sim) listFOs(a args) (any, *problem) {
	list := s.byChange(fmt.Sprint("parts ", a.bool("includeClosed"), s.mayFOs(), a.text("query")), func() []listed { return s.foundFOs(a) })
	return value(page("FulfillmentOrder", a, list))
}

func (s *Sim) foundFOs(a args) (list []listed) {
	match := search(a.text("query"))
	for _, o := range s.orders {
		for _, f := range o.fos {
			at, ok := s.seen(f.touched)
			if ok && s.mayFOs() && (a.bool("includeClosed") || f.open()) && match(at, nil) {
				list = append(list, listed{at, f.id, func() object { return s.fo(f) }})
			}
		}
	}
	return list
}

var term = regexp.MustCompile(`(-?)([a-z_]+):(>=|<=|>|<|)(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|([^\s()]+))`)

// search reads Shopify's search syntax as far as clients need it: terms that all must
// hold. A name that it does not know is passed over, as the real one does.
func search(query string) func(at time.Time, is map[string]string) bool {
	terms := term.FindAllStringSubmatch(query, -1)
	return func(at time.Time, is map[string]string) bool {
		for _, t := range terms {
			name, op, v := t[2], t[3], t[4]+t[5]+t[6]
			holds := true
			switch want, known := is[name]; {
			case name == "updated_at":
				limit, err := time.Parse(time.RFC3339, v)
				holds = err == nil && (op == ">=" && !at.Before(limit) || op == ">" && at.After(limit))
			case known && name == "fulfillment_status" && v == "unshipped":
				holds = want == "unfulfilled"
			case known:
				holds = want == v
			}
			if holds == (t[1] == "-") {
				return false
			}
		}
		return true
	}
}

func (s *Sim) listVariants(a args) (any, *problem) {
	match := search(a.text("query"))
	var list []keyed
	for _, v := range s.variants {
		if at, ok := s.seen(v.touched); ok && match(at, nil) {
			list = append(list, keyed{number(v.id), func() object { return s.variant(v) }})
		}
	}
	slices.SortFunc(list, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	return value(page("ProductVariant", a, list))
}

var wantedSKU = regexp.MustCompile(`sku:(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`)

var escaped = regexp.MustCompile(`\\(.)`)

// listItems finds items by SKU: any of those named, by their words, so that others
// that are like it come too.
func (s *Sim) listItems(a args) (any, *problem) {
	var list []keyed
	wanted := wantedSKU.FindAllStringSubmatch(a.text("query"), -1)
	for _, sku := range s.skus() {
		for _, w := range wanted {
			if like := escaped.ReplaceAllString(w[1]+w[2], "$1"); strings.HasPrefix(strings.ToLower(sku), strings.ToLower(like)) {
				v := s.variants[sku]
				list = append(list, keyed{number(v.item), func() object { return s.item(v) }})
				break
			}
		}
	}
	slices.SortFunc(list, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	return value(page("InventoryItem", a, list))
}

func (s *Sim) variant(v *variant) object {
	return object{
		"__typename": "ProductVariant", "id": gid("ProductVariant", v.id), "sku": v.sku, "barcode": orNil(v.barcode), "title": "Default Title",
		"displayName": v.name + " - Default Title", "updatedAt": stamp(last(v.touched)),
		"product":       object{"__typename": "Product", "id": gid("Product", v.product), "title": v.name, "status": "ACTIVE"},
		"inventoryItem": resolver(func(args) (any, *problem) { return s.item(v), nil }),
	}
}

func orNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (s *Sim) item(v *variant) object {
	levels := func(l *location) object {
		lv, ok := v.levels[l.id]
		if !ok {
			return nil
		}
		return object{"__typename": "InventoryLevel", "location": l.object(), "quantities": resolver(func(a args) (any, *problem) {
			var out []object
			names, _ := a["names"].([]any)
			for _, n := range names {
				name := fmt.Sprint(n)
				q := map[string]int{"available": lv.available, "committed": lv.committed, "on_hand": lv.available + lv.committed}[name]
				out = append(out, object{"__typename": "InventoryQuantity", "name": name, "quantity": q})
			}
			return out, nil
		})}
	}
	return object{
		"__typename": "InventoryItem", "id": gid("InventoryItem", v.item), "sku": v.sku, "tracked": true, "requiresShipping": true,
		"harmonizedSystemCode": nil, "countryCodeOfOrigin": nil,
		"measurement": object{"__typename": "InventoryItemMeasurement", "weight": object{"__typename": "Weight", "unit": "GRAMS", "value": v.grams}},
		"inventoryLevel": resolver(func(a args) (any, *problem) {
			id, _ := idOf(a.text("locationId"), "Location")
			for _, l := range s.locations {
				if l.id == id {
					return levels(l), nil
				}
			}
			return nil, nil
		}),
	}
}
