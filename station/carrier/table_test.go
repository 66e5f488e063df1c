package carrier

import (
	"errors"
	"strings"
	"testing"

	"packbench/station/unit"
)

func pounds(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "GBP"} }

// A plain list becomes a rate card that LoadCards takes: rows in any order, zones of
// their own countries, and a carrier without numbers of its own is no postage.
func TestPriceListBecomesCards(t *testing.T) {
	list := []Price{
		{Carrier: "Royal Post", Service: "Tracked 48", Countries: []string{"GB"}, UpTo: 10 * unit.Kilogram, Amount: pounds(560), Days: 2},
		{Carrier: "Vélo Köln GmbH & Co. Kommanditgesellschaft", Service: "Rad", UpTo: unit.Kilogram, Amount: pounds(900), Days: -1, CutOff: "12:00", Prefix: "VK"},
		{Carrier: "Royal Post", Service: "Tracked 48", Countries: []string{"GB"}, UpTo: 2 * unit.Kilogram, Amount: pounds(335), Days: 2},
		{Carrier: "royal post", Service: "Tracked 48", UpTo: 2 * unit.Kilogram, Amount: pounds(1400), Days: -1},
	}
	file, _, err := FromPrices(list, "Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	cards, err := LoadCards(file)
	if err != nil || len(cards.Carriers) != 2 || cards.Currency != "GBP" {
		t.Fatalf("%v: %s", err, file)
	}
	if c, err := LoadPrices(list, "Europe/London"); err != nil || len(c.Warnings) != 1 || c.Warnings[0].Column != "Royal Post" {
		t.Errorf("%v: it is said of %v that its labels are no postage", err, c.Warnings)
	}
	royal, velo := cards.Carriers[0], cards.Carriers[1]
	if royal.ID != "royal-post" || !royal.Sample || velo.Sample || velo.Tracking.Prefix != "VK" {
		t.Errorf("royal %+v, velo %+v", royal, velo)
	}
	if s := royal.Services; len(s) != 1 || len(s[0].Zones) != 2 || s[0].Zones[0].Breaks[1].Minor != 560 || s[0].Zones[0].TransitDays != 2 || s[0].Zones[1].TransitDays != usualDays {
		t.Errorf("services %+v", s)
	}
	if got := velo.Services[0].CutOff; got != 12*60 {
		t.Errorf("the cut-off is at minute %d", got)
	}
}

func TestPriceListFaults(t *testing.T) {
	row := Price{Carrier: "日本郵便", Service: "小包", UpTo: unit.Kilogram, Amount: pounds(100), Days: -1, Row: 2}
	again, other, cheaper := row, row, row
	again.Row, other.Row = 3, 3
	row.Prefix, other.Prefix = "JP", "NP"
	other.UpTo *= 2
	cheaper.UpTo, cheaper.Amount, cheaper.Row = 2*unit.Kilogram, pounds(50), 5
	for want, list := range map[string][]Price{
		"row 3: 日本郵便 小包 has a price up to 1.000 kg in another row too": {row, again},
		"row 3: 日本郵便 has the number prefix NP here and JP":             {row, other},
		"no row that can be used": nil,
	} {
		if _, _, err := FromPrices(list, "UTC"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", want, err)
		}
	}
	_, err := LoadPrices([]Price{row, cheaper}, "UTC")
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != 1 || !strings.Contains(err.Error(), "the price falls") {
		t.Fatalf("a falling price: %v", err)
	}
	if row, column := faults[0].Row, faults[0].Column; row != 5 || column != "price" {
		t.Errorf("it stands in row %d, %s", row, column)
	}
}
