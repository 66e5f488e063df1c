package hub

import (
	"context"
	"slices"
	"time"

	"packbench/station/journal"
)

// merge reads the rows of several chains in the order in which they came to the hub. What
// a bench wrote because of another's row comes behind it then: who resolves a case behind
// who opened it, who packs an order on behind who parked it.
type merge struct {
	hub    *Hub
	chains []*part
}

// part is one chain of a merge.
type part struct {
	writer      string
	after, upTo int64     // read up to, and to be read up to
	rows        []Arrived // that were read and not given yet
	came        time.Time // of the last that was given: the hub's clock may be set back
}

func (m *merge) add(writer string, after, upTo int64) {
	if after < upTo {
		m.chains = append(m.chains, &part{writer: writer, after: after, upTo: upTo})
	}
}

// leave reads no more of a chain.
func (m *merge) leave(writer string) {
	m.chains = slices.DeleteFunc(m.chains, func(p *part) bool { return p.writer == writer })
}

// next returns the next rows, none at the end.
func (m *merge) next(ctx context.Context) (rows []journal.Row, err error) {
	for size := 0; len(rows) < rowsAtOnce && size < bytesAtOnce; {
		if err := m.fill(ctx); err != nil {
			return nil, err
		}
		p := m.first()
		if p == nil {
			break
		}
		r := p.rows[0]
		p.rows, p.came = p.rows[1:], later(p.came, r.Came)
		rows, size = append(rows, r.Row), size+len(r.Input)+len(r.Facts)
	}
	return rows, nil
}

// first is the chain whose next row came first.
func (m *merge) first() (of *part) {
	for _, p := range m.chains {
		if len(p.rows) > 0 && (of == nil || later(p.came, p.rows[0].Came).Before(later(of.came, of.rows[0].Came))) {
			of = p
		}
	}
	return of
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// fill reads on in the chains of which no row is left.
func (m *merge) fill(ctx context.Context) error {
	m.chains = slices.DeleteFunc(m.chains, func(p *part) bool { return len(p.rows) == 0 && p.after >= p.upTo })
	empty := map[string]*part{}
	var from []Reading
	for _, p := range m.chains {
		if len(p.rows) == 0 {
			empty[p.writer] = p
			from = append(from, Reading{p.writer, p.after, p.upTo})
		}
	}
	if len(from) == 0 {
		return nil
	}
	// Those of all chains together are to be a few batches, however many there are.
	rows, err := m.hub.RowsOf(ctx, from, min(max(8*rowsAtOnce/len(m.chains), 10), rowsAtOnce))
	if err != nil {
		return err
	}
	for _, r := range rows {
		p := empty[r.Writer]
		p.rows, p.after = append(p.rows, r), r.Seq
	}
	for _, p := range empty {
		if len(p.rows) == 0 {
			p.after = p.upTo // a month that was dropped
		}
	}
	return nil
}
