package config

import (
	"reflect"
	"strings"
	"testing"
)

// What one bench changes of the shop's settings and what another one changed both count,
// and what is a station's own stays at it.
func TestWhatTheShopHasOfTheSettings(t *testing.T) {
	before := NewShop()
	before.Station, before.GS1.CompanyPrefix = "S1", "952000"
	text, err := before.OfTheShop()
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"station", "theme", "scanner", "address", "[printer.label]", "extension"} {
		if strings.Contains(string(text), key) {
			t.Errorf("%s is told to others:\n%s", key, text)
		}
	}
	there := before
	there.Station, there.Theme, there.Scale.Kind = "S2", "dark", "none"
	there.Rules.LockAfter, there.Sender.City = 7, "Köln"
	there.Lanes = []Lane{{ID: "BIG", Carrier: "demo-post", Services: []string{"post-parcel"}}}
	there.Shifts = nil
	others, err := there.OfTheShop()
	if err != nil {
		t.Fatal(err)
	}
	here := before
	here.Volume, here.Sender.City, here.Printers.ReturnDays = 11, "Bonn", 30
	got, err := here.WithShop(text, others)
	if err != nil {
		t.Fatal(err)
	}
	want := here
	want.Rules.LockAfter, want.Lanes, want.Shifts = 7, there.Lanes, there.Shifts
	if !reflect.DeepEqual(got.Encode(), want.Encode()) {
		t.Errorf("got\n%s\nwant\n%s", got.Encode(), want.Encode())
	}
	draft := before
	draft.Currency = "PLN"
	if got, err = changed(before, draft, want); err != nil || got.Currency != "PLN" || got.Rules.LockAfter != 7 || got.Sender.City != "Bonn" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := here.WithShop(text, []byte("rules = 1")); err == nil {
		t.Error("what cannot be read is taken")
	}
}
