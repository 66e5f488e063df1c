// Package carriertest is the suite that the client of every kind of account passes
// against the simulated account of its kind: what the client says of a purchase is what
// the account's book says, whatever goes wrong on the way or at the carrier.
//
//	carriertest.Run(t, carriertest.Kind{
//		Sim: func(o carriersim.Options) carriersim.Backend { return easypostsim.New(o) },
//		New: func(o account.Options) (account.Account, error) { return easypost.New(o) },
//	})
package carriertest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/faults"
)

// Kind is a kind of account.
type Kind struct {
	Sim func(carriersim.Options) carriersim.Backend
	New func(account.Options) (account.Account, error)
	// Parcel is one that the account takes; zero takes that of Domestic.
	Parcel account.Shipment
	// No are the mishaps that this kind of account cannot have.
	No []carriersim.Mishap
	// Fails says that the carrier may refuse what the account has taken: see
	// [carriersim.Failed].
	Fails bool
}

// Domestic is a parcel within the United States.
func Domestic() account.Shipment {
	return account.Shipment{
		Number: "1001",
		From: station.Address{
			Name: "Dock", Company: "Sample Shop", Street: "1 Warehouse Way", City: "Columbus", Region: "OH", Postcode: "43215", Country: "US", Phone: "6145550100",
		},
		To: station.Address{
			Name: "Ada Miller", Street: "12 Maple Street", City: "Portland", Region: "OR", Postcode: "97205", Country: "US", Phone: "5035550111",
			Email: "ada@example.com",
		},
		Mass: 1200 * unit.Gram, Size: unit.Size{Length: 300 * unit.Millimetre, Width: 200 * unit.Millimetre, Depth: 150 * unit.Millimetre},
		Day: time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), Value: unit.Money{Minor: 4200, Currency: "USD"},
		Goods: []account.Goods{{
			SKU: "MUG", Name: "Mug", Qty: 2, Mass: 400 * unit.Gram, Value: unit.Money{Minor: 2100, Currency: "USD"}, HS: "691200", Origin: "US",
		}},
		Label: account.Form{DPI: 203},
	}
}

// At is the day of the tests.
var At = time.Date(2026, 11, 30, 15, 0, 0, 0, time.UTC)

// bench is a client before a simulated account.
type bench struct {
	account.Account
	sim    carriersim.Backend
	kind   Kind
	now    *atomic.Int64
	before atomic.Pointer[func()] // is done before each call that may buy
	hollow atomic.Bool            // calls that may buy are answered with nothing in it
	url    string
	serial atomic.Int64
}

// Do sends a call that may buy.
func (b *bench) Do(r *http.Request) (*http.Response, error) {
	if b.hollow.Load() {
		return &http.Response{StatusCode: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader("{}"))}, nil
	}
	if do := b.before.Load(); do != nil {
		(*do)()
	}
	return buyer.Do(r)
}

var buyer, asker = web.NewBuyer(), web.NewHTTP()

// bench is one whose labels hold a number alone, see [carriersim.Book.Plain].
func (k Kind) bench(t testing.TB) *bench {
	t.Helper()
	b := k.drawn(t)
	b.sim.Book().Plain()
	return b
}

