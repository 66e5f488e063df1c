package shops

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"packbench/station"
	"packbench/station/lease"
	"packbench/station/pack"
	"packbench/station/shop"
	"packbench/station/store"
)

// The lists of a shop that are read.
const (
	ListOrders   = "orders"
	ListProducts = "products"
)

const (
	// keepAtOnce is how many orders are kept in one transaction: a scan waits for no
	// more, and gets in between two.
	keepAtOnce = 5
	// restTimes is how many times as long as a transaction took nothing is kept after it,
	// so that nearly all scans meet none: a first pull of a large shop takes minutes.
	// Each waits for the disk by itself, or the next scan would do so for all of them.
	restTimes = 8
)

// rest leaves the database to scans after a transaction that began then.
func rest(ctx context.Context, began time.Time) {
	lease.Pause(ctx, min(restTimes*time.Since(began), longestRest))
}

// longestRest bounds it where a disk, or whoever else writes, holds everybody up.
const longestRest = 100 * time.Millisecond

// Pulled is what came in.
type Pulled struct {
	Orders   Counts      `json:"orders"`
	Products int         `json:"products"`          // that are new or changed
	Returns  int         `json:"returns,omitempty"` // that were read
	Pages    int         `json:"pages"`
	Left     []shop.Left `json:"-"` // orders that cannot be packed as they are
}

