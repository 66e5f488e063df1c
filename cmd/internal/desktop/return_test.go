package desktop

import (
	"testing"

	"packbench/station/screen"
	"packbench/station/store"
)

func (d *seat) returning(what string, good func(screen.BenchView) bool) screen.BenchView {
	d.Helper()
	return *d.until(what, func(v screen.View) bool {
		return v.Page == screen.PageReturn && v.Bench.Return != nil && good(*v.Bench)
	}).Bench
}

func waitsForGrade(b screen.BenchView) bool { return b.Return.Unit != nil && b.Return.Unit.Place == "" }

// R2, R3: a whole return by scanner alone: begun by its card, known by its label, the unit
// graded by a card, put elsewhere by another, finished by a third.
func TestAReturnByScannerAlone(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	d.pack1()
	d.scanText("PB:command:return")
	d.returning("what to scan", func(b screen.BenchView) bool { return b.Next.Text == "Scan what came back" })
	d.scanText("1003")
	b := d.returning("what was sent", func(b screen.BenchView) bool { return len(b.Lines) == 1 })
	if b.Order.ID != "Order 1003" || b.Order.Recipient != "1003-1" || b.Order.Units != "0 of 1 unit" || len(b.Return.Weights) != 3 || b.Return.Weights[0].Value != "740 g" {
		t.Errorf("%+v, %+v", b.Order, b.Return.Weights)
	}
	d.scanText("9520000000196")
	b = d.returning("it to wait for its grade", waitsForGrade)
	if c := b.Return.Unit.Cards; b.Question != nil || len(c) != 5 || c[0].Label != "As new" || b.Next.Text != "Grade it" {
		t.Errorf("%+v", b.Return.Unit)
	}
	d.scanText("PB:command:undo")
	d.returning("the scan to be taken back", func(b screen.BenchView) bool { return b.Return.Unit == nil && b.Lines[0].Have == 0 })
	d.scanText("9520000000196")
	d.returning("it again", waitsForGrade)
	d.scanText("PB:command:grade:opened")
	d.returning("its place", func(b screen.BenchView) bool {
		return b.Return.Unit.Place == "Package opened: second choice, SECOND" && b.Card.Head == "SECOND"
	})
	d.scanText("PB:command:disposition:quarantine")
	d.returning("the other place", func(b screen.BenchView) bool {
		return b.Card.Head == "QUARANTINE" && b.Next.Text == "Finish the return"
	})
	d.scanText("PB:command:finish")
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle })
	if err := d.front.Folder.Store.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := d.front.Folder.Store.Returns(t.Context(), store.ReturnFilter{})
	if err != nil || len(all) != 1 || all[0].State != store.ReturnClosed {
		t.Fatalf("%+v, %v", all, err)
	}
	if units, err := d.front.Folder.Store.ReturnUnits(t.Context(), all[0].ID); err != nil || len(units) != 1 || units[0].Bin != "QUARANTINE" {
		t.Errorf("%+v, %v", units, err)
	}
}

// R2, R3: the same by touch alone, put aside and taken up again meanwhile; and a box that is
// not known gets a number and a place.
func TestAReturnByTouchAlone(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-SUPERVISOR")
	d.pack1()
	typed := func(code string) {
		d.Helper()
		d.touch("type")
		d.byTouch(code)
		d.touch("entry:done")
	}
	d.touch("do:return")
	typed("1003")
	d.returning("what was sent", func(b screen.BenchView) bool { return len(b.Lines) == 1 })
	d.touch("do:weight")
	d.byTouch("735 g")
	d.touch("entry:done")
	d.returning("the weight", func(b screen.BenchView) bool { return b.Return.Weights[1].Value == "735 g" })
	typed("9520000000196")
	d.returning("it to wait for its grade", waitsForGrade)
	d.touch("card:as-new")
	d.returning("its place", func(b screen.BenchView) bool { return b.Return.Unit.Place == "As new: back on the shelf, D-11" })
	d.touch("card:scrap")
	d.returning("the other place", func(b screen.BenchView) bool { return b.Return.Unit.Place == "As new: to be thrown away" })
	d.touch("do:park")
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle && len(v.Bench.Idle.Parked) == 1 })
	d.touch("aside:" + onlyAside(d))
	d.returning("it again", func(b screen.BenchView) bool { return len(b.Lines) == 1 && b.Lines[0].Have == 1 })
	d.touch("do:finish")
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle && len(v.Bench.Idle.Parked) == 0 })

	d.touch("do:return")
	d.touch("do:blind")
	d.byTouch("R-07")
	d.touch("entry:done")
	d.returning("a number and a place", func(b screen.BenchView) bool { return b.Order.LeaveBy == "stands at R-07" })
	typed("9520000000196")
	b := d.returning("it to wait for its grade", waitsForGrade)
	if c := b.Return.Unit.Cards[0]; c.Note != "quarantine, QUARANTINE" {
		t.Errorf("what nobody can name is sold: %+v", c)
	}
	d.touch("card:as-new")
	d.touch("do:park")
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle && len(v.Bench.Idle.Parked) == 1 })
	d.touch("do:return")
	d.touch("aside:" + onlyAside(d))
	d.returning("it again", func(b screen.BenchView) bool { return b.Order.LeaveBy == "stands at R-07" && len(b.Lines) == 1 })
}

// onlyAside is the number of the one return that was put aside.
func onlyAside(d *seat) string {
	d.Helper()
	for id := range d.front.Bench.Engine.State().Returns {
		return id
	}
	d.Fatal("none is put aside")
	return ""
}
