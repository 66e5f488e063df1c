package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Numbering is a label that wants its numbers.
type Numbering struct {
	Effect  string
	Parcel  string
	Station string
	Carrier string
	// SSCC is what the shop's company prefix has room for.
	SSCC Range
	// Tracking is the carrier's range; zero where the carrier gives its numbers itself.
	Tracking Range
}

// Numbers are those of one label, whole.
type Numbers struct {
	SSCC     string
	Tracking string
	Fresh    bool // they were given out by this very call
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
	if e.Of == OfSSCC {
		return fmt.Sprintf("all SSCC numbers up to serial %d are used up: set another extension digit or company prefix", e.Last)
	}
	return fmt.Sprintf("the tracking numbers of %s up to serial %d are used up: ask the carrier for a new range and import its rate card", e.Of, e.Last)
}

// OfSSCC is Exhausted.Of where it is not a carrier.
const OfSSCC = "SSCC"

// LabelNumbers returns the numbers of an effect's label, durable before it
// returns: the first call takes new ones, every later call gives the same.
// No number is ever given to two effects, also after an older database was put
// back: see mark. Where that cannot be told any more it is a *Conflict, and
// where there are no numbers left an *Exhausted; then none is given.
func (s *Store) LabelNumbers(ctx context.Context, w Numbering) (Numbers, error) {
	var n Numbers
	bare := w.Tracking.Make == nil
	if w.Effect == "" || w.Parcel == "" || !plainName(w.Station) || !plainName(w.Carrier) || !w.SSCC.valid() || !bare && !w.Tracking.valid() {
		return n, errors.New("number a label: it needs an effect, a parcel, a station, a carrier and two ranges")
	}
	var seen *mark // the copy, once it was compared: not while the right to write is in hand
	var given mark
	number := func(tx *prepared) error {
		n = Numbers{}
		of, err := one(ctx, tx, "", sound(func(scan func(...any) error) (of string, err error) {
			err = scan(&of, &n.SSCC, &n.Tracking)
			return of, err
		}), `SELECT parcel || '/' || carrier, sscc, tracking, `+doubt("label_numbers", "")+` FROM label_numbers WHERE effect = ?`, w.Effect)
		switch {
		case err == nil && of != w.Parcel+"/"+w.Carrier:
			return fmt.Errorf("effect %s has numbered the label of %s", w.Effect, of)
		case err == nil:
			return errors.Join(w.SSCC.whole(&n.SSCC), w.Tracking.whole(&n.Tracking))
		case !errors.Is(err, ErrUnknown):
			return err
		}
		if seen == nil {
			return errUncompared
		}
		hub, err := givesNumbers(ctx, tx)
		if err != nil {
			return err
		}
		given, err = s.count(ctx, tx, seen.counters, func(c counters) (err error) {
			if n, err = w.take(c, hub); err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `INSERT INTO label_numbers (effect, parcel, carrier, sscc, tracking) VALUES (?, ?, ?, ?, ?)`,
				w.Effect, w.Parcel, w.Carrier, n.SSCC, n.Tracking)
			return err
		})
		return err
	}
	doing := "number the label of parcel " + w.Parcel
	if s.second.folder == "" {
		seen = &mark{}
	}
	err := s.change(ctx, doing, number)
	if errors.Is(err, errUncompared) {
		there, failed := s.compare(ctx)
		if failed != nil {
			return Numbers{}, fault(doing, failed)
		}
		seen = &there
		err = s.change(ctx, doing, number)
	}
	if err == nil && n.Fresh {
		s.copyMark(ctx, given)
	}
	n.Tracking = shown(n.Tracking)
	return n, err
}

// take takes new numbers from the counters.
func (w Numbering) take(c counters, hub bool) (n Numbers, err error) {
	n.Fresh = true
	if n.SSCC, err = c.sscc(w.Station, w.SSCC, hub); err != nil {
		return n, err
	}
	n.Tracking = bareTracking + n.SSCC
	if w.Tracking.Make != nil {
		n.Tracking, err = c.tracking(w.Carrier, w.Station, w.Tracking, hub)
	}
	return n, err
}

// bareTracking begins what stands for the tracking number of a label whose carrier gives
// it one: the table wants a number of its own for each.
const bareTracking = "-"

func shown(tracking string) string {
	if strings.HasPrefix(tracking, bareTracking) {
		return ""
	}
	return tracking
}

// NumbersOf returns the numbers that an effect's label has; none is ErrUnknown. Of one
// that was numbered before numbers were kept whole it knows none.
func (s *Store) NumbersOf(ctx context.Context, effect string) (Numbers, error) {
	return one(ctx, s.read, "read the numbers of "+effect, sound(func(scan func(...any) error) (n Numbers, err error) {
		err = scan(&n.SSCC, &n.Tracking)
		n.Tracking = shown(n.Tracking)
		return n, err
	}), `SELECT sscc, tracking, `+doubt("label_numbers", "")+` FROM label_numbers WHERE effect = ? AND sscc NOT LIKE 'serial %'`, effect)
}

// WishOf returns the effect that a label was numbered for; none is ErrUnknown.
func (s *Store) WishOf(ctx context.Context, sscc string) (string, error) {
	return one(ctx, s.read, "read what "+sscc+" was taken for", sound(text), `SELECT effect, `+doubt("label_numbers", "")+` FROM label_numbers WHERE sscc = ?`, sscc)
}

