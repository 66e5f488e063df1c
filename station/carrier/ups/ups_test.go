package ups_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/upssim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/ups"
	"packbench/station/unit"
	"packbench/station/web/faults"
)

var kind = carriertest.Kind{
	Sim: func(o carriersim.Options) carriersim.Backend { return upssim.New(o) },
	New: func(o account.Options) (account.Account, error) { return ups.New(o) },
	No:  []carriersim.Mishap{carriersim.PoorFunds, carriersim.Slow},
}

func TestAccount(t *testing.T) { carriertest.Run(t, kind) }

// abroad is a parcel that goes to Germany.
func abroad() account.Shipment {
	s := carriertest.Domestic()
	s.Border = true
	s.To.City, s.To.Region, s.To.Postcode, s.To.Country, s.To.Phone = "Berlin", "", "10115", "DE", "+49 30 1234567"
	s.Export.Invoice = "INV-1"
	return s
}

func refusedFor(t *testing.T, client account.Account, s account.Shipment) account.Refused {
	t.Helper()
	var no *account.Refused
	if _, err := client.Quote(t.Context(), s); errors.As(err, &no) {
		return *no
	}
	if _, err := client.Buy(t.Context(), s, account.Quote{Service: "03"}, ""); !errors.As(err, &no) {
		t.Errorf("not refused: %v", err)
		return account.Refused{}
	}
	return *no
}

// What UPS would cut or refuse is refused before anybody is called, and names the field.
func TestAddressesThatUPSWouldCutAreRefusedHere(t *testing.T) {
	client, sim, _ := kind.Open(t)
	for field, spoil := range map[string]func(*account.Shipment){
		"name":     func(s *account.Shipment) { s.To.Name = strings.Repeat("x", 36) },
		"street":   func(s *account.Shipment) { s.To.Street = strings.Repeat("x", 36) },
		"city":     func(s *account.Shipment) { s.To.City = strings.Repeat("x", 31) },
		"region":   func(s *account.Shipment) { s.To.Region = "" },
		"postcode": func(s *account.Shipment) { s.To.Postcode = "" },
		"phone":    func(s *account.Shipment) { s.To.Phone = "+44 503 555 0111 022233" },
	} {
		s := carriertest.Domestic()
		spoil(&s)
		if no := refusedFor(t, client, s); no.Why != account.BadAddress || no.Field != field {
			t.Errorf("%s: %+v", field, no)
		}
	}
	s := abroad()
	s.To.Phone = ""
	if no := refusedFor(t, client, s); no.Field != "phone" {
		t.Errorf("abroad without a telephone number: %+v", no)
	}
	s = carriertest.Domestic()
	s.From.City = ""
	if no := refusedFor(t, client, s); no.Why != account.NotSet || !strings.Contains(no.Say, "sender") {
		t.Errorf("the sender: %+v", no)
	}
	if seen := sim.Faults().Seen(); len(seen) > 0 {
		t.Errorf("asked UPS all the same: %v", seen)
	}
}

// UPS answers a control character in an address with status 200 and nothing.
func TestWhatNoLabelShowsIsLeftOut(t *testing.T) {
	client, sim, _ := kind.Open(t)
	s := carriertest.Domestic()
	s.Ref, s.To.Street, s.To.Street2 = "P-1-00000001", "12 Maple Street", "\bApartment 7"
	if carriertest.Buy(t, client, s); sim.Book().Live()[0].To.Street != "12 Maple Street, Apartment 7" {
		t.Errorf("the label goes to %+v", sim.Book().Live()[0].To)
	}
}

func TestParcelsAbroadHaveAnInvoice(t *testing.T) {
	client, _, _ := kind.Open(t)
	s := abroad()
	s.Ref, s.Goods[0].HS, s.Extras.Signature = "P-1-00000001", "6912.00", true
	p := carriertest.Buy(t, client, s)
	if !slices.ContainsFunc(p.Papers, func(p account.Paper) bool { return p.Kind == "customs" && p.Type == account.PDF }) {
		t.Errorf("no invoice: %+v", p)
	}
	s.Goods[0].Origin = ""
	if no := refusedFor(t, client, s); no.Why != account.NoCustoms || no.Field != "MUG" {
		t.Errorf("without an origin: %+v", no)
	}
}

