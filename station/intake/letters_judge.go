package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// sight is what the words of a file beyond ASCII look like.
type sight struct {
	whole  int // how many are UTF-8
	broken int // how many are not
	seen   map[string]bool
	list   []string           // of those that are not, each once
	bytes  [256]int           // how often the list has each
	lands  map[string]float64 // how many of the list stand beside a country of each language
}

const (
	mostWords = 600  // that are judged by
	fewOfByte = 20   // unless a byte is as rare among them
	longWord  = 300  // bytes
	longLine  = 1000 // bytes on either side of a word
	homely    = 8.0  // what it says for a way that all words stand beside countries that write in it
)

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
	if utf8.Valid(piece) {
		last := byte(0)
		for _, c := range piece {
			if c >= utf8.RuneSelf && last < utf8.RuneSelf {
				s.whole++
			}
			last = c
		}
		return
	}
	for at := 0; at < len(piece); {
		at += ascii(piece[at:])
		end := at
		for end < len(piece) && !apart(piece[end]) {
			end++
		}
		if word := piece[at:end]; len(word) > 0 && utf8.Valid(word) {
			s.whole++
		} else if len(word) > 0 {
			s.broken++
			if s.keep(word[:min(len(word), longWord)]) {
				s.place(lineOf(piece, at, end))
			}
		}
		at = end
	}
}

// lineOf returns the line of a word, or what is near to it.
func lineOf(piece []byte, at, end int) string {
	before, behind := piece[max(0, at-longLine):at], piece[end:min(len(piece), end+longLine)]
	before = before[bytes.LastIndexAny(before, "\r\n")+1:]
	if i := bytes.IndexAny(behind, "\r\n"); i >= 0 {
		behind = behind[:i]
	}
	return string(before) + "," + string(behind)
}

// place learns from the countries in a line: cells of two capitals.
func (s *sight) place(line string) {
	var spoken []string
	for cell := range strings.FieldsFuncSeq(line, func(r rune) bool { return strings.ContainsRune(",;\t|\"", r) }) {
		if tongue := spokenIn[cell]; tongue != "" {
			spoken = append(spoken, tongue)
		}
	}
	if s.lands == nil {
		s.lands = map[string]float64{}
	}
	for _, tongue := range spoken {
		s.lands[tongue] += 1 / float64(len(spoken))
	}
}

// keep keeps a word to judge by.
func (s *sight) keep(word []byte) bool {
	rare := len(s.list) < mostWords
	for _, c := range word {
		rare = rare || c >= utf8.RuneSelf && s.bytes[c] < fewOfByte
	}
	if !rare || s.seen[string(word)] {
		return false
	}
	if s.seen == nil {
		s.seen = map[string]bool{}
	}
	s.seen[string(word)] = true
	s.list = append(s.list, string(word))
	for _, c := range word {
		s.bytes[c]++
	}
	return true
}

// reading is a way in which the words may be written.
type reading struct {
	name   string
	way    encoding.Encoding
	likely float64 // a logarithm
	text   string
	length int // letters
	odd    int // words in which something stands that no word has
	latin  bool
	bytes  bool // a letter is a byte
}

// guess returns the likeliest way, the likeliest of those that read something else,
// and the one that is taken where nothing speaks for another.
func (s *sight) guess() (best, other, usual reading) {
	best.likely, other.likely = math.Inf(-1), math.Inf(-1)
	all := make([]reading, 0, len(ways))
	for _, w := range ways {
		g := reading{name: w.name, way: w.way, likely: -w.rare, text: decode(w.way, strings.Join(s.list, "\n"))}
		_, g.bytes = w.way.(*charmap.Charmap)
		var known []*tongue
		for name := range strings.FieldsSeq(w.tongues) {
			known = append(known, tongues()[name])
			g.likely += homely * s.lands[name] / float64(len(s.list))
		}
		g.latin = known[0].script[0] == unicode.Latin
		for word := range strings.SplitSeq(g.text, "\n") {
			g.add([]rune(word), known)
		}
		if all = append(all, g); g.likely > best.likely {
			best = g
		}
	}
	for _, g := range all {
		if g.text != best.text && g.likely > other.likely {
			other = g
		}
	}
	return best, other, all[0]
}

// add adds a word, in whichever of the languages it is likeliest.
func (g *reading) add(word []rune, known []*tongue) {
	top, odd := math.Inf(-1), false
	for _, t := range known {
		if likely, is := t.likely(word); likely > top {
			top, odd = likely, is
		}
	}
	g.likely += top - math.Log(float64(len(known)))
	g.length += len(word)
	if odd {
		g.odd++
	}
}

// decode reads text that is written in a way.
func decode(way encoding.Encoding, text string) string {
	out, err := way.NewDecoder().String(text)
	if err != nil {
		return strings.ToValidUTF8(text, "\ufffd")
	}
	return out
}

// What makes a guess sure, found out with names, streets and towns in 30 languages
// and all ways: of 34,000 files of one, three and ten rows none was sure and wrong.
const (
	clearly        = 18.0 // the logarithm of how much likelier it is than the next
	likelier       = 6.0  // as much, to be taken in doubt before the usual one, or before one of another script
	plausible      = -4.5 // a letter, on average
	plausibleOther = -5.0 // one of another alphabet
	plausibleSign  = -9.8 // one of thousands
)

// judge says how the letters are written.
func (s *sight) judge(l *letters) {
	if s.broken == 0 {
		return
	}
	best, other, usual := s.guess()
	least := plausibleSign
	switch {
	case best.latin:
		least = plausible
	case best.bytes:
		least = plausibleOther
	}
	sure := best.likely-other.likely > clearly && best.likely > least*float64(best.length) && 20*best.odd <= len(s.list)
	if !sure && best.likely-usual.likely < likelier {
		best, other = usual, usual
	}
	l.way, l.mended = best.way, s.whole >= s.broken || s.whole > 0 && best.bytes
	switch {
	case l.mended:
		l.doubt = "the file is UTF-8 but for some texts, which are read as " + best.name + ": their letters may be wrong"
	case sure:
	case best.latin && (other.latin || best.likely-other.likely > likelier):
		l.doubt = "the file is not UTF-8 and does not say what it is; it is read as " + best.name + ", and letters may be wrong. Save it as UTF-8 to be sure"
	default:
		l.refuse = fmt.Errorf("the letters cannot be read for sure: the file is not UTF-8, and may be %s or %s; save it as UTF-8 and import that", best.name, other.name)
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
		m.out = m.mend(nil, piece[:n])
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
