package sim

import (
	"fmt"
	"time"
)

// and speaks as a balance of A&D: Q, S, SI, SIR, C, Z, R, T and CT, with even
// parity in bit 7. Commands that give no weight are not acknowledged, as A&D
// ships it.
type and struct {
	pan
	hearing
	stream bool
	wait   bool // S waits for a steady weight
}

func newAND(opts ScaleOptions) voice { return &and{pan: pan{opts: opts}} }

func (v *and) hear(data []byte, now load, _ time.Time) []byte {
	return even7([]byte(v.each(data, func(command string) string { return v.command(command, now) })))
}

func (v *and) tick(now load, _ time.Time) []byte {
	if v.stream || v.wait && now.steady {
		v.wait = false
		return even7([]byte(v.weight(now)))
	}
	return nil
}

func (v *and) command(command string, now load) string {
	done := true
	switch command {
	case "Q", "SI":
		return v.weight(now)
	case "S":
		if now.steady {
			return v.weight(now)
		}
		v.wait = true
	case "SIR":
		v.stream = true
	case "C":
		v.stream, v.wait = false, false
	case "Z", "R":
		done = v.setZero(now)
	case "T":
		done = v.setTare(now)
	case "CT":
		v.tare = 0
	default:
		return "?\r\n"
	}
	if !done {
		return "I\r\n"
	}
	return ""
}

// weight is a line of 17 characters: header, sign and eight digits, unit.
func (v *and) weight(now load) string {
	header := "ST"
	text, negative := v.show(v.net(now))
	text = fill(text, "0", 8)
	switch {
	case now.over || now.under:
		header, text, negative = "OL", nines(text), now.under
	case !now.steady:
		header = "US"
	}
	return fmt.Sprintf("%s,%s%s%3s\r\n", header, sign(negative, "+"), text, v.opts.Unit)
}
