package easypost_test

import (
	"testing"

	"packbench/station/carrier/account"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/easypostsim"
	"packbench/station/carrier/carriertest"
	"packbench/station/carrier/easypost"
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
