package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// Adam Equipment: CPWplus, GBK, Highland, AZextra. Sources: CPWplus manual
// pp. 14-16; Highland manual p. 29.
//
//	Format:  G|N|T spaces sign spaces value SP unit CR LF    CPWplus, GBK
//	         sign value unit(3), 16 in all, CR LF            Highland, format 2
//	         spaces value unit CR LF                         AZextra, answer to P
//	Example: "G      +   2.00 kg" CR LF    gross; N net, T what is held as tare
//	         "-      123.45 g " CR LF
//	         "  1.250kg" CR LF
//
// The unit of a Highland ends with a space and that of an AZextra follows its
// value at once. Where that or the width is not so, a line without a letter has
// lost its front, perhaps with a digit or the sign: it is Unknown.
//
// No frame says whether the weight stands still: who watches it has to see it
// not move. N is asked for, because it is what the scale's own display shows;
// on a scale without tare it is the gross weight. The AZextra knows only P, and
// answers it only when there is a new weight that is not zero, else it beeps: it
// is listened to, and its silence may mean that nothing has changed. Such a
// silence is no reading here, least of all the last one again.
func adam() Protocol {
	return Protocol{
		Name:    "adam",
		Title:   "Adam Equipment (CPWplus, GBK, Highland, AZextra)",
		Line:    devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Polled:  devices.Poll{Ask: []byte("N\r\n"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Stream:  devices.Poll{Timeout: time.Second},
		Zero:    []byte("Z\r\n"),
		AsksNet: true,
		Tare:    []byte("Z\r\n"), // one key for both: the load decides
		New:     func(Profile) Decoder { return newTextLines(usualLine, adamLine) },
	}
}

func adamLine(line string) (r devices.Reading, ok bool) {
	letter, text := line[0], line[1:]
	switch {
	case strings.IndexByte("GNT", letter) >= 0:
	case letter == ' ', letter == '+' || letter == '-':
		text = line
	default:
		return r, true
	}
	number, unit, ok := cutNumber(text)
	if !ok {
		return r, true
	}
	if highland := line[len(line)-1] == ' ' || strings.HasPrefix(unit, " "); letter == ' ' && highland && len(line) != 16 {
		return r, true
	}
	setWeight(&r, number, strings.Trim(unit, " "), unsaid)
	r.Net = r.HasMass && letter == 'N'
	return r, !r.HasMass || letter != 'T' // what the scale holds as tare is no weight of goods
}
