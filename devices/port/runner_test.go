package port_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scanner"
	"packbench/station/trouble"
)

// lines is a handler whose frames are lines; "bad" is one that is not
// understood, and "ping" wants a "pong".
type lines struct {
	mu     sync.Mutex
	held   string
	got    []string
	resets int
}

func (l *lines) Reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held, l.resets = "", l.resets+1
}

func (l *lines) heard() (got []string, resets int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.got), l.resets
}

func (l *lines) Feed(data []byte, _ time.Time) (h devices.Heard) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held += string(data)
	for {
		line, rest, ok := strings.Cut(l.held, "\n")
		if !ok {
			return h
		}
		l.held = rest
		l.got = append(l.got, line)
		switch line {
		case "bad":
			h.Bad++
		case "ping":
			h.Good++
			h.Reply = []byte("pong\n")
		default:
			h.Good++
		}
	}
}

func (l *lines) Quiet(time.Time) devices.Heard { return devices.Heard{} }

// bench is a runner in a bubble of virtual time, with the far end of its wire.
type bench struct {
	t       *testing.T
	start   time.Time
	handler *lines

	mu     sync.Mutex
	far    net.Conn
	fail   error // what the next openings give
	opens  []string
	states []string
	sent   strings.Builder // what the device was sent
}

// now reads what the runner's goroutine writes.
func now[T any](b *bench, from *T) T {
	b.mu.Lock()
	defer b.mu.Unlock()
	return *from
}

func (b *bench) failWith(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail = err
}

func (b *bench) Open() (io.ReadWriteCloser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.opens = append(b.opens, time.Since(b.start).String())
	if b.fail != nil {
		return nil, b.fail
	}
	near, far := net.Pipe()
	b.far = far
	go func() {
		buffer := make([]byte, 100)
		for {
			n, err := far.Read(buffer)
			if err != nil {
				return
			}
			b.mu.Lock()
			fmt.Fprintf(&b.sent, "%v %s", time.Since(b.start), buffer[:n])
			b.mu.Unlock()
		}
	}()
	return near, nil
}

func (b *bench) status(s devices.Status) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.states = append(b.states, fmt.Sprintf("%v %s %s", time.Since(b.start), s.Lamp, s.Trouble.Wrong()))
}

// work runs the runner in virtual time while do plays the device.
func work(t *testing.T, opts port.Options, do func(b *bench, r *port.Runner)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, start: time.Now(), handler: &lines{}}
		opts.Device, opts.Kind, opts.Opener, opts.Status = "counter-1", "scale", b, b.status
		if opts.Handler == nil {
			opts.Handler = b.handler
		}
		opts.Clock = func(at time.Time) string { return at.UTC().Format("15:04") }
		r := port.New(opts)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		synctest.Wait()
		do(b, r)
		before := time.Now()
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
		if took := time.Since(before); took != 0 {
			t.Errorf("Run took %v to end", took)
		}
		if far := now(b, &b.far); far != nil {
			far.Close()
		}
	})
}

func (b *bench) say(text string) {
	io.WriteString(now(b, &b.far), text)
	synctest.Wait()
}

