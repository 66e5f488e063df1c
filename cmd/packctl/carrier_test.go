package main

import (
	"net/http/httptest"
	"strings"
	"testing"

	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/kinds"
	"packbench/station/pack"
	"packbench/station/web/faults"
)

// An account is added and tested, its price wins over the rate cards, its label is bought
// once although the answer is lost, printed as it came, scanned back, and given back.
func TestAnAccountFromPriceToLabel(t *testing.T) {
	sim := kinds.All["easypost"](carriersim.Options{Currency: "EUR", Percent: 40})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	w := newWorking(t)
	for _, run := range [][]string{
		{"carrier", "add", "easypost", "--id", "ep", "--url", server.URL},
		{"carrier", "test", "ep"},
	} {
		if out, err := w.packctl(sim.Secret()+"\n", run...); err != nil {
			t.Fatal(run, out, err)
		}
	}
	file := w.file("one.csv", "order,shop,sku,qty,name,street,postcode,city,country,value,currency\n"+
		"W-81,,HONEY,1,Ann Example,Musterweg 1,10115,Berlin,DE,9.80,EUR\n")
	if out, err := w.packctl("", "import", "orders", file); err != nil {
		t.Fatal(out, err)
	}
	out, err := w.packctl("", "quote", "--order", "W-81", "--weight", "0.74kg", "--json")
	if err != nil || !strings.Contains(out, `"service":"ep/USPS:GroundAdvantage"`) || !strings.Contains(out, `"source":"ep"`) {
		t.Fatal(out, err)
	}
	p := w.process
	p.ask("badge B-PACKER", pack.CodeSignedIn)
	p.ask("scan W-81", pack.CodeOrderOpened)
	p.ask("scan 9520000000196", pack.CodeAllScanned)
	p.ask("weigh zero", pack.CodeWeightZero)
	sim.Faults().Next("/buy", faults.LostAfter)
	p.ask("weigh 0.740kg", pack.CodeWeightOK)
	_, tracking := w.label("W-81")
	live := sim.Book().Live()
	if len(live) != 1 || live[0].Tracking != tracking {
		t.Fatalf("sold %+v, the label has %s", live, tracking)
	}
	p.ask("scan "+tracking, pack.CodeOrderClosed)
	if out, err := w.packctl("", "find", tracking); err != nil || !strings.Contains(out, "W-81") {
		t.Error(out, err)
	}
	p.ask("badge B-SUPERVISOR", pack.CodeTakenOver)
	p.ask("do reopen W-81-1", pack.CodeReopened)
	w.until("the label is given back", func() bool { return len(sim.Book().Live()) == 0 })
	out, err = w.packctl("", "carrier", "waiting", "--json")
	if err != nil || !strings.Contains(out, `"refund":"asked"`) {
		t.Errorf("the refund is not listed: %s, %v", out, err)
	}
}
