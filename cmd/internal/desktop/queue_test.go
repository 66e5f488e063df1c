package desktop

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// morning is a bench with its packer and n more orders, which have been late longer
// than all of the sample shop.
func morning(t *testing.T, n int) *seat {
	t.Helper()
	d := newDesk(t)
	kept := d.front.Folder.Store
	due, err := kept.DueOrders(t.Context(), "S1", 0)
	if err != nil {
		t.Fatal(err)
	}
	var orders []station.Order
	for _, o := range due { // the sample's first leave at four in the afternoon: at night they are late too
		order, err := kept.Order(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		order.ShipBy = order.ShipBy.Add(24 * time.Hour)
		orders = append(orders, order)
	}
	for i := range n {
		orders = append(orders, station.Order{
			ID: fmt.Sprintf("Q%06d", i), Status: station.OrderOpen, ShipBy: time.Now().Add(time.Duration(i-4*n) * time.Minute),
			Lines: []station.Line{{ID: "1", SKU: "HONEY", Qty: 2}}, To: station.Address{Name: fmt.Sprintf("Eva Sample%d", i), City: "Graz", Country: "AT"},
		})
	}
	if _, err := kept.PutOrders(t.Context(), orders); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-PACKER")
	return d
}

func (d *seat) queue(what string, good func(*screen.QueueView) bool) *screen.QueueView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Queue != nil && len(v.Queue.Rows) > 0 && good(v.Queue) }).Queue
}

func (d *seat) opened(order string) {
	d.Helper()
	d.until("order "+order, func(v screen.View) bool { return v.Page == screen.PagePacking && v.Bench.Order.ID == order })
	d.press(0, 71, 0) // F5 parks
	d.until("no order", func(v screen.View) bool { return v.Page == screen.PageIdle })
}

func chip(v *screen.QueueView, part screen.QueuePart) screen.Action {
	return v.Chips[slices.IndexFunc(v.Chips, func(a screen.Action) bool { return a.ID == "queue:"+string(part) })]
}

// V28, and what is missing by value: what to pack next, in the order in which the bench
// itself takes it, page by page, for whom and how much; opened by number, touch,
// answer card or the order's own paper.
func TestV28TheQueueOfABench(t *testing.T) {
	d := morning(t, 60)
	due := d.until("what is due first", func(v screen.View) bool { return v.Bench != nil && v.Bench.Idle != nil && v.Bench.Idle.Next != nil }).Bench.Idle.Next
	d.press(37, 16, 0) // Ctrl 7
	v := d.queue("the first page", func(*screen.QueueView) bool { return true })
	all := chip(v, screen.QueueNext).Count
	if first := v.Rows[0]; due.Head != "Next due: "+first.Order || first.Customer != "Sample0, Graz AT" || first.Pieces != "2 units" || first.Why != "late by 4 h" {
		t.Errorf("%q, and the queue begins with %+v", due.Head, first)
	}
	if len(v.Rows) != 6 || all < 60 || v.Paged != fmt.Sprintf("1–6 of %d", all) || chip(v, screen.QueueLate).Count < 60 {
		t.Errorf("%d rows, %s, chips %+v", len(v.Rows), v.Paged, v.Chips)
	}
	d.press(0, 117, 0) // Page Down
	v = d.queue("the second page", func(v *screen.QueueView) bool { return v.Rows[0].Order == "Q000006" })
	if v.Paged != fmt.Sprintf("7–12 of %d", all) {
		t.Errorf("the second page says %q", v.Paged)
	}
	d.press(0, 11, '2')
	d.opened("Q000007")

	d.press(37, 16, 0)
	v = d.queue("the first page again", func(v *screen.QueueView) bool {
		return v.Rows[0].Order == "Q000000" && chip(v, screen.QueueWaiting).Count == 1
	})
	d.front.Intent(v.Rows[2].Open.Intent)
	d.opened("Q000002")
	d.press(37, 16, 0)
	d.queue("the first page again", func(v *screen.QueueView) bool { return v.Rows[2].Order == "Q000003" })
	d.scanText("PB:answer:3")
	d.opened("Q000003")
	d.press(37, 16, 0)
	d.queue("the first page again", func(v *screen.QueueView) bool { return v.Rows[2].Order == "Q000004" })
	d.scanText("Q000040")
	d.opened("Q000040")

	d.press(37, 16, 0)
	v = d.queue("the first page again", func(v *screen.QueueView) bool { return chip(v, screen.QueueWaiting).Count == 4 })
	d.front.Intent(chip(v, screen.QueueWaiting).Intent)
	v = d.queue("what waits", func(v *screen.QueueView) bool { return chip(v, screen.QueueWaiting).On })
	if v.Rows[0].Order != "Q000002" || v.Rows[0].Why != "parked here, 0 of 2 units packed" || len(v.Pages) != 0 {
		t.Errorf("what waits: %+v", v.Rows)
	}
	d.press(0, 10, '1')
	d.opened("Q000002")
	d.press(37, 16, 0)
	d.queue("the first page again", func(*screen.QueueView) bool { return true })
	d.scanText("PB:command:back")
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle })
	d.press(37, 16, 0)
	d.queue("the page", func(*screen.QueueView) bool { return true })
	d.press(0, 9, 0) // Esc
	d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle })
	first := d.until("the next one", func(v screen.View) bool { return v.Bench.Idle.Next != nil }).Bench.Idle.Next.Head
	d.press(37, 57, 0) // Ctrl N
	d.opened(strings.TrimPrefix(first, "Next due: "))
}

