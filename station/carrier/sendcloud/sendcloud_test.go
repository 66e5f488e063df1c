package sendcloud_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/sendcloudsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/sendcloud"
	"packbench/station/unit"
	"packbench/station/web"
)

func parcel(ref string) account.Shipment {
	s := carriertest.Domestic()
	s.Ref = ref
	s.From = station.Address{Name: "Dock", Company: "Sample Shop", Street: "Stadhuisplein 10", City: "Eindhoven", Postcode: "5611 EM", Country: "NL", Phone: "+31405550100"}
	s.To = station.Address{Name: "Ada Jansen", Street: "Insulindelaan 115", City: "Eindhoven", Postcode: "5642 CV", Country: "NL", Phone: "+31405550111"}
	s.Value.Currency, s.Goods[0].Value.Currency = "EUR", "EUR"
	return s
}

// abroad is a parcel that customs look at.
func abroad(ref string) account.Shipment {
	s := parcel(ref)
	s.To = carriertest.Domestic().To
	s.Border, s.Export = true, account.Export{Invoice: "R-1001", TaxID: "NL123456789", IOSS: "IM0000000001"}
	return s
}

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim:    func(o carriersim.Options) carriersim.Backend { return sendcloudsim.New(o) },
		New:    func(o account.Options) (account.Account, error) { return sendcloud.New(o) },
		Parcel: parcel(""),
		Fails:  true,
		No:     []carriersim.Mishap{carriersim.PoorFunds}, // it is invoiced
	})
}

func start(t *testing.T) (*sendcloud.Client, *sendcloudsim.Account) {
	t.Helper()
	sim := sendcloudsim.New(carriersim.Options{Clock: func() time.Time { return carriertest.At }})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	c, err := sendcloud.New(account.Options{URL: server.URL, Secret: sim.Secret(), Do: web.NewHTTP(), Buy: web.NewBuyer()})
	if err != nil {
		t.Fatal(err)
	}
	return c, sim
}

func quotes(t *testing.T, c *sendcloud.Client, s account.Shipment) map[string]account.Quote {
	t.Helper()
	q, err := c.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]account.Quote{}
	for _, one := range q.Quotes {
		out[one.Service] = one
	}
	for _, n := range q.Notes {
		out[n.Service] = account.Quote{Warnings: []string{n.Say}}
	}
	return out
}

func TestOptionsThatDoNotFitAreNamed(t *testing.T) {
	c, _ := start(t)
	s := parcel("A-1")
	for change, want := range map[*account.Extras]map[string]string{
		{}: {
			"postnl:standard": "6.20 EUR", "postnl:standard/signature": "7.40 EUR", "dpd:home": "6.40 EUR", // the cheaper of two contracts
			"dpd:shop": "service point", "ups:standard": "no price",
		},
		{Signature: true}: {"postnl:standard": "nobody signs", "postnl:standard/signature": "7.40 EUR", "dpd:home": "6.40 EUR"},
		{Adult: 18}:       {"postnl:standard/signature": "no age", "dpd:home": "6.40 EUR"},
		{Adult: 21}:       {"dpd:home": "no age"},
	} {
		s.Extras = *change
		got := quotes(t, c, s)
		for service, text := range want {
			if q := got[service]; q.Price.String() != text && !strings.Contains(strings.Join(q.Warnings, ""), text) {
				t.Errorf("%+v: %s is %s, %q, not %s", *change, service, q.Price, q.Warnings, text)
			}
		}
	}
	s.Extras, s.Mass = account.Extras{}, 12*unit.Kilogram // another band, which the answer has as well
	if q := quotes(t, c, s)["postnl:standard"]; q.Price.Minor != 575+12*45+200 || q.Days != 1 || len(q.Parts) != 2 || q.Parts[0].Minor+q.Parts[1].Minor != q.Price.Minor {
		t.Errorf("%+v", q)
	}
	s.Goods[0].Danger = station.OtherDanger
	if _, err := c.Quote(t.Context(), s); !account.NotDone(err) {
		t.Errorf("dangerous goods: %v", err)
	}
}

