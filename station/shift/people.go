package shift

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// stamp is a cell that is a time, on the clock of the window.
type stamp time.Time

// named is a person as people call them.
func (b Book) named(id string) string { return cmp.Or(b.Names[id], id) }

// logColumns are the log as people read it, in a workbook, a report and on a screen.
// A column without a share of the page is left out of the report and the screen.
var logColumns = [...]struct {
	name  string
	wide  float64 // in a workbook, in letters
	share float64 // of the width of a page
	cell  func(Book, Row) any
}{
	{"Time", 19, 0.08, func(b Book, r Row) any { return stamp(r.At.In(b.Window.loc())) }},
	{"Station", 9, 0.06, func(_ Book, r Row) any { return r.Station }},
	{"Person", 20, 0.12, func(b Book, r Row) any { return b.named(r.Person) }},
	{"Order", 14, 0.09, func(_ Book, r Row) any { return r.Order }},
	{"Verdict", 10, 0, func(_ Book, r Row) any { return string(r.Verdict) }},
	{"Code", 18, 0.13, func(_ Book, r Row) any { return string(r.Code) }},
	{"SKU", 18, 0.11, func(_ Book, r Row) any { return r.SKU }},
	{"Product", 28, 0.16, func(b Book, r Row) any { return cmp.Or(r.Product, b.Products[r.SKU]) }},
	{"Units", 7, 0.05, func(_ Book, r Row) any { return r.Qty }},
	{"Parcel", 16, 0.1, func(_ Book, r Row) any { return r.Parcel }},
	{"Service", 16, 0, func(_ Book, r Row) any { return r.Service }},
	{"Carrier", 14, 0, func(_ Book, r Row) any { return r.Carrier }},
	{"Price", 9, 0.05, func(_ Book, r Row) any { return price(r.Price) }},
	{"Currency", 9, 0.05, func(_ Book, r Row) any { return currency(r.Price) }},
	{"Mass, kg", 10, 0, func(_ Book, r Row) any {
		if r.Mass == nil {
			return nil
		}
		return number(fmt.Sprintf("%.3f", float64(*r.Mass)/1e6))
	}},
	{"Typed", 7, 0, func(_ Book, r Row) any {
		if r.Typed {
			return "yes"
		}
		return ""
	}},
	{"Approved by", 20, 0, func(b Book, r Row) any { return b.named(r.Author) }},
	{"Case", 10, 0, func(_ Book, r Row) any { return r.Case }},
	{"Row", 10, 0, func(_ Book, r Row) any { return r.ID }},
}

