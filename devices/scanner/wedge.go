package scanner

import "time"

// Limits that tell a scanner from a person at the keys (S2).
const (
	perKey     = 35 * time.Millisecond // average of a scanner at most, every key counted
	fewKeys    = 4                     // characters that make a scan without a suffix
	fewEntered = 2                     // characters that make a scan with one
	mayStall   = 2                     // stalls of the window within one code, however short it is
	stretched  = 8                     // gaps of a code that a stall of the computer may stretch, unseen by the window
	oldestHold = time.Second           // a key that is held repeats within this; longer means that its going up was missed
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
//
// Not understood are scanners that press Caps Lock themselves in the midst of a
// code, and those that turn letters round while it is on: the letters of their
// codes come in the wrong case. What a person types between two keys of a code
// spoils the code.
type Wedge struct {
	opts Options

	presses []press
	keys    int           // keys gone down in this burst, modifiers among them
	gaps    []gap         // before each of those keys, up to MaxScan
	next    press         // what is known of the next press by the modifiers before it
	skip    bool          // the rest of a code that was too long
	late    bool          // the window stood still before the burst
	turn    time.Time     // the last Tick
	lastKey time.Time     // down
	lastAny time.Time     // down or up
	ticks   int           // since lastAny
	silent  time.Duration // since lastAny, as far as the window made its turns
	still   time.Duration // since lastKey, what the window stood still

	down     map[int]time.Time // keys that are down, and since when
	burst    map[int]bool      // modifiers that went down in this burst
	alt      []byte            // digits typed under Alt
	hasKeys  bool              // the toolkit gives keys with codes
	hasRunes bool              // the toolkit gives runes
	hasUps   bool              // the toolkit tells when keys go up
	suffix   bool              // this scanner sends a suffix
	aim      bool              // its last code had an AIM identifier
	scanned  time.Time         // end of the last scan
	typed    time.Time         // the last key that a person typed
}

// press is one key of a burst: what a scanner meant by it and what a person did.
type press struct {
	char   rune
	has    bool // char counts
	alt    bool // made by Alt and digits
	person bool // no scanner's doing: a key that repeats
	up     bool // it has been let go of
	over   int  // keys that came while it was down
	stroke Stroke
	at     time.Time

	// Of its first key, which may be a modifier.
	known bool
	gap   gap
	keys  int // of the burst, before it
}

// gap is the time between one key going down and the next.
type gap struct {
	long    time.Duration
	still   time.Duration // of it the window stood still
	stalled bool          // the window stood still in all of it
}

// NewWedge returns a wedge that has seen nothing.
func NewWedge(opts Options) *Wedge {
	if opts.Layout == nil {
		opts.Layout = US()
	}
	if opts.PerKey <= 0 || opts.PerKey > perKey {
		opts.PerKey = perKey
	}
	return &Wedge{opts: opts, suffix: opts.Suffix, down: map[int]time.Time{}, burst: map[int]bool{}}
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
		w.any(k.At)
		for i, p := range w.front() {
			w.presses[i].up = p.up || p.stroke.Code == k.Code
		}
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
	since, isDown := w.down[k.Code]
	repeated := isDown && w.hasUps && k.At.Sub(since) < oldestHold
	w.down[k.Code] = k.At
	if isModifier(k.Code) {
		if !repeated {
			w.burst[k.Code] = true
			w.count(k.At)
		}
		return nil
	}
	return w.press(k, repeated)
}

// press takes a key that is neither a modifier nor an end.
func (w *Wedge) press(k Key, repeated bool) []Out {
	stroke := w.stroke(k.Code)
	_, known := w.opts.Layout[k.Code]
	digit := keypad[k.Code]
	p := press{stroke: stroke, person: repeated}
	switch {
	case k.Code == KeyF8:
		p.char, p.has = gs, true
	case !known:
		outs := w.end(k.At, false)
		w.typed = k.At
		return append(outs, Out{Typed: []Stroke{stroke}})
	case w.inBurst(keyLeftAlt, keyRightAlt) && digit >= '0' && len(w.alt) < 4:
		w.alt = append(w.alt, byte(digit))
	default:
		p.char, p.has = w.char(k.Code)
		if p.char == '\r' || p.char == '\n' || p.char == '\t' {
			return w.enter(k)
		}
	}
	w.hasKeys = true
	w.count(k.At)
	for i, p := range w.front() {
		if !p.up {
			w.presses[i].over++
		}
	}
	return w.hold(p, k.At)
}

// front is what a person may have typed before a code, of what is held.
func (w *Wedge) front() []press { return w.presses[:min(len(w.presses), longestLead)] }

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
		w.add(press{person: true, stroke: Stroke{Rune: r}}, w.lastKey)
		return nil
	}
	w.typed = w.lastKey
	return []Out{{Typed: []Stroke{{Rune: r}}}}
}

