package screen

import (
	"cmp"
	"slices"
	"strings"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/unit"
)

// What else can be done about a case, as Values of IntentCase. All but CaseMore,
// CaseRelease, CaseNobody and CaseNames go before a colon and what they are about.
const (
	CaseMore    = "more"    // shows the rest
	CaseHold    = "hold"    // a reason; without one it is asked for
	CaseRelease = "release" // lets the order be packed
	CaseWeigh   = "weigh"   // a product
	CasePack    = "pack"    // a code
	CaseRecount = "recount" // a product
	CaseAssign  = "assign"  // a person; without one it is asked who
	CaseNobody  = "nobody"  // it is assigned to nobody any more
	CaseNames   = "names"   // shows more of the people
)

// The fields for the weight of a product and for what a code of it stands for.
const (
	EntryCaseWeight = "case-weight"
	EntryCasePack   = "case-pack"
)

// Remedies are what a case leaves to be done apart from its answer: to its order and to
// its products.
type Remedies struct {
	Held     bool // the order is held here
	Holdable bool // it can still be held
	Products []Remedied
	People   []station.Person // who can see to it
}

// Remedied is a product of a case.
type Remedied struct {
	SKU   string
	Mass  unit.Mass         // 0: it is not known
	Packs []station.Barcode // codes of it whose number of units may be wrong
	Kept  bool              // its stock is kept in bins
	Asked bool              // all of them are to be counted
}

// MoreOffer is the choice of remedies, why an order is to be held, or who is to see to
// the case.
type MoreOffer struct {
	Case      string
	Holding   bool
	Assigning bool
	Names     int // how many of the people come before those that are shown
}

func (o *MoreOffer) of(c cases.Case) bool { return o != nil && o.Case == c.ID }

// remedies are the buttons of what the person may do about a case; no more than the page
// has room for.
func remedies(story CaseStory, f Frame) []Action {
	c, r, l := story.Case, story.Remedies, f.Lang
	var out []Action
	add := func(label, act string) {
		out = append(out, Action{ID: "more:" + act, Label: label, Enabled: true, Intent: Intent{Kind: IntentCase, Name: c.ID, Value: act}})
	}
	if waits(c) && len(r.People) > 0 {
		if c.Assigned == f.Person.ID {
			add(l.Phrase("Assign to nobody"), CaseNobody)
		} else if slices.ContainsFunc(r.People, func(p station.Person) bool { return p.ID == f.Person.ID }) {
			add(l.Phrase("Assign to me"), CaseAssign+":"+f.Person.ID)
		}
		add(l.Phrase("Assign to…"), CaseAssign)
	}
	called := cmp.Or(c.Number, c.Order)
	switch {
	case !f.may(people.Orders):
	case r.Held:
		add(l.Say("Release order {no}", "no", called), CaseRelease)
	case r.Holdable:
		add(l.Say("Hold order {no}", "no", called), CaseHold)
	}
	for _, p := range r.Products {
		name := say.Short(f.Names.Of(p.SKU), 24)
		if f.may(people.Products) {
			words := l.Say("Correct the weight: {item}", "item", name)
			if p.Mass > 0 {
				words = l.Say("Correct the weight: {item}, now {mass}", "item", name, "mass", l.Mass(p.Mass))
			}
			add(words, CaseWeigh+":"+p.SKU)
		}
		for _, b := range p.Packs {
			if f.may(people.Products) {
				add(l.Say("Correct the units of {code}, now {n}", "code", say.Short(b.Code, 16), "n", digits(b.Factor)), CasePack+":"+b.Code)
			}
		}
		if p.Kept {
			add(l.Say("Ask for a recount: {item}", "item", name), CaseRecount+":"+p.SKU)
			if p.Asked {
				last := &out[len(out)-1]
				last.Label, last.Enabled = l.Say("Recount asked for: {item}", "item", name), false
			}
		}
	}
	return out
}

// more shows the remedies in place of the reasons, or the reasons to hold the order.
func (d *CaseDetail) more(story CaseStory, in CasesInputs) {
	l := in.Frame.Lang
	if in.More.Assigning {
		d.assign(story, in)
		return
	}
	if !in.More.Holding {
		d.ResolveWord, d.Resolve = l.Phrase("What else can be done"), remedies(story, in.Frame)
		return
	}
	d.ResolveWord = l.Say("Hold order {no}, because…", "no", cmp.Or(story.Case.Number, story.Case.Order))
	for _, r := range cases.HoldReasons() {
		d.Resolve = append(d.Resolve, Action{
			ID: "hold:" + r.Code, Label: l.Phrase(r.Words), Enabled: true, Intent: Intent{Kind: IntentCase, Name: story.Case.ID, Value: CaseHold + ":" + r.Code},
		})
	}
}

// assigned says in the row of a case who sees to it.
func (r *CaseRow) assigned(c cases.Case, f Frame) {
	if c.Assigned != "" && waits(c) {
		r.Same = say.Short(f.Names.Of(c.Assigned), 16)
		r.Sub = strings.TrimSuffix(r.Sub, " · "+f.Lang.Say("bench {bench}", "bench", c.Station)) // there is no room for more
	}
}

// namesAtOnce is how many people are offered: as many as there is room for, with two more.
const namesAtOnce = 7

// assign offers the people who can see to the case.
func (d *CaseDetail) assign(story CaseStory, in CasesInputs) {
	l, c, all := in.Frame.Lang, story.Case, story.Remedies.People
	d.ResolveWord = l.Phrase("Who sees to it?")
	add := func(label, act string, on bool) {
		d.Resolve = append(d.Resolve, Action{ID: "assign:" + act, Label: label, Enabled: true, On: on, Intent: Intent{Kind: IntentCase, Name: c.ID, Value: act}})
	}
	from := 0
	if in.More.Names < len(all) {
		from = in.More.Names
	}
	for _, p := range all[from:min(from+namesAtOnce, len(all))] {
		add(say.Short(cmp.Or(p.Name, p.ID), 40), CaseAssign+":"+p.ID, p.ID == c.Assigned)
	}
	if c.Assigned != "" {
		add(l.Phrase("Assign to nobody"), CaseNobody, false)
	}
	if len(all) > namesAtOnce {
		add(l.Phrase("More names…"), CaseNames, false)
	}
}

// NextNames is what comes before the people that are shown next: it begins again behind
// the last.
func (o MoreOffer) NextNames(all int) int {
	if o.Names+namesAtOnce >= all {
		return 0
	}
	return o.Names + namesAtOnce
}

// CaseEntry opens the field in which a product of a case is corrected.
func CaseEntry(id, text, bad string) *Entry {
	e := EntryFor(Intent{Name: id, Value: text})
	if bad != "" {
		e.Bad, e.Hint = true, bad
	}
	return &e
}
