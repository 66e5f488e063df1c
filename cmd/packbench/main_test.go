package main

import (
	"log/slog"
	"path/filepath"
	"testing"

	"packbench/cmd/internal/folder"
)

// Whoever starts the window needs no terminal: a missing folder is made, for a demo with
// the sample shop, and the usual one stays free for the shop. (V3)
func TestAMissingFolderIsMade(t *testing.T) {
	usual, other := filepath.Join(t.TempDir(), "packbench"), filepath.Join(t.TempDir(), "other")
	t.Setenv(folder.DefaultVar, usual)
	for _, c := range []struct {
		o        options
		want     string
		products bool
	}{
		{options{data: usual, demo: true}, usual + "-demo", true},
		{options{data: other, demo: true}, other, true},
		{options{data: usual}, usual, false},
		{options{data: usual, demo: true}, usual, false}, // it is there now
	} {
		dir, err := c.o.folder(t.Context(), slog.New(slog.DiscardHandler))
		if err != nil || dir != c.want {
			t.Fatalf("%+v: %s, %v", c.o, dir, err)
		}
		f, err := folder.Open(t.Context(), dir, folder.Options{})
		if err != nil {
			t.Fatal(err)
		}
		products, err := f.Store.Products(t.Context(), "", 1)
		if err != nil || len(products) > 0 != c.products {
			t.Errorf("%+v: %d products, %v", c.o, len(products), err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
