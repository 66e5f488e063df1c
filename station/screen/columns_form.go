package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"packbench/station/say"
)

// form is the page of one file.
func (d ColumnsDraft) form(may bool) *ColumnsForm {
	f := &ColumnsForm{Fault: d.Fault}
	may = may && !d.Saving
	f.Fields = append(f.Fields, d.kindRow(may))
	if d.Kind == "" {
		for _, name := range fieldNames {
			if i := slices.IndexFunc(d.Fields, func(c ColumnsField) bool { return c.Name == name.name }); i >= 0 {
				f.Fields = append(f.Fields, d.fieldRow(d.Fields[i], may))
				f.Fields = append(f.Fields, d.beside(d.Fields[i], may)...)
			}
		}
		slices.SortStableFunc(f.Fields[1:], func(a, b ColumnsRow) int { return cmp.Compare(a.rank(), b.rank()) })
	}
	if d.File != "" {
		f.Table = d.table()
		d.tried(f)
	}
	open := d.Open()
	if f.Fault == "" && open != "" {
		f.Fault = open
	}
	label := "Remember and import"
	if d.File == "" {
		label = "Save"
	}
	if d.Saving {
		label = "Saving…"
	}
	f.Actions = []Action{
		{ID: "save", Label: label, Key: DefaultKeys()["save"], Enabled: may && open == "" && !d.hopeless(), Primary: true, Intent: columnsDo(ColumnsSave, "")},
		{ID: "back", Label: "Back", Key: "Esc", Enabled: true, Intent: columnsDo(ColumnsLeave, "")},
	}
	return f
}

// hopeless reports whether the file cannot be read as it was answered.
func (d ColumnsDraft) hopeless() bool { return d.Trial != nil && d.Trial.Fault != "" }

// Open says what has to be answered still, "" for nothing.
func (d ColumnsDraft) Open() string {
	if d.Kind != "" {
		return ""
	}
	var lacking []string
	for _, f := range d.Fields {
		if f.At == 0 && (f.Need || f.Fits != nil) {
			lacking = append(lacking, say.Lower(fieldName(f.Name)))
		}
	}
	if len(lacking) == 0 {
		return ""
	}
	return "Choose the column of: " + strings.Join(lacking, ", ")
}

// rank puts what has to be answered first, with what belongs to it.
func (r ColumnsRow) rank() int {
	if r.Bad {
		return 0
	}
	return 1
}

func (d ColumnsDraft) kindRow(may bool) ColumnsRow {
	r := ColumnsRow{
		Shape: ShapeSquare, Colour: LampOff, Label: "Kind of file", Value: "not known", Note: "Or choose the program",
		Edit: Action{ID: "field:kind", Label: "Change", Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsKind}},
	}
	for _, k := range d.Kinds {
		if k.Value == d.Kind && d.Kind != "" {
			r.Shape, r.Colour, r.Value, r.Note = ShapeTick, LampGreen, k.Words, "Its columns are known"
		}
	}
	return r
}

func (d ColumnsDraft) fieldRow(f ColumnsField, may bool) ColumnsRow {
	r := ColumnsRow{
		Label: fieldName(f.Name), Value: d.heading(f.At), Note: d.example(f.At),
		Edit: Action{ID: "field:" + f.Name, Label: "Change", Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsOf + f.Name}},
	}
	switch {
	case f.At > 0:
		r.Shape, r.Colour = ShapeTick, LampGreen
	case f.Fits != nil:
		var titles []string
		for _, at := range f.Fits {
			titles = append(titles, d.heading(at))
		}
		r.Shape, r.Colour, r.Bad, r.Value, r.Note = ShapeMark, LampAmber, true, "which one?", cut(strings.Join(titles, " or "), 80)
	case f.Need:
		r.Shape, r.Colour, r.Bad, r.Value, r.Note = ShapeCross, LampRed, true, "choose", "Needed"
	default:
		r.Note = "not in this file"
	}
	return r
}

// example is what the first row has in a column.
func (d ColumnsDraft) example(at int) string {
	for _, row := range d.Rows {
		if at > 0 && at <= len(row) && row[at-1] != "" {
			return "such as " + cut(row[at-1], 40)
		}
	}
	return ""
}

