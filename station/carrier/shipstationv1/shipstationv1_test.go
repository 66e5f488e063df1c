package shipstationv1_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/shipstationv1sim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/shipstationv1"
	"packbench/station/web"
)

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim: func(o carriersim.Options) carriersim.Backend { return shipstationv1sim.New(o) },
		New: func(o account.Options) (account.Account, error) { return shipstationv1.New(o) },
		No:  []carriersim.Mishap{carriersim.Slow},
	})
}

func simulated(t *testing.T) (*shipstationv1.Client, *shipstationv1sim.Account) {
	t.Helper()
	clock := func() time.Time { return carriertest.At }
	sim := shipstationv1sim.New(carriersim.Options{Clock: clock})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	c, err := shipstationv1.New(account.Options{URL: server.URL, Secret: sim.Secret(), Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	return c, sim
}

func parcel() account.Shipment {
	s := carriertest.Domestic()
	s.Ref = "P-1001-00000001"
	return s
}

// A service has one price, that for the shop's own carton, with all its parts; of two
// accounts with a carrier the first is asked, once.
func TestPrices(t *testing.T) {
	c, sim := simulated(t)
	all, err := c.Quote(t.Context(), parcel())
	if err != nil || len(all.Quotes) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, q := range all.Quotes {
		if q.Price.Minor < 500 || q.Price.Minor != q.Parts[0].Minor+q.Parts[1].Minor || q.Price.Currency != "USD" || strings.Contains(q.Name, " - ") {
			t.Errorf("%+v", q)
		}
	}
	if seen := sim.Faults().Seen(); len(seen) != 3 {
		t.Errorf("asked %q", seen)
	}
}

// The order of a purchase is made once, however often it is prepared.
func TestTheOrderOfAPurchase(t *testing.T) {
	c, _ := simulated(t)
	s := parcel()
	first, err := c.Prepare(t.Context(), s, account.Quote{})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := c.Prepare(t.Context(), s, account.Quote{}); err != nil || again != first {
		t.Errorf("%q, then %q, %v", first, again, err)
	}
	if got, err := c.Recover(t.Context(), account.Attempt{Ref: s.Ref, Draft: first}); err != nil || got.Found != account.Nothing {
		t.Errorf("%+v, %v", got, err)
	}
}

// Without a manual store it fails inside: nobody knows, and the reason is said.
func TestWithoutAManualStore(t *testing.T) {
	c, sim := simulated(t)
	s := parcel()
	draft, err := c.Prepare(t.Context(), s, account.Quote{})
	if err != nil {
		t.Fatal(err)
	}
	sim.NoStore()
	_, err = c.Buy(t.Context(), s, account.Quote{Service: "ups_ground", Ask: map[string]string{"carrier": "ups"}}, draft)
	if err == nil || account.NotDone(err) || !strings.Contains(err.Error(), "manual store") {
		t.Error(err)
	}
}

// The 41st request of a minute is answered with the time until the next one begins.
func TestFortyRequestsAMinute(t *testing.T) {
	c, sim := simulated(t)
	sim.Limit(2)
	q, err := c.Quote(t.Context(), parcel())
	if err != nil || len(q.Quotes) == 0 || len(q.Notes) != 1 {
		t.Errorf("%+v, %v", q, err)
	}
	var wait *web.Throttled
	if _, err := c.Quote(t.Context(), parcel()); !errors.As(err, &wait) || wait.Wait != time.Minute {
		t.Errorf("%v, want a pause of a minute", err)
	}
}

func TestABorder(t *testing.T) {
	c, _ := simulated(t)
	s := parcel()
	s.To.Country, s.To.Region, s.Border = "CA", "ON", true
	draft, err := c.Prepare(t.Context(), s, account.Quote{})
	if err != nil {
		t.Fatal(err)
	}
	q := account.Quote{Service: "ups_ground", Ask: map[string]string{"carrier": "ups"}}
	var no *account.Refused
	s.Goods[0].Value.Currency = "CAD"
	if _, err := c.Buy(t.Context(), s, q, draft); !errors.As(err, &no) || no.Why != account.NoCustoms {
		t.Errorf("values in another currency: %v", err)
	}
	s.Goods[0].Value.Currency = "USD"
	if _, err := c.Buy(t.Context(), s, q, draft); err != nil {
		t.Error(err)
	}
	s.To.Name, s.To.Company = " ", ""
	if _, err := c.Prepare(t.Context(), s, q); !errors.As(err, &no) || no.Why != account.BadAddress || no.Field != "name" {
		t.Errorf("no name: %v", err)
	}
}

// A label of another order is not believed, and one that was given back is not found again.
func TestWhoseLabelItIs(t *testing.T) {
	c, sim := simulated(t)
	s := parcel()
	draft, err := c.Prepare(t.Context(), s, account.Quote{})
	if err != nil {
		t.Fatal(err)
	}
	q := account.Quote{Service: "ups_ground", Ask: map[string]string{"carrier": "ups"}}
	sim.Book().Next(carriersim.OtherParcel)
	if p, err := c.Buy(t.Context(), s, q, draft); err == nil || account.NotDone(err) {
		t.Errorf("%+v, %v", p, err)
	}
	a := account.Attempt{Ref: s.Ref, Draft: draft, Quote: q}
	got, err := c.Recover(t.Context(), a)
	if err != nil || got.Found != account.Bought || len(got.Purchase.Papers) > 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := c.Void(t.Context(), got.Purchase); err != nil {
		t.Error(err)
	}
	if got, err = c.Recover(t.Context(), a); err != nil || got.Found != account.Nothing {
		t.Errorf("given back, and found as %+v, %v", got, err)
	}
}

func TestASampleCostsNothing(t *testing.T) {
	c, sim := simulated(t)
	s := parcel()
	s.Test = true
	draft, err := c.Prepare(t.Context(), s, account.Quote{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Buy(t.Context(), s, account.Quote{Service: "ups_ground", Ask: map[string]string{"carrier": "ups"}}, draft)
	if err != nil || !p.Sample || p.Charged.Minor != 0 || sim.Book().Spent() != 0 {
		t.Errorf("%+v, %v", p, err)
	}
}
