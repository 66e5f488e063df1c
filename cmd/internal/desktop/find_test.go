package desktop

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"packbench/station/pack"
	"packbench/station/screen"
)

// found types what is looked for, and waits for what came of it.
func (d *seat) found(text string, good func(screen.TraceView) bool) screen.TraceView {
	d.Helper()
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: "trace", Value: text})
	return *d.until("what "+text+" means", func(v screen.View) bool { return v.Trace != nil && v.Trace.Field == text && good(*v.Trace) }).Trace
}

func known(v screen.TraceView, name string) string {
	i := slices.IndexFunc(v.Known, func(f screen.Figure) bool { return f.Name == name })
	if i < 0 {
		return ""
	}
	return v.Known[i].Value
}

// P6: “my honey was missing” is answered on one page, from the name of the product, of the
// buyer, or any number; and goes out as a file.
func TestFindingInTheWindow(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	sscc := d.pack1()
	d.press(37, 14, 0) // Ctrl 5
	d.until("the page", func(v screen.View) bool { return v.Trace != nil })

	v := d.found("lime", func(v screen.TraceView) bool { return len(v.Rows) == 3 })
	if v.Rows[0].Label != "Product HONEY, Honey, lime blossom" || !v.Rows[0].On || v.Rows[1].Label != "Order 1003" || v.Compare.ID != "" {
		t.Fatalf("found are %+v", v.Rows)
	}
	d.touch("found:1")
	v = *d.until("the order", func(v screen.View) bool { return len(v.Trace.Known) > 0 && v.Trace.Known[0].Name == "Order 1003" }).Trace
	if known(v, "packed") != "1 × Honey, lime blossom in 1003-1" || known(v, "weight") != "0.740 kg typed" || len(v.Story) < 4 {
		t.Errorf("known is %+v, with a story of %d steps", v.Known, len(v.Story))
	}
	d.touch("trace:save")
	v = *d.until("the page to be written", func(v screen.View) bool { return v.Trace.Saved != "" }).Trace
	page, err := os.ReadFile(strings.TrimPrefix(v.Saved, "Written to "))
	if err != nil || !bytes.HasPrefix(page, []byte("%PDF-")) || v.Save.ID != "open-folder" {
		t.Errorf("it says %q: %v", v.Saved, err)
	}

	v = d.found(sscc, func(v screen.TraceView) bool { return len(v.Known) > 0 })
	if v.Known[0].Name != "Parcel 1003-1" || len(v.Rows) != 0 || !v.Again.Enabled || v.Saved != "" {
		t.Errorf("its SSCC finds %+v, reprint %v, %q", v.Known[0], v.Again.Enabled, v.Saved)
	}
	d.found("Packer One", func(v screen.TraceView) bool { return len(v.Known) > 0 && v.Known[0].Name == "Person P1, Packer One" })
	d.scanText("9520000000196")
	d.until("what a scan means", func(v screen.View) bool { return v.Trace.Field == "9520000000196" && len(v.Trace.Rows) == 3 })
	forged := other(d.code(sscc, "1003"), 30)
	d.found(forged, func(v screen.TraceView) bool {
		return v.Card.Kind == pack.Refused && len(v.Known) == 0 && len(v.Story) == 0
	})
	d.found("no such thing", func(v screen.TraceView) bool { return v.Card.Head == "Nothing found" })

	d.signIn("B-PACKER")
	d.until("the packer", func(v screen.View) bool { return v.Header.Role == "" && v.Page == screen.PageIdle })
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageTrace)})
	d.until("the page", func(v screen.View) bool { return v.Trace != nil })
	d.found("Packer One", func(v screen.TraceView) bool { return v.Card.Head == "Nothing found" })
}
