package store

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"packbench/station"
	"packbench/station/pack"
	"packbench/station/unit"
)

// States of a parcel; closed and voided are pack.ParcelClosed and ParcelVoided.
const (
	ParcelLabelled pack.ParcelState = "labelled" // has a label, not scanned back yet
	ParcelReopened pack.ParcelState = "reopened"
)

// Parcel is a parcel that has, or had, a label.
type Parcel struct {
	ID       string
	Order    string
	Number   string // what people call the order, where that is not its id
	Station  string
	Person   string // who closed it
	Carton   string
	Service  string
	Carrier  string
	Price    unit.Money
	SSCC     string
	Tracking string
	Mass     unit.Mass
	Typed    bool
	Contents []pack.Content
	State    pack.ParcelState
	Document string    // its kept label, "" before there is one
	Reprints int       // of that label
	Began    time.Time // its first label was asked for
	Closed   time.Time // zero: not closed yet
	At       time.Time // of the last change
}

// Called is what people call the parcel.
func (p Parcel) Called() string { return station.ParcelName(p.ID, p.Order, p.Number) }

// OrderCalled is what people call its order.
func (p Parcel) OrderCalled() string { return cmp.Or(p.Number, p.Order) }

// Ref is the parcel as the machine knows it.
func (p Parcel) Ref() pack.ParcelRef {
	return pack.ParcelRef{ID: p.ID, Order: p.Order, Number: p.Number, SSCC: p.SSCC, State: p.State, Carrier: p.Carrier, Service: p.Service, Contents: p.Contents}
}

// projectParcels keeps the tables parcels and parcel_labels.
func projectParcels(p *page) error {
	at := nanos(p.row.At)
	for _, f := range p.facts {
		p.follow(f)
		p.projectMarks(f)
		p.projectFollowed(f)
		p.projectLessons(f)
		switch f := f.(type) {
		case pack.EffectAsked:
			if f.Effect.Kind == pack.EffectBuy {
				p.labelAsked(f.Effect)
			}
		case pack.LabelKept:
			p.exec(`INSERT INTO parcel_labels (sscc, tracking, parcel, document, service, voided, reprints) VALUES (?, ?, ?, ?, ?, 0, 0)
				ON CONFLICT DO NOTHING`, f.Label.SSCC, f.Label.Tracking, f.Parcel, f.Label.Document, f.Label.Service)
			p.exec(`UPDATE parcels SET sscc = ?, tracking = ?, state = ?, at = ? WHERE id = ?`,
				f.Label.SSCC, f.Label.Tracking, ParcelLabelled, at, f.Parcel)
		case pack.LabelVoided:
			p.exec(`UPDATE parcel_labels SET voided = 1 WHERE sscc = ?`, f.SSCC)
			p.exec(`UPDATE parcels SET state = ?, at = ? WHERE id = ? AND sscc = ?`, pack.ParcelVoided, at, f.Parcel, f.SSCC)
		case pack.DocumentStood:
			if f.Kind == pack.DocumentLabel && f.Reason != "" {
				p.exec(`UPDATE parcel_labels SET reprints = reprints + 1
					WHERE sscc = (SELECT sscc FROM parcels WHERE id = ?)`, f.Of)
			}
			p.projectLoading(f)
		case pack.ParcelDone:
			p.parcelDone(f)
		case pack.ParcelReopened:
			p.exec(`UPDATE parcels SET state = ?, at = ? WHERE id = ?`, ParcelReopened, at, f.Parcel.ID)
			p.exec(`DELETE FROM van_claims WHERE sscc = ?`, f.Parcel.SSCC)
		default:
			p.projectLoading(f)
		}
	}
	return nil
}

const putParcel = `INSERT INTO parcels (id, order_id, station, person, carton, service, carrier, price, currency, sscc, tracking,
	mass, typed, contents, state, began, closed, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET order_id = excluded.order_id, station = excluded.station, person = excluded.person,
	carton = excluded.carton, service = excluded.service, carrier = excluded.carrier, price = excluded.price,
	currency = excluded.currency, sscc = excluded.sscc, tracking = excluded.tracking, mass = excluded.mass,
	typed = excluded.typed, contents = excluded.contents, state = excluded.state, closed = excluded.closed, at = excluded.at`

