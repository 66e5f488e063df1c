package papers

import (
	"strings"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/labels"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// TestASlipGoesByTheProduct: the shop may number an order's lines anew after a
// parcel was packed; its slip still tells what is in the box.
func TestASlipGoesByTheProduct(t *testing.T) { // L3
	w := paperwork{order: station.Order{ID: "1001", Lines: []station.Line{
		{ID: "1", SKU: "MUG", Qty: 2}, {ID: "2", SKU: "TEA", Qty: 1}, {ID: "3", SKU: "MUG", Qty: 1},
	}}}
	p := store.Parcel{Contents: []pack.Content{
		{Line: "1", SKU: "MUG", Qty: 2}, {Line: "3", SKU: "TEA", Qty: 1}, {Line: "2", SKU: "GONE", Qty: 1}, {Line: "3", SKU: "MUG", Qty: 1},
	}}
	for i, want := range []int{2, 1, 1} {
		if l := w.order.Lines[i]; w.packedOf(p, l) != want {
			t.Errorf("line %s (%s): %d in the parcel, want %d", l.ID, l.SKU, w.packedOf(p, l), want)
		}
	}
}

// Every order number that a shop may give has a return label: its bar code holds
// the parcel's name, or the SSCC where it cannot.
func TestEveryParcelHasAReturnNumber(t *testing.T) { // L3
	const sscc = "095200000000000011"
	home := labels.Address{Name: "Sample Customer", Street: "Musterweg 1", Postcode: "10115", City: "Berlin", Country: "DE"}
	widest := strings.Repeat("a0", longestRMA/2)
	for id, want := range map[string]string{
		"1042-1": "R-1042-1", "#S/1042.b_7-1": "R-#S/1042.b_7-1", widest: "R-" + widest,
		"Ñ1-1": "R-" + sscc, "1042\u200b-1": "R-" + sscc, "1 2-1": "R-" + sscc, widest + "0": "R-" + sscc, strings.Repeat("W", 64) + "-1": "R-" + sscc,
	} {
		have := RMA(store.Parcel{ID: id, SSCC: sscc})
		if have != want {
			t.Errorf("%s: %s, want %s", id, have, want)
		}
		for _, paper := range []string{"4x6", "a6"} {
			for _, dpi := range []int{203, 300} {
				p, err := labels.PaperNamed(paper)
				if err == nil {
					_, _, err = labels.ReturnLabel(labels.Return{From: home, To: home, RMA: have}, labels.Profile{DPI: dpi, Paper: p})
				}
				if err != nil {
					t.Errorf("%s on %s at %d dpi: %v", have, paper, dpi, err)
				}
			}
		}
	}
}

// A packing slip shows what was paid where the shop told it, and nothing that
// goes with a gift, or that a shop does not want, shows a price.
func TestPricesOnTheSlip(t *testing.T) { // L3
	euro := func(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }
	for name, c := range map[string]struct {
		change       func(*station.Order, *folder.Folder)
		want, lacked []string
	}{
		"priced": {func(*station.Order, *folder.Folder) {}, []string{"PRICE", "MUG · 2 × 14.90 EUR", "29.80 EUR", "6.50 EUR", "36.30 EUR"}, []string{"1 × "}},
		"a gift": {func(o *station.Order, _ *folder.Folder) { o.Gift = true }, nil, []string{" EUR", "PRICE", "14.90", "29.80", "36.30", "Total"}},
		"the shop wants none": {
			func(_ *station.Order, d *folder.Folder) { d.Settings.Printers.SlipPrices = false }, nil, []string{" EUR", "PRICE", "14.90", "29.80", "36.30", "Total"},
		},
		"none told": {func(o *station.Order, _ *folder.Folder) {
			o.Lines[0].Price, o.Lines[1].Price = unit.Money{}, unit.Money{}
		}, nil, []string{" EUR", "PRICE", "Total"}},
		"one is not told":    {func(o *station.Order, _ *folder.Folder) { o.Lines[1].Price = unit.Money{} }, []string{"PRICE", "29.80 EUR"}, []string{"Total", "6.50"}},
		"in two currencies":  {func(o *station.Order, _ *folder.Folder) { o.Lines[1].Price.Currency = "USD" }, []string{"29.80 EUR", "6.50 USD"}, []string{"Total"}},
		"a free one":         {func(o *station.Order, _ *folder.Folder) { o.Lines[1].Price.Minor = 0 }, []string{"29.80 EUR", "0.00 EUR", "Total"}, []string{"6.50"}},
		"some follow":        {func(o *station.Order, _ *folder.Folder) { o.Lines[0].Qty = 5 }, []string{"2 of 5", "29.80 EUR", "36.30 EUR"}, []string{"74.50"}},
		"a line is not here": {func(o *station.Order, _ *folder.Folder) { o.Lines[2].Price = euro(9999) }, []string{"36.30 EUR"}, []string{"99.99", "136."}},
		// What a discount leaves of a unit is rounded, and adds up to another sum than the shop's: 12.24 for 14.90, and 40.01 for 40.00.
		"as the shop has it": {func(o *station.Order, _ *folder.Folder) {
			o.Lines = o.Lines[:2]
			o.Lines[0].Listed, o.Lines[0].Price, o.Lines[1].Listed, o.Lines[1].Price = euro(1490), euro(1224), euro(1890), euro(1553)
			o.Bill = station.Bill{Subtotal: euro(4000), Discount: euro(870), Off: true, Shipping: euro(490), Tax: euro(717), Within: true, Total: euro(4490), Paid: euro(4490)}
		}, []string{"2 × 14.90 EUR", "29.80 EUR", "18.90 EUR", "-8.70 EUR", "40.00 EUR", "4.90 EUR", "7.17 EUR", "of which tax", "44.90 EUR", "Paid"}, []string{"12.24", "40.01", "15.53", "The whole order"}},
		"part of what the shop has": {func(o *station.Order, _ *folder.Folder) {
			o.Bill = station.Bill{Subtotal: euro(6000), Shipping: euro(490), Total: euro(6490)}
		}, []string{"The whole order:", "60.00 EUR", "64.90 EUR"}, []string{"36.30"}},
		"a gift with a bill": {func(o *station.Order, _ *folder.Folder) {
			o.Gift, o.Bill = true, station.Bill{Subtotal: euro(6000), Shipping: euro(490), Total: euro(6490)}
		}, nil, []string{" EUR", "Total", "Shipping", "64.90"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := foldertest.Shop(t)
			o := station.Order{ID: "77", Status: station.OrderOpen, To: station.Address{Name: "Sample Customer", Street: "Musterweg 1", Postcode: "10115", City: "Berlin", Country: "GB"}, Lines: []station.Line{
				{ID: "1", SKU: "MUG", Qty: 2, Kind: station.Goods, Price: euro(1490)},
				{ID: "2", SKU: "TEA", Qty: 1, Kind: station.Goods, Price: euro(650)},
				{ID: "3", SKU: "LATER", Qty: 1, Kind: station.Goods},
			}}
			d.Settings.Sender.Phone, d.Settings.Sender.Email = "+49 30 1234", "help@shop.example"
			c.change(&o, d)
			if _, err := d.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
				t.Fatal(err)
			}
			w := foldertest.NewWriter(t, d, "S1")
			done := pack.ParcelDone{Parcel: "77-1", Order: "77", SSCC: "095200000000000011", Tracking: "T1", Carrier: "demo-post", Service: "post-parcel"}
			done.Contents = []pack.Content{{Line: "1", SKU: "MUG", Qty: 2}, {Line: "2", SKU: "TEA", Qty: 1}}
			w.Write(pack.LabelKept{Parcel: "77-1", Label: pack.Label{SSCC: done.SSCC, Tracking: "T1", Document: "d"}}, done)
			work, err := New(d).paperwork(t.Context(), "77-1", d.Settings.Printers.For("slip"))
			if err != nil {
				t.Fatal(err)
			}
			slip, err := New(d).slip(t.Context(), work, 0)
			if err != nil {
				t.Fatal(err)
			}
			l, _, err := labels.PackingSlip(slip, work.profile)
			if err != nil {
				t.Fatal(err)
			}
			text := l.String()
			for _, lacked := range c.lacked {
				if strings.Contains(text, lacked) {
					t.Errorf("it shows %q:\n%s", lacked, text)
				}
			}
			for _, want := range append(c.want, `"Demo Post tracking no. T1"`, `"Phone +49 30 1234 · help@shop.example"`) {
				if !strings.Contains(text, want) {
					t.Errorf("it lacks %q:\n%s", want, text)
				}
			}
		})
	}
}

