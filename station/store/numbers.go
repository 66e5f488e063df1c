package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Numbering is a label that wants its numbers.
type Numbering struct {
	Effect  string
	Parcel  string
	Station string
	Carrier string
	// MostSSCC is the largest serial number that the company prefix has room for.
	MostSSCC uint64
	// First and Last bound the serial numbers of the carrier's range.
	First, Last uint64
}

// Serials are the running numbers of one label.
type Serials struct {
	SSCC     uint64 // from 1
	Tracking uint64 // from Numbering.First, of the carrier
	Fresh    bool   // they were given out by this very call
}

// BlockSize is how many SSCC serials a station takes at a time.
const BlockSize = 100

// Exhausted says that a range of numbers is used up.
type Exhausted struct {
	Of   string // "SSCC", or the carrier
	Last uint64
}

// Error says so and what to do.
func (e *Exhausted) Error() string {
	if e.Of == ssccCounter {
		return fmt.Sprintf("all SSCC numbers up to serial %d are used up: set another extension digit or company prefix", e.Last)
	}
	return fmt.Sprintf("the tracking numbers of %s up to serial %d are used up: ask the carrier for a new range and import its rate card", e.Of, e.Last)
}

// LabelNumbers gives the serials of an effect's label, durable before it
// returns: the first call takes new ones, every later call gives the same.
// No serial is ever given to two effects, also after an older database was put
// back: see mark. Where that cannot be told any more it is a *Conflict, and
// where there are no numbers left an *Exhausted; then none is given.
func (s *Store) LabelNumbers(ctx context.Context, w Numbering) (Serials, error) {
	var n Serials
	if w.Effect == "" || w.Parcel == "" || !plainName(w.Station) || !plainName(w.Carrier) || w.Last < max(w.First, 1) {
		return n, errors.New("number a label: it needs an effect, a parcel, a station, a carrier and a range")
	}
	err := s.change(ctx, "number the label of parcel "+w.Parcel, func(tx *prepared) error {
		n = Serials{}
		var of string
		err := tx.QueryRowContext(ctx, `SELECT parcel || '/' || carrier, sscc, tracking FROM label_intents WHERE effect = ?`, w.Effect).
			Scan(&of, &n.SSCC, &n.Tracking)
		if err == nil && of != w.Parcel+"/"+w.Carrier {
			return fmt.Errorf("effect %s has numbered the label of %s", w.Effect, of)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return s.count(ctx, tx, func(c counters) error {
			n.Fresh = true
			if n.SSCC, err = c.sscc(w.Station, w.MostSSCC); err != nil {
				return err
			}
			if n.Tracking, err = c.tracking(w.Carrier, w.First, w.Last); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO label_intents (effect, parcel, carrier, sscc, tracking) VALUES (?, ?, ?, ?, ?)`,
				w.Effect, w.Parcel, w.Carrier, int64(n.SSCC), int64(n.Tracking))
			return err
		})
	})
	return n, err
}

// plainName tells whether a name can stand in the name of a counter.
func plainName(s string) bool { return s != "" && !strings.ContainsAny(s, " /\t\r\n") }

// TrackingLeft tells how many serial numbers are left in a carrier's range.
func (s *Store) TrackingLeft(ctx context.Context, carrier string, first, last uint64) (uint64, error) {
	c, _, err := s.counters(ctx, s.read)
	if err != nil {
		return 0, fault("count the numbers of "+carrier, err)
	}
	if m, err := readMark(s.mark); err == nil {
		c.raise(m.counters) // LabelNumbers says what is wrong with a mark
	}
	used := c.trackingUsed(carrier, first, last)
	return last - min(used, last), nil
}

// SSCCLeft tells how many SSCC serials no station has taken yet, up to most.
func (s *Store) SSCCLeft(ctx context.Context, most uint64) (uint64, error) {
	c, _, err := s.counters(ctx, s.read)
	if err != nil {
		return 0, fault("count the SSCC numbers", err)
	}
	if m, err := readMark(s.mark); err == nil {
		c.raise(m.counters)
	}
	return most - min(c[ssccCounter], most), nil
}

// CheckNumbers tells whether numbers can be given out: nil, or a *Conflict.
// It changes nothing.
func (s *Store) CheckNumbers(ctx context.Context) error {
	// The database first: whoever gives out a number meanwhile writes the mark
	// before it, so that the mark is never seen behind by accident.
	c, shop, err := s.counters(ctx, s.read)
	if err != nil {
		return fault("check the numbers", err)
	}
	m, err := readMark(s.mark)
	_, err = s.agree(c, shop, m, err)
	return fault("check the numbers", err)
}

// SettleNumbers ends a conflict: numbering goes on above all that the database
// and the mark know, and skip numbers further in each range. It is for a person
// who knows how many labels may have been made that neither of them knows of.
func (s *Store) SettleNumbers(ctx context.Context, skip uint64) error {
	return s.change(ctx, "settle the numbers", func(tx *prepared) error {
		c, shop, err := s.counters(ctx, tx)
		if err != nil {
			return err
		}
		if m, err := readMark(s.mark); err == nil && (m.shop == shop || shop == "") {
			c.raise(m.counters)
			shop = m.shop
		}
		c.skip(skip)
		return s.keep(ctx, tx, c, shop)
	})
}

// count hands the counters over to do, which takes from them, and keeps them:
// first in the mark, then in the database.
func (s *Store) count(ctx context.Context, tx *prepared, do func(c counters) error) error {
	c, shop, err := s.counters(ctx, tx)
	if err != nil {
		return err
	}
	m, err := readMark(s.mark)
	if m, err = s.agree(c, shop, m, err); err != nil {
		return err
	}
	if err := do(m.counters); err != nil {
		return err
	}
	return s.keep(ctx, tx, m.counters, m.shop)
}

// keep writes the mark, then the counters. What fails in between leaves the
// mark ahead, which costs a number and nothing else.
func (s *Store) keep(ctx context.Context, tx *prepared, c counters, shop string) error {
	if shop == "" {
		shop = newShop()
	}
	if err := writeMark(s.mark, mark{shop: shop, written: s.now(), counters: c}); err != nil {
		return err
	}
	if s.between != nil {
		if err := s.between(); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO counters (name, last) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET last = excluded.last WHERE last <> excluded.last`, name, int64(c[name])); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value`, shopSetting, []byte(shop))
	return err
}

// shopSetting holds the id that the database and its mark share.
const shopSetting = "numbers-shop"

func newShop() string {
	b := make([]byte, 8)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// counters reads them and the id of the shop from the database.
func (s *Store) counters(ctx context.Context, q querier) (counters, string, error) {
	c := counters{}
	rows, err := q.QueryContext(ctx, `SELECT name, last FROM counters`)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		var last int64
		if err := rows.Scan(&name, &last); err != nil {
			return nil, "", err
		}
		c[name] = uint64(max(last, 0))
	}
	if err := rows.Err(); err != nil {
		return nil, "", err
	}
	var shop []byte
	err = q.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = ?`, shopSetting).Scan(&shop)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return c, string(shop), err
}

// counters are the last serials in use, by name. They only ever grow.
//
//	sscc               the end of the newest block that any station took
//	sscc/S1            the last serial that station S1 used
//	sscc-end/S1        the end of its block
//	tracking/heron     the last serial of a carrier's range
//	tracking/heron/500 of its range that begins at 500
type counters map[string]uint64

// Names of counters.
const (
	ssccCounter     = "sscc"
	stationCounter  = "sscc/"
	blockCounter    = "sscc-end/"
	trackingCounter = "tracking/"
)

// sscc takes the next serial of a station's block, or of a new block.
func (c counters) sscc(station string, most uint64) (uint64, error) {
	next := c[stationCounter+station] + 1
	if next > c[blockCounter+station] {
		next = c[ssccCounter] + 1
		c[ssccCounter] = min(c[ssccCounter]+BlockSize, max(most, next))
		c[blockCounter+station] = c[ssccCounter]
	}
	if next > most {
		return 0, &Exhausted{Of: ssccCounter, Last: most}
	}
	c[stationCounter+station] = next
	return next, nil
}

// tracking takes the next serial of a carrier's range.
func (c counters) tracking(carrier string, first, last uint64) (uint64, error) {
	next := c.trackingUsed(carrier, first, last) + 1
	if next > last {
		return 0, &Exhausted{Of: carrier, Last: last}
	}
	name := trackingCounter + carrier
	if first > 1 {
		name = fmt.Sprintf("%s/%d", name, first)
	}
	c[name] = next
	return next, nil
}

// trackingUsed is the last serial in use of a range, whatever range it was
// taken from: a card may be imported again with other bounds.
func (c counters) trackingUsed(carrier string, first, last uint64) uint64 {
	used := max(first, 1) - 1
	for name, n := range c {
		mine := name == trackingCounter+carrier || strings.HasPrefix(name, trackingCounter+carrier+"/")
		if mine && n >= first && n <= last {
			used = max(used, n)
		}
	}
	return used
}

// raise lifts every counter to another's.
func (c counters) raise(other counters) {
	for name, n := range other {
		c[name] = max(c[name], n)
	}
}

// burn gives up what is left of every open block.
func (c counters) burn() {
	for name, end := range c {
		if station, ok := strings.CutPrefix(name, blockCounter); ok {
			c[stationCounter+station] = max(c[stationCounter+station], end)
		}
	}
}

// skip burns the open blocks and jumps over n more labels in each range. Blocks
// are taken whole: of n labels, each station, and one that is not known yet, may
// have had one that it hardly began.
func (c counters) skip(n uint64) {
	c.burn()
	if n = min(n, 1<<40); n == 0 {
		return
	}
	blocks := (c.stations() + 1) * BlockSize
	for name := range c {
		switch {
		case name == ssccCounter:
			c[name] += n + blocks
		case strings.HasPrefix(name, trackingCounter):
			c[name] += n
		}
	}
}

// stations counts the stations that have taken numbers.
func (c counters) stations() uint64 {
	n := uint64(0)
	for name := range c {
		if strings.HasPrefix(name, stationCounter) {
			n++
		}
	}
	return max(n, 1)
}

// perLabel is the time in which a station makes at most one label, on the
// average of all that a backup is old: it bounds the numbers that may have been
// used since.
const perLabel = 10 * time.Second

// haste is how many labels a station may make above that in a short time.
const haste = 50
