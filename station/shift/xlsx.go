package shift

import (
	"fmt"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// maxSheetRows is how many rows a sheet of a workbook may have.
const maxSheetRows = 1_048_576

// XLSX writes the book as a workbook: the headline numbers and what somebody should
// look at on the first sheet, a sheet for each table, the log last. Times and numbers
// are typed; text is typed as text, so that no cell is a formula (F5).
func (b Book) XLSX(w io.Writer) (err error) {
	if len(b.Rows) >= maxSheetRows {
		return fmt.Errorf("shift book: %d lines are too many for a workbook; export a shorter time or as CSV", len(b.Rows))
	}
	f := workbook{File: excelize.NewFile()}
	defer func() {
		if closing := f.Close(); err == nil {
			err = closing
		}
	}()
	if err := f.styles(); err != nil {
		return fmt.Errorf("shift book: styles: %w", err)
	}
	if err := f.summary(b); err != nil {
		return fmt.Errorf("shift book: summary: %w", err)
	}
	for _, t := range append(b.forPeople(), b.logTable()) {
		if err := f.table(t); err != nil {
			return fmt.Errorf("shift book: %s: %w", t.title, err)
		}
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("shift book: write workbook: %w", err)
	}
	return nil
}

// workbook is one being written.
type workbook struct {
	*excelize.File
	title, head, second, minute, fixed int
}

func (f *workbook) styles() error {
	custom := func(text string) *string { return &text }
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&f.title, excelize.Style{Font: &excelize.Font{Bold: true, Size: 16}}},
		{&f.head, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&f.second, excelize.Style{CustomNumFmt: custom("yyyy-mm-dd hh:mm:ss")}},
		{&f.minute, excelize.Style{CustomNumFmt: custom("yyyy-mm-dd hh:mm"), Alignment: &excelize.Alignment{Horizontal: "left"}}},
		{&f.fixed, excelize.Style{CustomNumFmt: custom("0.00#")}},
	} {
		id, err := f.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.id = id
	}
	return nil
}

// summary is the sheet for somebody who reads one only.
func (f *workbook) summary(b Book) error {
	const name = "Summary"
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if err := f.widths(name, []float64{34, 24}); err != nil {
		return err
	}
	at := func(style int, cell any) excelize.Cell { return excelize.Cell{StyleID: style, Value: cell} }
	rows := [][]any{{at(f.title, "Shift book "+b.Window.Name)}}
	if b.Company != "" {
		rows = append(rows, []any{at(f.head, b.Company)})
	}
	rows = append(rows, []any{"From", f.cell(stamp(b.Window.From.In(b.Window.loc())), f.minute)}, []any{"To", f.cell(stamp(b.Window.To.In(b.Window.loc())), f.minute)}, nil)
	for _, h := range b.headlines() {
		rows = append(rows, []any{at(f.head, h.name), f.cell(h.n, f.second)})
	}
	rows = append(rows, nil, []any{at(f.head, "To look at")})
	list := b.exceptions()
	for _, e := range list {
		rows = append(rows, []any{e})
	}
	if len(list) == 0 {
		rows = append(rows, []any{"Everything adds up"})
	}
	for i, row := range rows {
		if err := f.row(name, i+1, row); err != nil {
			return err
		}
	}
	return nil
}

// table writes a table with its heads in sight and a filter.
func (f *workbook) table(t table) error {
	name := t.title // a sheet's may have 31 characters
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	if err := f.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := f.widths(name, t.letters()); err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(len(t.columns), len(t.rows)+1)
	if err != nil {
		return err
	}
	if err := f.AutoFilter(name, "A1:"+last, nil); err != nil {
		return err
	}
	write, flush := func(n int, cells []any) error { return f.row(name, n, cells) }, func() error { return nil }
	if t.record == "log" { // only one may be streamed: their order in the file is left to chance
		s, err := f.NewStreamWriter(name)
		if err != nil {
			return err
		}
		write, flush = func(n int, cells []any) error { return s.SetRow("A"+strconv.Itoa(n), cells) }, s.Flush
	}
	line := make([]any, len(t.columns))
	for i, c := range t.columns {
		line[i] = excelize.Cell{StyleID: f.head, Value: c}
	}
	if err := write(1, line); err != nil {
		return err
	}
	at := f.second
	if t.record == "hour" {
		at = f.minute
	}
	for n, row := range t.rows {
		for i, cell := range row {
			line[i] = f.cell(cell, at)
		}
		if err := write(n+2, line); err != nil {
			return err
		}
	}
	return flush()
}

func (f *workbook) widths(sheet string, letters []float64) error {
	for i, wide := range letters {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := f.SetColWidth(sheet, column, column, wide); err != nil {
			return err
		}
	}
	return nil
}

// row writes a row cell by cell.
func (f *workbook) row(sheet string, n int, cells []any) error {
	for i, c := range cells {
		at, err := excelize.CoordinatesToCellName(i+1, n)
		if err != nil {
			return err
		}
		styled, ok := c.(excelize.Cell)
		if !ok {
			styled.Value = c
		}
		if err := f.SetCellValue(sheet, at, styled.Value); err != nil {
			return err
		}
		if styled.StyleID == 0 {
			continue
		}
		if err := f.SetCellStyle(sheet, at, at, styled.StyleID); err != nil {
			return err
		}
	}
	return nil
}

// letters are the widths of the columns.
func (t table) letters() []float64 {
	out := make([]float64, len(t.columns))
	for i, name := range t.columns {
		out[i] = float64(utf8.RuneCountInString(name)) + 4
		for _, row := range t.rows[:min(len(t.rows), 1000)] {
			out[i] = min(max(out[i], float64(utf8.RuneCountInString(text(row[i])))+2), 70)
		}
	}
	if t.record == "log" {
		for i, c := range logColumns {
			out[i] = c.wide
		}
	}
	return out
}

// cell is a cell as a workbook keeps it; times are written in the style at.
func (f *workbook) cell(cell any, at int) any {
	switch c := cell.(type) {
	case stamp:
		return excelize.Cell{StyleID: at, Value: time.Time(c).Truncate(time.Second)}
	case number:
		v, err := strconv.ParseFloat(string(c), 64)
		if err != nil {
			return string(c)
		}
		return excelize.Cell{StyleID: f.fixed, Value: v}
	}
	return cell
}