// The slips of the first box say that more follows; those of the last one, and
// those that are asked for again later, know how many there are.
func TestTheFirstBoxOfSeveralSaysThatMoreFollow(t *testing.T) { // L2
	d := foldertest.Shop(t)
	o := station.Order{ID: "77", Status: station.OrderOpen, To: station.Address{Name: "Sample Customer", Country: "AT"}, Lines: []station.Line{
		{ID: "1", SKU: "MUG", Qty: 4, Kind: station.Goods}, {ID: "2", Qty: 1, Kind: station.Note},
	}}
	if _, err := d.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
		t.Fatal(err)
	}
	w := foldertest.NewWriter(t, d, "S1")
	pack2 := func(parcel, sscc string) {
		w.Write(pack.LabelKept{Parcel: parcel, Label: pack.Label{SSCC: sscc, Tracking: "T" + sscc, Document: "d"}}, pack.ParcelDone{
			Parcel: parcel, Order: "77", SSCC: sscc, Contents: []pack.Content{{Line: "1", SKU: "MUG", Qty: 2}},
		})
	}
	want := func(parcel string, n, of int, more bool) {
		t.Helper()
		work, err := New(d).paperwork(t.Context(), parcel, d.Settings.Printers.For("inside"))
		if err != nil {
			t.Fatal(err)
		}
		slip, err := New(d).slip(t.Context(), work, 0)
		if err != nil {
			t.Fatal(err)
		}
		inside := New(d).inside(work, 0)
		if inside.To.Country != "AT" {
			t.Errorf("the slip in the box goes to %+v", inside.To)
		}
		if inside.PieceN != n || inside.PieceOf != of || inside.More != more || slip.More != more {
			t.Errorf("%s: %d of %d, more inside %v, on the slip %v", parcel, inside.PieceN, inside.PieceOf, inside.More, slip.More)
		}
	}
	pack2("77-1", "095200000000000011")
	want("77-1", 1, 1, true)
	pack2("77-2", "095200000000000028")
	want("77-1", 1, 2, false)
	want("77-2", 2, 2, false)
}

