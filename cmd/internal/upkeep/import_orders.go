package upkeep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"packbench/cmd/internal/columns"
	"packbench/cmd/internal/goods"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/intake"
	"packbench/station/store"
)

// orders reads orders, whose words for products are looked up in the catalogue,
// and keeps all of them or none. A long file takes no more memory than a short one.
func (in importer) orders(ctx context.Context, r io.Reader) (out Import, err error) {
	o := in.options()
	o.Kind, o.Rejects = in.how.Kind, in.how.Rejects
	var mapped error
	o.Mapping = func(header []string) (m intake.Mapping, ok bool) {
		m, ok, mapped = in.mapping(ctx, header, columns.New(in.Folder), intake.Mapping.Check)
		return m, ok
	}
	known := map[string]string{}
	var failed error
	o.Product = func(word string) (string, bool) {
		sku, ok := known[word]
		if !ok && failed == nil {
			if len(known) >= wordsKnown {
				clear(known)
			}
			sku, failed = goods.Named(ctx, in.Store, word)
			known[word] = sku
		}
		return sku, sku != ""
	}
	spool, err := in.Store.NewSpool(ctx)
	if err != nil {
		return Import{}, err
	}
	defer func() { err = errors.Join(err, spool.Drop()) }()
	rep, err := intake.EachOrder(ctx, r, in.name, o, func(order station.Order) error {
		if is, err := in.counts(ctx, order); !is || err != nil {
			return err
		}
		return errors.Join(failed, spool.Add(order))
	})
	if err = errors.Join(err, failed, mapped); err != nil {
		return Import{}, err
	}
	kept, err := spool.Keep(ctx, func(done, of int) {
		if done == 0 {
			in.whole() // from here on nothing can be missing
			return
		}
		in.progress("{n} of {all} orders kept", "n", fmt.Sprint(done), "all", fmt.Sprint(of))
	})
	out.tell(rep)
	out.Added, out.Changed, out.Unchanged = kept.Added, kept.Changed, kept.Unchanged
	out.Rejected = append(out.Rejected, goods.Told(kept.Refused)...)
	out.Warnings = append(out.Warnings, goods.Told(kept.Late)...)
	out.More += kept.More
	return out, err
}

// counts reports whether something that was read is an order. What a plain file has
// only unreadable rows of may be a sum below the table; one that is known here is held.
func (in importer) counts(ctx context.Context, o station.Order) (bool, error) {
	if o.HasGoods() || o.Shop != "" {
		return true, nil
	}
	_, known, err := store.Known(in.Store.Order(ctx, o.ID))
	return known, err
}

// mapping returns what the columns of a file hold: as a person says now, which is kept
// for files with the same headings, or has said before.
func (in importer) mapping(ctx context.Context, header []string, answers columns.Columns, check func(intake.Mapping) error) (m intake.Mapping, known bool, err error) {
	if in.how.Mapping == nil {
		a, known, err := answers.Find(ctx, header)
		return a.Mapping, known, err
	}
	m = *in.how.Mapping
	if check(m) != nil || !m.Of(header) {
		return m, true, nil // it is said where the file is read
	}
	return m, true, answers.Keep(ctx, header, columns.Answer{Mapping: m, File: filepath.Base(in.name)})
}

// rates reads a rate card. Each carrier stands in one stored card only, so
// that it is plain which of its prices count.
func (in importer) rates(ctx context.Context, r io.Reader) (Import, error) {
	none := Import{Rejected: []intake.Rejection{}}
	data, err := io.ReadAll(io.LimitReader(r, carrier.MaxFile+1))
	if err != nil {
		return none, err
	}
	fresh, none, err := in.cards(ctx, data)
	if err != nil || fresh.Carriers == nil {
		return none, err
	}
	stored, err := New(in.Folder).storedCards(ctx)
	if errors.Is(err, store.AlteredImport) {
		var dropped []string
		if dropped, err = in.Store.DropAlteredRates(ctx); err == nil {
			in.progress("the disk has changed the rate card {cards}: it is thrown away; import the cards of all carriers that stood in it again", "cards", strings.Join(dropped, ", "))
			stored, err = New(in.Folder).storedCards(ctx)
		}
	}
	if err != nil {
		return none, err
	}
	all := fresh
	for _, s := range stored {
		if all, err = carrier.Merge(s.cards, all); err != nil {
			return none, fmt.Errorf("%s: %w", in.name, err)
		}
	}
	if err := clashing(all, fresh); err != nil {
		return none, fmt.Errorf("%s: %w", in.name, err)
	}
	out := none
	var put []store.Rate
	for _, c := range fresh.Carriers {
		out.Read++
		rate, did, err := placeCard(stored, c, fresh.Currency)
		if err != nil {
			return none, err
		}
		out.count([]store.Change{did})
		if did != store.Unchanged {
			put = slices.DeleteFunc(put, func(p store.Rate) bool { return p.Name == rate.Name })
			put = append(put, rate)
		}
	}
	_, err = in.Store.PutRates(ctx, put)
	return out, err
}

// clashing refuses carriers that could give two parcels one tracking number.
// Two that are here already do not keep others from coming in: the doctor tells
// of them.
func clashing(all, fresh carrier.Cards) error {
	var found []error
	for _, c := range all.Clashes() {
		_, one := fresh.Carrier(c.One)
		if _, other := fresh.Carrier(c.Other); one || other {
			found = append(found, c)
		}
	}
	return errors.Join(found...)
}

// stored is a rate card as the database holds it.
type stored struct {
	name  string
	cards carrier.Cards
}

func (d Upkeep) storedCards(ctx context.Context) ([]*stored, error) {
	rates, err := d.Store.Rates(ctx)
	if err != nil {
		return nil, err
	}
	var out []*stored
	for _, r := range rates {
		cards, err := carrier.LoadCards(r.Body)
		if err != nil {
			return nil, fmt.Errorf("rate card %s: %w", r.Name, err)
		}
		out = append(out, &stored{r.Name, cards})
	}
	return out, nil
}

// placeCard puts a carrier where it stood before, or into a card of its own.
func placeCard(cards []*stored, c carrier.Carrier, currency string) (store.Rate, store.Change, error) {
	for _, s := range cards {
		i := slices.IndexFunc(s.cards.Carriers, func(o carrier.Carrier) bool { return o.ID == c.ID })
		if i < 0 {
			continue
		}
		if string(s.cards.Carriers[i].JSON) == string(c.JSON) {
			return store.Rate{}, store.Unchanged, nil
		}
		s.cards.Carriers[i] = c
		body, err := s.cards.Encode()
		return store.Rate{Name: s.name, Body: body}, store.Changed, err
	}
	body, err := carrier.Cards{Currency: currency, Carriers: []carrier.Carrier{c}}.Encode()
	return store.Rate{Name: c.ID, Body: body}, store.Added, err
}
