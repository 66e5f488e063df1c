package carrier

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"packbench/assets"
)

func TestFaultsAreNamed(t *testing.T) {
	tests := []struct{ name, old, new, want string }{
		{"not JSON", `"currency": "EUR",`, `"currency": "EUR"`, "line 3:"},
		{"format", "packbench-rates-1", "rates", `the format is "rates"`},
		{"currency", `"EUR"`, `"EURO"`, `"EURO" is not a three-letter code`},
		{"unknown name", "fuel_permille", "fuel_permile", `unknown field "fuel_permile"`},
		{"zone of time", "Europe/Berlin", "Europe/Atlantis", `carrier a: time_zone "Europe/Atlantis" is not known`},
		{"day", `"holidays": ["12-25"`, `"holidays": ["25.12."`, `carrier a: holidays: "25.12." is not a day`},
		{"working day", `["mon","tue","wed","thu","fri"]`, `["monday"]`, `carrier a: working_days: "monday"`},
		{"no working days", `["mon","tue","wed","thu","fri"]`, `[]`, `carrier a: working_days is empty`},
		{"customs", `"cut_off": "16:00"`, `"cut_off": "16:00", "customs": "cn22"`, `carrier a, service a-slow: customs "cn22" is neither "cn23" nor "invoice"`},
		{"cut-off", `"cut_off": "16:00"`, `"cut_off": "4 pm"`, `carrier a, service a-slow: cut_off: "4 pm" is not a time`},
		{"price", `"price": "4.00"`, `"price": "four"`, `carrier a, service a-slow, zone city: price: money`},
		{"price missing", `"price": "4.00"`, `"price": ""`, `carrier a, service a-slow, zone city: price`},
		{"negative price", `"price": "4.00"`, `"price": "-4.00"`, `zone city: price: "-4.00" is below 0`},
		{"falling price", `"price": "5.00"`, `"price": "3.99"`, `zone city: break 2: the price falls`},
		{"breaks out of order", `{"upto": "5 kg", "price": "5.00"}`, `{"upto": "1 kg", "price": "5.00"}`, `break 2: 1 kg does not come after 2 kg`},
		{"mass without unit", `"upto": "2 kg", "price": "4.00"`, `"upto": "2", "price": "4.00"`, `zone city: upto: mass "2": the unit is missing`},
		{"country", `"country": "DE", "postcodes": ["1011"]`, `"country": "Germany"`, `zone street: country "Germany"`},
		{"overlap", `["1011"]`, `["12"]`, `carrier a, service a-slow: DE 12 stands in zone city and in zone street`},
		{"fuel", `"fuel_permille": 125`, `"fuel_permille": -1`, `carrier b, service b-fast: fuel_permille -1`},
		{"surcharge", `"amount": "1.01"`, `"amount": "x"`, `carrier b, service b-fast, surcharge heavy: amount`},
		{"transit", `"transit_days": 3`, `"transit_days": 300`, `zone land: transit_days 300`},
		{"two carriers", `"id": "b", "name"`, `"id": "a", "name"`, `there are two carriers "a"`},
		{"one service at two", `"id": "b-fast"`, `"id": "a-slow"`, `service "a-slow" stands at carrier a and at carrier b`},
		{"reliability", `"reliability": 990`, `"reliability": 99.0`, `carrier 2`},
		{"tracking", `"check": "s10"`, `"check": "crc"`, `carrier a: tracking: the check "crc"`},
		{"empty range", `"check": "s10"`, `"check": "s10", "first": 20, "last": 10`, `carrier a: tracking: first 20 and last 10`},
		{"range too large", `"check": "s10"`, `"check": "s10", "last": 100000000`, `last 100000000 must be a range that fits into 8 digits`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(card, tt.old) {
				t.Fatalf("the card has no %s", tt.old)
			}
			_, err := LoadCards([]byte(strings.Replace(card, tt.old, tt.new, 1)))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
}

func TestSampleCardsAndEncode(t *testing.T) {
	files, err := assets.Sample()
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(files, "rates.json")
	if err != nil {
		t.Fatal(err)
	}
	cards, err := LoadCards(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(cards.Carriers) != 3 {
		t.Errorf("%d carriers", len(cards.Carriers))
	}
	text, err := cards.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := LoadCards(text)
	if err != nil {
		t.Fatal(err)
	}
	second, err := again.Encode()
	if err != nil || !bytes.Equal(text, second) {
		t.Errorf("a card changes when it is written and read: %v", err)
	}
	merged, err := Merge(cards, again)
	if err != nil || len(merged.Carriers) != 3 {
		t.Errorf("merging a card with itself: %d carriers, %v", len(merged.Carriers), err)
	}
	other := again
	other.Currency = "USD"
	if _, err := Merge(cards, other); err == nil {
		t.Error("cards in two currencies were merged")
	}
}

func FuzzLoadCards(f *testing.F) {
	f.Add([]byte(card))
	for seed := range uint64(4) {
		rich := shopCards(f, rand.New(rand.NewPCG(seed, 1)), 1, 1, 2, 2, 4)
		text, err := rich.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"format":"packbench-rates-1","currency":"EUR","carriers":[null]}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := LoadCards(data)
		if err != nil {
			return
		}
		p := parcel()
		for _, q := range Quotes(c, p) {
			if q.Reason == "" || q.Price.Minor < 0 {
				t.Errorf("quote %+v", q)
			}
		}
	})
}
