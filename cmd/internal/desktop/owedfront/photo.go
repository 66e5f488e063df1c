package owedfront

import (
	"context"
	"os"

	"packbench/cmd/internal/returndesk"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/screen"
)

// Dropped takes a file that was dropped on the window, as a photo of the return that is shown.
func (p *Page) Dropped(path string) {
	if s := p.shown(); p.Page == screen.PageOwed && p.May(people.Owed) && p.being == nil && s != nil {
		p.photograph(s.ID, path)
	}
}

// photograph keeps a photo of a return, and shows it.
func (p *Page) photograph(id, path string) {
	if p.busy {
		return
	}
	p.do(id, func(ctx context.Context, d returndesk.Desk, who cases.Asker) error {
		file, err := os.Open(path) // #nosec G304: a person chose it
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		_, err = d.Photograph(ctx, who.Person, id, file)
		return err
	})
}
