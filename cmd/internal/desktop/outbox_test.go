package desktop

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/screen"
	"packbench/station/shop"
	"packbench/station/store"
)

// toTell adds n entries for a paused shop, an hour old, and says of some how they stand.
func (d *seat) toTell(n int, stand func(i int) (store.EntryState, string)) {
	d.Helper()
	from := d.front.Folder.Store
	now := d.front.Folder.Clock()
	if err := from.PutShop(d.Context(), store.Shop{ID: "web", Kind: "corner", Paused: true, Since: now}); err != nil {
		d.Fatal(err)
	}
	for i := range n {
		e := store.Entry{Key: fmt.Sprint("shipment ", i), Target: "web", Kind: store.EntryShipment, Order: fmt.Sprint(1001 + i), Body: []byte("{}"), Added: now.Add(-time.Hour)}
		if _, err := from.PutEntry(d.Context(), e); err != nil {
			d.Fatal(err)
		}
		e, err := from.EntryByKey(d.Context(), e.Key)
		if err != nil {
			d.Fatal(err)
		}
		state, answer := stand(i)
		if state == store.EntryWaiting {
			continue
		}
		if _, err := from.BeginEntry(d.Context(), e, now, now.Add(time.Hour)); err != nil {
			d.Fatal(err)
		}
		if state != store.EntryUnknown {
			e.State, e.Answer = state, answer
			if err := from.EndEntry(d.Context(), e, now); err != nil {
				d.Fatal(err)
			}
		}
	}
}

func (d *seat) outbox(what string, good func(*screen.OutboxView) bool) *screen.OutboxView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Outbox != nil && good(v.Outbox) }).Outbox
}

// O2, O4: a supervisor sees what a shop was not told, by state and page by page with its
// answer, sends it again or says why it is not to be sent; a lamp tells everybody else.
func TestTheOutboxInTheWindow(t *testing.T) {
	d := newDeskWith(t, func(f *Front) { corner(f) }, nil)
	d.toTell(60, func(i int) (store.EntryState, string) {
		switch i {
		case 0, 1:
			return store.EntryRefused, "the order is on hold there"
		case 2:
			return store.EntryUnknown, ""
		}
		return store.EntryWaiting, ""
	})
	d.signIn("B-PACKER")
	d.until("the lamp", func(v screen.View) bool {
		return slices.ContainsFunc(v.Header.Lamps, func(l screen.Lamp) bool {
			return l.Kind == "outbox" && l.Colour == screen.LampAmber && l.Words == "a shop refused 2 messages, has not answered 1 message"
		})
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageOutbox)})
	if v := d.until("the bench", func(v screen.View) bool { return v.Page == screen.PageIdle }); v.Outbox != nil {
		t.Error("a packer sees the outbox")
	}
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("the supervisor", func(v screen.View) bool { return v.Header.Role == "supervisor" })
	d.press(37, 11, 0) // Ctrl 2
	d.touch("page:outbox")
	v := d.outbox("the first page", func(v *screen.OutboxView) bool { return len(v.Rows) == 20 })
	if v.Paged != "1–20 of 60" || v.Rows[0].Title != "Shipment of order 1001" || v.Rows[0].Sub != "web · refused" || v.Detail.Said != "the order is on hold there" {
		t.Errorf("the page reads %q, %+v, %+v", v.Paged, v.Rows[0], v.Detail)
	}
	d.touch("outbox-page:after")
	d.outbox("the second page", func(v *screen.OutboxView) bool { return v.Paged == "21–40 of 60" })
	d.touch("outbox:refused")
	v = d.outbox("what was refused", func(v *screen.OutboxView) bool { return len(v.Rows) == 2 })

	d.touch("entry:again")
	d.outbox("it to be sent again", func(v *screen.OutboxView) bool { return v.Detail != nil && v.Detail.Saved == "It is sent again" })
	first, err := d.front.Folder.Store.EntryByKey(t.Context(), "shipment 0")
	if err != nil || first.State != store.EntryUnknown {
		t.Errorf("what was refused is sent again without a look-up first: %s, %v", first.State, err)
	}
	d.front.Intent(v.Rows[1].Select.Intent)
	d.outbox("the second one", func(v *screen.OutboxView) bool { return v.Detail != nil && v.Detail.Title == "Shipment of order 1002" })
	d.touch("entry:give-up")
	d.touch("why:back")
	d.touch("entry:give-up")
	d.touch("why:other")
	d.enter(screen.EntryReason, "the parcel came back")
	d.outbox("it not to be sent", func(v *screen.OutboxView) bool { return v.Detail != nil && v.Detail.State == "Not sent" })
	second, err := d.front.Folder.Store.EntryByKey(t.Context(), "shipment 1")
	if err != nil || second.State != store.EntryGivenUp || second.Answer != "the parcel came back" {
		t.Errorf("it is %s, %q, %v", second.State, second.Answer, err)
	}
}

