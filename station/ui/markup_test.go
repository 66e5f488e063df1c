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
