package pdf_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"packbench/labels"
	"packbench/labels/internal/sample"
	"packbench/labels/pdf"
)

// tool finds a program that reads labels back. A machine that checks changes
// for everybody must have it.
func tool(t *testing.T, name, debian string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	words := fmt.Sprintf("%s is missing (Debian package %s): labels are not read back", name, debian)
	if os.Getenv("CI") != "" {
		t.Fatal(words)
	}
	t.Skip(words)
	return ""
}

func label(t testing.TB, s labels.Shipping, p labels.Profile) (labels.Layout, []byte) {
	t.Helper()
	l, _, err := labels.ShippingLabel(s, p)
	if err != nil {
		t.Fatal(err)
	}
	return l, encode(t, l)
}

func encode(t testing.TB, l labels.Layout) []byte {
	t.Helper()
	data, err := pdf.Encode(l)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// bitmap is a page as a printer's dots.
type bitmap struct {
	w, h int
	rows []byte // packed, a row begins at a byte
}

func (b bitmap) dark(x, y int) bool {
	return b.rows[y*((b.w+7)/8)+x/8]>>(7-x%8)&1 == 1
}

// renderer rasterises a page of a file, one bit deep, and gives the picture's
// file. Pages count from 1.
type renderer func(file string, dpi, page int) string

func renderers(t *testing.T) map[string]renderer {
	poppler, gs := tool(t, "pdftoppm", "poppler-utils"), tool(t, "gs", "ghostscript")
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

func TestBarsStandOnWholeDotsInBothRenderers(t *testing.T) {
	all := renderers(t)
	for _, p := range append(sample.Profiles(),
		labels.Profile{Name: "A4-300", DPI: 300, Paper: labels.PaperA4()}) {
		l, data := label(t, sample.Shipping(), p)
		file := filepath.Join(t.TempDir(), "label.pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for name, render := range all {
			b := readBitmap(t, render(file, p.DPI, 1))
			if b.w < l.W || b.w > l.W+1 || b.h < l.H || b.h > l.H+1 {
				t.Errorf("%s, %s: the page has %d×%d dots, want %d×%d", p.Name, name, b.w, b.h, l.W, l.H)
			}
			for _, box := range l.Pages[0].Boxes {
				switch box.(type) {
				case labels.Bars, labels.Matrix, labels.Line:
					if wrong := differences(b, box); wrong > 0 {
						t.Errorf("%s, %s: %d dots differ in %s", p.Name, name, wrong, box)
					}
				}
			}
		}
	}
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

func TestLabelsReadBack(t *testing.T) {
	all, zbar := renderers(t), tool(t, "zbarimg", "zbar-tools")
	for _, p := range sample.Profiles() {
		for name, s := range sample.Nasty() {
			if p.Name != sample.Profiles()[0].Name && name != "ordinary" && name != "long trace" {
				continue // what the text does to the codes shows on one paper
			}
			var want []string
			if s.SSCC != "" {
				want = append(want, "CODE-128:00"+s.SSCC)
			}
			if s.Tracking != "" {
				want = append(want, "CODE-128:"+s.Tracking)
			}
			if s.Trace != "" {
				want = append(want, "QR-Code:"+s.Trace)
			}
			slices.Sort(want)
			_, data := label(t, s, p)
			file := filepath.Join(t.TempDir(), "label.pdf")
			if err := os.WriteFile(file, data, 0o600); err != nil {
				t.Fatal(err)
			}
			for renderer, render := range all {
				if got := symbols(t, zbar, render(file, p.DPI, 1)); !slices.Equal(got, want) {
					t.Errorf("%s: %s after %s: read %q, want %q", p.Name, name, renderer, got, want)
				}
			}
		}
	}
}

func TestSlipsAndCardsReadBack(t *testing.T) {
	all, zbar := renderers(t), tool(t, "zbarimg", "zbar-tools")
	a4, label := a4Profile(), sample.Profiles()[0]
	var layouts []labels.Layout
	add := func(l labels.Layout, _ []labels.Missing, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		layouts = append(layouts, l)
	}
	add(labels.PackingSlip(sample.Slip(9), label))
	add(labels.PackingSlip(sample.Slip(40), a4))
	add(labels.InsideSlip(sample.Inside(), label))
	add(labels.CardSheet(sample.Commands(), a4))
	add(labels.CardSheet(sample.Commands(), label))
	for _, l := range layouts {
		readBack(t, all, zbar, l, 1)
	}
}

func TestPapersReadBack(t *testing.T) {
	all, zbar := renderers(t), tool(t, "zbarimg", "zbar-tools")
	for _, p := range []labels.Profile{sample.Profiles()[0], sample.Profiles()[1], a4Profile()} {
		add := func(l labels.Layout, _ []labels.Missing, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			readBack(t, all, zbar, l, 1)
		}
		add(labels.ReturnLabel(sample.Return(), p))
		add(labels.CarrierManifest(sample.Manifest(9), p))
		add(labels.CN22(sample.Customs(3), p))
		add(labels.CN23(sample.Customs(4), p))
		add(labels.CommercialInvoice(sample.Customs(4), p))
	}
}

func a4Profile() labels.Profile { return labels.Profile{Name: "A4", DPI: 300, Paper: labels.PaperA4()} }

// readBack reads a page after both renderers; it holds its codes and no more.
func readBack(t *testing.T, all map[string]renderer, zbar string, l labels.Layout, page int) {
	t.Helper()
	var want []string
	for _, box := range l.Pages[page-1].Boxes {
		switch b := box.(type) {
		case labels.Bars:
			want = append(want, "CODE-128:"+b.Symbol)
		case labels.Matrix:
			want = append(want, "QR-Code:"+b.Symbol)
		}
	}
	slices.Sort(want)
	file := filepath.Join(t.TempDir(), "doc.pdf")
	if err := os.WriteFile(file, encode(t, l), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, render := range all {
		if got := symbols(t, zbar, render(file, l.DPI, page)); !slices.Equal(got, want) {
			t.Errorf("%s, page %d at %d dpi after %s: read %q, want %q", l.Title, page, l.DPI, name, got, want)
		}
	}
}

// Every line of a calibration sheet must come as it stands: a separator lost in
// print would be taught to the bench as the scanner's own doing.
func TestCalibrationReadsBack(t *testing.T) {
	all, zbar := renderers(t), tool(t, "zbarimg", "zbar-tools")
	papers := []labels.Profile{sample.Profiles()[0], sample.Profiles()[1], a4Profile()}
	papers = append(papers, labels.Profile{Name: "A4-203", DPI: 203, Paper: labels.PaperA4()})
	for _, p := range papers {
		l, missing, err := labels.CardSheet(sample.Calibration(), p)
		if err != nil || len(missing) > 0 {
			t.Fatal(p.Name, missing, err)
		}
		codes := 0
		for i, page := range l.Pages {
			for _, box := range page.Boxes {
				switch box.(type) {
				case labels.Bars, labels.Matrix:
					codes++
				}
			}
			readBack(t, all, zbar, l, i+1)
		}
		if codes != len(sample.Calibration().Cards) || !strings.Contains(l.String(), `"10PBCAL6<GS>21S77"`) {
			t.Errorf("%s: %d codes in\n%s", p.Name, codes, l)
		}
	}
}

func TestSameLayoutGivesTheSameBytes(t *testing.T) {
	p := sample.Profiles()[0]
	for name, s := range sample.Nasty() {
		_, first := label(t, s, p)
		for range 4 {
			if _, again := label(t, s, p); !bytes.Equal(first, again) {
				t.Errorf("%s: two files of one label differ", name)
			}
		}
	}
}

func TestLabelsMayBeMadeAtTheSameTime(t *testing.T) {
	_, want := label(t, sample.Nasty()["japanese"], sample.Profiles()[0])
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			l, _, err := labels.ShippingLabel(sample.Nasty()["japanese"], sample.Profiles()[0])
			if err != nil {
				t.Error(err)
				return
			}
			if got, err := pdf.Encode(l); err != nil || !bytes.Equal(got, want) {
				t.Errorf("a label made beside others differs (%v)", err)
			}
		})
	}
	wg.Wait()
}

func TestLibrarysPanicBecomesAnError(t *testing.T) {
	l, _, err := labels.ShippingLabel(sample.Shipping(), sample.Profiles()[0])
	if err != nil {
		t.Fatal(err)
	}
	l.Pages[0].Boxes = append(l.Pages[0].Boxes, labels.Text{Size: 20, Runs: []labels.Run{{Font: "sans", Text: "\U0001F381"}}})
	if data, err := pdf.Encode(l); err == nil || data != nil {
		t.Errorf("Encode gave %d bytes and %v, want an error", len(data), err)
	}
	if _, err := pdf.Encode(labels.Layout{}); err == nil {
		t.Error("an empty layout is accepted")
	}
}
