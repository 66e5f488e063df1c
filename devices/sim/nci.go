package sim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// nci speaks NCI SCP-01 or, with twelve, SCP-12: W, S, Z, U, H and T. An SCP-01
// scale in oz shows pounds and ounces.
type nci struct {
	pan
	twelve bool
	line   []byte
}

func newSCP01(opts ScaleOptions) voice { return &nci{pan: pan{opts: opts}} }
func newSCP12(opts ScaleOptions) voice { return &nci{pan: pan{opts: opts}, twelve: true} }

func (v *nci) tick(load, time.Time) []byte { return nil }

func (v *nci) hear(data []byte, now load, _ time.Time) []byte {
	var reply strings.Builder
	for _, b := range data {
		switch b &= 0x7F; {
		case b == '\r':
			reply.WriteString(v.command(string(v.line), now))
			v.line = v.line[:0]
		case b >= ' ' && len(v.line) < 16:
			v.line = append(v.line, b)
		}
	}
	return even7([]byte(reply.String()))
}

func (v *nci) command(line string, now load) string {
	switch line {
	case "W":
		return v.weight(now, "")
	case "H":
		return v.weight(now, "0")
	case "S":
		return v.alone(now)
	case "Z":
		v.setZero(now)
	case "T":
		v.setTare(now)
	case "U":
		v.nextUnit()
	default:
		if v.twelve {
			return "\n?\r"
		}
		return "\n?\r\x03"
	}
	if v.twelve {
		return "" // these have no answer
	}
	return v.alone(now)
}

// nextUnit goes on to the next unit, with the division that it has by default.
func (v *nci) nextUnit() {
	units := []string{"kg", "lb", "oz", "g"}
	v.opts.Unit = units[(slices.Index(units, v.opts.Unit)+1)%len(units)]
	v.opts.Division = 0
	v.opts, _ = v.opts.withDefaults()
}

// weight is what the display shows, and the status.
func (v *nci) weight(now load, more string) string {
	name := v.opts.Unit
	if v.twelve {
		name = strings.ToUpper(name)
	}
	text, negative := v.show(v.net(now))
	if strings.Contains(text, ".") {
		text += more
	}
	sign := " "
	if negative {
		sign = "-"
	}
	display := sign + fmt.Sprintf("%6s", text) + name
	switch {
	case now.over:
		display = "^^^^^^" + name
	case now.under:
		display = "______" + name
	case name == "oz":
		whole, tenths, _ := strings.Cut(text, ".")
		ounces, _ := strconv.Atoi(whole)
		display = fmt.Sprintf("%s%02dlb %02d.%soz", strings.TrimLeft(sign, " "), ounces/16, ounces%16, tenths)
	}
	if v.twelve {
		return "\n" + display + "\r" + v.status(now) + "\x03"
	}
	return "\n" + display + "\r\n" + v.status(now) + "\r\x03"
}

// alone is the status without a weight.
func (v *nci) alone(now load) string { return "\n" + v.status(now) + "\r\x03" }

func (v *nci) status(now load) string {
	status := []byte{'0', '0'}
	if !now.steady {
		status[0] |= 1
	}
	if v.atZero(now) && !now.over && !now.under {
		status[0] |= 2
	}
	if now.under {
		status[1] |= 1
	}
	if now.over {
		status[1] |= 2
	}
	if v.tare != 0 {
		status[1] |= 0x40
		status = append(status, '0'|4)
	}
	return string(status)
}
