package effects

import (
	"errors"
	"testing"

	"packbench/cmd/internal/lookup"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
)

// A number on two labels, scanned at a van: only the parcel that is chosen is
// claimed for it, the other one stays on the dock for every bench.
func TestOnlyTheChosenParcelIsClaimedForTheVan(t *testing.T) { // P5, S5
	for name, answer := range map[string]engine.Raw{
		"pressed": engine.Press{Command: pack.ReadCommand("choose", "2")},
		"typed":   engine.Entry{Text: "2"},
		"scanned": engine.Scan{Data: "PB:answer:2"},
	} {
		k := newDock(t)
		other := pack.ParcelDone{Parcel: "1002-1", Order: "1002", SSCC: "095200000000000028", Tracking: "T1", Carrier: "heron", Service: "heron-next"}
		k.one.Write(pack.LabelKept{Parcel: "1002-1", Label: pack.Label{SSCC: other.SSCC, Tracking: "T1", Document: "d"}}, other)
		r := lookup.NewResolver(k.d, "S2")
		s := pack.State{
			Rules: pack.Rules{Station: "S2"}, Person: pack.Person{ID: "p"}, Phase: pack.Idle,
			Loading: &pack.Loading{Manifest: "M-2", Carrier: "heron"},
		}
		give := func(raw engine.Raw) pack.Verdict {
			var event pack.Event
			var facts []pack.Fact
			event, facts, s = k.answer(r, s, raw)
			for _, f := range facts {
				if v, ok := f.(pack.Judged); ok {
					return v.Verdict
				}
			}
			t.Fatalf("%+v has no verdict", event)
			return pack.Verdict{}
		}
		claimed := func(sscc, parcel, order string) bool {
			_, err := k.d.Store.PlaceOf(t.Context(), pack.ParcelRef{ID: parcel, Order: order, SSCC: sscc})
			if err != nil && !errors.Is(err, store.ErrUnknown) {
				t.Fatal(err)
			}
			return err == nil
		}
		if v := give(engine.Scan{Data: "T1"}); v.Code != pack.CodeAmbiguousCode || len(v.Choices) != 3 {
			t.Fatalf("%s: %+v", name, v)
		}
		if claimed(k.parcel.SSCC, "1003-1", "1003") || claimed(other.SSCC, "1002-1", "1002") {
			t.Errorf("%s: a parcel is claimed before anybody chose it", name)
		}
		v := give(answer)
		if v.Code != pack.CodeHandedOver || len(s.Loading.Parcels) != 1 {
			t.Fatalf("%s: %+v", name, v)
		}
		in := s.Loading.Parcels[0]
		if claimed(k.parcel.SSCC, "1003-1", "1003") != (in.SSCC == k.parcel.SSCC) || claimed(other.SSCC, "1002-1", "1002") != (in.SSCC == other.SSCC) {
			t.Errorf("%s: the wrong one is claimed, %s is loaded", name, in.Parcel)
		}
	}
}

// What another van took between the question and the answer is turned away.
func TestTheAnswerSeesWhatHappenedSinceTheQuestion(t *testing.T) { // P5
	k := newDock(t)
	ref := pack.ParcelRef{ID: k.parcel.Parcel, Order: k.parcel.Order, SSCC: k.parcel.SSCC, State: pack.ParcelClosed, Carrier: "heron", Service: "heron-next"}
	s := pack.State{Phase: pack.Idle, Person: pack.Person{ID: "p"}, Loading: &pack.Loading{Manifest: "M-2", Carrier: "heron"}, Question: &pack.Question{
		Code: pack.CodeAmbiguousCode, Choices: []pack.Choice{{N: 1, Meaning: &pack.Meaning{Kind: pack.MeansParcel, Parcel: &ref}}},
	}}
	wantState(t, "the other bench's scan", k.scan("S1", "M-1", k.parcel.SSCC), pack.ParcelClosed)
	k.one.Write(k.loaded("M-1"))
	r := lookup.NewResolver(k.d, "S2")
	_, facts, after := k.answer(r, s, engine.Press{Command: pack.ReadCommand("choose", "1")})
	if len(after.Loading.Parcels) != 0 || after.Recent[0].Reason != "parcel-loading" {
		t.Errorf("%+v", facts)
	}
}
