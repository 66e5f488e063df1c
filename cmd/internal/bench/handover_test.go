package bench

import (
	"strings"
	"testing"

	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
)

// writer writes what a bench has decided into the journal.
type writer struct {
	t     *testing.T
	d     *Data
	chain journal.Chain
}

func (w *writer) write(facts ...pack.Fact) {
	w.t.Helper()
	in, decided, err := journal.Bench().Encode(pack.Input{Event: pack.Command{Name: "handover"}}, facts)
	if err != nil {
		w.t.Fatal(err)
	}
	row := w.chain.Next(w.d.Clock(), in, decided)
	if err := w.d.Store.Append(w.t.Context(), row); err != nil {
		w.t.Fatal(err)
	}
	w.chain = w.chain.After(row)
}

// dock is a parcel of heron on the dock and two benches that load a van of it
// at the same time.
type dock struct {
	t      *testing.T
	d      *Data
	parcel pack.ParcelDone
	one    *writer
	two    *writer
}

func newDock(t *testing.T) *dock {
	d := sampleShop(t)
	k := &dock{t: t, d: d, one: &writer{t: t, d: d, chain: journal.Chain{Writer: "S1"}}, two: &writer{t: t, d: d, chain: journal.Chain{Writer: "S2"}}}
	k.parcel = pack.ParcelDone{Parcel: "1003-1", Order: "1003", SSCC: "095200000000000011", Tracking: "T1", Carrier: "heron", Service: "heron-next"}
	k.one.write(pack.LabelKept{Parcel: "1003-1", Label: pack.Label{SSCC: k.parcel.SSCC, Tracking: "T1", Document: "d"}}, k.parcel)
	k.one.write(pack.LoadingBegan{Manifest: "M-1", Carrier: "heron"})
	k.two.write(pack.LoadingBegan{Manifest: "M-2", Carrier: "heron"})
	return k
}

func (k *dock) loaded(manifest string) pack.ParcelLoaded {
	return pack.ParcelLoaded{Manifest: manifest, Loaded: pack.Loaded{Parcel: k.parcel.Parcel, Order: k.parcel.Order, SSCC: k.parcel.SSCC}}
}

// scan gives in which state a bench that loads a manifest finds the parcel.
func (k *dock) scan(station, manifest, code string) pack.ParcelState {
	k.t.Helper()
	r := &resolver{Data: k.d, station: station}
	s := pack.State{Phase: pack.Idle, Loading: &pack.Loading{Manifest: manifest, Carrier: "heron"}}
	event, err := r.Resolve(k.t.Context(), s, engine.Scan{Data: code})
	if err != nil {
		k.t.Fatal(err)
	}
	if e, ok := event.(pack.Scanned); ok && len(e.Meanings) == 1 && e.Meanings[0].Parcel != nil {
		return e.Meanings[0].Parcel.State
	}
	k.t.Fatalf("%s is %+v", code, event)
	return ""
}

func (k *dock) reopen() pack.Event {
	k.t.Helper()
	r := &runner{Data: k.d, station: "S2"}
	event, err := r.open(k.t.Context(), pack.Effect{ID: "S2.9.1", Kind: pack.EffectOpen, Order: "1003", Parcel: "1003-1"})
	if err != nil {
		k.t.Fatal(err)
	}
	return event
}

func wantState(t *testing.T, what string, have, want pack.ParcelState) {
	t.Helper()
	if have != want {
		t.Errorf("%s: the parcel is %s, want %s", what, have, want)
	}
}

