package sim

import (
	"fmt"
	"time"
)

// cas22 speaks as an indicator of CAS: it streams frames of 22 bytes and hears
// nothing.
type cas22 struct{ pan }

func newCAS22(opts ScaleOptions) voice { return &cas22{pan{opts: opts}} }

func (v *cas22) hear([]byte, load, time.Time) []byte { return nil }

func (v *cas22) tick(now load, _ time.Time) []byte {
	header := "ST"
	text, negative := v.show(v.net(now))
	switch {
	case now.over || now.under:
		header, text, negative = "OL", nines(text), now.under
	case !now.steady:
		header = "US"
	}
	lamps := byte(0x80)
	if now.steady {
		lamps |= 0x40
	}
	if v.atZero(now) {
		lamps |= 0x0A // two lamps that make a line feed once parity is dropped
	}
	frame := fmt.Appendf(nil, "%s,GS,1", header)
	frame = append(frame, lamps)
	return fmt.Appendf(frame, ",%s%7s %2s\r\n", sign(negative, " "), text, v.opts.Unit)
}
