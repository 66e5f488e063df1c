package intake

import (
	"strings"
	"testing"

	"packbench/station"
)

func TestProductsSayWhichDangerousGoodsTheyAre(t *testing.T) {
	for file, want := range map[string]station.Danger{
		"sku,dangerous\nA,\n":                         "",
		"sku,Dangerous goods\nA,no\n":                 "",
		"sku,hazmat\nA,x\n":                           station.OtherDanger,
		"sku,dangerous\nA,limited quantity\n":         station.LimitedQuantity,
		"sku,UN number\nA,UN3481\n":                   station.LithiumBattery,
		"sku,Lithium battery\nA,yes\n":                station.LithiumBattery,
		"sku,dangerous,LQ\nA,yes,yes\n":               station.LimitedQuantity,
		"sku,LQ,lithium battery\nA,yes,yes\n":         station.LithiumBattery,
		"sku,dangerous,lithium battery\nA,LQ,yes\n":   station.LithiumBattery,
		"sku,dangerous,limited quantity\nA,UN3480,\n": station.LithiumBattery,
		// A UN number is more than a plain yes: what the other columns add takes nothing of it.
		"sku,dangerous,lithium battery\nA,UN1950,yes\n": station.OtherDanger,
		"sku,dangerous,LQ\nA,class 3,yes\n":             station.OtherDanger,
		"sku,dangerous,LQ\nA,no,yes\n":                  station.LimitedQuantity,
		"sku,dangerous,LQ,lithium battery\nA,x,x,x\n":   station.LithiumBattery,
	} {
		items, rep := readProducts(t, file, "p.csv")
		if len(items) != 1 || items[0].Danger != want {
			t.Errorf("%q: %+v, %+v; want %q", file, items, rep.Rejected, want)
		}
	}
	rep := Having([]string{"sku", "lithium battery"})
	known := station.Product{SKU: "A", Danger: station.LithiumBattery}
	if p, loss := rep.Merge(known, station.Product{SKU: "A"}); p.Danger != "" || loss == "" {
		t.Errorf("a mark is lost without a word: %+v, %q", p, loss)
	}
	weaker, stronger := station.Product{SKU: "A", Danger: station.LimitedQuantity}, station.Product{SKU: "A", Danger: station.OtherDanger}
	if p, loss := rep.Merge(known, weaker); p.Danger != weaker.Danger || !strings.Contains(loss, "the mark lithium battery for limited quantity") {
		t.Errorf("a weaker mark without a word: %+v, %q", p, loss)
	}
	if p, loss := rep.Merge(known, stronger); p.Danger != stronger.Danger || loss != "" {
		t.Errorf("a stronger mark is no loss: %+v, %q", p, loss)
	}
	rep = Having([]string{"sku", "name"})
	if p, loss := rep.Merge(known, station.Product{SKU: "A"}); p.Danger != known.Danger || loss != "" {
		t.Errorf("a file without the column takes the mark away: %+v, %q", p, loss)
	}
}
