package bench

import (
	"context"
	"fmt"
	"maps"
	"sync"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/devices/scanner"
	"packbench/devices/sound"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
)

// gateTick is how often the gate is told the time: silence is told to the
// packer well within two polls.
const gateTick = 100 * time.Millisecond

// Live are the devices of a bench: what they say goes into the engine, how
// they are goes onto the screen.
type Live struct {
	bench    *Bench
	settings config.Settings // those of the devices may be newer than the bench's own
	// Changed is called when a lamp, a live byte or the weight changed; it must
	// return quickly.
	Changed func()

	wedge  *scanner.Wedge
	ids    *devices.ScanIDs
	player *sound.Player

	mu       sync.Mutex
	gate     *scale.Gate
	statuses map[string]devices.Status
	newest   map[string]Heard
	runners  map[string]*port.Runner
}

// Heard is the newest that a device said, for the settings page.
type Heard struct {
	Raw     []byte
	Meaning string
	At      time.Time
}

// NewLive gives the devices that the settings name; nothing is opened before
// Run.
func NewLive(b *Bench, s config.Settings) *Live {
	l := &Live{
		bench: b, settings: s, Changed: func() {},
		ids: devices.NewScanIDs("wedge", time.Now()), player: sound.NewPlayer(),
		gate:     scale.NewGate(scale.GateOptions{}),
		statuses: map[string]devices.Status{}, newest: map[string]Heard{}, runners: map[string]*port.Runner{},
	}
	l.wedge = scanner.NewWedge(scannerOptions(s.Scanner))
	return l
}

func scannerOptions(s config.Scanner) scanner.Options {
	return scanner.Options{Prefix: s.Prefix, GS: s.GS}
}

func line(l config.Line) devices.Line {
	return devices.Line{Baud: l.Baud, Bits: l.DataBits, Parity: l.Parity, Stop: l.StopBits}
}

// Run keeps the devices going until ctx ends.
func (l *Live) Run(ctx context.Context) error {
	var group sync.WaitGroup
	s := l.settings
	if s.Scanner.Kind == "serial" {
		ids := devices.NewScanIDs("scanner", time.Now())
		reader := scanner.NewReader("scanner", scanner.NewFramer(scannerOptions(s.Scanner)), ids, l.scanned)
		l.start(ctx, &group, port.Options{
			Device: "scanner", Kind: "scanner", Opener: port.Serial{Name: s.Scanner.Port, Line: line(s.Scanner.Line)},
			Handler: reader,
		})
	}
	if s.Scale.Kind == "serial" {
		if err := l.startScale(ctx, &group, s.Scale); err != nil {
			l.status(devices.Status{Device: "scale", Kind: "scale", Lamp: devices.Red, Words: err.Error(), Fix: "choose a protocol in the settings"})
		}
	}
	group.Go(func() { _ = l.player.Run(ctx) })
	tick := time.NewTicker(gateTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			group.Wait()
			return nil
		case now := <-tick.C:
			l.feedGate(func() []scale.Event { return l.gate.Tick(now) })
		}
	}
}

func (l *Live) startScale(ctx context.Context, group *sync.WaitGroup, s config.Scale) error {
	protocol, err := scale.Find(s.Protocol)
	if err != nil {
		return err
	}
	poll := protocol.Polled
	if s.Poll == "SIR" {
		poll = protocol.Stream
	} else if s.Every() > 0 {
		poll.Every = s.Every()
	}
	l.start(ctx, group, port.Options{
		Device: "scale", Kind: "scale", Opener: port.Serial{Name: s.Port, Line: line(s.Line)},
		Handler: scale.NewReader("scale", protocol, scale.Profile{}, l.weighed), Poll: poll,
	})
	return nil
}

func (l *Live) start(ctx context.Context, group *sync.WaitGroup, o port.Options) {
	o.Status, o.Log = l.status, l.bench.Log
	runner := port.New(o)
	l.mu.Lock()
	l.runners[o.Device] = runner
	l.mu.Unlock()
	group.Go(func() { _ = runner.Run(ctx) })
}

func (l *Live) status(s devices.Status) {
	l.mu.Lock()
	l.statuses[s.Device] = s
	l.mu.Unlock()
	l.Changed()
}

// scanned posts a scan; the engine's inbox never drops one.
func (l *Live) scanned(s devices.Scan) {
	l.hear("scanner", withoutBadge(s.Data), fmt.Sprintf("a code of %d characters", len(s.Data)))
	l.bench.Engine.Post(engine.Scan{Gesture: s.ID, Device: s.Device, AIM: s.AIM, Data: string(s.Data), Cut: s.Cut, At: s.At})
}

// withoutBadge leaves the code of a badge out.
func withoutBadge(data []byte) []byte {
	if rest, found := cutPrefixFold(string(data), "PB:badge:"); found && rest != "" {
		return []byte("PB:badge:…")
	}
	return data
}

