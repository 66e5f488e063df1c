package carriers_test

import (
	"slices"
	"strings"
	"testing"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/web/faults"
)

// What is wrong with the form of an address is said without any account.
func TestTheFormOfAnAddress(t *testing.T) {
	f := foldertest.Shop(t)
	c := carriers.New(f, "S1", effects.OwnRanges(f, "S1"))
	good := station.Address{Name: "Ada Meier", Street: "Ahornweg 12", City: "Hamburg", Postcode: "20095", Country: "DE"}
	for _, k := range []struct {
		why    string
		change func(*station.Address)
		want   string
	}{
		{"right", func(*station.Address) {}, ""},
		{"no street, no name", func(a *station.Address) { a.Name, a.Street = "", " " }, "it has no name or company; it has no street"},
		{"short postcode", func(a *station.Address) { a.Postcode = "2009" }, `"2009" is not a postcode of Germany`},
		{"of another country", func(a *station.Address) { a.Postcode = "CH-8001" }, `"CH-8001" is not a postcode of Germany, but one of Switzerland`},
		{"where there are no postcodes", func(a *station.Address) { a.Country, a.Postcode = "AE", "" }, ""},
		{"no country", func(a *station.Address) { a.Country = "" }, "it has no country"},
		{"no such country", func(a *station.Address) { a.Country = "XQ" }, `there is no country "XQ"`},
		{"a box", func(a *station.Address) { a.Street = "Postfach 1234" }, "it is a box at a post office: many carriers do not deliver there"},
	} {
		to := good
		k.change(&to)
		h, err := c.CheckAddress(t.Context(), station.Order{ID: "1", To: to})
		if have := strings.Join(h.Form, "; "); err != nil || have != k.want || h.OK() != (k.want == "") || h.Asked != "" {
			t.Errorf("%s: %q, %+v, %v; want %q", k.why, have, h, err, k.want)
		}
	}
}

// The first account that can checks an address; one that does not, or not this one, is
// named, and what the form says is said all the same.
func TestAnAccountChecksAnAddress(t *testing.T) {
	w := newWorld(t, "usps")
	check := func(to station.Address) carriers.AddressHint {
		t.Helper()
		h, err := w.rooms.CheckAddress(t.Context(), station.Order{ID: "1", To: to})
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	to := places[""][1]
	h := check(to)
	if !h.OK() || h.Asked != "acct" || !h.Check.Private || slices.ContainsFunc(h.Meant, func(m string) bool { return strings.HasPrefix(m, "postcode") }) {
		t.Errorf("a right address: %+v", h)
	}
	to.Street = "Nowhere 1"
	if h := check(to); h.OK() || h.Asked != "acct" || h.Check.Say == "" {
		t.Errorf("a wrong one: %+v", h)
	}
	to.Postcode = "123"
	w.sim.Faults().Next("/addresses/", faults.BadBefore, faults.BadBefore, faults.BadBefore)
	if h := check(to); h.OK() || h.Asked != "" || len(h.Left) != 1 || len(h.Form) != 1 {
		t.Errorf("the account does not answer: %+v", h)
	}
	w.sim.Faults().Next("/addresses/", slices.Repeat([]faults.Fault{faults.BadBefore}, 20)...)
	for range 5 { // a hint that does not come keeps nobody from buying there
		check(to)
	}
	w.priced(w.parcel(1))
	w.sim.Faults().Heal()
	if h := check(places["DE"][1]); !h.OK() || h.Asked != "" || len(h.Left) != 1 || !strings.Contains(h.Left[0], "United States only") {
		t.Errorf("a country that it does not check: %+v", h)
	}
}
