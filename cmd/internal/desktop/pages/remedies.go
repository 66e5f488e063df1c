package pages

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desk/assign"
	"packbench/cmd/internal/stockroom"
	"packbench/station"
	"packbench/station/cases"
	"packbench/station/screen"
	"packbench/station/store"
	"packbench/station/unit"
)

const (
	// remediedAtMost is how many products of a case there is room for. Where its order has
	// more, nobody can tell which of them the case is about.
	remediedAtMost = 3
	// doubleTouch is how long buttons that took the place of others hear no touch: the
	// second one of a hand that touches twice was not meant for them.
	doubleTouch = 600 * time.Millisecond
)

// more is what else can be done about a case, while it is being chosen.
type more struct {
	of        string
	holding   bool      // it is asked why the order is to be held
	assigning bool      // it is asked who is to see to the case
	names     int       // how many of those who can come before the ones that are shown
	since     time.Time // when its buttons took the place of others
	sku, code string    // what is being corrected
}

// offer is what the page shows of it.
func (m more) offer() *screen.MoreOffer {
	if m.of == "" {
		return nil
	}
	return &screen.MoreOffer{Case: m.of, Holding: m.holding, Assigning: m.assigning, Names: m.names}
}

// readRemedies reads what can be done to the order and the products of a case.
func (l *caseList) readRemedies(ctx context.Context, d desk.Desk, c cases.Case) (r screen.Remedies, err error) {
	if c.Order != "" {
		held, known, err := store.Known(d.Store.HeldHere(ctx, c.Order))
		if err != nil {
			return r, err
		}
		// One that is cancelled, sent or packed has no button.
		r.Held, r.Holdable = held, known && !held && d.MayHold(ctx, c.Order) == nil
	}
	if c.State == cases.Open {
		r.People = l.able
	}
	skus, err := productsOf(ctx, d.Store, c)
	if err != nil {
		return r, err
	}
	for _, sku := range skus {
		p, known, err := store.Known(d.Store.Product(ctx, sku))
		if err != nil {
			return r, err
		}
		if !known {
			continue
		}
		l.names[sku] = p.Name
		it := screen.Remedied{SKU: sku, Mass: p.Mass}
		if c.Kind == cases.KindScan && sku == c.SKU {
			it.Packs = packsOf(p)
		}
		if it.Kept, it.Asked, err = stockroom.New(d.Folder).RecountAsked(ctx, sku); err != nil {
			return r, err
		}
		r.Products = append(r.Products, it)
	}
	return r, nil
}

// packsOf are the codes of a product whose number of units may be wrong: those of packs
// first.
func packsOf(p station.Product) []station.Barcode {
	list := slices.SortedStableFunc(slices.Values(p.Barcodes), func(a, b station.Barcode) int { return cmp.Compare(b.Factor, a.Factor) })
	return list[:min(len(list), remediedAtMost)]
}

// productsOf are the products that a case is about: its own, or the one that its weight is
// put down to with those of its order.
func productsOf(ctx context.Context, from *store.Store, c cases.Case) (skus []string, err error) {
	if c.SKU != "" {
		return []string{c.SKU}, nil
	}
	if c.Weight != nil && c.Weight.Cause != nil && c.Weight.Cause.SKU != "" {
		skus = []string{c.Weight.Cause.SKU}
	}
	if c.Order == "" {
		return skus, nil
	}
	o, known, err := store.Known(from.Order(ctx, c.Order))
	if err != nil || !known {
		return skus, err
	}
	all := slices.Clone(skus)
	for _, line := range o.Lines {
		if line.Kind == station.Goods && line.SKU != "" && !slices.Contains(all, line.SKU) {
			all = append(all, line.SKU)
		}
	}
	if len(all) <= remediedAtMost {
		skus = all
	}
	return skus, nil
}

