package shops

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/shop"
	"packbench/station/store"
)

func TestTheKeyOfAShopStandsInAFileOfItsOwn(t *testing.T) {
	w := newWorld(t)
	info, err := os.Stat(filepath.Join(w.Dir, "shop-web.key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v, %v", info, err)
	}
	files, err := filepath.Glob(filepath.Join(w.Dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err == nil && strings.Contains(string(data), "k-secret") && filepath.Base(name) != "shop-web.key" {
			t.Errorf("%s holds the key", name)
		}
	}
	if err := os.Remove(filepath.Join(w.Dir, "shop-web.key")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Pull(t.Context(), "web", false); err == nil || !strings.Contains(err.Error(), "the key of shop web is missing") {
		t.Errorf("without its key: %v", err)
	}
}

func TestAShopIsAddedWithWhatItsKindKnows(t *testing.T) {
	w := newWorld(t)
	for options, want := range map[string]string{"colour": `Fake has no setting "colour"`, "place": "", "every": "", "notify": "", "carrier.heron": ""} {
		err := w.Add(t.Context(), store.Shop{ID: "two", Kind: "fake", Options: map[string]string{options: "1m"}}, "key")
		if err == nil != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%s: %v, want %q", options, err, want)
		}
	}
	for _, bad := range []string{"", "../web", "web shop", strings.Repeat("a", 32)} {
		if err := w.Add(t.Context(), store.Shop{ID: bad, Kind: "fake"}, "key"); err == nil {
			t.Errorf("the id %q is taken", bad)
		}
	}
}

// O1: a page that comes twice changes nothing, and how far was read is kept only
// behind what was read.
func TestO1WhatWasReadIsKeptOnce(t *testing.T) {
	w := newWorld(t)
	w.shop.perPage = 1
	for _, own := range []string{"1", "2", "3"} {
		w.place(own, 2)
	}
	w.shop.fails["changed"] = []error{nil, &shop.Away{Say: "maintenance"}}
	if _, err := w.Pull(t.Context(), "web", false); err == nil {
		t.Fatal("the second page failed, and nothing was said")
	}
	status, err := w.Status(t.Context())
	if err != nil || status[0].Trouble != "the shop cannot be reached: maintenance" {
		t.Errorf("the status is %+v, %v", status, err)
	}
	if p := w.pull(); p.Orders.Added != 2 || p.Orders.Unchanged != 0 {
		t.Errorf("the rest came as %+v", p.Orders)
	}
	if p := w.pull(); p.Orders.Added+p.Orders.Changed != 0 {
		t.Errorf("the last page again came as %+v", p.Orders)
	}
	if o := w.order("3"); o.Number != "#3" && o.Called() != "#3" || o.Shop != "web" || o.Own != "3" {
		t.Errorf("the order is %+v", o)
	}
}

func TestAListThatDoesNotGoOnEnds(t *testing.T) {
	w := newWorld(t)
	w.shop.perPage = 0
	w.place("1", 1)
	_, err := w.readThrough(t)
	if err == nil || !strings.Contains(err.Error(), "does not go on") {
		t.Errorf("the error is %v", err)
	}
}

func (w *world) readThrough(t *testing.T) (int, error) {
	n := 0
	err := w.readList(t.Context(), store.Shop{ID: "web"}, "endless", false, func(shop.Cursor) (shop.Cursor, bool, error) {
		n++
		return "", true, nil
	})
	return n, err
}

// O2: a parcel is told once, with its number and for just its units, whatever becomes of the answer.
func TestO2AParcelIsToldOnce(t *testing.T) {
	w := newWorld(t)
	if err := w.Add(t.Context(), store.Shop{ID: "web", Kind: "fake", Options: map[string]string{"carrier.heron": "Heron Post"}}, ""); err != nil {
		t.Fatal(err)
	}
	w.place("1", 3)
	w.pull()
	w.packed("1", 2)
	if p := w.push(); p.Done != 1 {
		t.Errorf("told as %+v", p)
	}
	w.push()
	w.want("shipment done", 1)
	s := w.shop.sent["1"][0]
	if s.Tracking != "TR095200000000000001" || len(s.Lines) != 1 || s.Lines[0].Qty != 2 || s.Lines[0].Line != "L1" || !s.Part || s.Name != "Heron Post" {
		t.Errorf("the shop was told %+v", s)
	}
	// The shop takes off what has left, and so does the bench: it counts once.
	w.pull()
	if o := w.order("1"); o.Status != station.OrderOpen || len(o.Lines) != 1 || o.Lines[0].Qty != 3 {
		t.Errorf("after a part has left, the order is %+v", o)
	}
	w.packed("1", 1)
	w.push()
	if s := w.shop.sent["1"][1]; s.Part {
		t.Errorf("the last parcel is told as a part: %+v", s)
	}
	w.pull()
	if o := w.order("1"); o.Status != station.OrderOpen || len(o.Lines) != 1 || o.Lines[0].Qty != 3 {
		t.Errorf("after all has left from here, the order is %+v", o)
	}
}

func TestO2AnAnswerThatIsLostIsAskedAfter(t *testing.T) {
	for name, of := range map[string]struct {
		fails, looks []error
		lost         int
		then         string
	}{
		"lost after":           {lost: 1, then: "shipment unknown"},
		"lost before":          {fails: []error{errLost}, then: "shipment unknown"},
		"away":                 {fails: []error{&shop.Away{Say: "x"}}, then: "shipment waiting"},
		"a pause":              {fails: []error{&shop.Throttled{Wait: time.Minute}}, then: "shipment waiting"},
		"not even looked":      {looks: []error{&shop.Away{Say: "x"}}, then: "shipment waiting"},
		"changed, then it can": {fails: []error{&shop.Changed{Say: "x"}}, then: "shipment waiting"},
		"the key lacks":        {fails: []error{&shop.Denied{Right: "write_orders"}}, then: "shipment waiting"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.place("1", 1)
			w.pull()
			w.packed("1", 1)
			w.shop.fails["ship"], w.shop.fails["shipped"], w.shop.lost["ship"] = of.fails, of.looks, of.lost
			_, _ = w.Push(t.Context(), "web")
			if got := w.states(); got != of.then {
				t.Errorf("after the fault: %s, want %s", got, of.then)
			}
			before := w.shop.ships
			w.push()
			if w.shop.ships != before {
				t.Error("it was sent again at once")
			}
			w.later(2 * time.Minute)
			w.push()
			w.want("shipment done", 1)
		})
	}
}

