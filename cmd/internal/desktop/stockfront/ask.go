package stockfront

import (
	"context"
	"fmt"
	"slices"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/shops"
	"packbench/station/screen"
	"packbench/station/store"
)

// asked is what a shop was asked for, and what it answered.
type asked struct {
	of      string
	asking  bool
	done    int // products that it was asked for, of all
	all     int
	stopped bool
	trouble string
	at      time.Time
	list    []screen.StockItem
	stop    context.CancelFunc
}

// compared is what stands on the page, differences first.
func (a asked) compared() []screen.StockItem { return a.list }

func (a asked) stands(shops []string, untold int) screen.ShopStock {
	return screen.ShopStock{Shops: shops, Of: a.of, At: a.at, Asking: a.asking, Done: a.done, All: a.all, Stopped: a.stopped, Trouble: a.trouble, Untold: untold}
}

// askShop asks a shop what it believes, in the background; "" stops that.
func (p *Stock) askShop(id string) {
	if id == "" {
		if p.asked.stop != nil {
			p.asked.stop()
		}
		return
	}
	if p.asked.asking {
		return
	}
	all, from := p.Bench.Shops, p.Folder.Store
	p.asked = asked{of: id, asking: true}
	p.Stale = true
	p.asked.stop = p.Ask(func(ctx context.Context) func() {
		list, err := p.askLevels(ctx, from, func(skus []string, told func(int)) (levels, error) { return askAll(ctx, all, id, skus, told) })
		return func() {
			p.asked.asking, p.asked.stop, p.Stale = false, nil, true
			switch {
			case ctx.Err() != nil:
				p.asked.stopped = true
			case err != nil:
				p.asked.trouble = shell.FirstLine(err)
			default:
				p.asked.list, p.asked.at = list, p.Folder.Clock()
			}
		}
	})
}

// askLevels reads what is here, and has ask tell what a shop believes of it.
func (p *Stock) askLevels(ctx context.Context, from *store.Store, ask func(skus []string, told func(int)) (levels, error)) ([]screen.StockItem, error) {
	if err := from.CatchUp(ctx); err != nil {
		return nil, err
	}
	here, err := from.Stock(ctx, "")
	if err != nil {
		return nil, err
	}
	var skus []string
	for _, s := range here {
		if len(skus) == 0 || skus[len(skus)-1] != s.SKU {
			skus = append(skus, s.SKU)
		}
	}
	there, err := ask(skus, func(done int) {
		p.Do(func() {
			p.asked.done, p.asked.all = done, len(skus)
		})
	})
	if err != nil {
		return nil, err
	}
	return compare(here, there), nil
}

// counting lists the shops that can be asked how many they believe to have, by id.
func counting(ctx context.Context, all *shops.Shops) ([]string, error) {
	list, err := all.Store.Shops(ctx)
	var out []string
	for _, of := range list {
		if counts, failed := all.Stock(of); failed == nil && counts != nil { // else its own page says why
			out = append(out, of.ID)
		}
	}
	return out, err
}

// atOnce is how many products a shop is asked for at a time.
const atOnce = 50

// askAll asks a shop for many products, a few at a time, at the pace that its client
// keeps; told is called with how many were asked for so far.
func askAll(ctx context.Context, all *shops.Shops, id string, skus []string, told func(int)) (out levels, err error) {
	of, err := all.Store.Shop(ctx, id)
	if err != nil {
		return nil, err
	}
	counts, err := all.Stock(of)
	switch {
	case err != nil:
		return nil, err
	case counts == nil:
		return nil, fmt.Errorf("shop %s does not tell its stock", id)
	}
	done := 0
	for some := range slices.Chunk(skus, atOnce) {
		got, err := counts.Levels(ctx, some)
		if err != nil {
			return nil, err
		}
		done += len(some)
		out = append(out, got...)
		told(done)
	}
	return out, nil
}
