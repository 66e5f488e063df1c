package screen

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/stock"
)

// CountInputs is what the page of a stock count is made of. What should lie in a bin is
// not in it: nobody who counts is told (O6).
type CountInputs struct {
	Frame   Frame
	Bin     string         // that is being counted, "" for none
	Found   []CountedUnits // in it so far, in the order in which it came first
	Others  []string       // codes that were not counted
	Last    CountSaid      // what the last code came to
	Due     []DueCount     // this page of what should be counted
	DueAll  int
	First   int
	APage   int
	Results []CountResult // of the bin before
	Ended   string        // that bin
	Readers []string      // RFID readers that can count, by address
	Reading bool          // one of them does
	Busy    bool
}

// CountedUnits is a product that was found.
type CountedUnits struct {
	SKU, Name string
	Units     int
}

// CountSaid is what a code came to.
type CountSaid struct {
	Kind  pack.Kind // "" for nothing yet
	SKU   string    // of what was counted
	Text  string
	Words string
}

// DueCount is a place that should be counted.
type DueCount struct {
	Bin, SKU, Name string
	Why            stock.Trigger
}

// CountResult is what a count of a product led to.
type CountResult struct {
	SKU, Name string
	Counted   int
	Outcome   stock.Outcome
	Diff      int
	Case      string
}

// What can be done on the page, as Names of IntentStock.
const (
	CountNumber = "number" // Value: the product whose number is typed
	CountEnd    = "end"    // the bin
	CountPark   = "park"   // the bin, to go on later
	CountBin    = "count"  // Value: the bin to begin
	CountReader = "reader" // Value: the address of the reader
)

// The fields of the page.
const (
	EntryCounted  = "counted"
	EntryCountBin = "count-bin"
)

// CountView is the page of a stock count.
type CountView struct {
	Title   string
	Tools   []Action
	Word    string // over the list
	Rows    []CountRow
	Pages   []Action
	Paged   string
	Empty   string
	Well    bool
	Next    string // what to do
	Card    CountCard
	Strange string // the codes that were not counted
	Results []CountLine
	Actions []Action
}

// CountRow is a product that was found, or a place that is due.
type CountRow struct {
	Item   Item
	Sub    string
	Number string
	Last   bool
	Select Action
}

// CountCard is what the last code came to, large.
type CountCard struct {
	Kind  pack.Kind
	Shape Shape
	Big   string // the number, "" for none
	Text  string
	Words string
}

// CountLine is what came of one product of the bin before.
type CountLine struct {
	Kind  pack.Kind
	Shape Shape
	Text  string
	Words string
}

// Count makes the page.
func Count(in CountInputs) View {
	view := in.Frame.view(PageCount, "bench")
	view.Of = About("bin", in.Bin)
	v := &CountView{Title: "Count stock"}
	if in.Bin == "" {
		in.between(v)
	} else {
		in.within(v)
	}
	v.Tools = []Action{
		{ID: "page:catalogue", Label: "Products", Key: in.Frame.keys()["catalogue"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageCatalogue)}},
		{ID: "count:back", Label: "Back", Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(cmp.Or(in.home(), PageIdle))}},
	}
	if in.Frame.Unread {
		v.Empty, v.Well = beingRead, false
	}
	view.Count = v
	return view
}

// home is the page that Back leads to.
func (in CountInputs) home() Page {
	if in.Frame.may(people.Stock) {
		return PageStock
	}
	return "bench"
}

// between is the page with no bin in hand: what is due, and what came of the one before.
func (in CountInputs) between(v *CountView) {
	v.Next, v.Word = "Scan the code of a bin", "Due to be counted"
	v.Empty, v.Well = "Nothing is due", true
	for n, d := range in.Due {
		v.Rows = append(v.Rows, CountRow{
			Item: NewItem(d.SKU, d.Name, ""), Sub: dueWords(d.Why), Number: d.Bin,
			Select: in.act(fmt.Sprintf("due:%d", in.First+n), d.Bin, CountBin, d.Bin),
		})
	}
	v.Paged, v.Pages = turnPages("due-page", in.First, len(in.Due), in.APage, in.DueAll)
	for i := range v.Pages {
		v.Pages[i].Label = []string{"Earlier", "Later"}[i]
	}
	v.Card = in.card(CountCard{Kind: pack.Info, Text: "Then scan what lies in it", Words: "What should be there is not shown."})
	if in.Ended != "" {
		v.Card = CountCard{Kind: pack.Accepted, Text: "Bin " + in.Ended + " is counted", Words: "Take the next one."}
		for _, r := range in.Results {
			line := r.line()
			if line.Kind == pack.Asked {
				v.Card.Kind, v.Card.Words = line.Kind, "Count it a second time: two counts that agree correct the stock."
			}
			v.Results = append(v.Results, line)
		}
		if len(in.Results) == 0 {
			v.Card.Words = "Nothing lies in it, and nothing should."
		}
		v.Card = in.card(v.Card)
	}
	v.Card.Shape = ShapeOf(v.Card.Kind)
	v.Strange = in.strange("The reader hears the bins beside this one too.")
	v.Actions = []Action{{ID: "count:bin", Label: "Type a bin", Enabled: !in.Busy, Intent: Intent{Kind: IntentEdit, Name: EntryCountBin}}}
	if in.Ended != "" && slices.ContainsFunc(in.Results, func(r CountResult) bool { return r.Outcome == stock.Again || r.Outcome == stock.Seen }) {
		v.Actions = append(v.Actions, in.act("count:again", "Count "+in.Ended+" again", CountBin, in.Ended))
	}
}

