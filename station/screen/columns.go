package screen

import (
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
	Goods     bool      // of products
	Asked     time.Time // zero: not known
	Header    []string
	Kind      string            // that was named, "" for none
	Columns   map[string]string // headings by the names of the fields
}

// ColumnsDraft is a file whose columns are being told.
type ColumnsDraft struct {
	Lang   say.Language // that it is told in
	Key    string       // what makes it differ from others
	File   string       // "" while what is remembered is changed
	Goods  bool         // it is of products, else of orders
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
	Fault    string // why nothing would
	Read     int
	Cut      bool // of its first rows only
	Products int
	ToPack   int
	Held     int
	Gone     int // cancelled, or sent already
	Orders   []ColumnsOrder
	Refused  int
	Rows     []string // which rows would be left out, and why
}

// ColumnsOrder is one order or product that would come in.
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

// Columns makes the page.
func Columns(in ColumnsInputs) View {
	view := in.Frame.view(PageColumns, "settings")
	l := in.Frame.Lang
	v := &ColumnsView{Title: l.Phrase("Remembered files"), Sub: l.Phrase("What their columns hold was answered once. It counts for every file with the same headings.")}
	if !in.May {
		v.Locked = l.Phrase("A manager's badge is needed to change anything here")
	}
	if in.Draft != nil {
		d := *in.Draft
		d.Lang = l
		view.Of = About("columns", d.Key)
		v.Title, v.Sub, v.Form = d.title(), d.sub(), d.form(in.May)
		view.Columns = v
		return view
	}
	v.Tools = []Action{{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageShop)}}}
	at := max(slices.IndexFunc(in.Answers, func(a ColumnsAnswer) bool { return a.Key == in.Chosen }), 0)
	for i, a := range in.Answers {
		v.Rows = append(v.Rows, ShopRow{
			Title: a.called(l), State: headings(a.Header), Shape: ShapeTick, Colour: LampGreen, On: i == at,
			Select: Action{ID: "row:" + digits(i+1), Label: a.called(l), Enabled: true, On: i == at, Intent: Intent{Kind: IntentSelect, Name: "columns", Value: a.Key}},
		})
	}
	if len(in.Answers) > 0 {
		a := in.Answers[at]
		view.Of = About("columns", a.Key)
		v.Answer = a.panel(in)
		v.Answer.Saved = in.Said.On(view.Of)
	} else {
		v.Empty = l.Phrase("No file had to be asked about yet")
		if in.Frame.Unread {
			v.Empty = l.Phrase(beingRead)
		}
	}
	view.Columns = v
	return view
}

func (a ColumnsAnswer) called(l say.Language) string {
	if a.File == "" && a.Goods {
		return l.Phrase("Files of products")
	}
	if a.File == "" {
		return l.Phrase("Files of orders")
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
	l := in.Frame.Lang
	p := &ColumnsPanel{Title: a.called(l)}
	if !a.Asked.IsZero() {
		p.Sub = l.Say("Answered {time}", "time", whenIn(l, a.Asked, in.Frame.Now))
	}
	if a.Kind != "" {
		p.Figures = []Figure{{l.Phrase("Kind of file"), a.Kind}}
	}
	for _, f := range columnNames(a.Goods) {
		if title, said := a.Columns[f.ID]; said {
			if title == "" {
				title = l.Phrase("a column without a heading")
			}
			p.Figures = append(p.Figures, Figure{l.Phrase(f.Label), cut(title, 60)})
		}
	}
	p.Actions = []Action{
		{ID: "columns:edit", Label: l.Phrase("Change"), Enabled: in.May, Intent: columnsDo(ColumnsEdit, a.Key)},
		{ID: "columns:forget", Label: l.Phrase("Forget"), Note: l.Phrase("asks the next time"), Enabled: in.May, Intent: columnsDo(ColumnsForget, a.Key)},
	}
	return p
}

func columnsDo(what, value string) Intent {
	return Intent{Kind: IntentColumns, Name: what, Value: value}
}

func (d ColumnsDraft) title() string {
	if d.File == "" {
		return d.Lang.Phrase("Change what the columns hold")
	}
	return d.Lang.Phrase("Which column is which?")
}

func (d ColumnsDraft) sub() string {
	if d.File == "" {
		return headings(d.Header)
	}
	phrase := "{file} is not a kind of file that packbench knows."
	switch {
	case slices.ContainsFunc(d.Fields, func(f ColumnsField) bool { return f.Fits != nil }):
		phrase = "In {file} two columns may hold the same thing."
	case d.Goods:
		phrase = "Which column of {file} holds the SKU is not known."
	}
	l := d.Lang
	return l.Say("{first} {second}", "first", l.Say(phrase, "file", cut(d.File, 60)), "second", l.Phrase("Answer once: it is remembered for all files with these headings."))
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
	return d.Lang.Say("column {n}, without a heading", "n", digits(at))
}
