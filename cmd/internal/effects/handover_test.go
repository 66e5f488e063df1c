package effects

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/lookup"
	"packbench/cmd/internal/papers"
	"packbench/station/engine"
	"packbench/station/lease"
	"packbench/station/pack"
	"packbench/station/say"
)

// dock is a parcel of heron on the dock and two benches that load a van of it
// at the same time.
type dock struct {
	t      *testing.T
	d      *folder.Folder
	parcel pack.ParcelDone
	one    *foldertest.Writer
	two    *foldertest.Writer
	leases map[string]*lease.Lease
	ends   map[string]func() // the end of a bench's program
	n      int               // inputs so far
}

func newDock(t *testing.T) *dock {
	d := foldertest.Shop(t)
	k := &dock{
		t: t, d: d, leases: map[string]*lease.Lease{}, ends: map[string]func(){},
		one: foldertest.NewWriter(t, d, "S1"), two: foldertest.NewWriter(t, d, "S2"),
	}
	for _, station := range []string{"S1", "S2"} {
		l, err := lease.Take(t.Context(), d.Store, station, d.Log)
		if err != nil {
			t.Fatal(err)
		}
		k.leases[station] = l
		k.ends[station] = func() {
			ended, end := context.WithCancel(t.Context())
			end()
			if err := l.Run(ended); err != nil {
				t.Error(err)
			}
		}
	}
	k.parcel = pack.ParcelDone{Parcel: "1003-1", Order: "1003", SSCC: "095200000000000011", Tracking: "T1", Carrier: "heron", Service: "heron-next"}
	k.one.Write(pack.LabelKept{Parcel: "1003-1", Label: pack.Label{SSCC: k.parcel.SSCC, Tracking: "T1", Document: "d"}}, k.parcel)
	k.one.Write(pack.LoadingBegan{Manifest: "M-1", Carrier: "heron", Lane: "NORTH"})
	k.two.Write(pack.LoadingBegan{Manifest: "M-2", Carrier: "heron"})
	return k
}

func (k *dock) loaded(manifest string) pack.ParcelLoaded {
	return pack.ParcelLoaded{Manifest: manifest, Loaded: pack.Loaded{Parcel: k.parcel.Parcel, Order: k.parcel.Order, SSCC: k.parcel.SSCC}}
}

// wantWords resolves a scan at a van as scan does, lets the machine answer it
// and reads what the packer reads.
func (k *dock) wantWords(what, station, manifest, code, want string) {
	k.t.Helper()
	r := lookup.NewResolver(k.d, station)
	s := pack.State{Phase: pack.Idle, Loading: &pack.Loading{Manifest: manifest, Carrier: "heron"}}
	_, facts, _ := k.answer(r, s, engine.Scan{Data: code})
	for _, f := range facts {
		if v, ok := f.(pack.Judged); ok {
			if have := say.Message(v.Verdict, say.Names{"heron": "Heron Parcel"}); have != want {
				k.t.Errorf("%s: the packer reads\n     %s\nwant %s", what, have, want)
			}
			return
		}
	}
	k.t.Errorf("%s: %+v has no verdict", what, facts)
}

// answer is what a bench finds out about something, what it decides and where that
// leads, with the claim of a parcel where it asks for one.
func (k *dock) answer(r *lookup.Resolver, s pack.State, raw engine.Raw) (event pack.Event, facts []pack.Fact, after pack.State) {
	k.t.Helper()
	event, err := r.Resolve(k.t.Context(), s, raw)
	if err != nil {
		k.t.Fatal(err)
	}
	k.n++
	facts, after = pack.Step(s, pack.Input{ID: fmt.Sprintf("%s.%d", r.Station, k.n), Event: event})
	for _, e := range after.Pending {
		if event, err = New(k.d, Options{Station: r.Station, Lease: k.leases[r.Station]}).claim(k.t.Context(), e); err != nil {
			k.t.Fatal(err)
		}
		facts, after = pack.Step(after, pack.Input{ID: e.ID, Event: event})
	}
	return event, facts, after
}

// scan returns in which state a bench that loads a manifest finds the parcel.
func (k *dock) scan(station, manifest, code string) pack.ParcelState {
	k.t.Helper()
	r := lookup.NewResolver(k.d, station)
	s := pack.State{Phase: pack.Idle, Loading: &pack.Loading{Manifest: manifest, Carrier: "heron"}}
	event, _, _ := k.answer(r, s, engine.Scan{Data: code})
	switch e := event.(type) {
	case pack.ParcelClaimed:
		return e.Parcel.State
	case pack.Scanned:
		if len(e.Meanings) == 1 && e.Meanings[0].Parcel != nil {
			return e.Meanings[0].Parcel.State
		}
	}
	k.t.Fatalf("%s is %+v", code, event)
	return ""
}

