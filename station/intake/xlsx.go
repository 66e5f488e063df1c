package intake

import (
	"cmp"
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// xlsxSource reads the first sheet of a workbook, as the cells are stored and
// not as they are shown: a shown number is rounded.
type xlsxSource struct {
	file  *excelize.File
	rows  *excelize.Rows
	row   int
	width int
}

const maxUnzipped = 1 << 30

func newXLSX(r io.Reader) (source, error) {
	f, err := excelize.OpenReader(r, excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: 64 << 20})
	if err != nil {
		if errors.Is(err, ErrTooLarge) {
			return nil, err
		}
		return nil, fmt.Errorf("this is not a workbook that can be read (%w)", err)
	}
	sheets := f.GetSheetList()
	if len(sheets) == 0 {
		return nil, errors.Join(errors.New("the workbook has no sheet"), f.Close())
	}
	rows, err := f.Rows(sheets[0])
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sheet %q: %w", sheets[0], err), f.Close())
	}
	return &xlsxSource{file: f, rows: rows}, nil
}

func (s *xlsxSource) serialDates() bool { return true }

func (s *xlsxSource) storedNumbers() bool { return true }

func (s *xlsxSource) header() ([]string, error) {
	rec, err := s.next()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the first sheet is empty")
	}
	if err == nil && len(rec.cells) > MaxColumns {
		err = fmt.Errorf("%w: more than %d columns", ErrTooLarge, MaxColumns)
	}
	s.width = len(rec.cells)
	return rec.cells, err
}

func (s *xlsxSource) next() (record, error) {
	for s.rows.Next() {
		s.row++
		cells, err := s.rows.Columns()
		if err != nil {
			return record{}, errors.Join(fmt.Errorf("row %d: %w", s.row, err), s.close())
		}
		if blank(cells) {
			continue
		}
		if s.width > 0 && len(cells) > s.width && !blank(cells[s.width:]) {
			return record{}, &fault{row: s.row, reason: "there are more cells than the header has columns"}
		}
		return record{row: s.row, cells: cells}, nil
	}
	return record{}, cmp.Or(errors.Join(s.rows.Error(), s.close()), io.EOF)
}

func (s *xlsxSource) close() error { return errors.Join(s.rows.Close(), s.file.Close()) }
