// Package sold looks up what accounts with carriers sold of what is in hand: which parcels
// of a van their carriers will not know, and their rules for taking a label back. It only
// reads, and asks no carrier.
package sold

import (
	"context"
	"encoding/json"
	"strings"

	"packbench/station/carrier/account"
	"packbench/station/pack"
	"packbench/station/store"
)

// Reader is what is read of the store.
type Reader interface {
	ParcelBySSCC(ctx context.Context, sscc string) (store.Parcel, error)
	PurchasesOf(ctx context.Context, parcel string) ([]store.Purchase, error)
	OnCloseOut(ctx context.Context, purchase string) (store.CloseOut, error)
}

// Aboard reports whether accounts sold labels of what lies in a van, and which of the parcels
// their carriers will not know.
func Aboard(ctx context.Context, r Reader, l pack.Loading) (sold bool, odd []pack.Stranger, err error) {
	for _, in := range l.Parcels {
		p, err := r.ParcelBySSCC(ctx, in.SSCC)
		if err != nil {
			return sold, odd, err
		}
		rows, err := r.PurchasesOf(ctx, p.ID)
		if err != nil {
			return sold, odd, err
		}
		known, why, err := standing(ctx, r, rows, p.Tracking, l.Manifest)
		if err != nil {
			return sold, odd, err
		}
		if sold = sold || known; why != "" {
			odd = append(odd, pack.Stranger{Parcel: p.ID, Why: why})
		}
	}
	return sold, odd, nil
}

// standing is how the purchase of a label stands with its carrier: known is false where no
// account sold it.
func standing(ctx context.Context, r Reader, rows []store.Purchase, tracking, van string) (known bool, why string, err error) {
	for _, row := range rows {
		var p account.Purchase
		if len(row.Bought) == 0 || json.Unmarshal(row.Bought, &p) != nil || p.Tracking != tracking {
			continue
		}
		if known = true; row.State != store.PurchaseBought {
			why = pack.StrangerVoid
			continue // another one may have the number again
		}
		on, told, err := store.Known(r.OnCloseOut(ctx, row.Key))
		if err != nil || !told || on.Van == van {
			return true, "", err
		}
		return true, pack.StrangerClosed, nil
	}
	return known, why, nil
}

// VoidRule is what the carrier of a label has as its rule for taking it back, in words; ""
// where no account sold it.
func VoidRule(ctx context.Context, r Reader, parcel, sscc string) (string, error) {
	p, err := r.ParcelBySSCC(ctx, sscc)
	if err != nil {
		return "", err
	}
	rows, err := r.PurchasesOf(ctx, parcel)
	if err != nil {
		return "", err
	}
	for _, row := range rows {
		var bought account.Purchase
		if row.State != store.PurchaseBought || json.Unmarshal(row.Bought, &bought) != nil || bought.Tracking != p.Tracking {
			continue
		}
		_, told, err := store.Known(r.OnCloseOut(ctx, row.Key))
		if told {
			return strings.TrimPrefix(bought.VoidRule+"; it was closed out with its van", "; "), err
		}
		return bought.VoidRule, err
	}
	return "", nil
}
