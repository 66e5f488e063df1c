package woocommerce_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"packbench/station/shop"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/woosim"
	"packbench/station/unit"
)

// What came back and what is owed for it is told once each, whatever becomes of the answer,
// and nobody takes it for a parcel.
func TestWhatCameBackIsToldOnce(t *testing.T) {
	goods := shop.Back{Key: "S1.9/goods", Return: "R-A", Lines: []shop.BackLine{{SKU: "MUG", Qty: 2, Restock: true, Grade: "as-new", Becomes: "shelf"}}}
	money := shop.Back{Key: "S1.9/money", Return: "R-A", Way: "refund", Amount: unit.Money{Minor: 1900, Currency: "EUR"}}
	for _, fault := range shopsim.AllFaults {
		b := start(t, woosim.Options{}, false)
		id := b.place(2)
		for _, back := range []shop.Back{goods, money} {
			back.Order = id
			s := b.by(before{http.DefaultTransport, func(r *http.Request) {
				if r.Method == http.MethodPost {
					b.sim.Faults().Next("POST", fault)
				}
			}})
			_, err := s.CameBack(t.Context(), back)
			if err != nil && shop.NotDone(err) && strings.Contains(strings.Join(b.sim.Notes(id), ""), back.Key) {
				t.Errorf("%s: it is told, but the error says that nothing was done: %v", fault, err)
			}
			first, err := b.client().CameBack(t.Context(), back)
			if err != nil || first.ID == "" || first.Paid {
				t.Errorf("%s: %v, %v", fault, first, err)
			}
			if again, err := b.client().CameBack(t.Context(), back); err != nil || again != first {
				t.Errorf("%s: told again as %v, %v; it was %v", fault, again, err, first)
			}
		}
		notes := b.sim.Notes(id)
		if len(notes) != 2 || !strings.Contains(notes[0], "2 x MUG (as-new, shelf)") || !strings.Contains(notes[1], "refund of 19.00") {
			t.Errorf("%s: %q", fault, notes)
		}
		if list, err := b.client().Shipped(t.Context(), id); err != nil || len(list) != 0 {
			t.Errorf("%s: taken for parcels: %v, %v", fault, list, err)
		}
	}
}

// Where the shop pays by its interface, it pays once, whatever becomes of the answer, and
// no more than the buyer paid.
func TestWhatIsOwedIsPaidOnce(t *testing.T) {
	money := shop.Back{Key: "money R-A", Return: "R-A", Way: "refund", Amount: unit.Money{Minor: 1900, Currency: "EUR"}, Pay: true}
	for _, fault := range shopsim.AllFaults {
		b := start(t, woosim.Options{}, false)
		money.Order = b.place(2)
		b.sim.Faults().Next("POST", fault)
		_, _ = b.client().CameBack(t.Context(), money)
		for range 2 {
			if told, err := b.client().CameBack(t.Context(), money); err != nil || !told.Paid || told.ID == "" {
				t.Errorf("%s: %+v, %v", fault, told, err)
			}
		}
		if got := b.sim.Refunds(money.Order); len(got) != 1 || got[0] != 1900 {
			t.Errorf("%s: the shop paid %v", fault, got)
		}
		more := money
		more.Key = "money R-B"
		if _, err := b.client().CameBack(t.Context(), more); !errors.As(err, new(*shop.Refused)) {
			t.Errorf("%s: more than was paid: %v", fault, err)
		}
		for _, wrong := range []unit.Money{{}, {Minor: 100, Currency: "USD"}} {
			more.Amount = wrong
			if _, err := b.client().CameBack(t.Context(), more); !errors.As(err, new(*shop.Refused)) {
				t.Errorf("%s: %v: %v", fault, wrong, err)
			}
		}
	}
}
