package dhlparcel_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/dhlparcelsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/dhlparcel"
	"packbench/station/unit"
	"packbench/station/web"
	"packbench/station/web/faults"
)

func parcel(ref string) account.Shipment {
	s := carriertest.Domestic()
	s.Ref = ref
	s.From = station.Address{Name: "Dock", Company: "Musterladen", Street: "Lagerweg 1", City: "Berlin", Postcode: "10115", Country: "DE", Phone: "+4930123456"}
	s.To = station.Address{Name: "Ada Meier", Street: "Ahornweg 12", City: "Hamburg", Postcode: "20095", Country: "DE", Phone: "+4940123456", Email: "ada@example.com"}
	s.Value.Currency, s.Goods[0].Value.Currency = "EUR", "EUR"
	s.Label.ZPL = true
	return s
}

func abroad(ref string) account.Shipment {
	s := parcel(ref)
	s.To = station.Address{Name: "Ada Meier", Street: "Ahornweg 12", Street2: "2. Stock", City: "Zürich", Postcode: "8001", Country: "CH", Phone: "+41440000000"}
	s.Border, s.Export = true, account.Export{Invoice: "R-1001", TaxID: "DE123456789012345", Terms: "DDP"}
	return s
}

func TestAccount(t *testing.T) {
	p := parcel("")
	p.Label.ZPL = false
	carriertest.Run(t, carriertest.Kind{
		Sim:    func(o carriersim.Options) carriersim.Backend { return dhlparcelsim.New(o) },
		New:    func(o account.Options) (account.Account, error) { return dhlparcel.New(o) },
		Parcel: p,
		No:     []carriersim.Mishap{carriersim.PoorFunds, carriersim.Slow}, // by contract, and at once
	})
}

