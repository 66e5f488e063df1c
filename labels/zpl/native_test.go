package zpl_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"

	"packbench/assets/fonts"
	"packbench/labels"
	bars "packbench/labels/barcode"
	"packbench/labels/internal/sample"
	"packbench/labels/zpl"
)

// own is a page's bar codes, and the width that a printer is left with.
var (
	own      = regexp.MustCompile(`^(` + ownField.String() + `)+\^BY2\n$`)
	ownField = regexp.MustCompile(`\^BY(\d+)\^FO(\d+),(\d+)\^BCN,(\d+),N,N,N,N\^FD([^^~\r\n]+)\^FS\n`)
)

// own draws bar codes as the printers' handbook has it, over what is there.
func (p *printed) own(t testing.TB, fields string) {
	t.Helper()
	for _, f := range ownField.FindAllStringSubmatch(fields, -1) {
		module, x, y, high := number(t, f[1]), number(t, f[2]), number(t, f[3]), number(t, f[4])
		if module < 1 || module > 10 || high < 1 || high > 32000 {
			t.Errorf("%q is outside of what a bar code can have", f[0])
		}
		p.native = append(p.native, f[5])
		black := modules(t, f[5])
		if y+high > p.h || x+len(black)*module > p.w {
			t.Fatalf("%q does not stand on the label", f[0])
		}
		for i, dark := range black {
			for at := x + i*module; dark && at < x+(i+1)*module; at++ {
				for row := y; row < y+high; row++ {
					p.bits[row][at/8] |= 0x80 >> (at % 8)
				}
			}
		}
	}
}

// modules are those of the symbol for field data in mode N, check and stop
// character with them.
func modules(t testing.TB, data string) (out []bool) {
	t.Helper()
	var values []int
	for set := byte('B'); data != ""; {
		switch {
		case data[0] == '>' && len(data) > 1:
			switch sign := data[1]; {
			case sign == ';' && len(values) == 0:
				values, set = append(values, 105), 'C'
			case sign == ':' && len(values) == 0:
				values = append(values, 104)
			case len(values) == 0:
				t.Fatalf("a symbol begins with %q: which set is left to the printer", data[:2])
			case sign == '5' && set == 'B':
				values, set = append(values, 99), 'C'
			case sign == '6' && set == 'C':
				values, set = append(values, 100), 'B'
			case sign == '8':
				values = append(values, 102)
			default:
				t.Fatalf("%q in set %c", data[:2], set)
			}
			data = data[2:]
		case len(values) == 0:
			t.Fatalf("%q begins with no start character", data)
		case set == 'C':
			if len(data) < 2 || data[0] < '0' || data[0] > '9' || data[1] < '0' || data[1] > '9' {
				t.Fatalf("%q is no pair of digits", data)
			}
			values, data = append(values, int(data[0]-'0')*10+int(data[1]-'0')), data[2:]
		default:
			if data[0] <= ' ' || data[0] >= 0x7e {
				t.Fatalf("%q is no character of set B", data[0])
			}
			values, data = append(values, int(data[0]-' ')), data[1:]
		}
	}
	sum := 0
	for i, v := range values {
		sum += max(1, i) * v
		out = append(out, pattern(t, v)...)
	}
	out = append(out, pattern(t, sum%103)...)
	return append(out, pattern(t, 106)...)
}

// pattern is a character as the library draws it somewhere in a symbol without
// a check character.
func pattern(t testing.TB, value int) (out []bool) {
	t.Helper()
	text, at, n := fmt.Sprintf("%02d00", value), 1, 11
	switch value {
	case 99:
		text, at = "a0000", 2
	case 100:
		text, at = "0000a", 3
	case 101:
		text, at = "a\r", 2
	case 102:
		text, at = string(code128.FNC1)+"0000", 1
	case 103:
		text, at = "\r", 0
	case 104:
		text, at = "a", 0
	case 105:
		text, at = "0000", 0
	case 106:
		text, at, n = "0000", 3, 13
	}
	code, err := code128.EncodeWithoutChecksum(text)
	if err != nil {
		t.Fatal(err)
	}
	return dark(code)[11*at:][:n]
}

