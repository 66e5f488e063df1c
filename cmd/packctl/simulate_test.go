package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/devices/scanner"
	"packbench/devices/sim"
	"packbench/station/unit"
)

// needPty skips where no device can be simulated; in CI that is a failure.
func needPty(t *testing.T) {
	t.Helper()
	probe, err := sim.NewScanner(sim.ScannerOptions{})
	if err != nil {
		lack(t, "no pseudo terminals here: %v", err)
	}
	if err := probe.Close(); err != nil {
		t.Fatal(err)
	}
}

// listen works a driver until the test ends.
func listen(t *testing.T, opts port.Options) {
	t.Helper()
	green := make(chan bool, 1)
	opts.Device = "device"
	opts.Status = func(s devices.Status) {
		if s.Lamp == devices.Green {
			select {
			case green <- true:
			default:
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- port.New(opts).Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	select {
	case <-green:
	case <-time.After(patience):
		t.Fatal("the driver never found the device")
	}
}

// patience is how long a busy machine may take for what takes it no time.
const patience = 30 * time.Second

// heard waits for what a driver understood.
func heard[T any](t *testing.T, from <-chan T, ok func(T) bool) {
	t.Helper()
	if last, came := within(patience, from, ok); !came {
		t.Fatalf("never heard; last came %+v", last)
	}
}

func within[T any](limit time.Duration, from <-chan T, ok func(T) bool) (last T, came bool) {
	deadline := time.After(limit)
	for {
		select {
		case last = <-from:
			if ok(last) {
				return last, true
			}
		case <-deadline:
			return last, false
		}
	}
}

func TestSimulatedScaleOfEveryProtocol(t *testing.T) {
	needPty(t)
	var all sync.WaitGroup
	for _, p := range scale.Protocols() {
		if (sim.ScaleOptions{Protocol: p.Name}).Check() != nil {
			continue // the test of package sim names those without a voice
		}
		all.Go(func() {
			t.Run(p.Name, func(t *testing.T) {
				link := filepath.Join(t.TempDir(), "scale")
				k := startTalk(t, "simulate", "scale", "--link", link, "--protocol", p.Name, "--unit", "lb", "--division", "0.01lb")
				for _, line := range []string{"put 2.5lb", "seed 4", "curve quick", "fault doubled on"} {
					if got := k.ask(line); got != "ok" {
						t.Errorf("%s: %s", line, got)
					}
				}
				readings := make(chan devices.Reading, 10_000)
				poll := p.Polled
				if poll.Ask == nil {
					poll = p.Stream
				}
				listen(t, port.Options{
					Kind: "scale", Opener: port.Serial{Name: link, Line: p.Line}, Poll: poll,
					Handler: scale.NewReader("device", p, scale.Profile{Unit: "lb"}, func(r devices.Reading) { readings <- r }),
				})
				heard(t, readings, func(r devices.Reading) bool {
					return r.State == devices.OK && (r.Mass-1_133_981).Abs() < 5*unit.Gram/2
				})
			})
		})
	}
	all.Wait()
}

func TestSimulatedScannerOfEveryKind(t *testing.T) {
	needPty(t)
	for _, kind := range scanner.Kinds() {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			link := filepath.Join(t.TempDir(), "scanner")
			k := startTalk(t, "simulate", "scanner", "--link", link, "--kind", kind.Name, "--aim")
			scans := make(chan devices.Scan, 1000)
			ids := devices.NewScanIDs("device", time.Now())
			listen(t, port.Options{
				Kind: "scanner", Opener: port.Serial{Name: link},
				Handler: scanner.NewReader("device", kind.New(scanner.Options{}), ids, func(s devices.Scan) { scans <- s }),
			})
			scanned(t, k, scans, "scan 0109521234543213217", "0109521234543213217")
			scanned(t, k, scans, "burst 3 010952123454321321{n}", "0109521234543213211", "0109521234543213212", "0109521234543213213")
			if got := k.ask("wait 0.1"); got != "ok" {
				t.Errorf("wait: %s", got)
			}
			if got := k.ask("heard"); got != "heard " {
				t.Errorf("heard: %s", got)
			}
		})
	}
}

// scanned has a simulated scanner send codes, and expects them in their order. A
// machine that sleeps in the middle of a code makes a pause that ends it: who
// hears nothing scans again.
func scanned(t *testing.T, k *talk, scans <-chan devices.Scan, line string, codes ...string) {
	t.Helper()
	var last devices.Scan
	for range 6 {
		if got := k.ask(line); got != "ok" {
			t.Fatalf("%s: %s", line, got)
		}
		missing := slices.IndexFunc(codes, func(code string) bool {
			s, came := within(4*time.Second, scans, func(s devices.Scan) bool { return strings.ReplaceAll(string(s.Data), "\x1d", "") == code })
			last = s
			return !came
		})
		if missing < 0 {
			return
		}
	}
	t.Errorf("%s: never heard; last came %+v", line, last)
}
