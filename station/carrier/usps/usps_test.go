package usps_test

import (
	"errors"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/uspssim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/usps"
	"packbench/station/unit"
	"packbench/station/web"
)

var kind = carriertest.Kind{
	Sim: func(o carriersim.Options) carriersim.Backend { return uspssim.New(o) },
	New: func(o account.Options) (account.Account, error) { return usps.New(o) },
	No:  []carriersim.Mishap{carriersim.Slow, carriersim.OtherParcel},
}

func TestAccount(t *testing.T) { carriertest.Run(t, kind) }

func parcel(ref string) account.Shipment {
	s := carriertest.Domestic()
	s.Ref = ref
	return s
}

func quotes(t *testing.T, client account.Account, s account.Shipment) map[string]account.Quote {
	t.Helper()
	got, err := client.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]account.Quote{}
	for _, q := range got.Quotes {
		out[q.Service] = q
	}
	for _, n := range got.Notes {
		out["note on "+n.Service] = account.Quote{Name: n.Say}
	}
	return out
}

// A price is that of the shop's own carton, and what it rests on goes on into the label,
// which costs just that.
func TestALabelCostsWhatItsRateSaid(t *testing.T) {
	client, sim, _ := kind.Open(t)
	s := parcel("P-1-00000001")
	all := quotes(t, client, s)
	ground, priority := all["USPS_GROUND_ADVANTAGE"], all["PRIORITY_MAIL"]
	if want := (unit.Money{Minor: 540 + 10*25, Currency: "USD"}); ground.Price != want || ground.Ask["rate"] != "CP" || ground.Days != 3 || len(all) != 3 {
		t.Errorf("%+v of %d", ground, len(all))
	}
	if priority.Price.Minor < 850 { // USPS's own box is cheaper
		t.Errorf("%+v", priority)
	}
	s.Extras.Signature, s.Extras.Insure = true, unit.Money{Minor: 4200, Currency: "USD"}
	all = quotes(t, client, s)
	if all["USPS_GROUND_ADVANTAGE"].Price.Minor != ground.Price.Minor+370+275 || all["note on Priority Mail Express"].Name == "" || all["PRIORITY_MAIL_EXPRESS"].Service != "" {
		t.Errorf("with signature and insurance: %+v", all)
	}
	p, err := client.Buy(t.Context(), s, all["USPS_GROUND_ADVANTAGE"], "")
	if err != nil || p.Charged != all["USPS_GROUND_ADVANTAGE"].Price || sim.Book().Spent() != p.Charged.Minor {
		t.Errorf("charged %s, spent %d, %v", p.Charged, sim.Book().Spent(), err)
	}
}

// There are three reprints. A label that is not shown again is given back by its key.
func TestALabelThatIsNotShownAgainIsGivenBack(t *testing.T) {
	for what, spoil := range map[string]func(client account.Account, a account.Attempt, pass func(time.Duration)){
		"after three reprints": func(client account.Account, a account.Attempt, _ func(time.Duration)) {
			for range 3 {
				if got, err := client.Recover(t.Context(), a); err != nil || got.Lost || len(got.Purchase.Papers) == 0 {
					t.Errorf("%+v, %v", got, err)
				}
			}
		},
		"after its day": func(_ account.Account, _ account.Attempt, pass func(time.Duration)) {
			pass(9*time.Hour + 10*time.Minute)
		},
	} {
		whereverItGoes(t, func(s account.Shipment, where string) {
			notShownAgain(t, s, what+", "+where, spoil)
		})
	}
}

// whereverItGoes does something with a parcel of the country and with one abroad.
func whereverItGoes(t *testing.T, do func(s account.Shipment, where string)) {
	t.Helper()
	do(parcel("P-1-00000001"), "in the country")
	do(outbound("P-1-00000001"), "abroad")
}

