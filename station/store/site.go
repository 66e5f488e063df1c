package store

import (
	"context"
	"encoding/json"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/track"
)

// PageKind is what a page of a buyer shows.
type PageKind string

// The kinds of page.
const (
	PageParcel  PageKind = "parcel"  // for whom it is, and who has the link
	PageOutside PageKind = "outside" // for whoever sees the parcel
	PageReturn  PageKind = "return"  // the form of an order's return
)

// SitePage is a page that somebody may have the name of.
type SitePage struct {
	Kind  PageKind
	Of    string // the SSCC of a parcel, the id of an order
	Token string
	Order string
	Made  time.Time
	Gone  bool
}

// SitePages returns all pages that were made since a time, and those that are not gone.
func (s *Store) SitePages(ctx context.Context, since time.Time) ([]SitePage, error) {
	return list(ctx, s.read, "read the pages of buyers", sound(func(scan func(...any) error) (p SitePage, err error) {
		var made int64
		err = scan(&p.Kind, &p.Of, &p.Token, &p.Order, &made, &p.Gone)
		p.Made = clock(made)
		return p, err
	}), `SELECT kind, of, token, order_id, made, gone, `+doubt("site_pages", "")+` FROM site_pages WHERE made >= ? OR gone = 0`, nanos(since))
}

// PutSitePages gives pages their names. A page that has one keeps it.
func (s *Store) PutSitePages(ctx context.Context, pages []SitePage) error {
	if len(pages) == 0 {
		return nil
	}
	return s.change(ctx, "name the pages of buyers", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, p := range pages {
			run.exec(`INSERT INTO site_pages (kind, of, token, order_id, made, gone) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING`, p.Kind, p.Of, p.Token, p.Order, nanos(p.Made))
		}
		return run.err
	})
}

// SitePageGone notes that a page was deleted, or is wanted again.
func (s *Store) SitePageGone(ctx context.Context, p SitePage, gone bool) error {
	return s.change(ctx, "note a page of a buyer", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		run.exec(`UPDATE site_pages SET gone = ? WHERE kind = ? AND of = ?`, gone, p.Kind, p.Of)
		return run.err
	})
}

// SiteFiles returns what lies at a place, by its name: what it was drawn of.
func (s *Store) SiteFiles(ctx context.Context, place string) (map[string]string, error) {
	out := map[string]string{}
	_, err := list(ctx, s.read, "read what buyers can read", func(scan func(...any) error) (struct{}, error) {
		var name, basis string
		err := scan(&name, &basis)
		out[name] = basis
		return struct{}{}, err
	}, `SELECT name, basis FROM site_files WHERE place = ?`, place)
	return out, err
}

// PutSiteFiles notes what was put at a place, and what was taken away: that has no basis.
func (s *Store) PutSiteFiles(ctx context.Context, place string, basis map[string]string, at time.Time) error {
	if len(basis) == 0 {
		return nil
	}
	return s.change(ctx, "note what buyers can read", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for name, of := range basis {
			if of == "" {
				run.exec(`DELETE FROM site_files WHERE place = ? AND name = ?`, place, name)
				continue
			}
			run.exec(`INSERT INTO site_files (place, name, basis, put) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET basis = excluded.basis, put = excluded.put`,
				place, name, of, nanos(at))
		}
		return run.err
	})
}

// Sent is a parcel as its buyer may hear of it.
type Sent struct {
	ID, Order, Number string
	SSCC, Tracking    string
	Carrier, Service  string
	Weighed           bool // by a scale
	Contents          []pack.Content
	State             pack.ParcelState
	Closed            time.Time
	Handed            time.Time // its van left; zero: it has not, as far as this shop knows
	Promised          time.Time // day, as midnight in UTC; zero: for none
	To                station.Address
	Status            station.OrderStatus // of its order, "" where that is gone
	Whole             bool                // all of the order that is to be packed is packed

	Track          track.State // "" where nothing was heard
	TrackAt, Heard time.Time
	Until          time.Time // last day to fetch it
}

// Sent returns the parcels that were closed since a time and have a label, those that were
// voided since too, oldest first.
func (s *Store) Sent(ctx context.Context, since time.Time) ([]Sent, error) {
	return list(ctx, s.read, "read what buyers may hear of", readSent, sentColumns+`WHERE p.closed >= ? AND p.sscc <> '' ORDER BY p.closed, p.id`, nanos(since))
}

