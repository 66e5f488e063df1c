package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"packbench/station/journal"
	"packbench/station/pack"
)

// projectAtOnce is how many rows are taken up in one transaction, so that no
// scan waits long for its turn to write.
const projectAtOnce = 128

// CaseMover is a fact of the desk that moves a case: to "resolved", "open"
// again, or whatever state the desk has. The projection of cases asks every
// fact for it.
type CaseMover interface {
	CaseMoved() (id, state, by, reason string)
}

// A projection builds its tables from rows in order of arrival.
type projection struct {
	name   string
	tables []string
	apply  func(p *page) error
}

func projections() []projection {
	return []projection{
		{"orders", []string{"progress"}, projectOrders},
		{"parcels", []string{"parcels", "parcel_labels", "manifests", "manifest_parcels"}, projectParcels},
		{"cases", []string{"cases"}, projectCases},
		{"mentions", []string{"mentions"}, projectMentions},
		{"hours", []string{"hours"}, projectHours},
	}
}

// page is one row while a projection takes it up.
type page struct {
	runner
	row   arrived
	input pack.Input
	facts []pack.Fact
	// Who worked here on what, as it was before the row when a projection begins
	// with it.
	pack.Subject
}

// follow keeps track of the subject over one fact.
func (p *page) follow(f pack.Fact) { p.Subject = p.After(f) }

// place is where a projection stands in a writer's chain.
type place struct {
	seq int64
	pack.Subject
}

type places map[string]map[string]place // by projection and writer

// CatchUp brings every projection to the end of the journal. It is cheap when
// nothing is new, and gives way to Append every few rows.
func (s *Store) CatchUp(ctx context.Context) error {
	for {
		behind, err := s.behind(ctx, s.read)
		if err != nil || !behind {
			return err
		}
		if err := s.change(ctx, "take up the journal", s.catchUpSome(ctx)); err != nil {
			return err
		}
	}
}

// behind tells whether a projection has rows to take up.
func (s *Store) behind(ctx context.Context, q querier) (bool, error) {
	n, err := one(ctx, q, "look for new journal rows", integer, `SELECT EXISTS (SELECT 1 FROM writers w
		WHERE (SELECT coalesce(max(id), w.no << 40) FROM journal WHERE id < (w.no + 1) << 40) - (w.no << 40)
			> (SELECT CASE WHEN count(*) < ? THEN 0 ELSE min(seq) END FROM positions p WHERE p.writer = w.writer))`, len(projections()))
	return n == 1, err
}

// Rebuild drops all projections and builds them anew from the journal.
func (s *Store) Rebuild(ctx context.Context) error {
	err := s.change(ctx, "drop what was built from the journal", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		run.exec(`DELETE FROM positions`)
		for _, p := range projections() {
			for _, table := range p.tables {
				run.exec(`DELETE FROM ` + table)
			}
		}
		if run.err != nil {
			return run.err
		}
		return settleAll(ctx, tx)
	})
	if err != nil {
		return err
	}
	return s.CatchUp(ctx)
}

