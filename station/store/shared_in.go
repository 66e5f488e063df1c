package store

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"packbench/station/journal"
)

// AppendCopied keeps rows of other writers' chains that came from the hub, in order. Each
// must follow the row before it, carry its own hash and hold what this program can read:
// else it is left out with those behind it, and left says why, by writer. A power cut may
// undo it: the rows are asked for again.
func (s *Store) AppendCopied(ctx context.Context, rows []journal.Row) (left map[string]error, err error) {
	defer func() {
		s.copied.Store(true)
		s.came.Add(1)
	}()
	good, left, err := s.following(ctx, rows)
	for err == nil && len(good) > 0 {
		if first := good[0]; first.Seq == 1 {
			var hash []byte
			if hash, _, err = sums(first); err == nil {
				err = s.appendFirst(ctx, first, hash)
			}
			good = good[1:]
			continue
		}
		n := slices.IndexFunc(good, func(r journal.Row) bool { return r.Seq == 1 })
		if n < 0 {
			n = len(good)
		}
		err = s.appendNext(ctx, good[:n])
		good = good[n:]
	}
	return left, err
}

// following leaves out what cannot be kept.
func (s *Store) following(ctx context.Context, rows []journal.Row) (good []journal.Row, left map[string]error, err error) {
	heads := map[string]journal.Chain{}
	left = map[string]error{}
	for _, r := range rows {
		if left[r.Writer] != nil {
			continue
		}
		head, known := heads[r.Writer]
		if !known {
			if head, err = s.Head(ctx, r.Writer); err != nil {
				return nil, nil, err
			}
		}
		err := head.Check(r)
		if err == nil { // one that cannot be taken up would stop all that is built from the journal
			_, err = s.projected.Facts(r)
		}
		if err != nil {
			left[r.Writer] = err
			continue
		}
		heads[r.Writer], good = head.After(r), append(good, r)
	}
	return good, left, nil
}

func (s *Store) appendNext(ctx context.Context, rows []journal.Row) error {
	return s.rebuild(ctx, "keep the journals of others", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, r := range rows {
			no, err := s.number(ctx, tx, r.Writer)
			if err != nil {
				return err
			}
			hash, prev, err := sums(r)
			if err != nil {
				return err
			}
			run.exec(insertNext, no<<seqBits+r.Seq, journal.Clock(r.At), r.Input, r.Facts, prev, hash)
		}
		return run.err
	})
}

// ClaimNews is who holds an order, as the hub says it.
type ClaimNews struct {
	Order, Station string
	Since          time.Time
	Free           bool
	Done           bool // the station has packed it
}

// TakeClaims keeps who holds which order, and that the feed was read up to a number. What
// this station holds stays: it is for the exchange to settle.
func (s *Store) TakeClaims(ctx context.Context, station, feed string, upTo int64, news []ClaimNews) error {
	defer s.came.Add(1)
	return s.change(ctx, "keep who packs which order", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, c := range news {
			if c.Station == station {
				continue
			}
			run.exec(`DELETE FROM claims WHERE order_id = ? AND station <> ?`, c.Order, station)
			if !c.Free { // what was packed there and put back in the queue since is everybody's
				run.exec(`INSERT INTO claims (order_id, station, at, done) SELECT ?1, ?2, ?3, ?4
					WHERE ?4 = 0 OR NOT EXISTS (SELECT 1 FROM progress WHERE order_id = ?1 AND state = 'open' AND station = ?2)
					ON CONFLICT DO NOTHING`, c.Order, c.Station, nanos(c.Since), asInteger(c.Done))
			}
		}
		if len(news) > 0 {
			s.endClaims(&run)
		}
		run.readTo(feed, upTo)
		return run.err
	})
}

// ClaimsOf returns the orders that a station holds here.
func (s *Store) ClaimsOf(ctx context.Context, station string) ([]string, error) {
	return list(ctx, s.read, "read the claims of "+station, text, `SELECT order_id FROM claims WHERE station = ? ORDER BY order_id`, station)
}

// claimsKept is how long it is kept who packed an order that is known to be packed, or is
// not to be packed any more. What is older is looked for now and then, some at once.
const (
	claimsKept      = 35 * 24 * time.Hour
	claimsLooked    = time.Hour
	claimsForgotten = 1000
)

// endClaims forgets who packed what nobody here would begin again. It is for who has the turn.
func (s *Store) endClaims(run *runner) {
	now := s.now()
	if run.err != nil || now.Sub(s.claimsEnded) < claimsLooked && !now.Before(s.claimsEnded) {
		return
	}
	done, err := run.tx.ExecContext(run.ctx, `DELETE FROM claims WHERE order_id IN (SELECT c.order_id FROM claims c
		LEFT JOIN orders o ON o.id = c.order_id AND o.status = 'open' LEFT JOIN progress p ON p.order_id = o.id
		WHERE c.done = 1 AND c.at < ? AND (o.id IS NULL OR coalesce(p.state, 'open') <> 'open') LIMIT ?)`, nanos(now.Add(-claimsKept)), claimsForgotten)
	var n int64
	if err == nil {
		n, err = done.RowsAffected()
	}
	if run.err = err; err == nil && n < claimsForgotten {
		s.claimsEnded = now
	}
}

// PackedHere returns at most limit orders, behind one, that are open in the catalogue and
// that these stations have packed.
func (s *Store) PackedHere(ctx context.Context, stations []string, after string, limit int) ([]string, error) {
	names, err := json.Marshal(stations)
	if err != nil {
		return nil, err
	}
	return list(ctx, s.read, "look for what was packed here", text, `SELECT o.id FROM progress p JOIN orders o ON o.id = p.order_id
		WHERE p.state IN ('closed', 'short') AND o.status = 'open' AND p.station IN (SELECT value FROM json_each(?)) AND o.id > ? ORDER BY o.id LIMIT ?`,
		string(names), after, limit)
}