// beside are the rows that go with a field: what the words of a status mean, and how
// dates are read.
func (d ColumnsDraft) beside(f ColumnsField, may bool) (out []ColumnsRow) {
	if f.At == 0 {
		return nil
	}
	if f.Name == "status" {
		for _, w := range d.Words {
			r := ColumnsRow{
				Shape: ShapeTick, Colour: LampGreen, Label: "“" + cut(w.Word, 40) + "” means", Value: means(w.Means), Note: "of the order status",
				Edit: Action{ID: "word:" + w.Word, Label: "Change", Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsMeans + w.Word}},
			}
			if w.Means == "" {
				r.Shape, r.Colour = ShapeMark, LampAmber
			}
			out = append(out, r)
		}
	}
	if first := d.firstDate(); f.Name == first {
		r := ColumnsRow{
			Shape: ShapeTick, Colour: LampGreen, Label: "Dates such as 3/4/2026", Note: "as the program writes them that made the file", Value: "not said",
			Edit: Action{ID: "field:dates", Label: "Change", Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsDates}},
		}
		switch d.Dates {
		case DatesDay:
			r.Value = "3 April"
		case DatesMonth:
			r.Value = "March 4"
		default:
			r.Shape, r.Colour = ShapeNone, LampOff
		}
		out = append(out, r)
	}
	return out
}

// firstDate is the first field of the page that holds dates and is in the file.
func (d ColumnsDraft) firstDate() string {
	for _, name := range []string{"ship by", "promise", "placed"} {
		for _, f := range d.Fields {
			if f.Name == name && f.At > 0 {
				return name
			}
		}
	}
	return ""
}

func means(word string) string {
	switch word {
	case "open":
		return "to pack"
	case "":
		return "not known: held"
	}
	return word
}

// Options are the choices of the field that is open: ColumnsEntry and what it is.
func (d ColumnsDraft) Options(field string) (label, hint string, out []Action) {
	add := func(name, value, label, note string, on bool) {
		out = append(out, Action{ID: "option:" + digits(len(out)+1), Label: label, Note: note, Enabled: true, On: on, Intent: columnsDo(name, value)})
	}
	name, _ := strings.CutPrefix(field, ColumnsEntry)
	if word, is := strings.CutPrefix(name, ColumnsMeans); is {
		now := ""
		for _, w := range d.Words {
			if w.Word == word {
				now = w.Means
			}
		}
		add(name, "open", "To pack", "it is paid and wanted", now == "open")
		add(name, "held", "Held", "it comes in, and is not packed yet", now == "held")
		add(name, "cancelled", "Cancelled", "it is not packed", now == "cancelled")
		add(name, "done", "Done", "it has left already", now == "done")
		return "What does “" + cut(word, 40) + "” mean?", "For an order with this status", out
	}
	switch name {
	case ColumnsKind:
		add(name, "", "None of these", "choose what each column holds", d.Kind == "")
		for _, k := range d.Kinds {
			add(name, k.Value, k.Words, "", k.Value == d.Kind)
		}
		return "Which kind of file is it?", "The program or shop that wrote it", out
	case ColumnsDates:
		add(name, DatesDay, "3 April", "the day first", d.Dates == DatesDay)
		add(name, DatesMonth, "March 4", "the month first", d.Dates == DatesMonth)
		add(name, "", "Not said", "such a date is left out", d.Dates == "")
		return "What is 3/4/2026?", "As the program writes dates that made the file", out
	}
	return d.columnOptions(name)
}

// columnOptions are the columns of the file for a field, those that fit first.
func (d ColumnsDraft) columnOptions(name string) (label, hint string, out []Action) {
	of := strings.TrimPrefix(name, ColumnsOf)
	var field ColumnsField
	used := map[int]string{}
	for _, f := range d.Fields {
		if f.Name == of {
			field = f
		} else if f.At > 0 {
			used[f.At] = fieldName(f.Name)
		}
	}
	var places []int
	for i := range d.Header {
		places = append(places, i+1)
	}
	slices.SortStableFunc(places, func(a, b int) int {
		first := func(at int) int {
			if slices.Contains(field.Fits, at) {
				return 0
			}
			return 1
		}
		return cmp.Compare(first(a), first(b))
	})
	for _, at := range places {
		note := d.example(at)
		if other := used[at]; other != "" {
			note = "now: " + say.Lower(other)
		}
		out = append(out, Action{
			ID: "option:" + digits(len(out)+1), Label: d.heading(at), Note: note, Enabled: true, On: at == field.At,
			Intent: columnsDo(name, digits(at)),
		})
	}
	if !field.Need {
		none := Action{ID: "option:0", Label: "None of these", Note: "it is not in this file", Enabled: true, On: field.At == 0 && field.Fits == nil, Intent: columnsDo(name, "0")}
		out = slices.Insert(out, len(field.Fits), none)
	}
	return fieldName(of) + ": which column?", "", out
}

