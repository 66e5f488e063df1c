package main

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"packbench/station/pack"
	"packbench/station/shop/shopsim"
	"packbench/station/shop/shopsim/kinds"
)

// An order of a shop's interface comes by itself, is packed, and is a shipment in the
// shop by itself; one that was cancelled there a moment ago is not opened (O1 to O4).
func TestAShopFromOrderToShipment(t *testing.T) {
	tried := []string{"shopify", "woocommerce", "magento", "shipstation", "bigcommerce"}
	if testing.Short() {
		tried = tried[:1]
	}
	if os.Getenv("PACKBENCH_ALL_SHOPS") != "" {
		tried = kinds.IDs()
	}
	for _, kind := range tried {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			sim, path, err := simulated(kind)
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(sim)
			t.Cleanup(server.Close)
			w := newWorking(t)
			to := shopsim.Address{Name: "Ann Example", Street: "Musterweg 1", City: "Berlin", Postcode: "10115", Country: "DE"}
			honey := []shopsim.Line{{SKU: "HONEY", Name: "Honey", Barcode: "9520000000196", Qty: 1, Minor: 980, Grams: 500}}
			one := sim.Place(shopsim.Order{Number: "47171", To: to, Lines: honey})
			two := sim.Place(shopsim.Order{Number: "47172", To: to, Lines: honey})
			args := []string{"shop", "add", kind, "--id", "web", "--url", server.URL + path, "--set", "every=5s"}
			for key, value := range sim.Set() {
				args = append(args, "--set", key+"="+value)
			}
			if out, err := w.packctl(oneLine(sim.Secret())+"\n", args...); err != nil {
				t.Fatal(out, err)
			}
			if out, err := w.packctl("", "shop", "test", "web"); err != nil {
				t.Fatal(out, err)
			}
			startProcess(t, w.exe, "sync", "--data", w.data)
			w.until("the orders are here", func() bool {
				out, err := w.packctl("", "queue")
				return err == nil && strings.Contains(out, "47171") && strings.Contains(out, "47172")
			})
			sim.Cancel(two)
			p := w.process
			p.ask("badge B-PACKER", pack.CodeSignedIn)
			p.ask("scan 47172", pack.CodeOrderCancelled)
			p.ask("scan 47171", pack.CodeOrderOpened)
			p.ask("scan 9520000000196", pack.CodeAllScanned)
			p.ask("weigh zero", pack.CodeWeightZero)
			p.ask("weigh 0.740kg", pack.CodeWeightOK)
			sscc, tracking := w.label("47171")
			p.ask("scan "+sscc, pack.CodeOrderClosed)
			w.until("the shop knows", func() bool { return len(sim.Parcels(one)) > 0 })
			if got := sim.Parcels(one); len(got) != 1 || got[0].Tracking != tracking || got[0].Units["HONEY"] != 1 {
				t.Errorf("the shop has %+v, the label %s", got, tracking)
			}
			w.until("the answer is kept", func() bool {
				out, err := w.packctl("", "outbox", "--json")
				return err == nil && out == ""
			})
			if out, err := w.packctl("", "outbox", "--state", "done", "--json"); err != nil || !strings.Contains(out, `47171","parcel":"web:`) {
				t.Errorf("the outbox: %s, %v", out, err)
			}
		})
	}
}

// until waits for something that happens by itself.
func (w *working) until(what string, is func() bool) {
	w.t.Helper()
	for end := time.Now().Add(time.Minute); !is(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("not in a minute: %s", what)
		}
	}
}