func TestOneReferenceBuysOnce(t *testing.T) {
	c, sim := start(t)
	q := quotes(t, c, parcel("A-1"))["dpd:home"]
	first, err := c.Buy(t.Context(), parcel("A-1"), q, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := c.Buy(t.Context(), parcel("A-1"), q, "")
	if err != nil || again.Tracking != first.Tracking || again.ID != first.ID || len(again.Papers) == 0 || len(sim.Book().Labels()) != 1 {
		t.Errorf("%+v, %v", again, err)
	}
	if sold := sim.Book().Labels()[0]; sold.To.Street != "Insulindelaan 115" || sold.Minor != q.Price.Minor {
		t.Errorf("%+v", sold)
	}
}

// What the carrier refuses after Sendcloud took it stays there without a label.
func TestAFailedAnnouncementUsesItsReferenceUp(t *testing.T) {
	c, sim := start(t)
	q := quotes(t, c, parcel("A-1"))["dpd:home"]
	sim.Book().Next(carriersim.Failed)
	for range 2 {
		_, err := c.Buy(t.Context(), parcel("A-1"), q, "")
		var no *account.Refused
		if !errors.As(err, &no) || !no.Spent || !strings.Contains(no.Say, "the carrier refused the parcel") {
			t.Fatal(err)
		}
	}
	if got, err := c.Recover(t.Context(), account.Attempt{Ref: "A-1"}); err != nil || got.Found != account.Nothing {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := c.Buy(t.Context(), parcel("A-2"), q, ""); err != nil || len(sim.Book().Labels()) != 1 {
		t.Error(err)
	}
}

func TestCustomsAreTold(t *testing.T) {
	c, sim := start(t)
	s := abroad("A-1")
	q := quotes(t, c, s)["postnl:standard"]
	p, err := c.Buy(t.Context(), s, q, "")
	if err != nil || len(p.Papers) != 2 || p.Papers[1].Kind != "customs" {
		t.Fatalf("%+v, %v", p, err)
	}
	if sold := sim.Book().Labels()[0]; sold.To.Region != "US-OR" {
		t.Errorf("%+v", sold)
	}
	for what, change := range map[string]func(*account.Shipment){
		"no tariff number": func(s *account.Shipment) { s.Goods[0].HS = "" },
		"no origin":        func(s *account.Shipment) { s.Goods[0].Origin = "" },
		"two currencies": func(s *account.Shipment) {
			s.Goods = append(slices.Clone(s.Goods), s.Goods[0])
			s.Goods[1].Value.Currency = "USD"
		},
		"no invoice":       func(s *account.Shipment) { s.Export.Invoice = "" },
		"no goods":         func(s *account.Shipment) { s.Goods = nil },
		"unknown contents": func(s *account.Shipment) { s.Export.Contents = "wishes" },
		"long name":        func(s *account.Shipment) { s.Goods[0].Name = strings.Repeat("é", 256) },
	} {
		s := abroad("A-2")
		s.Goods = slices.Clone(s.Goods)
		change(&s)
		var no *account.Refused
		if _, err := c.Buy(t.Context(), s, q, ""); !errors.As(err, &no) || no.Why != account.NoCustoms {
			t.Errorf("%s: %v", what, err)
		}
	}
	s = abroad("A-3")
	s.To.Region = ""
	var no *account.Refused
	if _, err := c.Buy(t.Context(), s, q, ""); !errors.As(err, &no) || no.Why != account.BadAddress || no.Field != "state" {
		t.Errorf("no state: %v", err)
	}
	if len(sim.Book().Labels()) != 1 {
		t.Errorf("%+v", sim.Book().Labels())
	}
}

func TestThereAreNoSamples(t *testing.T) {
	c, sim := start(t)
	s := parcel("A-1")
	s.Test = true
	if _, err := c.Buy(t.Context(), s, quotes(t, c, s)["dpd:home"], ""); !account.NotDone(err) || len(sim.Book().Labels()) > 0 {
		t.Error(err)
	}
}

func TestAQueuedCancellationIsAskedFor(t *testing.T) {
	c, sim := start(t)
	p, err := c.Buy(t.Context(), parcel("A-1"), quotes(t, c, parcel("A-1"))["dpd:home"], "")
	if err != nil {
		t.Fatal(err)
	}
	if where, err := c.Track(t.Context(), p); err != nil || where.State != account.Accepted || len(where.Events) != 1 {
		t.Errorf("%+v, %v", where, err)
	}
	sim.Book().Next(carriersim.LateRefund)
	for range 2 {
		if refund, err := c.Void(t.Context(), p); err != nil || refund != account.RefundAsked {
			t.Errorf("%s, %v", refund, err)
		}
	}
}

// An answer that is about another shipment, or comes with an error of the server, says
// nothing about this one.
func TestWhatIsNotSaidIsNotKnown(t *testing.T) {
	status, body := http.StatusOK, ""
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	c, err := sendcloud.New(account.Options{URL: server.URL, Secret: "a:b", Do: web.NewHTTP(), Buy: web.NewBuyer()})
	if err != nil {
		t.Fatal(err)
	}
	for _, body = range []string{
		`{"data":[{"id":"x","external_reference_id":"B-1","parcels":[{"id":1,"status":{"code":"READY_TO_SEND"},"tracking_number":"3S1"}]}]}`, // a filter that is not kept to
		`{"data":null}`, `{}`, `[]`,
	} {
		if got, err := c.Recover(t.Context(), account.Attempt{Ref: "A-1"}); err == nil || got.Purchase.Tracking != "" {
			t.Errorf("%s: %+v", body, got)
		}
	}
	body = `{"data":[]}`
	if got, err := c.Recover(t.Context(), account.Attempt{Ref: "A-1"}); err != nil || got.Found != account.Nothing {
		t.Errorf("%+v, %v", got, err)
	}
	status, body = http.StatusInternalServerError, `{"errors":[{"status":"500","code":"parcel_announcement_error","detail":"Service error"}]}`
	if _, err := c.Buy(t.Context(), parcel("A-1"), account.Quote{Service: "dpd:home"}, ""); err == nil || account.NotDone(err) {
		t.Error(err)
	}
	status = http.StatusNotFound // given back before, by whoever deleted it
	if refund, err := c.Void(t.Context(), account.Purchase{ID: "x"}); err != nil || refund != account.RefundDone {
		t.Errorf("%s, %v", refund, err)
	}
}

func TestAKeyOfSendcloudHasTwoParts(t *testing.T) {
	for _, key := range []string{"", "one", ":", "a:", ":b", "a:b c"} {
		if _, err := sendcloud.New(account.Options{Secret: key}); err == nil {
			t.Errorf("%q is taken", key)
		}
	}
}
