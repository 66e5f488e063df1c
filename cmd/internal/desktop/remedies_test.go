package desktop

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/cmd/internal/stockroom"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/journal"
	"packbench/station/pack"
	"packbench/station/screen"
	"packbench/station/stock"
	"packbench/station/store"
	"packbench/station/unit"
)

// atCase is the desk at an open case of the sample's order 1001, and what turns the clock
// past the time in which new buttons hear nothing.
func atCase(t *testing.T, c pack.CaseOpened) (d *seat, later func()) {
	t.Helper()
	var ahead atomic.Int64
	d = newDeskWith(t, func(f *Front) {
		f.Folder.Clock = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	}, nil)
	for _, bin := range []string{"A-1", "A-2"} {
		if err := d.front.Folder.AtDesk(t.Context(), stock.Moved{SKU: "MUG-WHITE", Bin: bin, Qty: 4, Kind: stock.Counted, Reason: stock.ReasonImport, By: "import"}); err != nil {
			t.Fatal(err)
		}
	}
	c.Case, c.By = "S9.1", "P1"
	d.told(d.front.Folder, journal.Chain{Writer: "S9"}, time.Now().UTC().Add(-time.Minute).Round(0), c.Case, []pack.Fact{c})
	d.signIn("B-SUPERVISOR")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	return d, func() { ahead.Add(int64(time.Second)) }
}

// atDetail waits for the case beside the list.
func (d *seat) atDetail(what string, good func(*screen.CasesView, *screen.CaseDetail) bool) *screen.CaseDetail {
	d.Helper()
	return d.until(what, func(v screen.View) bool {
		return v.Cases != nil && v.Cases.Detail != nil && good(v.Cases, v.Cases.Detail)
	}).Cases.Detail
}

func saved(text string) func(*screen.CasesView, *screen.CaseDetail) bool {
	return func(v *screen.CasesView, _ *screen.CaseDetail) bool { return v.Saved == text }
}

func offers(id string) func(*screen.CasesView, *screen.CaseDetail) bool {
	return func(_ *screen.CasesView, c *screen.CaseDetail) bool {
		return slices.ContainsFunc(c.Resolve, func(a screen.Action) bool { return a.ID == id && a.Enabled })
	}
}

func happened(text string) func(*screen.CasesView, *screen.CaseDetail) bool {
	return func(_ *screen.CasesView, c *screen.CaseDetail) bool {
		return slices.ContainsFunc(c.Timeline, func(m screen.TimelineRow) bool { return m.Text == text })
	}
}

// The order of a case is held and released where the case is, with a reason; the second
// touch of a hand that touches twice gives none. (V4)
func TestTheOrderOfACaseIsHeld(t *testing.T) {
	d, later := atCase(t, pack.CaseOpened{Kind: cases.KindShort, Code: pack.CodeShort, Order: "1001", SKU: "MUG-WHITE"})
	status := func() station.OrderStatus {
		o, err := d.front.Folder.Store.Order(t.Context(), "1001")
		if err != nil {
			t.Fatal(err)
		}
		return o.Status
	}
	d.touch("act:More…")
	d.touch("more:hold")
	c := d.atDetail("why", offers("hold:customer-request"))
	if c.ResolveWord != "Hold order 1001, because…" {
		t.Errorf("it asks %q", c.ResolveWord)
	}
	i := slices.IndexFunc(c.Resolve, func(a screen.Action) bool { return a.ID == "hold:customer-request" })
	reason := c.Resolve[i].Intent
	d.front.Intent(reason)
	d.onPage(func() {
		if c := d.front.view.Cases.Detail; c.ResolveWord != "Hold order 1001, because…" {
			t.Errorf("a double touch is an answer: %q", c.ResolveWord)
		}
	})
	if s := status(); s != station.OrderOpen {
		t.Fatalf("a double touch has the order %s", s)
	}
	later()
	d.front.Intent(reason)
	d.atDetail("that it is held", saved("order 1001 is held"))
	d.atDetail("it in the story", happened("Held the order: The customer asked for it"))
	if s := status(); s != station.OrderHeld {
		t.Errorf("the order is %s", s)
	}
	d.atDetail("the way back", offers("more:release"))
	later()
	d.touch("more:release")
	d.atDetail("that it is released", saved("order 1001 is no longer held here"))
	d.atDetail("it in the story", happened("Released the order"))
	if s := status(); s != station.OrderOpen {
		t.Errorf("the order is %s", s)
	}
	d.press(0, 9, 0) // Esc
	c = d.atDetail("the reasons", func(_ *screen.CasesView, c *screen.CaseDetail) bool { return c.ResolveWord == "Resolve, because…" })
	if c.Resolved != "" {
		t.Errorf("to hold the order answers its case: %q", c.Resolved)
	}
	later()
	d.front.Intent(reason) // of the page that is no longer there
	d.onPage(func() {})
	if s := status(); s != station.OrderOpen {
		t.Errorf("a button that is gone has the order %s", s)
	}
}

