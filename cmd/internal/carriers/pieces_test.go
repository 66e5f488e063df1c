package carriers_test

import (
	"maps"
	"testing"

	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// Parcels of one order are bought alone, each when it is closed. Where the account's setting
// says so its label shows which one it is; its invoice for customs has a number of its own,
// and names those before it in any case.
func TestALabelSaysWhichParcelOfTheOrderItIs(t *testing.T) {
	for _, kind := range []string{"ups", "fedex", "easypost", "shipengine"} {
		invoiced := kind == "ups" || kind == "fedex" // the others have no place for its words
		t.Run(kind, func(t *testing.T) {
			w := newWorld(t, kind)
			w.mugs()
			one, two := w.piece(1), w.piece(2)
			if l := w.labelled(one); l.Order != "F-1" || invoiced && (l.Invoice != "F-1-1" || l.Comments != "Parcel 1 of order F-1, more may follow.") {
				t.Errorf("the first: %+v", l)
			}
			foldertest.NewWriter(t, w.folder, "S1").Write(pack.ParcelDone{Parcel: one.Parcel, Order: "F-1", Carton: "M", SSCC: "340123450000000018", Contents: one.Contents})
			w.pieces("yes")
			last := w.labelled(two)
			if last.Order != "F-1 2/2" || invoiced && (last.Invoice != "F-1-2" || last.Comments != "Parcel 2 of 2 of order F-1. Invoices of those before: F-1-1.") {
				t.Errorf("the last: %+v", last)
			}
			alone := w.parcel(3)
			alone.Parcel = "F-3-1"
			if l := w.labelled(alone); l.Order != "F-3" || l.Comments != "" {
				t.Errorf("the only one: %+v", l)
			}
		})
	}
}

// An account that sends nothing abroad without an invoice's number has one.
func TestAParcelAbroadHasAnInvoice(t *testing.T) {
	for _, kind := range []string{"sendcloud", "dhl-parcel-de"} {
		w := newWorld(t, kind)
		w.mugs()
		wish := w.piece(1)
		wish.Order.To = station.Address{Name: "Ada Meier", Street: "Ahornweg 12", City: "Bern", Postcode: "3011", Country: "CH", Phone: "+41311234567"}
		if l := w.labelled(wish); l.Tracking == "" {
			t.Errorf("%s: %+v", kind, l)
		}
	}
}

// mugs have all that customs want to know.
func (w *world) mugs() {
	w.Helper()
	if _, err := w.folder.Store.PutProducts(w.Context(), []station.Product{{
		SKU: "MUG-BLUE", Name: "Mug", Customs: "Mug of stoneware", HSCode: "6912.00", Origin: "DE", Mass: 350 * unit.Gram, Value: unit.Money{Minor: 2500, Currency: "USD"},
	}}); err != nil {
		w.Fatal(err)
	}
}

// toronto is a buyer abroad.
var toronto = station.Address{Name: "Ada Miller", Street: "12 Maple Street", City: "Toronto", Region: "ON", Postcode: "M5V 2T6", Country: "CA", Phone: "4165550111"}

// piece is one mug of an order of two that goes abroad.
func (w *world) piece(n int) effects.Wish {
	wish := w.parcel(1)
	wish.Key, wish.Parcel = wish.Key+string(rune('0'+n)), "F-1-"+string(rune('0'+n))
	wish.Order.Lines[0].Qty = 2
	wish.Order.To = toronto
	return wish
}

// pieces sets whether labels say which parcel of the order they are on.
func (w *world) pieces(set string) {
	w.Helper()
	of, err := w.folder.Store.Account(w.Context(), "acct")
	if err != nil {
		w.Fatal(err)
	}
	options := map[string]string{account.Pieces: set}
	maps.Copy(options, of.Options)
	if err := w.rooms.Add(w.Context(), store.Account{ID: of.ID, Kind: of.Kind, URL: of.URL, Options: options}, ""); err != nil {
		w.Fatal(err)
	}
}

// labelled is the label that is bought for a parcel.
func (w *world) labelled(wish effects.Wish) carriersim.Label {
	w.Helper()
	p, err := w.rooms.Buy(w.Context(), w.priced(wish))
	if err != nil {
		w.Fatal(err)
	}
	l, _ := w.sim.Book().Label(func(l carriersim.Label) bool { return l.Tracking == p.Tracking })
	return l
}