// A shop that takes orders as a whole hears of all parcels with the last one.
func TestO2AShopThatTakesWholeOrdersHearsOfTheLastParcel(t *testing.T) {
	w := newWorld(t)
	w.shop.whole = true
	w.place("1", 3)
	w.pull()
	w.packed("1", 2)
	w.push()
	w.want("shipment waiting", 0)
	w.packed("1", 1)
	w.push()
	w.want("shipment done, shipment done", 1)
	if s := w.shop.sent["1"][0]; s.Part || len(s.Lines) != 2 {
		t.Errorf("it was told %+v", s)
	}
}

// What is unknown is never sent while the shop cannot be asked what it knows.
func TestO2UnknownStaysUnknownWhileTheShopCannotBeAsked(t *testing.T) {
	w := newWorld(t)
	w.place("1", 1)
	w.pull()
	w.packed("1", 1)
	w.shop.lost["ship"] = 1
	w.push()
	for range 5 {
		w.later(20 * time.Minute)
		w.shop.fails["shipped"] = []error{&shop.Away{Say: "x"}}
		_, _ = w.Push(t.Context(), "web")
		if got := w.states(); got != "shipment unknown" || w.shop.ships != 1 {
			t.Fatalf("%s, sent %d times", got, w.shop.ships)
		}
	}
	w.later(20 * time.Minute)
	w.push()
	w.want("shipment done", 1)
}

