package store

import (
	"context"

	"packbench/station"
)

// FirstOrder reports whether no order of the same buyer came before this one, as far as
// the e-mail address tells: without one nobody knows, and it is not said to be the first.
func (s *Store) FirstOrder(ctx context.Context, o station.Order) (bool, error) {
	if o.To.Email == "" {
		return false, nil
	}
	const email = `lower(json_extract(CASE WHEN json_valid(CAST(address AS TEXT)) THEN CAST(address AS TEXT) END, '$.Email'))`
	before, err := list(ctx, s.read, "look for orders of the same buyer", text, `SELECT id FROM orders
		WHERE `+email+` = lower(?1) AND id <> ?2 AND status <> 'cancelled' AND rowid < (SELECT rowid FROM orders WHERE id = ?2) LIMIT 1`, o.To.Email, o.ID)
	return err == nil && len(before) == 0, err
}
