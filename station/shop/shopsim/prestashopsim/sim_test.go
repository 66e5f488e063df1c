package prestashopsim_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/prestashopsim"
)

func TestTheWebserviceIsAsItIs(t *testing.T) {
	sim := prestashopsim.New(shopsim.Options{Clock: func() time.Time { return time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC) }})
	srv := httptest.NewServer(sim)
	defer srv.Close()
	call := func(method, path, body string) (int, string) {
		t.Helper()
		r, err := http.NewRequest(method, srv.URL+"/api/"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.SetBasicAuth(sim.Secret(), "")
		resp, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, strings.TrimSpace(string(text))
	}
	if _, text := call("GET", "orders?output_format=JSON", ""); text != "[]" {
		t.Errorf("no orders are %s, want an empty list", text)
	}
	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "A", Qty: 1}}})
	for query, want := range map[string]string{
		"display=[id,date_upd]":                                         `{"orders":[{"date_upd":"2026-12-01 00:30:00","id":1}]}`,
		"display=[id]&filter[id]=>[1]":                                  `[]`,
		"display=[id]&filter[id]=[7|1]":                                 `{"orders":[{"id":1}]}`,
		"display=[id]&date=1&filter[date_upd]=>[2026-12-01%2000:30:00]": `[]`,
		"display=[id]&date=1&filter[date_upd]=[2026-12-01,2026-12-02]":  `{"orders":[{"id":1}]}`,
	} {
		if status, text := call("GET", "orders?output_format=JSON&"+query, ""); text != want {
			t.Errorf("%s: %d %s, want %s", query, status, text, want)
		}
	}
	if status, _ := call("GET", "orders?output_format=JSON&filter[date_upd]=>[2026-12-01]", ""); status != 400 {
		t.Errorf("a date without date=1: %d", status)
	}
	// Twice the same state is two entries, and two mails.
	for range 2 {
		if status, text := call("POST", "order_histories?output_format=JSON&sendemail=1", "<prestashop><order_history><id_order>"+id+"</id_order><id_order_state>4</id_order_state></order_history></prestashop>"); status != 201 {
			t.Errorf("%d %s", status, text)
		}
	}
	if got := fmt.Sprint(sim.History(id)); got != "[2 4 4]" || sim.Mails() != 2 || len(sim.Parcels(id)) != 2 {
		t.Errorf("history %s, %d mails, parcels %v", got, sim.Mails(), sim.Parcels(id))
	}
	// What is left out is emptied.
	if status, _ := call("PUT", "order_carriers/1?output_format=JSON", "<prestashop><order_carrier><id>1</id><id_order>1</id_order><id_carrier>1</id_carrier><tracking_number>T</tracking_number></order_carrier></prestashop>"); status != 200 || sim.Weight(id) != "" {
		t.Errorf("%d, the weight is %q", status, sim.Weight(id))
	}
}
