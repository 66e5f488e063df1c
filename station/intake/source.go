package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
)

// record is one row: its number and its cells in the order of the header.
type record struct {
	row   int
	cells []string
}

// source returns rows one after another; io.EOF ends them. A fault is a row that
// is broken by itself: the rows behind it can be read.
type source interface {
	header() ([]string, error)
	next() (record, error)
}

// fault is a broken row, or a broken cell of a row.
type fault struct {
	row    int
	column string
	reason string
}

func (f *fault) Error() string { return fmt.Sprintf("row %d: %s", f.row, f.reason) }

// open finds the format by the name.
func open(r io.Reader, name string) (source, error) {
	limited := &limit{r: r, left: MaxBytes}
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".csv", ".txt", ".tsv", "":
		return newCSV(limited)
	case ".xlsx", ".xlsm":
		return newXLSX(limited)
	case ".json":
		return newJSON(limited)
	case ".xls", ".ods":
		return nil, fmt.Errorf("%s files are not read; save it as .xlsx or .csv", ext)
	default:
		return nil, fmt.Errorf("%s files are not read; use .csv, .xlsx or .json", ext)
	}
}

// limit is a reader that fails at a size instead of ending there.
type limit struct {
	r    io.Reader
	left int64
}

func (l *limit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("%w: more than %d MB", ErrTooLarge, MaxBytes>>20)
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// builder turns rows into items of one kind.
type builder[T any] interface {
	// schema names the columns; it is given the header, because one kind of
	// item may come in several forms.
	schema(header []string) schema
	// add takes one row. A *fault is a rejected row.
	add(row row, o Options, rep *Report) error
	// done returns the items.
	done(rep *Report) []T
}

// readAll drives a builder over a file.
func readAll[T any](ctx context.Context, r io.Reader, name string, o Options, b builder[T]) ([]T, Report, error) {
	var rep Report
	fail := func(err error) ([]T, Report, error) {
		return nil, rep, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	src, err := open(r, name)
	if err != nil {
		return fail(err)
	}
	header, err := src.header()
	if err != nil {
		return fail(err)
	}
	m, err := b.schema(header).match(header)
	if err != nil {
		return fail(err)
	}
	rep.Ignored = m.ignored
	if c, ok := src.(interface{ decimalComma() bool }); ok {
		m.comma = c.decimalComma()
	}
	if d, ok := src.(interface{ serialDates() bool }); ok {
		m.serial = d.serialDates()
	}
	if d, ok := src.(interface{ storedNumbers() bool }); ok {
		m.stored = d.storedNumbers()
	}
	src = lookAhead(src, &m)
	if err := readRows(ctx, src, m, o, b, &rep); err != nil {
		return fail(err)
	}
	items := b.done(&rep)
	if o.Progress != nil {
		o.Progress(rep.Read)
	}
	return items, rep, nil
}

// readRows hands each row to the builder, and each broken one to the report.
func readRows[T any](ctx context.Context, src source, m match, o Options, b builder[T], rep *Report) error {
	told := map[string]bool{}
	for {
		if rep.Read%256 == 0 {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("stopped after %d rows: %w", rep.Read, err)
			}
		}
		rec, err := src.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		var broken *fault
		if err != nil && !errors.As(err, &broken) {
			return err
		}
		rep.Read++
		if rep.Read > MaxRows {
			return fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxRows)
		}
		if o.Progress != nil && rep.Read%1000 == 0 {
			o.Progress(rep.Read)
		}
		if l, ok := b.(interface{ broken(fault) }); ok && err != nil {
			l.broken(*broken)
		}
		if err == nil {
			m.tell(rec, rep, told)
			err = b.add(row{record: rec, match: m}, o, rep)
		}
		if errors.As(err, &broken) {
			rep.reject(*broken)
		} else if err != nil {
			return err
		}
	}
}

func (r *Report) reject(f fault) {
	if len(r.Rejected) >= maxListed {
		r.More++
		return
	}
	r.Rejected = append(r.Rejected, Rejection{Row: f.row, Column: f.column, Reason: f.reason})
}

func (r *Report) warn(at row, name, format string, args ...any) {
	f := at.fail(name, format, args...)
	r.note(f.row, f.column, f.reason)
}

// note is a warning of a row that is read already.
func (r *Report) note(row int, column, reason string) {
	if len(r.Warnings) < maxListed {
		r.Warnings = append(r.Warnings, Rejection{Row: row, Column: column, Reason: reason})
	}
}
