package scale

import (
	"strings"
	"time"

	"packbench/devices"
)

// SMA, the protocol of the Scale Manufacturers Association: Sartorius, Avery
// ZM, B-Tek. Sources: Sartorius PR 5220 manual, pages 130 to 133; B-Tek T419S
// manual, page 61.
//
//	Format:  LF status range mode motion SP value(10) unit(3) CR
//	Example: LF " 1G       5.025lb " CR   steady, gross
//	         LF " 1GM      7.650kg " CR   moving
//	         LF "Z1G       0.000lb " CR   centre of zero
//
// Status: Z centre of zero, O over, U under, E zero error, I initial zero
// error, T tare error. Mode: G gross, N net, g and n the same in fine steps,
// T tare. A scale answers ? to a command it does not know and ! to a broken one.
func sma() Protocol {
	return Protocol{
		Name:   "sma",
		Title:  "SMA (Sartorius, Avery ZM, B-Tek)",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Polled: devices.Poll{Ask: []byte("\nW\r"), Every: 200 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Ask: []byte("\nR\r"), Timeout: time.Second},
		Zero:   []byte("\nZ\r"),
		Tare:   []byte("\nT\r"),
		New:    func(Profile) Decoder { return newFramer('\n', '\r', 32, smaFrame) },
	}
}

// smaLength is the length of what stands between LF and CR.
const smaLength = 18

func smaFrame(frame []byte) (devices.Reading, bool) {
	r := devices.Reading{Raw: raw(frame)}
	text := string(masked(frame[1 : len(frame)-1]))
	switch {
	case text == "":
		return r, false
	case text == "?" || text == "!":
		r.State = devices.Error
		return r, true
	case len(text) != smaLength || text[1] < '1' || text[1] > '9' || !strings.Contains("GNTgn", text[2:3]) ||
		!strings.Contains(" M", text[3:4]) || text[4] != ' ':
		return r, true
	case text[2] == 'T': // the tare: no weight of goods
		return r, false
	}
	switch text[0] {
	case ' ', 'Z':
		smaWeight(&r, text)
	case 'O':
		r.State = devices.Over
	case 'U':
		r.State = devices.Under
	case 'E', 'I', 'T':
		r.State = devices.Error
	}
	return r, true
}

// smaWeight reads a frame whose status is good.
func smaWeight(r *devices.Reading, text string) {
	value, name := strings.Trim(text[5:15], " "), strings.Trim(text[15:], " ")
	plain, minus := strings.CutPrefix(value, "-")
	plain = strings.Trim(plain, " ")
	if !number(plain) {
		return
	}
	if minus {
		plain = "-" + plain
	}
	how := steady
	if text[3] == 'M' {
		how = moving
	}
	setWeight(r, plain, name, how)
	r.Net = r.HasMass && (text[2] == 'N' || text[2] == 'n')
}
