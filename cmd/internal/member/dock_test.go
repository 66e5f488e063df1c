package member

import (
	"testing"

	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/store"
)

// A parcel that two benches have loaded is a case, of one folder and once.
func TestAParcelInTwoVansIsACase(t *testing.T) {
	d := open_(t, newShop(t).sample())
	ctx := t.Context()
	for _, at := range []struct{ station, van string }{{"S1", "M-1"}, {"S2", "M-2"}} {
		chain, err := d.Store.Head(ctx, at.station)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range []pack.Fact{
			pack.ParcelDone{Parcel: "1001-1", Order: "1001", SSCC: "S"},
			pack.LoadingBegan{Manifest: at.van, Carrier: "post"},
			pack.ParcelLoaded{Manifest: at.van, Loaded: pack.Loaded{Parcel: "1001-1", Order: "1001", SSCC: "S"}},
		} {
			in := pack.Input{ID: journal.ID(at.station, chain.Seq+1), At: d.Clock(), Event: pack.Started{}}
			input, facts, err := journal.Bench().Encode(in, []pack.Fact{f})
			if err != nil {
				t.Fatal(err)
			}
			r := chain.Next(in.At, input, facts)
			if err := d.Store.Append(ctx, r); err != nil {
				t.Fatal(err)
			}
			chain = chain.After(r)
		}
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		t.Fatal(err)
	}
	for _, station := range []string{"S2", "S1", "S1"} {
		if err := loadedTwice(ctx, d, station); err != nil {
			t.Fatal(err)
		}
	}
	all, err := d.Store.Cases(ctx, store.CaseFilter{Kind: cases.KindClaim})
	if err != nil || len(all) != 1 || all[0].Code != cases.CodeLoadedTwice || all[0].Parcel != "1001-1" || all[0].Scanned != "S2" {
		t.Errorf("%+v, %v", all, err)
	}
}
