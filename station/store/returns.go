package store

import (
	"context"
	"time"

	"packbench/station/pack"
	"packbench/station/returns"
	"packbench/station/unit"
)

// States of a return. One that was given up keeps its number.
const (
	ReturnAnnounced = "announced"
	ReturnOpen      = "open"
	ReturnParked    = "parked"
	ReturnClosed    = "closed"
	ReturnLeft      = "left"
)

// What became of the money of a return; "" where nothing is owed.
const (
	MoneyOwed    = "owed"
	MoneyTold    = "told"
	MoneyPaid    = "paid"
	MoneyRefused = "refused"
)

// Return is what came back, or is announced to. A blind one has no SSCC.
type Return struct {
	ID      string
	Order   string
	Number  string // what people call the order, where that is not its id
	Parcel  string
	SSCC    string
	Station string
	Person  string
	Place   string
	State   string
	Mass    unit.Mass
	Began   time.Time
	Closed  time.Time
	Odd     int
	Missed  int
	Money   string
	Owed    unit.Money // without a currency nobody knows how much
	Due     time.Time
	Way     returns.Way
	Payer   string
	Why     string
	Settled time.Time
}

// ReturnUnit are units of a return, and where they lie.
type ReturnUnit struct {
	Return string
	N      int
	Line   string
	SKU    string
	Qty    int
	Marks  pack.Marks
	Odd    string
	pack.Grading
}

// projectReturns keeps the tables of returns.
func projectReturns(p *page) error {
	at := nanos(p.row.At)
	for _, f := range p.facts {
		p.follow(f)
		switch f := f.(type) {
		case pack.ReturnOpened:
			p.returnOpened(f)
		case pack.ReturnUnit:
			p.returnUnit(f)
		case pack.ReturnGraded:
			g := f.Back.Grading
			p.exec(`UPDATE return_units SET grade = ?, disposition = ?, bin = ? WHERE return_id = ? AND n = ?`, g.Grade, g.Disposition, g.Bin, f.Return, f.Back.N)
		case pack.ReturnMissed:
			qty := f.Qty
			if f.Gone {
				qty = -qty
			}
			p.exec(`UPDATE returns SET missed = missed + ? WHERE id = ?`, qty, f.Return)
		case pack.ReturnWeighed:
			p.exec(`UPDATE returns SET mass = ? WHERE id = ?`, int64(f.Mass), f.Return)
		case pack.ReturnCode:
			p.exec(`INSERT INTO return_codes (return_id, code) VALUES (?, ?) ON CONFLICT DO NOTHING`, f.Return, f.Code)
		case pack.ReturnParked:
			p.exec(`UPDATE returns SET state = 'parked' WHERE id = ? AND station = ?`, f.Return, p.row.Writer)
		case pack.ReturnResumed:
			p.exec(`UPDATE returns SET state = 'open' WHERE id = ?`, f.Return)
		case pack.ReturnLeft:
			p.exec(`UPDATE returns SET state = CASE WHEN EXISTS (SELECT 1 FROM return_comes WHERE return_id = id) THEN 'announced' ELSE 'left' END, missed = 0, mass = 0 WHERE id = ? AND station = ?`, f.Return, p.row.Writer)
		case pack.ReturnClosed:
			p.exec(`UPDATE returns SET state = 'closed', closed = ?, odd = ? WHERE id = ?`, at, f.Odd, f.Return)
			p.owes(f.Return, f.Owed, f.Due)
		default:
			p.returnAtDesk(f, at)
		}
	}
	return p.err
}

// owes puts what a return is worth on the list, until somebody says what became of it.
func (p *page) owes(id string, owed unit.Money, due time.Time) {
	if !due.IsZero() {
		p.exec(`UPDATE returns SET money = 'owed', owed = ?, currency = ?, due = ? WHERE id = ? AND money = ''`, owed.Minor, owed.Currency, nanos(due), id)
	}
}

const putReturn = `INSERT INTO returns (id, order_id, parcel, sscc, station, person, place, state, mass, began, closed, odd, missed, money, owed, currency, due, way, payer, why, settled)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 0, 0, 0, '', 0, '', 0, ?, ?, '', 0) ON CONFLICT (id) DO UPDATE SET state = excluded.state, station = excluded.station, person = excluded.person, began = excluded.began`

func (p *page) returnOpened(f pack.ReturnOpened) {
	var s pack.Sent
	if f.Sent != nil {
		s = *f.Sent
	}
	p.exec(putReturn, f.Return, s.Order, s.Parcel, s.SSCC, p.row.Writer, p.Person, f.Place, ReturnOpen, nanos(p.row.At), returns.Refund, "")
}

