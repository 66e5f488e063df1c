package store

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"packbench/station/pack"
)

// States of a case.
const (
	CaseOpen     = "open"
	CaseResolved = "resolved"
)

// Case is a mismatch that a person should look at, and what became of it.
type Case struct {
	pack.CaseOpened
	Number   string // what people call its order, where that is not the id
	At       time.Time
	Station  string
	State    string
	Resolver string // who moved it last: the id of a person
	Answer   string // reason code that was given for it
	Moved    time.Time
	Assigned string // who was told to see to it: the id of a person, "" for nobody
}

// projectCases keeps the table cases.
func projectCases(p *page) error {
	at := nanos(p.row.At)
	for _, f := range p.facts {
		p.follow(f)
		switch f := f.(type) {
		case pack.CaseOpened:
			body, err := json.Marshal(f)
			if err != nil {
				return err
			}
			blamed := blamed(f)
			p.exec(`INSERT INTO cases (id, at, station, kind, code, order_id, parcel, sku, person, body, scanned, given, blamed, blamed_kind,
					state, resolver, reason, moved, folded)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', '', 0, ?) ON CONFLICT DO NOTHING`,
				f.Case, at, p.row.Writer, f.Kind, f.Code, f.Order, f.Parcel, f.SKU, f.By, body, f.Scanned, f.Reason, blamed.SKU, blamed.Kind,
				fold(strings.Join([]string{f.Case, p.row.Writer, f.SKU, f.By, f.Order, f.Scanned}, "\n")))
		case pack.CaseWithdrawn:
			if f.Again {
				p.exec(`UPDATE cases SET state = 'open', resolver = ?, reason = '', moved = ? WHERE id = ? AND state = 'resolved' AND reason = ?`,
					f.By, at, f.Case, pack.AnswerUndone)
			} else {
				p.exec(`UPDATE cases SET state = 'resolved', resolver = ?, reason = ?, moved = ? WHERE id = ? AND state = 'open'`,
					f.By, pack.AnswerUndone, at, f.Case)
			}
		case CaseMover:
			id, state, by, reason := f.CaseMoved()
			p.exec(`UPDATE cases SET state = ?, resolver = ?, reason = ?, moved = ? WHERE id = ?`, state, by, reason, at, id)
		case CaseAssigner:
			id, to := f.CaseAssigned()
			p.exec(`UPDATE cases SET assigned = ? WHERE id = ?`, to, id)
		}
	}
	return nil
}

// blamed is what the weight of a case is put down to.
func blamed(f pack.CaseOpened) pack.Cause {
	if f.Weight == nil || f.Weight.Cause == nil {
		return pack.Cause{}
	}
	return *f.Weight.Cause
}

// CaseFilter chooses cases; zero fields choose all.
type CaseFilter struct {
	State    string
	Kind     string
	Station  string
	Person   string
	Order    string
	Assigned string    // to this person
	NoneOf   string    // assigned to none of these people, a list in JSON; "": whoever has it
	From, To time.Time // To exclusive
	Text     string    // in the order's number, the product, the person, the station or the code that was scanned
	Skip     int       // how many of the newest are left out
	Limit    int
}

var caseColumns = `SELECT order_id, ` + nameOf("order_id") + `, body, at, station, state, resolver, reason, moved, assigned FROM cases `

func readCase(scan func(...any) error) (Case, error) {
	var c Case
	var body []byte
	var at, moved int64
	var order string
	if err := scan(&order, &c.Number, &body, &at, &c.Station, &c.State, &c.Resolver, &c.Answer, &moved, &c.Assigned); err != nil {
		return c, err
	}
	c.Number = other(c.Number, order)
	c.At, c.Moved = clock(at), clock(moved)
	return c, json.Unmarshal(body, &c.CaseOpened)
}

// Case returns a case; none is ErrUnknown.
func (s *Store) Case(ctx context.Context, id string) (Case, error) {
	return one(ctx, s.read, "read case "+id, readCase, caseColumns+`WHERE id = ?`, id)
}

