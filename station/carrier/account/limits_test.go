package account_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"packbench/station"
	"packbench/station/carrier/account"
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
