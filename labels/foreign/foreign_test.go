package foreign

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klippa-app/go-pdfium"

	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/labels/readback"
	"packbench/station/carrier/carriersim"
	"packbench/station/unit"
)

// numbers are those of labels, of many kinds.
var numbers = []string{carriersim.UPSNumber(1), carriersim.USPSNumber(2), "003404340000000000001", "TT000000001GB"}

// sheets are the papers that accounts put labels on, and whether these lie on their side.
var sheets = []struct {
	paper labels.Paper
	turn  bool
}{
	{labels.PaperLetter(), true},
	{labels.PaperA4(), false},
	{labels.Paper{Name: "A5", W: 148 * unit.Millimetre, H: 210 * unit.Millimetre}, false},
	{labels.Paper{Name: "6x4", W: 6 * unit.Inch, H: 4 * unit.Inch}, true},
}

// sold is a carrier's label as an account sends it.
func sold(t *testing.T, number, form string, dpi int) []byte {
	t.Helper()
	data, err := carriersim.Paper(carriersim.Label{
		Tracking: number, Carrier: "Carrier", Service: "ground", Grams: 800, At: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC),
		To: carriersim.Address{Name: "A. Buyer", Street: "1 Main St", City: "Austin", Region: "TX", Postcode: "78701", Country: "US"},
	}, form, dpi)
	if err != nil {
		t.Fatal(err)
	}
	if form == "pdf" {
		return data
	}
	picture, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	inch := func(dots int) unit.Length { return unit.Length(dots) * unit.Inch / unit.Length(dpi) }
	size := picture.Bounds().Size()
	data, err = pdf.Image(picture, dpi, labels.Paper{W: inch(size.X), H: inch(size.Y)}, "label")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// joined is a file of many labels, each on another sheet: an inch from its corner.
func joined(t *testing.T, files [][]byte) (all []byte) {
	t.Helper()
	err := shared.with(t.Context(), func(lib pdfium.Pdfium) error {
		out, err := blank(lib)
		if err != nil {
			return err
		}
		defer out.close()
		for i, file := range files {
			doc, err := open(lib, file)
			if err != nil {
				return err
			}
			defer doc.close()
			on := sheets[i%len(sheets)]
			at := place{turn: on.turn, scale: 1}
			if on.paper.W > 6*unit.Inch {
				at.x, at.y = 36, 36
			}
			if err := doc.lay(&out, i, grid{w: points(on.paper.W), h: points(on.paper.H), unit: 1}, at); err != nil {
				return err
			}
		}
		all, err = out.bytes()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// size is that of a bitmap.
func size(t *testing.T, file string) (w, h int) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data[:min(len(data), 200)])) {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "P") {
			_, _ = fmt.Sscan(line, &w, &h)
			break
		}
	}
	return w, h
}

// C2: a carrier's label is laid on the label printer's own media at its own size, from a
// larger sheet and from one that lies on its side: its code reads back after both
// renderers at both resolutions, whichever it was drawn for, and each page is the paper.
func TestALabelOnAnySheetReadsBack(t *testing.T) {
	readback.Whole(t)
	var files [][]byte
	for i, number := range numbers {
		form := "pdf"
		if i == 1 {
			form = "gif" // it comes on its side
		}
		files = append(files, sold(t, number, form, []int{203, 300}[i%2]))
	}
	all := joined(t, files)
	file, err := Fit(t.Context(), all, labels.Paper4x6(), 203)
	if err != nil {
		t.Fatal(err)
	}
	for _, dpi := range []int{203, 300} {
		for with, pages := range readback.Pages(t, file, dpi) {
			for i, got := range readback.Code128(t, pages...) {
				if !slices.Equal(got, numbers[i:i+1]) {
					t.Errorf("%s at %d dpi, page %d: read %q, want %s", with, dpi, i+1, got, numbers[i])
				}
				if w, h := size(t, pages[i]); w != 4*dpi || h != 6*dpi {
					t.Errorf("%s at %d dpi, page %d: %d by %d dots", with, dpi, i+1, w, h)
				}
			}
		}
	}
	for dpi, of := range map[int][]byte{203: all, 300: joined(t, files[:2])} {
		pages, err := Dots(t.Context(), of, labels.Paper4x6(), dpi)
		if err != nil {
			t.Fatal(err)
		}
		var pictures []string
		for _, d := range pages {
			pictures = append(pictures, filepath.Join(t.TempDir(), "dots.pbm"))
			if err := os.WriteFile(pictures[len(pictures)-1], append(fmt.Appendf(nil, "P4\n%d %d\n", d.W, d.H), d.Bits...), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for i, got := range readback.Code128(t, pictures...) {
			if !slices.Equal(got, numbers[i:i+1]) || pages[i].W != 4*dpi || pages[i].H != 6*dpi {
				t.Errorf("%d by %d dots at %d dpi, page %d: read %q, want %s", pages[i].W, pages[i].H, dpi, i+1, got, numbers[i])
			}
		}
	}
}

// What fits as it is is not touched; what does not fit is refused, in words, and never
// made smaller or cut.
func TestWhatFits(t *testing.T) {
	label := sold(t, numbers[0], "pdf", 203)
	if file, err := Fit(t.Context(), label, labels.Paper4x6(), 203); err != nil || !bytes.Equal(file, label) {
		t.Errorf("a label of the paper's size was changed: %v", err)
	}
	sheet := joined(t, [][]byte{label})
	var large *LargeError
	if _, err := Fit(t.Context(), sheet, labels.Paper{Name: "4x4", W: 4 * unit.Inch, H: 4 * unit.Inch}, 203); !errors.As(err, &large) {
		t.Errorf("a label of 6 in on paper of 4 in: %v", err)
	} else if !strings.Contains(large.Error(), "do not fit on 4x4") || large.W < 5*unit.Inch {
		t.Errorf("said %q", large)
	}
	if file, err := Shrink(t.Context(), labels.PaperA6(), 203, sheet, label); err != nil || len(file) == 0 {
		t.Errorf("a paper that may be smaller: %v", err)
	}
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"a web page":  {[]byte("<html>"), ErrUnreadable},
		"half a file": {label[:len(label)/3], ErrUnreadable},
		"nothing":     {nil, ErrUnreadable},
		"empty page":  {[]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 288 432]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), ErrBlank},
		"a huge page": {[]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99999 99999]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), ErrUnreadable},
	} {
		if _, err := Fit(t.Context(), c.file, labels.Paper4x6(), 203); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The library ends when nobody uses it, and starts again; a call that is given up ends it.
func TestTheLibraryRests(t *testing.T) {
	e := &engine{turn: make(chan struct{}, 1), idle: time.Millisecond}
	for range 2 {
		if err := e.with(t.Context(), func(lib pdfium.Pdfium) error { _, err := open(lib, nil); return err }); !errors.Is(err, ErrUnreadable) {
			t.Fatal(err)
		}
		for until := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
			e.turn <- struct{}{}
			rests := e.live == nil
			<-e.turn
			if rests {
				break
			}
			if time.Now().After(until) {
				t.Fatal("it does not end")
			}
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	err := e.with(ctx, func(pdfium.Pdfium) error { cancel(); return nil })
	if !errors.Is(err, context.Canceled) || e.live != nil {
		t.Errorf("given up: %v", err)
	}
	if err := e.with(t.Context(), func(pdfium.Pdfium) error { panic("broken") }); err == nil || e.live != nil {
		t.Errorf("broken: %v", err)
	}
}
