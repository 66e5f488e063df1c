package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// column is one column that a reader understands. Names are compared by their
// letters and digits only: "Ship-By", "ship_by" and "SHIP BY" are the same. Where
// several columns of a file fit one, the best name counts, wherever it stands:
// one of better, the name itself, then also in its order.
type column struct {
	name   string
	better []string
	also   []string
	need   bool
	units  []string // units that may end the name: "mass_g", "Width (cm)"
	other  bool     // the name itself means something else in this file
	first  bool     // where the file has it twice, the first counts
	title  string   // how a file of its kind writes it
	kind   kind
	at     int // the place in the file where a person has shown it, from 1; 0: by its name
}

// kind is what a column's cells are. One with units holds amounts.
type kind int

const (
	words kind = iota
	amounts
	whole // numbers without decimals
)

type schema []column

// match says where the columns of a file stand.
type match struct {
	at      map[string]int
	unit    map[string]string // unit in the header
	title   map[string]string // the name as the file writes it
	ignored []string
	numbers map[string]kind  // the columns of numbers
	marks   map[string]marks // how they are written; those of "" all together
	comma   bool             // a format of people who write a decimal comma
	stored  bool             // a format that keeps numbers as numbers
	serial  bool             // dates may be serial numbers of a spreadsheet
	dates   dateOrder        // of the kind of file
	header  []string         // as the file has it
	many    []int            // where the lines of an order stand beside each other
	memory  *memory
}

// beside names the columns, numbered from 1, that have one line of an order each.
const beside = "lines"

var (
	massUnits   = []string{"kg", "g", "lb", "oz", "mg"}
	lengthUnits = []string{"mm", "cm", "m", "in"}
)

// match finds the columns; a missing one that is needed is an error that
// says what was found instead.
func (s schema) match(header []string) (match, error) {
	m := match{memory: &memory{}, header: header, at: map[string]int{}, unit: map[string]string{}, title: map[string]string{}, numbers: map[string]kind{}}
	ranks := map[string]int{}
	for i, title := range header {
		name, unit, rank := s.stands(i, title)
		if name == beside {
			m.many = append(m.many, i)
		}
		if best, known := ranks[name]; name != "" && (!known || rank < best) {
			ranks[name], m.at[name], m.unit[name], m.title[name] = rank, i, unit, short(clean(title))
		}
	}
	for i, title := range header {
		title = clean(title)
		name, _, _ := s.stands(i, title)
		switch at, known := m.at[name]; {
		case known && at == i, title == "", name == beside:
		case known && plain(clean(header[at])) == plain(title) && !s.first(name):
			return m, fmt.Errorf("the column %q stands there twice", short(title))
		default:
			m.ignored = append(m.ignored, short(title))
		}
	}
	for _, c := range s {
		_, ok := m.at[c.name]
		if ok && c.kind == whole {
			m.numbers[c.name] = whole
		} else if ok && (c.kind == amounts || c.units != nil) {
			m.numbers[c.name] = amounts
		}
		if c.need && !ok {
			return m, fmt.Errorf("there is no column %q; the file has: %s", cmp.Or(c.title, c.name), found(header))
		}
	}
	return m, nil
}

// stands says which column stands at a place, counted from 0: the one that a person has
// shown there, else the one that its title names.
func (s schema) stands(i int, title string) (name, unit string, rank int) {
	if at := slices.IndexFunc(s, func(c column) bool { return c.at == i+1 }); at >= 0 {
		return s[at].name, "", 0
	}
	return s.find(plain(clean(title)))
}

// find looks a plain name up, first as it is, then with a unit behind it. The rank
// is how well the name says what the column holds, 0 the best; "" is no column.
func (s schema) find(name string) (column, unit string, rank int) {
	if name == "" {
		return "", "", 0
	}
	for _, c := range s {
		if rank := c.rank(name); rank >= 0 {
			return c.name, "", rank
		}
	}
	for _, c := range s {
		for _, u := range c.units {
			base, cut := strings.CutSuffix(name, u)
			if rank := c.rank(base); cut && rank >= 0 {
				return c.name, u, rank
			}
		}
	}
	return "", "", 0
}

