package picture_test

import (
	"bytes"
	"image"
	"testing"

	"packbench/assets/fonts"
	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/picture"
)

// Ink outside of a box would be ink on something else: the layout keeps boxes
// apart, this keeps ink in boxes. It also shows that no text is left out.
func TestInkStaysInItsBoxes(t *testing.T) {
	p := sample.Profiles()[0]
	for _, name := range []string{"ordinary", "long everything", "japanese", "hebrew", "arabic", "korean", "thai", "thai 500", "georgian and armenian", "cyrillic and greek", "what no font has"} {
		l, _, err := labels.ShippingLabel(sample.Nasty()[name], p)
		if err != nil {
			t.Fatal(err)
		}
		img, err := picture.Draw(l, 0)
		if err != nil {
			t.Fatal(err)
		}
		if img.Rect != image.Rect(0, 0, l.W, l.H) {
			t.Errorf("%s: the picture is %v", name, img.Rect)
		}
		free := image.NewGray(img.Rect)
		for _, box := range l.Pages[0].Boxes {
			r := box.Bounds()
			if _, ok := box.(labels.Text); ok {
				r = r.Inset(-2).Intersect(img.Rect) // a letter may lean out by a hair
			}
			ink := 0
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					free.Pix[free.PixOffset(x, y)] = 1
					if img.GrayAt(x, y).Y < 128 {
						ink++
					}
				}
			}
			if ink == 0 {
				t.Errorf("%s: nothing is drawn for %s", name, box)
			}
		}
		for i, used := range free.Pix {
			if used == 0 && img.Pix[i] < 128 {
				t.Errorf("%s: ink outside of every box at %d,%d", name, i%img.Stride, i/img.Stride)
				break
			}
		}
	}
}

func TestBarsOfThePictureAreExact(t *testing.T) {
	for _, p := range sample.Profiles() {
		l, _, err := labels.ShippingLabel(sample.Shipping(), p)
		if err != nil {
			t.Fatal(err)
		}
		img, err := picture.Print(l, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, box := range l.Pages[0].Boxes {
			switch box.(type) {
			case labels.Bars, labels.Matrix:
			default:
				continue
			}
			r := box.Bounds()
			more := 0
			labels.Paint(box, func(x, y, w, h int) {
				more -= w * h
				for i := y; i < y+h; i++ {
					for j := x; j < x+w; j++ {
						if !black(img, j, i) {
							t.Fatalf("%s: %d,%d is white in %s", p.Name, j, i, box)
						}
					}
				}
			})
			for y := r.Min.Y; y < r.Max.Y; y++ {
				for x := r.Min.X; x < r.Max.X; x++ {
					if black(img, x, y) {
						more++
					}
				}
			}
			if more != 0 {
				t.Errorf("%s: %d dots too many in %s", p.Name, more, box)
			}
		}
	}
}

// Where letters have forms, those are drawn, on the screen and on paper.
func TestFormsAreDrawn(t *testing.T) {
	draw := func(text, forms string) []byte {
		run := labels.Run{X: 10, Font: fonts.Thai, Text: text, Forms: forms}
		l := labels.Layout{DPI: 203, W: 200, H: 100, Pages: []labels.Page{{Boxes: []labels.Box{
			labels.Text{W: 200, H: 100, Font: fonts.Sans, Size: 60, Baseline: 80, Runs: []labels.Run{run}},
		}}}}
		grey, err := picture.Draw(l, 0)
		if err != nil {
			t.Fatal(err)
		}
		dots, err := picture.Print(l, 0)
		if err != nil {
			t.Fatal(err)
		}
		return append(grey.Pix, dots.Bits...)
	}
	formed, plain, forms := draw("ป่า", "ป\uf705า"), draw("ป่า", ""), draw("ป\uf705า", "")
	const grey = 200 * 100
	for name, part := range map[string][2]int{"picture": {0, grey}, "dots": {grey, len(formed)}} {
		a, b := part[0], part[1]
		if !bytes.Equal(formed[a:b], forms[a:b]) || bytes.Equal(formed[a:b], plain[a:b]) {
			t.Errorf("the %s shows the text, not its forms", name)
		}
	}
}

func TestThereIsNoPictureOfAMissingPage(t *testing.T) {
	l, _, err := labels.ShippingLabel(sample.Shipping(), sample.Profiles()[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []int{-1, 1} {
		if _, err := picture.Draw(l, page); err == nil {
			t.Errorf("page %d is drawn", page)
		}
	}
}

func black(d picture.Dots, x, y int) bool { return d.Row(y)[x/8]>>(7-x%8)&1 == 1 }
