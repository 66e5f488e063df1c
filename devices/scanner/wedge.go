package scanner

import "time"

// Limits that tell a scanner from a person at the keys (S2).
const (
	perKey     = 35 * time.Millisecond // average of a scanner, every key counted
	fewKeys    = 4                     // characters that make a scan without a suffix
	fewEntered = 2                     // characters that make a scan with one
	mayStall   = 2                     // stalls of the window within one code
)

// Key is one physical key going down or up, in words of no toolkit.
type Key struct {
	Code int // X11 key code
	Down bool
	At   time.Time
}

// Stroke is a key that a person pressed: a character in the person's own layout,
// or a key without one.
type Stroke struct {
	Code             int  // X11 key code; 0 when only the character is known
	Rune             rune // 0 for keys without a character
	Shift, Ctrl, Alt bool
}

// Out is what came out of the keys: a code, or else strokes for whatever has
// the focus.
type Out struct {
	Frame *Frame
	Typed []Stroke
}

// Wedge tells the codes of a keyboard scanner from typing. A code ends with
// Enter, keypad Enter, Tab, or silence; silence counts only through Tick. Caps
// Lock does not matter. Each rune that the toolkit makes of a key is given to
// Rune right after the key, so that typing keeps the person's layout.
type Wedge struct {
	opts Options

	presses []press
	keys    int           // keys gone down in this burst, modifiers among them
	elapsed time.Duration // between the first and the last of them, without stalls
	stalls  int
	person  bool // something in the burst was no scanner's doing
	skip    bool // the rest of a code that was too long
	first   bool // no key of the burst has come yet
	lastKey time.Time
	lastAny time.Time
	ticks   int // ticks since lastAny

	down     map[int]bool // keys that are down
	burst    map[int]bool // modifiers that went down in this burst
	alt      []byte       // digits typed under Alt
	hasKeys  bool         // the toolkit gives keys with codes
	hasRunes bool         // the toolkit gives runes
	hasUps   bool         // the toolkit tells when keys go up
	suffix   bool         // this scanner sends a suffix
	scanned  time.Time    // end of the last scan
}

// press is one key of a burst: what a scanner meant by it and what a person did.
type press struct {
	char   rune
	has    bool // char counts
	alt    bool // made by Alt and digits
	stroke Stroke
}

// NewWedge gives a wedge that has seen nothing.
func NewWedge(opts Options) *Wedge {
	if opts.Layout == nil {
		opts.Layout = US()
	}
	return &Wedge{opts: opts, down: map[int]bool{}, burst: map[int]bool{}, first: true}
}

// Focus forgets keys that are down: the window has come to the front, and what
// was let go of elsewhere was never seen.
func (w *Wedge) Focus() {
	clear(w.down)
	w.clear()
}

// Key takes a key going down or up. A key without a code is nothing; its rune
// is all that is known of it.
func (w *Wedge) Key(k Key) []Out {
	if k.Code <= 0 {
		return nil
	}
	if !k.Down {
		w.hasUps = true
		delete(w.down, k.Code)
		w.lastAny, w.ticks = k.At, 0
		if isAlt(k.Code) {
			w.endAlt()
		}
		return nil
	}
	switch k.Code {
	case keyCapsLock, keyNumLock, keyScrollLock:
		return nil
	case KeyEnter, KeyPadEnter, KeyTab:
		return w.enter(k)
	}
	repeated := w.down[k.Code] && w.hasUps
	w.down[k.Code] = true
	if isModifier(k.Code) {
		if !repeated {
			w.burst[k.Code] = true
			w.count(k.At)
		}
		return nil
	}
	w.person = w.person || repeated
	return w.press(k)
}

// press takes a key that is neither a modifier nor an end.
func (w *Wedge) press(k Key) []Out {
	stroke := w.stroke(k.Code)
	plain, known := w.opts.Layout[k.Code]
	digit, onPad := keypad[k.Code]
	p := press{stroke: stroke}
	switch {
	case k.Code == KeyF8:
		p.char, p.has = gs, true
	case !known:
		return append(w.end(k.At, false), Out{Typed: []Stroke{stroke}})
	case w.inBurst(keyLeftAlt, keyRightAlt) && onPad && digit >= '0' && digit <= '9' && len(w.alt) < 4:
		w.alt = append(w.alt, byte(digit))
	case w.inBurst(keyLeftCtrl, keyRightCtrl):
		p.char, p.has = control(plain[0])
		if p.has && (p.char == '\r' || p.char == '\n' || p.char == '\t') {
			return w.enter(k)
		}
	case w.inBurst(keyLeftShift, keyRightShift):
		p.char, p.has = plain[1], true
	default:
		p.char, p.has = plain[0], true
	}
	w.hasKeys = true
	w.count(k.At)
	return w.hold(p, k.At)
}

// Rune takes the character that the toolkit made of the key before it. Without
// any keys it is the only source: then the computer's layout must fit.
func (w *Wedge) Rune(r rune, at time.Time) []Out {
	w.hasRunes = true
	if w.hasKeys {
		return w.name(r)
	}
	switch r {
	case '\r', '\n':
		return w.enter(Key{Code: KeyEnter, Down: true, At: at})
	case '\t':
		return w.enter(Key{Code: KeyTab, Down: true, At: at})
	}
	w.count(at)
	return w.hold(press{char: r, has: true, stroke: Stroke{Rune: r}}, at)
}

