package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// letters says how those of a file are written. It is learned from the whole file
// when the first one beyond ASCII comes, and holds for every time that it is read.
type letters struct {
	known  bool
	way    encoding.Encoding // nil is UTF-8
	mended bool              // words that are UTF-8 are read so, the others in the way
	first  string            // the first of the others
	doubt  string            // why they may be read wrong; "" is none
	refuse error             // they are not read
}

// textOf returns a file as UTF-8.
func textOf(file io.ReadSeeker, raw io.Reader, l *letters) (io.Reader, error) {
	in := bufio.NewReaderSize(raw, ahead)
	head, err := in.Peek(1024)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if order, wide := wide(head); wide {
		return unicode.UTF16(order, unicode.UseBOM).NewDecoder().Reader(in), nil
	}
	if bytes.Count(head, []byte{0})*20 > len(head) { // a NUL in a customer's name makes no program of a list
		return nil, errors.New("this is not a text file")
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // it was peeked at
	}
	return &text{letters: l, in: in, file: file}, nil
}

// wide reports whether a file is UTF-16, and its order of bytes where no mark says
// it: separators, figures and ends of lines have a zero on one side.
func wide(head []byte) (unicode.Endianness, bool) {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return unicode.LittleEndian, true
	}
	var zeros [2]int
	for i, c := range head {
		if c == 0 {
			zeros[i%2]++
		}
	}
	few := max(4, len(head)/40)
	switch {
	case zeros[1] > few && zeros[1] > 8*zeros[0]:
		return unicode.LittleEndian, true
	case zeros[0] > few && zeros[0] > 8*zeros[1]:
		return unicode.BigEndian, true
	}
	return unicode.LittleEndian, false
}

// text is a file as UTF-8.
type text struct {
	*letters
	in   *bufio.Reader
	file io.ReadSeeker
	out  io.Reader // from the first letter beyond ASCII on
}

func (t *text) Read(p []byte) (int, error) {
	if t.out != nil {
		return t.out.Read(p)
	}
	if _, err := t.in.Peek(1); err != nil {
		return 0, err
	}
	window, _ := t.in.Peek(t.in.Buffered()) // they are there
	if n := copy(p, window[:ascii(window)]); n > 0 {
		return t.in.Discard(n)
	}
	if err := t.learn(window); err != nil {
		return 0, err
	}
	switch {
	case t.refuse != nil:
		return 0, t.refuse
	case t.mended:
		t.out = &mended{letters: t.letters, in: t.in}
	case t.way != nil:
		t.out = t.way.NewDecoder().Reader(t.in)
	default:
		t.out = t.in
	}
	return t.out.Read(p)
}

// learn reads the rest of a file, which begins with what is in memory.
func (t *text) learn(begin []byte) error {
	if t.known {
		return nil
	}
	at, err := t.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	var s sight
	err = s.see(io.MultiReader(bytes.NewReader(begin), io.LimitReader(t.file, MaxBytes)))
	if _, back := t.file.Seek(at, io.SeekStart); err != nil || back != nil {
		return errors.Join(err, back)
	}
	s.judge(t.letters)
	t.known = true
	return nil
}

// apart reports whether a byte stands between words, however a file is written: no
// letter of several bytes ends with it.
func apart(c byte) bool { return c < '@' }

// ascii is how much of a piece comes before the first word that is not ASCII.
func ascii(piece []byte) int {
	word := 0
	for i, c := range piece {
		switch {
		case c >= utf8.RuneSelf:
			return word
		case apart(c):
			word = i + 1
		}
	}
	return len(piece)
}

// wholeWords cuts a piece behind its last whole word. A piece without an end of one is
// cut as it is.
func wholeWords(piece []byte, end bool) int {
	n := len(piece)
	if end {
		return n
	}
	for i := n; i > 0; i-- {
		if apart(piece[i-1]) {
			return i
		}
	}
	return n
}
