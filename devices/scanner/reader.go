package scanner

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/devices"
)

// Decoder cuts what one kind of scanner sends into codes. The same bytes give
// the same codes however they are split.
type Decoder interface {
	// Reset forgets half a code: the port was opened again.
	Reset()
	// Feed takes the bytes of one read.
	Feed(data []byte, at time.Time) []Frame
	// Wait returns how long the line must be silent, counted from the last byte,
	// until Silence is to be called; 0 when nothing waits for it.
	Wait() time.Duration
	// Silence says that nothing has come until now.
	Silence(now time.Time) []Frame
}

// Kind is one way that scanners speak to a port of their own. A scanner that
// types into the window is no Kind: see Wedge.
type Kind struct {
	Name string // as in the settings: "serial"
	New  func(Options) Decoder
}

// kinds is the registry: a new kind is its own file and a line here.
func kinds() []Kind {
	return []Kind{
		{Name: "hid", New: func(o Options) Decoder { return NewHIDPOS(o) }},        // USB HID scanner (HID-POS)
		{Name: "keyboard", New: func(o Options) Decoder { return NewKeyboard(o) }}, // keyboard of its own (Linux)
		{Name: "rfid", New: func(o Options) Decoder { return NewRFID(o) }},         // RFID reader on a serial port
		{Name: "serial", New: func(o Options) Decoder { return NewFramer(o) }},     // serial port or USB-COM
	}
}

// Kinds returns all kinds, by name.
func Kinds() []Kind {
	all := kinds()
	slices.SortFunc(all, func(a, b Kind) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Find returns the kind of a name. The error names those that there are.
func Find(name string) (Kind, error) {
	var names []string
	for _, k := range Kinds() {
		if k.Name == name {
			return k, nil
		}
		names = append(names, k.Name)
	}
	return Kind{}, fmt.Errorf("scanner kind %q is not known; known: %s", name, strings.Join(names, ", "))
}

// Reader joins a Decoder to a port: it makes frames into scans.
type Reader struct {
	decoder Decoder
	ids     *devices.ScanIDs
	device  string
	emit    func(devices.Scan)
	flood   flood
}

// NewReader returns a handler for a port. The ids name the device; emit is called
// on the port's goroutine, in order.
func NewReader(device string, d Decoder, ids *devices.ScanIDs, emit func(devices.Scan)) *Reader {
	return &Reader{decoder: d, ids: ids, device: device, emit: emit}
}

// Reset forgets half a code, and a flood that the cable ended: the port was opened
// again.
func (r *Reader) Reset() {
	r.decoder.Reset()
	r.flood = flood{}
}

// Feed takes the bytes of one read.
func (r *Reader) Feed(data []byte, at time.Time) devices.Heard {
	return r.pass(r.decoder.Feed(data, at), at)
}

// Quiet says that the line has been silent.
func (r *Reader) Quiet(at time.Time) devices.Heard { return r.pass(r.decoder.Silence(at), at) }

func (r *Reader) pass(frames []Frame, at time.Time) devices.Heard {
	h := devices.Heard{}
	for _, f := range frames {
		if r.flood.lets(at) {
			r.emit(f.Scan(r.ids, r.device))
			h.Good++
		}
	}
	if !r.flood.over(at) {
		h.Left = r.flood.left
	}
	h.Quiet = r.flood.wait(r.decoder.Wait())
	return h
}

// Scan makes the frame a scan with the next id.
func (f Frame) Scan(ids *devices.ScanIDs, device string) devices.Scan {
	return devices.Scan{ID: ids.Next(), At: f.At, Device: device, AIM: f.AIM, Data: f.Data, Cut: f.Cut}
}
