package scale

import (
	"bytes"
	"strings"
	"time"

	"packbench/devices"
)

// MT-SICS, levels 0 and 1: Mettler Toledo, and Ohaus and Kern scales set to it.
// Source: "MT-SICS Reference Manual for Excellence balances", 11780711.
//
//	Format:  ID SP status [SP value(10, right aligned) SP unit] CR LF
//	Example: "S S     100.00 g" CR LF   stable
//	         "S D     129.07 g" CR LF   moving
//	         "S +" CR LF                over load
//	         "S S   12:07.50 lb:oz" CR LF   pounds and ounces, of a BC60
//
// Some look-alikes have a narrower field for the value. A line that is narrower
// than one before has lost bytes, of which one may have been a digit; so has,
// most likely, a narrow one without a point.
//
// Radwag uses the same words in another frame; its lines come out as Unknown.
func sics() Protocol {
	return Protocol{
		Name:   "sics",
		Title:  "MT-SICS (Mettler Toledo, Ohaus, Kern)",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Polled: devices.Poll{Ask: []byte("SI\r\n"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Ask: []byte("SIR\r\n"), Timeout: time.Second},
		Zero:   []byte("Z\r\n"),
		Tare:   []byte("T\r\n"),
		Probe: &Probe{
			Ask:     []byte("I4\r\n"),
			Answers: func(heard []byte) bool { return bytes.Contains(masked(heard), []byte("I4 A \"")) },
		},
		New: func(Profile) Decoder {
			s := &sicsLines{}
			return newTextLines(128, s.read)
		},
	}
}

// sicsLines knows how wide the values of one scale are.
type sicsLines struct{ width int }

// The widths of a value: that of the standard, and the least of a look-alike.
const (
	sicsWidth  = 10
	sicsNarrow = 7
)

// whole reports whether a line with a weight has all of its bytes.
func (s *sicsLines) whole(line, value, unit string) bool {
	width := len(line) - len("S S ") - len(" ") - len(unit)
	if width < s.width || width < sicsWidth && (width < sicsNarrow || !strings.Contains(value, ".") || line[4] != ' ') {
		return false
	}
	s.width = min(width, sicsWidth)
	return true
}

// read reads one line. Answers that hold no weight, such as that of a zero
// command or a serial number, are no reading.
func (s *sicsLines) read(line string) (r devices.Reading, ok bool) {
	fields := strings.Fields(line)
	switch len(fields) {
	case 0:
		return r, false
	case 1:
		switch fields[0] {
		case "ES", "ET", "EL": // syntax, transmission, logic
			r.State = devices.Error
		}
		return r, true
	}
	switch fields[0] {
	case "S":
		if len(fields) < 4 || s.whole(line, fields[2], fields[3]) {
			sicsWeight(&r, fields[1:])
		}
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
	how := moving
	if fields[0] == "S" {
		how = steady
	}
	setWeight(r, fields[1], fields[2], how)
}
