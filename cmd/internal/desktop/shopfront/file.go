package shopfront

import (
	"context"
	"path/filepath"

	"packbench/cmd/internal/shops"
	"packbench/station/say"
	"packbench/station/screen"
)

// file looks at a file of a shop that could not be read: it is asked what its columns hold
// where that is not known, and read again.
func (p *Page) file(id string) {
	of, known := p.status(id)
	if !known || of.Unread == "" || p.AskColumns == nil {
		return
	}
	path, look := of.Unread, p.Look
	p.work(id, "Looking at "+filepath.Base(path)+"…", func(ctx context.Context, all *shops.Shops) *screen.ShopCame {
		g, answered, err := look(ctx, path)
		switch {
		case err != nil:
			return failed(err)
		case !answered && g.Refused != nil:
			return &screen.ShopCame{Bad: true, Words: say.Sentence(g.Refused.Error())}
		case !answered && !g.Sure():
			p.Do(func() {
				if p.Page == screen.PageShops { // else somebody does something else by now
					p.AskColumns(path, g, func() { p.putBack(id, path) })
				}
			})
			return nil
		}
		return putBack(ctx, all, id, path)
	})
}

func (p *Page) putBack(id, path string) {
	p.work(id, "Putting "+filepath.Base(path)+" back…", func(ctx context.Context, all *shops.Shops) *screen.ShopCame {
		return putBack(ctx, all, id, path)
	})
}

func putBack(ctx context.Context, all *shops.Shops, id, path string) *screen.ShopCame {
	if err := all.PutBack(ctx, id, path); err != nil {
		return failed(err)
	}
	return &screen.ShopCame{Words: "The file is back in the folder, and is read within a minute. Press Read now to read it at once"}
}
