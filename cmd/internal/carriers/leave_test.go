package carriers_test

import (
	"context"
	"errors"
	"testing"

	"packbench/cmd/internal/carriers/closeout"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/lookup"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/web/faults"
)

// left is a van that took so many parcels.
func (w *world) left(manifest string, first, n int) (pack.Effect, []pack.Loaded) {
	w.Helper()
	book := foldertest.NewWriter(w, w.folder, "S1")
	book.Write(pack.LoadingBegan{Manifest: manifest, Carrier: "usps", At: w.clock()})
	var in []pack.Loaded
	for i := range n {
		wish := w.priced(w.parcel(first + i))
		p, err := w.rooms.Buy(w.Context(), wish)
		if err != nil {
			w.Fatal(err)
		}
		l := pack.Loaded{Parcel: wish.Parcel, Order: wish.Order.ID, SSCC: p.SSCC}
		book.Write(pack.LabelKept{Parcel: wish.Parcel, Label: pack.Label{SSCC: p.SSCC, Tracking: p.Tracking, Document: "d"}},
			pack.ParcelDone{Parcel: wish.Parcel, Order: wish.Order.ID, SSCC: p.SSCC, Tracking: p.Tracking, Carrier: "usps", Service: wish.Service},
			pack.ParcelLoaded{Manifest: manifest, Loaded: l})
		in = append(in, l)
	}
	return pack.Effect{ID: "S1.9.1", Kind: pack.EffectCloseOut, Manifest: manifest, Carrier: "usps"}, in
}

// A carrier that does not answer when its van leaves is told again, also after a restart;
// its paper is printed once, and what it does not know is named.
func TestP5AVanThatLeavesIsClosedOut(t *testing.T) {
	w := newWorld(t, "easypost")
	e, in := w.left("M-S1-1", 1, 3)
	odd := w.parcel(2)
	w.sim.Faults().Next(manifests[w.kind], faults.TooMany)
	printed := 0
	paper := func(context.Context, store.Document) error { printed++; return nil }
	ctx, stop := context.WithCancel(t.Context())
	var said []pack.ClosedOut
	report := func(e pack.Event) {
		said = append(said, e.(pack.ClosedOut))
		stop() // the program ends
	}
	if err := closeout.New(w.rooms).Leave(ctx, e, paper, report); err != nil || len(said) != 1 || !said[0].Waits || said[0].Trouble.Code != trouble.CarrierSilent || printed > 0 {
		t.Fatalf("%+v, %v, %d printed", said, err, printed)
	}
	w.voidElsewhere(odd)
	w.start()
	if err := closeout.New(w.rooms).Leave(t.Context(), e, paper, report); err != nil || len(said) != 2 {
		t.Fatalf("%+v, %v", said, err)
	}
	if last := said[1]; last.Waits || last.Told != 2 || len(last.Strangers) != 1 || last.Strangers[0].Parcel != in[1].Parcel || printed != 1 || w.closed() != 2 {
		t.Errorf("%+v, %d printed, %d closed out", last, printed, w.closed())
	}
	if err := closeout.New(w.rooms).Leave(t.Context(), e, paper, report); err != nil || said[2].Told > 0 || printed != 1 || w.closed() != 2 {
		t.Errorf("told again: %+v, %v", said[2], err)
	}
}

// A paper that is not printed, and an answer that nobody saw, are said.
func TestWhatALeavingVanLacksIsSaid(t *testing.T) {
	w := newWorld(t, "easypost")
	var said pack.ClosedOut
	leave := func(e pack.Effect) {
		t.Helper()
		jam := func(context.Context, store.Document) error { return errors.New("jammed") }
		if err := closeout.New(w.rooms).Leave(t.Context(), e, jam, func(e pack.Event) { said = e.(pack.ClosedOut) }); err != nil {
			t.Fatal(err)
		}
	}
	e, _ := w.left("M-S1-1", 1, 1)
	w.sim.Faults().Next(manifests[w.kind], faults.LostAfter)
	leave(e)
	if !said.Unsure || said.Told > 0 {
		t.Errorf("%+v", said)
	}
}

// What a carrier will not know is named before its van leaves.
func TestP5StrangersAreNamedBeforeTheVanLeaves(t *testing.T) {
	w := newWorld(t, "easypost")
	e, in := w.left("M-S1-1", 1, 3)
	full := func() pack.Van {
		t.Helper()
		s := pack.State{Phase: pack.Idle, Loading: &pack.Loading{Manifest: e.Manifest, Carrier: "usps", Parcels: in}}
		got, err := lookup.NewResolver(w.folder, "S1").Resolve(t.Context(), s, engine.Press{Command: pack.Command{Name: "handover"}})
		c, ok := got.(pack.Command)
		if err != nil || !ok || c.Van == nil {
			t.Fatalf("%+v, %v", got, err)
		}
		return *c.Van
	}
	if v := full(); !v.Sold || len(v.Strangers) > 0 {
		t.Errorf("%+v", v)
	}
	got, err := lookup.NewResolver(w.folder, "S1").Resolve(t.Context(), pack.State{Phase: pack.Idle}, engine.Press{Command: pack.Command{Name: "reopen", Value: in[0].Parcel}})
	if c, ok := got.(pack.Command); err != nil || !ok || c.Parcel == nil || c.Parcel.VoidRule == "" {
		t.Errorf("nobody hears the carrier's rule: %+v, %v", got, err)
	}
	wish := w.parcel(1)
	if err := w.rooms.Void(t.Context(), wish); err != nil {
		t.Fatal(err)
	}
	other, err := w.folder.Store.ParcelBySSCC(t.Context(), in[1].SSCC)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := closeout.New(w.rooms).CloseOut(t.Context(), closeout.Handover{Van: "M-S1-0", Day: w.clock(), Parcels: []store.Parcel{other}}); err != nil {
		t.Fatal(err)
	}
	if v := full(); len(v.Strangers) != 2 || v.Strangers[0] != (pack.Stranger{Parcel: in[0].Parcel, Why: pack.StrangerVoid}) ||
		v.Strangers[1] != (pack.Stranger{Parcel: in[1].Parcel, Why: pack.StrangerClosed}) {
		t.Errorf("%+v", v.Strangers)
	}
	if err := closeout.New(w.rooms).Leave(t.Context(), e, func(context.Context, store.Document) error { return nil }, func(pack.Event) {}); err != nil {
		t.Fatal(err)
	}
	if v := full(); len(v.Strangers) != 2 { // closed out with this very van is as it should be
		t.Errorf("%+v", v.Strangers)
	}
}
