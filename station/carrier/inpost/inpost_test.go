package inpost_test

import (
	"errors"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/inpostsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/inpost"
	"packbench/station/unit"
	"packbench/station/web"
)

func parcel(ref string) account.Shipment {
	s := carriertest.Domestic()
	s.Ref = ref
	s.From = station.Address{Name: "Dok", Company: "Sklep", Street: "Magazynowa 1", City: "Warszawa", Postcode: "00-001", Country: "PL", Phone: "500600700"}
	s.To = station.Address{Name: "Ada Nowak", Street: "Klonowa 12/3", City: "Gdynia", Postcode: "81-001", Country: "PL", Phone: "+48 500 600 701", Email: "ada@example.com"}
	s.Value.Currency, s.Goods[0].Value.Currency = "PLN", "PLN"
	return s
}

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim:    func(o carriersim.Options) carriersim.Backend { return inpostsim.New(o) },
		New:    func(o account.Options) (account.Account, error) { return inpost.New(o) },
		Parcel: parcel(""),
	})
}

type bench struct {
	*inpost.Client
	sim *inpostsim.Account
	now atomic.Int64
}

func (b *bench) clock() time.Time { return time.Unix(0, b.now.Load()).UTC() }

func start(t *testing.T) *bench {
	t.Helper()
	b := &bench{}
	b.now.Store(carriertest.At.UnixNano())
	b.sim = inpostsim.New(carriersim.Options{Clock: b.clock})
	b.sim.Book().Plain()
	server := httptest.NewServer(b.sim)
	t.Cleanup(server.Close)
	var err error
	b.Client, err = inpost.New(account.Options{URL: server.URL, Secret: b.sim.Secret(), Set: b.sim.Set(), Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: b.clock})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func offered(t *testing.T, b *bench, s account.Shipment) map[string]account.Quote {
	t.Helper()
	q, err := b.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]account.Quote{}
	for _, one := range q.Quotes {
		out[one.Service] = one
	}
	return out
}

func TestLockersHaveSizes(t *testing.T) {
	b := start(t)
	for _, one := range []struct {
		size   [3]unit.Length // mm
		kilos  unit.Mass
		street string
		want   string
	}{
		{[3]unit.Length{600, 380, 80}, 3, "Paczkomat KRA010", "inpost_locker_standard/small"},
		{[3]unit.Length{80, 600, 380}, 3, "paczkomaty GDY01-A", "inpost_locker_standard/small"},
		{[3]unit.Length{300, 200, 150}, 3, "Paczkomat® KRA010", "inpost_locker_standard/medium"},
		{[3]unit.Length{300, 300, 300}, 3, "Paczkomat KRA010", "inpost_locker_standard/large"},
		{[3]unit.Length{700, 100, 50}, 3, "Paczkomat KRA010", ""},
		{[3]unit.Length{300, 200, 150}, 26, "Paczkomat KRA010", ""},
		{[3]unit.Length{300, 200, 150}, 3, "Klonowa 12", "inpost_courier_standard"},
	} {
		s := parcel("LOCKER-1")
		s.Size = unit.Size{Length: one.size[0] * unit.Millimetre, Width: one.size[1] * unit.Millimetre, Depth: one.size[2] * unit.Millimetre}
		s.Mass, s.To.Street = one.kilos*unit.Kilogram, one.street
		all := offered(t, b, s)
		if got := strings.Join(slices.Collect(maps.Keys(all)), ", "); got != one.want {
			t.Errorf("%+v: %s", one, got)
			continue
		}
		if one.want == "" {
			continue
		}
		draft, err := b.Prepare(t.Context(), s, all[one.want])
		if err != nil {
			t.Fatalf("%+v: %v", one, err)
		}
		if _, err := b.Buy(t.Context(), s, all[one.want], draft); err != nil {
			t.Errorf("%+v: %v", one, err)
		}
	}
}

