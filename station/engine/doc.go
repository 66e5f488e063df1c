// Package engine is the one loop of a bench:
//
//	inbox → resolve → Decide → append → Fold → publish → effects
//
// It owns the order of things: an input and its facts are durable in the
// journal before anybody sees or hears a verdict, and an effect starts only
// after the wish for it is durable. It must not hold a rule (those are in
// package pack), and it knows storage, catalogue and devices only through the
// small interfaces below.
package engine

import (
	"context"
	"slices"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/unit"
)

// Devices of scans that somebody may have typed; others are scanners on a port.
const (
	Wedge  = "wedge" // types like a keyboard
	Typed  = "typed"
	Touch  = "touch"
	Script = "script"
)

// Typed reports whether somebody may have typed a scan.
func (s Scan) Typed() bool { return slices.Contains([]string{Wedge, Typed, Touch, Script}, s.Device) }

// Raw is something that reached the bench and has not been looked up yet.
type Raw interface{ raw() }

type (
	// Scan is one gesture of a scanner. Data has no suffix and no AIM
	// identifier; GS is 0x1D. Cut says that it was longer than a scan may be.
	Scan struct {
		Gesture string
		Device  string
		AIM     string
		Data    string
		Cut     bool
		At      time.Time
	}
	// Badge is a badge code that came by a way that reads badges only.
	Badge struct{ Code string }
	// Press is a command by key, touch or script, as it was given: what it needs
	// from outside is not looked up yet.
	Press struct{ Command pack.Command }
	// Entry is what a person typed where the bench asks.
	Entry struct{ Text string }
	// PIN is what a person typed for a PIN. Nothing of it may be kept.
	PIN struct{ Text string }
	// Weight is what the gate let through.
	Weight struct {
		Scale    pack.ScaleState
		Mass     unit.Mass
		Division unit.Mass
		Net      bool // under a tare
	}
	// Shop is news of an order.
	Shop struct{ Order string }
	// Result is an event that needs no looking up: the result of an effect.
	Result struct{ Event pack.Event }
)

func (Scan) raw()   {}
func (Badge) raw()  {}
func (Press) raw()  {}
func (Entry) raw()  {}
func (PIN) raw()    {}
func (Weight) raw() {}
func (Shop) raw()   {}
func (Result) raw() {}

// Aside is an event about words that the journal may not hold, a person's name:
// the event has a key in their stead, and the text is durable under it, where it may
// be erased later, before the event's row is.
type Aside struct {
	pack.Event
	Key, Text string
}

// Resolver looks up what a decision needs from outside. It must not change
// anything that a bench works with. An error means that the lookup was not possible, not that nothing
// was found; the input is then not taken.
type Resolver interface {
	Resolve(ctx context.Context, s pack.State, raw Raw) (pack.Event, error)
}

// Journal makes rows durable, and what stands aside of them. Each returns only when
// it is on the disk, or an error when it is not. To keep a text again changes
// nothing.
type Journal interface {
	Append(ctx context.Context, row journal.Row) error
	// AppendLoading is Append for a row that puts a parcel into a van, and reports
	// whether it was taken: it is only while the van has the parcel's claim. This
	// bench may have been taken for dead since it claimed it.
	AppendLoading(ctx context.Context, row journal.Row, sscc, manifest string) (bool, error)
	KeepAside(ctx context.Context, key, text string) error
}

// Runner carries effects out. Run may call report any number of times from its
// own goroutine, and ends when ctx ends. Unsure says that an earlier start of
// the program may have carried the effect out already: what may be repeated
// runs again, buying and printing first ask what happened.
type Runner interface {
	Run(ctx context.Context, e pack.Effect, unsure bool, report func(pack.Event))
}

// Update is what one input led to. Err and Raw are set when the input could not
// be taken: then nothing changed and nothing was recorded.
type Update struct {
	Row   journal.Row
	Input pack.Input
	Facts []pack.Fact
	State pack.State
	Raw   Raw // what was not taken
	Err   error
}

// Verdict returns the update's verdict; ok is false for inputs without one.
func (u Update) Verdict() (v pack.Verdict, ok bool) {
	for _, v := range u.Verdicts() {
		return v, true
	}
	return pack.Verdict{}, false
}

// Verdicts are all answers of the bench to an input, the one that stands on the card
// first.
func (u Update) Verdicts() (all []pack.Verdict) {
	for _, f := range slices.Backward(u.Facts) {
		if j, is := f.(pack.Judged); is {
			all = append(all, j.Verdict)
		}
	}
	return all
}
