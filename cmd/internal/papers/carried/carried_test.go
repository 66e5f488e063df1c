package carried_test

import (
	"bytes"
	"errors"
	"image"
	"testing"
	"time"

	"packbench/cmd/internal/papers/carried"
	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/config"
	"packbench/station/store"
	"packbench/station/trouble"
	"packbench/station/unit"
)

// form is a label as a simulated account draws it.
func form(t *testing.T, kind string) []byte {
	t.Helper()
	data, err := carriersim.Paper(carriersim.Label{
		Tracking: carriersim.UPSNumber(1), Carrier: "UPS", Service: "ground", Grams: 800, At: time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC),
		To: carriersim.Address{Name: "A. Buyer", Street: "1 Main St", City: "Austin", Region: "TX", Postcode: "78701", Country: "US"},
	}, kind, 203)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// framed is a page of so many inches with a frame at its edges.
func framed(t *testing.T, w, h int) []byte {
	t.Helper()
	const dpi = 72
	all := image.NewGray(image.Rect(0, 0, w*dpi, h*dpi))
	for y := 2; y < h*dpi-2; y++ {
		for x := 2; x < w*dpi-2; x++ {
			all.Pix[all.PixOffset(x, y)] = 255
		}
	}
	data, err := pdf.Image(all, dpi, labels.Paper{W: unit.Length(w) * unit.Inch, H: unit.Length(h) * unit.Inch}, "page")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func printers(kind, page, paper string) config.Printers {
	return config.Printers{Label: config.Printer{Kind: kind, Page: page, DPI: 203}, Paper: config.Printer{Kind: "folder", Page: paper, DPI: 300}}
}

// A carrier's label goes to the label printer in the form that it takes; to the paper
// printer where no label takes it; and nowhere, in words, where neither does.
func TestLabelForThePrinterOfNow(t *testing.T) {
	label, program := form(t, "pdf"), form(t, "zpl")
	wide, huge := framed(t, 7, 8), framed(t, 11, 12)
	for name, c := range map[string]struct {
		kept, program []byte
		printers      config.Printers
		pdf, zpl      bool
		on            string
		no            trouble.Code
	}{
		"a page for a queue":                 {kept: label, printers: printers("cups", "4x6", "a4"), pdf: true},
		"a page for a printer of dots":       {kept: label, printers: printers("zpl", "4x6", "a4"), pdf: true, zpl: true},
		"a program for a printer of dots":    {program: program, printers: printers("zpl", "4x6", "a4"), zpl: true},
		"a program for a queue":              {program: program, printers: printers("cups", "4x6", "a4"), no: trouble.OtherPrinter},
		"a large page":                       {kept: wide, printers: printers("cups", "4x6", "a4"), pdf: true, on: carried.OnPaper},
		"a large page for a printer of dots": {kept: wide, printers: printers("zpl", "4x6", "letter"), pdf: true, on: carried.OnPaper},
		"one too large for both":             {kept: huge, printers: printers("cups", "4x6", "a4"), no: trouble.LabelTooLarge},
		"no PDF":                             {kept: []byte("%PDF-1.4 %%EOF"), printers: printers("cups", "4x6", "a4"), no: trouble.LabelUnreadable},
	} {
		got, err := carried.Label(t.Context(), c.kept, c.program, c.printers)
		var no *trouble.Error
		switch {
		case c.no != "":
			if !errors.As(err, &no) || no.Code != c.no {
				t.Errorf("%s: %v", name, err)
			}
		case err != nil || len(got.PDF) > 0 != c.pdf || len(got.ZPL) > 0 != c.zpl || got.On != c.on:
			t.Errorf("%s: %v, a PDF of %d bytes, ZPL of %d, on %q", name, err, len(got.PDF), len(got.ZPL), got.On)
		case c.zpl && !bytes.Contains(got.ZPL, []byte("^PW812^LL1218")):
			t.Errorf("%s: %.60s", name, got.ZPL)
		}
	}
}

// What comes with a label is kept with it: customs papers in their order, and none that is
// no paper.
func TestWhatCameIsKept(t *testing.T) {
	name := func(id string) string { return id + "-zpl" }
	label, page := account.Paper{Kind: "label", Type: account.ZPL, Data: form(t, "zpl")}, account.Paper{Kind: "customs", Type: account.PDF, Data: form(t, "pdf")}
	got, err := carried.Documents(store.Document{ID: "label-1", Effect: "1", Kind: "label", Profile: carried.Profile}, []account.Paper{
		label, page, {Kind: "receipt", Type: account.PDF, Data: page.Data}, {Kind: "customs", Type: account.PDF, Data: []byte("<html>")}, page,
	}, name)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, d := range got {
		ids = append(ids, d.ID+" "+d.Kind)
	}
	want := []string{"label-1 label", "label-1-zpl label-zpl", carried.Customs("label-1", 1) + " customs", carried.Customs("label-1", 2) + " customs"}
	if len(ids) != len(want) {
		t.Fatalf("kept %q, want %q", ids, want)
	}
	for i := range ids {
		if ids[i] != want[i] {
			t.Errorf("kept %q, want %q", ids, want)
		}
	}
	if _, err := carried.Documents(store.Document{}, []account.Paper{{Kind: "label", Type: account.PDF, Data: []byte("<html>")}}, name); err == nil {
		t.Error("a web page is no label")
	}
	form, err := carried.Papers(t.Context(), [][]byte{page.Data, page.Data}, config.Printer{Kind: "folder", Page: "a4", DPI: 300})
	if err != nil || bytes.Count(form.PDF, []byte("/Type/Page>>"))+bytes.Count(form.PDF, []byte("/Type/Page/")) < 2 {
		t.Errorf("two papers as one file: %v", err)
	}
}
