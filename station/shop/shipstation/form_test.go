package shipstation_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/shop/shipstation"
	"packbench/station/unit"
)

// answers gives what stands in files, each for one path, and holds what was asked.
type answers map[string]string

func (a answers) Do(r *http.Request) (*http.Response, error) {
	name, ok := a[r.URL.Path]
	if !ok {
		return nil, errors.New("not asked for: " + r.URL.Path)
	}
	body := strings.NewReader(name)
	w := &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: nopCloser{body}}
	return w, nil
}

type nopCloser struct{ *strings.Reader }

func (nopCloser) Close() error { return nil }

func recorded(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func client(t *testing.T, a answers, set map[string]string) *shipstation.Shop {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	s, err := shipstation.New(shop.Options{Secret: "k:s", Set: set, Do: a, Clock: func() time.Time { return time.Date(2026, 3, 8, 12, 0, 0, 0, berlin) }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Answers in ShipStation's own form become orders: what is paid, held, sent and
// cancelled is told apart, a discount is no goods, and what cannot be packed is said.
func TestOrdersInTheFormOfShipStation(t *testing.T) {
	s := client(t, answers{"/orders": recorded(t, "orders.json"), "/fulfillments": recorded(t, "fulfillments.json"), "/shipments": `{"shipments":[],"pages":0}`}, map[string]string{shipstation.Currency: "usd", shipstation.Totes: "2"})
	page, err := s.Changed(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	byNumber := map[string]shop.Order{}
	for _, o := range page.Orders {
		byNumber[o.Number] = o
	}
	o := byNumber["SH-2001"]
	want := []station.Line{
		{ID: "301", SKU: "MUG-W", Qty: 2, Kind: station.Goods, Bin: "A1-04", Price: unit.Money{Minor: 1450, Currency: "USD"}},
		{ID: "302", SKU: "MUG-W", Qty: 1, Kind: station.Goods, Price: unit.Money{Currency: "USD"}},
		{ID: "note", Kind: station.Note, Qty: 1, Text: "Ring twice\nplease"},
		{ID: "note-internal", Kind: station.Note, Qty: 1, Text: "Fragile"},
		{ID: "note-gift", Kind: station.Note, Qty: 1, Text: "Gift message: For you"},
	}
	if !reflect.DeepEqual(o.Lines, want) {
		t.Errorf("lines\n%+v, want\n%+v", o.Lines, want)
	}
	if o.Status != station.OrderOpen || !o.Gift || o.Message != "For you" || o.Service != "Ground" || o.Own != "194113592" || strings.Join(o.Totes, " ") != "T7 T8" || o.Value.Minor != 2610 {
		t.Errorf("%+v", o.Order)
	}
	if o.To.Street2 != "Unit 4, Rear" || o.To.Email != "kim@example.com" || o.To.Postcode != "97201-0001" {
		t.Errorf("goes to %+v", o.To)
	}
	if got := o.Placed.UTC().Format(time.RFC3339); got != "2026-03-08T00:45:00Z" {
		t.Errorf("placed %s, want 16:45 at the West Coast", got)
	}
	if got := o.ShipBy.Format(time.RFC3339); got != "2026-03-10T23:59:59+01:00" {
		t.Errorf("leaves by %s, want the end of that day at the bench", got)
	}
	for number, want := range map[string]struct {
		status station.OrderStatus
		reason string
	}{
		"SH-2002": {station.OrderHeld, "on hold in ShipStation until 2026-03-12"},
		"SH-2003": {station.OrderDone, ""},
		"SH-2008": {station.OrderHeld, "the sales channel says that it was shipped by Marketplace Warehouse"},
		"SH-2009": {station.OrderHeld, `ShipStation calls it "something_new", which packbench does not know`},
		"SH-2010": {station.OrderCancelled, "cancelled in ShipStation"},
	} {
		if o := byNumber[number]; o.Status != want.status || o.Reason != want.reason {
			t.Errorf("%s is %s, %q, want %s, %q", number, o.Status, o.Reason, want.status, want.reason)
		}
	}
	if sent := byNumber["SH-2003"].Sent; len(sent) != 1 || len(sent[0].Lines) != 1 || sent[0].Lines[0].Qty != 4 || sent[0].Tracking != "1Z 0000 0000 0000 0001" {
		t.Errorf("of the shipped order left %+v", sent)
	}
	if lines := byNumber["SH-2010"].Lines; len(lines) != 2 || lines[0].ID == lines[1].ID {
		t.Errorf("lines without ids of their own: %+v", lines)
	}
	left := map[string]string{}
	for _, l := range page.Left {
		left[l.Number] = l.Reason
	}
	for number, part := range map[string]string{"SH-2004": "quantity of CUP is 2.5", "SH-2005": "1000000000", "SH-2006": "Engraved plate has no SKU", "SH-2007": "cannot be read"} {
		if !strings.Contains(left[number], part) {
			t.Errorf("%s is left out because %q, want words about %q", number, left[number], part)
		}
	}
}

// What was voided or comes back has not left; a sales channel that was not told is said.
func TestParcelsInTheFormOfShipStation(t *testing.T) {
	order := `{"orderId":194113594,"orderNumber":"SH-2003","orderStatus":"shipped","items":[{"orderItemId":305,"sku":"CUP","quantity":4}]}`
	s := client(t, answers{
		"/fulfillments": recorded(t, "fulfillments.json"), "/shipments": recorded(t, "shipments.json"), "/orders/194113594": order,
	}, nil)
	got, err := s.Shipped(t.Context(), "194113594")
	if err != nil || len(got) != 2 {
		t.Fatalf("%d parcels, %v: %+v", len(got), err, got)
	}
	outside, label := got[0], got[1]
	if outside.ID != "fulfillment-33974374" || outside.Lines[0] != (shop.Units{Line: "305", SKU: "CUP", Qty: 4}) || !strings.HasPrefix(outside.Say, "the sales channel was not told: IntegrationError") {
		t.Errorf("the fulfilment is %+v", outside)
	}
	if label.ID != "shipment-33974301" || label.Tracking != "9400111899560000000001" || label.Lines[0].Qty != 1 || label.Say != "" {
		t.Errorf("the label is %+v", label)
	}
	// A tracking number that was typed with spaces is the same one.
	id, err := s.Ship(t.Context(), shop.Shipment{Order: "194113594", Tracking: "1z00000000000000 01", Lines: []shop.Units{{Line: "305", SKU: "CUP", Qty: 4}}})
	if err != nil || id != "fulfillment-33974374" {
		t.Errorf("a parcel that is there already: %q, %v", id, err)
	}
}

func TestProductsInTheFormOfShipStation(t *testing.T) {
	s := client(t, answers{"/products": recorded(t, "products.json")}, nil)
	got, err := s.Products(t.Context(), "")
	if err != nil || got.More {
		t.Fatal(err, got.More)
	}
	want := []station.Product{
		{SKU: "MUG-W", Name: "Mug, white", Barcodes: []station.Barcode{{Code: "4006381333931", Factor: 1}}, Aliases: []string{"WHITE-MUG"}, Mass: 255_146 * unit.Milligram, HSCode: "691200", Origin: "CN", Customs: "Ceramic mug"},
		{SKU: "CUP", Name: "Cup"},
	}
	if !reflect.DeepEqual(got.Products, want) {
		t.Errorf("%+v, want\n%+v", got.Products, want)
	}
	// The next reading leaves out what is older.
	if again, err := s.Products(t.Context(), got.Next); err != nil || len(again.Products) != 1 || again.Products[0].SKU != "MUG-W" {
		t.Errorf("the second time %+v, %v", again.Products, err)
	}
}

func TestSettingsThatAreWrongAreSaid(t *testing.T) {
	for _, c := range []struct {
		o    shop.Options
		want string
	}{
		{shop.Options{Secret: "onlyakey"}, "a key of v2"},
		{shop.Options{Secret: "k: "}, "KEY:SECRET"},
		{shop.Options{Secret: "k:s", URL: "ssapi"}, "the address"},
		{shop.Options{Secret: "k:s", Set: map[string]string{"store": "main"}}, "the setting store must be a number"},
		{shop.Options{Secret: "k:s", Set: map[string]string{"totes": "4"}}, "the setting totes"},
		{shop.Options{Secret: "k:s", Set: map[string]string{"currency": "dollars"}}, "three letters"},
		{shop.Options{Secret: "k:s", Set: map[string]string{"carriers": "dhl"}}, "pairs"},
	} {
		if _, err := shipstation.New(c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want words about %q", c.o, err, c.want)
		}
	}
}

// A list in another order than was asked would leave orders out without a word.
func TestAListInAnotherOrderIsNotTaken(t *testing.T) {
	list := `{"orders":[{"orderId":2,"orderStatus":"cancelled","modifyDate":"2026-03-07T17:00:00"},{"orderId":1,"orderStatus":"cancelled","modifyDate":"2026-03-01T17:00:00"}],"total":900,"page":1,"pages":2}`
	_, err := client(t, answers{"/orders": list}, nil).Changed(t.Context(), "")
	if err == nil || !strings.Contains(err.Error(), "another order than was asked") {
		t.Errorf("%v", err)
	}
	for _, body := range []string{`{}`, `[]`, `{"orders":null}`, `{"orders":[7,null,"x"],"pages":1}`} {
		page, err := client(t, answers{"/orders": body}, nil).Changed(t.Context(), "no cursor at all")
		if err == nil && len(page.Orders) > 0 {
			t.Errorf("%s: %+v", body, page)
		}
	}
}
