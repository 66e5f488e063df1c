package shift

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"packbench/station/unit"
)

// timeForm is how times are written: local, with the offset, so that an hour
// which the clock shows twice stays two hours.
const timeForm = "2006-01-02T15:04:05.000Z07:00"

// number is a cell that is a number: digits with an optional sign and point.
type number string

// column is one column of the log. A cell is a string, an int, a bool, a
// number, or nil where there is nothing.
type column struct {
	name string
	cell func(Row, Window) any
}

// columns define the log's columns, once for all formats.
var columns = [...]column{
	{"row", func(r Row, _ Window) any { return r.ID }},
	{"time", func(r Row, w Window) any { return clock(r.At, w) }},
	{"station", func(r Row, _ Window) any { return r.Station }},
	{"person", func(r Row, _ Window) any { return r.Person }},
	{"order", func(r Row, _ Window) any { return r.Order }},
	{"verdict", func(r Row, _ Window) any { return string(r.Verdict) }},
	{"code", func(r Row, _ Window) any { return string(r.Code) }},
	{"sku", func(r Row, _ Window) any { return r.SKU }},
	{"qty", func(r Row, _ Window) any { return r.Qty }},
	{"parcel", func(r Row, _ Window) any { return r.Parcel }},
	{"service", func(r Row, _ Window) any { return r.Service }},
	{"carrier", func(r Row, _ Window) any { return r.Carrier }},
	{"price", func(r Row, _ Window) any { return price(r.Price) }},
	{"currency", func(r Row, _ Window) any { return currency(r.Price) }},
	{"mass_mg", func(r Row, _ Window) any { return mass(r.Mass) }},
	{"typed", func(r Row, _ Window) any { return r.Typed }},
	{"authorised_by", func(r Row, _ Window) any { return r.Author }},
	{"case", func(r Row, _ Window) any { return r.Case }},
}

// Columns names the columns of the log, in order.
func Columns() []string {
	var names []string
	for _, c := range columns {
		names = append(names, c.name)
	}
	return names
}

// log returns the log's cells.
func (b Book) log(r Row) []any {
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = c.cell(r, b.Window)
	}
	return cells
}

func clock(t time.Time, w Window) string { return t.In(w.loc()).Format(timeForm) }

func price(m *unit.Money) any {
	if m == nil {
		return nil
	}
	return number(m.Decimal())
}

func currency(m *unit.Money) any {
	if m == nil {
		return ""
	}
	return m.Currency
}

func mass(m *unit.Mass) any {
	if m == nil {
		return nil
	}
	return number(fmt.Sprint(int64(*m)))
}

// table is one table beside the log. Its first columns, keys of them, say what
// a row is about; the others are its numbers.
type table struct {
	record  string // what a row is, in one word
	title   string
	columns []string
	keys    int
	rows    [][]any
}

// tables returns everything but the log, once for all formats.
func (b Book) tables() []table {
	out := []table{
		b.balanceTable(), b.gapTable(),
		b.packerTable(), workTable("station", "Stations", "station", b.Stations),
		b.carrierTable(), b.hourTable(), b.errorTable(),
	}
	if len(b.Marked) > 0 {
		out = append(out, b.markedTable())
	}
	if len(b.Changes) > 0 {
		out = append(out, b.changeTable())
	}
	return append(out, b.headTable())
}

// changeTable has a row for each change.
func (b Book) changeTable() table {
	t := table{record: "change", title: "Changes", columns: []string{"row", "time", "person", "what"}, keys: 3}
	for _, c := range b.Changes {
		t.rows = append(t.rows, []any{c.Row, clock(c.At, b.Window), c.By, c.What})
	}
	return t
}

// markNames are the columns of what is known of units.
var markNames = []string{"lot", "serial", "expiry"}

// markedTable has a row for each lot and each serial of each closed parcel.
func (b Book) markedTable() table {
	t := table{record: "marked", title: "Lots and serials", columns: slices.Concat([]string{"order", "parcel", "sku", "qty"}, markNames), keys: 4}
	for _, m := range b.Marked {
		u := m.Units
		t.rows = append(t.rows, []any{m.Order, m.Parcel, u.SKU, u.Qty, u.Lot, u.Serial, u.Expiry})
	}
	return t
}

// HeadsTitle is the title of the table of the chains' heads.
const HeadsTitle = "Heads of the journal"

// Table is a table of the book for a screen. Right says which columns are
// numbers; all cells are text.
type Table struct {
	Title   string
	Columns []string
	Right   []bool
	Rows    [][]string
}

// Tables returns the packers, stations, carriers, hours, refusals, gaps, heads and
// the log as text for people. Tables without rows are left out.
func (b Book) Tables() []Table {
	var out []Table
	for _, t := range append(b.forPeople(), b.logTable().onPage()) {
		if len(t.rows) > 0 && t.record != "balance" {
			out = append(out, t.asText())
		}
	}
	return out
}