func notShownAgain(t *testing.T, s account.Shipment, what string, spoil func(account.Account, account.Attempt, func(time.Duration))) {
	t.Helper()
	client, sim, pass := kind.Open(t)
	q, err := client.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Buy(t.Context(), s, q.Quotes[0], ""); err != nil {
		t.Fatal(err)
	}
	a := account.Attempt{Ref: s.Ref, Quote: q.Quotes[0], Label: s.Label, Since: carriertest.At}
	spoil(client, a, pass)
	got, err := client.Recover(t.Context(), a)
	if err != nil || got.Found != account.Bought || !got.Lost {
		t.Errorf("%s: %+v, %v", what, got, err)
	}
	if refund, err := client.Void(t.Context(), got.Purchase); err != nil || refund != account.RefundDone || len(sim.Book().Live()) > 0 {
		t.Errorf("%s: %q, %v", what, refund, err)
	}
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Nothing {
		t.Errorf("%s, cancelled: %+v, %v", what, got, err)
	}
}

// A key is known for a week only: later its absence says nothing.
func TestAnOldKeyIsNoProof(t *testing.T) {
	client, _, pass := kind.Open(t)
	carriertest.Buy(t, client, parcel("P-1-00000001"))
	a := account.Attempt{Ref: "P-1-00000001", Since: carriertest.At}
	pass(8 * 24 * time.Hour)
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Unsaid {
		t.Errorf("%+v, %v", got, err)
	}
	a.Ref, a.Since = "P-1-00000002", carriertest.At.Add(8*24*time.Hour)
	if got, err := client.Recover(t.Context(), a); err != nil || got.Found != account.Nothing {
		t.Errorf("a new one: %+v, %v", got, err)
	}
}

func TestTokensAreFetchedOnce(t *testing.T) {
	client, sim, pass := kind.Open(t)
	count := func() (n int) {
		for _, call := range sim.Faults().Seen() {
			if strings.Contains(call, "/token") || strings.Contains(call, "payment-authorization") {
				n++
			}
		}
		return n
	}
	for _, ref := range []string{"P-1-00000001", "P-1-00000002", "P-1-00000003"} {
		carriertest.Buy(t, client, parcel(ref))
	}
	if n := count(); n != 2 {
		t.Errorf("%d tokens for three labels", n)
	}
	pass(8 * time.Hour)
	if carriertest.Buy(t, client, parcel("P-1-00000004")); count() != 2 {
		t.Error("the tokens were used beyond their end")
	}
}

// USPS says with 401 that an account cannot be charged: that is no wrong key.
func TestAnAccountThatCannotPay(t *testing.T) {
	sim := uspssim.New(carriersim.Options{Clock: func() time.Time { return carriertest.At }})
	server := httptest.NewServer(sim)
	defer server.Close()
	set := sim.Set()
	set[usps.Account] = "1"
	client, err := usps.New(account.Options{
		URL: server.URL, Secret: sim.Secret(), Set: set, Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: func() time.Time { return carriertest.At }, Zone: time.UTC,
	})
	if err != nil {
		t.Fatal(err)
	}
	checks, err := client.Test(t.Context())
	if err != nil || len(checks) != 2 || checks[1].OK || checks[1].Fix == "" {
		t.Errorf("%+v, %v", checks, err)
	}
	var no *account.Refused
	if _, err := client.Buy(t.Context(), parcel("P-1-00000001"), account.Quote{Service: "PRIORITY_MAIL"}, ""); !errors.As(err, &no) || no.Why != account.NoFunds {
		t.Errorf("%v", err)
	}
}