// V17: what is on hold shows the shop's own words, on the screen and nowhere in the
// journal, and cannot be opened from there.
func TestV17TheQueueSaysWhyAnOrderIsOnHold(t *testing.T) {
	d := newDesk(t)
	const words = "Mr Sample moves to Nebenweg 9"
	held := station.Order{ID: "H1", Status: station.OrderHeld, Reason: words, Lines: []station.Line{{ID: "1", SKU: "HONEY", Qty: 1}}}
	if _, err := d.front.Folder.Store.PutOrders(t.Context(), []station.Order{held}); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-SUPERVISOR")
	d.press(37, 16, 0)
	v := d.queue("the page", func(*screen.QueueView) bool { return true })
	d.front.Intent(chip(v, screen.QueueHeld).Intent)
	v = d.queue("what is on hold", func(v *screen.QueueView) bool { return chip(v, screen.QueueHeld).On })
	row := v.Rows[slices.IndexFunc(v.Rows, func(r screen.QueueRow) bool { return r.Order == "H1" })]
	if row.Why != "on hold: "+words || row.Open.Enabled {
		t.Errorf("on hold: %+v", row)
	}
	d.scanText("H1")
	d.until("the refusal with the words", func(v screen.View) bool { return v.Bench != nil && strings.Contains(v.Bench.Card.Detail, words) })
	for r, err := range d.front.Folder.Store.Rows(t.Context(), d.front.Bench.Station, 1) {
		if err != nil || bytes.Contains(r.Facts, []byte("Nebenweg")) || bytes.Contains(r.Input, []byte("Nebenweg")) {
			t.Errorf("the journal holds it: %s %s, %v", r.Input, r.Facts, err)
		}
	}
}

// A search looks in all parts, and shows the one that has what was looked for; on a
// page that others emptied meanwhile the last one is shown.
func TestTheQueueIsSearchedInTheWindow(t *testing.T) {
	d := morning(t, 20)
	d.press(37, 16, 0)
	d.queue("the page", func(*screen.QueueView) bool { return true })
	d.press(37, 41, 0) // Ctrl F
	if e := d.until("the field", func(v screen.View) bool { return v.Entry != nil }).Entry; len(e.Pad()) == 0 {
		t.Error("nothing to type with by touch")
	}
	find := func(text string) {
		d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: screen.EntryQueue, Value: text})
	}
	find("sample7")
	v := d.queue("one order", func(v *screen.QueueView) bool { return len(v.Rows) == 1 })
	if v.Rows[0].Order != "Q000007" || v.Title != "Orders with “sample7”" {
		t.Errorf("found %+v under %q", v.Rows, v.Title)
	}
	find("1006") // of the sample shop
	d.queue("the order on hold", func(v *screen.QueueView) bool {
		return chip(v, screen.QueueHeld).On && len(v.Rows) == 1 && v.Rows[0].Why == "on hold: payment is being checked"
	})
	find("nobody at all")
	v = d.until("nothing", func(v screen.View) bool { return v.Queue != nil && len(v.Queue.Rows) == 0 }).Queue
	if v.Empty != "No order fits" || v.Well {
		t.Errorf("nothing is told as %q, well: %v", v.Empty, v.Well)
	}
	d.front.Intent(v.Tools[0].Intent)
	v = d.queue("all again", func(v *screen.QueueView) bool { return v.Title == "Orders to pack" })

	d.front.Intent(chip(v, screen.QueueLate).Intent)
	d.queue("what is late", func(v *screen.QueueView) bool { return chip(v, screen.QueueLate).On })
	d.front.Intent(screen.Intent{Kind: screen.IntentSelect, Name: "queue-page", Value: "9"})
	d.queue("the last page", func(v *screen.QueueView) bool {
		return strings.HasSuffix(v.Paged, "–"+fmt.Sprint(chip(v, screen.QueueLate).Count)+" of "+fmt.Sprint(chip(v, screen.QueueLate).Count))
	})
}

