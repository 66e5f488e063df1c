package stockfront

import (
	"context"
	"slices"
	"strconv"
	"time"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/goods"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/stock"
	"packbench/station/store"
)

const (
	around    = 40  // rows that are held before those shown, and after
	mostMarks = 512 // places of the bar
)

// Catalogue is the page of the products. Of the list it holds the rows that are shown
// and those around them, however many there are.
type Catalogue struct {
	*shell.Shell
	text   string
	anchor store.ShelfKey // the list stands at this product, or behind it
	rows   int            // by so many rows further down
	nth    int            // of the anchor in the list, from 0; -1 where nobody knows
	top    int            // of the rows held, the first one that is shown
	read   shelf
	detail *product // of the chosen one
	marks  marks
	link   linking
	busy   bool
	open   bool
}

// look is what the page wants of the database.
type look struct {
	text   string
	anchor store.ShelfKey
	chosen string
}

// shelf is what the page shows of it, all of one reading.
type shelf struct {
	of     look
	items  []screen.ShelfItem
	keys   []store.ShelfKey
	at     int // of the anchor
	before bool
	after  bool
	known  bool
}

// product is one in full.
type product struct {
	screen.ShelfItem
	bins []stock.Held
	lots []string
}

// marks are places at even distances in the list.
type marks struct {
	keys    []store.ShelfKey
	every   int
	all     int
	version int64
	took    time.Duration
	at      time.Time
}

// Opened begins at the first product.
func (p *Catalogue) Opened() {
	p.read, p.detail, p.link, p.busy = shelf{}, nil, linking{}, false
	delete(p.Selected, selectedItem)
	p.Find("")
}

// Find searches for words in name and SKU, and for a code; "" shows every product.
func (p *Catalogue) Find(text string) {
	p.text, p.Stale = text, true
	p.place(store.ShelfKey{}, 0)
}

// place has the list stand at a product.
func (p *Catalogue) place(at store.ShelfKey, nth int) {
	p.anchor, p.nth, p.rows, p.Stale = at, nth, 0, true
}

func (p *Catalogue) wants() look { return look{p.text, p.anchor, p.Selected[selectedItem]} }

// Reading reads the rows around where the list stands by their keys, and the product
// beside them.
func (p *Catalogue) Reading() shell.Reading {
	want, from, have := p.wants(), p.Folder.Store, p.marks
	return func(ctx context.Context, _ say.Names) (func(), error) {
		got, err := readShelf(ctx, from, want)
		if err != nil {
			return nil, err
		}
		full, err := readProduct(ctx, from, got, want.chosen)
		if err != nil {
			return nil, err
		}
		version, err := from.CatalogueVersion(ctx)
		if err != nil {
			return nil, err
		}
		return func() {
			if have.version != version || have.keys == nil {
				p.mark(version)
			}
			if want.text != p.text || want.anchor != p.anchor {
				p.Stale = true
				return
			}
			p.read = got
			p.by(0)
			if want.chosen == p.Selected[selectedItem] {
				p.detail = full
				if full != nil && want.chosen == "" {
					p.Selected[selectedItem] = full.SKU
				}
			} else {
				p.Stale = true
			}
		}, nil
	}
}

// readShelf reads some rows before the anchor and some behind it. At the top of a search
// stands what has its words for a code.
func readShelf(ctx context.Context, from *store.Store, want look) (shelf, error) {
	out := shelf{of: want, known: true}
	ask := store.ShelfAsk{Text: want.text, From: want.anchor, Limit: around + 1}
	var list []store.Shelved
	if want.anchor != (store.ShelfKey{}) {
		ask.Back = true
		before, err := from.Shelf(ctx, ask)
		if err != nil {
			return out, err
		}
		if out.before = len(before) > around; out.before {
			before = before[1:]
		}
		list, out.at = before, len(before)
	} else if want.text != "" {
		exact, err := byCode(ctx, from, want.text)
		if err != nil {
			return out, err
		}
		list = exact
	}
	ask.Back, ask.With, ask.Limit = false, true, 2*around+1
	after, err := from.Shelf(ctx, ask)
	if err != nil {
		return out, err
	}
	if out.after = len(after) > 2*around; out.after {
		after = after[:2*around]
	}
	for _, s := range after {
		if !slices.ContainsFunc(list, func(l store.Shelved) bool { return l.SKU == s.SKU }) {
			list = append(list, s)
		}
	}
	var skus []string
	for _, s := range list {
		skus = append(skus, s.SKU)
	}
	here, err := from.StockOf(ctx, skus)
	for _, s := range list {
		item := screen.ShelfItem{Product: s.Product}
		if n, kept := here[s.SKU]; kept {
			item.OnHand = &n
		}
		out.items, out.keys = append(out.items, item), append(out.keys, s.Key)
	}
	return out, err
}

// byCode finds the product that a text is a code, alias or SKU of.
func byCode(ctx context.Context, from *store.Store, text string) ([]store.Shelved, error) {
	sku, err := goods.Named(ctx, from, text)
	if err != nil || sku == "" {
		return nil, err
	}
	p, known, err := store.Known(from.Product(ctx, sku))
	if err != nil || !known {
		return nil, err
	}
	return []store.Shelved{{Product: p, Key: store.KeyOf(p)}}, nil
}

