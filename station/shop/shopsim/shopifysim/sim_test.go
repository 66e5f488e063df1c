package shopifysim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station/shop/shopsim"
)

// ask asks the shop and returns its answer.
func ask(t *testing.T, s *Sim, query string, vars map[string]any) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/admin/api/2026-07/graphql.json", bytes.NewReader(body))
	r.Header.Set("X-Shopify-Access-Token", s.Secret())
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

func placed(s *Sim, qty int) *order {
	id := s.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "CUP", Name: "Cup", Qty: qty, Minor: 100}}})
	return s.find(id)
}

type portion struct {
	fo   any
	line any
	qty  int
}

const create = `mutation($f: FulfillmentInput!) { fulfillmentCreate(fulfillment: $f) { fulfillment { id status } userErrors { field message } } }`

func ship(t *testing.T, s *Sim, groups ...portion) string {
	t.Helper()
	var list []any
	for _, g := range groups {
		in := map[string]any{"fulfillmentOrderId": g.fo}
		if g.line != nil {
			in["fulfillmentOrderLineItems"] = []any{map[string]any{"id": g.line, "quantity": g.qty}}
		}
		list = append(list, in)
	}
	return ask(t, s, create, map[string]any{"f": map[string]any{"lineItemsByFulfillmentOrder": list, "trackingInfo": map[string]any{"number": "T-1"}}})
}

// The words of a refusal are those that were recorded of a real shop, and so is the
// order in which it looks: quantities of the whole input first.
func TestRefusalsAreWordForWord(t *testing.T) {
	s := New(shopsim.Options{})
	berlin := s.AddLocation("Berlin")
	a, b, far := placed(s, 1), placed(s, 1), placed(s, 2)
	s.Move(fmt.Sprint(far.id), berlin, 1)
	gone := placed(s, 1)
	s.Cancel(fmt.Sprint(gone.id))
	of := func(o *order, i, qty int) portion {
		return portion{gid("FulfillmentOrder", o.fos[i].id), gid("FulfillmentOrderLineItem", o.fos[i].lines[0].id), qty}
	}
	none := portion{"gid://shopify/FulfillmentOrder/999999999", "gid://shopify/FulfillmentOrderLineItem/999999999", 1}
	for _, refused := range []struct {
		want   string
		groups []portion
	}{
		{fmt.Sprintf("Fulfillment order %d has an unfulfillable status= closed.", gone.fos[0].id), []portion{of(gone, 0, 1)}},
		{"Invalid fulfillment order line item quantity requested.", []portion{of(a, 0, 2)}},
		{"Fulfillment order does not exist.", []portion{of(a, 0, 1), none}},
		{"Fulfillment order line item does not exist.", []portion{{of(a, 0, 1).fo, none.line, 1}}},
		{fmt.Sprintf("All fulfillment orders must belong to the same order. Multiple orders with ids [%d, %d] were found.", a.id, b.id), []portion{of(a, 0, 1), of(b, 0, 1)}},
		{fmt.Sprintf("All fulfillment orders must be assigned to a single location. Multiple locations with ids [%d, %d] were found.", far.fos[0].place.id, berlin), []portion{of(far, 0, 1), of(far, 1, 1)}},
		{`"field":["fulfillment","lineItemsByFulfillmentOrder","1","fulfillmentOrderLineItems","0","quantity"],"message":"Quantity must be greater than 0"`, []portion{of(a, 0, 1), {none.fo, none.line, 0}}},
		{`"code":"RESOURCE_NOT_FOUND"`, []portion{{"nonsense", nil, 0}}},
	} {
		if got := ship(t, s, refused.groups...); !strings.Contains(got, refused.want) {
			t.Errorf("answered %s\nwant %s", got, refused.want)
		}
	}
	if n := len(a.sent) + len(b.sent) + len(far.sent) + len(gone.sent); n != 0 {
		t.Errorf("%d fulfillments were made by what was refused", n)
	}
	if got := ship(t, s, of(far, 0, 1)); !strings.Contains(got, `"status":"SUCCESS"`) {
		t.Errorf("a good one: %s", got)
	}
	if got := ship(t, s, of(far, 0, 1)); !strings.Contains(got, "has an unfulfillable status= closed.") || len(far.sent) != 1 {
		t.Errorf("once more: %s", got)
	}
}

// After a part the same call takes the next units: a repeat is not harmless.
func TestARepeatAfterAPartTakesMore(t *testing.T) {
	s := New(shopsim.Options{})
	o := placed(s, 3)
	g := portion{gid("FulfillmentOrder", o.fos[0].id), gid("FulfillmentOrderLineItem", o.fos[0].lines[0].id), 1}
	ship(t, s, g)
	ship(t, s, g)
	if len(s.Parcels(fmt.Sprint(o.id))) != 2 || o.fos[0].rest() != 1 {
		t.Errorf("%v left", s.Parcels(fmt.Sprint(o.id)))
	}
}

// Closed does not mean shipped: a fulfillment that is cancelled leaves its fulfillment
// order closed with units, and a new one is open.
func TestACancelledFulfillment(t *testing.T) {
	s := New(shopsim.Options{})
	o := placed(s, 2)
	ship(t, s, portion{fo: gid("FulfillmentOrder", o.fos[0].id)})
	for range 2 { // a second cancel succeeds again
		got := ask(t, s, `mutation($id: ID!) { fulfillmentCancel(id: $id) { fulfillment { status displayStatus } userErrors { message } } }`, map[string]any{"id": gid("Fulfillment", o.sent[0].id)})
		if !strings.Contains(got, `"displayStatus":"CANCELED","status":"CANCELLED"`) {
			t.Errorf("%s", got)
		}
	}
	if len(o.fos) != 2 || o.fos[0].status != "CLOSED" || o.fos[0].rest() != 2 || o.fos[1].status != "OPEN" || o.fos[1].rest() != 2 {
		t.Errorf("the fulfillment orders are %+v", o.fos)
	}
}