func (b *bench) wait(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (b *bench) expect(what string, got []string, want ...string) {
	b.t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		b.t.Errorf("%s:\n%s\nwant:\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func (b *bench) asked() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return strings.Split(strings.TrimSuffix(b.sent.String(), "\n"), "\n")
}

func TestPolledDevice(t *testing.T) {
	poll := devices.Poll{Ask: []byte("SI\n"), Every: 200 * time.Millisecond, Timeout: time.Second}
	work(t, port.Options{Poll: poll}, func(b *bench, _ *port.Runner) {
		b.wait(50 * time.Millisecond)
		b.say("S 1\n")
		b.wait(150 * time.Millisecond) // second question, at 200 ms: never answered
		b.wait(2 * time.Second)        // third at 1.2 s, at 2.2 s the lamp is red
		b.say("S 2\n")                 // answers the fourth, of 2.2 s
		b.wait(200 * time.Millisecond)
		b.expect("questions", b.asked(), "0s SI", "200ms SI", "1.2s SI", "2.2s SI", "2.4s SI")
		b.expect("lamp", now(b, &b.states), "0s amber open, no answer yet", "50ms green ready", "2.2s red does not answer", "2.2s green ready")
	})
}

func TestStreamingDeviceIsStartedAgainAfterSilence(t *testing.T) {
	work(t, port.Options{Poll: devices.Poll{Ask: []byte("SIR\n"), Timeout: 2 * time.Second}}, func(b *bench, _ *port.Runner) {
		for range 30 {
			b.wait(100 * time.Millisecond)
			b.say("S 1\n")
		}
		b.wait(4 * time.Second)
		b.expect("questions", b.asked(), "0s SIR", "5s SIR", "7s SIR")
		b.expect("lamp", now(b, &b.states), "0s amber open, no answer yet", "100ms green ready", "7s red does not answer")
	})
}

func TestADeviceThatIsNeverSilentIsMissedUnasked(t *testing.T) {
	work(t, port.Options{Poll: devices.Poll{Timeout: time.Second, Constant: true}}, func(b *bench, _ *port.Runner) {
		for range 30 {
			b.wait(100 * time.Millisecond)
			b.say("S 1\n")
		}
		b.wait(3 * time.Second)
		b.say("S 1\n")
		b.expect("questions", b.asked(), "")
		b.expect("lamp", now(b, &b.states), "0s amber open, nothing heard yet", "100ms green ready", "5s red does not answer", "6s green ready")
	})
	work(t, port.Options{Poll: devices.Poll{Timeout: time.Second, Constant: true}, Certain: true}, func(b *bench, _ *port.Runner) {
		b.wait(5 * time.Second)
		b.expect("lamp", now(b, &b.states), "0s amber open, nothing heard yet", "2s red does not answer")
	})
}

func TestDeviceThatOnlySpeaksUnaskedGetsNoGuessedGreen(t *testing.T) {
	work(t, port.Options{}, func(b *bench, _ *port.Runner) {
		b.wait(3 * time.Minute)
		b.say("4006\n")
		b.say("4007\n")
		b.expect("lamp", now(b, &b.states), "0s off open, nothing heard yet", "3m0s off last heard 00:03")
	})
	work(t, port.Options{Certain: true}, func(b *bench, _ *port.Runner) {
		now(b, &b.far).Close()
		b.wait(100 * time.Millisecond)
		b.expect("lamp", now(b, &b.states), "0s green ready", "0s red unplugged", "100ms green ready")
	})
}

func TestOpeningIsTriedForEver(t *testing.T) {
	work(t, port.Options{Certain: true}, func(b *bench, _ *port.Runner) {
		b.say("before\nhalf")
		b.failWith(fmt.Errorf("open: %w", fs.ErrNotExist))
		now(b, &b.far).Close()
		b.wait(8 * time.Second)
		b.failWith(nil)
		b.wait(2 * time.Second)
		b.say("after\n")
		b.expect("openings", now(b, &b.opens), "0s", "100ms", "300ms", "700ms", "1.5s", "2.5s", "3.5s", "4.5s", "5.5s", "6.5s", "7.5s", "8.5s")
		b.expect("lamp", now(b, &b.states), "0s green ready", "0s red unplugged", "8.5s green ready")
		got, resets := b.handler.heard()
		b.expect("heard", got, "before", "after")
		if resets != 2 {
			b.t.Errorf("the handler was reset %d times", resets)
		}
	})
}

func TestTroubleIsSaidInWords(t *testing.T) {
	for _, c := range []struct {
		err        error
		words, fix string
	}{
		{fs.ErrPermission, "no permission to use the port", "dialout"},
		{port.ErrInUse, "another program uses the port", "Close the other program"},
		{fs.ErrNotExist, "unplugged", "Plug the cable in"},
		{port.ErrNotSerial, "this is not the name of a serial port", "Choose the port"},
		{&port.Trouble{Trouble: trouble.New(trouble.NoPort)}, "no port is set", "Choose the port in the device settings."},
		{errors.New("odd"), "open: odd", "Unplug"},
	} {
		got := port.Explain(fmt.Errorf("open: %w", c.err))
		if got.Wrong() != c.words || !strings.Contains(got.Advice(), c.fix) {
			t.Errorf("%v: %q, %q", c.err, got.Wrong(), got.Advice())
		}
	}
}

func TestFramesThatAreNotUnderstoodTurnTheLampAmber(t *testing.T) {
	work(t, port.Options{Certain: true}, func(b *bench, _ *port.Runner) {
		b.say("bad\nbad\n") // an accident or two is no state
		b.say("good\n")
		b.say("bad\nbad\nbad\n")
		b.say("good\n")
		b.expect("lamp", now(b, &b.states), "0s green ready", "0s amber sends data that cannot be read", "0s green ready")
	})
}

func TestRepliesAndCommandsAreSent(t *testing.T) {
	work(t, port.Options{}, func(b *bench, r *port.Runner) {
		b.say("ping\n")
		if err := r.Send([]byte("Z\n")); err != nil {
			b.t.Error(err)
		}
		synctest.Wait()
		b.expect("sent", b.asked(), "0s pong", "0s Z")
	})
}

// stuck is a wire that takes nothing.
type stuck struct{ net.Conn }

func (s stuck) Open() (io.ReadWriteCloser, error) {
	near, _ := net.Pipe()
	return near, nil
}

func TestDeviceThatTakesNoCommandsIsOpenedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var states []string
		r := port.New(port.Options{
			Device: "counter-1", Kind: "scale", Opener: stuck{}, Handler: &lines{},
			Poll:   devices.Poll{Ask: []byte("SI\n"), Every: time.Second},
			Status: func(s devices.Status) { states = append(states, s.Trouble.Wrong()) },
		})
		ctx, cancel := context.WithTimeout(t.Context(), 1500*time.Millisecond)
		defer cancel()
		r.Run(ctx)
		if got := strings.Join(states, ", "); got != "open, no answer yet, accepts no commands, open, no answer yet, switched off" {
			t.Errorf("states: %s", got)
		}
	})
}

