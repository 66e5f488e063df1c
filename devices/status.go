package devices

import (
	"fmt"
	"time"

	"packbench/station/trouble"
)

// Lamp is the colour of a device's lamp.
type Lamp uint8

// The lamps. Off also stands for a device that cannot tell whether it is
// there: no green is ever guessed (F1).
const (
	Off Lamp = iota
	Green
	Amber
	Red
)

var lampNames = [...]string{"off", "green", "amber", "red"}

// String returns off, green, amber or red.
func (l Lamp) String() string {
	if int(l) < len(lampNames) {
		return lampNames[l]
	}
	return lampNames[Off]
}

// MarshalText writes the text form.
func (l Lamp) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the text form.
func (l *Lamp) UnmarshalText(text []byte) error {
	for i, name := range lampNames {
		if name == string(text) {
			*l = Lamp(i)
			return nil
		}
	}
	return fmt.Errorf("lamp %q is none of off, green, amber, red", text)
}

// Status is how a device is now, in words for the person at the bench.
type Status struct {
	Device    string
	Kind      string // scanner, scale, printer
	Lamp      Lamp
	Trouble   trouble.Trouble // what is: "unplugged", or "ready" where nothing is wrong
	LastHeard time.Time
}

// Poll says how a device is asked. With Every 0 it is asked once after opening
// and again each time it has been silent for Timeout: so a stream is started,
// and started again. A device without Ask is only listened to.
type Poll struct {
	Ask     []byte
	Every   time.Duration // from one question to the next
	Timeout time.Duration // how long an answer may take; 0 means 1 s
	// Constant says that the device speaks all the time by itself: then its
	// silence is trouble, although nobody asked.
	Constant bool
}

// Awaited reports whether the device has to speak: it is asked, or never silent.
func (p Poll) Awaited() bool { return len(p.Ask) > 0 || p.Constant }

// Line is how a serial line is set. The zero value means 9600 baud, 8 data
// bits, no parity, 1 stop bit.
type Line struct {
	Baud   int
	Bits   int    // 7 or 8
	Parity string // none, even or odd
	Stop   int    // 1 or 2
}

// WithDefaults fills in what is not set.
func (l Line) WithDefaults() Line {
	if l.Baud == 0 {
		l.Baud = 9600
	}
	if l.Bits == 0 {
		l.Bits = 8
	}
	if l.Parity == "" {
		l.Parity = "none"
	}
	if l.Stop == 0 {
		l.Stop = 1
	}
	return l
}

// Heard is what a handler made of the bytes of one read.
type Heard struct {
	Reply []byte        // bytes to send back at once
	Good  int           // frames that were understood
	Bad   int           // frames that were not
	Left  int           // frames that were left out since more came than anybody can send; 0 when that is over
	Quiet time.Duration // tell the handler when the line has been silent this long; 0 means never
}
