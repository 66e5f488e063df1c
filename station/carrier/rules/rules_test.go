package rules_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/station/carrier"
	"packbench/station/carrier/rules"
	"packbench/station/unit"
)

func eur(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }

// Each condition at its edge: the rule insures, if it holds.
func TestConditions(t *testing.T) {
	base := rules.Parcel{
		Country: "DE", Postcode: "25992", Value: eur(5000), SKUs: []string{"MUG", "BOOK-12"}, Tags: []string{"vip"}, Wished: "Standard", Shop: "web", Mass: 2 * unit.Kilogram,
	}
	change := func(f func(*rules.Parcel)) rules.Parcel {
		p := base
		f(&p)
		return p
	}
	for name, tt := range map[string]struct {
		rule   rules.Rule
		parcel rules.Parcel
		want   string // "holds", "", or what is not known
	}{
		"nothing asked":         {rules.Rule{}, rules.Parcel{}, "holds"},
		"country":               {rules.Rule{Countries: []string{"AT", "de"}}, base, "holds"},
		"another country":       {rules.Rule{Countries: []string{"AT"}}, base, ""},
		"postcode":              {rules.Rule{Postcodes: []string{"18", "2599"}}, base, "holds"},
		"postcode, as written":  {rules.Rule{Countries: []string{"DE"}, Postcodes: []string{"D-259"}}, base, "holds"},
		"another postcode":      {rules.Rule{Postcodes: []string{"2598", "5"}}, base, ""},
		"no postcode":           {rules.Rule{Postcodes: []string{"2"}}, change(func(p *rules.Parcel) { p.Postcode = "" }), ""},
		"a place of a country":  {rules.Rule{Countries: []string{"IC"}}, rules.Parcel{Country: "ES", Place: "IC", Postcode: "35001"}, "holds"},
		"its country":           {rules.Rule{Countries: []string{"ES"}}, rules.Parcel{Country: "ES", Place: "IC", Postcode: "35001"}, "holds"},
		"the rest of it":        {rules.Rule{Countries: []string{"IC"}}, rules.Parcel{Country: "ES", Postcode: "28001"}, ""},
		"Northern Ireland":      {rules.Rule{Countries: []string{"XI"}}, rules.Parcel{Country: "GB", Place: "XI", Postcode: "BT1 5GS"}, "holds"},
		"value, from":           {rules.Rule{ValueFrom: "50"}, base, "holds"},
		"value, just below":     {rules.Rule{ValueFrom: "50.01"}, base, ""},
		"value, to":             {rules.Rule{ValueTo: "50.00"}, base, "holds"},
		"value, just above":     {rules.Rule{ValueTo: "49.99"}, base, ""},
		"value not known":       {rules.Rule{ValueFrom: "50"}, change(func(p *rules.Parcel) { p.Value = unit.Money{} }), "the value is not known"},
		"value of elsewhere":    {rules.Rule{ValueFrom: "50"}, change(func(p *rules.Parcel) { p.Value.Currency = "CHF" }), "the value is in CHF"},
		"not known nor here":    {rules.Rule{ValueFrom: "50", Countries: []string{"AT"}}, change(func(p *rules.Parcel) { p.Value = unit.Money{} }), ""},
		"product":               {rules.Rule{SKUs: []string{"PEN", "mug"}}, base, "holds"},
		"products that begin":   {rules.Rule{SKUs: []string{"BOOK-*"}}, base, "holds"},
		"no such product":       {rules.Rule{SKUs: []string{"BOOK"}}, base, ""},
		"tag":                   {rules.Rule{Tags: []string{"VIP"}}, base, "holds"},
		"no such tag":           {rules.Rule{Tags: []string{"gift"}}, base, ""},
		"wished":                {rules.Rule{Wished: []string{" standard"}}, base, "holds"},
		"wished otherwise":      {rules.Rule{Wished: []string{"Express*"}}, base, ""},
		"nothing wished":        {rules.Rule{Wished: []string{"Standard"}}, change(func(p *rules.Parcel) { p.Wished = "" }), ""},
		"shop":                  {rules.Rule{Shops: []string{"web"}}, base, "holds"},
		"another shop":          {rules.Rule{Shops: []string{"amazon"}}, base, ""},
		"mass, from":            {rules.Rule{MassFrom: "2 kg"}, base, "holds"},
		"mass, just below":      {rules.Rule{MassFrom: "2000001 mg"}, base, ""},
		"mass, to":              {rules.Rule{MassTo: "2 kg"}, base, "holds"},
		"mass, just above":      {rules.Rule{MassTo: "1999999 mg"}, base, ""},
		"mass not known":        {rules.Rule{MassTo: "2 kg"}, change(func(p *rules.Parcel) { p.Mass = 0 }), "the mass is not known"},
		"dangerous":             {rules.Rule{Dangerous: "yes"}, base, ""},
		"not dangerous":         {rules.Rule{Dangerous: "no"}, base, "holds"},
		"dangerous and heavy":   {rules.Rule{Dangerous: "yes", MassFrom: "2 kg"}, change(func(p *rules.Parcel) { p.Dangerous = true }), "holds"},
		"all but one condition": {rules.Rule{Countries: []string{"DE"}, SKUs: []string{"MUG"}, ValueTo: "49"}, base, ""},
	} {
		tt.rule.Insure = true
		if faults := rules.Check([]rules.Rule{tt.rule}, "EUR"); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
		got := ""
		if out := rules.Apply([]rules.Rule{tt.rule}, tt.parcel, "EUR"); len(out) == 1 {
			if got = out[0].Unsure; got == "" {
				got = "holds"
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

func TestFaultsNameRuleAndKey(t *testing.T) {
	for fault, r := range map[string]rules.Rule{
		`rule 2, countries: "Germany" is not a two-letter code`:                  {Countries: []string{"Germany"}, Insure: true},
		`rule 2, value_from: "much" is not an amount`:                            {ValueFrom: "much", Insure: true},
		`rule 2, value_to: 1 is below value_from`:                                {ValueFrom: "2", ValueTo: "1", Insure: true},
		`rule 2, mass_from: "2" is not a mass`:                                   {MassFrom: "2", Insure: true},
		`rule 2, mass_to: 1 kg is below mass_from`:                               {MassFrom: "2 kg", MassTo: "1 kg", Insure: true},
		`rule 2, dangerous: "maybe" is neither`:                                  {Dangerous: "maybe", Insure: true},
		`rule 2, by: prefer needs an amount above 0`:                             {Prefer: []string{"x"}},
		`rule 2, by: prefer needs an amount above 0, and an amount needs`:        {By: "1", Use: []string{"x"}},
		`rule 2, by: "-1" is not an amount`:                                      {Prefer: []string{"x"}, By: "-1"},
		`rule 2, use: the rule does nothing`:                                     {Countries: []string{"DE"}},
		`rule 2, skus: " " says nothing`:                                         {SKUs: []string{" "}, Insure: true},
		`rule 2, name: "` + strings.Repeat("x", 40) + `…" must be at most 60`:    {Name: strings.Repeat("x", 61), Insure: true},
		`rule 2, never: more than 200`:                                           {Never: make([]string, 201)},
		`rule 2, name: "two` + "\\n" + `lines" must be at most 60 characters in`: {Name: "two\nlines", Insure: true},
	} {
		faults := rules.Check([]rules.Rule{{Insure: true}, r}, "EUR")
		if len(faults) == 0 || !strings.HasPrefix(faults[0].Error(), fault) {
			t.Errorf("%v, want %s", faults, fault)
		}
	}
	if faults := rules.Check(make([]rules.Rule, 201), "EUR"); len(faults) == 0 || faults[0].Error() != "rule: more than 200 rules" {
		t.Error(faults)
	}
}

func TestPaid(t *testing.T) {
	table := []rules.Kept{{"Express*", []string{"fast", "faster"}}, {"Standard", []string{"slow"}}}
	for method, want := range map[string]string{"express 24h": "[fast faster]", " STANDARD ": "[slow]", "Standard+": "[]", "": "[]"} {
		if got := fmt.Sprint(rules.Paid(table, method)); got != want {
			t.Errorf("%s: %s, want %s", method, got, want)
		}
	}
	if faults := rules.CheckKept(table); len(faults) > 0 {
		t.Error(faults)
	}
	for want, row := range map[string]rules.Kept{
		`paid 3, method: "" is empty`:            {"", []string{"x"}},
		`paid 3, method: "standard" stands`:      {"standard", []string{"x"}},
		`paid 3, services: write the services`:   {"New", nil},
		`paid 3, services: write the services t`: {"New", []string{""}},
	} {
		if faults := rules.CheckKept(append(table[:2:2], row)); len(faults) != 1 || !strings.HasPrefix(faults[0].Error(), want) {
			t.Errorf("%v, want %s", faults, want)
		}
	}
}

// What rules do to a choice, and how the reasons name them.
func TestRulesInTheChoice(t *testing.T) {
	quotes := func() []carrier.Quote {
		day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
		q := func(source, of, service string, minor int64) carrier.Quote {
			return carrier.Quote{
				Source: source, Carrier: of, CarrierName: "Carrier " + of, Service: service, Name: "Service " + service, Price: eur(minor), Promise: day, Reliability: 1000, Allowed: true,
			}
		}
		return []carrier.Quote{q(carrier.Card, "a", "x", 500), q("web1", "b", "y", 600), q("web1", "b", "z", 700)}
	}
	for _, tt := range []struct {
		name  string
		rules []rules.Rule
		wish  string
		paid  []string
		want  string
	}{
		{"none", nil, "", nil, "x: cheapest | y: 1.00 EUR dearer | z: 2.00 EUR dearer"},
		{"never", []rules.Rule{{Name: "No A", Never: []string{"Carrier A"}}}, "", nil, "y: cheapest | z: 1.00 EUR dearer | x: rule 1, No A: never this service [rule 1, No A]"},
		{"use a service", []rules.Rule{{Use: []string{"z"}}}, "", nil, "z: rule 1: use this service [rule 1] | x: rule 1: use another service; 2.00 EUR cheaper | y: rule 1: use another service; 1.00 EUR cheaper"},
		{"use an account", []rules.Rule{{Use: []string{"web1"}}}, "", nil, "y: rule 1: use this service; lowest expected cost, 6.00 EUR [rule 1] | z: 1.00 EUR dearer [rule 1] | x: rule 1: use another service; 1.00 EUR cheaper"},
		{"the first that can be used", []rules.Rule{{Use: []string{"nobody"}}, {Use: []string{"y"}}, {Use: []string{"z"}}}, "", nil, "y: rule 2: use this service [rule 2] | x: rule 2: use another service; 1.00 EUR cheaper | z: rule 2: use another service; 1.00 EUR dearer"},
		{"nobody to use", []rules.Rule{{Use: []string{"nobody"}}}, "", nil, "x: cheapest; rule 1: nothing that it names takes the parcel | y: 1.00 EUR dearer | z: 2.00 EUR dearer"},
		{"prefer, and it is enough", []rules.Rule{{Prefer: []string{"y"}, By: "1.01"}}, "", nil, "y: lowest expected cost, 4.99 EUR; rule 1: 1.01 EUR off [rule 1] | x: a rule of the shop prefers another; 1.00 EUR cheaper, but 0.01 EUR dearer in all | z: 1.00 EUR dearer"},
		{"prefer, and it is not", []rules.Rule{{Prefer: []string{"y"}, By: "0.99"}}, "", nil, "x: cheapest | y: 1.00 EUR dearer [rule 1] | z: 2.00 EUR dearer"},
		{"two preferences add up", []rules.Rule{{Prefer: []string{"b"}, By: "0.60"}, {Prefer: []string{"y"}, By: "0.50"}}, "", nil, "y: lowest expected cost, 4.90 EUR; rule 1: 0.60 EUR off; rule 2: 0.50 EUR off [rule 1 rule 2] | x: a rule of the shop prefers another; 1.00 EUR cheaper, but 0.10 EUR dearer in all | z: 1.00 EUR dearer [rule 1]"},
		{"signature and insurance", []rules.Rule{{Name: "Dear", ValueFrom: "10", Signature: true}, {Insure: true}}, "", nil, "y: cheapest; rule 1, Dear: with a signature; rule 2: with insurance | z: 1.00 EUR dearer | x: rule 1, Dear: nobody signs for its parcels, by its card [rule 1, Dear]"},
		{"both in one rule, and a card that has them", []rules.Rule{{Signature: true, Insure: true}}, "signed", nil, "x: the order asks for it; rule 1: with a signature and insurance | y: the order asks for another service; 1.00 EUR dearer | z: the order asks for another service; 2.00 EUR dearer"},
		{"what the carrier pays is not enough", []rules.Rule{{Insure: true}}, "short", nil, "y: cheapest; no card has the service that the order asks for, short; rule 1: with insurance | z: 1.00 EUR dearer | x: rule 1: it pays 9.99 EUR at most, by its card [rule 1]"},
		{"not known", []rules.Rule{{MassFrom: "1 kg", Use: []string{"z"}, Never: []string{"x"}, Prefer: []string{"y"}, By: "9", Signature: true}}, "", nil, "x: cheapest; rule 1: the mass is not known | y: 1.00 EUR dearer | z: 2.00 EUR dearer"},
		{"a wish before use", []rules.Rule{{Use: []string{"x"}}}, "z", nil, "z: the order asks for it | x: the order asks for another service; 2.00 EUR cheaper [rule 1] | y: the order asks for another service; 1.00 EUR cheaper"},
		{"never before a wish", []rules.Rule{{Never: []string{"z"}}}, "z", nil, "x: cheapest; the service that the order asks for, z, does not take it | y: 1.00 EUR dearer | z: rule 1: never this service [rule 1]"},
		{"paid", nil, "Express", []string{"z", "y"}, "y: the order asks for it; lowest expected cost, 6.00 EUR | z: 1.00 EUR dearer | x: the order asks for another service; 1.00 EUR cheaper"},
		{"paid, and nobody keeps it", nil, "Express", []string{"v"}, "x: cheapest; no service that keeps what the order asks for, Express, takes it | y: 1.00 EUR dearer | z: 2.00 EUR dearer"},
	} {
		p := carrier.Parcel{Service: tt.wish, Paid: tt.paid, Rules: rules.Apply(tt.rules, rules.Parcel{Value: eur(1000)}, "EUR")}
		var got []string
		all := quotes()
		switch tt.wish {
		case "signed":
			all[0].Name, all[0].Signs, all[0].Liability = "signed", true, 1000
		case "short":
			all[0].Signs, all[0].Liability = true, 999
		}
		p.Value = eur(1000)
		for _, q := range carrier.Choose(all, p) {
			line := q.Service + ": " + q.Reason
			if len(q.Rules) > 0 {
				line += " [" + strings.Join(q.Rules, " ") + "]"
			}
			got = append(got, line)
		}
		if got := strings.Join(got, " | "); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// A rule that is off does nothing, whatever it asks, and keeps its place: the ones after it
// are called by theirs.
func TestARuleThatIsOffDoesNothing(t *testing.T) {
	list := []rules.Rule{{Off: true, Insure: true}, {Never: []string{"x"}}}
	got := rules.Apply(list, rules.Parcel{Country: "DE"}, "EUR")
	if len(got) != 1 || got[0].Name != "rule 2" || got[0].Insure {
		t.Errorf("%+v", got)
	}
}

func TestRulesInWords(t *testing.T) {
	for want, r := range map[string]rules.Rule{
		"always: insured": {Insure: true},
		"to DE, AT; worth at least 500; dangerous goods: use a, b": {Countries: []string{"DE", "AT"}, ValueFrom: "500", Dangerous: "yes", Use: []string{"a", "b"}},
		"weighing at most 2 kg; no dangerous goods: never x, prefer y unless dearer by more than 0.60, with a signature": {
			MassTo: "2 kg", Dangerous: "no", Never: []string{"x"}, Prefer: []string{"y"}, By: "0.60", Signature: true,
		},
	} {
		if got := r.If(english) + ": " + r.Then(english); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// english puts arguments into a phrase.
func english(phrase string, args ...string) string {
	for i := 0; i+1 < len(args); i += 2 {
		phrase = strings.ReplaceAll(phrase, "{"+args[i]+"}", args[i+1])
	}
	return phrase
}