// O4: what a shop refuses is a case, and holds up nothing behind it.
func TestO4ARefusedEntryIsACase(t *testing.T) {
	w := newWorld(t)
	w.place("1", 1)
	w.place("2", 1)
	w.shop.perPage = 9
	w.pull()
	w.packed("1", 1)
	w.packed("2", 1)
	w.shop.fails["ship"] = []error{&shop.Refused{Say: "the order was cancelled by Ann"}}
	w.push()
	w.want("shipment refused, shipment done", 1)
	open, err := w.Store.Cases(t.Context(), store.CaseFilter{State: store.CaseOpen, Kind: cases.KindShop})
	if err != nil || len(open) != 1 || open[0].Order != w.order("1").ID {
		t.Fatalf("the cases are %+v, %v", open, err)
	}
	all, err := w.Store.Entries(t.Context(), store.EntryFilter{State: store.EntryRefused})
	if err != nil || !strings.Contains(all[0].Answer, "cancelled") {
		t.Errorf("the entry is %+v, %v", all, err)
	}
	if is, err := w.Store.SendAgain(t.Context(), all[0].ID, w.now()); !is || err != nil {
		t.Fatal(is, err)
	}
	w.push()
	w.want("shipment done, shipment done", 2)
	if is, err := w.Store.SendAgain(t.Context(), all[0].ID, w.now()); is || err != nil {
		t.Errorf("what is done was sent again: %v, %v", is, err)
	}
}

// O2: a label that is given back is taken back at the shop, or never told.
func TestO2AVoidIsToldToo(t *testing.T) {
	t.Run("before it was told", func(t *testing.T) {
		w := newWorld(t)
		w.place("1", 1)
		w.pull()
		w.voided("1", w.packed("1", 1))
		w.push()
		w.want("shipment withdrawn", 0)
	})
	t.Run("after it was told", func(t *testing.T) {
		w := newWorld(t)
		w.place("1", 1)
		w.pull()
		sscc := w.packed("1", 1)
		w.push()
		w.voided("1", sscc)
		w.shop.lost["unship"] = 1
		w.push()
		w.want("shipment done, void unknown", 0)
		w.later(time.Minute)
		w.push()
		w.want("shipment done, void done", 0)
		w.packed("1", 1)
		w.push()
		w.want("shipment done, void done, shipment done", 1)
	})
	t.Run("while it was unknown", func(t *testing.T) {
		for _, lost := range []int{0, 1} {
			w := newWorld(t)
			w.place("1", 1)
			w.pull()
			sscc := w.packed("1", 1)
			w.shop.lost["ship"] = lost
			if lost == 0 {
				w.shop.fails["ship"] = []error{errLost}
			}
			w.push()
			w.voided("1", sscc)
			for range 4 {
				w.later(time.Hour)
				w.push()
			}
			n := 0
			for _, s := range w.shop.sent {
				n += len(s)
			}
			if got := w.states(); n != 0 || strings.Contains(got, "waiting") || strings.Contains(got, "unknown") {
				t.Errorf("lost %d: %s, %d parcels in the shop", lost, got, n)
			}
		}
	})
	t.Run("a shop that cannot", func(t *testing.T) {
		w := newWorld(t)
		w.place("1", 1)
		w.pull()
		sscc := w.packed("1", 1)
		w.push()
		w.voided("1", sscc)
		w.shop.fails["unship"] = []error{&shop.Refused{Say: "shipments stay"}}
		w.push()
		w.want("shipment done, void refused", 1)
		open, err := w.Store.Cases(t.Context(), store.CaseFilter{State: store.CaseOpen, Kind: cases.KindShop})
		if err != nil || len(open) != 1 {
			t.Errorf("the cases are %+v, %v", open, err)
		}
	})
}

// Two programs that push at once tell of a parcel once: the entry is one program's
// until its answer can no longer come.
func TestO2TwoProgramsTellOnce(t *testing.T) {
	w := newWorld(t)
	w.place("1", 1)
	w.pull()
	w.packed("1", 1)
	w.shop.inShip = func() {
		w.shop.inShip = nil
		if p, err := w.Push(t.Context(), "web"); err != nil || p.Sent != 0 {
			t.Errorf("the other program sent %+v, %v", p, err)
		}
	}
	w.push()
	w.want("shipment done", 1)
}

