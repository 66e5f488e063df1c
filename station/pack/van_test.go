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
	scan := func(id, sscc string, state ParcelState) Event {
		ref := ParcelRef{ID: id, Order: "9", SSCC: sscc, State: state, Carrier: "heron"}
		return Scanned{Meanings: []Meaning{{Kind: MeansParcel, Parcel: &ref}}}
	}
	d.want(scan("9-1", "S", ParcelClosed), Accepted, CodeHandedOver, Idle)
	d.want(scan("9-1", "S", ParcelClosed), Info, CodeHandedOver, Idle)
	if v := d.want(scan("9-1", "OLD", ParcelVoided), Refused, CodeNotNow, Idle); v.Reason != "voided" || v.Case == "" {
		t.Errorf("%+v", v)
	}
	if v := d.want(scan("9-2", "S2", ParcelOpening), Refused, CodeNotNow, Idle); v.Reason != "parcel-opening" || v.Case != "" {
		t.Errorf("%+v", v)
	}
	if n := len(d.s.Loading.Parcels); n != 1 {
		t.Errorf("%d parcels in the van", n)
	}
}
