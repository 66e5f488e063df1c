// Package pdf writes a Layout as a PDF file, with [Encode]. It decides nothing
// about a document; it owns the ways in which the PDF library must be handled
// so that bars print on whole dots and the same layout gives the same bytes.
package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/jung-kurt/gofpdf"

	"packbench/assets/fonts"
	"packbench/labels"
)

// Encode returns the file. The same layout gives the same bytes, always.
func Encode(l labels.Layout) (data []byte, err error) {
	// The library panics on some input and is no longer kept up; a bench must
	// outlive that.
	defer func() {
		if r := recover(); r != nil {
			data, err = nil, fmt.Errorf("pdf %s: the library gave up: %v", l.Title, r)
		}
	}()
	if l.DPI <= 0 || l.W <= 0 || l.H <= 0 || len(l.Pages) == 0 {
		return nil, fmt.Errorf("pdf %s: the layout has no page", l.Title)
	}
	w := newWriter(l)
	if err := w.loadFonts(); err != nil {
		return nil, fmt.Errorf("pdf %s: %w", l.Title, err)
	}
	for _, page := range l.Pages {
		w.page(page)
	}
	var out bytes.Buffer
	if err := w.pdf.Output(&out); err != nil {
		return nil, fmt.Errorf("pdf %s: %w", l.Title, err)
	}
	return out.Bytes(), nil
}

type writer struct {
	labels.Layout
	pdf   *gofpdf.Fpdf
	point float64 // points in a dot
}

func newWriter(l labels.Layout) *writer {
	point := 72 / float64(l.DPI)
	f := gofpdf.NewCustom(&gofpdf.InitType{
		UnitStr: "pt",
		Size:    gofpdf.SizeType{Wd: float64(l.W) * point, Ht: float64(l.H) * point},
	})
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0)
	f.SetCompression(true)
	f.SetCatalogSort(true)
	made := l.Made.UTC()
	if made.IsZero() {
		made = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	f.SetCreationDate(made)
	f.SetModificationDate(made)
	f.SetTitle(title(l.Title), true)
	f.SetProducer("packbench", false)
	return &writer{Layout: l, pdf: f, point: point}
}

// longestTitle is how many letters of a title a window shows at the most.
const longestTitle = 200

// title makes a title that the library can write: it takes a text for UTF-8 of
// at most three bytes a letter without looking, and reads past its end.
func title(text string) string {
	letters := []rune(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case r > 0xFFFF:
			return utf8.RuneError
		}
		return r
	}, text))
	return string(letters[:min(len(letters), longestTitle)])
}

// loadFonts embeds only the fonts that are used; reading one costs more than
// all the rest of a label.
func (w *writer) loadFonts() error {
	used := make(map[fonts.Name]bool)
	for _, page := range w.Pages {
		for _, box := range page.Boxes {
			if t, ok := box.(labels.Text); ok {
				for _, run := range t.Runs {
					used[run.Font] = true
				}
			}
		}
	}
	for _, name := range fonts.All() {
		if !used[name] {
			continue
		}
		data, err := fonts.Bytes(name) // a copy of its own: the library writes into it
		if err != nil {
			return fmt.Errorf("font %s: %w", name, err)
		}
		w.pdf.AddUTF8FontFromBytes(string(name), "", data)
	}
	if used[labels.Own] && w.Own != nil {
		w.pdf.AddUTF8FontFromBytes(string(labels.Own), "", w.Own.Bytes())
	}
	return w.pdf.Error()
}

// page draws bars and rules first, in dots, then the text.
func (w *writer) page(page labels.Page) {
	w.pdf.AddPage()
	w.pictures(page)
	w.dots(page)
	font, size := fonts.Name(""), 0
	for _, box := range page.Boxes {
		t, ok := box.(labels.Text)
		if !ok {
			continue
		}
		switch {
		case t.White:
			w.pdf.SetTextColor(255, 255, 255)
		case t.Accent:
			w.pdf.SetTextColor(w.accent())
		default:
			w.pdf.SetTextColor(0, 0, 0)
		}
		for _, run := range t.Runs {
			if run.Font != font || t.Size != size {
				font, size = run.Font, t.Size
				w.pdf.SetFont(string(font), "", float64(size*run.Scale())/1000*w.point)
			}
			w.run(run, t.Baseline)
		}
	}
}

// run writes a run. Forms of letters are marked with the text that they stand
// for, which is what somebody who copies from the page wants.
func (w *writer) run(run labels.Run, baseline int) {
	x, y := float64(run.X)*w.point, float64(baseline)*w.point
	if run.Forms == "" {
		w.pdf.Text(x, y, run.Text)
		return
	}
	var actual strings.Builder
	for _, u := range utf16.Encode([]rune(run.Text)) {
		fmt.Fprintf(&actual, "%04X", u)
	}
	w.pdf.RawWriteStr("/Span <</ActualText <FEFF" + actual.String() + ">>> BDC")
	w.pdf.Text(x, y, run.Forms)
	w.pdf.RawWriteStr("EMC")
}

// dots writes every rectangle in a space whose unit is a dot. In points they
// would be rounded to 0.01 pt, and Ghostscript paints every dot that a path so
// much as touches: bars would grow and merge. Each is a path of its own,
// because Poppler snaps to dots only a path that is a single rectangle.
func (w *writer) dots(page labels.Page) {
	var path strings.Builder
	fmt.Fprintf(&path, "q %.8f 0 0 %.8f 0 0 cm\n", w.point, w.point)
	n := 0
	rect := func(x, y, width, height int) {
		fmt.Fprintf(&path, "%d %d %d %d re f\n", x, w.H-y-height, width, height)
		n++
	}
	for _, box := range page.Boxes {
		labels.Paint(box, rect)
	}
	if n == 0 {
		return
	}
	path.WriteString("Q")
	w.pdf.RawWriteStr(path.String())
}
