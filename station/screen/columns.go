package screen

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station/say"
)

// ColumnsInputs is what the page of files is made of: what is remembered of them, or, with
// a draft, what the columns of one of them hold.
type ColumnsInputs struct {
	Frame   Frame
	Answers []ColumnsAnswer
	Chosen  string // an answer's key, "": the first
	Draft   *ColumnsDraft
	May     bool
	Said    Said
}

// ColumnsAnswer is what is remembered of files with the same headings.
type ColumnsAnswer struct {
	Key, File string
	Asked     time.Time // zero: not known
	Header    []string
	Kind      string            // that was named, "" for none
	Columns   map[string]string // headings by the names of the fields
}

// ColumnsDraft is a file whose columns are being told.
type ColumnsDraft struct {
	Key    string // what makes it differ from others
	File   string // "" while what is remembered is changed
	Header []string
	Row    int // where the headings stand
	Rows   [][]string
	First  int // the first column that the table shows
	Kinds  []Choice
	Kind   string
	Fields []ColumnsField
	Words  []ColumnsWord
	Dates  string // DatesDay, DatesMonth or ""
	Trial  *ColumnsTrial
	Trying bool
	Saving bool
	Fault  string
}

// ColumnsField is one thing that a column may hold.
type ColumnsField struct {
	Name string // as package intake has it
	Need bool
	At   int   // the column, from 1; 0: none
	Fits []int // those between which it is asked, while it is
}

// ColumnsWord is a word for an order's state, and what it means: "" is not known.
type ColumnsWord struct{ Word, Means string }

// How dates such as 3/4/2026 are read.
const (
	DatesDay   = "day"
	DatesMonth = "month"
)

// ColumnsTrial is what would come of the file.
type ColumnsTrial struct {
	Fault   string // why nothing would
	Read    int
	Cut     bool // of its first rows only
	ToPack  int
	Held    int
	Gone    int // cancelled, or sent already
	Orders  []ColumnsOrder
	Refused int
	Rows    []string // which rows would be left out, and why
}

// ColumnsOrder is one order that would come in.
type ColumnsOrder struct{ Title, Sub, State string }

// What can be done on the page, as Names of IntentColumns.
const (
	ColumnsOf     = "field:" // and the name of a field; Value is the column
	ColumnsMeans  = "word:"  // and the word; Value is what it means
	ColumnsKind   = "kind"   // Value is the kind
	ColumnsDates  = "dates"
	ColumnsFirst  = "first" // Value is the first column that is shown
	ColumnsSave   = "save"
	ColumnsLeave  = "leave"
	ColumnsEdit   = "edit"   // Value is an answer
	ColumnsForget = "forget" // likewise
)

// ColumnsEntry begins the names of the page's fields that are chosen of a list.
const ColumnsEntry = "columns:"

// ColumnsView is the page.
type ColumnsView struct {
	Title, Sub string
	Tools      []Action
	Locked     string
	Empty      string
	Rows       []ShopRow // what is remembered
	Answer     *ColumnsPanel
	Form       *ColumnsForm
}

// ColumnsPanel is what is remembered of the chosen files.
type ColumnsPanel struct {
	Title, Sub string
	Figures    []Figure // a field and its heading
	Actions    []Action
	Saved      string
}

// ColumnsForm is what the columns of a file hold.
type ColumnsForm struct {
	Fields  []ColumnsRow
	Table   *ColumnsTable
	Shape   Shape // of the trial
	Colour  Colour
	Words   string
	Lines   []ColumnsLine
	Fault   string
	Actions []Action
}

// ColumnsRow is one thing to be told.
type ColumnsRow struct {
	Shape  Shape
	Colour Colour
	Label  string
	Note   string
	Value  string
	Bad    bool
	Edit   Action
}

// ColumnsTable is a part of the file's first rows.
type ColumnsTable struct {
	Used  []string // what each column is taken for
	Heads []string
	Rows  [][]string
	Paged string
	Pages []Action // to the columns before and behind
}

// ColumnsLine is one order or one row of the trial.
type ColumnsLine struct {
	Shape      Shape
	Colour     Colour
	Title, Sub string
}

// columnsAtOnce is how many columns stand side by side.
const columnsAtOnce = 5

// fieldNames are the words for what a column may hold, in the order in which they are
// told.
var fieldNames = []struct{ name, label string }{
	{"order", "Order number"},
	{"sku", "Product (SKU or barcode)"},
	{"qty", "Quantity"},
	{"name", "Recipient"},
	{"company", "Company"},
	{"street", "Street and number"},
	{"street2", "Address, second line"},
	{"postcode", "Postcode"},
	{"city", "City"},
	{"region", "State or region"},
	{"country", "Country"},
	{"phone", "Phone"},
	{"email", "E-mail"},
	{"status", "Order status"},
	{"reason", "Reason for a hold"},
	{"ship by", "Ship by"},
	{"promise", "Promised for"},
	{"placed", "Order date"},
	{"service", "Shipping service"},
	{"note", "Packing note"},
	{"gift", "Gift"},
	{"price", "Price of one"},
	{"value", "Order total"},
	{"currency", "Currency"},
	{"totes", "Totes"},
	{"bin", "Bin"},
	{"line", "Line number"},
	{"order id", "Shop's own order id"},
	{"shop", "Shop"},
	{"version", "Version"},
}

