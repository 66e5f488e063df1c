// Package finder answers the one field in which people look for anything: an order, a
// parcel, a tracking number, an SSCC, a serial number or a lot, the id that the shop keeps
// an order under or what its customer calls it, a recipient, a product or a person; with
// what is known of it, its whole story, and a page of that to send to who asked.
//
// What is known by a number is found by package desk, and nothing else is looked for
// then; words may mean several things, which are all shown. [New] gives the finder of an
// open folder; [Finder.Find] reads, and [Page] draws what it found. The package must not
// write anything, and whether names of colleagues may be found is for who asks it.
package finder

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/goods"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/store"
)

// Finder finds things in a data folder.
type Finder struct{ desk.Desk }

// New returns the finder of an open folder.
func New(f *folder.Folder) Finder { return Finder{desk.New(f)} }

// Found is one thing that a text means. A product and a person have a story of their
// own: the newest parcels.
type Found struct {
	desk.Found
	Name  string   `json:"name,omitempty"` // of a product or a person
	Facts []Fact   `json:"facts,omitempty"`
	Goods []Goods  `json:"goods,omitempty"`
	Cases []string `json:"cases,omitempty"`

	Parcel store.Parcel `json:"-"` // where it is one
}

// Fact is something that is known, by its name.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Goods is what of a product lies in a parcel.
type Goods struct {
	SKU    string `json:"sku"`
	Name   string `json:"name"`
	Qty    int    `json:"qty"`
	Parcel string `json:"parcel"`
	Note   string `json:"note,omitempty"` // serial numbers and lots
}

const (
	most     = 20 // orders, products or people that words find
	mostDone = 50 // parcels and cases of a person
	least    = 3  // characters of a name
	lookBack = 92 * 24 * time.Hour
)

