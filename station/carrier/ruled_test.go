package carrier

import (
	"slices"
	"testing"

	"packbench/station/unit"
)

// What a rule adds, a card must have: an account was asked for it. A rule that adds
// nothing takes nobody out for that.
func TestWhatARuleAddsACardMustHave(t *testing.T) {
	value := unit.Money{Minor: 20_000, Currency: "EUR"}
	for _, tt := range []struct {
		name   string
		rule   Ruled
		change func(*Quote)
		out    string
	}{
		{"a rule that adds nothing", Ruled{Name: "r", Prefer: []string{"y"}}, nil, ""},
		{"a signature", Ruled{Name: "r", Signature: true}, nil, "r: nobody signs for its parcels, by its card"},
		{"a signature that the card has", Ruled{Name: "r", Signature: true}, func(q *Quote) { q.Signs = true }, ""},
		{"a signature of an account", Ruled{Name: "r", Signature: true}, func(q *Quote) { q.Source = "web" }, ""},
		{"a rule of which nobody knows", Ruled{Name: "r", Signature: true, Unsure: "no weight"}, nil, ""},
		{"insurance for the value", Ruled{Name: "r", Insure: true}, func(q *Quote) { q.Liability = 20_000 }, ""},
		{"insurance for less", Ruled{Name: "r", Insure: true}, func(q *Quote) { q.Liability = 19_999 }, "r: it pays 199.99 EUR at most, by its card"},
		{"insurance in other money", Ruled{Name: "r", Insure: true}, func(q *Quote) { q.Liability, q.Price.Currency = 90_000, "USD" }, "r: it is not known whether what it pays is enough"},
		{"insurance of an account", Ruled{Name: "r", Insure: true}, func(q *Quote) { q.Source = "web" }, ""},
		{"never", Ruled{Name: "r", Never: []string{" X "}}, nil, "r: never this service"},
	} {
		q := asked("card x 500 EUR 24 1000")
		if tt.change != nil {
			tt.change(&q)
		}
		p := parcel()
		p.Value, p.Currency, p.Rules = value, q.Price.Currency, []Ruled{tt.rule}
		got := Choose([]Quote{q}, p)[0]
		if got.Allowed != (tt.out == "") || !got.Allowed && got.Reason != tt.out {
			t.Errorf("%s: allowed %v, %q; want %q", tt.name, got.Allowed, got.Reason, tt.out)
		}
		if slices.Contains(got.Rules, "r") != (tt.out != "") {
			t.Errorf("%s: by the rules %q", tt.name, got.Rules)
		}
	}
}

// More than always on time is always on time, and less than never is never.
func TestReliabilityHasBounds(t *testing.T) {
	for per, late := range map[int]int64{1001: 0, 1_000_000: 0, 1000: 0, 999: 1, 1: 999, -5: 1000} {
		q := asked("card x 500 EUR 24 0")
		q.Reliability = per
		if got := Choose([]Quote{q}, parcel())[0].Score.Terms[1].Minor; got != late {
			t.Errorf("%d of 1000 on time costs %d, want %d", per, got, late)
		}
	}
}

// What loses by as much for being late as for being lost is called late: that can be seen.
func TestLateIsNamedBeforeLost(t *testing.T) {
	for per, want := range map[int]string{5_000: "same price, more often late", 5_100: "same price, higher risk of loss"} {
		first, second := asked("card x 500 EUR 24 1000"), asked("card y 500 EUR 24 950")
		second.LostPerMillion = per
		p := parcel()
		p.Value = unit.Money{Minor: 10_000, Currency: "EUR"}
		got := Choose([]Quote{first, second}, p)
		if late, lost := got[1].Score.Terms[1].Minor, got[1].Score.Terms[2].Minor; late != 50 || lost != int64(per)/100 || got[1].Reason != want {
			t.Errorf("%d late and %d lost is %q, want %q", late, lost, got[1].Reason, want)
		}
	}
}

func TestWordsOfCarriers(t *testing.T) {
	for name, want := range map[string]string{
		"UPS®": "ups", "UPSDAP": "ups", "Heron Parcel": "heron-parcel", "heron_parcel": "heron-parcel", "Heron/Parcel": "heron-parcel",
		" Heron--Parcel. ": "heron-parcel", "Heron.Parcel": "heronparcel", "ÖPost": "öpost", "": "", "®": "",
	} {
		if got := Slug(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}
