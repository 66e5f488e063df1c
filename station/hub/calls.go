package hub

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"packbench/station/journal"
	"packbench/station/store"
)

// Place is where a chain stands at the hub.
type Place struct {
	Writer string
	Seq    int64
	Heard  time.Time
	// Only from Greet: the hash of the last row, hex, and the sign of the greeting, which
	// begins with the life of the hub.
	Hash, Sign string
	Life       string // of the hub now, only from Writers
}

// About is what the hub says of itself.
type About struct {
	ID     string
	Format int
	Least  int   // format of a program that it serves
	Turn   int64 // moves on when the hub was put back
}

// About asks the hub which one it is. One that is too new or too old for this program is a
// Trouble.
func (h *Hub) About(ctx context.Context) (a About, err error) {
	err = h.ask(ctx, `SELECT id, format, least, turn FROM packbench.hub`, nil, &a.ID, &a.Format, &a.Least, &a.Turn)
	if err == nil {
		err = a.fits(Format)
	}
	return a, err
}

// Greet begins or goes on with a chain: pass is what the folder proved itself with last,
// next what it does so with from now on. Where another folder writes the chain it is a
// Trouble, Copied.
func (h *Hub) Greet(ctx context.Context, writer, pass, next string) (Place, error) {
	var hash []byte
	var sign *string
	var other bool
	p := Place{Writer: writer}
	err := h.ask(ctx, `SELECT o_seq, o_hash, o_sign, o_other FROM packbench.greet($1, $2, $3)`, []any{writer, pass, next}, &p.Seq, &hash, &sign, &other)
	if err == nil && other {
		err = &Trouble{Kind: Copied}
	}
	if sign != nil {
		p.Sign = *sign
	}
	p.Hash = hex.EncodeToString(hash)
	return p, err
}

// Append tells the hub rows of one chain, in order, and returns the number of the last
// one that it has then. Rows that it has already are left out. A row that does not follow,
// or is not what was written, is a Trouble, BadChain, that names it, and none is taken.
func (h *Hub) Append(ctx context.Context, rows []journal.Row) (last int64, err error) {
	if len(rows) == 0 {
		return 0, errors.New("tell the hub rows: there are none")
	}
	n := len(rows)
	at, input, facts, hash := make([]string, n), make([][]byte, n), make([][]byte, n), make([][]byte, n)
	for i, r := range rows {
		at[i], input[i], facts[i] = journal.Clock(r.At), some(r.Input), some(r.Facts)
		if hash[i], err = hex.DecodeString(r.Hash); err != nil {
			return 0, fmt.Errorf("journal row %s: the hash is not a SHA-256", r.ID())
		}
	}
	err = h.ask(ctx, `SELECT packbench.append($1, $2, $3, $4, $5, $6)`, []any{rows[0].Writer, rows[0].Seq, at, input, facts, hash}, &last)
	return last, err
}

