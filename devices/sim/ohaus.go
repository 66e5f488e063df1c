package sim

import (
	"fmt"
	"time"
)

// ohaus speaks as a Defender: IP, P, SP, CP, 0P, 0S, 1S, Z and T.
type ohaus struct {
	pan
	hearing
	stream bool
	stable bool // P waits for a steady weight
	wait   bool
}

func newOhaus(opts ScaleOptions) voice { return &ohaus{pan: pan{opts: opts}} }

func (v *ohaus) hear(data []byte, now load, _ time.Time) []byte {
	return []byte(v.each(data, func(command string) string { return v.command(command, now) }))
}

func (v *ohaus) tick(now load, _ time.Time) []byte {
	if v.stream || v.wait && now.steady {
		v.wait = false
		return []byte(v.weight(now))
	}
	return nil
}

func (v *ohaus) command(command string, now load) string {
	switch command {
	case "IP":
		return v.weight(now)
	case "P", "SP":
		if now.steady || command == "P" && !v.stable {
			return v.weight(now)
		}
		v.wait = true
	case "CP":
		v.stream = true
	case "0P":
		v.stream, v.wait = false, false
	case "0S", "1S":
		v.stable = command == "1S"
	case "Z":
		v.setZero(now)
	case "T":
		v.setTare(now)
	default:
		return "ES\r\n"
	}
	return ""
}

// weight is a line of 19 characters: polarity, weight, unit, stability, legend.
func (v *ohaus) weight(now load) string {
	switch {
	case now.over:
		return "Err 8.3\r\n"
	case now.under:
		return "Err 8.4\r\n"
	}
	stability, legend := " ", "G"
	if !now.steady {
		stability = "?"
	}
	if v.tare != 0 {
		legend = "NET"
	}
	text, negative := v.show(v.net(now))
	return fmt.Sprintf("%s %7s %-5s%s%-3s\r\n", sign(negative, " "), text, v.opts.Unit, stability, legend)
}