func start(t *testing.T, set map[string]string) (*dhlparcel.Client, *dhlparcelsim.Account) {
	t.Helper()
	clock := func() time.Time { return carriertest.At }
	sim := dhlparcelsim.New(carriersim.Options{Clock: clock})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	all := sim.Set()
	maps.Copy(all, set)
	c, err := dhlparcel.New(account.Options{URL: server.URL, Secret: sim.Secret(), Set: all, Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: clock, Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return c, sim
}

func buy(t *testing.T, c *dhlparcel.Client, s account.Shipment, product string) (account.Purchase, error) {
	t.Helper()
	q := account.Quote{Service: product}
	draft, err := c.Prepare(t.Context(), s, q)
	if err != nil {
		return account.Purchase{}, err
	}
	return c.Buy(t.Context(), s, q, draft)
}

// Nobody can tell what became of a lost answer but a person with the number.
func TestALostAnswerWantsAPerson(t *testing.T) {
	c, sim := start(t, nil)
	sim.Faults().Next("POST /orders?docFormat", faults.LostAfter)
	if _, err := buy(t, c, parcel("LOST-0001"), "V01PAK"); err == nil || account.NotDone(err) {
		t.Fatal(err)
	}
	other, err := buy(t, c, parcel("OTHER-001"), "V01PAK")
	if err != nil {
		t.Fatal(err)
	}
	lost := sim.Book().Labels()[0]
	a := account.Attempt{Ref: "LOST-0001", Label: account.Form{ZPL: true}}
	if got, err := c.Recover(t.Context(), a); err != nil || got.Found != account.Unsaid {
		t.Errorf("%+v, %v", got, err)
	}
	for _, number := range []string{other.Tracking, "00340434999999999999"} { // of another parcel, of none
		a.Tracking = number
		if got, err := c.Recover(t.Context(), a); err == nil {
			t.Errorf("%s: %+v", number, got)
		}
	}
	a.Tracking = " " + lost.Tracking
	got, err := c.Recover(t.Context(), a)
	if err != nil || got.Found != account.Bought || got.Purchase.Tracking != lost.Tracking || len(got.Purchase.Papers) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A shipment that has a number and no label is told with its number.
func TestANumberWithoutALabelIsNamed(t *testing.T) {
	c, sim := start(t, nil)
	sim.Book().Next(carriersim.NoLabel)
	sim.Faults().Next("GET /orders", faults.BadBefore)
	_, err := buy(t, c, parcel("LOST-0001"), "V01PAK")
	if number := sim.Book().Labels()[0].Tracking; err == nil || account.NotDone(err) || !strings.Contains(err.Error(), number) {
		t.Errorf("%v, made %s", err, number)
	}
}

func TestAProductGoesWhereItGoes(t *testing.T) {
	c, _ := start(t, nil)
	for _, one := range []struct {
		to     string
		mass   unit.Mass
		extras account.Extras
		want   string
	}{
		{"DE", unit.Kilogram, account.Extras{}, "V01PAK 4.79, V62KP 3.39"},
		{"DE", 6 * unit.Kilogram, account.Extras{}, "V01PAK 8.49"},
		{"DE", unit.Kilogram, account.Extras{Adult: 18}, "V01PAK 4.79"},
		{"DE", unit.Kilogram, account.Extras{Adult: 21}, ""},
		{"NL", unit.Kilogram, account.Extras{}, "V53WPAK 11.90, V66WPI 6.20"},
		{"CH", unit.Kilogram, account.Extras{Insure: unit.Money{Minor: 100000, Currency: "EUR"}}, "V53WPAK 29.00"},
		{"CH", unit.Kilogram, account.Extras{Signature: true}, ""},
	} {
		s := parcel("A-0000001")
		s.To.Country, s.Mass, s.Extras = one.to, one.mass, one.extras
		q, err := c.Quote(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range q.Quotes {
			got = append(got, p.Service+" "+p.Price.Decimal())
		}
		if text := strings.Join(got, ", "); text != one.want || len(q.Quotes)+len(q.Notes) != 4 {
			t.Errorf("%s, %s, %+v: %s; %+v", one.to, one.mass, one.extras, text, q.Notes)
		}
	}
	c, _ = start(t, map[string]string{dhlparcel.Prices: "V01PAK * 5kg 4.79; V53WPAK * 5kg 29"}) // whatever the list says
	for to, want := range map[string]string{"DE": "V01PAK", "NL": "V53WPAK"} {
		s := parcel("A-0000001")
		s.To.Country = to
		if q, err := c.Quote(t.Context(), s); err != nil || len(q.Quotes) != 1 || q.Quotes[0].Service != want {
			t.Errorf("%s: %+v, %v", to, q, err)
		}
	}
	s := parcel("A-0000001")
	s.From.Country = "AT"
	if _, err := c.Quote(t.Context(), s); !account.NotDone(err) {
		t.Error(err)
	}
}

func TestLockersPostOfficesAndBoxes(t *testing.T) {
	c, sim := start(t, nil)
	for i, one := range []struct{ street, second, email, field string }{
		{"Packstation 118", "Postnummer 1234567", "", ""},
		{"PACKSTATION Nr. 118", "1234567", "", ""},
		{"Packstation 118", "", "ada@example.com", "street"},
		{"Packstation 118", "12345", "", "street"}, // no post number
		{"Postfiliale 518", "", "ada@example.com", ""},
		{"Postfiliale 518", "", "", "street"},
		{"Postfach 12 34 56", "", "", ""},
		{"Packstationsweg 5", "", "", ""},
	} {
		s := parcel(fmt.Sprintf("COUNTER-%d", i))
		s.To.Street, s.To.Street2, s.To.Email = one.street, one.second, one.email
		_, err := buy(t, c, s, "V01PAK")
		var no *account.Refused
		if errors.As(err, &no); (err == nil) != (one.field == "") || no != nil && (no.Field != one.field || no.Why != account.BadAddress) {
			t.Errorf("%+v: %v", one, err)
		}
	}
	if n := len(sim.Book().Labels()); n != 5 {
		t.Errorf("%d labels", n)
	}
}

func TestWhatDoesNotFitIsRefusedBeforeItIsAsked(t *testing.T) {
	c, sim := start(t, nil)
	for field, change := range map[string]func(*account.Shipment){
		"name":    func(s *account.Shipment) { s.To.Name = strings.Repeat("ä", 51) },
		"street":  func(s *account.Shipment) { s.To.Street = strings.Repeat("x", 51) },
		"city":    func(s *account.Shipment) { s.To.City = "" },
		"country": func(s *account.Shipment) { s.To.Country = "QQ" },
		"state":   func(s *account.Shipment) { s.To.Country = "US" },
		"phone":   func(s *account.Shipment) { s.To.Country, s.To.Phone = "CH", strings.Repeat("1", 21) },
	} {
		s := parcel("LONG-0001")
		change(&s)
		product := "V01PAK"
		if s.To.Country != "DE" {
			product = "V53WPAK"
		}
		var no *account.Refused
		if _, err := buy(t, c, s, product); !errors.As(err, &no) || no.Why != account.BadAddress || no.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	s := parcel("SAMPLE-01")
	s.Test = true
	if _, err := buy(t, c, s, "V01PAK"); !account.NotDone(err) {
		t.Errorf("a sample: %v", err)
	}
	if seen := sim.Faults().Seen(); len(seen) > 0 {
		t.Errorf("%q", seen)
	}
}

func TestAnAddressThatCannotBeCoded(t *testing.T) {
	c, sim := start(t, nil)
	s := parcel("NOWHERE-1")
	s.To.Street = "Nowhere 1"
	var no *account.Refused
	if _, err := buy(t, c, s, "V01PAK"); !errors.As(err, &no) || no.Why != account.BadAddress || len(sim.Book().Labels()) > 0 {
		t.Error(err)
	}
	c, _ = start(t, map[string]string{dhlparcel.Uncoded: "yes"})
	if p, err := buy(t, c, s, "V01PAK"); err != nil || len(p.Warnings) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestADayThatIsOverIsToday(t *testing.T) {
	c, _ := start(t, nil)
	s := parcel("YESTERDAY")
	s.Day = carriertest.At.AddDate(0, 0, -2)
	if _, err := buy(t, c, s, "V01PAK"); err != nil {
		t.Error(err)
	}
}

func TestCustomsAreTold(t *testing.T) {
	c, _ := start(t, nil)
	p, err := buy(t, c, abroad("ABROAD-01"), "V53WPAK")
	if err != nil || len(p.Papers) != 2 || p.Papers[1].Kind != "customs" || p.Papers[1].Type != "application/pdf" {
		t.Errorf("%+v, %v", p, err)
	}
	for what, change := range map[string]func(*account.Shipment){
		"short tariff number": func(s *account.Shipment) { s.Goods[0].HS = "6912" },
		"no description":      func(s *account.Shipment) { s.Goods[0].Name = "" },
		"no goods":            func(s *account.Shipment) { s.Goods = nil },
		"unknown contents":    func(s *account.Shipment) { s.Export.Contents = "wishes" },
	} {
		s := abroad("ABROAD-02")
		change(&s)
		var no *account.Refused
		if _, err := buy(t, c, s, "V53WPAK"); !errors.As(err, &no) || no.Why != account.NoCustoms {
			t.Errorf("%s: %v", what, err)
		}
	}
	c, _ = start(t, map[string]string{dhlparcel.Charges: ""})
	if _, err := buy(t, c, abroad("ABROAD-03"), "V53WPAK"); err == nil || !strings.Contains(err.Error(), "pay for the way") {
		t.Error(err)
	}
}

func TestTheCloseOut(t *testing.T) {
	c, sim := start(t, nil)
	var all []account.Purchase
	for i := range 31 { // one more than a call takes
		p, err := buy(t, c, parcel(fmt.Sprintf("CLOSE-%03d", i)), "V01PAK")
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	all = append(all, account.Purchase{ID: "00340434999999999999", Tracking: "00340434999999999999"})
	m, err := c.Manifest(t.Context(), "dhl", carriertest.At, all)
	if err != nil || m.Pending || len(m.Papers) != 1 || len(m.Unknown) != 1 || m.Unknown[0] != "00340434999999999999" {
		t.Errorf("%+v, %v", m, err)
	}
	for _, l := range sim.Book().Labels() {
		if !l.Closed {
			t.Errorf("%s is not closed out", l.Tracking)
		}
	}
	var no *account.Refused
	if _, err := c.Void(t.Context(), all[0]); !errors.As(err, &no) || no.Why != account.TooLate {
		t.Errorf("given back after the close-out: %v", err)
	}
}

func TestSettingsThatAreNotClear(t *testing.T) {
	good := dhlparcelsim.New(carriersim.Options{})
	for _, change := range []map[string]string{
		{dhlparcel.Billing: "3333333333010"},
		{dhlparcel.Billing: "33333333339902"},
		{dhlparcel.Billing: "33333333330102, 33333333330103"},
		{dhlparcel.Billing: "33333333330102"}, // and prices for more
		{dhlparcel.Prices: ""},
		{dhlparcel.Charges: "4,90"},
	} {
		set := good.Set()
		maps.Copy(set, change)
		if _, err := dhlparcel.New(account.Options{Secret: good.Secret(), Set: set}); err == nil {
			t.Errorf("%v is taken", change)
		}
	}
	for _, secret := range []string{"", "key", "key:user", "key::password", "key:user:"} {
		if _, err := dhlparcel.New(account.Options{Secret: secret, Set: good.Set()}); err == nil {
			t.Errorf("%q is taken", secret)
		}
	}
}
