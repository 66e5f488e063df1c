package bench

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/devices"
	"packbench/devices/scale"
	"packbench/devices/sim"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

// A badge's code is in no row of the journal and on no settings page, not even
// where a stall of the line has cut it in two, or the badge has a code of its own.
func TestABadgesCodeIsKeptNowhere(t *testing.T) {
	// What is a half of a code is a matter of time: where the machine stalls
	// between two halves, they are two codes, and prove nothing.
	var faults []string
	for range 5 {
		t.Run("", func(t *testing.T) { faults = badgeInHalves(t) })
		if len(faults) == 0 {
			return
		}
	}
	for _, fault := range faults {
		t.Error(fault)
	}
}

// badgeInHalves sends a badge in two parts with a pause between, and says what
// was kept of it.
func badgeInHalves(t *testing.T) (faults []string) {
	r := newRig(t)
	gun := r.guns[FirstScanner]
	r.until("the scanners", func() bool {
		return r.lamp(FirstScanner, devices.Green)() && r.lamp(SecondScanner, devices.Green)()
	})
	noise := func(data string, then time.Duration) {
		t.Helper()
		if err := gun.Noise([]byte(data)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(then)
	}
	noise("4006381333931\r", 50*time.Millisecond) // shows that it sends a suffix
	heard := ""
	for _, half := range [][2]string{{"PB:badge:B-PAC", "KER\r"}, {"PB:ba", "dge:B-PACKER\r"}, {"p", "b:badge:B-PACKER\r"}} {
		noise(half[0], 400*time.Millisecond)
		noise(half[1], 600*time.Millisecond) // or it is taken for the rest of what comes next
		h, _ := r.live.Newest(FirstScanner)
		heard += string(h.Raw) + " "
	}
	if err := r.guns[SecondScanner].Scan([]byte("B-PACKER")); err != nil {
		t.Fatal(err)
	}
	r.until("the badge", func() bool { return r.bench.Engine.State().Phase == pack.Idle })
	// As the window does with each update.
	r.live.Updated(pack.SignedOut, engine.Update{State: r.bench.Engine.State(), Input: pack.Input{Event: pack.Scanned{Device: SecondScanner}}})
	h, _ := r.live.Newest(SecondScanner)
	heard += string(h.Raw)
	if strings.Contains(heard, "KER") {
		faults = append(faults, fmt.Sprintf("the settings page shows %q", heard))
	}
	if err := r.bench.Engine.Quiet(t.Context()); err != nil {
		t.Fatal(err)
	}
	codec, cut := journal.Bench(), 0
	for row, err := range r.bench.Store.Rows(t.Context(), r.bench.Station, 1) {
		if err != nil {
			t.Fatal(err)
		}
		in, _, err := codec.Decode(row)
		if err != nil {
			t.Fatal(err)
		}
		if scan, ok := in.Event.(pack.Scanned); ok {
			if scan.Problem == "cut" {
				cut++
			}
			if strings.Contains(scan.Raw, "KER") {
				faults = append(faults, fmt.Sprintf("the journal holds %q", scan.Raw))
			}
		}
	}
	if cut != 6 {
		faults = append(faults, fmt.Sprintf("%d of 6 halves are cut codes", cut))
	}
	return faults
}

// With a parcel on it a scale is not set to zero: an Adam would take it as tare
// and weigh the next one too light.
func TestNoZeroWithAParcelOnTheScale(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	foldertest.Init(t, data, true, folder.Options{})
	d, err := folder.Open(t.Context(), data, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{T: t}
	if r.scale, err = sim.NewScale(sim.ScaleOptions{Protocol: "adam", Link: filepath.Join(dir, TheScale)}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.scale.Close() })
	d.Settings.Sounds = false
	d.Settings.Scale.Kind, d.Settings.Scale.Protocol, d.Settings.Scale.Port = "serial", "adam", r.scale.Path()
	r.work(d)
	shows := func(mass unit.Mass) {
		t.Helper()
		r.scale.Put(mass)
		r.until(mass.String(), func() bool {
			w := r.live.Weight(time.Now())
			return w.Mass == mass && (w.State == scale.Steady || mass < 5*unit.Gram && w.State == scale.AtZero)
		})
	}
	shows(unit.Kilogram)
	if err := r.live.Do(t.Context(), "zero"); err == nil {
		t.Error("it was set to zero with 1 kg on it")
	}
	shows(2 * unit.Kilogram)
	shows(12 * unit.Gram) // what has stuck to it
	if err := r.live.Do(t.Context(), "zero"); err != nil {
		t.Error(err)
	}
	if w := r.live.Weight(time.Now()); w.State != scale.AtZero {
		t.Errorf("after the zero it shows %+v", w)
	}
}

// What keeps the scale from weighing is told while a parcel is to be weighed, each
// once until it weighs again, and never while nobody weighs (W1).
func TestAScaleThatCannotWeighSaysSo(t *testing.T) {
	r := newRig(t)
	r.open()
	trouble := func(want pack.Code, n int) {
		t.Helper()
		r.until(string(want), func() bool {
			have := 0
			for _, v := range r.bench.Engine.State().Recent {
				if v.Code == want {
					have++
				}
			}
			return have == n
		})
	}
	shows := func(state scale.LiveState) {
		t.Helper()
		r.until(state.String(), func() bool { return r.live.Weight(time.Now()).State == state })
	}
	r.scale.Put(0)
	shows(scale.AtZero)
	r.scale.Over()
	shows(scale.TooHeavy) // nobody weighs yet
	trouble(pack.CodeWeightOver, 0)
	r.scale.Put(0)
	shows(scale.AtZero)
	for _, raw := range []engine.Raw{
		engine.Scan{Data: "MUG-WHITE"}, engine.Press{Command: pack.ReadCommand("next-parcel")},
	} {
		if _, err := r.bench.Engine.Do(t.Context(), raw); err != nil {
			t.Fatal(err)
		}
	}
	if phase := r.bench.Engine.State().Phase; phase != pack.Weighing {
		t.Fatalf("the parcel is %s: %+v", phase, r.bench.Engine.State().Recent[0])
	}
	r.scale.Over()
	trouble(pack.CodeWeightOver, 1)
	r.scale.Under()
	trouble(pack.CodeWeightUnder, 1)
	r.scale.Over() // back and forth: all that was said already
	shows(scale.TooHeavy)
	r.scale.Under()
	shows(scale.BelowZero)
	r.scale.Unplug()
	trouble(pack.CodeWeightNone, 1)
	if err := r.scale.Replug(); err != nil {
		t.Fatal(err)
	}
	r.scale.Put(0)
	shows(scale.AtZero)
	r.scale.Over()
	trouble(pack.CodeWeightOver, 2)
	trouble(pack.CodeWeightUnder, 1)
	before := len(r.bench.Engine.State().Recent)
	r.live.Updated(pack.Packing, engine.Update{State: r.bench.Engine.State()}) // the next parcel, with it as it is
	r.until("the trouble of the next parcel", func() bool { return len(r.bench.Engine.State().Recent) == before+1 })
	trouble(pack.CodeWeightOver, 3)
}

// A box that was refused for one order and stands on the scale when the next one is
// weighed does not count, and takes no verdict's place; no tare hides it. Once it is off,
// the next one counts.
func TestABoxLeftOnTheScaleIsNotTheNextOrders(t *testing.T) { // V2, V21
	const notebook = 265 * unit.Gram // in a box of no weight, with its filling
	r := newRig(t)
	do := func(raw ...engine.Raw) {
		t.Helper()
		for _, raw := range raw {
			if _, err := r.bench.Engine.Do(t.Context(), raw); err != nil {
				t.Fatal(err)
			}
			if err := r.bench.Engine.Quiet(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	state := func() pack.State { return r.bench.Engine.State() }
	said := func(code pack.Code) bool {
		return slices.ContainsFunc(state().Recent, func(v *pack.Verdict) bool { return v.Code == code })
	}
	r.scale.Put(0)
	do(engine.Badge{Code: "B-PACKER"}, engine.Scan{Data: "1003"}, engine.Scan{Data: "HONEY"})
	r.scale.Put(notebook)
	r.until("the refusal", func() bool { return said(pack.CodeWeightOff) })
	do(engine.Press{Command: pack.ReadCommand("park")}, engine.Scan{Data: "1002"}, engine.Scan{Data: "NOTEBOOK-A5"})
	if s := state(); s.Phase != pack.Weighing || s.Recent[0].Code != pack.CodeAllScanned {
		t.Fatalf("%s, %+v", s.Phase, s.Recent[0])
	}
	r.until("the box", func() bool {
		now := r.live.Weight(time.Now())
		return now.State == scale.Steady && now.Mass == notebook
	})
	if err := r.live.Do(t.Context(), "tare"); err == nil {
		t.Error("it is tared with the box of another order on it")
	}
	r.scale.Put(0)
	r.until("the empty scale", func() bool { return len(state().Scale.Loads) == 0 })
	if s := state(); s.Work.Parcel.Weight != nil || said(pack.CodeWeightStale) {
		t.Errorf("weighed %v, the last verdict is %+v", s.Work.Parcel.Weight, s.Recent[0])
	}
	r.scale.Put(notebook)
	r.until("its own box", func() bool { return state().Work.Parcel.Weight != nil })
}

// The scale counts while an order is packed: what stands on it when that begins does not
// count, what is laid on beside it does, and a piece is seen that a weighing would not see.
func TestTheScaleCountsWhatIsLaidOn(t *testing.T) { // Q3
	r := newRig(t)
	if err := r.bench.Store.SetHandling(t.Context(), "MUG-WHITE", station.Handling{ByWeight: true}); err != nil {
		t.Fatal(err)
	}
	state := func() pack.State { return r.bench.Engine.State() }
	do := func(name string, words ...string) {
		t.Helper()
		before := state().Phase
		u, err := r.bench.Engine.Do(t.Context(), engine.Press{Command: pack.ReadCommand(name, words...)})
		if err != nil {
			t.Fatal(err)
		}
		r.live.Updated(before, u) // as the window does
	}
	p, err := r.bench.Store.Product(t.Context(), "MUG-WHITE")
	if err != nil {
		t.Fatal(err)
	}
	r.scale.Put(150 * unit.Gram)
	r.until("the bowl", func() bool { return r.live.Weight(time.Now()).State == scale.Steady })
	r.open()
	do("by-weight", "1")
	r.until("the beginning", func() bool { s := state(); return s.Tally != nil && s.Tally.Known && s.Tally.Empty == 150*unit.Gram })
	r.scale.Put(150*unit.Gram + 3*p.Mass)
	r.until("three mugs", func() bool { s := state(); return s.Question != nil && s.Tally.Offer == 3 })
	r.scale.Put(150*unit.Gram + 2*p.Mass) // one is taken off before anybody says yes
	r.until("two mugs", func() bool { s := state(); return s.Question != nil && s.Tally.Offer == 2 })
	do("choose", "1")
	if n := state().Work.Units(); n != 2 {
		t.Errorf("%d are counted", n)
	}
	r.scale.Put(0)
	r.until("the empty scale", func() bool { s := state(); return s.Tally.Full == s.Tally.Empty && !s.CountedOn() })
	do("by-weight")
	r.scale.Put(p.Mass)
	r.until("a mug that nobody counts", func() bool { return r.live.Weight(time.Now()).State == scale.Steady })
	time.Sleep(200 * time.Millisecond)
	if s := state(); s.Work.Units() != 2 || s.Question != nil {
		t.Errorf("%+v", s.Question)
	}
}