// An order that was cancelled can be held no more, and no button says so.
func TestACancelledOrderIsNotHeld(t *testing.T) {
	d, _ := atCase(t, pack.CaseOpened{Kind: cases.KindShort, Code: pack.CodeShort, Order: "1001", SKU: "MUG-WHITE"})
	if err := d.front.Folder.Store.SetOrderStatus(t.Context(), "1001", station.OrderCancelled, "the customer left"); err != nil {
		t.Fatal(err)
	}
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageCases)})
	d.touch("act:More…")
	c := d.atDetail("the rest", func(_ *screen.CasesView, c *screen.CaseDetail) bool {
		return offers("more:weigh:MUG-WHITE")(nil, c) && !offers("more:hold")(nil, c)
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentCase, Name: c.ID, Value: "hold"})
}

// What is wrong about a product is put right where its case is: its weight, and what its
// code stands for; and its bins are asked to be counted, once.
func TestTheProductOfACaseIsCorrected(t *testing.T) {
	d, later := atCase(t, pack.CaseOpened{Kind: cases.KindScan, Code: pack.CodePackTooBig, Order: "1001", SKU: "MUG-WHITE"})
	at := d.front.Folder.Store
	bad := func(v screen.View) bool { return v.Entry != nil && v.Entry.Bad }
	d.touch("act:More…")
	d.touch("more:weigh:MUG-WHITE")
	d.enter(screen.EntryCaseWeight, "360")
	d.until("that it lacks its unit", bad)
	d.enter(screen.EntryCaseWeight, "0.36 kg")
	d.atDetail("the weight", saved("the weight is corrected"))
	d.atDetail("it in the story", happened("Corrected the weight of Mug, white"))
	if p, err := at.Product(t.Context(), "MUG-WHITE"); err != nil || p.Mass != 360*unit.Gram {
		t.Errorf("it weighs %v, %v", p.Mass, err)
	}
	later()
	d.touch("more:pack:9520000000011")
	d.enter(screen.EntryCasePack, "0")
	d.until("that none is no pack", bad)
	d.enter(screen.EntryCasePack, "6")
	c := d.atDetail("the pack", saved("the code is corrected"))
	if c.Resolved != "" {
		t.Errorf("a correction answers the case: %q", c.Resolved)
	}
	if hits, err := at.ProductsByCode(t.Context(), "9520000000011"); err != nil || !slices.Equal(hits, []store.Hit{{SKU: "MUG-WHITE", Factor: 6}}) {
		t.Errorf("the code is %+v, %v", hits, err)
	}
	later()
	d.touch("more:recount:MUG-WHITE")
	d.atDetail("that a count is wanted", saved("a recount is asked for"))
	d.atDetail("that it cannot be asked twice", func(_ *screen.CasesView, c *screen.CaseDetail) bool {
		return slices.ContainsFunc(c.Resolve, func(a screen.Action) bool {
			return !a.Enabled && strings.HasPrefix(a.Label, "Recount asked for: Mug, white")
		})
	})
	due, all, err := stockroom.New(d.front.Folder).Due(t.Context(), 9)
	if err != nil || all < 2 || due[0].Why != stock.Wanted || due[1].Why != stock.Wanted || due[0].Bin != "A-1" || due[1].Bin != "A-2" {
		t.Errorf("due are %+v, %v", due, err)
	}
}
