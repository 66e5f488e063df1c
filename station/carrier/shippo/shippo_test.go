package shippo_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/shipposim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/shippo"
	"packbench/station/web"
)

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim:   func(o carriersim.Options) carriersim.Backend { return shipposim.New(o) },
		New:   func(o account.Options) (account.Account, error) { return shippo.New(o) },
		Fails: true,
	})
}

func open(t *testing.T, h http.Handler, secret string) *shippo.Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	c, err := shippo.New(account.Options{URL: server.URL, Secret: secret, Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: func() time.Time { return carriertest.At }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func simulated(t *testing.T) (*shippo.Client, *shipposim.Account) {
	t.Helper()
	sim := shipposim.New(carriersim.Options{Clock: func() time.Time { return carriertest.At }})
	return open(t, sim, sim.Secret()), sim
}

func parcel() account.Shipment {
	s := carriertest.Domestic()
	s.Ref = "P-1001-00000001"
	return s
}

// prepared is a purchase that is ready to be made.
func prepared(t *testing.T, c *shippo.Client, s account.Shipment) (account.Quote, string) {
	t.Helper()
	q, err := c.Quote(t.Context(), s)
	if err != nil || len(q.Quotes) == 0 {
		t.Fatalf("%+v, %v", q, err)
	}
	draft, err := c.Prepare(t.Context(), s, q.Quotes[0])
	if err != nil {
		t.Fatal(err)
	}
	return q.Quotes[0], draft
}

// A list that is null says nothing, and one with dead addresses still leads to the label.
func TestWhatListsSay(t *testing.T) {
	c, sim := simulated(t)
	s := parcel()
	q, draft := prepared(t, c, s)
	p, err := c.Buy(t.Context(), s, q, draft)
	if err != nil {
		t.Fatal(err)
	}
	a := account.Attempt{Ref: s.Ref, Draft: draft, Quote: q}
	sim.NullList()
	if got, err := c.Recover(t.Context(), a); err == nil {
		t.Errorf("null is read as %+v", got)
	}
	sim.Expire()
	if got, err := c.Recover(t.Context(), a); err != nil || got.Purchase.Tracking != p.Tracking || len(got.Purchase.Papers) != 1 || got.Purchase.Charged != q.Price {
		t.Errorf("%+v, %v", got, err)
	}
}

// A purchase whose carrier did not answer Shippo in time is not known to have failed.
func TestAFailureMayBeNone(t *testing.T) {
	status, text := 0, ""
	c := open(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}), "shippo_live_1")
	for _, one := range []struct {
		status int
		text   string
		sure   bool
	}{
		{201, `{"object_id":"t","status":"ERROR","rate":"r","messages":[{"text":"The address is bad"}]}`, true},
		{201, `{"object_id":"t","status":"ERROR","rate":"r","messages":[{"code":"carrier_timeout","text":"UPS API did not respond."}]}`, false},
		{201, `{"object_id":"t","status":"ERROR","rate":"another","messages":[]}`, false},
		{201, `{"object_id":"t","status":"QUEUED","rate":"r"}`, false},
		{409, `{"detail":"conflict"}`, false},
		{400, `{"rate":["Rate not found."]}`, true},
		{404, `<h1>Not Found</h1>`, false},
	} {
		status, text = one.status, one.text
		if _, err := c.Buy(t.Context(), parcel(), account.Quote{}, "r f a"); err == nil || account.NotDone(err) != one.sure {
			t.Errorf("%d %s: %v", one.status, one.text, err)
		}
	}
}

func TestABorder(t *testing.T) {
	c, _ := simulated(t)
	s := parcel()
	s.To.Country, s.To.Region, s.Border = "CA", "ON", true
	s.Export, s.Extras = account.Export{TaxID: "DE1", IOSS: "IM1", Contents: "gift"}, account.Extras{Adult: 21, Insure: s.Value}
	q, draft := prepared(t, c, s)
	if _, err := c.Buy(t.Context(), s, q, draft); err != nil {
		t.Error(err)
	}
	var no *account.Refused
	s.Goods[0].Origin = ""
	if _, err := c.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.NoCustoms || no.Field != "customs_declaration" {
		t.Errorf("no origin: %v", err)
	}
	for field, change := range map[string]func(*account.Shipment){
		"street": func(s *account.Shipment) { s.To.Street = strings.Repeat("ö", 36) }, "name": func(s *account.Shipment) { s.To.Name, s.To.Company = "", "" },
		"region": func(s *account.Shipment) { s.To.Region = "" },
	} {
		s := parcel()
		change(&s)
		if _, err := c.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.BadAddress || no.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

// A price that has gone up since it was quoted is not bought.
func TestAPriceThatWentUp(t *testing.T) {
	c, _ := simulated(t)
	s := parcel()
	q, _ := prepared(t, c, s)
	q.Price.Minor--
	var no *account.Refused
	if _, err := c.Prepare(t.Context(), s, q); !errors.As(err, &no) || no.Why != account.Price {
		t.Error(err)
	}
	if q.Until.Sub(carriertest.At) != 7*24*time.Hour {
		t.Errorf("it counts until %s", q.Until)
	}
}

func TestAfterTheLabel(t *testing.T) {
	c, _ := simulated(t)
	s := parcel()
	q, draft := prepared(t, c, s)
	p, err := c.Buy(t.Context(), s, q, draft)
	if err != nil {
		t.Fatal(err)
	}
	where, err := c.Track(t.Context(), p)
	if err != nil || where.State != account.PreTransit || where.Promised.Format(time.DateOnly) != "2026-12-04" || len(where.Events) != 1 {
		t.Errorf("%+v, %v", where, err)
	}
	m, err := c.Manifest(t.Context(), "usps", s.Day, []account.Purchase{p, {ID: "t9", Tracking: "T9", Ask: map[string]string{"account": "other"}}})
	if err != nil || len(m.Papers) != 1 || len(m.Unknown) != 1 || m.Unknown[0] != "T9" {
		t.Errorf("%+v, %v", m, err)
	}
	if got, err := c.CheckAddress(t.Context(), s.To); err != nil || !got.OK || got.Meant.City != "PORTLAND" {
		t.Errorf("%+v, %v", got, err)
	}
	s.To.Street = "1 Nowhere Lane"
	if got, err := c.CheckAddress(t.Context(), s.To); err != nil || got.OK || got.Say == "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestDangerousGoods(t *testing.T) {
	for is, want := range map[station.Danger]string{
		"":                      "",
		station.LimitedQuantity: `"dangerous_goods":{"contains":true}`,
		station.LithiumBattery:  `"dangerous_goods":{"contains":true,"lithium_batteries":{"contains":true}}`,
	} {
		var asked string
		c := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			asked += string(body)
			_, _ = io.WriteString(w, `{}`)
		}), "shippo_test_1")
		s := parcel()
		s.Goods[0].Danger = is
		_, _ = c.Quote(t.Context(), s)
		if !strings.Contains(asked, "address_from") || !strings.Contains(asked, want) || want == "" && strings.Contains(asked, "dangerous") {
			t.Errorf("%q: %s", is, asked)
		}
	}
}
