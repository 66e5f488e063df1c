package bench

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/carrier/account"
	"packbench/station/lease"
	"packbench/station/store"
)

// turn is that of a folder of a hub, which has it or not.
type turn struct {
	lease.Turn
	mine bool
}

func (t *turn) Mine(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if !t.mine {
		return nil, nil, errors.New("S1 speaks to shops")
	}
	ctx, done := context.WithCancel(ctx)
	return ctx, done, nil
}

// Of the benches of a hub the one that speaks to shops asks for refunds, for all of them.
func TestOneBenchAsksForRefunds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	foldertest.Init(t, dir, true, folder.Options{})
	d, err := folder.Open(t.Context(), dir, folder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	row := store.Purchase{Key: "k", Ref: "k", Account: "post", Carrier: "post", Station: "S2", Order: "1001", Parcel: "1001-1", State: store.PurchaseGone, Refund: string(account.RefundAsked)}
	if err := d.Store.PutPurchase(t.Context(), row); err != nil {
		t.Fatal(err)
	}
	its := &turn{}
	d.Runner = its
	b := &Bench{Folder: d, Station: "S1", Carriers: carriers.New(d, "S1", effects.OwnRanges(d, "S1"))}
	asks := func(want bool) {
		t.Helper()
		if err := b.askRefunds(t.Context()); (err != nil) != want { // the account is not there: whoever asks hears that
			t.Errorf("asked: %v, want %v", err, want)
		}
	}
	asks(false)
	its.mine = true
	asks(true)
	b.Settings.Hub.Secrets = false // the other bench alone has the key
	asks(false)
}
