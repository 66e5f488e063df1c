package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/readback"
)

// bitmap is a page as a printer's dots.
type bitmap struct {
	w, h int
	rows []byte // packed, a row begins at a byte
}

func (b bitmap) dark(x, y int) bool {
	return b.rows[y*((b.w+7)/8)+x/8]>>(7-x%8)&1 == 1
}

// renderer rasterises a page of a file, one bit deep, and returns the picture's
// file. Pages count from 1.
type renderer func(file string, dpi, page int) string

// renderers returns what rasterises.
func renderers(t *testing.T) map[string]renderer {
	t.Helper()
	readback.Whole(t)
	poppler, gs := readback.Tool(t, readback.Poppler), readback.Tool(t, readback.Ghostscript)
	run := func(name string, args ...string) {
		t.Helper()
		if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
	}
	return map[string]renderer{
		"poppler": func(file string, dpi, page int) string {
			n, out := strconv.Itoa(page), fmt.Sprintf("%s-poppler-%d", file, page)
			run(poppler, "-r", strconv.Itoa(dpi), "-f", n, "-l", n, "-mono", "-singlefile", file, out)
			return out + ".pbm"
		},
		"ghostscript": func(file string, dpi, page int) string {
			n, out := strconv.Itoa(page), fmt.Sprintf("%s-gs-%d.pbm", file, page)
			run(gs, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-dFirstPage="+n, "-dLastPage="+n, "-sDEVICE=pbmraw",
				"-r"+strconv.Itoa(dpi), "-sOutputFile="+out, file)
			return out
		},
	}
}

func readBitmap(t *testing.T, file string) bitmap {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var fields []string
	for len(fields) < 3 { // P4, width, height; comments in between
		line, rest, _ := bytes.Cut(data, []byte("\n"))
		data = rest
		if !bytes.HasPrefix(line, []byte("#")) {
			fields = append(fields, strings.Fields(string(line))...)
		}
	}
	b := bitmap{rows: data}
	b.w, _ = strconv.Atoi(fields[1])
	b.h, _ = strconv.Atoi(fields[2])
	if fields[0] != "P4" || len(data) < (b.w+7)/8*b.h {
		t.Fatalf("%s is not a whole raw bitmap: %v", file, fields)
	}
	return b
}

// differences counts the dots of a box, quiet zone included, that are not as
// the layout says.
func differences(b bitmap, box labels.Box) int {
	r := box.Bounds()
	want := make([]bool, r.Dx()*r.Dy())
	labels.Paint(box, func(x, y, w, h int) {
		for i := y; i < y+h; i++ {
			for j := x; j < x+w; j++ {
				want[(i-r.Min.Y)*r.Dx()+j-r.Min.X] = true
			}
		}
	})
	wrong := 0
	for y := range r.Dy() {
		for x := range r.Dx() {
			if b.dark(x+r.Min.X, y+r.Min.Y) != want[y*r.Dx()+x] {
				wrong++
			}
		}
	}
	return wrong
}

