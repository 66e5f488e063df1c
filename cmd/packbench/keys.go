package main

import (
	"context"
	"strings"
	"time"

	"packbench/devices/scanner"
	"packbench/station/screen"
	"packbench/station/ui"
)

// key takes every key event of the window, on the window's turn. What a
// scanner types goes to the engine and nowhere else; what a person types comes
// back as strokes and is a key of the page (S2).
func (f *front) key(k ui.Key) {
	live := f.live.Load()
	switch k.Kind {
	case ui.KeyDown, ui.KeyUp:
		// On macOS the key A has the number 0: it is judged once it is translated.
		if code := f.keyCode(k.Scan); code != 0 {
			f.typed(live.Key(scanner.Key{Code: code, Down: k.Kind == ui.KeyDown, At: k.At}), k.At)
		}
	case ui.KeyRune:
		f.typed(live.Rune(k.Rune, k.At), k.At)
	}
}

// turn tells the wedge the time. It must be called on the window's own turn,
// each time right after the waiting keys were handed out: only then was a
// silence a silence. A window that was busy drawing hands out late what was
// typed meanwhile, and calls that only went into its queue would all be there
// before those keys.
func (f *front) turn(now time.Time) { f.typed(f.live.Load().TickKeys(now), now) }

// typed hands strokes of a person to the page.
func (f *front) typed(strokes []scanner.Stroke, at time.Time) {
	if len(strokes) == 0 {
		return
	}
	f.do(func() {
		for _, s := range strokes {
			name := strokeName(s)
			if name == "" || f.learner != nil && !f.learner.person(name, at) {
				continue
			}
			if in, ok := screen.Press(f.view, name); ok {
				f.act(in)
				f.view = f.compose(context.Background()) // the next stroke means what it means now
			}
		}
	})
}

// named are the X11 key codes of keys without a character.
var named = map[int]string{
	9: "Esc", 22: "Backspace", 23: "Tab", 36: "Enter", 104: "Enter", 65: "Space", 111: "Up", 113: "Left", 114: "Right",
	116: "Down", 67: "F1", 68: "F2", 69: "F3", 70: "F4", 71: "F5", 72: "F6", 73: "F7", 74: "F8", 75: "F9", 76: "F10",
	95: "F11", 96: "F12",
}

// strokeName names a stroke as the buttons show it.
func strokeName(s scanner.Stroke) string {
	name := named[s.Code]
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
