package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"packbench/station"
	"packbench/station/pack"
)

// TrackState is where a parcel is, as far as its carrier says it (T1).
type TrackState string

// The states of a parcel on its way.
const (
	TrackNotScanned TrackState = "not-scanned" // the carrier has not seen it yet
	TrackMoving     TrackState = "moving"
	TrackOut        TrackState = "out-for-delivery"
	TrackAttempted  TrackState = "attempt-failed"
	TrackPickUp     TrackState = "waits-for-pick-up"
	TrackDelivered  TrackState = "delivered"
	TrackCustoms    TrackState = "held-by-customs"
	TrackReturned   TrackState = "returned"
	TrackLost       TrackState = "lost"
	TrackUnknown    TrackState = "unknown"
)

// Tracked is news of a parcel, by its tracking number.
type Tracked struct {
	Parcel    string
	Tracking  string
	State     TrackState
	At        time.Time // when that was so, by the carrier
	Delivered time.Time // its day, at the place of delivery; zero before
}

// Outcome is a parcel that was promised for a day, and what became of it.
type Outcome struct {
	Parcel, Order     string
	Carrier, Service  string
	Tracking          string
	Country, Postcode string    // "" where the address is erased
	Promised          time.Time // day, as midnight in UTC
	Handed            time.Time // zero: not in a van, or nobody said so
	State             TrackState
	StateAt           time.Time
	Delivered         time.Time // day, as midnight in UTC; zero: not yet
}

// projectFollowed keeps the table followed; it is a part of the projection of parcels.
func (p *page) projectFollowed(fact pack.Fact) {
	switch f := fact.(type) {
	case pack.ParcelDone:
		if f.Promised.IsZero() {
			return
		}
		p.exec(`INSERT INTO followed (parcel, order_id, carrier, service, tracking, promised, handed) VALUES (?, ?, ?, ?, ?, ?, 0)
			ON CONFLICT DO UPDATE SET carrier = excluded.carrier, service = excluded.service, tracking = excluded.tracking,
			promised = excluded.promised, handed = 0`, f.Parcel, f.Order, f.Carrier, f.Service, f.Tracking, f.Promised.Format(time.DateOnly))
	case pack.ParcelLoaded:
		p.exec(`UPDATE followed SET handed = ? WHERE parcel = ?`, nanos(p.row.At), f.Parcel)
	case pack.ParcelUnloaded:
		p.exec(`UPDATE followed SET handed = 0 WHERE parcel = ?`, f.Parcel)
	case pack.ParcelReopened:
		p.exec(`DELETE FROM followed WHERE parcel = ?`, f.Parcel.ID)
	case pack.LabelVoided:
		p.exec(`DELETE FROM followed WHERE parcel = ?`, f.Parcel)
	}
}

// Followed keeps news of parcels. News that come late or twice change nothing that is
// known better: the later one counts, and a parcel that was delivered is so unless it
// came back, was lost, or its day is told anew.
func (s *Store) Followed(ctx context.Context, news ...Tracked) error {
	for _, n := range news {
		if n.Parcel == "" || n.State == "" || n.At.IsZero() || n.State == TrackDelivered && n.Delivered.IsZero() {
			return fmt.Errorf("news of parcel %q as %q: say the parcel, its state, since when, and the day of a delivery", n.Parcel, n.State)
		}
	}
	return s.change(ctx, "keep where parcels are", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, n := range news {
			day := ""
			if !n.Delivered.IsZero() {
				day = n.Delivered.Format(time.DateOnly)
			}
			run.exec(`INSERT INTO tracked (parcel, tracking, state, state_at, delivered) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET state = excluded.state, state_at = excluded.state_at,
				delivered = CASE excluded.delivered WHEN '' THEN delivered ELSE excluded.delivered END
				WHERE excluded.state_at >= state_at AND (delivered = '' OR excluded.state IN (?, ?, ?))`,
				n.Parcel, n.Tracking, n.State, nanos(n.At), day, TrackDelivered, TrackReturned, TrackLost)
		}
		return run.err
	})
}

// Outcomes returns the parcels that were promised for a day from since on, the last
// promised first, at most limit.
func (s *Store) Outcomes(ctx context.Context, since time.Time, limit int) ([]Outcome, error) {
	return list(ctx, s.read, "read what became of parcels", readOutcome, `SELECT f.parcel, f.order_id, f.carrier, f.service, f.tracking, f.promised, f.handed,
		coalesce(t.state, ''), coalesce(t.state_at, 0), coalesce(t.delivered, ''), coalesce(o.address, '')
		FROM followed f LEFT JOIN tracked t ON t.parcel = f.parcel AND t.tracking = f.tracking LEFT JOIN orders o ON o.id = f.order_id
		WHERE f.promised >= ? ORDER BY f.promised DESC, f.parcel LIMIT ?`, since.Format(time.DateOnly), noLimit(limit))
}

func readOutcome(scan func(...any) error) (p Outcome, err error) {
	var promised, delivered string
	var handed, at int64
	var address []byte
	if err := scan(&p.Parcel, &p.Order, &p.Carrier, &p.Service, &p.Tracking, &promised, &handed, &p.State, &at, &delivered, &address); err != nil {
		return p, err
	}
	p.Handed, p.StateAt = clock(handed), clock(at)
	if p.Promised, err = time.Parse(time.DateOnly, promised); err != nil {
		return p, err
	}
	if p.Delivered, err = time.Parse(time.DateOnly, cmp.Or(delivered, "0001-01-01")); err != nil || len(address) == 0 {
		return p, err
	}
	var to station.Address
	err = json.Unmarshal(address, &to)
	p.Country, p.Postcode = to.Country, to.Postcode
	return p, err
}