// symbols reads every bar code of a picture.
func symbols(t *testing.T, zbar, picture string) []string {
	t.Helper()
	out, err := exec.Command(zbar, "-q", "--set", "ean8.disable=1", picture).Output()
	if err != nil && len(out) == 0 {
		return nil
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(lines)
	return slices.Compact(lines)
}

// kind of document on a paper, to be read back.
type kind struct {
	name string
	l    labels.Layout
}

// everyKind lays out every kind of document for both resolutions, on label
// paper, and what goes on sheets on those too.
func everyKind(t *testing.T) (all []kind) {
	t.Helper()
	add := func(name string, l labels.Layout, _ []labels.Missing, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, kind{fmt.Sprintf("%s-%dx%d-%d", name, l.W, l.H, l.DPI), l})
	}
	a4 := labels.Profile{Name: "A4", DPI: 300, Paper: labels.PaperA4()}
	old := labels.Profile{Name: "A4", DPI: 203, Paper: labels.PaperA4()}
	papers := sample.Profiles()
	for _, p := range append(papers, a4) {
		l, m, err := labels.ShippingLabel(sample.Shipping(), p)
		add("label", l, m, err)
	}
	for _, p := range []labels.Profile{papers[0], papers[1], a4} {
		l, m, err := labels.PackingSlip(sample.Slip(9), p)
		add("slip", l, m, err)
		l, m, err = labels.CarrierManifest(sample.Manifest(9), p)
		add("manifest", l, m, err)
		l, m, err = labels.CN23(sample.Customs(4), p)
		add("cn23", l, m, err)
		l, m, err = labels.CardSheet(sample.Commands(), p)
		add("cards", l, m, err)
	}
	for _, p := range papers[:2] {
		l, m, err := labels.InsideSlip(sample.Inside(), p)
		add("inside", l, m, err)
		l, m, err = labels.ReturnLabel(sample.Return(), p)
		add("return", l, m, err)
		l, m, err = labels.CN22(sample.Customs(3), p)
		add("cn22", l, m, err)
		l, m, err = labels.CommercialInvoice(sample.Customs(4), p)
		add("invoice", l, m, err)
	}
	for _, p := range []labels.Profile{papers[0], papers[1], a4, old} {
		l, m, err := labels.CardSheet(sample.Calibration(), p)
		add("calibration", l, m, err)
	}
	return all
}

// codes lists what a reader shall find on a page.
func codes(page labels.Page) (want []string) {
	for _, box := range page.Boxes {
		switch b := box.(type) {
		case labels.Bars:
			want = append(want, "CODE-128:"+b.Symbol)
		case labels.Matrix:
			want = append(want, "QR-Code:"+b.Symbol)
		}
	}
	slices.Sort(want)
	return want
}

// Every kind of document must come out of both renderers with its bars exact
// to the dot, and a reader must find its codes and nothing else, also on a
// picture that is small, soft and dirty.
func TestEveryDocumentReadsBack(t *testing.T) {
	all, zbar := renderers(t), readback.Tool(t, readback.Zbar)
	for _, k := range everyKind(t) {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "doc.pdf")
			if err := os.WriteFile(file, encode(t, k.l), 0o600); err != nil {
				t.Fatal(err)
			}
			for i, page := range k.l.Pages {
				want := codes(page)
				if len(want) == 0 {
					continue
				}
				for name, render := range all {
					picture := render(file, k.l.DPI, i+1)
					b := readBitmap(t, picture)
					exact(t, name, k.l, page, b)
					if got := symbols(t, zbar, picture); !slices.Equal(got, want) {
						t.Errorf("page %d after %s: read %q, want %q", i+1, name, got, want)
					}
					if name != "poppler" { // both bitmaps have the same bars
						continue
					}
					heart := 2
					if strings.HasPrefix(k.name, "cards") || strings.HasPrefix(k.name, "calibration") {
						heart = 6 // bars of three dots, for a scanner in the hand
					}
					if got := symbols(t, zbar, softened(t, b, heart, picture+".pgm")); !slices.Equal(got, want) {
						t.Errorf("page %d at 60 %% and soft: read %q, want %q", i+1, got, want)
					}
				}
			}
		})
	}
}

// exact compares each bar, frame and rule with the layout, dot by dot.
func exact(t *testing.T, name string, l labels.Layout, page labels.Page, b bitmap) {
	t.Helper()
	if b.w < l.W || b.w > l.W+1 || b.h < l.H || b.h > l.H+1 {
		t.Errorf("%s: the page has %d×%d dots, want %d×%d", name, b.w, b.h, l.W, l.H)
	}
	for _, box := range page.Boxes {
		switch box.(type) {
		case labels.Bars, labels.Matrix, labels.Line:
			if wrong := differences(b, box); wrong > 0 {
				t.Errorf("%s: %d dots differ in %s", name, wrong, box)
			}
		}
	}
}

