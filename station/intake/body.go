package intake

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// body is a source whose header was found. What stands below the table, such as how
// many rows were exported, is no row of it.
type body struct {
	source
	titles []string
	needed []int // the columns without which a row is none
	known  []int // the columns that are read
	rep    *Report
	*letters
	told   map[string]bool // texts with letters that are lost
	last   int             // the number of the row before
	spaced bool            // blank rows stand between those of the table
	queue  []read          // the rows that come next
	below  []read
}

// needed returns the places of the columns that a file must have.
func (s schema) needed(m match) (at []int) {
	for _, c := range s {
		if i, ok := m.at[c.name]; ok && c.need {
			at = append(at, i)
		}
	}
	return at
}

// mostBelow is how many rows may stand below a table.
const mostBelow = 20

func (b *body) next() (record, error) {
	if len(b.queue) == 0 {
		b.read()
	}
	first := b.queue[0]
	b.queue = b.queue[1:]
	if b.rep != nil && first.err == nil {
		b.tellLetters(first.record)
	}
	return first.record, first.err
}

// tellLetters says where letters may be wrong, and where they are lost.
func (b *body) tellLetters(rec record) {
	for _, i := range b.known {
		if i >= len(rec.cells) || legible(rec.cells[i]) || ascii([]byte(rec.cells[i])) == len(rec.cells[i]) {
			continue
		}
		cell := clean(rec.cells[i])
		if b.doubt != "" && strings.Contains(cell, b.first) {
			b.rep.note(rec.row, short(clean(b.titles[i])), fmt.Sprintf("%q: %s", short(cell), b.doubt))
			b.doubt = ""
		}
		if strings.Contains(cell, "\ufffd") && !b.told[cell] && len(b.told) < maxListed {
			if b.told == nil {
				b.told = map[string]bool{}
			}
			b.told[cell] = true
			b.rep.note(rec.row, short(clean(b.titles[i])), fmt.Sprintf("%q: letters were lost before the file was written, or are not those of UTF-8", short(cell)))
		}
	}
}

// read reads the next row, and where the table may have ended above it, those
// behind it up to one that is of the table, or the end of the file.
func (b *body) read() {
	for {
		rec, err := b.source.next()
		outside := err == nil && len(b.queue) < mostBelow && b.outside(rec)
		if !outside && rec.row > b.last+1 && b.last > 0 && err == nil {
			b.spaced = true
		}
		b.last = max(b.last, rec.row)
		if !outside {
			if errors.Is(err, io.EOF) && len(b.queue) > 0 {
				b.below, b.queue = b.queue, nil
			}
			b.queue = append(b.queue, read{rec, err})
			return
		}
		rec.cells = slices.Clone(rec.cells)
		b.queue = append(b.queue, read{record: rec})
	}
}

// afterword is how a row begins that tells of the table above it.
var afterword = regexp.MustCompile(`(?i)^([0-9]+ )?(records?|record\(s\)|rows?|orders?|datensätze|zeilen)\b.*|^(seller id|verkäufer-id|total|totals|sum|summe|gesamt|end of (file|report|list))\b`)

// outside reports whether a row can stand below the table: it lacks what a row of it
// needs, holds next to nothing, and says so or stands behind a blank one.
func (b *body) outside(rec record) bool {
	filled, lacks := []string{}, false
	for _, i := range b.needed {
		lacks = lacks || i >= len(rec.cells) || strings.TrimSpace(rec.cells[i]) == ""
	}
	if !lacks {
		return false
	}
	for _, cell := range rec.cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			filled = append(filled, cell)
		}
	}
	if len(filled) > 3 || 2*len(filled) >= len(b.titles) {
		return false
	}
	apart := len(b.queue) > 0 || rec.row > b.last+1 && b.last > 0 && !b.spaced
	return apart || afterword.MatchString(strings.Join(filled, " "))
}

// tell says which rows stand below the table.
func (b *body) tell(rep *Report) {
	for _, r := range b.below {
		text := strings.Trim(clean(strings.Join(r.cells, " ")), " ")
		rep.note(r.row, "", fmt.Sprintf("it stands below the table and is not read: %q", short(text)))
	}
}
