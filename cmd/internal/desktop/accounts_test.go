package desktop

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/kinds"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/unit"
	broken "packbench/station/web/faults"
)

// accounts waits for the page of the accounts to be so.
func (d *seat) accounts(what string, is func(*screen.ShopsView) bool) *screen.ShopsView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Page == screen.PageAccounts && v.Shops != nil && is(v.Shops) }).Shops
}

// An account is added in the window with its key, tested, told what may be bought on it,
// and left alone for the day. The key is never in a view.
func TestAnAccountIsAddedInTheWindow(t *testing.T) {
	sim := kinds.All["easypost"](carriersim.Options{Currency: "EUR", Percent: 40})
	server := httptest.NewServer(sim)
	t.Cleanup(server.Close)
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.press(37, 13, 0) // Ctrl 4
	d.touch("page:carriers")
	d.accounts("that there is none", func(v *screen.ShopsView) bool { return strings.Contains(v.Empty, "No account is here") })
	d.touch("shop:add")
	d.touch("kind:easypost")
	d.touch("save")
	d.accounts("what is missing", func(v *screen.ShopsView) bool { return v.Form != nil && v.Form.Fault == "Paste the account's key" })
	d.touch("field:account:key")
	d.until("the field of the key", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "account:key" && v.Entry.Secret })
	d.clip = sim.Secret() + "\n"
	d.touch("entry:paste")
	d.until("what was pasted", func(v screen.View) bool { return v.Entry != nil && v.Entry.Text == sim.Secret() })
	d.press(0, 36, 0) // Enter
	v := d.accounts("the key to be entered", func(v *screen.ShopsView) bool { return v.Form != nil && v.Form.Fields[1].Value == "entered" })
	if in := v.Form.Fields[1].Edit.Intent; in.Value != "" {
		t.Errorf("the key is in the view: %+v", in)
	}
	d.touch("field:account:url")
	d.enter("account:url", server.URL)
	d.touch("save")
	v = d.accounts("the test of the account", func(v *screen.ShopsView) bool { return v.Shop != nil && len(v.Shop.Checks) > 1 })
	if v.Shop.Words != "Everything works" || v.Shop.State != "Ready" {
		t.Errorf("the test says %q, the account is %q", v.Shop.Words, v.Shop.State)
	}
	if key, err := os.ReadFile(d.front.Folder.Path("carrier-easypost.key")); err != nil || strings.TrimSpace(string(key)) != sim.Secret() {
		t.Errorf("the key's file: %v", err)
	}
	d.touch("shop:services")
	d.accounts("its services", func(v *screen.ShopsView) bool { return len(v.Kinds) == 2 && v.Kinds[0].Note == "used" })
	d.touch("service:ups")
	d.accounts("one not to be used", func(v *screen.ShopsView) bool { return len(v.Kinds) == 2 && v.Kinds[0].Note == "not used" })
	d.touch("back")
	d.touch("shop:off")
	d.accounts("it to be left alone", func(v *screen.ShopsView) bool {
		return v.Shop != nil && strings.HasPrefix(v.Shop.State, "Not used until")
	})
	d.touch("shop:on")
	d.accounts("it to go on", func(v *screen.ShopsView) bool { return v.Shop != nil && v.Shop.State == "Ready" })
	d.triesAnAccount(sim)
}

// triesAnAccount asks it about a parcel of yesterday, and buys nothing.
func (d *seat) triesAnAccount(sim carriersim.Backend) {
	d.Helper()
	price := unit.Money{Minor: 449, Currency: "EUR"}
	in := []pack.Content{{Line: "1", SKU: "MUG-BLUE", Qty: 1}}
	o := station.Order{
		ID: "Y-1", Number: "Y-1", Lines: []station.Line{{ID: "1", Kind: station.Goods, SKU: "MUG-BLUE", Qty: 1}},
		To: station.Address{Name: "Ann Example", Street: "Musterweg 1", Postcode: "20095", City: "Hamburg", Country: "DE", Phone: "+4940123456"},
	}
	if _, err := d.front.Folder.Store.PutOrders(d.Context(), []station.Order{o}); err != nil {
		d.Fatal(err)
	}
	foldertest.NewWriter(d, d.front.Folder, "S9").WriteAt(d.front.Folder.Clock().AddDate(0, 0, -1), pack.ParcelDone{
		Parcel: "Y-1-1", Order: "Y-1", Carton: "M", Service: "express-road", Carrier: "demo-express", Price: price, SSCC: "340123450000000018", Tracking: "Y1", Mass: unit.Kilogram, Contents: in,
	})
	d.touch("shop:try")
	v := d.accounts("what it would have cost", func(v *screen.ShopsView) bool {
		return v.Shop != nil && v.Shop.Words == "1 parcel, 1 compared: 1 would go another way"
	})
	if rows := strings.Join(v.Shop.Rows, " "); !strings.Contains(rows, "less.") || !strings.Contains(rows, "Y-1-1: express-road 4.49 EUR, then easypost/") || len(sim.Book().Labels()) > 0 {
		d.Errorf("%s; sold %v", rows, sim.Book().Labels())
	}
	sim.Faults().Next("POST /shipments", broken.BadBefore)
	d.touch("shop:try")
	d.accounts("that it did not answer", func(v *screen.ShopsView) bool {
		return v.Shop != nil && v.Shop.Words == "1 parcel, 0 compared: 0 would go another way" && strings.Contains(strings.Join(v.Shop.Rows, " "), "Y-1-1: easypost has no answer")
	})
}
