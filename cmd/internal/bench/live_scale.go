package bench

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"packbench/cmd/internal/effects"
	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// startScale runs the scale that the settings name.
func (l *Live) startScale(ctx context.Context, group *sync.WaitGroup) {
	s := l.settings.Scale
	if s.Kind == "none" {
		return
	}
	if s.Kind == "hid" {
		s.Protocol = "hid"
	}
	protocol, err := scale.Find(s.Protocol)
	if err != nil {
		l.status(devices.Status{Device: TheScale, Kind: "scale", Lamp: devices.Red, Trouble: trouble.New(trouble.Said, err.Error()).With(trouble.OtherProtocol)})
		return
	}
	poll := protocol.Polled
	switch {
	case len(poll.Ask) == 0, s.Poll == "stream" && protocol.Stream.Timeout > 0:
		poll = protocol.Stream
	case s.Every() > 0:
		poll.Every = s.Every()
	}
	l.mu.Lock()
	l.protocol = protocol
	l.mu.Unlock()
	l.start(ctx, group, port.Options{
		Device: TheScale, Kind: "scale", Opener: port.OpenerOf(s.Kind, s.Port, line(s.Line, protocol.Line)), Poll: poll,
		Handler: scale.NewReader(TheScale, protocol, scale.Profile{Unit: s.Unit}, l.Weigh),
	})
}

// Weigh takes a reading of the scale through the gate; one on a port gives its readings
// by itself.
func (l *Live) Weigh(r devices.Reading) {
	meaning := r.State.String()
	if r.HasMass {
		meaning += ", " + r.Mass.String()
	}
	if r.Net {
		meaning += " net"
	}
	l.hear(TheScale, r.Raw, meaning)
	l.feedGate(func() []scale.Event { return l.gate.Feed(r) })
	l.Changed()
}

// feedGate asks the gate and posts what it says before anybody asks it again:
// else a weight could be posted after the scale was empty.
func (l *Live) feedGate(feed func() []scale.Event) {
	l.feeding.Lock()
	l.mu.Lock()
	events := feed()
	l.mu.Unlock()
	for _, e := range events {
		l.gated(e)
	}
	l.feeding.Unlock()
	if len(events) > 0 {
		l.Changed()
	}
}

// onScale is what the gate says when a parcel is to be weighed: what stands on the
// scale, or why it cannot weigh. A scale that was silent before has not changed:
// its lamp and the screen say so, and it may be one that sends when its key is
// pressed.
func (l *Live) onScale() []scale.Event {
	clear(l.told)
	return slices.DeleteFunc(l.gate.Repeat(time.Now()), func(e scale.Event) bool {
		_, silent := e.(scale.Lost)
		return silent
	})
}

// gated lets the few readings through that the machine waits for: a weight while
// a parcel is to be weighed, but no old one, which the screen tells of, and while the
// scale runs beside the packing; an empty
// scale too while something that was weighed may lie on it; and what keeps it from
// weighing once, until it weighs again. The rest is on the screen, beside the
// engine, and nowhere else.
func (l *Live) gated(e scale.Event) {
	w := gatedWeight(e)
	trouble := w.Scale != pack.ScaleSteady && w.Scale != pack.ScaleZero
	s := l.bench.Engine.State()
	old := w.Scale == pack.ScaleSteady && s.OldWeight(pack.Weighed{Mass: w.Mass, Division: w.Division, Net: w.Net})
	wanted := s.Phase == pack.Weighing && !l.told[w.Scale] && !old || w.Scale == pack.ScaleZero && len(s.Scale.Loads) > 0 || s.Tallying() && !l.told[w.Scale]
	if !trouble {
		clear(l.told)
	}
	if wanted {
		l.told[w.Scale] = trouble
		l.bench.Engine.Post(w)
	}
}

// gatedWeight is an event of the gate as the machine knows it.
func gatedWeight(e scale.Event) engine.Weight {
	switch e := e.(type) {
	case scale.Settled:
		return engine.Weight{Scale: pack.ScaleSteady, Mass: e.Mass, Division: e.Division, Net: e.Net}
	case scale.Cleared:
		return engine.Weight{Scale: pack.ScaleZero, Net: e.Net}
	case scale.Lost:
		return engine.Weight{Scale: pack.ScaleNone}
	case scale.OutOfRange:
		if e.Over {
			return engine.Weight{Scale: pack.ScaleOver}
		}
		return engine.Weight{Scale: pack.ScaleUnder}
	}
	return engine.Weight{Scale: pack.ScaleUnknown}
}

// Weight is what the scale shows now; nothing old is ever shown as fresh.
func (l *Live) Weight(now time.Time) scale.Live {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gate.Current(now)
}

// cleared reports whether nothing that was weighed lies on the scale, for sure.
func (l *Live) cleared(now scale.Live) bool {
	before := l.bench.Engine.State().Scale
	switch now.State {
	case scale.Steady, scale.AtZero, scale.BelowZero:
		return len(before.Left(pack.Weighed{Mass: now.Mass, Division: now.Division, Net: now.Net})) == 0
	}
	return len(before.Loads) == 0
}

// obeyWithin is how long a scale may take to do what it was told: many wait
// until they stand still.
const obeyWithin = 3 * time.Second

// mayZero is the most that an empty scale shows: what is more lies on it. Set to
// zero with that on, it would weigh all parcels too light from then on; many
// scales do so without a word.
const mayZero = 50 * unit.Gram

// Errors of Do, in words for the packer.
var (
	errCannot    = errors.New("this scale accepts no such command: use its own key")
	errLoaded    = errors.New("there is something on it: take everything off and try again")
	errNotZero   = errors.New("it does not go to zero: take everything off it, wait until it is still, and try again")
	errNotTared  = errors.New("it does not take the tare: wait until it is still, and try again")
	errScaleGone = errors.New("it does not answer")
)

// Do sends the scale "zero" or "tare" and waits until it shows zero. What
// protocols answer to such a command differs; that the weight is zero does not. It
// sends nothing while a parcel that was weighed may lie on it: once that is zero, or
// the tare, the scale would look empty with it on (W1).
func (l *Live) Do(ctx context.Context, what string) error {
	runner := l.runner(TheScale)
	if runner == nil {
		return effects.ErrNoScale
	}
	l.mu.Lock()
	command, failed := l.protocol.Zero, errNotZero
	if what == "tare" {
		command, failed = l.protocol.Tare, errNotTared
	}
	l.mu.Unlock()
	if len(command) == 0 {
		return errCannot
	}
	switch live := l.Weight(time.Now()); {
	case live.State == scale.NoData:
		return errScaleGone
	case what == "zero" && live.HasMass && live.Mass > mayZero:
		return errLoaded
	case !l.cleared(live):
		return errLoaded
	}
	if err := runner.Send(command); err != nil {
		return errScaleGone
	}
	sent := time.Now()
	tick := time.NewTicker(gateTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case now := <-tick.C:
			live := l.Weight(now)
			// A reading that was under way when the command went out is not one
			// of after it.
			if live.State == scale.AtZero && live.At.Sub(sent) > 2*gateTick {
				return nil
			}
			if now.Sub(sent) > obeyWithin {
				return failed
			}
		}
	}
}
