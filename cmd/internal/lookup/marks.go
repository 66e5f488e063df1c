package lookup

import (
	"context"
	"slices"
	"strings"
	"time"

	"packbench/cmd/internal/lookup/marking"
	"packbench/station/gs1"
	"packbench/station/pack"
	"packbench/station/store"
)

// marked adds what a code says of the units to the products that it may mean, and what
// is known of that. It changes none of the meanings that it was given.
func (r *Resolver) marked(ctx context.Context, s pack.State, c gs1.Code, out *pack.Scanned) error {
	now := r.Clock().In(r.Location())
	m, twice := marking.Of(c, now.Year())
	each := c.Serials()
	several := func() error {
		out.Meanings, out.Problem = nil, string(pack.ReasonSeveralSerials)
		return nil
	}
	if twice && each == nil {
		return several()
	}
	copied := false
	for i, meant := range out.Meanings {
		if meant.Product == nil || m == (pack.Marks{}) && s.Work.Needs(meant.Product.SKU) == (pack.Needs{}) {
			continue
		}
		if !copied {
			out.Meanings, copied = slices.Clone(out.Meanings), true
		}
		p, of := *meant.Product, m
		if !s.Work.Needs(p.SKU).Serial && strings.Contains(c.Data, gs1.GS+gs1.GS) { // software that writes such labels often writes one serial on many
			of.Serial, of.GTIN = "", ""
		}
		if each != nil {
			if !s.Work.Needs(p.SKU).Serial || p.Factor > 1 && p.Factor != len(each) {
				return several() // whether it is one unit or several, nobody knows
			}
			p.Serials, p.Factor, of.Serial = each, len(each), ""
		}
		if of != (pack.Marks{}) {
			p.Marks = &of
		}
		var err error
		if p.Looked, err = r.lookedEach(ctx, p.SKU, of, p.Serials, now); err != nil {
			return err
		}
		out.Meanings[i].Product = &p
	}
	return nil
}

// lookedEach is looked for units that have a serial each, or for all together.
func (r *Resolver) lookedEach(ctx context.Context, sku string, m pack.Marks, serials []string, now time.Time) (*pack.Looked, error) {
	look, err := r.looked(ctx, sku, m, now)
	for _, serial := range serials {
		if err != nil || look.Seen != nil {
			break
		}
		seen, known, failed := store.Known(r.Store.SerialSeen(ctx, sku, m.GTIN, serial))
		if err = failed; known {
			look.Seen = &pack.Seen{Order: seen.Order, Number: seen.Number, Parcel: seen.Parcel, Serial: serial}
		}
	}
	return look, err
}

// looked finds out what the shop knows of marks.
func (r *Resolver) looked(ctx context.Context, sku string, m pack.Marks, now time.Time) (*pack.Looked, error) {
	look := pack.Looked{Now: now.Format(marking.MinuteForm)}
	if m.Lot != "" {
		p, known, err := store.Known(r.Store.Product(ctx, sku))
		if err != nil {
			return nil, err
		}
		look.Recalled = known && slices.ContainsFunc(p.Recalled, func(lot string) bool { return strings.EqualFold(lot, m.Lot) })
	}
	if m.Serial == "" {
		return &look, nil
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	seen, known, err := store.Known(r.Store.SerialSeen(ctx, sku, m.GTIN, m.Serial))
	if err == nil && known {
		look.Seen = &pack.Seen{Order: seen.Order, Number: seen.Number, Parcel: seen.Parcel}
	}
	return &look, err
}

// asMark reads the answer to a question for a mark: what a separate code or a person
// says of the units, without saying of which product.
func (r *Resolver) asMark(ctx context.Context, s pack.State, c gs1.Code, out *pack.Scanned) error {
	item, now := s.Question.Item, r.Clock().In(r.Location())
	m, twice := marking.Of(c, now.Year())
	text, each := strings.TrimSpace(c.Data), c.Serials()
	if s.Asks() == pack.CodeSerialNeeded && m == (pack.Marks{}) && each == nil {
		each = gs1.ReadSerials(c.Data, item.Factor)
	}
	switch {
	case each != nil && s.Asks() == pack.CodeSerialNeeded && c.GTIN == "":
		m.Serial, m.GTIN = "", ""
	case twice:
		out.Problem = string(pack.ReasonSeveralSerials)
		return nil
	case c.GTIN != "" || c.SSCC != "" || c.Trades().Of != "": // of some other product
		return nil
	case m != (pack.Marks{}):
	case s.Asks() == pack.CodeLotNeeded:
		m.Lot = gs1.Mark(text)
	case s.Asks() == pack.CodeSerialNeeded:
		m.Serial = gs1.Mark(text)
	default:
		m.Expiry = marking.Written(gs1.ReadDay(text, now.Year()), "")
	}
	if m == (pack.Marks{}) && each == nil {
		return nil
	}
	look, err := r.lookedEach(ctx, item.SKU, m, each, now)
	if err != nil {
		return err
	}
	p := pack.Product{SKU: item.SKU, Name: item.Name, Factor: 1, Marks: &m, Looked: look, Serials: each}
	out.Meanings = []pack.Meaning{{Kind: pack.MeansMark, Product: &p}}
	return nil
}

// asLabelPart reads a code that says a lot, a serial or a day and not of what: the other
// code of a label whose first one was scanned just now.
func (r *Resolver) asLabelPart(ctx context.Context, s pack.State, c gs1.Code, out *pack.Scanned) error {
	now := r.Clock().In(r.Location())
	m, twice := marking.Of(c, now.Year())
	if m == (pack.Marks{}) || twice || c.GTIN != "" || c.SSCC != "" || c.Trades().Of != "" {
		return nil
	}
	sku, units, _, found := s.Work.LastScanned()
	if !found {
		out.Problem = string(pack.ReasonLabelPart)
		return nil
	}
	look, err := r.looked(ctx, sku, m, now)
	if err != nil {
		return err
	}
	name := sku
	for _, l := range s.Work.Lines {
		if l.SKU == sku {
			name = l.Name
		}
	}
	out.Meanings = []pack.Meaning{{Kind: pack.MeansMark, Product: &pack.Product{SKU: sku, Name: name, Factor: units, Marks: &m, Looked: look}}}
	return nil
}
