package bench

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/devices/scanner"
	"packbench/devices/sound"
	"packbench/devices/speech"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/trouble"
)

// gateTick is how often the gate is told the time: silence is told to the
// packer well within two polls.
const gateTick = 100 * time.Millisecond

// Names of the devices on ports, on lamps and in scans.
const (
	FirstScanner  = "scanner"
	SecondScanner = "scanner2"
	TheScale      = "scale"
)

// ScannerOf is how settings set a scanner up.
func ScannerOf(s *config.Settings, device string) *config.Scanner {
	if device == SecondScanner {
		return &s.Scanner2
	}
	return &s.Scanner
}

// Live are the devices of a bench: what they say goes into the engine, how
// they are goes onto the screen.
type Live struct {
	bench    *Bench
	settings config.Settings // those of the devices may be newer than the bench's own
	// Changed is called when a lamp, a live byte or the weight changed; it must
	// return quickly.
	Changed func()

	wedge   *scanner.Wedge
	codes   int // came by keys; of the window, as the wedge is
	ids     *devices.ScanIDs
	player  *sound.Player
	speaker *speech.Speaker

	weighing chan struct{} // a parcel is to be weighed, or what is put on the scale: the gate says what lies on the scale

	feeding sync.Mutex               // what leaves the gate is posted in the order in which it went in
	told    map[pack.ScaleState]bool // trouble that the machine has heard of since the last weight; behind feeding

	mu       sync.Mutex
	gate     *scale.Gate
	protocol scale.Protocol // of the scale that runs
	statuses map[string]devices.Status
	newest   map[string]Heard
	runners  map[string]*port.Runner
	stops    map[string]func() // end one runner, and wait until its port is closed
	divert   func(engine.Scan) bool
	learning atomic.Pointer[Learning]
	// scannedBy is the scanner of the last scan; of Updated alone.
	scannedBy string
	badge     map[string]bool // the code before was the beginning of a badge's
}

// Heard is the newest that a device said, for the settings page.
type Heard struct {
	Raw     []byte
	Meaning string
	At      time.Time
}

// NewLive returns the devices that the settings name; nothing is opened before
// Run.
func NewLive(b *Bench, s config.Settings) *Live {
	l := &Live{
		bench: b, settings: s, Changed: func() {},
		ids: devices.NewScanIDs(engine.Wedge, time.Now()), player: sound.NewPlayer(s.Volume), speaker: speech.NewSpeaker(),
		gate: scale.NewGate(scale.GateOptions{}), told: map[pack.ScaleState]bool{},
		statuses: map[string]devices.Status{}, newest: map[string]Heard{}, runners: map[string]*port.Runner{},
		stops: map[string]func(){}, badge: map[string]bool{}, weighing: make(chan struct{}, 1),
	}
	options, _ := scannerOptions(wedgeOf(s)) // a layout that is not known is the usual one
	l.wedge = scanner.NewWedge(options)
	return l
}

// wedgeOf returns the settings of the scanner that types into the window; one
// that nobody has set up works too.
func wedgeOf(s config.Settings) config.Scanner {
	if s.Scanner.Kind != "wedge" && s.Scanner2.Kind == "wedge" {
		return s.Scanner2
	}
	if s.Scanner.Kind == "wedge" {
		return s.Scanner
	}
	return config.Default().Scanner
}

func scannerOptions(s config.Scanner) (scanner.Options, error) {
	layout, err := scanner.FindLayout(s.Layout)
	return scanner.Options{
		Prefix: s.Prefix, GS: s.GS, Layout: layout, AIM: s.AIM, PerKey: time.Duration(s.KeyMS) * time.Millisecond,
		Suffix: s.Suffix != "auto" && s.Suffix != "none",
	}, err
}

