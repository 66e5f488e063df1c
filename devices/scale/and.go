package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// A&D: balances of the EK, GC and HV series, indicators AD-4404 and AD-4325.
// Sources: A&D EK-L manual p. 30; HV-G/HW-G manual pp. 60, 71; AD-4404 p. 82.
//
//	Format:  header ',' sign digits(8, zero filled) unit(3) CR LF          balances
//	         header ',' HI|OK|LO|-- ',' sign digits(8) unit(3) CR LF       with a comparator
//	         header ',' GS|NT|TR ',' sign digits(7) unit(2) CR LF          indicators
//	Example: "ST,+001234.5  g" CR LF      stable; US moving, OL out of range
//	         "QT,+00012345 PC" CR LF      a count, which is no weight
//	         "ST,NT,+0012.34kg" CR LF     net
//
// The widths are fixed and held to: digits are zero filled, so a lost one would
// make another weight. At least 500 ms lie between two questions, as the HV-G
// wants it; the scale may stream too. Zero and tare are answered with AK where
// that is switched on.
func and() Protocol {
	return Protocol{
		Name:   "and",
		Title:  "A&D (EK, GC, HV, HW, AD-4404)",
		Line:   devices.Line{Baud: 2400, Bits: 7, Parity: "even", Stop: 1},
		Polled: devices.Poll{Ask: []byte("Q\r\n"), Every: 500 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Timeout: time.Second},
		Zero:   []byte("Z\r\n"),
		Tare:   []byte("T\r\n"),
		New: func(Profile) Decoder {
			return newTextLines(usualLine, func(line string) (devices.Reading, bool) { return headedLine(line, andWidth) })
		},
	}
}

// andWidth reports whether a value with its unit is as wide as A&D sends it.
func andWidth(value string, indicator bool) bool {
	return len(value) == 12 || indicator && len(value) == 10
}

// headed is a line whose header words have been split off.
type headed struct {
	status    string // ST, US, OL, QT
	sort      string // GS, NT, TR or ""
	value     string // number and unit
	indicator bool   // it has a sort
}

// splitHeader takes the header words off: a status, and after it in any order a
// sort of weight and a comparator's verdict.
func splitHeader(line string) (h headed, ok bool) {
	status, rest, found := strings.Cut(line, ",")
	h.status = strings.TrimLeft(status, " ")
	if !found || len(h.status) != 2 {
		return h, false
	}
	compared := false
words:
	for len(rest) > 2 {
		word, after := rest[:2], rest[2:]
		comma := after[0] == ','
		switch word {
		case "GS", "NT", "TR":
			if h.indicator || !comma && !strings.ContainsAny(after[:1], " +-0123456789") {
				return h, false
			}
			h.sort, h.indicator = word, true
		case "HI", "OK", "LO", "--":
			if compared || !comma {
				break words
			}
			compared = true
		default:
			break words
		}
		rest = strings.TrimPrefix(after, ",")
	}
	h.value = rest
	return h, true
}

// headedLine reads a line of the A&D family. Fits says whether the value is as
// wide as the family member sends it.
func headedLine(line string, fits func(value string, indicator bool) bool) (r devices.Reading, ok bool) {
	switch text := strings.Trim(line, " "); {
	case text == "AK": // a command was taken
		return r, false
	case text == "?", text == "I", strings.HasPrefix(text, "EC,E"): // undefined, impossible, error code
		r.State = devices.Error
		return r, true
	}
	h, ok := splitHeader(line)
	if !ok {
		return r, true
	}
	switch h.status {
	case "ST", "US":
	case "OL", "LO": // the AD-4404 manual prints LO
		r.State = devices.Over
		if strings.HasPrefix(strings.TrimLeft(h.value, " "), "-") {
			r.State = devices.Under
		}
		return r, true
	default:
		return r, true
	}
	if !fits(h.value, h.indicator) {
		return r, true
	}
	number, unit, ok := cutNumber(h.value)
	if !ok {
		return r, true
	}
	unit = strings.Trim(strings.TrimPrefix(unit, ","), " ")
	how := moving
	if h.status == "ST" {
		how = steady
	}
	setWeight(&r, number, unit, how)
	r.Net = r.HasMass && h.sort == "NT"
	return r, !r.HasMass || h.sort != "TR" // what the scale holds as tare is no weight of goods
}
