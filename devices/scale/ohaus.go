package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// Ohaus: Defender, Ranger, Scout and Navigator in their own language. Sources:
// Ohaus Defender 3000 manual p. 37; Ranger RC manual p. 36; "RS232 Interface" p. 5.
//
//	Format:  polarity(1) SP weight(7) SP unit(5) stability(1) legend(3) CR LF          Defender
//	         polarity SP SP weight(7) SP unit(2) SP stability SP NET|B/G CR LF         Ranger
//	         weight, right aligned, SP unit [?] CR LF                                  Navigator
//	Example: "    1.750 kg    G  " CR LF    stable gross
//	         "    1.748 kg   ?NET" CR LF    moving net
//
// A question mark is a weight that moves. The legend of Defender and Ranger
// stands at the same place, which tells a line that has lost bytes; a line of a
// Navigator that has lost its front begins with a digit.
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

// ohausLegend is where the legend stands in a line of 19 characters.
const ohausLegend = 16

func ohausLine(line string) (r devices.Reading, ok bool) {
	text := strings.Trim(line, " ")
	switch {
	case text == "OK!": // a command was taken
		return r, false
	case text == "ES": // a command was not
		r.State = devices.Error
		return r, true
	case strings.HasPrefix(text, "Err"):
		switch strings.Trim(text[3:], " ") {
		case "8.3":
			r.State = devices.Over
		case "8.4":
			r.State = devices.Under
		default:
			r.State = devices.Error
		}
		return r, true
	}
	number, rest, ok := cutNumber(text)
	if !ok {
		return r, true
	}
	if !strings.HasPrefix(rest, " ") { // as NCI and Fairbanks write, whose motion is on the next line
		return r, true
	}
	before, after, moves := strings.Cut(rest, "?")
	words := append(strings.Fields(before), strings.Fields(after)...)
	if len(words) == 0 || len(words) > 2 || words[0] == "G" || words[0] == "T" {
		return r, true // a capital alone is a legend without a unit
	}
	legend := ""
	if len(words) == 2 {
		legend = words[1]
		if strings.LastIndex(line, legend) != ohausLegend {
			return r, true
		}
	} else if line[0] >= '0' && line[0] <= '9' {
		return r, true
	}
	how := steady
	if moves {
		how = moving
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
