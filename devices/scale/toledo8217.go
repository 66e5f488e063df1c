package scale

import (
	"bytes"
	"strings"
	"time"

	"packbench/devices"
)

// Toledo 8217 and 8213: Mettler Toledo Ariva, Viva and PS60, Magellan scanner
// scales, Brecknell "8213" and "SCP03", Rice Lake BenchPro. Commands are single
// letters without an end, at least 200 ms apart. Sources: the makers' "8217"
// and "8213" protocol sheets; Magellan 8500 service manual, pages 35 to 45;
// Brecknell 3700LP manual, page 11.
//
//	Format:  STX weight [N] CR, or STX ? status CR when there is none
//	Example: STX "01.750" CR    1.750 kg, steady
//	         STX "01.750N" CR   net
//	         STX "?a" CR        moving
//	         STX "002 lb 05.2 oz" CR
//
// No frame tells the unit. Bits of the status: 0 motion, 1 over capacity,
// 2 under zero, 3 outside the range that zero can be set in, 4 centre of zero.
// Bit 5 is "net" on some models and always 1 on others, so it means nothing here.
func toledo8217() Protocol {
	return Protocol{
		Name:     "toledo8217",
		Title:    "Toledo 8217 / 8213 (Mettler Toledo Ariva, Viva, PS60; Magellan; Brecknell)",
		Line:     devices.Line{Baud: 9600, Bits: 7, Parity: "even", Stop: 1},
		Polled:   devices.Poll{Ask: []byte("W"), Every: 250 * time.Millisecond, Timeout: time.Second},
		Zero:     []byte("Z"),
		Tare:     []byte("T\r"),
		Unitless: true,
		Probe: &Probe{
			Ask:     []byte("Ehello"),
			Leave:   []byte("F"),
			Answers: func(heard []byte) bool { return bytes.Contains(masked(heard), []byte("\x02E\rhello")) },
		},
		New: func(p Profile) Decoder {
			d := &toledo8217Decoder{unit: p.unit(), places: unset, other: unset, set: unset}
			d.framer = newFramer('\x02', '\r', 32, d.frame)
			return d
		},
	}
}

type toledo8217Decoder struct {
	*framer
	unit string
	test bool // the self test was started: the next status is its result
	mute bool // the last frame was a status without a reason

	places int // how many digits the weights have behind the point
	other  int // how many the last one had that was not like those before
	alike  int // so many weights in a row had as many as those before
	set    int // how many they have in the unit of the profile, once that is sure
}

// sureAfter is how many weights alike make it sure how many places there are
// in the unit of the profile.
const sureAfter = 3

// unset stands for a number of places that is not known yet; ounces beside
// pounds are counted apart from plain numbers.
const (
	unset      = -1
	poundsForm = 100
)

func (d *toledo8217Decoder) frame(frame []byte) (devices.Reading, bool) {
	r := devices.Reading{Raw: raw(frame)}
	text := string(masked(frame[1 : len(frame)-1]))
	tested, muted := d.test, d.mute
	d.test, d.mute = false, false
	switch {
	case text == "": // the self test begins
		d.test = true
		return r, false
	case text == "E" || text == "F": // the echo test: what follows is an echo
		d.stray.free = 16
		return r, false
	case text[0] == '?' && len(text) == 2:
		if tested {
			return r, false
		}
		toledoStatus(&r, text[1])
		if d.mute = r.State == devices.Error; d.mute && !muted {
			return r, false
		}
	default:
		places := toledoPounds(&r, text)
		if !r.HasMass {
			places = d.weight(&r, text)
		}
		if r.HasMass && !d.fits(places) {
			return devices.Reading{Raw: r.Raw}, true
		}
	}
	return r, true
}

// fits reports whether a weight has as many places as those before. A single one
// that has not is what is left of a frame that lost its end: there is no
// checksum that would tell. Two in a row are a scale that was set to another
// unit. Where the frame does not name that unit, the profile's is wrong now, and
// no such weight fits until the scale is set back or its port is opened again.
func (d *toledo8217Decoder) fits(places int) bool {
	if d.places == unset || places == d.other {
		d.places, d.alike = places, 0
	}
	d.other = unset
	if places != d.places {
		d.other, d.alike = places, 0
		return false
	}
	d.alike++
	if places == 0 || places == poundsForm { // grams, or pounds and ounces, by their form
		return true
	}
	if d.set == unset && d.alike >= sureAfter {
		d.set = places
	}
	return d.set == unset || places == d.set
}

// toledoStatus reads the byte that comes in place of a weight. One that gives
// no reason answers a tare or a zero that was refused; after another one like
// it, it is an Error: the scale was asked for a weight and has none.
func toledoStatus(r *devices.Reading, status byte) {
	switch {
	case status&0x02 != 0:
		r.State = devices.Over
	case status&0x04 != 0:
		r.State = devices.Under
	case status&0x01 != 0:
		r.State, r.StableKnown = devices.Motion, true
	case status&0x18 == 0x10: // at the centre of zero and nothing else: what lies there is 0
		r.State, r.HasMass, r.StableKnown, r.Stable = devices.Zero, true, true, true
	default:
		r.State = devices.Error
	}
}

// weight reads digits with a point. All known widths have five characters or
// more and two before the point: fewer are what is left of a frame that lost
// some. Without a point they are the whole grams of
// a Brecknell, six digits, or of a scale whose profile says grams: a scale that
// leaves out the point of its kilograms must not weigh a thousand times as much.
func (d *toledo8217Decoder) weight(r *devices.Reading, text string) (places int) {
	text, net := strings.CutSuffix(text, "N")
	whole, decimals, _ := strings.Cut(text, ".")
	if len(text) < 5 || len(text) > 8 || len(whole) < 2 {
		return unset
	}
	text = strings.Trim(text, " ")
	if !number(text) {
		return unset
	}
	name := d.unit
	if !strings.Contains(text, ".") && name != "g" {
		if name != "kg" || len(text) != 6 || text[0] != '0' {
			return unset
		}
		name = "g"
	}
	setWeight(r, text, name, steady)
	r.Unit, r.Net = "", net && r.HasMass
	return len(decimals)
}

// toledoPounds reads "002 lb 05.2 oz".
func toledoPounds(r *devices.Reading, text string) (places int) {
	fields := strings.Fields(text)
	if len(fields) != 4 || fields[1] != "lb" || fields[3] != "oz" {
		return unset
	}
	if ounces, ok := poundsOunces(fields[0], fields[2]); ok {
		setWeight(r, ounces, "oz", steady)
	}
	return poundsForm
}
