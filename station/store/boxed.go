package store

import (
	"context"
	"encoding/json"
	"time"

	"packbench/station/pack"
)

// Boxed is a parcel that was closed, as whoever looks at its carton sees it.
type Boxed struct {
	Parcel   string
	Carton   string // "" for none
	Proposed string // by the bench; "" for none
	Contents []pack.Content
}

// BoxedSince lists at most so many closed parcels, the newest first.
func (s *Store) BoxedSince(ctx context.Context, since time.Time, limit int) ([]Boxed, error) {
	return list(ctx, s.read, "look at the cartons of parcels", func(scan func(...any) error) (b Boxed, err error) {
		var contents []byte
		if err := scan(&b.Parcel, &b.Carton, &b.Proposed, &contents); err != nil {
			return b, err
		}
		return b, json.Unmarshal(contents, &b.Contents)
	}, `SELECT id, carton, proposed, contents FROM parcels WHERE closed >= ? AND state IN (?, ?) ORDER BY closed DESC, id DESC LIMIT ?`,
		nanos(since), pack.ParcelClosed, pack.ParcelHandedOut, limit)
}
