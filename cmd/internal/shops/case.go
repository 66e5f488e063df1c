package shops

import (
	"context"
	"fmt"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/store"
)

// codeShopRefused is the code of a case that the outbox opens.
const codeShopRefused pack.Code = "shop-refused"

// openCase has a supervisor look at what a shop refused, unless one of it is open. The
// shop's words stand at the entry: they may hold a name.
func (s *Shops) openCase(ctx context.Context, e store.Entry) error {
	open, err := s.Store.Cases(ctx, store.CaseFilter{State: store.CaseOpen, Kind: cases.KindShop, Order: e.Order})
	if err != nil {
		return err
	}
	what := fmt.Sprintf("%s, entry %d", e.Kind, e.ID)
	for _, c := range open {
		if c.Scanned == what {
			return nil
		}
	}
	return s.Decide(ctx, func() (pack.Event, []pack.Fact, error) {
		word := cases.ShopRefused{Entry: e.ID, Shop: e.Target, Kind: string(e.Kind), Order: e.Order}
		return word, []pack.Fact{word, pack.CaseOpened{
			Case: fmt.Sprintf("O%d-%d", e.ID, e.Tries), Kind: cases.KindShop, Code: codeShopRefused, Order: e.Order, Parcel: e.Parcel, Scanned: what,
		}}, nil
	})
}
