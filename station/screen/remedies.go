package screen

import (
	"cmp"

	"packbench/station"
	"packbench/station/cases"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/unit"
)

// What else can be done about a case, as Values of IntentCase. All but CaseMore and
// CaseRelease go before a colon and what they are about.
const (
	CaseMore    = "more"    // shows the rest
	CaseHold    = "hold"    // a reason; without one it is asked for
	CaseRelease = "release" // lets the order be packed
	CaseWeigh   = "weigh"   // a product
	CasePack    = "pack"    // a code
	CaseRecount = "recount" // a product
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
}

// Remedied is a product of a case.
type Remedied struct {
	SKU   string
	Mass  unit.Mass         // 0: it is not known
	Packs []station.Barcode // codes of it whose number of units may be wrong
	Kept  bool              // its stock is kept in bins
	Asked bool              // all of them are to be counted
}

// MoreOffer is the choice of remedies, or why an order is to be held.
type MoreOffer struct {
	Case    string
	Holding bool
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

// CaseEntry opens the field in which a product of a case is corrected.
func CaseEntry(id, text, bad string) *Entry {
	e := EntryFor(Intent{Name: id, Value: text})
	if bad != "" {
		e.Bad, e.Hint = true, bad
	}
	return &e
}
