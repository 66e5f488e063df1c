package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

// seqBits is how many bits of a row's id its number in the chain takes.
const seqBits = 40

// rowsAtOnce is how many rows are read in one go; between goes no read
// transaction is open, so that a long reading never holds the WAL.
const rowsAtOnce = 256

// nextN numbers rows in order of arrival: one more than the last row of any
// writer.
const nextN = `(SELECT 1 + coalesce(max((SELECT n FROM journal WHERE id < (w.no + 1) << 40 ORDER BY id DESC LIMIT 1)), 0) FROM writers w)`

// insertNext takes a row only behind the row that it follows, which also tells
// how far its own writer has counted: else n is NULL, which the table refuses.
const insertNext = `INSERT INTO journal (id, n, at, input, facts, prev, hash) VALUES (?1,
	(SELECT 1 + max(j.n, coalesce((SELECT max((SELECT n FROM journal WHERE id < (w.no + 1) << 40 ORDER BY id DESC LIMIT 1))
		FROM writers w WHERE w.no <> ?1 >> 40), 0)) FROM journal j WHERE j.id = ?1 - 1 AND j.hash = ?5), ?2, ?3, ?4, ?5, ?6)`

const insertFirst = `INSERT INTO journal (id, n, at, input, facts, prev, hash) VALUES (?1, ` + nextN + `, ?2, ?3, ?4, x'', ?5)`

// NotNext says that a row does not follow the last row of its writer.
type NotNext struct {
	Writer    string
	Seq, Last int64
}

// Error names both rows.
func (e *NotNext) Error() string {
	return fmt.Sprintf("journal row %s does not follow the last row of %s, %d: is another packbench writing for this station?",
		journal.ID(e.Writer, e.Seq), e.Writer, e.Last)
}

// Append stores a row in one durable commit. A row that leaves a gap, comes a
// second time or does not carry the hash of the row before it is a *NotNext.
func (s *Store) Append(ctx context.Context, r journal.Row) error {
	hash, prev, err := sums(r)
	if err != nil {
		return err
	}
	if r.Seq == 1 {
		return s.appendFirst(ctx, r, hash)
	}
	done, err := s.take(ctx)
	if err != nil {
		return err
	}
	defer done()
	no, err := s.number(ctx, s.tx, r.Writer)
	if err == nil {
		err = s.setDurable(true)
	}
	if err == nil {
		// Cut short, nobody would know whether the row is there.
		at := journal.Clock(r.At)
		s.commits++
		err = s.retryBusy(ctx, func() error {
			return s.quick.exec(insertNext, no<<seqBits+r.Seq, at, r.Input, r.Facts, prev, hash)
		})
	}
	return s.appended(ctx, r, err)
}

// sums reads the hash of a row and that of the row before.
func sums(r journal.Row) (hash, prev []byte, err error) {
	if hash, err = hex.DecodeString(r.Hash); err != nil || len(hash) != 32 {
		return nil, nil, fmt.Errorf("journal row %s: the hash is not a SHA-256", r.ID())
	}
	if prev, err = hex.DecodeString(r.Prev); err != nil {
		return nil, nil, fmt.Errorf("journal row %s: the hash before it is not a SHA-256", r.ID())
	}
	return hash, prev, nil
}

// appendFirst begins the chain of a new writer.
func (s *Store) appendFirst(ctx context.Context, r journal.Row, hash []byte) error {
	if r.Writer == "" || r.Prev != "" {
		return &NotNext{Writer: r.Writer, Seq: r.Seq}
	}
	return s.appended(ctx, r, s.change(ctx, "write journal row "+r.ID(), func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		// A writer whose name the disk has changed would begin a second time.
		if _, err := list(ctx, tx, "", sound(text), writerNames); err != nil {
			return err
		}
		run.exec(`INSERT INTO writers (writer) VALUES (?) ON CONFLICT DO NOTHING`, r.Writer)
		if run.err != nil {
			return run.err
		}
		var no int64
		if err := tx.QueryRowContext(ctx, `SELECT no FROM writers WHERE writer = ?`, r.Writer).Scan(&no); err != nil {
			return err
		}
		run.exec(insertFirst, no<<seqBits+1, journal.Clock(r.At), r.Input, r.Facts, hash)
		return run.err
	}))
}

