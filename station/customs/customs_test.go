package customs_test

import (
	"slices"
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/customs"
	"packbench/station/unit"
)

// at reads "DE 10115 Berlin".
func at(text string) station.Address {
	f := append(strings.SplitN(text, " ", 3), "", "")
	return station.Address{Country: f[0], Postcode: f[1], City: f[2]}
}

func TestNeeded(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     bool
	}{
		{"DE 10115", "DE 20095 Hamburg", false},
		{"DE 10115", "AT 8010 Graz", false},
		{"DE 10115", "MC 98000", false},
		{"DE 10115", "PT 9000-001 Funchal", false}, // Madeira is inside
		{"DE 10115", "CH 8001 Zürich", true},
		{"DE 10115", "NO 0150", true},
		{"DE 10115", "GB EC1A-1BB London", true},
		{"DE 10115", "GB BT1-5GS Belfast", false},
		{"DE 10115", "gb bt15gs", false},
		{"US 10001", "GB BT1-5GS Belfast", true},
		{"GB EC1A1BB", "GB BT15GS", false},
		{"GB BT15GS", "GB EC1A1BB", false},
		{"GB BT15GS", "IE D02", false},
		{"GB BT15GS", "CH 8001", true},
		{"GB EC1A1BB", "UK M11AE", false},
		{"GB EC1A1BB", "IM IM11AA", false},
		{"GB EC1A1BB", "JE JE23AB", true},
		{"GB EC1A1BB", "GB JE23AB", true},
		{"DE 10115", "JP 100-0001", true},
		{"DE 10115", "TR 34000", true},
		{"DE 10115", "AD AD500", true},
		{"CH 8001", "LI 9490 Vaduz", false},
		{"CH 8001", "DE 10115", true},
		{"DE 10115", "ES 28001 Madrid", false},
		{"DE 10115", "ES 07001 Palma", false},
		{"DE 10115", "ES 35001", true},
		{"DE 10115", "ES 38001", true},
		{"ES 28001", "ES 38001", true},
		{"ES 35001", "ES 38001", false},
		{"DE 10115", "ES 51001", true},
		{"DE 10115", "ES 52001", true},
		{"ES 51001", "ES 52001", true},
		{"DE 10115", "FI 00100 Helsinki", false},
		{"DE 10115", "FI 22100 Mariehamn", true},
		{"DE 10115", "FI FI-22100", true},
		{"DE 10115", "AX 22100", true},
		{"FI 22100", "AX 22100", false},
		{"DE 10115", "DE 78266 Büsingen", true},
		{"DE 10115", "DE D-27498 Helgoland", true},
		{"DE 10115", "IT 23041 Livigno", true},
		{"DE 10115", "IT 23030 Livigno", true},
		{"DE 10115", "IT 23030 Bianzone", false},
		{"DE 10115", "GR 105-57 Athens", false},
		{"DE 10115", "EL 10557 Athens", false},
		{"DE 10115", "GR 63086 Karyes", true},
		{"DE 10115", "FR 67000 Strasbourg", false},
		{"FR 67000", "FR 97400 Saint-Denis", true},
		{"FR 97400", "RE 97400", false},
		{"DE 10115", "RE 97400", true},
		{"US 10001", "PR 00901", false},
		{"US 10001", "US 00901 San Juan", false},
		{"US 10001", "US 09012 APO", true}, // 17
		{"US 10001", "US 9012 APO", true},
		{"US 10001", "US 34002 APO", true},
		{"US 10001", "US 96913 Barrigada", true}, // 18
		{"US 10001", "GU 96913 Barrigada", true},
		{"US 96913", "GU 96913 Barrigada", false},
		{"US 10001", "US 96813 Honolulu", false},
		{"US 10001", "US 96799", true},
		{"DE 10115", "DK 3900 Nuuk", true}, // 33
		{"DE 10115", "DK FO-100 Tórshavn", true},
		{"DE 10115", "DK 100 Tórshavn", true},
		{"DK 1050", "DK FO-100", true},
		{"DK FO-100", "FO 100", false},
		{"DE 10115", "ES E-35001", true}, // 08
		{"ES 28001", "IC 35001", true},
		{"ES 35001", "IC 38001", false},
		{"DE 10115", "ES 8001 Barcelona", false},
		{"DE 10115", "DE 1067 Dresden", false},
		{"DE 10115", "IT 47890", true},
		{"DE 10115", "IT 120", true},
		{"DE 10115", "IT 118 Roma", false},
		{"DE 10115", "FR 98000 Monaco", false},
		{"DE 10115", "FI AX-22100", true},
		{"NO 0150", "NO 9170 Longyearbyen", true},
		{"NO 0150", "SJ 9170", true},
		{"GB EC1A1BB", "GB BFPO12", true},
		{"GB EC1A1BB", "GB GY11AA", true},
		{"DE 10115", "DE D-78266", true},
		{"CH 8001", "DE 78266 Büsingen", false},
		{"CN 200040", "CN 999077", true},
		{"CH CH-8001", "CH 9490 Vaduz", false},
		{"DE 10115", "", false}, // nothing is known
		{"", "CH 8001", false},
	} {
		if got := customs.Needed(at(c.from), at(c.to)); got != c.want {
			t.Errorf("%s to %s: papers needed is %v", c.from, c.to, got)
		}
	}
}

func TestForms(t *testing.T) {
	euro := unit.Money{Minor: 100, Currency: "EUR"}
	small, full := []customs.Form{customs.CN22}, []customs.Form{customs.CN23, customs.Invoice}
	for _, c := range []struct {
		value, currency string
		gross           unit.Mass
		want            []customs.Form
	}{
		{"24.00", "EUR", 300 * unit.Gram, small},
		{"340.00", "EUR", 2 * unit.Kilogram, small},
		{"340.01", "EUR", 300 * unit.Gram, full},
		{"24.00", "EUR", 2*unit.Kilogram + 1, full},
		{"44000", "JPY", unit.Kilogram, small},
		{"44001", "JPY", unit.Kilogram, full},
		{"1.00", "BRL", unit.Kilogram, full}, // no limit is known
	} {
		value, err := unit.ParseMoney(c.value, c.currency)
		if err != nil {
			t.Fatal(err)
		}
		if got := customs.Forms("", value, c.gross); !slices.Equal(got, c.want) {
			t.Errorf("%s, %s: %v", value, c.gross, got)
		}
	}
	if got := customs.Forms("", unit.Money{}, unit.Gram); !slices.Equal(got, full) {
		t.Errorf("no value: %v", got)
	}
	if got := customs.Forms(customs.CN23, euro, unit.Gram); !slices.Equal(got, full) {
		t.Errorf("the parcel post: %v", got)
	}
	if got := customs.Forms(customs.Invoice, euro, unit.Gram); !slices.Equal(got, []customs.Form{customs.Invoice}) {
		t.Errorf("a courier: %v", got)
	}
}
