package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"packbench/station/pack"
)

// EntryKind is what has to go out.
type EntryKind string

// The kinds of entry.
const (
	EntryShipment EntryKind = "shipment" // a parcel was closed: its shop is told
	EntryVoid     EntryKind = "void"     // and its label given back after that
	EntryStock    EntryKind = "stock"    // a difference of stock
	EntryReturn   EntryKind = "return"   // what came back, or what the buyer gets for it
)

// EntryState is how far an entry has come.
type EntryState string

// The states. An entry is unknown from before it is sent until its answer is kept: what
// is found unknown is asked after before it is sent again.
const (
	EntryWaiting   EntryState = "waiting"
	EntryUnknown   EntryState = "unknown"
	EntryDone      EntryState = "done"
	EntryRefused   EntryState = "refused"  // by the target; a person has to look at it
	EntryGivenUp   EntryState = "given-up" // by a person
	EntryWithdrawn EntryState = "withdrawn"
)

// Entry is one thing that has to go out once, to one target.
type Entry struct {
	ID     int64
	Key    string // no thing has two entries
	Target string // the id of a shop, or of what else is told
	Kind   EntryKind
	Order  string
	Number string // what people call the order, where that is not the id
	Parcel string
	Body   []byte // JSON; of a shipment a Shipping
	State  EntryState
	Tries  int
	Added  time.Time
	Next   time.Time // not before
	Moved  time.Time
	Answer string // the target's last one, in words
	Remote string // the target's own id of what was done; of a difference of stock what it was sent with
}

// Shipping is the body of a shipment's entry, and of its void's.
type Shipping struct {
	SSCC     string         `json:"sscc"`
	Tracking string         `json:"tracking,omitempty"`
	Carrier  string         `json:"carrier"`
	Service  string         `json:"service"`
	Contents []pack.Content `json:"contents"`
	Closed   time.Time      `json:"closed"`
}

// ShipmentKey is the key of the entry that tells of a label.
func ShipmentKey(sscc string) string { return "shipment " + sscc }

// VoidKey is the key of the entry that tells of a label which was given back.
func VoidKey(sscc string) string { return "void " + sscc }

// projectOutbox makes a wish of each closed parcel whose order's shop is told, and of
// each such label that is given back, and keeps what is news for the team. A row that is
// taken up again finds its wish.
func projectOutbox(p *page) error {
	for _, f := range p.facts {
		switch f := f.(type) {
		case pack.ParcelDone:
			p.wishShipment(f)
		case pack.LabelVoided:
			p.wishVoid(f)
		default:
			p.wishReturn(f)
		}
	}
	p.projectNews()
	return nil
}

// A folder of a hub takes up rows of before the shop was added.
const wishShipment = `INSERT INTO outbox (key, target, kind, order_id, parcel, body, state, tries, added, next, moved, answer, remote)
	SELECT ?1, s.id, 'shipment', o.id, ?3, ?4, 'waiting', 0, ?5, 0, ?5, '', '' FROM orders o JOIN shops s ON s.id = o.shop
	WHERE o.id = ?2 AND (s.since <= ?5 OR NOT EXISTS (SELECT 1 FROM hub_here)) ON CONFLICT DO NOTHING`

func (p *page) wishShipment(f pack.ParcelDone) {
	body, err := json.Marshal(Shipping{
		SSCC: f.SSCC, Tracking: f.Tracking, Carrier: f.Carrier, Service: f.Service, Contents: f.Contents, Closed: p.row.At.UTC(),
	})
	if err != nil {
		p.err = errors.Join(p.err, err)
		return
	}
	p.exec(wishShipment, ShipmentKey(f.SSCC), f.Order, f.Parcel, body, nanos(p.row.At))
}

// wishVoid takes back what nobody was told of yet, and else has it told.
func (p *page) wishVoid(f pack.LabelVoided) {
	at := nanos(p.row.At)
	p.exec(`UPDATE outbox SET state = 'withdrawn', moved = ? WHERE key = ? AND state IN ('waiting', 'refused')`,
		at, ShipmentKey(f.SSCC))
	p.exec(putVoid, f.SSCC, at, ShipmentKey(f.SSCC))
}

const putVoid = `INSERT INTO outbox (key, target, kind, order_id, parcel, body, state, tries, added, next, moved, answer, remote)
		SELECT 'void ' || ?1, target, 'void', order_id, parcel, body, 'waiting', 0, ?2, 0, ?2, '', '' FROM outbox
		WHERE key = ?3 AND state IN ('unknown', 'done', 'given-up') ON CONFLICT DO NOTHING`

