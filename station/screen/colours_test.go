package screen

import (
	"math"
	"testing"
)

func TestContrast(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		p := Colours(theme)
		check := func(what string, a, b RGB, least float64) {
			t.Helper()
			if got := contrast(a, b); got < least {
				t.Errorf("%s %s: %.2f:1, at least %.1f:1 is needed", theme, what, got, least)
			}
		}
		for name, ground := range map[string]RGB{"ground": p.Ground, "panel": p.Panel, "raised": p.Raised, "press": p.Press} {
			check("ink on "+name, p.Ink, ground, 7)
			check("quiet ink on "+name, p.Quiet, ground, 4.5)
			check("a key's cap on "+name, p.Quiet, Cap(ground, p.Quiet), 4.5) // V33
		}
		for name, card := range map[string]RGB{"right": p.Right, "wrong": p.Wrong, "look": p.Look, "tell": p.Tell} {
			check("ink on "+name, p.OnCard, card, 4.5)
		}
		check("next line", p.OnBar, p.Bar, 7)
	}
	for _, tile := range tiles {
		if got := contrast(OnTile, tile); got < 4.5 {
			t.Errorf("initials on %06X: %.2f:1", uint32(tile), got)
		}
	}
}

func TestContrastOfBlackAndWhite(t *testing.T) {
	if got := contrast(0x000000, 0xFFFFFF); got < 20.9 || got > 21.1 {
		t.Errorf("black on white is 21:1, got %.2f", got)
	}
	if got := contrast(0x777777, 0xFFFFFF); got < 4.4 || got > 4.6 {
		t.Errorf("grey 777 on white is 4.48:1, got %.2f", got)
	}
}

func TestInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Mug, white": "MW", "Tea": "T", "Ö-ring 12 mm": "ÖR", "": "?", "茶 green": "茶G", "4-way plug": "4W",
	} {
		if got := initials(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if NewItem("A", "A", "").Tile != NewItem("A", "other name", "").Tile {
		t.Error("a product changes its colour with its name")
	}
}

// contrast returns the contrast ratio of two colours, 1 to 21 (WCAG 2.2).
func contrast(a, b RGB) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c RGB) float64 {
	part := func(shift int, weight float64) float64 {
		v := float64(c>>shift&0xFF) / 255
		if v <= 0.04045 {
			return weight * v / 12.92
		}
		return weight * math.Pow((v+0.055)/1.055, 2.4)
	}
	return part(16, 0.2126) + part(8, 0.7152) + part(0, 0.0722)
}
