package stockfront

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/stockroom"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/shop"
	"packbench/station/store"
)

const (
	stockAPage   = 6
	countsShown  = 200 // counts of the last places
	ledgerShown  = 40
	lotsShown    = 5
	lowShown     = 2000 // the most urgent; who has more low than that begins at the top
	selectedItem = "product"
	selectedPage = "stock-page" // from 0
)

// Stock is the page of what runs low, and of the ledger.
type Stock struct {
	*shell.Shell
	part   screen.StockPart
	read   stocked
	move   *screen.StockDraft // a movement that is being entered
	moveOf string             // the product that it is of
	busy   bool
	folder string // that the purchase list is in
	asked  asked
}

// wish is what the page wants of the database.
type wish struct {
	part   screen.StockPart
	page   int
	chosen string
}

// stocked is what the page shows of it, all of one reading.
type stocked struct {
	of     wish
	items  []screen.StockItem
	counts map[screen.StockPart]int // nil: nothing is read
	shown  *screen.StockItem
	moves  []screen.StockMove
	lots   []string
	right  int
	places int
	shops  []string // that can be asked for their stock
	untold int
}

// Opened begins with what runs low.
func (p *Stock) Opened() {
	p.read, p.folder, p.busy = stocked{}, "", false
	p.Choose("")
}

// Choose takes another part.
func (p *Stock) Choose(part string) {
	p.part, p.move, p.Stale = screen.StockPart(part), nil, true
	delete(p.Selected, selectedItem)
	delete(p.Selected, selectedPage)
}

func (p *Stock) wants() wish {
	page, _ := strconv.Atoi(p.Selected[selectedPage])
	return wish{p.part, max(page, 0), p.Selected[selectedItem]}
}

// Reading reads one page of one part, and the product beside it with its last movements.
func (p *Stock) Reading() shell.Reading {
	want, room, asked := p.wants(), stockroom.New(p.Folder), p.asked
	all := p.Bench.Shops
	return func(ctx context.Context, _ say.Names) (func(), error) {
		got, err := readStock(ctx, room, want, asked)
		if err == nil {
			got.shops, err = counting(ctx, all)
		}
		return func() {
			if want != p.wants() {
				p.Stale = true
				return
			}
			p.read = got
			p.Selected[selectedPage] = strconv.Itoa(got.of.page)
			if got.shown != nil {
				p.Selected[selectedItem], p.read.of.chosen = got.shown.SKU, got.shown.SKU
			}
		}, err
	}
}

func readStock(ctx context.Context, room stockroom.Room, want wish, asked asked) (stocked, error) {
	out := stocked{of: want, counts: map[screen.StockPart]int{}}
	low, err := room.Products(ctx, stockroom.Ask{Low: true})
	if err != nil {
		return out, err
	}
	out.counts[screen.StockLow] = len(low)
	var list []screen.StockItem
	switch want.part {
	case screen.StockShop:
		list = asked.compared()
		out.untold, err = untold(ctx, room.Store, asked.of)
	case screen.StockCounted:
		list, err = out.counted(ctx, room)
	default:
		for _, p := range low[:min(len(low), lowShown)] {
			list = append(list, itemOf(p))
		}
	}
	if err != nil {
		return out, err
	}
	if want.part != screen.StockLow {
		out.counts[want.part] = len(list)
	}
	if out.of.page*stockAPage >= len(list) {
		out.of.page = max(len(list)-1, 0) / stockAPage
	}
	first := out.of.page * stockAPage
	out.items = list[first:min(len(list), first+stockAPage)]
	chosen := want.chosen
	if chosen == "" && len(out.items) > 0 {
		chosen = out.items[0].SKU
	}
	return out, out.show(ctx, room, chosen)
}

// counted lists the last counts, newest first.
func (s *stocked) counted(ctx context.Context, room stockroom.Room) ([]screen.StockItem, error) {
	counts, right, all, err := room.Counts(ctx, store.CountFilter{Limit: countsShown})
	s.right, s.places = right, all
	var list []screen.StockItem
	for _, c := range counts {
		p, _, failed := store.Known(room.Store.Product(ctx, c.SKU))
		err = cmp.Or(err, failed)
		list = append(list, screen.StockItem{SKU: c.SKU, Name: p.Name, Count: &screen.CountedItem{
			ID: fmt.Sprintf("%s %s", c.Row, c.SKU), At: c.At, Bin: c.Bin, By: c.By, Outcome: c.Outcome, Counted: c.Counted, Diff: c.Diff, Case: c.Case,
		}})
	}
	return list, err
}