// PutEntry adds an entry, unless there is one of its key. It reports whether it did.
func (s *Store) PutEntry(ctx context.Context, e Entry) (added bool, err error) {
	err = s.change(ctx, "keep what has to go out", func(tx *prepared) error {
		added, err = changed(tx.ExecContext(ctx, `INSERT INTO outbox (key, target, kind, order_id, parcel, body, state, tries, added, next, moved, answer, remote)
			VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?, '', '') ON CONFLICT DO NOTHING`,
			e.Key, e.Target, e.Kind, e.Order, e.Parcel, e.Body, nanos(e.Added), nanos(e.Next), nanos(e.Added)))
		if err == nil && added {
			err = toTell(ctx, tx, e.Key)
		}
		return err
	})
	return added, err
}

// EntryFilter chooses entries; zero fields choose all.
type EntryFilter struct {
	Target string
	State  EntryState
	Kind   EntryKind
	Order  string
	Open   bool // those that are neither done nor withdrawn
	Due    bool // of those the ones that nobody has given up
	Skip   int
	Limit  int
}

var entryColumns = `SELECT entry, key, target, kind, order_id, ` + nameOf("order_id") + `, parcel, body, state, tries, added, next, moved, answer, remote, ` +
	doubt("outbox", "") + ` FROM outbox`

func readEntry(scan func(...any) error) (Entry, error) {
	var e Entry
	var added, next, moved int64
	err := scan(&e.ID, &e.Key, &e.Target, &e.Kind, &e.Order, &e.Number, &e.Parcel, &e.Body, &e.State, &e.Tries, &added, &next, &moved, &e.Answer, &e.Remote)
	e.Number = other(e.Number, e.Order)
	e.Added, e.Next, e.Moved = clock(added), clock(next), clock(moved)
	return e, err
}

func (f EntryFilter) where() (query string, args []any) {
	query = ` WHERE 1`
	for _, is := range []struct{ column, value string }{
		{"target", f.Target}, {"state", string(f.State)}, {"kind", string(f.Kind)}, {"order_id", f.Order},
	} {
		if is.value != "" {
			query, args = query+` AND `+is.column+` = ?`, append(args, is.value)
		}
	}
	if f.Open {
		query += ` AND state <> 'done' AND state <> 'withdrawn'`
	}
	if f.Due {
		query += ` AND state IN ('waiting', 'unknown', 'refused')`
	}
	return query, args
}

// Entries returns the entries that a filter chooses, oldest first.
func (s *Store) Entries(ctx context.Context, f EntryFilter) ([]Entry, error) {
	where, args := f.where()
	return list(ctx, s.read, "read the outbox", sound(readEntry), entryColumns+where+` ORDER BY entry LIMIT ? OFFSET ?`,
		append(args, noLimit(f.Limit), f.Skip)...)
}

// EntryCount is how many entries of a state a target has.
type EntryCount struct {
	Target string
	State  EntryState
	N      int
}

// CountEntries counts what is neither done nor withdrawn.
func (s *Store) CountEntries(ctx context.Context) ([]EntryCount, error) {
	return list(ctx, s.read, "count the outbox", func(scan func(...any) error) (c EntryCount, err error) {
		return c, scan(&c.Target, &c.State, &c.N)
	}, `SELECT target, state, count(*) FROM outbox WHERE state <> 'done' AND state <> 'withdrawn' GROUP BY target, state ORDER BY target, state`)
}

// Stand is how many entries of one target are still open, by their state.
type Stand struct{ Waiting, Unknown, Refused int }

// StandOf picks those of a target from what CountEntries counted.
func StandOf(target string, counts []EntryCount) (s Stand) {
	for _, c := range counts {
		switch {
		case c.Target != target:
		case c.State == EntryWaiting:
			s.Waiting = c.N
		case c.State == EntryUnknown:
			s.Unknown = c.N
		case c.State == EntryRefused:
			s.Refused = c.N
		}
	}
	return s
}

// StuckEntries counts the entries to shops that somebody has to look at: those that were
// refused, and those that are older than before whose answer is still unknown.
func (s *Store) StuckEntries(ctx context.Context, before time.Time) (refused, unknown int, err error) {
	count := func(query string, args ...any) (n int, err error) {
		return one(ctx, s.read, "count what shops do not take", func(scan func(...any) error) (n int, err error) { return n, scan(&n) }, query, args...)
	}
	refused, err = count(`SELECT count(*) FROM outbox WHERE state = 'refused' AND kind NOT IN ('message', 'buyer')`)
	if err == nil {
		unknown, err = count(`SELECT count(*) FROM outbox WHERE state = 'unknown' AND kind NOT IN ('message', 'buyer') AND added < ?`, nanos(before))
	}
	return refused, unknown, err
}

// Entry returns one entry; none is ErrUnknown.
func (s *Store) Entry(ctx context.Context, id int64) (Entry, error) {
	return one(ctx, s.read, "read an entry of the outbox", sound(readEntry), entryColumns+` WHERE entry = ?`, id)
}

