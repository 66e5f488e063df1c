package shipengine_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/shipenginesim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/shipengine"
	"packbench/station/unit"
	"packbench/station/web"
)

func TestShipEngine(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim: func(o carriersim.Options) carriersim.Backend { return shipenginesim.New(o) },
		New: func(o account.Options) (account.Account, error) { return shipengine.New(o) },
	})
}

func TestShipStation(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim: func(o carriersim.Options) carriersim.Backend { return shipenginesim.NewShipStation(o) },
		New: func(o account.Options) (account.Account, error) { return shipengine.NewShipStation(o) },
	})
}

type bench struct {
	*shipengine.Client
	sim *shipenginesim.Account
}

func options(t *testing.T, h http.Handler, secret string) account.Options {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return account.Options{URL: server.URL, Secret: secret, Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: func() time.Time { return carriertest.At }, Zone: time.UTC}
}

func engine(t *testing.T) bench {
	t.Helper()
	sim := shipenginesim.New(carriersim.Options{Clock: func() time.Time { return carriertest.At }})
	c, err := shipengine.New(options(t, sim, sim.Secret()))
	if err != nil {
		t.Fatal(err)
	}
	return bench{c, sim}
}

func parcel() account.Shipment {
	s := carriertest.Domestic()
	s.Ref = "P-1001-00000001"
	return s
}

func (b bench) first(t *testing.T, s account.Shipment) account.Quote {
	t.Helper()
	q, err := b.Quote(t.Context(), s)
	if err != nil || len(q.Quotes) == 0 {
		t.Fatalf("%+v, %v", q, err)
	}
	return q.Quotes[0]
}