// softened writes the picture at 60 percent of its size, each dot the mean of
// what it covers, and then blurred with its neighbours, the less the greater
// the weight of its heart: a cheap camera.
func softened(t *testing.T, b bitmap, heart int, file string) string {
	t.Helper()
	w, h := b.w*3/5, b.h*3/5
	light := make([][]int, b.h) // 1 where a dot is white
	for y := range light {
		light[y] = make([]int, b.w)
		for x := range b.w {
			if !b.dark(x, y) {
				light[y][x] = 1
			}
		}
	}
	// Five fifths of a dot each way, three to a dot; 0 is black, 25 white. The
	// sums go by rows first, then by columns.
	small := make([][]int, h)
	five := make([]int, b.w)
	for y := range small {
		clear(five)
		for j := range 5 {
			for x, n := range light[(y*5+j)/3] {
				five[x] += n
			}
		}
		small[y] = make([]int, w)
		for x := range w {
			for i := range 5 {
				small[y][x] += five[(x*5+i)/3]
			}
		}
	}
	out := fmt.Appendf(nil, "P5\n%d %d\n255\n", w, h)
	column := make([]int, w)
	for y := range small {
		above, here, below := small[max(y-1, 0)], small[y], small[min(y+1, h-1)]
		for x := range column {
			column[x] = above[x] + heart*here[x] + below[x]
		}
		for x := range column {
			sum := column[max(x-1, 0)] + heart*column[x] + column[min(x+1, w-1)]
			out = append(out, byte(sum*255/(25*(heart+2)*(heart+2))))
		}
	}
	if err := os.WriteFile(file, out, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A blot of 8 percent of a trace code's area, wherever it lies off the three
// corners that a reader looks for, must not cost the code.
func TestTraceCodeIsReadUnderABlot(t *testing.T) {
	all, zbar := renderers(t), readback.Tool(t, readback.Zbar)
	for _, k := range everyKind(t) {
		if !strings.HasPrefix(k.name, "label-812") && !strings.HasPrefix(k.name, "inside") && !strings.HasPrefix(k.name, "return") &&
			!strings.HasPrefix(k.name, "slip-1200") {
			continue
		}
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "doc.pdf")
			if err := os.WriteFile(file, encode(t, k.l), 0o600); err != nil {
				t.Fatal(err)
			}
			i := slices.IndexFunc(k.l.Pages[0].Boxes, func(b labels.Box) bool { _, ok := b.(labels.Matrix); return ok })
			m := k.l.Pages[0].Boxes[i].(labels.Matrix)
			picture := all["poppler"](file, k.l.DPI, 1)
			for n, place := range []image.Point{{50, 50}, {85, 85}, {50, 20}, {22, 55}, {70, 40}} {
				blotted := readBitmap(t, picture)
				side := 1
				for all := m.Matrix.Size * m.Dot; side*side*100 < 8*all*all; {
					side++
				}
				centre := image.Pt(m.X, m.Y).Add(place.Mul(m.Matrix.Size * m.Dot).Div(100))
				blotted.blacken(image.Rect(0, 0, side, side).Add(centre).Sub(image.Pt(side/2, side/2)))
				out := fmt.Sprintf("%s-%d.pbm", picture, n)
				head := fmt.Appendf(nil, "P4\n%d %d\n", blotted.w, blotted.h)
				if err := os.WriteFile(out, append(head, blotted.rows...), 0o600); err != nil {
					t.Fatal(err)
				}
				if got := symbols(t, zbar, out); !slices.Contains(got, "QR-Code:"+m.Symbol) {
					t.Errorf("a blot of %d dots at %v %% costs the code of %s", side, place, m)
				}
			}
		})
	}
}

func (b bitmap) blacken(r image.Rectangle) {
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			b.rows[y*((b.w+7)/8)+x/8] |= 0x80 >> (x % 8)
		}
	}
}

// What the text of a label does to its codes shows on one paper, after the
// renderer that is less kind to bars.
func TestNastyLabelsReadBack(t *testing.T) {
	all, zbar := renderers(t), readback.Tool(t, readback.Zbar)
	p := sample.Profiles()[0]
	for name, s := range sample.Nasty() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, data := label(t, s, p)
			file := filepath.Join(t.TempDir(), "label.pdf")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if got, want := symbols(t, zbar, all["ghostscript"](file, p.DPI, 1)), codes(l.Pages[0]); !slices.Equal(got, want) {
				t.Errorf("read %q, want %q", got, want)
			}
		})
	}
}