func (t table) asText() Table {
	out := Table{Title: t.title, Columns: t.columns, Right: make([]bool, len(t.columns))}
	for _, row := range t.rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = text(cell)
			switch c := cell.(type) {
			case stamp:
				cells[i] = time.Time(c).Format("15:04:05")
				if t.record == "hour" {
					cells[i] = time.Time(c).Format("15:04") + "–" + time.Time(c).Add(time.Hour).Format("15:04")
				}
			case int, number:
				out.Right[i] = true
			}
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}

func (b Book) balanceTable() table {
	t := table{record: "balance", title: "Balances", columns: []string{"of", "side", "name", "n"}, keys: 3}
	for _, bal := range b.Balances {
		for _, a := range bal.Left {
			t.rows = append(t.rows, []any{bal.Of, "left", a.Name, a.N})
		}
		for _, a := range bal.Right {
			t.rows = append(t.rows, []any{bal.Of, "right", a.Name, a.N})
		}
	}
	return t
}

func (b Book) gapTable() table {
	t := table{record: "gap", title: "Gaps", columns: []string{"of", "id"}, keys: 1}
	for _, bal := range b.Balances {
		for _, id := range bal.Gaps {
			t.rows = append(t.rows, []any{bal.Of, id})
		}
	}
	return t
}

// personName is the column of a name beside its id; it is for people only.
const personName = "name"

// packerTable is a table of work with names beside the ids.
func (b Book) packerTable() table {
	t := workTable("packer", "Packers", "person", b.Packers)
	t.columns, t.keys = slices.Insert(t.columns, 1, personName), 2
	for i, w := range b.Packers {
		t.rows[i] = slices.Insert(t.rows[i], 1, any(b.Names[w.ID]))
	}
	return t
}

func workTable(record, title, key string, list []Work) table {
	t := table{record: record, title: title, keys: 1, columns: []string{
		key, "accepted", "removed", "item_scans", "refused", "accuracy_percent", "parcels", "orders", "open_minutes", "units_per_hour",
	}}
	for _, w := range list {
		var accuracy, speed any
		if n, ok := w.Accuracy(); ok {
			accuracy = number(fmt.Sprintf("%d.%d", n/10, n%10))
		}
		if n, ok := w.Speed(); ok {
			speed = n
		}
		t.rows = append(t.rows, []any{
			w.ID, w.Accepted, w.Removed, w.Scans, w.Refused, accuracy, w.Parcels, w.Orders, int(w.Open / time.Minute), speed,
		})
	}
	return t
}

func (b Book) carrierTable() table {
	t := table{record: "carrier", title: "Carriers", keys: 2, columns: []string{
		"carrier", "currency", "parcels", "cost", "voided", "cost_voided", "cost_net",
	}}
	for _, c := range b.Carriers {
		t.rows = append(t.rows, []any{
			c.Carrier, c.Currency, c.Parcels, number(c.Cost.Decimal()), c.Voided, number(c.Back.Decimal()), number(c.Net().Decimal()),
		})
	}
	return t
}

func (b Book) hourTable() table {
	t := table{record: "hour", title: "Hours", keys: 1, columns: []string{"time", "units", "refused", "parcels", "orders"}}
	for _, h := range b.Hours {
		if h == (Hour{Start: h.Start}) {
			continue // nothing happened
		}
		t.rows = append(t.rows, []any{stamp(h.Start.In(b.Window.loc())), h.Accepted, h.Refused, h.Parcels, h.Orders})
	}
	return t
}

func (b Book) errorTable() table {
	t := table{record: "error", title: "Refusals", keys: 1, columns: []string{"code", "n"}}
	for _, e := range b.Errors {
		t.rows = append(t.rows, []any{string(e.Code), e.N})
	}
	return t
}

func (b Book) headTable() table {
	t := table{record: "head", title: HeadsTitle, columns: []string{"writer", "hash"}, keys: 1}
	for _, writer := range slices.Sorted(maps.Keys(b.Heads)) {
		t.rows = append(t.rows, []any{writer, b.Heads[writer]})
	}
	return t
}

// text writes a cell.
func text(cell any) string {
	switch c := cell.(type) {
	case nil:
		return ""
	case string:
		return c
	case number:
		return string(c)
	case stamp:
		return time.Time(c).Format(timeForm)
	}
	return fmt.Sprint(cell)
}

// numeric reports whether a cell reads as a plain number: digits, with one sign
// before them and one point among them at most.
func numeric(cell string) bool {
	cell = strings.TrimPrefix(strings.TrimPrefix(cell, "-"), "+")
	whole, part, point := strings.Cut(cell, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!point || digits(part))
}
