package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
)

// direct runs statements on the driver of the connection itself. What package sql does
// around a short statement is a good part of its time, so the two that a packer
// waits for go here. It is for who has the turn.
type direct struct {
	conn  *sql.Conn
	stmts map[string]driver.Stmt
}

// exec runs a statement that gives no rows, to its end.
func (d *direct) exec(query string, args ...any) error {
	return d.run(query, func(s driver.Stmt) error {
		_, err := s.(driver.StmtExecContext).ExecContext(context.Background(), ordinals(args))
		return err
	})
}

// count is exec that tells how many rows were changed.
func (d *direct) count(query string, args ...any) (n int64, err error) {
	err = d.run(query, func(s driver.Stmt) error {
		did, err := s.(driver.StmtExecContext).ExecContext(context.Background(), ordinals(args))
		if err == nil {
			n, err = did.RowsAffected()
		}
		return err
	})
	return n, err
}

// query calls row with each row of a query; scan takes what rows of package sql take,
// of the types that SQLite has.
func (d *direct) query(query string, row func(scan func(...any) error) error, args ...any) error {
	return d.run(query, func(s driver.Stmt) error {
		rows, err := s.(driver.StmtQueryContext).QueryContext(context.Background(), ordinals(args))
		if err != nil {
			return err
		}
		values := make([]driver.Value, len(rows.Columns()))
		for err == nil {
			if err = rows.Next(values); err == nil {
				err = row(func(to ...any) error { return assign(to, values) })
			}
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return errors.Join(err, rows.Close())
	})
}

// run prepares each text once.
func (d *direct) run(query string, do func(driver.Stmt) error) error {
	return d.conn.Raw(func(conn any) (err error) {
		s, ok := d.stmts[query]
		if !ok {
			if s, err = conn.(driver.ConnPrepareContext).PrepareContext(context.Background(), query); err != nil {
				return err
			}
			if d.stmts == nil {
				d.stmts = make(map[string]driver.Stmt)
			}
			d.stmts[query] = s
		}
		return do(s)
	})
}

// close lets the statements go, as that of prepared does.
func (d *direct) close() error {
	var errs []error
	for _, s := range d.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

func ordinals(args []any) []driver.NamedValue {
	out := make([]driver.NamedValue, len(args))
	for i, a := range args {
		out[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
	return out
}

func assign(to []any, values []driver.Value) error {
	for i, v := range values {
		ok := false
		switch to := to[i].(type) {
		case *int:
			var n int64
			n, ok = v.(int64)
			*to = int(n)
		case *int64:
			*to, ok = v.(int64)
		case *string:
			*to, ok = v.(string)
		}
		if !ok {
			return fmt.Errorf("column %d: %T is not for %T", i+1, v, to[i])
		}
	}
	return nil
}
