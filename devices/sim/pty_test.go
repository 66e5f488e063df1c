//go:build linux

package sim_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/devices/scanner"
	"packbench/devices/sim"
	"packbench/station/unit"
)

// patience is how long a busy machine may take for what takes it no time.
const patience = 30 * time.Second

// run works a runner until the test ends.
func run(t *testing.T, r interface{ Run(context.Context) error }) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(patience):
			t.Error("Run does not end with its context")
		}
	})
}

// next waits for something that passes the test.
func next[T any](t *testing.T, from <-chan T, what string, ok func(T) bool) T {
	t.Helper()
	deadline := time.After(patience)
	var last any = "nothing"
	for {
		select {
		case v := <-from:
			if ok(v) {
				return v
			}
			last = v
		case <-deadline:
			t.Fatalf("no %s; last came %+v", what, last)
		}
	}
}

func lamp(want devices.Lamp) func(devices.Status) bool {
	return func(s devices.Status) bool { return s.Lamp == want }
}

func newScanner(t *testing.T) (*sim.Scanner, chan devices.Scan, chan devices.Status) {
	t.Helper()
	gun, err := sim.NewScanner(sim.ScannerOptions{Link: filepath.Join(t.TempDir(), "scanner")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { gun.Close() })
	scans, states := make(chan devices.Scan, 1000), make(chan devices.Status, 1000)
	reader := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", time.Now()), func(s devices.Scan) { scans <- s })
	run(t, port.New(port.Options{
		Device: "gun", Kind: "scanner", Opener: port.Serial{Name: gun.Path()}, Handler: reader,
		Status: func(s devices.Status) { states <- s },
	}))
	next(t, states, "green lamp", lamp(devices.Green))
	return gun, scans, states
}

// S1: 20 scans a second for 10 s, the same code twice in a row among them.
func TestTwentyScansASecondThroughASerialPort(t *testing.T) {
	count, every := 200, 50*time.Millisecond
	if testing.Short() {
		every = 5 * time.Millisecond
	}
	gun, scans, _ := newScanner(t)
	go func() {
		beat := time.NewTicker(every)
		defer beat.Stop()
		for i := range count {
			gun.Scan(fmt.Appendf(nil, "]C1010952123454321310CODE-%d", i/2))
			<-beat.C
		}
	}()
	ids := map[string]bool{}
	for i := range count {
		s := next(t, scans, "scan", func(devices.Scan) bool { return true })
		if want := fmt.Sprintf("010952123454321310CODE-%d", i/2); string(s.Data) != want || s.AIM != "]C1" {
			t.Fatalf("scan %d is %q with %q, want %q", i, s.Data, s.AIM, want)
		}
		ids[s.ID] = true
	}
	if len(ids) != count {
		t.Errorf("%d ids for %d scans", len(ids), count)
	}
	select {
	case s := <-scans:
		t.Errorf("one scan too many: %q", s.Data)
	case <-time.After(400 * time.Millisecond):
	}
}

func TestScannerPulledAndPluggedInTenTimes(t *testing.T) {
	gun, scans, states := newScanner(t)
	inTime := 0 // a machine that sleeps is late once, not ten times
	for i := range 10 {
		start := time.Now()
		gun.Unplug()
		s := next(t, states, "red lamp", lamp(devices.Red))
		if time.Since(start) < 2*time.Second {
			inTime++
		}
		if s.Trouble.Wrong() != "unplugged" || s.Trouble.Advice() == "" {
			t.Errorf("words %q, fix %q", s.Trouble.Wrong(), s.Trouble.Advice())
		}
		if err := gun.Replug(); err != nil {
			t.Fatal(err)
		}
		next(t, states, "green lamp", lamp(devices.Green))
		code := fmt.Sprintf("AGAIN-%d", i)
		if err := gun.Scan([]byte(code)); err != nil {
			t.Fatal(err)
		}
		if s := next(t, scans, "scan", func(devices.Scan) bool { return true }); string(s.Data) != code {
			t.Fatalf("scan %q, want %q", s.Data, code)
		}
	}
	if inTime < 5 {
		t.Errorf("the lamp turned red within 2 s %d times of 10", inTime)
	}
}

func TestBinaryBytesComeThrough(t *testing.T) {
	gun, scans, _ := newScanner(t)
	code := "\x00\x02\x03\x04\x11\x13\x1a\x1c\x1d\x7f\x80\xff"
	gun.Scan([]byte(code))
	if s := next(t, scans, "scan", func(devices.Scan) bool { return true }); string(s.Data) != code {
		t.Errorf("got %q, want %q", s.Data, code)
	}
}

func TestOversizedScanIsReportedOnce(t *testing.T) {
	gun, scans, _ := newScanner(t)
	for range 64 { // what no line could take at once comes in pieces
		if err := gun.Noise([]byte(strings.Repeat("x", 2048))); err != nil {
			t.Fatal(err)
		}
	}
	gun.Scan(nil)
	gun.Scan([]byte("NEXT"))
	first := next(t, scans, "scan", func(devices.Scan) bool { return true })
	if !first.Cut || len(first.Data) != scanner.MaxScan {
		t.Errorf("an oversized scan came as %d bytes, cut %v", len(first.Data), first.Cut)
	}
	if s := next(t, scans, "scan", func(devices.Scan) bool { return true }); string(s.Data) != "NEXT" || s.Cut {
		t.Errorf("after it came %q", s.Data)
	}
}

func TestPortIsOpenedOnlyOnce(t *testing.T) {
	gun, err := sim.NewScanner(sim.ScannerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer gun.Close()
	one, err := port.Serial{Name: gun.Path()}.Open()
	if err != nil {
		t.Fatal(err)
	}
	_, err = port.Serial{Name: gun.Path()}.Open()
	if !errors.Is(err, port.ErrInUse) {
		t.Fatalf("the second opening gave %v", err)
	}
	if words := port.Explain(err).Wrong(); words != "another program uses the port" {
		t.Errorf("in words: %q", words)
	}
	one.Close()
	two, err := port.Serial{Name: gun.Path()}.Open()
	if err != nil {
		t.Fatalf("after closing: %v", err)
	}
	two.Close()
}

func TestCloseFreesAWaitingRead(t *testing.T) {
	gun, err := sim.NewScanner(sim.ScannerOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer gun.Close()
	conn, err := port.Serial{Name: gun.Path()}.Open()
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, err := conn.Read(make([]byte, 10))
		ended <- err
	}()
	time.Sleep(50 * time.Millisecond) // let the read begin to wait
	start := time.Now()
	conn.Close()
	select {
	case err := <-ended:
		if err == nil {
			t.Error("the read ended without an error")
		}
		t.Logf("freed after %v", time.Since(start))
	case <-time.After(patience):
		t.Fatal("Close does not free the read")
	}
}

func TestWrongNamesAreSaidInWords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		opener port.Serial
		words  string
	}{
		{port.Serial{}, "no port is set"},
		{port.Serial{Name: "/dev/no-such-port"}, "unplugged"},
		{port.Serial{Name: "/dev/null"}, "this is not the name of a serial port"},
		{port.Serial{Name: file}, "this is not the name of a serial port"},
		{port.Serial{Name: t.TempDir()}, "this is not the name of a serial port"},
		{port.Serial{Name: "/dev/null", Line: devices.Line{Bits: 9}}, "a serial line has 7 or 8 data bits"},
	} {
		conn, err := c.opener.Open()
		if err == nil {
			conn.Close()
			t.Errorf("%q opens", c.opener.Name)
			continue
		}
		if words := port.Explain(err).Wrong(); words != c.words {
			t.Errorf("%q: %q, want %q", c.opener.Name, words, c.words)
		}
	}
}

