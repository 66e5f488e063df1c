package carrier

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"packbench/station/unit"
)

// asked is a quote of a line, "source service price currency arrives reliability":
// arrives is a day of November 2026 or "-"; being late costs 10.00 unless a test says
// otherwise.
func asked(line string) Quote {
	q := Quote{Allowed: true, LateCost: 1000}
	var arrives string
	if _, err := fmt.Sscan(line, &q.Source, &q.Service, &q.Price.Minor, &q.Price.Currency, &arrives, &q.Reliability); err != nil {
		panic(err)
	}
	q.Carrier = q.Source
	if arrives != "-" {
		q.Promise = berlin("2026-11-" + arrives + " 00:00")
	}
	return q
}

// C3: the lowest expected cost wins, whoever asks it; every line says why, in money
// and days.
func TestExpectedCost(t *testing.T) {
	due := func(day string) func(*Parcel, []Quote) {
		return func(p *Parcel, _ []Quote) { p.Promise = berlin("2026-11-" + day + " 20:00") }
	}
	unpriced := func(p *Parcel, all []Quote) {
		due("24")(p, all)
		for i := range all {
			all[i].LateCost = 0
		}
	}
	worth := func(minor int64) func(*Parcel, []Quote) {
		return func(p *Parcel, all []Quote) {
			p.Value = unit.Money{Minor: minor, Currency: "EUR"}
			all[0].LostPerMillion = 5_000
			all[1].LostPerMillion, all[1].Liability = 5_000, 50_000
		}
	}
	for _, tt := range []struct {
		name   string
		lines  []string
		change func(*Parcel, []Quote)
		want   []string
	}{
		{"more on time for a little more", []string{"card x 500 EUR 24 900", "card y 550 EUR 24 990"}, nil, []string{
			"y 560: lowest expected cost, 5.60 EUR", "x 600: more often late; 0.50 EUR cheaper, but 0.40 EUR dearer in all",
		}},
		{"and for too much more", []string{"card x 500 EUR 24 900", "card y 591 EUR 24 990"}, nil, []string{
			"x 600: cheapest", "y 601: 0.91 EUR dearer",
		}},
		{"a promise may be too dear", []string{"card x 100 EUR 25 900", "card y 1001 EUR 24 900"}, due("24"), []string{
			"x 1100: lowest expected cost, 11.00 EUR, though it arrives 1 day after the promise", "y 1101: 9.01 EUR dearer, arrives 1 day earlier",
		}},
		{"and is kept below that", []string{"card x 100 EUR 25 900", "card y 999 EUR 24 900"}, due("24"), []string{
			"y 1099: the only one that keeps the promise", "x 1100: arrives 1 day after the promise; 8.99 EUR cheaper, but 0.01 EUR dearer in all",
		}},
		{"each day late counts", []string{"card x 100 EUR 26 900", "card y 1001 EUR 25 900"}, due("24"), []string{
			"y 2001: no service keeps the promise; this one arrives first, 1 day late", "x 2100: arrives 1 day later; 9.01 EUR cheaper, but 0.99 EUR dearer in all",
		}},
		{"all late, and the first is too dear", []string{"card x 100 EUR 26 900", "card y 1101 EUR 25 900"}, due("24"), []string{
			"x 2100: no service keeps the promise; lowest expected cost, 21.00 EUR, 2 days late", "y 2101: 10.01 EUR dearer, arrives 1 day earlier",
		}},
		{"the shop says what a day late costs", []string{"card x 100 EUR 25 900", "card y 999 EUR 24 900"}, func(p *Parcel, all []Quote) {
			due("24")(p, all)
			p.LateCost = 200
		}, []string{
			"x 300: lowest expected cost, 3.00 EUR, though it arrives 1 day after the promise", "y 1019: 8.99 EUR dearer, arrives 1 day earlier",
		}},
		{"nobody says what a day late costs", []string{"card x 100 EUR 25 900", "card y 9000 EUR 24 900", "card z 9001 EUR 24 999"}, unpriced, []string{
			"y 9000: cheapest that keeps the promise", "z 9001: 0.01 EUR dearer", "x 100: arrives 1 day after the promise; 89.00 EUR cheaper",
		}},
		{"nobody says it, and all are late", []string{"card x 100 EUR 26 900", "card y 9000 EUR 25 900", "web z 50 EUR - 0"}, unpriced, []string{
			"y 9000: no service keeps the promise; this one arrives first, 1 day late", "x 100: arrives 1 day later; 89.00 EUR cheaper",
			"z 50: does not say when it arrives; 89.50 EUR cheaper",
		}},
		{"a service that says nothing is no better", []string{"card x 500 EUR 24 900", "web y 501 EUR 24 900"}, func(_ *Parcel, all []Quote) { all[1].LateCost = 0 }, []string{
			"x 600: cheapest", "y 601: 0.01 EUR dearer",
		}},
		{"what may be lost counts, as far as the carrier does not pay it", []string{"card x 500 EUR 24 900", "web y 900 EUR 24 900"}, worth(90_000), []string{
			"x 1050: cheapest", "y 1200: 4.00 EUR dearer",
		}},
		{"and decides for dear goods", []string{"card x 500 EUR 24 900", "web y 540 EUR 24 900"}, worth(40_000), []string{
			"y 640: lowest expected cost, 6.40 EUR", "x 800: higher risk of loss; 0.40 EUR cheaper, but 1.60 EUR dearer in all",
		}},
		{"goods of another currency are not counted", []string{"card x 500 EUR 24 900", "web y 540 EUR 24 900"}, func(p *Parcel, all []Quote) {
			worth(40_000)(p, all)
			p.Value.Currency = "CHF"
		}, []string{"x 600: cheapest", "y 640: 0.40 EUR dearer"}},
		{"no day is no promise", []string{"web x 500 EUR - 990", "card y 900 EUR 24 900"}, due("24"), []string{
			"y 1000: the only one that keeps the promise", "x 1500: does not say when it arrives; 4.00 EUR cheaper, but 5.00 EUR dearer in all",
		}},
		{"nobody names a day", []string{"web x 500 EUR - 990", "web y 900 EUR - 990"}, due("24"), []string{
			"x 1500: no service is known to keep the promise; lowest expected cost, 15.00 EUR", "y 1900: does not say when it arrives; 4.00 EUR dearer",
		}},
		{"a day matters only where one is promised", []string{"web x 500 EUR - 900", "card y 500 EUR 24 900"}, nil, []string{
			"y 600: cheapest", "x 600: same price; the first by name is taken",
		}},
		{"a share that is not known", []string{"web x 500 EUR 24 0", "card y 500 EUR 24 951"}, nil, []string{
			"y 549: cheapest", "x 550: same price, more often late",
		}},
		{"another currency is not compared", []string{"web x 100 USD 24 999", "card y 500 EUR 24 900"}, nil, []string{
			"y 600: the only service that takes it", "x 101: asks 1.00 USD, which is not compared with prices in EUR",
		}},
		{"whatever it is called", []string{"web x 100 CHF 24 999", "card y 500 EUR 24 900"}, nil, []string{
			"y 600: the only service that takes it", "x 101: asks 1.00 CHF, which is not compared with prices in EUR",
		}},
		{"unless there is no other", []string{"web x 100 USD 24 900", "web y 90 USD 24 900", "web z 1 ZAR 24 900"}, func(p *Parcel, _ []Quote) { p.Currency = "EUR" }, []string{
			"y 190: cheapest; its price is in USD", "x 200: 0.10 USD dearer", "z 101: asks 0.01 ZAR, which is not compared with prices in USD",
		}},
		{"or it is wished for", []string{"web x 100 USD 24 900", "card y 50 EUR 24 900"}, func(p *Parcel, _ []Quote) { p.Service = "X" }, []string{
			"x 200: the order asks for it; its price is in USD", "y 150: the order asks for another service",
		}},
		{"two sell the wished service", []string{"card x 500 EUR 24 900", "web x 400 EUR 24 900", "card y 1 EUR 24 900"}, func(p *Parcel, _ []Quote) { p.Service = "x" }, []string{
			"x 500: the order asks for it; lowest expected cost, 5.00 EUR", "x 600: 1.00 EUR dearer", "y 101: the order asks for another service; 3.99 EUR cheaper",
		}},
		{"a wished service that names no day", []string{"web x 500 EUR - 900"}, func(p *Parcel, all []Quote) {
			due("24")(p, all)
			p.Service = "x"
		}, []string{"x 1500: the order asks for it; does not say when it arrives"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, all := parcel(), []Quote{}
			for _, line := range tt.lines {
				all = append(all, asked(line))
			}
			if tt.change != nil {
				tt.change(&p, all)
			}
			Choose(all, p)
			var got []string
			for i, q := range all {
				got = append(got, fmt.Sprintf("%s %d: %s", q.Service, q.Score.Minor, q.Reason))
				if q.Chosen != (i == 0) {
					t.Errorf("%s is chosen: %v", q.Service, q.Chosen)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got\n %s\nwant\n %s", strings.Join(got, "\n "), strings.Join(tt.want, "\n "))
			}
		})
	}
}

// Any quotes in any order: one choice, the same one, and terms that add up.
func TestChoiceOfAnyQuotes(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
	for range 3000 {
		var all []Quote
		for i := range rnd.IntN(6) + 1 {
			source, currency, _ := strings.Cut(pick("card EUR", "web EUR", "web USD"), " ")
			q := asked(fmt.Sprintf("%s s%d %d %s %s %d", source, i, rnd.IntN(4)*100, currency, pick("24", "25", "26", "-"), rnd.IntN(1001)))
			q.Allowed, q.LateCost, q.LostPerMillion = rnd.IntN(4) > 0, int64(rnd.IntN(3)*100), rnd.IntN(2000)
			all = append(all, q)
		}
		p := parcel()
		p.Service, p.Currency, p.Value = pick("", "", "s1"), pick("", "EUR"), unit.Money{Minor: 12_345, Currency: "EUR"}
		if rnd.IntN(2) == 0 {
			p.Promise = berlin("2026-11-25 12:00")
		}
		p.Rules = []Ruled{{Name: "rule 1", Never: []string{pick("s0", "nobody")}}, {Name: "rule 2", Prefer: []string{"web"}, By: 50}, {Name: "rule 3", Use: []string{pick("s3", "nobody")}}}
		p.History, p.Numbers = later{}, map[string]Numbers{"card": {Left: 3, Low: true}}
		other := slices.Clone(all)
		rnd.Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		Choose(all, p)
		Choose(other, p)
		if again := Choose(slices.Clone(all), p); !reflect.DeepEqual(again, all) {
			t.Fatalf("chosen from twice:\n%+v\n%+v", again, all)
		}
		for i, q := range all {
			sum := int64(0)
			for _, term := range q.Score.Terms {
				sum += term.Minor
			}
			if q.Chosen != (i == 0 && q.Allowed) || q.Allowed && (q.Reason == "" || sum != q.Score.Minor) {
				t.Fatalf("quote %d of %+v", i, all)
			}
			if q.Allowed && other[i].Reason != q.Reason {
				t.Fatalf("the order in which quotes come matters:\n%+v\n%+v", all, other)
			}
		}
	}
}

// What a card says of losses and signatures counts, and is checked.
func TestCardsSayWhatIsLost(t *testing.T) {
	const fast = `"dangerous_goods": true,`
	with := func(fields string) (Cards, error) {
		return LoadCards([]byte(strings.Replace(card, fast, fast+fields+",", 1)))
	}
	c, err := with(`"lost_per_million": 2000, "liability": "50.00", "signature": true`)
	if err != nil {
		t.Fatal(err)
	}
	p := parcel()
	p.Value = unit.Money{Minor: 25_000, Currency: "EUR"}
	for _, q := range Quotes(c, p) {
		if want := map[string]Term{"a-slow": {"lost", 0}, "b-fast": {"lost", 40}}[q.Service]; q.Score.Terms[2] != want || q.Signs != (q.Service == "b-fast") {
			t.Errorf("%s: %+v, signs %v", q.Service, q.Score, q.Signs)
		}
	}
	for fields, fault := range map[string]string{
		`"lost_per_million": 1000001`: "lost_per_million 1000001 is outside", `"lost_per_million": -1`: "lost_per_million -1", `"liability": "-1"`: "liability: ",
	} {
		if _, err := with(fields); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%s: %v", fields, err)
		}
	}
}

// later is a history in which everybody is late twice as often as they say.
type later struct{}

func (later) OnTime(_, _ string, said int) int { return max(2*said-1000, 1) }

// What the shop has seen counts, not what the card says.
func TestHistoryCounts(t *testing.T) {
	p := parcel()
	p.History = later{}
	got := Choose([]Quote{asked("card x 500 EUR 24 900"), asked("card y 580 EUR 24 990")}, p)
	if got[0].Service != "y" || got[0].Reliability != 980 || got[0].Score.Minor != 600 || got[1].Reliability != 800 || got[1].Score.Minor != 700 {
		t.Errorf("%+v", got)
	}
}

func TestChoiceOfNothing(t *testing.T) {
	Choose(nil, parcel())
	all := []Quote{{Reason: "no"}, {Reason: "not either"}}
	Choose(all, parcel())
	if all[0].Chosen || all[1].Chosen || all[0].Reason != "no" {
		t.Errorf("%+v", all)
	}
}
