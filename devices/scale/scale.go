package scale

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/devices"
)

// Decoder turns the bytes of one scale into readings, whose At and Device the
// caller sets. The same bytes give the same readings however they are split.
// What it does not understand is a reading with state Unknown; it never repeats
// an old one. Reply is what the protocol wants to be sent back at once.
type Decoder interface {
	Feed(data []byte) (readings []devices.Reading, reply []byte)
}

// Protocol is one way that scales speak.
type Protocol struct {
	Name   string       // as in the settings: "sics"
	Title  string       // for people
	Line   devices.Line // as the makers ship it
	Polled devices.Poll // asks for each weight
	Stream devices.Poll // starts a stream of weights; no Ask when the protocol has none
	New    func() Decoder
}

// protocols is the registry: a new protocol is its own file and a line here.
func protocols() []Protocol {
	return []Protocol{sics()}
}

// Protocols gives all protocols, by name.
func Protocols() []Protocol {
	all := protocols()
	slices.SortFunc(all, func(a, b Protocol) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Find gives the protocol of a name. The error names those that there are.
func Find(name string) (Protocol, error) {
	var names []string
	for _, p := range Protocols() {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Protocol{}, fmt.Errorf("scale protocol %q is not known; known: %s", name, strings.Join(names, ", "))
}

// Reader joins a decoder to a port: it stamps readings and hands them on.
type Reader struct {
	device string
	make   func() Decoder
	emit   func(devices.Reading)

	decoder Decoder
	first   bool
}

// NewReader gives a handler for a port. Emit is called on the port's goroutine
// and must not block.
func NewReader(device string, p Protocol, emit func(devices.Reading)) *Reader {
	return &Reader{device: device, make: p.New, emit: emit, decoder: p.New(), first: true}
}

// Reset forgets half a frame: the port was opened anew.
func (r *Reader) Reset() { r.decoder, r.first = r.make(), true }

// Feed takes the bytes of one read.
func (r *Reader) Feed(data []byte, at time.Time) devices.Heard {
	readings, reply := r.decoder.Feed(data)
	heard := devices.Heard{Reply: reply}
	for _, reading := range readings {
		tail := r.first && reading.State == devices.Unknown
		r.first = false
		if tail {
			continue // the end of a frame that began before the port was open
		}
		if reading.State == devices.Unknown {
			heard.Bad++
		} else {
			heard.Good++
		}
		reading.At, reading.Device = at, r.device
		r.emit(reading)
	}
	return heard
}

// Quiet does nothing: no scale ends a frame by silence.
func (r *Reader) Quiet(time.Time) devices.Heard { return devices.Heard{} }
