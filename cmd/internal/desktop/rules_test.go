package desktop

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"packbench/station/carrier/rules"
	"packbench/station/config"
	"packbench/station/screen"
)

// ruled waits for the page of the rules to be so.
func (d *seat) ruled(what string, is func(*screen.ShopsView) bool) *screen.ShopsView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Page == screen.PageRules && v.Shops != nil && is(v.Shops) }).Shops
}

// Rules are added in the window with what is wrong said in words, moved, switched off, tried
// on the parcels of the last days, changed and removed.
func TestRulesAreKeptInTheWindow(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.press(37, 13, 0) // Ctrl 4
	d.touch("page:carriers")
	d.touch("page:rules")
	d.ruled("that there is none", func(v *screen.ShopsView) bool { return strings.HasPrefix(v.Empty, "No rule is here yet") })
	add := func(kind string, fields ...string) {
		t.Helper()
		d.touch("shop:add")
		d.touch("kind:" + kind)
		for i := 0; i < len(fields); i += 2 {
			d.touch("field:" + screen.RuleSetting + fields[i])
			d.enter(screen.RuleSetting+fields[i], fields[i+1])
		}
		d.touch("save")
	}
	add("never", "never", "post-small", "name", "Dear goods", "value_from", "much")
	d.ruled("what is wrong", func(v *screen.ShopsView) bool {
		return v.Form != nil && strings.HasPrefix(v.Form.Fault, `Worth at least: "much" is not an amount`)
	})
	d.touch("field:" + screen.RuleSetting + "value_from")
	d.enter(screen.RuleSetting+"value_from", "500.00")
	d.touch("save")
	v := d.ruled("the rule", func(v *screen.ShopsView) bool { return v.Shop != nil && len(v.Rows) == 1 })
	if v.Rows[0].Title != "1  Dear goods" || v.Shop.Sub != "Worth at least 500.00" || v.Shop.Fix != "Never post-small" {
		t.Errorf("%+v, %+v", v.Rows[0], v.Shop)
	}
	add("signature", "countries", "DE, AT")
	d.ruled("the second one", func(v *screen.ShopsView) bool { return len(v.Rows) == 2 && v.Rows[1].On })
	d.touch("rule:" + screen.RuleUp)
	d.ruled("it to stand first", func(v *screen.ShopsView) bool { return v.Rows[0].State == "with a signature" && v.Rows[0].On })
	d.touch("rule:" + screen.AccountOff)
	d.ruled("it to be off", func(v *screen.ShopsView) bool { return strings.HasPrefix(v.Shop.State, "Off") })
	d.touch("rules:test")
	d.ruled("what would change", func(v *screen.ShopsView) bool {
		return v.Shop.Words == "No parcel was closed in these days" || strings.Contains(v.Shop.Words, "compared")
	})
	d.touch("rule:" + screen.ShopChange)
	d.ruled("what it says", func(v *screen.ShopsView) bool {
		return v.Form != nil && v.Form.Title == "Change the rule: With a signature"
	})
	d.touch("field:" + screen.RuleSetting + "countries")
	d.enter(screen.RuleSetting+"countries", "FR")
	d.touch("save")
	d.ruled("the change, still off", func(v *screen.ShopsView) bool {
		return v.Form == nil && v.Shop.Sub == "To FR" && strings.HasPrefix(v.Shop.State, "Off")
	})
	d.touch("rule:" + screen.RuleRemove)
	d.ruled("one to be left", func(v *screen.ShopsView) bool { return len(v.Rows) == 1 && v.Shop.Fix == "Never post-small" })
	if list := d.front.setup.Rules(); len(list) != 1 || list[0].Name != "Dear goods" || list[0].ValueFrom != "500.00" {
		t.Errorf("kept: %+v", list)
	}
	if list := d.front.Folder.Choice().Rules; len(list) != 1 || list[0].Name != "Dear goods" { // before the next start
		t.Errorf("the bench chooses by %+v", list)
	}
	path := d.front.Folder.Path(config.File)
	s, err := config.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Choice.Rules = append(s.Choice.Rules, rules.Rule{Name: "By hand", Never: []string{"demo-post"}})
	if err := config.Save(path, s); err != nil {
		t.Fatal(err)
	}
	d.ruled("what was written into the file", func(v *screen.ShopsView) bool { d.front.Changed(); return len(v.Rows) == 2 })
	d.touch("rule:" + screen.AccountOff)
	d.ruled("both to be kept", func(v *screen.ShopsView) bool { return len(v.Rows) == 2 && strings.HasPrefix(v.Shop.State, "Off") })
	if s, err := config.Load(path); err != nil || len(s.Choice.Rules) != 2 || !s.Choice.Rules[0].Off || s.Choice.Rules[1].Name != "By hand" {
		t.Errorf("the file has %+v, %v", s.Choice.Rules, err)
	}
}

// A rule that cannot be kept stays in its form with the reason, and none is dropped because
// another one is being kept.
func TestARuleThatIsNotKeptIsNotLost(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.press(37, 13, 0) // Ctrl 4
	d.touch("page:carriers")
	d.touch("page:rules")
	d.touch("shop:add")
	d.touch("kind:insure")
	d.touch("field:" + screen.RuleSetting + "countries")
	d.enter(screen.RuleSetting+"countries", "FR")
	toml := d.front.Folder.Path("station.toml")
	if err := errors.Join(os.RemoveAll(toml), os.MkdirAll(filepath.Join(toml, "in the way"), 0o700)); err != nil {
		t.Fatal(err)
	}
	d.touch("save")
	v := d.ruled("why it is not kept", func(v *screen.ShopsView) bool { return v.Form != nil && v.Form.Fault != "" })
	if !strings.HasPrefix(v.Form.Fault, "Settings ") || !v.Form.Actions[0].Enabled || !slices.ContainsFunc(v.Form.Fields, func(f screen.FieldView) bool { return f.Value == "FR" }) {
		t.Errorf("%+v", v.Form)
	}
	if err := os.RemoveAll(toml); err != nil {
		t.Fatal(err)
	}
	d.touch("save")
	d.ruled("the rule", func(v *screen.ShopsView) bool { return v.Form == nil && v.Shop != nil && v.Shop.Sub == "To FR" })

	kept := d.front.setup.Rules()
	whys := make(chan string, 2)
	d.onPage(func() {
		d.front.setup.KeepRules(nil, func(why string) { whys <- why })
		d.front.setup.KeepRules(kept, func(why string) { whys <- why })
	})
	if second, first := <-whys, <-whys; first != "" || !strings.Contains(second, "try again") {
		t.Errorf("the first one %q, the second one %q", first, second)
	}
}
