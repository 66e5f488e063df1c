package screen

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/station/figures"
	"packbench/station/say"
)

// FiguresInputs is what the page of figures is made of.
type FiguresInputs struct {
	Frame    Frame
	Weeks    int // that it is of
	Report   *figures.Report
	Selected string // title of the table to show, "": the first
	Folder   string // that what was exported is in, "" for none
	Exported Said
}

// FigureWeeks are how many weeks the page shows.
var FigureWeeks = []int{4, 8, 13, 26, 52}

// Figures makes the page of figures. It is drawn as the shift book is.
func Figures(in FiguresInputs) View {
	view, l := in.Frame.view(PageFigures, "shift"), in.Frame.Lang
	view.Of = About("figures", fmt.Sprint(in.Weeks))
	v := &ShiftView{
		Title: l.Phrase("Figures"), Exported: in.Exported.On(view.Of), HoursWord: l.Phrase("Parcels that left, and those with a problem"),
		ErrorsWord: l.Phrase("Exceptions by kind"), EmptyWord: l.Phrase("Nothing yet"), UnitsWord: l.Phrase("parcels"), RefusedWord: l.Phrase("exceptions"),
		Unread: in.Report == nil,
	}
	v.weeks(in)
	for _, format := range []struct{ value, label string }{{"xlsx", "XLSX"}, {"pdf", "PDF"}} {
		v.Export = append(v.Export, Action{
			ID: "export:" + format.value, Label: l.Phrase(format.label), Enabled: !v.Unread, Intent: Intent{Kind: IntentExport, Value: format.value},
		})
	}
	v.Export = append(v.Export, boxesLink(l), Action{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageShift)}})
	if in.Folder != "" && v.Exported != "" {
		v.Open = &Action{ID: "open-folder", Label: l.Phrase("Open folder"), Enabled: true, Intent: Intent{Kind: IntentFolder}}
	}
	if r := in.Report; r != nil {
		v.figures(l, *r)
		v.choose(l, figureTables(l, *r, in.Frame.Names), in.Selected)
	} else {
		v.EmptyWord = l.Phrase(beingRead)
	}
	view.Shift = v
	return view
}

// weeks offers fewer and more of them.
func (v *ShiftView) weeks(in FiguresInputs) {
	l, i := in.Frame.Lang, max(slices.Index(FigureWeeks, in.Weeks), 0)
	to := func(id, label string, n int) {
		v.Days = append(v.Days, Action{
			ID: id, Label: label, Enabled: n >= 0 && n < len(FigureWeeks), Intent: Intent{Kind: IntentSelect, Name: "weeks", Value: fmt.Sprint(FigureWeeks[min(max(n, 0), len(FigureWeeks)-1)])},
		})
	}
	to("weeks:fewer", "‹", i-1)
	to("weeks", l.Many(in.Weeks, "week"), -1)
	to("weeks:more", "›", i+1)
}

// figures are the charts and the numbers above them.
func (v *ShiftView) figures(l say.Language, r figures.Report) {
	head := map[string]string{"on-time": "on time", "exceptions": "exceptions"}
	for _, f := range r.Figures {
		if word := head[f.Key]; word != "" && f.All.Known {
			v.Figures = append(v.Figures, Figure{l.Phrase(word), figureValue(l, f.Unit, f.All)})
		}
		if f.Key != "exceptions" {
			continue
		}
		v.Unheard = !f.All.Known
		for i, w := range r.Weeks {
			of := f.Weeks[i]
			bad, n := int(of.Value*float64(of.Of)+0.5), of.Of+of.Unknown
			v.Busiest = max(v.Busiest, n)
			v.Hours = append(v.Hours, HourBar{Label: l.Time(w, "2 Jan"), Units: n, Parcels: n, Refused: bad})
		}
	}
	if r.Open > 0 {
		v.Figures = append(v.Figures, Figure{l.Phrase("returns owed"), digits(r.Open)})
	}
	for _, p := range r.Problems[:min(len(r.Problems), 6)] {
		v.Errors = append(v.Errors, ErrorBar{Label: l.Phrase(figures.ProblemWords(p.Name)), N: p.N, Share: p.N * 1000 / max(1, r.Problems[0].N)})
	}
}

// choose shows one of some tables, and offers the others.
func (v *ShiftView) choose(l say.Language, all []Table, selected string) {
	at := max(slices.IndexFunc(all, func(t Table) bool { return t.Title == selected }), 0)
	for i, t := range all {
		v.Tabs = append(v.Tabs, Action{ID: "table:" + t.Title, Label: l.Phrase(t.Title), Enabled: true, On: i == at, Intent: Intent{Kind: IntentSelect, Name: "table", Value: t.Title}})
	}
	v.Table = all[at]
}

