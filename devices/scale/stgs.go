package scale

import (
	"time"

	"packbench/devices"
)

// The "ST,GS" family: indicators of many makers that write as A&D's do, each
// with its own spaces. Sources: Selleton SL-7516 manual p. 18, Tiger TI-02 p. 21,
// Vector VI-200 p. 22.
//
//	Format:  ST|US|OL ',' GS|NT|TR ',' sign spaces digits spaces unit CR LF
//	Example: "ST,GS,+  1.234kg" CR LF     stable gross
//	         "ST,GS,   245.6 g" CR LF     the same of another maker
//	         "US,NT,- 01.234,kg" CR LF    moving net, Tiger
//
// Widths differ from maker to maker, so none is asked for. As they ship, nearly
// all of them stream.
func stgs() Protocol {
	return Protocol{
		Name:   "st-gs",
		Title:  "ST,GS family (CAS, Tiger, Vector and many other indicators)",
		Line:   devices.Line{Baud: 9600, Bits: 8, Parity: "none", Stop: 1},
		Polled: devices.Poll{Ask: []byte("Q\r\n"), Every: 500 * time.Millisecond, Timeout: time.Second},
		Stream: devices.Poll{Timeout: time.Second},
		Zero:   []byte("Z\r\n"),
		Tare:   []byte("T\r\n"),
		New: func(Profile) Decoder {
			anyWidth := func(string, bool) bool { return true }
			return newTextLines(usualLine, func(line string) (devices.Reading, bool) { return headedLine(line, anyWidth) })
		},
	}
}
