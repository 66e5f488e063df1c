package shops

import (
	"strings"

	"packbench/station/store"
)

// judge compares what was closed with what the shop knows.
func (w *runs) judge() {
	ctx := w.t.Context()
	inShop := map[string]int{}
	for _, own := range w.orders {
		for _, p := range w.sim.Parcels(own) {
			inShop[p.Tracking]++
		}
	}
	for sscc, p := range w.closed {
		e, err := w.Store.EntryByKey(ctx, store.ShipmentKey(sscc))
		if err != nil {
			w.t.Errorf("a parcel of order %s has no entry: %v", p.order, err)
			continue
		}
		n := inShop[p.tracking]
		w.tally.closed++
		w.tally.shipped += n
		if e.Tries > 1 {
			w.tally.lost++
		}
		if p.voided {
			w.tally.voided++
		}
		if e.State == store.EntryRefused {
			w.tally.refused++
		}
		void, given, err := store.Known(w.Store.EntryByKey(ctx, "void "+sscc))
		if err != nil {
			w.t.Fatal(err)
		}
		want := 1
		switch {
		case p.voided && given && void.State == store.EntryRefused:
		case p.voided, e.State == store.EntryRefused, e.State == store.EntryWaiting:
			want = 0
		case e.Answer == "" && n == 0 && e.State == store.EntryDone && w.toldWithAnother(p, inShop):
			want = 0
		}
		w.tally.due += want
		w.tally.doubled += max(0, n-want)
		w.tally.missing += max(0, want-n)
		if n != want {
			w.t.Errorf("%s of order %s is %d times in the shop, want %d; its entry is %s (%s), void %s\n%s",
				p.tracking, p.order, n, want, e.State, e.Answer, void.State, strings.Join(w.log, "\n"))
		}
	}
}

// judgeStock compares what was counted with what the shop has. Of a correction that was
// given up because nobody knows whether it counted, either is right.
func (w *runs) judgeStock() {
	may := map[int]bool{w.since: true}
	for key, delta := range w.counts {
		e, err := w.Store.EntryByKey(w.t.Context(), key)
		if err != nil {
			w.t.Fatal(err)
		}
		w.tally.counted++
		after := map[int]bool{}
		for n := range may {
			if e.State != store.EntryDone {
				after[n] = true
			}
			if e.State == store.EntryDone || strings.Contains(e.Answer, "not known") {
				after[n+delta] = true
			}
		}
		may = after
	}
	if w.takesStock && !may[w.sim.Stock(counted)] {
		w.tally.apart++
		w.t.Errorf("the shop has %d of what was counted, want one of %v\n%s", w.sim.Stock(counted), may, strings.Join(w.log, "\n"))
	}
}

// toldWithAnother reports whether a shop heard of a parcel with another of its order.
func (w *runs) toldWithAnother(of told, inShop map[string]int) bool {
	for _, p := range w.closed {
		if p.order == of.order && inShop[p.tracking] > 0 {
			return true
		}
	}
	return false
}
