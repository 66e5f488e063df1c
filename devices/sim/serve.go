package sim

import (
	"bufio"
	"context"
	"io"
	"strings"
	"sync"
)

// Device is what every simulated device on a cable can do.
type Device interface {
	Unplug()
	Replug() error
	Noise([]byte) error
}

// Serve drives one device, a *Scanner or a *Scale, by lines until the input
// ends or the context does. Each line is answered with "ok" or "error: …".
//
//	scale:   put 1.2kg, put 120d (divisions), put 12 x 45g · zero · over · under
//	         curve NAME · fault NAME on|off, fault dead 2s · quiet · speak · seed N
//	scanner: scan DATA · burst N DATA     <GS> stands for byte 0x1D, {n} for the number in the burst
//	         heard                        answered with the last command of the bench in hex
//	both:    unplug · replug [AFTER] · noise [HEX] · wait DURATION · # comment
//
// After the context has ended the goroutine that reads waits for one more line.
func Serve(ctx context.Context, in io.Reader, out io.Writer, device Device) error {
	lines := make(chan string)
	failed := make(chan error, 1)
	go func() {
		s := bufio.NewScanner(in)
		s.Buffer(nil, 2<<20) // a scan of a megabyte is a fair test
		for s.Scan() {
			select {
			case lines <- s.Text():
			case <-ctx.Done():
				return
			}
		}
		failed <- s.Err()
	}()
	until, cancel := context.WithCancel(ctx)
	h := &handler{ctx: until, device: device}
	defer h.later.Wait()
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-failed:
			return err
		case line := <-lines:
			if line = strings.TrimLeft(line, " \t"); line == "" || line[0] == '#' {
				continue
			}
			answer, err := h.obey(line)
			if err != nil {
				answer = "error: " + err.Error()
			} else if answer == "" {
				answer = "ok"
			}
			if _, err := io.WriteString(out, answer+"\n"); err != nil {
				return err
			}
		}
	}
}

// handler does what lines say to one device.
type handler struct {
	ctx    context.Context // of Serve: what happens later ends with it
	device Device
	later  sync.WaitGroup
}
