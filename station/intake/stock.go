package intake

import (
	"context"
	"io"
)

// StockRow is what a file says of a product in a bin, and of how it is bought. Zero values
// of the latter are not said, but for what is on order.
type StockRow struct {
	Row      int // of the file
	SKU      string
	Bin      string // "" where the file names none
	Counted  bool   // the file says how many there are
	Qty      int
	Supplier string
	Lead     int // days
	Pack     int // units
	OnOrder  int // units, -1: not said
	Terms    bool
}

// MaxStock is how many units of a product a file may say lie in a bin, or are on order.
const MaxStock = 1_000_000

// MaxLead is how many days a delivery may take.
const MaxLead = 730

// stocks reads stock files. Columns: sku, bin, qty, supplier, lead time, pack size, on
// order. Needed: sku, qty.
type stocks struct {
	held
	items []StockRow
	seen  map[[2]string]int
}

func (*stocks) schema([]string) schema {
	return schema{
		{name: "sku", need: true, also: []string{"product", "article", "item", "artikel", "artikelnummer", "variantsku", "itemsku"}},
		{name: "bin", also: []string{"location", "shelf", "place", "binlocation", "lagerplatz", "platz", "fach"}},
		{name: "qty", need: true, kind: whole, also: []string{"quantity", "onhand", "stock", "count", "counted", "menge", "bestand", "anzahl"}},
		{name: "supplier", also: []string{"vendor", "lieferant"}},
		{name: "lead time", kind: whole, also: []string{"leaddays", "leadtimedays", "lead", "deliverydays", "lieferzeit", "lieferzeittage"}},
		{name: "pack size", kind: whole, also: []string{"pack", "packqty", "orderunit", "unitsperpack", "gebinde", "packungsgröße"}},
		{name: "on order", kind: whole, also: []string{"ordered", "incoming", "qtyonorder", "bestellt"}},
	}
}

// ReadStock reads how many units lie in bins, and how products are bought.
func ReadStock(ctx context.Context, r io.Reader, name string, o Options) ([]StockRow, Report, error) {
	return readAll(ctx, r, name, o, &stocks{seen: map[[2]string]int{}})
}

func (s *stocks) add(r row, o Options, _ *Report) error {
	if err := s.hold(r.record); err != nil {
		return err
	}
	item := StockRow{Row: r.row, OnOrder: -1}
	word, err := r.id("sku")
	if err != nil {
		return err
	}
	item.SKU = word
	if o.Product != nil {
		sku, ok := o.Product(word)
		if !ok {
			return r.fail("sku", "the catalogue has no product %q: import products first", short(word))
		}
		item.SKU = sku
	}
	if item.Bin, err = r.long("bin", 40); err == nil && item.Bin != "" {
		item.Bin, err = r.exact("bin", item.Bin)
	}
	if err != nil {
		return err
	}
	if first, ok := s.seen[[2]string{item.SKU, item.Bin}]; ok {
		return r.fail("sku", "product %q in bin %q stands in row %d already", short(item.SKU), short(item.Bin), first)
	}
	for _, n := range []struct {
		column    string
		to        *int
		said      *bool
		min, most int
	}{
		{"qty", &item.Qty, &item.Counted, 0, MaxStock},
		{"lead time", &item.Lead, &item.Terms, 1, MaxLead},
		{"pack size", &item.Pack, &item.Terms, 1, MaxStock},
		{"on order", &item.OnOrder, &item.Terms, 0, MaxStock},
	} {
		if r.text(n.column) == "" {
			continue
		}
		if *n.to, err = r.whole(n.column); err != nil {
			return err
		}
		if *n.to < n.min || *n.to > n.most {
			return r.fail(n.column, "%s is not a number from %d to %d", short(r.text(n.column)), n.min, n.most)
		}
		*n.said = true
	}
	if item.Supplier, err = r.long("supplier", 100); err != nil {
		return err
	}
	item.Terms = item.Terms || item.Supplier != ""
	if !item.Counted && !item.Terms {
		return r.fail("qty", "it is empty; write 0 for none")
	}
	s.seen[[2]string{item.SKU, item.Bin}] = r.row
	s.items = append(s.items, item)
	return nil
}

func (s *stocks) done(*Report) ([]StockRow, error) { return s.items, nil }
