package desktop

import (
	"slices"
	"strings"
	"testing"

	"packbench/station/engine"
	"packbench/station/screen"
)

func (d *seat) post(code string) {
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: code})
}

func (d *seat) onOrder(id string) screen.View {
	d.Helper()
	return d.until("order "+id, func(v screen.View) bool { return v.Bench != nil && v.Bench.Order.ID == id })
}

// V4: a line that was chosen, and a field that is open, are of one order; a code may be
// typed for whatever comes.
func TestV4NothingOfTheOrderBefore(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	d.post("1001")
	v := d.onOrder("1001")
	d.front.Intent(v.Bench.Lines[1].Select.Intent)
	d.until("a chosen line", func(v screen.View) bool { return v.Bench.Lines[1].Selected })
	d.front.Intent(screen.Intent{Kind: screen.IntentEdit, Name: "carton"})
	d.until("the field", func(v screen.View) bool { return v.Entry != nil })
	d.post("PB:command:park")
	if v = d.until("no order", func(v screen.View) bool { return v.Page == screen.PageIdle }); v.Entry != nil {
		t.Errorf("the field %q is open, and no order", v.Entry.Label)
	}
	d.post("1004")
	v = d.onOrder("1004")
	if i := slices.IndexFunc(v.Bench.Lines, func(l screen.LineView) bool { return l.Selected }); i >= 0 {
		t.Errorf("nobody chose %s", v.Bench.Lines[i].Item.Name)
	}
}

// V8: what the bench asks stands before the help and before a field that is open.
func TestV8WhatIsAskedIsSeen(t *testing.T) {
	for _, open := range []screen.Intent{{Kind: screen.IntentHelp}, {Kind: screen.IntentEdit, Name: "code"}} {
		d := newDesk(t)
		d.signIn("B-PACKER")
		d.post("1001")
		d.onOrder("1001")
		d.front.Intent(open)
		d.until("it to be open", func(v screen.View) bool { return v.Help != nil || v.Entry != nil })
		d.post("PB:command:cancel")
		v := d.until("the question", func(v screen.View) bool { return v.Bench != nil && v.Bench.Question != nil })
		if v.Help != nil || v.Entry != nil {
			t.Errorf("%s stands before %q", open.Kind, v.Bench.Question.Title)
		}
	}
}

// V4: what became of a case stands with that case, and where a book went with its day.
func TestV4ANoticeIsOfWhatIsShown(t *testing.T) {
	d := newDesk(t)
	d.mismatches(3)
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	v := d.until("a case", func(v screen.View) bool {
		return v.Cases != nil && v.Cases.Detail != nil && len(v.Cases.Detail.Timeline) > 0
	})
	d.front.Intent(v.Cases.Detail.Resolve[0].Intent)
	d.until("it to be resolved", func(v screen.View) bool { return v.Cases.Saved == "resolved" })
	d.front.Intent(screen.Intent{Kind: screen.IntentSelect, Name: "case", Value: "S9.1"})
	if v = d.until("another case", func(v screen.View) bool { return v.Cases.Detail.ID == "S9.1" }); v.Cases.Saved != "" {
		t.Errorf("%s is open, and the page says %q", v.Cases.Detail.ID, v.Cases.Saved)
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShift)})
	v = d.until("the book", func(v screen.View) bool { return v.Shift != nil && v.Shift.Export[0].Enabled })
	d.front.Intent(v.Shift.Export[0].Intent)
	v = d.until("its path", func(v screen.View) bool { return v.Shift.Open != nil })
	today := v.Shift.Days[1].Label
	d.front.Intent(v.Shift.Days[0].Intent)
	if v = d.until("yesterday", func(v screen.View) bool { return v.Shift.Days[1].Label != today }); v.Shift.Exported != "" || v.Shift.Open != nil {
		t.Errorf("%s says %q", v.Shift.Days[1].Label, v.Shift.Exported)
	}
}

// A bare shop's settings are left by touch too.
func TestTheSettingsOfANewShopLeadBack(t *testing.T) {
	d, _ := emptyShop(t)
	d.touch("step:devices")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	d.until("the settings", func(v screen.View) bool { return v.Settings != nil })
	d.touch("back")
	d.until("the set-up", func(v screen.View) bool { return v.Shop != nil && strings.HasPrefix(v.Shop.Title, "Set up") })
}

// What a device answered to a test is of that device as it was set then.
func TestATestIsOfTheDeviceThatWasTested(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	result := func(v screen.View) string {
		for _, card := range v.Settings.Devices {
			if card.Lamp.Kind == "scanner" {
				return card.Result
			}
		}
		return ""
	}
	tested := func() {
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
		d.front.Intent(screen.Intent{Kind: screen.IntentTest, Name: "scanner"})
		d.until("its answer", func(v screen.View) bool { return v.Settings != nil && result(v) != "" })
	}
	tested()
	d.setting("scanner.baud", "115200")
	if v := d.until("it to be saved", func(v screen.View) bool { return strings.HasPrefix(v.Settings.Saved, "saved") }); result(v) != "" {
		t.Errorf("the device that is set otherwise: %q", result(v))
	}
	tested()
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: "bench"})
	d.until("the bench", func(v screen.View) bool { return v.Bench != nil })
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageSettings)})
	if v := d.until("the page again", func(v screen.View) bool { return v.Settings != nil }); result(v) != "" {
		t.Errorf("long after the test: %q", result(v))
	}
}
