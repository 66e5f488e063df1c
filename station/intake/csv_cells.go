package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// split cuts raw into cells. Where quotation marks stand in it, lines are added up
// to the end of the text in them.
func (s *csvSource) split() error {
	s.torn()
	s.lines = 0
	if s.bare || bytes.IndexByte(s.raw, '"') < 0 {
		s.letters()
		return nil
	}
	first := len(s.raw)
	err := s.quoted()
	var broken *fault
	if errors.As(err, &broken) && s.separator == '\t' {
		// what writes tabs seldom quotes: the marks are inches, or part of a title
		if first < len(s.raw) {
			s.left = slices.Concat(s.raw[first+1:], []byte("\n"), s.left)
			s.raw = s.raw[:first]
			s.number -= s.lines
		}
		s.letters()
		return nil
	}
	return err
}

// torn leaves only the first row in raw where several stand there between carriage
// returns, in a file whose other lines end with a line feed. Elsewhere a carriage
// return is part of a text.
func (s *csvSource) torn() {
	if s.returns || s.width < 2 || bytes.IndexByte(s.raw, '\r') < 0 {
		return
	}
	quoted, begin, first := false, 0, -1
	for i := 0; i <= len(s.raw); i++ {
		if i < len(s.raw) && s.raw[i] == '"' && !s.bare {
			quoted = !quoted
		}
		if i < len(s.raw) && (s.raw[i] != '\r' || quoted) {
			continue
		}
		if separators(s.raw[begin:i], s.separator) != s.width-1 {
			return
		}
		if begin = i + 1; first < 0 {
			first = i
		}
	}
	if first < len(s.raw) {
		s.left = slices.Concat(bytes.ReplaceAll(s.raw[first+1:], []byte("\r"), []byte("\n")), []byte("\n"), s.left)
		s.raw = s.raw[:first]
	}
}

// letters cuts raw at its separators, quotation marks being letters.
func (s *csvSource) letters() {
	s.cells = s.cells[:0]
	rest := string(s.raw)
	for {
		cell, behind, more := strings.Cut(rest, string(s.separator))
		s.cells = append(s.cells, cell)
		if !more {
			return
		}
		rest = behind
	}
}

// quoted cuts raw at the separators outside quotation marks.
func (s *csvSource) quoted() error {
	s.text, s.ends = s.text[:0], s.ends[:0]
	for at := 0; ; at++ {
		var err error
		if at, err = s.cell(at); err != nil {
			return err
		}
		if s.ends = append(s.ends, len(s.text)); at >= len(s.raw) {
			break
		}
	}
	all, begin := string(s.text), 0
	s.cells = s.cells[:0]
	for _, end := range s.ends {
		s.cells = append(s.cells, all[begin:end])
		begin = end
	}
	return nil
}

// cell adds the cell that begins at a place of raw to text, and returns where it
// ends.
func (s *csvSource) cell(at int) (int, error) {
	rest := s.raw[at:]
	if len(rest) > 0 && rest[0] == '"' {
		return s.inQuotes(at + 1)
	}
	n := s.formula(rest)
	if n == 0 {
		if n = bytes.IndexByte(rest, s.separator); n < 0 {
			n = len(rest)
		}
		if bytes.IndexByte(rest[:n], '"') >= 0 {
			return 0, s.misquoted()
		}
	}
	s.text = append(s.text, rest[:n]...)
	return at + n, nil
}

// formula returns how long a cell is that is written as a spreadsheet's formula of
// a text, ="0012", whose quotation marks keep separators inside. 0 is none.
func (s *csvSource) formula(rest []byte) int {
	begin := len(rest) - len(bytes.TrimLeft(rest, " "))
	if !bytes.HasPrefix(rest[begin:], []byte(`="`)) {
		return 0
	}
	for at := begin + 3; at <= len(rest); at++ {
		if rest[at-1] != '"' {
			continue
		}
		if at < len(rest) && rest[at] == '"' {
			at++
			continue
		}
		for at < len(rest) && rest[at] == ' ' {
			at++
		}
		if at == len(rest) || rest[at] == s.separator {
			return at
		}
		return 0
	}
	return 0
}

// inQuotes adds the rest of a cell in quotation marks.
func (s *csvSource) inQuotes(at int) (int, error) {
	begin := len(s.text)
	for {
		i := bytes.IndexByte(s.raw[at:], '"')
		if i < 0 {
			s.text = append(append(s.text, s.raw[at:]...), '\n')
			s.raw = append(s.raw, '\n')
			at = len(s.raw)
			if s.overTabs(begin) {
				return 0, s.misquoted()
			}
			if err := s.line(); errors.Is(err, io.EOF) {
				return 0, s.misquoted()
			} else if err != nil {
				return 0, err
			}
			continue
		}
		s.text = append(s.text, s.raw[at:at+i]...)
		at += i + 1
		switch {
		case s.lines > 0 && s.overTabs(begin):
			return 0, s.misquoted()
		case at == len(s.raw) || s.raw[at] == s.separator:
			return at, nil
		case s.raw[at] != '"':
			return 0, s.misquoted()
		}
		s.text = append(s.text, '"')
		at++
	}
}

// overTabs reports whether a text in quotation marks that goes on in the next line
// takes the rest of the row with it.
func (s *csvSource) overTabs(begin int) bool {
	return s.separator == '\t' && bytes.IndexByte(s.text[begin:], '\t') >= 0
}

// misquoted is the fault of the row at hand, which ends where the next line begins.
func (s *csvSource) misquoted() error {
	reason := "a quotation mark stands in the middle of a text; write it twice and put the text in quotation marks"
	if s.lines > 0 {
		reason = fmt.Sprintf("a quotation mark opens here and is not closed properly up to line %d", s.number)
	}
	return &fault{row: s.row, reason: reason}
}
