package screen

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/trouble"
)

// A service that took over from another one says so, on the card and in the list (C4).
func TestABackUpIsSeen(t *testing.T) {
	in := labelled()
	p := &in.State.Work.Parcel
	p.Service, p.Wait.First = "slow", "express"
	price, was := p.Quotes[0].Price, p.Quotes[1].Price
	in.State.Recent = []*pack.Verdict{
		{Kind: pack.Accepted, Code: pack.CodeLabelPrinted, Parcel: p.ID},
		{Kind: pack.Accepted, Code: pack.CodeLabelMade, Parcel: p.ID},
		{Kind: pack.Info, Code: pack.CodeFailover, Parcel: p.ID, Service: "slow", Given: "express", Price: &price, Was: &was, Trouble: trouble.New(trouble.CarrierSilent, "UPS")},
	}
	b := Bench(in).Bench
	if !strings.Contains(b.Card.Detail, "UPS does not answer") || !strings.Contains(b.Card.Detail, "3.40 EUR cheaper") {
		t.Errorf("the card says %+v", b.Card)
	}
	if rows := b.Services; rows[0].Why != "In place of Demo Express, which is not available now" || rows[1].Why != "The bench's choice, but not available now" {
		t.Errorf("%q, %q", rows[0].Why, rows[1].Why)
	}
	in.State.Recent[2] = &pack.Verdict{Kind: pack.Info, Code: pack.CodeLabelDearer, Parcel: p.ID, Price: &was, Was: &price}
	if card := Bench(in).Bench.Card; card.Head != "Dearer than quoted" || !strings.Contains(card.Detail, was.String()) || !strings.Contains(card.Detail, price.String()) {
		t.Errorf("the card says %+v", card)
	}
	in.State.Recent[2].Parcel = "another"
	if card := Bench(in).Bench.Card; strings.Contains(card.Detail, "UPS") {
		t.Errorf("what was told of another parcel: %+v", card)
	}
}

// A parcel without a label is put aside, and counted where no order is open (C6).
func TestABoxWithoutALabelIsPutAside(t *testing.T) {
	in := labelled()
	w := in.State.Work
	w.Step, w.Parcel.Label, in.State.Phase, in.State.Documents = pack.Labelling, nil, pack.Labelling, nil
	w.Parcel.Purchase, w.Parcel.Trouble = pack.PurchaseRefused, trouble.New(trouble.CarrierSilent, "UPS")
	if n := Bench(in).Bench.Next; n.Text != "Put the box aside" {
		t.Errorf("%+v", n)
	}
	if said := waitsFor(say.English, w); said != "parked here, waits for its label" {
		t.Error(said)
	}
	there := *w
	there.Parcel.Label = &pack.Label{SSCC: "1"}
	if said := waitsFor(say.English, &there); said != "parked here, its label must be scanned" {
		t.Error(said)
	}
	in.State.Work, in.State.Phase = nil, pack.Idle
	in.State.Parked = map[string]*pack.Work{"1": w, "2": {Step: pack.Packing}}
	if n := Bench(in).Bench.Next; n.Note != "2 orders parked, 1 waits for its label" {
		t.Errorf("%+v", n)
	}
}

// Where a carrier cannot tell what it sold, a supervisor says what its page shows (C5).
func TestWhatTheCarriersPageShows(t *testing.T) {
	in := labelled()
	w := in.State.Work
	w.Step, w.Parcel.Label, in.State.Phase, in.State.Documents = pack.Labelling, nil, pack.Labelling, nil
	w.Parcel.Purchase, w.Parcel.Trouble = pack.PurchaseUnknown, trouble.New(trouble.CarrierUnsaid, "DHL", "REF")
	acts := Bench(in).Bench.Actions
	none := slices.IndexFunc(acts, func(a Action) bool { return a.Command == "label-none" && a.Enabled })
	one := slices.IndexFunc(acts, func(a Action) bool { return a.Intent.Name == EntryTracking && a.Enabled })
	if none < 0 || one < 0 {
		t.Errorf("%+v", acts)
	}
	w.Parcel.Trouble = trouble.New(trouble.CarrierUnsure, "UPS")
	if acts := Bench(in).Bench.Actions; slices.ContainsFunc(acts, func(a Action) bool { return a.Command == "label-none" }) {
		t.Error("a person is asked what the carrier tells by itself")
	}
}