// settleAll settles every order whose due may rest on what was dropped.
func settleAll(ctx context.Context, tx *prepared) error {
	ids, err := list(ctx, tx, "", text, `SELECT id FROM orders WHERE due = 0 AND status = 'open'`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		o, err := order(ctx, tx, id)
		if err == nil {
			err = settleDue(ctx, tx, o)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// catchUpSome takes up the next rows of all writers.
func (s *Store) catchUpSome(ctx context.Context) func(tx *prepared) error {
	return func(tx *prepared) error {
		at, err := readPlaces(ctx, tx)
		if err != nil {
			return err
		}
		rows, err := s.nextRows(ctx, tx, at)
		if err != nil {
			return err
		}
		for _, r := range rows {
			if err := s.takeUp(ctx, tx, r, at); err != nil {
				return err
			}
		}
		return writePlaces(ctx, tx, at)
	}
}

func readPlaces(ctx context.Context, tx *prepared) (places, error) {
	at := make(places)
	for _, p := range projections() {
		at[p.name] = make(map[string]place)
	}
	_, err := list(ctx, tx, "", func(scan func(...any) error) (struct{}, error) {
		var name, writer string
		var p place
		err := scan(&name, &writer, &p.seq, &p.Person, &p.Order)
		if known := at[name]; known != nil {
			known[writer] = p
		}
		return struct{}{}, err
	}, `SELECT projection, writer, seq, person, order_id FROM positions`)
	return at, err
}

func writePlaces(ctx context.Context, tx *prepared, at places) error {
	run := runner{ctx: ctx, tx: tx}
	for name, writers := range at {
		for writer, p := range writers {
			run.exec(`INSERT INTO positions (projection, writer, seq, person, order_id) VALUES (?, ?, ?, ?, ?)
				ON CONFLICT DO UPDATE SET seq = excluded.seq, person = excluded.person, order_id = excluded.order_id`,
				name, writer, p.seq, p.Person, p.Order)
		}
	}
	return run.err
}

// nextRows gives rows that a projection has not seen, in order of arrival and
// without a hole: no row that arrived before the last of them is left out.
func (s *Store) nextRows(ctx context.Context, tx *prepared, at places) ([]arrived, error) {
	writers, err := list(ctx, tx, "", text, `SELECT writer FROM writers`)
	if err != nil {
		return nil, err
	}
	var rows []arrived
	end := int64(-1)
	for _, w := range writers {
		from := int64(1 << seqBits)
		for _, p := range at {
			from = min(from, p[w].seq+1)
		}
		some, err := s.chunk(ctx, tx, w, from, 1<<seqBits-1, projectAtOnce)
		if err != nil {
			return nil, err
		}
		if len(some) == projectAtOnce {
			if last := some[len(some)-1].n; end < 0 || last < end {
				end = last
			}
		}
		rows = append(rows, some...)
	}
	slices.SortFunc(rows, func(a, b arrived) int { return int(a.n - b.n) })
	if end >= 0 {
		rows = slices.DeleteFunc(rows, func(r arrived) bool { return r.n > end })
	}
	return rows, nil
}

// takeUp gives a row to the projections that have not seen it.
func (s *Store) takeUp(ctx context.Context, tx *prepared, r arrived, at places) error {
	input, facts, err := s.codec.Decode(r.Row)
	if err != nil {
		return err
	}
	for _, p := range projections() {
		from := at[p.name][r.Writer]
		if from.seq >= r.Seq {
			continue
		}
		pg := page{runner: runner{ctx: ctx, tx: tx}, row: r, input: input, facts: facts, Subject: from.Subject}
		err := p.apply(&pg)
		if err := errors.Join(err, pg.err); err != nil {
			return fmt.Errorf("%s, row %s: %w", p.name, journal.ID(r.Writer, r.Seq), err)
		}
		at[p.name][r.Writer] = place{seq: r.Seq, Subject: pg.Subject}
	}
	return nil
}

// projectMentions notes which orders a row speaks of.
func projectMentions(p *page) error {
	orders := []string{p.Order}
	for _, f := range p.facts {
		p.follow(f)
		orders = append(orders, p.Order, orderIn(f))
	}
	slices.Sort(orders)
	for _, id := range slices.Compact(orders) {
		if id != "" {
			p.exec(`INSERT INTO mentions (order_id, n, writer, seq) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				id, p.row.n, p.row.Writer, p.row.Seq)
		}
	}
	return nil
}

// orderIn is the order that a fact names itself.
func orderIn(f pack.Fact) string {
	switch f := f.(type) {
	case pack.Judged:
		return f.Verdict.Order
	case pack.EffectAsked:
		return f.Effect.Order
	case pack.OpeningBegan:
		return f.Opening.Order
	case pack.CaseOpened:
		return f.Order
	case pack.ParcelDone:
		return f.Order
	case pack.ParcelReopened:
		return f.Parcel.Order
	case pack.ParcelLoaded:
		return f.Order
	case pack.ParcelUnloaded:
		return f.Order
	case interface{ MentionsOrder() string }: // facts of the desk
		return f.MentionsOrder()
	}
	return ""
}

// projectHours notes which rows fall into which hour.
func projectHours(p *page) error {
	p.exec(`INSERT INTO hours (writer, hour, first, last) VALUES (?1, ?2, ?3, ?3)
		ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`,
		p.row.Writer, hourOf(p.row.At), p.row.Seq)
	return nil
}

// Mention is a row that speaks of an order.
type Mention struct {
	Writer string
	Seq    int64
}

// Mentions gives the rows that speak of an order, in order of arrival.
func (s *Store) Mentions(ctx context.Context, orderID string) ([]Mention, error) {
	return list(ctx, s.read, "read the story of order "+orderID, func(scan func(...any) error) (Mention, error) {
		var m Mention
		return m, scan(&m.Writer, &m.Seq)
	}, `SELECT writer, seq FROM mentions WHERE order_id = ? ORDER BY n`, orderID)
}

// Story gives those rows themselves.
func (s *Store) Story(ctx context.Context, orderID string) ([]journal.Row, error) {
	mentions, err := s.Mentions(ctx, orderID)
	if err != nil {
		return nil, err
	}
	rows := make([]journal.Row, 0, len(mentions))
	for _, m := range mentions {
		r, err := s.Row(ctx, m.Writer, m.Seq)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// Row gives one row; none is ErrUnknown.
func (s *Store) Row(ctx context.Context, writer string, seq int64) (journal.Row, error) {
	some, err := s.chunk(ctx, s.read, writer, seq, seq, 1)
	if err != nil {
		return journal.Row{}, err
	}
	if len(some) == 0 {
		return journal.Row{}, fmt.Errorf("journal row %s: %w", journal.ID(writer, seq), ErrUnknown)
	}
	return some[0].Row, nil
}

// ProjectionPlaces tells up to which row each projection has come, as
// "orders S1" → 123.
func (s *Store) ProjectionPlaces(ctx context.Context) (map[string]int64, error) {
	out := make(map[string]int64)
	_, err := list(ctx, s.read, "read the projections", func(scan func(...any) error) (struct{}, error) {
		var name, writer string
		var seq int64
		err := scan(&name, &writer, &seq)
		out[strings.Join([]string{name, writer}, " ")] = seq
		return struct{}{}, err
	}, `SELECT projection, writer, seq FROM positions`)
	return out, err
}
