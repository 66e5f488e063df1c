package screen

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
)

// CasesInputs is what the supervisor's desk is made of.
type CasesInputs struct {
	Frame  Frame
	Cases  []cases.Case   // this page of the list, in its order
	Counts map[string]int // by filter, how many cases it chooses
	First  int            // how many come before this page
	APage  int            // how many a page holds
	Alike  map[string]int // by likeness, how many open cases have it
	Filter string         // a kind of case, AllCases, or "" for open

	Narrow           Narrowed // what else leaves cases out
	Narrowing        bool     // the choice of it is open
	Stations, People []cases.Counted
	Causing          bool          // the list has a row for each cause
	Causes           []cases.Cause // this page of them
	AllCauses        int           // on all pages
	// Open cases that were given to somebody, to who looks, and to nobody.
	Given, Mine, Nobodys int

	Text     string        // what is searched for
	Shown    *CaseStory    // the case on the right, nil where there is none
	Link     *LinkOffer    // the products that a code may be linked to
	Similar  *SimilarOffer // cases that wait for one answer
	More     *MoreOffer    // what else can be done is being chosen
	Unfolded string        // the case whose routine steps are shown one by one
	Answered string        // the case whose answer is being written
	Shops    bool          // orders come from a shop that is told what has left
	Stuck    int           // how much of that a shop does not take
	Saved    Said          // what became of the last thing done
}

// AllCases is the filter that chooses resolved cases too.
const AllCases = "all"

// LinkOffer is the products that the code of a case may be linked to.
type LinkOffer struct {
	Case     string
	Products []Item
}

// What can be done with a case, as Values of IntentCase.
const (
	CaseUnlock  = "unlock"
	CaseReopen  = "reopen"
	CaseSimilar = "similar" // asks for one answer to all that are like it
	CaseLeave   = "leave"   // links the code to nothing, answers no other case
)

// The fields of the page.
const (
	EntryFind   = "find-case"
	EntryNote   = "case-note"
	EntryLink   = "case-link"
	EntryFactor = "case-factor"
)

// CaseStory is a case with what belongs to it: title, timeline and reasons are always
// those of one case.
type CaseStory struct {
	Case     cases.Case
	Steps    []cases.Step
	Weighed  []cases.Weighing  // parcels before it, for a case of a weight
	Notes    map[string]string // what somebody wrote about it, by the id
	Remedies Remedies
	Unread   bool // its timeline is being read
}

// Frame is what every page off the bench is made of.
type Frame struct {
	Station string
	Called  string // what people call the bench, "" for its id
	Person  pack.Person
	Rights  people.Rights
	Names   say.Names
	Lamps   []Lamp
	Now     time.Time
	Theme   Theme
	Keys    map[string]string
	Focus   string
	Entry   *Entry
	Demo    bool
	Deaf    bool // what the scanner types goes into another window
	Unread  bool // what the page shows of the database is being read for the first time
	Heard   Heard
	Lang    say.Language // of who looks at it
}

// Heard is what a scan led to while a page is open that does not show it.
type Heard struct {
	Text string // "" for nothing
	Kind pack.Kind
}

// HeardOf says a verdict for the top of a page.
func HeardOf(l say.Language, v pack.Verdict, names say.Names) Heard {
	return Heard{Text: l.Say("Scanned: {what}", "what", l.Lower(brief(l, v, names))), Kind: v.Kind}
}

// beingRead stands where nothing may be said yet, neither a number nor that all is well.
const beingRead = "Reading…"

// CasesView is the supervisor's desk.
type CasesView struct {
	Title  string
	List   string   `json:"-"` // names the rows: what was searched for, and which page of it
	Search []Action // look for a text; show all again
	Chips  []Action
	Narrow []Action // benches, people and ages; none: all are shown
	Rows   []CaseRow
	Pages  []Action // the pages of the list, none where it fits one
	Paged  string   // "51–100 of 690"
	Empty  string   // said where there are no rows
	Unread bool     // nothing is known yet, not even that all is well
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
	Same   string // "3 similar", or who sees to it
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
	Curve    *CurveView // nil where no other weight is known
	Timeline []TimelineRow
	Steps    *Action // shows routine steps one by one, or folds them; nil where there are none
	Resolved string  // "resolved by Supervisor One: pick error"
	Resolve  []Action
	Acts     []Action // what else can be done with it
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
	Fold  *Action // shows the steps that it stands for
}

