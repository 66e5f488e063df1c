package store

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"modernc.org/sqlite"

	"packbench/station"
)

// QueueKind is a part of the orders that are still to pack.
type QueueKind string

// The parts. An order is in at most one of them; those that are late are among the next.
const (
	QueueNext    QueueKind = "next"    // the station may start it; in the order in which it would
	QueueLate    QueueKind = "late"    // and it should have left already
	QueueWaiting QueueKind = "waiting" // a bench has begun it, or has claimed it
	QueueHeld    QueueKind = "held"    // the shop, or the desk, has stopped it
	QueueShort   QueueKind = "short"   // units were left out of it; it waits until somebody puts it back
)

// QueueFilter chooses a page of the queue.
type QueueFilter struct {
	Kind        QueueKind
	Station     string    // whose queue it is
	Now         time.Time // what should have left before it is late
	Text        string    // words that the order's number or whom it goes to must have; "" for any
	Skip, Limit int
}

// Queued is an order that is still to pack, with how far it has come.
type Queued struct {
	station.Order
	Progress Progress
	Holder   string // the station that has claimed it, "" for none
}

const notPacked = ` AND NOT EXISTS (SELECT 1 FROM progress p WHERE p.order_id = o.id AND p.state IN ('closed', 'short'))`

// inQueue says which orders a part holds, for the station ?1.
var inQueue = map[QueueKind]string{
	QueueNext: `o.due = 1` + notElsewhere,
	QueueLate: `o.due = 1` + notElsewhere,
	QueueWaiting: `o.status <> 'held' AND o.id IN (SELECT order_id FROM progress WHERE state IN ('packing', 'parked')
		UNION SELECT order_id FROM claims WHERE station <> ?1 AND done = 0)` + notPacked,
	QueueHeld:  `o.status = 'held'` + notPacked,
	QueueShort: `o.status = 'open' AND o.id IN (SELECT order_id FROM progress WHERE state = 'short') AND ?1 = ?1`,
}

// where is the condition of a filter, with its arguments ?1 to ?3.
func (f QueueFilter) where() (query string, args []any) {
	before := never + 1 // all of them
	if f.Kind == QueueLate {
		before = f.Now.Unix()
	}
	return ` FROM orders o WHERE ` + inQueue[f.Kind] + ` AND o.ship_by < ?2 AND (?3 = '' OR order_has(o.name, o.address, ?3))`,
		[]any{f.Station, before, fold(strings.TrimSpace(f.Text))}
}

// Queue returns a page of the queue: those next in the order of DueOrders, and the
// others likewise by ship-by and id.
func (s *Store) Queue(ctx context.Context, f QueueFilter) ([]Queued, error) {
	where, args := f.where()
	ids, err := list(ctx, s.read, "read the queue", text, `SELECT o.id`+where+` ORDER BY o.ship_by, o.id LIMIT ?4 OFFSET ?5`,
		append(args, noLimit(f.Limit), f.Skip)...)
	var out []Queued
	for _, id := range ids {
		q := Queued{}
		if q.Order, err = s.Order(ctx, id); err != nil {
			return nil, err
		}
		if q.Progress, err = s.Progress(ctx, id); err != nil {
			return nil, err
		}
		if q.Holder, err = s.Holder(ctx, id); err != nil {
			return nil, err
		}
		out = append(out, q)
	}
	return out, err
}

// CountQueue counts each part of the queue, the filter's own part and page left aside.
func (s *Store) CountQueue(ctx context.Context, f QueueFilter) (map[QueueKind]int, error) {
	counts := map[QueueKind]int{}
	for _, f.Kind = range []QueueKind{QueueNext, QueueWaiting, QueueHeld, QueueShort} {
		where, args := f.where()
		n, err := one(ctx, s.read, "count the queue", func(scan func(...any) error) (n [2]int, err error) {
			return n, scan(&n[0], &n[1])
		}, `SELECT count(*), count(*) FILTER (WHERE o.ship_by < ?4)`+where, append(args, f.Now.Unix())...)
		if err != nil {
			return nil, err
		}
		counts[f.Kind] = n[0]
		if f.Kind == QueueNext {
			counts[QueueLate] = n[1]
		}
	}
	return counts, nil
}

// The address stays in its column, and nothing that is made of it: it may be erased.
func init() {
	sqlite.MustRegisterDeterministicScalarFunction("order_has", 3, func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		address, _ := args[1].([]byte)
		return orderHas(fmt.Sprint(args[0]), address, strings.Fields(fmt.Sprint(args[2]))), nil
	})
}

// orderHas reports whether each of the words, which are folded, is part of what the
// order is called, or of the name or the place that it goes to.
func orderHas(name string, address []byte, words []string) bool {
	name = fold(name)
	raw := fold(string(address))
	if !hasAll(words, func(word string) bool { return strings.Contains(name, word) || strings.Contains(raw, inJSON(word)) }) {
		return false // most are ruled out here, and need not be read
	}
	var to station.Address
	if len(address) > 0 && json.Unmarshal(address, &to) != nil {
		return false
	}
	all := name + "\n" + fold(strings.Join([]string{to.Name, to.Company, to.City, to.Country}, "\n"))
	return hasAll(words, func(word string) bool { return strings.Contains(all, word) })
}

func hasAll(words []string, has func(string) bool) bool {
	for _, word := range words {
		if !has(word) {
			return false
		}
	}
	return true
}

// inJSON is a word as it stands in a text of JSON.
func inJSON(word string) string {
	quoted, _ := json.Marshal(word) // a string always can be
	return string(quoted[1 : len(quoted)-1])
}