// Two benches scan the parcel before either has written anything: only one may
// be told that it stands on the dock.
func TestOneParcelGoesIntoOneVan(t *testing.T) { // P5
	k := newDock(t)
	code := "00" + k.parcel.SSCC
	wantState(t, "the first van", k.scan("S1", "M-1", code), pack.ParcelClosed)
	wantState(t, "the second van", k.scan("S2", "M-2", code), pack.ParcelHandedOut)
	wantState(t, "by its tracking number", k.scan("S2", "M-2", "T1"), pack.ParcelHandedOut)
	wantState(t, "the first van, after a stop in between", k.scan("S1", "M-1", code), pack.ParcelClosed)
	if e, ok := k.reopen().(pack.OrderRefused); !ok || e.Reason != "handed-over" {
		t.Errorf("opened again out of a van: %+v", k.reopen())
	}
	if holder, err := k.d.Store.Holder(t.Context(), "1003"); holder != "" || err != nil {
		t.Errorf("the order stays with %q, %v", holder, err)
	}

	k.one.write(k.loaded("M-1"))
	k.one.write(pack.ParcelUnloaded(k.loaded("M-1")))
	wantState(t, "taken out again", k.scan("S2", "M-2", code), pack.ParcelClosed)
	wantState(t, "now the other has it", k.scan("S1", "M-1", code), pack.ParcelHandedOut)
	k.two.write(pack.LoadingEnded{Manifest: "M-2"})
	wantState(t, "given up", k.scan("S1", "M-1", code), pack.ParcelClosed)
	k.one.write(k.loaded("M-1"))
	k.one.write(pack.ManifestClosed{Manifest: "M-1", Carrier: "heron", Driver: "d", Parcels: 1})
	wantState(t, "gone", k.scan("S2", "M-3", code), pack.ParcelHandedOut)
}

func TestAParcelThatIsOpenedAgainGoesIntoNoVan(t *testing.T) { // P5, Q12
	k := newDock(t)
	for range 2 { // an effect may run twice
		if e, ok := k.reopen().(pack.OrderReady); !ok {
			t.Fatalf("not opened again: %+v", e)
		}
	}
	wantState(t, "while it is being opened", k.scan("S1", "M-1", "00"+k.parcel.SSCC), pack.ParcelHandedOut)
	k.two.write(pack.OrderTaken{Order: pack.OrderInfo{ID: "1003"}, Parcel: "1003-2"},
		pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "1003-1", Order: "1003", SSCC: k.parcel.SSCC}},
		pack.LabelVoided{Parcel: "1003-1", SSCC: k.parcel.SSCC})
	wantState(t, "opened again", k.scan("S1", "M-1", "00"+k.parcel.SSCC), pack.ParcelVoided)
}

// A journal of before may hold a parcel in two vans: what one gives back stays
// in the other.
func TestAParcelInTwoVansStaysInOne(t *testing.T) {
	k := newDock(t)
	k.one.write(k.loaded("M-1"))
	k.two.write(k.loaded("M-2"))
	k.one.write(pack.ParcelUnloaded(k.loaded("M-1")))
	wantState(t, "still in the second", k.scan("S1", "M-1", "00"+k.parcel.SSCC), pack.ParcelHandedOut)
	on, err := k.d.Store.ParcelsOn(t.Context(), "M-2")
	if err != nil || len(on) != 1 {
		t.Errorf("the second van has %v, %v", on, err)
	}
}

// What cannot be seen on the list is no part of a driver's name.
func TestADriversNameIsWhatIsSeen(t *testing.T) { // P5, F5
	r := &resolver{Data: sampleShop(t)}
	for typed, want := range map[string]string{
		" Driver \u202e One\u200b\x07 ": "Driver One", "\u05e9\u05e8\u05d4": "\u05e9\u05e8\u05d4", "\x00\u202e\u2066": "", "a\tb": "a b",
		strings.Repeat("\u00d1", 500): strings.Repeat("\u00d1", longestName),
	} {
		c, err := r.driver(t.Context(), typed)
		if err != nil {
			t.Fatal(err)
		}
		have := ""
		if c.Value != "" {
			if have, err = r.Store.Driver(t.Context(), c.Value); err != nil {
				t.Fatal(err)
			}
		}
		if have != want {
			t.Errorf("%q is kept as %q, want %q", typed, have, want)
		}
	}
}