func dark(code barcode.Barcode) (out []bool) {
	for x := range code.Bounds().Dx() {
		r, _, _, _ := code.At(x, 0).RGBA()
		out = append(out, r == 0)
	}
	return out
}

func TestPrintersOwnBarsAreTheDotsOfThePicture(t *testing.T) {
	for i, p := range sample.Profiles() {
		all := layouts(t, p)
		if i == 0 { // cards stand side by side, and hold control characters
			for name, s := range map[string]labels.Sheet{"commands": sample.Commands(), "calibration": sample.Calibration()} {
				l, _, err := labels.CardSheet(s, p)
				if err != nil {
					t.Fatal(err)
				}
				all[name] = l
			}
		}
		for name, l := range all {
			data, err := zpl.EncodeNative(l)
			if err != nil {
				t.Fatal(err)
			}
			pages := read(t, data)
			if len(pages) != len(l.Pages) {
				t.Fatalf("%s: %s: %d labels for %d pages", p.Name, name, len(pages), len(l.Pages))
			}
			drawn := 0
			for i, got := range pages {
				drawn += len(got.native)
				compare(t, fmt.Sprintf("%s: %s, page %d", p.Name, name, i+1), l, i, got)
			}
			if want := map[string]int{"ordinary": 2, "japanese": 2, "bare": 1}[name]; drawn < want {
				t.Errorf("%s: %s: the printer draws %d bar codes itself, want %d", p.Name, name, drawn, want)
			}
		}
	}
}

// label is a small page with one bar code.
func label(t testing.TB, runs bars.Runs, boxes ...labels.Box) labels.Layout {
	t.Helper()
	boxes = append(boxes, labels.Bars{X: 20, Y: 4, Dot: 2, H: 9, Quiet: 10, Runs: runs})
	return labels.Layout{Title: "bars", DPI: 203, W: 2000, H: 20, Pages: []labels.Page{{Boxes: boxes}}}
}

func TestFieldDataOfSymbols(t *testing.T) {
	for _, c := range []struct {
		make       func(string) (bars.Runs, error)
		text, want string // "" stays in the graphic
	}{
		{bars.SSCC, "340123450000000017", ">;>800340123450000000017"},
		{bars.GS1128, "10AB-9\x1d2112", ">:>810AB-9>5>82112"},
		{bars.Number, "1Z5R89390357567127", ">:1Z5R>589390357567127"},
		{bars.Number, "RB123456785GB", ">:RB>512345678>65GB"},
		{bars.Number, "DX0000000000420", ">:DX>5000000000042>60"},
		{bars.Number, "1234567", ">;123456>67"},
		{bars.Number, "1042-1", ">;1042>6-1"},
		{bars.Number, "0", ">:0"},
		{bars.Number, "%order:a_b/C.9,(1)+*'&\"!?;<=", ">:%order:a_b/C.9,(1)+*'&\"!?;<="},
		{bars.Number, "A^B", ""},
		{bars.Number, "A~JA", ""},
		{bars.Number, "A>8", ""},
		{bars.Number, "A B", ""},
		{bars.Number, "#1042", ""},
		{bars.Number, "A\\&B", ""},
		{bars.Number, "a@b", ""},
		{bars.Number, "{x|y}[`$]", ""},
		{bars.Code128, "A\r", ""},
		{bars.Code128, "ab\r", ""},
		{bars.Code128, "ab\x7f", ""},
	} {
		runs, err := c.make(c.text)
		if err != nil {
			t.Fatal(err)
		}
		l := label(t, runs)
		data, err := zpl.EncodeNative(l)
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, data)[0]
		compare(t, c.text, l, 0, got)
		if want := []string{c.want}; c.want != "" && !slices.Equal(got.native, want) || c.want == "" && got.native != nil {
			t.Errorf("%q: field data %q, want %q", c.text, got.native, c.want)
		}
	}
}

