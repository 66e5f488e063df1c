package shift

import (
	"fmt"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// maxSheetRows is how many rows a sheet of a workbook may have.
const maxSheetRows = 1_048_576

// XLSX writes the book as a workbook: the log on the first sheet, then a sheet
// for each table. Text is typed as text, so that no cell is a formula (F5).
func (b Book) XLSX(w io.Writer) (err error) {
	if len(b.Rows) >= maxSheetRows {
		return fmt.Errorf("shift book: %d lines are too many for a workbook; export a shorter time or as CSV", len(b.Rows))
	}
	f := excelize.NewFile()
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	if err := b.logSheet(f); err != nil {
		return fmt.Errorf("shift book: log: %w", err)
	}
	for _, t := range b.tables() {
		if err := t.sheet(f); err != nil {
			return fmt.Errorf("shift book: %s: %w", t.title, err)
		}
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("shift book: write workbook: %w", err)
	}
	return nil
}

// logSheet streams the log, which may be long.
func (b Book) logSheet(f *excelize.File) error {
	if err := f.SetSheetName("Sheet1", "Log"); err != nil {
		return err
	}
	s, err := f.NewStreamWriter("Log")
	if err != nil {
		return err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	line := make([]any, len(columns))
	for i, name := range Columns() {
		line[i] = name
	}
	if err := s.SetRow("A1", line); err != nil {
		return err
	}
	for n, r := range b.Rows {
		for i, cell := range b.log(r) {
			line[i] = typed(cell)
		}
		if err := s.SetRow("A"+strconv.Itoa(n+2), line); err != nil {
			return err
		}
	}
	return s.Flush()
}

// sheet writes a table cell by cell; these are short.
func (t table) sheet(f *excelize.File) error {
	name := t.title // a sheet's may have 31 characters
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	if err := f.SetColWidth(name, "A", "B", 18); err != nil {
		return err
	}
	rows := [][]any{make([]any, len(t.columns))}
	for i, c := range t.columns {
		rows[0][i] = c
	}
	for y, row := range append(rows, t.rows...) {
		for x, cell := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				return err
			}
			if err := f.SetCellValue(name, at, typed(cell)); err != nil {
				return err
			}
		}
	}
	return nil
}

// typed returns the cell as a workbook keeps it.
func typed(cell any) any {
	n, ok := cell.(number)
	if !ok {
		return cell
	}
	v, err := strconv.ParseFloat(string(n), 64)
	if err != nil {
		return string(n)
	}
	return v
}
