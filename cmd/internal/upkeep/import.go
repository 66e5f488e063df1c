package upkeep

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/gs1"
	"packbench/station/intake"
	"packbench/station/store"
)

// Importable are the kinds of file that Import takes.
func Importable() []string { return []string{"products", "orders", "cartons", "rates", "people"} }

// importAtOnce is how many items are stored in one transaction: a bench that
// works meanwhile waits for no more than that.
const importAtOnce = 500

// wordsKnown is for how many words of a file the product is remembered.
const wordsKnown = 100_000

// Import is what came of a file.
type Import struct {
	Read      int                `json:"read"` // rows; of a rate card, carriers
	Added     int                `json:"added"`
	Changed   int                `json:"changed"`
	Unchanged int                `json:"unchanged"`
	Rejected  []intake.Rejection `json:"rejected"`
	More      int                `json:"more,omitempty"` // rejections that are not listed
	Warnings  []intake.Rejection `json:"warnings,omitempty"`
	Ignored   []string           `json:"ignored,omitempty"` // columns that nobody knows
}

// count adds what putting some items did.
func (r *Import) count(changes []store.Change) {
	for _, c := range changes {
		switch c {
		case store.Added:
			r.Added++
		case store.Changed:
			r.Changed++
		case store.Unchanged:
			r.Unchanged++
		}
	}
}

// Import reads a file and keeps what is good in it. The file's name tells its
// format. An error is about the file as a whole, or about the database; what
// was stored before it stays, and importing again goes on from there. Progress
// is called now and then with words for a person; it may be nil.
func (d Upkeep) Import(ctx context.Context, kind string, r io.Reader, name string, progress func(string)) (Import, error) {
	if progress == nil {
		progress = func(string) {}
	}
	if !slices.Contains(Importable(), kind) {
		return Import{}, fmt.Errorf("%q cannot be imported; these can: %s", kind, strings.Join(Importable(), ", "))
	}
	for _, cut := range folder.Unfinished(d.Dir) {
		progress(cut + " was cut short: only a part of it is here. Import the file again: it goes on from there")
	}
	in := importer{Folder: d.Folder, name: name, progress: progress}
	done := d.Importing(kind, name)
	out, err := in.take(ctx, kind, r)
	return out, errors.Join(err, done())
}

func (in importer) take(ctx context.Context, kind string, r io.Reader) (Import, error) {
	d := in.Folder
	switch kind {
	case "products":
		return importAll(ctx, in, r, intake.ReadProducts, d.Store.PutProducts)
	case "orders":
		return in.orders(ctx, r)
	case "cartons":
		return importAll(ctx, in, r, intake.ReadCartons, d.Store.PutCartons)
	case "rates":
		return in.rates(ctx, r)
	default:
		return importAll(ctx, in, r, intake.ReadPeople, func(ctx context.Context, list []intake.Badged) ([]store.Change, error) {
			if err := d.RenewBadgeKey(ctx); err != nil {
				return nil, err
			}
			return d.Store.PutPeople(ctx, d.Members(list))
		})
	}
}

type importer struct {
	*folder.Folder
	name     string
	progress func(string)
}

// options are what a file does not say itself.
func (in importer) options() intake.Options {
	told := 0 // the last call repeats the number before it
	return intake.Options{
		Location: in.Location(), Currency: in.Settings.Currency,
		Progress: func(rows int) {
			if rows%5000 == 0 && rows > told {
				told = rows
				in.progress(fmt.Sprintf("%d rows read", rows))
			}
		},
	}
}

type reader[T any] func(context.Context, io.Reader, string, intake.Options) ([]T, intake.Report, error)

type putter[T any] func(context.Context, []T) ([]store.Change, error)

func importAll[T any](ctx context.Context, in importer, r io.Reader, read reader[T], put putter[T]) (Import, error) {
	items, rep, err := read(ctx, r, in.name, in.options())
	if err != nil {
		return Import{}, err
	}
	return keepAll(ctx, in, items, rep, put)
}

// tell adds what the reader of the file says.
func (r *Import) tell(rep intake.Report) {
	r.Read, r.Rejected, r.More, r.Warnings, r.Ignored = rep.Read, rep.Rejected, rep.More, rep.Warnings, rep.Ignored
	if r.Rejected == nil {
		r.Rejected = []intake.Rejection{}
	}
}