// line is how the settings set a line; what they leave out is as shipped.
func line(l config.Line, shipped devices.Line) devices.Line {
	return devices.Line{
		Baud: cmp.Or(l.Baud, shipped.Baud), Bits: cmp.Or(l.DataBits, shipped.Bits), Parity: cmp.Or(l.Parity, shipped.Parity), Stop: cmp.Or(l.StopBits, shipped.Stop),
	}.WithDefaults()
}

// Run keeps the devices going until ctx ends.
func (l *Live) Run(ctx context.Context) error {
	var group sync.WaitGroup
	l.startScanner(ctx, &group, FirstScanner, l.settings.Scanner)
	l.startScanner(ctx, &group, SecondScanner, l.settings.Scanner2)
	l.startScale(ctx, &group)
	l.bench.scale.Store(l)
	defer l.bench.scale.CompareAndSwap(l, nil)
	group.Go(func() { _ = l.player.Run(ctx) })
	group.Go(func() { _ = l.speaker.Run(ctx) })
	tick := time.NewTicker(gateTick)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			group.Wait()
			return nil
		case now := <-tick.C:
			l.feedGate(func() []scale.Event { return l.gate.Tick(now) })
		case <-l.weighing:
			l.feedGate(l.onScale)
		}
	}
}

// startScanner runs a scanner that has a port of its own.
func (l *Live) startScanner(ctx context.Context, group *sync.WaitGroup, device string, s config.Scanner) {
	if !s.Ported() {
		return
	}
	kind, err := scanner.Find(s.Kind)
	options, layoutErr := scannerOptions(s)
	_, triggerErr := scanner.ParseCommand(s.Trigger)
	_, yesErr := scanner.ParseCommand(s.Yes)
	_, noErr := scanner.ParseCommand(s.No)
	if err = errors.Join(err, layoutErr, triggerErr, yesErr, noErr); err != nil {
		words, _, _ := strings.Cut(err.Error(), "\n")
		l.status(devices.Status{Device: device, Kind: "scanner", Lamp: devices.Red, Trouble: trouble.New(trouble.Said, words).With(trouble.CorrectDevice)})
		return
	}
	ids := devices.NewScanIDs(device, time.Now())
	l.start(ctx, group, port.Options{
		Device: device, Kind: "scanner", Opener: port.OpenerOf(s.Kind, s.Port, line(s.Line, devices.Line{})),
		Handler: scanner.NewReader(device, kind.New(options), ids, l.scanned), Raw: l.rawOf(device),
	})
}

func (l *Live) start(ctx context.Context, group *sync.WaitGroup, o port.Options) {
	o.Status, o.Log = l.status, l.bench.Log
	runner := port.New(o)
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	l.mu.Lock()
	l.runners[o.Device] = runner
	l.stops[o.Device] = func() {
		cancel()
		<-ended
	}
	l.mu.Unlock()
	group.Go(func() {
		defer close(ended)
		defer cancel()
		_ = runner.Run(ctx)
	})
}

// Stop ends the work with one device until Run begins again: its port is free
// when Stop returns.
func (l *Live) Stop(device string) {
	l.mu.Lock()
	stop := l.stops[device]
	delete(l.stops, device)
	delete(l.runners, device)
	l.mu.Unlock()
	if stop != nil {
		stop()
	}
}

func (l *Live) runner(device string) *port.Runner {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.runners[device]
}

func (l *Live) status(s devices.Status) {
	l.mu.Lock()
	l.statuses[s.Device] = s
	l.mu.Unlock()
	if s.Device == TheScale && s.Lamp == devices.Red {
		l.feedGate(func() []scale.Event { return l.gate.Lose(time.Now()) })
	}
	l.Changed()
}

func (l *Live) hear(device string, raw []byte, meaning string) {
	l.mu.Lock()
	l.newest[device] = Heard{Raw: append([]byte(nil), raw[:min(len(raw), 64)]...), Meaning: meaning, At: time.Now()}
	l.mu.Unlock()
}

