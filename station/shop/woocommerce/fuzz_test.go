package woocommerce

import (
	"encoding/json"
	"os"
	"testing"
	"unicode/utf8"

	"packbench/station/shop"
)

// Whatever a shop sends for an order: no panic, and what comes of it can be shown.
func FuzzOrder(f *testing.F) {
	for _, name := range []string{"testdata/order.json"} {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"id":"7","number":7,"status":null,"shipping":[],"billing":false,"meta_data":{},"line_items":[{"id":[],"quantity":"1e5","sku":{},"meta_data":[{"key":1,"value":[1]}],"bundled_by":1}]}`))
	f.Add([]byte(`{"id":7,"meta_data":[{"key":"_packbench_parcel_1","value":{"tracking":"T","lines":[{"item_id":"1","qty":"2"}]}}],"line_items":[{"id":1,"quantity":3,"bundled_by":1}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := New(shop.Options{URL: "https://shop.example", Secret: "a:b"})
		if err != nil {
			t.Fatal(err)
		}
		var o order
		if json.Unmarshal(data, &o) != nil {
			return
		}
		records := []record{{way: byNote, id: "1", Shipment: shop.Shipment{Tracking: "T", Key: "1"}}}
		join(o, records)
		sent := shipments(o, records)
		if len(sent) < 1 {
			t.Error("a parcel is lost")
		}
		left, err := s.remaining(o, known{records: records})
		if err != nil {
			return
		}
		for line, n := range left {
			if n < 0 || n > 2_000_000_000 {
				t.Errorf("%d of line %d are left", n, line)
			}
		}
		to := goesTo(o)
		for _, text := range []string{to.Name, to.Street, to.City, to.Country, called(o)} {
			if !utf8.ValidString(text) {
				t.Errorf("%q cannot be shown", text)
			}
		}
		s.status(o)
	})
}
