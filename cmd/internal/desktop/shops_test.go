package desktop

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"packbench/cmd/internal/shops"
	"packbench/station"
	"packbench/station/screen"
	"packbench/station/shop"
)

// counter is a shop in memory behind the page: what it was made with, and what it
// answers.
type counter struct {
	mu      sync.Mutex
	made    []shop.Options
	refuses string // the reason why a shop is not taken
	fault   bool   // the test finds something
	orders  []shop.Order
	ships   int
	answer  error // of Ship
}

func (c *counter) kind() shops.Kind {
	return shops.Kind{
		ID: "corner", Name: "Corner Shop", Secret: "Access token", URL: "https://corner.example.com",
		Set: []shops.Setting{{Key: "location", Name: "Location", Help: "Where this bench packs."}},
		New: func(o shop.Options) (shop.Shop, error) {
			c.mu.Lock()
			defer c.mu.Unlock()
			if c.refuses != "" {
				return nil, errors.New(c.refuses)
			}
			c.made = append(c.made, o)
			return cornerShop{c}, nil
		},
	}
}

func (c *counter) set(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
}

type cornerShop struct{ *counter }

func (c cornerShop) Changed(_ context.Context, since shop.Cursor) (shop.Page, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return shop.Page{Orders: slices.Clone(c.orders), Next: since, Left: []shop.Left{{ID: "9", Number: "C9", Reason: "it has no address"}}}, nil
}

func (c cornerShop) Fresh(_ context.Context, id string) (shop.Order, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range c.orders {
		if o.Own == id {
			return o, nil
		}
	}
	return shop.Order{}, &shop.Gone{What: "order " + id}
}

func (c cornerShop) Shipped(context.Context, string) ([]shop.Shipment, error) { return nil, nil }

func (c cornerShop) Ship(context.Context, shop.Shipment) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ships++
	return "F1", c.answer
}

func (c cornerShop) Unship(context.Context, shop.Shipment) error { return nil }

func (c cornerShop) Can() shop.Can { return shop.Can{Part: true, Unship: true} }

func (c cornerShop) Test(context.Context) ([]shop.Check, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	checks := []shop.Check{{What: "read orders", OK: true, Say: "1 order to pack"}}
	if c.fault {
		checks = append(checks, shop.Check{What: "tell shipments", Say: "the right to ship is missing", Fix: "Tick it in the shop."})
	}
	return checks, nil
}

// corner gives a front the corner shop as the one kind of shop, before it speaks to any.
func corner(f *Front) *counter {
	c := &counter{}
	f.Bench.Shops.Kinds = []shops.Kind{c.kind()}
	return c
}

func (d *seat) shops(what string, good func(*screen.ShopsView) bool) *screen.ShopsView {
	d.Helper()
	return d.until(what, func(v screen.View) bool { return v.Shops != nil && good(v.Shops) }).Shops
}