func (s schema) first(name string) bool {
	return slices.ContainsFunc(s, func(c column) bool { return c.name == name && c.first })
}

// rank returns the place of a name among those of the column, -1 for none.
func (c column) rank(name string) int {
	if c.name == beside && strings.Trim(name, "0123456789") == c.also[0] {
		return 0
	}
	if name == plain(c.name) && !c.other {
		return len(c.better)
	}
	if i := slices.Index(c.better, name); i >= 0 {
		return i
	}
	if i := slices.Index(c.also, name); i >= 0 {
		return len(c.better) + 1 + i
	}
	return -1
}

func found(header []string) string {
	var names []string
	for _, h := range header {
		if h = clean(h); h != "" {
			names = append(names, short(h))
		}
	}
	if len(names) > 20 {
		names = append(names[:20], "…")
	}
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}

// plain keeps small letters and digits.
func plain(title string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, title)
}

// clean trims a cell and drops what can not be seen, which tell has told. A spreadsheet's ways of
// writing a number or a formula as text, ="0012" and '0012, go too; the apostrophe of a name stays.
func clean(s string) string {
	s = strings.TrimSpace(s)
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		s = strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`)
	}
	if marked, ok := strings.CutPrefix(s, "'"); ok && marked != "" && strings.ContainsRune("0123456789=+-@", rune(marked[0])) {
		s = marked
	}
	if !legible(s) && strings.IndexFunc(s, func(r rune) bool { return breaks(r) || unseen(r) }) >= 0 {
		s = strings.Map(func(r rune) rune {
			switch {
			case breaks(r):
				return ' '
			case unseen(r):
				return -1
			}
			return r
		}, s)
	}
	return strings.TrimSpace(s)
}

// legible reports whether a text has nothing but what is on every keyboard. Most texts
// have, and are looked at no further.
func legible(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// breaks are tabs, ends of lines and the blank that does not break: all of
// them are read as a space.
func breaks(r rune) bool {
	return unicode.IsSpace(r) && unicode.IsControl(r) || strings.ContainsRune("\u00a0\u2028\u2029", r)
}

// unseen are characters that nobody can read: controls, marks without width,
// marks that turn text around. Joiners are letters' business in some scripts,
// tags that of flags, and the signs before Arabic numbers are seen: they stay.
func unseen(r rune) bool {
	switch {
	case r >= ' ' && r <= '~':
		return false
	case breaks(r), r == '\u200c', r == '\u200d', r >= 0xe0020 && r <= 0xe007f, unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// tell warns of rows that are hidden and of sheets that are not read, once, and of unseen characters that clean leaves out of a row; told are the
// texts that were told of, since an order's name stands on each of its rows.
func (m match) tell(rec record, rep *Report, told map[string]bool) {
	if rec.hidden && !told["hidden"] {
		told["hidden"] = true
		rep.note(rec.row, "", "this row is hidden in the workbook, by hand or by a filter, and is read all the same, as are others")
	}
	if len(rec.others) > 0 && !told["sheets"] {
		told["sheets"] = true
		rep.note(rec.row, "", "only the first sheet of the workbook is read, not "+strings.Join(rec.others, ", ")+": save each as a file of its own")
	}
	for i, cell := range rec.cells {
		if legible(cell) || strings.IndexFunc(cell, unseen) < 0 || len(told) >= maxListed {
			continue
		}
		for name, at := range m.at {
			if key := name + "\x00" + cell; at == i && !told[key] {
				told[key] = true
				rep.warn(row{rec, m}, name, "%s", leftOut(cell))
			}
		}
	}
}

// leftOut says how many unseen characters a text has, and which.
func leftOut(text string) string {
	n, codes := 0, []string{}
	for _, r := range text {
		if !unseen(r) {
			continue
		}
		n++
		if code := fmt.Sprintf("%U", r); !slices.Contains(codes, code) && len(codes) < 3 {
			codes = append(codes, code)
		}
	}
	words := "1 character that cannot be seen was"
	if n > 1 {
		words = fmt.Sprintf("%d characters that cannot be seen were", n)
	}
	return words + " left out (" + strings.Join(codes, ", ") + ")"
}

func blank(cells []string) bool {
	return !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" })
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
