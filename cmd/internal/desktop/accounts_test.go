package desktop

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"packbench/station/carrier/carriersim"
	"packbench/station/carrier/carriersim/kinds"
	"packbench/station/screen"
)

// accounts waits for the page of the accounts to be so.
func (d *seat) accounts(what string, is func(*screen.ShopsView) bool) *screen.ShopsView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Page == screen.PageAccounts && v.Shops != nil && is(v.Shops) }).Shops
}

// An account is added in the window with its key, tested, told what may be bought on it,
// and left alone for the day. The key is never in a view.
func TestAnAccountIsAddedInTheWindow(t *testing.T) {
	sim := kinds.All["easypost"](carriersim.Options{})
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
}
