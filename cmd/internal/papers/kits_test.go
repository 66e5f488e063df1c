package papers

import (
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// The slip speaks of the order's lines: a kit is in the box that makes it whole, and what
// lies there of one that is not whole is named. Customs read of whole kits, of parts where
// the rest is elsewhere, and nothing weighs nothing.
func TestPapersSpeakOfKits(t *testing.T) { // Q5, L3
	d := foldertest.Shop(t)
	if _, err := d.Store.PutProducts(t.Context(), []station.Product{
		{SKU: "CUP", Name: "Cup", Mass: 300 * unit.Gram},
		{SKU: "DISH", Name: "Dish", Mass: 500 * unit.Gram},
		{SKU: "SET", Name: "Set", HSCode: "691110", Parts: []station.Part{{SKU: "CUP", Qty: 2}, {SKU: "DISH", Qty: 1}}},
	}); err != nil {
		t.Fatal(err)
	}
	o := station.Order{ID: "77", Status: station.OrderOpen, To: station.Address{Name: "Sample Customer", Country: "CH"}, Lines: []station.Line{
		{ID: "1", SKU: "SET", Qty: 2, Kind: station.Goods, Price: euros(2500)},
	}}
	if _, err := d.Store.PutOrders(t.Context(), []station.Order{o}); err != nil {
		t.Fatal(err)
	}
	part := func(sku string, qty, per int) pack.Content {
		return pack.Content{Line: "1/" + sku, SKU: sku, Qty: qty, Kit: &pack.Kit{Line: "1", SKU: "SET", Per: per, Parts: 2}}
	}
	first, second := []pack.Content{part("CUP", 3, 2), part("DISH", 1, 1)}, []pack.Content{part("CUP", 1, 2), part("DISH", 1, 1)}
	w := foldertest.NewWriter(t, d, "S1")
	for i, contents := range [][]pack.Content{first, second} {
		sscc := []string{"095200000000000011", "095200000000000028"}[i]
		w.Write(pack.LabelKept{Parcel: []string{"77-1", "77-2"}[i], Label: pack.Label{SSCC: sscc, Tracking: "T" + sscc, Document: "d"}}, pack.ParcelDone{
			Parcel: []string{"77-1", "77-2"}[i], Order: "77", SSCC: sscc, Contents: contents,
		})
	}
	for parcel, note := range map[string]string{"77-1": "1 × Cup, 1 in parcel 2", "77-2": "1 × Cup; 1 × Dish, 1 in parcel 1"} {
		work, err := New(d).paperwork(t.Context(), parcel, d.Settings.Printers.For("slip"))
		if err != nil {
			t.Fatal(err)
		}
		slip, err := New(d).slip(t.Context(), work, 0)
		if err != nil {
			t.Fatal(err)
		}
		if l := slip.Lines[0]; len(slip.Lines) != 1 || l.Packed != 1 || l.Name != "Set" || l.Note != note || slip.More {
			t.Errorf("%s: %+v, more %v", parcel, slip.Lines, slip.More)
		}
	}
	c := declare(t, d, o, 2*unit.Kilogram, first...)
	if len(c.Lines) != 2 || c.Lines[0].SKU != "CUP" || c.Lines[0].Qty != 1 || c.Lines[0].Net != 300*unit.Gram ||
		c.Lines[1].SKU != "SET" || c.Lines[1].Qty != 1 || c.Lines[1].Net != 1100*unit.Gram || c.Lines[1].Value != euros(2500) {
		t.Errorf("customs read %+v", c.Lines)
	}
}
