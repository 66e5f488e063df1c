//go:build linux

package port

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"

	"packbench/devices"
)

// terminal is the near end of a pseudo terminal, which plays the device.
func terminal(t *testing.T) (near *os.File, name string) {
	t.Helper()
	near, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY|unix.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { near.Close() })
	var n int
	err = control(near, func(fd int) (err error) {
		if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
			return err
		}
		n, err = unix.IoctlGetInt(fd, unix.TIOCGPTN)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return near, pseudoTerminals + strconv.Itoa(n)
}

// pair is two ends that keep reports apart, as a HID device does.
func pair(t *testing.T) (near, far *os.File) {
	t.Helper()
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	near, far = os.NewFile(uintptr(fds[0]), "hidraw"), os.NewFile(uintptr(fds[1]), "device")
	t.Cleanup(func() { near.Close(); far.Close() })
	return near, far
}

// reports is a handler that keeps each read apart.
type reports struct {
	got chan string
}

func (r reports) Reset() {}
func (r reports) Feed(data []byte, _ time.Time) devices.Heard {
	r.got <- string(data)
	return devices.Heard{Good: 1}
}
func (r reports) Quiet(time.Time) devices.Heard { return devices.Heard{} }

// opening is an Opener of one connection after the other.
type opening func() (io.ReadWriteCloser, error)

func (o opening) Open() (io.ReadWriteCloser, error) { return o() }
func (o opening) Proves() bool                      { return true }

// start works a runner until the test ends, which must be at once.
func start(t *testing.T, opts Options) *Runner {
	t.Helper()
	opts.Device, opts.Kind = "counter-1", "scale"
	r := New(opts)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case <-done:
		case <-time.After(patience):
			t.Error("Run does not end with its context")
		}
	})
	return r
}

// patience is how long a busy machine may take for what takes it no time.
const patience = 30 * time.Second

// await takes from a channel until something fits.
func await[T any](t *testing.T, from <-chan T, what string, fits func(T) bool) {
	t.Helper()
	deadline := time.After(patience)
	var last any
	for {
		select {
		case v := <-from:
			if fits(v) {
				return
			}
			last = v
		case <-deadline:
			t.Fatalf("no %s; last came %+v", what, last)
		}
	}
}

func is[T comparable](want T) func(T) bool { return func(got T) bool { return got == want } }

func lit(want devices.Lamp, words string) func(devices.Status) bool {
	return func(s devices.Status) bool { return s.Lamp == want && s.Trouble.Wrong() == words }
}

func TestReportsStayApartAndCommandsAreSent(t *testing.T) {
	near, far := pair(t)
	again, farAgain := pair(t)
	conns := make(chan *os.File, 2)
	conns <- near
	got, states, raw := make(chan string, 10), make(chan devices.Status, 10), make(chan string, 10)
	r := start(t, Options{
		Opener: opening(func() (io.ReadWriteCloser, error) {
			select {
			case f := <-conns:
				return f, nil
			default:
				return nil, fs.ErrNotExist
			}
		}),
		Handler: reports{got}, Status: func(s devices.Status) { states <- s },
		Raw: func(data []byte, _ time.Time) { raw <- string(data) },
	})
	for _, report := range []string{"\x03\x04\x0c\xfe\xfe\x01", "\x04\x04", "\x03\x02\x0c\xfe\x00\x00"} {
		if _, err := far.Write([]byte(report)); err != nil {
			t.Fatal(err)
		}
	}
	for _, report := range []string{"\x03\x04\x0c\xfe\xfe\x01", "\x04\x04", "\x03\x02\x0c\xfe\x00\x00"} {
		await(t, raw, "raw bytes", is(report))
		if heard := <-got; heard != report {
			t.Errorf("heard % x, want % x", heard, report)
		}
	}
	if err := r.Send([]byte{2, 2}); err != nil {
		t.Fatal(err)
	}
	far.SetReadDeadline(time.Now().Add(patience))
	buffer := make([]byte, 10)
	if n, err := far.Read(buffer); err != nil || string(buffer[:n]) != "\x02\x02" {
		t.Errorf("the device was sent % x, %v", buffer[:n], err)
	}
	await(t, states, "green lamp", lit(devices.Green, "ready"))
	far.Close()
	await(t, states, "red lamp", lit(devices.Red, "unplugged"))
	conns <- again
	await(t, states, "green lamp", lit(devices.Green, "ready"))
	farAgain.Write([]byte("\x03\x04"))
	await(t, got, "report after replugging", is("\x03\x04"))
}

