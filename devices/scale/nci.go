package scale

import (
	"bytes"
	"strings"

	"packbench/devices"
)

// nciDecoder reads both frames of NCI, which share their status bytes:
//
//	SCP-01:  LF display CR LF status CR ETX, or LF status CR ETX
//	SCP-12:  LF display CR status ETX
//	both:    LF ? CR [ETX] for a command that is not known
//
// Every status byte has bits 4 and 5 set. Bits of byte 1: 0 motion, 1 at zero,
// 2 and 3 memory error. Of byte 2: 0 under, 1 over capacity, 2 memory error,
// 3 calibration. Of byte 3: 2 net, 3 zero error. Bit 6 of a byte after the
// first says that another follows. Some put an S before the status.
type nciDecoder struct {
	twelve bool   // the scale speaks SCP-12: mind its polarity, even where the frame is of SCP-01
	held   []byte // from LF; empty between frames
	split  int    // where the second LF stands; 0 for none
	stray  stray
}

// nciLimit is longer than any frame: LF, 20 of display, CR, LF, S and 4 of
// status, CR, ETX.
const nciLimit = 32

func newNCI(twelve bool) func(Profile) Decoder {
	return func(Profile) Decoder { return &nciDecoder{twelve: twelve, stray: stray{free: tail}} }
}

func (d *nciDecoder) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		if b&0x7F == 3 && len(d.held) > 0 {
			readings = append(readings, d.end(b)...)
			d.held, d.split = d.held[:0], 0
		} else if r, ok := d.add(b); ok {
			readings = append(readings, r)
		}
	}
	return readings, nil
}

func (d *nciDecoder) add(b byte) (devices.Reading, bool) {
	plain := b & 0x7F
	switch {
	case plain == '\n':
		return d.lineFeed(b)
	case len(d.held) == 0:
		if plain == 3 && len(d.stray.held) == 0 { // the end of LF ? CR ETX
			return devices.Reading{}, false
		}
		return d.stray.add(b)
	}
	d.held = append(d.held, b)
	switch {
	case plain == '\r' && len(d.held) == 3 && d.held[1]&0x7F == '?': // an ETX may follow, or not
		r := devices.Reading{State: devices.Error, Raw: raw(d.held)}
		d.held = d.held[:0]
		return r, true
	case len(d.held) >= nciLimit:
		return d.drop(), true
	}
	return devices.Reading{}, false
}

// lineFeed begins a frame, or the status of the frame at hand if the display
// before it was ended by CR. What it breaks off is Unknown.
func (d *nciDecoder) lineFeed(b byte) (devices.Reading, bool) {
	n := len(d.held)
	switch {
	case n == 0:
		r, ok := d.stray.end()
		d.held = append(d.held, b)
		return r, ok
	case n == 1: // an empty line
		return devices.Reading{}, false
	case d.held[n-1]&0x7F != '\r':
		r := d.drop()
		d.held = append(d.held, b)
		return r, true
	}
	var r devices.Reading
	torn := d.split > 0 // two lines are held: the first belongs to no status
	if torn {
		r.Raw = raw(d.held[:d.split])
		d.held = d.held[:copy(d.held, d.held[d.split:])]
	}
	d.split = len(d.held)
	d.held = append(d.held, b)
	return r, torn
}

// drop returns what is held as Unknown.
func (d *nciDecoder) drop() devices.Reading {
	r := devices.Reading{Raw: raw(d.held)}
	d.held, d.split = d.held[:0], 0
	return r
}

// end reads the frame at hand, whose ETX has come. After a display of SCP-12
// that was torn off at its CR the held bytes are two frames.
func (d *nciDecoder) end(etx byte) []devices.Reading {
	d.held = append(d.held, etx)
	frame := d.held
	if d.split > 0 {
		head, rest := frame[:d.split], frame[d.split:]
		status, whole := bytes.CutSuffix(masked(rest[1:len(rest)-1]), []byte("\r"))
		if bits, ok := nciStatus(string(status), d.twelve); ok && whole {
			return nciReading(devices.Reading{Raw: raw(frame)}, string(masked(head[1:len(head)-1])), bits)
		}
		if second := d.single(rest); len(second) != 1 || second[0].State != devices.Unknown {
			return append([]devices.Reading{{Raw: raw(head)}}, second...)
		}
	}
	return d.single(frame)
}

