package screen

import (
	"fmt"
	"slices"
	"strings"

	"packbench/station/say"
	"packbench/station/unit"
)

// BoxesInputs is what the page of boxes is made of.
type BoxesInputs struct {
	Frame    Frame
	Days     int        // whose parcels it is of
	Report   *BoxReport // nil until it is read
	Selected string     // title of the table to show, "": the first
}

// BoxReport says how cartons were used, and which ones the shop should have.
type BoxReport struct {
	Parcels  int // that were looked at
	Unsized  int // of them: goods without dimensions
	Homeless int // of them: in no carton, by the dimensions in the catalogue
	Few      bool
	Used     []UsedBox
	Buy      []BoxAdvice
	Spare    []BoxAdvice
}

// UsedBox is how a carton was used.
type UsedBox struct {
	Carton   string // "" for none
	Parcels  int
	Permille int // of its room that goods filled; 0: not known
	Proposed int
	Instead  []Tally // what packers took in its place, most often first
}

// BoxAdvice is a carton to buy or to do without, and what that does to the volume of all boxes.
type BoxAdvice struct {
	Carton   string
	Size     unit.Size
	Parcels  int
	Permille int64
}

// BoxDays are the days that the page may be of.
var BoxDays = []int{30, 90, 365}

// Boxes makes the page of boxes. It is drawn as the shift book is.
func Boxes(in BoxesInputs) View {
	view, l := in.Frame.view(PageBoxes, "shift"), in.Frame.Lang
	view.Of = About("boxes", fmt.Sprint(in.Days))
	v := &ShiftView{
		Title: l.Phrase("Boxes"), HoursWord: l.Phrase("Parcels by carton"), ErrorsWord: l.Phrase("Another box taken than proposed"),
		EmptyWord: l.Phrase("Nothing yet"), UnitsWord: l.Phrase("parcels"), RefusedWord: l.Phrase("another taken"), Unread: in.Report == nil,
	}
	at := max(slices.Index(BoxDays, in.Days), 0)
	v.Days = []Action{boxDays("days:fewer", "‹", at-1), boxDays("days", l.Many(in.Days, "day"), -1), boxDays("days:more", "›", at+1)}
	v.Export = []Action{{ID: "back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageFigures)}}}
	if r := in.Report; r != nil {
		v.used(l, *r, in.Frame.Names)
		v.choose(l, boxTables(l, *r, in.Frame.Names), in.Selected)
	} else {
		v.EmptyWord = l.Phrase(beingRead)
	}
	view.Shift = v
	return view
}

func boxDays(id, label string, at int) Action {
	return Action{
		ID: id, Label: label, Enabled: at >= 0 && at < len(BoxDays),
		Intent: Intent{Kind: IntentSelect, Name: "box-days", Value: fmt.Sprint(BoxDays[min(max(at, 0), len(BoxDays)-1)])},
	}
}

// mostBoxes is how many cartons have a bar.
const mostBoxes = 12

// used are the charts and the numbers above them.
func (v *ShiftView) used(l say.Language, r BoxReport, names say.Names) {
	v.Figures = []Figure{{l.Phrase("parcels looked at"), digits(r.Parcels)}}
	filled, of, other := 0, 0, []ErrorBar{}
	for _, u := range r.Used {
		if u.Permille > 0 {
			filled, of = filled+u.Permille*u.Parcels, of+u.Parcels
		}
		n := 0
		for _, t := range u.Instead {
			n += t.N
		}
		if len(v.Hours) < mostBoxes && u.Parcels > 0 {
			v.Busiest = max(v.Busiest, u.Parcels)
			v.Hours = append(v.Hours, HourBar{Label: boxCalled(l, names, u.Carton), Units: u.Parcels, Parcels: u.Parcels, Refused: n})
		}
		if n > 0 {
			other = append(other, ErrorBar{Label: boxCalled(l, names, u.Carton), N: n})
		}
	}
	if of > 0 {
		v.Figures = append(v.Figures, Figure{l.Phrase("filled on average"), perMilleWords(l, int64(filled/of))})
	}
	if r.Unsized > 0 {
		v.Figures = append(v.Figures, Figure{l.Phrase("without dimensions"), digits(r.Unsized)})
	}
	if r.Homeless > 0 {
		v.Figures = append(v.Figures, Figure{l.Phrase("fit no carton"), digits(r.Homeless)})
	}
	slices.SortStableFunc(other, func(a, b ErrorBar) int { return b.N - a.N })
	for _, e := range other[:min(len(other), 6)] {
		e.Share = e.N * 1000 / other[0].N
		v.Errors = append(v.Errors, e)
	}
}

// boxCalled names a carton, or says that there was none.
func boxCalled(l say.Language, names say.Names, id string) string {
	if id == "" {
		return l.Phrase("no carton")
	}
	return names.Of(id)
}

func perMilleWords(l say.Language, n int64) string {
	return l.Decimal(fmt.Sprintf("%d.%d", n/10, n%10)) + " %"
}

func boxTables(l say.Language, r BoxReport, names say.Names) []Table {
	used := Table{Title: "Cartons", Columns: []string{l.Phrase("Carton"), l.Phrase("Parcels"), l.Phrase("Filled"), l.Phrase("Proposed"), l.Phrase("Taken instead")}, Right: []bool{false, true, true, true, false}}
	for _, u := range r.Used {
		filled, instead := "–", []string{}
		if u.Permille > 0 {
			filled = perMilleWords(l, int64(u.Permille))
		}
		for _, t := range u.Instead {
			instead = append(instead, boxCalled(l, names, t.Name)+" "+digits(t.N))
		}
		used.Rows = append(used.Rows, []string{boxCalled(l, names, u.Carton), digits(u.Parcels), filled, digits(u.Proposed), strings.Join(instead, ", ")})
	}
	buy := Table{Title: "To buy", Columns: []string{l.Phrase("Inside"), l.Phrase("Parcels that go into it"), l.Phrase("All boxes together smaller by")}, Right: []bool{false, true, true}}
	for _, b := range r.Buy {
		buy.Rows = append(buy.Rows, []string{sizeWords(b.Size), digits(b.Parcels), perMilleWords(l, b.Permille)})
	}
	spare := Table{Title: "To do without", Columns: []string{l.Phrase("Carton"), l.Phrase("Parcels that go into others"), l.Phrase("All boxes together larger by")}, Right: []bool{false, true, true}}
	for _, s := range r.Spare {
		spare.Rows = append(spare.Rows, []string{boxCalled(l, names, s.Carton), digits(s.Parcels), perMilleWords(l, s.Permille)})
	}
	if r.Few {
		few := l.Phrase("Too few parcels to say which cartons to buy")
		buy.Rows, spare.Rows = [][]string{{few, "", ""}}, [][]string{{few, "", ""}}
	}
	return []Table{used, buy, spare}
}

// boxesLink leads from the figures to the boxes.
func boxesLink(l say.Language) Action {
	return Action{ID: "page:boxes", Label: l.Phrase("Boxes"), Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageBoxes)}}
}
