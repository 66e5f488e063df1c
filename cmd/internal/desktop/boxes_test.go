package desktop

import (
	"testing"

	"packbench/station/screen"
)

// A manager comes from the figures to how the cartons were used, and to which are worth
// buying; a packer does not come there.
func TestTheBoxesThatWereUsed(t *testing.T) {
	d := newDesk(t)
	d.leave("9", "6001", "6002", "6003")
	d.signIn("B-PACKER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageBoxes)})
	d.until("the packer's own page", func(v screen.View) bool { return v.Shift == nil && v.Bench != nil })
	d.scanText("PB:badge:B-MANAGER")
	d.until("the manager", func(v screen.View) bool { return v.Header.Role == "manager" })
	read := func(what string, good func(*screen.ShiftView) bool) *screen.ShiftView {
		return d.until(what, func(v screen.View) bool { return v.Shift != nil && !v.Shift.Unread && good(v.Shift) }).Shift
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageFigures)})
	v := read("the figures", func(v *screen.ShiftView) bool { return v.Title == "Figures" })
	for _, a := range v.Export {
		if a.ID == "page:boxes" {
			d.front.Intent(a.Intent)
		}
	}
	v = read("the boxes", func(v *screen.ShiftView) bool { return v.Title == "Boxes" })
	if len(v.Figures) != 2 || v.Figures[0].Value != "3" || v.Figures[1].Value != "3" { // nobody knows how large those goods are
		t.Errorf("%v %v", v.Figures, v.Table.Rows)
	}
	d.front.Intent(v.Days[0].Intent)
	v = read("fewer days", func(v *screen.ShiftView) bool { return v.Days[1].Label == "30 days" })
	d.front.Intent(v.Tabs[1].Intent)
	v = read("what to buy", func(v *screen.ShiftView) bool { return v.Table.Title == "To buy" })
	if len(v.Table.Rows) != 1 || v.Table.Rows[0][0] != "Too few parcels to say which cartons to buy" {
		t.Errorf("%v", v.Table.Rows)
	}
	d.front.Intent(v.Export[len(v.Export)-1].Intent)
	read("the figures again", func(v *screen.ShiftView) bool { return v.Title == "Figures" })
}
