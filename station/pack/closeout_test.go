package pack

import (
	"testing"

	"packbench/station"
)

// loadedVan is a desk with a parcel in a van.
func loadedVan(t *testing.T) *desk {
	d := newDesk(t)
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Idle)
	d.want(Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}, Accepted, CodeLoading, Idle)
	d.atVan(ParcelRef{ID: "9-1", Order: "9", SSCC: "S", State: ParcelClosed, Carrier: "heron"}, Accepted, CodeHandedOver)
	return d
}

// What its carrier will not know is named before the van leaves, and a supervisor may let
// it go (P5).
func TestStrangersInAVan(t *testing.T) {
	d := loadedVan(t)
	full := Command{Name: "handover", Van: &Van{Carrier: "heron", Sold: true, Strangers: []Stranger{{Parcel: "9-1", Why: StrangerVoid}}}}
	if v := d.want(full, Asked, CodeCloseOut, Idle); v.Reason != ReasonStrangers || len(v.Strangers) != 1 || d.s.Loading.Driver {
		t.Errorf("%+v", v)
	}
	d.want(do("back"), Info, CodeBack, Idle)
	d.give(full)
	d.want(Command{Name: "choose", N: 1}, Asked, CodeCloseOut, Idle)
	if d.s.Wanted == nil || d.s.Wanted.Needs != station.Supervisor || d.s.Loading.Driver {
		t.Fatalf("nobody is asked for: %+v", d.s.Wanted)
	}
	d.want(badge("p2", station.Supervisor), Asked, CodeLoading, Idle)
	if got := d.written("case-opened"); len(got) != 1 || got[0].(CaseOpened).Author != "p2" || got[0].(CaseOpened).Qty != 1 || !d.s.Loading.Driver {
		t.Errorf("%+v", got)
	}
}

// Carriers are told of a van that took labels of accounts, and never hold it up.
func TestAVanIsClosedOutWhenItLeaves(t *testing.T) { // P5
	for _, sold := range []bool{false, true} {
		d := loadedVan(t)
		d.want(Command{Name: "handover", Van: &Van{Carrier: "heron", Sold: sold}}, Asked, CodeLoading, Idle)
		manifest := d.s.Loading.Manifest
		d.want(Command{Name: "driver", Value: "hash"}, Accepted, CodeHandedOver, Idle)
		e := d.newest(func(e Effect) bool { return e.Kind == EffectCloseOut })
		if (e.ID != "") != sold || sold && (e.Manifest != manifest || e.Carrier != "heron" || len(e.Parcels) != 1) {
			t.Fatalf("%+v", e)
		}
		if !sold {
			continue
		}
		if v := d.want(ClosedOut{Effect: e.ID, Waits: true, Trouble: recorded("no answer")}, Info, CodeCloseOut, Idle); v.Reason != ReasonWaits || v.Case != "" {
			t.Errorf("%+v", v)
		}
		d.pending(EffectCloseOut)
		v := d.want(ClosedOut{Effect: e.ID, Told: 3, Strangers: []Stranger{{Parcel: "9-1"}}, Unsure: true, Unprinted: recorded("jammed")}, Refused, CodeCloseOut, Idle)
		said := d.written("judged")
		if v.Case == "" || len(v.Strangers) != 1 || len(said) != 3 || len(d.written("case-opened")) != 1 || d.s.Awaits(func(e Effect) bool { return e.Kind == EffectCloseOut }) {
			t.Errorf("%+v, then %v", v, said)
		}
		d.silent(ClosedOut{Effect: e.ID, Told: 3})
	}
}
