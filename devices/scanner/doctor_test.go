package scanner_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

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

func (b *bench) wait(d time.Duration) {
	const turn = 16 * time.Millisecond
	for end := b.now.Add(d); b.now.Before(end); {
		b.now = b.now.Add(min(turn, end.Sub(b.now)))
		b.to.tick(b.now)
	}
}

// chord presses keys together and lets them go.
func (b *bench) chord(gap time.Duration, codes ...int) {
	for _, code := range codes {
		b.to.key(scanner.Key{Code: code, Down: true, At: b.now})
	}
	for _, code := range slices.Backward(codes) {
		b.to.key(scanner.Key{Code: code, At: b.now})
	}
	b.pass(gap)
}

// pass lets time pass between keys, with turns only when there is time for one.
func (b *bench) pass(gap time.Duration) {
	if gap >= 16*time.Millisecond {
		b.wait(gap)
		return
	}
	b.now = b.now.Add(gap)
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
	b.pass(gap)
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

// calibrate scans the whole sheet.
func calibrate(g gun) *scanner.Doctor {
	d := scanner.NewDoctor()
	b := &bench{to: patient{d}, now: zero}
	if g.caps {
		b.chord(0, 66)
	}
	for _, c := range scanner.Sheet() {
		b.scan(g, c)
	}
	return d
}

func advised(r scanner.Result) string {
	var names []string
	for _, a := range r.Advice {
		names = append(names, a.Name)
	}
	return strings.Join(names, " ")
}

// reads says with an error which codes of the sheet a scanner with the learnt
// options does not give exactly.
func reads(t *testing.T, g gun, o scanner.Options) {
	t.Helper()
	w := &worker{wedge: scanner.NewWedge(o), framer: scanner.NewFramer(o)}
	b := &bench{to: w, now: zero}
	for _, c := range scanner.Sheet() {
		w.frames, w.typed = nil, 0
		b.scan(g, c)
		if o.GS != "" && o.GS != "{GS}" && strings.Contains(c.Data, o.GS) {
			continue // the advice says that this one is lost
		}
		if len(w.frames) != 1 || string(w.frames[0].Data) != c.Data || w.typed != 0 || o.AIM != (w.frames[0].AIM != "") {
			t.Errorf("%s: came as %q with %d keys typed, want %q", c.Title, show(w.frames), w.typed, c.Data)
		}
	}
}

func TestDoctorLearnsEverySetting(t *testing.T) {
	ms := time.Millisecond
	for name, c := range map[string]struct {
		gun    gun
		want   scanner.Result // without Typed, KeyGap, PerKey
		advice string
		exact  bool // the learnt options read the sheet
	}{
		"as it should be":  {gun{suffix: "\r", aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "", true},
		"as shipped":       {gun{suffix: "\r", gs: "drop", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "dropped"}, "gs-dropped aim", false},
		"F8, Tab":          {gun{suffix: "\t", gs: "f8", aim: "aim", gap: 4 * ms}, scanner.Result{Layout: "us", Suffix: "\t", Separator: "F8", AIM: true}, "", true},
		"Alt+029":          {gun{suffix: "\r\n", gs: "alt", aim: "aim", gap: 3 * ms}, scanner.Result{Layout: "us", Suffix: "\r\n", Separator: "Alt+029", AIM: true}, "", true},
		"replaced":         {gun{suffix: "\r", gs: "{GS}", aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "replaced", GS: "{GS}", AIM: true}, "gs-replaced", true},
		"replaced by ~":    {gun{suffix: "\r", gs: "~", aim: "aim", gap: 8 * ms, layout: "de"}, scanner.Result{Layout: "de", Suffix: "\r", Separator: "replaced", GS: "~", AIM: true}, "gs-replaced layout", true},
		"prefix":           {gun{suffix: "\r", prefix: "~", aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Prefix: "~", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "", true},
		"prefix STX":       {gun{suffix: "\r", prefix: "\x02", gap: 8 * ms}, scanner.Result{Layout: "us", Prefix: "\x02", Suffix: "\r", Separator: "Ctrl+]"}, "aim", true},
		"long prefix, fr":  {gun{suffix: "\r", prefix: "<A1>", aim: "aim", gap: 8 * ms, layout: "fr"}, scanner.Result{Layout: "fr", Prefix: "<A1>", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "layout", true},
		"no suffix":        {gun{gap: 8 * ms, aim: "aim"}, scanner.Result{Layout: "us", Separator: "Ctrl+]", AIM: true}, "suffix", true},
		"suffix of text":   {gun{suffix: "#\r", gap: 8 * ms, aim: "aim"}, scanner.Result{Layout: "us", Suffix: "#\r", Separator: "Ctrl+]", AIM: true}, "suffix-text", false},
		"slow":             {gun{suffix: "\r", gap: 50 * ms, aim: "aim"}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "slow", false},
		"slow with prefix": {gun{suffix: "\r", prefix: "~", gap: 50 * ms, aim: "aim"}, scanner.Result{Layout: "us", Prefix: "~", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "slow", true},
		"the maker's letters": {
			gun{suffix: "\r", aim: "own", gap: 8 * ms},
			scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]"}, "code-id", false,
		},
		"the maker's letters behind a prefix": {
			gun{suffix: "\r", aim: "own", prefix: "~", gap: 8 * ms},
			scanner.Result{Layout: "us", Prefix: "~", Suffix: "\r", Separator: "Ctrl+]"}, "code-id", false,
		},
		"AIM before the prefix": {
			gun{suffix: "\r", aim: "early", prefix: "~", gap: 8 * ms},
			scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "aim-order", false,
		},
		"ALT mode":              {gun{suffix: "\r", alt: true, aim: "aim", gap: 2 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "alt", true},
		"letters turned":        {gun{suffix: "\r", letter: swap, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "case-turned", false},
		"capitals only":         {gun{suffix: "\r", letter: strings.ToUpper, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "case-converted", false},
		"small ones only":       {gun{suffix: "\r", letter: strings.ToLower, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "case-converted", false},
		"Caps Lock is on":       {gun{suffix: "\r", caps: true, aim: "aim", gap: 8 * ms}, scanner.Result{Layout: "us", Suffix: "\r", Separator: "Ctrl+]", AIM: true}, "", true},
		"serial":                {gun{serial: true, suffix: "\r\n", aim: "aim"}, scanner.Result{Suffix: "\r\n", Separator: "0x1D", AIM: true}, "", true},
		"serial, no suffix":     {gun{serial: true, prefix: "\x02"}, scanner.Result{Prefix: "\x02", Separator: "0x1D"}, "suffix aim", true},
		"serial, ETX":           {gun{serial: true, prefix: "\x02", suffix: "\x03", aim: "aim"}, scanner.Result{Prefix: "\x02", Suffix: "\x03", Separator: "0x1D", AIM: true}, "suffix-text", false},
		"serial, GS dropped":    {gun{serial: true, suffix: "\r", gs: "drop", aim: "aim"}, scanner.Result{Suffix: "\r", Separator: "dropped", AIM: true}, "gs-dropped", false},
		"serial, GS replaced":   {gun{serial: true, suffix: "\r", gs: "{GS}", aim: "aim"}, scanner.Result{Suffix: "\r", Separator: "replaced", GS: "{GS}", AIM: true}, "gs-replaced", true},
		"serial, small letters": {gun{serial: true, suffix: "\r", letter: strings.ToLower, aim: "aim"}, scanner.Result{Suffix: "\r", Separator: "0x1D", AIM: true}, "case-converted", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := calibrate(c.gun)
			if p := d.Progress(); !p.Ready || p.Next != -1 {
				t.Fatalf("not ready: %+v", p)
			}
			got := d.Result()
			check(t, got, c.want, c.advice, c.gun)
			if c.exact {
				reads(t, c.gun, got.Options())
			}
		})
	}
}

func check(t *testing.T, got, want scanner.Result, advice string, g gun) {
	t.Helper()
	if advised(got) != advice {
		t.Errorf("advice %q, want %q", advised(got), advice)
	}
	if !g.serial && !g.alt && (got.KeyGap < g.gap/2 || got.KeyGap > g.gap) {
		t.Errorf("a key takes %v, sent at %v", got.KeyGap, g.gap)
	}
	limit := 2*g.gap + 10*time.Millisecond
	if g.serial || limit >= 35*time.Millisecond {
		limit = 0
	}
	if got.PerKey != limit && !g.alt {
		t.Errorf("limit of %v a key, sent at %v", got.PerKey, g.gap)
	}
	got.Advice, got.KeyGap, got.PerKey, got.Typed = nil, 0, 0, want.Typed
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("learnt %+v, want %+v", got, want)
	}
}

func swap(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// Every layout with every suffix, prefix and form of GS; pace and identifier
// change with them.
func TestDoctorLearnsEveryCombination(t *testing.T) {
	forms := []scanner.Separator{scanner.SeparatorCtrl, scanner.SeparatorF8, scanner.SeparatorAlt, scanner.SeparatorReplaced}
	n := 0
	for _, layout := range scanner.Layouts() {
		for _, suffix := range []string{"\r", "\t", "\r\n", ""} {
			for _, prefix := range []string{"", "~", "<P>"} {
				for i, gs := range []string{"ctrl", "f8", "alt", "{GS}"} {
					n++
					g := gun{layout: layout, suffix: suffix, prefix: prefix, gs: gs, gap: []time.Duration{1, 8, 17, 30}[n*7%5%4] * time.Millisecond, caps: n%2 == 0}
					if n%3 > 0 {
						g.aim = "aim"
					}
					r := calibrate(g).Result()
					if r.Layout != layout || r.Suffix != suffix || r.Prefix != prefix || r.AIM != (g.aim != "") || r.Wrong != "" || r.Separator != forms[i] {
						t.Fatalf("%+v: learnt %+v", g, r)
					}
					reads(t, g, r.Options())
					if t.Failed() {
						t.Fatalf("with %+v", g)
					}
				}
			}
		}
	}
}
