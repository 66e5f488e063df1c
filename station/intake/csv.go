package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// csvSource reads separated text: comma, semicolon, tab, bar, or what a hint in
// front of the header says. A line ends with a line feed, with a carriage return,
// or with both.
type csvSource struct {
	in    *bufio.Reader
	left  []byte // lines that were read and are to be read again
	raw   []byte // the lines of the row at hand, a line feed between them
	text  []byte // its cells, one behind the other
	ends  []int  // where each of them ends in text
	cells []string

	separator byte
	hinted    bool // the file says its separator itself
	bare      bool // quotation marks are letters as others are
	returns   bool // a carriage return alone ends a line
	between   bool // the line ended with one, of which a line feed may be the other half
	lines     int  // of the row at hand, beyond the first
	row       int  // of the last record, as a spreadsheet counts
	number    int  // of the last line
	width     int
}

// ahead is how many bytes of a file are looked at before it is read.
const ahead = 1 << 16

func newCSV(r io.Reader) (source, error) {
	s := &csvSource{in: bufio.NewReaderSize(r, ahead)}
	if _, err := s.in.Peek(1); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	first := s.ahead()
	if bytes.IndexByte(first, 0) >= 0 {
		return nil, errors.New("this is not a text file")
	}
	s.separator = guess(first)
	if separator, ok := hint(string(first)); ok {
		for len(bytes.TrimLeft(s.raw, " ")) == 0 {
			s.row++
			s.raw = s.raw[:0]
			if err := s.line(); err != nil {
				return nil, err
			}
		}
		s.hinted = separator != 0
		if s.hinted {
			s.separator = separator
		}
	}
	return s, nil
}

// hint returns the separator that a line in front of the header says, as it is
// written for spreadsheets: sep=; or "sep=;". 0 is a hint that says none.
func hint(line string) (separator byte, ok bool) {
	line = strings.Trim(line, " \r\n")
	if inner, quoted := strings.CutPrefix(line, `"`); quoted {
		line = strings.Replace(inner, `"`, "", 1)
	}
	if len(line) < 4 || !strings.EqualFold(line[:4], "sep=") {
		return 0, false
	}
	switch said := line[4:]; {
	case said == "":
		return 0, true
	case said == `\t`:
		return '\t', true
	case strings.Trim(said, said[:1]) == "" && said[0] < 0x80: // a spreadsheet adds separators up to the width of the table
		return said[0], true
	}
	return 0, false
}

// ahead peeks at the next line that is not blank, and learns how it ends.
func (s *csvSource) ahead() []byte {
	line := s.peek()
	s.returns = s.returns || bytes.HasSuffix(bytes.TrimLeft(line, " \r\n"), []byte("\r"))
	return line
}

func (s *csvSource) peek() []byte {
	head := s.left
	if len(head) == 0 {
		head, _ = s.in.Peek(ahead) // a short file gives an error and all its bytes
	}
	blank := len(head) - len(bytes.TrimLeft(head, " \r\n"))
	quoted := false
	for i, c := range head[blank:] {
		switch {
		case c == '"':
			quoted = !quoted
		case c == '\n' && !quoted:
			return head[:blank+i+1]
		case c == '\r' && !quoted:
			end := blank + i + 1
			if end < len(head) && head[end] == '\n' {
				end++
			}
			return head[:end]
		}
	}
	return head
}

// guess takes the separator that stands most often outside quotes.
func guess(line []byte) byte {
	best, most := byte(','), 0
	for _, separator := range []byte(",;\t|") {
		if n := separators(line, separator); n > most {
			best, most = separator, n
		}
	}
	return best
}

// separators counts the separators of a line outside quotes.
func separators(line []byte, separator byte) (n int) {
	quoted := false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if c == separator && !quoted {
			n++
		}
	}
	return n
}

// header returns the next row as the one with the names of the columns.
func (s *csvSource) header() ([]string, error) {
	first := s.ahead()
	if !s.hinted {
		s.separator = guess(first)
	}
	s.width = 0
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
		s.row++
		s.raw = s.raw[:0]
		if err := s.line(); err != nil {
			return record{}, err
		}
		if len(s.raw) == 0 {
			continue
		}
		if err := s.split(); err != nil {
			return record{}, err
		}
		if blank(s.cells) {
			continue
		}
		if s.width > 0 && len(s.cells) > s.width && !blank(s.cells[s.width:]) {
			return record{}, &fault{row: s.row, reason: "there are more cells than the header has columns; a text with the separator in it needs quotation marks"}
		}
		return record{row: s.row, cells: s.cells}, nil
	}
}

// line adds the next line to raw, without its end.
func (s *csvSource) line() error {
	begin := len(s.raw)
	for ended := false; !ended; {
		window, err := s.window()
		if errors.Is(err, io.EOF) && len(s.raw) > begin {
			break
		}
		if err != nil {
			return err
		}
		n := len(window)
		if s.returns {
			n = max(bytes.IndexByte(window, '\r'), 0)
			if n == 0 && window[0] != '\r' {
				n = len(window)
			}
		}
		if i := bytes.IndexByte(window[:n], '\n'); i >= 0 {
			n = i
		}
		ended = n < len(window)
		s.raw = append(s.raw, window[:n]...)
		if len(s.raw) > MaxRow {
			return fmt.Errorf("row %d: %w", s.row, (*leash)(nil).tooLong())
		}
		s.between = ended && window[n] == '\r'
		s.use(min(n+1, len(window)))
	}
	s.number++
	if s.raw = s.raw[:begin+len(bytes.TrimSuffix(s.raw[begin:], []byte("\r")))]; begin > 0 {
		s.lines++
	}
	return nil
}

// window returns bytes that come next, at least one.
func (s *csvSource) window() ([]byte, error) {
	for {
		head := s.left
		if len(head) == 0 {
			if _, err := s.in.Peek(1); err != nil {
				return nil, err
			}
			head, _ = s.in.Peek(s.in.Buffered()) // they are there
		}
		if !s.between || head[0] != '\n' {
			return head, nil
		}
		s.between = false // the other half of an end
		s.use(1)
	}
}

// use takes bytes of a window.
func (s *csvSource) use(n int) {
	if len(s.left) > 0 {
		s.left = s.left[n:]
		return
	}
	_, _ = s.in.Discard(n) // they were peeked at
}