// name gives the last key its character. One that has it already is being held
// down by a person.
func (w *Wedge) name(r rune) []Out {
	if w.skip {
		return nil
	}
	if n := len(w.presses); n > 0 {
		if last := &w.presses[n-1]; last.stroke.Rune == 0 {
			last.stroke.Rune = r
			return nil
		}
		w.person = true
		w.presses = append(w.presses, press{stroke: Stroke{Rune: r}})
		return nil
	}
	return []Out{{Typed: []Stroke{{Rune: r}}}}
}

// Tick tells the time after a turn of the window that brought no key. The first
// tick after a key does not count: it may have been due before keys that are
// still waiting.
func (w *Wedge) Tick(now time.Time) []Out {
	w.ticks++
	if w.ticks < 2 || w.keys == 0 || now.Sub(w.lastAny) < w.wait() {
		return nil
	}
	return w.end(w.lastAny, false)
}

// wait is the silence that ends what is held now. Modifiers alone may be held
// for long: nothing of theirs is waiting to be shown.
func (w *Wedge) wait() time.Duration {
	if begins, _ := w.prefix(); len(w.presses) == 0 || begins || w.suffix && w.chars() >= fewKeys && w.fast() {
		return lateSuffix
	}
	return noSuffix
}

// count takes note of a key going down. A gap with no turn of the window in
// it, but one that was overdue, was a stall and no slowness.
func (w *Wedge) count(at time.Time) {
	if !w.first {
		gap := at.Sub(w.lastKey)
		if w.ticks < 2 && gap > perKey && w.stalls < mayStall {
			w.stalls++
			gap = perKey
		}
		w.elapsed += max(gap, 0)
	}
	w.first = false
	w.keys++
	w.lastKey, w.lastAny, w.ticks = at, at, 0
}

// hold keeps a key until it is known whose it is.
func (w *Wedge) hold(p press, at time.Time) []Out {
	if w.skip {
		return nil
	}
	w.presses = append(w.presses, p)
	if len(w.presses) <= MaxScan {
		return nil
	}
	if !w.scan(false) { // nobody types this much in one burst, but nothing is dropped
		return w.end(at, false)
	}
	text := w.text()
	frame := w.opts.frame(text[:min(len(text), MaxScan)], at, true)
	w.clear()
	w.skip, w.keys, w.lastAny = true, 1, at
	return []Out{{Frame: &frame}}
}

// enter ends a code with a suffix, or is a key of its own.
func (w *Wedge) enter(k Key) []Out {
	stroke := w.stroke(k.Code)
	if len(w.presses) == 0 {
		skipped := w.skip
		w.clear()
		if skipped || k.At.Sub(w.scanned) < lateSuffix && !w.scanned.IsZero() {
			w.scanned = k.At // a second suffix, or a late one: it must press no button
			return nil
		}
		return []Out{{Typed: []Stroke{stroke}}}
	}
	w.count(k.At)
	if w.scan(true) {
		w.suffix = true
		return w.end(k.At, true)
	}
	w.presses = append(w.presses, press{stroke: stroke})
	w.person = true
	return w.end(k.At, true)
}

// end says whose the burst was and gives it out.
func (w *Wedge) end(at time.Time, entered bool) []Out {
	defer w.clear()
	if len(w.presses) == 0 {
		return nil
	}
	if w.scan(entered) {
		frame := w.opts.frame(w.text(), at, false)
		w.scanned = at
		return []Out{{Frame: &frame}}
	}
	var typed []Stroke
	for _, p := range w.presses {
		if p.alt {
			continue // the digits under Alt are strokes of their own
		}
		typed = append(typed, w.named(p.stroke))
	}
	if len(typed) == 0 {
		return nil
	}
	return []Out{{Typed: typed}}
}

// endAlt makes the digits typed under Alt the character that they stand for.
func (w *Wedge) endAlt() {
	code := 0
	for _, digit := range w.alt {
		code = code*10 + int(digit-'0')
	}
	if n := len(w.alt); n >= 2 && code > 0 && code < 256 {
		w.presses = append(w.presses, press{char: rune(code), has: true, alt: true})
	}
	w.alt = w.alt[:0]
	delete(w.burst, keyLeftAlt)
	delete(w.burst, keyRightAlt)
}

// clear forgets the burst. Modifiers still down are then a person's, or were
// let go of in another window: no scan heeds them.
func (w *Wedge) clear() {
	w.presses, w.alt = w.presses[:0], w.alt[:0]
	w.keys, w.elapsed, w.stalls, w.person, w.skip, w.first = 0, 0, 0, false, false, true
	clear(w.burst)
}

func (w *Wedge) stroke(code int) Stroke {
	return Stroke{
		Code:  code,
		Shift: w.down[keyLeftShift] || w.down[keyRightShift],
		Ctrl:  w.down[keyLeftCtrl] || w.down[keyRightCtrl],
		Alt:   w.down[keyLeftAlt] || w.down[keyRightAlt],
	}
}

// inBurst says whether a modifier went down in this burst and is down still.
func (w *Wedge) inBurst(left, right int) bool {
	return w.burst[left] && w.down[left] || w.burst[right] && w.down[right]
}

func isAlt(code int) bool { return code == keyLeftAlt || code == keyRightAlt }

func isModifier(code int) bool {
	switch code {
	case keyLeftShift, keyRightShift, keyLeftCtrl, keyRightCtrl, keyLeftAlt, keyRightAlt, keyLeftSuper, keyRightSuper:
		return true
	}
	return false
}
