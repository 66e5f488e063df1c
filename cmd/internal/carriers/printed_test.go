package carriers_test

import (
	"maps"
	"slices"
	"testing"

	"packbench/cmd/internal/papers/carried"
	"packbench/labels"
	"packbench/labels/foreign"
	"packbench/labels/readback"
	"packbench/station/carrier/account"
	simkinds "packbench/station/carrier/carriersim/kinds"
	"packbench/station/config"
)

// ownProgram are the accounts that draw a label for a printer of 300 dots an inch.
var ownProgram = []string{"fedex", "usps"}

// C2: the label of every account is printed at its own size, on a printer that takes pages
// and on one that takes dots, whatever the account sells. Its code reads back after both
// renderers at both resolutions.
func TestEveryAccountsLabelIsPrinted(t *testing.T) {
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