func (l *Live) hear(device string, raw []byte, meaning string) {
	if len(raw) > 64 {
		raw = raw[:64]
	}
	l.mu.Lock()
	l.newest[device] = Heard{Raw: append([]byte(nil), raw...), Meaning: meaning, At: time.Now()}
	l.mu.Unlock()
}

// weighed takes a reading of the scale through the gate.
func (l *Live) weighed(r devices.Reading) {
	meaning := r.State.String()
	if r.HasMass {
		meaning += ", " + r.Mass.String()
	}
	l.hear("scale", r.Raw, meaning)
	l.feedGate(func() []scale.Event { return l.gate.Feed(r) })
	l.Changed()
}

func (l *Live) feedGate(feed func() []scale.Event) {
	l.mu.Lock()
	events := feed()
	l.mu.Unlock()
	for _, e := range events {
		l.gated(e)
	}
	if len(events) > 0 {
		l.Changed()
	}
}

// gated lets the few readings through that the machine waits for. The rest is
// on the screen, beside the engine, and nowhere else.
func (l *Live) gated(e scale.Event) {
	s := l.bench.Engine.State()
	weighing := s.Phase == pack.Weighing
	switch e := e.(type) {
	case scale.Settled:
		if weighing {
			l.bench.Engine.Post(engine.Weight{Scale: pack.ScaleSteady, Mass: e.Mass, Division: e.Division})
		}
	case scale.Cleared:
		if s.Scale.Used || weighing {
			l.bench.Engine.Post(engine.Weight{Scale: pack.ScaleZero})
		}
	}
}

// Updated tells the devices what an input led to: the weighing step asks the
// scale for the parcel that may lie on it already, and the verdict is heard.
func (l *Live) Updated(before pack.Phase, u engine.Update) {
	if u.State.Phase == pack.Weighing && before != pack.Weighing {
		// Off the engine's goroutine: the answer comes back through its inbox.
		go l.feedGate(func() []scale.Event { return l.gate.Repeat(time.Now()) })
	}
	if e, ok := u.Input.Event.(pack.Scanned); ok && e.Raw == "" {
		l.hear("scanner", nil, "a badge") // its code is nobody's business
	}
	if l.settings.Sounds {
		l.player.Play(SoundOf(u))
	}
}

// SoundOf is how an update sounds.
func SoundOf(u engine.Update) sound.Sound {
	if u.Err != nil {
		return sound.Refused
	}
	v, ok := u.Verdict()
	if !ok {
		return sound.None
	}
	switch v.Kind {
	case pack.Refused:
		return sound.Refused
	case pack.Asked:
		return sound.Look
	case pack.Accepted:
		switch v.Code {
		case pack.CodeAllScanned, pack.CodeParcelClosed, pack.CodeOrderClosed, pack.CodeWeightOK:
			return sound.Done
		case pack.CodeLabelMade, pack.CodeLabelPrinted, pack.CodeLabelSent:
			return sound.None
		}
		return sound.Accepted
	}
	if v.Code == pack.CodeOrderChanged {
		return sound.Look
	}
	return sound.None
}

// Key takes a key of the window. What a scanner typed goes to the engine, what
// a person typed comes back.
func (l *Live) Key(k scanner.Key) []scanner.Stroke { return l.outs(l.wedge.Key(k)) }

// Rune takes the character that the toolkit made of the key before it.
func (l *Live) Rune(r rune, at time.Time) []scanner.Stroke { return l.outs(l.wedge.Rune(r, at)) }

// TickKeys tells the wedge that a turn of the window brought no key.
func (l *Live) TickKeys(now time.Time) []scanner.Stroke { return l.outs(l.wedge.Tick(now)) }

// Focus forgets keys that were held when the window came to the front.
func (l *Live) Focus() { l.wedge.Focus() }

func (l *Live) outs(outs []scanner.Out) []scanner.Stroke {
	var typed []scanner.Stroke
	for _, o := range outs {
		if o.Frame != nil {
			l.scanned(o.Frame.Scan(l.ids, "wedge"))
		}
		typed = append(typed, o.Typed...)
	}
	return typed
}

// Weight is what the scale shows now; nothing old is ever shown as fresh.
func (l *Live) Weight(now time.Time) scale.Live {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.gate.Current(now)
}

// Statuses are the lamps of the devices on ports.
func (l *Live) Statuses() map[string]devices.Status {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make(map[string]devices.Status, len(l.statuses))
	maps.Copy(out, l.statuses)
	return out
}

// Newest is what a device said last.
func (l *Live) Newest(device string) (Heard, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h, ok := l.newest[device]
	return h, ok
}

// Ask asks a device at once, for the settings page's test.
func (l *Live) Ask(device string) error {
	l.mu.Lock()
	runner := l.runners[device]
	l.mu.Unlock()
	if runner == nil || device != "scale" {
		return nil
	}
	protocol, err := scale.Find(l.settings.Scale.Protocol)
	if err != nil {
		return err
	}
	return runner.Send(protocol.Polled.Ask)
}
