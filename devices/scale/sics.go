package scale

import (
	"bytes"
	"strings"
	"time"

	"packbench/devices"
	"packbench/station/unit"
)

// MT-SICS, levels 0 and 1: Mettler Toledo, and Ohaus and Kern scales set to it.
// Source: "MT-SICS Reference Manual for Excellence balances", 11780711.
//
//	Format:  ID SP status [SP value(10, right aligned) SP unit] CR LF
//	Example: "S S     100.00 g" CR LF   stable
//	         "S D     129.07 g" CR LF   moving
//	         "S +" CR LF                over load
//
// Radwag uses the same words in another frame; its lines come out as Unknown.
func sics() Protocol {
	return Protocol{
		Name:   "sics",
		Title:  "MT-SICS (Mettler Toledo, Ohaus, Kern)",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Polled: devices.Poll{Ask: []byte("SI\r\n"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Ask: []byte("SIR\r\n"), Timeout: time.Second},
		New:    func() Decoder { return &sicsDecoder{lines: lineBuffer{limit: 128}} },
	}
}

type sicsDecoder struct{ lines lineBuffer }

func (d *sicsDecoder) Feed(data []byte) (readings []devices.Reading, reply []byte) {
	for _, b := range data {
		line, whole, done := d.lines.add(b)
		switch {
		case !done || len(line) == 0:
		case !whole:
			readings = append(readings, devices.Reading{Raw: raw(line)})
		default:
			if r, ok := sicsLine(line); ok {
				readings = append(readings, r)
			}
		}
	}
	return readings, nil
}

// sicsLine reads one line. Answers that hold no weight, such as that of a zero
// command or a serial number, are no reading.
func sicsLine(line []byte) (devices.Reading, bool) {
	r := devices.Reading{Raw: raw(line)}
	fields := strings.Fields(string(line))
	switch {
	case len(fields) == 0:
		return r, false
	case len(fields) == 1:
		switch fields[0] {
		case "ES", "ET", "EL": // syntax, transmission, logic
			r.State = devices.Error
		}
		return r, true
	}
	switch fields[0] {
	case "S":
		sicsWeight(&r, fields[1:])
		return r, true
	case "Z", "ZI", "T", "TI", "TA", "TAC", "I0", "I1", "I2", "I3", "I4":
		return r, false
	}
	return r, true
}

// sicsWeight reads what follows the S: a status alone, or status, value, unit.
func sicsWeight(r *devices.Reading, fields []string) {
	if len(fields) == 1 {
		switch fields[0] {
		case "I": // not executable: busy, or not steady in time
			r.State = devices.Error
		case "+":
			r.State = devices.Over
		case "-":
			r.State = devices.Under
		}
		return
	}
	if len(fields) != 3 || fields[0] != "S" && fields[0] != "D" {
		return
	}
	mass, division, ok := weight(fields[1], fields[2])
	if !ok {
		return
	}
	r.Mass, r.HasMass, r.Unit, r.Division = mass, true, fields[2], division
	r.StableKnown, r.Stable = true, fields[0] == "S"
	switch {
	case !r.Stable:
		r.State = devices.Motion
	case !strings.ContainsAny(fields[1], "123456789"):
		r.State = devices.Zero
	default:
		r.State = devices.OK
	}
}

// weight reads a decimal as scales send it, and what its last digit weighs.
func weight(number, name string) (mass, division unit.Mass, ok bool) {
	mass, err := unit.MassOf(number, name)
	if err != nil {
		return 0, 0, false
	}
	step := []byte("1")
	if _, decimals, found := strings.Cut(number, "."); found && decimals != "" {
		step = []byte("0." + strings.Repeat("0", len(decimals)-1) + "1")
	}
	division, err = unit.MassOf(string(step), name)
	return mass, division, err == nil
}

// lineBuffer cuts a stream into lines that end with LF. Bit 7 is dropped: a
// scale that sends parity, read as 8 bits, leaves it there.
type lineBuffer struct {
	limit int
	held  []byte
	skip  bool // the rest of a line that was too long
}

// add takes one byte. Done says that line is ready; whole is false for the
// beginning of a line longer than the limit, whose rest is left out. The line
// has no CR or LF and is good until the next add.
func (l *lineBuffer) add(b byte) (line []byte, whole, done bool) {
	b &= 0x7F
	if b == '\n' {
		line = bytes.TrimRight(l.held, "\r")
		done = !l.skip
		l.held, l.skip = l.held[:0], false
		return line, true, done
	}
	if l.skip {
		return nil, false, false
	}
	l.held = append(l.held, b)
	if len(l.held) < l.limit {
		return nil, false, false
	}
	line = l.held
	l.held, l.skip = l.held[:0], true
	return line, false, true
}

// raw keeps the beginning of a frame for the record.
func raw(frame []byte) []byte { return bytes.Clone(frame[:min(len(frame), 64)]) }