func (k Kind) drawn(t testing.TB) *bench {
	t.Helper()
	b := &bench{kind: k, now: &atomic.Int64{}}
	b.now.Store(At.UnixNano())
	clock := func() time.Time { return time.Unix(0, b.now.Load()).UTC() }
	b.sim = k.Sim(carriersim.Options{Clock: clock})
	server := httptest.NewServer(b.sim)
	t.Cleanup(server.Close)
	b.url = server.URL
	var err error
	b.Account, err = k.New(account.Options{
		ID: "acct", URL: server.URL, Secret: b.sim.Secret(), Set: b.sim.Set(), Do: asker, Buy: b, Clock: clock, Zone: time.UTC,
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) pass(d time.Duration) { b.now.Add(int64(d)) }

// parcel returns a parcel with a reference of its own.
func (b *bench) parcel() account.Shipment {
	s := b.kind.Parcel
	if s.Mass == 0 {
		s = Domestic()
	}
	s.Ref = fmt.Sprintf("P-1001-%08d", b.serial.Add(1))
	return s
}

func (b *bench) quote(t testing.TB, s account.Shipment) account.Quote {
	t.Helper()
	q, err := b.Quote(t.Context(), s)
	if err != nil || len(q.Quotes) == 0 {
		t.Fatalf("no prices: %+v, %v", q, err)
	}
	return q.Quotes[0]
}

// attempt buys as cmd/internal/carriers does, once.
func (b *bench) attempt(ctx context.Context, s account.Shipment, q account.Quote) (account.Attempt, account.Purchase, error) {
	a := account.Attempt{Ref: s.Ref, Quote: q, Label: s.Label, Since: time.Unix(0, b.now.Load())}
	if p, ok := b.Account.(account.Preparer); ok {
		draft, err := p.Prepare(ctx, s, q)
		if err != nil {
			if !account.NotDone(err) {
				err = &web.Away{Err: err} // it had no effect
			}
			return a, account.Purchase{}, err
		}
		a.Draft = draft
	}
	p, err := b.Buy(ctx, s, q, a.Draft)
	return a, p, err
}

// Run is the suite.
func Run(t *testing.T, k Kind) {
	t.Run("prices", k.prices)
	t.Run("label", k.label)
	t.Run("refusals", k.refusals)
	if testing.Short() { // looks for races: what follows is one call after another
		return
	}
	t.Run("lost answers", k.lost)
	t.Run("slow", k.slow)
	t.Run("void", k.void)
	t.Run("close out", k.closeOut)
	t.Run("asking", k.asking)
	t.Run("settings", k.settings)
	t.Run("drift", k.drift)
	t.Run("random", k.random)
}

func (k Kind) prices(t *testing.T) {
	b := k.bench(t)
	first, err := b.Quote(t.Context(), b.parcel())
	if err != nil || len(first.Quotes) == 0 {
		t.Fatalf("%+v, %v", first, err)
	}
	again, err := b.Quote(t.Context(), b.parcel())
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]account.Quote{}
	for _, q := range first.Quotes {
		_, twice := known[q.Service]
		if known[q.Service] = q; twice || q.Price.Minor <= 0 || len(q.Price.Currency) != 3 || q.Carrier == "" || q.CarrierName == "" || q.Name == "" {
			t.Errorf("twice %v, or incomplete: %+v", twice, q)
		}
	}
	for _, q := range again.Quotes {
		if before := known[q.Service]; before.Price != q.Price {
			t.Errorf("%s costs %s, and then %s", q.Service, before.Price, q.Price)
		}
	}
	heavy := b.parcel()
	heavy.Mass *= 3
	more, err := b.Quote(t.Context(), heavy)
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range more.Quotes {
		if q.Price.Minor < known[q.Service].Price.Minor {
			t.Errorf("%s: three times the mass costs less: %s, %s", q.Service, q.Price, known[q.Service].Price)
		}
	}
	if len(b.sim.Book().Labels()) > 0 {
		t.Error("asking for prices has bought something")
	}
}

func (k Kind) label(t *testing.T) {
	for _, form := range []account.Form{{DPI: 203}, {DPI: 300, ZPL: true}} {
		b := k.drawn(t)
		if form.ZPL && !b.Can().ZPL {
			continue
		}
		s := b.parcel()
		s.Label = form
		q := b.quote(t, s)
		_, p, err := b.attempt(t.Context(), s, q)
		if err != nil {
			t.Fatal(err)
		}
		live := b.sim.Book().Live()
		if len(live) != 1 || live[0].Tracking != p.Tracking || live[0].Ref != s.Ref && live[0].Ref != "" {
			t.Fatalf("sold %+v, bought %+v", live, p)
		}
		if p.ID == "" || p.Carrier != q.Carrier || p.Charged.Minor != 0 && p.Charged.Minor != live[0].Minor {
			t.Errorf("bought %+v, sold %+v", p, live[0])
		}
		if !strings.EqualFold(live[0].To.Postcode, s.To.Postcode) || live[0].To.Country != s.To.Country && len(live[0].To.Country) == 2 {
			t.Errorf("the label goes to %+v", live[0].To)
		}
		if grams := account.Grams(s.Mass); live[0].Grams < grams-30 || live[0].Grams > grams+60 {
			t.Errorf("a parcel of %d g was told as one of %d g", grams, live[0].Grams)
		}
		if len(p.Papers) == 0 || p.Papers[0].Kind != "label" || !looks(p.Papers[0], form) {
			t.Errorf("the label is not one for %+v", form)
		}
	}
}

// looks reports whether a label is a file of its type, and of the form that was wanted.
func looks(p account.Paper, form account.Form) bool {
	switch p.Type {
	case account.PDF:
		return !form.ZPL && bytes.HasPrefix(p.Data, []byte("%PDF"))
	case account.ZPL:
		return form.ZPL && bytes.Contains(p.Data, []byte("^XA"))
	case "image/png":
		return !form.ZPL && bytes.HasPrefix(p.Data, []byte("\x89PNG"))
	case "image/gif":
		return !form.ZPL && bytes.HasPrefix(p.Data, []byte("GIF8"))
	}
	return false
}

func (k Kind) refusals(t *testing.T) {
	all := map[carriersim.Mishap]account.Why{
		carriersim.PoorFunds: account.NoFunds, carriersim.BadAddress: account.BadAddress, carriersim.NoService: account.NoService,
	}
	if k.Fails {
		all[carriersim.Failed] = account.Other
	}
	for mishap, why := range all {
		if slices.Contains(k.No, mishap) {
			continue
		}
		b := k.bench(t)
		s := b.parcel()
		q := b.quote(t, s)
		b.sim.Book().Next(mishap)
		_, _, err := b.attempt(t.Context(), s, q)
		var no *account.Refused
		if !asRefused(err, &no) || no.Why != why || no.Say == "" || no.Stands {
			t.Errorf("%s: %v (%+v)", mishap, err, no)
		}
		if len(b.sim.Book().Labels()) > 0 {
			t.Errorf("%s: sold all the same", mishap)
		}
		// What was refused can be bought once the reason is gone, under the reference that
		// it has: only where the client says so another one is taken.
		if no != nil && no.Spent {
			s = b.parcel()
		}
		if _, p, err := b.attempt(t.Context(), s, b.quote(t, s)); err != nil || p.Tracking == "" {
			t.Errorf("after %s: %v", mishap, err)
		}
	}
	k.standing(t)
}

// lost has the answer of the purchase go wrong in every way. What the client says then
// is true, and Recover finds what was bought.
func (k Kind) lost(t *testing.T) {
	for _, fault := range faults.All {
		b := k.bench(t)
		s := b.parcel()
		q := b.quote(t, s)
		arm := func() { b.sim.Faults().Next("", fault) }
		b.before.Store(&arm)
		a, p, err := b.attempt(t.Context(), s, q)
		b.before.Store(nil)
		b.sim.Faults().Heal()
		sold := len(b.sim.Book().Live())
		if sold > 1 {
			t.Errorf("%s: %d labels were sold by one call", fault, sold)
		}
		if err == nil {
			t.Errorf("%s: %+v was believed", fault, p)
			continue
		}
		if account.NotDone(err) {
			if sold > 0 {
				t.Errorf("%s: sold, and said to be not: %v", fault, err)
			}
			continue
		}
		k.settle(t, b, string(fault), s, a)
	}
}

// settle finds out what became of an attempt and compares it with the book.
func (k Kind) settle(t *testing.T, b *bench, what string, s account.Shipment, a account.Attempt) {
	t.Helper()
	b.pass(b.Can().Lag + time.Minute)
	for _, words := range []faults.Fault{faults.Missing, faults.MissingText} {
		b.sim.Faults().Next("", words)
		if got, err := b.Recover(t.Context(), a); err == nil && got.Found == account.Nothing && len(b.sim.Book().Live()) > 0 {
			t.Errorf("%s: %s was taken for a label that is not there", what, words)
		}
		b.sim.Faults().Heal()
	}
	got, err := b.Recover(t.Context(), a)
	for range 5 {
		if err == nil && got.Found == account.Pending {
			b.pass(time.Minute)
			got, err = b.Recover(t.Context(), a)
		}
	}
	live := b.sim.Book().Live()
	switch {
	case err != nil:
		t.Errorf("%s: not recovered: %v", what, err)
	case got.Found == account.Unsaid && !b.Can().Recover:
		if len(live) == 1 { // a person reads the number on the carrier's page
			a.Tracking = live[0].Tracking
			if got, err = b.Recover(t.Context(), a); err != nil || got.Found != account.Bought || got.Purchase.Tracking != a.Tracking {
				t.Errorf("%s: by its number: %+v, %v", what, got, err)
			}
		}
	case got.Found == account.Bought:
		if len(live) != 1 || live[0].Tracking != got.Purchase.Tracking && !got.Lost {
			t.Errorf("%s: recovered %+v, sold %+v", what, got.Purchase, live)
		}
		if b.Can().Label && !got.Lost && (len(got.Purchase.Papers) == 0 || !looks(got.Purchase.Papers[0], s.Label)) {
			t.Errorf("%s: recovered without its label", what)
		}
		if refund, err := b.Void(t.Context(), got.Purchase); b.Can().Void && (err != nil || refund == "") {
			t.Errorf("%s: what was recovered cannot be given back: %v", what, err)
		}
	case got.Found == account.Nothing:
		if len(live) != 0 {
			t.Errorf("%s: said to be not bought, sold %+v", what, live)
		}
	default:
		t.Errorf("%s: still %q", what, got.Found)
	}
}

// slow are labels that come later.
func (k Kind) slow(t *testing.T) {
	for _, mishap := range []carriersim.Mishap{carriersim.Slow, carriersim.NoLabel, carriersim.OtherParcel} {
		if slices.Contains(k.No, mishap) {
			continue
		}
		b := k.bench(t)
		s := b.parcel()
		q := b.quote(t, s)
		b.sim.Book().Next(mishap)
		a, p, err := b.attempt(t.Context(), s, q)
		switch {
		case err == nil && (p.Tracking == "" || len(p.Papers) == 0 || !looks(p.Papers[0], s.Label)):
			t.Errorf("%s: bought without a label: %+v", mishap, p)
		case err == nil && (len(b.sim.Book().Live()) != 1 || b.sim.Book().Live()[0].Tracking != p.Tracking), err != nil && account.NotDone(err):
			t.Errorf("%s: %v, sold %+v", mishap, err, b.sim.Book().Live())
		case err != nil:
			k.settle(t, b, string(mishap), s, a)
		}
	}
}