// Who buys under one reference twice has bought once, and finds out.
func TestAReferenceIsUsedOnce(t *testing.T) {
	b, s := engine(t), parcel()
	q := b.first(t, s)
	first, err := b.Buy(t.Context(), s, q, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err = b.Buy(t.Context(), s, q, ""); err == nil || account.NotDone(err) {
		t.Errorf("the second time: %v", err)
	}
	got, err := b.Recover(t.Context(), account.Attempt{Ref: s.Ref, Quote: q})
	if err != nil || got.Found != account.Bought || got.Purchase.Tracking != first.Tracking || len(b.sim.Book().Labels()) != 1 {
		t.Errorf("%+v, %v, sold %d", got, err, len(b.sim.Book().Labels()))
	}
}

// A refusal leaves a shipment behind that holds the reference; the label is bought for it.
// Of a reference with a dead label and a live one, the live one is found.
func TestALabelIsBoughtForWhatARefusalLeft(t *testing.T) {
	b, s := engine(t), parcel()
	q := b.first(t, s)
	b.sim.Book().Next(carriersim.PoorFunds)
	if _, err := b.Buy(t.Context(), s, q, ""); !errors.As(err, new(*account.Refused)) {
		t.Fatal(err)
	}
	var bought account.Purchase
	for range 2 {
		if bought.ID != "" {
			if _, err := b.Void(t.Context(), bought); err != nil {
				t.Fatal(err)
			}
			if got, err := b.Recover(t.Context(), account.Attempt{Ref: s.Ref, Quote: q}); err != nil || got.Found != account.Nothing {
				t.Errorf("given back, and found as %+v, %v", got, err)
			}
		}
		var err error
		if bought, err = b.Buy(t.Context(), s, q, ""); err != nil {
			t.Fatal(err)
		}
		got, err := b.Recover(t.Context(), account.Attempt{Ref: s.Ref, Quote: q})
		if err != nil || got.Found != account.Bought || got.Purchase.ID != bought.ID || len(got.Purchase.Papers) != 1 {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if live := b.sim.Book().Live(); len(live) != 1 || live[0].Ref != s.Ref {
		t.Errorf("%+v", live)
	}
}

// A price is the sum of its parts, for the shop's own carton and no box of the carrier.
func TestPrices(t *testing.T) {
	b, s := engine(t), parcel()
	all, err := b.Quote(t.Context(), s)
	if err != nil || len(all.Quotes) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, q := range all.Quotes {
		var sum int64
		for _, part := range q.Parts {
			sum += part.Minor
		}
		if sum != q.Price.Minor || q.Price.Minor < 500 || q.Price.Currency != "USD" || len(q.Parts) != 2 {
			t.Errorf("%+v", q)
		}
	}
	s.Mass = 40 * unit.Kilogram
	if all, err = b.Quote(t.Context(), s); err != nil || len(all.Quotes) != 0 || len(all.Notes) != 3 || all.Notes[0].Say == "" {
		t.Errorf("too heavy: %+v, %v", all, err)
	}
	asked := strings.Count(strings.Join(b.sim.Faults().Seen(), "\n"), "GET /carriers")
	if asked != 1 {
		t.Errorf("the carriers were asked for %d times", asked)
	}
}

func TestABorderWantsItsPapers(t *testing.T) {
	b, s := engine(t), parcel()
	s.To.Country, s.To.Region, s.To.City, s.To.Postcode, s.Border = "CA", "ON", "Ottawa", "K1A 0B1", true
	s.Export, s.Extras = account.Export{TaxID: "DE1234567", IOSS: "IM2760000742", Contents: "returned"}, account.Extras{Adult: 21, Insure: s.Value}
	if _, err := b.Buy(t.Context(), s, b.first(t, s), ""); err != nil {
		t.Error(err)
	}
	var no *account.Refused
	s.Goods[0].Origin = ""
	if _, err := b.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.NoCustoms {
		t.Errorf("no origin: %v", err)
	}
	s.To.Region = ""
	if _, err := b.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.BadAddress || no.Field != "region" {
		t.Errorf("no province: %v", err)
	}
}

// ShipStation has no sandbox: a key of the other one's is not taken, and only a sample
// costs nothing.
func TestShipStationIsAlwaysLive(t *testing.T) {
	sim := shipenginesim.NewShipStation(carriersim.Options{Clock: func() time.Time { return carriertest.At }})
	if _, err := shipengine.NewShipStation(account.Options{Secret: "TEST_1234"}); err == nil {
		t.Error("a key of a sandbox was taken")
	}
	c, err := shipengine.NewShipStation(options(t, sim, sim.Secret()))
	if err != nil {
		t.Fatal(err)
	}
	b, s := bench{c, sim}, parcel()
	q := b.first(t, s)
	s.Test = true
	p, err := b.Buy(t.Context(), s, q, "")
	if err != nil || !p.Sample || !c.Can().Live || sim.Book().Spent() != 0 {
		t.Errorf("a sample: %+v, %v, spent %d", p, err, sim.Book().Spent())
	}
	s.Test, s.Ref = false, "P-1001-00000002"
	if p, err = b.Buy(t.Context(), s, q, ""); err != nil || p.Sample || sim.Book().Spent() != p.Charged.Minor || p.Charged.Minor == 0 {
		t.Errorf("a label: %+v, %v, spent %d", p, err, sim.Book().Spent())
	}
}

// Some answers that are no success do not say that nothing was done, and a page that is
// not found does not say that there is no label.
func TestWhatIsNotSaid(t *testing.T) {
	status, text := 0, ""
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	})
	c, err := shipengine.New(options(t, h, "TEST_1"))
	if err != nil {
		t.Fatal(err)
	}
	said := func(kind, message string) string {
		return `{"request_id":"r","errors":[{"error_source":"carrier","error_type":"` + kind + `","error_code":"unspecified","message":"` + message + `"}]}`
	}
	for _, one := range []struct {
		status int
		text   string
		sure   bool
	}{
		{400, said("business_rules", "A shipping carrier error occurred: bad ZIP"), true},
		{400, said("business_rules", "A shipping carrier error occurred: The operation has timed out"), false},
		{400, said("system", "An error occurred"), false},
		{500, said("business_rules", "no"), false},
		{404, "<html>", false},
		{200, "", false},
		{200, `{"label_id":"se-1","status":"completed","tracking_number":"9999999999999","label_download":{"href":"data:application/pdf;base64,JVBERi0="}}`, true},
	} {
		status, text = one.status, one.text
		p, err := c.Buy(t.Context(), parcel(), account.Quote{Service: "ups_ground"}, "")
		if one.sure != (err == nil && p.Sample || account.NotDone(err)) {
			t.Errorf("%d %s: %+v, %v", one.status, one.text, p, err)
		}
	}
	live, err := shipengine.NewShipStation(options(t, h, "live1"))
	if err != nil {
		t.Fatal(err)
	}
	if p, err := live.Buy(t.Context(), parcel(), account.Quote{Service: "ups_ground"}, ""); err == nil || account.NotDone(err) {
		t.Errorf("the number of samples was taken for that of a parcel: %+v, %v", p, err)
	}
	status, text = 404, "<html>"
	if got, err := c.Recover(t.Context(), account.Attempt{Ref: "P-1001-1"}); err == nil {
		t.Errorf("a page that is not found: %+v", got)
	}
}

func TestAfterTheLabel(t *testing.T) {
	b, s := engine(t), parcel()
	p, err := b.Buy(t.Context(), s, b.first(t, s), "")
	if err != nil {
		t.Fatal(err)
	}
	if where, err := b.Track(t.Context(), p); err != nil || where.State != account.PreTransit || len(where.Events) != 1 {
		t.Errorf("%+v, %v", where, err)
	}
	m, err := b.Manifest(t.Context(), "usps", s.Day, []account.Purchase{p, {ID: "se-77", Tracking: "T77"}})
	if err != nil || len(m.Papers) != 1 || len(m.Unknown) != 1 || m.Unknown[0] != "T77" {
		t.Errorf("%+v, %v", m, err)
	}
	var no *account.Refused
	if _, err = b.Void(t.Context(), p); !errors.As(err, &no) || no.Why != account.TooLate {
		t.Errorf("given back after the manifest: %v", err)
	}
	checked, err := b.CheckAddress(t.Context(), s.To)
	if err != nil || !checked.OK || checked.Meant.City != "PORTLAND" || !checked.Private {
		t.Errorf("%+v, %v", checked, err)
	}
	s.To.Street = "1 Nowhere Lane"
	if checked, err = b.CheckAddress(t.Context(), s.To); err != nil || checked.OK || checked.Say == "" {
		t.Errorf("%+v, %v", checked, err)
	}
}
