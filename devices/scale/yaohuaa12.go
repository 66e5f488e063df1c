package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// Yaohua, lines of text: XK3190-A12 and its many copies. Source: XK3190-A12(E)
// manual p. 12; lines of w, as scales of this make send them.
//
//	Format:  W G|N weight(7) unit(2) check(2) CR LF
//	         spaces(9) OL|LO check(2) CR LF             over and under load
//	         w w|n|t weight(7) unit(2) CR LF
//	Example: "WG004.139kg3D" CR LF    gross
//	         "wn001.171kg" CR LF
//	         "ww-00.171kg" CR LF
//
// The weight is filled with zeros, so that a line which is shorter has lost
// bytes. Check is that of yaohua-a9. Whether the weight stands still is not said.
// The w lines with n come with and without a tare and are not taken to be net;
// those with t are the tare, which is no weight of goods.
func yaohuaA12() Protocol {
	return Protocol{
		Name:   "yaohua-a12",
		Title:  "Yaohua XK3190-A12 and copies, lines such as wn001.171kg",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Stream: devices.Poll{Timeout: time.Second, Constant: true},
		New:    func(Profile) Decoder { return newTextLines(usualLine, a12Line) },
	}
}

// The lengths of the lines.
const (
	a12Short = len("wn001.171kg")
	a12Long  = len("WG004.139kg3D")
)

func a12Line(line string) (r devices.Reading, ok bool) {
	kinds := "wnt"
	switch {
	case len(line) == a12Long && checkedXOR(line[:a12Short], line[a12Short:]):
		switch line[:a12Short] {
		case "         OL":
			r.State = devices.Over
			return r, true
		case "         LO":
			r.State = devices.Under
			return r, true
		}
		kinds = "GN"
		if line[0] != 'W' {
			return r, true
		}
	case len(line) == a12Short && line[0] == 'w':
	default:
		return r, true
	}
	number := strings.TrimSuffix(line[2:9], " ") // where there is no point
	plain := strings.TrimPrefix(number, "-")
	if strings.IndexByte(kinds, line[1]) < 0 || !digits(strings.Replace(plain, ".", "", 1)) {
		return r, true
	}
	if line[1] == 't' {
		return r, false
	}
	setWeight(&r, number, strings.TrimLeft(line[9:a12Short], " "), unsaid)
	r.Net = r.HasMass && line[1] == 'N'
	return r, true
}
