package pack

import (
	"testing"

	"packbench/station"
)

// A parcel is in the van by the label on its box: a void one of the same parcel
// is another label, and one that another bench is opening stays here.
func TestOnlyTheLabelOfALoadedParcelCounts(t *testing.T) { // P5, L2
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}, Accepted, CodeLoading, Idle)
	heron := func(id, sscc string, state ParcelState) ParcelRef {
		return ParcelRef{ID: id, Order: "9", SSCC: sscc, State: state, Carrier: "heron"}
	}
	d.atVan(heron("9-1", "S", ParcelClosed), Accepted, CodeHandedOver)
	d.atVan(heron("9-1", "S", ParcelClosed), Info, CodeHandedOver)
	if v := d.atVan(heron("9-1", "OLD", ParcelVoided), Refused, CodeNotNow); v.Reason != "voided" || v.Case == "" {
		t.Errorf("%+v", v)
	}
	if v := d.atVan(heron("9-2", "S2", ParcelOpening), Refused, CodeNotNow); v.Reason != "parcel-opening" || v.Case != "" {
		t.Errorf("%+v", v)
	}
	if n := len(d.s.Loading.Parcels); n != 1 {
		t.Errorf("%d parcels in the van", n)
	}
}

// atVan scans the label of a parcel at the van, and says of its claim that the
// parcel is as it was scanned.
func (d *desk) atVan(ref ParcelRef, kind Kind, code Code) Verdict {
	d.t.Helper()
	v := d.give(Scanned{Meanings: []Meaning{{Kind: MeansParcel, Parcel: &ref}}})
	for _, e := range d.s.Pending {
		if e.Kind == EffectClaim {
			v = d.give(ParcelClaimed{Effect: e.ID, Parcel: ref})
		}
	}
	if v.Kind != kind || v.Code != code {
		d.t.Fatalf("%s at the van: %s %s, want %s %s", ref.ID, v.Kind, v.Code, kind, code)
	}
	return v
}

// Nothing is in the van before it is surely this van's, and what became so only
// after the loading had ended goes back to the dock.
func TestAParcelIsClaimedBeforeItIsLoaded(t *testing.T) { // P5
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	handover := Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}
	d.want(handover, Accepted, CodeLoading, Idle)
	ref := ParcelRef{ID: "9-1", Order: "9", SSCC: "S", State: ParcelClosed, Carrier: "heron"}
	scan := Scanned{Meanings: []Meaning{{Kind: MeansParcel, Parcel: &ref}}}
	d.want(scan, "", "", Idle)
	claim := d.pending(EffectClaim)
	if claim.Manifest != d.s.Loading.Manifest || claim.SSCC != "S" || len(d.s.Loading.Parcels) != 0 {
		t.Fatalf("%+v, in the van %v", claim, d.s.Loading.Parcels)
	}
	taken := ref
	taken.State, taken.Place = ParcelLoading, &Place{Station: "S2", Carrier: "heron", Manifest: "M-2"}
	if v := d.want(ParcelClaimed{Effect: claim.ID, Parcel: taken}, Refused, CodeNotNow, Idle); v.Place != taken.Place || len(d.s.Loading.Parcels) != 0 {
		t.Errorf("another van was first: %+v", v)
	}
	d.want(scan, "", "", Idle)
	d.want(EffectFailed{Effect: d.pending(EffectClaim).ID, Trouble: recorded("disk")}, Refused, CodeNotNow, Idle)

	d.want(scan, "", "", Idle)
	claim = d.pending(EffectClaim)
	d.want(do("cancel"), Accepted, CodeCancelled, Idle)
	d.want(handover, Accepted, CodeLoading, Idle) // another van
	if v := d.want(ParcelClaimed{Effect: claim.ID, Parcel: ref}, Refused, CodeNotNow, Idle); v.Parcel != "9-1" || len(d.s.Loading.Parcels) != 0 {
		t.Errorf("%+v, in the van %v", v, d.s.Loading.Parcels)
	}
	if free := d.pending(EffectFree); free.Manifest != claim.Manifest || free.SSCC != "S" {
		t.Errorf("its claim stays: %+v", d.s.Pending)
	}
	d.want(ParcelClaimed{Effect: claim.ID, Parcel: ref}, "", "", Idle) // a result that came twice
}
