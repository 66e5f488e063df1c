package sim

import (
	"fmt"
	"strings"
	"time"

	"packbench/station/unit"
)

// patience is how long S and Z wait for a steady weight.
const patience = 3 * time.Second

// sics speaks MT-SICS levels 0 and 1: S, SI, SIR, Z, ZI, T, TI, TAC, I4 and @.
type sics struct {
	opts   ScaleOptions
	line   []byte
	zero   unit.Mass // what the scale calls zero
	tare   unit.Mass
	stream bool
	wait   string // S, Z or T while it waits for a steady weight
	since  time.Time
}

func newSICS(opts ScaleOptions) voice { return &sics{opts: opts} }

func (v *sics) hear(data []byte, now load, at time.Time) []byte {
	var reply strings.Builder
	for _, b := range data {
		switch b &= 0x7F; {
		case b == '\n':
			reply.WriteString(v.command(strings.TrimSuffix(string(v.line), "\r"), now, at))
			v.line = v.line[:0]
		case len(v.line) < 64:
			v.line = append(v.line, b)
		}
	}
	return []byte(reply.String())
}

func (v *sics) tick(now load, at time.Time) []byte {
	switch {
	case v.wait != "" && (now.steady || at.Sub(v.since) >= patience):
		command := v.wait
		v.wait = ""
		return []byte(v.steady(command, now))
	case v.stream:
		return []byte(v.weight(now))
	}
	return nil
}

// command answers one line of the host.
func (v *sics) command(line string, now load, at time.Time) string {
	switch line {
	case "":
		return ""
	case "S", "Z", "T":
		v.stream = v.stream && line != "S"
		if now.steady {
			return v.steady(line, now)
		}
		v.wait, v.since = line, at
		return ""
	case "SI":
		v.stream = false
		return v.weight(now)
	case "SIR":
		v.stream = true
		return v.weight(now)
	case "ZI":
		v.zero, v.tare = now.mass, 0
		return "ZI " + letter(now) + "\r\n"
	case "TI":
		v.tare = now.mass - v.zero
		return "TI " + letter(now) + " " + v.value(v.tare) + "\r\n"
	case "TAC":
		v.tare = 0
		return "TAC A\r\n"
	case "@":
		v.stream, v.wait = false, ""
		return "I4 A \"SIM-1\"\r\n"
	case "I4":
		return "I4 A \"SIM-1\"\r\n"
	}
	return "ES\r\n"
}

// steady answers a command that waits for a steady weight.
func (v *sics) steady(command string, now load) string {
	switch {
	case !now.steady:
		return command + " I\r\n"
	case command == "S" || now.over || now.under:
		return command + strings.TrimPrefix(v.weight(now), "S")
	case command == "Z":
		if now.mass.Abs() > v.opts.Capacity/50 { // makers allow about 2 % of the capacity
			return "Z +\r\n"
		}
		v.zero, v.tare = now.mass, 0
		return "Z A\r\n"
	}
	v.tare = now.mass - v.zero
	return "T S " + v.value(v.tare) + "\r\n"
}

// weight is what the display shows.
func (v *sics) weight(now load) string {
	switch {
	case now.over:
		return "S +\r\n"
	case now.under:
		return "S -\r\n"
	}
	return "S " + letter(now) + " " + v.value(now.mass-v.zero-v.tare) + "\r\n"
}

func letter(now load) string {
	if now.steady {
		return "S"
	}
	return "D"
}

// value is ten characters and the unit.
func (v *sics) value(mass unit.Mass) string {
	return fmt.Sprintf("%10s %s", shown(mass, v.opts), v.opts.Unit)
}
