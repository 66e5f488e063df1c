package intake

import (
	"archive/zip"
	"bufio"
	"cmp"
	"regexp"
	"slices"
	"strconv"
)

// merged are cells of a column that a sheet shows as one: only the first holds the
// text.
type merged struct {
	column, first, last int
	text                string
}

const maxMerged = 100_000

var mergeCell = regexp.MustCompile(`mergeCell [^>]*?\bref="([A-Z]+)([0-9]+):[A-Z]+([0-9]+)"`)

// readMerged finds the merged cells of a sheet, which stand behind its rows. What
// cannot be read is told when the rows are.
func readMerged(z *zip.Reader, name string) []merged {
	r, err := part(z, name)
	if err != nil {
		return nil
	}
	defer r.Close()
	var all []merged
	for in := bufio.NewReaderSize(r, ahead); ; {
		piece, err := in.Peek(ahead)
		end := 0
		for _, f := range mergeCell.FindAllSubmatchIndex(piece, -1) {
			first, _ := strconv.Atoi(string(piece[f[4]:f[5]])) // figures; too many make a row that is not there
			last, _ := strconv.Atoi(string(piece[f[6]:f[7]]))
			if first < last && len(all) < maxMerged {
				all = append(all, merged{column: columnOf(string(piece[f[2]:f[5]])) - 1, first: first, last: last})
			}
			end = f[1]
		}
		if err != nil {
			break
		}
		_, _ = in.Discard(max(end, len(piece)-1000)) // they were peeked at, and one may have begun
	}
	slices.SortStableFunc(all, func(a, b merged) int { return cmp.Compare(a.first, b.first) })
	return all
}

// fill writes the text of merged cells into those below the first, except where a
// number is: it is not known what it counts.
func (s *xlsxSource) fill(cells []string) []string {
	for len(s.merged) > 0 && s.merged[0].first <= s.row {
		s.open, s.merged = append(s.open, s.merged[0]), s.merged[1:]
	}
	s.open = slices.DeleteFunc(s.open, func(m merged) bool { return m.last < s.row || m.column < 0 })
	for i := range s.open {
		switch m := &s.open[i]; {
		case m.first == s.row && m.column < len(cells):
			m.text = cells[m.column]
		case m.first < s.row && m.text != "" && cells != nil && !s.numbers[m.column]:
			for len(cells) <= m.column {
				cells = append(cells, "")
			}
			cells[m.column] = cmp.Or(cells[m.column], m.text)
		}
	}
	return cells
}
