package labels_test

import (
	"fmt"
	"image"
	"testing"

	"packbench/labels"
)

// What a scanner sees at a hand's distance holds one code, and its line crosses one.
func TestNoWindowOfADailySheetHoldsTwoCodes(t *testing.T) {
	s := labels.Sheet{Title: "Commands", Hint: "Scan a card instead of pressing a key."}
	for i := range labels.Daily {
		s.Cards = append(s.Cards, labels.Card{Title: "Next box of this order", Code: fmt.Sprintf("PB:command:next-parc%02d", i)})
	}
	for _, p := range []labels.Profile{{Name: "A4-300", DPI: 300, Paper: labels.PaperA4()}, {Name: "Letter-600", DPI: 600, Paper: labels.PaperLetter()}} {
		l, missing, err := labels.DailySheet(s, p)
		if err != nil || len(missing) > 0 || len(l.Pages) != 1 {
			t.Fatalf("%s: %v, %v", p.Name, missing, err)
		}
		tidy(t, p.Name, l)
		var codes []image.Rectangle
		for _, box := range l.Pages[0].Boxes {
			if b, ok := box.(labels.Bars); ok {
				codes = append(codes, image.Rect(b.X, b.Y, b.X+b.Runs.Modules()*b.Dot, b.Y+b.H))
			}
		}
		mm := func(dots int) float64 { return float64(dots) * 25.4 / float64(p.DPI) }
		for i, a := range codes {
			for _, b := range codes[i+1:] {
				both := a.Union(b)
				if mm(both.Dx()) <= 95 && mm(both.Dy()) <= 60 {
					t.Errorf("%s: a window of %.0f × %.0f mm holds two codes", p.Name, mm(both.Dx()), mm(both.Dy()))
				}
				if a.Max.X <= b.Min.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y {
					t.Errorf("%s: a line crosses %v and %v", p.Name, a, b)
				}
			}
		}
		if len(codes) != labels.Daily {
			t.Errorf("%s: %d codes", p.Name, len(codes))
		}
	}
	if _, _, err := labels.DailySheet(s, labels.Profile{Name: "4x6", DPI: 203, Paper: labels.Paper4x6()}); err == nil {
		t.Error("a label takes a daily sheet")
	}
}
