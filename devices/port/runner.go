package port

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"time"

	"packbench/devices"
)

// Opener opens the device, as often as it was lost. An error that a person can mend is a *Trouble.
type Opener interface {
	Open() (io.ReadWriteCloser, error)
}

// OpenerOf returns what opens a device by its kind in the settings: "hid", "keyboard",
// or any other for a serial line; a name that is host:port is on the network.
func OpenerOf(kind, name string, line devices.Line) Opener {
	switch kind {
	case "hid":
		return HID{Name: name}
	case "keyboard":
		return Keyboard{Name: name}
	}
	if IsNetwork(name) {
		return Network{Name: name}
	}
	return Serial{Name: name, Line: line}
}

// Prover is an Opener that may know that its open port proves the device.
type Prover interface {
	Proves() bool
}

// Handler is what the bytes of a device go to. All calls come from the goroutine
// of Run, one at a time.
type Handler interface {
	// Reset forgets half a frame: the port was opened again.
	Reset()
	// Feed takes the bytes of one read; they are only lent.
	Feed(data []byte, at time.Time) devices.Heard
	// Quiet says that nothing has come since the silence that was asked for.
	Quiet(at time.Time) devices.Heard
}

// Options of a Runner. Device, Kind, Opener and Handler are needed.
type Options struct {
	Device string // name in the settings, on lamps and in errors
	Kind   string // scanner, scale
	Opener Opener
	// Handler gets the bytes.
	Handler Handler
	// Raw sees the bytes of each read before the Handler; they are only lent.
	// It is called from the goroutine of Run and must not block; nil sees none.
	Raw func(data []byte, at time.Time)
	// Poll is how the device is asked; the zero value only listens.
	Poll devices.Poll
	// Certain says that an open port proves the device, as with USB devices
	// that are their own port; a Prover may say so too. Else a device that is
	// only listened to shows when it was last heard, and no green.
	Certain bool
	// Status is called on each change of the lamp or its words, from the
	// goroutine of Run; it must not block.
	Status func(devices.Status)
	// Log gets openings and losses; nil logs nothing.
	Log *slog.Logger
	// Clock writes the time of day into words; nil writes 15:04 local.
	Clock func(time.Time) string
}

// Back-off between attempts to open. To look for a name that is gone is cheap,
// and a device must work soon after it was plugged in again (F1).
const (
	firstWait = 100 * time.Millisecond
	lastWait  = 2 * time.Second
	goneWait  = time.Second
)

// grace is a second look before a silence counts: after a stall of the program
// a timer may fire before the bytes that have waited are read.
const grace = 10 * time.Millisecond

// writeLimit is how long a device may take to accept a command.
const writeLimit = time.Second

// Runner keeps one device going. Take it from New and call Run once.
type Runner struct {
	opts Options
	send chan []byte
	lamp lamp
}

// New returns a runner that is ready to Run.
func New(opts Options) *Runner {
	if opts.Status == nil {
		opts.Status = func(devices.Status) {}
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Clock == nil {
		opts.Clock = func(t time.Time) string { return t.Format("15:04") }
	}
	if opts.Poll.Timeout == 0 {
		opts.Poll.Timeout = time.Second
	}
	return &Runner{opts: opts, send: make(chan []byte, 4), lamp: lamp{opts: opts}}
}

// Send queues a command to the device, such as a scale's zero or a scanner's
// trigger; to a HID device it is one output report. It fails when the device
// does not keep up, or can hear nothing; what is queued is dropped when the
// device is lost.
func (r *Runner) Send(command []byte) error {
	if _, deaf := r.opts.Opener.(Keyboard); deaf {
		return fmt.Errorf("%s %s: %w", r.opts.Kind, r.opts.Device, errDeaf)
	}
	select {
	case r.send <- command:
		return nil
	default:
		return fmt.Errorf("%s %s: the device takes no commands now", r.opts.Kind, r.opts.Device)
	}
}

// Run works until the context ends and then returns nil at once; the port is
// closed by then. It has no other end.
func (r *Runner) Run(ctx context.Context) error {
	wait, wasGone := firstWait, false
	for ctx.Err() == nil {
		conn, err := r.open(ctx)
		if err == nil {
			r.opts.Log.Info("device open", "device", r.opts.Device, "kind", r.opts.Kind)
			r.lamp.opened(r.certain())
			before := r.lamp.now.LastHeard
			err = r.serve(ctx, conn)
			r.drain()
			if r.lamp.now.LastHeard != before { // it worked: no reason to be slow
				wait = firstWait
			}
		}
		if ctx.Err() != nil {
			break
		}
		if r.lamp.lost(err) { // not again with each attempt
			r.opts.Log.Warn("device lost", "device", r.opts.Device, "kind", r.opts.Kind, "err", err)
		}
		isGone, limit := absent(err), lastWait
		if isGone {
			limit = goneWait
		} else if wasGone { // it is there again, and perhaps not yet for this user
			wait = firstWait
		}
		wasGone = isGone
		wait = min(wait, limit)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, limit)
	}
	r.lamp.off()
	return nil
}

// open opens the device. To connect takes a while, which the end of the context
// cuts short.
func (r *Runner) open(ctx context.Context) (io.ReadWriteCloser, error) {
	if n, ok := r.opts.Opener.(Network); ok {
		return n.connect(ctx)
	}
	return r.opts.Opener.Open()
}

func (r *Runner) certain() bool {
	if r.opts.Certain {
		return true
	}
	p, ok := r.opts.Opener.(Prover)
	return ok && p.Proves()
}

// drain drops commands that were meant for a device that has gone.
func (r *Runner) drain() {
	for {
		select {
		case <-r.send:
		default:
			return
		}
	}
}

// serve works with an open port until it fails or the context ends.
func (r *Runner) serve(ctx context.Context, conn io.ReadWriteCloser) error {
	r.opts.Handler.Reset()
	chunks := make(chan []byte, 64)
	failed := make(chan error, 1)
	stop := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		failed <- read(conn, chunks, stop)
	}()
	defer func() {
		close(stop)
		conn.Close()
		<-ended
	}()
	s := &session{Runner: r, conn: conn}
	s.ask.reset(0, len(r.opts.Poll.Ask) > 0)
	s.answer.reset(r.opts.Poll.Timeout, r.opts.Poll.Constant)
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case data := <-chunks:
			err = s.feed(data)
		case err := <-failed:
			for len(chunks) > 0 { // what came before the end still counts
				if err := s.feed(<-chunks); err != nil {
					break
				}
			}
			return gone("read", err)
		case command := <-r.send:
			err = s.write(command)
		case <-s.ask.C():
			err = s.poll()
		case <-s.answer.C():
			err = s.unanswered()
		case <-s.quiet.C():
			err = s.silence(len(chunks))
		}
		if err != nil {
			return err
		}
	}
}

// read passes on what comes until the port fails.
func read(conn io.Reader, chunks chan<- []byte, stop <-chan struct{}) error {
	buffer := make([]byte, 4096)
	idle := 0
	for {
		n, err := conn.Read(buffer)
		if n > 0 {
			idle = 0
			select {
			case chunks <- append([]byte(nil), buffer[:n]...):
			case <-stop:
				return io.ErrClosedPipe
			}
		}
		if err != nil {
			return err
		}
		if n == 0 {
			if idle++; idle > 1000 {
				return io.ErrNoProgress // a broken driver must not burn a core
			}
		}
	}
}
