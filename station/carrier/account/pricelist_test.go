package account_test

import (
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
)

const list = "V01PAK DE 5kg 4.79; V01PAK DE 31.5kg 8.49\nV53WPAK AT,nl 10kg 11.90; V53WPAK * 5kg 29; V53WPAK * 20kg 41"

func TestThePriceOfAContractIsThatOfTheParcel(t *testing.T) {
	l, err := account.ParsePriceList(list, "EUR")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		to   string
		mass unit.Mass
		want string // price of each service, or why it has none
	}{
		{"DE", 5 * unit.Kilogram, "V01PAK 4.79 EUR, V53WPAK 29.00 EUR"},
		{"DE", 5*unit.Kilogram + 1, "V01PAK 8.49 EUR, V53WPAK 41.00 EUR"},
		{"NL", unit.Kilogram, "V53WPAK 11.90 EUR, V01PAK: the price list has no price to NL"},
		{"NL", 11 * unit.Kilogram, "V01PAK: the price list has no price to NL, V53WPAK: the price list has no price for 11.000 kg"},
		{"CH", 21 * unit.Kilogram, "V01PAK: the price list has no price to CH, V53WPAK: the price list has no price for 21.000 kg"},
	} {
		q := l.Quotes(account.Shipment{To: station.Address{Country: c.to}, Mass: c.mass}, "dhl", nil)
		var got []string
		for _, one := range q.Quotes {
			got = append(got, one.Service+" "+one.Price.String())
		}
		for _, n := range q.Notes {
			got = append(got, n.Service+": "+n.Say)
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s, %s: %s", c.to, c.mass, text)
		}
	}
}

func TestAPriceListThatIsNotClearIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                                     "no prices",
		" ; ":                                  "no prices",
		"V01PAK DE 4.79":                       "four parts",
		"V01PAK DE 5 4.79":                     "unit is missing",
		"V01PAK DE 5kg":                        "four parts",
		"V01PAK DE 5kg 4,79":                   "plain number",
		"V01PAK DE 5kg 0":                      "above zero",
		"V01PAK DE -5kg 4":                     "above zero",
		"V01PAK Q7 5kg 4":                      "no country",
		"V01PAK DE 5kg 4;V01PAK AT,DE 5kg 5":   "twice",
		"V01PAK DE 5kg 5;V01PAK DE 10kg 4.99":  "costs less",
		"V01PAK DE 10kg 5;V01PAK DE 5kg 5.01":  "costs less",
		"V01PAK * 10kg 5\nV01PAK * 2000g 5.01": "costs less",
	} {
		if _, err := account.ParsePriceList(text, "EUR"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := account.ParsePriceList("A DE 5kg 5; A DE 6kg 5; A DE 1kg 4; B DE 9kg 1", "EUR"); err != nil {
		t.Error(err)
	}
}

func TestTheNumberOfTheHouse(t *testing.T) {
	for line, want := range map[string]string{
		"Insulindelaan 115": "Insulindelaan|115", "Karl-Marx-Allee 34 a": "Karl-Marx-Allee|34 a", "ul. Prosta 12/14": "ul. Prosta|12/14",
		"12 Maple Street": "Maple Street|12", "10b, rue de la Paix": "rue de la Paix|10b", "Straße des 17. Juni 135": "Straße des 17. Juni|135",
		"Rosenhof": "Rosenhof|", "11 Novembre 1918 5": "11 Novembre 1918 5|", "221b 2 Baker Street 4": "221b 2 Baker Street 4|", "Plein 1944 7": "Plein 1944|7",
		"Lange Str. 5-7": "Lange Str.|5-7", "": "|", "C4, 9": "C4|9",
	} {
		street, number := account.House(line)
		if street+"|"+number != want {
			t.Errorf("%q is %q and %q, not %q", line, street, number, want)
		}
	}
}

func TestWhatIsTooLongIsNeverCut(t *testing.T) {
	err := account.Fits(account.Field{Name: "name", Text: "Zoë", Most: 3}, account.Field{Name: "street", Text: "Allee", Most: 4})
	if err == nil || !strings.Contains(err.Error(), "street has 5 characters, and 4 are taken") || !account.NotDone(err) {
		t.Error(err)
	}
}
