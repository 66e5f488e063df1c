package sim

import (
	"fmt"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/scale"
	"packbench/station/unit"
)

// What the scales of the Toledo, NCI and SMA families say is what their drivers
// understand: state, mass within half a division, net, steadiness.
func TestVoicesAreUnderstood(t *testing.T) {
	for _, name := range []string{"toledo8217", "mt-continuous", "nci-scp01", "nci-scp12", "sma"} {
		for _, u := range []string{"kg", "g", "lb", "oz"} {
			t.Run(name+" in "+u, func(t *testing.T) { newListener(t, name, u).all() })
		}
	}
}

// listener is a driver that hears a voice.
type listener struct {
	*testing.T
	line *line
	p    scale.Protocol
	opts ScaleOptions
}

func newListener(t *testing.T, name, u string) *listener {
	p, err := scale.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	opts, err := ScaleOptions{Protocol: name, Unit: u}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	return &listener{T: t, p: p, opts: opts, line: &line{
		voice: voices()[name](opts), decoder: p.New(scale.Profile{Unit: u}), faults: newFaults(1, false), ask: p.Polled.Ask, now: time.Unix(1_000, 0),
	}}
}

func (l *listener) hears(what string, on load, want devices.Reading) {
	l.Helper()
	readings, heard := l.line.turn(on)
	if len(readings) != 1 {
		l.Fatalf("%s: %d readings out of % X", what, len(readings), heard)
	}
	r := readings[0]
	if r.State != want.State || r.HasMass != want.HasMass || r.Net != want.Net || (r.Mass-want.Mass).Abs() > l.opts.Division/2+1 {
		l.Errorf("%s: %+v out of % X, want %+v", what, r, heard, want)
	}
	if steady := r.State == devices.OK || r.State == devices.Zero; r.Stable != steady || steady && !r.StableKnown {
		l.Errorf("%s: %+v, steady: %v", what, r, steady)
	}
	if l.p.Unitless != (r.Unit == "") && r.HasMass && l.opts.Unit != "oz" {
		l.Errorf("%s: unit %q", what, r.Unit)
	}
}

func (l *listener) all() {
	l.Helper()
	weighs := func(state devices.ReadingState, mass unit.Mass) devices.Reading {
		return devices.Reading{State: state, Mass: mass, HasMass: true}
	}
	wordless := l.p.Name == "toledo8217" // sends no weight while it moves or is below zero
	l.hears("empty", grams(0), weighs(devices.Zero, 0))
	for _, n := range []int{20, 1_234, 12_345, 29_999} {
		l.hears(fmt.Sprint(n, " g"), grams(n), weighs(devices.OK, grams(n).mass))
		if wordless {
			l.hears("moving", swinging(n), devices.Reading{State: devices.Motion})
		} else {
			l.hears("moving", swinging(n), weighs(devices.Motion, grams(n).mass))
		}
	}
	l.hears("over", heavy, devices.Reading{State: devices.Over})
	l.hears("under", lifted, devices.Reading{State: devices.Under})
	if wordless {
		l.hears("less than nothing", grams(-40), devices.Reading{State: devices.Under})
	} else {
		l.hears("less than nothing", grams(-40), weighs(devices.OK, -40*unit.Gram))
	}
	l.line.voice.hear(l.p.Zero, grams(40), l.line.now)
	l.hears("zero set", grams(40), weighs(devices.Zero, 0))
	l.hears("after zero", grams(1_040), weighs(devices.OK, unit.Kilogram))

	l.line.voice.hear(l.p.Tare, grams(2_040), l.line.now)
	net := weighs(devices.OK, unit.Kilogram)
	net.Net = !(wordless && l.opts.Unit == "oz") // pounds and ounces have no letter for it
	l.hears("net", grams(3_040), net)
	net.State, net.Mass = devices.Zero, 0
	l.hears("only the tare", grams(2_040), net)
}