func keepAll[T any](ctx context.Context, in importer, items []T, rep intake.Report, put putter[T]) (Import, error) {
	var out Import
	out.tell(rep)
	done := 0
	for some := range slices.Chunk(items, importAtOnce) {
		changes, err := put(ctx, some)
		if err != nil {
			return out, err
		}
		out.count(changes)
		if done += len(some); done%5000 == 0 {
			in.progress(fmt.Sprintf("%d of %d kept", done, len(items)))
		}
	}
	return out, nil
}

// orders reads orders, whose words for products are looked up in the catalogue,
// and keeps them while the file is read, so that a long one takes no more memory
// than a short one.
func (in importer) orders(ctx context.Context, r io.Reader) (Import, error) {
	o := in.options()
	known := map[string]string{}
	var failed error
	o.Product = func(word string) (string, bool) {
		sku, ok := known[word]
		if !ok && failed == nil {
			if len(known) >= wordsKnown {
				clear(known)
			}
			sku, failed = New(in.Folder).product(ctx, word)
			known[word] = sku
		}
		return sku, sku != ""
	}
	var out Import
	var some []station.Order
	keep := func() error {
		if err := errors.Join(failed, ctx.Err()); err != nil {
			return err
		}
		changes, err := in.Store.PutOrders(ctx, some)
		out.count(changes)
		some = some[:0]
		if done := out.Added + out.Changed + out.Unchanged; err == nil && done%5000 == 0 {
			in.progress(fmt.Sprintf("%d orders kept", done))
		}
		return err
	}
	rep, err := intake.EachOrder(ctx, r, in.name, o, func(order station.Order) error {
		some = append(some, order)
		if len(some) < importAtOnce {
			return nil
		}
		return keep()
	})
	if err == nil && len(some) > 0 || failed != nil {
		err = errors.Join(err, keep())
	}
	if err != nil {
		return Import{}, err
	}
	out.tell(rep)
	return out, nil
}

// product finds the one product that a word of an order means: a SKU, else an
// alias, else a barcode of one unit. "" stands for none, and for several,
// because nothing is guessed.
func (d Upkeep) product(ctx context.Context, word string) (string, error) {
	switch _, err := d.Store.Product(ctx, word); {
	case err == nil:
		return word, nil
	case !errors.Is(err, store.ErrUnknown):
		return "", err
	}
	hits, err := d.Store.ProductsByAlias(ctx, word)
	if err == nil && len(hits) == 0 {
		hits, err = d.Store.ProductsByCode(ctx, word)
	}
	if err == nil && len(hits) == 0 {
		for _, number := range gs1.ReadTrade(word).Numbers {
			more, failed := d.Store.ProductsByGTIN(ctx, string(number))
			err = errors.Join(err, failed)
			for _, hit := range more {
				if !slices.Contains(hits, hit) {
					hits = append(hits, hit)
				}
			}
		}
	}
	if err != nil || len(hits) != 1 || hits[0].Factor != 1 {
		return "", err
	}
	return hits[0].SKU, nil
}

// rates reads a rate card. Each carrier stands in one stored card only, so
// that it is plain which of its prices count.
func (in importer) rates(ctx context.Context, r io.Reader) (Import, error) {
	none := Import{Rejected: []intake.Rejection{}}
	data, err := io.ReadAll(io.LimitReader(r, carrier.MaxFile+1))
	if err != nil {
		return none, err
	}
	fresh, err := carrier.LoadCards(data)
	if err != nil {
		return none, fmt.Errorf("%s: %w", in.name, err)
	}
	stored, err := New(in.Folder).storedCards(ctx)
	if errors.Is(err, store.AlteredImport) {
		var dropped []string
		if dropped, err = in.Store.DropAlteredRates(ctx); err == nil {
			in.progress("the disk has changed the rate card " + strings.Join(dropped, ", ") + ": it is thrown away; import the cards of all carriers that stood in it again")
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
	isNew := func(id string) bool {
		return slices.ContainsFunc(fresh.Carriers, func(c carrier.Carrier) bool { return c.ID == id })
	}
	var found []error
	for _, c := range all.Clashes() {
		if isNew(c.One) || isNew(c.Other) {
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
