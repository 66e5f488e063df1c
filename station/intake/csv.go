package intake

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// csvSource reads separated text: comma, semicolon, tab or bar; UTF-8 with or
// without a byte order mark, UTF-16 with one, and Windows-1252 for any cell
// that is not UTF-8.
type csvSource struct {
	r     *csv.Reader
	leash *leash
	comma bool // numbers have a decimal comma
	row   int  // of the last record, as a spreadsheet counts
	line  int  // last line of the last record
	width int
}

// ahead is how many bytes of a file are looked at before it is read.
const ahead = 1 << 16

func newCSV(r io.Reader) (source, error) {
	b := bufio.NewReaderSize(r, ahead)
	head, err := b.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return newXLSX(b)
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_, _ = b.Discard(3) // it was peeked at
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		decoded := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(b)
		b = bufio.NewReaderSize(decoded, ahead)
	}
	first := firstLine(b)
	// a NUL in a customer's name makes no program of a list
	if start, _ := b.Peek(1024); bytes.IndexByte(first, 0) >= 0 || bytes.Count(start, []byte{0})*20 > len(start) {
		return nil, errors.New("this is not a text file")
	}
	s := &csvSource{}
	separator := guess(first) // also of a hint, which holds nothing else
	if hint, ok := strings.CutPrefix(strings.Trim(string(first), " \r\n"), "sep="); ok && utf8.RuneCountInString(hint) == 1 {
		_, _ = b.Discard(len(first))
		s.row = 1
	}
	s.comma = separator == ';'
	s.leash = &leash{r: b}
	s.r = csv.NewReader(s.leash)
	s.r.Comma = separator
	s.r.FieldsPerRecord = -1
	s.r.ReuseRecord = true
	return s, nil
}

// firstLine peeks at the first line that is not blank, its end included.
func firstLine(b *bufio.Reader) []byte {
	head, _ := b.Peek(ahead) // a short file gives an error and all its bytes
	blank := len(head) - len(bytes.TrimLeft(head, " \r\n"))
	quoted := false
	for i, c := range head[blank:] {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n' && !quoted:
			return head[:blank+i+1]
		}
	}
	return head
}

// guess takes the separator that stands most often outside quotes.
func guess(line []byte) rune {
	best, most := ',', 0
	for _, separator := range ",;\t|" {
		quoted, n := false, 0
		for _, c := range string(line) {
			if c == '"' {
				quoted = !quoted
			}
			if c == separator && !quoted {
				n++
			}
		}
		if n > most {
			best, most = separator, n
		}
	}
	return best
}

func (s *csvSource) decimalComma() bool { return s.comma }

func (s *csvSource) header() ([]string, error) {
	rec, err := s.next()
	var broken *fault
	switch {
	case errors.Is(err, io.EOF):
		return nil, errors.New("the file is empty")
	case errors.As(err, &broken):
		return nil, fmt.Errorf("the header: %s", broken.reason)
	case err != nil:
		return nil, err
	case len(rec.cells) > MaxColumns:
		return nil, fmt.Errorf("%w: more than %d columns", ErrTooLarge, MaxColumns)
	}
	s.width = len(rec.cells)
	return slices.Clone(rec.cells), nil
}

func (s *csvSource) next() (record, error) {
	for {
		s.leash.left = MaxRow
		cells, err := s.r.Read()
		if err != nil {
			return record{}, s.broken(err)
		}
		start, _ := s.r.FieldPos(0)
		last := len(cells) - 1
		end, _ := s.r.FieldPos(last)
		s.row += start - s.line // blank lines before it are rows too
		s.line = end + strings.Count(cells[last], "\n")
		blank := true
		for i, c := range cells {
			if !utf8.ValidString(c) {
				cells[i] = fromWindows(c)
			}
			blank = blank && strings.TrimSpace(c) == ""
		}
		if blank {
			continue
		}
		if s.width > 0 && len(cells) > s.width {
			if extra := strings.Join(cells[s.width:], ""); strings.TrimSpace(extra) != "" {
				return record{}, &fault{row: s.row, reason: "there are more cells than the header has columns; a text with the separator in it needs quotation marks"}
			}
		}
		return record{row: s.row, cells: cells}, nil
	}
}

// broken turns an error of the CSV reader into a broken row, which ends where
// the reader goes on.
func (s *csvSource) broken(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return err
	case s.leash.left <= 0:
		return fmt.Errorf("row %d: %w", s.row+1, s.leash.tooLong())
	case !errors.As(err, &parse):
		return err
	}
	s.row += parse.StartLine - s.line
	s.line = parse.Line
	reason := "a quotation mark stands in the middle of a text; write it twice and put the text in quotation marks"
	if parse.Line > parse.StartLine {
		reason = fmt.Sprintf("a quotation mark opens here and is not closed properly up to line %d", parse.Line)
	}
	return &fault{row: s.row, reason: reason}
}

// fromWindows reads bytes as Windows-1252, which has a character for nearly
// every byte.
func fromWindows(s string) string {
	text, err := charmap.Windows1252.NewDecoder().String(s)
	if err != nil {
		return strings.ToValidUTF8(s, "\ufffd")
	}
	return text
}
