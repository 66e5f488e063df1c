package port

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"syscall"
	"time"

	"packbench/devices"
	"packbench/station/trouble"
)

// ErrInUse says that another program, or another device of the settings, has
// the port.
var ErrInUse = errors.New("the port is in use")

// ErrNotSerial says that the name belongs to something that is no serial port.
var ErrNotSerial = errors.New("this is not a serial port")

// Trouble is an error that a person at the bench can mend.
type Trouble = trouble.Error

// gone says that the device has left. An open port fails for no other reason,
// unless it gives one.
func gone(doing string, err error) *Trouble {
	var known *Trouble
	if errors.As(err, &known) {
		return known
	}
	return trouble.New(trouble.Unplugged).From(fmt.Errorf("%s: %w", doing, err))
}

// Explain gives an error of opening or reading a port the words for its lamp.
// For what an Opener of this package could not open it looks for the reason on
// this computer, which may take a tenth of a second.
func Explain(err error) *Trouble {
	var known *Trouble
	if errors.As(err, &known) {
		return known
	}
	var opening *openError
	if errors.As(err, &opening) {
		return opening.explain()
	}
	return plain(err)
}

// lost reports whether an error is one of a device that has left.
func lost(err error) bool {
	return errors.Is(err, syscall.ENXIO) || errors.Is(err, syscall.ENODEV) || errors.Is(err, syscall.EIO)
}

// plain explains an error by what it is alone.
func plain(err error) *Trouble {
	t := &Trouble{Err: err}
	switch {
	case errors.Is(err, ErrInUse), errors.Is(err, syscall.EBUSY),
		runtime.GOOS == "windows" && errors.Is(err, fs.ErrPermission):
		t.Trouble = trouble.New(trouble.PortInUse)
	case errors.Is(err, fs.ErrPermission):
		t.Trouble = trouble.New(trouble.PortDenied, "dialout")
	case absent(err):
		return gone("open", err)
	case errors.Is(err, ErrNotSerial), errors.Is(err, syscall.ENOTTY), errors.Is(err, syscall.EISDIR):
		t.Trouble = trouble.New(trouble.NoSerialPort)
	default:
		t.Trouble = trouble.New(trouble.Said, err.Error()).With(trouble.Replug)
	}
	return t
}

// lamp keeps the status of a device and reports its changes.
type lamp struct {
	opts Options
	now  devices.Status
	bad  int // frames in a row that were not understood
	left int // frames that were left out of a flood

	certain bool // the open port proves the device

	failed   string // the last error, as text
	failedAt time.Time
	trouble  *Trouble // what it means
}

// lookAgain is how long an explanation stands while its error stays: looking
// for the reason at each attempt would cost more than the attempts.
const lookAgain = 10 * time.Second

// fewFrames is how many bad frames in a row are no longer an accident.
const fewFrames = 3

// set shows a status and reports whether it differs from the previous one.
func (l *lamp) set(color devices.Lamp, now trouble.Trouble) bool {
	next := devices.Status{
		Device: l.opts.Device, Kind: l.opts.Kind,
		Lamp: color, Trouble: now, LastHeard: l.now.LastHeard,
	}
	changed := next.Lamp != l.now.Lamp || !next.Trouble.Equal(l.now.Trouble)
	l.now = next
	if changed {
		l.opts.Status(next)
	}
	return changed
}

func (l *lamp) opened(certain bool) {
	l.bad, l.left, l.certain, l.trouble = 0, 0, certain, nil
	switch {
	case len(l.opts.Poll.Ask) > 0:
		l.set(devices.Amber, trouble.New(trouble.OpenUnanswered))
	case l.opts.Poll.Constant:
		l.set(devices.Amber, trouble.New(trouble.OpenUnheard))
	case l.certain:
		l.set(devices.Green, trouble.New(trouble.Ready))
	default:
		l.lastHeard()
	}
}

// lastHeard is all that can be said of a device that never speaks unasked.
func (l *lamp) lastHeard() {
	if l.now.LastHeard.IsZero() {
		l.set(devices.Off, trouble.New(trouble.OpenUnheard))
		return
	}
	l.set(devices.Off, trouble.New(trouble.LastHeard, l.opts.Clock(l.now.LastHeard)))
}

func (l *lamp) heard(h devices.Heard, at time.Time, polled bool) {
	l.now.LastHeard = at
	switch {
	case h.Good > 0:
		l.bad = 0
	case h.Bad > 0:
		l.bad += h.Bad
	}
	if h.Left == 0 && l.left > 0 {
		l.opts.Log.Warn("flood over", "device", l.opts.Device, "kind", l.opts.Kind, "left out", l.left)
	}
	l.left = h.Left
	switch {
	case l.left > 0:
		l.set(devices.Red, trouble.New(trouble.Flood))
	case l.bad >= fewFrames:
		l.set(devices.Amber, trouble.New(trouble.NotUnderstood))
	case polled && h.Good == 0:
	case polled || l.certain:
		l.set(devices.Green, trouble.New(trouble.Ready))
	default:
		l.lastHeard()
	}
}

func (l *lamp) silent() {
	l.set(devices.Red, trouble.New(trouble.Silent, l.opts.Kind))
}

func (l *lamp) lost(err error) bool {
	if text := err.Error(); l.trouble == nil || text != l.failed || time.Since(l.failedAt) >= lookAgain {
		l.failed, l.failedAt, l.trouble = text, time.Now(), Explain(err)
	}
	return l.set(devices.Red, l.trouble.Trouble)
}

func (l *lamp) off() { l.set(devices.Off, trouble.New(trouble.SwitchedOff)) }