func TestAddresses(t *testing.T) {
	client, sim, _ := kind.Open(t)
	for field, spoil := range map[string]func(*account.Shipment){
		"street":   func(s *account.Shipment) { s.To.Street = strings.Repeat("x", 51) },
		"city":     func(s *account.Shipment) { s.To.City = strings.Repeat("x", 29) },
		"region":   func(s *account.Shipment) { s.To.Region = "" },
		"postcode": func(s *account.Shipment) { s.To.Postcode = "9720" },
		"company":  func(s *account.Shipment) { s.To.Company = strings.Repeat("x", 51) },
	} {
		s := parcel("P-1-00000001")
		spoil(&s)
		var no *account.Refused
		if _, err := client.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.BadAddress || no.Field != field {
			t.Errorf("%s: %v %+v", field, err, no)
		}
	}
	danger := parcel("P-1-00000001")
	danger.Goods[0].Danger = station.OtherDanger
	var no *account.Refused
	if _, err := client.Quote(t.Context(), danger); !errors.As(err, &no) || no.Why != account.NoService || !no.Stands {
		t.Errorf("%v", err)
	}
	if seen := sim.Faults().Seen(); len(seen) > 0 {
		t.Errorf("asked all the same: %v", seen)
	}
	s := parcel("P-1-00000001")
	s.To.Name, s.To.Postcode, s.To.Country, s.To.Region, s.To.Phone = "Ada", "00901-1234", "PR", "", "+44 20 7946 0000"
	carriertest.Buy(t, client, s)
	if to := sim.Book().Live()[0].To; to.Company != "Ada" || to.Region != "PR" || to.Postcode != "00901" || to.Phone != "" {
		t.Errorf("the label goes to %+v", to)
	}
}

func TestScanForm(t *testing.T) {
	client, sim, pass := kind.Open(t)
	var all []account.Purchase
	for _, s := range []account.Shipment{parcel("P-1-00000001"), parcel("P-1-00000002"), outbound("P-1-00000003")} {
		all = append(all, carriertest.Buy(t, client, s))
	}
	if _, err := client.Void(t.Context(), all[1]); err != nil {
		t.Fatal(err)
	}
	q := quotes(t, client, parcel("P-1-00000001"))["PRIORITY_MAIL"]
	again, err := client.Recover(t.Context(), account.Attempt{Ref: "P-1-00000001", Quote: q, Since: carriertest.At}) // its answer was lost
	if err != nil || again.Purchase.Ask["from"] == "" {
		t.Fatalf("%+v, %v", again, err)
	}
	all[0] = again.Purchase
	pass(7 * time.Hour)
	day := carriertest.At.AddDate(0, 0, 1) // the van comes a day later than was meant
	m, err := client.(account.Manifester).Manifest(t.Context(), "usps", day, all)
	if err != nil || !slices.Equal(m.Unknown, []string{all[1].Tracking}) || len(m.Papers) != 1 || m.Papers[0].Type != account.PDF || m.ID == "" {
		t.Errorf("%+v, %v", m, err)
	}
	closed := 0
	for _, l := range sim.Book().Live() {
		if l.Closed {
			closed++
		}
	}
	if closed != 2 {
		t.Errorf("%d labels are on the form", closed)
	}
	var no *account.Refused
	if _, err := client.(account.Manifester).Manifest(t.Context(), "usps", day, all); !errors.As(err, &no) {
		t.Errorf("a second form: %v", err)
	}
	if refund, err := client.Void(t.Context(), all[0]); err != nil || refund != account.RefundAsked {
		t.Errorf("void after the form: %q, %v", refund, err)
	}
}

func TestTrackingAndAddressCheck(t *testing.T) {
	client, _, _ := kind.Open(t)
	p := carriertest.Buy(t, client, parcel("P-1-00000001"))
	got, err := client.(account.Tracker).Track(t.Context(), p)
	if err != nil || got.State != account.PreTransit || !got.At.Equal(carriertest.At) || len(got.Events) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	check := client.(account.Addresses)
	a := carriertest.Domestic().To
	if c, err := check.CheckAddress(t.Context(), a); err != nil || !c.OK || c.Meant.Postcode != "97205-1234" || !c.Private || !c.Known {
		t.Errorf("%+v, %v", c, err)
	}
	a.Street = "1 Tower Place"
	if c, err := check.CheckAddress(t.Context(), a); err != nil || c.OK || c.Say == "" {
		t.Errorf("%+v, %v", c, err)
	}
	a.Street = "Nowhere 1"
	if c, err := check.CheckAddress(t.Context(), a); err != nil || c.OK || c.Say == "" {
		t.Errorf("%+v, %v", c, err)
	}
}