// S4 through the runner: silence ends a code, a gap within it does not.
func TestSilenceEndsACode(t *testing.T) {
	var mu sync.Mutex
	var codes []string
	reader := scanner.NewReader("gun", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("gun", time.Now()), func(s devices.Scan) {
		mu.Lock()
		defer mu.Unlock()
		codes = append(codes, string(s.Data))
	})
	got := func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(codes)
	}
	work(t, port.Options{Handler: reader}, func(b *bench, _ *port.Runner) {
		b.say("4006")
		b.wait(40 * time.Millisecond)
		b.say("3813")
		b.wait(55 * time.Millisecond)
		b.expect("codes before the silence", got())
		b.wait(10 * time.Millisecond)
		b.expect("codes", got(), "40063813")
		b.say("A\rB\rC")
		b.wait(200 * time.Millisecond) // a hiccup: this scanner sends a suffix
		b.say("D\r")
		b.expect("codes", got(), "40063813", "A", "B", "CD")
	})
}

func TestBytesBeforeTheEndCount(t *testing.T) {
	work(t, port.Options{}, func(b *bench, _ *port.Runner) {
		far := now(b, &b.far)
		for i := range 20 {
			io.WriteString(far, fmt.Sprintf("%d\n", i))
		}
		far.Close()
		b.wait(time.Millisecond)
		if got, _ := b.handler.heard(); len(got) != 20 {
			b.t.Errorf("%d of 20 lines", len(got))
		}
	})
}
