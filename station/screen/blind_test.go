package screen

import (
	"math"
	"testing"

	"packbench/station/pack"
)

// blindness is how somebody sees who lacks a kind of cone: what becomes of linear red,
// green and blue (Machado, Oliveira and Fernandes 2009, severity 1).
var blindness = map[string][9]float64{
	"protanopia":   {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
	"deuteranopia": {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
	"tritanopia":   {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900},
	"none at all":  {0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722, 0.2126, 0.7152, 0.0722},
}

func linear(c RGB) (out [3]float64) {
	for i, shift := range []int{16, 8, 0} {
		v := float64(c>>shift&0xFF) / 255
		out[i] = v / 12.92
		if v > 0.04045 {
			out[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return out
}

// seen is a colour as somebody with a blindness sees it.
func seen(c RGB, m [9]float64) (out RGB) {
	in := linear(c)
	for row := range 3 {
		v := min(max(m[3*row]*in[0]+m[3*row+1]*in[1]+m[3*row+2]*in[2], 0), 1)
		s := 12.92 * v
		if v > 0.0031308 {
			s = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		out = out<<8 | RGB(math.Round(255*s))
	}
	return out
}

// lab is a colour where equal distances look equally different (CIE 1976, D65).
func lab(c RGB) [3]float64 {
	l := linear(c)
	f := func(x, y, z, white float64) float64 {
		t := (x*l[0] + y*l[1] + z*l[2]) / white
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x, y, z := f(0.4124, 0.3576, 0.1805, 0.95047), f(0.2126, 0.7152, 0.0722, 1), f(0.0193, 0.1192, 0.9505, 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func distance(a, b RGB) float64 {
	p, q := lab(a), lab(b)
	return math.Sqrt(math.Pow(p[0]-q[0], 2) + math.Pow(p[1]-q[1], 2) + math.Pow(p[2]-q[2], 2))
}

// Whoever sees fewer colours tells the verdicts apart by them all the same, and reads
// what stands on them; who sees none has a shape and a word for each.
func TestColourBlind(t *testing.T) {
	kinds := []pack.Kind{pack.Accepted, pack.Refused, pack.Asked, pack.Info}
	for _, theme := range []Theme{Light, Dark} {
		p := Colours(theme)
		for name, m := range blindness {
			for i, a := range kinds {
				ground := seen(p.Of(a), m)
				if got := contrast(seen(p.OnCard, m), ground); got < 3 { // all of it is 24 px and larger
					t.Errorf("%s, %s: ink on %s is %.2f:1", theme, name, a, got)
				}
				for _, b := range kinds[i+1:] {
					if got := distance(ground, seen(p.Of(b), m)); got < 15 && name != "none at all" {
						t.Errorf("%s, %s: %s and %s look alike (%.0f)", theme, name, a, b, got)
					}
				}
			}
			for what, pair := range map[string][2]RGB{
				"ink on ground": {p.Ink, p.Ground}, "ink on panel": {p.Ink, p.Panel}, "ink on what is chosen": {p.Ink, p.Press}, "the next line": {p.OnBar, p.Bar},
			} {
				if got := contrast(seen(pair[0], m), seen(pair[1], m)); got < 7 {
					t.Errorf("%s, %s: %s is %.2f:1", theme, name, what, got)
				}
			}
			if got := contrast(seen(p.Quiet, m), seen(p.Panel, m)); got < 4.5 {
				t.Errorf("%s, %s: quiet ink is %.2f:1", theme, name, got)
			}
		}
	}
	shapes, words := map[Shape]bool{}, map[string]bool{}
	for _, k := range kinds {
		shapes[ShapeOf(k)] = true
		words[looks[k].word] = true
	}
	if len(shapes) != len(kinds) || len(words) != len(kinds) {
		t.Errorf("%d shapes and %d words for %d kinds", len(shapes), len(words), len(kinds))
	}
	lamps := map[Shape]bool{}
	for c := range lampKinds {
		lamps[LampShape(c)] = true
	}
	if len(lamps) != len(lampKinds) || lamps[ShapeNone] {
		t.Errorf("%d shapes for %d lamps", len(lamps), len(lampKinds))
	}
}

// What is not text has 3:1 against what it stands on (WCAG 2.2, 1.4.11): the ring around
// what has the focus, and the sign in each verdict's shape.
func TestContrastOfSigns(t *testing.T) {
	for _, theme := range []Theme{Light, Dark} {
		p := Colours(theme)
		for name, ground := range map[string]RGB{"ground": p.Ground, "panel": p.Panel, "raised": p.Raised, "press": p.Press} {
			if got := contrast(p.Ink, ground); got < 3 {
				t.Errorf("%s: the ring of the focus on %s is %.2f:1", theme, name, got)
			}
		}
		for _, k := range []pack.Kind{pack.Accepted, pack.Refused, pack.Asked, pack.Info} {
			if got := contrast(p.OnCard, p.Of(k)); got < 3 {
				t.Errorf("%s: the sign of %s is %.2f:1", theme, k, got)
			}
		}
	}
}
