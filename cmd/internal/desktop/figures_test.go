package desktop

import (
	"os"
	"strings"
	"testing"

	"packbench/station/screen"
	"packbench/station/track"
)

// A manager comes to the figures from the shift book, sees what is known of the parcels of
// some weeks, chooses other weeks and what they mean, and has them written. A packer does not
// come there.
func TestTheFiguresOfWhatLeft(t *testing.T) {
	d := newDesk(t)
	d.leave("9", "6001", "6002", "6003")
	d.carrierSays("6001", 100, track.Accepted)
	d.carrierSays("6001", 60, track.Delivered)
	d.carrierSays("6002", 90, track.AttemptFailed)
	d.signIn("B-PACKER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageFigures)})
	d.until("the packer's own page", func(v screen.View) bool { return v.Shift == nil && v.Bench != nil })
	d.scanText("PB:badge:B-MANAGER")
	d.until("the manager", func(v screen.View) bool { return v.Header.Role == "manager" })
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShift)})
	read := func(what string, good func(*screen.ShiftView) bool) *screen.ShiftView {
		return d.until(what, func(v screen.View) bool { return v.Shift != nil && !v.Shift.Unread && good(v.Shift) }).Shift
	}
	book := read("the shift book", func(*screen.ShiftView) bool { return true })
	d.front.Intent(book.Export[len(book.Export)-1].Intent)
	v := read("the figures", func(v *screen.ShiftView) bool { return v.Title == "Figures" })
	row := func(name string) []string {
		for _, r := range v.Table.Rows {
			if r[0] == name {
				return r
			}
		}
		t.Fatalf("there is no %s in %v", name, v.Table.Rows)
		return nil
	}
	if r := row("Exceptions"); r[1] != "50.0 %" || r[3] != "2" || r[4] != "1" {
		t.Errorf("%v", r)
	}
	if r := row("On time"); r[1] != "–" || r[4] != "3" { // nothing was promised
		t.Errorf("%v", r)
	}
	d.front.Intent(v.Tabs[1].Intent)
	v = read("what they mean", func(v *screen.ShiftView) bool { return v.Table.Title == "What they mean" })
	d.front.Intent(v.Days[0].Intent)
	v = read("fewer weeks", func(v *screen.ShiftView) bool { return v.Days[1].Label == "4 weeks" })
	for i, end := range []string{".xlsx", ".pdf"} {
		d.front.Intent(v.Export[i].Intent)
		v = read("the file", func(v *screen.ShiftView) bool { return strings.HasSuffix(v.Exported, end) })
		if info, err := os.Stat(strings.TrimPrefix(v.Exported, "Written to ")); err != nil || info.Size() < 4000 {
			t.Errorf("%q, %v", v.Exported, err)
		}
	}
	d.front.Intent(v.Export[len(v.Export)-1].Intent)
	read("the shift book again", func(v *screen.ShiftView) bool { return v.Title == "Shift book" })
}
