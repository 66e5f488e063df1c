package scanner

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Physical keys by X11 key code, which is the Linux evdev code plus 8.
const (
	keyEscape     = 9
	keyBackspace  = 22
	KeyTab        = 23
	KeyEnter      = 36
	keyBracket    = 35 // ] on a US keyboard
	keyLeftCtrl   = 37
	keyLeftShift  = 50
	keyRightShift = 62
	keyLeftAlt    = 64
	keyCapsLock   = 66
	KeyF8         = 74
	keyNumLock    = 77
	keyScrollLock = 78
	KeyPadEnter   = 104
	keyRightCtrl  = 105
	keyPadDivide  = 106
	keyPrint      = 107
	keyRightAlt   = 108
	keyHome       = 110
	keyUp         = 111
	keyPageUp     = 112
	keyLeft       = 113
	keyRight      = 114
	keyEnd        = 115
	keyDown       = 116
	keyPageDown   = 117
	keyInsert     = 118
	keyDelete     = 119
	keyPadEqual   = 125
	keyPause      = 127
	keyLeftSuper  = 133
	keyRightSuper = 134
	keyMenu       = 135
)

// Layout returns the characters of each physical key, as the scanner is set up:
// plain, with Shift, with AltGr, with Shift and AltGr; 0 where there is none.
// The layout of the computer does not matter (S3). An accent that waits for the
// next key, a dead key, stands as its modifier letter: see Accents.
type Layout map[int][4]rune

// US is the layout that scanners are shipped with.
func US() Layout {
	b, _ := findBoard("us")
	return b.layout()
}

// Char returns the character of a key. Where AltGr makes none it is as if it were
// not held.
func (l Layout) Char(code int, shift, altGr bool) (rune, bool) {
	key, known := l[code]
	level := 0
	if shift {
		level = 1
	}
	if altGr && key[level+2] != 0 {
		level += 2
	}
	return key[level], known
}

// mods are the modifiers that are held with a key.
type mods struct{ shift, ctrl, alt, altGr bool }

// sent returns the character that a scanner means by a key: F8 is GS, Ctrl makes
// control characters, Ctrl and Alt together are AltGr.
func (l Layout) sent(code int, m mods) (rune, bool) {
	if code == KeyF8 {
		return gs, true
	}
	if !m.ctrl || m.alt {
		return l.Char(code, m.shift, m.altGr || m.ctrl && m.alt)
	}
	plain, _ := l.Char(code, false, m.altGr)
	if c, ok := control(plain); ok {
		return c, true
	}
	if code == keyBracket { // many scanners send GS from its place on a US keyboard
		return gs, true
	}
	return 0, false
}

// accents are the dead keys: what stands in a Layout, the character that a
// space after it makes, and the combining mark for a letter after it.
var accents = map[rune]struct{ alone, mark rune }{
	'ˆ': {'^', '\u0302'}, 'ˋ': {'`', '\u0300'}, '˜': {'~', '\u0303'}, '´': {'´', '\u0301'}, '¨': {'¨', '\u0308'}, '¸': {'¸', '\u0327'},
}

// Accents makes the text of characters that a Layout gave: an accent and a
// space are the accent alone, an accent and a letter the letter with it. A
// scanner that sends a dead key without the space after it is read right too,
// unless a letter follows that can bear the accent: then no computer could tell.
func Accents(chars []rune) []byte {
	text := make([]byte, 0, len(chars))
	for i := 0; i < len(chars); i++ {
		accent, dead := accents[chars[i]]
		switch {
		case !dead:
			text = utf8.AppendRune(text, chars[i])
			continue
		case i+1 < len(chars) && chars[i+1] == ' ':
			i++
		case i+1 < len(chars):
			joined := []rune(norm.NFC.String(string([]rune{chars[i+1], accent.mark})))
			if len(joined) == 1 {
				text = utf8.AppendRune(text, joined[0])
				i++
				continue
			}
		}
		text = utf8.AppendRune(text, accent.alone)
	}
	return text
}

var keypad = map[int]rune{
	79: '7', 80: '8', 81: '9', 82: '-', 83: '4', 84: '5', 85: '6', 86: '+',
	87: '1', 88: '2', 89: '3', 90: '0', 91: '.', 63: '*', 106: '/',
}

// control returns the control character that Ctrl makes of a key: Ctrl+] is GS.
func control(c rune) (rune, bool) {
	if c >= '@' && c <= '_' || c >= 'a' && c <= 'z' {
		return c & 0x1F, true
	}
	return 0, false
}
