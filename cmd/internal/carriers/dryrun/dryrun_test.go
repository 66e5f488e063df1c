package dryrun

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/rating"
	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/kinds"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
	"packbench/station/web/faults"
)

// world is a shop that closed parcels in the last days, and an account that is asked.
type world struct {
	*testing.T
	folder *folder.Folder
	sim    carriersim.Backend
	run    Run
	now    time.Time
	slept  time.Duration
	told   []rating.Repriced
}

func newWorld(t *testing.T, kind string, parcels int) *world {
	w := &world{T: t, folder: foldertest.Shop(t), now: foldertest.Noon()}
	w.sim = kinds.All[kind](carriersim.Options{Currency: "EUR", Percent: 40})
	server := httptest.NewServer(w.sim)
	t.Cleanup(server.Close)
	all := carriers.New(w.folder, "S1", effects.OwnRanges(w.folder, "S1"))
	all.Time = func() time.Time { return w.now }
	if err := all.Add(t.Context(), store.Account{ID: "new", Kind: kind, URL: server.URL, Options: w.sim.Set()}, w.sim.Secret()); err != nil {
		t.Fatal(err)
	}
	book := foldertest.NewWriter(t, w.folder, "S1")
	for n := range parcels {
		w.closed(book, fmt.Sprintf("D-%d", n), "post-small", w.now.AddDate(0, 0, -1-(parcels-n)%20))
	}
	w.run = Run{Carriers: all, Accounts: []string{"new"}, Since: w.now.AddDate(0, 0, -30), pause: func(_ context.Context, d time.Duration) error {
		w.slept += d
		w.now = w.now.Add(d)
		return nil
	}}
	return w
}

// closed is a parcel that went with a service for 4.49 EUR.
func (w *world) closed(book *foldertest.Writer, id, service string, at time.Time) {
	w.Helper()
	price := unit.Money{Minor: 449, Currency: "EUR"}
	in := []pack.Content{{Line: "1", SKU: "MUG-BLUE", Qty: 1}}
	o := station.Order{
		ID: id, Number: id, Value: unit.Money{Minor: 2500, Currency: "EUR"}, Lines: []station.Line{{ID: "1", Kind: station.Goods, SKU: "MUG-BLUE", Qty: 1}},
		To: station.Address{Name: "Ann Example", Street: "Musterweg 1", Postcode: "20095", City: "Hamburg", Country: "DE", Phone: "+4940123456"},
	}
	if _, err := w.folder.Store.PutOrders(w.Context(), []station.Order{o}); err != nil {
		w.Fatal(err)
	}
	book.WriteAt(at, pack.ParcelDone{
		Parcel: id + "/1", Order: id, Carton: "M", Service: service, Carrier: "demo-post", Price: price, SSCC: "340123450000000018", Tracking: id, Mass: unit.Kilogram, Contents: in,
	})
}

func (w *world) again() (rating.Sum, int, error) {
	w.Helper()
	cards, _, err := w.folder.Catalogue(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	w.told, w.slept = nil, 0
	return w.run.Again(w.Context(), rating.NewReader(w.folder), cards, func(p store.Parcel, again rating.Repriced, sum *rating.Sum) error {
		if sum.Add(p, again) == "" {
			again.Why = ""
		}
		w.told = append(w.told, again)
		return nil
	})
}

// Each parcel of the past is asked for at the account, which sells for less than the rate
// cards. Nothing is bought, no price is kept, and a promise is counted from the day that the
// parcel left.
func TestParcelsOfThePastAreAskedForAtAnAccount(t *testing.T) {
	w := newWorld(t, "easypost", 3)
	if err := w.run.Carriers.Off(t.Context(), "new", w.now.AddDate(1, 0, 0)); err != nil { // it is tried before anybody buys on it
		t.Fatal(err)
	}
	var heard []string
	w.run.Heard = func(n, of int) { heard = append(heard, fmt.Sprintf("%d/%d", n, of)) }
	sum, all, err := w.again()
	if err != nil || all != 3 || sum.Parcels != 3 || sum.Compared != 3 || sum.Changed != 3 || sum.Saved <= 0 || sum.Unanswered != 0 {
		t.Fatalf("%+v of %d, %v; %+v", sum, all, err, w.told)
	}
	if got := strings.Join(heard, " "); got != "1/3 2/3 3/3" {
		t.Errorf("heard %s", got)
	}
	for _, again := range w.told {
		left := again.Chosen.Promise.Sub(w.now)
		if again.Chosen.Source != "new" || again.Chosen.Promise.IsZero() || left > 5*24*time.Hour {
			t.Errorf("%+v", again.Chosen)
		}
	}
	if sold := w.sim.Book().Labels(); len(sold) > 0 {
		t.Errorf("bought %+v", sold)
	}
	if _, err := w.folder.Store.ParcelQuotes(t.Context(), "D-0/1", "new"); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("a price is kept: %v", err)
	}
}