// What a printer may draw otherwise than the picture stays in the graphic.
func TestBarsThatStayInTheGraphic(t *testing.T) {
	runs, err := bars.Number("RB123456785GB")
	if err != nil {
		t.Fatal(err)
	}
	white := labels.Text{
		X: 30, Y: 4, W: 100, H: 9, Font: fonts.SansBold, Size: 9, Baseline: 12, White: true,
		Runs: []labels.Run{{X: 30, W: 40, Font: fonts.SansBold, Text: "White"}},
	}
	black := white
	black.White = false
	for _, c := range []struct {
		name   string
		change func(*labels.Bars)
		beside labels.Box
		native bool
	}{
		{"as it is", func(*labels.Bars) {}, labels.Line{X: 0, Y: 0, W: 9, H: 1}, true},
		{"in the lower right corner", func(b *labels.Bars) { b.X, b.Y = 2000-2*b.Runs.Modules(), 11 }, labels.Line{}, true},
		{"under black text", func(*labels.Bars) {}, black, true},
		{"under a rule", func(*labels.Bars) {}, labels.Line{X: 0, Y: 6, W: 100, H: 3}, true},
		{"under white text", func(*labels.Bars) {}, white, false},
		{"over the right edge", func(b *labels.Bars) { b.X = 2000 - 2*b.Runs.Modules() + 1 }, labels.Line{}, false},
		{"over the lower edge", func(b *labels.Bars) { b.Y = 12 }, labels.Line{}, false},
		{"over the left edge", func(b *labels.Bars) { b.X = -1 }, labels.Line{}, false},
		{"over the upper edge", func(b *labels.Bars) { b.Y = -1 }, labels.Line{}, false},
		{"ten dots a module", func(b *labels.Bars) { b.Dot = 10 }, labels.Line{}, true},
		{"eleven dots a module", func(b *labels.Bars) { b.Dot = 11 }, labels.Line{}, false},
		{"turned", func(b *labels.Bars) { b.Upright = true }, labels.Line{}, false},
		{"another symbol", func(b *labels.Bars) { b.Runs = bars.Runs{1, 2, 3} }, labels.Line{}, false},
	} {
		l := label(t, runs, c.beside)
		b := l.Pages[0].Boxes[1].(labels.Bars)
		c.change(&b)
		l.Pages[0].Boxes[1] = b
		data, err := zpl.EncodeNative(l)
		if err != nil {
			t.Fatal(err)
		}
		got := read(t, data)[0]
		compare(t, c.name, l, 0, got)
		if native := len(got.native) > 0; native != c.native {
			t.Errorf("%s: drawn by the printer: %v", c.name, native)
		}
	}
}

// Whatever a code holds, a format has only the commands that it shall have, and
// prints the dots of the picture.
func FuzzFieldData(f *testing.F) {
	for _, s := range []string{
		"340123450000000017", "RB123456785GB", "^FS^XZ", "~JA", ">8>;", "\x1d10AB\x1d17", "\r\n", "A\x00B", "ñ", "_5E_7E", "a ", "0000>60000^",
	} {
		f.Add(s, 20, 4, 2, 9)
	}
	f.Fuzz(func(t *testing.T, text string, x, y, dot, high int) {
		for _, encode := range []func(string) (bars.Runs, error){bars.Code128, bars.GS1128} {
			runs, err := encode(text)
			if err != nil {
				continue
			}
			l := label(t, runs, labels.Line{X: 0, Y: 0, W: 1, H: 1})
			b := l.Pages[0].Boxes[1].(labels.Bars)
			b.X, b.Y, b.Dot, b.H = x%2100, y%30, dot%12, high%30
			l.Pages[0].Boxes[1] = b
			data, err := zpl.EncodeNative(l)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, fmt.Sprintf("%q", text), l, 0, read(t, data)[0])
		}
	})
}
