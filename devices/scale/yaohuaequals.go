package scale

import (
	"slices"
	"strings"
	"time"

	"packbench/devices"
)

// equalsSize is the length of a frame.
const equalsSize = 9

// Yaohua, frames that begin with an equals sign and have their digits from the
// last to the first: XK3190-A23p in format 2, A26 in format 1. Sources:
// XK3190-A23p manual p. 21; XK3190-A26 manual p. 11.
//
//	Format:  = weight(7), last digit first, with its point; 0 or -
//	Example: "=000.3000"    3.000, of whatever the scale shows
//	         "=00.1000-"    -1.00
//
// There is no check and no end. The same scales can be set to send the first
// digit first, which many frames do not show: one that can only be of that form
// puts an end to all readings until one can only be of this.
func yaohuaReversed() Protocol {
	p := yaohuaForward()
	p.Name = "yaohua-reversed"
	p.Title = "Yaohua XK3190, = and the last digit first (A23p format 2, A26 format 1)"
	p.New = func(p Profile) Decoder { return newEquals(p.unit(), reversedEquals, forwardEquals) }
	return p
}

// newEquals returns a decoder of one of the two forms.
func newEquals(unit string, mine, other func(string) string) Decoder {
	doubt := false
	return &resync{
		first: equalsSize,
		shape: func(held []byte) int {
			for i, b := range held {
				if (b&0x7F == '=') != (i == 0) || i > 0 && strings.IndexByte("0123456789.-", b&0x7F) < 0 {
					return -1
				}
			}
			switch {
			case len(held) < equalsSize:
				return 0
			case mine(string(masked(held))) == "" && other(string(masked(held))) == "":
				return -1
			}
			return equalsSize
		},
		read: func(frame []byte) (r devices.Reading, ok bool) {
			text := string(masked(frame))
			number := mine(text)
			switch {
			case number == "":
				doubt = true
			case other(text) == "":
				doubt = false
			}
			if !doubt {
				setWeight(&r, number, unit, unsaid)
				r.Unit = ""
			}
			return r, true
		},
		idle: func(b byte) bool { return strings.IndexByte("\r\n\x00", b&0x7F) >= 0 },
		last: func(b byte) bool { return b&0x7F == '\n' },
	}
}

// forwardEquals reads a frame whose first digit comes first; "" is none.
func forwardEquals(frame string) string { return signedNumber(frame[1], frame[2:]) }

// reversedEquals reads one whose last digit comes first.
func reversedEquals(frame string) string {
	text := []byte(frame[1:8])
	slices.Reverse(text)
	return signedNumber(frame[8], string(text))
}

func signedNumber(sign byte, text string) string {
	switch {
	case !number(text):
		return ""
	case sign == '-':
		return "-" + text
	case sign == '0':
		return text
	}
	return ""
}

// Yaohua, the same with the first digit first: XK3190-A26 in format 2, and A23p.
// Sources: XK3190-A23p manual p. 22; XK3190-A26 manual p. 11.
//
//	Format:  = 0 or -, weight(7) with its point
//	Example: "=0003.000"    3.000, of whatever the scale shows
//	         "=-0001.00"    -1.00
func yaohuaForward() Protocol {
	return Protocol{
		Name:     "yaohua-forward",
		Title:    "Yaohua XK3190, = and the first digit first (A26 format 2, A23p)",
		Line:     devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Stream:   devices.Poll{Timeout: time.Second, Constant: true},
		Unitless: true,
		New:      func(p Profile) Decoder { return newEquals(p.unit(), forwardEquals, reversedEquals) },
	}
}
