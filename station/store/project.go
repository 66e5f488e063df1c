package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"packbench/station/journal"
	"packbench/station/pack"
)

// projectAtOnce is how many rows are taken up in one transaction, so that no
// scan waits long for its turn to write: fifteen milliseconds or so.
const projectAtOnce = 1024

// CaseMover is a fact of the desk that moves a case: to "resolved", "open"
// again, or whatever state the desk has. The projection of cases asks every
// fact for it.
type CaseMover interface {
	CaseMoved() (id, state, by, reason string)
}

// CaseAssigner is a fact of the desk that says whose case it is, "" for nobody's.
type CaseAssigner interface {
	CaseAssigned() (id, to string)
}

// A projection builds its tables from rows in order of arrival.
type projection struct {
	name   string
	tables []string
	apply  func(p *page) error
}

var projections = []projection{
	{"orders", []string{"progress"}, projectOrders},
	{"parcels", []string{"parcels", "parcel_labels", "manifests", "manifest_parcels", "packed_marks", "followed", "lessons"}, projectParcels},
	{"cases", []string{"cases"}, projectCases},
	{"mentions", []string{"mentions"}, projectMentions},
	{"hours", []string{"hours"}, projectHours},
	{"outbox", nil, projectOutbox}, // keeps its place: what was sent cannot be built again
	{"track", []string{"track_events", "standings", "buyers_asked"}, projectTrack},
	{"stock", []string{"stock_moves", "stock_sums", "stock_kept", "stock_counts", "stock_apart"}, projectStock},
	{"returns", []string{"returns", "return_units", "return_comes", "return_codes", "shop_returns", "return_photos"}, projectReturns},
}

// projected reads the facts that a projection has a use for.
func projected(c *journal.Codec) *journal.Codec {
	return c.Without(
		pack.Moved{}, pack.EffectEnded{}, pack.RefusalCounted{}, pack.RefusalsCleared{},
		pack.WeightTaken{}, pack.WeightDropped{}, pack.ScaleHeld{}, pack.Quoted{}, pack.ServiceTaken{},
		pack.QuestionAsked{}, pack.QuestionClosed{}, pack.LineConfirmed{}, pack.CartonTaken{}, pack.StepTaken{}, pack.StepUndone{}, pack.OrderStands{},
		pack.LabelSought{}, pack.BoxPlaced{}, pack.ProofAsked{},
	).WithoutWhere(pack.UnitsMoved{}, func(data []byte) bool {
		return !bytes.Contains(data, []byte(`"Marks":`))
	}).WithoutWhere(pack.DocumentStood{}, func(data []byte) bool {
		return !bytes.Contains(data, []byte(`"Reason":`)) // it is counted what is printed again
	}).WithoutWhere(pack.EffectAsked{}, func(data []byte) bool {
		return bytes.Contains(data, []byte(`"Kind":"quote"`)) // of the order in hand, which the row mentions
	})
}

// batch is what one transaction takes up. What its rows say one by one is written
// at its end together, where that is much less work.
type batch struct {
	runner
	at        places
	unsettled map[string]bool // orders whose due may be another now
	mentions  []mention
	hours     map[hour]span
	told      map[[2]string]bool // parcels and numbers of which a carrier has said something
}

type hour struct {
	writer string
	hour   int64
}

// page is one row while a projection takes it up.
type page struct {
	*batch
	row   arrived
	facts []pack.Fact
	// Who worked here on what, as it was before the row when a projection begins
	// with it.
	pack.Subject
}

// follow keeps track of the subject over one fact.
func (p *page) follow(f pack.Fact) { p.Subject = p.After(f) }

// place is where a projection stands in a writer's chain.
type place struct {
	seq   int64
	moved bool // since it was read
	pack.Subject
}

// places are by writer, in the order of the projections.
type places map[string][]place

// CatchUp brings every projection to the end of the journal. It is cheap when
// nothing is new, and gives way to Append every few rows.
func (s *Store) CatchUp(ctx context.Context) error {
	var next *ahead
	defer func() { next.wait() }()
	for {
		behind, err := s.behind(ctx, s.read)
		if err == nil && !behind && s.copied.Swap(false) {
			s.came.Add(1) // now the tables have it too
		}
		if err != nil || !behind {
			return err
		}
		if err := s.rebuild(ctx, "take up the journal", func(tx *prepared) (err error) {
			next, err = s.catchUpSome(ctx, tx, next)
			return err
		}); err != nil {
			return err
		}
	}
}

// behind reports whether a projection has rows to take up.
func (s *Store) behind(ctx context.Context, q querier) (bool, error) {
	n, err := one(ctx, q, "look for new journal rows", integer, `SELECT EXISTS (SELECT 1 FROM writers w
		WHERE (SELECT coalesce(max(id), w.no << 40) FROM journal WHERE id < (w.no + 1) << 40) - (w.no << 40)
			> (SELECT CASE WHEN count(*) < ? THEN 0 ELSE min(seq) END FROM positions p WHERE p.writer = w.writer))`, len(projections))
	return n == 1, err
}

