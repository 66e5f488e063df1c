package carriers

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/rules"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// What rules of the shop add is asked of accounts, and prices that were asked for
// without it are void (C5).
func TestRulesAddExtras(t *testing.T) {
	d := foldertest.Shop(t)
	c := New(d, "S1", effects.OwnRanges(d, "S1"))
	w := effects.Wish{Order: station.Order{
		To: station.Address{Country: "DE", Postcode: "20095"}, Value: unit.Money{Minor: 50_000, Currency: "EUR"}, Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1}},
	}, Mass: unit.Kilogram, At: foldertest.Noon()}
	plain, err := c.shipment(t.Context(), w, store.Account{})
	if err != nil || plain.Extras.Signature || plain.Extras.Insure.Minor != 0 {
		t.Fatalf("%+v, %v", plain.Extras, err)
	}
	d.Settings.Choice.Rules = []rules.Rule{{ValueFrom: "500", Signature: true}, {Name: "Glass", SKUs: []string{"MUG-*"}, Insure: true}}
	s, err := c.shipment(t.Context(), w, store.Account{})
	if err != nil || !s.Extras.Signature || s.Extras.Insure != w.Order.Value || s.Sum() == plain.Sum() {
		t.Errorf("%+v, %v", s.Extras, err)
	}
	w.Order.Value, w.Order.Lines[0].SKU = unit.Money{}, "MUG-OF-NO-KNOWN-WORTH"
	if _, err := c.shipment(t.Context(), w, store.Account{}); err == nil || !strings.Contains(err.Error(), "rule 2, Glass: nothing can be insured") {
		t.Error(err)
	}
}

// Accounts are told of each line of a parcel which dangerous goods it is, of a kit by its
// parts.
func TestAccountsAreToldOfDangerousGoods(t *testing.T) {
	d := foldertest.Shop(t)
	if _, err := d.Store.PutProducts(t.Context(), []station.Product{
		{SKU: "LAMP", Danger: station.LithiumBattery}, {SKU: "CUP"}, {SKU: "SET", Parts: []station.Part{{SKU: "LAMP", Qty: 1}}},
	}); err != nil {
		t.Fatal(err)
	}
	c := New(d, "S1", effects.OwnRanges(d, "S1"))
	w := effects.Wish{Order: station.Order{
		To: station.Address{Country: "DE", Postcode: "20095"}, Lines: []station.Line{{ID: "1", SKU: "SET", Qty: 1}, {ID: "2", SKU: "CUP", Qty: 1}},
	}, Mass: unit.Kilogram, At: foldertest.Noon()}
	w.Contents = []pack.Content{{Line: "1/LAMP", SKU: "LAMP", Qty: 1, Kit: &pack.Kit{Line: "1", SKU: "SET", Per: 1, Parts: 1}}, {Line: "2", SKU: "CUP", Qty: 1}}
	s, err := c.shipment(t.Context(), w, store.Account{})
	if err != nil || len(s.Goods) != 2 || !s.Danger() {
		t.Fatalf("%+v, %v", s.Goods, err)
	}
	for _, g := range s.Goods {
		if want := map[string]station.Danger{"SET": station.LithiumBattery, "CUP": ""}[g.SKU]; g.Danger != want {
			t.Errorf("%s is told as %q, want %q", g.SKU, g.Danger, want)
		}
	}
	w.Contents = w.Contents[1:]
	if s, err = c.shipment(t.Context(), w, store.Account{}); err != nil || s.Danger() {
		t.Errorf("the box without it: %+v, %v", s.Goods, err)
	}
}

// What is dangerous in a box is told on a line of its papers, or no label is asked for: a
// kit may be marked itself, its parts may have parts, and it may lie in several boxes.
func TestNoDangerousGoodsAreLeftOut(t *testing.T) {
	d := foldertest.Shop(t)
	if _, err := d.Store.PutProducts(t.Context(), []station.Product{
		{SKU: "LAMP", Parts: []station.Part{{SKU: "CELL", Qty: 1}}},
		{SKU: "CELL", Danger: station.LithiumBattery},
		{SKU: "CUP"},
		{SKU: "SET", Danger: station.LimitedQuantity, Parts: []station.Part{{SKU: "DISH", Qty: 1}, {SKU: "CUP", Qty: 1}}},
	}); err != nil {
		t.Fatal(err)
	}
	c := New(d, "S1", effects.OwnRanges(d, "S1"))
	part := func(sku, of string) pack.Content {
		return pack.Content{Line: "1/" + sku, SKU: sku, Qty: 1, Kit: &pack.Kit{Line: "1", SKU: of, Per: 1, Parts: 2}}
	}
	for name, b := range map[string]struct {
		in   []pack.Content
		want map[string]station.Danger
	}{
		"marked kit, one part in the box":   {[]pack.Content{part("CUP", "SET")}, map[string]station.Danger{"CUP": station.LimitedQuantity}},
		"the whole kit":                     {[]pack.Content{part("DISH", "SET"), part("CUP", "SET")}, map[string]station.Danger{"SET": station.LimitedQuantity}},
		"a kit that the shop makes of one":  {[]pack.Content{part("LAMP", "GIFT"), part("CUP", "GIFT")}, map[string]station.Danger{"GIFT": station.LithiumBattery}},
		"a part of it":                      {[]pack.Content{part("LAMP", "GIFT")}, map[string]station.Danger{"LAMP": station.LithiumBattery}},
		"a kit as it is ordered, and a cup": {[]pack.Content{{Line: "1", SKU: "LAMP", Qty: 1}, {Line: "2", SKU: "CUP", Qty: 1}}, map[string]station.Danger{"LAMP": station.LithiumBattery, "CUP": ""}},
	} {
		w := effects.Wish{Order: station.Order{
			To: station.Address{Country: "DE", Postcode: "20095"}, Lines: []station.Line{{ID: "1", SKU: "SET", Qty: 1}},
		}, Contents: b.in, Mass: unit.Kilogram, At: foldertest.Noon()}
		s, err := c.shipment(t.Context(), w, store.Account{})
		if err != nil || len(s.Goods) != len(b.want) {
			t.Errorf("%s: %+v, %v", name, s.Goods, err)
		}
		for _, g := range s.Goods {
			if want, known := b.want[g.SKU]; !known || g.Danger != want {
				t.Errorf("%s: %s is told as %q, want %q", name, g.SKU, g.Danger, want)
			}
		}
		if w.Contents = nil; name == "the whole kit" { // nothing is listed that could be marked
			if s, err := c.shipment(t.Context(), w, store.Account{}); err == nil || !strings.Contains(err.Error(), "SET is dangerous goods (limited quantity)") {
				t.Errorf("%+v, %v", s.Goods, err)
			}
		}
	}
}

// That an account's client sends no such parcel stands. What is wrong with the account can
// be mended, and a carrier that has no service now may have it in an hour.
func TestWhichRefusalsStand(t *testing.T) {
	for _, c := range []struct {
		no                *account.Refused
		elsewhere, stands bool
	}{
		{account.Unserved("no batteries"), true, true},
		{&account.Refused{Why: account.NoService, Say: "service temporarily unavailable"}, true, false},
		{&account.Refused{Why: account.NotSet, Say: "no key"}, true, false},
		{&account.Refused{Why: account.BadAddress, Say: "no street"}, false, false},
	} {
		var no *effects.Refusal
		if err := refusalOf("ups", fmt.Errorf("asked: %w", c.no)); !errors.As(err, &no) || no.Stands != c.stands || no.Elsewhere != c.elsewhere {
			t.Errorf("%s: %+v", c.no.Say, no)
		}
	}
}
