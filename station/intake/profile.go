package intake

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"

	"packbench/station"
)

// profile is a kind of file that one shop or tool writes: how it is known, what it
// calls its columns, and which of its words say that an order is not to be packed.
// A file of a known kind is read by its profile alone: the plain form's other names
// for columns mean nothing there.
type profile struct {
	name  string   // "Squarespace orders", for people
	shop  string   // of its orders, where no column says it
	sure  []string // plain headings that stand together in no other kind
	lacks []string // none of these stands there

	columns schema
	stops   []stop
	dates   dateOrder
	// once is set where what describes an order stands on one of its rows only, on
	// which the column "paid" is filled.
	once bool
	// line is a column that is filled on each row of goods. "" where each row is one.
	line string
	// bare is set where nothing is quoted: a quotation mark is a letter as others are.
	bare bool
	// skip reports whether a row is no data, such as a footer.
	skip func(row) bool
	// loose is set where an amount may be in a currency that the file does not name:
	// such a price is left out.
	loose bool
	// cells finds lines that stand side by side in one row.
	cells func(row) []row
	// second finds rows of goods in a file that has a heading of its own for them.
	second func() shape
	// instead says why nothing can be packed from such a file, and what to take.
	instead string
}

// dateOrder says which of 3/4/2026 is the month, as whoever writes the file has it.
type dateOrder int

const (
	datesUnknown dateOrder = iota
	monthFirst
	dayFirst
)

// stop is a column whose words may say that an order, or one line, is not to be
// packed. A word that nobody knows holds the order rather than letting it go.
type stop struct {
	column string
	line   bool   // it tells of one line
	says   string // what a reason begins with: "payment"
	// words are what the words mean, written as plain does. nil: any word means as.
	words map[string]station.OrderStatus
	as    station.OrderStatus
	full  string // the whole reason
	// blank is why an order is held of which no row has the column filled.
	blank string
	mild  bool // a word that nobody knows means nothing
}

// col is a column of a profile, by the headings that the file may have for it, the
// best first.
func col(name string, titles ...string) column {
	c := column{name: name, other: true, title: titles[0]}
	for _, title := range titles {
		c.also = append(c.also, plain(title))
	}
	return c
}

func must(c column) column     { c.need = true; return c }
func numbers(c column) column  { c.kind = whole; return c }
func prices(c column) column   { c.kind = amounts; return c }
func repeated(c column) column { c.first = true; return c }

// either is a cell, or where it is blank the one that stands in for it.
func (r row) either(name string) string { return cmp.Or(r.text(name), r.text(name+" or")) }

// recognise returns the profile of a file by its headings, nil for none: the one
// that knows the most of them as its own.
func recognise(header []string) *profile {
	has := map[string]bool{}
	for _, title := range header {
		has[plain(clean(title))] = true
	}
	var best *profile
	for i := range profiles {
		p := &profiles[i]
		fits := !slices.ContainsFunc(p.sure, func(title string) bool { return !has[title] }) &&
			!slices.ContainsFunc(p.lacks, func(title string) bool { return has[title] })
		if fits && (best == nil || len(p.sure) > len(best.sure)) {
			best = p
		}
	}
	return best
}

// severity ranks what an order's words say: of two the stricter counts.
var severity = map[station.OrderStatus]int{station.OrderHeld: 1, station.OrderDone: 2, station.OrderCancelled: 3}

// look returns what a column says, and why; "" for nothing.
func (s stop) look(r row) (status station.OrderStatus, why string) {
	text := r.text(s.column)
	word := plain(text)
	if word == "" {
		return "", ""
	}
	if s.words == nil {
		status = s.as
	} else if known, ok := s.words[word]; ok {
		status = known
	} else if !s.mild {
		return station.OrderHeld, s.held(text)
	}
	switch {
	case s.full != "":
		return status, s.full
	case status == station.OrderHeld, strings.Trim(text, "0123456789-") == "":
		return status, s.held(text)
	}
	return status, short(strings.ToLower(text)) + " in the shop"
}

func (s stop) held(text string) string { return cmp.Or(s.says, "the shop says") + ": " + short(text) }

// stopped takes what a row says of the order's state.
func (d *draft) stopped(r row, stops []stop) {
	if d.said == nil {
		d.said = make([]bool, len(stops))
	}
	for i, s := range stops {
		if s.line {
			continue
		}
		d.said[i] = d.said[i] || r.text(s.column) != ""
		if status, why := s.look(r); severity[status] > severity[d.Status] {
			d.Status, d.Reason = status, why
		}
	}
}

// sent reports whether a row says of its goods that they need no packing any more. An
// error says that it is not known how many are left.
func (p *profile) sent(r row) (bool, error) {
	for _, s := range p.stops {
		if !s.line {
			continue
		}
		switch status, why := s.look(r); status {
		case station.OrderDone, station.OrderCancelled:
			return true, nil
		case station.OrderHeld:
			return false, r.fail(s.column, "%q is %s; the file does not say how many are left", short(r.text("item")), why)
		}
	}
	return false, nil
}

// unstopped names the columns that would say whether orders may be packed, of those
// that the file lacks.
func (p *profile) unstopped(m match) string {
	var lacking []string
	for _, s := range p.stops {
		if _, ok := m.at[s.column]; !ok && !s.mild && !s.line {
			i := slices.IndexFunc(p.columns, func(c column) bool { return c.name == s.column })
			lacking = append(lacking, fmt.Sprintf("%q", p.columns[i].title))
		}
	}
	return strings.Join(lacking, " and ")
}

// stoppedLines takes what a row that names no goods says of all of its order's.
func (d *draft) stoppedLines(r row, p *profile) {
	for _, s := range p.stops {
		if status, why := s.look(r); s.line && severity[status] > severity[d.Status] {
			d.Status, d.Reason = status, why
		}
	}
}

// copies are the rows of an order that are the same, and those whose goods were taken.
type copies struct{ have, taken int }

// repeats reports whether a row is one of an order that stands in the file again, as
// when two exports are joined. It counts the rows that describe the order, where one
// should: there are as many copies of each row as of that one.
func (d *draft) repeats(r row, p *profile, seed maphash.Seed) bool {
	if !p.once {
		return false
	}
	if r.text("paid") != "" {
		d.heads++
	}
	if d.rows == nil {
		d.rows = map[uint64]copies{}
	}
	sum := maphash.String(seed, strings.Join(r.cells, "\x00"))
	c, each := d.rows[sum], max(d.heads, 1)
	c.have++
	taken := c.taken < (c.have+each-1)/each
	if taken {
		c.taken++
	}
	d.rows[sum] = c
	return !taken
}

// joined tells of an order that stands in the file several times. One whose copies
// differ is held.
func (d *draft) joined(rep *Report) {
	if d.heads < 2 {
		return
	}
	for _, c := range d.rows {
		if c.have != c.taken*d.heads {
			d.fault = cmp.Or(d.fault, fmt.Sprintf("it stands in the file %d times, and not the same each time", d.heads))
			return
		}
	}
	rep.note(d.firstRow, "order", fmt.Sprintf("order %s stands in the file %d times: it is taken once", d.ID, d.heads))
}

// silent holds an order of which no row says what one must say.
func (d *draft) silent(p *profile, at map[string]int) {
	for i, s := range p.stops {
		if _, ok := at[s.column]; ok && s.blank != "" && d.Status == station.OrderOpen && (i >= len(d.said) || !d.said[i]) {
			d.Status, d.Reason = station.OrderHeld, s.blank
		}
	}
}
