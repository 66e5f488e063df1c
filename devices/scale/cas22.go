package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// cas22Size is the length of a frame with its CR LF.
const cas22Size = 22

// CAS, the frame of 22 bytes. Source: CAS NT-200 manual p. 48.
//
//	Format:  ST|US|OL ',' GS|NT ',' device(1) lamps(1) ',' weight(8) SP unit(2) CR LF
//	Example: "ST,GS,1@,   1.234 kg" CR LF   device 1, stable gross
//
// Device and lamps may be any byte, so that CR, LF or a comma there ends
// nothing: the frame is known by its length and by what stands where.
func cas22() Protocol {
	return Protocol{
		Name:   "cas22",
		Title:  "CAS 22 bytes (NT, CI and BI indicators)",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Stream: devices.Poll{Timeout: time.Second, Constant: true},
		New: func(Profile) Decoder {
			return &resync{
				shape: cas22Shape, read: cas22Frame, first: cas22Size,
				idle: func(b byte) bool { return strings.IndexByte("\r\n\x00", b&0x7F) >= 0 },
				last: func(b byte) bool { return b&0x7F == '\n' },
			}
		},
	}
}

func cas22Shape(held []byte) int {
	for i, b := range held {
		if !cas22Fits(i, b&0x7F) {
			return -1
		}
	}
	if len(held) < cas22Size {
		return 0
	}
	return cas22Size
}

// cas22Fits reports whether a byte may stand at a place.
func cas22Fits(i int, b byte) bool {
	var may string
	switch {
	case i == 6 || i == 7: // device and lamps
		return true
	case i == 0:
		may = "SUO"
	case i == 1:
		may = "TSL"
	case i == 2 || i == 5 || i == 8:
		may = ","
	case i == 3:
		may = "GN"
	case i == 4:
		may = "ST"
	case i < 17:
		may = " +-.0123456789"
	case i == 17:
		may = " "
	case i < 20:
		may = " kgltboz"
	case i == 20:
		may = "\r"
	default:
		may = "\n"
	}
	return strings.IndexByte(may, b) >= 0
}

func cas22Frame(frame []byte) (r devices.Reading, ok bool) {
	text := string(masked(frame))
	how := moving
	switch text[:2] {
	case "ST":
		how = steady
	case "US":
	case "OL":
		r.State = devices.Over
		if strings.Contains(text[9:17], "-") && strings.ContainsAny(text[9:17], "0123456789") {
			r.State = devices.Under
		}
		return r, true
	default:
		return r, true
	}
	if sort := text[3:5]; sort != "GS" && sort != "NT" {
		return r, true
	}
	number, rest, _ := cutNumber(text[9:17]) // none is no weight either
	if strings.Trim(rest, " ") == "" {
		setWeight(&r, number, strings.Trim(text[18:20], " "), how)
		r.Net = r.HasMass && text[3] == 'N'
	}
	return r, true
}
