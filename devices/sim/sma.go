package sim

import (
	"fmt"
	"strings"
	"time"

	"packbench/station/unit"
)

// sma speaks the protocol of the Scale Manufacturers Association: W, R, H, Z,
// T, C (clears the tare) and M (shows it).
type sma struct {
	pan
	line   []byte
	begun  bool // LF has come
	repeat bool
}

func newSMA(opts ScaleOptions) voice { return &sma{pan: pan{opts: opts}} }

func (v *sma) tick(now load, _ time.Time) []byte {
	if !v.repeat {
		return nil
	}
	return []byte(v.weight(now, false))
}

func (v *sma) hear(data []byte, now load, _ time.Time) []byte {
	var reply strings.Builder
	for _, b := range data {
		switch {
		case b == '\n':
			v.line, v.begun = v.line[:0], true
		case b == '\r' && v.begun:
			v.begun = false
			reply.WriteString(v.command(string(v.line), now))
		case v.begun && len(v.line) < 16:
			v.line = append(v.line, b)
		}
	}
	return []byte(reply.String())
}

func (v *sma) command(line string, now load) string {
	v.repeat = line == "R"
	switch line {
	case "W", "R":
		return v.weight(now, false)
	case "H":
		return v.weight(now, true)
	case "Z":
		if !v.setZero(now) {
			return v.frame("E", "G", now, "----------")
		}
		return v.weight(now, false)
	case "T":
		if !v.setTare(now) {
			return v.frame("T", "G", now, "----------")
		}
		return v.weight(now, false)
	case "C":
		v.tare = 0
		return v.weight(now, false)
	case "M":
		return v.frame(" ", "T", now, v.value(v.tare))
	}
	return "\n?\r"
}

// weight is what the display shows; fine shows one digit more.
func (v *sma) weight(now load, fine bool) string {
	status, mode, value := " ", "G", v.value(v.net(now))
	if v.tare != 0 {
		mode = "N"
	}
	if fine {
		mode = strings.ToLower(mode)
		if strings.Contains(value, ".") {
			value += "0"
		}
	}
	switch {
	case now.over:
		status = "O"
	case now.under:
		status = "U"
	case v.atZero(now):
		status = "Z"
	}
	return v.frame(status, mode, now, value)
}

func (v *sma) frame(status, mode string, now load, value string) string {
	motion := " "
	if !now.steady {
		motion = "M"
	}
	return fmt.Sprintf("\n%s1%s%s %10s%-3s\r", status, mode, motion, value, v.opts.Unit)
}

func (v *sma) value(mass unit.Mass) string {
	text, negative := v.show(mass)
	if negative {
		return "-" + text
	}
	return text
}
