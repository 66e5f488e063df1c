package store

import (
	"path/filepath"
	"testing"

	"packbench/station"
)

// A buyer's first order is known by the e-mail address, whatever case it is written in; a
// cancelled one before it does not count, and without an address nobody knows.
func TestTheFirstOrderOfABuyer(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "packbench.db"))
	var orders []station.Order
	for _, o := range []struct {
		id, email string
		status    station.OrderStatus
	}{{"1", "Anna@example.com", station.OrderCancelled}, {"2", "anna@example.com", station.OrderOpen}, {"3", "ANNA@example.com", station.OrderOpen}, {"4", "", station.OrderOpen}, {"5", "", station.OrderOpen}} {
		orders = append(orders, station.Order{ID: o.id, Status: o.status, To: station.Address{Email: o.email}, Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 1, Kind: station.Goods}}})
	}
	if _, err := s.PutOrders(t.Context(), orders); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]bool{"2": true, "3": false, "4": false} {
		o, err := s.Order(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if first, err := s.FirstOrder(t.Context(), o); err != nil || first != want {
			t.Errorf("order %s: first %v, %v", id, first, err)
		}
	}
}
