package screen

import (
	"slices"
	"strings"
	"time"

	"packbench/station/pack"
	"packbench/station/say"
)

// ShiftInputs is what the shift book is made of.
type ShiftInputs struct {
	Frame    Frame
	Name     string // "2026-03-29", "2026-03-29 shift 2"
	Before   string // the day before, and the day after: "" where that is to come yet
	After    string
	Balanced bool   // the balances are shown though they are even
	Folder   string // that what was exported is in, "" for none
	Balances []Balance
	Hours    []Hour // the hours of the shift, in order
	Errors   []Tally
	Tables   []Table // packers, carriers, log…
	Selected string  // title of the table to show, "": the first
	Exported Said    // where the last export went, or why it did not
}

// Balance is two sides that must come out even; what leaves a side is negative.
type Balance struct {
	Of          string // "units"
	Left, Right []Tally
	Gaps        []string // ids that do not fit
}

// Tally is a number with its name.
type Tally struct {
	Name string
	N    int
}

// Hour is one hour of work.
type Hour struct {
	Start                   time.Time
	Units, Parcels, Refused int
}

// Table is rows behind a number; all cells are texts already.
type Table struct {
	Title   string
	Columns []string
	Right   []bool // columns of numbers
	Rows    [][]string
}

// ShiftView is the shift book.
type ShiftView struct {
	Title    string
	Days     []Action // the day before, another day, the day after
	Figures  []Figure
	Even     *Action // stands for the balances while everything adds up
	Balances []BalanceRow
	Hours    []HourBar
	Busiest  int // units of the busiest hour
	Errors   []ErrorBar
	Tabs     []Action
	Table    Table
	Export   []Action
	Exported string
	Open     *Action // the folder that it was written to
	Unheard  bool    // nobody tells of errors: that there are none is not known
	Unread   bool    // nothing is known yet, not even that all is well
	// Words over the charts, and where there is nothing to draw.
	HoursWord, ErrorsWord, EmptyWord, EvenWord string
	UnitsWord, RefusedWord                     string // the legend
}

// BalanceRow is a balance as a row of numbers.
type BalanceRow struct {
	Title string
	Terms []Term
	Even  bool
	Gap   string // "2 do not fit: S1.120, S1.131"
}

// Term is one number of a balance with the sign before it.
type Term struct {
	Sign string // "", "+", "–", "="
	N    string
	Name string
}

// HourBar is one hour of the chart.
type HourBar struct {
	Label   string
	Units   int
	Parcels int
	Refused int
}

// ErrorBar is one cause of refusals.
type ErrorBar struct {
	Label string
	N     int
	Share int // per mille of the most frequent
}

// Shift makes the shift book.
func Shift(in ShiftInputs) View {
	view, l := in.Frame.view(PageShift, "shift"), in.Frame.Lang
	view.Of = About("day", in.Name)
	v := &ShiftView{
		Title: l.Phrase("Shift book"), Exported: in.Exported.On(view.Of),
		HoursWord: l.Phrase("Units and refusals per hour"), ErrorsWord: l.Phrase("Refusals by cause"), EmptyWord: l.Phrase("Nothing yet"),
		EvenWord: l.Phrase("Everything adds up"), UnitsWord: l.Phrase("units"), RefusedWord: l.Phrase("refusals"),
	}
	parcels, unitsDone, refused := 0, 0, 0
	for _, h := range in.Hours {
		parcels, unitsDone, refused = parcels+h.Parcels, unitsDone+h.Units, refused+h.Refused
		v.Busiest = max(v.Busiest, h.Units)
		v.Hours = append(v.Hours, HourBar{Label: h.Start.In(in.Frame.Now.Location()).Format("15") + "–" + h.Start.Add(time.Hour).In(in.Frame.Now.Location()).Format("15"), Units: h.Units, Parcels: h.Parcels, Refused: h.Refused})
	}
	v.Figures = []Figure{figure(l, parcels, "parcel", "parcels"), figure(l, unitsDone, "unit", "units"), figure(l, refused, "refusal", "refusals")}
	if in.Frame.Unread {
		v.Figures, v.EmptyWord, v.Unread = nil, l.Phrase(beingRead), true
	}
	v.balances(in)
	v.days(in)
	errors := slices.Clone(in.Errors)
	slices.SortStableFunc(errors, func(a, b Tally) int { return b.N - a.N })
	for _, e := range errors[:min(len(errors), 6)] {
		v.Errors = append(v.Errors, ErrorBar{Label: l.Code(pack.Code(e.Name)), N: e.N, Share: e.N * 1000 / max(1, errors[0].N)})
	}
	for i, t := range in.Tables {
		on := t.Title == in.Selected || (in.Selected == "" && i == 0)
		if on {
			v.Table = t
		}
		v.Tabs = append(v.Tabs, Action{
			ID: "table:" + t.Title, Label: l.Phrase(t.Title), Count: len(t.Rows), Enabled: true, On: on, Intent: Intent{Kind: IntentSelect, Name: "table", Value: t.Title},
		})
	}
	for _, format := range []struct{ value, label string }{{"csv", "Export CSV"}, {"xlsx", "XLSX"}, {"pdf", "PDF"}} {
		v.Export = append(v.Export, Action{
			ID: "export:" + format.value, Label: l.Phrase(format.label), Enabled: !v.Unread, Primary: format.value == "csv",
			Intent: Intent{Kind: IntentExport, Value: format.value},
		})
	}
	v.Export = append(v.Export, figuresLink(l))
	view.Shift = v
	return view
}

