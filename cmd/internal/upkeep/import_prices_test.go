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
