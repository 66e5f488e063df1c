package scale

import (
	"strings"

	"packbench/devices"
)

// steadiness is what a frame says about its weight.
type steadiness uint8

const (
	unsaid steadiness = iota // the protocol cannot say
	moving
	steady
)

// setWeight makes a reading a weight. It stays Unknown when the number or the
// unit is none: pieces and percent are no weight.
func setWeight(r *devices.Reading, number, name string, s steadiness) {
	if name == lbOz {
		number, name = ouncesOf(number)
	}
	mass, division, ok := weight(number, name)
	if !ok {
		return
	}
	r.Mass, r.HasMass, r.Unit, r.Division = mass, true, name, division
	r.StableKnown, r.Stable = s != unsaid, s == steady
	switch {
	case s == moving:
		r.State = devices.Motion
	case !strings.ContainsAny(number, "123456789"):
		r.State = devices.Zero
	default:
		r.State = devices.OK
	}
}

// cutNumber takes a number from the front of a text. Spaces may stand before
// the sign and between sign and digits, as in "-  0.002kg".
func cutNumber(text string) (number, rest string, ok bool) {
	text = strings.TrimLeft(text, " ")
	sign := ""
	if text != "" && (text[0] == '+' || text[0] == '-') {
		if text[0] == '-' {
			sign = "-"
		}
		text = strings.TrimLeft(text[1:], " ")
	}
	n := len(text) - len(strings.TrimLeft(text, "0123456789."))
	digits := text[:n]
	if strings.Trim(digits, ".") == "" || strings.Count(digits, ".") > 1 {
		return "", text, false
	}
	return sign + digits, text[n:], true
}

// textLines is the decoder of protocols whose lines stand for themselves. A
// line ends with CR, LF or both; control characters around it do not count.
type textLines struct {
	lines lineBuffer
	read  func(line string) (r devices.Reading, ok bool) // without Raw; not ok is no reading
}

// usualLine is longer than the lines of most protocols.
const usualLine = 64

// newTextLines returns a decoder of lines that are shorter than the limit.
func newTextLines(limit int, read func(string) (devices.Reading, bool)) *textLines {
	return &textLines{lines: lineBuffer{limit: limit}, read: read}
}

func (d *textLines) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		if b&0x7F == '\r' {
			b = '\n'
		}
		line, whole, done := d.lines.add(b)
		switch {
		case !done:
		case !whole:
			readings = append(readings, devices.Reading{Raw: raw(line)})
		default:
			text := bare(line)
			if strings.TrimLeft(text, " ") == "" {
				continue
			}
			if r, ok := d.read(text); ok {
				r.Raw = raw(line)
				readings = append(readings, r)
			}
		}
	}
	return readings, nil
}

// bare is a line without the control characters around it: the zeros of a line
// at rest, STX, ETX.
func bare(line []byte) string {
	return strings.TrimFunc(string(line), func(c rune) bool { return c < ' ' })
}
