package scale

import (
	"bytes"
	"strconv"
	"strings"

	"packbench/station/unit"
)

// weight reads a decimal as scales send it, and what its last digit weighs.
func weight(number, name string) (mass, division unit.Mass, ok bool) {
	mass, err := unit.MassOf(number, name)
	if err != nil {
		return 0, 0, false
	}
	step := []byte("1")
	if _, decimals, found := strings.Cut(number, "."); found && decimals != "" {
		step = []byte("0." + strings.Repeat("0", len(decimals)-1) + "1")
	}
	division, err = unit.MassOf(string(step), name)
	return mass, division, err == nil
}

// number reports whether the text is digits with at most one point between
// them, which is all that a display shows of a weight beside its sign.
func number(text string) bool {
	whole, decimals, point := strings.Cut(text, ".")
	return digits(whole) && (!point || digits(decimals))
}

func digits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// decimalText writes n times a power of ten without one.
func decimalText(n int64, exponent int) string {
	digits := strconv.FormatInt(n, 10)
	if exponent >= 0 {
		return digits + strings.Repeat("0", exponent)
	}
	if missing := 1 - exponent - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	point := len(digits) + exponent
	return digits[:point] + "." + digits[point:]
}

// lineBuffer cuts a stream into lines that end with LF. Bit 7 is dropped: a
// scale that sends parity, read as 8 bits, leaves it there.
type lineBuffer struct {
	limit int
	held  []byte
	skip  bool // the rest of a line that was too long
}

// add takes one byte. Done says that line is ready; whole is false for the
// beginning of a line longer than the limit, whose rest is left out. The line
// has no CR or LF and is good until the next add.
func (l *lineBuffer) add(b byte) (line []byte, whole, done bool) {
	b &= 0x7F
	if b == '\n' {
		line = bytes.TrimRight(l.held, "\r")
		done = !l.skip
		l.held, l.skip = l.held[:0], false
		return line, true, done
	}
	if l.skip {
		return nil, false, false
	}
	l.held = append(l.held, b)
	if len(l.held) < l.limit {
		return nil, false, false
	}
	line = l.held
	l.skip = true
	return line, false, true
}

// raw keeps the beginning of a frame for the record.
func raw(frame []byte) []byte { return bytes.Clone(frame[:min(len(frame), 64)]) }

// masked returns the bytes without bit 7, where a scale that sends parity leaves
// it when it is read as 8 bits.
func masked(data []byte) []byte {
	plain := make([]byte, len(data))
	for i, b := range data {
		plain[i] = b & 0x7F
	}
	return plain
}
