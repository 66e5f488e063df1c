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
