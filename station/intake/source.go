package intake

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// record is one row: its number and its cells in the order of the header.
type record struct {
	row   int
	cells []string

	textual   bool // a number that can be read in two ways is one of a workbook's texts
	since1904 bool // dates count from there
	hidden    bool // the row is not shown, most likely by a filter

	others []string // sheets of the workbook that are not read
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
func open(r io.ReadSeeker, name string, l *letters) (source, error) {
	limited := atMost(r, MaxBytes, "")
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".csv", ".txt", ".tsv", "":
		in := bufio.NewReader(limited)
		if head, _ := in.Peek(4); bytes.Equal(head, []byte("PK\x03\x04")) {
			return newXLSX(in)
		}
		text, err := textOf(r, in, l)
		if err != nil {
			return nil, err
		}
		return newCSV(text)
	case ".xlsx", ".xlsm":
		return newXLSX(limited)
	case ".json":
		return newJSON(r, false, l)
	case ".jsonl", ".ndjson":
		return newJSON(r, true, l)
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
	over error
}

func atMost(r io.Reader, most int64, of string) *limit {
	return &limit{r: r, left: most, over: fmt.Errorf("%w: more than %d MB%s", ErrTooLarge, most>>20, of)}
}

func (l *limit) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, l.over
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}

// leash is a reader that fails inside one piece of a file, such as a row, which is
// longer than any can be. Who reads a piece sets what is left for it.
type leash struct {
	r    io.Reader
	left int
}

func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, l.tooLong()
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

func (*leash) tooLong() error {
	return fmt.Errorf("%w: it has more than %d MB, which no row has; a quotation mark or an end may be missing", ErrTooLarge, MaxRow>>20)
}