func TestTheKeyOfAMutation(t *testing.T) {
	now := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
	s := New(shopsim.Options{Clock: func() time.Time { return now }})
	s.SetStock("CUP", 5)
	v := s.variants["CUP"]
	change := map[string]any{"inventoryItemId": gid("InventoryItem", v.item), "locationId": gid("Location", s.locations[0].id), "delta": 2, "changeFromQuantity": 5}
	adjust := func(key string, edit func(map[string]any)) string {
		c := map[string]any{}
		for k, v := range change {
			c[k] = v
		}
		if edit != nil {
			edit(c)
		}
		directive := ""
		if key != "" {
			directive = fmt.Sprintf("@idempotent(key: %q)", key)
		}
		return ask(t, s, `mutation($in: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $in) `+directive+` { inventoryAdjustmentGroup { id } userErrors { field message code } } }`,
			map[string]any{"in": map[string]any{"name": "available", "reason": "correction", "changes": []any{c}}})
	}
	for i, c := range []struct {
		key   string
		edit  func(map[string]any)
		want  string
		stock int
	}{
		{"", nil, "The @idempotent directive is required for this mutation but was not provided.", 5},
		{"a", func(c map[string]any) { delete(c, "changeFromQuantity") }, "InventoryChangeInput must include the following argument: changeFromQuantity.", 5},
		{"b", func(c map[string]any) { c["changeFromQuantity"] = 4 }, "CHANGE_FROM_QUANTITY_STALE", 5},
		{"c", func(c map[string]any) { c["locationId"] = "gid://shopify/Location/9" }, "The specified location could not be found.", 5},
		{"d", nil, "gid://shopify/InventoryAdjustmentGroup/", 7},
		{"d", nil, "gid://shopify/InventoryAdjustmentGroup/", 7},
		{"d", func(c map[string]any) { c["delta"] = 3 }, "IDEMPOTENCY_KEY_PARAMETER_MISMATCH", 7},
		{"e", func(c map[string]any) { c["delta"], c["changeFromQuantity"] = 1, nil }, "gid://shopify/InventoryAdjustmentGroup/", 8},
		{"f", func(c map[string]any) { c["delta"], c["changeFromQuantity"] = 0, 8 }, `"inventoryAdjustmentGroup":null`, 8},
	} {
		if got := adjust(c.key, c.edit); !strings.Contains(got, c.want) || s.Stock("CUP") != c.stock {
			t.Errorf("%d: the stock is %d, want %d; answered %s", i, s.Stock("CUP"), c.stock, got)
		}
	}
	s.Working("g", true)
	if got := adjust("g", nil); !strings.Contains(got, "IDEMPOTENCY_CONCURRENT_REQUEST") {
		t.Errorf("%s", got)
	}
	now = now.Add(25 * time.Hour)
	if got := adjust("d", nil); !strings.Contains(got, "CHANGE_FROM_QUANTITY_STALE") {
		t.Errorf("a day later: %s", got)
	}
}

// What the interface says to what it does not understand.
func TestQuestionsThatAreNone(t *testing.T) {
	s := New(shopsim.Options{})
	placed(s, 1)
	for query, want := range map[string]string{
		`query { orders(first: 5) { nodes { id colour } } }`: "Field 'colour' doesn't exist on type 'Order'",
		`query { orders(first: 5) { nodes { id }`:            "syntax error",
		``: "no operation",
		`query { orders(first: 250) { nodes { fulfillmentOrders(first: 250) { nodes { lineItems(first: 250) { nodes { lineItem { id } } } } } } } }`: "MAX_COST_EXCEEDED",
		strings.Repeat("{a", 200): "less depth",
		`query { shop { ...F } } fragment F on Shop { name { ...G } } fragment G on Shop { ...F }`: "holds itself",
		"{ a(b: \"\\": "syntax error",
	} {
		if got := ask(t, s, query, nil); !strings.Contains(got, want) || strings.Contains(got, `"data"`) {
			t.Errorf("%.60s: answered %s, want %s", query, got, want)
		}
	}
	s.Hold(fmt.Sprint(s.orders[0].id), "Fraud")
	got := ask(t, s, `query { fulfillmentOrders(first: 5) { nodes { status fulfillmentHolds { heldByApp { id } displayReason } } } }`, nil)
	if !strings.Contains(got, "Access denied for heldByApp field. Required access: `read_apps` access scope.") || !strings.Contains(got, `"displayReason":"Other"`) {
		t.Errorf("an error beside data: %s", got)
	}
	s.Allow("read_merchant_managed_fulfillment_orders", false)
	s.Allow("write_merchant_managed_fulfillment_orders", false)
	if got := ask(t, s, `query { fulfillmentOrders(first: 5) { nodes { id } } }`, nil); !strings.Contains(got, `"nodes":[]`) || strings.Contains(got, "errors") {
		t.Errorf("without the right: %s", got)
	}
}

// What nobody can foresee does not bring the shop down.
func FuzzParse(f *testing.F) {
	f.Add(create)
	f.Add(`query Q($a: [ID!]! = ["x"], $b: Int) { x: nodes(ids: $a) @skip(if: false) { ...F ... on Order { id } } } fragment F on Node { id }`)
	f.Fuzz(func(t *testing.T, query string) {
		s := New(shopsim.Options{})
		s.answer(query, nil)
	})
}
