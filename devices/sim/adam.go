package sim

import (
	"fmt"
	"time"

	"packbench/station/unit"
)

// adam speaks as a CPWplus: N, G, T, Z and H; and P as an AZextra does. Where
// its display shows no weight, because the load is too much or too little, it
// sends nothing.
type adam struct {
	pan
	hearing
	told unit.Mass // last answer to P
	key  bool      // Z was pressed and waits for a load that rests
}

func newAdam(opts ScaleOptions) voice { return &adam{pan: pan{opts: opts}} }

func (v *adam) hear(data []byte, now load, _ time.Time) []byte {
	return []byte(v.each(data, func(command string) string { return v.command(command, now) }))
}

func (v *adam) tick(now load, _ time.Time) []byte {
	if v.key {
		v.press(now)
	}
	return nil
}

// press is the key that zeroes an empty pan and takes a load as tare.
func (v *adam) press(now load) {
	if !v.setZero(now) {
		v.setTare(now)
	}
	v.key = !v.rests(now)
}

func (v *adam) command(command string, now load) string {
	switch {
	case command == "T":
		return v.line("T", v.tare)
	case command == "Z":
		v.press(now)
	case now.over || now.under:
	case command == "N":
		return v.line("N", v.net(now))
	case command == "G":
		return v.line("G", v.gross(now))
	case command == "P" && now.steady:
		return v.print(v.net(now))
	}
	return ""
}

// print answers P only where there is a new weight; else the scale beeps.
func (v *adam) print(mass unit.Mass) string {
	if mass == v.told || v.opts.counts(mass) == 0 {
		v.told = mass
		return ""
	}
	v.told = mass
	text, negative := v.show(mass)
	return fmt.Sprintf("%7s%s\r\n", sign(negative, "")+text, v.opts.Unit)
}

func (v *adam) line(letter string, mass unit.Mass) string {
	text, negative := v.show(mass)
	return fmt.Sprintf("%s      %s%7s %s\r\n", letter, sign(negative, "+"), text, v.opts.Unit)
}