// Of many parcels so many are asked about, spread over the time, and no faster than half of
// what the account answers in a minute.
func TestADryRunKeepsWithinTheLimitsOfAnAccount(t *testing.T) {
	w := newWorld(t, "shipstation-v1", 40)
	w.run.Most = 20
	sum, all, err := w.again()
	if err != nil || all != 40 || sum.Parcels != 20 || sum.Compared != 20 {
		t.Fatalf("%+v of %d, %v", sum, all, err)
	}
	asked := 0
	for _, r := range w.sim.Faults().Seen() {
		if strings.Contains(r, "/getrates") {
			asked++
		}
	}
	if took := time.Duration(asked-2*atOnce) * 3 * time.Second; asked < 20 || w.slept < took { // 40 a minute, halved
		t.Errorf("%d requests for prices within %s", asked, w.slept)
	}
	w.run.Within = w.slept / 2
	if sum, _, err = w.again(); err != nil || sum.Parcels != 20 || sum.Unanswered < 5 || sum.Compared < 5 {
		t.Errorf("in half of the time: %+v, %v", sum, err)
	}
}

// What an account does not answer is named and left out, and what it asks for too soon is
// asked again. One that keeps silent is asked no more, and a key that is wrong ends it.
func TestWhatAnAccountDoesNotAnswerIsLeftOut(t *testing.T) {
	w := newWorld(t, "easypost", 8)
	fault := func(list ...faults.Fault) { w.sim.Faults().Heal(); w.sim.Faults().Next("POST /shipments", list...) }
	fault(faults.TooMany, faults.BadBefore)
	sum, _, err := w.again()
	if err != nil || sum.Parcels != 8 || sum.Unanswered != 1 || sum.Compared != 7 || w.slept < 2*time.Second {
		t.Errorf("%+v after %s, %v", sum, w.slept, err)
	}
	if !strings.HasPrefix(w.told[0].Why, "new has no answer: ") && !strings.HasPrefix(w.told[1].Why, "new has no answer: ") {
		t.Errorf("%+v", w.told[:2])
	}
	b := faults.BadBefore
	fault(b, b, b, b, b)
	w.sim.Faults().Seen()
	if sum, _, err = w.again(); err != nil || sum.Unanswered != 8 || sum.Compared != 0 || !strings.Contains(w.told[7].Why, "asked no more") {
		t.Errorf("%+v, %v, %+v", sum, err, w.told)
	}
	if n := len(w.sim.Faults().Seen()); n != silent {
		t.Errorf("asked %d times", n)
	}
	fault(faults.Expired)
	if _, _, err = w.again(); err == nil {
		t.Error("the key is not refused")
	}
	w.run.Accounts = []string{"none"}
	if _, _, err = w.again(); err == nil {
		t.Error("there is no such account")
	}
}

// A parcel that went on the account is compared with what it asks now; one that went on
// another is not, and nobody is asked about it.
func TestParcelsOfOtherAccountsAreNotCompared(t *testing.T) {
	w := newWorld(t, "easypost", 0)
	book := foldertest.NewWriter(t, w.folder, "S2")
	w.closed(book, "N-1", "new/USPS:GroundAdvantage", w.now.AddDate(0, 0, -2))
	w.closed(book, "N-2", "old/ground", w.now.AddDate(0, 0, -1))
	sum, _, err := w.again()
	if err != nil || sum.Parcels != 2 || sum.Compared != 1 || sum.Accounts != 1 {
		t.Errorf("%+v, %v", sum, err)
	}
	if seen := w.sim.Faults().Seen(); len(seen) != 1 {
		t.Errorf("asked %v", seen)
	}
}

// Whatever a client does, a dry run has no connection to buy on.
func TestADryRunCannotBuy(t *testing.T) {
	w := newWorld(t, "easypost", 0)
	client, err := w.run.asker().all.Client(t.Context(), "new")
	if err != nil {
		t.Fatal(err)
	}
	q := account.Quote{Service: "USPS:GroundAdvantage", Price: unit.Money{Minor: 1, Currency: "EUR"}, Ask: map[string]string{"id": "rate_1"}}
	if p, err := client.Buy(t.Context(), account.Shipment{Ref: "AAAAAAAA"}, q, "shp_1"); err == nil {
		t.Errorf("bought %+v", p)
	}
	if seen := w.sim.Faults().Seen(); len(seen) > 0 {
		t.Errorf("the account was called: %v", seen)
	}
}