// The label of the last box of several says so; while goods are open, or where
// there is one box only, nobody counts. What breaks is marked.
func TestLabelsSayWhatIsKnownOfTheirBox(t *testing.T) { // L1, B1
	d := foldertest.Shop(t)
	o := station.Order{ID: "77", Status: station.OrderOpen, To: station.Address{Name: "Sample Customer", City: "Wien", Country: "AT"}, Lines: []station.Line{
		{ID: "1", SKU: "MUG-WHITE", Qty: 2, Kind: station.Goods}, {ID: "2", SKU: "CARD-SET", Qty: 1, Kind: station.Goods}, {ID: "3", Qty: 1, Kind: station.Note},
	}}
	if _, err := d.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
		t.Fatal(err)
	}
	mug, cards := pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 2}, pack.Content{Line: "2", SKU: "CARD-SET", Qty: 1}
	is := func(parcel string, want BoxFacts, contents ...pack.Content) {
		t.Helper()
		if got, err := New(d).BoxOf(t.Context(), o, parcel, contents); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", parcel, got, err, want)
		}
	}
	is("77-1", BoxFacts{fragile: true}, mug)
	is("77-1", BoxFacts{fragile: true}, mug, cards)
	w := foldertest.NewWriter(t, d, "S1")
	first := pack.ParcelDone{Parcel: "77-1", Order: "77", SSCC: "095200000000000011", Contents: []pack.Content{mug}}
	w.Write(pack.LabelKept{Parcel: "77-1", Label: pack.Label{SSCC: first.SSCC, Tracking: "T1", Document: "d"}}, first)
	is("77-2", BoxFacts{last: 2}, cards)
	for parcel, want := range map[string]string{"77-1": "", "77-2": "Parcel 2 of 2 of order 77. Invoices of those before: 77-1."} {
		contents := map[string][]pack.Content{"77-1": {mug, cards}, "77-2": {cards}}[parcel]
		if goods, _, err := New(d).Declared(t.Context(), carrier.Cards{}, o, parcel, "", contents); err != nil || goods.Comments != want || goods.Invoice != parcel {
			t.Errorf("customs papers of %s: %q, %q, %v", parcel, goods.Invoice, goods.Comments, err)
		}
	}
	is("77-1", BoxFacts{fragile: true}, mug) // as it was printed
	is("77-2", BoxFacts{fragile: true}, pack.Content{Line: "1", SKU: "MUG-WHITE", Qty: 1})
	layout, _, _, err := New(d).Layout(carrier.Cards{}, o, LabelOf{
		LabelNumbers: LabelNumbers{SSCC: "095200000000000028", Tracking: "T2"}, BoxFacts: BoxFacts{last: 2, fragile: true}, Parcel: "77-2", At: d.Clock(),
	})
	if text := layout.String(); err != nil || !strings.Contains(text, `"2 of 2"`) || !strings.Contains(text, `"FRAGILE"`) {
		t.Errorf("%v\n%s", err, text)
	}
	w.Write(pack.LabelVoided{Parcel: "77-1", SSCC: first.SSCC})
	is("77-2", BoxFacts{}, cards)
}
