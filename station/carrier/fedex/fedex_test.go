package fedex_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/fedexsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/fedex"
	"packbench/station/unit"
)

var kind = carriertest.Kind{
	Sim: func(o carriersim.Options) carriersim.Backend { return fedexsim.New(o) },
	New: func(o account.Options) (account.Account, error) { return fedex.New(o) },
	No:  []carriersim.Mishap{carriersim.PoorFunds},
}

func TestAccount(t *testing.T) { carriertest.Run(t, kind) }

func parcel(ref string) account.Shipment {
	s := carriertest.Domestic()
	s.Ref = ref
	return s
}

func refused(t *testing.T, client account.Account, s account.Shipment) account.Refused {
	t.Helper()
	var no *account.Refused
	if _, err := client.Quote(t.Context(), s); !errors.As(err, &no) {
		t.Errorf("not refused: %v", err)
		return account.Refused{}
	}
	return *no
}

// The account's own price counts, not the list's; a day is a word.
func TestPrices(t *testing.T) {
	client, _, _ := kind.Open(t)
	got, err := client.Quote(t.Context(), parcel("P-1-00000001"))
	if err != nil {
		t.Fatal(err)
	}
	home := got.Quotes[0]
	if want := (unit.Money{Minor: 1240 + 5*35, Currency: "USD"}); home.Service != "GROUND_HOME_DELIVERY" || home.Price != want || home.Days != 3 || home.Arrives.Day() != 3 {
		t.Errorf("%+v", home)
	}
	s := parcel("P-1-00000001")
	s.To.Company = "Miller Inc"
	if got, err = client.Quote(t.Context(), s); err != nil || got.Quotes[0].Service != "FEDEX_GROUND" {
		t.Errorf("%+v, %v", got, err)
	}
	ground := got.Quotes[0].Price.Minor
	for extra, more := range map[account.Extras]int64{{Signature: true}: 590, {Signature: true, Adult: 21}: 750, {Insure: unit.Money{Minor: 20000, Currency: "USD"}}: 390} {
		s.Extras = extra
		if got, err := client.Quote(t.Context(), s); err != nil || got.Quotes[0].Price.Minor != ground+more {
			t.Errorf("%+v: %+v, %v", extra, got, err)
		}
	}
}

// A label for a printer is one for its dots.
func TestLabelsAreForThePrintersDots(t *testing.T) {
	client, _, _ := kind.Open(t)
	for dpi, width := range map[int]string{203: "^PW812", 300: "^PW1200"} {
		s := parcel(fmt.Sprint("P-1-00000", dpi))
		s.Label = account.Form{ZPL: true, DPI: dpi}
		if p := carriertest.Buy(t, client, s); !strings.Contains(string(p.Papers[0].Data), width) || p.Papers[0].DPI != dpi {
			t.Errorf("%d dpi: %.80s", dpi, p.Papers[0].Data)
		}
	}
}

// Prices that the sandbox invented are of no use where labels are bought.
func TestInventedPricesAreRefusedOutsideOfSamples(t *testing.T) {
	client, sim, _ := kind.Open(t)
	sim.(*fedexsim.Account).Virtual.Store(true)
	if no := refused(t, client, parcel("P-1-00000001")); no.Why != account.NotSet || !strings.Contains(no.Say, "sandbox") {
		t.Errorf("%+v", no)
	}
	s := parcel("P-1-00000001")
	s.Test = true
	if p := carriertest.Buy(t, client, s); !p.Sample {
		t.Errorf("no sample: %+v", p)
	}
	p, err := client.Buy(t.Context(), parcel("P-1-00000002"), account.Quote{Service: "FEDEX_2_DAY"}, "")
	if err != nil || !p.Sample {
		t.Errorf("a label of the sandbox is taken for a real one: %+v, %v", p, err)
	}
	for url, test := range map[string]bool{fedex.Samples: false, fedex.Address: true} {
		client, err := fedex.New(account.Options{
			URL: url, Secret: "a:b", Set: map[string]string{fedex.Number: "123456789"}, Clock: func() time.Time { return carriertest.At }, Zone: time.UTC,
		})
		if err != nil {
			t.Fatal(err)
		}
		s.Test = test
		if no := refused(t, client, s); no.Why != account.NotSet {
			t.Errorf("%s, samples %v: %+v", url, test, no)
		}
	}
}

// A label is shown once: what is found later has a number alone, and is given back.
func TestWhatIsFoundLaterHasANumberAlone(t *testing.T) {
	client, sim, _ := kind.Open(t)
	if client.Can().Label {
		t.Error("it says that the label comes again")
	}
	p := carriertest.Buy(t, client, parcel("P-1-00000001"))
	a := account.Attempt{Ref: "P-1-00000001", Since: carriertest.At}
	got, err := client.Recover(t.Context(), a)
	if err != nil || got.Found != account.Bought || got.Purchase.Tracking != p.Tracking || len(got.Purchase.Papers) > 0 {
		t.Errorf("%+v, %v", got, err)
	}
	for range 2 {
		if refund, err := client.Void(t.Context(), got.Purchase); err != nil || refund != account.RefundDone || len(sim.Book().Live()) > 0 {
			t.Errorf("%q, %v", refund, err)
		}
	}
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Nothing {
		t.Errorf("what was cancelled is there: %+v, %v", got, err)
	}
	a.Tracking = p.Tracking
	if got, err := client.Recover(t.Context(), a); err != nil || got.Purchase.Tracking != p.Tracking {
		t.Errorf("by its number: %+v, %v", got, err)
	}
}

