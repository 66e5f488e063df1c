package scanner

import (
	"slices"
	"strings"
	"time"
)

// Limits of the doctor.
const (
	// doctorSilence ends what is read: slow scanners take their time, and the
	// next line of a sheet is not scanned as fast as that.
	doctorSilence = 400 * time.Millisecond
	// longestRead bounds what one read may be, in keys or bytes.
	longestRead = 2048
	// keptReads bounds how many reads of one line are kept: the newest.
	keptReads = 4
)

// Doctor learns how one scanner is set up from the lines of the Sheet, scanned
// in any order and any number of times. It takes keys with their runes, the
// bytes of a port, or whole codes, and opens nothing and keeps no time itself.
// Typing, other codes and parts of lines teach it nothing.
type Doctor struct {
	sheet  []SheetCode
	boards []namedLayout
	best   namedLayout // the one that the reads so far speak for
	held   read        // what has come since the last silence
	last   time.Time
	ticks  int
	down   map[int]bool
	keyed  bool   // the window gives keys
	alt    []byte // digits typed under Alt
	lines  []lineReads
	shown  string // the last raw read
	said   Words
	caps   bool // Caps Lock is on at the computer
}

type namedLayout struct {
	name   string
	layout Layout
}

// lineReads are the reads of one line: those that can be understood under some
// layout, or else those that came wrong in the same way twice.
type lineReads struct {
	good, wrong []read
	suspect     read // came wrong once
}

// Words say what became of the last read, and which line it belongs to.
type Words struct {
	Kind WordsKind
	Line int // index into Sheet, -1 for none
	Text Text
}

// Text is a sentence with its arguments in braces by their names, so that it can be told
// in other languages. An argument may be words too.
type Text struct {
	Phrase string
	Args   []string // each behind its name
}

// String is the sentence in English.
func (t Text) String() string {
	var marks []string
	for i := 0; i+1 < len(t.Args); i += 2 {
		marks = append(marks, "{"+t.Args[i]+"}", t.Args[i+1])
	}
	return strings.NewReplacer(marks...).Replace(t.Phrase)
}

// WordsKind tells the kinds of Words apart.
type WordsKind string

// The kinds of Words.
const (
	ReadNothing WordsKind = ""        // nothing has come yet
	ReadGood    WordsKind = "good"    // a line of the sheet
	ReadPart    WordsKind = "part"    // a part of a line: scan it again
	ReadWrong   WordsKind = "wrong"   // a line with characters that should not be: scan it again
	ReadFaulty  WordsKind = "faulty"  // the same again: the scanner sends it so
	ReadForeign WordsKind = "foreign" // no line of the sheet
)

// LineState says how far a line of the sheet is.
type LineState string

// The states of a line.
const (
	LineWaiting LineState = "waiting"
	LineAgain   LineState = "again" // it was read, but not well
	LineDone    LineState = "done"
)

// Line is a line of the sheet and how far it is.
type Line struct {
	SheetCode
	State LineState
}

// Progress is what the screen shows while the sheet is scanned.
type Progress struct {
	Lines []Line
	Next  int    // index of the line to scan next, -1 when all are done
	Ready bool   // every line is done that every scanner can read: Result is whole
	Last  string // the last read in readable form
	Words Words  // what became of it
}

// NewDoctor returns a doctor that has seen nothing. It is for one device.
func NewDoctor() *Doctor {
	d := &Doctor{sheet: Sheet(), down: map[int]bool{}, said: Words{Line: -1}}
	d.lines = make([]lineReads, len(d.sheet))
	for _, b := range boards() {
		d.boards = append(d.boards, namedLayout{b.name, b.layout()})
	}
	d.best = d.boards[0]
	return d
}

// Key takes a key going down or up, as Wedge does.
func (d *Doctor) Key(k Key) {
	if k.Code <= 0 {
		return
	}
	d.last, d.ticks, d.keyed = k.At, 0, true
	if !k.Down {
		delete(d.down, k.Code)
		if isAlt(k.Code) {
			d.endAlt()
		}
		return
	}
	d.down[k.Code] = true
	if isModifier(k.Code) {
		d.held.keys++
		d.bound()
		return
	}
	m := mods{
		shift: d.down[keyLeftShift] || d.down[keyRightShift],
		ctrl:  d.down[keyLeftCtrl] || d.down[keyRightCtrl],
		alt:   d.down[keyLeftAlt],
		altGr: d.down[keyRightAlt],
	}
	digit := keypad[k.Code]
	u := unit{code: k.Code, mods: m, at: k.At, form: formKey}
	switch {
	case k.Code == keyCapsLock, k.Code == keyNumLock, k.Code == keyScrollLock:
		return
	case k.Code == KeyEnter || k.Code == KeyPadEnter:
		u.char, u.form = '\r', formEnd
	case k.Code == KeyTab:
		u.char, u.form = '\t', formEnd
	case (m.alt || m.altGr) && digit >= '0' && len(d.alt) < 4:
		d.alt = append(d.alt, byte(digit))
		d.held.keys++
		d.bound()
		return
	}
	d.add(u)
}