// Rebuild drops all projections and builds them again from the journal.
func (s *Store) Rebuild(ctx context.Context) error {
	err := s.change(ctx, "drop what was built from the journal", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, p := range projections {
			if len(p.tables) == 0 {
				continue
			}
			run.exec(`DELETE FROM positions WHERE projection = ?`, p.name)
			for _, table := range p.tables {
				run.exec(`DELETE FROM ` + table)
			}
		}
		if run.err != nil {
			return run.err
		}
		if err := dropCarries(ctx, tx, math.MinInt64); err != nil {
			return err
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
		if err := settleDue(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// catchUpSome takes up the next rows of all writers, and begins to read those after
// them. ready are those that were read ahead; whoever else has taken some up
// meanwhile makes them useless.
func (s *Store) catchUpSome(ctx context.Context, tx *prepared, ready *ahead) (next *ahead, err error) {
	at, err := readPlaces(ctx, tx)
	if err != nil {
		return nil, err
	}
	from := at.next()
	if ready == nil || !maps.Equal(ready.wait().from, from) {
		ready = &ahead{from: from}
		ready.rows, ready.err = s.nextRows(ctx, tx, from)
	}
	if ready.err != nil {
		return nil, ready.err
	}
	if len(ready.rows) >= s.atOnce/2 {
		for _, r := range ready.rows {
			from[r.Writer] = r.Seq + 1
		}
		next = s.readAhead(ctx, from)
	}
	b := &batch{
		runner: runner{ctx: ctx, tx: tx}, at: at, unsettled: map[string]bool{}, hours: map[hour]span{}, told: map[[2]string]bool{},
	}
	for _, r := range ready.rows {
		if err := b.takeUp(r); err != nil {
			return next, err
		}
	}
	if err := b.end(); err != nil || b.moved() {
		return next, err
	}
	// Whoever was first may have left nothing to do. But where something is left and
	// nothing moves, the next round would find the same, and so for ever.
	behind, err := s.behind(ctx, tx)
	if behind && err == nil {
		err = &Fault{Kind: Corrupt, Doing: "take up the journal", Err: errors.New("no projection comes to its end")}
	}
	return next, err
}

func (b *batch) moved() bool {
	for _, places := range b.at {
		if slices.ContainsFunc(places, func(p place) bool { return p.moved }) {
			return true
		}
	}
	return false
}

// end writes what was put together.
func (b *batch) end() error {
	for _, id := range slices.Sorted(maps.Keys(b.unsettled)) {
		if b.err == nil {
			b.err = settleDue(b.ctx, b.tx, id)
		}
	}
	for of := range b.told {
		b.stand(of[0], of[1])
	}
	for many := range slices.Chunk(b.mentions, mentionsAtOnce) {
		b.putMentions(many)
	}
	for h, p := range b.hours {
		b.exec(`INSERT INTO hours (writer, hour, first, last) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`, h.writer, h.hour, p.first, p.last)
	}
	for writer, places := range b.at {
		for i, p := range places {
			if p.moved {
				b.exec(`INSERT INTO positions (projection, writer, seq, person, order_id) VALUES (?, ?, ?, ?, ?)
					ON CONFLICT DO UPDATE SET seq = excluded.seq, person = excluded.person, order_id = excluded.order_id`,
					projections[i].name, writer, p.seq, p.Person, p.Order)
			}
		}
	}
	return b.err
}

func readPlaces(ctx context.Context, tx *prepared) (places, error) {
	at := make(places)
	_, err := list(ctx, tx, "", func(scan func(...any) error) (struct{}, error) {
		var name, writer string
		var p place
		err := scan(&writer, &name, &p.seq, &p.Person, &p.Order)
		if at[writer] == nil {
			at[writer] = make([]place, len(projections))
		}
		if i := slices.IndexFunc(projections, func(of projection) bool { return of.name == name }); i >= 0 {
			at[writer][i] = p
		}
		return struct{}{}, err
	}, `SELECT w.writer, coalesce(projection, ''), coalesce(seq, 0), coalesce(person, ''), coalesce(order_id, '')
		FROM writers w LEFT JOIN positions p ON p.writer = w.writer`)
	return at, err
}

// takeUp gives a row to the projections that have not seen it.
func (b *batch) takeUp(r arrived) error {
	places := b.at[r.Writer]
	for i, p := range projections {
		if places[i].seq >= r.Seq {
			continue
		}
		pg := page{batch: b, row: r, facts: r.facts, Subject: places[i].Subject}
		err := p.apply(&pg)
		if err == nil {
			err = b.err
		}
		if err != nil {
			return fmt.Errorf("%s, row %s: %w", p.name, journal.ID(r.Writer, r.Seq), err)
		}
		places[i] = place{seq: r.Seq, moved: true, Subject: pg.Subject}
	}
	return nil
}

// projectHours notes which rows fall into which hour.
func projectHours(p *page) error {
	in := hour{p.row.Writer, hourOf(p.row.At)}
	at, some := p.hours[in]
	if !some {
		at.first = p.row.Seq
	}
	at.first, at.last = min(at.first, p.row.Seq), max(at.last, p.row.Seq)
	p.hours[in] = at
	return nil
}

// Row returns one row; none is ErrUnknown.
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
