package screen

import (
	"slices"

	"packbench/station/pack"
)

// Announcing is a return that is being announced for a buyer.
type Announcing struct {
	Order, Number string
	Goods         []AnnouncedUnits
	Why           bool   // it is asked why it comes back
	Said          string // what went wrong
}

// AnnouncedUnits are units of one product: so many come back of those that left.
type AnnouncedUnits struct {
	SKU, Name string
	Qty, Left int
}

// Any reports whether anything comes back.
func (a Announcing) Any() bool {
	return slices.ContainsFunc(a.Goods, func(g AnnouncedUnits) bool { return g.Qty > 0 })
}

// Fields of the page of money owed.
const (
	EntryAnnounce = "announce-of" // what names the order of a return
	EntryMatch    = "match-of"    // what names the parcel of a blind one
)

// Announce is the Name of an IntentOwed of what is being announced; its Value is OwedUnits
// and a SKU for one unit more, OwedSure, a reason, or OwedBack. OwedMatch and a parcel is the
// Value of one that matches a blind return.
const (
	Announce  = "announce"
	OwedUnits = "units:"
	OwedMatch = "match:"
)

// comeReasons are why something comes back, as the form of the site has them.
var comeReasons = []struct{ code, text string }{
	{"unwanted", "Not wanted"},
	{"fit", "Does not fit"},
	{"not-as-described", "Not as described"},
	{"damaged", "Damaged"},
	{"wrong-item", "Wrong item"},
	{"other", "Another reason"},
}

// Whys are the codes of them.
func Whys() (out []string) {
	for _, w := range comeReasons {
		out = append(out, w.code)
	}
	return out
}

// announce is the page while a return is announced.
func (in OwedInputs) announce(v *AfterView) {
	l, a := in.Frame.Lang, *in.Announcing
	v.Title, v.News, v.Empty, v.Well = l.Phrase("Announce a return"), "", a.Said, false
	v.Tools[0].Intent = Intent{Kind: IntentOwed, Name: Announce, Value: OwedBack}
	for _, g := range a.Goods {
		kind := pack.Info
		if g.Qty > 0 {
			kind = pack.Accepted
		}
		v.Rows = append(v.Rows, AfterRow{
			Kind: kind, Shape: ShapeOf(kind), Title: g.Name, Sub: l.Say("{n} of {all} come back", "n", digits(g.Qty), "all", digits(g.Left)), On: g.Qty > 0,
			Select: Action{ID: "announce:" + g.SKU, Label: g.Name, Enabled: !a.Why && !in.Busy, Intent: Intent{Kind: IntentOwed, Name: Announce, Value: OwedUnits + g.SKU}},
		})
	}
	kind := pack.Info
	d := &AfterDetail{Kind: kind, Shape: ShapeOf(kind), Title: l.Phrase("Touch what comes back"), Sub: l.Say("order {no}", "no", a.Number), Saved: a.Said}
	add := func(label, value string, primary, enabled bool) {
		d.Actions = append(d.Actions, Action{ID: "announce:" + value, Label: l.Phrase(label), Enabled: enabled && !in.Busy, Primary: primary, Intent: Intent{Kind: IntentOwed, Name: Announce, Value: value}})
	}
	if a.Why {
		d.Saved = l.Phrase("Why does it come back?")
		for _, w := range comeReasons {
			add(w.text, w.code, false, true)
		}
	} else {
		add("Announce", OwedSure, true, a.Any())
		add("Back", OwedBack, false, true)
	}
	v.Detail = d
}

// matching are the buttons of a blind return: the parcels that it may be of, and another.
func (r OwedReturn) matching(in OwedInputs) (out []Action) {
	l := in.Frame.Lang
	for i, p := range r.Likely {
		out = append(out, Action{
			ID: "owed:match:" + p, Label: l.Say("Parcel {name}", "name", p), Enabled: !in.Busy, Primary: i == 0, Intent: Intent{Kind: IntentOwed, Name: r.ID, Value: OwedMatch + p},
		})
	}
	return append(out, Action{ID: "owed:match", Label: l.Phrase("Another parcel"), Enabled: !in.Busy, Intent: Intent{Kind: IntentEdit, Name: EntryMatch}})
}

func owedEntry(e Entry) Entry {
	switch e.ID {
	case EntryAnnounce:
		e.Label, e.Hint = "Of what does something come back?", "Number of its order or parcel, or its trace code"
	case EntryMatch:
		e.Label, e.Hint = "Which parcel is it of?", "Its name, tracking number or trace code"
	}
	return e
}
