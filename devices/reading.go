package devices

import (
	"fmt"
	"time"

	"packbench/station/unit"
)

// ReadingState is what a scale said about itself in one frame. "No data" is no
// state: it is the absence of readings.
type ReadingState uint8

// The states. The zero value is Unknown, so that a forgotten state is never a
// good weight.
const (
	Unknown ReadingState = iota // a frame that could not be understood
	OK                          // a steady weight, or one whose steadiness the scale cannot tell
	Zero                        // steady at zero
	Motion                      // still moving
	Over                        // more than the scale can weigh
	Under                       // less than the scale can show
	Error                       // the scale refuses or reports a fault
)

var stateNames = [...]string{"unknown", "ok", "zero", "motion", "over", "under", "error"}

// String returns the text form: ok, zero, motion, over, under, error or unknown.
func (s ReadingState) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return stateNames[Unknown]
}

// MarshalText writes the text form.
func (s ReadingState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the text form.
func (s *ReadingState) UnmarshalText(text []byte) error {
	for i, name := range stateNames {
		if name == string(text) {
			*s = ReadingState(i)
			return nil
		}
	}
	return fmt.Errorf("reading state %q is none of ok, zero, motion, over, under, error, unknown", text)
}

// Reading is one frame of a scale.
type Reading struct {
	At          time.Time
	Device      string
	State       ReadingState
	Mass        unit.Mass // signed; meaningful only with HasMass
	HasMass     bool
	Unit        string // as sent
	Stable      bool
	StableKnown bool // false when the protocol cannot say whether the weight is steady
	Net         bool
	Division    unit.Mass // what one step of the last digit sent weighs; 0 when not known
	Raw         []byte    // the frame as it came, shortened to 64 bytes
}
