package carriers

import (
	"strings"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/rules"
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