// Cases returns the cases that a filter chooses, newest first.
func (s *Store) Cases(ctx context.Context, f CaseFilter) ([]Case, error) {
	where, args := f.where()
	return list(ctx, s.read, "read the cases", readCase, caseColumns+where+` ORDER BY at DESC, id DESC LIMIT ? OFFSET ?`,
		append(args, noLimit(f.Limit), f.Skip)...)
}

// CaseCount is how many cases of a state and a kind there are.
type CaseCount struct {
	State, Kind string
	N           int
}

// CountCases counts the cases that a filter chooses, its bounds left aside.
func (s *Store) CountCases(ctx context.Context, f CaseFilter) ([]CaseCount, error) {
	where, args := f.where()
	return list(ctx, s.read, "count the cases", func(scan func(...any) error) (c CaseCount, err error) {
		return c, scan(&c.State, &c.Kind, &c.N)
	}, `SELECT state, kind, count(*) FROM cases `+where+` GROUP BY state, kind ORDER BY state, kind`, args...)
}

// CountAssigned counts the open cases of each person who has some.
func (s *Store) CountAssigned(ctx context.Context) (map[string]int, error) {
	type count struct {
		who string
		n   int
	}
	all, err := list(ctx, s.read, "count whose the cases are", func(scan func(...any) error) (c count, err error) {
		return c, scan(&c.who, &c.n)
	}, `SELECT assigned, count(*) FROM cases WHERE state = 'open' AND assigned <> '' GROUP BY assigned`)
	out := map[string]int{}
	for _, c := range all {
		out[c.who] = c.n
	}
	return out, err
}

// CaseSum is how many cases are the same in all by which cases are grouped. Case is the
// newest of them, and has these fields alone.
type CaseSum struct {
	Case Case
	N    int
}

// SumCases counts the cases that a filter chooses by what they are grouped by, without
// reading what is written of each.
func (s *Store) SumCases(ctx context.Context, f CaseFilter) ([]CaseSum, error) {
	where, args := f.where()
	return list(ctx, s.read, "count the cases by cause", func(scan func(...any) error) (sum CaseSum, err error) {
		c, cause, at := &sum.Case, pack.Cause{}, int64(0)
		err = scan(&c.Kind, &c.Code, &c.SKU, &c.Scanned, &c.Reason, &cause.SKU, &cause.Kind, &c.Station, &c.By, &c.CaseOpened.Case, &at, &sum.N)
		if cause.Kind != "" {
			c.Weight = &pack.Weight{Cause: &cause}
		}
		c.At, c.State = clock(at), f.State
		return sum, err
	}, `SELECT kind, code, sku, scanned, given, blamed, blamed_kind, station, person, id, max(at), count(*) FROM cases `+where+`
		GROUP BY kind, code, sku, scanned, given, blamed, blamed_kind, station, person`, args...)
}

// caseText are the places where a text is looked for.
const caseText = ` AND (instr(folded, ?1)
	OR order_id IN (SELECT id FROM orders WHERE instr(folded, ?1))
	OR person IN (SELECT id FROM people WHERE instr(fold(name), ?1))
	OR sku IN (SELECT sku FROM products WHERE instr(folded, ?1)))`

func (f CaseFilter) where() (query string, args []any) {
	query = `WHERE 1`
	if f.Text != "" {
		query, args = query+caseText, append(args, fold(f.Text))
	}
	for _, is := range []struct{ column, value string }{
		{"state", f.State}, {"kind", f.Kind}, {"station", f.Station}, {"person", f.Person}, {"order_id", f.Order}, {"assigned", f.Assigned},
	} {
		if is.value != "" {
			query += ` AND ` + is.column + ` = ?`
			args = append(args, is.value)
		}
	}
	if f.NoneOf != "" {
		query, args = query+` AND assigned NOT IN (SELECT value FROM json_each(?))`, append(args, f.NoneOf)
	}
	if !f.From.IsZero() {
		query, args = query+` AND at >= ?`, append(args, nanos(f.From))
	}
	if !f.To.IsZero() {
		query, args = query+` AND at < ?`, append(args, nanos(f.To))
	}
	return query, args
}