// balances shows the balances where something is out, and one line where all are even.
func (v *ShiftView) balances(in ShiftInputs) {
	even := true
	for _, b := range in.Balances {
		row := balanceRow(in.Frame.Lang, b)
		even = even && row.Even
		v.Balances = append(v.Balances, row)
	}
	if !even || len(in.Balances) == 0 {
		return
	}
	l := in.Frame.Lang
	v.Even = &Action{ID: "balances", Label: l.Phrase("Show the numbers"), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "balances", Value: "shown"}}
	if in.Balanced {
		v.Even.Label, v.Even.Intent.Value = l.Phrase("Hide the numbers"), ""
		return
	}
	v.Balances = nil
}

// EntryDay is the field for another day.
const EntryDay = "shift-day"

// days offers other days, and the folder of what was exported.
func (v *ShiftView) days(in ShiftInputs) {
	to := func(id, label, day string) {
		v.Days = append(v.Days, Action{ID: id, Label: label, Enabled: day != "", Intent: Intent{Kind: IntentSelect, Name: "shift-day", Value: day}})
	}
	to("day:before", "‹", in.Before)
	v.Days = append(v.Days, Action{ID: "day:choose", Label: in.Name, Enabled: true, Intent: Intent{Kind: IntentEdit, Name: EntryDay, Value: in.Name}})
	to("day:after", "›", in.After)
	if in.Folder != "" && v.Exported != "" {
		v.Open = &Action{ID: "open-folder", Label: in.Frame.Lang.Phrase("Open folder"), Enabled: true, Intent: Intent{Kind: IntentFolder}}
	}
}

func balanceRow(l say.Language, b Balance) BalanceRow {
	r := BalanceRow{Title: l.Sentence(l.Phrase(b.Of))}
	left, right := 0, 0
	for i, t := range b.Left {
		left += t.N
		r.Terms = append(r.Terms, term(l, t, i, ""))
	}
	for i, t := range b.Right {
		right += t.N
		r.Terms = append(r.Terms, term(l, t, i, "="))
	}
	r.Even = left == right && len(b.Gaps) == 0
	if !r.Even {
		r.Gap = l.Say("{n} out of balance", "n", digits(max(left-right, right-left)))
		if len(b.Gaps) > 0 {
			r.Gap = l.Say("{what}: {about}", "what", l.Many(len(b.Gaps), "gap"), "about", say.Short(strings.Join(b.Gaps, ", "), 60))
		}
	}
	return r
}

// term writes a number with the sign before it; first is the sign of the first
// one of a side.
func term(l say.Language, t Tally, i int, first string) Term {
	n, sign := t.N, "+"
	if n < 0 {
		n, sign = -n, "–"
	}
	if i == 0 && sign == "+" {
		sign = first
	}
	return Term{Sign: sign, N: digits(n), Name: l.Phrase(t.Name)}
}