// A case of what a shop refused says what it was, and leads to the entry. (O4)
func TestACaseOfAShopLeadsToItsEntry(t *testing.T) {
	var c *counter
	d := newDeskWith(t, func(f *Front) { c = corner(f) }, nil)
	c.set(func() {
		c.answer = &shop.Refused{Say: "the order is on hold there"}
		c.orders = append(c.orders, shop.Order{Order: station.Order{ID: "C7", Own: "7", Status: station.OrderOpen, Lines: []station.Line{{ID: "1", SKU: "HONEY", Qty: 1}}}})
	})
	f := d.front.Folder
	shops := d.front.Bench.Shops
	if err := shops.Add(t.Context(), store.Shop{ID: "web", Kind: "corner", URL: "https://corner.example.com"}, "key"); err != nil {
		t.Fatal(err)
	}
	if _, err := shops.Pull(t.Context(), "web", false); err != nil {
		t.Fatal(err)
	}
	order, err := f.Store.OrderOf(t.Context(), "web", "7")
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(`{"sscc":"000000000000000017","tracking":"T1","carrier":"demo","service":"x","contents":[{"sku":"HONEY","line":"1","qty":1}],"closed":"2026-01-01T00:00:00Z"}`)
	if _, err := f.Store.PutEntry(t.Context(), store.Entry{Key: "shipment 1", Target: "web", Kind: store.EntryShipment, Order: order, Body: body, Added: f.Clock()}); err != nil {
		t.Fatal(err)
	}
	d.signIn("B-SUPERVISOR")
	_, err = shops.Push(t.Context(), "web")
	d.until("the refusal", func(screen.View) bool {
		e, failed := f.Store.EntryByKey(t.Context(), "shipment 1")
		if failed != nil || e.State == store.EntryUnknown && e.Answer != "" {
			t.Fatalf("the entry is %s: %s, %v, %v", e.State, e.Answer, failed, err)
		}
		return e.State == store.EntryRefused
	})
	d.press(37, 11, 0) // Ctrl 2
	d.front.Intent(screen.Intent{Kind: screen.IntentFilter, Value: "shop"})
	v := d.until("the case", func(v screen.View) bool {
		return v.Cases != nil && v.Cases.Detail != nil && strings.HasPrefix(v.Cases.Detail.Title, "The shop refused")
	})
	if v.Cases.Detail.Title != "The shop refused: shipment" || v.Cases.Detail.ScannedWord != "Outbox" {
		t.Errorf("the case reads %q, %q %q", v.Cases.Detail.Title, v.Cases.Detail.ScannedWord, v.Cases.Detail.Raw)
	}
	d.touch("act:Open in outbox")
	d.outbox("its entry", func(v *screen.OutboxView) bool {
		return v.Detail != nil && strings.Contains(v.Detail.Said, "on hold there")
	})
}