// show reads one product in full.
func (s *stocked) show(ctx context.Context, room stockroom.Room, sku string) error {
	if sku == "" {
		return nil
	}
	kept, err := room.Store.StockOf(ctx, []string{sku})
	if _, is := kept[sku]; err != nil || !is {
		return err // it was chosen before somebody took it out of the catalogue
	}
	list, err := room.Products(ctx, stockroom.Ask{SKU: sku})
	if err != nil {
		return err
	}
	item := itemOf(list[0])
	s.shown = &item
	moves, err := room.Ledger(ctx, sku, ledgerShown)
	for _, m := range moves {
		s.moves = append(s.moves, screen.StockMove{At: m.At, Bin: m.Bin, Qty: m.Qty, Kind: m.Kind, Reason: m.Reason, Parcel: m.Parcel, Case: m.Of, Who: m.By, Row: m.ID})
	}
	if err != nil {
		return err
	}
	s.lots, err = lotsOf(ctx, room.Store, sku)
	return err
}

// lotsOf says which lots of a product were packed.
func lotsOf(ctx context.Context, from *store.Store, sku string) ([]string, error) {
	lots, err := from.PackedLots(ctx, sku, lotsShown)
	var out []string
	for _, l := range lots {
		out = append(out, fmt.Sprintf("%s × %d", l.Lot, l.Qty))
	}
	return out, err
}

func itemOf(p stockroom.Product) screen.StockItem {
	return screen.StockItem{SKU: p.SKU, Name: p.Name, Bins: p.Bins, Position: p.Position, Lying: p.Lying, Terms: p.Terms, Plan: p.Plan}
}

// View is the page.
func (p *Stock) View(frame screen.Frame) screen.View {
	r := p.read
	frame.Unread = r.counts == nil
	in := screen.StockInputs{
		Frame: frame, Part: r.of.part, Items: r.items, Counts: r.counts, First: r.of.page * stockAPage, APage: stockAPage, Right: r.right, Places: r.places,
		Busy: p.busy, Folder: p.folder, Said: p.Said, Shop: p.asked.stands(r.shops, r.untold),
	}
	if touched := p.wants().chosen; r.shown != nil && (touched == "" || touched == r.shown.SKU) {
		in.Shown, in.Moves, in.Lots = r.shown, r.moves, r.lots
		if p.move != nil && p.moveOf == r.shown.SKU {
			in.Move = p.move
		}
	}
	return screen.Stock(in)
}

// untold is how many messages a shop has not had yet.
func untold(ctx context.Context, from *store.Store, shop string) (n int, err error) {
	if shop == "" {
		return 0, nil
	}
	counts, err := from.CountEntries(ctx)
	for _, c := range counts {
		if c.Target == shop && c.State != store.EntryGivenUp {
			n += c.N
		}
	}
	return n, err
}

// compare puts what a shop believes beside what is here.
func compare(here []store.StockSum, levels []shop.Level) []screen.StockItem {
	var list []screen.StockItem
	at := map[string]int{}
	for _, s := range here {
		i, known := at[s.SKU]
		if !known {
			i = len(list)
			at[s.SKU], list = i, append(list, screen.StockItem{SKU: s.SKU, Name: s.Name})
		}
		list[i].OnHand += s.OnHand
	}
	for _, l := range levels {
		if i, known := at[l.SKU]; known {
			n := l.OnHand
			if list[i].Shop != nil { // at another place of the shop
				n += *list[i].Shop
			}
			list[i].Shop = &n
		}
	}
	slices.SortStableFunc(list, func(a, b screen.StockItem) int { return cmp.Compare(apart(b), apart(a)) })
	return list
}

// apart is by how many units a shop believes something else; one that it does not count
// stands behind those, before those that agree.
func apart(i screen.StockItem) int {
	if i.Shop == nil {
		return 1
	}
	return 2 * max(*i.Shop-i.OnHand, i.OnHand-*i.Shop)
}
