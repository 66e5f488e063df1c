package royalmail_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/royalmailsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/royalmail"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/faults"
)

func parcel(ref string) account.Shipment {
	s := carriertest.Domestic()
	s.Ref = ref
	s.From = station.Address{Name: "Dock", Company: "Sample Shop", Street: "1 Dock Road", City: "Leeds", Postcode: "LS1 4AP", Country: "GB", Phone: "+441130000000"}
	s.To = station.Address{Name: "Ada Miller", Street: "12 Maple Street", City: "Bristol", Postcode: "BS1 4ST", Country: "GB", Phone: "+441170000000"}
	s.Value.Currency, s.Goods[0].Value.Currency = "GBP", "GBP"
	return s
}

func abroad(ref string) account.Shipment {
	s := parcel(ref)
	s.To = station.Address{Name: "Ada Meunier", Street: "12 rue des Érables", City: "Lyon", Postcode: "69001", Country: "FR"}
	s.Border, s.Export = true, account.Export{Invoice: "R-1001", IOSS: "IM0000000001"}
	return s
}

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim:    func(o carriersim.Options) carriersim.Backend { return royalmailsim.New(o) },
		New:    func(o account.Options) (account.Account, error) { return royalmail.New(o) },
		Parcel: parcel(""),
		Fails:  true,
		No:     []carriersim.Mishap{carriersim.PoorFunds, carriersim.Slow}, // by contract, and at once
	})
}

type bench struct {
	*royalmail.Client
	sim *royalmailsim.Account
	now atomic.Int64
}

func (b *bench) clock() time.Time { return time.Unix(0, b.now.Load()).UTC() }

func start(t *testing.T, set map[string]string) *bench {
	t.Helper()
	b := &bench{}
	b.now.Store(carriertest.At.UnixNano())
	b.sim = royalmailsim.New(carriersim.Options{Clock: b.clock})
	server := httptest.NewServer(b.sim)
	t.Cleanup(server.Close)
	all := b.sim.Set()
	maps.Copy(all, set)
	var err error
	b.Client, err = royalmail.New(account.Options{URL: server.URL, Secret: b.sim.Secret(), Set: all, Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: b.clock})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bench) get(t *testing.T, s account.Shipment, service string) (account.Purchase, error) {
	t.Helper()
	q, err := b.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range q.Quotes {
		if one.Service == service {
			return b.Buy(t.Context(), s, one, "")
		}
	}
	t.Fatalf("%s is not offered: %+v", service, q)
	return account.Purchase{}, nil
}

// An order that gets no label is deleted: somebody could print it in Click & Drop later.
func TestAnOrderWithoutALabelIsDeleted(t *testing.T) {
	b := start(t, nil)
	b.sim.Book().Next(carriersim.Failed)
	var no *account.Refused
	if _, err := b.get(t, parcel("A-1"), "TPN24"); !errors.As(err, &no) || no.Spent || !strings.Contains(no.Say, "could not be generated") {
		t.Error(err)
	}
	if seen := b.sim.Faults().Seen(); len(seen) != 2 || !strings.HasPrefix(seen[1], "DELETE /orders/") {
		t.Errorf("%q", seen)
	}
	// Where it cannot be deleted nobody knows, until the order is found.
	b.sim.Book().Next(carriersim.Failed)
	b.sim.Faults().Next("DELETE", faults.BadBefore)
	if _, err := b.get(t, parcel("A-2"), "TPN24"); err == nil || account.NotDone(err) {
		t.Error(err)
	}
	a := account.Attempt{Ref: "A-2", Since: b.clock()}
	if got, err := b.Recover(t.Context(), a); err != nil || got.Found != account.Pending {
		t.Errorf("at once: %+v, %v", got, err)
	}
	b.now.Add(int64(time.Minute))
	b.sim.Faults().Seen()
	if got, err := b.Recover(t.Context(), a); err != nil || got.Found != account.Nothing {
		t.Errorf("later: %+v, %v", got, err)
	}
	if seen := b.sim.Faults().Seen(); len(seen) != 2 || seen[0] != "GET /orders/%22A-2%22" || !strings.HasPrefix(seen[1], "DELETE") {
		t.Errorf("%q", seen)
	}
}

