package sim

import (
	"fmt"
	"time"
)

// sartorius speaks SBI with 22 characters and odd parity in bit 7: ESC P, S, T,
// U and V.
type sartorius struct {
	pan
	escaped bool
}

func newSartorius(opts ScaleOptions) voice { return &sartorius{pan: pan{opts: opts}} }

func (v *sartorius) hear(data []byte, now load, _ time.Time) []byte {
	reply := ""
	for _, b := range data {
		b &= 0x7F
		escaped := v.escaped
		v.escaped = b == 0x1B
		if !escaped {
			continue // CR LF after a command is the host's choice
		}
		switch b {
		case 'P':
			reply += v.weight(now)
		case 'S':
			v.zero, v.tare = now.mass, 0
		case 'T': // tare and zero are one key
			if !v.setZero(now) {
				v.setTare(now)
			}
		case 'U':
			v.setTare(now)
		case 'V':
			v.setZero(now)
		}
	}
	return odd7([]byte(reply))
}

func (v *sartorius) tick(load, time.Time) []byte { return nil }

func (v *sartorius) weight(now load) string {
	switch {
	case now.over:
		return "Stat        H       \r\n"
	case now.under:
		return "Stat        L       \r\n"
	}
	id, name := "G#", v.opts.Unit
	if v.tare != 0 {
		id = "N"
	}
	if !now.steady {
		name = ""
	}
	text, negative := v.show(v.net(now))
	return fmt.Sprintf("%-6s%s %8s %-3s\r\n", id, sign(negative, "+"), text, name)
}
