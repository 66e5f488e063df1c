package carriers_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/station/carrier/carriersim"
	"packbench/station/store"
	"packbench/station/web"
	"packbench/station/web/faults"
)

// doer is one that a test makes.
type doer func(*http.Request) (*http.Response, error)

func (d doer) Do(r *http.Request) (*http.Response, error) { return d(r) }

func (w *world) state(key string) store.PurchaseState {
	w.Helper()
	row, err := w.folder.Store.Purchase(w.Context(), key)
	if err != nil {
		w.Fatal(err)
	}
	return row.State
}

// A label that the carrier did not take back yet is not said to be given back.
func TestAVoidThatFailedIsNotDone(t *testing.T) {
	w := newWorld(t, "easypost")
	wish := w.priced(w.parcel(1))
	if _, err := w.rooms.Buy(t.Context(), wish); err != nil {
		t.Fatal(err)
	}
	w.sim.Faults().Next("/refund", faults.BadBefore, faults.BadBefore)
	if err := w.rooms.Void(t.Context(), wish); err == nil {
		t.Error("a void without an answer was believed")
	}
	if _, found, err := w.rooms.Find(t.Context(), wish); err == nil {
		t.Errorf("found %v, and it is not known whether it was given back", found)
	}
	if _, found, err := w.rooms.Find(t.Context(), wish); err != nil || found || w.state(wish.Key) != store.PurchaseGone || len(w.sim.Book().Live()) > 0 {
		t.Errorf("found %v, %v; it is %s, live %+v", found, err, w.state(wish.Key), w.sim.Book().Live())
	}
}

// A carrier that keeps its money says so, also when it is asked a second time.
func TestARefundThatIsRefusedIsTold(t *testing.T) {
	w := newWorld(t, "easypost")
	wish := w.priced(w.parcel(1))
	if _, err := w.rooms.Buy(t.Context(), wish); err != nil {
		t.Fatal(err)
	}
	w.sim.Faults().Next("/refund", faults.BadBefore)
	w.sim.Book().Next(carriersim.NoRefund)
	if err := w.rooms.Void(t.Context(), wish); err == nil {
		t.Error("a void without an answer was believed")
	}
	if _, found, err := w.rooms.Find(t.Context(), wish); found || !errors.As(err, new(*effects.Refusal)) || w.state(wish.Key) != store.PurchaseGone {
		t.Errorf("found %v, %v", found, err)
	}
}

// A call that ran out of time may come through later than that: the time in which a purchase
// may not show begins with its end.
func TestATimeOutIsNoProof(t *testing.T) {
	w := newWorld(t, "easypost")
	var wish effects.Wish
	var late func()
	w.start()
	w.rooms.Buyer = doer(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		late = func() {
			again := r.Clone(t.Context())
			again.Body = io.NopCloser(bytes.NewReader(body))
			if resp, err := web.NewBuyer().Do(again); err == nil {
				_ = resp.Body.Close()
			}
		}
		w.now.Add(int64(45 * time.Second))
		// While it is under way nobody decides about it, neither another program nor a person.
		row, known := w.folder.Store.Purchase(t.Context(), wish.Key)
		other := carriers.New(w.folder, "S1", effects.OwnRanges(w.folder, "S1"))
		other.Time = w.clock
		for _, l := range []carriers.Looked{{}, {Nothing: true}} {
			if row, err := other.Settle(t.Context(), row, l); known != nil || err == nil || w.state(wish.Key) != store.PurchaseSent {
				t.Errorf("%+v while the carrier is called: %s, %v", l, row.State, err)
			}
		}
		w.now.Add(int64(15 * time.Second))
		return nil, errors.Join(errors.New("timed out"), err)
	})
	wish = w.priced(w.parcel(1))
	if _, err := w.rooms.Buy(t.Context(), wish); err == nil || errors.As(err, new(*effects.Refusal)) {
		t.Fatalf("a call that timed out: %v", err)
	}
	if _, found, err := w.rooms.Find(t.Context(), wish); err == nil {
		t.Errorf("found %v so soon", found)
	}
	late()
	w.now.Add(int64(31 * time.Second))
	p, found, err := w.rooms.Find(t.Context(), wish)
	if live := w.sim.Book().Live(); err != nil || !found || len(live) != 1 || live[0].Tracking != p.Tracking {
		t.Errorf("found %v, %v; live %+v", found, err, live)
	}
}

// A person who sees no label is told of the one that the carrier shows.
func TestTheCarrierIsAskedWhatAPersonDoesNotSee(t *testing.T) {
	w := newWorld(t, "easypost")
	wish := w.priced(w.parcel(1))
	w.sim.Faults().Next("/buy", faults.LostAfter)
	if _, err := w.rooms.Buy(t.Context(), wish); err == nil {
		t.Fatal("an answer that nobody saw was believed")
	}
	w.now.Add(int64(10 * time.Minute))
	row, err := w.folder.Store.Purchase(t.Context(), wish.Key)
	if err != nil {
		t.Fatal(err)
	}
	if row, err = w.rooms.Settle(t.Context(), row, carriers.Looked{Nothing: true}); err != nil || row.State != store.PurchaseBought {
		t.Errorf("%s, %v", row.State, err)
	}
}

