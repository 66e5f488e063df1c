package folder

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"packbench/station/shop"
)

// The headings are those of Amazon's template; a part of an order names its items.
func TestWhatLeftInAmazonsForm(t *testing.T) {
	w := newWorld(t, map[string]string{Form: "amazon"})
	s := parcel()
	s.Order, s.Number, s.Name, s.Part = "000-0000000-0000001", "000-0000000-0000001", "ups", true
	s.Lines = []shop.Units{{Line: "00000000000001", SKU: "MUG", Qty: 2}}
	id, err := w.Ship(t.Context(), s)
	if err != nil || !strings.HasSuffix(id, ".txt") {
		t.Fatal(id, err)
	}
	want := "TemplateType=OrderFulfillment\tVersion=2011.1102\tThis row for Amazon.com use only.  Do not modify or delete.\t\t\t\t\t\r\n" +
		"order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method\r\n" +
		"000-0000000-0000001\t00000000000001\t2\t2026-09-17\tUPS\t\tTR 1/2\t\r\n"
	if got := w.file("out", id); got != want {
		t.Errorf("got\n%s", got)
	}
	if err := os.Remove(filepath.Join(w.dir, "out", id)); err != nil {
		t.Fatal(err)
	}
	s.ID = id
	if err := w.Unship(t.Context(), s); !errors.As(err, new(*shop.Refused)) || w.names("out") != "" {
		t.Error("taken back after it was fetched:", err)
	}

	s.Lines, s.Name, s.Tracking, s.Part = []shop.Units{{Line: "1", SKU: "MUG", Qty: 2}}, "Heron", "TR 3", false
	if id, err = w.Ship(t.Context(), s); err != nil || !strings.Contains(w.file("out", id), "0000001\t\t\t2026-09-17\tOther\tHeron\tTR 3\t\r\n") {
		t.Error("the whole order:", err)
	}
	s.Part, s.Tracking = true, "TR 4"
	if _, err := w.Ship(t.Context(), s); !errors.As(err, new(*shop.Refused)) {
		t.Error("a part of unnamed items would confirm the whole order:", err)
	}
	s.Part, s.Tracking = false, "=TR"
	if _, err := w.Ship(t.Context(), s); !errors.As(err, new(*shop.Refused)) {
		t.Error("a formula:", err)
	}
	if _, err := New(shop.Options{URL: w.dir, Set: map[string]string{Form: "morse"}}); err == nil || !strings.Contains(err.Error(), "generic, amazon") {
		t.Error(err)
	}
}
