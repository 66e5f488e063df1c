package ui

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"packbench/assets/fonts"
	"packbench/labels"
	"packbench/station"
	"packbench/station/screen"
)

// capHeight is the height of a capital as a share of the type size, in the
// toolkit's own font.
const capHeight = 0.714

// align says where a text stands in its place.
type align uint8

const (
	alignLeft align = iota
	alignCentre
	alignRight
)

// style is how a text looks.
type style struct {
	size  float32 // design units
	least float32 // how small it may become to fit, 0: not smaller
	bold  bool
	mono  bool // all characters as wide: bytes, lines to run
	// counts is said of a large text whose numbers change with every scan. The toolkit
	// makes a picture of each text that it has not drawn yet, which takes as long as the
	// rest of a frame: so each digit is a text of its own, and the ten are soon there.
	counts bool
	brief  bool // said whole elsewhere: it may be cut
	align  align
	color  screen.RGB
}

func (s style) face() fyne.TextStyle { return fyne.TextStyle{Bold: s.bold, Monospace: s.mono} }

// script is which font a run of text needs.
type script uint8

const (
	latin script = iota // the theme's font by itself: Latin, Greek, Cyrillic
	other               // whatever the toolkit finds, in the fonts of the system too
	hebrew
	arabic
	han
)

// fitter measures texts and remembers what fitted; and it holds the fonts for
// scripts that the toolkit's own font lacks, read when first needed.
type fitter struct {
	sources map[script]fyne.Resource
	fits    map[fitKey]fit
	tries   bool                 // a page is drawn at one size after another
	widths  map[widthKey]float32 // at the size of measuredAt
}

type widthKey struct {
	text string
	face fyne.TextStyle
}

const measuredAt = 64 // pixels

type fitKey struct {
	text  string
	size  float32
	least float32
	width float32
	face  fyne.TextStyle
}

type fit struct {
	text string
	size float32
	wide float32
}

// maxFits bounds what a fitter remembers.
const maxFits = 4096

func newFitter() *fitter {
	return &fitter{sources: map[script]fyne.Resource{}, fits: map[fitKey]fit{}, widths: map[widthKey]float32{}}
}

func scriptOf(r rune) script {
	switch {
	case r >= 0x0590 && r <= 0x05FF:
		return hebrew
	case r >= 0x0600 && r <= 0x06FF:
		return arabic
	case r >= 0x2E80 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7AF, r >= 0xF900 && r <= 0xFAFF, r >= 0xFF00 && r <= 0xFFEF, r >= 0x20000 && r <= 0x2FFFF:
		return han
	case r < 0x0530, r >= 0x1E00 && r <= 0x1EFF, r >= 0x2010 && r <= 0x2027, r >= 0x20A0 && r <= 0x20BF:
		return latin
	}
	return other
}

type run struct {
	text   string
	script script
}

// runs cuts a text where its font changes, or the way that it is read, in the order in
// which they stand from left to right; most texts are one run.
func runs(text string) []run {
	if !strings.ContainsFunc(text, toLeft) {
		return fonted(text)
	}
	var out []run
	for _, piece := range labels.Turned(text) {
		parts := fonted(piece)
		if strings.ContainsFunc(piece, toLeft) {
			slices.Reverse(parts)
		}
		out = append(out, parts...)
	}
	return out
}

// toLeft reports whether a letter is read from right to left.
func toLeft(r rune) bool { s := scriptOf(r); return s == hebrew || s == arabic }

// fonted cuts a text where its font changes.
func fonted(text string) []run {
	text = strings.ReplaceAll(text, "і", "i") // the toolkit's font draws the Cyrillic letter without its dot
	var out []run
	start, now := 0, latin
	for i, r := range text {
		if i > 0 && (r == ' ' || now == arabic && !unicode.IsLetter(r) && !unicode.IsDigit(r)) {
			continue
		}
		s := scriptOf(r)
		if i == 0 {
			now = s
		}
		if s != now {
			out = append(out, run{text[start:i], now})
			start, now = i, s
		}
	}
	return append(out, run{text[start:], now})
}