// table is a part of the file's first rows, with what each column is taken for.
func (d ColumnsDraft) table() *ColumnsTable {
	used := map[int]string{}
	if d.Kind == "" {
		for _, f := range d.Fields {
			if f.At > 0 {
				used[f.At] = fieldName(f.Name)
			}
		}
	}
	first := min(max(d.First, 0), max(len(d.Header)-columnsAtOnce, 0))
	last := min(first+columnsAtOnce, len(d.Header))
	t := &ColumnsTable{}
	for at := first + 1; at <= last; at++ {
		t.Used = append(t.Used, used[at])
		t.Heads = append(t.Heads, d.heading(at))
	}
	for _, row := range d.Rows {
		cells := make([]string, last-first)
		copy(cells, row[min(first, len(row)):min(last, len(row))])
		t.Rows = append(t.Rows, cells)
	}
	if len(d.Header) > columnsAtOnce {
		t.Paged = fmt.Sprintf("columns %d to %d of %d", first+1, last, len(d.Header))
		t.Pages = []Action{
			{ID: "columns:left", Label: "Left", Enabled: first > 0, Intent: columnsDo(ColumnsFirst, digits(max(first-columnsAtOnce, 0)))},
			{ID: "columns:right", Label: "Right", Enabled: last < len(d.Header), Intent: columnsDo(ColumnsFirst, digits(min(first+columnsAtOnce, len(d.Header)-columnsAtOnce)))},
		}
	}
	return t
}

// tried says what would come of the file.
func (d ColumnsDraft) tried(f *ColumnsForm) {
	t := d.Trial
	switch {
	case d.Open() != "":
		f.Words, f.Shape, f.Colour = "The orders are shown here once that is answered", ShapeSquare, LampOff
		return
	case d.Trying || t == nil:
		f.Words, f.Shape, f.Colour = "Reading the file…", ShapeSquare, LampOff
		return
	case t.Fault != "":
		f.Words, f.Shape, f.Colour = t.Fault, ShapeCross, LampRed
		return
	}
	f.Shape, f.Colour = ShapeTick, LampGreen
	n := t.ToPack + t.Held + t.Gone
	f.Words = say.Many(n, "order") + " would come in"
	parts := []string{fmt.Sprintf("%d to pack", t.ToPack)}
	if t.Held > 0 {
		parts = append(parts, fmt.Sprintf("%d held", t.Held))
	}
	if t.Gone > 0 {
		parts = append(parts, fmt.Sprintf("%d not to be packed", t.Gone))
	}
	f.Words += ": " + strings.Join(parts, ", ")
	if t.Refused > 0 {
		f.Words += ". " + say.Many(t.Refused, "row") + " would be left out"
		f.Shape, f.Colour = ShapeMark, LampAmber
	}
	if t.Cut {
		f.Words += fmt.Sprintf(" (of the first %d rows)", t.Read)
	}
	if t.ToPack == 0 {
		f.Shape, f.Colour = ShapeMark, LampAmber
	}
	for _, row := range t.Rows {
		f.Lines = append(f.Lines, ColumnsLine{Shape: ShapeCross, Colour: LampRed, Title: row})
	}
	for _, o := range t.Orders {
		line := ColumnsLine{Shape: ShapeTick, Colour: LampGreen, Title: o.Title, Sub: o.Sub}
		if o.State != "" {
			line.Shape, line.Colour, line.Sub = ShapeMark, LampAmber, o.State
		}
		f.Lines = append(f.Lines, line)
	}
}