// A simulated device opens by every opener, once, and again under another name
// after it was unplugged.
func TestSimulatedDevicesOpenByEveryOpener(t *testing.T) {
	for name, build := range map[string]struct {
		opener func(name string, on *machine) Opener
		plug   func(c *computer, n int, to string)
		name   string
	}{
		"HID": {
			func(name string, on *machine) Opener { return HID{Name: name, on: on} },
			func(c *computer, n int, to string) {
				c.hidraw(dymo, 0, "hidraw"+strconv.Itoa(n), scaleDescriptor, to)
			}, "usb:0922:8003",
		},
		"Keyboard": {
			func(name string, on *machine) Opener { return Keyboard{Name: name, on: on} },
			func(c *computer, n int, to string) {
				c.keyboard(symbol, 0, "event"+strconv.Itoa(n), keyboardKeys, to)
			}, "usb:05e0:1200",
		},
		"Serial": {
			func(name string, on *machine) Opener { return Serial{Name: name, on: on} },
			func(c *computer, n int, to string) { c.tty(adapter, 0, "ttyUSB"+strconv.Itoa(n), to) }, "usb:1a86:7523@1-5",
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := newComputer(t)
			near, path := terminal(t)
			build.plug(c, 0, path)
			opener := build.opener(build.name, c.machine)
			if !opener.(Prover).Proves() {
				t.Error("an open device proves nothing")
			}
			one, err := opener.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := opener.Open(); !errors.Is(err, ErrInUse) {
				t.Errorf("the second opening gave %v", err)
			}
			one.Close()
			got, states := make(chan string, 10), make(chan devices.Status, 10)
			start(t, Options{Opener: opener, Handler: reports{got}, Status: func(s devices.Status) { states <- s }})
			await(t, states, "green lamp", lit(devices.Green, "ready"))
			near.Write([]byte("one"))
			await(t, got, "bytes", is("one"))

			near.Close()
			found, _ := filepath.Glob(filepath.Join(c.dev, "*0"))
			input, _ := filepath.Glob(filepath.Join(c.dev, "input/*0"))
			for _, f := range append(found, input...) {
				rel, _ := filepath.Rel(c.dev, f)
				for _, s := range []stick{dymo, symbol, adapter} {
					if _, err := os.Stat(filepath.Join(c.sys, "bus/usb/devices", s.socket)); err == nil {
						c.unplug(s.socket, rel)
					}
				}
			}
			await(t, states, "red lamp", lit(devices.Red, "unplugged"))

			near, path = terminal(t)
			build.plug(c, 1, path) // under another number
			await(t, states, "green lamp", lit(devices.Green, "ready"))
			near.Write([]byte("two"))
			await(t, got, "bytes", is("two"))
		})
	}
}

func TestLinkByIDMayGoAndComeBack(t *testing.T) {
	c := newComputer(t)
	link := filepath.Join(c.dev, "serial/by-id/usb-Honeywell-if00")
	near, path := terminal(t)
	c.link(link, path)
	got, states := make(chan string, 10), make(chan devices.Status, 10)
	start(t, Options{
		Opener: Serial{Name: link, on: c.machine}, Handler: reports{got}, Status: func(s devices.Status) { states <- s },
	})
	await(t, states, "green lamp", lit(devices.Green, "ready"))
	c.must(os.Remove(link))
	near.Close()
	await(t, states, "red lamp", lit(devices.Red, "unplugged"))
	near, path = terminal(t)
	c.link(link, path)
	await(t, states, "green lamp", lit(devices.Green, "ready"))
	near.Write([]byte("4006"))
	await(t, got, "bytes", is("4006"))
}

func TestWrongNamesOfHIDAndKeyboard(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, words string }{
		{"", "no port is set"},
		{"/dev/no-such-device", "unplugged"},
		{"/dev/null", "this is not the name of a device of this kind"},
		{file, "this is not the name of a device of this kind"},
		{t.TempDir(), "this is not the name of a device of this kind"},
		{"usb:123", "this is not the name of a device"},
		{"usb:ffff:fff0", "unplugged"},
	} {
		for kind, opener := range map[string]Opener{"HID": HID{Name: c.name}, "Keyboard": Keyboard{Name: c.name}} {
			conn, err := opener.Open()
			if err == nil {
				conn.Close()
				t.Errorf("%s %q opens", kind, c.name)
				continue
			}
			if words := Explain(err).Wrong(); words != c.words {
				t.Errorf("%s %q: %q, want %q", kind, c.name, words, c.words)
			}
		}
	}
}

