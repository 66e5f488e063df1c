package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"

	"packbench/station/screen"
)

// The parts that change with every scan, as the toolkit's markup: every place,
// size and colour.
func TestMarkup(t *testing.T) {
	test.NewTempApp(t)
	u, _ := window(t, Options{}, refusal(screen.Light), 1280, 800)
	for name, i := range map[string]int{"header": regionHeader, "next": regionNext, "strip": regionStrip} {
		file := name + ".xml"
		if *update {
			if err := os.WriteFile(filepath.Join("testdata", file), []byte(test.RenderObjectToMarkup(u.surface.regions[i].box)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		test.AssertObjectRendersToMarkup(t, file, u.surface.regions[i].box)
	}
}

// Every letter on every page is in the toolkit's own fonts, so that no page
// looks other on a computer with other fonts.
func TestGlyphs(t *testing.T) {
	test.NewTempApp(t)
	fonts := map[fyne.TextStyle]*sfnt.Font{}
	for look, data := range map[fyne.TextStyle][]byte{
		{}: theme.DefaultTextFont().Content(), {Bold: true}: theme.DefaultTextBoldFont().Content(),
		{Monospace: true}: theme.DefaultTextMonospaceFont().Content(),
	} {
		f, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		fonts[look] = f
	}
	var buffer sfnt.Buffer
	seen := 0
	for _, p := range pages() {
		u, _ := window(t, Options{}, p.view(screen.Light), 1280, 800)
		for _, g := range u.surface.regions {
			for _, o := range g.box.Objects {
				text, ok := o.(*canvas.Text)
				if !ok || text.FontSource != nil && text.FontSource != theme.Current().Font(text.TextStyle) {
					continue
				}
				for _, r := range text.Text {
					seen++
					if i, err := fonts[text.TextStyle].GlyphIndex(&buffer, r); err != nil || i == 0 {
						t.Errorf("%s: %q has %q, which the font lacks", p.name, text.Text, r)
					}
				}
			}
		}
	}
	if seen < 1000 {
		t.Errorf("only %d letters were looked at", seen)
	}
}

// words are the texts of a window, each as it is drawn.
func words(u *UI) map[string]bool {
	out := map[string]bool{}
	for _, g := range u.surface.regions {
		for _, o := range g.box.Objects {
			if text, ok := o.(*canvas.Text); ok {
				out[text.Text] = true
			}
		}
	}
	return out
}

// A case names all the products that it was about: beside two others the third had no
// room for its name.
func TestAllThatWasExpectedIsRead(t *testing.T) {
	test.NewTempApp(t)
	v := casesPage(screen.Light)
	u, _ := window(t, Options{}, v, 1280, 800)
	drawn := words(u)
	if n := len(v.Cases.Detail.Expected); n != 3 {
		t.Fatalf("the sample has %d", n)
	}
	for _, e := range v.Cases.Detail.Expected {
		if !drawn[e.Name] {
			t.Errorf("%s is cut", e.Name)
		}
	}
}

// With the balances open the table below keeps its rows, also on a small screen.
func TestTheShiftLogKeepsItsRows(t *testing.T) {
	test.NewTempApp(t)
	v := shiftPage(screen.Light)
	u, _ := window(t, Options{}, v, 1280, 800)
	if len(v.Shift.Balances) == 0 {
		t.Fatal("the sample has no balances open")
	}
	drawn, rows := words(u), 0
	for _, row := range v.Shift.Table.Rows {
		if drawn[row[0]] {
			rows++
		}
	}
	if want := min(5, len(v.Shift.Table.Rows)); rows < want {
		t.Errorf("%d rows are seen, want %d of %d", rows, want, len(v.Shift.Table.Rows))
	}
}
