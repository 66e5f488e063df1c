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

// Profile is what a shop knows of its scale and the bytes do not say. The zero
// value suits every protocol that sends its unit.
type Profile struct {
	Unit string // of a protocol that sends none: "kg" or "lb"; "" means kg
}

// unit returns the unit of a protocol that sends none.
func (p Profile) unit() string {
	if p.Unit == "" {
		return "kg"
	}
	return p.Unit
}

// Protocol is one way that scales speak.
type Protocol struct {
	Name   string       // as in the settings: "sics"
	Title  string       // for people, with the makers
	Line   devices.Line // as the makers ship it; not used by USB
	Polled devices.Poll // asks for each weight; no Ask when the scale only streams
	Stream devices.Poll // starts a stream of weights, or only listens; the zero value when there is none

	Zero []byte // sets the empty scale to zero; nil when the protocol cannot
	Tare []byte // takes what lies on the scale as tare; nil when the protocol cannot

	Unitless   bool // frames carry no unit: the Profile has to
	AsksNet    bool // what is asked for is net whether or not there is a tare: "net" says nothing
	StaleFirst bool // the first reading after opening is an old one and is dropped
	USB        bool // comes as reports of a USB scale and not over a serial line

	Probe *Probe // how the protocol is found; nil when no safe question is known
	New   func(Profile) Decoder
}

// Probe is a question that no other scale takes amiss, and what only this
// protocol answers to it.
type Probe struct {
	Ask     []byte
	Leave   []byte // sent after a good answer to go back to weighing; may be nil
	Answers func(heard []byte) bool
}

// protocols is the registry: a new protocol is its own file and a line here.
func protocols() []Protocol {
	return []Protocol{sics(), toledo8217(), sma(), nciSCP01(), nciSCP12(), mtContinuous(), and(), stgs(), cas22(), adam(), ohaus(), sartorius(), casECR(), fairbanks(), yaohuaA9(), yaohuaA12(), yaohuaReversed(), yaohuaForward(), hid()}
}

// Protocols returns all protocols, by name.
func Protocols() []Protocol {
	all := protocols()
	slices.SortFunc(all, func(a, b Protocol) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Find returns the protocol of a name. The error names those that there are.
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
	device   string
	protocol Protocol
	profile  Profile
	emit     func(devices.Reading)

	decoder Decoder
	first   bool
}

// NewReader returns a handler for a port. Emit is called on the port's goroutine
// and must not block.
func NewReader(device string, p Protocol, profile Profile, emit func(devices.Reading)) *Reader {
	return &Reader{device: device, protocol: p, profile: profile, emit: emit, decoder: p.New(profile), first: true}
}

// Reset forgets half a frame: the port was opened again.
func (r *Reader) Reset() { r.decoder, r.first = r.protocol.New(r.profile), true }

// Feed takes the bytes of one read.
func (r *Reader) Feed(data []byte, at time.Time) devices.Heard {
	readings, reply := r.decoder.Feed(data)
	heard := devices.Heard{Reply: reply}
	for _, reading := range readings {
		drop := r.first && (r.protocol.StaleFirst || reading.State == devices.Unknown)
		r.first = false
		if drop {
			continue // an old report, or the end of a frame that began before the port was open
		}
		if reading.State == devices.Unknown {
			heard.Bad++
		} else {
			heard.Good++
		}
		reading.At, reading.Device = at, r.device
		reading.Net = reading.Net && !r.protocol.AsksNet
		r.emit(reading)
	}
	return heard
}

// Quiet does nothing: no scale ends a frame by silence.
func (r *Reader) Quiet(time.Time) devices.Heard { return devices.Heard{} }