// number returns the number that a writer's ids begin with; a writer keeps it
// for ever. The caller has the turn to write.
func (s *Store) number(ctx context.Context, q querier, writer string) (int64, error) {
	if no, ok := s.numbers[writer]; ok {
		return no, nil
	}
	no, err := one(ctx, q, "", sound(integer), `SELECT no, `+doubt("writers", "")+` FROM writers WHERE writer = ?`, writer)
	if err == nil {
		s.numbers[writer] = no
	}
	return no, err
}

// appended explains why a row was not taken.
func (s *Store) appended(ctx context.Context, r journal.Row, err error) error {
	if err == nil {
		return nil
	}
	if !isConstraint(err) && !errors.Is(err, ErrUnknown) {
		return fault("write journal row "+r.ID(), err)
	}
	head, err := s.Head(ctx, r.Writer)
	if err != nil {
		return err
	}
	return &NotNext{Writer: r.Writer, Seq: r.Seq, Last: head.Seq}
}

// Head returns where a writer's chain stands; Seq 0 for one that never wrote.
func (s *Store) Head(ctx context.Context, writer string) (journal.Chain, error) {
	c := journal.Chain{Writer: writer}
	var hash []byte
	err := s.read.QueryRowContext(ctx, `SELECT j.id & ((1 << 40) - 1), j.hash FROM writers w JOIN journal j
		ON j.id = (SELECT max(id) FROM journal WHERE id < (w.no + 1) << 40 AND id > w.no << 40) WHERE w.writer = ?`, writer).
		Scan(&c.Seq, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return c, nil
	}
	c.Head = hex.EncodeToString(hash)
	return c, fault("read the end of the journal of "+writer, err)
}

var writerNames = `SELECT writer, ` + doubt("writers", "") + ` FROM writers ORDER BY writer`

// Writers lists all who ever wrote, by name.
func (s *Store) Writers(ctx context.Context) ([]string, error) {
	return list(ctx, s.read, "read the writers", sound(text), writerNames)
}

// Rows returns a writer's rows from number from on, in order, up to the end as
// it is when the reading comes there.
func (s *Store) Rows(ctx context.Context, writer string, from int64) iter.Seq2[journal.Row, error] {
	return s.RowsTo(ctx, writer, from, 1<<seqBits-1)
}

// RowsTo returns those from number from up to number to.
func (s *Store) RowsTo(ctx context.Context, writer string, from, to int64) iter.Seq2[journal.Row, error] {
	return func(yield func(journal.Row, error) bool) {
		for next := max(from, 1); next <= to; {
			some, err := s.chunk(ctx, s.read, writer, next, to, rowsAtOnce)
			if err != nil {
				yield(journal.Row{}, err)
				return
			}
			for _, r := range some {
				if !yield(r.Row, nil) {
					return
				}
				next = r.Seq + 1
			}
			if len(some) == 0 {
				return
			}
		}
	}
}

// arrived is a row as it came in.
type arrived struct {
	journal.Row
	facts []pack.Fact // where they were asked for
}

func (r *arrived) readTime(text string) (err error) {
	if r.At, err = time.Parse(time.RFC3339Nano, text); err != nil {
		return &journal.Broken{Writer: r.Writer, Seq: r.Seq, Why: "its time cannot be read"}
	}
	return nil
}

// chunk reads the first rows, limit at most, that are numbered from from to to.
func (s *Store) chunk(ctx context.Context, q querier, writer string, from, to int64, limit int) ([]arrived, error) {
	return list(ctx, q, "read the journal of "+writer, func(scan func(...any) error) (arrived, error) {
		r := arrived{Row: journal.Row{Writer: writer}}
		var at string
		var prev, hash []byte
		if err := scan(&r.Seq, &r.Arrived, &at, &r.Input, &r.Facts, &prev, &hash); err != nil {
			return r, err
		}
		r.Prev, r.Hash = hex.EncodeToString(prev), hex.EncodeToString(hash)
		return r, r.readTime(at)
	}, `SELECT j.id & ((1 << 40) - 1), j.n, j.at, j.input, j.facts, j.prev, j.hash FROM writers w JOIN journal j
		ON j.id BETWEEN (w.no << 40) + ?2 AND (w.no << 40) + ?3 WHERE w.writer = ?1 ORDER BY j.id LIMIT ?4`,
		writer, from, to, limit)
}