func fieldName(name string) string {
	for _, f := range fieldNames {
		if f.name == name {
			return f.label
		}
	}
	return say.Sentence(name)
}

// Columns makes the page.
func Columns(in ColumnsInputs) View {
	view := in.Frame.view(PageColumns, "settings")
	v := &ColumnsView{Title: "Remembered files", Sub: "What their columns hold was answered once. It counts for every file with the same headings."}
	if !in.May {
		v.Locked = "A manager's badge is needed to change anything here"
	}
	if d := in.Draft; d != nil {
		view.Of = About("columns", d.Key)
		v.Title, v.Sub, v.Form = d.title(), d.sub(), d.form(in.May)
		view.Columns = v
		return view
	}
	v.Tools = []Action{{ID: "back", Label: "Back", Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageShop)}}}
	at := max(slices.IndexFunc(in.Answers, func(a ColumnsAnswer) bool { return a.Key == in.Chosen }), 0)
	for i, a := range in.Answers {
		v.Rows = append(v.Rows, ShopRow{
			Title: a.called(), State: headings(a.Header), Shape: ShapeTick, Colour: LampGreen, On: i == at,
			Select: Action{ID: "row:" + digits(i+1), Label: a.called(), Enabled: true, On: i == at, Intent: Intent{Kind: IntentSelect, Name: "columns", Value: a.Key}},
		})
	}
	if len(in.Answers) > 0 {
		a := in.Answers[at]
		view.Of = About("columns", a.Key)
		v.Answer = a.panel(in)
		v.Answer.Saved = in.Said.On(view.Of)
	} else {
		v.Empty = "No file had to be asked about yet"
		if in.Frame.Unread {
			v.Empty = beingRead
		}
	}
	view.Columns = v
	return view
}

func (a ColumnsAnswer) called() string {
	if a.File == "" {
		return "Files of orders"
	}
	return cut(a.File, 60)
}

// headings are the first headings of a file in one line.
func headings(header []string) string {
	var out []string
	for _, title := range header {
		if title != "" && len(out) < 8 {
			out = append(out, cut(title, 24))
		}
	}
	return strings.Join(out, ", ")
}

// cut is the begin of a text that may be very long.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}

func (a ColumnsAnswer) panel(in ColumnsInputs) *ColumnsPanel {
	p := &ColumnsPanel{Title: a.called()}
	if !a.Asked.IsZero() {
		p.Sub = "Answered " + when(a.Asked, in.Frame.Now)
	}
	if a.Kind != "" {
		p.Figures = []Figure{{"Kind of file", a.Kind}}
	}
	for _, f := range fieldNames {
		if title, said := a.Columns[f.name]; said {
			if title == "" {
				title = "a column without a heading"
			}
			p.Figures = append(p.Figures, Figure{f.label, cut(title, 60)})
		}
	}
	p.Actions = []Action{
		{ID: "columns:edit", Label: "Change", Enabled: in.May, Intent: columnsDo(ColumnsEdit, a.Key)},
		{ID: "columns:forget", Label: "Forget", Note: "asks the next time", Enabled: in.May, Intent: columnsDo(ColumnsForget, a.Key)},
	}
	return p
}

func columnsDo(what, value string) Intent {
	return Intent{Kind: IntentColumns, Name: what, Value: value}
}

func (d ColumnsDraft) title() string {
	if d.File == "" {
		return "Change what the columns hold"
	}
	return "Which column is which?"
}

func (d ColumnsDraft) sub() string {
	if d.File == "" {
		return headings(d.Header)
	}
	const once = " Answer once: it is remembered for all files with these headings."
	if slices.ContainsFunc(d.Fields, func(f ColumnsField) bool { return f.Fits != nil }) {
		return "In " + cut(d.File, 60) + " two columns may hold the same thing." + once
	}
	return cut(d.File, 60) + " is not a kind of file that packbench knows." + once
}

// targets are in the order in which they stand.
func (v *ColumnsView) targets() []Action {
	var out []Action
	if f := v.Form; f != nil {
		for _, r := range f.Fields {
			out = append(out, r.Edit)
		}
		if f.Table != nil {
			out = append(out, f.Table.Pages...)
		}
		return append(out, f.Actions...)
	}
	for _, r := range v.Rows {
		out = append(out, r.Select)
	}
	if v.Answer != nil {
		out = append(out, v.Answer.Actions...)
	}
	return append(out, v.Tools...)
}

// title of a column of the file, which may have no heading.
func (d ColumnsDraft) heading(at int) string {
	if at < 1 || at > len(d.Header) {
		return ""
	}
	if title := d.Header[at-1]; title != "" {
		return cut(title, 48)
	}
	return fmt.Sprintf("column %d, without a heading", at)
}