// digits cuts each digit off what stands around it.
func digits(whole []run) []run {
	var out []run
	for _, r := range whole {
		start := 0
		for i := 1; i < len(r.text) && r.script == latin; i++ {
			if isDigit(r.text[i]) || isDigit(r.text[i-1]) {
				out, start = append(out, run{r.text[start:i], latin}), i
			}
		}
		out = append(out, run{r.text[start:], r.script})
	}
	return out
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// source is the font of a script, nil for the toolkit's search. Latin names its
// font, so that a start does not wait for that search: it reads the fonts of
// the whole system.
func (f *fitter) source(s script, face fyne.TextStyle) fyne.Resource {
	switch s {
	case latin:
		return theme.Current().Font(face)
	case other:
		return nil
	}
	if r, ok := f.sources[s]; ok {
		return r
	}
	name := fonts.Fallback
	switch s {
	case hebrew:
		name = fonts.Sans
	case arabic:
		name = fonts.Wide
	}
	var r fyne.Resource
	if data, err := fonts.Bytes(name); err == nil {
		r = fyne.NewStaticResource(string(name)+".ttf", data)
	}
	f.sources[s] = r
	return r
}

// width measures a text in pixels. The toolkit draws letters at whole pixels, and a text is
// nearly as many times wider as they are larger: where a page is tried at many sizes, it is
// measured once.
func (f *fitter) width(text string, pixels float32, face fyne.TextStyle) float32 {
	if !f.tries {
		return f.measured(text, pixels, face)
	}
	key := widthKey{text, face}
	wide, known := f.widths[key]
	if !known {
		if len(f.widths) >= maxFits {
			clear(f.widths)
		}
		wide = f.measured(text, measuredAt, face)
		f.widths[key] = wide
	}
	return wide * float32(math.Ceil(float64(pixels))) / measuredAt
}

func (f *fitter) measured(text string, pixels float32, face fyne.TextStyle) (wide float32) {
	for _, r := range runs(text) {
		size, _ := fyne.CurrentApp().Driver().RenderedTextSize(r.text, pixels, face, f.source(r.script, face))
		wide += size.Width
	}
	return wide
}

// fit makes a text no wider than width pixels: smaller first, then cut.
func (f *fitter) fit(text string, size, least, width float32, face fyne.TextStyle) fit {
	key := fitKey{text, size, least, width, face}
	if done, ok := f.fits[key]; ok {
		return done
	}
	if len(f.fits) >= maxFits {
		clear(f.fits)
	}
	out := fit{text, size, f.width(text, size, face)}
	for out.wide > width && least > 0 && least < out.size {
		out.size = max(least, min(out.size*0.98, out.size*width/out.wide))
		out.wide = f.width(text, out.size, face)
	}
	if out.wide > width {
		letters := []rune(text)
		low, high := 0, len(letters)
		for low < high {
			mid := (low + high + 1) / 2
			if f.width(cut(letters, mid), out.size, face) <= width {
				low = mid
			} else {
				high = mid - 1
			}
		}
		out.text = cut(letters, low)
		out.wide = f.width(out.text, out.size, face)
	}
	f.fits[key] = out
	return out
}

func cut(letters []rune, n int) string {
	return strings.TrimRight(string(letters[:n]), " ,") + "…"
}

// text writes one line in the middle of the place's height and gives how wide
// it became.
func (p *pen) text(r rect, text string, s style) float32 {
	if text = station.Visible(text); text == "" {
		return 0
	}
	if r.w <= 0 {
		p.lost(text)
		return 0
	}
	done := p.ui.fitted.fit(text, s.size*p.k, p.least(s)*p.k, r.w*p.k, s.face())
	if done.text != text && p.ui.scale > 1 && !s.brief && s.align != alignCentre && r.h >= 2*leading*p.least(s) {
		return p.folded(r, text, s)
	}
	x := r.x * p.k
	switch s.align {
	case alignCentre:
		x += (r.w*p.k - done.wide) / 2
	case alignRight:
		x += r.w*p.k - done.wide
	}
	middle := (r.y + r.h/2) * p.k
	p.g.marks = append(p.g.marks, mark{text, rect{x, middle - done.size*capHeight/2, done.wide, done.size * capHeight}, done.text != text && !s.brief})
	parts := runs(done.text)
	if s.counts {
		parts = digits(parts)
	}
	for _, part := range parts {
		x += p.letters(part, x, middle, done.size, s)
	}
	return done.wide / p.k
}

// wide measures a text in design units.
func (p *pen) wide(text string, s style) float32 {
	return p.ui.fitted.width(text, s.size*p.k, s.face()) / p.k
}

// fitting is the size at which a text fits a width, not below the least: texts side by
// side are written in the smallest of theirs (V33).
func (p *pen) fitting(text string, width float32, s style) float32 {
	if wide := p.wide(text, s); wide > width {
		return max(s.size*width/wide*0.99, s.least)
	}
	return s.size
}

// letters draws one run with its capitals around the middle, and gives its
// width in pixels.
func (p *pen) letters(part run, x, middle, size float32, s style) float32 {
	source := p.ui.fitted.source(part.script, s.face())
	look := s.face()
	box, base := fyne.CurrentApp().Driver().RenderedTextSize(part.text, size, look, source)
	o, fresh := take(p.g, func() *canvas.Text { return canvas.NewText(part.text, ink(s.color)) })
	changed := fresh || o.Text != part.text || o.TextSize != size || o.TextStyle != look || o.Color != ink(s.color) || o.FontSource != source
	o.Text, o.TextSize, o.TextStyle, o.Color, o.FontSource = part.text, size, look, ink(s.color), source
	o.Move(fyne.NewPos(x, middle+size*capHeight/2-base))
	o.Resize(box)
	if changed {
		o.Refresh()
	}
	return box.Width
}
