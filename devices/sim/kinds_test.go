//go:build linux

package sim_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scanner"
	"packbench/devices/sim"
)

// desk is a simulated scanner on a pseudo terminal with its driver.
type desk struct {
	*testing.T
	gun    *sim.Scanner
	runner *port.Runner
	scans  chan devices.Scan
	states chan devices.Status
}

func plugScanner(t *testing.T, opts sim.ScannerOptions) *desk {
	t.Helper()
	kind, err := scanner.Find(opts.Kind)
	if err != nil {
		t.Skip("nobody understands it: see TestEveryScannerKindIsUnderstood")
	}
	opts.Link = filepath.Join(t.TempDir(), "scanner")
	gun, err := sim.NewScanner(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { gun.Close() })
	d := &desk{T: t, gun: gun, scans: make(chan devices.Scan, 1000), states: make(chan devices.Status, 1000)}
	var layout scanner.Layout
	if opts.Layout != nil {
		layout = scanner.Layout{}
		for code, chars := range opts.Layout {
			layout[int(code)+8] = chars // X11 counts from 8
		}
	}
	decoder := kind.New(scanner.Options{Prefix: opts.Prefix, GS: opts.GS, Layout: layout, AIM: opts.AIM})
	d.runner = port.New(port.Options{
		Device: "gun", Kind: "scanner", Opener: port.Serial{Name: gun.Path()},
		Handler: scanner.NewReader("gun", decoder, devices.NewScanIDs("gun", time.Now()), func(s devices.Scan) { d.scans <- s }),
		Status:  func(s devices.Status) { d.states <- s },
	})
	run(t, d.runner)
	next(t, d.states, "green lamp", lamp(devices.Green))
	return d
}

// teach sends a short code at once: from then on the driver knows that a suffix
// comes, and a stall of this machine in the middle of a code ends none.
func (d *desk) teach(kind string) {
	d.Helper()
	if kind == "rfid" {
		return
	}
	if err := d.gun.Burst(1, []byte("7")); err != nil {
		d.Fatal(err)
	}
	d.comes("7")
}

// A code that goes out whole is one, however slow its scanner types and however long
// this machine sleeps: no pause between its keys can end it.
func TestAWholeCodeHasNoPause(t *testing.T) {
	for _, kind := range []string{"keyboard", "hid"} {
		t.Run(kind, func(t *testing.T) {
			d := plugScanner(t, sim.ScannerOptions{Kind: kind, Gap: time.Second, Whole: true})
			const code = "PB:badge:B-PACKER"
			began := time.Now()
			if err := d.gun.Scan([]byte(code)); err != nil {
				t.Fatal(err)
			}
			d.comes(code)
			if took := time.Since(began); took > 15*time.Second { // with its pauses it takes a minute
				t.Errorf("it took %s", took)
			}
		})
	}
}

// scan sends a code, as "]C1…" with GS, and expects it once. A machine that
// sleeps in the middle of a code makes a pause that ends it: then it counts again.
func (d *desk) scan(code string) (s devices.Scan) {
	d.Helper()
	for range 5 {
		if err := d.gun.Scan([]byte(code)); err != nil {
			d.Fatal(err)
		}
		if s = next(d.T, d.scans, "scan of "+code, func(devices.Scan) bool { return true }); same(s, code) {
			return s
		}
		d.Logf("scan %q with %q, cut %v; want %q", s.Data, s.AIM, s.Cut, code)
		d.drain()
	}
	d.Fatalf("scan %q with %q, cut %v; want %q", s.Data, s.AIM, s.Cut, code)
	return s
}

// burst sends n codes at once, and expects each once, in their order.
func (d *desk) burst(n int) {
	d.Helper()
	wrong := ""
	for range 5 {
		if err := d.gun.Burst(n, []byte("B-{n}")); err != nil {
			d.Fatal(err)
		}
		wrong = ""
		for i := 0; i < n && wrong == ""; i++ {
			want := "B-" + strconv.Itoa(i+1)
			if s := next(d.T, d.scans, "scan of "+want, func(devices.Scan) bool { return true }); !same(s, want) {
				wrong = fmt.Sprintf("scan %q, cut %v; want %q", s.Data, s.Cut, want)
			}
		}
		if wrong == "" {
			return
		}
		d.drain() // see scan
	}
	d.Error(wrong)
}

// drain waits until scans no longer come.
func (d *desk) drain() {
	for {
		select {
		case <-d.scans:
		case <-time.After(time.Second):
			return
		}
	}
}

// same reports whether a scan holds the code, and its AIM identifier if it has one.
func same(s devices.Scan, code string) bool {
	aim, data := scanner.SplitAIM([]byte(code))
	return bytes.Equal(s.Data, data) && (aim == "" || s.AIM == aim) && !s.Cut
}

// comes expects one scan.
func (d *desk) comes(code string) {
	d.Helper()
	s := next(d.T, d.scans, "scan of "+code, func(devices.Scan) bool { return true })
	if !same(s, code) {
		d.Fatalf("scan %q with %q, cut %v; want %q", s.Data, s.AIM, s.Cut, code)
	}
}

// nothing expects no scan for a while.
func (d *desk) nothing(after string) {
	d.Helper()
	select {
	case s := <-d.scans:
		d.Errorf("after %s came %q", after, s.Data)
	case <-time.After(450 * time.Millisecond):
	}
}

func TestEveryScannerKindIsUnderstood(t *testing.T) {
	known := map[string]bool{}
	for _, name := range sim.ScannerKinds() {
		known[name] = true
		if _, err := scanner.Find(name); err != nil {
			t.Error(err)
		}
	}
	for _, k := range scanner.Kinds() {
		if !known[k.Name] {
			t.Errorf("no simulated scanner is of the kind %s", k.Name)
		}
	}
}