func newScale(t *testing.T, poll func(scale.Protocol) devices.Poll) (*sim.Scale, chan devices.Reading, chan devices.Status) {
	t.Helper()
	s, err := sim.NewScale(sim.ScaleOptions{Link: filepath.Join(t.TempDir(), "scale")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	run(t, s)
	p, err := scale.Find("sics")
	if err != nil {
		t.Fatal(err)
	}
	readings, states := make(chan devices.Reading, 10000), make(chan devices.Status, 1000)
	run(t, port.New(port.Options{
		Device: "counter-1", Kind: "scale", Opener: port.Serial{Name: s.Path(), Line: p.Line},
		Handler: scale.NewReader("counter-1", p, scale.Profile{}, func(r devices.Reading) { readings <- r }),
		Poll:    poll(p), Status: func(s devices.Status) { states <- s },
	}))
	next(t, states, "green lamp", lamp(devices.Green))
	return s, readings, states
}

func TestScalePolledAndStreaming(t *testing.T) {
	for name, poll := range map[string]func(scale.Protocol) devices.Poll{
		"polled": func(p scale.Protocol) devices.Poll { return p.Polled },
		"stream": func(p scale.Protocol) devices.Poll { return p.Stream },
	} {
		t.Run(name, func(t *testing.T) {
			s, readings, states := newScale(t, poll)
			state := func(want devices.ReadingState) func(devices.Reading) bool {
				return func(r devices.Reading) bool { return r.State == want }
			}
			next(t, readings, "zero", state(devices.Zero))
			s.Put(1_234 * unit.Gram)
			next(t, readings, "motion", state(devices.Motion))
			r := next(t, readings, "weight", state(devices.OK))
			if r.Mass != 1_234*unit.Gram || !r.Stable || r.Device != "counter-1" || r.Division != unit.Gram {
				t.Errorf("reading %+v", r)
			}
			s.Over()
			next(t, readings, "over load", state(devices.Over))
			s.Under()
			next(t, readings, "under load", state(devices.Under))
			s.Put(0)
			next(t, readings, "zero", state(devices.Zero))
			s.Noise([]byte("\xff\x80garbage\r\n"))
			next(t, readings, "unknown", state(devices.Unknown))

			s.Unplug()
			next(t, states, "red lamp", lamp(devices.Red))
			s.Put(500 * unit.Gram)
			if err := s.Replug(); err != nil {
				t.Fatal(err)
			}
			next(t, states, "green lamp", lamp(devices.Green))
			next(t, readings, "weight after the cable is back", func(r devices.Reading) bool {
				return r.State == devices.OK && r.Mass == 500*unit.Gram
			})
		})
	}
}

func TestServeDrivesADevice(t *testing.T) {
	s, readings, _ := newScale(t, func(p scale.Protocol) devices.Poll { return p.Polled })
	in, commands := io.Pipe()
	answers, out := io.Pipe()
	go func() {
		sim.Serve(t.Context(), in, out, s)
		out.Close()
	}()
	go func() {
		io.WriteString(commands, "# the first parcel\nput 1.2kg\nput 3 stone\nfly\nunplug\nreplug\n")
		commands.Close()
	}()
	text, err := io.ReadAll(answers)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	if len(lines) != 5 || lines[0] != "ok" || !strings.HasPrefix(lines[1], "error: mass") ||
		!strings.HasPrefix(lines[2], `error: "fly" is no command here; known: curve, fault, noise, over, put, `) || lines[3] != "ok" || lines[4] != "ok" {
		t.Errorf("answers:\n%s", text)
	}
	next(t, readings, "1.2 kg", func(r devices.Reading) bool { return r.State == devices.OK && r.Mass == 1_200*unit.Gram })
}
