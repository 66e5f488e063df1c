package intake

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// sight is what the words of a file beyond ASCII look like.
type sight struct {
	whole, broken int // how many are UTF-8, and how many are not
}

// see looks at a file to its end.
func (s *sight) see(r io.Reader) error {
	in := bufio.NewReaderSize(r, ahead)
	for {
		piece, err := in.Peek(ahead)
		if len(piece) == 0 {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		n := wholeWords(piece, err != nil)
		s.look(piece[:n])
		_, _ = in.Discard(n) // they were peeked at
	}
}

// look looks at whole words.
func (s *sight) look(piece []byte) {
	for at := 0; at < len(piece); {
		n := ascii(piece[at:])
		at += n
		end := at
		for end < len(piece) && !apart(piece[end]) {
			end++
		}
		if word := piece[at:end]; len(word) == 0 {
		} else if utf8.Valid(word) {
			s.whole++
		} else {
			s.broken++
		}
		at = end
	}
}

// judge says how the letters are written.
func (s *sight) judge(l *letters) {
	if s.broken > 0 {
		l.way, l.mended = charmap.Windows1252, s.whole >= s.broken
	}
}

// mended is UTF-8 with words in it that are none.
type mended struct {
	*letters
	in  *bufio.Reader
	out []byte
}

func (m *mended) Read(p []byte) (int, error) {
	if len(m.out) == 0 {
		piece, err := m.in.Peek(ahead)
		if len(piece) == 0 {
			return 0, err
		}
		n := wholeWords(piece, err != nil)
		m.out = m.mend(m.out[:0], piece[:n])
		_, _ = m.in.Discard(n) // they were peeked at
	}
	n := copy(p, m.out)
	m.out = m.out[n:]
	return n, nil
}

func (m *mended) mend(to, piece []byte) []byte {
	for at := 0; at < len(piece); {
		end := at
		for end < len(piece) && apart(piece[end]) == apart(piece[at]) {
			end++
		}
		word := piece[at:end]
		if at = end; !utf8.Valid(word) {
			if decoded, err := m.way.NewDecoder().Bytes(word); err == nil {
				word = decoded
			}
			if m.first == "" {
				m.first = string(word)
			}
		}
		to = append(to, word...)
	}
	return to
}
