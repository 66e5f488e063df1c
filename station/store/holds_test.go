package store

import (
	"errors"
	"testing"

	"packbench/station"
)

// What a supervisor holds stays held, whatever its shop's files change of it, until it
// is released here, cancelled or sent.
func TestAHoldOfHereStays(t *testing.T) {
	ctx := t.Context()
	s := fresh(t)
	o := station.Order{ID: "H1", Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 1, Kind: station.Goods}}}
	put := func(qty int, status station.OrderStatus, reason string) station.Order {
		t.Helper()
		o.Status, o.Reason, o.Lines = status, reason, []station.Line{{ID: "1", SKU: "MUG", Qty: qty, Kind: station.Goods}}
		must[[]Change](t)(s.PutOrders(ctx, []station.Order{o}))
		now := must[station.Order](t)(s.Order(ctx, "H1"))
		if due := must[[]Due](t)(s.DueOrders(ctx, "S1", 9)); (len(due) == 1) != (now.Status == station.OrderOpen) || now.Lines[0].Qty != qty {
			t.Errorf("%+v, due are %v", now, due)
		}
		return now
	}
	hold := func() {
		t.Helper()
		if err := s.HoldOrder(ctx, "H1", "the customer asks"); err != nil {
			t.Fatal(err)
		}
	}
	put(1, station.OrderOpen, "")
	hold()
	if now := put(2, station.OrderOpen, ""); now.Status != station.OrderHeld || now.Reason != "the customer asks" {
		t.Errorf("%+v", now)
	}
	if now := put(3, station.OrderHeld, "payment: pending"); now.Reason != "the customer asks" {
		t.Errorf("%+v", now)
	}
	if here, err := s.HeldHere(ctx, "H1"); !here || err != nil {
		t.Error(here, err)
	}
	if err := s.ReleaseOrder(ctx, "H1"); err != nil {
		t.Error(err)
	}
	if now := must[station.Order](t)(s.Order(ctx, "H1")); now.Status != station.OrderHeld || now.Reason != "payment: pending" {
		t.Errorf("released, it is what its shop says: %+v", now)
	}
	if here, err := s.HeldHere(ctx, "H1"); here || err != nil {
		t.Error("a hold of the shop's is none of here", err)
	}
	if now := put(4, station.OrderOpen, ""); now.Status != station.OrderOpen {
		t.Errorf("what the shop held, it releases: %+v", now)
	}
	hold()
	if now := put(5, station.OrderCancelled, "cancelled"); now.Status != station.OrderCancelled {
		t.Errorf("%+v", now)
	}
	if err := s.SetOrderStatus(ctx, "H1", station.OrderHeld, "the shop says so"); err != nil {
		t.Fatal(err)
	}
	if now := put(6, station.OrderOpen, ""); now.Status != station.OrderOpen {
		t.Errorf("what the shop held, it releases: %+v", now)
	}
	if err := s.ReleaseOrder(ctx, "none"); !errors.Is(err, ErrUnknown) {
		t.Error(err)
	}
}
