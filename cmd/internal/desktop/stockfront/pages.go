package stockfront

import (
	"packbench/cmd/internal/desktop/shell"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/screen"
)

// Pages are the pages of what lies in the warehouse.
type Pages struct {
	Stock     *Stock
	Count     *Count
	Catalogue *Catalogue
}

// New returns them for a window.
func New(s *shell.Shell) Pages {
	return Pages{Stock: &Stock{Shell: s}, Count: &Count{Shell: s}, Catalogue: &Catalogue{Shell: s}}
}

// Opened makes the page that was opened as it is before anything is chosen there.
func (g Pages) Opened(page screen.Page) {
	switch page {
	case screen.PageStock:
		g.Stock.Opened()
	case screen.PageCount:
		g.Count.Opened()
	case screen.PageCatalogue:
		g.Catalogue.Opened()
	}
}

// Follow returns what takes scans while one of the pages is open.
func (g Pages) Follow(s pack.State) (take func(engine.Scan) bool) {
	take = g.Catalogue.Follow(s)
	if counts := g.Count.Follow(s); counts != nil {
		return counts
	}
	return take
}

// Reading is that of the page that is open, nil for none of these.
func (g Pages) Reading(page screen.Page) shell.Reading {
	switch page {
	case screen.PageStock:
		return g.Stock.Reading()
	case screen.PageCount:
		return g.Count.Reading()
	case screen.PageCatalogue:
		return g.Catalogue.Reading()
	}
	return nil
}

// View is the page that is open; is reports whether it is one of these.
func (g Pages) View(page screen.Page, frame screen.Frame) (v screen.View, is bool) {
	switch page {
	case screen.PageStock:
		return g.Stock.View(frame), true
	case screen.PageCount:
		return g.Count.View(frame), true
	case screen.PageCatalogue:
		return g.Catalogue.View(frame), true
	}
	return screen.View{}, false
}

// Act carries out what a person wants of one of the pages.
func (g Pages) Act(in screen.Intent) {
	g.Stock.Act(in)
	g.Count.Act(in)
	g.Catalogue.Act(in)
}

// Typed takes the text of a field; it reports whether one of the pages has it.
func (g Pages) Typed(field, text string) bool {
	return g.Stock.Typed(field, text) || g.Count.Typed(field, text) || g.Catalogue.Typed(field, text)
}