// SentOf returns those of one order.
func (s *Store) SentOf(ctx context.Context, order string, since time.Time) ([]Sent, error) {
	return list(ctx, s.read, "read what left of an order", readSent, sentColumns+`WHERE p.order_id = ? AND p.closed >= ? AND p.sscc <> '' ORDER BY p.closed, p.id`, order, nanos(since))
}

// SentNews returns those of which something may have become so from a time until now: that
// they were packed, left, were heard of, or are late. Others of them may be among these.
func (s *Store) SentNews(ctx context.Context, since, from, now time.Time) ([]Sent, error) {
	const aDay = 24 * time.Hour // a carrier's clock, or its zone, may be off by as much
	return list(ctx, s.read, "read what is new of parcels", readSent, sentColumns+`WHERE p.closed >= ?1 AND p.sscc <> '' AND p.id IN (
		SELECT id FROM parcels WHERE closed >= ?2
		UNION SELECT l.parcel FROM manifests m JOIN manifest_parcels l ON l.manifest = m.id WHERE m.closed >= ?2
		UNION SELECT parcel FROM standings WHERE heard >= ?3
		UNION SELECT parcel FROM tracked WHERE state_at >= ?2
		UNION SELECT parcel FROM followed WHERE promised BETWEEN ?4 AND ?5) ORDER BY p.closed, p.id`,
		nanos(since), nanos(from), nanos(from.Add(-aDay)), from.Add(-2*aDay).Format(time.DateOnly), now.Add(aDay).Format(time.DateOnly))
}

var sentColumns = `SELECT p.id, p.order_id, ` + nameOf("p.order_id") + `, p.sscc, p.tracking, p.carrier, p.service,
	p.typed = 0 AND p.mass > 0, p.contents, p.state, p.closed,
	CASE p.state WHEN 'handed-over' THEN coalesce((SELECT min(m.closed) FROM manifest_parcels l JOIN manifests m ON m.id = l.manifest WHERE l.parcel = p.id AND m.gone = 1), 0) ELSE 0 END,
	coalesce(f.promised, ''), coalesce(o.address, ''), coalesce(o.status, ''), coalesce(g.state, ''), coalesce(t.state, ''), coalesce(t.state_at, 0), w.body
	FROM parcels p LEFT JOIN orders o ON o.id = p.order_id LEFT JOIN followed f ON f.parcel = p.id
	LEFT JOIN tracked t ON t.parcel = p.id AND t.tracking = p.tracking
	LEFT JOIN standings w ON w.parcel = p.id AND w.number = p.tracking LEFT JOIN progress g ON g.order_id = p.order_id `

func readSent(scan func(...any) error) (p Sent, err error) {
	var contents, address, standing []byte
	var closed, handed, at int64
	var promised string
	var progress ProgressState
	var state TrackState
	if err := scan(&p.ID, &p.Order, &p.Number, &p.SSCC, &p.Tracking, &p.Carrier, &p.Service, &p.Weighed, &contents, &p.State, &closed,
		&handed, &promised, &address, &p.Status, &progress, &state, &at, &standing); err != nil {
		return p, err
	}
	p.Closed, p.Handed, p.Whole = clock(closed), clock(handed), progress == ProgressClosed
	p.Track = trackStates[state]
	p.TrackAt, p.Heard = clock(at), clock(at)
	if len(standing) > 0 { // all that was said, where that is known
		var w track.Standing
		if err := json.Unmarshal(standing, &w); err != nil {
			return p, err
		}
		p.Track, p.TrackAt, p.Heard, p.Until = w.State, w.At, w.Heard, w.Until
	}
	if promised != "" {
		if p.Promised, err = time.Parse(time.DateOnly, promised); err != nil {
			return p, err
		}
	}
	if len(address) > 0 {
		if err := json.Unmarshal(address, &p.To); err != nil {
			return p, err
		}
	}
	return p, json.Unmarshal(contents, &p.Contents)
}

// trackStates are the states of accounts in the words of all carriers.
var trackStates = map[TrackState]track.State{
	TrackNotScanned: track.Announced, TrackMoving: track.InTransit, TrackOut: track.OutForDelivery, TrackAttempted: track.AttemptFailed,
	TrackPickUp: track.ReadyForPickup, TrackDelivered: track.Delivered, TrackCustoms: track.Customs, TrackReturned: track.Returning, TrackLost: track.Lost,
	TrackUnknown: track.Unknown,
}