// Updated tells the devices what an input led to: the weighing step asks the
// scale for the parcel that may lie on it already, and the verdict is heard.
func (l *Live) Updated(before pack.Phase, u engine.Update) {
	l.mu.Lock()
	l.gate.Fine(u.State.Tallying())
	l.mu.Unlock()
	_, weighed := u.Input.Event.(pack.Weighed)
	if u.State.Phase == pack.Weighing && before != pack.Weighing || u.State.Tallying() && !weighed {
		select { // off the engine's goroutine: the answer comes back through its inbox
		case l.weighing <- struct{}{}:
		default:
		}
	}
	if scan, ok := u.Raw.(engine.Scan); ok { // it was not taken
		l.answer(scan.Device, SoundOf(u))
	}
	switch e := u.Input.Event.(type) {
	case pack.Scanned:
		if e.Raw == "" {
			l.hear(portOf(e.Device), nil, "a badge") // its code is nobody's business
		}
		l.scannedBy = e.Device
		l.answer(e.Device, SoundOf(u))
	case pack.ParcelClaimed: // the scan at the van is answered now
		l.answer(l.scannedBy, SoundOf(u))
	}
	if l.settings.Sounds {
		l.player.Play(SoundOf(u))
	}
}

// Say says aloud what a verdict says on the screen, where that is set.
func (l *Live) Say(language, words string) {
	if l.settings.Spoken {
		l.speaker.Say(language, words)
	}
}

// answer sends a scanner what the settings want after a good or a refused
// scan, such as its own beep.
func (l *Live) answer(device string, heard sound.Sound) {
	s, send := ScannerOf(&l.settings, device), ""
	switch heard {
	case sound.Accepted, sound.Done:
		send = s.Yes
	case sound.Refused:
		send = s.No
	}
	if command, _ := scanner.ParseCommand(send); len(command) > 0 { // it was checked when the scanner was started
		if r := l.runner(device); r != nil {
			_ = r.Send(command) // a beep that is late is none
		}
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
	switch v.Code {
	case pack.CodeOrderChanged, pack.CodeFailover, pack.CodeLabelDearer, pack.CodeLabelLost, pack.CodeLabelDouble:
		return sound.Look
	}
	return sound.None
}

// Key takes a key of the window. What a scanner typed goes to the engine, what
// a person typed comes back.
func (l *Live) Key(k scanner.Key) []scanner.Stroke {
	if to := l.learning.Load(); to != nil && to.Key != nil {
		to.Key(k)
	}
	return l.outs(l.wedge.Key(k))
}

// Rune takes the character that the toolkit made of the key before it.
func (l *Live) Rune(r rune, at time.Time) []scanner.Stroke {
	if to := l.learning.Load(); to != nil && to.Rune != nil {
		to.Rune(r, at)
	}
	return l.outs(l.wedge.Rune(r, at))
}

// TickKeys tells the wedge that a turn of the window brought no key.
func (l *Live) TickKeys(now time.Time) []scanner.Stroke {
	if to := l.learning.Load(); to != nil && to.Tick != nil {
		to.Tick(now)
	}
	return l.outs(l.wedge.Tick(now))
}

// Focus forgets keys that were held when the window came to the front.
func (l *Live) Focus() { l.wedge.Focus() }

func (l *Live) outs(outs []scanner.Out) []scanner.Stroke {
	var typed []scanner.Stroke
	for _, o := range outs {
		if o.Frame != nil {
			l.codes++
			l.scanned(o.Frame.Scan(l.ids, engine.Wedge))
		}
		typed = append(typed, o.Typed...)
	}
	return typed
}

// Codes is how many codes came by keys; it is for the window's turn, as Key is.
func (l *Live) Codes() int { return l.codes }

// Statuses are the lamps of the devices on ports.
func (l *Live) Statuses() map[string]devices.Status {
	l.mu.Lock()
	defer l.mu.Unlock()
	return maps.Clone(l.statuses)
}

// Newest is what a device said last.
func (l *Live) Newest(device string) (Heard, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	h, ok := l.newest[device]
	return h, ok
}
