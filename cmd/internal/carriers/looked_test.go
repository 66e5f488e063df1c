package carriers_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
)

// mute is an account that cannot tell what it sold, unless it is asked by the number.
type mute struct {
	account.Account
	account.Preparer
}

func (m mute) Recover(ctx context.Context, a account.Attempt) (account.Recovered, error) {
	if a.Tracking == "" {
		return account.Recovered{Found: account.Unsaid}, nil
	}
	return m.Account.Recover(ctx, a)
}

// lost is a purchase whose answer nobody saw, of an account that cannot tell.
func lost(t *testing.T) (*world, effects.Wish) {
	w := newWorld(t, "easypost")
	wish := w.priced(w.parcel(1))
	w.die.Store(true)
	if err := w.try(func() error { _, err := w.rooms.Buy(t.Context(), wish); return err }); err == nil {
		t.Fatal("not killed")
	}
	for i := range w.rooms.Kinds {
		of := &w.rooms.Kinds[i]
		made := of.New
		of.New = func(o account.Options) (account.Account, error) {
			a, err := made(o)
			p, _ := a.(account.Preparer)
			return mute{a, p}, err
		}
	}
	w.now.Add(int64(time.Hour))
	_, _, err := w.rooms.Find(t.Context(), wish)
	var known *trouble.Error
	if !errors.As(err, &known) || known.Code != trouble.CarrierUnsaid {
		t.Fatalf("%v", err)
	}
	return w, wish
}

// What a person saw on the carrier's page decides, and is kept: the label that is there
// is the parcel's, one that is not is bought, once.
func TestC5WhatAPersonSawDecides(t *testing.T) {
	w, wish := lost(t)
	there := w.sim.Book().Live()[0].Tracking
	if err := w.rooms.Looked(t.Context(), wish, there); err != nil {
		t.Fatal(err)
	}
	if p, ok, err := w.rooms.Find(t.Context(), wish); err != nil || !ok || p.Tracking != there || len(p.Papers) == 0 {
		t.Errorf("%+v, %v, %v", p, ok, err)
	}
	w, wish = lost(t)
	w.sim.Book().Void(w.sim.Book().Live()[0].ID) // the page shows none
	if err := w.rooms.Looked(t.Context(), wish, pack.LookedNothing); err != nil {
		t.Fatal(err)
	}
	w.start()
	if _, ok, err := w.rooms.Find(t.Context(), wish); err != nil || ok {
		t.Errorf("found %v, %v", ok, err)
	}
	if row, err := w.folder.Store.Purchase(t.Context(), wish.Key); err != nil || row.State != store.PurchaseRefused {
		t.Errorf("%+v, %v", row, err)
	}
}

// Money that was asked back is asked after until it has come; other stations' is theirs.
func TestRefundsAreAskedAfter(t *testing.T) {
	w := newWorld(t, "easypost")
	wish := w.priced(w.parcel(1))
	if _, err := w.rooms.Buy(t.Context(), wish); err != nil {
		t.Fatal(err)
	}
	if rule := w.rooms.VoidRule(t.Context(), wish); rule == "" {
		t.Error("nobody hears the rule")
	}
	err := w.rooms.Void(t.Context(), wish)
	if is, later := w.rooms.GivenBack(t.Context(), wish); err != nil || !is || !later {
		t.Fatalf("%v", err)
	}
	// One bench may ask for all; without its word another one's are not asked after.
	other := carriers.New(w.folder, "S2", effects.OwnRanges(w.folder, "S2"))
	other.Buyer, other.Time = w.rooms.Buyer, w.rooms.Time
	for n := range 5 {
		if err := other.Refunds(t.Context(), false, func(e pack.RefundRefused) { t.Errorf("%+v", e) }); err != nil {
			t.Fatal(err)
		}
		if left, err := w.folder.Store.RefundsAsked(t.Context()); err != nil || len(left) != 1 {
			t.Fatalf("S2 asked for what S1 voided: %+v, %v", left, err)
		}
		if err := other.Refunds(t.Context(), true, func(e pack.RefundRefused) { t.Errorf("%+v", e) }); err != nil {
			t.Fatal(err)
		}
		left, err := w.folder.Store.RefundsAsked(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 {
			if n == 0 {
				t.Error("closed before the carrier said so")
			}
			return
		}
	}
	t.Error("the money came, and nobody noticed")
}