// early is an end of a file that came before the end of what it holds.
func early(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// rewindable returns a file that can be read twice. What comes through a pipe is
// held in memory.
func rewindable(r io.Reader) (io.ReadSeeker, error) {
	if s, ok := r.(io.ReadSeeker); ok {
		if _, err := s.Seek(0, io.SeekCurrent); err == nil {
			return s, nil
		}
	}
	data, err := io.ReadAll(atMost(r, maxPiped, " through a pipe; give a file"))
	return bytes.NewReader(data), err
}

// builder turns rows into items of one kind.
type builder[T any] interface {
	// schema names the columns; it is given the header, because one kind of
	// item may come in several forms.
	schema(header []string) schema
	// add takes one row. A *fault is a rejected row.
	add(row row, o Options, rep *Report) error
	// done returns the items that are left.
	done(rep *Report) ([]T, error)
}

// readAll drives a builder over a file. Name is the file's.
func readAll[T any](ctx context.Context, r io.Reader, name string, o Options, b builder[T]) ([]T, Report, error) {
	var rep Report
	if o.Rejects != nil {
		rep.reasons = map[int]string{}
	}
	file, err := rewindable(r)
	if err == nil {
		err = readFile(ctx, file, name, o, b, &rep)
	}
	if err != nil {
		return nil, rep, fmt.Errorf("%s: %w", filepath.Base(name), err)
	}
	items, err := b.done(&rep)
	if o.Progress != nil {
		o.Progress(rep.Read)
	}
	return items, rep, err
}

func readFile[T any](ctx context.Context, file io.ReadSeeker, name string, o Options, b builder[T], rep *Report) error {
	var l letters
	rep.letters = &l
	src, m, err := begin(file, name, b, &l)
	if err != nil {
		return err
	}
	if p, ok := b.(interface{ survey(record, match) }); ok {
		if err := survey(ctx, src, m, p.survey); err != nil {
			return err
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if src, m, err = begin(file, name, b, &l); err != nil {
			return err
		}
	}
	src.rep = rep
	rep.Ignored, rep.columns, rep.Columns = m.ignored, map[string]bool{}, len(m.at)
	for name := range m.at {
		rep.columns[name] = true
	}
	if k, ok := b.(interface{ kind() (id, name string) }); ok {
		rep.Kind, rep.KindName = k.kind()
	}
	err = readRows(ctx, lookAhead(src, &m), m, o, b, rep)
	src.tell(rep)
	return err
}

// mostAbove is how many rows may stand above the header: a title, who exported the
// file and when.
const mostAbove = 20

// begin opens a file and finds its columns: those of its first row, else of the
// first one below that has all that are needed.
func begin[T any](file io.ReadSeeker, name string, b builder[T], l *letters) (*body, match, error) {
	src, err := open(file, name, l)
	if err != nil {
		return nil, match{}, err
	}
	header, err := src.header()
	if err != nil {
		return nil, match{}, err
	}
	columns := b.schema(header)
	m, err := columns.match(header)
	if _, once := src.(*jsonSource); err != nil && !once {
		if lower, cols, below, ok := search(src, b); ok {
			header, columns, m, err = lower, cols, below, nil
		}
	}
	if err := cmp.Or(refusal(b), err); err != nil {
		return nil, m, err
	}
	switch s := src.(type) {
	case *csvSource:
		m.comma, s.bare = s.separator == ';', unquoted(b)
	case *xlsxSource:
		m.serial, m.stored, s.numbers = true, true, map[int]bool{}
		for name := range m.numbers {
			s.numbers[m.at[name]] = true
		}
	case *jsonSource:
		m.stored = !s.texts
	}
	return &body{source: src, titles: header, needed: columns.needed(m), known: slices.Sorted(maps.Values(m.at)), letters: l}, m, nil
}

// search looks for the header below the first row.
func search[T any](src source, b builder[T]) ([]string, schema, match, bool) {
	for range mostAbove {
		header, err := src.header()
		if err != nil {
			break
		}
		columns := b.schema(header)
		if m, err := columns.match(header); err == nil && len(m.at) > 1 || refusal(b) != nil {
			return header, columns, m, true
		}
	}
	return nil, nil, match{}, false
}

// refusal is why a form of file, which schema has found, cannot be taken.
func refusal[T any](b builder[T]) error {
	if k, ok := b.(interface{ known() error }); ok {
		return k.known()
	}
	return nil
}

// unquoted reports whether a form of file, which schema has found, has quotation
// marks that are letters as others are.
func unquoted[T any](b builder[T]) bool {
	u, ok := b.(interface{ unquoted() bool })
	return ok && u.unquoted()
}

// survey shows all rows to see, before any of them is taken.
func survey(ctx context.Context, src source, m match, see func(record, match)) error {
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return fmt.Errorf("stopped after %d rows: %w", n, ctx.Err())
		}
		rec, err := src.next()
		var broken *fault
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil && !errors.As(err, &broken):
			return err
		case n >= MaxRows:
			return fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxRows)
		}
		see(rec, m)
	}
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

// held counts what the rows weigh that a builder holds.
type held int

func (h *held) hold(rec record) error {
	*h += held(rec.weight())
	if *h > maxHeld {
		return fmt.Errorf("%w: its rows take more than %d MB of memory; cut it into several files", ErrTooLarge, maxHeld>>20)
	}
	return nil
}

// weight is about what a row takes as an item.
func (r record) weight() int {
	size := 500
	for _, cell := range r.cells {
		size += len(cell) + 16
	}
	return size
}

func (r *Report) reject(f fault) {
	if r.reasons != nil && len(r.reasons) < mostReasons {
		r.reasons[f.row] = f.reason
	}
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

// leave tells of an order that is not to be packed.
func (r *Report) leave(d *draft) {
	if len(r.Left) >= maxListed {
		r.MoreLeft++
		return
	}
	r.Left = append(r.Left, Rejection{Row: d.firstRow, Column: "order", Reason: fmt.Sprintf("order %s is %s: %s", d.ID, d.Status, d.Reason)})
}
