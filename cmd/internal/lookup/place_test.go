package lookup

import (
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/stock"
)

// The code of a bin is where a box stands while that waits for its label, and at no other
// time; what else a code means goes before.
func TestTheCodeOfABinIsAPlace(t *testing.T) {
	d := foldertest.Shop(t)
	for _, bin := range []string{"A-12-3", "HONEY"} {
		if err := d.AtDesk(t.Context(), stock.Moved{SKU: "HONEY", Bin: bin, Qty: 4, Kind: stock.Counted, Reason: stock.ReasonImport, By: "import"}); err != nil {
			t.Fatal(err)
		}
	}
	waits := pack.New()
	waits.Phase, waits.Work = pack.Labelling, &pack.Work{Order: "1003", Step: pack.Labelling}
	packing := pack.New()
	packing.Phase, packing.Work = pack.Packing, &pack.Work{Order: "1003", Step: pack.Packing}
	for _, c := range []struct {
		in    pack.State
		scan  string
		means pack.MeaningKind
		place string
	}{
		{waits, " A-12-3", pack.MeansPlace, "A-12-3"},
		{waits, "A-12-4", "", ""},
		{waits, "HONEY", pack.MeansProduct, ""},
		{packing, "A-12-3", "", ""},
		{waits, "pb:place:Shelf 4", pack.MeansPlace, "Shelf 4"},
	} {
		e, err := NewResolver(d, "S1").Resolve(t.Context(), c.in, engine.Scan{Data: c.scan})
		if err != nil {
			t.Fatal(err)
		}
		var m pack.Meaning
		if s := e.(pack.Scanned); len(s.Meanings) == 1 {
			m = s.Meanings[0]
		}
		if m.Kind != c.means || m.Place != c.place {
			t.Errorf("%q: %+v", c.scan, m)
		}
	}
}
