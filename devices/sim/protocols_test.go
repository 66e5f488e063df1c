//go:build linux

package sim_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/devices/sim"
	"packbench/station/unit"
)

// bench is a simulated scale on a pseudo terminal with its driver.
type bench struct {
	*testing.T
	scale    *sim.Scale
	runner   *port.Runner
	protocol scale.Protocol
	near     unit.Mass // how far off a reading may be: half a division
	readings chan devices.Reading
	states   chan devices.Status
}

// plug plugs a scale in whose frames come fast, so that little time sees many.
func plug(t *testing.T, p scale.Protocol, opts sim.ScaleOptions) *bench {
	t.Helper()
	poll := p.Polled
	if poll.Ask == nil {
		poll = p.Stream
	} else {
		poll.Every = 60 * time.Millisecond
	}
	return plugPolled(t, p, opts, poll)
}

func plugPolled(t *testing.T, p scale.Protocol, opts sim.ScaleOptions, poll devices.Poll) *bench {
	t.Helper()
	opts.Protocol, opts.Link = p.Name, filepath.Join(t.TempDir(), "scale")
	s, err := sim.NewScale(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	run(t, s)
	b := &bench{
		T: t, scale: s, protocol: p, near: unit.Gram / 2,
		readings: make(chan devices.Reading, 10_000), states: make(chan devices.Status, 1000),
	}
	if opts.Unit == "lb" {
		b.near = 4_536 / 2
	}
	poll.Timeout = 400 * time.Millisecond
	b.runner = port.New(port.Options{
		Device: "counter-1", Kind: "scale", Opener: port.Serial{Name: s.Path(), Line: p.Line}, Poll: poll,
		Handler: scale.NewReader("counter-1", p, scale.Profile{Unit: opts.Unit}, func(r devices.Reading) { b.readings <- r }),
		Status:  func(s devices.Status) { b.states <- s },
	})
	run(t, b.runner)
	return b
}

func (b *bench) close(r devices.Reading, mass unit.Mass) bool {
	return (r.Mass - mass).Abs() <= b.near
}

// until collects readings up to the one that is looked for.
func (b *bench) until(what string, ok func(devices.Reading) bool) (all []devices.Reading) {
	b.Helper()
	deadline := time.After(patience)
	for {
		select {
		case r := <-b.readings:
			if all = append(all, r); ok(r) {
				return all
			}
		case <-deadline:
			b.Fatalf("no %s; there came %s", what, story(all))
		}
	}
}

// during collects readings for a while.
func (b *bench) during(d time.Duration) (all []devices.Reading) {
	end := time.After(d)
	for {
		select {
		case r := <-b.readings:
			all = append(all, r)
		case <-end:
			return all
		}
	}
}

func (b *bench) state(want devices.ReadingState) {
	b.Helper()
	b.until(want.String(), func(r devices.Reading) bool { return r.State == want })
}

// says waits for a state that not every protocol has a word for: where there is
// none, the scale falls silent, and no weight may come.
func (b *bench) says(want devices.ReadingState) {
	b.Helper()
	silent := slices.Contains([]string{"adam", "yaohua-a9", "yaohua-reversed", "yaohua-forward"}, b.protocol.Name)
	if !silent && (b.protocol.Name != "cas-ecr" || want != devices.Under) {
		b.state(want)
		return
	}
	for begun := time.Now(); ; { // what was on its way comes late on a busy machine
		came := b.during(500 * time.Millisecond)
		if len(came) == 0 {
			return
		}
		if time.Since(begun) > patience {
			b.Fatalf("%s: %v is read as %s", b.protocol.Name, want, story(came))
		}
	}
}

func (b *bench) steady(mass unit.Mass) []devices.Reading {
	b.Helper()
	return b.until("steady "+mass.String(), func(r devices.Reading) bool { return r.State == devices.OK && b.close(r, mass) })
}

// story is what readings say, the same ones in a row once.
func story(all []devices.Reading) string {
	out, last := "", ""
	for _, r := range all {
		now := r.State.String()
		if r.HasMass {
			now += " " + r.Mass.String()
		} else {
			now += fmt.Sprintf(" %q", r.Raw)
		}
		if now != last {
			out += now + "; "
		}
		last = now
	}
	if out == "" {
		return "nothing"
	}
	return out
}

// together runs a test for each protocol that has a voice, all at once: they
// wait for their scales most of the time.
func together(t *testing.T, test func(*testing.T, scale.Protocol)) {
	var all sync.WaitGroup
	for _, p := range scale.Protocols() {
		if (sim.ScaleOptions{Protocol: p.Name}).Check() != nil {
			continue // see TestEveryProtocolHasAVoice
		}
		all.Go(func() { t.Run(p.Name, func(t *testing.T) { test(t, p) }) })
	}
	all.Wait()
}

func TestEveryProtocolWeighs(t *testing.T) {
	together(t, func(t *testing.T, p scale.Protocol) {
		var all sync.WaitGroup
		for _, u := range []string{"kg", "lb"} {
			all.Go(func() { t.Run(u, func(t *testing.T) { weighs(plug(t, p, sim.ScaleOptions{Unit: u})) }) })
		}
		if p.Polled.Ask != nil && p.Stream.Ask != nil {
			all.Go(func() {
				t.Run("stream", func(t *testing.T) { weighs(plugPolled(t, p, sim.ScaleOptions{Unit: "kg"}, p.Stream)) })
			})
		}
		all.Wait()
	})
}

func weighs(b *bench) {
	b.state(devices.Zero)
	for _, mass := range []unit.Mass{1_234 * unit.Gram, 12_345 * unit.Gram, 88 * unit.Gram} {
		b.comesToRest(mass)
	}
	b.scale.Over()
	b.says(devices.Over)
	b.scale.Put(0)
	b.state(devices.Zero)
	b.scale.Under()
	b.says(devices.Under)
	b.scale.Put(500 * unit.Gram)
	b.steady(500 * unit.Gram)
	b.scale.Unplug()
	next(b.T, b.states, "red lamp", lamp(devices.Red))
	b.scale.Put(700 * unit.Gram)
	if err := b.scale.Replug(); err != nil {
		b.Fatal(err)
	}
	b.steady(700 * unit.Gram)
}

// comesToRest lays a load on, which is seen to move, where the protocol can say,
// and then to stand. It moves until it was seen: a machine that sleeps for a
// moment must not miss it.
func (b *bench) comesToRest(mass unit.Mass) {
	b.Helper()
	b.curve("restless")
	b.scale.Put(mass)
	b.during(0) // what was on its way
	b.until("load that moves", func(r devices.Reading) bool {
		return r.State == devices.Motion || r.HasMass && !r.StableKnown
	})
	b.curve("quick")
	b.steady(mass)
}

func (b *bench) curve(name string) {
	b.Helper()
	if err := b.scale.Curve(name); err != nil {
		b.Fatal(err)
	}
}

// Zero and tare from the bench, where the protocol has them.
func TestZeroAndTareFromTheBench(t *testing.T) {
	together(t, func(t *testing.T, p scale.Protocol) {
		if p.Zero == nil && p.Tare == nil {
			t.Skip("neither can be had")
		}
		b := plug(t, p, sim.ScaleOptions{})
		b.state(devices.Zero)
		if p.Zero != nil {
			b.scale.Put(30 * unit.Gram)
			b.steady(30 * unit.Gram)
			if err := b.runner.Send(p.Zero); err != nil {
				t.Fatal(err)
			}
			b.state(devices.Zero)
			b.scale.Put(1_030 * unit.Gram)
			b.steady(unit.Kilogram)
		}
		if p.Tare != nil {
			if err := b.runner.Send(p.Tare); err != nil {
				t.Fatal(err)
			}
			b.until("tare", func(r devices.Reading) bool { return (r.State == devices.Zero || r.State == devices.OK) && r.Mass == 0 })
		}
	})
}

// A load stands still while the line is bad: each reading is right or none, and
// the next load is read when the line is good again.
func TestEveryProtocolSurvivesEveryFault(t *testing.T) {
	together(t, func(t *testing.T, p scale.Protocol) {
		var all sync.WaitGroup
		for i, name := range sim.Faults() {
			all.Go(func() {
				t.Run(name, func(t *testing.T) {
					survives(plug(t, p, sim.ScaleOptions{Seed: uint64(i)}), name)
				})
			})
		}
		all.Wait()
	})
}

// shows tells readings of a mass.
func (b *bench) shows(mass unit.Mass) func(devices.Reading) bool {
	return func(r devices.Reading) bool { return r.State == devices.OK && b.close(r, mass) }
}

func survives(b *bench, fault string) {
	const before, after = 1_234 * unit.Gram, 2_345 * unit.Gram
	b.scale.Put(before)
	b.steady(before)
	if err := b.scale.Fault(fault, true); err != nil {
		b.Fatal(err)
	}
	if fault == sim.FaultDead {
		b.scale.Boot(time.Second)
		b.scale.Unplug()
		next(b.T, b.states, "red lamp", lamp(devices.Red))
		b.during(100 * time.Millisecond)
		begun := time.Now()
		if err := b.scale.Replug(); err != nil {
			b.Fatal(err)
		}
		came := b.until("reading after booting", func(devices.Reading) bool { return true })
		if took := came[0].At.Sub(begun); took < 900*time.Millisecond {
			b.Errorf("a scale that boots says after %v %s", took, story(came))
		}
	}
	came := b.during(2500 * time.Millisecond)
	if fault == sim.FaultSilence {
		for tries := 0; len(came) > 0; tries++ { // what was on its way comes first
			if tries == 10 {
				b.Errorf("a silent scale says %s", story(came))
				break
			}
			came = b.during(time.Second)
		}
	} else {
		for tries := 0; tries < 20 && !slices.ContainsFunc(came, b.shows(before)); tries++ { // a busy machine
			came = append(came, b.during(500*time.Millisecond)...)
		}
	}
	right := 0
	for _, r := range came {
		switch {
		case r.State == devices.Unknown || r.State == devices.Error:
		case r.State == devices.OK && b.close(r, before):
			right++
		default:
			b.Errorf("%v is read as %v %v, out of %q", unit.Mass(before), r.State, r.Mass, r.Raw)
		}
	}
	if fault != sim.FaultSilence && right == 0 {
		b.Errorf("nothing was read: %s", story(came))
	}
	if err := b.scale.Fault(fault, false); err != nil {
		b.Fatal(err)
	}
	b.scale.Put(after)
	b.steady(after)
}
