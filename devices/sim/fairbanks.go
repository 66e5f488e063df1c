package sim

import (
	"fmt"
	"strings"
	"time"
)

// fairbanks speaks P Ship (W, S, Z) and, to a carriage return alone, the format
// of UPS. A real instrument knows only the one that its menu says.
type fairbanks struct {
	pan
	line []byte
}

func newFairbanks(opts ScaleOptions) voice { return &fairbanks{pan: pan{opts: opts}} }

func (v *fairbanks) hear(data []byte, now load, _ time.Time) []byte {
	reply := ""
	for _, b := range data {
		switch {
		case b == '\r':
			reply += v.command(string(v.line), now)
			v.line = v.line[:0]
		case b != '\n' && len(v.line) < 16:
			v.line = append(v.line, b)
		}
	}
	return []byte(reply)
}

func (v *fairbanks) tick(load, time.Time) []byte { return nil }

func (v *fairbanks) command(command string, now load) string {
	switch command {
	case "":
		return v.ups(now)
	case "W":
		text, negative := v.show(v.net(now))
		return fmt.Sprintf("\n%s%s%s\r\n%s\r\x03", sign(negative, " "), fill(text, "0", 6), strings.ToUpper(fill(v.opts.Unit, " ", 2)), v.status(now))
	case "S":
		return "\nS" + v.status(now) + "\r\x03"
	case "Z":
		v.setZero(now)
		return ""
	}
	return "\n?\r\x03"
}

// status is the two digits of P Ship.
func (v *fairbanks) status(now load) string {
	digits := []byte("00")
	for i, set := range []bool{!now.steady, v.atZero(now), now.under, now.over} {
		if set {
			digits[i/2] |= 1 << (i % 2)
		}
	}
	return string(digits)
}

// ups is a line whose legend is in small letters while the load moves; EOT says
// that it is too much.
func (v *fairbanks) ups(now load) string {
	legend, end := "GR", ""
	if !now.steady {
		legend = "gr"
	}
	if now.over {
		end = "\x04"
	}
	text, negative := v.show(v.net(now))
	return fmt.Sprintf("%s%6s %2s %s  \r\n%s", sign(negative, " "), text, v.opts.Unit, legend, end)
}
