package carriers_test

import (
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"packbench/cmd/internal/papers/carried"
	"packbench/labels"
	"packbench/labels/foreign"
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
	if testing.Short() {
		t.Skip("labels are read back in the whole run")
	}
	file, err := foreign.Shrink(t.Context(), labels.Paper4x6(), 203, pages...) // they are of that size: one file of all
	if err != nil {
		t.Fatal(err)
	}
	for _, dpi := range []string{"203", "300"} {
		for with, found := range readBack(t, file, dpi) {
			for i, codes := range found {
				if !slices.Contains(codes, numbers[i]) {
					t.Errorf("%s at %s dpi, label %d: read %q, want %s", with, dpi, i+1, codes, numbers[i])
				}
			}
		}
	}
}

// readBack are the codes that a reader finds on each page of a file, by what drew it.
func readBack(t *testing.T, file []byte, dpi string) map[string][][]string {
	t.Helper()
	run := func(name string, args ...string) []byte {
		t.Helper()
		path, err := exec.LookPath(name)
		if err != nil && os.Getenv("CI") == "" {
			t.Skipf("%s is missing: labels are not read back", name)
		}
		out, err := exec.Command(path, args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return out
	}
	dir := t.TempDir()
	name := filepath.Join(dir, "labels.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pbmraw", "-r"+dpi, "-sOutputFile="+filepath.Join(dir, "gs-%02d.pbm"), name)
	run("pdftoppm", "-r", dpi, "-mono", name, filepath.Join(dir, "poppler"))
	out := map[string][][]string{}
	for _, with := range []string{"gs", "poppler"} {
		pictures, _ := filepath.Glob(filepath.Join(dir, with+"-*.pbm"))
		args := []string{"-q", "--xml", "--set", "*.disable", "--set", "code128.enable", "--set", "x-density=0", "--set", "y-density=40"}
		var all struct {
			Sources []struct {
				Codes []string `xml:"index>symbol>data"`
			} `xml:"source"`
		}
		if err := xml.Unmarshal(run("zbarimg", append(args, pictures...)...), &all); err != nil {
			t.Fatal(err)
		}
		for _, s := range all.Sources {
			out[with] = append(out[with], s.Codes)
		}
		if len(out[with]) != len(pictures) || len(pictures) < 13 {
			t.Fatal(fmt.Errorf("%d pictures, %d read", len(pictures), len(out[with])))
		}
	}
	return out
}
