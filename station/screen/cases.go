package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
)

// CasesInputs is what the supervisor's desk is made of.
type CasesInputs struct {
	Frame    Frame
	Cases    []cases.Case   // any order
	Alike    map[string]int // how many open cases share a group
	Filter   string         // a kind of case, "mine", "all" or "" for open
	Selected string         // case id, "": the first
	Timeline []Moment
	Reasons  []Reason
	Saved    string // what became of the last thing done, "" for nothing
}

// Frame is what every page off the bench is made of.
type Frame struct {
	Station string
	Person  pack.Person
	Names   say.Names
	Lamps   []Lamp
	Now     time.Time
	Theme   Theme
	Keys    map[string]string
	Focus   string
	Entry   *Entry
	Demo    bool
	Unread  bool // what the page shows of the database is being read for the first time
}

// beingRead stands where nothing may be said yet, neither a number nor that all is well.
const beingRead = "Reading…"

// Moment is one step of a case's timeline; Text is in words already.
type Moment struct {
	At   time.Time
	Kind pack.Kind
	Who  string // person id
	Text string
	This bool // the step that opened the case
}

// Reason is why a case came, as a code and in words.
type Reason struct{ Code, Words string }

// CasesView is the supervisor's desk.
type CasesView struct {
	Title  string
	Chips  []Action
	Rows   []CaseRow
	Empty  string // said where there are no rows
	Unread bool   // nothing is known yet, not even that all is well
	Detail *CaseDetail
	Saved  string
}

// CaseRow is one case in the list.
type CaseRow struct {
	Kind   pack.Kind
	Shape  Shape
	Title  string // "Wrong item: Mug, blue"
	Sub    string // "order 1042 · Packer One · bench S1"
	Age    string
	Open   bool
	Chosen bool
	Same   string // "3 alike"
	Select Action
}

// CaseDetail is one case in full.
type CaseDetail struct {
	ID       string
	Title    string
	Sub      string
	Scanned  *Item // what was scanned
	Raw      string
	Expected []Item
	Weight   *WeightView
	Timeline []TimelineRow
	Resolved string // "resolved by Supervisor One: pick error"
	Resolve  []Action
	// Words over the parts.
	ScannedWord, ExpectedWord, TimelineWord, ResolveWord string
}

// TimelineRow is one step of the timeline.
type TimelineRow struct {
	Time  string
	Kind  pack.Kind
	Shape Shape
	Text  string
	Who   string
	This  bool
}

// Cases makes the supervisor's desk: open cases first, newest on top.
func Cases(in CasesInputs) View {
	view := in.Frame.view(PageCases, "cases")
	list := slices.Clone(in.Cases)
	slices.SortStableFunc(list, func(a, b cases.Case) int {
		if waits(a) != waits(b) {
			if waits(a) {
				return -1
			}
			return 1
		}
		return b.At.Compare(a.At)
	})
	v := &CasesView{Chips: chips(list, in.Filter), Saved: in.Saved}
	open := 0
	var chosen *cases.Case
	for i, c := range list {
		if waits(c) {
			open++
		}
		if !shown(c, in.Filter) {
			continue
		}
		if chosen == nil || c.ID == in.Selected {
			chosen = &list[i]
		}
		v.Rows = append(v.Rows, caseRow(c, in.Alike[c.Group], in.Frame))
	}
	v.Title = say.Many(open, "open case")
	if len(v.Rows) == 0 {
		v.Empty = "No cases here"
	}
	if in.Frame.Unread {
		v.Title, v.Empty, v.Unread = "Cases", beingRead, true
	}
	if chosen != nil {
		for i := range v.Rows {
			v.Rows[i].Chosen = v.Rows[i].Select.Intent.Value == chosen.ID
		}
		v.Detail = caseDetail(*chosen, in)
	}
	view.Cases = v
	return view
}

// suits reports whether a reason is offered for a kind of case: a supervisor
// should not look through all of them. A reason that is not known here is.
func suits(kind, reason string) bool {
	weighed := kind == "weight" || kind == "override"
	switch reason {
	case "barcode-wrong":
		return kind == "scan" || kind == "lock"
	case "pick-error", "packer-error":
		return kind != "label" || reason == "packer-error"
	case "damaged":
		return kind == "scan" || kind == "short" || kind == "swap"
	case "customer-request", "stock-missing":
		return kind == "short"
	case "mass-wrong", "filling", "carton-other", "scale-drift":
		return weighed
	case "label-unreadable":
		return kind == "label" || kind == "scan"
	case "printer":
		return kind == "label"
	}
	return true
}

// keys returns the key of each command.
func (f Frame) keys() map[string]string {
	if f.Keys == nil {
		return DefaultKeys()
	}
	return f.Keys
}

func (f Frame) view(page Page, tab string) View {
	h := Header{
		Station: strings.TrimSpace("Bench " + f.Station), Person: f.Names.Of(f.Person.ID), Lamps: f.Lamps, Clock: f.Now.Format("15:04"), Alert: Alert(f.Lamps),
	}
	if f.Demo { // what is packed there must not be taken for work
		h.Station += " demo"
	}
	if f.Person.Role != station.Packer {
		h.Role = string(f.Person.Role)
	}
	return View{Page: page, Theme: f.Theme, Header: h, Tabs: Tabs(f.Person.Role, tab, f.keys()), Focus: f.Focus, Entry: f.Entry}
}

