package main

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/hub/hubtest"
	"packbench/station/pack"
	"packbench/station/shop/shopsim"
)

// Two benches on two computers have one shop: one of them speaks to it for both, and when it
// dies the other one does. What each packed the shop hears once.
func TestOneOfTwoBenchesSpeaksToTheShop(t *testing.T) {
	if testing.Short() {
		t.Skip("benches in processes of their own")
	}
	t.Parallel()
	sim, path, err := simulated("woocommerce")
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(sim)
	t.Cleanup(web.Close)
	to := shopsim.Address{Name: "Ann Example", Street: "Musterweg 1", City: "Berlin", Postcode: "10115", Country: "DE"}
	honey := []shopsim.Line{{SKU: "HONEY", Name: "Honey", Barcode: "9520000000196", Qty: 1, Minor: 980, Grams: 500}}
	orders := map[string]string{}
	for _, number := range []string{"47171", "47172"} {
		orders[number] = sim.Place(shopsim.Order{Number: number, To: to, Lines: honey})
	}

	server := hubtest.New(t)
	database, address := server.Database(t)
	one := &working{process: &process{t: t}, exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "one")}
	foldertest.Init(t, one.data, true, folder.Options{})
	two := &working{process: &process{t: t}, exe: one.exe, data: filepath.Join(t.TempDir(), "two")}
	do := func(w *working, stdin string, args ...string) {
		t.Helper()
		if out, err := w.packctl(stdin, args...); err != nil {
			t.Fatal(args, out, err)
		}
	}
	args := []string{"shop", "add", "woocommerce", "--id", "web", "--url", web.URL + path, "--set", "every=5s"}
	for key, value := range sim.Set() {
		args = append(args, "--set", key+"="+value)
	}
	do(one, oneLine(sim.Secret())+"\n", args...)
	do(one, "", "hub", "init", "--url", address)
	do(one, "", "hub", "join", "--url", address)
	do(two, "", "hub", "join", "--url", address, "--station", "S2")

	first := one.station(t, "S1")
	first.ask("badge B-PACKER", pack.CodeSignedIn)
	runner := func(w *working, station string) bool {
		out, err := w.packctl("", "hub", "status", "--json")
		if strings.Contains(out, oneLine(sim.Secret())) {
			t.Error("the state of the hub tells a key")
		}
		return err == nil && strings.Contains(out, `"runner":{"station":"`+station+`"`)
	}
	one.until("S1 speaks to the shop", func() bool { return runner(one, "S1") })
	second := two.station(t, "S2")
	second.ask("badge B-PACKER2", pack.CodeSignedIn)
	two.until("the orders are at the other bench", func() bool {
		out, err := two.packctl("", "queue")
		return err == nil && strings.Contains(out, "47171") && strings.Contains(out, "47172")
	})
	if _, err := two.packctl("", "shop", "push", "web"); err == nil {
		t.Error("a second program speaks to the shop")
	}
	packs := func(w *working, p *process, number string) (tracking string) {
		t.Helper()
		p.noticed("scan "+number, pack.CodeOrderOpened)
		p.ask("scan 9520000000196", pack.CodeAllScanned)
		p.ask("weigh zero", pack.CodeWeightZero)
		p.ask("weigh 0.740kg", pack.CodeWeightOK)
		sscc, tracking := w.label(number)
		p.ask("scan "+sscc, pack.CodeOrderClosed)
		return tracking
	}
	heard := func(w *working, number, tracking string) {
		t.Helper()
		w.until("the shop knows "+number, func() bool { return len(sim.Parcels(orders[number])) > 0 })
		if got := sim.Parcels(orders[number]); len(got) != 1 || got[0].Tracking != tracking {
			t.Errorf("the shop has %+v of %s, the label %s", got, number, tracking)
		}
	}
	heard(two, "47171", packs(two, second, "47171"))
	first.kill()
	server.Exec(t, database, `UPDATE packbench.leases SET until = clock_timestamp()`) // half a minute later
	two.until("S2 speaks to the shop", func() bool { return runner(two, "S2") })
	heard(two, "47172", packs(two, second, "47172"))
	first = one.station(t, "S1")
	first.ask("badge B-PACKER", pack.CodeSignedIn)
	one.until("what the shop was told is known at the first bench", func() bool {
		out, err := one.packctl("", "outbox", "--state", "done", "--json")
		return err == nil && strings.Count(out, `"state":"done"`) == 2
	})
	label := filepath.Join(t.TempDir(), "label.pdf")
	told, err := one.packctl("", "outbox", "--state", "done", "--json")
	parcel := regexp.MustCompile(`47172","parcel":"([^"]+)"`).FindStringSubmatch(told)
	if err != nil || parcel == nil {
		t.Fatal(told, err)
	}
	var failed error
	for begun := time.Now(); time.Since(begun) < patience; time.Sleep(300 * time.Millisecond) {
		if _, failed = one.packctl("", "document", "label", parcel[1], "--out", label); failed == nil {
			break
		}
	}
	if failed != nil {
		t.Error(failed)
	}
	if info, err := os.Stat(label); err != nil || info.Size() < 1000 {
		t.Errorf("the label of another bench: %v, %v", info, err)
	}
	if out, err := one.packctl("", "journal", "verify"); err != nil {
		t.Error(out, err)
	}
	for number := range orders {
		if got := sim.Parcels(orders[number]); len(got) != 1 {
			t.Errorf("the shop was told %d times of %s", len(got), number)
		}
	}
}
