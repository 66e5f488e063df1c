package main

import (
	"path/filepath"
	"strings"
	"testing"

	"packbench/station/carrier/rules"
	"packbench/station/config"
	"packbench/station/pack"
)

// What others write into the settings counts at a running bench: a rule for the choice of a
// service, a right of packctl. So does a rate card.
func TestRulesRightsAndCardsCountAtARunningBench(t *testing.T) {
	w := newWorking(t)
	orders := w.file("three.csv", "order,shop,sku,qty,name,street,postcode,city,country\n"+
		"R-1,,HONEY,1,Ann Example,Musterweg 1,10115,Berlin,DE\nR-2,,HONEY,1,Ann Example,Musterweg 1,10115,Berlin,DE\nR-3,,HONEY,1,Ann Example,Musterweg 1,10115,Berlin,DE\n")
	if out, err := w.packctl("", "import", "orders", orders); err != nil {
		t.Fatal(out, err)
	}
	w.ask("badge B-PACKER", pack.CodeSignedIn)
	w.wentBy("R-1", "Demo Post")
	path := filepath.Join(w.data, config.File)
	s, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Choice.Rules = []rules.Rule{{Name: "No post", Never: []string{"demo-post"}}}
	if err := config.Save(path, s); err != nil {
		t.Fatal(err)
	}
	if out, err := w.packctl("B-ADMIN\n", "rights", "set", "packer", "handover", "no"); err != nil {
		t.Fatal(out, err)
	}
	w.until("the bench has the rights", func() bool {
		out, err := w.packctl("", "journal", "show", "--json")
		return err == nil && strings.Contains(out, `"handover":"no `)
	})
	w.wentBy("R-2", "Demo Express")
	w.file("list.csv", "carrier,service,country,up to,price,currency,days\nNew Courier,Day,DE,2 kg,1.10,EUR,1\n")
	if out, err := w.packctl("", "import", "rates", filepath.Join(w.data, "list.csv")); err != nil {
		t.Fatal(out, err)
	}
	w.wentBy("R-3", "New Courier")
	w.ask("do handover demo-post", pack.CodeNeedsRole)
}

// wentBy packs an order, which goes with a carrier.
func (w *working) wentBy(order, carrier string) {
	w.t.Helper()
	w.ask("scan "+order, pack.CodeOrderOpened)
	w.ask("scan 9520000000196", pack.CodeAllScanned)
	w.ask("weigh zero", pack.CodeWeightZero)
	w.ask("weigh 0.740kg", pack.CodeWeightOK)
	sscc, _ := w.label(order)
	w.ask("scan "+sscc, pack.CodeOrderClosed)
	out, err := w.packctl("", "find", order, "--json")
	if err != nil || !strings.Contains(out, `"carrier","value":"`+carrier+`"`) {
		w.t.Errorf("%s: %s, %v", order, out, err)
	}
}