func TestAServiceThatNobodyTracks(t *testing.T) {
	b := start(t, nil)
	s := parcel("A-1")
	s.Mass = 400 * unit.Gram
	p, err := b.get(t, s, "CRL48")
	if err != nil || p.Tracking != "CD"+p.ID || len(p.Warnings) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	got, err := b.Recover(t.Context(), account.Attempt{Ref: "A-1"})
	if err != nil || got.Found != account.Bought || got.Purchase.Tracking != p.Tracking {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAServiceWithItsRegister(t *testing.T) {
	b := start(t, nil)
	if _, err := b.get(t, parcel("A-1"), "TPS48:01"); err != nil {
		t.Error(err)
	}
}

func TestCustomsAreTold(t *testing.T) {
	b := start(t, nil)
	if _, err := b.get(t, abroad("A-1"), "MTA"); err != nil {
		t.Fatal(err)
	}
	q, err := b.Quote(t.Context(), abroad("A-1"))
	if err != nil || q.Quotes[0].Price.Decimal() != "9.80" {
		t.Fatalf("%+v, %v", q, err)
	}
	got, err := b.Recover(t.Context(), account.Attempt{Ref: "A-1", Quote: q.Quotes[0]}) // the label with its papers for customs
	if err != nil || got.Found != account.Bought || len(got.Purchase.Papers) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	for what, change := range map[string]func(*account.Shipment){
		"long description": func(s *account.Shipment) { s.Goods[0].Name = strings.Repeat("é", 51) },
		"no goods":         func(s *account.Shipment) { s.Goods = nil },
		"two currencies":   func(s *account.Shipment) { s.Goods[0].Value.Currency = "EUR" },
		"tariff number":    func(s *account.Shipment) { s.Goods[0].HS = "12345678901" },
		"terms":            func(s *account.Shipment) { s.Export.Terms = "EXW" },
		"contents":         func(s *account.Shipment) { s.Export.Contents = "wishes" },
	} {
		s := abroad("A-2")
		change(&s)
		var no *account.Refused
		if _, err := b.get(t, s, "MTA"); !errors.As(err, &no) || no.Why != account.NoCustoms {
			t.Errorf("%s: %v", what, err)
		}
	}
	b = start(t, map[string]string{royalmail.Charges: ""})
	if _, err := b.get(t, abroad("A-3"), "MTA"); err == nil || !strings.Contains(err.Error(), "pay for the way") {
		t.Error(err)
	}
}

func TestWhatDoesNotFitIsRefusedBeforeItIsAsked(t *testing.T) {
	b := start(t, nil)
	for field, change := range map[string]func(*account.Shipment){
		"street": func(s *account.Shipment) { s.To.Street = strings.Repeat("x", 101) },
		"phone":  func(s *account.Shipment) { s.To.Phone = strings.Repeat("1", 26) },
		"city":   func(s *account.Shipment) { s.To.City = " " },
	} {
		s := parcel("A-1")
		change(&s)
		var no *account.Refused
		if _, err := b.get(t, s, "TPN24"); !errors.As(err, &no) || no.Why != account.BadAddress || no.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	s := parcel("A-1")
	s.Test = true
	if _, err := b.get(t, s, "TPN24"); !account.NotDone(err) {
		t.Errorf("a sample: %v", err)
	}
	for what, change := range map[string]func(*account.Shipment){
		"abroad":    func(s *account.Shipment) { s.From.Country = "FR" },
		"dangerous": func(s *account.Shipment) { s.Goods[0].Danger = station.OtherDanger },
		"age":       func(s *account.Shipment) { s.Extras.Adult = 18 },
		"heavy":     func(s *account.Shipment) { s.Mass = 30*unit.Kilogram + 1 },
	} {
		s := parcel("A-1")
		change(&s)
		if _, err := b.Quote(t.Context(), s); !account.NotDone(err) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if seen := b.sim.Faults().Seen(); len(seen) > 0 {
		t.Errorf("%q", seen)
	}
}

// A manifest holds all that has a label; what is on one already is not put on another.
func TestAManifestHoldsAll(t *testing.T) {
	b := start(t, nil)
	var all []account.Purchase
	for i := range 3 {
		p, err := b.get(t, parcel(fmt.Sprintf("A-%d", i)), "TPN24")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	strange := account.Purchase{ID: "9", Tracking: "TT000000009GB"}
	m, err := b.Manifest(t.Context(), "royal-mail", carriertest.At, append(all[:2:2], strange))
	if err != nil || m.ID != "1001" || m.Pending || len(m.Papers) != 1 || len(m.Unknown) != 1 || m.Unknown[0] != strange.Tracking {
		t.Errorf("%+v, %v", m, err)
	}
	b.sim.Faults().Seen()
	if m, err := b.Manifest(t.Context(), "royal-mail", carriertest.At, all); err != nil || m.ID != "" || len(m.Unknown) > 0 {
		t.Errorf("again: %+v, %v", m, err)
	}
	if seen := b.sim.Faults().Seen(); len(seen) != 1 {
		t.Errorf("%q", seen)
	}
	var no *account.Refused
	if _, err := b.Void(t.Context(), all[0]); !errors.As(err, &no) || no.Why != account.TooLate {
		t.Errorf("given back from a manifest: %v", err)
	}
	p, err := b.get(t, parcel("A-9"), "TPN24")
	if err != nil {
		t.Fatal(err)
	}
	b.sim.Book().Next(carriersim.Slow) // its paper comes later
	if m, err := b.Manifest(t.Context(), "royal-mail", carriertest.At, []account.Purchase{p}); err != nil || !m.Pending || m.ID != "1002" || len(m.Unknown) > 0 {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestSettingsThatAreNotClear(t *testing.T) {
	good := royalmailsim.New(carriersim.Options{})
	for _, change := range []map[string]string{
		{royalmail.Prices: ""},
		{royalmail.Prices: "TPN24:123 GB 2kg 3"},
		{royalmail.Prices: "TPN24567890 GB 2kg 3"},
		{royalmail.Charges: "x"},
	} {
		set := good.Set()
		maps.Copy(set, change)
		if _, err := royalmail.New(account.Options{Secret: good.Secret(), Set: set}); err == nil {
			t.Errorf("%v is taken", change)
		}
	}
	if _, err := royalmail.New(account.Options{Secret: "two words", Set: good.Set()}); err == nil {
		t.Error("a key of two words is taken")
	}
}
