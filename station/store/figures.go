package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/track"
)

// LeftSince is a parcel that was handed over, with all that figures count of it.
type LeftSince struct {
	Order             string
	Carrier, Service  string
	Country, Postcode string // "" where the address is erased
	Units             int
	Handed            time.Time
	Promised          time.Time // day, as midnight in UTC; zero: none
	Heard             bool
	Standing          track.Standing
	Problems          []string // states that are a problem and were told at any time, each once
}

// problems are the states that are, as SQL lists them.
var problems = func() string {
	var out []string
	for _, s := range track.States() {
		if s.Problem() && s != track.Expired {
			out = append(out, "'"+string(s)+"'")
		}
	}
	return strings.Join(out, ", ")
}()

// handedOver is when a parcel was handed over: as it is followed, else by the closing of its
// van; NULL where neither is known. It is a part of coalesce.
const handedOver = `nullif(f.handed, 0), (SELECT max(m.closed) FROM manifest_parcels l JOIN manifests m ON m.id = l.manifest WHERE l.parcel = p.id AND m.gone = 1)`

// LeftSince calls each for the parcels that were closed since a time and handed over.
func (s *Store) LeftSince(ctx context.Context, since time.Time, each func(LeftSince)) error {
	_, err := list(ctx, s.read, "read what has left", func(scan func(...any) error) (struct{}, error) {
		var l LeftSince
		var handed int64
		var promised, told string
		var address, contents, body []byte
		if err := scan(&l.Order, &l.Carrier, &l.Service, &address, &contents, &handed, &promised, &body, &told); err != nil {
			return struct{}{}, err
		}
		l.Handed, l.Heard = clock(handed), len(body) > 0
		if told != "" {
			l.Problems = strings.Split(told, ",")
		}
		var of []pack.Content
		if err := json.Unmarshal(contents, &of); err != nil {
			return struct{}{}, err
		}
		for _, c := range of {
			l.Units += c.Qty
		}
		var to station.Address
		for _, part := range []struct {
			data []byte
			into any
		}{{address, &to}, {body, &l.Standing}} {
			if len(part.data) > 0 {
				if err := json.Unmarshal(part.data, part.into); err != nil {
					return struct{}{}, err
				}
			}
		}
		l.Country, l.Postcode = to.Country, to.Postcode
		var err error
		if promised != "" {
			l.Promised, err = time.Parse(time.DateOnly, promised)
		}
		if err == nil {
			each(l)
		}
		return struct{}{}, err
	}, `SELECT p.order_id, p.carrier, p.service, coalesce(o.address, x''), p.contents,
		coalesce(`+handedOver+`, p.at),
		coalesce(f.promised, ''), coalesce(s.body, x''),
		coalesce((SELECT group_concat(DISTINCT e.state) FROM track_events e WHERE e.parcel = p.id AND e.number = p.tracking AND e.state IN (`+problems+`)), '')
		FROM parcels p LEFT JOIN standings s ON s.parcel = p.id AND s.number = p.tracking LEFT JOIN followed f ON f.parcel = p.id LEFT JOIN orders o ON o.id = p.order_id
		WHERE p.closed >= ? AND p.state = ?`, nanos(since), pack.ParcelHandedOut)
	return err
}

// CameBack is units that came back, with the money that is owed for their return.
type CameBack struct {
	Return, Order string
	N             int // of the units in their return, from 1; 0: nothing came
	Qty           int
	Reason        string // a code; "" where nobody said
	Odd           string // why they are none of those that left
	Handed        time.Time
	Began         time.Time
	Money         string
	Settled       time.Time
}

// CameBack returns what came back of parcels that were closed since a time, and all of which
// money is owed.
func (s *Store) CameBack(ctx context.Context, since time.Time) ([]CameBack, error) {
	return list(ctx, s.read, "read what came back", func(scan func(...any) error) (c CameBack, err error) {
		var handed, began, settled int64
		err = scan(&c.Return, &c.Order, &c.N, &c.Qty, &c.Reason, &c.Odd, &handed, &began, &c.Money, &settled)
		c.Handed, c.Began, c.Settled = clock(handed), clock(began), clock(settled)
		return c, err
	}, `SELECT r.id, r.order_id, coalesce(u.n, 0), coalesce(u.qty, 0),
		coalesce((SELECT max(c.reason) FROM return_comes c WHERE c.return_id = r.id AND (c.line = u.line OR c.sku = u.sku)), ''), coalesce(u.odd, ''),
		coalesce(`+handedOver+`, p.at, 0),
		r.began, r.money, r.settled
		FROM returns r LEFT JOIN return_units u ON u.return_id = r.id LEFT JOIN parcels p ON p.id = r.parcel LEFT JOIN followed f ON f.parcel = p.id
		WHERE r.state NOT IN ('left', 'announced') AND (p.closed >= ?1 OR r.settled >= ?1 OR r.money IN ('owed', 'told')) ORDER BY r.id, u.n`, nanos(since))
}

// caughtCodes are the codes of cases that a bench opens of a mistake that did not leave it.
const caughtCodes = `'wrong-item', 'over-scan', 'pack-too-big', 'weight-off', 'label-wrong-box'`

// Caught returns when benches caught mistakes since a time, as far as they became cases.
func (s *Store) Caught(ctx context.Context, since time.Time) ([]time.Time, error) {
	return list(ctx, s.read, "read what benches caught", moment, `SELECT at FROM cases WHERE at >= ? AND kind IN ('scan', 'weight', 'label', 'lock') AND code IN (`+caughtCodes+`) ORDER BY at`, nanos(since))
}

// BuyersAsked returns when buyers asked for their parcels since a time.
func (s *Store) BuyersAsked(ctx context.Context, since time.Time) ([]time.Time, error) {
	return list(ctx, s.read, "read who asked for a parcel", moment, `SELECT at FROM buyers_asked WHERE at >= ? ORDER BY at`, nanos(since))
}

func moment(scan func(...any) error) (time.Time, error) {
	var at int64
	err := scan(&at)
	return clock(at), err
}
