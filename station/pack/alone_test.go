package pack

import (
	"testing"

	"packbench/station"
	"packbench/station/people"
)

// away has the hub not be asked for order 1042, which was scanned so.
func (d *desk) away(events ...Event) {
	d.t.Helper()
	d.give(badge("p1", station.Packer))
	for _, e := range events {
		d.give(e)
	}
	v := d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "1042", Number: "#42", Code: CodeHubAway}, Refused, CodeHubAway, Idle)
	if v.Order != "1042" || v.Number != "#42" || len(v.Choices) != 2 {
		d.t.Errorf("%+v", v)
	}
}

// An order that the hub cannot be asked for is packed where a supervisor has a reason for
// it, and that is a case.
func TestASupervisorHasAnOrderPackedWithoutTheHub(t *testing.T) { // H3
	boss := badge("boss", station.Supervisor)
	for name, way := range map[string]func(d *desk){
		"asked for": func(d *desk) {
			d.want(answer(1), Asked, CodeNeedsRole, Idle)
			d.want(badge("p2", station.Packer), Accepted, CodeTakenOver, Idle) // another packer is none
			d.want(scanOrder("1042"), "", "", Opening)
			d.want(OrderRefused{Effect: d.pending(EffectOpen).ID, Order: "1042", Code: CodeHubAway}, Refused, CodeHubAway, Idle)
			d.want(answer(1), Asked, CodeNeedsRole, Idle)
			d.want(boss, Asked, CodeAuthorised, Idle)
		},
		"the badge first": func(d *desk) { d.want(boss, Asked, CodeAuthorised, Idle) },
	} {
		d := newDesk(t)
		d.away(scanOrder("1042"))
		way(d)
		d.give(answer(1))
		e := d.pending(EffectOpen)
		if d.s.Phase != Opening || !e.Alone || e.Order != "1042" {
			t.Fatalf("%s: %s %+v", name, d.s.Phase, e)
		}
		d.want(OrderReady{Effect: e.ID, Order: order1042(), Alone: true}, Accepted, CodeOrderOpened, Packing)
		got := d.written("case-opened")
		if len(got) != 1 {
			t.Fatalf("%s: %+v", name, got)
		}
		if c := got[0].(CaseOpened); c.Kind != "claim" || c.Code != CodeHubAway || c.Order != "1042" || c.Author != "boss" || c.By == "boss" || c.Reason != AloneReasons[0] {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

func TestTheShopsOwnReasonsToPackWithoutTheHub(t *testing.T) { // H3
	d := newDesk(t)
	d.rules(func(r *Rules) { r.Reasons = people.Reasons{Alone: "van-waits", Accept: "other-filling"} })
	d.away(scanOrder("1042"))
	if v := d.want(badge("boss", station.Supervisor), Asked, CodeAuthorised, Idle); v.Choices[0].Text != "van-waits" {
		t.Errorf("%+v", v.Choices)
	}
	d.give(answer(1))
	d.give(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042(), Alone: true})
	if got := d.written("case-opened"); len(got) != 1 || got[0].(CaseOpened).Reason != "van-waits" {
		t.Errorf("%+v", got)
	}
}

func TestWhoPacksWithoutTheHub(t *testing.T) { // H3, P2
	// The hub was there again: then it is an order as any other.
	d := newDesk(t)
	d.away(scanItem("MUG", 1, "1042", "1043"), answer(1))
	d.give(badge("boss", station.Supervisor))
	d.give(answer(2))
	if v := d.want(OrderReady{Effect: d.pending(EffectOpen).ID, Order: order1042()}, Accepted, CodeOrderOpened, Packing); v.Author != "" {
		t.Errorf("%+v", v)
	}
	if len(d.written("case-opened")) > 0 || d.s.Work.Line("1").In != 1 {
		t.Errorf("cases %v; the item that was scanned counts: %+v", d.written("case-opened"), d.s.Work.Lines)
	}

	// A supervisor at the bench needs another's badge for it as for all that is let pass,
	// unless the table lets them.
	d = newDesk(t)
	d.away(scanOrder("1042"))
	d.table(map[people.Action]people.Right{people.Override: "no yes yes yes"})
	d.want(answer(1), Refused, CodeNeedsRole, Idle)

	// Who leaves the question has opened nothing, and another scan passes it over.
	d = newDesk(t)
	d.away(scanOrder("1042"))
	d.want(do("back"), Info, CodeBack, Idle)
	d.want(do("authorise", "", "filling"), Refused, CodeNotNow, Idle)
	d = newDesk(t)
	d.away(scanOrder("1042"))
	d.openOrder(order1042())
}
