package magentosim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/magentosim"
)

// call asks the shop as a program would that has nothing but the token.
func call(t *testing.T, srv *httptest.Server, token, method, path, body string) (int, map[string]any, string) {
	t.Helper()
	r, err := http.NewRequest(method, srv.URL+"/rest/V1/"+path, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	_ = json.Unmarshal(text, &out)
	return resp.StatusCode, out, string(text)
}

func start(t *testing.T) (*magentosim.Sim, func(method, path, body string) (int, map[string]any, string)) {
	t.Helper()
	sim := magentosim.New(shopsim.Options{})
	srv := httptest.NewServer(sim)
	t.Cleanup(srv.Close)
	return sim, func(method, path, body string) (int, map[string]any, string) {
		return call(t, srv, sim.Secret(), method, path, body)
	}
}

// Groups must all hold, the filters of one group need only one of them to.
func TestGroupsAreAndAndFiltersAreOr(t *testing.T) {
	sim, ask := start(t)
	for i := range 6 {
		id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
		if i%2 == 0 {
			sim.Cancel(id)
		}
	}
	in := func(group, filter int, field, how, value string) string {
		at := fmt.Sprintf("searchCriteria[filter_groups][%d][filters][%d]", group, filter)
		return at + "[field]=" + field + "&" + at + "[condition_type]=" + how + "&" + at + "[value]=" + url.QueryEscape(value) + "&"
	}
	for query, want := range map[string]float64{
		in(0, 0, "state", "eq", "canceled"):                                         3,
		in(0, 0, "state", "eq", "canceled") + in(0, 1, "state", "eq", "processing"): 6,
		in(0, 0, "state", "eq", "canceled") + in(1, 0, "state", "eq", "processing"): 0,
		in(0, 0, "entity_id", "gt", "4") + in(1, 0, "state", "eq", "processing"):    1,
		in(0, 0, "entity_id", "in", "1,2,9"):                                        2,
	} {
		if _, got, text := ask("GET", "orders?"+query, ""); got["total_count"] != want {
			t.Errorf("%s: %v, want %v: %s", query, got["total_count"], want, text)
		}
	}
	if status, _, _ := ask("GET", "orders?"+in(0, 0, "items.sku", "eq", "A"), ""); status != 400 {
		t.Errorf("a field below an order: %d, want 400", status)
	}
}

func TestTheLastPageComesAgain(t *testing.T) {
	sim, ask := start(t)
	for range 5 {
		sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	}
	page := func(n, size int) []any {
		_, got, _ := ask("GET", fmt.Sprintf("orders?searchCriteria[pageSize]=%d&searchCriteria[currentPage]=%d&fields=items[entity_id],total_count", size, n), "")
		list, _ := got["items"].([]any)
		return list
	}
	if a, b := page(3, 2), page(9, 2); len(a) != 1 || fmt.Sprint(a) != fmt.Sprint(b) || fmt.Sprint(a) != "[map[entity_id:5]]" {
		t.Errorf("the third page %v, the ninth %v, want order 5 twice", a, b)
	}
	sim.Cap(2)
	if got := page(1, 100); len(got) != 2 {
		t.Errorf("a page of 100 has %d orders, 2 are the most", len(got))
	}
	if _, got, _ := ask("GET", "orders?searchCriteria[pageSize]=5&fields=entity_id,state", ""); len(got) != 0 {
		t.Errorf("fields that are not below items leave %v, want nothing", got)
	}
}

// What order/…/ship looks at, and shipment does not.
func TestShipSumsAndShipmentDoesNot(t *testing.T) {
	sim, ask := start(t)
	sim.Variant("TEE")
	sim.Bundle("KIT", false, magentosim.Part{SKU: "BALL", Qty: 1}, magentosim.Part{SKU: "STRAP", Qty: 2})
	sim.Bundle("SET", true, magentosim.Part{SKU: "CUP", Qty: 1}, magentosim.Part{SKU: "DISH", Qty: 1})
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "TEE", Qty: 2}, {SKU: "KIT", Qty: 1}, {SKU: "SET", Qty: 1}, {SKU: "SOCK", Qty: 3}}})
	// Rows: 1 TEE, 2 its size, 3 KIT, 4 BALL, 5 STRAP, 6 SET, 7 CUP, 8 DISH, 9 SOCK.
	ship := func(items string) (int, string) {
		status, got, text := ask("POST", "order/"+id+"/ship", `{"items":[`+items+`],"tracks":[{"track_number":"T","title":"x","carrier_code":"custom"}]}`)
		if said, ok := got["message"].(string); ok {
			text = said
		}
		return status, text
	}
	for what, items := range map[string]string{
		"a size of a shirt":                  `{"order_item_id":2,"qty":1}`,
		"a part of a bundle that is a whole": `{"order_item_id":4,"qty":1}`,
		"a bundle whose parts are separate":  `{"order_item_id":6,"qty":1}`,
		"none of a line":                     `{"order_item_id":9,"qty":0}`,
	} {
		if status, text := ship(items); status != 400 || !strings.Contains(text, "You can't create a shipment without products.") {
			t.Errorf("%s: %d %s", what, status, text)
		}
	}
	if status, text := ship(`{"order_item_id":9,"qty":5}`); status != 200 {
		t.Fatalf("more than there are: %d %s", status, text)
	}
	if got := sim.Parcels(id); len(got) != 1 || got[0].Units["SOCK"] != 3 {
		t.Errorf("more than there are ships %v, want the 3 that are left", got)
	}
	if status, text := ship(`{"order_item_id":9,"qty":1}`); status != 400 || strings.Contains(text, "does not allow") {
		t.Errorf("a line that has left: %d %s", status, text)
	}
	if status, text := ship(""); status != 200 {
		t.Errorf("everything that is left: %d %s", status, text)
	}
	if got := sim.Parcels(id)[1].Units; fmt.Sprint(got) != "map[BALL:1 CUP:1 DISH:1 STRAP:2 TEE:2]" {
		t.Errorf("everything that is left is %v", got)
	}
	if status, text := ship(`{"order_item_id":9,"qty":1}`); status != 400 || !strings.HasPrefix(text, "Shipment Document Validation Error(s):\nThe order does not allow a shipment to be created.\n") {
		t.Errorf("an order that has left: %d %s", status, text)
	}
	for range 2 {
		if status, _, text := ask("POST", "shipment", `{"entity":{"order_id":`+id+`,"items":[{"order_item_id":9,"qty":3}]}}`); status != 200 {
			t.Fatalf("shipment: %d %s", status, text)
		}
	}
	if got := sim.Parcels(id); len(got) != 4 {
		t.Errorf("%d shipments, want two more that nothing was looked at for", len(got))
	}
	if status, _, text := ask("POST", "order/"+id+"/ship", `{"tracks":{"track_number":"T"}}`); status != 400 || !strings.Contains(text, "tracking number") {
		t.Errorf("tracks that are no list: %d %s", status, text)
	}
}