// logTable is the log for people.
func (b Book) logTable() table {
	t := table{record: "log", title: "Log"}
	for _, c := range logColumns {
		t.columns = append(t.columns, c.name)
	}
	for _, r := range b.Rows {
		row := make([]any, len(logColumns))
		for i, c := range logColumns {
			row[i] = c.cell(b, r)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// onPage is the log without the columns for which a page has no room.
func (t table) onPage() table {
	out := table{record: t.record, title: t.title}
	for i, c := range logColumns {
		if c.share > 0 {
			out.columns = append(out.columns, t.columns[i])
		}
	}
	for _, row := range t.rows {
		var cells []any
		for i, c := range logColumns {
			if c.share > 0 {
				cells = append(cells, row[i])
			}
		}
		out.rows = append(out.rows, cells)
	}
	return out
}

// forPeople returns the tables with names instead of ids and words instead of codes.
func (b Book) forPeople() []table {
	tables := b.tables()
	for i := range tables {
		t := &tables[i]
		if t.record == "packer" {
			at := slices.Index(t.columns, personName)
			t.columns, t.keys = slices.Delete(slices.Clone(t.columns), at, at+1), 1
			for y, row := range t.rows {
				id, _ := row[0].(string)
				row = slices.Delete(slices.Clone(row), at, at+1)
				row[0] = b.named(id)
				t.rows[y] = row
			}
		}
		if t.record == "change" {
			t.columns, t.keys = []string{"When", "person", "what"}, 2
			for y, c := range b.Changes {
				t.rows[y] = []any{stamp(c.At.In(b.Window.loc())), b.named(c.By), c.What}
			}
		}
		if t.record == "error" {
			for y, row := range t.rows {
				t.rows[y] = []any{words(text(row[0])), row[1]}
			}
		}
		t.columns = slices.Clone(t.columns)
		for x, c := range t.columns {
			t.columns[x] = cmp.Or(columnWords[c], words(c))
		}
	}
	return tables
}

// columnWords are the heads of columns whose names say too little.
var columnWords = map[string]string{"of": "Of", "n": "Number", "id": "What does not fit", "time": "Hour", "open_minutes": "Minutes worked", "units_per_hour": "Units per hour worked", "accuracy_percent": "Right scans, %"}

// words writes a code for people: "wrong-item" as "Wrong item".
func words(code string) string {
	out := strings.NewReplacer("-", " ", "_", " ").Replace(code)
	if out == "" {
		return out
	}
	return strings.ToUpper(out[:1]) + out[1:]
}

// figure is a number with its name.
type figure struct {
	name string
	n    any
}

// headlines are the numbers that a shift is known by.
func (b Book) headlines() []figure {
	var all Work
	for _, w := range b.Packers {
		all.Scans, all.Refused, all.Open = all.Scans+w.Scans, all.Refused+w.Refused, all.Open+w.Open
		all.Accepted, all.Removed = all.Accepted+w.Accepted, all.Removed+w.Removed
	}
	parcels, orders, refused := 0, 0, 0
	for _, h := range b.Hours {
		parcels, orders, refused = parcels+h.Parcels, orders+h.Orders, refused+h.Refused
	}
	out := []figure{{"Parcels", parcels}, {"Orders", orders}, {"Units", all.Accepted - all.Removed}, {"Refusals", refused}}
	if n, ok := all.Accuracy(); ok {
		out = append(out, figure{"Right scans, %", number(fmt.Sprintf("%d.%d", n/10, n%10))})
	}
	if n, ok := all.Speed(); ok {
		out = append(out, figure{"Units per hour worked", n})
	}
	for _, c := range costs(b.Carriers) {
		out = append(out, figure{"Postage, " + c.Currency, number(c.Net().Decimal())})
	}
	return out
}

// Head are the headline numbers of the book with their names, and what somebody should look
// at, as its first page has them.
func (b Book) Head() (numbers [][2]string, look []string) {
	for _, f := range b.headlines() {
		numbers = append(numbers, [2]string{f.name, text(f.n)})
	}
	return numbers, b.exceptions()
}

// costs adds the carriers up, by currency.
func costs(list []Carriage) []Carriage {
	var out []Carriage
	for _, c := range list {
		i := slices.IndexFunc(out, func(o Carriage) bool { return o.Currency == c.Currency })
		if i < 0 {
			out = append(out, Carriage{Currency: c.Currency, Cost: c.Cost, Back: c.Back})
			continue
		}
		out[i].Cost.Minor += c.Cost.Minor
		out[i].Back.Minor += c.Back.Minor
	}
	return out
}

// exceptions are what somebody should look at, in words; none where everything adds up
// and nothing is open.
func (b Book) exceptions() []string {
	var out []string
	for _, bal := range b.Balances {
		left, right := bal.Sums()
		switch {
		case left != right:
			out = append(out, fmt.Sprintf("%s do not add up: %d against %d", words(bal.Of), left, right))
		case len(bal.Gaps) == 1:
			out = append(out, words(bal.Of)+": 1 does not fit")
		case len(bal.Gaps) > 1:
			out = append(out, fmt.Sprintf("%s: %d do not fit", words(bal.Of), len(bal.Gaps)))
		}
		if len(bal.Gaps) > 0 {
			named := strings.Join(bal.Gaps[:min(len(bal.Gaps), 8)], ", ")
			if more := len(bal.Gaps) - 8; more > 0 {
				named += fmt.Sprintf(" and %d more", more)
			}
			out[len(out)-1] += ": " + named
		}
		for _, a := range bal.Right {
			open := strings.HasPrefix(a.Name, "still open") && a.Name != "still open, "+string(StageDock)
			if a.N != 0 && (open || slices.Contains([]string{"short", "cancelled", "voided", "opened again", "in open parcels"}, a.Name)) {
				out = append(out, fmt.Sprintf("%s %s: %d", words(bal.Of), a.Name, a.N))
			}
		}
	}
	return out
}

// Busy are the hours from the first one with work to the last.
func (b Book) Busy() []Hour {
	works := func(h Hour) bool { return h != Hour{Start: h.Start} }
	first := slices.IndexFunc(b.Hours, works)
	if first < 0 {
		return nil
	}
	last := first
	for i, h := range b.Hours {
		if works(h) {
			last = i
		}
	}
	return b.Hours[first : last+1]
}
