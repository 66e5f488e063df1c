package labels_test

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/pdf"
	"packbench/labels/picture"
)

// photo is a picture of so many dots that no two neighbours of are the same.
func photo(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.Set(x, y, color.RGBA{uint8(x * 3), uint8(y * 2), uint8(x ^ y), 255}) // #nosec G115: any shade will do
		}
	}
	return img
}

// Slips come on the paper that a shop has: none of them loses a line, and what lies on
// another has a page of its own.
func TestSlipsOnEveryPaper(t *testing.T) { // L3
	roll := labels.Profile{Name: "80mm", DPI: 203, Paper: labels.PaperReceipt()}
	for _, p := range append(everyProfile(), roll, labels.Profile{Name: "80mm-180", DPI: 180, Paper: labels.PaperReceipt()}) {
		for _, n := range []int{1, 7, 60} {
			for _, gift := range []bool{false, true} {
				s := branded(sample.Slip(n))
				s.Gift, s.Message, s.Help = gift, "With love from Łódź.", "https://shop.example/help?order=1042"
				s.Look.Logo, s.Look.Terms = photo(600, 180), "Back within 30 days, unused, with this slip."
				for i := range s.Lines {
					if i%2 == 0 {
						s.Lines[i].Picture = photo(120, 60+i)
					}
				}
				what := fmt.Sprintf("%s: slip of %d, gift %v", p.Name, n, gift)
				l, missing, err := labels.PackingSlip(s, p)
				missing = slices.DeleteFunc(missing, func(m labels.Missing) bool { return strings.HasPrefix(m.Field, "item ") }) // one is far too long
				if err != nil || len(missing) > 0 {
					t.Fatal(what, missing, err)
				}
				tidy(t, what, l)
				text, thumbs := strings.Join(strings.Fields(plain(l)), " "), 0
				for _, page := range l.Pages {
					for _, box := range page.Boxes {
						if of, is := box.(labels.Picture); is && of.Photo {
							thumbs++
						}
					}
				}
				if want := (n + 1) / 2; thumbs != want && (gift || !p.Paper.Roll) {
					t.Errorf("%s: %d pictures of lines", what, thumbs)
				}
				for _, want := range []string{"With love from", "Back within 30 days"} {
					if !strings.Contains(text, want) {
						t.Errorf("%s lacks %q:\n%s", what, want, text)
					}
				}
				if gift && (strings.Contains(text, "EUR") || strings.Contains(text, "Thank you") || !strings.Contains(text, "A gift for you") || !strings.Contains(text, "without a")) {
					t.Errorf("%s:\n%s", what, text)
				}
				if p.Paper.Roll && n == 7 && (len(l.Pages) != 1 || l.H > 203*14 || l.H < 203*4) {
					t.Errorf("%s: %d pages of %d dots", what, len(l.Pages), l.H)
				}
			}
		}
	}
	if _, _, err := labels.ShippingLabel(sample.Shipping(), roll); err == nil || !strings.Contains(err.Error(), "only slips") {
		t.Errorf("a label on a roll: %v", err)
	}
	if l, missing, err := labels.InsideSlip(sample.Inside(), roll); err != nil || len(missing) > 0 || l.H > 203*8 {
		t.Errorf("the slip in the box on a roll: %v, %v", missing, err)
	}
}

// A slip with a logo is small, and one that goes to a printer as dots has its pictures too.
func TestALogoIsSmallAndPrintedAsDots(t *testing.T) { // L3
	s := branded(sample.Slip(5))
	logo := image.NewNRGBA(image.Rect(0, 0, 709, 236))
	for y := range 236 {
		for x := range 709 {
			if (x/40+y/40)%2 == 0 {
				logo.Set(x, y, color.NRGBA{10, 95, 180, uint8(x % 256)}) // #nosec G115: within a byte
			}
		}
	}
	s.Look.Logo = logo
	l, _, err := labels.PackingSlip(s, labels.Profile{DPI: 300, Paper: labels.PaperA4()})
	if err != nil {
		t.Fatal(err)
	}
	file, err := pdf.Encode(l)
	if err != nil || len(file) > 60_000 {
		t.Errorf("%d bytes, %v", len(file), err)
	}
	dots, err := picture.Print(l, 0)
	if err != nil {
		t.Fatal(err)
	}
	var of labels.Picture
	for _, box := range l.Pages[0].Boxes {
		if p, is := box.(labels.Picture); is {
			of = p
		}
	}
	black := 0
	for y := range of.H {
		for x := range of.W {
			if dots.Row(of.Y + y)[(of.X+x)/8]&(0x80>>((of.X+x)%8)) != 0 {
				black++
			}
		}
	}
	if share := black * 100 / (of.W * of.H); share < 10 || share > 50 {
		t.Errorf("%d %% of the logo is black", share)
	}
	colour, err := picture.Colour(l, 0)
	if err != nil {
		t.Fatal(err)
	}
	blue := 0
	for i := 0; i < len(colour.Pix); i += 4 {
		if colour.Pix[i] < 60 && colour.Pix[i+2] > 140 {
			blue++
		}
	}
	if blue < of.W*of.H/20 {
		t.Errorf("%d dots have the shop's colour", blue)
	}
}