// RowsBetween returns the rows of all writers whose time is from from (inclusive)
// to to (exclusive), writer by writer, each in order. It is fast where CatchUp
// has run.
func (s *Store) RowsBetween(ctx context.Context, from, to time.Time) iter.Seq2[journal.Row, error] {
	return func(yield func(journal.Row, error) bool) {
		spans, err := s.spans(ctx, from, to)
		if err != nil {
			yield(journal.Row{}, err)
			return
		}
		for _, span := range spans {
			for r, err := range s.RowsTo(ctx, span.writer, span.first, span.last) {
				if err == nil && (r.At.Before(from) || !r.At.Before(to)) {
					continue
				}
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

type span struct {
	writer      string
	first, last int64
}

// spans are the rows that may fall between two times: by the hours projection,
// and all that it has not seen.
func (s *Store) spans(ctx context.Context, from, to time.Time) ([]span, error) {
	scan := func(scan func(...any) error) (span, error) {
		var p span
		return p, scan(&p.writer, &p.first, &p.last)
	}
	spans, err := list(ctx, s.read, "find the rows of a time", scan,
		`SELECT h.writer, h.first, min(h.last, p.seq) FROM hours h JOIN positions p ON p.projection = 'hours' AND p.writer = h.writer
			WHERE h.hour BETWEEN ?1 AND ?2
		UNION ALL
		SELECT w.writer, 1 + coalesce((SELECT seq FROM positions WHERE projection = 'hours' AND writer = w.writer), 0), ?3
			FROM writers w`, hourOf(from), hourOf(to), 1<<seqBits-1)
	slices.SortFunc(spans, func(a, b span) int {
		if a.writer != b.writer {
			if a.writer < b.writer {
				return -1
			}
			return 1
		}
		return int(a.first - b.first)
	})
	// A clock that was set back puts one row into the spans of two hours.
	var out []span
	for _, p := range spans {
		if n := len(out); n > 0 && out[n-1].writer == p.writer && p.first <= out[n-1].last+1 {
			out[n-1].last = max(out[n-1].last, p.last)
			continue
		}
		out = append(out, p)
	}
	return out, err
}

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }

// snapshotVersion is the version of a kept state. One of another version is not
// read: the journal is replayed. Raise it whenever pack.State or what folding makes of old
// facts changes: a state that an older program kept lacks what this one would have folded.
const snapshotVersion = 11

// SaveSnapshot keeps the state after row seq of the writer, so that a start
// need not replay the journal from its beginning.
func (s *Store) SaveSnapshot(ctx context.Context, at journal.Chain, state pack.State) error {
	body, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("keep the state of %s: %w", at.Writer, err)
	}
	hash, err := hex.DecodeString(at.Head)
	if err != nil {
		return fmt.Errorf("keep the state of %s: the hash of row %d is not a SHA-256", at.Writer, at.Seq)
	}
	body = append(stateSum(hash, body), body...)
	return s.change(ctx, "keep the state of "+at.Writer, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO snapshots (writer, seq, hash, version, state) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, version = excluded.version, state = excluded.state`,
			at.Writer, at.Seq, hash, snapshotVersion, body)
		return err
	})
}

// stateSum is what stands before a kept state: it belongs to this row, and is whole.
func stateSum(hash, body []byte) []byte {
	sum := sha256.Sum256(slices.Concat(hash, body))
	return sum[:]
}

// Snapshot returns the kept state of a writer and the row that it stands at. A
// missing one, one of another version, or one that does not belong to the
// journal is pack.New() at row 0: the journal is the truth. So is one that somebody
// has changed since: sound is false then.
func (s *Store) Snapshot(ctx context.Context, writer string) (state pack.State, at journal.Chain, sound bool, err error) {
	none := journal.Chain{Writer: writer}
	var seq int64
	var hash, body []byte
	err = s.read.QueryRowContext(ctx, `SELECT s.seq, s.hash, s.state FROM snapshots s JOIN writers w ON w.writer = s.writer
		JOIN journal j ON j.id = (w.no << 40) + s.seq AND j.hash = s.hash WHERE s.writer = ? AND s.version = ?`,
		writer, snapshotVersion).Scan(&seq, &hash, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return pack.New(), none, true, nil
	}
	if err != nil {
		return pack.New(), none, false, fault("read the kept state of "+writer, err)
	}
	sum := body[:min(len(body), sha256.Size)]
	body = body[len(sum):]
	if !bytes.Equal(sum, stateSum(hash, body)) || json.Unmarshal(body, &state) != nil {
		return pack.New(), none, false, nil
	}
	return state, journal.Chain{Writer: writer, Seq: seq, Head: hex.EncodeToString(hash)}, true, nil
}
