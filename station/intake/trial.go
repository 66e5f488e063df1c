package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"

	"packbench/station"
)

// Trial is what would come of a file of orders, or of its beginning.
type Trial struct {
	Report
	Cut    bool            // there are more rows than were read
	First  []station.Order // the first few
	Counts map[station.OrderStatus]int
	// Words of the column "status" that mean nothing yet, so that they hold their orders.
	Words []string
}

// How much a trial reads and shows.
const (
	TrialRows   = 5_000
	trialBytes  = 16 << 20
	trialOrders = 20
	trialWords  = 20
)

// mappedKind is the kind of a file whose columns a person has named.
const mappedKind = "mapped-orders"

// Try reads the beginning of a file of orders as [EachOrder] would, and hands on nothing.
func Try(ctx context.Context, r io.Reader, name string, o Options) (Trial, error) {
	t := Trial{Counts: map[station.OrderStatus]int{}}
	if err := t.read(ctx, r, name, o); err != nil {
		return Trial{}, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	return t, nil
}

func (t *Trial) read(ctx context.Context, r io.Reader, name string, o Options) error {
	file, err := rewindable(r)
	if err != nil {
		return err
	}
	b := newOrders(o, func(order station.Order) error {
		if !order.HasGoods() && order.Shop == "" {
			return nil // it may be a sum below the table: whoever takes orders in leaves it out
		}
		if len(t.First) < trialOrders {
			t.First = append(t.First, order)
		}
		t.Counts[order.Status]++
		return nil
	})
	b.full = math.MaxInt // nothing is given away before its last row was read
	var l letters
	src, m, err := begin(file, name, b, &l)
	if err != nil {
		return err
	}
	src.rep, t.letters, t.Ignored = &t.Report, &l, m.ignored
	t.Kind, t.KindName = b.kind()
	head := &beginning{source: lookAhead(src, &m), rows: TrialRows, bytes: trialBytes, trial: t}
	if at, said := m.at["status"]; said && t.Kind == mappedKind {
		head.status, head.words = at+1, b.profile.stops[0].words
	}
	if err := readRows(ctx, head, m, o, b, &t.Report); err != nil {
		return err
	}
	if t.Cut && b.last != nil { // the rest of it may stand below
		b.items = slices.DeleteFunc(b.items, func(d *draft) bool { return d == b.last })
	} else {
		src.tell(&t.Report)
	}
	_, err = b.done(&t.Report)
	return err
}

// beginning is the first rows of a source.
type beginning struct {
	source
	rows, bytes int // how much it may still have
	trial       *Trial
	status      int // the place, from 1, of the column of the orders' states
	words       map[string]station.OrderStatus
}

func (s *beginning) next() (record, error) {
	rec, err := s.source.next()
	if s.rows--; (s.rows < 0 || s.bytes < 0) && !errors.Is(err, io.EOF) {
		s.trial.Cut = true
		return record{}, io.EOF
	}
	if err != nil {
		return rec, err
	}
	s.bytes -= rec.weight()
	if s.status > 0 && s.status <= len(rec.cells) && len(s.trial.Words) < trialWords {
		text := short(clean(rec.cells[s.status-1]))
		if _, known := s.words[plain(text)]; !known && plain(text) != "" && !slices.Contains(s.trial.Words, text) {
			s.trial.Words = append(s.trial.Words, text)
		}
	}
	return rec, err
}
