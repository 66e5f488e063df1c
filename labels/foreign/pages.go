package foreign

import (
	"fmt"
	"image"
	"math"
	"slices"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"
)

// inkDPI is how finely it is looked where something stands on a page, and pixel what that
// finds, in points.
const (
	inkDPI = 144
	pixel  = 72.0 / inkDPI
)

// document is an open file.
type document struct {
	lib   pdfium.Pdfium
	ref   references.FPDF_DOCUMENT
	pages []page
}

// page is one as it is shown, in points from its top left corner.
type page struct {
	w, h float64
	ink  rect // zero: nothing stands on it
}

type rect struct{ x0, y0, x1, y1 float64 }

// open reads a file and looks at its pages.
func open(lib pdfium.Pdfium, file []byte) (document, error) {
	d := document{lib: lib}
	opened, err := lib.OpenDocument(&requests.OpenDocument{File: &file})
	if err != nil {
		return d, fmt.Errorf("%w: %v", ErrUnreadable, err)
	}
	d.ref = opened.Document
	if err := d.look(); err != nil {
		d.close()
		return d, fmt.Errorf("%w: %v", ErrUnreadable, err)
	}
	return d, nil
}

func (d *document) look() error {
	n, err := d.lib.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil {
		return err
	}
	if n.PageCount < 1 || n.PageCount > mostPages {
		return fmt.Errorf("it has %d pages", n.PageCount)
	}
	for i := range n.PageCount {
		size, err := d.lib.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: d.ref, Index: i})
		if err != nil {
			return err
		}
		p := page{w: size.Width, h: size.Height}
		if !(p.w > 0 && p.h > 0 && p.w <= mostSide && p.h <= mostSide) { // also where it is no number
			return fmt.Errorf("page %d is of %.0f by %.0f points", i+1, p.w, p.h)
		}
		drawn, err := d.draw(i, inkDPI)
		if err != nil {
			return err
		}
		p.ink = inked(drawn)
		d.pages = append(d.pages, p)
	}
	return nil
}

// loaded calls do with a page as it is now.
func (d *document) loaded(i int, do func(requests.Page) error) error {
	p, err := d.lib.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: i})
	if err != nil {
		return err
	}
	defer func() { _, _ = d.lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: p.Page}) }()
	return do(requests.Page{ByReference: &p.Page})
}

func (d *document) close() {
	_, _ = d.lib.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref})
}

// draw draws a page at so many pixels an inch.
func (d *document) draw(i, dpi int) (out *image.RGBA, err error) {
	err = d.loaded(i, func(p requests.Page) error {
		drawn, err := d.lib.RenderPageInDPI(&requests.RenderPageInDPI{
			DPI: max(dpi, 1), Page: p, RenderFlags: enums.FPDF_RENDER_FLAG_PRINTING | enums.FPDF_RENDER_FLAG_ANNOT,
		})
		if err != nil {
			return err
		}
		defer drawn.Cleanup() // the pixels are the library's until then
		of := drawn.Result.Image
		out = &image.RGBA{Pix: slices.Clone(of.Pix), Stride: of.Stride, Rect: of.Rect}
		return nil
	})
	return out, err
}

// inked is where something stands in a picture: every pixel that is not all white.
func inked(p *image.RGBA) rect {
	size := p.Rect.Size()
	box := image.Rectangle{Min: size}
	for y := range size.Y {
		row := p.Pix[y*p.Stride:]
		for x := range size.X {
			if luma(row[4*x:]) < 255 {
				box.Min.X, box.Max.X = min(box.Min.X, x), max(box.Max.X, x+1)
				box.Min.Y, box.Max.Y = min(box.Min.Y, y), max(box.Max.Y, y+1)
			}
		}
	}
	if box.Max == (image.Point{}) {
		return rect{}
	}
	return rect{float64(box.Min.X) * pixel, float64(box.Min.Y) * pixel, float64(box.Max.X) * pixel, float64(box.Max.Y) * pixel}
}

// turned is a page a quarter to the right.
func (p page) turned() page {
	return page{w: p.h, h: p.w, ink: rect{p.h - p.ink.y1, p.ink.x0, p.h - p.ink.y0, p.ink.x1}}
}

// grid is the paper that pages are laid on: its size and the distance of its dots in
// points, and how large a point of a page is there.
type grid struct{ w, h, dot, unit float64 }

// place is where a page goes, from the top left corner of the paper, in points.
type place struct {
	page  int
	turn  bool
	x, y  float64
	scale float64
}