// remedy does something about a case that does not answer it, in the name of the person
// at the bench.
func (p *Cases) remedy(c cases.Case, act string) {
	if act == screen.CaseMore {
		p.linking, p.similar, p.more = linking{}, similar{}, more{of: c.ID}
		return
	}
	now := p.Folder.Clock()
	if p.more.of != c.ID || now.Sub(p.more.since) < doubleTouch {
		return
	}
	was := p.more
	p.more = more{of: c.ID, since: now}
	order := cmp.Or(c.Number, c.Order)
	switch kind, about, _ := strings.Cut(act, ":"); {
	case kind == screen.CaseHold && about == "":
		p.more.holding = true
	case kind == screen.CaseHold && was.holding:
		p.decide(c.ID, p.Language().Say("order {no} is held", "no", order), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
			_, err := d.HoldOrder(ctx, who, c.Order, about)
			return err
		})
	case kind == screen.CaseRelease:
		p.decide(c.ID, p.Language().Say("order {no} is no longer held here", "no", order), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
			_, err := d.ReleaseOrder(ctx, who, c.Order)
			return err
		})
	case kind == screen.CaseAssign && about == "":
		p.more.assigning = true
	case kind == screen.CaseNames:
		p.more.assigning, p.more.names = true, was.offer().NextNames(len(p.shown().Remedies.People))
	case kind == screen.CaseAssign, kind == screen.CaseNobody:
		p.assign(c.ID, about)
	default:
		p.correct(c.ID, kind, about)
	}
}

// assign gives a case to a person, or to nobody in particular.
func (p *Cases) assign(id, to string) {
	l := p.Language()
	done := l.Say("assigned to {who}", "who", cmp.Or(p.read.names.Of(to), l.Phrase("nobody")))
	p.decide(id, done, func(ctx context.Context, d desk.Desk, who cases.Asker) error {
		return assign.To(ctx, d.Folder, who, id, to)
	})
}

// correct begins what puts a product of the shown case right.
func (p *Cases) correct(id, kind, about string) {
	for _, r := range p.shown().Remedies.Products {
		isCode := func(b station.Barcode) bool { return b.Code == about }
		switch {
		case kind == screen.CaseRecount && r.SKU == about:
			p.decide(id, p.Language().Phrase("a recount is asked for"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
				return stockroom.New(d.Folder).AskRecount(ctx, who.Person, r.SKU)
			})
		case kind == screen.CaseWeigh && r.SKU == about:
			p.more.sku = r.SKU
			p.Entry = screen.CaseEntry(screen.EntryCaseWeight, "", "")
		case kind == screen.CasePack && slices.ContainsFunc(r.Packs, isCode):
			p.more.sku, p.more.code = r.SKU, about
			p.Entry = screen.CaseEntry(screen.EntryCasePack, "", "")
		}
	}
}

// Correct takes what one unit of a product weighs, or how many units its code stands for,
// one that is being linked too.
func (p *Cases) Correct(field, text string) {
	if field == screen.EntryFactor {
		p.Link(text)
		return
	}
	m := p.more
	if _, ok := p.current(m.of); !ok || m.sku == "" {
		return
	}
	mass, notMass := unit.ParseMass(text)
	n, notNumber := strconv.Atoi(text)
	bad := ""
	switch field {
	case screen.EntryCaseWeight:
		if notMass != nil || mass <= 0 {
			bad = p.Language().Phrase("Add a unit: 350 g or 1.25 kg")
		}
	case screen.EntryCasePack:
		if notNumber != nil || n < 1 {
			bad = p.Language().Phrase("A whole number, 1 or more")
		}
	}
	if bad != "" {
		p.Entry = screen.CaseEntry(field, text, bad)
		return
	}
	p.more = more{of: m.of, since: p.Folder.Clock()}
	if field == screen.EntryCasePack {
		p.decide(m.of, p.Language().Phrase("the code is corrected"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
			return d.Link(ctx, who, "", m.code, m.sku, n)
		})
		return
	}
	p.decide(m.of, p.Language().Phrase("the weight is corrected"), func(ctx context.Context, d desk.Desk, who cases.Asker) error {
		return d.CorrectMass(ctx, who, m.sku, mass)
	})
}
