package carriers_test

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"packbench/cmd/internal/papers"
	"packbench/cmd/internal/papers/carried"
	"packbench/labels"
	"packbench/labels/foreign"
	"packbench/labels/readback"
	"packbench/station/carrier/account"
	simkinds "packbench/station/carrier/carriersim/kinds"
	"packbench/station/config"
	"packbench/station/store"
)

// ownProgram are the accounts that draw a label for a printer of 300 dots an inch.
var ownProgram = []string{"fedex", "usps"}

// A label with the papers for customs among its pages is printed with all of them, and the
// bench adds none of its own.
func TestPapersForCustomsInTheLabel(t *testing.T) {
	for _, p := range []config.Printer{{Kind: "cups", DPI: 203}, {Kind: "zpl", DPI: 203}} {
		w := drawnWorld(t, "usps")
		w.mugs()
		w.to = toronto
		p.Page = "4x6"
		w.folder.Settings.Printers.Label = p
		wish := w.parcel(1)
		sold, err := w.rooms.Buy(t.Context(), w.priced(wish))
		if err != nil {
			t.Fatal(err)
		}
		all, err := carried.Documents(store.Document{ID: "label-1"}, sold.Papers, func(id string) string { return id + "-zpl" })
		if err != nil {
			t.Fatal(err)
		}
		var program []byte
		if len(all) > 1 {
			program = all[1].PDF
		}
		form, err := carried.Label(t.Context(), all[0].PDF, program, config.Printers{Label: p})
		pages := bytes.Count(form.PDF, []byte("/Type/Page>>")) + bytes.Count(form.PDF, []byte("/Type/Page/")) + bytes.Count(form.PDF, []byte("/Type /Page\n"))
		if err != nil || p.Kind == "cups" && pages != 3 || p.Kind == "zpl" && bytes.Count(form.ZPL, []byte("^XA")) != 3 {
			t.Errorf("%+v: %d pages, %d programs, %v", p, pages, bytes.Count(form.ZPL, []byte("^XA")), err)
		}
		if with := papers.New(w.folder).WithLabel(wish.Order, sold.Papers, sold.Forms); slices.Contains(with, "customs") {
			t.Errorf("printed with it: %v", with)
		}
		if with := papers.New(w.folder).WithLabel(wish.Order, sold.Papers, false); !slices.Contains(with, "customs") {
			t.Errorf("of a label without them: %v", with)
		}
	}
}

// C2: the label of every account is printed at its own size, on a printer that takes pages
// and on one that takes dots, whatever the account sells. Its code reads back after both
// renderers at both resolutions.
func TestEveryAccountsLabelIsPrinted(t *testing.T) {
	if testing.Short() {
		t.Skip("one label is drawn after another")
	}
	var numbers []string
	var pages [][]byte
	for _, kind := range slices.Sorted(maps.Keys(simkinds.All)) {
		w := drawnWorld(t, kind)
		for n, p := range []config.Printer{{Kind: "cups", DPI: 203}, {Kind: "zpl", DPI: 203}, {Kind: "zpl", DPI: 300}} {
			p.Page = "4x6"
			w.folder.Settings.Printers.Label = p
			sold, err := w.rooms.Buy(t.Context(), w.priced(w.parcel(n+1)))
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			label := sold.Papers[0]
			if program := label.Type == account.ZPL; program && (p.Kind != "zpl" || p.DPI == 300 && !slices.Contains(ownProgram, kind)) {
				t.Errorf("%s sold a program of its own for %+v", kind, p)
			} else if program {
				continue
			}
			page, err := carried.Page(label)
			if err != nil {
				t.Fatalf("%s: %v", kind, err)
			}
			form, err := carried.Label(t.Context(), page, nil, w.folder.Settings.Printers)
			if err != nil || len(form.PDF) == 0 || (len(form.ZPL) > 0) != (p.Kind == "zpl") || form.On != "" {
				t.Errorf("%s for %+v: %v, on %q", kind, p, err, form.On)
			}
			if p.Kind != "zpl" {
				numbers, pages = append(numbers, sold.Tracking), append(pages, form.PDF)
			}
		}
	}
	readback.Whole(t)
	file, err := foreign.Shrink(t.Context(), labels.Paper4x6(), 203, pages...) // they are of that size: one file of all
	if err != nil {
		t.Fatal(err)
	}
	for _, dpi := range []int{203, 300} {
		for with, drawn := range readback.Pages(t, file, dpi) {
			found := readback.Code128(t, drawn...)
			if len(found) != len(numbers) || len(found) < 13 {
				t.Fatalf("%s at %d dpi: %d pages of %d labels", with, dpi, len(found), len(numbers))
			}
			for i, codes := range found {
				if !slices.Contains(codes, numbers[i]) {
					t.Errorf("%s at %d dpi, label %d: read %q, want %s", with, dpi, i+1, codes, numbers[i])
				}
			}
		}
	}
}
