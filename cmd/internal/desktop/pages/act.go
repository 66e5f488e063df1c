package pages

import (
	"context"
	"errors"
	"strconv"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/screen"
	"packbench/station/store"
)

// productsOffered is how many products a text may name.
const productsOffered = 9

// linking is a code on its way to a product.
type linking struct {
	of       string // the case
	products []station.Product
	sku      string // the one that was chosen
}

// offer is what the page shows of it.
func (l linking) offer() *screen.LinkOffer {
	if l.of == "" {
		return nil
	}
	o := &screen.LinkOffer{Case: l.of}
	for _, p := range l.products {
		o.Products = append(o.Products, screen.NewItem(p.SKU, p.Name, ""))
	}
	return o
}

// current is the case that is shown, where it is this one and is not being answered:
// what was meant for another one does nothing.
func (p *Cases) current(id string) (cases.Case, bool) {
	s := p.shown()
	if s == nil || s.Case.ID != id || p.answered == id {
		return cases.Case{}, false
	}
	return s.Case, true
}

// Resolve answers a case in the name of the person at the bench, once: a second touch
// comes when the first has done its work.
func (p *Cases) Resolve(id, reason string) {
	if c, ok := p.current(id); !ok || c.State == cases.Resolved {
		return
	}
	p.answered = id
	p.decide(id, p.Language().Phrase("resolved"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
		_, err := d.Resolve(ctx, who, id, reason)
		return err
	})
}

// Act does what else can be done with a case.
func (p *Cases) Act(id, act string) {
	c, ok := p.current(id)
	if !ok {
		return
	}
	switch act {
	case screen.CaseUnlock:
		p.decide(id, p.Language().Say("bench {bench} can work again", "bench", c.Station), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
			_, err := d.UnlockStation(ctx, who, id)
			return err
		})
	case screen.CaseReopen:
		p.decide(id, p.Language().Phrase("open again"), func(ctx context.Context, d desk.Desk, who cases.Asker) error { return d.Reopen(ctx, who, id) })
	case screen.CaseSimilar:
		p.askSimilar(id)
	case screen.CaseLeave:
		p.linking, p.similar, p.more = linking{}, similar{}, more{}
	default:
		p.remedy(c, act)
	}
}

// Note keeps what somebody wrote about the case that is shown.
func (p *Cases) Note(text string) {
	s := p.shown()
	if s == nil {
		return
	}
	id := s.Case.ID
	p.decide(id, p.Language().Phrase("the note is kept"), func(ctx context.Context, d desk.Desk, who cases.Asker) error { return d.Note(ctx, who, id, text) })
}

// FindProduct looks for the products that the code of the shown case may be linked to.
func (p *Cases) FindProduct(text string) {
	s := p.shown()
	if s == nil {
		return
	}
	id := s.Case.ID
	p.Ask(func(ctx context.Context) func() {
		found, err := productsCalled(ctx, p.Folder.Store, text)
		return func() {
			switch now := p.shown(); {
			case now == nil || now.Case.ID != id:
			case err != nil:
				p.say(id, shell.FirstLine(err))
			case len(found) == 0:
				p.say(id, p.Language().Say("no product is called “{text}”", "text", text))
			default:
				p.say(id, "")
				p.linking, p.more = linking{of: id, products: found}, more{}
			}
		}
	})
}

// productsCalled are the product with this SKU or code, or those with it in their name.
func productsCalled(ctx context.Context, from *store.Store, text string) ([]station.Product, error) {
	skus := []string{text}
	hits, err := from.ProductsByCode(ctx, text)
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		skus = append(skus, h.SKU)
	}
	var out []station.Product
	for _, sku := range skus {
		p, err := from.Product(ctx, sku)
		if errors.Is(err, store.ErrUnknown) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	if len(out) > 0 {
		return out, nil
	}
	return from.ProductsNamed(ctx, text, productsOffered)
}

// LinkTo takes the product, and asks how many units the code stands for.
func (p *Cases) LinkTo(id, sku string) {
	if _, ok := p.current(id); !ok || p.linking.of != id {
		return
	}
	p.linking.sku = sku
	e := screen.EntryFor(screen.Intent{Name: screen.EntryFactor, Value: "1"})
	p.Entry = &e
}

// Link links the code of the case that is shown to the product that was chosen.
func (p *Cases) Link(units string) {
	l := p.linking
	if _, ok := p.current(l.of); !ok || l.sku == "" {
		return
	}
	n, err := strconv.Atoi(units)
	if err != nil || n < 1 {
		e := screen.EntryFor(screen.Intent{Name: screen.EntryFactor, Value: units})
		e.Bad, e.Hint = true, p.Language().Phrase("A whole number, 1 or more")
		p.Entry = &e
		return
	}
	p.linking, p.answered = linking{}, l.of
	p.decide(l.of, p.Language().Say("linked to {item}", "item", l.sku), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
		return d.Link(ctx, who, l.of, "", l.sku, n)
	})
}

// say tells what became of a case.
func (p *Cases) say(id, text string) { p.Say(screen.About("case", id), text) }

// decide carries out a decision of the desk in the name of the person at the bench,
// and keeps its case in front of them.
func (p *Cases) decide(id, done string, act func(context.Context, desk.Desk, cases.Asker) error) {
	p.decideAs(id, func() string { return done }, act)
}

// decideAs is decide where only the decision shows what was done.
func (p *Cases) decideAs(id string, done func() string, act func(context.Context, desk.Desk, cases.Asker) error) {
	p.Selected[selectedCase] = id
	p.AtDesk(act, func(err error) {
		if err == nil {
			p.say(id, done())
			return
		}
		if p.answered == id {
			p.answered = ""
		}
		p.say(id, shell.FirstLine(err))
	})
}
