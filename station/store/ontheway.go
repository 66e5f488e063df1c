package store

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"packbench/station/pack"
	"packbench/station/track"
)

// OnTheWay is a purchase whose parcel was handed over, with what decides when it is asked
// after.
type OnTheWay struct {
	Purchase
	Tracking string
	Handed   time.Time // or bought, where nobody said when it was handed over
	Promised time.Time // day, as midnight in UTC; zero: none
	Standing track.Standing
}

// OnTheWay returns those that were bought since a time, oldest first.
func (s *Store) OnTheWay(ctx context.Context, since time.Time) ([]OnTheWay, error) {
	return list(ctx, s.read, "read what is on the way", readOnTheWay, `SELECT b.key, b.account, b.parcel, b.bought, p.tracking, p.carrier, b.since,
		coalesce(f.handed, 0), coalesce(f.promised, ''), coalesce(t.body, x'')
		FROM purchases b JOIN parcels p ON p.id = b.parcel LEFT JOIN followed f ON f.parcel = p.id
		LEFT JOIN standings t ON t.parcel = p.id AND t.number = p.tracking
		WHERE b.since >= ? AND b.state = ? AND p.state = ? ORDER BY b.since, b.key`, nanos(since), PurchaseBought, pack.ParcelHandedOut)
}

func readOnTheWay(scan func(...any) error) (o OnTheWay, err error) {
	var since, handed int64
	var promised string
	var body []byte
	err = scan(&o.Key, &o.Account, &o.Parcel, &o.Bought, &o.Tracking, &o.Carrier, &since, &handed, &promised, &body)
	if o.Handed = clock(cmp.Or(handed, since)); err == nil && promised != "" {
		o.Promised, err = time.Parse(time.DateOnly, promised)
	}
	if err == nil && len(body) > 0 {
		err = json.Unmarshal(body, &o.Standing)
	}
	return o, err
}
