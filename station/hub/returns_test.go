package hub

import (
	"context"
	"slices"
	"testing"

	"packbench/station/pack"
	"packbench/station/store"
)

// What came back is taken apart at one bench. Where the hub was away and two have it open,
// one of them hears that the other has it.
func TestAReturnIsOpenedAtOneBench(t *testing.T) { // H3, R1
	w := newWorld(t, "S1", "S2")
	one, two := w.folders["S1"], w.folders["S2"]
	told := map[string][]string{}
	for name, f := range w.folders {
		f.x.Follow, f.x.Runs = func(string) bool { return true }, true
		f.x.Returned = func(_ context.Context, p store.Parcel, other string) { told[name] = append(told[name], p.ID+" "+other) }
	}
	one.order("o1")
	one.write(pack.LabelKept{Parcel: "o1-1", Label: pack.Label{SSCC: "SSCC1"}})
	one.write(pack.ParcelDone{Parcel: "o1-1", Order: "o1", SSCC: "SSCC1", Carrier: "post"})
	w.rounds("S1", "S2")
	claims := func(f *folder, want string) {
		t.Helper()
		if holder, err := f.x.ClaimReturn(t.Context(), "SSCC1"); err != nil || holder != want {
			t.Errorf("%s claims the return: %q, %v, not %q", f.station, holder, err, want)
		}
	}
	opens := func(f *folder, id string) {
		t.Helper()
		f.write(pack.ReturnOpened{Return: id, Sent: &pack.Sent{Parcel: "o1-1", Order: "o1", SSCC: "SSCC1", Return: id}})
	}
	claims(one, "S1")
	one.round() // it is not written down yet, and is not given back for that
	claims(two, "S1")
	opens(one, "R-A")
	w.rounds("S1", "S2")
	claims(two, "S1")
	one.write(pack.ReturnLeft{Return: "R-A"})
	w.rounds("S1", "S2")
	claims(two, "S2")
	opens(two, "R-B")
	two.write(pack.ReturnClosed{Return: "R-B", Order: "o1", Parcel: "o1-1", SSCC: "SSCC1"})
	two.round()
	if c, err := w.owner.HolderOf(t.Context(), ReturnClaim, "SSCC1"); err != nil || c.State != Done || c.Station != "S2" {
		t.Errorf("%+v, %v", c, err)
	}
	one.x.Runs = false // it would not know what came back there
	claims(one, "S2")
	one.x.Runs = true
	claims(one, "S1")
	if known, err := one.ReturnsOf(t.Context(), "SSCC1"); err != nil || len(known) != 2 {
		t.Errorf("S1 opens it and knows of %+v, %v", known, err)
	}
	opens(one, "R-C")
	one.write(pack.ReturnClosed{Return: "R-C", Order: "o1", Parcel: "o1-1", SSCC: "SSCC1"})
	w.rounds("S1", "S2")

	back1, back2 := one.cut(), two.cut()
	_, _ = one.x.Round(t.Context()), two.x.Round(t.Context())
	if _, err := two.x.ClaimReturn(t.Context(), "SSCC1"); KindOf(err) != Away {
		t.Errorf("without the hub: %v", err)
	}
	opens(one, "R-D")
	opens(two, "R-E")
	back1()
	back2()
	w.rounds("S2", "S1")
	if one.x.ReturnElsewhere("SSCC1") != "S2" || two.x.ReturnElsewhere("SSCC1") != "" {
		t.Errorf("S1 hears of %q, S2 of %q", one.x.ReturnElsewhere("SSCC1"), two.x.ReturnElsewhere("SSCC1"))
	}
	if !slices.Contains(told["S1"], "o1-1 S2") || !slices.Contains(told["S2"], "o1-1 ") {
		t.Errorf("%q", told)
	}
	one.write(pack.ReturnLeft{Return: "R-D"})
	one.round()
	if one.x.ReturnElsewhere("SSCC1") != "" {
		t.Error("S1 has it no more, and is told of it")
	}
}
