package easyship_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/easyshipsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/easyship"
	"packbench/station/web"
)

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim:   func(o carriersim.Options) carriersim.Backend { return easyshipsim.New(o) },
		New:   func(o account.Options) (account.Account, error) { return easyship.New(o) },
		Fails: true,
	})
}

func open(t *testing.T, h http.Handler, secret string, set map[string]string) *easyship.Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	c, err := easyship.New(account.Options{URL: server.URL, Secret: secret, Set: set, Do: web.NewHTTP(), Buy: web.NewBuyer()})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func simulated(t *testing.T) (*easyship.Client, *easyshipsim.Account) {
	t.Helper()
	sim := easyshipsim.New(carriersim.Options{Clock: func() time.Time { return carriertest.At }})
	return open(t, sim, sim.Secret(), nil), sim
}

func parcel() account.Shipment {
	s := carriertest.Domestic()
	s.Ref = "P-1001-00000001"
	return s
}

func first(t *testing.T, c *easyship.Client, s account.Shipment) account.Quote {
	t.Helper()
	q, err := c.Quote(t.Context(), s)
	if err != nil || len(q.Quotes) == 0 {
		t.Fatalf("%+v, %v", q, err)
	}
	return q.Quotes[0]
}

// The answer to a key is repeated for a day: who has paid in the meantime, and asks again
// under the same reference, must not hear the old refusal.
func TestARefusalIsNotRepeated(t *testing.T) {
	c, sim := simulated(t)
	s := parcel()
	q := first(t, c, s)
	sim.Book().Next(carriersim.PoorFunds)
	var no *account.Refused
	if _, err := c.Buy(t.Context(), s, q, ""); !errors.As(err, &no) || no.Why != account.NoFunds {
		t.Fatal(err)
	}
	if got, err := c.Recover(t.Context(), account.Attempt{Ref: s.Ref, Quote: q}); err != nil || got.Found != account.Nothing {
		t.Errorf("what a refusal left is %+v, %v", got, err)
	}
	p, err := c.Buy(t.Context(), s, q, "")
	if err != nil || p.Tracking == "" || p.Charged != q.Price {
		t.Errorf("%+v, %v", p, err)
	}
	got, err := c.Recover(t.Context(), account.Attempt{Ref: s.Ref, Quote: q})
	if err != nil || got.Found != account.Bought || got.Purchase.ID != p.ID || len(got.Purchase.Papers) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// What would be cut, or be refused at the purchase, is refused before.
func TestWhatEasyshipDoesNotTake(t *testing.T) {
	c, _ := simulated(t)
	for want, change := range map[string]func(*account.Shipment){
		"address street":    func(s *account.Shipment) { s.To.Street = strings.Repeat("ä", 36) },
		"address name":      func(s *account.Shipment) { s.To.Name, s.To.Company = "", "" },
		"address region":    func(s *account.Shipment) { s.To.Region = "" },
		"parcel size":       func(s *account.Shipment) { s.Size.Depth, s.Size.Width, s.Size.Length = 0, 0, 0 },
		"customs hs":        func(s *account.Shipment) { s.Goods[0].HS = "" },
		"customs value":     func(s *account.Shipment) { s.Goods[0].Value.Minor = 0 },
		"customs ":          func(s *account.Shipment) { s.Goods = nil },
		"service ":          func(s *account.Shipment) { s.Extras.Signature = true },
		"service (danger) ": func(s *account.Shipment) { s.Goods[0].Danger = station.OtherDanger },
	} {
		s := parcel()
		change(&s)
		_, err := c.Quote(t.Context(), s)
		var no *account.Refused
		if !errors.As(err, &no) || string(no.Why)+" "+no.Field != strings.Replace(want, "(danger) ", "", 1) || no.Stands != strings.HasPrefix(want, "service") {
			t.Errorf("%s: %v", want, err)
		}
	}
	s := parcel()
	s.To.Street, s.Goods[0].HS = strings.Repeat("ä", 35), ""
	sim := easyshipsim.New(carriersim.Options{})
	if _, err := open(t, sim, sim.Secret(), map[string]string{easyship.Category: "home_decor"}).Quote(t.Context(), s); err != nil {
		t.Errorf("with a category: %v", err)
	}
	s.Test = true
	if _, err := open(t, sim, "prod_1", nil).Quote(t.Context(), s); err == nil || !account.NotDone(err) {
		t.Errorf("a sample for money: %v", err)
	}
}

// A list that was not filtered says nothing of what was bought.
func TestAListOfOthersIsNoAnswer(t *testing.T) {
	for text, want := range map[string]account.Found{
		`{"shipments":[]}`: account.Nothing, `{"meta":{}}`: "", `{"shipments":[{"easyship_shipment_id":"ES1","label_state":"generated","order_data":{"platform_order_number":"#9"}}]}`: "",
		`{"shipments":[{"easyship_shipment_id":"ES1","label_state":"failed","order_data":{"platform_order_number":"#9"}}]}`:            "",
		`{"shipments":[{"easyship_shipment_id":"ES1","label_state":"technical_failed","order_data":{"platform_order_number":"R-1"}}]}`: account.Nothing,
	} {
		c := open(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(text)) }), "prod_1", nil)
		got, err := c.Recover(t.Context(), account.Attempt{Ref: "R-1"})
		if got.Found != want || (err == nil) != (want != "") {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
}

// What was cancelled is not found again, and what stands under its reference is. An answer
// that does not say so is no cancellation.
func TestWhatIsCancelled(t *testing.T) {
	c, _ := simulated(t)
	s := parcel()
	q := first(t, c, s)
	a := account.Attempt{Ref: s.Ref, Quote: q}
	for range 2 {
		p, err := c.Buy(t.Context(), s, q, "")
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.Recover(t.Context(), a); err != nil || got.Purchase.ID != p.ID {
			t.Errorf("%+v, %v", got, err)
		}
		if refund, err := c.Void(t.Context(), p); err != nil || refund != account.RefundAsked {
			t.Errorf("%s, %v", refund, err)
		}
		if got, err := c.Recover(t.Context(), a); err != nil || got.Found != account.Nothing {
			t.Errorf("cancelled, and found as %+v, %v", got, err)
		}
	}
	mute := open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(map[string]string{"POST": `{}`, "GET": `{"shipment":{"easyship_shipment_id":"ES1","shipment_state":"created"}}`}[r.Method]))
	}), "prod_1", nil)
	if refund, err := mute.Void(t.Context(), account.Purchase{ID: "ES1"}); err == nil || account.NotDone(err) {
		t.Errorf("%s, %v", refund, err)
	}
}

func TestAfterTheLabel(t *testing.T) {
	c, _ := simulated(t)
	s := parcel()
	p, err := c.Buy(t.Context(), s, first(t, c, s), "")
	if err != nil {
		t.Fatal(err)
	}
	m, err := c.Manifest(t.Context(), "usps", s.Day, []account.Purchase{p, {ID: "ES9", Tracking: "T9", Ask: map[string]string{"courier": "other"}}})
	if err != nil || len(m.Papers) != 1 || len(m.Unknown) != 1 || m.Unknown[0] != "T9" {
		t.Errorf("%+v, %v", m, err)
	}
	if where, err := c.Track(t.Context(), p); err != nil || where.State != account.PreTransit {
		t.Errorf("%+v, %v", where, err)
	}
}
