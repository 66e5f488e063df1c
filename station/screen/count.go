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
	Kind      pack.Kind // "" for nothing yet
	SKU, Name string    // of what was counted
	Bin       string    // that it was counted in
	Code      string    // that was not counted
	Why       string    // it was not
}

// card says it.
func (s CountSaid) card(l say.Language) CountCard {
	switch {
	case s.SKU != "":
		return CountCard{Kind: s.Kind, Text: s.Name, Words: l.Say("so far in bin {bin}", "bin", s.Bin)}
	case s.Code != "":
		return CountCard{Kind: s.Kind, Text: l.Say("Not counted: {what}", "what", say.Short(s.Code, 40)), Words: l.Sentence(l.Phrase(s.Why))}
	}
	return CountCard{Kind: s.Kind, Text: l.Phrase("Not counted"), Words: l.Sentence(l.Phrase(s.Why))}
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
	l := in.Frame.Lang
	v := &CountView{Title: l.Phrase("Count stock")}
	if in.Bin == "" {
		in.between(v)
	} else {
		in.within(v)
	}
	v.Tools = []Action{
		{ID: "page:catalogue", Label: l.Phrase("Products"), Key: in.Frame.keys()["catalogue"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageCatalogue)}},
		{ID: "count:back", Label: l.Phrase("Back"), Key: "Esc", Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(cmp.Or(in.home(), PageIdle))}},
	}
	if in.Frame.Unread {
		v.Empty, v.Well = l.Phrase(beingRead), false
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
	l := in.Frame.Lang
	v.Next, v.Word = l.Phrase("Scan the code of a bin"), l.Phrase("Due to be counted")
	v.Empty, v.Well = l.Phrase("Nothing is due"), true
	for n, d := range in.Due {
		v.Rows = append(v.Rows, CountRow{
			Item: NewItem(d.SKU, d.Name, ""), Sub: l.Phrase(dueWords(d.Why)), Number: d.Bin,
			Select: in.act(fmt.Sprintf("due:%d", in.First+n), d.Bin, CountBin, d.Bin),
		})
	}
	v.Paged, v.Pages = turnPages(in.Frame.Lang, "due-page", in.First, len(in.Due), in.APage, in.DueAll)
	for i := range v.Pages {
		v.Pages[i].Label = l.Phrase([]string{"Earlier", "Later"}[i])
	}
	v.Card = in.card(CountCard{Kind: pack.Info, Text: l.Phrase("Then scan what lies in it"), Words: l.Phrase("What should be there is not shown.")})
	if in.Ended != "" {
		v.Card = CountCard{Kind: pack.Accepted, Text: l.Say("Bin {bin} is counted", "bin", in.Ended), Words: l.Phrase("Take the next one.")}
		for _, r := range in.Results {
			line := r.line(l)
			if line.Kind == pack.Asked {
				v.Card.Kind, v.Card.Words = line.Kind, l.Phrase("Count it a second time: two counts that agree correct the stock.")
			}
			v.Results = append(v.Results, line)
		}
		if len(in.Results) == 0 {
			v.Card.Words = l.Phrase("Nothing lies in it, and nothing should.")
		}
		v.Card = in.card(v.Card)
	}
	v.Card.Shape = ShapeOf(v.Card.Kind)
	v.Strange = in.strange(l.Phrase("The reader hears the bins beside this one too."))
	v.Actions = []Action{{ID: "count:bin", Label: l.Phrase("Type a bin"), Enabled: !in.Busy, Intent: Intent{Kind: IntentEdit, Name: EntryCountBin}}}
	if in.Ended != "" && slices.ContainsFunc(in.Results, func(r CountResult) bool { return r.Outcome == stock.Again || r.Outcome == stock.Seen }) {
		v.Actions = append(v.Actions, in.act("count:again", l.Say("Count {bin} again", "bin", in.Ended), CountBin, in.Ended))
	}
}

// card puts a code that came to nothing in front of what stands there.
func (in CountInputs) card(quiet CountCard) CountCard {
	if in.Last.Kind == "" {
		return quiet
	}
	return in.Last.card(in.Frame.Lang)
}

// within is the page with a bin in hand.
func (in CountInputs) within(v *CountView) {
	l := in.Frame.Lang
	v.Title, v.Word, v.Next = l.Say("Bin {bin}", "bin", in.Bin), l.Phrase("Found so far"), l.Phrase("Scan each piece, or one and type how many")
	v.Empty = l.Phrase("Nothing yet")
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
	v.Card = in.card(CountCard{Kind: pack.Info, Text: l.Say("Scan what lies in {bin}", "bin", in.Bin), Words: l.Phrase("Empty? Touch Bin done.")})
	if last != nil {
		v.Card.Big = digits(last.Units)
	}
	v.Card.Shape = ShapeOf(v.Card.Kind)
	v.Strange = in.strange(l.Phrase("While such codes lie here, nothing is corrected."))
	done := in.act("count:end", l.Phrase("Bin done"), CountEnd, "")
	done.Primary = true
	number := in.act("count:number", l.Phrase("Type the number"), CountNumber, in.Last.SKU)
	number.Enabled = number.Enabled && last != nil
	v.Actions = []Action{done, number}
	for _, r := range in.Readers {
		a := in.act("count:reader", l.Phrase("Use RFID reader"), CountReader, r)
		if in.Reading {
			a.Label = l.Phrase("The reader counts…")
		}
		v.Actions = append(v.Actions, a)
	}
	v.Actions = append(v.Actions, in.act("count:park", l.Phrase("Put aside"), CountPark, ""))
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
	l, list := in.Frame.Lang, strings.Join(some, ", ")
	if n > mostStrange {
		list += " " + l.Say("and {n} more", "n", digits(n-mostStrange))
	}
	return l.Say("{first} {second}", "first", l.Say("{sentence}.", "sentence", l.Say("Not counted: {what}", "what", list)), "second", means)
}

// mostStrange is how many codes that were not counted are shown.
const mostStrange = 4

func (in CountInputs) act(id, label, name, value string) Action {
	return Action{ID: id, Label: label, Enabled: !in.Busy && !in.Reading, Intent: Intent{Kind: IntentStock, Name: name, Value: value}}
}

// dueWords say why a place is due, and nothing of how much should be there.
func dueWords(w stock.Trigger) string {
	return map[stock.Trigger]string{
		stock.Differed: "a second count decides", stock.Wanted: "somebody asked for it", stock.Negative: "the stock cannot be right", stock.Shorted: "a packer did not find enough",
		stock.Empty: "a quick look", stock.Calendar: "not counted for a long time",
	}[w]
}

func (r CountResult) line(l say.Language) CountLine {
	c := CountLine{Kind: pack.Accepted, Text: fmt.Sprintf("%s: %d", cmp.Or(r.Name, r.SKU), r.Counted), Words: l.Phrase("right")}
	switch r.Outcome {
	case stock.Again:
		c.Kind, c.Words = pack.Asked, l.Phrase("count it again")
	case stock.Booked:
		c.Kind, c.Words = pack.Info, l.Say("counted twice, stock corrected by {n}: case {case}", "n", plusMinus(r.Diff), "case", r.Case)
	case stock.Seen:
		c.Kind, c.Words = pack.Asked, l.Phrase("the reader saw fewer: count it by hand")
	}
	c.Shape = ShapeOf(c.Kind)
	return c
}

// targets are in the order in which they stand.
func (v *CountView) targets() []Action {
	out := slices.Clone(v.Tools)
	for _, r := range v.Rows {
		out = append(out, r.Select)
	}
	return slices.Concat(out, v.Pages, v.Actions)
}