// card puts a code that came to nothing in front of what stands there.
func (in CountInputs) card(quiet CountCard) CountCard {
	if in.Last.Kind == "" {
		return quiet
	}
	return CountCard{Kind: in.Last.Kind, Text: in.Last.Text, Words: in.Last.Words}
}

// within is the page with a bin in hand.
func (in CountInputs) within(v *CountView) {
	v.Title, v.Word, v.Next = "Bin "+in.Bin, "Found so far", "Scan each piece, or one and type how many"
	v.Empty = "Nothing yet"
	var last *CountedUnits
	for i := range slices.Backward(in.Found) {
		f := in.Found[i]
		if f.SKU == in.Last.SKU {
			last = &in.Found[i]
		}
		v.Rows = append(v.Rows, CountRow{
			Item: NewItem(f.SKU, f.Name, ""), Sub: f.SKU, Number: digits(f.Units), Last: f.SKU == in.Last.SKU,
			Select: in.act("found:"+f.SKU, cmp.Or(f.Name, f.SKU), CountNumber, f.SKU),
		})
	}
	v.Card = in.card(CountCard{Kind: pack.Info, Text: "Scan what lies in " + in.Bin, Words: "Empty? Touch Bin done."})
	if last != nil {
		v.Card.Big = digits(last.Units)
	}
	v.Card.Shape = ShapeOf(v.Card.Kind)
	v.Strange = in.strange("While such codes lie here, nothing is corrected.")
	done := in.act("count:end", "Bin done", CountEnd, "")
	done.Primary = true
	number := in.act("count:number", "Type the number", CountNumber, in.Last.SKU)
	number.Enabled = number.Enabled && last != nil
	v.Actions = []Action{done, number}
	for _, r := range in.Readers {
		a := in.act("count:reader", "Use RFID reader", CountReader, r)
		if in.Reading {
			a.Label = "The reader counts…"
		}
		v.Actions = append(v.Actions, a)
	}
	v.Actions = append(v.Actions, in.act("count:park", "Put aside", CountPark, ""))
}

// strange lists the codes that were not counted, with what that means.
func (in CountInputs) strange(means string) string {
	n := len(in.Others)
	if n == 0 {
		return ""
	}
	var some []string
	for _, code := range in.Others[max(0, n-mostStrange):] {
		some = append(some, say.Short(code, 30))
	}
	text := "Not counted: " + strings.Join(some, ", ")
	if n > mostStrange {
		text += fmt.Sprintf(" and %d more", n-mostStrange)
	}
	return text + ". " + means
}

// mostStrange is how many codes that were not counted are shown.
const mostStrange = 4

func (in CountInputs) act(id, label, name, value string) Action {
	return Action{ID: id, Label: label, Enabled: !in.Busy && !in.Reading, Intent: Intent{Kind: IntentStock, Name: name, Value: value}}
}

// dueWords say why a place is due, and nothing of how much should be there.
func dueWords(w stock.Trigger) string {
	return map[stock.Trigger]string{
		stock.Differed: "a second count decides", stock.Negative: "the stock cannot be right", stock.Shorted: "a packer did not find enough",
		stock.Empty: "a quick look", stock.Calendar: "not counted for a long time",
	}[w]
}

func (r CountResult) line() CountLine {
	l := CountLine{Kind: pack.Accepted, Text: fmt.Sprintf("%s: %d", cmp.Or(r.Name, r.SKU), r.Counted), Words: "right"}
	switch r.Outcome {
	case stock.Again:
		l.Kind, l.Words = pack.Asked, "count it again"
	case stock.Booked:
		l.Kind, l.Words = pack.Info, fmt.Sprintf("counted twice, stock corrected by %s: case %s", plusMinus(r.Diff), r.Case)
	case stock.Seen:
		l.Kind, l.Words = pack.Asked, "the reader saw fewer: count it by hand"
	}
	l.Shape = ShapeOf(l.Kind)
	return l
}

// targets are in the order in which they stand.
func (v *CountView) targets() []Action {
	out := slices.Clone(v.Tools)
	for _, r := range v.Rows {
		out = append(out, r.Select)
	}
	return slices.Concat(out, v.Pages, v.Actions)
}
