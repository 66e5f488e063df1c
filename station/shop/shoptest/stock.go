package shoptest

import (
	"context"
	"fmt"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/shopsim"
)

func (x *trial) products() {
	s := x.client()
	list, ok := s.(shop.Catalogue)
	if !ok {
		return
	}
	many := make([]int, 130)
	for i := range many {
		many[i] = 1
	}
	x.place(many...)
	x.pass(5 * time.Minute)
	codes := map[string]string{}
	var since shop.Cursor
	for range mostPages {
		page := ask(x, "products", func(ctx context.Context) (shop.Products, error) { return list.Products(ctx, since) })
		for _, p := range page.Products {
			code := ""
			if len(p.Barcodes) > 0 {
				code = p.Barcodes[0].Code
			}
			codes[p.SKU] = code
		}
		since = page.Next
		if !page.More {
			break
		}
	}
	for i := range many {
		want := product(i+1, 1)
		if got, ok := codes[want.SKU]; !ok || got != want.Barcode {
			x.Errorf("product %s: came %v with the barcode %q, want %q", want.SKU, ok, got, want.Barcode)
		}
	}
}

// counted is a product that nobody buys: its stock changes by corrections only.
const counted = "COUNTED"

func (x *trial) counted(n int) {
	x.sim.Cancel(x.sim.Place(shopsim.Order{To: address, Lines: []shopsim.Line{{SKU: counted, Name: "Counted cup", Barcode: "4006381399999", Qty: 1, Minor: 100}}}))
	x.sim.SetStock(counted, n)
	x.pass(5 * time.Minute)
}

func (x *trial) level(st shop.Stock) shop.Level {
	x.Helper()
	levels := ask(x, "levels", func(ctx context.Context) ([]shop.Level, error) { return st.Levels(ctx, []string{counted}) })
	if len(levels) != 1 || levels[0].SKU != counted {
		x.Fatalf("the stock of %s is %+v, want one level", counted, levels)
	}
	return levels[0]
}

// correct changes a number by a difference as the bench does. It reports whether it
// was done, and done once.
func (x *trial) correct(s shop.Shop, st shop.Stock, key string, delta int) {
	x.Helper()
	seen := x.level(st)
	for range mostTries {
		err := st.Correct(x.Context(), shop.Correction{
			Key: key, SKU: counted, Place: seen.Place, Delta: delta, Seen: seen.Available, Reason: "counted", At: x.clock(),
		})
		switch {
		case err == nil:
			return
		case is[*shop.Changed](err):
			seen = x.level(st)
		case shop.NotDone(err):
			if shop.Hopeless(err) {
				x.Fatalf("a correction of %d: %v", delta, err)
			}
			x.pause(err)
		case !s.Can().Keyed:
			// Nothing but the number tells whether it was done.
			if now := x.level(st); now.Available == seen.Available+delta {
				return
			}
		}
		// With a key the same is asked again, word for word.
	}
	x.Fatalf("a correction of %d cannot be made", delta)
}

func (x *trial) stock() {
	s := x.client()
	st, ok := s.(shop.Stock)
	if !ok {
		return
	}
	x.counted(20)
	at := x.level(st)
	if at.OnHand != 20 || at.Available != 20 {
		x.Fatalf("the stock is read as %+v, want 20", at)
	}
	for _, delta := range []int{3, -5, -1} {
		before := x.sim.Stock(counted)
		x.correct(s, st, fmt.Sprintf("c-%d", delta), delta)
		if got := x.sim.Stock(counted); got != before+delta {
			x.Errorf("a correction of %d: %d became %d", delta, before, got)
		}
	}
	if s.Can().Keyed {
		now := x.level(st)
		c := shop.Correction{Key: "twice", SKU: counted, Place: now.Place, Delta: 2, Seen: now.Available, Reason: "found", At: x.clock()}
		for turn := range 2 {
			if err := st.Correct(x.Context(), c); err != nil {
				x.Errorf("a correction with a key, time %d: %v", turn, err)
			}
		}
		if got := x.sim.Stock(counted); got != now.Available+2 {
			x.Errorf("the same correction twice: %d became %d, want 2 more", now.Available, got)
		}
	}
	if s.Can().Compare {
		seen := x.level(st)
		x.sim.SetStock(counted, 11)
		err := st.Correct(x.Context(), shop.Correction{Key: "stale", SKU: counted, Place: seen.Place, Delta: 1, Seen: seen.Available, Reason: "counted", At: x.clock()})
		if !is[*shop.Changed](err) || x.sim.Stock(counted) != 11 {
			x.Errorf("a correction of a number that moved: %v (%T), the stock is %d, want *shop.Changed and 11", err, err, x.sim.Stock(counted))
		}
	}
	none := ask(x, "levels", func(ctx context.Context) ([]shop.Level, error) { return st.Levels(ctx, []string{"NOT-SOLD-HERE"}) })
	if len(none) != 0 {
		x.Errorf("a product that the shop does not sell has the level %+v", none)
	}
	if err := st.Correct(x.Context(), shop.Correction{Key: "k", SKU: "NOT-SOLD-HERE", Delta: 1, Reason: "counted", At: x.clock()}); err == nil || !shop.Hopeless(err) {
		x.Errorf("a correction of a product that the shop does not sell: %v (%T)", err, err)
	}
}

func (x *trial) stockFaults() {
	if _, ok := x.client().(shop.Stock); !ok {
		return
	}
	x.counted(50)
	n := 0
	x.faults("correct", func(x *trial) func() {
		n++
		s, key, want := x.client(), fmt.Sprintf("correction-%d", n), x.sim.Stock(counted)+2
		return func() {
			x.correct(s, s.(shop.Stock), key, 2)
			if got := x.sim.Stock(counted); got != want {
				x.Errorf("the stock is %d, want %d", got, want)
			}
		}
	})
}

func (x *trial) tested() {
	x.place(1)
	x.pass(5 * time.Minute)
	s := x.client()
	list := ask(x, "test", s.Test)
	if len(list) == 0 {
		x.Error("the test tells nothing")
	}
	for _, c := range list {
		if !c.OK || c.What == "" || c.Say == "" {
			x.Errorf("in a healthy shop: %+v", c)
		}
	}
	x.each(func(int) { x.sim.Faults().Next("", shopsim.Expired) })
	list, err := x.client().Test(x.Context())
	bad := 0
	for _, c := range list {
		if c.OK {
			continue
		}
		bad++
		if c.Fix == "" || c.Say == "" {
			x.Errorf("a check fails and does not say what to do: %+v", c)
		}
		if strings.Contains(c.Say+c.Fix, x.sim.Secret()) {
			x.Errorf("a check tells the key: %+v", c)
		}
	}
	if bad == 0 && err == nil {
		x.Error("a shop that does not accept the key passes the test")
	}
}
