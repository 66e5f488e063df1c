package desktop

import (
	"strings"
	"testing"
	"time"

	"packbench/devices/scanner"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// An address is typed without leaving the keyboard: Tab takes a field and opens the
// one after it, and so does the button for a finger.
func TestTabGoesToTheNextField(t *testing.T) {
	d, _ := emptyShop(t)
	d.touch("sender")
	d.touch("field:sender.company")
	field := func(key string) *screen.Entry {
		t.Helper()
		return d.until("the field "+key, func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == key }).Entry
	}
	field("sender.company")
	d.front.Intent(screen.Intent{Kind: screen.IntentType, Name: "sender.company", Value: "Hill"})
	d.until("the text", func(v screen.View) bool { return v.Entry != nil && v.Entry.Text == "Hill" })
	d.press(0, 23, 0) // Tab
	field("sender.name")
	d.touch("entry:next")
	field("sender.street")
	d.touch("entry:leave")
	d.until("what was typed", func(v screen.View) bool { return v.Entry == nil && v.Settings.Fields[0].Value == "Hill" })
	// What cannot be taken stays, and says why.
	d.touch("field:sender.country")
	field("sender.country")
	d.front.Intent(screen.Intent{Kind: screen.IntentEnter, Name: "sender.country", Value: "Narnia", Next: "sender.phone"})
	d.until("the fault", func(v screen.View) bool { return v.Entry == nil && strings.Contains(v.Settings.Saved, "Narnia") })
}

// A scan is answered whatever page is open: on the bench, which comes forward, or on
// top of a page where something is set up or typed.
func TestAScanIsAnsweredOnEveryPage(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-MANAGER")
	d.until("the manager", func(v screen.View) bool { return v.Header.Role == "manager" })
	for _, page := range []screen.Page{screen.PageCases, screen.PageShift, screen.PageDock} {
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(page)})
		d.until(string(page), func(v screen.View) bool { return v.Page == page })
		d.scan("4099999")
		v := d.until("the answer on the bench", func(v screen.View) bool { return v.Bench != nil })
		if v.Header.Heard.Text != "" {
			t.Errorf("after %s it stands there twice: %q", page, v.Header.Heard.Text)
		}
	}
	for _, page := range []screen.Page{screen.PageSettings, screen.PageShop} {
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(page)})
		d.until(string(page), func(v screen.View) bool { return v.Page == page })
		d.scan("4099999")
		v := d.until("the answer on top", func(v screen.View) bool { return v.Header.Heard.Text != "" })
		if v.Page != page || v.Header.Heard.Kind != pack.Refused || !strings.HasPrefix(v.Header.Heard.Text, "Scanned: ") {
			t.Errorf("on %s: %+v", page, v.Header.Heard)
		}
		d.onPage(func() {
			if h := d.front.Heard(time.Now().Add(time.Minute)); h.Text != "" {
				t.Errorf("it stays for ever: %+v", h)
			}
		})
		d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: "bench"})
	}
	d.scan("4099998") // answered on the bench, whose tab was touched
	d.until("the answer", func(v screen.View) bool {
		return v.Bench != nil && len(v.Bench.Strip) > 0 && strings.Contains(v.Bench.Strip[0].Text, "4099998")
	})
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShop)})
	if v := d.until("the page", func(v screen.View) bool { return v.Page == screen.PageShop }); v.Header.Heard.Text != "" {
		t.Errorf("what was answered on the bench stands on %s: %+v", v.Page, v.Header.Heard)
	}
	d.until("the page", func(v screen.View) bool { return v.Page == screen.PageShop })
	d.scan("1001") // the order is there a moment after its scan
	d.until("the order on top", func(v screen.View) bool { return strings.Contains(v.Header.Heard.Text, "order 1001") })
}

// The card of the command sheet opens the list of orders, as its key and button do;
// with an order in hand it is answered, and the order stays.
func TestTheCardOpensTheQueue(t *testing.T) {
	d := newDesk(t)
	d.signIn("B-PACKER")
	card := func() { d.scanText("PB:command:QUEUE") }
	card()
	d.until("the list", func(v screen.View) bool { return v.Page == screen.PageQueue })
	d.front.Bench.Engine.Post(engine.Scan{Device: "gun", Data: "1001"})
	d.until("the order", func(v screen.View) bool { return v.Bench != nil && v.Bench.Order.ID == "1001" })
	card()
	v := d.until("the answer", func(v screen.View) bool { return v.Bench != nil && v.Bench.Card.Kind == pack.Refused })
	if v.Page != screen.PagePacking || strings.Contains(v.Bench.Card.Head, "code") {
		t.Errorf("on %s: %+v", v.Page, v.Bench.Card)
	}
}

// So do the cards of the stock and of the products: a packer counts where a supervisor
// sees what runs low. A supervisor's keys open these pages, and the outbox, with an order
// in hand too, which stays.
func TestCardsAndKeysOpenTheGoodsAndTheOutbox(t *testing.T) {
	d := newDesk(t)
	on := func(what string, page screen.Page) {
		t.Helper()
		d.until(what, func(v screen.View) bool { return v.Page == page })
	}
	d.signIn("B-PACKER")
	d.scanText("PB:command:stock")
	on("the count", screen.PageCount)
	d.scanText("PB:command:products")
	on("the products", screen.PageCatalogue)
	d.press(37, 17, 0) // Ctrl 8
	d.scanText("PB:command:queue")
	on("the list, and not the outbox, which a packer may not see", screen.PageQueue)
	d.scanText("PB:command:sign-out")
	on("nobody", screen.PageSignIn)
	d.signIn("B-SUPERVISOR")
	d.scanText("PB:command:STOCK")
	on("the stock", screen.PageStock)
	d.scan("1001")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: "bench"})
	on("the order", screen.PagePacking)
	for key, page := range map[int]screen.Page{17: screen.PageOutbox, 18: screen.PageStock, 42: screen.PageCatalogue} {
		d.press(37, key, 0)
		on(string(page), page)
	}
	d.press(37, 10, 0) // Ctrl 1
	on("the order again", screen.PagePacking)
}

// On Windows AltGr is Ctrl and Alt: what it types is a character of the field, and never
// a command.
func TestAltGrIsNoCommand(t *testing.T) {
	for want, s := range map[string]scanner.Stroke{
		"@":      {Code: 24, Rune: '@', Ctrl: true, Alt: true}, // Q on a German keyboard
		"":       {Code: 53, Ctrl: true, Alt: true},            // X, which would void the label
		"Ctrl X": {Code: 53, Ctrl: true},
	} {
		if got := strokeName(s); got != want {
			t.Errorf("%+v is %q, want %q", s, got, want)
		}
	}
}