// EntryByKey returns the entry of a key; none is ErrUnknown.
func (s *Store) EntryByKey(ctx context.Context, key string) (Entry, error) {
	return one(ctx, s.read, "read an entry of the outbox", sound(readEntry), entryColumns+` WHERE key = ?`, key)
}

// DueEntries returns at most limit entries of a target that wait or are unknown and
// whose time has come, oldest first.
func (s *Store) DueEntries(ctx context.Context, target string, now time.Time, limit int) ([]Entry, error) {
	return list(ctx, s.read, "read the outbox", sound(readEntry),
		entryColumns+` WHERE target = ? AND state IN ('waiting', 'unknown') AND next <= ? ORDER BY entry LIMIT ?`, target, nanos(now), limit)
}

// BeginEntry says, durably and before anything is sent, that an entry is on its way.
// It reports whether it still stood as the caller read it: somebody else may have
// begun it, or taken it back. Until that time nobody else takes it up.
func (s *Store) BeginEntry(ctx context.Context, e Entry, at, until time.Time) (mine bool, err error) {
	err = s.change(ctx, "begin an entry of the outbox", func(tx *prepared) error {
		mine, err = changed(tx.ExecContext(ctx, `UPDATE outbox SET state = 'unknown', tries = tries + 1, moved = ?, next = ? WHERE entry = ? AND state = ? AND tries = ?`,
			nanos(at), nanos(until), e.ID, e.State, e.Tries))
		return err
	})
	return mine, err
}

// EndEntry keeps what came of an entry that was begun: its state, when it is due again,
// the answer and the target's own id.
func (s *Store) EndEntry(ctx context.Context, e Entry, at time.Time) error {
	return s.change(ctx, "end an entry of the outbox", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET state = ?, next = ?, moved = ?, answer = ?, remote = CASE WHEN ? <> '' THEN ? ELSE remote END
			WHERE entry = ? AND state = 'unknown'`, e.State, nanos(e.Next), nanos(at), e.Answer, e.Remote, e.Remote, e.ID)
		if err == nil {
			err = toTell(ctx, tx, e.Key)
		}
		return err
	})
}

// SendAgain has an entry sent that the target refused, that was given up or that waits
// for its time. What may have been done is asked after first. It reports whether there
// was one to send.
func (s *Store) SendAgain(ctx context.Context, id int64, at time.Time) (is bool, err error) {
	err = s.change(ctx, "send an entry of the outbox again", func(tx *prepared) error {
		is, err = changed(tx.ExecContext(ctx, `UPDATE outbox SET state = CASE tries WHEN 0 THEN 'waiting' ELSE 'unknown' END, next = 0, moved = ?
			WHERE entry = ? AND state IN ('waiting', 'unknown', 'refused', 'given-up')`, nanos(at), id))
		return err
	})
	return is, err
}

// EntryKeys returns the keys of the entries of a target that were added since a time.
func (s *Store) EntryKeys(ctx context.Context, target string, since time.Time) (map[string]bool, error) {
	keys, err := list(ctx, s.read, "read the outbox", text, `SELECT key FROM outbox WHERE target = ? AND added >= ?`, target, nanos(since))
	out := make(map[string]bool, len(keys))
	for _, k := range keys {
		out[k] = true
	}
	return out, err
}

// Withdraw takes an entry back that waits as the caller read it, with the reason; one that
// may have been sent stays.
func (s *Store) Withdraw(ctx context.Context, e Entry, reason string, at time.Time) error {
	return s.change(ctx, "take an entry of the outbox back", func(tx *prepared) error {
		is, err := changed(tx.ExecContext(ctx, `UPDATE outbox SET state = 'withdrawn', answer = ?, moved = ? WHERE entry = ? AND state = 'waiting' AND tries = ?`,
			reason, nanos(at), e.ID, e.Tries))
		if err == nil && is {
			err = toTell(ctx, tx, e.Key)
		}
		return err
	})
}

// WakeEntries has what waits for an order tried at once.
func (s *Store) WakeEntries(ctx context.Context, order, target string) error {
	return s.change(ctx, "wake the outbox of order "+order, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET next = 0 WHERE order_id = ? AND target = ? AND state = 'waiting'`, order, target)
		return err
	})
}

// GiveUp ends an entry that nobody wants to be sent any more, with the reason.
func (s *Store) GiveUp(ctx context.Context, id int64, reason string, at time.Time) (is bool, err error) {
	err = s.change(ctx, "give up an entry of the outbox", func(tx *prepared) error {
		is, err = changed(tx.ExecContext(ctx, `UPDATE outbox SET state = 'given-up', answer = ?, moved = ? WHERE entry = ? AND state IN ('waiting', 'unknown', 'refused')`,
			reason, nanos(at), id))
		return err
	})
	return is, err
}