// Cases makes the supervisor's desk.
func Cases(in CasesInputs) View {
	view, l := in.Frame.view(PageCases, "cases"), in.Frame.Lang
	if in.Shown != nil {
		view.Of = About("case", in.Shown.Case.ID)
	}
	v := &CasesView{
		List:  fmt.Sprintf("%s %d %s %v %t", in.Filter, in.First, in.Text, in.Narrow, in.Causing),
		Title: l.Many(in.Counts[""], "open case"), Chips: chips(in), Narrow: narrow(in), Saved: in.Saved.On(view.Of),
	}
	for _, c := range in.Cases {
		r := caseRow(c, in.Alike[c.Likeness()], in.Frame)
		r.Chosen = in.Shown != nil && in.Shown.Case.ID == c.ID
		v.Rows = append(v.Rows, r)
	}
	for _, c := range in.Causes {
		v.Rows = append(v.Rows, causeRow(c, in.Frame, in.Shown))
	}
	search(v, in)
	all := in.Counts[in.Filter]
	if in.Causing {
		all = in.AllCauses
	}
	v.Paged, v.Pages = turnPages(l, "case-page", in.First, len(v.Rows), in.APage, all)
	for i := range v.Pages {
		v.Pages[i].Label = l.Phrase([]string{"Newer", "Older"}[i])
		if in.Causing {
			v.Pages[i].Label = l.Phrase([]string{"Before", "After"}[i])
		}
	}
	if len(v.Rows) == 0 {
		v.Empty = l.Phrase("No cases here")
	}
	if in.Frame.Unread {
		v.Title, v.Empty, v.Unread = l.Phrase("Cases"), l.Phrase(beingRead), true
	}
	if in.Shown != nil {
		v.Detail = caseDetail(*in.Shown, in)
	}
	view.Cases = v
	return view
}

// search offers to look for a text, and to leave it.
func search(v *CasesView, in CasesInputs) {
	l := in.Frame.Lang
	find := Action{ID: "find-case", Label: l.Phrase("Search"), Enabled: true, Intent: Intent{Kind: IntentEdit, Name: EntryFind, Value: in.Text}}
	if in.Text != "" {
		v.Title = l.Say("{cases} with “{text}”", "cases", v.Title, "text", say.Short(in.Text, 24))
		v.Search = append(v.Search, Action{
			ID: "find-none", Label: l.Phrase("Show all"), Enabled: true, Intent: Intent{Kind: IntentFilter, Value: in.Filter},
		})
	}
	v.Search = append(v.Search, find)
	v.views(in)
	v.outbox(in)
}

// turnPages offers the pages before and after one of a long list, which begins after
// the first ones and shows some of all; it offers none where the list fits one page.
func turnPages(l say.Language, of string, first, shown, aPage, all int) (paged string, pages []Action) {
	if aPage <= 0 || all <= aPage && first == 0 {
		return "", nil
	}
	page := first / aPage
	to := func(id string, page int, may bool) Action {
		return Action{ID: of + ":" + id, Enabled: may, Intent: Intent{Kind: IntentSelect, Name: of, Value: digits(page)}}
	}
	return l.Say("{from}–{to} of {all}", "from", digits(min(first+1, all)), "to", digits(first+shown), "all", digits(all)),
		[]Action{to("before", page-1, page > 0), to("after", page+1, first+shown < all)}
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
		Station: strings.TrimSpace(f.Lang.Say("Bench {bench}", "bench", f.Station)), Person: f.Names.Of(f.Person.ID), Lamps: lampsIn(f.Lang, f.Lamps), Clock: f.Now.Format("15:04"), Alert: alert(f.Lang, f.Lamps),
	}
	h.Station = cmp.Or(f.Called, h.Station)
	if f.Deaf {
		h.Deaf = f.Lang.Phrase("Scans are not reaching this bench: touch here")
	}
	h.Heard = f.Heard
	if f.Demo { // what is packed there must not be taken for work
		h.Station += f.Lang.Phrase(" demo")
	}
	if f.Person.Role != station.Packer {
		h.Role = f.Lang.Phrase(string(f.Person.Role))
	}
	return View{Page: page, Lang: f.Lang, Theme: f.Theme, Header: h, Tabs: tabs(f.Lang, f.Rights, f.Person.Standing(), tab, f.keys()), Pages: further(f.Rights, f.Person.Standing(), f.keys()), Focus: f.Focus, Entry: f.Entry.in(f.Lang)}
}