// single reads a frame that has no second LF.
func (d *nciDecoder) single(frame []byte) []devices.Reading {
	r := devices.Reading{Raw: raw(frame)}
	text := string(masked(frame[1 : len(frame)-1]))
	shown, after, ended := strings.Cut(text, "\r")
	if status, ok := nciStatus(shown, d.twelve); ok && ended && after == "" {
		return nciReading(r, "", status)
	}
	if status, ok := nciStatus(after, true); ok {
		return nciReading(r, shown, status)
	}
	return []devices.Reading{r}
}

// nciBits is what the status bytes say.
type nciBits struct {
	motion, zero, over, under, fault, net bool
}

// nciStatus reads the status bytes. Makers print the polarity of byte 1 of
// SCP-12 in two ways; a scale that says both of its memories are bad in the one
// speaks the other.
func nciStatus(text string, twelve bool) (s nciBits, ok bool) {
	text = strings.TrimPrefix(text, "S")
	if len(text) < 2 || len(text) > 4 {
		return s, false
	}
	for i := range len(text) {
		more := text[i]&0x40 != 0
		if text[i]&0x30 != 0x30 || more && i == len(text)-1 {
			return s, false
		}
	}
	one := text[0]
	if twelve && one&0x0C == 0x0C {
		one = ^one
	}
	s.motion, s.zero = one&1 != 0, one&2 != 0
	s.under, s.over = text[1]&1 != 0, text[1]&2 != 0
	s.fault = one&0x0C != 0 || text[1]&0x0C != 0
	if len(text) > 2 {
		s.net = text[2]&4 != 0
		s.fault = s.fault || text[2]&8 != 0
	}
	return s, true
}

// nciReading returns the one reading, or none, of a display, "" when the status came
// alone, and its status.
func nciReading(r devices.Reading, shown string, s nciBits) []devices.Reading {
	switch {
	case s.fault || strings.Contains(shown, "--"):
		r.State = devices.Error
	case s.over || strings.Contains(shown, "^"):
		r.State = devices.Over
	case s.under || strings.Contains(shown, "_"):
		r.State = devices.Under
	case shown != "":
		nciWeight(&r, shown, s)
	case s.motion:
		r.State, r.StableKnown = devices.Motion, true
	case s.zero: // the scale is empty, and says no more
		r.State, r.HasMass, r.StableKnown, r.Stable = devices.Zero, true, true, true
	default: // all is well, which tells nothing of the weight
		return nil
	}
	r.Net = s.net && r.HasMass
	return []devices.Reading{r}
}

// nciWidth is the least width of a display without its unit. A number that is
// shorter has lost digits.
const nciWidth = 6

// nciWeight reads a display: "0001.75lb", "-  1.750KG", "02lb 05.2oz".
func nciWeight(r *devices.Reading, shown string, s nciBits) {
	text, minus := strings.CutPrefix(strings.Trim(shown, " "), "-")
	text = strings.ToLower(strings.TrimLeft(text, " "))
	value, name := text, ""
	if at := strings.IndexFunc(text, func(c rune) bool { return c >= 'a' && c <= 'z' }); at > 0 {
		value, name = strings.TrimRight(text[:at], " "), text[at:]
	}
	how, sent := steady, ""
	if s.motion {
		how = moving
	}
	switch name {
	case "lb", "kg", "oz", "g":
		shown = strings.TrimRight(shown, " ")
		if !number(value) || len(shown)-len(name) < nciWidth {
			return
		}
		sent = shown[len(shown)-len(name):]
	default:
		ounces, two := strings.CutPrefix(name, "lb")
		ounces, ends := strings.CutSuffix(ounces, "oz")
		total, ok := poundsOunces(value, strings.Trim(ounces, " "))
		if !two || !ends || !ok || len(value) < 2 {
			return
		}
		value, name, sent = total, "oz", "oz"
	}
	if minus {
		value = "-" + value
	}
	if setWeight(r, value, name, how); r.HasMass {
		r.Unit = sent
	}
}