// labelAsked notes a parcel that waits for its label: it has none yet, so it
// shows in no list before LabelKept. What it costs is known by now, and stands
// on the customs paper that comes with the label.
func (p *page) labelAsked(e pack.Effect) {
	at := nanos(p.row.At)
	p.putParcel(Parcel{
		ID: e.Parcel, Order: e.Order, Carton: e.Carton, Service: e.Service, Carrier: e.Carrier,
		Price: e.Price, Mass: e.Mass, Contents: e.Contents, State: "asked",
	}, at, 0)
}

func (p *page) parcelDone(f pack.ParcelDone) {
	at := nanos(p.row.At)
	p.putParcel(Parcel{
		ID: f.Parcel, Order: f.Order, Carton: f.Carton, Service: f.Service, Carrier: f.Carrier, Price: f.Price,
		SSCC: f.SSCC, Tracking: f.Tracking, Mass: f.Mass, Typed: f.Typed, Contents: f.Contents, State: pack.ParcelClosed,
	}, at, at)
	if f.Proposed != "" {
		p.exec(`UPDATE parcels SET proposed = ? WHERE id = ?`, f.Proposed, f.Parcel)
	}
}

func (p *page) putParcel(c Parcel, at, closed int64) {
	contents, err := json.Marshal(c.Contents)
	if err != nil && p.err == nil {
		p.err = err
	}
	p.exec(putParcel, c.ID, c.Order, p.row.Writer, p.Person, c.Carton, c.Service, c.Carrier, c.Price.Minor, c.Price.Currency,
		c.SSCC, c.Tracking, int64(c.Mass), c.Typed, contents, c.State, at, closed, at)
}

var parcelColumns = `SELECT p.id, order_id, ` + nameOf("order_id") + `, station, person, carton, p.service, carrier, price, currency, p.sscc, p.tracking,
	mass, typed, contents, state, coalesce(l.document, ''), coalesce(l.reprints, 0), began, closed, at
	FROM parcels p LEFT JOIN parcel_labels l ON l.sscc = p.sscc `

func readParcel(scan func(...any) error) (Parcel, error) {
	var p Parcel
	var contents []byte
	var began, closed, at int64
	err := scan(&p.ID, &p.Order, &p.Number, &p.Station, &p.Person, &p.Carton, &p.Service, &p.Carrier, &p.Price.Minor, &p.Price.Currency,
		&p.SSCC, &p.Tracking, &p.Mass, &p.Typed, &contents, &p.State, &p.Document, &p.Reprints, &began, &closed, &at)
	if err != nil {
		return p, err
	}
	p.Number = other(p.Number, p.Order)
	p.Began, p.Closed, p.At = clock(began), clock(closed), clock(at)
	return p, json.Unmarshal(contents, &p.Contents)
}

// Parcel returns a parcel; none is ErrUnknown.
func (s *Store) Parcel(ctx context.Context, id string) (Parcel, error) {
	return one(ctx, s.read, "read parcel "+id, readParcel, parcelColumns+`WHERE id = ?`, id)
}

// ParcelBySSCC returns the parcel that a label was made for; none is ErrUnknown.
// Where that label was voided, or the parcel has another by now, the parcel
// comes as voided and with the SSCC that was asked for.
func (s *Store) ParcelBySSCC(ctx context.Context, sscc string) (Parcel, error) {
	return s.parcelByLabel(ctx, `sscc = ?`, sscc)
}

