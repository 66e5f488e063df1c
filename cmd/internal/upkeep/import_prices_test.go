package upkeep

import (
	"strings"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
)

// A plain price list is taken whole or not at all, and counts at once; that its labels
// are no postage yet is said.
func TestPriceListIsImported(t *testing.T) {
	d := foldertest.Shop(t)
	const good = "carrier,service,country,up to kg,price,days\nBike Post,Basket,DE,5,3.90,1\nBike Post,Basket,world,5,9.90,\n"
	out, err := New(d).Import(t.Context(), "rates", strings.NewReader(good+"Bike Post,Basket,DE,ten,7,\n"), "/home/me/prices.csv", nil)
	if err != nil || len(out.Rejected) != 1 || out.Rejected[0].Row != 4 || out.Added != 0 {
		t.Fatalf("a row that cannot be read: %+v, %v", out, err)
	}
	if cards, err := New(d).storedCards(t.Context()); err != nil || len(cards) != 1 {
		t.Fatalf("half of it was taken: %d cards, %v", len(cards), err)
	}
	out, err = New(d).Import(t.Context(), "rates", strings.NewReader(good), "/home/me/prices.csv", nil)
	if err != nil || out.Added != 1 || len(out.Warnings) != 1 || !strings.Contains(out.Warnings[0].Reason, "no postage") {
		t.Fatalf("%+v, %v", out, err)
	}
	if got := price(t, d, "bike-post-basket"); got != 390 {
		t.Errorf("it costs %d", got)
	}
	if out, err = New(d).Import(t.Context(), "rates", strings.NewReader(good), "prices.csv", nil); err != nil || out.Unchanged != 1 {
		t.Errorf("again: %+v, %v", out, err)
	}
	_, err = New(d).Import(t.Context(), "rates", strings.NewReader("Order,SKU\n1,A\n"), "/home/me/orders.csv", nil)
	if err == nil || !strings.HasPrefix(err.Error(), `orders.csv: there is no column "carrier"; the file has: Order, SKU`) {
		t.Errorf("another file: %v", err)
	}
}

// What is wrong with prices is named where it stands, by row and column or by the path in
// the file, and nothing is taken; what is odd is taken and named.
func TestWrongPricesAreNamedWhereTheyStand(t *testing.T) {
	d := foldertest.Shop(t)
	bring := func(name, text string) (Import, error) {
		return New(d).Import(t.Context(), "rates", strings.NewReader(text), name, nil)
	}
	out, err := bring("p.csv", "carrier,service,country,up to kg,price\nBike,Basket,DE,5,3.90\nBike,Basket,AT,5,3.90\nBike,Basket,DE,10,3.80\n")
	if err != nil || len(out.Rejected) != 1 || out.Rejected[0].Row != 4 || out.Rejected[0].Column != "price" || !strings.Contains(out.Rejected[0].Reason, "the price falls") || out.Added != 0 {
		t.Errorf("a falling price: %+v, %v", out, err)
	}
	card := `{"format": "packbench-rates-1", "currency": "EUR", "carriers": [{"id": "bike", "name": "Bike", "time_zone": "UTC", "working_days": ["mon"],
		"tracking": {"prefix": "BK", "digits": 8, "check": "none"}, "services": [{"id": "b", "name": "B", "cut_off": "16:00", "max_mass": "9 kg",
		"zones": [{"id": "town", "areas": [{"country": "DE", "postcodes": ["10115"]}], "breaks": [{"upto": "5 kg", "price": "1"}]}]}]}]}`
	out, err = bring("c.json", strings.Replace(card, "10115", "101150", 1))
	if err == nil || !strings.Contains(err.Error(), "zone town: no address can be in it") || !strings.Contains(err.Error(), "(carriers[0].services[0].zones[0])") || out.Added != 0 {
		t.Errorf("a zone that nobody is in: %+v, %v", out, err)
	}
	if _, err = bring("c.json", strings.Replace(card, "EUR", "EUX", 1)); err == nil || !strings.Contains(err.Error(), `no currency has the code "EUX"`) {
		t.Errorf("a currency that nobody has: %v", err)
	}
	if cards, err := New(d).storedCards(t.Context()); err != nil || len(cards) != 1 {
		t.Fatalf("some of it was taken: %d cards, %v", len(cards), err)
	}
	out, err = bring("c.json", card)
	if err != nil || out.Added != 1 || len(out.Warnings) != 1 || out.Warnings[0].Column != "carriers[0].services[0]" || !strings.Contains(out.Warnings[0].Reason, "no zone has a price over 5 kg") {
		t.Errorf("an odd card: %+v, %v", out, err)
	}
}