func (k *dock) reopen() pack.Event {
	k.t.Helper()
	r := New(k.d, Options{Station: "S2", Lease: k.leases["S2"]})
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
	wantState(t, "the second van", k.scan("S2", "M-2", code), pack.ParcelLoading)
	wantState(t, "by its tracking number", k.scan("S2", "M-2", "T1"), pack.ParcelLoading)
	k.wantWords("the second van", "S2", "M-2", code, inVanOne)
	wantState(t, "the first van, after a stop in between", k.scan("S1", "M-1", code), pack.ParcelClosed)
	if e, ok := k.reopen().(pack.OrderRefused); !ok || e.Reason != "parcel-loading" || e.Place == nil || e.Place.Station != "S1" {
		t.Errorf("opened again out of a van: %+v", k.reopen())
	}
	if holder, err := k.d.Store.Holder(t.Context(), "1003"); holder != "" || err != nil {
		t.Errorf("the order stays with %q, %v", holder, err)
	}

	k.one.Write(k.loaded("M-1"))
	k.wantWords("journaled in the first van", "S2", "M-2", code, inVanOne)
	k.one.Write(pack.ParcelUnloaded(k.loaded("M-1")))
	wantState(t, "taken out again", k.scan("S2", "M-2", code), pack.ParcelClosed)
	wantState(t, "now the other has it", k.scan("S1", "M-1", code), pack.ParcelLoading)
	k.two.Write(pack.LoadingEnded{Manifest: "M-2"})
	wantState(t, "given up", k.scan("S1", "M-1", code), pack.ParcelClosed)
	k.one.Write(k.loaded("M-1"))
	k.one.Write(pack.ManifestClosed{Manifest: "M-1", Carrier: "heron", Driver: "d", Parcels: 1})
	wantState(t, "gone", k.scan("S2", "M-3", code), pack.ParcelHandedOut)
	k.wantWords("gone", "S2", "M-3", code, "1003-1 already left in an earlier van: set it aside, and have a supervisor look up when it left.")
}

const inVanOne = "1003-1 is in the van of Heron Parcel (lane NORTH) that is being loaded at bench S1 now: load it there, or take it out there first."

// A label in a van that still stands at the dock is no label that left the
// house, for whoever wants to open its parcel again either.
func TestAParcelInAVanIsNotOpenedAgain(t *testing.T) { // P5, Q12
	k := newDock(t)
	k.one.Write(k.loaded("M-1"))
	r := lookup.NewResolver(k.d, "S2")
	ref, err := r.ParcelNamed(t.Context(), "1003-1")
	if err != nil || ref == nil {
		t.Fatal(ref, err)
	}
	want := pack.Place{Station: "S1", Carrier: "heron", Lane: "NORTH", Manifest: "M-1"}
	if ref.State != pack.ParcelLoading || ref.Place == nil || *ref.Place != want {
		t.Errorf("the parcel is %s at %+v", ref.State, ref.Place)
	}
	k.one.Write(pack.ManifestClosed{Manifest: "M-1", Carrier: "heron", Driver: "d", Parcels: 1})
	if ref, err = r.ParcelNamed(t.Context(), "1003-1"); err != nil || ref.State != pack.ParcelHandedOut {
		t.Errorf("after the van has left it is %s, %v", ref.State, err)
	}
}

func TestAParcelThatIsOpenedAgainGoesIntoNoVan(t *testing.T) { // P5, Q12
	k := newDock(t)
	for range 2 { // an effect may run twice
		if e, ok := k.reopen().(pack.OrderReady); !ok {
			t.Fatalf("not opened again: %+v", e)
		}
	}
	wantState(t, "while it is being opened", k.scan("S1", "M-1", "00"+k.parcel.SSCC), pack.ParcelOpening)
	k.wantWords("while it is being opened", "S1", "M-1", "00"+k.parcel.SSCC,
		"1003-1 is being reopened at bench S2: take it there: its label will be void.")
	k.two.Write(pack.OrderTaken{Order: pack.OrderInfo{ID: "1003"}, Parcel: "1003-2"},
		pack.ParcelReopened{Parcel: pack.ParcelRef{ID: "1003-1", Order: "1003", SSCC: k.parcel.SSCC}},
		pack.LabelVoided{Parcel: "1003-1", SSCC: k.parcel.SSCC})
	wantState(t, "opened again", k.scan("S1", "M-1", "00"+k.parcel.SSCC), pack.ParcelVoided)
}

// A journal of before may hold a parcel in two vans: what one gives back stays
// in the other.
func TestAParcelInTwoVansStaysInOne(t *testing.T) {
	k := newDock(t)
	k.one.Write(k.loaded("M-1"))
	k.two.Write(k.loaded("M-2"))
	k.one.Write(pack.ParcelUnloaded(k.loaded("M-1")))
	wantState(t, "still in the second", k.scan("S1", "M-1", "00"+k.parcel.SSCC), pack.ParcelLoading)
	on, err := k.d.Store.ParcelsOn(t.Context(), "M-2")
	if err != nil || len(on) != 1 {
		t.Errorf("the second van has %v, %v", on, err)
	}
}