// whole makes a number of what was kept before numbers were kept whole:
// "serial 42".
func (r Range) whole(number *string) error {
	serial, old := strings.CutPrefix(*number, "serial ")
	if !old {
		return nil
	}
	n, err := strconv.ParseUint(serial, 10, 63)
	if err != nil {
		return err
	}
	*number, err = r.Make(n)
	return err
}

// plainName reports whether a name can stand in the name of a counter.
func plainName(s string) bool { return s != "" && !strings.ContainsAny(s, " /\t\r\n") }

// TrackingLeft tells how many numbers are left in a carrier's range.
func (s *Store) TrackingLeft(ctx context.Context, carrier string, r Range) (uint64, error) {
	c, err := s.known(ctx)
	return r.Last - min(c.trackingUsed(carrier, r), r.Last), fault("count the numbers of "+carrier, err)
}

// SSCCLeft tells how many numbers of a range no station has taken yet.
func (s *Store) SSCCLeft(ctx context.Context, r Range) (uint64, error) {
	c, err := s.known(ctx)
	return r.Last - min(c.ssccUsed(r), r.Last), fault("count the SSCC numbers", err)
}

// known are the counters of the database and of the mark.
func (s *Store) known(ctx context.Context) (counters, error) {
	c, _, err := s.counters(ctx, s.read)
	if err != nil {
		return nil, err
	}
	if m, err := readMark(s.mark); err == nil {
		c.raise(m.counters) // LabelNumbers says what is wrong with a mark
	}
	return c, nil
}

// CheckNumbers reports whether numbers can be given out: nil, or a *Conflict.
// It changes nothing.
func (s *Store) CheckNumbers(ctx context.Context) error {
	// The database first: whoever gives out a number meanwhile writes the mark
	// before it, so that the mark is never seen behind by accident.
	c, shop, err := s.counters(ctx, s.read)
	if err != nil {
		return fault("check the numbers", err)
	}
	m, err := readMark(s.mark)
	if _, err = s.agree(c, shop, m, err); err == nil {
		_, err = s.compare(ctx)
	}
	return fault("check the numbers", err)
}

// SettleNumbers ends a conflict: numbering goes on above all that the database
// and the mark know, and skip numbers further in each range. It is for a person
// who knows how many labels may have been made that neither of them knows of. More
// than a range has left are refused with the words for that person, and nothing
// is skipped: it would be gone for ever.
func (s *Store) SettleNumbers(ctx context.Context, r Ranges, skip uint64) error {
	return s.settle(ctx, r, func(c counters) error {
		if err := c.room(r, skip); err != nil {
			return err
		}
		c.skip(skip)
		return nil
	})
}

// SettleSince does so after a backup was put back to where no mark was left: it
// skips what the stations may have used since the backup was made.
func (s *Store) SettleSince(ctx context.Context, r Ranges, made time.Time) error {
	return s.settle(ctx, r, func(c counters) error {
		c.skipSince(s.now().Sub(made))
		return nil
	})
}

func (s *Store) settle(ctx context.Context, r Ranges, skip func(c counters) error) error {
	there, _ := s.compare(ctx) // where it is away, a person goes on without
	var settled mark
	err := s.change(ctx, "settle the numbers", func(tx *prepared) error {
		c, shop, err := s.counters(ctx, tx)
		if err != nil {
			return err
		}
		if m, err := readMark(s.mark); err == nil && (m.shop == shop || shop == "") {
			c.raise(m.counters)
			shop = m.shop
		}
		if shop == "" || there.shop == shop {
			c.raise(there.counters)
			shop = cmp.Or(shop, there.shop)
		}
		c.know(r)
		if err := skip(c); err != nil {
			return err
		}
		settled, err = s.keep(ctx, tx, c, shop)
		return err
	})
	if err == nil {
		s.copyMark(ctx, settled)
	}
	return err
}

// count hands the counters over to do, which takes from them, and keeps them:
// first in the mark, then in the database. seen are those of the copy outside: where
// they are further, all of this was set back.
func (s *Store) count(ctx context.Context, tx *prepared, seen counters, do func(c counters) error) (mark, error) {
	c, shop, err := s.counters(ctx, tx)
	if err != nil {
		return mark{}, err
	}
	m, err := readMark(s.mark)
	if m, err = s.agree(c, shop, m, err); err != nil {
		return mark{}, err
	}
	for name, n := range seen {
		if n > m.counters[name] {
			m.counters.raise(seen)
			m.counters.burn()
			break
		}
	}
	if err := do(m.counters); err != nil {
		return mark{}, err
	}
	return s.keep(ctx, tx, m.counters, m.shop)
}

// keep writes the mark, then the counters. What fails in between leaves the
// mark ahead, which costs a number and nothing else.
func (s *Store) keep(ctx context.Context, tx *prepared, c counters, shop string) (mark, error) {
	kept := mark{shop: cmp.Or(shop, newShop()), written: s.now(), counters: c}
	if err := writeMark(s.mark, kept); err != nil {
		return mark{}, err
	}
	if s.between != nil {
		if err := s.between(); err != nil {
			return mark{}, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO counters (name, last) VALUES (?, ?)
			ON CONFLICT DO UPDATE SET last = excluded.last WHERE last <> excluded.last`, name, int64(c[name])); err != nil {
			return mark{}, err
		}
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES (?, ?)
		ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value`, shopSetting, []byte(kept.shop))
	return kept, err
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
	shop, _, err := Known(one(ctx, q, "", readSetting, settingColumns, shopSetting))
	return c, string(shop), err
}
