package woocommerce_test

import (
	"errors"
	"net/http"
	"testing"

	"packbench/station/shop"
	"packbench/station/shop/shopsim/woosim"
)

// Variations may share their product's stock: the number is written where it is kept.
func TestStockIsWrittenWhereItIsKept(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	b.sim.Variable("Shirt", true, "SHIRT-S", "SHIRT-M")
	b.sim.Variable("Cap", false, "CAP-S", "CAP-M")
	b.place(1)
	b.sim.Uncounted("CUP-1")
	s := b.client()
	levels, err := s.Levels(t.Context(), []string{"SHIRT-S", "SHIRT-M", "CAP-S", "CUP-1", "NONE", "a,b"})
	if err != nil || len(levels) != 3 {
		t.Fatalf("%+v, %v", levels, err)
	}
	for _, sku := range []string{"SHIRT-S", "CAP-S"} {
		if err := s.Correct(t.Context(), shop.Correction{SKU: sku, Delta: -3, Seen: 100}); err != nil {
			t.Errorf("%s: %v", sku, err)
		}
	}
	for sku, want := range map[string]int{"SHIRT-S": 97, "SHIRT-M": 97, "CAP-S": 97, "CAP-M": 100} {
		if got := b.sim.Stock(sku); got != want {
			t.Errorf("%s: %d, want %d", sku, got, want)
		}
	}
	if err := s.Correct(t.Context(), shop.Correction{SKU: "CUP-1", Delta: 1, Seen: 999}); !errors.As(err, new(*shop.Refused)) {
		t.Errorf("a product that is not counted: %v (%T)", err, err)
	}
}

// Somebody sells between what is written and what is read back: nobody knows which
// of both counts, and nothing is written a second time.
func TestASaleInTheSameMomentIsNotWrittenOver(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	b.place(1)
	b.sim.SetStock("CUP-1", 20)
	puts := 0
	s := b.by(tampered{http.DefaultTransport, func(r *http.Request, a *http.Response) *http.Response {
		if r.Method == http.MethodPut {
			puts++
			b.sim.SetStock("CUP-1", 21)
		}
		return a
	}})
	err := s.Correct(t.Context(), shop.Correction{SKU: "CUP-1", Delta: 5, Seen: 20})
	if err == nil || shop.NotDone(err) || puts != 1 || b.sim.Stock("CUP-1") != 21 {
		t.Errorf("%v, written %d times, %d there", err, puts, b.sim.Stock("CUP-1"))
	}
}

// A parcel never lowers the stock: the shop did that when the order was paid.
func TestAParcelLeavesTheStockAlone(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	id := b.place(4)
	s := b.client()
	before := b.sim.Stock("CUP-1")
	if _, err := s.Ship(t.Context(), parcelOf(b.fresh(s, id), "T-1")); err != nil || b.sim.Stock("CUP-1") != before {
		t.Errorf("%v, %d became %d", err, before, b.sim.Stock("CUP-1"))
	}
}

func TestProductsAreTheirVariations(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	b.sim.Variable("Shirt", true, "SHIRT-S", "SHIRT-M")
	b.place(1)
	page, err := b.client().Products(t.Context(), "")
	got := map[string]string{}
	for _, p := range page.Products {
		got[p.SKU] = p.Name
	}
	if err != nil || len(got) != 3 || got["SHIRT-M"] != "Shirt, SHIRT-M" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestRefundsAreReturns(t *testing.T) {
	b := start(t, woosim.Options{}, false)
	id := b.place(3, 1)
	b.sim.Refund(id, 0, 2)
	page, err := b.client().Returns(t.Context(), "")
	if err != nil || len(page.Returns) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	r := page.Returns[0]
	if r.Order != id || r.State != "closed" || len(r.Lines) != 1 || r.Lines[0].SKU != "CUP-1" || r.Lines[0].Qty != 2 || r.Refund.String() != "25.00 EUR" {
		t.Errorf("%+v", r)
	}
}
