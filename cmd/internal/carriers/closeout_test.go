package carriers_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/kinds"
	"packbench/cmd/internal/effects"
	"packbench/station/carrier/account"
	simkinds "packbench/station/carrier/carriersim/kinds"
	"packbench/station/store"
	"packbench/station/web"
	"packbench/station/web/faults"
)

// manifests is where the accounts are told what a van takes.
var manifests = map[string]string{"easypost": "scan_forms", "shipengine": "manifests", "easyship": "manifests", "usps": "scan-form"}

// van buys so many parcels after the first ones, and puts them into a van.
func (w *world) van(first, n int) (h carriers.Handover, wishes []effects.Wish) {
	w.Helper()
	h = carriers.Handover{Van: "M-1", Day: w.clock()}
	for i := range n {
		wish := w.priced(w.parcel(first + i))
		p, err := w.rooms.Buy(w.Context(), wish)
		if err != nil {
			w.Fatal(err)
		}
		wishes = append(wishes, wish)
		h.Parcels = append(h.Parcels, store.Parcel{ID: wish.Parcel, Order: wish.Order.ID, Tracking: p.Tracking, Carrier: wish.Carrier})
	}
	return h, wishes
}

// voidElsewhere voids a label as the carrier's web page does: the bench does not know.
func (w *world) voidElsewhere(wish effects.Wish) {
	w.Helper()
	row, err := w.folder.Store.Purchase(w.Context(), wish.Key)
	if err != nil {
		w.Fatal(err)
	}
	of, err := w.folder.Store.Account(w.Context(), row.Account)
	if err != nil {
		w.Fatal(err)
	}
	var p account.Purchase
	if err := json.Unmarshal(row.Bought, &p); err != nil {
		w.Fatal(err)
	}
	k := w.rooms.Kinds[slices.IndexFunc(w.rooms.Kinds, func(k kinds.Kind) bool { return k.ID == of.Kind })]
	client, err := k.New(account.Options{
		ID: of.ID, URL: of.URL, Secret: w.sim.Secret(), Set: of.Options, Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: w.clock, Zone: time.UTC,
	})
	if err == nil {
		_, err = client.Void(w.Context(), p)
	}
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) closed() (n int) {
	for _, l := range w.sim.Book().Labels() {
		if l.Closed {
			n++
		}
	}
	return n
}

// A carrier is told once what its van takes, its paper is kept, and what it does not know
// is named and stands on no close-out.
func TestP5CloseOut(t *testing.T) {
	for kind := range simkinds.All {
		if manifests[kind] == "" {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, kind)
			h, wishes := w.van(1, 3)
			h.Parcels = append(h.Parcels, store.Parcel{ID: "1003-1", Order: "1003", Tracking: "OWN"}) // the shop's own label
			w.voidElsewhere(wishes[1])
			done, err := w.rooms.CloseOut(t.Context(), h)
			if err != nil || len(done) != 1 || done[0].State != store.CloseOutDone || done[0].Parcels != 3 || done[0].Said.ID == "" {
				t.Fatalf("%+v, %v", done, err)
			}
			d := done[0]
			if kind != "easyship" && (len(d.Unknown) != 1 || d.Unknown[0].ID != h.Parcels[1].ID) { // which leaves it out in silence
				t.Errorf("the carrier does not know %+v", d.Unknown)
			}
			if w.closed() != 2 {
				t.Errorf("%d labels are closed out", w.closed())
			}
			kept, err := w.folder.Store.Document(t.Context(), d.Said.Papers[0])
			if err != nil || !bytes.HasPrefix(kept.PDF, []byte("%PDF-")) || len(d.Papers) != 1 {
				t.Errorf("its paper: %+v, %v", d.Papers, err)
			}
			strange := h
			strange.Parcels = h.Parcels[1:2]
			if done, err := w.rooms.CloseOut(t.Context(), strange); kind != "easyship" && (err != nil || len(done) != 1 || w.closed() != 2) {
				t.Errorf("what the carrier does not know is not asked for again: %+v, %v", done, err)
			}
			h.Parcels = []store.Parcel{h.Parcels[0], h.Parcels[2]}
			if done, err := w.rooms.CloseOut(t.Context(), h); err != nil || len(done) != 0 {
				t.Errorf("closed out again: %+v, %v", done, err)
			}
			w.notBlindly()
		})
	}
}

// notBlindly has answers lost: a close-out that nobody saw the answer of is not made again
// before somebody has looked at the carrier; one that surely was not made is (F2).
func (w *world) notBlindly() {
	w.Helper()
	before := w.closed()
	h, _ := w.van(11, 2)
	tell := func(state store.CloseOutState) carriers.Closing {
		w.Helper()
		done, err := w.rooms.CloseOut(w.Context(), h)
		if err != nil || len(done) != 1 || done[0].State != state || done[0].Parcels != 2 {
			w.Fatalf("%+v, %v; want %s", done, err, state)
		}
		w.now.Add(int64(10 * time.Minute))
		return done[0]
	}
	fault := func(f faults.Fault) { w.sim.Faults().Next(manifests[w.kind], f) }
	fault(faults.TooMany)
	tell(store.CloseOutAway)
	fault(faults.LostBefore)
	first := tell(store.CloseOutSent)
	if again := tell(store.CloseOutSent); again.ID != first.ID || w.closed() != before {
		w.Errorf("%s was made after %s, %d labels are closed out", again.ID, first.ID, w.closed())
	}
	if all, err := w.rooms.Statuses(w.Context()); err != nil || all[0].Closed != 1 {
		w.Errorf("the account stands as %+v, %v", all, err)
	}
	if _, err := w.rooms.SettleCloseOut(w.Context(), first.ID, false); err != nil {
		w.Fatal(err)
	}
	fault(faults.LostAfter)
	second := tell(store.CloseOutSent)
	if row, err := w.rooms.SettleCloseOut(w.Context(), second.ID, true); err != nil || row.State != store.CloseOutDone {
		w.Fatal(row, err)
	}
	if _, err := w.rooms.SettleCloseOut(w.Context(), second.ID, false); err == nil || !strings.Contains(err.Error(), "known") {
		w.Errorf("settled twice: %v", err)
	}
	if done, err := w.rooms.CloseOut(w.Context(), h); err != nil || len(done) != 0 || w.closed() != before+2 {
		w.Errorf("made again: %+v, %v", done, err)
	}
}
