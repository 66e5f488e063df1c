package stockfront

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"packbench/cmd/internal/desk"
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/stockroom"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/shop"
	"packbench/station/stock"
)

type levels = []shop.Level

// onPage is what stands on the stock page for the whole of it.
const onPage = screen.Subject("stock")

// Act carries out what a person touched on the page.
func (p *Stock) Act(in screen.Intent) {
	if p.Page != screen.PageStock || p.busy || !p.May(people.Stock) {
		return
	}
	switch in.Name {
	case screen.StockOrder:
		p.purchases()
		return
	case screen.StockAsk:
		p.askShop(in.Value)
		return
	case screen.StockLeave:
		p.move = nil
		return
	}
	if p.read.shown == nil {
		return
	}
	if in.Name == screen.StockReceive || in.Name == screen.StockCorrect {
		p.Said = screen.Said{}
		p.moveOf, p.move = p.read.shown.SKU, &screen.StockDraft{Reason: "received", Asked: screen.DraftBin}
		if in.Name == screen.StockCorrect {
			p.move = &screen.StockDraft{Asked: screen.DraftReason}
		}
		return
	}
	if p.move != nil && p.moveOf == p.read.shown.SKU {
		p.step(in)
	}
}

// step takes an answer to what is asked of a movement, and asks the next thing.
func (p *Stock) step(in screen.Intent) {
	m := *p.move
	switch {
	case in.Name == screen.StockReason && m.Asked == screen.DraftReason:
		r, known := stock.ReasonOf(in.Value)
		if !known {
			return
		}
		m.Reason, m.Out, m.Asked = in.Value, r.Sign < 0, screen.DraftBin
		if r.Sign == 0 && r.Code != reasonMoved {
			m.Asked = screen.DraftWay
		}
	case in.Name == screen.StockWay && m.Asked == screen.DraftWay:
		m.Out, m.Asked = in.Value == "out", screen.DraftBin
	case in.Name == screen.StockBin && (m.Asked == screen.DraftBin || m.Asked == screen.DraftTo):
		p.binOf(in.Value)
		return
	}
	p.move = &m
}

// reasonMoved is the reason of units that lie in another bin now: both are asked for.
const reasonMoved = "moved"

// binOf takes a bin and asks how many, or for the other bin of units that are moved.
func (p *Stock) binOf(bin string) {
	m := *p.move
	switch {
	case m.Asked == screen.DraftTo:
		m.To = bin
	case m.Reason == reasonMoved:
		m.Bin, m.Asked = bin, screen.DraftTo
		p.move = &m
		return
	default:
		m.Bin = bin
	}
	p.move = &m
	p.Entry = entry(screen.EntryStockQty, "", "")
}

// entry opens a field, with why its text is no good where that is so.
func entry(field, text, fault string) *screen.Entry {
	e := screen.EntryFor(screen.Intent{Name: field, Value: text})
	if fault != "" {
		e.Bad, e.Hint = true, fault
	}
	return &e
}

// Typed takes the text of a field; it reports whether the field was its own.
func (p *Stock) Typed(field, text string) bool {
	if field != screen.EntryStockQty && field != screen.EntryStockBin {
		return false
	}
	if p.Page != screen.PageStock || p.move == nil || p.busy || p.read.shown == nil || p.moveOf != p.read.shown.SKU {
		return true
	}
	if field == screen.EntryStockBin {
		if err := stock.CheckBin(text); err != nil {
			p.Entry = entry(field, text, say.Sentence(err.Error()))
			return true
		}
		p.binOf(text)
		return true
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > stock.MaxQty {
		p.Entry = entry(field, text, fmt.Sprintf("A whole number from 1 to %d", stock.MaxQty))
		return true
	}
	p.book(*p.move, n)
	return true
}

// book has the stockroom move the units, in the background, and says how it went.
func (p *Stock) book(m screen.StockDraft, n int) {
	if m.Bin == "" || m.Reason == "" {
		return
	}
	if m.Out {
		n = -n
	}
	room, sku, l := stockroom.New(p.Folder), p.moveOf, p.Language()
	p.busy, p.move = true, nil
	held := 0
	p.AtDesk(func(ctx context.Context, _ desk.Desk, who cases.Asker) (err error) {
		if m.To != "" {
			held, err = room.Carry(ctx, who.Person, sku, m.Bin, m.To, n)
		} else {
			_, held, err = room.Move(ctx, who.Person, sku, m.Bin, n, m.Reason)
		}
		return err
	}, func(err error) {
		words := l.Say("Booked: bin {bin} holds {n} now", "bin", cmp.Or(m.To, m.Bin), "n", strconv.Itoa(held))
		if err != nil {
			words = say.Sentence(shell.FirstLine(err))
		}
		p.busy = false
		p.Say(screen.About("product", sku), words)
	})
}

// purchases writes the purchase list of today into the documents folder.
func (p *Stock) purchases() {
	room, l := stockroom.New(p.Folder), p.Language()
	p.busy = true
	p.Ask(func(ctx context.Context) func() {
		name, n, err := writePurchases(ctx, room)
		words := l.Say("{products} to order, written to {file}", "products", l.Many(n, "product"), "file", name)
		if err != nil {
			words = say.Sentence(shell.FirstLine(err))
		}
		return func() {
			p.busy, p.folder = false, ""
			if err == nil {
				p.folder = filepath.Dir(name)
			}
			p.Say(onPage, words)
		}
	})
}

func writePurchases(ctx context.Context, room stockroom.Room) (name string, n int, err error) {
	list, err := room.Purchases(ctx, stockroom.Ask{})
	if err != nil {
		return "", 0, err
	}
	day := room.Clock().In(room.Location()).Format("2006-01-02")
	if name, err = filepath.Abs(filepath.Join(room.DocumentsDir(), "purchase-"+day+".csv")); err != nil {
		return "", 0, err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return "", 0, err
	}
	return name, len(list), folder.WriteWhole(name, func(w io.Writer) error { return stockroom.WritePurchases(w, list) })
}

// OpenFolder shows the folder of the purchase list.
func (p *Stock) OpenFolder() {
	if p.folder != "" {
		p.Show(p.folder, func(words string) { p.Say(onPage, words) })
	}
}
