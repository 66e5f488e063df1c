package desktop

import (
	"packbench/cmd/internal/desktop/shell"
	"packbench/cmd/internal/desktop/stockfront"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// goods are the pages of what lies in the warehouse.
type goods struct {
	stock     *stockfront.Stock
	count     *stockfront.Count
	catalogue *stockfront.Catalogue
}

func newGoods(s *shell.Shell) goods {
	return goods{&stockfront.Stock{Shell: s}, &stockfront.Count{Shell: s}, &stockfront.Catalogue{Shell: s}}
}

// opened makes the page that was opened as it is before anything is chosen there.
func (g goods) opened(page screen.Page) {
	switch page {
	case screen.PageStock:
		g.stock.Opened()
	case screen.PageCount:
		g.count.Opened()
	case screen.PageCatalogue:
		g.catalogue.Opened()
	}
}

// follow returns what takes scans while one of the pages is open.
func (g goods) follow(s pack.State) (take func(engine.Scan) bool) {
	take = g.catalogue.Follow(s)
	if counts := g.count.Follow(s); counts != nil {
		return counts
	}
	return take
}

// reading is that of the page that is open, nil for none of these.
func (g goods) reading(page screen.Page) shell.Reading {
	switch page {
	case screen.PageStock:
		return g.stock.Reading()
	case screen.PageCount:
		return g.count.Reading()
	case screen.PageCatalogue:
		return g.catalogue.Reading()
	}
	return nil
}

// view is the page that is open; is reports whether it is one of these.
func (g goods) view(page screen.Page, frame screen.Frame) (v screen.View, is bool) {
	switch page {
	case screen.PageStock:
		return g.stock.View(frame), true
	case screen.PageCount:
		return g.count.View(frame), true
	case screen.PageCatalogue:
		return g.catalogue.View(frame), true
	}
	return screen.View{}, false
}

func (g goods) act(in screen.Intent) {
	g.stock.Act(in)
	g.count.Act(in)
	g.catalogue.Act(in)
}

// typed takes the text of a field; it reports whether one of the pages has it.
func (g goods) typed(field, text string) bool {
	return g.stock.Typed(field, text) || g.count.Typed(field, text) || g.catalogue.Typed(field, text)
}
