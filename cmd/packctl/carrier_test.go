package main

import (
	"net/http/httptest"
	"path/filepath"
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
	if out, err := w.packctl("", "carrier", "address", "W-81", "--json"); err != nil || !strings.Contains(out, `"ok":true,"account":"ep"`) {
		t.Error(out, err)
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
	p.ask("weigh zero", pack.CodeWeightZero)
	p.ask("weigh 0.740kg", pack.CodeWeightOK)
	tracking = sim.Book().Live()[0].Tracking
	p.ask("scan "+tracking, pack.CodeOrderClosed)
	p.ask("do handover usps", pack.CodeLoading)
	p.ask("scan "+tracking, pack.CodeHandedOver)
	w.closesOut(sim, tracking)
	p.ask("do handover", pack.CodeLoading) // with this very van it is closed out as it should be
	p.ask("type Driver Sample", pack.CodeHandedOver)
	out, err = w.packctl("", "quote", "--last", "1", "--json") // rate cards have no price to set beside it
	if err != nil || !strings.Contains(out, `"parcels":1,"compared":0,"changed":0,`) || !strings.Contains(out, `"accounts":1}`) || strings.Contains(out, `"now":{"carrier"`) {
		t.Error(out, err)
	}
	sold := len(sim.Book().Labels())
	out, err = w.packctl("", "quote", "--last", "1", "--account", "ep", "--json") // the account itself has
	if err != nil || !strings.Contains(out, `"now":{"carrier":"usps"`) || !strings.Contains(out, `"parcels":1,"compared":1,"changed":0,`) || !strings.Contains(out, `"saved":0,"asked":["ep"]}`) {
		t.Error(out, err)
	}
	if n := len(sim.Book().Labels()); n != sold {
		t.Errorf("a dry run bought %d labels", n-sold)
	}
}

// closesOut closes out a van that is being loaded.
func (w *working) closesOut(sim carriersim.Backend, tracking string) {
	w.t.Helper()
	if out, err := w.packctl("", "carrier", "close-out", "dhl"); err == nil || !strings.Contains(out+err.Error(), "no van of dhl") {
		w.t.Error(out, err)
	}
	out, err := w.packctl("", "carrier", "close-out", "usps", "--json")
	if err != nil || !strings.Contains(out, `"state":"done"`) || !strings.Contains(out, `"parcels":1`) {
		w.t.Fatal(out, err)
	}
	if l, _ := sim.Book().Label(func(l carriersim.Label) bool { return l.Tracking == tracking }); !l.Closed {
		w.t.Errorf("%s is not closed out", tracking)
	}
	if printed, err := filepath.Glob(filepath.Join(w.data, "documents", "C-*.pdf")); err != nil || len(printed) != 1 {
		w.t.Errorf("its paper is printed as %v, %v", printed, err)
	}
	if out, err = w.packctl("", "carrier", "close-out", "usps"); err != nil || !strings.Contains(out, "nothing to close out") {
		w.t.Error(out, err)
	}
	if out, err = w.packctl("", "carrier", "close-out"); err != nil || !strings.Contains(out, "1 parcels  closed out") {
		w.t.Error(out, err)
	}
}
