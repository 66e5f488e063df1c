package scale

import (
	"time"

	"packbench/devices"
	"packbench/station/unit"
)

// Event is what a Gate lets through: one of Settled, Cleared, Lost, [OutOfRange]
// and Unreadable.
type Event interface{ event() }

// Settled says that a new weight stands still on the scale.
type Settled struct {
	At       time.Time
	Device   string
	Mass     unit.Mass // more than zero
	Division unit.Mass
	Net      bool // under a tare
}

// Cleared says that the scale is empty: what comes next belongs to another parcel.
// Under a tare (Net) it may be what the tare was taken with that lies on it.
type Cleared struct {
	At     time.Time
	Device string
	Net    bool
}

// Lost says that the scale has stopped sending.
type Lost struct{ At time.Time }

// OutOfRange says that the load is more than the scale can weigh (Over), or
// less than nothing.
type OutOfRange struct {
	At   time.Time
	Over bool
}

// Unreadable says that the scale sends what cannot be understood, or a fault.
type Unreadable struct {
	At  time.Time
	Raw []byte
}

func (Settled) event()    {}
func (Cleared) event()    {}
func (Lost) event()       {}
func (OutOfRange) event() {}
func (Unreadable) event() {}

// LiveState is what the weight on the screen is doing.
type LiveState uint8

// The live states.
const (
	NoData     LiveState = iota // nothing has come for a while
	Moving                      // a weight that is not steady yet
	Steady                      // a weight that counts
	AtZero                      // empty
	TooHeavy                    // over load
	BelowZero                   // under load
	NotReading                  // the scale sends what is not understood, or a fault
)

var liveNames = [...]string{"no data", "moving", "steady", "zero", "over", "under", "unknown"}

// String returns no data, moving, steady, zero, over, under or unknown.
func (s LiveState) String() string {
	if int(s) < len(liveNames) {
		return liveNames[s]
	}
	return liveNames[NotReading]
}

// Live is what the screen shows of the scale now.
type Live struct {
	State    LiveState
	Mass     unit.Mass
	HasMass  bool
	Division unit.Mass
	Net      bool
	At       time.Time // of the reading that it comes from
}

// GateOptions set a Gate; zero values take the defaults.
type GateOptions struct {
	Still   time.Duration // how long a mass must not move where the scale cannot say; 400 ms
	Timeout time.Duration // silence after which there is no data; 2 s
	Change  unit.Mass     // least change that makes a weight new, at least 2 divisions; 5 g
}

// Gate turns the stream of readings into the few events that count (W1). It is
// pure: time comes in with the readings and with Tick.
type Gate struct {
	opts GateOptions

	live    Live
	last    devices.Reading // the last reading of any state
	have    bool            // a reading has come since the last Lost
	pivot   unit.Mass       // mass that has not moved, where the scale cannot say
	since   time.Time       // since when
	still   bool            // pivot and since hold
	step    unit.Mass       // least difference of two masses since the last Lost, where the scale cannot say; 0 for none yet
	settled unit.Mass       // last mass let through
	armed   bool            // the next steady mass is new
	fine    bool            // two divisions are a change
	told    LiveState       // last of AtZero, TooHeavy, BelowZero, NotReading that was let through
}

// NewGate returns a gate that waits for its first reading.
func NewGate(opts GateOptions) *Gate {
	if opts.Still == 0 {
		opts.Still = 400 * time.Millisecond
	}
	if opts.Timeout == 0 {
		opts.Timeout = 2 * time.Second
	}
	if opts.Change == 0 {
		opts.Change = 5 * unit.Gram
	}
	return &Gate{opts: opts, armed: true}
}

// Feed takes the next reading.
func (g *Gate) Feed(r devices.Reading) []Event {
	lost := g.Tick(r.At) // a reading after a long silence finds no old weight standing
	g.last, g.have = r, true
	state := g.judge(r)
	if state == AtZero && r.Net != g.live.Net {
		g.told = NoData // empty in another way
	}
	g.live = Live{State: state, Mass: r.Mass, HasMass: r.HasMass, Division: r.Division, Net: r.Net, At: r.At}
	if r.HasMass && (r.Mass-g.settled).Abs() > g.change(r) {
		g.armed = true // clearly changed, be it in motion: the next steady mass is another one
	}
	var events []Event
	switch state {
	case Moving:
		g.told = NoData
	case Steady:
		g.told = NoData
		if g.armed {
			g.armed, g.settled = false, r.Mass
			events = append(events, Settled{At: r.At, Device: r.Device, Mass: r.Mass, Division: r.Division, Net: r.Net})
		}
	case AtZero:
		g.armed, g.settled = true, 0
		events = g.tell(state, Cleared{At: r.At, Device: r.Device, Net: r.Net})
	case TooHeavy, BelowZero:
		g.armed = true
		events = g.tell(state, OutOfRange{At: r.At, Over: state == TooHeavy})
	case NotReading:
		events = g.tell(state, Unreadable{At: r.At, Raw: r.Raw})
	}
	return append(lost, events...)
}

