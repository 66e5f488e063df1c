package home

import (
	"context"

	"packbench/station"
)

// addressCheck is what an account has said of the address of the open order.
type addressCheck struct {
	order   string
	of      station.Address
	doubts  []string
	checked bool
}

// checkAddress has the first account that can check the address of an order that was
// opened, in the background and no longer than prices are waited for. It is a hint: no
// answer is none.
func (p *Page) checkAddress() {
	o := p.read.order
	if o == nil || o.ID == "" || p.check.order == o.ID && p.check.of == o.To {
		return
	}
	asked, all, within := *o, p.Bench.Carriers, p.Folder.Settings.Carriers.Wait()
	p.check = addressCheck{order: o.ID, of: o.To}
	p.Ask(func(ctx context.Context) func() {
		ctx, done := context.WithTimeout(ctx, within)
		defer done()
		hint, err := all.CheckAddress(ctx, asked)
		if err != nil && ctx.Err() == nil {
			p.Folder.Log.Warn("an address is not checked", "order", asked.ID, "error", err)
		}
		return func() {
			if p.check.order == asked.ID && p.check.of == asked.To {
				p.check.doubts, p.check.checked = hint.Words(), true
			}
		}
	})
}

// doubts are what may be wrong with the address of the open order: by its form at once,
// and by an account when it has answered.
func (p *Page) doubts(o *station.Order) []string {
	if p.check.checked && p.check.order == o.ID && p.check.of == o.To {
		return p.check.doubts
	}
	if o.To.Nowhere() {
		return nil
	}
	return o.To.Doubts(p.Folder.Sender().Country)
}