// A web page in the place of a label is none, and is fetched again.
func TestAPageIsNoLabel(t *testing.T) {
	w := newWorld(t, "easypost")
	wish := w.priced(w.parcel(1))
	w.sim.Faults().Next("pdf", faults.Page)
	if p, err := w.rooms.Buy(t.Context(), wish); err == nil {
		t.Fatalf("%.40q is kept as a label", p.Papers[0].Data)
	}
	p, found, err := w.rooms.Find(t.Context(), wish)
	if err != nil || !found || !bytes.HasPrefix(p.Papers[0].Data, []byte("%PDF-")) || len(w.sim.Book().Live()) != 1 {
		t.Errorf("found %v, %v", found, err)
	}
}

// What costs another price than the bench chose is not bought.
func TestOnlyThePriceThatWasChosenIsPaid(t *testing.T) {
	w := newWorld(t, "easypost")
	wish := w.priced(w.parcel(1))
	wish.Price.Minor--
	if _, err := w.rooms.Buy(t.Context(), wish); !errors.As(err, new(*effects.Refusal)) || len(w.sim.Book().Live()) > 0 {
		t.Errorf("%v, sold %+v", err, w.sim.Book().Live())
	}
}

// An account stays of its kind: labels are given back where they were bought.
func TestAnAccountStaysOfItsKind(t *testing.T) {
	w := newWorld(t, "easypost")
	for _, a := range []store.Account{{ID: "acct", Kind: "shipengine"}, {ID: "ACCT", Kind: "easypost"}} {
		if err := w.rooms.Add(t.Context(), a, w.sim.Secret()); err == nil {
			t.Errorf("%+v was taken", a)
		}
	}
	if err := w.rooms.Add(t.Context(), store.Account{ID: "acct", Kind: "easypost"}, w.sim.Secret()); err != nil {
		t.Error(err)
	}
}

// A key goes to nobody in the clear, nor stands in the address, which is no secret.
func TestAKeyIsNotSentInTheClear(t *testing.T) {
	w := newWorld(t, "easypost")
	for _, address := range []string{"http://api.example.com/v2", "http://10.0.0.7", "https://key@api.example.com", "https://api.example.com?key=1", "ftp://api.example.com", "api.example.com"} {
		if err := w.rooms.Add(t.Context(), store.Account{ID: "other", Kind: "easypost", URL: address}, w.sim.Secret()); err == nil {
			t.Errorf("%s was taken", address)
		}
	}
	if err := w.rooms.Add(t.Context(), store.Account{ID: "other", Kind: "easypost", URL: "https://api.example.com/v2"}, w.sim.Secret()); err != nil {
		t.Error(err)
	}
}

// Names that would write elsewhere on a screen or terminal are not shown, nor bought.
func TestHostileNamesAreNotShown(t *testing.T) {
	w := newWorld(t, "easypost")
	w.start()
	w.rooms.Do = doer(func(r *http.Request) (*http.Response, error) {
		resp, err := web.NewHTTP().Do(r)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(resp.Body)
		for _, old := range []string{`"service":"`, `"readable":"`} {
			body = bytes.ReplaceAll(body, []byte(old), []byte(old+`\u001b[2J\n`))
		}
		resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		return resp, err
	})
	quotes, err := w.rooms.Quote(t.Context(), w.parcel(1))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, q := range quotes {
		if q.Source == "acct" {
			seen++
			if q.Allowed || strings.ContainsFunc(q.Service+q.Name+q.Reason, unicode.IsControl) {
				t.Errorf("%+v", q)
			}
		}
	}
	all, err := w.rooms.Services(t.Context(), "acct")
	for _, s := range all {
		if strings.ContainsFunc(s.ID+s.Name+s.CarrierName, unicode.IsControl) {
			t.Errorf("%+v", s)
		}
	}
	if err != nil || seen == 0 || len(all) == 0 {
		t.Errorf("%d prices, %d services, %v", seen, len(all), err)
	}
}

// Questions that nobody waits for any more are no failures of the carrier.
func TestWhatIsGivenUpIsNoSilence(t *testing.T) {
	w := newWorld(t, "easypost")
	for range 4 {
		ctx, stop := context.WithCancel(t.Context())
		w.start()
		w.rooms.Do = doer(func(*http.Request) (*http.Response, error) {
			stop()
			return nil, ctx.Err()
		})
		rooms := w.rooms
		for range 4 {
			ctx, stop = context.WithCancel(t.Context())
			_, _ = rooms.Quote(ctx, w.parcel(1))
		}
		stop()
		all, err := rooms.Statuses(t.Context())
		if err != nil || len(all) != 1 || !all[0].Silent.IsZero() {
			t.Errorf("%+v, %v", all, err)
		}
	}
}

// A service of an account that is no longer here is not bought by the shop's own numbers,
// although a rate card has the carrier.
func TestAnAccountThatIsGoneSellsNothing(t *testing.T) {
	w := newWorld(t, "easypost")
	wish := w.parcel(1)
	wish.Service, wish.Carrier = "gone/USPS:Priority", "demo-post"
	if _, err := w.rooms.Buy(t.Context(), wish); !errors.As(err, new(*effects.Refusal)) {
		t.Errorf("bought: %v", err)
	}
	if _, found, err := w.rooms.Find(t.Context(), wish); found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
}
