package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// xlsxSource reads the first sheet of a workbook that is not hidden, as the cells
// are stored and not as they are shown: a shown number is rounded. Nothing of the
// sheet is held but the row at hand, and a sheet that breaks off is no shorter one.
type xlsxSource struct {
	*markup
	texts *texts
	row   int
	width int

	since1904 bool     // its days count from there
	merged    []merged // whose first row comes
	open      []merged // whose last row comes
	numbers   map[int]bool
	textual   bool // a number that can be read in two ways stands in the row as a text

	others []string // sheets beside it that people see and that are not empty
}

const (
	maxWorkbook = 64 << 20 // as it is packed, which is held in memory
	maxPart     = 4 << 20  // of the parts that say where the others are
	maxTexts    = 4_000_000
	maxTextSize = 128 << 20
	maxSheet    = 1 << 20 // rows that a spreadsheet has
	maxColumn   = 1 << 14
)

func newXLSX(r io.Reader) (source, error) {
	data, err := io.ReadAll(atMost(r, maxWorkbook, " of a workbook; save it as .csv"))
	if err != nil {
		return nil, notBook(err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, notBook(err)
	}
	total := uint64(0)
	for _, f := range z.File {
		if total += min(f.UncompressedSize64, MaxBytes+1); total > MaxBytes {
			return nil, fmt.Errorf("%w: a workbook of more than %d MB when it is unpacked; save it as .csv", ErrTooLarge, MaxBytes>>20)
		}
	}
	s, err := openBook(z)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func notBook(err error) error {
	if errors.Is(err, ErrTooLarge) {
		return err
	}
	return fmt.Errorf("this is not a workbook that can be read (%w)", err)
}

func (s *xlsxSource) header() ([]string, error) {
	s.width = 0
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
	for {
		s.leash.left = MaxRow
		t, err := s.token()
		if err != nil {
			return record{}, s.fail(err)
		}
		switch e := t.(type) {
		case xml.StartElement:
			if e.Name.Local != "row" {
				continue
			}
			cells, err := s.cells(e)
			var broken *fault
			switch {
			case errors.As(err, &broken):
				return record{}, err
			case err != nil:
				return record{}, s.fail(err)
			case blank(cells):
				s.fill(nil)
			case s.width > 0 && len(cells) > s.width && !blank(cells[s.width:]):
				return record{}, &fault{row: s.row, reason: "there are more cells than the header has columns"}
			default:
				return record{row: s.row, cells: s.fill(cells), textual: s.textual, since1904: s.since1904, hidden: hidden(e), others: s.others}, nil
			}
		case xml.EndElement:
			if e.Name.Local != "sheetData" {
				continue
			}
			if err := s.finish(); err != nil {
				return record{}, err
			}
			return record{}, io.EOF
		}
	}
}

func (s *xlsxSource) fail(err error) error {
	return errors.Join(fmt.Errorf("row %d: %w", s.row, err), s.part.Close())
}

// cells reads the rest of a row.
func (s *xlsxSource) cells(row xml.StartElement) (cells []string, err error) {
	s.row++
	s.textual = false
	if n, err := strconv.Atoi(attribute(row, "r")); err == nil {
		s.row = n
	}
	if s.row > maxSheet || s.row < 1 {
		return nil, fmt.Errorf("%w: more than %d rows", ErrTooLarge, maxSheet)
	}
	column := 0
	var broken error
	for end := s.depth - 1; s.depth > end; {
		t, err := s.token()
		if err != nil {
			return nil, err
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "c" {
			continue
		}
		column++
		if at := attribute(e, "r"); at != "" {
			if column = columnOf(at); column < 1 || column > maxColumn {
				return nil, fmt.Errorf("%q is no cell of a workbook", short(at))
			}
		}
		text, err := s.cell(e)
		if err != nil {
			return nil, err
		}
		if attribute(e, "t") == "s" && text != "" {
			if text, ok = s.texts.at(text); ok {
				text = s.asText(text)
			} else {
				broken = &fault{row: s.row, reason: fmt.Sprintf("a text of column %d is missing: the workbook is damaged", column)}
			}
		}
		if text == "" {
			continue
		}
		for len(cells) < column {
			cells = append(cells, "")
		}
		cells[column-1] = text
	}
	return cells, broken
}

func (s *xlsxSource) cell(e xml.StartElement) (string, error) {
	kind := attribute(e, "t")
	if kind == "inlineStr" {
		text, err := s.text("t")
		return s.asText(unescape(text)), err
	}
	text, err := s.text("v")
	switch {
	case err != nil, kind == "s", kind == "b":
	case text == "" && s.formula && kind != "str":
		text = noValue
	case kind == "str":
		text = s.asText(text)
	case kind == "e" && failed(text) == "":
		text = "#ERROR!"
	case kind == "d": // a day without a time is written with its midnight
		text = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(text, "Z"), ".000"), "T00:00:00")
	case kind == "" || kind == "n":
		text = asShown(text)
	}
	return text, err
}

// asText notes a text that is a number of two readings.
func (s *xlsxSource) asText(text string) string {
	s.textual = s.textual || twoWays(text)
	return text
}

// asShown writes a number with the 15 digits that spreadsheets show: what is stored
// may be a hair beside it.
func asShown(text string) string {
	if len(text) < 17 || !strings.Contains(text, ".") || strings.ContainsAny(text, "eE") {
		return text
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	n, _ = strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64) // it was one before
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// hidden reports whether a row is not shown: by hand, or by a filter.
func hidden(row xml.StartElement) bool {
	is := attribute(row, "hidden")
	return is == "1" || is == "true"
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// columnOf reads the letters of a cell's name, such as AB12; 0 stands for none.
func columnOf(name string) int {
	letters := strings.TrimRight(name, "0123456789")
	n := 0
	for _, c := range strings.ToUpper(letters) {
		if c < 'A' || c > 'Z' || n > maxColumn {
			return 0
		}
		n = n*26 + int(c-'A') + 1
	}
	if letters == name {
		return 0
	}
	return n
}