func TestAnEditedOrderIsCancelledAndMadeAgain(t *testing.T) {
	sim, ask := start(t)
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	next := sim.Edit(id, 0, 1)
	_, was, _ := ask("GET", "orders/"+id, "")
	_, now, _ := ask("GET", "orders/"+next, "")
	if was["state"] != "canceled" || was["relation_child_real_id"] != "000000001-1" || now["increment_id"] != "000000001-1" || now["state"] != "processing" {
		t.Errorf("was %v, replaced by %v; now %v, %v", was["state"], was["relation_child_real_id"], now["increment_id"], now["state"])
	}
}

func TestStockIsAbsoluteAndSalableIsLess(t *testing.T) {
	sim, ask := start(t)
	sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 2}}})
	for range 2 {
		if status, _, text := ask("POST", "inventory/source-items", `{"sourceItems":[{"sku":"A","source_code":"default","quantity":10,"status":1}]}`); status != 200 || strings.TrimSpace(text) != "[]" {
			t.Fatalf("%d %s", status, text)
		}
	}
	if _, _, text := ask("GET", "inventory/get-product-salable-quantity/A/1", ""); sim.Stock("A") != 10 || strings.TrimSpace(text) != "8" {
		t.Errorf("10 were written twice and 2 are promised: there are %d, %s can be sold", sim.Stock("A"), text)
	}
	if status, _, _ := ask("POST", "inventory/source-items", `{"sourceItems":[{"sku":"A","source_code":"nowhere","quantity":1,"status":1}]}`); status != 400 {
		t.Errorf("a source that is not there: %d, want 400", status)
	}
}
