package screen

import (
	"cmp"
	"slices"
	"strings"

	"packbench/station/say"
)

// form is the page of one file.
func (d ColumnsDraft) form(may bool) *ColumnsForm {
	f := &ColumnsForm{Fault: d.Fault}
	may = may && !d.Saving
	if !d.Goods {
		f.Fields = append(f.Fields, d.kindRow(may))
	}
	first := len(f.Fields)
	if d.Kind == "" {
		for _, name := range columnNames(d.Goods) {
			if i := slices.IndexFunc(d.Fields, func(c ColumnsField) bool { return c.Name == name.ID }); i >= 0 {
				f.Fields = append(f.Fields, d.fieldRow(d.Fields[i], may))
				f.Fields = append(f.Fields, d.beside(d.Fields[i], may)...)
			}
		}
		slices.SortStableFunc(f.Fields[first:], func(a, b ColumnsRow) int { return cmp.Compare(a.rank(), b.rank()) })
	}
	if d.File != "" {
		f.Table = d.table()
		d.tried(f)
	}
	open := d.Open()
	if f.Fault == "" && open != "" {
		f.Fault = open
	}
	label := d.Lang.Phrase("Remember and import")
	if d.File == "" {
		label = d.Lang.Phrase("Save")
	}
	if d.Saving {
		label = d.Lang.Phrase("Saving…")
	}
	f.Actions = []Action{
		{ID: "save", Label: label, Key: DefaultKeys()["save"], Enabled: may && open == "" && !d.hopeless(), Primary: true, Intent: columnsDo(ColumnsSave, "")},
		{ID: "back", Label: d.Lang.Phrase("Back"), Key: "Esc", Enabled: true, Intent: columnsDo(ColumnsLeave, "")},
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
			lacking = append(lacking, d.Lang.Lower(fieldName(d.Lang, f.Name, d.Goods)))
		}
	}
	if len(lacking) == 0 {
		return ""
	}
	return d.Lang.Say("Choose the column of: {what}", "what", strings.Join(lacking, ", "))
}

// rank puts what has to be answered first, with what belongs to it.
func (r ColumnsRow) rank() int {
	if r.Bad {
		return 0
	}
	return 1
}

func (d ColumnsDraft) kindRow(may bool) ColumnsRow {
	l := d.Lang
	r := ColumnsRow{
		Shape: ShapeSquare, Colour: LampOff, Label: l.Phrase("Kind of file"), Value: l.Phrase("not known"), Note: l.Phrase("Or choose the program"),
		Edit: Action{ID: "field:kind", Label: l.Phrase("Change"), Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsKind}},
	}
	for _, k := range d.Kinds {
		if k.Value == d.Kind && d.Kind != "" {
			r.Shape, r.Colour, r.Value, r.Note = ShapeTick, LampGreen, k.Words, l.Phrase("Its columns are known")
		}
	}
	return r
}

func (d ColumnsDraft) fieldRow(f ColumnsField, may bool) ColumnsRow {
	l := d.Lang
	r := ColumnsRow{
		Label: fieldName(l, f.Name, d.Goods), Value: d.heading(f.At), Note: d.example(f.At),
		Edit: Action{ID: "field:" + f.Name, Label: l.Phrase("Change"), Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsOf + f.Name}},
	}
	switch {
	case f.At > 0:
		r.Shape, r.Colour = ShapeTick, LampGreen
	case f.Fits != nil:
		var titles []string
		for _, at := range f.Fits {
			titles = append(titles, d.heading(at))
		}
		r.Shape, r.Colour, r.Bad, r.Value, r.Note = ShapeMark, LampAmber, true, l.Phrase("which one?"), cut(strings.Join(titles, l.Phrase(" or ")), 80)
	case f.Need:
		r.Shape, r.Colour, r.Bad, r.Value, r.Note = ShapeCross, LampRed, true, l.Phrase("choose"), l.Phrase("Needed")
	default:
		r.Note = l.Phrase("not in this file")
	}
	return r
}

// example is what the first row has in a column.
func (d ColumnsDraft) example(at int) string {
	for _, row := range d.Rows {
		if at > 0 && at <= len(row) && row[at-1] != "" {
			return d.Lang.Say("such as {text}", "text", cut(row[at-1], 40))
		}
	}
	return ""
}

