package store_test

import (
	"context"
	"path/filepath"
	"testing"

	"packbench/station/store"
	"packbench/station/store/storetest"
)

func TestSharedWork(t *testing.T) {
	storetest.Run(t, storetest.Backend{
		New: func(t *testing.T) string { return filepath.Join(t.TempDir(), store.FileName) },
		Open: func(ctx context.Context, at string) (storetest.Shop, error) {
			return store.Open(ctx, at, store.Options{})
		},
	})
}