// A manager connects a shop by touch: its kind, address and key, which is tested at
// once and shown nowhere; then it is read, paused and changed. (O1, S5)
func TestAShopIsConnectedInTheWindow(t *testing.T) {
	var c *counter
	d := newDeskWith(t, func(f *Front) { c = corner(f) }, nil)
	d.signIn("B-MANAGER")
	d.press(37, 13, 0) // Ctrl 4
	d.touch("page:shops")
	d.shops("that there is none", func(v *screen.ShopsView) bool { return strings.Contains(v.Empty, "No shop is connected") })
	d.touch("shop:add")
	d.touch("kind:corner")
	d.touch("save")
	d.shops("what is missing", func(v *screen.ShopsView) bool { return v.Form != nil && v.Form.Fault == "Enter the shop's address" })

	d.touch("field:shop:url")
	d.enter("shop:url", "https://corner.example.com/")
	d.touch("field:shop:key")
	e := d.until("the field of the key", func(v screen.View) bool { return v.Entry != nil && v.Entry.ID == "shop:key" }).Entry
	if !e.Secret || e.Label != "Access token" || len(e.Pad()) == 0 {
		t.Errorf("the field of the key: %+v", e)
	}
	d.clip = " shh-0123456789\n"
	d.touch("entry:paste")
	d.until("what was pasted", func(v screen.View) bool { return v.Entry != nil && v.Entry.Text == "shh-0123456789" })
	d.press(0, 36, 0) // Enter
	v := d.shops("the key to be entered", func(v *screen.ShopsView) bool { return v.Form != nil && v.Form.Fields[2].Value == "entered" })
	if in := v.Form.Fields[2].Edit.Intent; in.Value != "" {
		t.Errorf("the key is in the view: %+v", in)
	}
	c.set(func() { c.refuses = "the address is of another shop" })
	d.touch("save")
	d.shops("the refusal", func(v *screen.ShopsView) bool {
		return v.Form != nil && strings.Contains(v.Form.Fault, "the address is of another shop")
	})
	c.set(func() { c.refuses, c.fault = "", true })
	d.press(37, 39, 0) // Ctrl S
	v = d.shops("the test of the shop", func(v *screen.ShopsView) bool { return v.Shop != nil && len(v.Shop.Checks) == 2 })
	if last := v.Shop.Checks[1]; last.Shape != screen.ShapeCross || last.Text != "Tell shipments: the right to ship is missing" || last.Fix != "Tick it in the shop." {
		t.Errorf("the fault reads %+v", last)
	}
	if made := c.made[len(c.made)-1]; made.Secret != "shh-0123456789" || made.URL != "https://corner.example.com" || made.ID != "corner" {
		t.Errorf("the shop was made with %q, %q, %q", made.ID, made.URL, made.Secret)
	}

	o := shop.Order{Order: station.Order{
		ID: "C1", Own: "1", Status: station.OrderOpen, To: station.Address{Name: "Ann Ode", City: "Graz", Country: "AT"}, Lines: []station.Line{{ID: "1", SKU: "HONEY", Qty: 1}},
	}}
	c.set(func() { c.orders = append(c.orders, o) })
	d.touch("shop:pull")
	d.shops("what was read", func(v *screen.ShopsView) bool {
		return v.Shop != nil && strings.HasPrefix(v.Shop.Words, "Orders: ") && len(v.Shop.Rows) == 1 && v.Shop.Rows[0] == "Order C9 cannot be packed: it has no address"
	})
	d.touch("shop:pause")
	d.shops("it to be paused", func(v *screen.ShopsView) bool { return v.Shop != nil && v.Shop.State == "Paused" })
	d.touch("shop:resume")
	d.shops("it to go on", func(v *screen.ShopsView) bool { return v.Shop != nil && v.Rows[0].Colour == screen.LampGreen })

	d.touch("shop:change")
	d.touch("field:shop:set:location")
	d.enter("shop:set:location", "Berlin")
	d.touch("save")
	d.shops("it to be changed", func(v *screen.ShopsView) bool { return v.Shop != nil && len(v.Shop.Checks) == 2 })
	if made := c.made[len(c.made)-1]; made.Set["location"] != "Berlin" || made.Secret != "shh-0123456789" {
		t.Errorf("after the change: %v, and the key is kept: %v", made.Set, made.Secret != "")
	}
	if key, err := os.ReadFile(d.front.Folder.Path("shop-corner.key")); err != nil || strings.TrimSpace(string(key)) != "shh-0123456789" {
		t.Errorf("the key's file: %v", err)
	}
}

// A new shop never takes the place of another one, and who may not change the settings
// changes no shop. (P6)
func TestAShopIsNotReplacedByChance(t *testing.T) {
	d := newDeskWith(t, func(f *Front) { corner(f) }, nil)
	add := func(id string) {
		d.touch("shop:add")
		d.touch("kind:corner")
		d.touch("field:shop:id")
		d.enter("shop:id", id)
		d.touch("field:shop:url")
		d.enter("shop:url", "https://"+id+".example.com")
		d.touch("field:shop:key")
		d.enter("shop:key", "key of "+id)
		d.touch("save")
	}
	d.signIn("B-MANAGER")
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShops)})
	add("one")
	d.shops("the first", func(v *screen.ShopsView) bool { return v.Shop != nil && len(v.Shop.Checks) == 1 })
	add("one")
	d.shops("that it is there already", func(v *screen.ShopsView) bool {
		return v.Form != nil && v.Form.Fault == "There is a shop called one already: choose another name"
	})
	d.press(0, 9, 0) // Esc
	d.shops("the list", func(v *screen.ShopsView) bool { return v.Form == nil && len(v.Rows) == 1 })

	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: "bench"})
	d.scanText("PB:badge:B-SUPERVISOR")
	d.until("the supervisor", func(v screen.View) bool { return v.Header.Role == "supervisor" })
	d.front.Intent(screen.Intent{Kind: screen.IntentPage, Name: string(screen.PageShops)})
	d.front.Intent(screen.Intent{Kind: screen.IntentConnect, Name: screen.ShopPause, Value: "one"})
	d.until("no page of shops", func(v screen.View) bool { return v.Shops == nil })
	if of, err := d.front.Folder.Store.Shop(t.Context(), "one"); err != nil || of.Paused {
		t.Errorf("a supervisor paused it: %+v, %v", of, err)
	}
}
