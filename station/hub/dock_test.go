package hub

import (
	"testing"

	"packbench/station/pack"
)

// A parcel goes into the van of one bench. Where the hub is away both load it, and the
// chains tell that it is in two vans.
func TestAParcelIsLoadedByOneBench(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	one.order("o1", "o2")
	for _, n := range []string{"1", "2"} {
		one.write(pack.LabelKept{Parcel: "o" + n + "-1", Label: pack.Label{SSCC: "SSCC" + n, Tracking: "T" + n}})
		one.write(pack.ParcelDone{Parcel: "o" + n + "-1", Order: "o" + n, SSCC: "SSCC" + n, Carrier: "post", Tracking: "T" + n})
	}
	w.rounds("S1", "S2")
	ref := func(n string) pack.ParcelRef {
		return pack.ParcelRef{ID: "o" + n + "-1", Order: "o" + n, SSCC: "SSCC" + n, State: pack.ParcelClosed}
	}
	claims := func(f *folder, n, van string, want bool) {
		t.Helper()
		if mine, err := f.x.ClaimFromDock(t.Context(), ref(n), van); err != nil || mine != want {
			t.Errorf("%s claims parcel %s: %t, %v", f.station, n, mine, err)
		}
	}
	claims(two, "1", "M-2", true)
	claims(two, "1", "M-2", true)
	claims(one, "1", "M-1", false)
	w.rounds("S1", "S2")
	claims(one, "1", "M-1", false)
	if err := two.x.LeaveOnDock(t.Context(), "SSCC1", "M-2"); err != nil {
		t.Fatal(err)
	}
	w.rounds("S2", "S1")
	claims(one, "1", "M-1", true)
	loads := func(f *folder, n, van string) {
		t.Helper()
		f.write(pack.LoadingBegan{Manifest: van, Carrier: "post"})
		f.write(pack.ParcelLoaded{Manifest: van, Loaded: pack.Loaded{Parcel: "o" + n + "-1", Order: "o" + n, SSCC: "SSCC" + n}})
		if err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	loads(one, "1", "M-1")
	one.write(pack.ManifestClosed{Manifest: "M-1"})
	w.rounds("S1", "S2")
	if c, err := w.owner.HolderOf(t.Context(), ParcelClaim, "SSCC1"); err != nil || c.State != Done || c.Station != "S1" {
		t.Errorf("%+v, %v", c, err)
	}
	claims(two, "1", "M-2", false)

	back1, back2 := one.cut(), two.cut()
	_, _ = one.x.Round(t.Context()), two.x.Round(t.Context())
	claims(one, "2", "M-3", true)
	claims(two, "2", "M-4", true)
	loads(one, "2", "M-3")
	loads(two, "2", "M-4")
	back1()
	back2()
	w.rounds("S1", "S2", "S1")
	for _, f := range []*folder{one, two} {
		twice, err := f.LoadedTwice(t.Context(), f.station, noon)
		if err != nil || len(twice) != 1 || twice[0].Parcel != "o2-1" || twice[0].Order != "o2" || twice[0].Other == f.station {
			t.Errorf("%s knows of %+v, %v", f.station, twice, err)
		}
	}
}
