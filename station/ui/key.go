package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// KeyKind says what happened to a key.
type KeyKind string

// The kinds of key event. Down and Up tell what the keyboard did; the others
// are what the toolkit made of it, for where no Down comes.
const (
	KeyDown     KeyKind = "down"
	KeyUp       KeyKind = "up"
	KeyTyped    KeyKind = "typed" // a named key, with the repeats of a held one
	KeyRune     KeyKind = "rune"  // a character by the layout of the host
	KeyShortcut KeyKind = "shortcut"
)

// Key is one key event, free of the toolkit. Scan is the physical position of
// the key as the host numbers it (on X11 its key code), 0 where it is not
// known: scanners are read by position, so that the host's layout does not
// matter (S3).
type Key struct {
	Kind KeyKind
	Scan int
	Name string // the toolkit's name of the key: "A", "Return", "LeftShift"
	Rune rune   // of KeyRune
	Mods Mods   // of KeyShortcut
	At   time.Time
}

// Mods are the modifiers of a shortcut.
type Mods struct{ Shift, Ctrl, Alt, Super bool }

// TypedRune takes a character.
func (s *Surface) TypedRune(r rune) { s.key(Key{Kind: KeyRune, Rune: r}) }

// TypedKey takes a named key and the repeats of a held one.
func (s *Surface) TypedKey(e *fyne.KeyEvent) { s.named(KeyTyped, e) }

// KeyDown takes a key going down.
func (s *Surface) KeyDown(e *fyne.KeyEvent) { s.named(KeyDown, e) }

// KeyUp takes a key coming up.
func (s *Surface) KeyUp(e *fyne.KeyEvent) { s.named(KeyUp, e) }

// AcceptsTab keeps Tab a key: some scanners end a code with it.
func (s *Surface) AcceptsTab() bool { return true }

// TypedShortcut takes keys with a modifier; a scanner's GS comes as Ctrl+].
func (s *Surface) TypedShortcut(sc fyne.Shortcut) {
	k := Key{Kind: KeyShortcut, Name: sc.ShortcutName()}
	if ks, ok := sc.(fyne.KeyboardShortcut); ok {
		m := ks.Mod()
		k.Name = string(ks.Key())
		k.Mods = Mods{
			Shift: m&fyne.KeyModifierShift != 0, Ctrl: m&fyne.KeyModifierControl != 0,
			Alt: m&fyne.KeyModifierAlt != 0, Super: m&fyne.KeyModifierSuper != 0,
		}
	}
	s.key(k)
}

// FocusGained and FocusLost change nothing: the focus that people see is part
// of the View.
func (s *Surface) FocusGained() {}

// FocusLost changes nothing.
func (s *Surface) FocusLost() {}

func (s *Surface) named(kind KeyKind, e *fyne.KeyEvent) {
	s.key(Key{Kind: kind, Scan: e.Physical.ScanCode, Name: string(e.Name)})
}

func (s *Surface) key(k Key) {
	k.At = s.ui.options.Now()
	s.ui.options.Key(k)
}

// catch takes the keys that a canvas gets while nothing is focused.
func (s *Surface) catch(c fyne.Canvas) {
	c.SetOnTypedRune(s.TypedRune)
	c.SetOnTypedKey(s.TypedKey)
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(s.KeyDown)
		d.SetOnKeyUp(s.KeyUp)
	}
}