// some is bytes that are not NULL.
func some(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Writers returns where all chains stand.
func (h *Hub) Writers(ctx context.Context) ([]Place, error) {
	return rowsOf(ctx, h, func(r pgx.CollectableRow) (p Place, err error) {
		var heard *time.Time
		err = r.Scan(&p.Writer, &p.Seq, &heard, &p.Life)
		if heard != nil {
			p.Heard = *heard
		}
		return p, err
	}, `SELECT writer, seq, heard, (SELECT packbench.life_now()) FROM packbench.writers ORDER BY writer`)
}

// Rows returns at most limit rows of a chain, from number from on.
func (h *Hub) Rows(ctx context.Context, writer string, from int64, limit int) ([]journal.Row, error) {
	return rowsOf(ctx, h, func(row pgx.CollectableRow) (journal.Row, error) {
		r, err := rowFrom(row)
		r.Writer = writer
		return r, err
	}, `SELECT seq, at, input, facts, prev, hash FROM packbench.chains WHERE writer = $1 AND seq >= $2 ORDER BY seq LIMIT $3`, writer, from, limit)
}

func rowFrom(row pgx.CollectableRow, more ...any) (r journal.Row, err error) {
	var at string
	var prev, hash []byte
	err = row.Scan(append([]any{&r.Seq, &at, &r.Input, &r.Facts, &prev, &hash}, more...)...)
	if err == nil {
		r.At, err = time.Parse(time.RFC3339Nano, at)
	}
	r.Prev, r.Hash = hex.EncodeToString(prev), hex.EncodeToString(hash)
	return r, err
}

// Reading is a part of a chain that is read.
type Reading struct {
	Writer      string
	After, UpTo int64
}

// Arrived is a row, and when it came to the hub.
type Arrived struct {
	journal.Row
	Came time.Time
}

// RowsOf returns at most limit rows of each of several chains, each chain in order.
func (h *Hub) RowsOf(ctx context.Context, parts []Reading, limit int) ([]Arrived, error) {
	writers, after, upTo := make([]string, len(parts)), make([]int64, len(parts)), make([]int64, len(parts))
	for i, p := range parts {
		writers[i], after[i], upTo[i] = p.Writer, p.After, p.UpTo
	}
	return rowsOf(ctx, h, func(row pgx.CollectableRow) (r Arrived, err error) {
		var writer string
		r.Row, err = rowFrom(row, &writer, &r.Came)
		r.Writer = writer
		return r, err
	}, `SELECT c.seq, c.at, c.input, c.facts, c.prev, c.hash, g.writer, c.came FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS g (writer, after, upto),
		LATERAL (SELECT * FROM packbench.chains WHERE writer = g.writer AND seq > g.after AND seq <= g.upto ORDER BY seq LIMIT $4) AS c
		ORDER BY g.writer, c.seq`, writers, after, upTo, limit)
}

// Put tells the hub what was changed of what is shared, and returns what it took, or has
// already. Of the rest somebody else changed the row since: it comes with the feed.
func (h *Hub) Put(ctx context.Context, writer string, changes []store.Shared) (told []store.Shared, err error) {
	return h.putBehind(ctx, writer, "", changes)
}

// putBehind is Put behind the greeting of a sign: the station may have been greeted again
// when it arrives, and told what is newer; then it is refused.
func (h *Hub) putBehind(ctx context.Context, writer, sign string, changes []store.Shared) (told []store.Shared, err error) {
	n := len(changes)
	kind, key, body, gone, madeOn, again := make([]string, n), make([]string, n), make([][]byte, n), make([]bool, n), make([]int64, n), make([]bool, n)
	for i, c := range changes {
		kind[i], key[i], body[i], gone[i], madeOn[i], again[i] = c.Kind, c.Key, some(c.Body), c.Gone, c.MadeOn, c.Again
	}
	var newer []int64
	if err := h.ask(ctx, `SELECT packbench.put($1, $2, $3, $4, $5, $6, $7, $8)`, []any{writer, kind, key, body, gone, madeOn, again, sign}, &newer); err != nil {
		return nil, err
	}
	for i, c := range changes {
		if i < len(newer) && newer[i] == 0 {
			told = append(told, c)
		}
	}
	return told, nil
}

// Packed tells the hub which orders a station has packed; what another one has, or did,
// stays.
func (h *Hub) Packed(ctx context.Context, station string, orders []string) error {
	return h.do(ctx, `SELECT packbench.packed($1, $2)`, station, orders)
}

// Change is a row of what is shared, and which station changed it.
type Change struct {
	store.Shared
	Station string
}

// Shared returns rows of what is shared that changed behind number after, in order: at
// most limit, and no more behind so many bytes; none where the hub is in another life.
func (h *Hub) Shared(ctx context.Context, life string, after int64, limit, size int) ([]Change, error) {
	return rowsOf(ctx, h, func(r pgx.CollectableRow) (c Change, err error) {
		err = r.Scan(&c.N, &c.Kind, &c.Key, &c.Body, &c.Gone, &c.Station, &c.MadeOn, &c.Again)
		return c, err
	}, `SELECT n, kind, key, body, gone, station, made_on, again FROM (
			SELECT *, sum(length(body)) OVER (ORDER BY n) - length(body) AS before FROM packbench.shared
				WHERE n > $1 AND (SELECT packbench.life_now()) = $4 ORDER BY n LIMIT $2
		) AS next WHERE before < $3 ORDER BY n`, after, limit, size, life)
}

// Keys returns the keys of the shop, by the names of their files.
func (h *Hub) Keys(ctx context.Context) (map[string][]byte, error) {
	type key struct {
		Name string
		Body []byte
	}
	all, err := rowsOf(ctx, h, pgx.RowToStructByPos[key], `SELECT name, body FROM packbench.keys`)
	out := make(map[string][]byte, len(all))
	for _, k := range all {
		out[k.Name] = k.Body
	}
	return out, err
}

// KeptBy returns who kept a key last, and when; "" for nobody.
func (h *Hub) KeptBy(ctx context.Context, name string) (station string, at time.Time, err error) {
	type kept struct {
		Station string
		At      time.Time
	}
	all, err := rowsOf(ctx, h, pgx.RowToStructByPos[kept], `SELECT station, at FROM packbench.keys WHERE name = $1`, name)
	if len(all) == 0 {
		return "", time.Time{}, err
	}
	return all[0].Station, all[0].At, err
}

// TraceKeys is the name of the keys that may be changed; of the others the first stays.
const TraceKeys = "trace.key"

// KeepKey tells the hub a key.
func (h *Hub) KeepKey(ctx context.Context, station, name string, body []byte) error {
	return h.do(ctx, `SELECT packbench.keep_key($1, $2, $3)`, station, name, some(body))
}

// ClaimState is whether something is held.
type ClaimState string

// The states of a claim.
const (
	Held ClaimState = "held"
	Free ClaimState = "free"
	Done ClaimState = "done" // packed by who held it
)

// ClaimKind is what is claimed.
type ClaimKind string

// OrderClaim is who packs an order.
const OrderClaim ClaimKind = "order"

// Claim is who holds something.
type Claim struct {
	Kind    ClaimKind
	Key     string
	Station string
	State   ClaimState
	Since   time.Time
	Wanted  string // another station that asks for it, "" for none
	N       int64  // in the feed
}

// Claim takes something for a station where nobody holds it, and returns who does now.
// What is done stays with who did it unless it is to be done again.
func (h *Hub) Claim(ctx context.Context, station string, kind ClaimKind, key string, again bool) (Claim, error) {
	c := Claim{Kind: kind, Key: key}
	err := h.ask(ctx, `SELECT o_holder, o_state, o_since FROM packbench.claim($1, $2, $3, $4)`, []any{station, kind, key, again}, &c.Station, &c.State, &c.Since)
	return c, err
}

// Want asks who holds something for it: who has not begun with it gives it back.
func (h *Hub) Want(ctx context.Context, station string, kind ClaimKind, key string) error {
	return h.do(ctx, `SELECT packbench.want($1, $2, $3)`, station, kind, key)
}

// Release takes what a dead station holds, or one order, from whoever holds it. It is for
// a desk; the station learns it before its next label. It returns the keys.
func (h *Hub) Release(ctx context.Context, station, order string) ([]string, error) {
	return rowsOf(ctx, h, pgx.RowTo[string], `SELECT packbench.release($1, $2)`, station, order)
}

// PutBack finds out whether the hub was put back to an older state since it was seen so,
// and returns its turn, which is a new one then. sign is that of the last greeting; shared
// and claims are how far the feeds were read after it.
func (h *Hub) PutBack(ctx context.Context, station, sign string, turn, shared, claims int64) (now int64, err error) {
	err = h.ask(ctx, `SELECT packbench.put_back($1, $2, $3, $4, $5)`, []any{station, sign, turn, shared, claims}, &now)
	return now, err
}

// Settle ends claims of a station, or takes what is done up again. Those of others stay.
func (h *Hub) Settle(ctx context.Context, station string, kind ClaimKind, keys []string, state ClaimState) error {
	if len(keys) == 0 {
		return nil
	}
	return h.do(ctx, `SELECT packbench.settle($1, $2, $3, $4)`, station, kind, keys, state)
}

// Claims returns at most limit claims that changed behind number after, in order; none
// where the hub is in another life.
func (h *Hub) Claims(ctx context.Context, life string, after int64, limit int) ([]Claim, error) {
	return h.claims(ctx, `n > $1 AND (SELECT packbench.life_now()) = $3 ORDER BY n LIMIT $2`, after, limit, life)
}

// HeldBy returns what a station holds.
func (h *Hub) HeldBy(ctx context.Context, station string) ([]Claim, error) {
	return h.claims(ctx, `station = $1 AND state = 'held' ORDER BY kind, key`, station)
}

// HolderOf returns who holds something; a zero Claim where nobody ever did.
func (h *Hub) HolderOf(ctx context.Context, kind ClaimKind, key string) (Claim, error) {
	found, err := h.claims(ctx, `kind = $1 AND key = $2`, kind, key)
	if len(found) == 0 {
		return Claim{}, err
	}
	return found[0], nil
}

// Held returns which orders and returns are held, the longest first.
func (h *Hub) Held(ctx context.Context) ([]Claim, error) {
	return h.claims(ctx, `kind IN ('order', 'return') AND state = 'held' ORDER BY since, key`)
}

func (h *Hub) claims(ctx context.Context, where string, args ...any) ([]Claim, error) {
	return rowsOf(ctx, h, func(r pgx.CollectableRow) (c Claim, err error) {
		err = r.Scan(&c.Kind, &c.Key, &c.Station, &c.State, &c.Since, &c.Wanted, &c.N)
		return c, err
	}, `SELECT kind, key, station, state, since, wanted, n FROM packbench.claims WHERE `+where, args...)
}

// Take returns numbers of a range that nobody has: above all that the hub gave, and above
// known. Where there are none up to most, last is below first.
func (h *Hub) Take(ctx context.Context, station, name string, known, most, amount int64) (first, last int64, err error) {
	err = h.ask(ctx, `SELECT o_first, o_last FROM packbench.take($1, $2, $3, $4, $5)`, []any{station, name, known, most, amount}, &first, &last)
	return first, last, err
}

// Given returns how far each range was given out.
func (h *Hub) Given(ctx context.Context) (map[string]int64, error) {
	type counter struct {
		Name string
		Last int64
	}
	all, err := rowsOf(ctx, h, pgx.RowToStructByPos[counter], `SELECT name, last FROM packbench.counters`)
	out := make(map[string]int64, len(all))
	for _, c := range all {
		out[c.Name] = c.Last
	}
	return out, err
}

// Lift tells the hub how far ranges were given out, as far as a folder knows.
func (h *Hub) Lift(ctx context.Context, station string, last map[string]int64) error {
	names, lasts := make([]string, 0, len(last)), make([]int64, 0, len(last))
	for name, n := range last {
		names, lasts = append(names, name), append(lasts, n)
	}
	return h.do(ctx, `SELECT packbench.lift($1, $2, $3)`, station, names, lasts)
}

// do runs a statement whose answer says nothing.
func (h *Hub) do(ctx context.Context, statement string, args ...any) error {
	ctx, done := context.WithTimeout(ctx, answerWithin)
	defer done()
	_, err := h.pool.Exec(ctx, statement, args...)
	return troubleOf(err)
}

func rowsOf[T any](ctx context.Context, h *Hub, read pgx.RowToFunc[T], query string, args ...any) ([]T, error) {
	ctx, done := context.WithTimeout(ctx, answerWithin)
	defer done()
	rows, err := h.pool.Query(ctx, query, args...)
	if err != nil {
		return nil, troubleOf(err)
	}
	out, err := pgx.CollectRows(rows, read)
	return out, troubleOf(err)
}
