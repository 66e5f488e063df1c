package woocommerce_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/woocommerce"
	"packbench/station/web"
)

// recorded is a shop of files: the answers of testdata, in the form that the shop's
// documentation shows them. What is not there has no route.
func recorded(t *testing.T, answers map[string]string) *woocommerce.Shop {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		name, ok := answers[strings.TrimPrefix(r.URL.Path, "/wp-json")]
		if !ok {
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"code":"rest_no_route","message":"No route was found matching the URL and request method.","data":{"status":404}}`))
			return
		}
		body := []byte(name)
		if strings.HasSuffix(name, ".json") {
			var err error
			if body, err = os.ReadFile(filepath.Join("testdata", name)); err != nil {
				t.Error(err)
			}
		}
		_, _ = w.Write(body)
	}))
	t.Cleanup(srv.Close)
	s, err := woocommerce.New(shop.Options{ID: "woo", URL: srv.URL, Secret: "ck_a:cs_b", Do: web.NewHTTP()})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lines(o shop.Order) []string {
	var out []string
	for _, l := range o.Lines {
		out = append(out, l.ID+" "+l.SKU+" "+strings.Repeat("|", l.Qty)+" "+l.Price.String())
	}
	return out
}

// A whole order in the documented form: refunds subtracted by their line, the virtual
// product left out, what a fulfilment holds left out, entities read, the address of
// the buyer where the shop leaves the other one empty.
func TestADocumentedOrder(t *testing.T) {
	s := recorded(t, map[string]string{
		"/wc/v3/orders/9127":              "order.json",
		"/wc/v3/orders/9127/refunds":      "refunds.json",
		"/wc/v3/orders/9127/fulfillments": "fulfillments.json",
		"/wc/v3/orders/9127/notes":        "notes.json",
		"/wc/v3/products":                 "products-virtual.json",
		"/wc/v3/products/41/variations":   "variations.json",
	})
	o, err := s.Fresh(t.Context(), "9127")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"611 MUG-W ||| 4.00 EUR", "612 SHIRT-M | 12.50 EUR", "note  | 0.00"}
	if got := lines(o); !slices.Equal(got, want) {
		t.Errorf("to pack %q, want %q", got, want)
	}
	if o.Number != "INV-0031" || o.Own != "9127" || o.Status != station.OrderOpen || o.Service != "Parcel & insurance" {
		t.Errorf("%+v", o.Order)
	}
	if o.To.Name != "Robin Sample" || o.To.Street != "1 Example Street" || o.To.Phone != "+1 555 0100" || o.To.Country != "DE" || o.To.Region != "BE" {
		t.Errorf("goes to %+v", o.To)
	}
	if !o.Placed.Equal(time.Date(2026, 11, 3, 8, 15, 2, 0, time.UTC)) || o.Value.String() != "46.50 EUR" {
		t.Errorf("placed %s, worth %s", o.Placed, o.Value)
	}
	if len(o.Sent) != 1 || o.Sent[0].Tracking != "00340434161094000001" || o.Sent[0].Name != "dhl" || len(o.Sent[0].Lines) != 1 || o.Sent[0].Lines[0].SKU != "MUG-W" {
		t.Errorf("sent %+v", o.Sent)
	}
	if o.Lines[2].Text != "Please ring twice – thank you" {
		t.Errorf("the note is %q", o.Lines[2].Text)
	}
}

// Of a set its parts are packed; one that is a box on the shelf is packed itself.
func TestSets(t *testing.T) {
	line := func(id, sku, rest string) string {
		return `{"id":` + id + `,"product_id":0,"quantity":1,"sku":"` + sku + `","total":"1.00"` + rest + `}`
	}
	meta := func(pairs ...string) string {
		var list []string
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, `{"id":1,"key":"`+pairs[i]+`","value":"`+pairs[i+1]+`"}`)
		}
		return `,"meta_data":[` + strings.Join(list, ",") + `]`
	}
	for name, c := range map[string]struct{ items, want string }{
		"parts by the plug-in's keys": {
			line("1", "SET", meta("_bundle_cart_key", "k1")) + "," + line("2", "A", meta("_bundled_by", "k1")) + "," + line("3", "B", meta("_bundled_by", "k1")) + "," + line("4", "C", ""),
			"A B C",
		},
		"parts by the number of the set's line": {
			line("1", "SET", `,"bundled_by":"","bundled_items":[2]`) + "," + line("2", "A", `,"bundled_by":1`) + "," + line("3", "C", `,"bundled_by":[]`),
			"A C",
		},
		"a composite": {
			line("1", "SET", meta("_composite_cart_key", "k")) + "," + line("2", "A", meta("_composite_parent", "k")),
			"A",
		},
		"a key that nobody has: the set stands before its parts": {
			line("1", "C", "") + "," + line("2", "SET", "") + "," + line("3", "A", meta("_bundled_by", "lost")) + "," + line("4", "B", meta("_bundled_by", "lost")),
			"C A B",
		},
		"a box on the shelf": {
			line("1", "BOX", meta("_bundle_cart_key", "k")) + "," + line("2", "A", meta("_bundled_by", "k", "_bundled_item_needs_shipping", "no")),
			"BOX",
		},
	} {
		s := recorded(t, map[string]string{
			"/wc/v3/orders/5":       `{"id":5,"number":"5","status":"processing","currency":"EUR","line_items":[` + c.items + `]}`,
			"/wc/v3/orders/5/notes": `[]`,
		})
		o, err := s.Fresh(t.Context(), "5")
		var got []string
		for _, l := range o.Lines {
			got = append(got, l.SKU)
		}
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, %v, want %s", name, got, err, c.want)
		}
	}
}

// What cannot be packed is left out of a page with its reason; the rest comes.
func TestAPageWithBadOrders(t *testing.T) {
	order := func(id, rest string) string {
		return `{"id":` + id + `,"number":"N` + id + `","status":"processing","currency":"EUR"` + rest + `}`
	}
	line := func(qty string) string {
		return `,"line_items":[{"id":9,"product_id":0,"quantity":` + qty + `,"sku":"A","total":"1.00"}]`
	}
	s := recorded(t, map[string]string{"/wc/v3/orders": "\ufeff\n [" + strings.Join([]string{
		order("1", line(`2`)), order("2", line(`2.5`)), order("3", line(`"2.0"`)), order("4", line(`1000000000`)), order("5", line(`"many"`)), order("6", line(`0`)),
		order("7", `,"line_items":[{"id":9,"quantity":1,"sku":" <b>A&amp;B</b>\u0007 ","total":"1.00"}],"shipping":[],"billing":[],"meta_data":{},"shipping_lines":[]`),
		order("8", `,"line_items":"none"`), `{"id":10,"status":"checkout-draft"}`,
		`{"id":11,"number":11,"status":"partial-shipped","currency":"EUR"` + line("1") + `}`,
	}, ",") + "]"})
	page, err := s.Changed(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, o := range page.Orders {
		got[o.Number] = string(o.Status)
		if o.Number == "N7" && o.Lines[0].SKU != "<b>A&B</b>" {
			t.Errorf("%q", o.Lines[0].SKU)
		}
		if o.Number == "N3" && o.Lines[0].Qty != 2 {
			t.Errorf("%+v", o.Lines)
		}
	}
	for _, l := range page.Left {
		got[l.Number] = l.Reason
	}
	for number, want := range map[string]string{
		"N1": "open", "N2": "a quantity is not a whole number of pieces", "N3": "open", "N4": "a quantity is far too large", "N5": "a quantity is not a number",
		"N6": "done", "N7": "open", "8": "the shop gives it in a form that cannot be read", "11": "held",
	} {
		if got[number] != want {
			t.Errorf("order %s: %q, want %q", number, got[number], want)
		}
	}
	if len(got) != 9 {
		t.Errorf("%v", got)
	}
}

// An order of a hundred thousand lines, each of them part of a set, is read in a
// moment or two.
func TestAVeryLongOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine: the plain run does it")
	}
	const n = 100_000
	var b strings.Builder
	b.WriteString(`{"id":5,"number":"5","status":"processing","currency":"EUR","line_items":[{"id":1,"quantity":1,"sku":"SET","total":"0","meta_data":[{"key":"_bundle_cart_key","value":"k"}]}`)
	for i := range n {
		b.WriteString(`,{"id":` + strconv.Itoa(i+2) + `,"quantity":1,"sku":"A","total":"1.00","meta_data":[{"key":"_bundled_by","value":"k"}]}`)
	}
	b.WriteString("]}")
	s := recorded(t, map[string]string{"/wc/v3/orders/5": b.String(), "/wc/v3/orders/5/notes": `[]`})
	at := time.Now()
	o, err := s.Fresh(t.Context(), "5")
	if err != nil || len(o.Lines) != n {
		t.Fatalf("%d lines, %v", len(o.Lines), err)
	}
	if took := time.Since(at); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
}
