package scanner_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/devices/scanner"
)

// gun is a simulated scanner.
type gun struct {
	layout string // of its keyboard; "" is us
	prefix string
	suffix string
	gs     string // how it sends GS: "ctrl", "f8", "alt", "drop", else the text in its place
	gap    time.Duration
	aim    string // "aim", "own" for the maker's letters, "early" for before the prefix, "" for none
	letter func(string) string
	alt    bool           // every character as Alt and its number
	board  scanner.Layout // a keyboard of its own
	caps   bool           // Caps Lock is on at the computer
	serial bool
}

// text is what the scanner sends of a code, without its suffix.
func (g gun) text(c scanner.SheetCode) string {
	ids := map[string]map[string]string{
		"aim": {"code128": "]C0", "gs1-128": "]C1", "qr": "]Q1"},
		"own": {"code128": "j", "gs1-128": "I", "qr": "s"},
	}
	data := c.Data
	if g.letter != nil {
		data = g.letter(data)
	}
	switch g.aim {
	case "aim", "own":
		return g.prefix + ids[g.aim][c.Symbology] + data
	case "early":
		return ids["aim"][c.Symbology] + g.prefix + data
	}
	return g.prefix + data
}

// taker is what takes keys: a doctor or a wedge.
type taker interface {
	key(scanner.Key)
	tick(time.Time)
	bytes([]byte, time.Time)
}

// bench feeds a taker as a window or a port would.
type bench struct {
	to  taker
	now time.Time
}

// wait lets time pass, with a turn of the window every 16 ms.
func (b *bench) wait(d time.Duration) {
	const turn = 16 * time.Millisecond
	end := b.now.Add(d)
	for next := b.now.Truncate(turn).Add(turn); !next.After(end); next = next.Add(turn) {
		b.now = next
		b.to.tick(b.now)
	}
	b.now = end
}

// chord presses keys together and lets them go.
func (b *bench) chord(gap time.Duration, codes ...int) {
	for _, code := range codes {
		b.to.key(scanner.Key{Code: code, Down: true, At: b.now})
	}
	for _, code := range slices.Backward(codes) {
		b.to.key(scanner.Key{Code: code, At: b.now})
	}
	b.wait(gap)
}

// scan sends one code of the sheet.
func (b *bench) scan(g gun, c scanner.SheetCode) { b.send(g, g.text(c)) }

func (b *bench) send(g gun, text string) {
	if g.serial {
		text = strings.ReplaceAll(text, "\x1d", map[string]string{"": "\x1d", "drop": ""}[g.gs]+strings.TrimPrefix(g.gs, "drop"))
		b.to.bytes([]byte(text+g.suffix), b.now)
		b.wait(time.Second)
		return
	}
	layout := g.board
	if layout == nil {
		layout, _ = scanner.FindLayout(g.layout)
	}
	for _, c := range text + g.suffix {
		switch {
		case c == '\r':
			b.chord(g.gap, scanner.KeyEnter)
		case c == '\t':
			b.chord(g.gap, scanner.KeyTab)
		case c == '\n':
			b.chord(g.gap, 37, 44)
		case c == '\x02':
			b.chord(g.gap, 37, 56)
		case c == '\x1d':
			b.separator(g, layout)
		case g.alt:
			b.numbered(g.gap, c)
		default:
			b.char(g.gap, layout, c)
		}
	}
	b.wait(time.Second)
}

func (b *bench) separator(g gun, layout scanner.Layout) {
	switch g.gs {
	case "", "ctrl":
		b.chord(g.gap, 37, 35)
	case "f8":
		b.chord(g.gap, scanner.KeyF8)
	case "alt":
		b.numbered(g.gap, 0x1D)
	case "drop":
	default:
		for _, c := range g.gs {
			b.char(g.gap, layout, c)
		}
	}
}

func (b *bench) char(gap time.Duration, layout scanner.Layout, c rune) {
	way, ok := chordOf(layout, c)
	if !ok {
		return
	}
	var codes []int
	if way.shift {
		codes = append(codes, 50)
	}
	if way.altGr {
		codes = append(codes, 108)
	}
	b.chord(gap, append(codes, way.code)...)
	if way.accent {
		b.chord(gap, 65)
	}
}

// numbered types a character as Alt and its number on the keypad.
func (b *bench) numbered(gap time.Duration, c rune) {
	pad := map[rune]int{'0': 90, '1': 87, '2': 88, '3': 89, '4': 83, '5': 84, '6': 85, '7': 79, '8': 80, '9': 81}
	b.to.key(scanner.Key{Code: 64, Down: true, At: b.now})
	for _, digit := range fmt.Sprintf("%03d", c) {
		b.chord(gap, pad[digit])
	}
	b.to.key(scanner.Key{Code: 64, At: b.now})
	b.wait(gap)
}

// window hands keys on by turns, as late as they come: all with the time of
// the turn. While it stalls it hands on nothing.
type window struct {
	to    taker
	queue []scanner.Key
	stall time.Time // until then
}

func (w *window) key(k scanner.Key)              { w.queue = append(w.queue, k) }
func (w *window) bytes(data []byte, t time.Time) { w.to.bytes(data, t) }
func (w *window) tick(now time.Time) {
	if now.Before(w.stall) {
		return
	}
	for _, k := range w.queue {
		k.At = now
		w.to.key(k)
	}
	w.queue = nil
	w.to.tick(now)
}

type patient struct{ *scanner.Doctor }

func (p patient) key(k scanner.Key)              { p.Key(k) }
func (p patient) tick(now time.Time)             { p.Tick(now) }
func (p patient) bytes(data []byte, t time.Time) { p.Bytes(data, t) }

// worker is a wedge or a framer at work.
type worker struct {
	wedge  *scanner.Wedge
	framer *scanner.Framer
	frames []scanner.Frame
	typed  int
}

func (w *worker) take(outs []scanner.Out) {
	for _, o := range outs {
		if o.Frame != nil {
			w.frames = append(w.frames, *o.Frame)
		}
		w.typed += len(o.Typed)
	}
}
func (w *worker) key(k scanner.Key) { w.take(w.wedge.Key(k)) }
func (w *worker) tick(now time.Time) {
	w.take(w.wedge.Tick(now))
	w.frames = append(w.frames, w.framer.Silence(now)...)
}

func (w *worker) bytes(data []byte, t time.Time) {
	w.frames = append(w.frames, w.framer.Feed(data, t)...)
}
