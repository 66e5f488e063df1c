package account_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/unit"
)

func TestALongStreetGoesOnInTheNextLineAndIsNeverCut(t *testing.T) {
	for _, c := range []struct {
		street, street2 string
		want            []string
	}{
		{"12 Maple Street", "", []string{"12 Maple Street"}},
		{"12 Maple Street", "Apt 4", []string{"12 Maple Street", "Apt 4"}},
		{"1234567 North Rhododendron Boulevard East", "Apt 4", []string{"1234567 North Rhododendron", "Boulevard East", "Apt 4"}},
		{strings.Repeat("x", 30), "", []string{strings.Repeat("x", 30)}},
		{strings.Repeat("ü", 30), "", []string{strings.Repeat("ü", 30)}},
		{strings.Repeat("x", 31), "", nil},
		{"", "", nil},
		{strings.Repeat("twelve chars ", 8), "Apt 4", nil},
	} {
		got, err := account.Lines(station.Address{Street: c.street, Street2: c.street2}, 3, 30)
		if !slices.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%q, %q: %q, %v", c.street, c.street2, got, err)
		}
		var no *account.Refused
		if err != nil && (!errors.As(err, &no) || no.Why != account.BadAddress || no.Field != "street") {
			t.Errorf("%q: %#v", c.street, err)
		}
	}
}

func TestTelephoneNumbersAreDialledInTheirCountry(t *testing.T) {
	for _, c := range [][3]string{
		{"+1 (503) 555-0111", "US", "5035550111"},
		{"1-503-555-0111", "CA", "5035550111"},
		{"503.555.0111", "US", "5035550111"},
		{"+49 30 1234567", "DE", "49301234567"},
		{"", "US", ""},
	} {
		if got := account.Digits(c[0], c[1]); got != c[2] {
			t.Errorf("%s in %s is %s", c[0], c[1], got)
		}
	}
}

// Of one service on two accounts the cheaper counts, and none is cheaper in another
// currency.
func TestTheCheaperOfTwoAccountsCounts(t *testing.T) {
	price := func(minor int64, currency string) account.Quote {
		return account.Quote{Service: "ground", Price: unit.Money{Minor: minor, Currency: currency}}
	}
	var q account.Quotes
	for _, one := range []account.Quote{price(900, "USD"), price(800, "USD"), price(100, "CAD"), price(850, "USD")} {
		q.Add(one)
	}
	if len(q.Quotes) != 1 || q.Quotes[0].Price != (unit.Money{Minor: 800, Currency: "USD"}) {
		t.Errorf("%+v", q.Quotes)
	}
}
