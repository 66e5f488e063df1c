package desktop

import (
	"context"

	"packbench/cmd/internal/columns"
	"packbench/station/intake"
	"packbench/station/screen"
)

// wireFiles has the pages that take files ask the page of columns.
func (f *Front) wireFiles() {
	f.shop.AskColumns = f.askColumns
	f.shops.AskColumns = func(path string, g intake.Glance, then func()) {
		back := func() { f.Open(screen.PageShops) }
		f.columns.Ask(path, g, func() {
			back()
			then()
		}, back)
	}
	f.shops.Look = func(ctx context.Context, path string) (intake.Glance, bool, error) {
		g, answer, err := columns.New(f.Folder).Look(ctx, path)
		return g, answer != nil, err
	}
}

// askColumns has a person say what the columns of a file of orders hold, and goes back
// to the set-up page, with the file or without it.
func (f *Front) askColumns(path string, g intake.Glance) {
	back := func() { f.Open(screen.PageShop) }
	f.columns.Ask(path, g, func() {
		back()
		f.shop.Bring(screen.StepOrders, path)
	}, func() {
		back()
		f.shop.Next()
	})
}
