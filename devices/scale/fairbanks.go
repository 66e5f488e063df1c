package scale

import (
	"strings"
	"time"

	"packbench/devices"
	"packbench/station/unit"
)

// Fairbanks: instruments 2250, 2255, 2800 and Ultegra. Sources: FB2255 manual
// pp. 72-74; FB2250 manual p. 60; 2800 manual p. 69.
//
//	Format:  value(7) SP unit(2) SP GR SP SP CR LF [EOT]          UPS, after CR
//	         sign value(6) unit(2) CR LF status(2) CR ETX            P Ship, after W CR
//	         SP value(6) SP unit(2) SP legend(2) CR LF            POLL, after W CR
//	Example: "   1.75 lb GR  " CR LF        stable; gr is moving
//	         " 001.75LB" CR LF "00" CR ETX  stable
//	         "--oL-- lb GR" CR LF           over load; --uL-- under load
//
// The menu of the instrument says which. Unit and legend stand at fixed places,
// which tells a line that has lost bytes. P Ship's status may also stand right
// after the unit. Its digits are 0x30 to 0x3F: the first has bit 0 moving and
// bit 1 at zero, the second bit 0 under zero, bit 1 over capacity, bits 2 and 3
// faults. UPS says only after the line, by EOT, that the load is too much; from
// then on a line with as much is too much at once.
func fairbanks() Protocol {
	return Protocol{
		Name:   "fairbanks",
		Title:  "Fairbanks (UPS, P Ship and POLL formats)",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Polled: devices.Poll{Ask: []byte("W\r"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Timeout: time.Second},
		Zero:   []byte("Z\r"),
		New:    func(Profile) Decoder { return &fairbanksDecoder{lines: lineBuffer{limit: usualLine}} },
	}
}

type fairbanksDecoder struct {
	lines lineBuffer

	number, unit string // a P Ship weight that waits for its status
	waits        []byte // its line; nil when there is none

	ups    bool      // the last line was of the UPS format
	last   unit.Mass // its weight
	line   []byte    // and itself
	tooBig unit.Mass // the least weight that was over capacity; 0 when none is known
}

func (d *fairbanksDecoder) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		plain := b & 0x7F
		if plain == 0x04 && d.ups {
			d.ups = false
			if d.tooBig == 0 || d.last < d.tooBig {
				d.tooBig = d.last
				readings = append(readings, devices.Reading{State: devices.Over, Raw: raw(append(d.line, b))})
			}
			continue
		}
		if plain == '\r' || plain == 0x03 || plain == 0x04 {
			b = '\n'
		}
		line, whole, done := d.lines.add(b)
		if !done {
			continue
		}
		text := bare(line)
		switch {
		case !whole:
			readings = append(readings, devices.Reading{Raw: raw(line)})
		case strings.TrimLeft(text, " ") != "":
			readings = append(readings, d.read(text, line)...)
		}
	}
	return readings, nil
}

// read takes one line. A weight that has waited for its status in vain is
// Unknown.
func (d *fairbanksDecoder) read(text string, line []byte) (readings []devices.Reading) {
	d.ups = false
	places := strings.TrimRight(text, " ")
	text = strings.Trim(text, " ")
	if status, ok := fairbanksStatus(places); ok {
		waits := d.waits
		d.waits = nil
		if r, ok := d.weighed(status, waits, line); ok {
			readings = append(readings, r)
		}
		return readings
	}
	if d.waits != nil {
		readings = append(readings, devices.Reading{Raw: d.waits})
		d.waits = nil
	}
	r := devices.Reading{Raw: raw(line)}
	switch {
	case text == "?": // a command that it does not know
		r.State = devices.Error
		return append(readings, r)
	case strings.HasPrefix(strings.ToLower(text), "--ol--"):
		r.State = devices.Over
		return append(readings, r)
	case strings.HasPrefix(strings.ToLower(text), "--ul--"):
		r.State = devices.Under
		return append(readings, r)
	}
	number, rest, ok := cutNumber(text)
	words := strings.Fields(rest)
	switch {
	case !ok || len(words) == 0 || len(words) > 2:
	case len(words) == 2:
		if len(places) == 13 && words[1] == "TR" {
			return readings // what the scale holds as tare is no weight of goods
		}
		if len(places) == 13 {
			d.legend(&r, number, words[0], words[1])
		}
	case len(places) == 11 && len(words[0]) > 2:
		last := len(words[0]) - 2
		if status, found := fairbanksStatus(words[0][last:]); found {
			d.number, d.unit = number, words[0][:last]
			r, _ = d.weighed(status, line, nil)
		}
	case len(places) == 9:
		d.number, d.unit, d.waits = number, words[0], raw(line)
		return readings
	}
	return append(readings, r)
}

// legend reads a weight whose legend says by its case whether it moves.
func (d *fairbanksDecoder) legend(r *devices.Reading, number, name, legend string) {
	how := moving
	if legend == strings.ToUpper(legend) {
		how = steady
	}
	sort := strings.ToUpper(legend)
	switch {
	case sort != "GR" && sort != "NT", how == moving && legend != strings.ToLower(legend):
		return
	}
	setWeight(r, number, name, how)
	if !r.HasMass {
		return
	}
	r.Net = sort == "NT"
	d.ups, d.last, d.line = true, r.Mass, r.Raw
	if d.tooBig > 0 && r.Mass >= d.tooBig {
		*r = devices.Reading{State: devices.Over, Raw: r.Raw}
	}
}

// weighed joins a P Ship weight and its status. The status of a weight that was
// lost is no reading.
func (d *fairbanksDecoder) weighed(status [2]byte, weight, line []byte) (r devices.Reading, ok bool) {
	r = devices.Reading{Raw: raw(append(append([]byte(nil), weight...), line...))}
	switch {
	case weight == nil:
		return r, false
	case status[1]&0x0C != 0:
		r.State = devices.Error
	case status[1]&0x02 != 0:
		r.State = devices.Over
	case status[1]&0x01 != 0:
		r.State = devices.Under
	case status[0]&0x01 != 0:
		setWeight(&r, d.number, d.unit, moving)
	default:
		setWeight(&r, d.number, d.unit, steady)
	}
	return r, true
}

// fairbanksStatus reads the two digits of P Ship, which stand after an S when
// they are the answer to one.
func fairbanksStatus(text string) (status [2]byte, ok bool) {
	if len(text) == 3 {
		text = strings.TrimPrefix(text, "S")
	}
	if len(text) != 2 || text[0]&0xF0 != 0x30 || text[1]&0xF0 != 0x30 {
		return status, false
	}
	return [2]byte{text[0] & 0x0F, text[1] & 0x0F}, true
}