// Find finds what a text means, numbers before words; people is whether names of
// colleagues are looked for. Nothing found is an empty list.
func (f Finder) Find(ctx context.Context, text string, people bool) ([]Found, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	var err error
	if f.Desk, err = f.WithNames(ctx); err != nil {
		return nil, err
	}
	found, err := f.Desk.Find(ctx, text)
	if err != nil {
		return nil, err
	}
	if len(found) > 0 {
		return f.known(ctx, found)
	}
	orders, err := f.Store.OrdersOfShop(ctx, text, most)
	if err == nil && len(orders) == 0 {
		orders, err = f.Store.OrdersReferenced(ctx, station.OneLine(text, station.MaxReference), most)
	}
	if err != nil {
		return nil, err
	}
	if len(orders) > 0 {
		return f.orders(ctx, orders)
	}
	out, err := f.products(ctx, text)
	if err != nil {
		return nil, err
	}
	if people {
		list, err := f.people(ctx, text)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	if utf8.RuneCountInString(text) < least {
		return out, nil
	}
	if orders, err = f.Store.OrdersTo(ctx, text, most); err != nil {
		return nil, err
	}
	to, err := f.orders(ctx, orders)
	return append(out, to...), err
}

// orders are those orders with their stories.
func (f Finder) orders(ctx context.Context, list []store.Due) (out []Found, err error) {
	if len(list) == 0 {
		return nil, nil
	}
	found := make([]desk.Found, len(list))
	for i, o := range list {
		if found[i], err = f.Order(ctx, o.ID); err != nil {
			return nil, err
		}
	}
	return f.known(ctx, found)
}

// products are the one with a code or a SKU, followed by the newest orders that want it,
// else those with a text in their name.
func (f Finder) products(ctx context.Context, text string) ([]Found, error) {
	sku, err := goods.Named(ctx, f.Store, text)
	if err != nil {
		return nil, err
	}
	var list []station.Product
	if sku != "" {
		p, err := f.Store.Product(ctx, sku)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	} else if utf8.RuneCountInString(text) >= least {
		if list, err = f.Store.ProductsNamed(ctx, text, most); err != nil {
			return nil, err
		}
	}
	var out []Found
	for _, p := range list {
		one, wanted, err := f.product(ctx, p)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
		if len(list) > 1 {
			continue
		}
		orders, err := f.orders(ctx, wanted)
		if err != nil {
			return nil, err
		}
		out = append(out, orders...)
	}
	return out, nil
}

// product is a product with the parcels that it left in lately, and the newest orders of
// those and the next that want it.
func (f Finder) product(ctx context.Context, p station.Product) (Found, []store.Due, error) {
	out := Found{Found: desk.Found{Kind: "product", ID: p.SKU, Story: []desk.Event{}}, Name: p.Name}
	if p.Mass > 0 {
		out.add("weight", f.Language().Decimal(p.Mass.String()))
	}
	var codes []string
	for _, c := range p.Barcodes {
		codes = append(codes, c.Code)
	}
	out.add("barcodes", strings.Join(codes, ", "))
	parcels, err := f.Store.ParcelsHolding(ctx, p.SKU, f.Clock().Add(-lookBack), mostDone)
	if err != nil {
		return out, nil, err
	}
	var orders []store.Due
	for _, of := range parcels {
		if len(orders) < most/2 && !slices.ContainsFunc(orders, func(d store.Due) bool { return d.ID == of.Order }) {
			orders = append(orders, store.Due{ID: of.Order})
		}
	}
	for _, of := range slices.Backward(parcels) {
		out.Story = append(out.Story, closed(of, f.Language().Say("{n} × {item} in parcel {parcel}.", "n", strconv.Itoa(pieces(of, p.SKU)), "item", cmp.Or(p.Name, p.SKU), "parcel", of.Called())))
	}
	wanted, err := f.Store.OrdersWith(ctx, p.SKU, most-len(orders))
	for _, o := range wanted {
		if !slices.ContainsFunc(orders, func(d store.Due) bool { return d.ID == o.ID }) {
			orders = append(orders, o)
		}
	}
	return out, orders, err
}

// pieces is how many of a product lie in a parcel.
func pieces(p store.Parcel, sku string) (n int) {
	for _, c := range p.Contents {
		if c.SKU == sku {
			n += c.Qty
		}
	}
	return n
}

// closed is a parcel in the story of a product or a person.
func closed(p store.Parcel, text string) desk.Event {
	return desk.Event{At: p.Closed, Kind: "parcel-done", Who: p.Person, Station: p.Station, Text: text, Verdict: pack.Accepted}
}

// people are those who have a text in their name, or as their id.
func (f Finder) people(ctx context.Context, text string) ([]Found, error) {
	all, err := f.Store.People(ctx)
	if err != nil {
		return nil, err
	}
	var out []Found
	for _, m := range all {
		named := utf8.RuneCountInString(text) >= least && strings.Contains(strings.ToLower(m.Name), strings.ToLower(text))
		if !named && !strings.EqualFold(m.ID, text) || len(out) == most {
			continue
		}
		one, err := f.person(ctx, m.Person)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (f Finder) person(ctx context.Context, p station.Person) (Found, error) {
	out := Found{Found: desk.Found{Kind: "person", ID: p.ID, State: string(p.Role), Story: []desk.Event{}}, Name: p.Name}
	parcels, err := f.Store.ParcelsBy(ctx, p.ID, f.Clock().Add(-lookBack), mostDone)
	if err != nil {
		return out, err
	}
	for _, of := range slices.Backward(parcels) {
		out.Story = append(out.Story, closed(of, f.Language().Say("Parcel {parcel} of order {order} was closed.", "parcel", of.Called(), "order", of.OrderCalled())))
	}
	list, err := f.Desk.Cases(ctx, store.CaseFilter{Person: p.ID, Limit: mostDone})
	out.Cases = f.caseLines(list)
	return out, err
}

// state says a state in words; in English it is its code.
func (f Finder) state(code string) string {
	if f.Language().English() {
		return code
	}
	return f.Language().State(code)
}

// add notes a fact that is known.
func (f *Found) add(name, value string) {
	if value != "" {
		f.Facts = append(f.Facts, Fact{name, value})
	}
}

// known adds to what the desk found what is known of it.
func (f Finder) known(ctx context.Context, list []desk.Found) ([]Found, error) {
	names, err := f.Names(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Found, 0, len(list))
	for _, x := range list {
		one := Found{Found: x}
		switch x.Kind {
		case "order":
			err = f.ofOrder(ctx, &one, names)
		case "parcel":
			err = f.ofParcel(ctx, &one, names)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, nil
}

func (f Finder) ofOrder(ctx context.Context, one *Found, names say.Names) error {
	o, err := f.Store.Order(ctx, one.Of)
	if err != nil {
		return err
	}
	parcels, err := f.Store.ParcelsOf(ctx, o.ID)
	if err != nil {
		return err
	}
	one.add("shop's own id", o.Own)
	one.add("customer's reference", o.Reference)
	if !o.Placed.IsZero() {
		one.add("placed", f.Language().Stamp(o.Placed.In(f.Location())))
	}
	for _, p := range parcels {
		if p.State == pack.ParcelVoided {
			continue
		}
		one.add("parcel", p.Called()+", "+f.state(string(p.State)))
		one.sent(f.Language(), p, names)
	}
	if err := f.goods(ctx, one, parcels); err != nil {
		return err
	}
	return f.cases(ctx, one, o.ID)
}

func (f Finder) ofParcel(ctx context.Context, one *Found, names say.Names) error {
	p, err := f.Store.Parcel(ctx, one.Of)
	if err != nil {
		return err
	}
	one.Parcel = p
	one.add("order", p.OrderCalled())
	one.sent(f.Language(), p, names)
	one.add("SSCC", p.SSCC)
	if err := f.goods(ctx, one, []store.Parcel{p}); err != nil {
		return err
	}
	return f.cases(ctx, one, p.Order)
}

// sent says how a parcel goes, and what it weighed.
func (f *Found) sent(l say.Language, p store.Parcel, names say.Names) {
	f.add("carrier", names.Of(p.Carrier))
	f.add("tracking", p.Tracking)
	if p.Mass > 0 {
		phrase := "{mass} on the scale"
		if p.Typed {
			phrase = "{mass} typed"
		}
		f.add("weight", l.Say(phrase, "mass", l.Decimal(p.Mass.String())))
	}
}

// goods lists what lies in parcels, by the names of today.
func (f Finder) goods(ctx context.Context, one *Found, parcels []store.Parcel) error {
	for _, p := range parcels {
		if p.State == pack.ParcelVoided {
			continue
		}
		for _, c := range p.Contents {
			product, _, err := store.Known(f.Store.Product(ctx, c.SKU))
			if err != nil {
				return err
			}
			g := Goods{SKU: c.SKU, Name: cmp.Or(product.Name, c.SKU), Qty: c.Qty, Parcel: p.Called()}
			var marks []string
			for _, m := range c.Marked {
				for _, mark := range []string{m.Serial, m.Lot} {
					if mark != "" && !slices.Contains(marks, mark) {
						marks = append(marks, mark)
					}
				}
			}
			g.Note = strings.Join(marks, ", ")
			one.Goods = append(one.Goods, g)
		}
	}
	return nil
}

func (f Finder) cases(ctx context.Context, one *Found, order string) error {
	list, err := f.Desk.Cases(ctx, store.CaseFilter{Order: order, Limit: mostDone})
	one.Cases = f.caseLines(list)
	return err
}