// Rune takes the character that the toolkit made of the key before it. Only
// from a window that gives no keys is it what the scanner sent.
func (d *Doctor) Rune(r rune, at time.Time) {
	if n := len(d.held.units); n > 0 && d.held.units[n-1].form == formKey {
		u := d.held.units[n-1]
		if isLetter(byte(r)) && r < 0x80 {
			d.caps = (r < 'a') != u.mods.shift
		}
		return
	}
	if d.keyed { // this is of a key that is no character
		return
	}
	d.last, d.ticks = at, 0
	form := formChar
	if r == '\r' || r == '\n' || r == '\t' {
		form = formEnd
	}
	d.add(unit{char: r, form: form, at: at})
}

// Bytes takes the bytes of one read of a port.
func (d *Doctor) Bytes(data []byte, at time.Time) {
	d.last, d.ticks = at, 0
	for _, b := range data {
		form := formByte
		if b == '\r' || b == '\n' || b == '\t' {
			form = formEnd
		}
		d.add(unit{char: rune(b), form: form, at: at})
	}
}

// Code takes a whole code of a decoder that needs no learning, such as a HID-POS
// scanner's: it has no suffix, and its AIM identifier is known.
func (d *Doctor) Code(f Frame) {
	d.flush()
	for _, b := range []byte(f.AIM + string(f.Data)) {
		d.add(unit{char: rune(b), form: formByte, at: f.At})
	}
	d.held.whole = true
	d.flush()
}

// Tick tells the time after a turn that brought nothing, as for Wedge.
func (d *Doctor) Tick(now time.Time) {
	d.ticks++
	if d.ticks >= 2 && now.Sub(d.last) >= doctorSilence {
		d.flush()
	}
}

// endAlt makes the digits typed under Alt the character that they stand for.
func (d *Doctor) endAlt() {
	code := 0
	for _, digit := range d.alt {
		code = code*10 + int(digit-'0')
	}
	if n := len(d.alt); n >= 2 && code > 0 && code < 256 {
		d.add(unit{char: rune(code), form: formAlt, at: d.last})
	}
	d.alt = d.alt[:0]
}

// add puts a unit at the end of what is held. After the end of a code a new one
// begins.
func (d *Doctor) add(u unit) {
	if end := endOf(u); u.form == formKey && end != 0 {
		u.char, u.form = end, formEnd
	}
	if n := len(d.held.units); n > 0 && u.form != formEnd && d.held.units[n-1].form == formEnd {
		keys := d.held.keys - d.held.units[n-1].key // the modifiers of this key
		d.flush()
		d.held.keys = keys
	}
	if u.code > 0 || u.form == formChar {
		d.held.keys++
	}
	u.key = d.held.keys
	d.held.units = append(d.held.units, u)
	d.bound()
}

// bound drops what is longer than any line could be.
func (d *Doctor) bound() {
	if len(d.held.units) > longestRead || d.held.keys > 4*longestRead {
		d.held = read{}
	}
}

// flush judges what has come.
func (d *Doctor) flush() {
	r := d.held
	d.held = read{}
	d.alt = d.alt[:0]
	if len(r.body()) > 0 {
		d.judge(r)
	}
}

// Progress returns which lines are done and what became of the last read.
func (d *Doctor) Progress() Progress {
	p := Progress{Next: -1, Ready: true, Last: d.shown, Words: d.said}
	for i, c := range d.sheet {
		line := Line{SheetCode: c, State: LineWaiting}
		switch l := d.lines[i]; {
		case len(l.good) > 0 || len(l.wrong) > 0:
			line.State = LineDone
		case len(l.suspect.units) > 0:
			line.State = LineAgain
		}
		if line.State != LineDone {
			if p.Next < 0 {
				p.Next = i
			}
			p.Ready = p.Ready && c.Optional
		}
		p.Lines = append(p.Lines, line)
	}
	return p
}

// keep puts a read to the others of its line, the oldest falling out.
func keep(reads []read, r read) []read {
	reads = append(reads, r)
	return slices.Clip(reads[max(0, len(reads)-keptReads):])
}
