package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"packbench/station/screen"
)

// V14: the keys of a field are touched in the window, and so are the values to choose
// from, of which more than a page can hold are shown a page at a time.
func TestV14KeysAreTouched(t *testing.T) {
	test.NewTempApp(t)
	var got []screen.Intent
	o := Options{Intent: func(in screen.Intent) { got = append(got, in) }}
	for name, v := range map[string]screen.View{"note": typingNote(screen.Light), "sender": typingSender(screen.Light), "signs": typingSigns(screen.Light)} {
		u, win := window(t, o, v, 1280, 800)
		for _, row := range v.Entry.Pad() {
			for _, key := range row {
				if !key.Enabled {
					continue
				}
				i := slices.IndexFunc(u.surface.regions[regionOverlay].taps, func(t tap) bool {
					return t.intent.Kind == key.Intent.Kind && t.intent.Value == key.Intent.Value && t.intent.Name == key.Intent.Name
				})
				if i < 0 {
					t.Fatalf("%s: %q cannot be touched", name, key.Label)
				}
				got = nil
				test.TapCanvas(win.Canvas(), u.surface.regions[regionOverlay].taps[i].pos.AddXY(30, 30))
				if len(got) != 1 || got[0].Value != key.Intent.Value {
					t.Errorf("%s: %q gives %+v", name, key.Label, got)
				}
			}
		}
	}
	u, win := window(t, o, choosingProtocol(screen.Light), 1280, 800)
	seen := map[string]bool{}
	for range 2 {
		for _, tap := range u.surface.regions[regionOverlay].taps {
			if tap.intent.Kind == screen.IntentSetting {
				seen[tap.intent.Value] = true
			}
		}
		test.TapCanvas(win.Canvas(), u.foot("options").pos.AddXY(20, 20))
	}
	if len(seen) != 18 {
		t.Errorf("of 18 values %d can be touched", len(seen))
	}
}

// V14: of a text that is longer than its field the end is seen, where the next letter
// comes.
func TestV14TheEndOfALongTextIsSeen(t *testing.T) {
	test.NewTempApp(t)
	for _, text := range []string{strings.Repeat("The box stood open. ", 9) + "The last words", "/" + strings.Repeat("folder/", 24) + "last"} {
		v := typingNote(screen.Light)
		v.Entry.Text = text
		u, _ := window(t, Options{}, v, 1280, 800)
		if !slices.ContainsFunc(written(u, regionOverlay), func(w *canvas.Text) bool { return w.Text != "" && strings.HasSuffix(text, w.Text) && len(w.Text) > 2 }) {
			t.Errorf("the end of %q is not seen", text)
		}
	}
}

// V33: the values of a page of settings have one size, whatever a long one needs; that
// one is read whole, and so are the tabs on a small screen.
func TestV33SettingsHaveOneSize(t *testing.T) {
	test.NewTempApp(t)
	long := "Drucker für Packzettel, Halle Süd, erster Stock"
	in := printingInputs(screen.Light)
	in.Group = "Papers"
	in.Groups[4].Fields[3].Shown = long
	for _, size := range [][2]float32{{1280, 800}, {1024, 768}} {
		u, _ := window(t, Options{}, screen.Settings(in), size[0], size[1])
		sizes, words, tabs := map[float32]bool{}, "", map[float32]bool{}
		for _, w := range written(u, regionPage) {
			words += w.Text + " "
			if w.Text == "Paper printer" || w.Text == "Label printer" {
				sizes[w.TextSize] = true
			}
			if slices.ContainsFunc(in.Groups, func(g screen.Group) bool { return g.Title == w.Text }) {
				tabs[w.TextSize] = true
			}
		}
		if len(sizes) != 1 || len(tabs) != 1 {
			t.Errorf("%v: values in the sizes %v, tabs in %v", size, sizes, tabs)
		}
		for _, word := range append(strings.Fields(long), "Scanner 2", "Set-up") {
			if !strings.Contains(words, word) {
				t.Errorf("%v: %q is not read whole", size, word)
			}
		}
	}
}
