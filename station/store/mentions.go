package store

import (
	"context"
	"slices"
	"strings"

	"packbench/station/journal"
	"packbench/station/pack"
)

type mention struct {
	order string
	row   arrived
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
			p.mentions = append(p.mentions, mention{id, p.row})
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

// mentionsAtOnce is how many one statement writes.
const mentionsAtOnce = 32

// To ignore what is there costs no copy of the pages that change; ON CONFLICT
// would make one, in case the statement breaks off.
const putMention = `INSERT OR IGNORE INTO mentions (order_id, n, writer, seq) VALUES (?, ?, ?, ?)`

var putMentions = putMention + strings.Repeat(`, (?, ?, ?, ?)`, mentionsAtOnce-1)

func (b *batch) putMentions(list []mention) {
	values := func(m mention) []any { return []any{m.order, m.row.Arrived, m.row.Writer, m.row.Seq} }
	if len(list) == mentionsAtOnce {
		var all []any
		for _, m := range list {
			all = append(all, values(m)...)
		}
		b.exec(putMentions, all...)
		return
	}
	for _, m := range list {
		b.exec(putMention, values(m)...)
	}
}

// Mention is a row that speaks of an order.
type Mention struct {
	Writer string
	Seq    int64
}

// Mentions returns the rows that speak of an order, in order of arrival.
func (s *Store) Mentions(ctx context.Context, orderID string) ([]Mention, error) {
	return list(ctx, s.read, "read the story of order "+orderID, func(scan func(...any) error) (Mention, error) {
		var m Mention
		return m, scan(&m.Writer, &m.Seq)
	}, `SELECT writer, seq FROM mentions WHERE order_id = ? ORDER BY n`, orderID)
}

// Story returns those rows themselves.
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