// deaf is a device that knows no command.
type deaf struct{ *os.File }

func (deaf) Write([]byte) (int, error) { return 0, errRefused }

func TestCommandThatIsRefusedCostsNothingElse(t *testing.T) {
	near, far := pair(t)
	got, states := make(chan string, 10), make(chan devices.Status, 10)
	r := start(t, Options{
		Opener:  opening(func() (io.ReadWriteCloser, error) { return deaf{near}, nil }),
		Handler: reports{got}, Status: func(s devices.Status) { states <- s },
	})
	await(t, states, "green lamp", lit(devices.Green, "ready"))
	if err := r.Send([]byte{2, 2}); err != nil {
		t.Fatal(err)
	}
	far.Write([]byte("\x03\x04"))
	await(t, got, "report", is("\x03\x04"))
	select {
	case s := <-states:
		t.Errorf("the lamp changed: %+v", s)
	case <-time.After(50 * time.Millisecond):
	}
}

func TestCommandsReachASerialDevice(t *testing.T) {
	near, path := terminal(t)
	states := make(chan devices.Status, 10)
	r := start(t, Options{Opener: Serial{Name: path}, Handler: reports{}, Status: func(s devices.Status) { states <- s }})
	await(t, states, "green lamp", lit(devices.Green, "ready"))
	if err := r.Send([]byte("\x16T\r")); err != nil {
		t.Fatal(err)
	}
	near.SetReadDeadline(time.Now().Add(5 * time.Second))
	buffer := make([]byte, 10)
	if n, err := near.Read(buffer); err != nil || string(buffer[:n]) != "\x16T\r" {
		t.Errorf("the device was sent %q, %v", buffer[:n], err)
	}
}

// fakeKeys is a keyboard whose keys come up after some looks.
type fakeKeys struct {
	looks, up int
	fail      error
	did       []string
}

func (k *fakeKeys) down() (bool, error) {
	k.looks++
	return k.looks <= k.up, nil
}
func (k *fakeKeys) drop() error { k.did = append(k.did, "drop"); return nil }
func (k *fakeKeys) seize() error {
	k.did = append(k.did, "seize")
	return k.fail
}

func TestKeyboardIsTakenOnceNoKeyIsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			name string
			keys fakeKeys
			did  string
			want string
		}{
			{"no key", fakeKeys{}, "drop seize", ""},
			{"keys come up", fakeKeys{up: 3}, "drop seize", ""},
			{"a key is held", fakeKeys{up: 1000}, "", "a key is held down"},
			{"another has it", fakeKeys{fail: unix.EBUSY}, "drop seize", "another program uses the port"},
			{"it left", fakeKeys{fail: unix.ENODEV}, "drop seize", "unplugged"},
		} {
			start := time.Now()
			err := grab(&c.keys)
			if took := time.Since(start); took > 150*time.Millisecond {
				t.Errorf("%s: waited %v", c.name, took)
			}
			words := ""
			if err != nil {
				words = Explain(err).Wrong()
			}
			if did := strings.Join(c.keys.did, " "); words != c.want || did != c.did {
				t.Errorf("%s: %q, %q; want %q, %q", c.name, words, did, c.want, c.did)
			}
		}
	})
}

func TestKeyboardTakesNoCommands(t *testing.T) {
	r := New(Options{Device: "gun", Kind: "scanner", Opener: Keyboard{Name: "usb:05e0:1200"}, Handler: reports{}})
	if err := r.Send([]byte("\x16T\r")); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("a command to a keyboard: %v", err)
	}
}

// An opening that fails for ever is explained once in a while only: looking for
// the reason costs more than the attempt.
func TestFailingOpenIsExplainedOnceInAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		looks := 0
		on := &machine{may: func(string) error { return nil }, group: func(string) (string, bool) {
			mu.Lock()
			defer mu.Unlock()
			looks++
			return "dialout", true
		}}
		r := New(Options{
			Device: "counter-1", Kind: "scale", Handler: reports{},
			Opener: opening(func() (io.ReadWriteCloser, error) {
				return nil, &openError{on: on, class: classSerial, name: "x", path: "x", err: syscall.EACCES}
			}),
		})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		r.Run(ctx)
		if looks < 4 || looks > 8 {
			t.Errorf("the reason was looked for %d times in a minute", looks)
		}
	})
}