// A shipment is bought once: who tries again gets what was bought before.
func TestAShipmentIsBoughtOnce(t *testing.T) {
	b := start(t)
	s := parcel("SLOW-0001")
	q := offered(t, b, s)["inpost_courier_standard"]
	draft, err := b.Prepare(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Buy(t.Context(), s, q, draft); !account.Down(err) { // there is no offer yet
		t.Fatal(err)
	}
	b.sim.Book().Next(carriersim.Slow)
	if _, err := b.Buy(t.Context(), s, q, draft); err == nil || account.NotDone(err) {
		t.Fatal(err)
	}
	if _, err := b.Buy(t.Context(), s, q, draft); err == nil || account.NotDone(err) { // it was bought, and is not confirmed
		t.Fatal(err)
	}
	p, err := b.Buy(t.Context(), s, q, draft)
	if err != nil || len(b.sim.Book().Labels()) != 1 || p.Tracking != b.sim.Book().Labels()[0].Tracking {
		t.Errorf("%+v, %v", p, err)
	}
	var no *account.Refused
	if _, err := b.Void(t.Context(), p); !errors.As(err, &no) || no.Why != account.TooLate {
		t.Error(err)
	}
}

// Until the time is over nobody says that nothing was bought.
func TestAPurchaseMayComeLater(t *testing.T) {
	b := start(t)
	s := parcel("LATER-001")
	q := offered(t, b, s)["inpost_courier_standard"]
	draft, err := b.Prepare(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	a := account.Attempt{Ref: s.Ref, Draft: draft, Since: b.clock()}
	for _, want := range []account.Found{account.Pending, account.Nothing} {
		if got, err := b.Recover(t.Context(), a); err != nil || got.Found != want {
			t.Errorf("%s: %+v, %v", want, got, err)
		}
		b.now.Add(int64(b.Can().Lag))
	}
}

func TestAPriceAboveTheListIsNotPaid(t *testing.T) {
	b := start(t)
	s := parcel("DEAR-0001")
	q := offered(t, b, s)["inpost_courier_standard"]
	b.sim.Book().Next(carriersim.PriceUp)
	draft, err := b.Prepare(t.Context(), s, q)
	if err != nil {
		t.Fatal(err)
	}
	var no *account.Refused
	if _, err := b.Buy(t.Context(), s, q, draft); !errors.As(err, &no) || no.Why != account.Price || !strings.Contains(no.Say, "99.90 PLN") || len(b.sim.Book().Labels()) > 0 {
		t.Error(err)
	}
	if _, err := b.Buy(t.Context(), s, q, "123"); !errors.As(err, &no) || !no.Spent { // the draft is gone
		t.Error(err)
	}
}

func TestWhatInPostWantsIsAskedForFirst(t *testing.T) {
	b := start(t)
	q := offered(t, b, parcel("A-1"))["inpost_courier_standard"]
	for field, change := range map[string]func(*account.Shipment){
		"phone":               func(s *account.Shipment) { s.To.Phone = "+49 30 123456" },
		"number of the house": func(s *account.Shipment) { s.To.Street = "Klonowa" },
		"mail address":        func(s *account.Shipment) { s.To.Street, s.To.Email = "Paczkomat KRA010", "" },
		"":                    func(s *account.Shipment) { s.Test = true },
	} {
		s := parcel("A-1")
		change(&s)
		var no *account.Refused
		if _, err := b.Prepare(t.Context(), s, q); !errors.As(err, &no) || no.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for what, change := range map[string]func(*account.Shipment){
		"abroad":  func(s *account.Shipment) { s.To.Country = "DE" },
		"no size": func(s *account.Shipment) { s.Size = unit.Size{} },
		"signed":  func(s *account.Shipment) { s.Extras.Signature = true },
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
	s := parcel("A-1")
	s.To.Name = "Ada" // stands where a company does
	if _, err := b.Prepare(t.Context(), s, q); err != nil {
		t.Error(err)
	}
}