// codes are what each kind has to bring over.
func codes(kind string) []string {
	if kind == "rfid" {
		return []string{"0109521234543213217", "01095212345432132112345678901", "00395212340000000014", "0109521234543213218"}
	}
	return []string{
		"4006381333931", "]C1010952123454321310L-1/:_\x1d21S\"y~Z|1", "]d2" + strings.Repeat("0123456789", 30),
		"https://id.gs1.org/01/09521234543213?17=290101&x=#1", strings.Repeat("A", 56), strings.Repeat("b", 57), "X",
	}
}

func TestEveryScannerKind(t *testing.T) {
	for _, kind := range sim.ScannerKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := plugScanner(t, sim.ScannerOptions{Kind: kind, Gap: 300 * time.Microsecond})
			d.teach(kind)
			for _, code := range codes(kind) {
				d.scan(code)
			}
			d.nothing("the last code")
		})
	}
}

// A scanner pulled in the middle of a code: the half code counts for nothing,
// neither then nor together with what comes next.
func TestHalfACodeIsNoScan(t *testing.T) {
	for _, kind := range sim.ScannerKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			d := plugScanner(t, sim.ScannerOptions{Kind: kind, Gap: 10 * time.Millisecond})
			d.teach(kind)
			ended := make(chan error, 1)
			if kind == "rfid" { // a reader says a line at once: half of one is this
				ended <- d.gun.Noise([]byte("3074257BF7194E40000"))
			} else {
				go func() {
					ended <- d.gun.Scan([]byte(strings.Repeat("0123456789", 120)))
				}()
				time.Sleep(100 * time.Millisecond) // into the middle of it
			}
			d.gun.Unplug()
			if err := <-ended; err == nil && kind != "rfid" {
				t.Error("the scanner was pulled, and the code went out")
			}
			next(t, d.states, "red lamp", lamp(devices.Red))
			if err := d.gun.Replug(); err != nil {
				t.Fatal(err)
			}
			next(t, d.states, "green lamp", lamp(devices.Green))
			d.teach(kind)
			d.scan(codes(kind)[1])
			d.nothing("the scanner was back")
		})
	}
}

func TestScannerSettings(t *testing.T) {
	type options = sim.ScannerOptions
	german, err := scanner.FindLayout("de")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[uint16][4]rune{}
	for code, chars := range german {
		keys[uint16(code-8)] = chars
	}
	for name, c := range map[string]struct {
		opts options
		scan string
		aim  string
	}{
		"serial, LF":                    {options{Kind: "serial", Suffix: "lf"}, "10L\x1d21S", ""},
		"serial, CR LF":                 {options{Kind: "serial", Suffix: "crlf"}, "10L\x1d21S", ""},
		"serial, Tab":                   {options{Kind: "serial", Suffix: "tab"}, "10L\x1d21S", ""},
		"serial, no suffix":             {options{Kind: "serial", Suffix: "none"}, "10L\x1d21S", ""},
		"serial, prefix and AIM":        {options{Kind: "serial", Prefix: "\x02~", AIM: true}, "4006381333931", "]E0"},
		"serial, a substitute for GS":   {options{Kind: "serial", GS: "{GS}", AIM: true}, "10L\x1d21S", "]C1"},
		"serial, byte by byte":          {options{Kind: "serial", Gap: time.Millisecond}, "10L\x1d21S", ""},
		"keyboard, Tab":                 {options{Kind: "keyboard", Suffix: "tab"}, "10L\x1d21S", ""},
		"keyboard, CR LF":               {options{Kind: "keyboard", Suffix: "crlf"}, "10L\x1d21S", ""},
		"keyboard, no suffix":           {options{Kind: "keyboard", Suffix: "none"}, "10L\x1d21S", ""},
		"keyboard, prefix and AIM":      {options{Kind: "keyboard", Prefix: "~", AIM: true}, "40170725", "]E4"},
		"keyboard, a substitute for GS": {options{Kind: "keyboard", GS: "|"}, "]C110L\x1d21S", "]C1"},
		"keyboard, German":              {options{Kind: "keyboard", Layout: keys, Gap: time.Millisecond}, "]C1xyZ-/:_@\x1d21(S)", "]C1"},
		"hid":                           {options{Kind: "hid"}, "10L\x1d21S", "]C1"},
		"hid, 14 digits":                {options{Kind: "hid"}, "09521234543213", "]I1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := plugScanner(t, c.opts)
			for range 2 {
				if s := d.scan(c.scan); s.AIM != c.aim {
					t.Errorf("AIM %q, want %q", s.AIM, c.aim)
				}
			}
			if c.opts.Suffix != "none" { // codes without an end between them are one
				d.burst(20)
			}
			d.nothing("the last code")
		})
	}
}

// What the bench says to a scanner never makes it wait, and is heard.
func TestScannerHearsTheBench(t *testing.T) {
	d := plugScanner(t, sim.ScannerOptions{Kind: "serial"})
	for _, command := range []string{"\x16T\r", "\x07", "\x1b[7q"} {
		if err := d.runner.Send([]byte(command)); err != nil {
			t.Fatal(err)
		}
		for begun := time.Now(); string(d.gun.Heard()) != command; time.Sleep(time.Millisecond) {
			if time.Since(begun) > patience {
				t.Fatalf("heard %q, want %q", d.gun.Heard(), command)
			}
		}
	}
	if err := d.runner.Send(bytes.Repeat([]byte("\x07"), 1<<17)); err != nil {
		t.Fatal(err)
	}
	d.scan("AFTER")
	for len(d.states) > 0 {
		if s := <-d.states; s.Lamp != devices.Green {
			t.Errorf("a scanner that is told much held the bench up: %s", s.Trouble.Wrong())
		}
	}
}
