package scanner

import (
	"encoding/binary"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// What the events of Linux are called (linux/input-event-codes.h). A key code
// is the X11 key code less evdevToX11.
const (
	evSyn      = 0
	evKey      = 1
	synReport  = 0
	synDropped = 3
	evdevToX11 = 8

	released = 0
	pressed  = 1 // 2 is a repeat, which no scanner means
)

// unclear stands for a character that the layout cannot tell. The code is then
// no known one, and not by chance another one.
const unclear = utf8.RuneError

// maxAltDigits bounds what is typed under Alt; the longest code has 4 digits.
const maxAltDigits = 8

// Keyboard decodes a keyboard scanner that the program has to itself: what
// Linux sends from its event node, as long as nobody else gets it. Nobody types
// on it, so that all is a code, however slow.
//
// Format: struct input_event, the time in two machine words, then type (2
// bytes), code (2) and value (4) in the machine's order of bytes; 24 bytes where
// the machine word has 64 bits, else 16.
// Example: 1 and Enter, both pressed, without the times: 01 00 02 00 01 00 00 00,
// 01 00 1C 00 01 00 00 00.
//
// Enter, keypad Enter, Tab, Ctrl+M, Ctrl+J and Ctrl+I end a code, else silence
// does. Ctrl+], F8 and Alt with 029 on the keypad are GS. What a key means is in
// Options.Layout.
//
// Caps Lock: the state of the computer never reaches the scanner, but the
// scanner may press the key itself, around its capitals. Then it counts on the
// letters being turned, and they are. It must find the lamp of its Caps Lock
// off: who opens it has to see to that.
//
// Source: kernel Documentation/input/input.rst and event-codes.rst.
type Keyboard struct {
	opts Options
	us   Layout
	word int // bytes of a machine word

	part []byte // an event that has not come to its end
	lost bool   // events were lost: all up to the next report is passed over

	held   []rune
	size   int           // bytes of the text that is held
	pace   time.Duration // the longest time between two of its keys
	last   time.Time     // of the last event
	skip   bool          // the rest of a code that was reported as cut
	suffix bool          // this scanner sends a suffix

	down   map[int]bool // modifiers that are down
	caps   bool
	digits []byte // typed under Alt
}

// NewKeyboard returns a decoder for the events of this machine.
func NewKeyboard(opts Options) *Keyboard { return newKeyboard(opts, strconv.IntSize/8) }

func newKeyboard(opts Options, word int) *Keyboard {
	k := &Keyboard{opts: opts, us: US(), word: word, suffix: opts.Suffix, down: map[int]bool{}}
	if opts.Layout == nil {
		k.opts.Layout = k.us
	}
	return k
}

// Reset forgets half a code.
func (k *Keyboard) Reset() { *k = *newKeyboard(k.opts, k.word) }

// Feed takes the bytes of one read.
func (k *Keyboard) Feed(data []byte, at time.Time) []Frame {
	var frames []Frame
	size := 2*k.word + 8
	for len(data) > 0 {
		n := min(size-len(k.part), len(data))
		k.part, data = append(k.part, data[:n]...), data[n:]
		if len(k.part) == size {
			frames = append(frames, k.event(k.part[2*k.word:], at)...)
			k.part = k.part[:0]
		}
		k.last = at
	}
	return frames
}

func (k *Keyboard) event(e []byte, at time.Time) []Frame {
	kind, code := binary.NativeEndian.Uint16(e), binary.NativeEndian.Uint16(e[2:])
	value := binary.NativeEndian.Uint32(e[4:])
	if len(k.held) > 0 {
		k.pace = max(k.pace, at.Sub(k.last))
	}
	switch {
	case kind == evSyn && code == synDropped:
		k.lost = true
		return k.cut(at)
	case k.lost:
		k.lost = kind != evSyn || code != synReport
	case kind == evKey && value == pressed:
		return k.press(int(code)+evdevToX11, at)
	case kind == evKey && value == released:
		return k.release(int(code)+evdevToX11, at)
	}
	return nil
}

func (k *Keyboard) press(code int, at time.Time) []Frame {
	shift, altGr := k.either(keyLeftShift, keyRightShift), k.down[keyRightAlt]
	digit := keypad[code]
	_, known := k.opts.Layout[code]
	switch {
	case isModifier(code):
		k.down[code] = true
	case code == keyCapsLock:
		k.caps = !k.caps
	case code == KeyEnter, code == KeyPadEnter, code == KeyTab:
		return k.enter(at)
	case code == KeyF8:
		return k.hold(gs, at)
	case k.either(keyLeftAlt, keyRightAlt) && isDigit(byte(digit)):
		if len(k.digits) < maxAltDigits {
			k.digits = append(k.digits, byte(digit))
		}
	case k.either(keyLeftCtrl, keyRightCtrl):
		return k.control(code, at)
	case known:
		return k.hold(k.char(code, shift, altGr), at)
	}
	return nil // a key without a character, such as F1, may be a prefix or a suffix
}

// char returns the character of a key that has one.
func (k *Keyboard) char(code int, shift, altGr bool) rune {
	plain, _ := k.opts.Layout.Char(code, false, altGr)
	if k.caps && unicode.IsLetter(plain) {
		shift = !shift
	}
	if c, ok := k.opts.Layout.Char(code, shift, altGr); ok && !k.down[keyLeftAlt] {
		return c
	}
	if digit, ok := keypad[code]; ok {
		return digit
	}
	return unclear
}

// control takes a key under Ctrl. A scanner means the character on the key,
// plain or shifted (Ctrl+6 is Ctrl+^), or the place where a US keyboard has it.
func (k *Keyboard) control(code int, at time.Time) []Frame {
	for _, layout := range []Layout{k.opts.Layout, k.us} {
		for _, shift := range []bool{false, true} {
			key, _ := layout.Char(code, shift, false)
			switch c, ok := control(key); {
			case !ok:
			case c == '\r' || c == '\n' || c == '\t':
				return k.enter(at)
			default:
				return k.hold(c, at)
			}
		}
	}
	return k.hold(unclear, at)
}

func (k *Keyboard) release(code int, at time.Time) []Frame {
	delete(k.down, code)
	if !isAlt(code) || len(k.digits) == 0 {
		return nil
	}
	text := string(k.digits)
	k.digits = k.digits[:0]
	switch n, err := strconv.Atoi(text); {
	case err != nil || n == 0 || n > 255:
	case n == '\r' || n == '\n' || n == '\t':
		return k.enter(at)
	case n < 0x80 || n >= 0xA0 && text[0] == '0': // without the 0 it is of an old code page, nobody knows which
		return k.hold(rune(n), at)
	}
	return k.hold(unclear, at)
}

func (k *Keyboard) either(left, right int) bool { return k.down[left] || k.down[right] }

// hold keeps a character of a code.
func (k *Keyboard) hold(c rune, at time.Time) []Frame {
	switch n := utf8.RuneLen(c); {
	case k.skip:
	case k.size+n > MaxScan:
		return k.cut(at)
	default:
		k.held, k.size = append(k.held, c), k.size+n
	}
	return nil
}

// cut reports the code that is held as one that is not whole, and passes over
// what else may come of it.
func (k *Keyboard) cut(at time.Time) []Frame {
	frame := k.opts.frame(Accents(k.held), at, true)
	k.forget()
	k.skip = true
	return []Frame{frame}
}

// Wait returns how long nothing must come, counted from the last event, until
// Silence is to be called; 0 when nothing waits for it. The scanner's own pace
// stretches it: one that is set to wait 50 ms after each key must not be cut.
// Of a single key no pace is known yet.
func (k *Keyboard) Wait() time.Duration {
	switch {
	case len(k.held) == 0 && !k.skip && len(k.part) == 0 && len(k.down) == 0 && !k.caps:
		return 0
	case k.suffix || len(k.held) < 2:
		return lateSuffix
	}
	return min(max(noSuffix, 3*k.pace), lateSuffix)
}

// Silence says that nothing has come until now. What is still down then was let
// go of unseen.
func (k *Keyboard) Silence(now time.Time) []Frame {
	if now.Sub(k.last) < k.Wait() {
		return nil
	}
	var frames []Frame
	if len(k.part) > 0 && !k.skip { // half an event: the key in it is lost
		frames = k.cut(k.last)
	} else {
		frames = k.end(k.last)
	}
	k.part, k.lost = k.part[:0], false
	k.forget()
	return frames
}

// enter ends a code with a suffix.
func (k *Keyboard) enter(at time.Time) []Frame {
	k.suffix = k.suffix || len(k.held) > 0
	return k.end(at)
}

// end closes the code that is held; none is held between Enter and Enter.
func (k *Keyboard) end(at time.Time) []Frame {
	var frames []Frame
	if len(k.held) > 0 {
		frames = []Frame{k.opts.frame(Accents(k.held), at, false)}
	}
	k.next()
	return frames
}

// next is ready for the next code.
func (k *Keyboard) next() {
	k.held, k.size, k.pace, k.skip, k.digits = k.held[:0], 0, 0, false, k.digits[:0]
}

// forget also drops what is down.
func (k *Keyboard) forget() {
	k.next()
	clear(k.down)
	k.caps = false
}
