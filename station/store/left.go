package store

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/track"
	"packbench/station/unit"
)

// Left is a parcel that has left, with what its carrier has said of it.
type Left struct {
	Parcel, Order, Number string // Number is what people call the order
	Carrier, Service      string
	Tracking, SSCC        string
	Mass                  unit.Mass
	State                 pack.ParcelState
	Country, Postcode     string    // "" where the address is erased
	Closed                time.Time // when it was packed
	Handed                time.Time // into the van
	Promised              time.Time // day, as midnight in UTC; zero: none
	Van, Driver           string    // its manifest, and the id of its driver's name
	Gone                  time.Time // when the van left; zero: not yet
	Asked                 time.Time // when its buyer asked for it last; zero: never
	Standing              track.Standing
}

const leftColumns = `SELECT p.id, p.order_id, coalesce(o.name, ''), p.carrier, p.service, p.tracking, p.sscc, p.mass, p.state, p.closed, coalesce(o.address, x''),
	coalesce(f.handed, 0), coalesce(f.promised, ''), coalesce(m.id, ''), coalesce(m.driver, ''), CASE WHEN m.gone THEN m.closed ELSE 0 END,
	coalesce((SELECT max(at) FROM buyers_asked b WHERE b.parcel = p.id), 0) AS asked, coalesce(s.body, x''), coalesce(w.place, '')
	FROM parcels p LEFT JOIN standings s ON s.parcel = p.id AND s.number = p.tracking LEFT JOIN followed f ON f.parcel = p.id
	LEFT JOIN track_words w ON s.state = 'delivered' AND w.id = json_extract(CAST(s.body AS TEXT), '$.Event')
	LEFT JOIN orders o ON o.id = p.order_id
	LEFT JOIN manifests m ON m.id = (SELECT manifest FROM manifest_parcels mp WHERE mp.parcel = p.id ORDER BY n DESC LIMIT 1) WHERE `

// OnTheirWay returns the parcels that were closed since a time and handed over, and have
// not arrived for good: those that were delivered are among them for as long as something
// speaks against it, or until it is settled.
func (s *Store) OnTheirWay(ctx context.Context, since, settled time.Time) ([]Left, error) {
	return list(ctx, s.read, "read what has left", readLeft, leftColumns+`p.closed >= ? AND p.state = ?
		AND (s.state IS NULL OR s.state <> ? OR s.clashes > 0 OR max(s.since, s.heard) > ? OR asked > s.since) ORDER BY p.closed, p.id`,
		nanos(since), pack.ParcelHandedOut, track.Delivered, nanos(settled))
}

// LeftParcel returns one that has left.
func (s *Store) LeftParcel(ctx context.Context, parcel string) (Left, error) {
	return one(ctx, s.read, "read parcel "+parcel, readLeft, leftColumns+`p.id = ?`, parcel)
}

func readLeft(scan func(...any) error) (l Left, err error) {
	var closed, handed, gone, asked int64
	var promised, place string
	var address, body []byte
	if err := scan(&l.Parcel, &l.Order, &l.Number, &l.Carrier, &l.Service, &l.Tracking, &l.SSCC, &l.Mass, &l.State, &closed, &address, &handed, &promised,
		&l.Van, &l.Driver, &gone, &asked, &body, &place); err != nil {
		return l, err
	}
	l.Closed, l.Gone, l.Asked = clock(closed), clock(gone), clock(asked)
	l.Handed = clock(cmp.Or(handed, gone))
	if promised != "" {
		if l.Promised, err = time.Parse(time.DateOnly, promised); err != nil {
			return l, err
		}
	}
	if len(address) > 0 {
		var to station.Address
		if err := json.Unmarshal(address, &to); err != nil {
			return l, err
		}
		l.Country, l.Postcode = to.Country, to.Postcode
	}
	if len(body) > 0 {
		err = json.Unmarshal(body, &l.Standing)
		l.Standing.Place = place
	}
	return l, err
}

// CarriersHeard lists the carriers of whose parcels something was heard since a time.
func (s *Store) CarriersHeard(ctx context.Context, since time.Time) (map[string]bool, error) {
	names, err := list(ctx, s.read, "read which carriers are heard of", text, `SELECT DISTINCT p.carrier
		FROM (SELECT parcel FROM standings WHERE heard >= ? ORDER BY heard DESC LIMIT 5000) s JOIN parcels p ON p.id = s.parcel`, nanos(since))
	out := map[string]bool{}
	for _, n := range names {
		out[n] = true
	}
	return out, err
}

// LastHeard returns when anything was heard of a parcel last, by anybody; zero: never.
func (s *Store) LastHeard(ctx context.Context) (time.Time, error) {
	at, err := one(ctx, s.read, "read when carriers were heard last", integer, `SELECT coalesce(max(heard), 0) FROM standings`)
	return clock(at), err
}

// Arrived is how a parcel that has arrived was scanned on its way.
type Arrived struct {
	Parcel            string
	Carrier, Service  string
	Country, Postcode string
	Scans             []time.Time // in order
}

// Arrived returns how the parcels were scanned that arrived last since a time, at most
// limit of them.
func (s *Store) Arrived(ctx context.Context, since time.Time, limit int) (out []Arrived, err error) {
	_, err = list(ctx, s.read, "read how parcels went", func(scan func(...any) error) (struct{}, error) {
		var a Arrived
		var at int64
		var address []byte
		if err := scan(&a.Parcel, &a.Carrier, &a.Service, &address, &at); err != nil {
			return struct{}{}, err
		}
		if n := len(out); n > 0 && out[n-1].Parcel == a.Parcel {
			out[n-1].Scans = append(out[n-1].Scans, clock(at))
			return struct{}{}, nil
		}
		var to station.Address
		if len(address) > 0 {
			if err := json.Unmarshal(address, &to); err != nil {
				return struct{}{}, err
			}
		}
		a.Country, a.Postcode, a.Scans = to.Country, to.Postcode, []time.Time{clock(at)}
		out = append(out, a)
		return struct{}{}, nil
	}, `SELECT p.id, p.carrier, p.service, coalesce(o.address, x''), e.at
		FROM (SELECT parcel, number FROM standings WHERE delivered > 0 AND delivered >= ? ORDER BY delivered DESC LIMIT ?) s JOIN parcels p ON p.id = s.parcel
		LEFT JOIN orders o ON o.id = p.order_id JOIN track_events e ON e.parcel = s.parcel AND e.number = s.number
		WHERE e.state NOT IN (?, ?, ?, ?, ?) ORDER BY e.parcel, e.at, e.id`,
		nanos(since), limit, track.Unknown, track.Announced, track.Expired, track.Cancelled, track.Lost)
	return out, err
}

// ParcelsOfNumber returns the parcels whose labels had a tracking number, the one that has
// it now first, then the one that had it last. Those of voided labels come too.
func (s *Store) ParcelsOfNumber(ctx context.Context, number string) ([]Left, error) {
	return list(ctx, s.read, "look for a tracking number", func(scan func(...any) error) (l Left, err error) {
		return l, scan(&l.Parcel, &l.Carrier, &l.Tracking)
	}, `SELECT DISTINCT p.id, p.carrier, p.tracking FROM parcel_labels b JOIN parcels p ON p.id = b.parcel
		WHERE b.tracking = ?1 AND b.tracking <> '' ORDER BY p.tracking = ?1 DESC, p.closed DESC`, number)
}
