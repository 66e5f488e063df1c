package rating

import (
	"strings"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/rules"
	"packbench/station/pack"
	"packbench/station/unit"
)

// What is dangerous in a parcel is found in what was packed, in kits and in their parts,
// and only in what this parcel holds.
func TestDangersOfAParcel(t *testing.T) {
	d := foldertest.Shop(t)
	if _, err := d.Store.PutProducts(t.Context(), []station.Product{
		{SKU: "LAMP", Name: "Lamp", Danger: station.LithiumBattery},
		{SKU: "SPRAY", Danger: station.LimitedQuantity},
		{SKU: "CUP", Name: "Cup"},
		{SKU: "SET", Name: "Set", Parts: []station.Part{{SKU: "LAMP", Qty: 2}, {SKU: "CUP", Qty: 1}}},
	}); err != nil {
		t.Fatal(err)
	}
	to := station.Address{Country: "DE", Postcode: "20095"}
	o := station.Order{To: to, Lines: []station.Line{{ID: "1", SKU: "SET", Qty: 1}, {ID: "2", SKU: "CUP", Qty: 1}, {ID: "3", SKU: "SPRAY", Qty: 2}}}
	said := station.Order{To: to, Lines: []station.Line{{ID: "1", SKU: "BUNDLE", Qty: 1, Parts: []station.Part{{SKU: "SPRAY", Qty: 1}}}}}
	part := func(sku string) pack.Content {
		return pack.Content{Line: "1/" + sku, SKU: sku, Qty: 1, Kit: &pack.Kit{Line: "1", SKU: "SET"}}
	}
	for name, c := range map[string]struct {
		o    station.Order
		in   []pack.Content
		want string
	}{
		"all of the order":       {o, nil, "lithium battery (Lamp), limited quantity (SPRAY)"},
		"parts that a shop says": {said, nil, "limited quantity (SPRAY)"},
		"a bundle in a box":      {said, []pack.Content{{Line: "1", SKU: "BUNDLE", Qty: 1}}, "limited quantity (SPRAY)"},
		"a part of a kit":        {o, []pack.Content{part("LAMP"), part("CUP")}, "lithium battery (Lamp)"},
		"the other box":          {o, []pack.Content{part("CUP"), {Line: "2", SKU: "CUP", Qty: 1}}, ""},
		"a kit as it is ordered": {o, []pack.Content{{Line: "1", SKU: "SET", Qty: 1}}, "lithium battery (Lamp)"},
		"a product that is gone": {o, []pack.Content{{Line: "9", SKU: "GONE", Qty: 1}}, ""},
		"what was sent instead":  {o, []pack.Content{{Line: "2", SKU: "LAMP", Qty: 1, Instead: &pack.Instead{Line: "2", SKU: "CUP"}}}, "lithium battery (Lamp)"},
	} {
		_, p, err := NewReader(d).Parcel(t.Context(), c.o, Box{Contents: c.in, Mass: unit.Kilogram, At: foldertest.Noon()})
		if err != nil || p.Danger != c.want || p.Dangerous != (c.want != "") {
			t.Errorf("%s: %v %q, %v; want %q", name, p.Dangerous, p.Danger, err, c.want)
		}
	}
	d.Settings.Choice.Rules = []rules.Rule{{Name: "By road", Dangerous: "yes", Use: []string{"freight-bulk"}}}
	quotes, err := NewReader(d).Quotes(t.Context(), o, Box{Mass: unit.Kilogram, At: foldertest.Noon()})
	if err != nil || quotes[0].Service != "freight-bulk" {
		t.Errorf("a rule about dangerous goods: %v, %v", quotes[0], err)
	}
	for _, q := range quotes {
		if q.Service == "post-small" && (q.Allowed || !strings.HasPrefix(q.Reason, "takes no dangerous goods: lithium battery (Lamp)")) {
			t.Errorf("%v: %s", q.Allowed, q.Reason)
		}
	}
}