// That there are two with one reference is no "none".
func TestTwoLabelsOfOneReferenceAreForAPerson(t *testing.T) {
	client, _, _ := kind.Open(t)
	carriertest.Buy(t, client, parcel("P-1-00000001"))
	carriertest.Buy(t, client, parcel("P-1-00000001"))
	if got, err := client.Recover(t.Context(), account.Attempt{Ref: "P-1-00000001", Since: carriertest.At}); err == nil {
		t.Errorf("%+v", got)
	}
}

// Days to come cannot be asked for, so that a label of tomorrow is not taken for none;
// and what is older than a month is not found any more.
func TestWhatCannotBeAskedForIsNotNothing(t *testing.T) {
	client, _, pass := kind.Open(t)
	s := parcel("P-1-00000001")
	s.Day = carriertest.At.AddDate(0, 0, 1)
	q, err := client.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	p, err := client.Buy(t.Context(), s, q.Quotes[0], "")
	if err != nil {
		t.Fatal(err)
	}
	a := account.Attempt{Ref: s.Ref, Quote: q.Quotes[0], Since: carriertest.At}
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Pending {
		t.Errorf("today: %+v, %v", got, err)
	}
	pass(24 * time.Hour)
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Bought || got.Purchase.Tracking != p.Tracking {
		t.Errorf("tomorrow: %+v, %v", got, err)
	}
	pass(40 * 24 * time.Hour)
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Unsaid {
		t.Errorf("in 40 days: %+v, %v", got, err)
	}
}

func TestParcelsAbroadHaveAnInvoice(t *testing.T) {
	client, _, _ := kind.Open(t)
	s := parcel("P-1-00000001")
	s.Border = true
	s.To.City, s.To.Region, s.To.Postcode, s.To.Country, s.To.Phone = "Berlin", "BE", "10115", "DE", "+49 30 1234567"
	p := carriertest.Buy(t, client, s)
	if len(p.Papers) != 2 || p.Papers[0].Kind != "label" || p.Papers[1].Kind != "customs" || p.Papers[1].Type != account.PDF {
		t.Errorf("%+v", p)
	}
	s.Goods = append(slices.Clone(s.Goods), account.Goods{SKU: "TEA", Name: "Tea", Qty: 1, Origin: "CN", Value: unit.Money{Minor: 100, Currency: "EUR"}})
	if no := refused(t, client, s); no.Why != account.NoCustoms || no.Field != "TEA" {
		t.Errorf("two currencies: %+v", no)
	}
}

func TestAddressesThatFedExWouldCutAreRefusedHere(t *testing.T) {
	client, sim, _ := kind.Open(t)
	for field, spoil := range map[string]func(*account.Shipment){
		"street":   func(s *account.Shipment) { s.To.Street = "one two " + strings.Repeat("x ", 80) },
		"company":  func(s *account.Shipment) { s.To.Company = strings.Repeat("x", 36) },
		"city":     func(s *account.Shipment) { s.To.City = "" },
		"region":   func(s *account.Shipment) { s.To.Region = "Oregon" },
		"postcode": func(s *account.Shipment) { s.To.Postcode = "" },
		"phone":    func(s *account.Shipment) { s.To.Phone = "555 0111" },
	} {
		s := parcel("P-1-00000001")
		spoil(&s)
		if no := refused(t, client, s); no.Why != account.BadAddress || no.Field != field {
			t.Errorf("%s: %+v", field, no)
		}
	}
	s := parcel("P-1-00000001")
	s.Goods[0].Danger = station.OtherDanger
	if no := refused(t, client, s); no.Why != account.NoService {
		t.Errorf("dangerous goods: %+v", no)
	}
	if seen := sim.Faults().Seen(); len(seen) > 0 {
		t.Errorf("asked FedEx all the same: %v", seen)
	}
	s = parcel("P-1-00000001")
	s.To.Phone = "+1 (503) 555-0111"
	if carriertest.Buy(t, client, s); sim.Book().Live()[0].To.Phone != "5035550111" {
		t.Errorf("the label goes to %+v", sim.Book().Live()[0].To)
	}
}

func TestCloseOfTheDay(t *testing.T) {
	client, sim, _ := kind.Open(t)
	p := carriertest.Buy(t, client, parcel("P-1-00000001"))
	day := func() (account.Manifest, error) {
		return client.(account.Manifester).Manifest(t.Context(), "fedex", carriertest.At, []account.Purchase{p})
	}
	m, err := day()
	if err != nil || m.ID == "" || len(m.Papers) != 1 || m.Papers[0].Type != account.PDF || !sim.Book().Live()[0].Closed {
		t.Errorf("%+v, %v", m, err)
	}
	var no *account.Refused
	if _, err := day(); !errors.As(err, &no) {
		t.Errorf("a second time: %v", err)
	}
}

func TestTrackingAndAddressCheck(t *testing.T) {
	client, _, _ := kind.Open(t)
	p := carriertest.Buy(t, client, parcel("P-1-00000001"))
	got, err := client.(account.Tracker).Track(t.Context(), p)
	if err != nil || got.State != account.PreTransit || !got.At.Equal(carriertest.At) || got.Promised.Day() != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := client.(account.Tracker).Track(t.Context(), account.Purchase{Tracking: "700000000009"}); err != nil || got.State != account.Unknown {
		t.Errorf("one that there is not: %+v, %v", got, err)
	}
	a := carriertest.Domestic().To
	if c, err := client.(account.Addresses).CheckAddress(t.Context(), a); err != nil || !c.OK || c.Meant.Postcode != "97205-1234" || !c.Private {
		t.Errorf("%+v, %v", c, err)
	}
	a.Street = "Nowhere 1"
	if c, err := client.(account.Addresses).CheckAddress(t.Context(), a); err != nil || c.OK || c.Say == "" {
		t.Errorf("%+v, %v", c, err)
	}
}
