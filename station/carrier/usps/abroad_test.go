package usps_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/uspssim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/usps"
	"packbench/station/unit"
	"packbench/station/web"
)

// outbound is a parcel abroad.
func outbound(ref string) account.Shipment {
	s := parcel(ref)
	s.Border = true
	s.To.Street, s.To.City, s.To.Region, s.To.Postcode, s.To.Country, s.To.Phone = "14 Kendall Lane", "Canberra", "ACT", "2601", "AU", "+61 2 5550 0111"
	return s
}

func TestAccountAbroad(t *testing.T) {
	abroad := kind
	abroad.Parcel = outbound("")
	carriertest.Run(t, abroad)
}

// recorder keeps the body of the last call that buys.
type recorder struct {
	web.Doer
	path string
	body map[string]any
}

func (r *recorder) Do(req *http.Request) (*http.Response, error) {
	data, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, err
	}
	r.path, r.body = req.URL.Path, nil
	req.Body = io.NopCloser(strings.NewReader(string(data)))
	_ = json.Unmarshal(data, &r.body)
	return r.Doer.Do(req)
}

func recorded(t *testing.T) (account.Account, *uspssim.Account, *recorder) {
	t.Helper()
	clock := func() time.Time { return carriertest.At }
	sim := uspssim.New(carriersim.Options{Clock: clock})
	sim.Book().Plain()
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	buy := &recorder{Doer: web.NewBuyer()}
	client, err := usps.New(account.Options{URL: server.URL, Secret: sim.Secret(), Set: sim.Set(), Do: web.NewHTTP(), Buy: buy, Clock: clock, Zone: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return client, sim, buy
}

func within(t *testing.T, body any, path ...string) any {
	t.Helper()
	for _, key := range path {
		m, ok := body.(map[string]any)
		if !ok {
			t.Fatalf("%q is in no object", key)
		}
		body = m[key]
	}
	return body
}

// What customs are told is what the goods are, in whole lines; to Canada nothing is filed
// whatever it is worth, elsewhere what is below 2,500 dollars.
func TestWhatCustomsAreTold(t *testing.T) {
	client, sim, buy := recorded(t)
	s := outbound("P-1-00000001")
	s.Goods[0].HS = "6912.00"
	s.Export.TaxID, s.Export.Invoice = "EX-1", "1001-1"
	p := carriertest.Buy(t, client, s)
	if len(p.Tracking) != 13 || !p.Forms || p.Charged.Minor == 0 || sim.Book().Spent() != p.Charged.Minor {
		t.Errorf("%+v", p)
	}
	if buy.path != "/international-labels/v3/international-label" || within(t, buy.body, "toAddress", "country") != "Australia" || within(t, buy.body, "toAddress", "phone") != "61255500111" ||
		within(t, buy.body, "toAddress", "province") != "ACT" || within(t, buy.body, "packageDescription", "destinationEntryFacilityType") != "INTERNATIONAL_SERVICE_CENTER" {
		t.Errorf("%s: %+v", buy.path, buy.body)
	}
	form := within(t, buy.body, "customsForm")
	if within(t, form, "AESITN") != "NOEEI 30.37(a)" || within(t, form, "customsContentType") != "MERCHANDISE" || within(t, form, "invoiceNumber") != "1001-1" ||
		within(t, form, "exportersReference", "reference") != "EX-1" {
		t.Errorf("%+v", form)
	}
	lines, ok := within(t, form, "contents").([]any)
	if !ok || len(lines) != 1 || within(t, lines[0], "itemTotalValue") != 42.0 || within(t, lines[0], "itemQuantity") != 2.0 || within(t, lines[0], "HSTariffNumber") != "691200" ||
		within(t, lines[0], "countryofOrigin") != "US" || within(t, lines[0], "itemTotalWeight") != 1.7636 {
		t.Errorf("%+v", lines)
	}
	s = outbound("P-1-00000002")
	s.To.Country, s.To.Postcode, s.To.Region = "CA", "M5V 2T6", "ON"
	s.Goods[0].Value.Minor = 3000_00
	carriertest.Buy(t, client, s)
	if got := within(t, buy.body, "customsForm", "AESITN"); got != "NOEEI 30.36" {
		t.Errorf("to Canada: %v", got)
	}
}

// What customs would not take is refused before anybody is asked, and the words name the
// goods.
func TestGoodsThatAreNotDeclared(t *testing.T) {
	client, sim, _ := kind.Open(t)
	for say, spoil := range map[string]func(*account.Shipment){
		"MUG has no description":             func(s *account.Shipment) { s.Goods[0].Name = " " },
		"MUG has no description for":         func(s *account.Shipment) { s.Goods[0].Name = "Gift" },
		"MUG has 31 characters":              func(s *account.Shipment) { s.Goods[0].Name = strings.Repeat("x", 31) },
		"MUG has Chinese or Japanese":        func(s *account.Shipment) { s.Goods[0].Name = "緑茶" },
		"MUG has no country of origin":       func(s *account.Shipment) { s.Goods[0].Origin = "" },
		"MUG has no value":                   func(s *account.Shipment) { s.Goods[0].Value.Minor = 0 },
		"MUG has a value in EUR":             func(s *account.Shipment) { s.Goods[0].Value.Currency = "EUR" },
		"MUG has no weight":                  func(s *account.Shipment) { s.Goods[0].Mass = 0 },
		"tariff number of MUG has 5":         func(s *account.Shipment) { s.Goods[0].HS = "6912.0" },
		"0 of MUG":                           func(s *account.Shipment) { s.Goods[0].Qty = 0 },
		"goods of one tariff number":         func(s *account.Shipment) { s.Goods[0].Value.Minor = 1250_00 },
		"goods of one tariff number are":     func(s *account.Shipment) { s.Goods = twoKinds(s.Goods[0], "6912001000", "6912003900", 1250_00) },
		"goods of one tariff number are wor": func(s *account.Shipment) { s.Goods = twoKinds(s.Goods[0], "", "", 1250_00) },
		"not known what is in":               func(s *account.Shipment) { s.Goods = nil },
		"30 kinds of goods":                  func(s *account.Shipment) { s.Goods = slices.Repeat(s.Goods, 31) },
		"duties that the recipient pays":     func(s *account.Shipment) { s.Export.Terms = "DDP" },
		"(IOSS)":                             func(s *account.Shipment) { s.Export.IOSS = "IM2760000000" },
		"no word for contents":               func(s *account.Shipment) { s.Export.Contents = "plants" },
		"has to be filed":                    func(s *account.Shipment) { s.To.Country, s.To.Postcode = "CU", "10100" },
		"sender's number for customs":        func(s *account.Shipment) { s.Export.TaxID = strings.Repeat("1", 29) },
	} {
		s := outbound("P-1-00000001")
		spoil(&s)
		var no *account.Refused
		if _, err := client.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.NoCustoms || !strings.Contains(no.Say, say) || strings.Contains(say, "MUG") && no.Field != "MUG" {
			t.Errorf("%s: %v %+v", say, err, no)
		}
		if _, err := client.Buy(t.Context(), s, account.Quote{Service: "PRIORITY_MAIL_INTERNATIONAL"}, ""); !errors.As(err, &no) || no.Why != account.NoCustoms {
			t.Errorf("%s, bought: %v", say, err)
		}
	}
	for field, spoil := range map[string]func(*account.Shipment){
		"weight":   func(s *account.Shipment) { s.Goods[0].Mass = 601 * unit.Gram },
		"street":   func(s *account.Shipment) { s.To.Street = "北京路 1" },
		"city":     func(s *account.Shipment) { s.To.City = strings.Repeat("x", 29) },
		"region":   func(s *account.Shipment) { s.To.Region = strings.Repeat("x", 41) },
		"country":  func(s *account.Shipment) { s.To.Country = "QX" },
		"postcode": func(s *account.Shipment) { s.To.Country, s.To.Postcode = "CA", "20500" },
		"name":     func(s *account.Shipment) { s.To.Name = "" },
	} {
		s := outbound("P-1-00000001")
		spoil(&s)
		var no *account.Refused
		if _, err := client.Quote(t.Context(), s); !errors.As(err, &no) || no.Field != field {
			t.Errorf("%s: %v %+v", field, err, no)
		}
	}
	if seen := sim.Faults().Seen(); len(seen) > 0 {
		t.Errorf("asked all the same: %v", seen)
	}
	s := outbound("P-1-00000001")
	s.Goods = twoKinds(s.Goods[0], "691200", "420221", 1249_99)
	s.Mass = 2 * unit.Kilogram
	carriertest.Buy(t, client, s) // each may leave unfiled
}

// twoKinds are goods twice, under two tariff numbers, two of each.
func twoKinds(g account.Goods, a, b string, minor int64) []account.Goods {
	g.Value.Minor, g.Qty, g.HS = minor, 1, a
	other := g
	other.HS = b
	return []account.Goods{g, other}
}

// A class that does not take the parcel says why; the others cost what a carton of the
// shop's own costs, never USPS's own box or a large envelope.
func TestClassesAbroad(t *testing.T) {
	client, _, _ := kind.Open(t)
	s := outbound("P-1-00000001")
	all := quotes(t, client, s)
	if len(all) != 3 || all["FIRST-CLASS_PACKAGE_INTERNATIONAL_SERVICE"].Price.Minor != 1690+10*25 || all["PRIORITY_MAIL_INTERNATIONAL"].Price.Minor != 4560+10*25 ||
		all["PRIORITY_MAIL_INTERNATIONAL"].Ask["category"] != "MACHINABLE" || all["PRIORITY_MAIL_EXPRESS_INTERNATIONAL"].Ask["rate"] != "PA" || all["PRIORITY_MAIL_INTERNATIONAL"].Days != 0 {
		t.Errorf("%+v", all)
	}
	for what, spoil := range map[string]func(*account.Shipment){
		"24 inches": func(s *account.Shipment) { s.Size.Width = 25 * unit.Inch },
		"36 inches": func(s *account.Shipment) {
			s.Size = unit.Size{Length: 13 * unit.Inch, Width: 12 * unit.Inch, Depth: 12 * unit.Inch}
		},
		"400 dollars": func(s *account.Shipment) { s.Goods[0].Value.Minor = 200_01 },
		"no price":    func(s *account.Shipment) { s.Extras.Insure = unit.Money{Minor: 4200, Currency: "USD"} },
	} {
		s := outbound("P-1-00000001")
		spoil(&s)
		all := quotes(t, client, s)
		if _, sold := all["FIRST-CLASS_PACKAGE_INTERNATIONAL_SERVICE"]; sold || len(all) != 3 || !strings.Contains(all["note on First-Class Package International"].Name, what) {
			t.Errorf("%s: %+v", what, all)
		}
	}
	s.Extras.Insure = unit.Money{Minor: 4200, Currency: "USD"}
	q := quotes(t, client, s)["PRIORITY_MAIL_INTERNATIONAL"]
	if p, err := client.Buy(t.Context(), s, q, ""); err != nil || p.Charged != q.Price || q.Price.Minor != 4560+10*25+275 {
		t.Errorf("insured: %+v, %v", p, err)
	}
	s.Extras.Signature = true
	var no *account.Refused
	if _, err := client.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.NoService || no.Stands {
		t.Errorf("with a signature: %v", err)
	}
	if _, err := client.Buy(t.Context(), outbound("P-1-00000002"), account.Quote{Service: "PRIORITY_MAIL"}, ""); !errors.As(err, &no) {
		t.Errorf("a class of the country: %v", err)
	}
}

// Where the country's own mail leaves its customs territory its labels have papers: the
// simulated account sells none without.
func TestMilitaryAndTerritories(t *testing.T) {
	client, sim, buy := recorded(t)
	for where, c := range map[string]struct {
		country, region, city, zip string
		border, papers             bool
	}{
		"armed forces":  {"US", "AE", "APO", "09021", true, true},
		"not told so":   {"US", "AP", "FPO", "96349", false, true},
		"Guam":          {"US", "GU", "Hagatna", "96910", true, true},
		"Guam by code":  {"GU", "", "Hagatna", "96910", true, true},
		"Puerto Rico":   {"US", "PR", "San Juan", "00901", false, false},
		"the next town": {"US", "OH", "Dayton", "45402", false, false},
	} {
		s := parcel("P-1-00000001")
		s.Border, s.To.Country, s.To.Region, s.To.City, s.To.Postcode = c.border, c.country, c.region, c.city, c.zip
		p := carriertest.Buy(t, client, s)
		form, has := buy.body["customsForm"]
		if buy.path != "/labels/v3/label" || has != c.papers || p.Forms != c.papers || has && within(t, form, "AESITN") != "NOEEI 30.37(a)" {
			t.Errorf("%s: %s, %v", where, buy.path, form)
		}
	}
	if len(sim.Book().Live()) != 6 {
		t.Errorf("%d labels", len(sim.Book().Live()))
	}
	s := parcel("P-1-00000001")
	s.To.Region, s.To.Postcode, s.Goods[0].Origin = "AE", "09021", ""
	var no *account.Refused
	if _, err := client.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.NoCustoms {
		t.Errorf("without an origin: %v", err)
	}
}

// An account of before there were keys abroad does not tell: that its page is missing is no
// word about the label, neither that there is none nor that it is lost. By its number it is
// found, and given back.
func TestAbroadWithoutKeys(t *testing.T) {
	client, sim, _ := recorded(t)
	sim.Old()
	s := outbound("P-1-00000001")
	p := carriertest.Buy(t, client, s)
	a := account.Attempt{Ref: s.Ref, Quote: account.Quote{Service: "PRIORITY_MAIL_INTERNATIONAL"}, Label: s.Label, Since: carriertest.At}
	if got, err := client.Recover(t.Context(), a); err == nil {
		t.Errorf("%+v", got)
	}
	a.Tracking = p.Tracking
	got, err := client.Recover(t.Context(), a)
	if err != nil || got.Found != account.Bought || got.Purchase.Tracking != p.Tracking || len(got.Purchase.Papers) == 0 {
		t.Errorf("by its number: %+v, %v", got, err)
	}
	if refund, err := client.Void(t.Context(), got.Purchase); err != nil || refund != account.RefundDone || len(sim.Book().Live()) > 0 {
		t.Errorf("%q, %v", refund, err)
	}
}