func figureTables(l say.Language, r figures.Report, names say.Names) []Table {
	heads := func(words ...string) (out []string, right []bool) {
		for i, w := range words {
			out, right = append(out, l.Phrase(w)), append(right, i > 0)
		}
		return out, right
	}
	now := Table{Title: "Figures"}
	now.Columns, now.Right = heads("Figure", "All weeks", "Range", "Counted", "Unknown", "Last week", "Week before")
	weeks := Table{Title: "Week by week", Columns: []string{l.Phrase("Figure")}, Right: []bool{false}}
	for _, w := range r.Weeks {
		weeks.Columns, weeks.Right = append(weeks.Columns, l.Time(w, "2 Jan")), append(weeks.Right, true)
	}
	means := Table{Title: "What they mean", Columns: []string{l.Phrase("Figure"), l.Phrase("What it means")}, Right: []bool{false, false}}
	of := map[string]figures.Figure{}
	for _, f := range r.Figures {
		of[f.Key] = f
		word := figures.WordOf(f.Key)
		name := l.Phrase(word.Name)
		row := []string{name}
		for _, v := range f.Weeks {
			row = append(row, figureValue(l, f.Unit, v))
		}
		weeks.Rows = append(weeks.Rows, row)
		for i, m := range word.Means {
			if i > 0 {
				name = ""
			}
			means.Rows = append(means.Rows, []string{name, l.Phrase(m)})
		}
	}
	for _, f := range r.Figures {
		if other := together[f.Key]; other != "" || !slices.ContainsFunc(slices.Collect(maps.Values(together)), func(k string) bool { return k == f.Key }) {
			now.Rows = append(now.Rows, figureRow(l, f, of[other]))
		}
	}
	lanes := Table{Title: "Carriers and lanes"}
	lanes.Columns, lanes.Right = heads("Carrier", "Lane", "Parcels", "Delivery time, median", "On time", "Range", "Exceptions")
	lanes.Right[1] = false
	for _, one := range r.Lanes {
		lanes.Rows = append(lanes.Rows, []string{
			carrierName(l, names, one.Carrier), one.Lane, digits(one.Parcels), figureValue(l, figures.Hours, one.Hours), figureValue(l, figures.Share, one.OnTime),
			figureRange(l, figures.Figure{Unit: figures.Share, All: one.OnTime}), figureValue(l, figures.Share, one.Exception),
		})
	}
	return []Table{now, means, weeks, lanes, cohortTable(l, r)}
}

// together are the figures that stand in one row: the second one with the first.
var together = map[string]string{"delivery-median": "delivery-p90", "refund-median": "refund-p90", "caught": "escaped"}

// figureRow is a figure as a row of the first table, with the one that belongs to it.
func figureRow(l say.Language, f, other figures.Figure) []string {
	name, bounds := l.Phrase(figures.WordOf(f.Key).Name), figureRange(l, f)
	value := func(at func(figures.Figure) figures.Value) string { return figureValue(l, f.Unit, at(f)) }
	switch {
	case other.Key != "" && f.Unit == figures.Hours:
		bounds = l.Say("9 of 10: {time}", "time", figureValue(l, other.Unit, other.All))
	case other.Key != "":
		name = l.Phrase("Mistakes caught / escaped")
		one := value
		value = func(at func(figures.Figure) figures.Value) string {
			return one(at) + " / " + figureValue(l, other.Unit, at(other))
		}
	}
	last, before := "–", "–"
	if n := len(f.Weeks); n > 2 { // the running one says little
		last = value(func(f figures.Figure) figures.Value { return f.Weeks[n-2] })
		before = value(func(f figures.Figure) figures.Value { return f.Weeks[n-3] })
	}
	all := value(func(f figures.Figure) figures.Value { return f.All })
	return []string{name, all, bounds, digits(f.All.Of), digits(f.All.Unknown), last, before}
}

func cohortTable(l say.Language, r figures.Report) Table {
	t := Table{Title: "What came back", Columns: []string{l.Phrase("Week"), l.Phrase("Units"), l.Phrase("Returned units"), l.Phrase("Ripe"), l.Phrase("Reasons")}, Right: []bool{false, true, true, false, false}}
	for _, c := range r.Cohorts {
		ripe := l.Phrase("not yet")
		if c.Ripe {
			ripe = l.Phrase("yes")
		}
		var why []string
		for _, n := range c.Reasons {
			word := n.Name
			if word == "" {
				word = l.Phrase("not said")
			}
			why = append(why, word+" "+digits(n.N))
		}
		t.Rows = append(t.Rows, []string{l.Time(c.Week, "2 Jan"), digits(c.Units), figureValue(l, figures.Share, c.Back), ripe, strings.Join(why, ", ")})
	}
	return t
}

// figureValue writes a value with its unit: what nobody knows is a dash, and never 0.
func figureValue(l say.Language, u figures.Unit, v figures.Value) string {
	switch {
	case !v.Known:
		return "–"
	case u == figures.Share:
		return l.Decimal(fmt.Sprintf("%.1f", v.Value*100)) + " %"
	case u == figures.Hours && v.Value >= 48:
		return l.Say("{n} d", "n", l.Decimal(fmt.Sprintf("%.1f", v.Value/24)))
	case u == figures.Hours:
		return l.Say("{n} h", "n", l.Decimal(fmt.Sprintf("%.1f", v.Value)))
	}
	return l.Decimal(fmt.Sprintf("%.1f", v.Value))
}

func figureRange(l say.Language, f figures.Figure) string {
	if f.Unit != figures.Share || !f.All.Known {
		return "–"
	}
	return l.Decimal(fmt.Sprintf("%.1f", f.All.Low*100)) + "–" + l.Decimal(fmt.Sprintf("%.1f", f.All.High*100)) + " %"
}

// figuresLink leads from the shift book to the figures.
func figuresLink(l say.Language) Action {
	return Action{ID: "page:figures", Label: l.Phrase("Figures"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageFigures)}}
}
