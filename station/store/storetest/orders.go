package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"packbench/station"
	"packbench/station/store"
)

func order(id string, qty int) station.Order {
	return station.Order{ID: id, Shop: "shop", ShipBy: noon, Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: qty}}}
}

func (s suite) ordersAsTheShopGivesThem(t *testing.T) {
	ctx := t.Context()
	shops := s.several(t, 2)
	put := func(want store.Change, o station.Order) station.Order {
		t.Helper()
		did, err := shops[0].PutOrders(ctx, []station.Order{o})
		if err != nil || !slices.Equal(did, []store.Change{want}) {
			t.Fatalf("%s: %s, %v; want %s", o.ID, did, err, want)
		}
		now, err := shops[1].Order(ctx, o.ID)
		if err != nil || now.Lines[0].Qty != o.Lines[0].Qty {
			t.Fatalf("another bench reads %+v, %v", now, err)
		}
		return now
	}
	first := put(store.Added, order("1001", 1))
	if again := put(store.Unchanged, order("1001", 1)); again.Version != first.Version {
		t.Errorf("nothing changed, and it is version %d after %d", again.Version, first.Version)
	}
	if changed := put(store.Changed, order("1001", 2)); changed.Version <= first.Version {
		t.Errorf("it changed, and it is version %d after %d", changed.Version, first.Version)
	}
	put(store.Added, order("1002", 1))
	held := order("1003", 1)
	held.Status = station.OrderHeld
	put(store.Added, held)
	if _, err := shops[0].ClaimOrder(ctx, "1001", "S1", noon); err != nil {
		t.Fatal(err)
	}
	for bench, want := range map[string][]string{"S1": {"1001", "1002"}, "S2": {"1002"}} {
		var due []string
		for _, d := range must[[]store.Due](t)(shops[1].DueOrders(ctx, bench, 9)) {
			due = append(due, d.ID)
		}
		if !slices.Equal(due, want) {
			t.Errorf("%s may start %v, want %v", bench, due, want)
		}
	}
}

// Two imports give the same orders in other words at the same time: each order is
// whole, and its version counts every change.
func (s suite) ordersOfTwoImportsAtOnce(t *testing.T) {
	ctx := t.Context()
	shops := s.several(t, 2)
	const orders, rounds = 20, 8
	var changes [2][orders]int
	var wg sync.WaitGroup
	for i, shop := range shops {
		wg.Go(func() {
			for round := range rounds {
				var all []station.Order
				for n := range orders {
					all = append(all, order(fmt.Sprint(n), 1+i+2*round))
				}
				did, err := shop.PutOrders(ctx, all)
				if err != nil || len(did) != orders {
					t.Errorf("%v, %v", did, err)
					return
				}
				for n, what := range did {
					if what == store.Changed {
						changes[i][n]++
					}
				}
			}
		})
	}
	wg.Wait()
	for n := range orders {
		o := must[station.Order](t)(shops[0].Order(ctx, fmt.Sprint(n)))
		if len(o.Lines) != 1 || o.Version != changes[0][n]+changes[1][n] {
			t.Errorf("order %s changed %d and %d times: %+v", o.ID, changes[0][n], changes[1][n], o)
		}
	}
}