func (p *page) returnUnit(f pack.ReturnUnit) {
	if f.Gone {
		p.exec(`DELETE FROM return_units WHERE return_id = ? AND n = ?`, f.Return, f.Back.N)
		return
	}
	b, m := f.Back, pack.Marks{}
	if b.Marks != nil {
		m = *b.Marks
	}
	p.exec(`INSERT INTO return_units (return_id, n, line, sku, qty, gtin, serial, lot, odd, grade, disposition, bin) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '')
		ON CONFLICT DO UPDATE SET line = excluded.line, sku = excluded.sku, qty = excluded.qty`, f.Return, b.N, b.Line, b.SKU, b.Qty, m.GTIN, m.Serial, m.Lot, b.Odd)
}

// returnAtDesk keeps what the desk says of a return.
func (p *page) returnAtDesk(f pack.Fact, at int64) {
	switch f := f.(type) {
	case returns.Announced:
		p.exec(putReturn, f.Return, f.Order, f.Parcel, f.SSCC, p.row.Writer, f.By, "", ReturnAnnounced, nanos(f.At), f.Way, f.Payer)
		for _, c := range f.Comes {
			p.exec(`INSERT INTO return_comes (return_id, line, sku, qty, reason) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET qty = excluded.qty`,
				f.Return, c.Line, c.SKU, c.Qty, c.Reason)
		}
		if f.Theirs != "" {
			p.exec(`INSERT INTO shop_returns (return_id, shop, theirs) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, f.Return, f.Shop, f.Theirs)
		}
	case returns.Withdrawn:
		p.exec(`DELETE FROM return_comes WHERE return_id = ?1 AND EXISTS (SELECT 1 FROM returns WHERE id = ?1 AND state = 'announced')`, f.Return)
		p.exec(`UPDATE returns SET state = 'left' WHERE id = ? AND state = 'announced'`, f.Return)
	case returns.Photographed:
		p.exec(`INSERT INTO return_photos (return_id, hash, at) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM return_photos WHERE return_id = ?1 AND hash = ?2)`, f.Return, f.Hash, at)
	case returns.Matched:
		p.exec(`UPDATE returns SET order_id = ?, parcel = ?, sscc = ? WHERE id = ?`, f.Order, f.Parcel, f.SSCC, f.Return)
		for n, line := range f.Lines {
			p.exec(`UPDATE return_units SET line = ?, odd = CASE ? WHEN '' THEN 'return-not-ours' ELSE '' END WHERE return_id = ? AND n = ?`, line, line, f.Return, n)
		}
		p.owes(f.Return, f.Owed, f.Due)
	case returns.Told:
		p.exec(`UPDATE returns SET money = 'told', way = ?, owed = ?, currency = ? WHERE id = ? AND money IN ('owed', 'told')`, f.Way, f.Amount.Minor, f.Amount.Currency, f.Return)
	case returns.Settled:
		money := MoneyRefused
		if f.Paid {
			money = MoneyPaid
		}
		p.exec(`UPDATE returns SET money = ?, why = ?, settled = ? WHERE id = ? AND money IN ('owed', 'told')`, money, f.Why, at, f.Return)
	}
}

var returnColumns = `SELECT id, order_id, ` + nameOf("order_id") + `, parcel, sscc, station, person, place, state, mass, began, closed, odd, missed, money, owed, currency, due, way, payer, why, settled FROM returns`

func readReturn(scan func(...any) error) (r Return, err error) {
	var began, closed, due, settled int64
	err = scan(&r.ID, &r.Order, &r.Number, &r.Parcel, &r.SSCC, &r.Station, &r.Person, &r.Place, &r.State, &r.Mass, &began, &closed, &r.Odd, &r.Missed,
		&r.Money, &r.Owed.Minor, &r.Owed.Currency, &due, &r.Way, &r.Payer, &r.Why, &settled)
	r.Number = other(r.Number, r.Order)
	r.Began, r.Closed, r.Due, r.Settled = clock(began), clock(closed), clock(due), clock(settled)
	return r, err
}

// Return returns a return; none is ErrUnknown.
func (s *Store) Return(ctx context.Context, id string) (Return, error) {
	return one(ctx, s.read, "read return "+id, readReturn, returnColumns+` WHERE id = ?`, id)
}

// ReturnsOf returns the returns of a label, the oldest first.
func (s *Store) ReturnsOf(ctx context.Context, sscc string) ([]Return, error) {
	return list(ctx, s.read, "read the returns of a parcel", readReturn, returnColumns+` WHERE sscc = ? AND sscc <> '' ORDER BY length(id), id`, sscc)
}

// ReturnsAt returns the labels of what a station is taking apart, or has put aside.
func (s *Store) ReturnsAt(ctx context.Context, station string) ([]string, error) {
	return list(ctx, s.read, "read the returns at a station", text, `SELECT sscc FROM returns WHERE station = ? AND state IN ('open', 'parked') AND sscc <> '' ORDER BY sscc`, station)
}

// ReturnFilter chooses returns; zero fields choose all.
type ReturnFilter struct {
	Open  bool // announced, on a bench, put aside, or blind and not matched
	Owed  bool // what is owed is neither paid nor refused
	Order string
	Told  time.Time // that were announced here, not in a shop, since then, and have not come yet
	Since time.Time // that came in, or whose money was settled, since then
	Limit int
}

// Returns returns those that a filter chooses: those that owe by their due day, others the
// oldest first.
func (s *Store) Returns(ctx context.Context, f ReturnFilter) ([]Return, error) {
	query, args := returnColumns+` WHERE state <> 'left'`, []any{}
	if f.Open {
		query += ` AND (state IN ('announced', 'open', 'parked') OR sscc = '')`
	}
	if f.Owed {
		query += ` AND money IN ('owed', 'told')`
	}
	if f.Order != "" {
		query, args = query+` AND order_id = ?`, append(args, f.Order)
	}
	if !f.Told.IsZero() {
		query, args = query+` AND state = 'announced' AND began >= ? AND id NOT IN (SELECT return_id FROM shop_returns)`, append(args, nanos(f.Told))
	}
	if !f.Since.IsZero() {
		query, args = query+` AND (closed >= ? OR settled >= ?)`, append(args, nanos(f.Since), nanos(f.Since))
	}
	order := ` ORDER BY began, id`
	if f.Owed {
		order = ` ORDER BY due, id`
	}
	return list(ctx, s.read, "read the returns", readReturn, query+order+` LIMIT ?`, append(args, noLimit(f.Limit))...)
}

// ReturnUnits returns the units of a return in the order of their scans.
func (s *Store) ReturnUnits(ctx context.Context, id string) ([]ReturnUnit, error) {
	return list(ctx, s.read, "read the units of a return", func(scan func(...any) error) (u ReturnUnit, err error) {
		return u, scan(&u.Return, &u.N, &u.Line, &u.SKU, &u.Qty, &u.Marks.GTIN, &u.Marks.Serial, &u.Marks.Lot, &u.Odd, &u.Grade, &u.Disposition, &u.Bin)
	}, `SELECT return_id, n, line, sku, qty, gtin, serial, lot, odd, grade, disposition, bin FROM return_units WHERE return_id = ? ORDER BY n`, id)
}

// ReturnComes returns what was announced of a return.
func (s *Store) ReturnComes(ctx context.Context, id string) ([]returns.Comes, error) {
	return list(ctx, s.read, "read what a return was announced with", func(scan func(...any) error) (c returns.Comes, err error) {
		return c, scan(&c.Line, &c.SKU, &c.Qty, &c.Reason)
	}, `SELECT line, sku, qty, reason FROM return_comes WHERE return_id = ? ORDER BY line`, id)
}

// ReturnCodes returns the codes that were found on a blind return.
func (s *Store) ReturnCodes(ctx context.Context, id string) ([]string, error) {
	return list(ctx, s.read, "read the codes of a return", text, `SELECT code FROM return_codes WHERE return_id = ? ORDER BY code`, id)
}

// ReturnsAnnounced returns the returns that were announced by one of a shop.
func (s *Store) ReturnsAnnounced(ctx context.Context, shop, theirs string) ([]Return, error) {
	return list(ctx, s.read, "read the returns of shop "+shop, readReturn, returnColumns+` WHERE id IN (SELECT return_id FROM shop_returns WHERE shop = ? AND theirs = ?) ORDER BY id`, shop, theirs)
}

// AnnouncedBy returns the shop's own id of a return, "" for one that no shop announced.
func (s *Store) AnnouncedBy(ctx context.Context, id string) (string, error) {
	theirs, _, err := Known(one(ctx, s.read, "read who announced return "+id, text, `SELECT theirs FROM shop_returns WHERE return_id = ?`, id))
	return theirs, err
}

// ReturnPhotos returns the hashes of the photos of a return, the oldest first.
func (s *Store) ReturnPhotos(ctx context.Context, id string) ([]string, error) {
	return list(ctx, s.read, "read the photos of return "+id, text, `SELECT hash FROM return_photos WHERE return_id = ? ORDER BY at, hash`, id)
}

// ParcelPhotos returns those of all returns of a parcel.
func (s *Store) ParcelPhotos(ctx context.Context, sscc string) ([]string, error) {
	return list(ctx, s.read, "read the photos of a parcel", text, `SELECT p.hash FROM returns r JOIN return_photos p ON p.return_id = r.id WHERE r.sscc = ? AND r.sscc <> '' ORDER BY p.at, p.hash`, sscc)
}
