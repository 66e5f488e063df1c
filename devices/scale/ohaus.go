package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// Ohaus: Defender, Ranger, Scout and Navigator in their own language. Sources:
// Ohaus Defender 3000 manual p. 37; Ranger RC manual p. 36; "RS232 Interface" p. 5;
// Ethernet interface manual 30064478B for Ranger 3000 and Valor 7000.
//
//	Format:  polarity(1) SP weight(7) SP unit(5) stability(1) legend(3) CR LF          Defender
//	         polarity SP SP weight(7) SP unit(2) SP stability SP NET|B/G CR LF         Ranger
//	         weight(9) SP unit(5) SP stability(1) G|N CR LF                            Ranger 3000, Valor
//	         weight, right aligned, SP unit [?] CR LF                                  Navigator
//	Example: "    1.750 kg    G  " CR LF    stable gross
//	         "    1.748 kg   ?NET" CR LF    moving net
//	         "    1.234 kg     G" CR LF     stable gross, Ranger 3000
//	         "  1 lb:0.0 oz   G" CR LF      one pound
//
// A question mark is a weight that moves. The legend stands at a place of its
// own, which tells a line that has lost bytes, in which a digit or the question
// mark may have been; a line of a Navigator that has lost its front begins with a
// digit.
func ohaus() Protocol {
	return Protocol{
		Name:   "ohaus",
		Title:  "Ohaus (Defender, Ranger, Scout, Navigator)",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Polled: devices.Poll{Ask: []byte("IP\r\n"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Ask: []byte("CP\r\n"), Timeout: time.Second},
		Zero:   []byte("Z\r\n"),
		Tare:   []byte("T\r\n"),
		New:    func(Profile) Decoder { return newTextLines(usualLine, ohausLine) },
	}
}

// ohausWhole reports whether a line with a legend has all of its bytes: the
// legend stands where it does on one of the makes, and so does the unit where
// one make's place is that of another with a byte lost.
func ohausWhole(line, unit, legend string) bool {
	switch at := strings.LastIndex(line, legend); {
	case at == 17:
		return len(line) == 18 // Ranger 3000
	case at != 16:
		return false
	default:
		u := strings.Index(line, unit)
		return len(line) >= 19 && u == 10 || u == 11 || strings.HasPrefix(unit, "lb:") // Defender, Ranger
	}
}

// ohausFault reads a line that is no weight; Unknown for one that may be.
func ohausFault(text string) devices.ReadingState {
	fault, found := strings.CutPrefix(text, "Err")
	switch {
	case text == "ES": // a command was not taken
		return devices.Error
	case !found:
		return devices.Unknown
	case strings.Trim(fault, " ") == "8.3":
		return devices.Over
	case strings.Trim(fault, " ") == "8.4":
		return devices.Under
	}
	return devices.Error
}

func ohausLine(line string) (r devices.Reading, ok bool) {
	text := strings.Trim(line, " ")
	if text == "OK!" { // a command was taken
		return r, false
	}
	if r.State = ohausFault(text); r.State != devices.Unknown {
		return r, true
	}
	number, rest, ok := cutNumber(text)
	if !ok {
		return r, true
	}
	if !strings.HasPrefix(rest, " ") { // as NCI and Fairbanks write, whose motion is on the next line
		return r, true
	}
	ounces := strings.HasPrefix(rest, " lb:") && strings.Contains(rest, " oz")
	if ounces {
		rest = strings.Replace(rest, " oz", "oz", 1)
	}
	before, after, moves := strings.Cut(rest, "?")
	words := append(strings.Fields(before), strings.Fields(after)...)
	if len(words) == 0 || len(words) > 2 || words[0] == "G" || words[0] == "T" {
		return r, true // a capital alone is a legend without a unit
	}
	legend := ""
	if len(words) == 2 {
		legend = words[1]
		if !ohausWhole(line, words[0], legend) {
			return r, true
		}
	} else if line[0] >= '0' {
		return r, true
	}
	how := steady
	if moves {
		how = moving
	}
	if ounces {
		number, words[0] = number+strings.TrimSuffix(strings.TrimPrefix(words[0], "lb"), "oz"), lbOz
	}
	switch legend {
	case "", "G", "B", "B/G":
		setWeight(&r, number, words[0], how)
	case "N", "NET":
		setWeight(&r, number, words[0], how)
		r.Net = r.HasMass
	case "T", "TARE", "PT": // what the scale holds as tare is no weight of goods
		return r, false
	}
	return r, true
}
