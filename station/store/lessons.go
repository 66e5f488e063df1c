package store

import (
	"context"
	"encoding/json"
	"sync"

	"packbench/station/pack"
	"packbench/station/weight"
)

// lessonsKept is how many of the newest lessons a program begins with: masses move, and
// older ones count for next to nothing after so many.
const lessonsKept = 20_000

// projectLessons keeps the table lessons. A parcel that was open again has no lesson
// until it is closed again; that it had one stays known, so that whoever learnt from it
// begins again.
func (p *page) projectLessons(f pack.Fact) {
	switch f := f.(type) {
	case pack.ParcelDone:
		if f.Lesson == nil {
			return
		}
		body, err := json.Marshal(f.Lesson)
		if err != nil && p.err == nil {
			p.err = err
		}
		p.exec(`INSERT INTO lessons (no, parcel, at, mass, carton, body) VALUES ((SELECT coalesce(max(no), 0) + 1 FROM lessons), ?, ?, ?, ?, ?)
			ON CONFLICT (parcel) DO UPDATE SET no = excluded.no, at = excluded.at, mass = excluded.mass, carton = excluded.carton, body = excluded.body`,
			f.Parcel, nanos(p.row.At), int64(f.Mass), f.Carton, body)
	case pack.ParcelReopened:
		p.exec(`UPDATE lessons SET no = (SELECT max(no) + 1 FROM lessons), mass = 0, carton = '', body = '' WHERE parcel = ?`, f.Parcel.ID)
	}
}

// masses is what the lessons taught so far, in memory.
type masses struct {
	sync.Mutex
	model weight.Model
	upTo  int64 // number of the last lesson in it
}

// Weigh calls judge with what closed parcels taught, as far as Learn has come. It does
// not touch the database. Nothing may keep the model.
func (s *Store) Weigh(judge func(*weight.Model)) {
	s.masses.Lock()
	defer s.masses.Unlock()
	judge(&s.masses.model)
}

// Learn takes the lessons in that came since. It is cheap where there are none.
func (s *Store) Learn(ctx context.Context) error {
	m := &s.masses
	m.Lock()
	defer m.Unlock()
	type bounds struct{ last, again int64 }
	now, err := one(ctx, s.read, "look for lessons", func(scan func(...any) error) (b bounds, err error) {
		return b, scan(&b.last, &b.again)
	}, `SELECT coalesce(max(no), 0), EXISTS (SELECT 1 FROM lessons WHERE no > ? AND body = '') FROM lessons`, m.upTo)
	if err != nil || now.last == m.upTo {
		return err
	}
	query, from := `SELECT mass, carton, body FROM lessons WHERE no > ? AND body <> '' ORDER BY at, parcel`, m.upTo
	next := &m.model
	if m.upTo == 0 || now.last < m.upTo || now.again == 1 { // from the beginning
		query = `SELECT mass, carton, body FROM (SELECT * FROM lessons WHERE body <> '' ORDER BY at DESC, parcel DESC LIMIT ?) ORDER BY at, parcel`
		next, from = &weight.Model{}, lessonsKept
	}
	lessons, err := list(ctx, s.read, "read the lessons", readLesson, query, from)
	if err != nil {
		return err
	}
	for _, l := range lessons {
		next.Learn(l)
	}
	m.model, m.upTo = *next, now.last
	return nil
}

func readLesson(scan func(...any) error) (weight.Lesson, error) {
	var l weight.Lesson
	var body []byte
	if err := scan(&l.Mass, &l.Carton, &body); err != nil {
		return l, err
	}
	var said pack.Lesson
	err := json.Unmarshal(body, &said)
	l.Division, l.Tare, l.Filling, l.Spare, l.Goods, l.Allowed = said.Division, said.Tare, said.Filling, said.Spare, said.Goods, said.Allowed
	for _, t := range said.Items {
		l.Items = append(l.Items, weight.Item{SKU: t.SKU, Mass: t.Mass, Qty: t.Qty})
	}
	return l, err
}
