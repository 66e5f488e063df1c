package store

import "context"

// TakeLease begins a new term of a station's lease, durably: see lease.Table.
func (s *Store) TakeLease(ctx context.Context, station string) (term int64, err error) {
	err = s.change(ctx, "take the lease of station "+station, func(tx *prepared) error {
		return tx.QueryRowContext(ctx, `INSERT INTO leases (station, term, beat, ended) VALUES (?, 1, 0, 0)
			ON CONFLICT DO UPDATE SET term = term + 1, beat = 0, ended = 0 RETURNING term`, station).Scan(&term)
	})
	return term, err
}

// RenewLease gives the station a new sign of life, and reports whether the term
// still is the station's.
func (s *Store) RenewLease(ctx context.Context, station string, term int64) (held bool, err error) {
	err = s.change(ctx, "renew the lease of station "+station, func(tx *prepared) error {
		held, err = changed(tx.ExecContext(ctx, `UPDATE leases SET beat = beat + 1 WHERE station = ? AND term = ? AND ended = 0`, station, term))
		return err
	})
	return held, err
}

// EndLease gives the lease back, unless another term has begun.
func (s *Store) EndLease(ctx context.Context, station string, term int64) error {
	return s.change(ctx, "end the lease of station "+station, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `UPDATE leases SET ended = 1 WHERE station = ? AND term = ?`, station, term)
		return err
	})
}

// Leases returns the sign of life of each station whose lease was not given back.
func (s *Store) Leases(ctx context.Context) (map[string]string, error) {
	signs := make(map[string]string)
	_, err := list(ctx, s.read, "read the leases of the stations", sound(func(scan func(...any) error) (struct{}, error) {
		var station, sign string
		err := scan(&station, &sign)
		signs[station] = sign
		return struct{}{}, err
	}), `SELECT station, term || '.' || beat, `+doubt("leases", "")+` FROM leases WHERE ended = 0`)
	return signs, err
}

// changed reports whether a statement changed a row.
func changed(r interface{ RowsAffected() (int64, error) }, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}
