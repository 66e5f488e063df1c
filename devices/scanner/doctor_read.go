package scanner

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// unitForm says what a unit of a read was.
type unitForm uint8

const (
	formKey  unitForm = iota // a key: the layout makes its character
	formChar                 // a character of the toolkit
	formByte                 // a byte of a port
	formAlt                  // made by Alt and digits
	formEnd                  // Enter, Tab, CR or LF
)

// unit is one character of a read, as it came.
type unit struct {
	code int
	mods mods
	char rune // of all forms but formKey
	form unitForm
	at   time.Time
	key  int // how many keys had gone down with it
}

// read is what came between two silences.
type read struct {
	units []unit
	keys  int  // how many went down, modifiers among them
	whole bool // a code from a decoder that needs no suffix
}

// endOf returns the end that Ctrl and a letter stand for: Ctrl+M, Ctrl+J, Ctrl+I
// by their places on a US keyboard, 0 for none.
func endOf(u unit) rune {
	if !u.mods.ctrl || u.mods.alt || u.mods.altGr {
		return 0
	}
	switch u.code {
	case 58:
		return '\r'
	case 44:
		return '\n'
	case 31:
		return '\t'
	}
	return 0
}

// body is the read without its suffix of ends.
func (r read) body() []unit {
	n := len(r.units)
	for n > 0 && r.units[n-1].form == formEnd {
		n--
	}
	return r.units[:n]
}

// ends is the suffix of ends.
func (r read) ends() string {
	var s strings.Builder
	for _, u := range r.units[len(r.body()):] {
		s.WriteRune(u.char)
	}
	return s.String()
}

// text is the body as a layout makes it.
func (r read) text(l Layout) string {
	var chars []rune
	var bytes []byte
	for _, u := range r.body() {
		switch u.form {
		case formKey:
			if c, ok := l.sent(u.code, u.mods); ok {
				chars = append(chars, c)
			}
		case formByte:
			bytes = append(bytes, byte(u.char))
		default:
			chars = append(chars, u.char)
		}
	}
	return string(append(Accents(chars), bytes...))
}

// typed reports whether the read came as keys.
func (r read) typed() bool { return r.keys > 0 }

// same reports whether two reads are the same keys or characters, whatever their times.
func (r read) same(o read) bool {
	return slices.EqualFunc(r.units, o.units, func(a, b unit) bool {
		return a.code == b.code && a.mods == b.mods && a.char == b.char
	})
}

// cut splits a read where nothing came for longer than a limit.
func (r read) cut(limit time.Duration) []read {
	var parts []read
	from := 0
	for i := 1; i <= len(r.units); i++ {
		if i < len(r.units) && r.units[i].at.Sub(r.units[i-1].at) <= limit {
			continue
		}
		parts = append(parts, read{units: r.units[from:i], keys: r.keys, whole: r.whole})
		from = i
	}
	return parts
}

// gap is what a key takes on average: of the keys without a modifier, as
// modifiers may come at once with their key and a code of digits has none.
func (r read) gap() time.Duration {
	sum, n := time.Duration(0), 0
	for i := 1; i < len(r.units); i++ {
		if r.units[i].key == r.units[i-1].key+1 {
			sum, n = sum+max(r.units[i].at.Sub(r.units[i-1].at), 0), n+1
		}
	}
	if first, last := r.units[0], r.units[len(r.units)-1]; n == 0 {
		sum, n = last.at.Sub(first.at), last.key-first.key
	}
	return sum / time.Duration(max(n, 1))
}

// judge says what a read is and keeps what it teaches.
func (d *Doctor) judge(r read) {
	layout := d.likeliest(r)
	d.shown = readable(r, layout)
	if i := d.lineOf(r); i >= 0 {
		d.lines[i].good = keep(d.lines[i].good, d.pure(r, i))
		d.lines[i].suspect = read{}
		d.best = d.chosen()
		d.say(ReadGood, i, "Line {n} was read.")
		return
	}
	i, part := d.partOf(r)
	switch {
	case i < 0:
		d.say(ReadForeign, -1, "This is not on the sheet. Scan a line of the sheet.")
	case part:
		d.say(ReadPart, i, "Only part of line {n} was read. Scan it again.")
	case d.lines[i].suspect.same(r):
		d.lines[i].wrong = keep(d.lines[i].wrong, r)
		d.best = d.chosen()
		d.say(ReadFaulty, i, "Line {n} had the same wrong characters again: that is how the scanner sends it.")
	default:
		d.lines[i].suspect = r
		d.say(ReadWrong, i, "Line {n} had wrong characters. Scan it again.")
	}
}

func (d *Doctor) say(kind WordsKind, line int, phrase string) {
	d.said = Words{Kind: kind, Line: line, Text: Text{phrase, []string{"n", strconv.Itoa(line + 1)}}}
}

// lineOf returns the line that a read holds under any layout, -1 for none.
func (d *Doctor) lineOf(r read) int {
	for _, b := range d.boards {
		text := r.text(b.layout)
		for i, c := range d.sheet {
			if _, ok := c.in(text); ok {
				return i
			}
		}
	}
	return -1
}

// pure leaves out what a person typed before or after a line: keys that are
// set apart by a gap.
func (d *Doctor) pure(r read, line int) read {
	if !r.typed() {
		return r
	}
	for _, limit := range []time.Duration{40, 80, 150, 300} {
		parts := r.cut(limit * time.Millisecond)
		if len(parts) == 1 {
			return r
		}
		for _, part := range parts {
			if d.lineOf(part) == line {
				return part
			}
		}
	}
	return r
}

// shortestPart is how many characters of a line are taken for a part of it.
const shortestPart = 6

// partOf finds the line that a read is a part of, or else the one that it comes
// nearest to when it has the mark of the sheet; -1 for none.
func (d *Doctor) partOf(r read) (line int, part bool) {
	line, most := -1, 0
	for _, b := range d.boards {
		text := r.text(b.layout)
		low := lower(text)
		marked := strings.Contains(low, lower(sheetMark))
		for i, c := range d.sheet {
			data, mark := lower(c.Data), lower(sheetMark)+fmt.Sprint(i+1)
			if at := strings.Index(low, mark); at >= 0 && strings.HasPrefix(data[strings.Index(data, mark):], low[at:]) {
				return i, true
			}
			if len(low) >= shortestPart && strings.Contains(data, low) {
				return i, true
			}
			if !marked {
				continue
			}
			alike := len(c.Data) - len(missing(c.Data, text))
			if near := 2000 * alike / (len(c.Data) + len(text)); near > most {
				line, most = i, near
			}
		}
	}
	return line, false
}

// likeliest is the layout under which a read is a line of the sheet; where it
// is none, the one that the lines read so far speak for.
func (d *Doctor) likeliest(r read) Layout {
	for _, b := range append([]namedLayout{d.best}, d.boards...) {
		for _, c := range d.sheet {
			if _, ok := c.in(r.text(b.layout)); ok {
				return b.layout
			}
		}
	}
	return d.best.layout
}

// readable writes a read for people.
func readable(r read, l Layout) string {
	const most = 160
	names := map[rune]string{'\r': "<Enter>", '\n': "<LF>", '\t': "<Tab>", gs: "<GS>"}
	var s strings.Builder
	for n, c := range []rune(r.text(l) + r.ends()) {
		switch name := names[c]; {
		case n == most:
			return s.String() + "…"
		case name != "":
			s.WriteString(name)
		case c < ' ' || c == 0x7F:
			fmt.Fprintf(&s, "<%02X>", c)
		default:
			s.WriteRune(c)
		}
	}
	return s.String()
}
