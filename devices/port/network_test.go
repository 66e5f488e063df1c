package port_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/devices"
	"packbench/devices/port"
	"packbench/devices/scale"
	"packbench/station/trouble"
)

// box is a scale on the network, or the box that puts a scale there: a real
// listener that tears its frames, sends what it has kept, and drops the line.
type box struct {
	net.Listener
	answers int    // so many questions are answered on one connection; then it is dropped
	kept    string // sent as soon as somebody connects
	torn    bool   // frames come in pieces

	mu       sync.Mutex
	accepted int
}

func newBox(t *testing.T, answers int) *box {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return &box{Listener: l, answers: answers}
}

func (b *box) connections() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.accepted
}

// serve answers SI of MT-SICS, and whatever else others have asked in answers.
func (b *box) serve(answer map[string]string) {
	for {
		c, err := b.Accept()
		if err != nil {
			return
		}
		b.mu.Lock()
		b.accepted++
		b.mu.Unlock()
		go b.speak(c, answer)
	}
}

func (b *box) speak(c net.Conn, answer map[string]string) {
	defer c.Close()
	io.WriteString(c, b.kept)
	in := bufio.NewReader(c)
	for done := 0; ; {
		line, err := in.ReadString('\n')
		if err != nil || done == b.answers {
			return
		}
		reply := answer[strings.TrimSpace(line)]
		if reply == "" {
			continue
		}
		done++
		if !b.torn {
			io.WriteString(c, reply)
			continue
		}
		for i := range len(reply) {
			io.WriteString(c, reply[i:i+1])
			time.Sleep(time.Millisecond)
		}
	}
}

// onNetwork runs the driver of a SICS scale at an address.
func onNetwork(t *testing.T, address string, every time.Duration) (<-chan devices.Reading, <-chan devices.Status) {
	t.Helper()
	p, err := scale.Find("sics")
	if err != nil {
		t.Fatal(err)
	}
	readings, states := make(chan devices.Reading, 1000), make(chan devices.Status, 1000)
	r := port.New(port.Options{
		Device: "scale", Kind: "scale", Opener: port.OpenerOf("serial", address, p.Line),
		Poll:    devices.Poll{Ask: p.Polled.Ask, Every: every, Timeout: time.Second},
		Handler: scale.NewReader("scale", p, scale.Profile{}, func(r devices.Reading) { readings <- r }),
		Status:  func(s devices.Status) { states <- s },
	})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); r.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	return readings, states
}

func waitFor[T any](t *testing.T, from <-chan T, what string, ok func(T) bool) (all []T) {
	t.Helper()
	limit := time.After(30 * time.Second)
	for {
		select {
		case got := <-from:
			if all = append(all, got); ok(got) {
				return all
			}
		case <-limit:
			t.Fatalf("no %s; there came %+v", what, all)
		}
	}
}

func code(c trouble.Code) func(devices.Status) bool {
	return func(s devices.Status) bool { return s.Trouble.Code == c }
}

// A scale at host:port is one on a line: its frames come torn, what the box has
// kept is no weight of now, and after the line was dropped it comes back by
// itself.
func TestScaleOnTheNetwork(t *testing.T) {
	b := newBox(t, 3)
	b.torn, b.kept = true, "S S      9.999 kg\r\n"
	go b.serve(map[string]string{"SI": "S S      1.234 kg\r\n"})
	readings, states := onNetwork(t, b.Addr().String(), 20*time.Millisecond)
	for range 3 {
		waitFor(t, states, "green lamp", func(s devices.Status) bool { return s.Lamp == devices.Green })
		lost := waitFor(t, states, "broken connection", code(trouble.ConnectionLost))
		if last := lost[len(lost)-1]; last.Lamp != devices.Red || !strings.Contains(last.Trouble.Advice(), "network cable") {
			t.Errorf("lamp %v: %s", last.Lamp, last.Trouble)
		}
	}
	n := 0
	waitFor(t, readings, "nine weights", func(r devices.Reading) bool {
		if r.State != devices.OK || r.Mass.String() != "1.234 kg" {
			t.Errorf("%+v", r)
		}
		n++
		return n == 9
	})
	if b.connections() < 3 {
		t.Errorf("%d connections", b.connections())
	}
}

// A pulled cable breaks no connection: one on which nothing comes is given up.
func TestSilentConnectionIsGivenUp(t *testing.T) {
	t.Parallel()
	b := newBox(t, 3)
	go b.serve(nil)
	_, states := onNetwork(t, b.Addr().String(), 200*time.Millisecond)
	waitFor(t, states, "red lamp", func(s devices.Status) bool { return s.Lamp == devices.Red && s.Trouble.Code == trouble.Silent })
	waitFor(t, states, "silent address", code(trouble.HostSilent))
	for range 100 {
		if b.connections() > 1 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("it does not connect again")
}

func TestTroubleOfTheNetwork(t *testing.T) {
	closed := newBox(t, 0)
	closed.Close()
	for address, want := range map[string]trouble.Code{
		closed.Addr().String():       trouble.HostRefuses,
		"no-such-scale.invalid:4001": trouble.HostUnknown,
	} {
		opener := port.OpenerOf("serial", address, devices.Line{})
		if _, err := opener.Open(); port.Explain(err).Code != want {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
		if found := opener.(port.Checker).Check(); found == nil || found.Code != want {
			t.Errorf("%s is checked: %v, want %s", address, found, want)
		}
	}
	b := newBox(t, 1)
	go b.serve(nil)
	n := port.Network{Name: b.Addr().String()}
	if found := n.Check(); found != nil {
		t.Error(found)
	}
	c, err := n.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if found := n.Check(); runtime.GOOS == "linux" && !errors.Is(found, port.ErrInUse) {
		t.Errorf("the address of a bench that works is checked: %v", found)
	}
}

func TestAddresses(t *testing.T) {
	for name, want := range map[string]bool{
		"192.168.1.20:4001": true, "scale.local:23": true, " scale-3:10001 ": true, "[fe80::1]:4001": true, "localhost:1": true,
		"usb:0922:8003": false, "usb:0922:8003:1234": false, "COM3": false, "COM3:": false, "/dev/ttyUSB0": false, ":4001": false,
		"scale": false, "scale:": false, "scale:0": false, "scale:65536": false, "scale:sics": false, "fe80::1:4001": false, "/dev/serial/by-path/pci:1": false, "": false,
	} {
		if got := port.IsNetwork(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}