// A program that is killed between its wish and the answer leaves it unknown.
func TestO2AKilledProgramLeavesItUnknown(t *testing.T) {
	w := newWorld(t)
	w.place("1", 1)
	w.pull()
	w.packed("1", 1)
	ctx, kill := context.WithCancel(t.Context())
	w.shop.inShip = kill
	w.shop.lost["ship"] = 1
	_, _ = w.Push(ctx, "web")
	w.shop.inShip = nil
	w.want("shipment unknown", 1)
	w.later(time.Minute)
	w.push()
	w.want("shipment done", 1)
	if w.shop.ships != 1 {
		t.Errorf("it was sent %d times", w.shop.ships)
	}
}

// What was closed before the shop was added is not told; a bench whose clock is behind
// tells all the same.
func TestParcelsOfBeforeAreNotTold(t *testing.T) {
	w := newWorld(t)
	if _, err := w.Store.PutOrders(t.Context(), []station.Order{{
		ID: "new:7", Own: "7", Shop: "new", Number: "7", Lines: []station.Line{{ID: "L7", SKU: "MUG-BLUE", Qty: 2, Kind: station.Goods}},
	}}); err != nil {
		t.Fatal(err)
	}
	closed := func(sscc string) {
		w.desk.WriteAt(w.now(), pack.ParcelDone{Parcel: "new:7-1", Order: "new:7", SSCC: sscc, Tracking: sscc, Contents: []pack.Content{{Line: "L7", SKU: "MUG-BLUE", Qty: 1}}})
	}
	closed("1")
	if err := w.Add(t.Context(), store.Shop{ID: "new", Kind: "fake"}, "key"); err != nil {
		t.Fatal(err)
	}
	w.later(-time.Hour)
	closed("2")
	w.want("shipment waiting", 0)
	if err := w.Store.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.want("shipment waiting", 0)
}

// Building the tables again from the journal tells nobody anything again.
func TestRebuildingTellsNothingAgain(t *testing.T) {
	w := newWorld(t)
	w.place("1", 2)
	w.pull()
	w.packed("1", 1)
	w.voided("1", w.packed("1", 1))
	w.push()
	before := w.states()
	if err := w.Store.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.push()
	if got := w.states(); got != before || w.shop.ships != 1 {
		t.Errorf("%s, was %s; sent %d times", got, before, w.shop.ships)
	}
}

// O3: what the shop says of an order now counts, where it can be asked at once.
func TestO3TheShopIsAskedOnceMore(t *testing.T) {
	w := newWorld(t)
	w.place("1", 1)
	w.pull()
	w.shop.orders[0].Status, w.shop.orders[0].Reason = station.OrderCancelled, "the customer wants it no longer"
	if asked, err := w.Fresh(t.Context(), w.order("1")); !asked || err != nil {
		t.Fatal(asked, err)
	}
	if o := w.order("1"); o.Status != station.OrderCancelled {
		t.Errorf("the order is %+v", o)
	}
	w.shop.fails["fresh"] = []error{&shop.Away{Say: "x"}, &shop.Gone{What: "order 1"}}
	if asked, err := w.Fresh(t.Context(), w.order("1")); asked || err != nil {
		t.Errorf("a shop that is away: %v, %v", asked, err)
	}
	if asked, err := w.Fresh(t.Context(), w.order("1")); asked || err != nil || len(w.shop.fails["fresh"]) != 1 {
		t.Errorf("a shop that was away a moment ago was asked again: %v, %v", asked, err)
	}
	w.later(freshPause)
	if asked, err := w.Fresh(t.Context(), w.order("1")); !asked || err != nil || w.order("1").Status != station.OrderCancelled {
		t.Errorf("an order that the shop has no longer: %v, %v", asked, err)
	}
	if asked, err := w.Fresh(t.Context(), station.Order{ID: "77"}); asked || err != nil {
		t.Errorf("an order of no shop: %v, %v", asked, err)
	}
}

func TestAnOrderThatNobodyCanPackIsOnHoldWithTheReason(t *testing.T) {
	w := newWorld(t)
	if err := w.leftOut(t.Context(), store.Shop{ID: "web"}, []shop.Left{{ID: "9", Number: "#9", Reason: "line 1 is 2.5 metres"}}, &Pulled{}); err != nil {
		t.Fatal(err)
	}
	if o := w.order("9"); o.Status != station.OrderHeld || o.Reason != "line 1 is 2.5 metres" {
		t.Errorf("the order is %+v", o)
	}
}
