package sim

import (
	"fmt"
	"time"
)

// stgs speaks as an indicator of the ST,GS family: it streams from the start,
// and knows Q, Z and T.
type stgs struct {
	pan
	hearing
}

func newSTGS(opts ScaleOptions) voice { return &stgs{pan: pan{opts: opts}} }

func (v *stgs) hear(data []byte, now load, _ time.Time) []byte {
	return []byte(v.each(data, func(command string) string {
		switch command {
		case "Q":
			return v.weight(now)
		case "Z":
			v.setZero(now)
		case "T":
			v.setTare(now)
		}
		return ""
	}))
}

func (v *stgs) tick(now load, _ time.Time) []byte { return []byte(v.weight(now)) }

// weight is a line of 18 characters: header, gross or net, sign and seven
// digits, unit.
func (v *stgs) weight(now load) string {
	header, sort := "ST", "GS"
	if v.tare != 0 {
		sort = "NT"
	}
	text, negative := v.show(v.net(now))
	switch {
	case now.over || now.under:
		header, text, negative = "OL", "", now.under
	case !now.steady:
		header = "US"
	}
	return fmt.Sprintf("%s,%s,%s%7s%2s\r\n", header, sort, sign(negative, "+"), text, v.opts.Unit)
}
