package effects

import (
	"context"
	"errors"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/trouble"
)

// asked is what a shop says when it is asked once more.
type asked struct {
	*folder.Folder
	says station.OrderStatus // "" for nothing new
	err  error
}

func (a asked) Fresh(ctx context.Context, o station.Order) (bool, error) {
	if a.says == "" || a.err != nil {
		return a.err == nil, a.err
	}
	return true, a.Store.SetOrderStatus(ctx, o.ID, a.says, "the customer wants it no longer")
}

// noSale fails the test when anything is bought.
type noSale struct {
	Carrier
	t *testing.T
}

func (n noSale) Buy(context.Context, Wish) (Purchase, error) {
	n.t.Error("a label was bought for an order that the shop has just cancelled")
	return Purchase{}, errors.New("bought")
}

// O3: what the shop has changed is known before the order is opened, and before its
// label is bought. A shop that cannot be asked stops nobody.
func TestO3TheShopIsAskedBeforeOpeningAndBuying(t *testing.T) {
	d := foldertest.Shop(t)
	due, err := d.Store.DueOrders(t.Context(), "S1", 1)
	if err != nil || len(due) == 0 {
		t.Fatal(due, err)
	}
	e := pack.Effect{ID: "S1.1.1", Order: due[0].ID, Parcel: due[0].ID + "-1"}
	r := New(d, Options{Station: "S1", Carrier: noSale{t: t}, Shops: asked{d, "", errors.New("no network")}})
	if got, err := r.open(t.Context(), pack.Effect{ID: "S1.1.1", Order: e.Order}); err != nil {
		t.Error(err)
	} else if _, ready := got.(pack.OrderReady); !ready {
		t.Errorf("a shop that is away gives %+v", got)
	}
	r.Shops = asked{d, station.OrderCancelled, nil}
	got, err := r.buy(t.Context(), e, false)
	if err != nil {
		t.Fatal(err)
	}
	if b := got.(pack.Bought); b.State != pack.PurchaseRefused || b.Trouble.Code != trouble.ShopChanged {
		t.Errorf("buying gives %+v", b)
	}
	got, err = r.open(t.Context(), pack.Effect{ID: "S1.1.2", Order: e.Order})
	if err != nil {
		t.Fatal(err)
	}
	if no, ok := got.(pack.OrderRefused); !ok || no.Code != pack.CodeOrderCancelled {
		t.Errorf("opening gives %+v", got)
	}
}
