package labels_test

import (
	"fmt"
	"image"
	"strings"
	"testing"

	"packbench/labels"
)

// A badge fits a holder, and says its code to scanners only.
func TestBadgesFitAHolderAndKeepTheirCode(t *testing.T) {
	s := labels.Sheet{Title: "Badges", Hint: "Keep these as safe as keys."}
	for i := range 23 {
		s.Cards = append(s.Cards, labels.Card{Title: "Łucja Wiśniewska-Kowalczyk", Note: "supervisor", Code: fmt.Sprintf("PB:badge:B-%04d", i)})
	}
	for _, p := range everyProfile() {
		l, missing, err := labels.BadgeSheet(s, p)
		if err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
		for _, m := range missing {
			if !m.Instead {
				t.Errorf("%s: %s", p.Name, m)
			}
		}
		tidy(t, p.Name, l)
		if text := plain(l); strings.Contains(text, "B-0") || !strings.Contains(text, "\nŁW\n") {
			t.Errorf("%s: a code in clear, or no initials:\n%s", p.Name, text)
		}
		mm := func(dots int) float64 { return float64(dots) * 25.4 / float64(p.DPI) }
		badges, codes := 0, 0
		for _, page := range l.Pages {
			for _, box := range page.Boxes {
				switch b := box.(type) {
				case labels.Rect:
					if b.Stroke > 0 {
						badges++
						if w, h := mm(b.W), mm(b.H); w < 85.3 || w > 85.9 || h < 53.7 || h > 54.3 {
							t.Errorf("%s: a badge of %.1f × %.1f mm", p.Name, w, h)
						}
						if !b.Bounds().In(image.Rect(0, 0, l.W, l.H)) {
							t.Errorf("%s: a badge is off the page", p.Name)
						}
					}
				case labels.Bars, labels.Matrix:
					codes++
				}
			}
		}
		if badges != 23 || codes != 23 {
			t.Errorf("%s: %d badges, %d codes", p.Name, badges, codes)
		}
	}
}
