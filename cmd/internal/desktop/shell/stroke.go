package shell

import (
	"strings"

	"packbench/devices/scanner"
)

// StrokeName names a stroke as the buttons show it.
func StrokeName(s scanner.Stroke) string {
	name := scanner.KeyName(s.Code)
	switch {
	case name == "Tab" && s.Shift:
		return "Shift Tab"
	case name == "Space" && s.Rune == ' ':
		return "Space"
	case name != "":
		return name
	case s.Ctrl: // no character comes with it: the key's own place counts
		if plain, ok := scanner.US()[s.Code]; ok && plain[0] > ' ' {
			return "Ctrl " + strings.ToUpper(string(plain[0]))
		}
		return ""
	case s.Rune >= ' ':
		return string(s.Rune)
	}
	return ""
}