// beside are the rows that go with a field: what the words of a status mean, and how
// dates are read.
func (d ColumnsDraft) beside(f ColumnsField, may bool) (out []ColumnsRow) {
	if f.At == 0 || d.Goods {
		return nil
	}
	l := d.Lang
	if f.Name == "status" {
		for _, w := range d.Words {
			r := ColumnsRow{
				Shape: ShapeTick, Colour: LampGreen, Label: l.Say("“{word}” means", "word", cut(w.Word, 40)), Value: means(l, w.Means), Note: l.Phrase("of the order status"),
				Edit: Action{ID: "word:" + w.Word, Label: l.Phrase("Change"), Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsMeans + w.Word}},
			}
			if w.Means == "" {
				r.Shape, r.Colour = ShapeMark, LampAmber
			}
			out = append(out, r)
		}
	}
	if first := d.firstDate(); f.Name == first {
		r := ColumnsRow{
			Shape: ShapeTick, Colour: LampGreen, Label: l.Phrase("Dates such as 3/4/2026"), Note: l.Phrase("as the program writes them that made the file"), Value: l.Phrase("not said"),
			Edit: Action{ID: "field:dates", Label: l.Phrase("Change"), Enabled: may, Intent: Intent{Kind: IntentEdit, Name: ColumnsEntry + ColumnsDates}},
		}
		switch d.Dates {
		case DatesDay:
			r.Value = l.Phrase("3 April")
		case DatesMonth:
			r.Value = l.Phrase("March 4")
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

func means(l say.Language, word string) string {
	switch word {
	case "open":
		return l.Phrase("to pack")
	case "":
		return l.Phrase("not known: held")
	}
	return l.Phrase(word)
}

// Options are the choices of the field that is open: ColumnsEntry and what it is.
func (d ColumnsDraft) Options(field string) (label, hint string, out []Action) {
	l := d.Lang
	add := func(name, value, label, note string, on bool) {
		out = append(out, Action{ID: "option:" + digits(len(out)+1), Label: l.Phrase(label), Note: l.Phrase(note), Enabled: true, On: on, Intent: columnsDo(name, value)})
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
		return l.Say("What does “{word}” mean?", "word", cut(word, 40)), l.Phrase("For an order with this status"), out
	}
	switch name {
	case ColumnsKind:
		add(name, "", "None of these", "choose what each column holds", d.Kind == "")
		for _, k := range d.Kinds {
			add(name, k.Value, k.Words, "", k.Value == d.Kind)
		}
		return l.Phrase("Which kind of file is it?"), l.Phrase("The program or shop that wrote it"), out
	case ColumnsDates:
		add(name, DatesDay, "3 April", "the day first", d.Dates == DatesDay)
		add(name, DatesMonth, "March 4", "the month first", d.Dates == DatesMonth)
		add(name, "", "Not said", "such a date is left out", d.Dates == "")
		return l.Phrase("What is 3/4/2026?"), l.Phrase("As the program writes dates that made the file"), out
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
			used[f.At] = fieldName(d.Lang, f.Name, d.Goods)
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
			note = d.Lang.Say("now: {what}", "what", d.Lang.Lower(other))
		}
		out = append(out, Action{
			ID: "option:" + digits(len(out)+1), Label: d.heading(at), Note: note, Enabled: true, On: at == field.At,
			Intent: columnsDo(name, digits(at)),
		})
	}
	if !field.Need {
		none := Action{ID: "option:0", Label: d.Lang.Phrase("None of these"), Note: d.Lang.Phrase("it is not in this file"), Enabled: true, On: field.At == 0 && field.Fits == nil, Intent: columnsDo(name, "0")}
		out = slices.Insert(out, len(field.Fits), none)
	}
	return d.Lang.Say("{field}: which column?", "field", fieldName(d.Lang, of, d.Goods)), "", out
}

// table is a part of the file's first rows, with what each column is taken for.
func (d ColumnsDraft) table() *ColumnsTable {
	used := map[int]string{}
	if d.Kind == "" {
		for _, f := range d.Fields {
			if f.At > 0 {
				used[f.At] = fieldName(d.Lang, f.Name, d.Goods)
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
		t.Paged = d.Lang.Say("columns {first} to {last} of {all}", "first", digits(first+1), "last", digits(last), "all", digits(len(d.Header)))
		t.Pages = []Action{
			{ID: "columns:left", Label: d.Lang.Phrase("Left"), Enabled: first > 0, Intent: columnsDo(ColumnsFirst, digits(max(first-columnsAtOnce, 0)))},
			{ID: "columns:right", Label: d.Lang.Phrase("Right"), Enabled: last < len(d.Header), Intent: columnsDo(ColumnsFirst, digits(min(first+columnsAtOnce, len(d.Header)-columnsAtOnce)))},
		}
	}
	return t
}

// tried says what would come of the file.
func (d ColumnsDraft) tried(f *ColumnsForm) {
	t, l := d.Trial, d.Lang
	switch {
	case d.Open() != "":
		f.Words, f.Shape, f.Colour = l.Phrase("The orders are shown here once that is answered"), ShapeSquare, LampOff
		if d.Goods {
			f.Words = l.Phrase("The products are shown here once that is answered")
		}
		return
	case d.Trying || t == nil:
		f.Words, f.Shape, f.Colour = l.Phrase("Reading the file…"), ShapeSquare, LampOff
		return
	case t.Fault != "":
		f.Words, f.Shape, f.Colour = t.Fault, ShapeCross, LampRed
		return
	}
	f.Shape, f.Colour = ShapeTick, LampGreen
	f.Words = t.words(l, d.Goods)
	if t.Refused > 0 {
		f.Words = l.Say("{first}. {rows} would be left out", "first", f.Words, "rows", l.Many(t.Refused, "row"))
		f.Shape, f.Colour = ShapeMark, LampAmber
	}
	if t.Cut {
		f.Words += l.Say(" (of the first {n} rows)", "n", digits(t.Read))
	}
	if t.ToPack+t.Products == 0 {
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

// words say how much would come in.
func (t ColumnsTrial) words(l say.Language, goods bool) string {
	if goods {
		return l.Say("{products} would come in", "products", l.Many(t.Products, "product"))
	}
	parts := []string{l.Say("{n} to pack", "n", digits(t.ToPack))}
	if t.Held > 0 {
		parts = append(parts, l.Say("{n} held", "n", digits(t.Held)))
	}
	if t.Gone > 0 {
		parts = append(parts, l.Say("{n} not to be packed", "n", digits(t.Gone)))
	}
	return l.Say("{orders} would come in: {parts}", "orders", l.Many(t.ToPack+t.Held+t.Gone, "order"), "parts", strings.Join(parts, ", "))
}