// Whether people live there is a price; the negotiated price counts.
func TestPrices(t *testing.T) {
	client, _, _ := kind.Open(t)
	s := carriertest.Domestic()
	home, err := client.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	s.To.Company = "Miller Inc"
	work, err := client.Quote(t.Context(), s)
	if err != nil || home.Quotes[0].Price.Minor != work.Quotes[0].Price.Minor+450 {
		t.Errorf("%s at home, %s at work, %v", home.Quotes[0].Price, work.Quotes[0].Price, err)
	}
	ground := work.Quotes[0]
	if want := (unit.Money{Minor: 1135, Currency: "USD"}); ground.Price != want || ground.Days != 4 || ground.Surely || ground.Name != "Ground" { // 90 % of 11.00 and 27 times 0.06
		t.Errorf("%+v", ground)
	}
	for extra, more := range map[account.Extras]int64{{Signature: true}: 540, {Signature: true, Adult: 21}: 810} {
		s.Extras = extra
		if got, err := client.Quote(t.Context(), s); err != nil || got.Quotes[0].Price.Minor != ground.Price.Minor+more {
			t.Errorf("%+v: %+v, %v", extra, got, err)
		}
	}
	if air := work.Quotes[2]; !air.Surely || air.Days != 1 || len(air.Warnings) > 0 {
		t.Errorf("%+v", air)
	}
}

// There is no PDF at a purchase. Where recovery does not answer, the picture is printed.
func TestTheLabelIsAPageOrElseAPicture(t *testing.T) {
	client, sim, _ := kind.Open(t)
	s := carriertest.Domestic()
	s.Ref = "P-1-00000001"
	if p := carriertest.Buy(t, client, s); p.Papers[0].Type != account.PDF {
		t.Errorf("a %s", p.Papers[0].Type)
	}
	s.Ref = "P-1-00000002"
	sim.Faults().Next("/recovery", faults.BadBefore)
	if p := carriertest.Buy(t, client, s); p.Papers[0].Type != account.GIF || len(p.Papers) != 1 {
		t.Errorf("a %s", p.Papers[0].Type)
	}
}

func TestVoiding(t *testing.T) {
	client, _, pass := kind.Open(t)
	s := carriertest.Domestic()
	s.Ref = "P-1-00000001"
	p := carriertest.Buy(t, client, s)
	a := account.Attempt{Ref: s.Ref, Label: s.Label}
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Bought || got.Purchase.Tracking != p.Tracking {
		t.Errorf("%+v, %v", got, err)
	}
	if refund, err := client.Void(t.Context(), p); err != nil || refund != account.RefundDone {
		t.Errorf("%q, %v", refund, err)
	}
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Nothing {
		t.Errorf("what was voided is there: %+v, %v", got, err)
	}
	var no *account.Refused
	if _, err := client.Void(t.Context(), account.Purchase{ID: "1Z999AA10123456784", Tracking: "1Z999AA10123456784"}); !errors.As(err, &no) {
		t.Errorf("one that there never was: %v", err)
	}
	s.Ref = "P-1-00000002"
	p = carriertest.Buy(t, client, s)
	pass(91 * 24 * time.Hour)
	if _, err := client.Void(t.Context(), p); !errors.As(err, &no) || no.Why != account.TooLate {
		t.Errorf("after its time: %v", err)
	}
}

func TestTracking(t *testing.T) {
	client, _, _ := kind.Open(t)
	s := carriertest.Domestic()
	s.Ref = "P-1-00000001"
	p := carriertest.Buy(t, client, s)
	got, err := client.(account.Tracker).Track(t.Context(), p)
	if err != nil || got.State != account.PreTransit || !got.At.Equal(carriertest.At) || got.Promised.Day() != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestWhatIsNotSent(t *testing.T) {
	client, _, _ := kind.Open(t)
	s := carriertest.Domestic()
	s.Goods[0].Danger = station.OtherDanger
	if no := refusedFor(t, client, s); no.Why != account.NoService {
		t.Errorf("dangerous goods: %+v", no)
	}
	s = carriertest.Domestic()
	s.Test = true
	if no := refusedFor(t, client, s); no.Why != account.NotSet {
		t.Errorf("a sample on a live account: %+v", no)
	}
	s = carriertest.Domestic()
	s.Day = carriertest.At.AddDate(0, 0, 8)
	if no := refusedFor(t, client, s); no.Why != account.NoService {
		t.Errorf("in eight days: %+v", no)
	}
	if _, err := ups.New(account.Options{Secret: "id", Set: map[string]string{ups.ShipperNumber: "A1B2C3"}}); err == nil {
		t.Error("half a key")
	}
}
