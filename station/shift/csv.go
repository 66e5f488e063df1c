package shift

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
)

// CSVOptions say how the CSV is written. The zero value is plain UTF-8.
type CSVOptions struct {
	BOM bool // a byte order mark first: older spreadsheets need it
}

// CSV writes the book as one table by RFC 4180, CR LF at the line ends. Every
// line has the same columns: "record", those of the log, "name" and "value".
// Lines of the log come first, with record "log"; then each number of the
// other tables has its line: balance, gap, packer, station, carrier, hour,
// error and head. The last columns, lot, serial and expiry, are those of the
// lines "marked": one for each lot and each serial in a closed parcel.
//
// Text that a spreadsheet would run as a formula is quoted with an apostrophe
// (F5). Example: "=1+1" is written as "'=1+1", "-5" stays.
func (b Book) CSV(w io.Writer, o CSVOptions) error {
	if o.BOM {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	c := csv.NewWriter(w) // it keeps the first error
	c.UseCRLF = true
	names := Columns()
	line := slices.Concat([]string{"record"}, names, []string{"name", "value"}, markNames)
	_ = c.Write(line)
	clear(line)
	for _, r := range b.Rows {
		line[0] = "log"
		for i, cell := range b.log(r) {
			line[1+i] = Safe(text(cell))
		}
		_ = c.Write(line)
	}
	for _, t := range b.tables() {
		for _, row := range t.rows {
			t.lines(c, row, names, line)
		}
	}
	c.Flush()
	return c.Error()
}

// lines writes one row of a table: a line for each of its numbers. A key goes
// into the log's column of that name, or else before the number's name.
func (t table) lines(c *csv.Writer, row []any, names, line []string) {
	clear(line)
	line[0] = t.record
	var prefix []string
	for i, key := range t.columns[:t.keys] {
		if at := slices.Index(names, key); at >= 0 {
			line[1+at] = Safe(text(row[i]))
		} else if t.record != "packer" || key != personName {
			prefix = append(prefix, text(row[i]))
		}
	}
	behind := 1 + len(names) // name, value and the marks
	if t.record == "marked" {
		for i, cell := range row[t.keys:] {
			line[behind+2+i] = Safe(text(cell))
		}
		_ = c.Write(line)
		return
	}
	for i, name := range t.columns[t.keys:] {
		if name != "n" || len(prefix) == 0 {
			name = strings.Join(append(slices.Clone(prefix), name), ", ")
		} else {
			name = strings.Join(prefix, ", ")
		}
		line[behind], line[behind+1] = Safe(name), Safe(text(row[t.keys+i]))
		_ = c.Write(line)
	}
}

// Safe keeps a spreadsheet from taking a cell for a formula (F5). Wide forms
// of the signs count too, because some spreadsheets fold them.
func Safe(cell string) string {
	if cell == "" || numeric(cell) {
		return cell
	}
	for _, sign := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, sign) {
			return "'" + cell
		}
	}
	return cell
}
