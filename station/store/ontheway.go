package store

import (
	"context"
	"time"

	"packbench/station/pack"
)

// OnTheWay is a purchase whose parcel was handed over and has not arrived, as far as its
// carrier has said.
type OnTheWay struct {
	Purchase
	Tracking string
}

// OnTheWay returns those that were bought since a time, oldest first.
func (s *Store) OnTheWay(ctx context.Context, since time.Time) ([]OnTheWay, error) {
	return list(ctx, s.read, "read what is on the way", func(scan func(...any) error) (o OnTheWay, err error) {
		return o, scan(&o.Key, &o.Account, &o.Parcel, &o.Bought, &o.Tracking)
	}, `SELECT b.key, b.account, b.parcel, b.bought, p.tracking FROM purchases b JOIN parcels p ON p.id = b.parcel
		LEFT JOIN tracked t ON t.parcel = p.id AND t.tracking = p.tracking
		WHERE b.since >= ? AND b.state = ? AND p.state = ? AND coalesce(t.state, '') NOT IN (?, ?, ?) ORDER BY b.since, b.key`,
		nanos(since), PurchaseBought, pack.ParcelHandedOut, TrackDelivered, TrackReturned, TrackLost)
}
