package desktop

import (
	"strings"
	"time"

	"packbench/devices/scanner"
	"packbench/station/screen"
)

// Key takes a key of the window that went down or up, by its place as the window
// numbers it, and Rune a character that the computer made of keys; every one, in the
// order in which they came, on the window's turn. What a scanner types goes to the
// engine and nowhere else; what a person types comes back as strokes and is a key of
// the page (S2).
func (f *Front) Key(scan int, down bool, at time.Time) {
	// On macOS the key A has the number 0: it is judged once it is translated.
	if code := f.keyCode(scan); code != 0 {
		f.answer.Key(down)
		f.typed(f.Live().Key(scanner.Key{Code: code, Down: down, At: at}), at)
	}
}

// Rune is described at Key.
func (f *Front) Rune(r rune, at time.Time) { f.typed(f.Live().Rune(r, at), at) }

// Turn tells the wedge the time. It must be called on the window's own turn,
// each time right after the waiting keys were handed out: only then was a
// silence a silence. A window that was busy drawing hands out late what was
// typed meanwhile, and calls that only went into its queue would all be there
// before those keys.
//
// Turn reports whether the answer to a code is to be drawn at once.
func (f *Front) Turn(now time.Time) (answered bool) {
	f.typed(f.Live().TickKeys(now), now)
	return f.answer.Came(f.Live().Codes())
}

// typed hands strokes of a person to the page.
func (f *Front) typed(strokes []scanner.Stroke, at time.Time) {
	if len(strokes) == 0 {
		return
	}
	f.Do(func() {
		for _, s := range strokes {
			name := strokeName(s)
			if name == "" || f.setup.Learning() && !f.setup.Typed(name, at) {
				continue
			}
			if in, ok := screen.Press(f.view, name); ok {
				f.act(in)
				f.view = f.compose() // the next stroke means what it means now
			}
		}
	})
}

// strokeName names a stroke as the buttons show it.
func strokeName(s scanner.Stroke) string {
	name := scanner.KeyName(s.Code)
	switch {
	case name == "Tab" && s.Shift:
		return "Shift Tab"
	case name == "Space" && s.Rune == ' ':
		return "Space"
	case name != "":
		return name
	case s.Ctrl && s.Alt: // AltGr, as Windows has it: @ of a German keyboard is no command
		if s.Rune <= ' ' {
			return ""
		}
		return string(s.Rune)
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
