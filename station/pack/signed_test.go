package pack

import (
	"testing"

	"packbench/station"
)

// The end of a shift signs out whoever came for it and keeps the work. It waits while a
// van is loaded, something is asked, or the bench is locked, and is not for who came later.
func TestTheEndOfAShift(t *testing.T) {
	over := func(d *desk) Event { return BadgeGone{Person: d.s.Person.ID, Why: ReasonShiftOver, Since: d.s.Since} }
	for name, busy := range map[string]func(*desk){
		"a van":      func(d *desk) { d.give(Command{Name: "handover", Value: "heron", Van: &Van{Carrier: "heron"}}) },
		"a question": func(d *desk) { d.openOrder(order1042()); d.give(Command{Name: "cancel"}) },
		"a badge":    func(d *desk) { d.openOrder(order1042()); d.give(do("confirm", "1")) },
		"a PIN": func(d *desk) {
			d.give(Scanned{Meanings: []Meaning{{Kind: MeansBadge, Person: &Person{ID: "p2", PIN: true}}}})
		},
		"the opening": func(d *desk) { d.give(scanOrder("1042")) },
		"a lock": func(d *desk) {
			d.openOrder(order1042())
			for range 3 {
				d.give(scanItem("BLUE", 1))
			}
		},
	} {
		d := newDesk(t)
		d.give(badge("p1", station.Packer))
		busy(d)
		before := asJSON(t, d.s)
		if v := d.give(over(d)); d.s.AtRest() || v.Code != "" || asJSON(t, d.s) != before {
			t.Errorf("in the middle of %s: %+v", name, v)
		}
	}

	d := newDesk(t)
	d.openOrder(order1042())
	d.give(scanItem("MUG", 1))
	first := over(d)
	v := d.want(first, Info, CodeSignedOut, SignedOut)
	if v.Reason != ReasonShiftOver || v.By != "p1" || d.s.Work.Units() != 1 || d.s.Person.ID != "" || !d.s.Since.IsZero() {
		t.Errorf("%+v, %+v", v, d.s.Work)
	}
	d.want(badge("p1", station.Packer), Accepted, CodeSignedIn, Packing) // who works on
	d.give(first)
	if d.s.Person.ID != "p1" || d.s.Work.Units() != 1 {
		t.Error("one end signs the same person out twice")
	}
	before := over(d)
	d.give(badge("p2", station.Packer))
	d.give(before)
	if d.s.Person.ID != "p2" {
		t.Error("who took over goes with the shift of the one before")
	}
}
