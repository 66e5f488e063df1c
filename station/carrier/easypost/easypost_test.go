package easypost_test

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
	"packbench/station/carrier/carriersim/easypostsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/easypost"
	"packbench/station/web"
)

func TestAccount(t *testing.T) {
	carriertest.Run(t, carriertest.Kind{
		Sim: func(o carriersim.Options) carriersim.Backend { return easypostsim.New(o) },
		New: func(o account.Options) (account.Account, error) { return easypost.New(o) },
		No:  []carriersim.Mishap{carriersim.Slow, carriersim.OtherParcel},
	})
}

// A shipment that has a label says so when it is bought again: that is no refusal of the
// first.
func TestWhatIsBoughtTwiceIsAskedAfter(t *testing.T) {
	client, sim, _ := carriertest.Kind{
		Sim: func(o carriersim.Options) carriersim.Backend { return easypostsim.New(o) },
		New: func(o account.Options) (account.Account, error) { return easypost.New(o) },
	}.Open(t)
	s := carriertest.Domestic()
	s.Ref = "P-1001-00000001"
	q, err := client.Quote(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	draft, err := client.(account.Preparer).Prepare(t.Context(), s, q.Quotes[0])
	if err != nil {
		t.Fatal(err)
	}
	for n := range 2 {
		if _, err = client.Buy(t.Context(), s, q.Quotes[0], draft); n == 0 && err != nil || n == 1 && (err == nil || account.NotDone(err)) {
			t.Errorf("%d times: %v", n+1, err)
		}
	}
	if live := sim.Book().Live(); len(live) != 1 {
		t.Errorf("live %+v", live)
	}
}

// A limited quantity is told to EasyPost, whose prices mind it; what else it wants to know of
// other dangerous goods is not known here, so that it sells nothing for them.
func TestDangerousGoods(t *testing.T) {
	var asked string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked += string(body)
		_, _ = io.WriteString(w, `{"id": "shp_1", "rates": []}`)
	}))
	defer server.Close()
	c, err := easypost.New(account.Options{URL: server.URL, Secret: "EZTK1", Do: web.NewHTTP(), Buy: web.NewBuyer(), Clock: func() time.Time { return carriertest.At }})
	if err != nil {
		t.Fatal(err)
	}
	s := carriertest.Domestic()
	s.Ref, s.Goods[0].Danger = "P-1001-00000001", station.LimitedQuantity
	if _, err := c.Quote(t.Context(), s); err != nil || !strings.Contains(asked, `"hazmat":"LIMITED_QUANTITY"`) {
		t.Errorf("%v: %s", err, asked)
	}
	asked, s.Goods[0].Danger = "", station.LithiumBattery
	var no *account.Refused
	if _, err := c.Quote(t.Context(), s); !errors.As(err, &no) || no.Why != account.NoService || asked != "" {
		t.Errorf("%v: %s", err, asked)
	}
}
