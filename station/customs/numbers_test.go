package customs_test

import (
	"strings"
	"testing"

	"packbench/station/customs"
	"packbench/station/unit"
)

// A number stands where it is for, and on no parcel that is worth more than that.
func TestNumbersAreThoseOfTheDestination(t *testing.T) {
	all := []customs.Number{
		{Kind: "EORI", Number: "GB123"},
		{Kind: "IOSS", Number: "IM276"},
		{Kind: "VOEC", Number: "2021"},
		{Kind: "uk vat", Number: "GB9"},
		{Kind: "Zoll", Number: "CHE-1", Countries: []string{"CH"}, Importer: true},
		{Kind: "VAT", Number: "FR1", Countries: []string{"FR"}},
	}
	for _, c := range []struct{ to, value, dearest, currency, want string }{
		{"DE 10115", "150.00", "80.00", "EUR", "EORI IOSS"},
		{"DE 10115", "150.01", "80.00", "EUR", "EORI"},
		{"DE 10115", "20.00", "20.00", "BRL", "EORI"}, // no limit is known
		{"FR 75001", "20.00", "20.00", "EUR", "EORI IOSS VAT"},
		{"FR 97400", "20.00", "20.00", "EUR", "EORI"}, // Réunion is outside
		{"ES 35001", "20.00", "20.00", "EUR", "EORI"},
		{"GB BT1-5GS", "20.00", "20.00", "EUR", "EORI IOSS"}, // Northern Ireland
		{"GB EC1A1BB", "135.00", "99.00", "GBP", "EORI uk vat"},
		{"GB EC1A1BB", "135.01", "99.00", "GBP", "EORI"},
		{"NO 0150", "9000.00", "2999.00", "NOK", "EORI VOEC"},
		{"NO 0150", "9000.00", "3001.00", "NOK", "EORI"},
		{"CH 8001", "9000.00", "9000.00", "CHF", "EORI Zoll"},
		{"US 10001", "1.00", "1.00", "USD", "EORI"},
	} {
		value, err := unit.ParseMoney(c.value, c.currency)
		if err != nil {
			t.Fatal(err)
		}
		dearest, err := unit.ParseMoney(c.dearest, c.currency)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range customs.Numbers(all, at(c.to), value, dearest) {
			got = append(got, n.Kind)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s for %s %s: %v, want %s", c.to, c.value, c.currency, got, c.want)
		}
	}
}