// ParcelsByTracking does the same for a tracking number, which two carriers
// may both have given out.
func (s *Store) ParcelsByTracking(ctx context.Context, tracking string) ([]Parcel, error) {
	ssccs, err := list(ctx, s.read, "look up a tracking number", text,
		`SELECT sscc FROM parcel_labels WHERE tracking = ? AND tracking <> '' ORDER BY sscc`, tracking)
	var out []Parcel
	for _, sscc := range ssccs {
		p, err := s.ParcelBySSCC(ctx, sscc)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, err
}

func (s *Store) parcelByLabel(ctx context.Context, where, key string) (Parcel, error) {
	type label struct {
		sscc, tracking, parcel string
		voided                 bool
	}
	l, err := one(ctx, s.read, "look up a label", func(scan func(...any) error) (label, error) {
		var l label
		return l, scan(&l.sscc, &l.tracking, &l.parcel, &l.voided)
	}, `SELECT sscc, tracking, parcel, voided FROM parcel_labels WHERE `+where, key)
	if err != nil {
		return Parcel{}, err
	}
	p, err := s.Parcel(ctx, l.parcel)
	if l.voided || p.SSCC != l.sscc {
		p.State = pack.ParcelVoided
	}
	p.SSCC, p.Tracking = l.sscc, l.tracking
	return p, err
}

// ParcelsOf returns the parcels of an order in the order they were begun,
// whatever their state.
func (s *Store) ParcelsOf(ctx context.Context, orderID string) ([]Parcel, error) {
	return list(ctx, s.read, "read the parcels of order "+orderID, readParcel,
		parcelColumns+`WHERE order_id = ? AND p.sscc <> '' ORDER BY began, id`, orderID)
}

// ParcelsClosed returns the parcels that were closed from from (inclusive) to to
// (exclusive), oldest first, voided ones too.
func (s *Store) ParcelsClosed(ctx context.Context, from, to time.Time) ([]Parcel, error) {
	return list(ctx, s.read, "read the parcels", readParcel,
		parcelColumns+`WHERE closed >= ? AND closed < ? ORDER BY closed, id`, nanos(from), nanos(to))
}

// amongWeighed is how many of the newest parcels are looked at for those of one bench or
// with one product.
const amongWeighed = 2_000

// ParcelsWeighed returns the newest parcels that a scale weighed and that were closed
// before a time, oldest first and at most limit: those of a station, "" for any, that hold
// a product, "" for any.
func (s *Store) ParcelsWeighed(ctx context.Context, station, sku string, before time.Time, limit int) ([]Parcel, error) {
	return list(ctx, s.read, "read the parcels that were weighed", readParcel, parcelColumns+`WHERE id IN (
		SELECT id FROM (SELECT id, station, contents, closed FROM parcels WHERE closed > 0 AND closed < ? AND mass > 0 AND typed = 0 AND state <> ? ORDER BY closed DESC LIMIT ?)
		WHERE ?4 IN ('', station) AND (?5 = '' OR EXISTS (SELECT 1 FROM json_each(CAST(contents AS TEXT)) WHERE value ->> 'SKU' = ?5)) ORDER BY closed DESC LIMIT ?6)
		ORDER BY closed, id`, nanos(before), pack.ParcelVoided, amongWeighed, station, sku, limit)
}

// CountParcels counts the parcels that each station closed from from (inclusive) to to
// (exclusive), voided ones left aside.
func (s *Store) CountParcels(ctx context.Context, from, to time.Time) (map[string]int, error) {
	out := map[string]int{}
	_, err := list(ctx, s.read, "count the parcels", func(scan func(...any) error) (struct{}, error) {
		var station string
		var parcels int
		err := scan(&station, &parcels)
		out[station] = parcels
		return struct{}{}, err
	}, `SELECT station, count(*) FROM parcels WHERE closed >= ? AND closed < ? AND state <> 'voided' GROUP BY station`, nanos(from), nanos(to))
	return out, err
}

// ParcelsAnHour is how many parcels each station closed in an hour in which it closed
// any, from a time up to another.
func (s *Store) ParcelsAnHour(ctx context.Context, from, to time.Time) (map[string]float64, error) {
	out := map[string]float64{}
	_, err := list(ctx, s.read, "count the parcels of an hour", func(scan func(...any) error) (struct{}, error) {
		var station string
		var parcels, hours int64
		err := scan(&station, &parcels, &hours)
		if hours > 0 {
			out[station] = float64(parcels) / float64(hours)
		}
		return struct{}{}, err
	}, `SELECT station, count(*), count(DISTINCT closed / 3600000000000) FROM parcels WHERE closed >= ? AND closed < ? AND state <> 'voided' GROUP BY station`,
		nanos(from), nanos(to))
	return out, err
}