// places finds where each page goes that has something on it. asIs: the file is as it
// shall be.
func (d *document) places(g grid, paper string, shrink bool) (all []place, asIs bool, err error) {
	asIs = true
	for i, p := range d.pages {
		if p.ink == (rect{}) {
			asIs = false
			continue
		}
		at, ok := p.on(g)
		if !ok && shrink {
			at, ok = p.shrunk(g), true
		}
		if !ok {
			return nil, false, &LargeError{W: length(p.ink.x1 - p.ink.x0), H: length(p.ink.y1 - p.ink.y0), Paper: paper}
		}
		at.page = i
		all = append(all, at)
		asIs = asIs && math.Abs(p.w-g.w) <= hair && math.Abs(p.h-g.h) <= hair
	}
	if len(all) == 0 {
		return nil, false, ErrBlank
	}
	return all, asIs, nil
}

// on finds where a page goes: as it is, else turned; whole, else what is on it.
func (p page) on(g grid) (place, bool) {
	t := p.turned()
	for _, way := range []place{{}, {turn: true}} {
		q := p
		if way.turn {
			q = t
		}
		if q.w <= g.w+hair && q.h <= g.h+hair {
			way.scale = 1
			return way, true
		}
	}
	for _, way := range []place{{}, {turn: true}} {
		q := p
		if way.turn {
			q = t
		}
		if q.ink.x1-q.ink.x0 <= g.w+2*pixel && q.ink.y1-q.ink.y0 <= g.h+2*pixel { // the outermost are hardly touched
			way.x, way.y, way.scale = g.shift(q.w, q.ink.x0, q.ink.x1, g.w), g.shift(q.h, q.ink.y0, q.ink.y1, g.h), 1
			return way, true
		}
	}
	return place{}, false
}

// shift moves what is on a page into the middle of the paper, by whole dots, where the
// page is the longer one.
func (g grid) shift(page, from, to, paper float64) float64 {
	if page <= paper+hair {
		return 0
	}
	by := (paper-(to-from))/2 - from
	return math.Round(by/g.dot) * g.dot
}

// shrunk is a page as large as it fits.
func (p page) shrunk(g grid) place {
	upright, turned := min(g.w/p.w, g.h/p.h), min(g.w/p.h, g.h/p.w)
	return place{turn: turned > upright, scale: max(upright, turned)}
}

// blank is a new file without pages.
func blank(lib pdfium.Pdfium) (document, error) {
	made, err := lib.FPDF_CreateNewDocument(&requests.FPDF_CreateNewDocument{})
	if err != nil {
		return document{}, err
	}
	return document{lib: lib, ref: made.Document}, nil
}

// lay puts a page of the document on a new one of another: as one object, with all that
// is on it as it was.
func (d *document) lay(on *document, i int, g grid, at place) error {
	made, err := d.lib.FPDFPage_New(&requests.FPDFPage_New{Document: on.ref, PageIndex: i, Width: g.w, Height: g.h})
	if err != nil {
		return err
	}
	defer func() { _, _ = d.lib.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: made.Page}) }()
	sheet := requests.Page{ByReference: &made.Page}
	// Notes and fields that stand beside the page's content become a part of it: only that
	// is laid.
	err = d.loaded(at.page, func(p requests.Page) error {
		_, err := d.lib.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: p, Usage: requests.FPDFPage_FlattenUsagePrint})
		return err
	})
	if err != nil {
		return err
	}
	// The library hands these two documents on the wrong way round.
	form, err := d.lib.FPDF_NewXObjectFromPage(&requests.FPDF_NewXObjectFromPage{Source: on.ref, Destination: d.ref, SourcePageIndex: at.page})
	if err != nil {
		return err
	}
	defer func() { _, _ = d.lib.FPDF_CloseXObject(&requests.FPDF_CloseXObject{XObject: form.XObject}) }()
	object, err := d.lib.FPDF_NewFormObjectFromXObject(&requests.FPDF_NewFormObjectFromXObject{XObject: form.XObject})
	if err != nil {
		return err
	}
	p, s := d.pages[at.page], at.scale*g.unit
	x, y := at.x*g.unit, g.h-at.y*g.unit // of the top left corner, counted from below
	m := structs.FPDF_FS_MATRIX{A: float32(s), D: float32(s), E: float32(x), F: float32(y - s*p.h)}
	if at.turn {
		m = structs.FPDF_FS_MATRIX{B: float32(-s), C: float32(s), E: float32(x), F: float32(y)}
	}
	if _, err := d.lib.FPDFPageObj_Transform(&requests.FPDFPageObj_Transform{PageObject: object.PageObject, Transform: m}); err != nil {
		return err
	}
	if _, err := d.lib.FPDFPage_InsertObject(&requests.FPDFPage_InsertObject{Page: sheet, PageObject: object.PageObject}); err != nil {
		return err
	}
	_, err = d.lib.FPDFPage_GenerateContent(&requests.FPDFPage_GenerateContent{Page: sheet})
	return err
}

func (d *document) bytes() ([]byte, error) {
	saved, err := d.lib.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: d.ref, Flags: requests.SaveFlagNoIncremental})
	if err != nil {
		return nil, err
	}
	return *saved.FileBytes, nil
}