// chips are the filters, each with how many cases it shows.
func chips(list []cases.Case, filter string) []Action {
	var out []Action
	for _, c := range []struct{ value, label string }{
		{"", "Open"}, {"scan", "Scans"}, {"weight", "Weight"}, {"label", "Labels"}, {"override", "Accepted"}, {"short", "Short"}, {"lock", "Locks"}, {"all", "All"},
	} {
		n := 0
		for _, x := range list {
			if shown(x, c.value) {
				n++
			}
		}
		if n == 0 && c.value != "" && c.value != "all" && c.value != filter {
			continue
		}
		out = append(out, Action{
			ID: "filter:" + cmp.Or(c.value, "open"), Label: c.label, Count: n, Enabled: true, On: c.value == filter,
			Intent: Intent{Kind: IntentFilter, Value: c.value},
		})
	}
	return out
}

// waits reports whether a case waits for somebody.
func waits(c cases.Case) bool { return c.State != cases.Resolved }

func shown(c cases.Case, filter string) bool {
	switch filter {
	case "all":
		return true
	case "":
		return waits(c)
	}
	return waits(c) && c.Kind == filter
}

func caseRow(c cases.Case, alike int, f Frame) CaseRow {
	kind := caseKind(c)
	r := CaseRow{
		Kind: kind, Shape: ShapeOf(kind), Title: caseTitle(c, f.Names), Sub: caseSub(c, f), Age: age(f.Now.Sub(c.At)), Open: waits(c),
		Select: Action{ID: "case:" + c.ID, Label: "Open", Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "case", Value: c.ID}},
	}
	if alike > 1 {
		r.Same = fmt.Sprintf("%d similar", alike)
	}
	return r
}

func caseKind(c cases.Case) pack.Kind {
	switch {
	case !waits(c):
		return pack.Accepted
	case c.Kind == "override", c.Kind == "short", c.Kind == "swap":
		return pack.Asked
	}
	return pack.Refused
}

// caseTitle says what happened in a few words.
func caseTitle(c cases.Case, names say.Names) string {
	item, what := names.Of(c.SKU), CodeWords(c.Code)
	switch {
	case c.Kind == "override":
		what = "Weight accepted"
	case c.Code == pack.CodeLabelWrongBox:
		what = "Label on the wrong box"
	case c.Kind == "lock":
		what = "Bench locked"
	case c.Code == pack.CodeUnknownCode:
		item = say.Short(c.Scanned, 24)
	}
	if c.Weight != nil && c.Weight.Known {
		return what + ": " + signed(c.Weight.Mass-c.Weight.Expected)
	}
	if item == "" {
		return what
	}
	return what + ": " + item
}

func caseSub(c cases.Case, f Frame) string {
	var parts []string
	if c.Order != "" {
		parts = append(parts, "order "+cmp.Or(c.Number, c.Order))
	}
	if c.By != "" {
		parts = append(parts, f.Names.Of(c.By))
	}
	return strings.Join(append(parts, "bench "+c.Station), " · ")
}

func caseDetail(c cases.Case, in CasesInputs) *CaseDetail {
	names := in.Frame.Names
	d := &CaseDetail{
		ID: c.ID, Title: caseTitle(c, names), Sub: caseSub(c, in.Frame) + " · " + when(c.At, in.Frame.Now), Raw: c.Scanned,
		ScannedWord: "Scanned", ExpectedWord: "Expected", TimelineWord: "What happened", ResolveWord: "Resolve, because…",
	}
	if c.Group != "" && in.Alike[c.Group] > 1 {
		d.Sub += " · " + c.Group
	}
	if c.SKU != "" {
		item := NewItem(c.SKU, names.Of(c.SKU), "")
		d.Scanned = &item
	}
	for _, sku := range c.Expected[:min(len(c.Expected), maxExpected)] {
		d.Expected = append(d.Expected, NewItem(sku, names.Of(sku), ""))
	}
	if c.Weight != nil {
		w := &WeightView{Number: kilograms(c.Weight.Mass), Unit: "kg", Live: true, Words: "Weighed", Kind: pack.Refused}
		expect(w, *c.Weight)
		d.Weight = w
	}
	for _, m := range in.Timeline {
		d.Timeline = append(d.Timeline, TimelineRow{
			Time: m.At.In(in.Frame.Now.Location()).Format("15:04:05"), Kind: m.Kind, Shape: ShapeOf(m.Kind), Text: m.Text, Who: names.Of(m.Who), This: m.This,
		})
	}
	if !waits(c) {
		d.Resolved = "Resolved by " + names.Of(c.ResolvedBy) + say.Because(c.Reason)
		return d
	}
	for _, r := range in.Reasons {
		if !suits(c.Kind, r.Code) {
			continue
		}
		d.Resolve = append(d.Resolve, Action{
			ID: "resolve:" + r.Code, Label: r.Words, Command: r.Code, Enabled: true, Intent: Intent{Kind: IntentResolve, Name: c.ID, Value: r.Code},
		})
	}
	return d
}