// Tick tells the time after a turn of the window that brought no key. One
// tick is never silence enough: it may have been due before keys that are still
// waiting.
func (w *Wedge) Tick(now time.Time) []Out {
	w.ticks++
	since, wait := w.sinceTurn(now, w.lastAny), w.wait()
	w.stood(now)
	w.turn = now
	w.silent += min(since, wait/2) // keys may wait behind a turn that was late
	if w.silent < wait {
		return nil
	}
	return w.end(w.lastAny, false)
}

// sinceTurn is the time since the last turn of the window, if that is less than
// the time since a key.
func (w *Wedge) sinceTurn(now, key time.Time) time.Duration {
	if w.turn.After(key) {
		key = w.turn
	}
	return max(now.Sub(key), 0)
}

// stood takes note of a turn of the window that came late.
func (w *Wedge) stood(now time.Time) {
	if late := w.sinceTurn(now, w.lastKey); late > perKey {
		w.still += late - w.opts.PerKey
	}
}

// any takes note of a key going down or up.
func (w *Wedge) any(at time.Time) { w.lastAny, w.ticks, w.silent = at, 0, 0 }

// wait is the silence that ends what is held now. Modifiers alone may be held
// for long: nothing of theirs is waiting to be shown.
func (w *Wedge) wait() time.Duration {
	lead, code := w.lead()
	if len(w.presses) == 0 || code || w.prefixed(0) || w.suffix && w.chars(lead) >= fewKeys && w.fast(lead) {
		return lateSuffix
	}
	return noSuffix
}

// count takes note of a key going down.
func (w *Wedge) count(at time.Time) {
	var g gap
	if w.keys == 0 {
		w.late = !w.turn.IsZero() && at.Sub(w.turn) > perKey
	} else {
		w.stood(at)
		g = gap{long: max(at.Sub(w.lastKey), 0), still: w.still}
		g.stalled = w.ticks < 2 && g.long > perKey
	}
	if !w.next.known {
		w.next.known, w.next.gap, w.next.keys = true, g, w.keys
	}
	if len(w.gaps) <= MaxScan {
		w.gaps = append(w.gaps, g)
	}
	w.keys++
	w.lastKey, w.still = at, 0
	w.any(at)
}

// hold keeps a key until it is known whose it is.
func (w *Wedge) hold(p press, at time.Time) []Out {
	if w.skip {
		return nil
	}
	w.add(p, at)
	if len(w.presses) <= MaxScan {
		return nil
	}
	lead, scan := w.scan(false)
	if !scan { // nobody types this much in one burst, but nothing is dropped
		return w.end(at, false)
	}
	text := Accents(w.runes(lead))
	frame := w.opts.frame(text[:min(len(text), MaxScan)], at, true)
	outs := w.strokes(w.presses[:lead])
	w.clear()
	w.skip = true
	return append(outs, Out{Frame: &frame})
}

// add puts a press at the end of the burst.
func (w *Wedge) add(p press, at time.Time) {
	n := w.next
	p.at, p.gap, p.keys = at, n.gap, n.keys
	w.next = press{}
	w.presses = append(w.presses, p)
}

// enter ends a code with a suffix, or is a key of its own.
func (w *Wedge) enter(k Key) []Out {
	stroke := w.stroke(k.Code)
	if len(w.presses) == 0 {
		skipped := w.skip
		w.clear()
		if skipped || k.At.Sub(w.scanned) < lateSuffix {
			w.scanned = k.At // a second suffix, or a late one: it must press no button
			return nil
		}
		w.typed = k.At
		return []Out{{Typed: []Stroke{stroke}}}
	}
	w.count(k.At)
	if _, scan := w.scan(true); scan {
		w.suffix = true
		return w.end(k.At, true)
	}
	outs := w.strokes(append(w.presses, press{stroke: stroke}))
	w.typed = k.At
	w.clear()
	return outs
}

// end judges whose the burst was and returns it.
func (w *Wedge) end(at time.Time, entered bool) []Out {
	defer w.clear()
	if len(w.presses) == 0 {
		return nil
	}
	lead, scan := w.scan(entered)
	if !scan {
		w.typed = w.lastKey
		return w.strokes(w.presses)
	}
	frame := w.opts.frame(Accents(w.runes(lead)), at, false)
	w.scanned, w.aim = at, frame.AIM != ""
	return append(w.strokes(w.presses[:lead]), Out{Frame: &frame})
}

// strokes returns presses as a person's.
func (w *Wedge) strokes(presses []press) []Out {
	var typed []Stroke
	for _, p := range presses {
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

// clear forgets the burst. Modifiers still down are then a person's, or were
// let go of in another window: no scan heeds them.
func (w *Wedge) clear() {
	w.presses, w.alt = w.presses[:0], w.alt[:0]
	w.keys, w.gaps, w.next, w.skip = 0, w.gaps[:0], press{}, false
	clear(w.burst)
}
