package sim

import "strings"

// hearing gathers the commands of a host that ends them with CR, LF or both.
type hearing struct{ line []byte }

// each answers the commands that are whole.
func (h *hearing) each(data []byte, answer func(command string) string) string {
	var reply strings.Builder
	for _, b := range data {
		switch b &= 0x7F; {
		case b != '\r' && b != '\n':
			if len(h.line) < 16 {
				h.line = append(h.line, b)
			}
		case len(h.line) > 0:
			reply.WriteString(answer(string(h.line)))
			h.line = h.line[:0]
		}
	}
	return reply.String()
}

// fill writes text at the end of a field.
func fill(text, with string, width int) string {
	return strings.Repeat(with, max(width-len(text), 0)) + text
}

// sign returns plus for a mass that is not less than nothing, else a minus.
func sign(negative bool, plus string) string {
	if negative {
		return "-"
	}
	return plus
}

// nines is the value of a display that is out of its range.
func nines(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return '9'
		}
		return c
	}, text)
}
