package inserts

import (
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/config"
	"packbench/station/unit"
)

// What is put in goes by the order: where it goes, what is in it, what it is worth, and
// whether the buyer ordered before.
func TestInsertsByRule(t *testing.T) {
	d := foldertest.Shop(t)
	d.Settings.Currency = "EUR"
	d.Settings.Look.Inserts = []config.Insert{
		{Text: "Catalogue", Bin: "Drawer 2"},
		{Text: "Voucher", First: true},
		{Text: "Customs leaflet", Countries: []string{"CH"}},
		{Text: "Tea sample", SKUs: []string{"MUG-*"}, ValueFrom: "50.00"},
		{Text: "Wholesale list", Tags: []string{"b2b"}, Shops: []string{"trade"}},
		{Text: "Catalogue", Countries: []string{"DE"}}, // for another reason too, and once all the same
		{Text: "Not now", Off: true},
	}
	if err := d.Settings.Validate(); err != nil {
		t.Fatal(err)
	}
	order := func(id, email, country string, euros int64) station.Order {
		return station.Order{
			ID: id, Status: station.OrderOpen, To: station.Address{Country: country, Email: email}, Value: unit.Money{Minor: euros * 100, Currency: "EUR"},
			Lines: []station.Line{{ID: "1", SKU: "MUG-W", Qty: 1, Kind: station.Goods}},
		}
	}
	first, second := order("1", "anna@example.com", "CH", 49), order("2", "anna@example.com", "DE", 50)
	trade := order("3", "", "DE", 10)
	trade.Shop, trade.Tags = "trade", []string{"b2b"}
	if _, err := d.Store.PutOrders(t.Context(), []station.Order{first, second, trade}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		of   station.Order
		want string
	}{{first, "Catalogue, Voucher, Customs leaflet"}, {second, "Catalogue, Tea sample"}, {trade, "Catalogue, Wholesale list"}} {
		lines, err := Of(t.Context(), d, c.of)
		if err != nil {
			t.Fatal(err)
		}
		var names, ids []string
		for _, l := range lines {
			names = append(names, l.Name)
			if l.Kind != station.Note || l.Qty != 1 || slices.Contains(ids, l.ID) {
				t.Errorf("%+v", l)
			}
			ids = append(ids, l.ID)
		}
		if got := strings.Join(names, ", "); got != c.want || lines[0].Bin != "Drawer 2" {
			t.Errorf("order %s: %s, want %s", c.of.ID, got, c.want)
		}
	}
	for _, wrong := range []config.Insert{{}, {Text: "x", Countries: []string{"Germany"}}, {Text: "x", ValueFrom: "much"}, {Text: strings.Repeat("x", 201)}} {
		s := d.Settings
		s.Look.Inserts = []config.Insert{wrong}
		if err := s.Validate(); err == nil || !strings.Contains(err.Error(), "look.insert 1") {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
}