// What cannot be seen on the list is no part of a driver's name.
func TestADriversNameIsWhatIsSeen(t *testing.T) { // P5, F5
	r := lookup.NewResolver(foldertest.Shop(t), "S1")
	for typed, want := range map[string]string{
		" Driver \u202e One\u200b\x07 ": "Driver One", "\u05e9\u05e8\u05d4": "\u05e9\u05e8\u05d4", "\x00\u202e\u2066": "", "a\tb": "a b",
		strings.Repeat("\u00d1", lookup.LongestName):   strings.Repeat("\u00d1", lookup.LongestName),
		strings.Repeat("\u00d1", lookup.LongestName+1): "", // asked for again, shorter
	} {
		aside, _ := r.Driver(pack.Command{Name: "driver", Value: typed}).(engine.Aside)
		if have := aside.Text; have != want {
			t.Errorf("%q is kept as %q, want %q", typed, have, want)
		}
	}
}

// What a lane does not take, it does not keep from the lane that does.
func TestTheWrongLaneClaimsNothing(t *testing.T) { // P5
	k := newDock(t)
	code := "00" + k.parcel.SSCC
	for _, lane := range []pack.Loading{
		{Manifest: "M-1", Carrier: "heron", Lane: "BIG", Services: []string{"heron-freight"}},
		{Manifest: "M-1", Carrier: "swift"},
	} {
		r := lookup.NewResolver(k.d, "S1")
		k.answer(r, pack.State{Phase: pack.Idle, Loading: &lane}, engine.Scan{Data: code})
		wantState(t, "after a scan at "+lane.Carrier+" "+lane.Lane, k.scan("S2", "M-2", code), pack.ParcelClosed)
		if err := k.d.Store.LeaveOnDock(t.Context(), k.parcel.SSCC, "M-2"); err != nil {
			t.Fatal(err)
		}
	}
}

// A program that ended between the claim and the row has not loaded the parcel:
// the claim holds nobody up, while what is in its van stays there.
func TestTheClaimOfABenchThatEndedIsFree(t *testing.T) { // P5, Q12
	k := newDock(t)
	code := "00" + k.parcel.SSCC
	wantState(t, "S1 claims it", k.scan("S1", "M-1", code), pack.ParcelClosed)
	wantState(t, "while S1 works", k.scan("S2", "M-2", code), pack.ParcelLoading)
	k.ends["S1"]()
	wantState(t, "S1 has ended", k.scan("S2", "M-2", code), pack.ParcelClosed)
	k.ends["S2"]()
	if e, ok := k.reopen().(pack.OrderReady); !ok {
		t.Errorf("not opened again: %+v", e)
	}

	k = newDock(t)
	k.one.Write(k.loaded("M-1"))
	k.ends["S1"]()
	wantState(t, "in the van of a bench that ended", k.scan("S2", "M-2", code), pack.ParcelLoading)
}

// A van may leave at the beginning of the clock, for all a wrong one says.
func TestAVanLeavesAtTheBeginningOfTheClock(t *testing.T) { // P5, F4
	k := newDock(t)
	k.one.Write(k.loaded("M-1"))
	k.one.WriteAt(time.Unix(0, 0), pack.ManifestClosed{Manifest: "M-1", Carrier: "heron", Driver: "d", Parcels: 1})
	wantState(t, "a van that left in 1970", k.scan("S2", "M-2", "00"+k.parcel.SSCC), pack.ParcelHandedOut)
	r := lookup.NewResolver(k.d, "S1")
	if n, err := r.ReprintsOf(t.Context(), "M-1"); err != nil || n != 0 {
		t.Errorf("its list was printed again %d times, %v", n, err)
	}
	m, err := k.d.Store.Manifest(t.Context(), "M-1")
	if err != nil || !m.Gone || !m.Closed.Equal(time.Unix(0, 0)) || !m.SetBack() {
		t.Errorf("it is %+v, %v", m, err)
	}
	l, err := papers.New(k.d).ListOf(t.Context(), m)
	if err != nil || len(l.Manifest.Rows) != 1 || !l.Manifest.At.IsZero() {
		t.Errorf("its list says %+v, %v", l, err)
	}
}

// A driver's name that is typed before it is asked for is refused in words: the
// journal does not hold it, and no supervisor has to look at it (P5, F5).
func TestANameThatComesTooEarlyIsNoCase(t *testing.T) {
	r := lookup.NewResolver(foldertest.Shop(t), "S1")
	s := pack.State{Phase: pack.Idle, Person: pack.Person{ID: "p"}, Loading: &pack.Loading{Manifest: "M-1", Carrier: "heron"}}
	event, err := r.Resolve(t.Context(), s, engine.Entry{Text: "Driver Sample"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range pack.Decide(s, pack.Input{ID: "S1.1", Event: event}) {
		v, ok := f.(pack.Judged)
		if !ok {
			t.Errorf("%T: %+v", f, f)
			continue
		}
		if have := say.Message(v.Verdict, nil); v.Verdict.Kind != pack.Refused || have != "Nothing was asked: do what the screen says." {
			t.Errorf("%s: %s", v.Verdict.Kind, have)
		}
	}
	if typed, err := r.Resolve(t.Context(), s, engine.Entry{Text: "095200000000000099"}); err != nil || typed.Tag() != "scanned" {
		t.Errorf("a number that nobody knows: %+v, %v", typed, err)
	}
}