func caseRow(c cases.Case, alike int, f Frame) CaseRow {
	kind := caseKind(c)
	r := CaseRow{
		Kind: kind, Shape: ShapeOf(kind), Title: caseTitle(f.Lang, c, f.Names), Sub: caseSub(c, f), Age: age(f.Lang, f.Now.Sub(c.At)), Open: waits(c),
		Select: Action{ID: "case:" + c.ID, Label: f.Lang.Phrase("Open"), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "case", Value: c.ID}},
	}
	if alike > 1 {
		r.Same = f.Lang.Say("{n} similar", "n", digits(alike))
	}
	r.assigned(c, f)
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
func caseTitle(l say.Language, c cases.Case, names say.Names) string {
	item, what := names.Of(c.SKU), l.Code(c.Code)
	switch {
	case c.Kind == "override" && c.Weight == nil:
		what = l.Say("{what}, accepted", "what", what)
	case c.Kind == "override":
		what = l.Phrase("Weight accepted")
	case c.Code == pack.CodeLabelWrongBox:
		what = l.Phrase("Label on the wrong box")
	case c.Kind == "lock":
		what = l.Phrase("Bench locked")
	case c.Kind == cases.KindExcess:
		what = l.Phrase("Too much packed")
	case c.Kind == cases.KindCount:
		what = l.Say("The count of bin {bin} differs", "bin", say.Short(c.Scanned, 24))
	case c.Kind == cases.KindShop:
		what = l.Phrase("The shop refused")
		item, _, _ = strings.Cut(c.Scanned, ", entry ")
	case c.Kind == cases.KindNews:
		return l.Phrase(cases.NewsWords(c.Code)) // its number stands beside it
	case c.Kind == cases.KindMass:
		return about(l, l.Phrase("Catalogue weight"), item)
	case c.Kind == cases.KindClaim:
		what, item = claimTitle(l, c, item)
	case c.Code == pack.CodeUnknownCode:
		item = say.Short(c.Scanned, 24)
	}
	if c.Weight != nil && c.Weight.Known {
		item = l.Decimal(signed(c.Weight.Mass - c.Weight.Expected))
	}
	if item == "" {
		return what
	}
	return about(l, what, item)
}

func caseDetail(story CaseStory, in CasesInputs) *CaseDetail {
	c, names, l := story.Case, in.Frame.Names, in.Frame.Lang
	d := &CaseDetail{
		ID: c.ID, Title: caseTitle(l, c, names), Sub: caseSub(c, in.Frame) + " · " + whenIn(l, c.At, in.Frame.Now), Raw: c.Scanned,
		ScannedWord: l.Phrase("Scanned"), ExpectedWord: l.Phrase("Expected"), TimelineWord: l.Phrase("What happened"), ResolveWord: l.Phrase("Resolve, because…"),
	}
	if id := entryOf(c); id != "" {
		d.ScannedWord, d.ExpectedWord, d.Raw = l.Phrase("Outbox"), "", l.Say("entry {id}", "id", id)
	}
	if c.Kind == cases.KindNews {
		d.ScannedWord, d.ExpectedWord = l.Phrase("Tracking number"), l.Phrase("Its carrier says")
	}
	if c.SKU != "" {
		item := NewItem(c.SKU, names.Of(c.SKU), "")
		d.Scanned = &item
	}
	for _, sku := range c.Expected[:min(len(c.Expected), maxExpected)] {
		item := NewItem(sku, names.Of(sku), "")
		if c.Kind == cases.KindNews { // it is no product
			item = Item{Name: sku}
		}
		d.Expected = append(d.Expected, item)
	}
	if c.Weight != nil {
		w := &WeightView{Number: kilograms(l, c.Weight.Mass), Unit: "kg", Live: true, Words: l.Phrase("Weighed"), Kind: pack.Refused}
		if expect(l, w, *c.Weight); c.Kind == cases.KindMass {
			w.Bar = false
			w.Expected = l.Say("{mass} in the catalogue", "mass", l.Decimal(c.Weight.Expected.String()))
		}
		d.Weight, d.Curve = w, curve(story, in.Frame)
	}
	d.tell(story, in)
	if story.Unread {
		d.TimelineWord = l.Phrase(beingRead)
	}
	d.Acts = caseActs(c, in)
	switch {
	case in.More.of(c) && in.Answered != c.ID:
		d.more(story, in)
		return d
	case !waits(c):
		d.Resolved = resolvedBy(l, c, names)
		return d
	case in.Answered == c.ID: // a second touch finds no button
		d.ResolveWord = ""
		return d
	case in.Similar.of(c):
		d.similar(in.Frame, c, *in.Similar)
		return d
	case in.Link != nil && in.Link.Case == c.ID:
		d.ResolveWord = l.Say("Link {code} to…", "code", say.Short(c.Scanned, 40))
		for _, p := range in.Link.Products {
			d.Resolve = append(d.Resolve, Action{ID: "link:" + p.SKU, Label: p.Name + ", " + p.SKU, Enabled: true, Intent: Intent{Kind: IntentLink, Name: c.ID, Value: p.SKU}})
		}
		return d
	}
	for _, r := range cases.ReasonsFor(c.Kind) {
		d.Resolve = append(d.Resolve, Action{
			ID: "resolve:" + r.Code, Label: l.Phrase(r.Words), Command: r.Code, Enabled: true, Intent: Intent{Kind: IntentResolve, Name: c.ID, Value: r.Code},
		})
	}
	return d
}