// "Open which order?" names each with its customer and its pieces.
func TestAQuestionForAnOrderSaysForWhom(t *testing.T) {
	d := morning(t, 2)
	d.front.Bench.Engine.Post(engine.Scan{Device: "test", Data: "HONEY"})
	v := d.until("the question with names", func(v screen.View) bool {
		return v.Bench != nil && v.Bench.Question != nil && v.Bench.Question.Choices[0].Note != ""
	})
	for i, want := range []string{"Sample0, Graz AT", "Sample1, Graz AT"} {
		if c := v.Bench.Question.Choices[i+1]; c.Note != want || !strings.HasPrefix(c.Label, fmt.Sprintf("Q00000%d · 2 units · late by ", i)) {
			t.Errorf("answer %d: %q, %q", c.Intent.Command.N, c.Label, c.Note)
		}
	}
	d.press(0, 11, '2')
	d.opened("Q000000")
}

// Q7: what was left out of an order waits on a page of its own, and a supervisor puts it
// back: it is the next order again. A packer is told how it is packed, and puts nothing back.
func TestQ7WhatWasLeftOutIsPutBackInTheWindow(t *testing.T) {
	d := morning(t, 1)
	d.scanText("Q000000")
	d.until("the order", func(v screen.View) bool { return v.Page == screen.PagePacking })
	short := pack.Command{Name: "short", Value: "1", Reason: "out-of-stock"}
	d.front.Intent(screen.Intent{Kind: screen.IntentCommand, Command: short})
	d.until("the order to be closed", func(v screen.View) bool { return v.Page == screen.PageIdle })
	left := func(what string, good func(screen.QueueRow) bool) screen.QueueRow {
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageQueue)})
		v := d.until("the queue", func(v screen.View) bool { return v.Queue != nil && chip(v.Queue, screen.QueueShort).Count == 1 }).Queue
		d.front.Intent(chip(v, screen.QueueShort).Intent)
		v = d.queue(what, func(v *screen.QueueView) bool { return chip(v, screen.QueueShort).On && good(v.Rows[0]) })
		return v.Rows[0]
	}
	row := left("what a packer sees", func(r screen.QueueRow) bool { return r.Order == "Q000000" })
	if row.Pieces != "2 units" || row.Why != "left out: scan the order to pack the rest" || row.Open.Intent.Kind != screen.IntentScan {
		t.Errorf("%+v", row)
	}
	d.touch("queue:back")
	before := d.shown.newest().Header.Person
	d.signIn("B-SUPERVISOR")
	d.until("the other person", func(v screen.View) bool { return v.Header.Person != before })
	row = left("what a supervisor sees", func(r screen.QueueRow) bool { return r.Open.Intent.Kind == screen.IntentRequeue })
	d.front.Intent(row.Open.Intent)
	v := d.until("nothing to be left", func(v screen.View) bool { return v.Queue != nil && len(v.Queue.Rows) == 0 && v.Queue.Said != "" }).Queue
	if v.Said != "It is among the next orders again" {
		t.Error(v.Said)
	}
	d.front.Intent(chip(v, screen.QueueNext).Intent)
	d.queue("it to be next", func(v *screen.QueueView) bool { return v.Rows[0].Order == "Q000000" && v.Rows[0].Why != "" })
}
