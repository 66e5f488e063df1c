package rating

import (
	"fmt"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/rules"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// What a parcel is worth: the order's value for all of it, else what its units are.
func TestWorth(t *testing.T) {
	d := foldertest.Shop(t)
	if _, err := d.Store.PutProducts(t.Context(), []station.Product{{SKU: "A", Value: eur(700)}, {SKU: "B"}, {SKU: "Z", Value: unit.Money{Minor: 5, Currency: "CHF"}}}); err != nil {
		t.Fatal(err)
	}
	o := station.Order{Lines: []station.Line{{ID: "1", SKU: "A", Qty: 2}, {ID: "2", SKU: "B", Qty: 3, Price: eur(250)}, {ID: "3", Kind: station.Note, Qty: 1}}}
	valued := o
	valued.Value = eur(1999)
	free := station.Order{Lines: []station.Line{{ID: "1", SKU: "A", Qty: 1, Price: eur(0)}, {ID: "2", SKU: "B", Qty: 1}, {ID: "3", SKU: "Z", Qty: 1}}}
	in := func(line, sku string, qty int) pack.Content { return pack.Content{Line: line, SKU: sku, Qty: qty} }
	for _, tt := range []struct {
		name string
		o    station.Order
		in   []pack.Content
		want string
	}{
		{"the order says it", valued, nil, "19.99 EUR"},
		{"and all of it is in", valued, []pack.Content{in("1", "A", 2), in("2", "B", 3)}, "19.99 EUR"},
		{"not all of it", valued, []pack.Content{in("1", "A", 1), in("2", "B", 3)}, "14.50 EUR"},
		{"nobody says it: by the units", o, nil, "21.50 EUR"},
		{"a free unit has its worth", free, []pack.Content{in("1", "A", 1)}, "7.00 EUR"},
		{"one that nobody knows the worth of", free, []pack.Content{in("1", "A", 1), in("2", "B", 1)}, "0.00"},
		{"two currencies", free, []pack.Content{in("1", "A", 1), in("3", "Z", 1)}, "0.00"},
		{"sent instead, at the price of what was ordered", o, []pack.Content{{Line: "9", SKU: "A", Qty: 1, Instead: &pack.Instead{Line: "2", SKU: "B"}}}, "2.50 EUR"},
		{"a product that is gone", o, []pack.Content{in("9", "GONE", 1)}, "0.00"},
	} {
		goods, all := inside(tt.o, tt.in)
		if got, err := NewReader(d).worth(t.Context(), tt.o, goods, all); err != nil || got.String() != tt.want {
			t.Errorf("%s: %s, %v; want %s", tt.name, got, err, tt.want)
		}
	}
}

func eur(minor int64) unit.Money { return unit.Money{Minor: minor, Currency: "EUR"} }

// What the shop has set counts in its quotes.
func TestSettingsCount(t *testing.T) {
	d := foldertest.Shop(t)
	o := station.Order{
		To: station.Address{Country: "DE", Postcode: "20095"}, Value: eur(50_000), Service: "Standard shipping", Tags: []string{"fragile"},
		Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1}},
	}
	chosen := func() string {
		t.Helper()
		quotes, err := NewReader(d).Quotes(t.Context(), o, Box{Mass: unit.Kilogram, At: foldertest.Noon()})
		if err != nil || !quotes[0].Chosen {
			t.Fatal(quotes, err)
		}
		return fmt.Sprintf("%s %v: %s", quotes[0].Service, quotes[0].Score.Terms, quotes[0].Reason)
	}
	for _, tt := range []struct {
		name string
		set  func(*folder.Folder)
		want string
	}{
		{"nothing", func(*folder.Folder) {}, "post-small [{price 310} {late 22} {lost 0}]: cheapest; no card has the service that the order asks for, Standard shipping"},
		{"a day late is dear", func(d *folder.Folder) { d.Settings.Choice.LateCost = "90.00" }, "express-road [{price 449} {late 315} {lost 0}]: lowest expected cost, 7.64 EUR; no card has the service that the order asks for, Standard shipping"},
		{"what is lost", func(d *folder.Folder) {
			d.Settings.Choice.LateCost, d.Settings.Choice.LostPerMillion = "", 1000
		}, "post-small [{price 310} {late 22} {lost 50}]: cheapest; no card has the service that the order asks for, Standard shipping"},
		{"what was paid", func(d *folder.Folder) {
			d.Settings.Choice.Paid = []rules.Kept{{Method: "Standard*", Services: []string{"post-parcel", "express-road"}}}
		}, "express-road [{price 449} {late 18} {lost 50}]: the order asks for it; lowest expected cost, 5.17 EUR"},
		{"a rule", func(d *folder.Folder) {
			d.Settings.Choice.Rules = []rules.Rule{{Name: "Glass", Tags: []string{"Fragile"}, SKUs: []string{"MUG-*"}, ValueFrom: "500", Never: []string{"demo-express"}}}
		}, "post-parcel [{price 460} {late 22} {lost 50}]: the order asks for it"},
	} {
		tt.set(d)
		if got := chosen(); got != tt.want {
			t.Errorf("%s\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// A carrier that is late today loses in mid-shift (C3): its parcels that are overdue by
// now count before any figure of its own has changed, and no longer once they have
// arrived in time after all.
func TestLateTodayLoses(t *testing.T) {
	d := foldertest.Shop(t)
	d.Settings.Choice.LateCost = "10.00"
	now := foldertest.Noon()
	d.Clock = func() time.Time { return now }
	r := NewReader(d)
	o := station.Order{To: station.Address{Country: "DE", Postcode: "20095"}, Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: 1}}}
	chosen := func() string {
		t.Helper()
		quotes, err := r.Quotes(t.Context(), o, Box{Mass: unit.Kilogram, At: now})
		if err != nil || !quotes[0].Chosen {
			t.Fatal(quotes, err)
		}
		for _, q := range quotes {
			if q.Service == "post-small" {
				return fmt.Sprintf("%s; post-small %d: %s", quotes[0].Service, q.Reliability, q.Reason)
			}
		}
		return ""
	}
	const before = "post-small; post-small 945: cheapest"
	if got := chosen(); got != before {
		t.Errorf("before: %s", got)
	}
	w := foldertest.NewWriter(t, d, "S1")
	var news []store.Tracked
	for i := range 20 {
		id := fmt.Sprintf("P%d", i)
		w.Write(pack.ParcelDone{Parcel: id, Order: "X", Carrier: "demo-post", Service: "post-small", Tracking: id, Promised: now.AddDate(0, 0, -1)})
		news = append(news, store.Tracked{Parcel: id, Tracking: id, State: store.TrackMoving, At: now.Add(-time.Hour)})
	}
	if err := d.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if got := chosen(); got != before {
		t.Errorf("nobody follows them, so nobody knows: %s", got)
	}
	if err := d.Store.Followed(t.Context(), news...); err != nil {
		t.Fatal(err)
	}
	if got := chosen(); got != before {
		t.Errorf("it is looked at once a minute: %s", got)
	}
	now = now.Add(time.Minute)
	if got, want := chosen(), "express-road; post-small 79: more often late; 1.39 EUR cheaper, but 7.47 EUR dearer in all"; got != want {
		t.Errorf("overdue: %s\nwant %s", got, want)
	}
	for i := range news {
		news[i].State, news[i].At, news[i].Delivered = store.TrackDelivered, now, now.AddDate(0, 0, -1)
	}
	if err := d.Store.Followed(t.Context(), news...); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	if got, want := chosen(), "post-small; post-small 986: cheapest"; got != want {
		t.Errorf("they were there: %s", got)
	}
}

// What carriers say, as the share on time understands it.
func TestOutcomes(t *testing.T) {
	noon := foldertest.Noon()
	for state, want := range map[store.TrackState]string{
		store.TrackUnknown: "false true -", store.TrackNotScanned: "true false -", store.TrackMoving: "true true -",
		store.TrackPickUp: "true true 2026-11-23", store.TrackReturned: "false true -", store.TrackLost: "true true -",
	} {
		got := outcomes([]store.Outcome{{State: state, StateAt: noon}})[0]
		arrived := "-"
		if !got.Delivered.IsZero() {
			arrived = got.Delivered.Format(time.DateOnly)
		}
		if text := fmt.Sprint(got.Followed, " ", got.Seen, " ", arrived); text != want {
			t.Errorf("%s: %s, want %s", state, text, want)
		}
	}
}