// readProduct reads the chosen product in full, or the first one that is shown.
func readProduct(ctx context.Context, from *store.Store, of shelf, sku string) (*product, error) {
	if sku == "" {
		if len(of.items) <= of.at {
			return nil, nil
		}
		sku = of.items[of.at].SKU
	}
	p, known, err := store.Known(from.Product(ctx, sku))
	if err != nil || !known {
		return nil, err
	}
	full := &product{ShelfItem: screen.ShelfItem{Product: p}}
	here, err := from.StockOf(ctx, []string{sku})
	if err != nil {
		return nil, err
	}
	if n, kept := here[sku]; kept {
		full.OnHand = &n
		sums, err := from.Stock(ctx, sku)
		if err != nil {
			return nil, err
		}
		for _, s := range sums {
			full.bins = append(full.bins, stock.Held{Bin: s.Bin, Qty: s.OnHand})
		}
	}
	full.lots, err = lotsOf(ctx, from, sku)
	return full, err
}

// mark reads the places of the bar again, in the background: it is one walk through the
// names, and takes longer than a page. While much changes it is not done each time.
func (p *Catalogue) mark(version int64) {
	now := time.Now()
	if p.marks.version == version && p.marks.keys != nil || now.Sub(p.marks.at) < 30*p.marks.took {
		return
	}
	p.marks.version, p.marks.at, p.marks.took = version, now, time.Hour // until it is done
	from := p.Folder.Store
	p.Ask(func(ctx context.Context) func() {
		keys, every, all, err := from.ShelfMarks(ctx, mostMarks)
		return func() {
			p.marks.took = time.Since(now)
			if err != nil {
				p.marks.version = -1
				return
			}
			p.marks.keys, p.marks.every, p.marks.all = keys, every, all
		}
	})
}

// stand is the first row that is shown, of those held, and which of them is the anchor,
// -1 while the rows around it are not there yet.
func (p *Catalogue) stand() (first, anchor int) {
	r := p.read
	anchor = r.at
	if r.of.anchor != p.anchor { // what is held was read around another of its rows, or elsewhere
		if anchor = slices.Index(r.keys, p.anchor); anchor < 0 {
			return min(p.top, len(r.items)), -1
		}
	}
	want, last := max(anchor+p.rows, 0), max(len(r.items)-screen.ShelfRows, 0)
	if want > last && r.after { // the rest of that page is being read: what is shown stays until then
		return min(p.top, last), anchor
	}
	return min(want, last), anchor
}

// by moves the list by rows. Near the end of what is held, more is read; a fast hand is
// further than that, and the list follows.
func (p *Catalogue) by(rows int) {
	r := p.read
	_, anchor := p.stand()
	if anchor < 0 || r.of.text != p.text || len(r.keys) == 0 {
		return
	}
	last := max(len(r.items)-screen.ShelfRows, 0)
	bound := func(to int) int {
		if !r.after {
			to = min(to, last)
		}
		if !r.before {
			to = max(to, 0)
		}
		return to
	}
	to := bound(bound(anchor+p.rows) + rows)
	p.rows = to - anchor
	p.top, _ = p.stand()
	if r.before && to < around/2 || r.after && to > last-around/2 {
		held, nth := min(max(to, 0), len(r.keys)-1), p.nth
		if nth >= 0 {
			nth += held - anchor
		}
		p.place(r.keys[held], nth)
		p.rows = to - held
	}
}

// jump goes to a place of the bar.
func (p *Catalogue) jump(mark int) {
	if mark >= 0 && mark < len(p.marks.keys) && p.text == "" {
		p.place(p.marks.keys[mark], mark*p.marks.every)
	}
}

// View is the page.
func (p *Catalogue) View(frame screen.Frame) screen.View {
	r := p.read
	frame.Unread = !r.known
	at, anchor := p.stand()
	first := p.nth
	if first >= 0 && anchor >= 0 {
		first += at - anchor
	}
	in := screen.CatalogueInputs{
		Frame: frame, Text: p.text, All: p.marks.all, Marks: len(p.marks.keys), Reading: r.of.text != p.text, Linking: p.link.of != "" && p.link.of == p.Selected[selectedItem], Busy: p.busy, Said: p.Said,
		First: first, Before: r.before || at > 0, After: r.after || at+screen.ShelfRows < len(r.items),
	}
	if r.of.text == p.text {
		in.Items = r.items[at:min(at+screen.ShelfRows, len(r.items))]
	}
	if d := p.detail; d != nil && d.SKU == p.Selected[selectedItem] {
		in.Shown, in.Bins, in.Lots = &d.ShelfItem, d.bins, d.lots
	}
	return screen.Catalogue(in)
}

// Act carries out what a person touched on the page.
func (p *Catalogue) Act(in screen.Intent) {
	if p.Page != screen.PageCatalogue {
		return
	}
	n, err := strconv.Atoi(in.Value)
	switch in.Name {
	case screen.ShelfBy:
		if err == nil {
			p.by(n)
		}
	case screen.ShelfJump:
		if err == nil {
			p.jump(n)
		}
	default:
		p.change(in)
	}
}
