package owedfront

import (
	"context"
	"errors"
	"slices"
	"strings"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/returndesk"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
)

// Typed takes what was typed into one of the page's fields.
func (p *Page) Typed(field, text string) bool {
	if field != screen.EntryAnnounce && field != screen.EntryMatch {
		return false
	}
	if text = strings.TrimSpace(text); text == "" || p.Page != screen.PageOwed || !p.May(people.Owed) || p.busy {
		return true
	}
	switch s := p.shown(); {
	case field == screen.EntryAnnounce:
		p.begin(text)
	case s != nil && s.Blind():
		p.asks, p.of = screen.OwedMatch+text, s.ID
	}
	return true
}

// begin looks up what may come back of what was named.
func (p *Page) begin(called string) {
	d, sold := returndesk.New(p.Folder), returndesk.Sold{}
	p.busy = true
	p.AtDesk(func(ctx context.Context, _ desk.Desk, _ cases.Asker) (err error) {
		sold, err = d.SoldIn(ctx, called)
		return err
	}, func(err error) {
		p.busy = false
		p.being = &screen.Announcing{Order: sold.Order, Number: sold.Number}
		if err != nil {
			p.being.Number, p.being.Said = called, say.Sentence(shell.FirstLine(err))
			return
		}
		if p.being.Number == "" {
			p.being.Number = sold.Order
		}
		for _, g := range sold.Goods {
			p.being.Goods = append(p.being.Goods, screen.AnnouncedUnits{SKU: g.SKU, Name: g.Name, Left: g.Left})
		}
	})
}

// announce carries out what was touched while a return is announced.
func (p *Page) announce(value string) {
	a := p.being
	sku, units := strings.CutPrefix(value, screen.OwedUnits)
	switch {
	case value == screen.OwedBack && a.Why:
		a.Why = false
	case value == screen.OwedBack:
		p.being = nil
	case units && !a.Why:
		for i, g := range a.Goods {
			if g.SKU == sku { // one more, and after the last none
				a.Goods[i].Qty = (g.Qty + 1) % (g.Left + 1)
			}
		}
	case value == screen.OwedSure && a.Any():
		a.Why, a.Said = true, ""
	case a.Why && slices.Contains(screen.Whys(), value):
		p.tellIt(*a, value)
	}
}

// tellIt announces what was touched, for one reason.
func (p *Page) tellIt(a screen.Announcing, why string) {
	d, n := returndesk.New(p.Folder), returndesk.Notice{Order: a.Order}
	for _, g := range a.Goods {
		if g.Qty > 0 {
			n.Lines = append(n.Lines, returndesk.Returned{SKU: g.SKU, Qty: g.Qty, Reason: why})
		}
	}
	var answer returndesk.Answer
	p.busy = true
	p.AtDesk(func(ctx context.Context, _ desk.Desk, who cases.Asker) (err error) {
		answer, err = d.Announce(ctx, who.Person, n)
		if err == nil && answer.Refused != "" {
			err = errors.New(answer.Refused)
		}
		return err
	}, func(err error) {
		p.busy = false
		if err != nil && p.being != nil {
			p.being.Why, p.being.Said = false, say.Sentence(shell.FirstLine(err))
			return
		}
		p.being = nil
		if len(answer.Returns) > 0 {
			p.Selected[selectedReturn] = answer.Returns[0].Return
		}
	})
}

func (p *Page) match(id, parcel string) {
	p.do(id, func(ctx context.Context, d returndesk.Desk, who cases.Asker) error {
		_, err := d.Match(ctx, who.Person, id, parcel)
		return err
	})
}