// tell lets an event through unless its state is already known.
func (g *Gate) tell(state LiveState, e Event) []Event {
	if g.told == state {
		return nil
	}
	g.told = state
	return []Event{e}
}

// judge says what one reading is, and keeps watch over masses whose scale
// cannot say whether they are steady.
func (g *Gate) judge(r devices.Reading) LiveState {
	if r.State != devices.OK || !r.HasMass || r.StableKnown {
		g.still = false
	}
	switch r.State {
	case devices.Zero:
		return AtZero
	case devices.Over:
		return TooHeavy
	case devices.Under:
		return BelowZero
	case devices.Motion:
		return Moving
	case devices.OK:
	default:
		return NotReading
	}
	if !r.HasMass {
		return NotReading
	}
	if r.StableKnown && !r.Stable || !r.StableKnown && !g.stood(r) {
		return Moving
	}
	switch near := g.change(r); {
	case r.Mass > near:
		return Steady
	case r.Mass < -near:
		return BelowZero
	default:
		return AtZero
	}
}

// stood reports whether the mass has stayed within one division for long enough.
func (g *Gate) stood(r devices.Reading) bool {
	if !g.still || (r.Mass-g.pivot).Abs() > g.flicker(r) {
		g.still, g.pivot, g.since = true, r.Mass, r.At
	}
	return r.At.Sub(g.since) >= g.opts.Still
}

// flicker is one division of the scale. Its last digit may count in twos or
// fives, which only shows in how its weights differ.
func (g *Gate) flicker(r devices.Reading) unit.Mass {
	if moved := (r.Mass - g.live.Mass).Abs(); moved > 0 && (g.step == 0 || moved < g.step) {
		g.step = moved
	}
	for _, n := range []unit.Mass{5, 2} {
		if g.step > n*(r.Division-1) { // divisions of pounds are rounded to milligrams
			return n * r.Division
		}
	}
	return r.Division
}

// Fine has the gate let through each change that the scale can show, as long as pieces
// are put on it one by one.
func (g *Gate) Fine(on bool) { g.fine = on }

// change is the least difference that is no noise of this scale.
func (g *Gate) change(r devices.Reading) unit.Mass {
	if g.fine && r.Division > 0 {
		return 2 * r.Division
	}
	return max(2*r.Division, g.opts.Change)
}

// Tick tells the time. It returns Lost once when readings have stopped.
func (g *Gate) Tick(now time.Time) []Event {
	if now.Sub(g.last.At) < g.opts.Timeout {
		return nil
	}
	return g.Lose(now)
}

// Lose says that the scale is gone: what it said last is not shown for a
// moment longer. It returns Lost once.
func (g *Gate) Lose(now time.Time) []Event {
	if !g.have {
		return nil
	}
	g.have, g.still, g.armed, g.told, g.step = false, false, true, NoData, 0
	return []Event{Lost{At: now}}
}

// Current returns what the screen shows now. Nothing older than the timeout is
// ever shown as a weight, even when Tick is late.
func (g *Gate) Current(now time.Time) Live {
	if !g.have || now.Sub(g.last.At) >= g.opts.Timeout {
		return Live{}
	}
	return g.live
}

// Repeat returns the settled weight again if it still stands, or the emptiness,
// or the trouble. The bench asks when it opens its weighing step, so that a
// parcel which is already on the scale counts.
func (g *Gate) Repeat(now time.Time) []Event {
	r := g.last
	switch g.Current(now).State {
	case Steady:
		g.armed, g.settled = false, r.Mass
		return []Event{Settled{At: r.At, Device: r.Device, Mass: r.Mass, Division: r.Division, Net: r.Net}}
	case AtZero:
		return []Event{Cleared{At: r.At, Device: r.Device, Net: r.Net}}
	case TooHeavy:
		return []Event{OutOfRange{At: r.At, Over: true}}
	case BelowZero:
		return []Event{OutOfRange{At: r.At}}
	case NotReading:
		return []Event{Unreadable{At: r.At, Raw: r.Raw}}
	case NoData:
		return []Event{Lost{At: now}}
	}
	return nil
}