// Counts is what became of orders.
type Counts struct {
	Added     int `json:"added"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Held      int `json:"held"`
	Cancelled int `json:"cancelled"`
}

func (c *Counts) add(did []store.Change, orders []station.Order) {
	for i, d := range did {
		switch d {
		case store.Added:
			c.Added++
		case store.Changed:
			c.Changed++
		default:
			c.Unchanged++
		}
		switch orders[i].Status {
		case station.OrderHeld:
			c.Held++
		case station.OrderCancelled:
			c.Cancelled++
		}
	}
}

// Pull reads what is new or changed in a shop, to the end; full reads all of it.
// What was read before an error is kept.
func (s *Shops) Pull(ctx context.Context, id string, full bool) (Pulled, error) {
	of, err := s.shop(ctx, id)
	if err != nil {
		return Pulled{}, err
	}
	c, err := s.connect(of)
	if err != nil {
		return Pulled{}, err
	}
	var out Pulled
	if products, ok := c.(shop.Catalogue); ok {
		err = s.readList(ctx, of, ListProducts, full, func(since shop.Cursor) (shop.Cursor, bool, error) {
			return s.productPage(ctx, products, since, &out)
		})
	}
	err = errors.Join(err, s.readList(ctx, of, ListOrders, full, func(since shop.Cursor) (shop.Cursor, bool, error) {
		return s.orderPage(ctx, of, c, since, &out)
	}))
	return out, errors.Join(err, s.readReturns(ctx, of, c, full, &out))
}

// readList reads a list page by page and keeps how far it came after each.
func (s *Shops) readList(ctx context.Context, of store.Shop, name string, full bool, page func(shop.Cursor) (shop.Cursor, bool, error)) error {
	l, err := s.Store.ShopList(ctx, of.ID, name)
	if err != nil {
		return err
	}
	if full {
		l.Cursor = ""
	}
	for more := true; more; {
		var next shop.Cursor
		next, more, err = page(shop.Cursor(l.Cursor))
		l.Tried, l.Trouble = s.Time(), ""
		if err == nil && more && string(next) == l.Cursor {
			err = fmt.Errorf("the list of %s does not go on", name)
		}
		if err != nil {
			break
		}
		l.Cursor = string(next)
		if !more {
			l.Read = l.Tried
		}
		if err := s.Store.PutShopList(ctx, l); err != nil {
			return err
		}
	}
	if err != nil && ctx.Err() == nil {
		l.Trouble = words(err)
		err = errors.Join(err, s.Store.PutShopList(ctx, l))
	}
	return err
}

func (s *Shops) productPage(ctx context.Context, c shop.Catalogue, since shop.Cursor, out *Pulled) (shop.Cursor, bool, error) {
	page, err := c.Products(ctx, since)
	if err != nil {
		return "", false, err
	}
	out.Pages++
	for some := range slices.Chunk(page.Products, keepAtOnce) {
		some = slices.DeleteFunc(slices.Clone(some), func(p station.Product) bool { return p.SKU == "" })
		did, err := s.Store.MergeProducts(ctx, some, fromShop)
		if err != nil {
			return "", false, err
		}
		for _, d := range did {
			if d != store.Unchanged {
				out.Products++
			}
		}
	}
	return page.Next, page.More, nil
}

// fromShop is what becomes of a product that is known: the shop's name for it and its
// codes come in beside what was imported or measured here, which stays.
func fromShop(known, given station.Product) station.Product {
	out := known
	if given.Name != "" {
		out.Name = given.Name
	}
	out.Barcodes = slices.Clone(known.Barcodes)
	for _, b := range given.Barcodes {
		if !slices.ContainsFunc(out.Barcodes, func(have station.Barcode) bool { return have.Code == b.Code }) {
			out.Barcodes = append(out.Barcodes, b)
		}
	}
	if out.Mass == 0 {
		out.Mass = given.Mass
	}
	if out.HSCode == "" {
		out.HSCode = given.HSCode
	}
	if out.Origin == "" {
		out.Origin = given.Origin
	}
	if out.Value.Currency == "" {
		out.Value = given.Value
	}
	return out
}

func (s *Shops) orderPage(ctx context.Context, of store.Shop, c shop.Shop, since shop.Cursor, out *Pulled) (shop.Cursor, bool, error) {
	page, err := c.Changed(ctx, since)
	if err != nil {
		return "", false, err
	}
	out.Pages++
	out.Left = append(out.Left, page.Left...)
	for some := range slices.Chunk(page.Orders, keepAtOnce) {
		orders := make([]station.Order, 0, len(some))
		for _, o := range some {
			kept, err := s.ours(ctx, of, o, !c.Can().Part)
			if err != nil {
				return "", false, err
			}
			orders = append(orders, kept)
		}
		began := time.Now()
		did, err := s.Store.PutOrders(ctx, orders)
		if err != nil {
			return "", false, err
		}
		out.Orders.add(did, orders)
		rest(ctx, began)
	}
	return page.Next, page.More, s.leftOut(ctx, of, page.Left, out)
}

// leftOut keeps orders that cannot be packed where people see them: on hold, with the
// reason.
func (s *Shops) leftOut(ctx context.Context, of store.Shop, left []shop.Left, out *Pulled) error {
	for some := range slices.Chunk(left, keepAtOnce) {
		orders := make([]station.Order, len(some))
		for i, l := range some {
			orders[i] = station.Order{Shop: of.ID, Own: l.ID, Number: l.Number, Status: station.OrderHeld, Reason: station.OneLine(l.Reason, mostWords)}
			if orders[i].Number == "" {
				orders[i].Number = l.ID
			}
			orders[i].ID = orders[i].Ref().String()
		}
		did, err := s.Store.PutOrders(ctx, orders)
		if err != nil {
			return err
		}
		out.Orders.add(did, orders)
	}
	return nil
}

// ours makes of a shop's order what the bench packs: to what remains comes what left
// from here already, which the bench counts as packed. Without that, each shipment
// would be taken off twice. whole: the shop hears of an order's parcels together.
func (s *Shops) ours(ctx context.Context, of store.Shop, from shop.Order, whole bool) (station.Order, error) {
	o := from.Order
	o.Shop = of.ID
	if o.Own == "" {
		return o, errors.New("the shop gave an order without an id")
	}
	o.ID, o.Reason = o.Ref().String(), station.OneLine(o.Reason, mostWords)
	sent, others, err := s.sentFromHere(ctx, of, from, whole)
	if err != nil {
		return o, err
	}
	o.Lines = slices.Clone(o.Lines)
	for i, l := range o.Lines {
		if l.Kind == "" {
			o.Lines[i].Kind = station.Goods
		}
		o.Lines[i].Qty += sent[l.ID]
		delete(sent, l.ID)
	}
	if len(sent) > 0 {
		if o.Lines, err = s.linesOfBefore(ctx, o, sent); err != nil {
			return o, err
		}
	}
	o.Lines = slices.DeleteFunc(o.Lines, func(l station.Line) bool { return l.Kind == station.Goods && l.Qty <= 0 })
	if o.Status == station.OrderDone && !others && o.HasGoods() {
		o.Status = station.OrderOpen // all of it left from here: a parcel of it may be reopened
	}
	return o, nil
}

// sentFromHere counts, by line, what left from here, and says whether others sent
// something too.
func (s *Shops) sentFromHere(ctx context.Context, of store.Shop, from shop.Order, whole bool) (sent map[string]int, others bool, err error) {
	if len(from.Sent) == 0 {
		return nil, false, nil
	}
	id, known, err := store.Known(s.Store.OrderOf(ctx, of.ID, from.Own))
	if err != nil || !known {
		return nil, true, err
	}
	entries, err := s.Store.Entries(ctx, store.EntryFilter{Order: id, Kind: store.EntryShipment, Target: of.ID})
	if err != nil {
		return nil, false, err
	}
	lines, err := store.SentLines(entries)
	if err != nil {
		return nil, false, err
	}
	sent = map[string]int{}
	counted := map[string]bool{}
	for _, shipped := range from.Sent {
		e, mine, err := entryOf(entries, shipped)
		if err != nil {
			return nil, false, err
		}
		if !mine {
			others = true
			continue
		}
		// A shipment that the shop shows twice, as by a second number that somebody
		// gave it, has left once.
		if counted[e.SSCC] {
			continue
		}
		counted[e.SSCC] = true
		left, known := lines[e.SSCC]
		if !known { // its label was given back, or it was given up
			left = pack.ByLine(e.Contents)[0]
		}
		for _, c := range left {
			sent[c.Line] += c.Qty
		}
	}
	if whole && len(counted) > 0 && from.Status == station.OrderDone { // one shipment there stands for all parcels here
		sent, err = s.wanted(ctx, id)
	}
	return sent, others, err
}

// wanted is how many units each line of an order has here.
func (s *Shops) wanted(ctx context.Context, id string) (map[string]int, error) {
	before, err := s.Store.Order(ctx, id)
	units := map[string]int{}
	for _, l := range before.Lines {
		if l.Kind == station.Goods {
			units[l.ID] += l.Qty
		}
	}
	return units, err
}

// linesOfBefore adds lines that the shop does not give any more, because all of them
// has left from here.
func (s *Shops) linesOfBefore(ctx context.Context, o station.Order, sent map[string]int) ([]station.Line, error) {
	id, err := s.Store.OrderOf(ctx, o.Shop, o.Own)
	if err != nil {
		return nil, err
	}
	before, err := s.Store.Order(ctx, id)
	if err != nil {
		return nil, err
	}
	lines := o.Lines
	for _, l := range before.Lines {
		if n := sent[l.ID]; n > 0 {
			l.Qty = n
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// words is what people read of an error: one line, not too long.
func words(err error) string { return station.OneLine(err.Error(), mostWords) }

// mostWords is how long the words of a shop may be.
const mostWords = 300
