package screen

import (
	"cmp"
	"strings"

	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
)

// Narrowed is which of the cases are left by where they came from, by whom, and how
// long ago; zero fields leave all.
type Narrowed struct {
	Station string
	Person  string
	Hours   int // older than that
	// Assigned is whose they are; Nobodys leaves those that are nobody's.
	Assigned string
	Nobodys  bool
}

// What can be narrowed, as Names of IntentNarrow.
const (
	NarrowPanel   = "panel"
	NarrowStation = "station"
	NarrowPerson  = "person"
	NarrowAge     = "age"
	NarrowMine    = "mine" // a person
	NarrowNobodys = "nobodys"
	NarrowCauses  = "causes" // one row for each cause instead of one for each case
)

// most is how many benches and people are offered: those with the most cases, as many as
// there is room for. The search finds the others.
const most = 3

// narrow offers to leave some benches, people and ages out.
func narrow(in CasesInputs) []Action {
	if !in.Narrowing && in.Narrow == (Narrowed{}) {
		return nil
	}
	l := in.Frame.Lang
	var out []Action
	add := func(name, value, label string, n int, on bool) {
		id := "narrow:" + name + ":" + cmp.Or(value, label)
		if on {
			value = ""
		}
		out = append(out, Action{
			ID: id, Label: label, Count: n, Enabled: true, On: on,
			Intent: Intent{Kind: IntentNarrow, Name: name, Value: value},
		})
	}
	room := most
	if me := in.Frame.Person.ID; in.Given > 0 || in.Narrow.Assigned != "" || in.Narrow.Nobodys {
		room--                                                       // for these
		if other := in.Narrow.Assigned; other != "" && other != me { // chosen by who was here before
			add(NarrowMine, other, say.Short(in.Frame.Names.Of(other), 18), 0, true)
		}
		add(NarrowMine, me, l.Phrase("Mine"), in.Mine, in.Narrow.Assigned == me)
		add(NarrowNobodys, "yes", l.Phrase("Nobody's"), in.Nobodys, in.Narrow.Nobodys)
	}
	offer := func(name, chosen string, list []cases.Counted, called func(string) string) {
		there := false
		for _, c := range list[:min(room, len(list))] {
			there = there || c.ID == chosen
			add(name, c.ID, called(c.ID), c.N, c.ID == chosen)
		}
		if chosen != "" && !there {
			add(name, chosen, called(chosen), 0, true)
		}
	}
	offer(NarrowStation, in.Narrow.Station, in.Stations, func(id string) string { return l.Say("Bench {bench}", "bench", id) })
	offer(NarrowPerson, in.Narrow.Person, in.People, func(id string) string { return say.Short(in.Frame.Names.Of(id), 18) })
	for _, age := range []struct {
		hours int
		label string
	}{{1, "Over 1 h"}, {24, "Over a day"}, {24 * 7, "Over a week"}} {
		add(NarrowAge, digits(age.hours), l.Phrase(age.label), 0, in.Narrow.Hours == age.hours)
	}
	return out
}

// chips are the filters, each with how many cases it shows.
func chips(in CasesInputs) []Action {
	var out []Action
	for _, c := range []struct{ value, label string }{
		{"", "Open"},
		{cases.KindScan, "Scans"},
		{cases.KindWeight, "Weight"},
		{cases.KindLabel, "Labels"},
		{cases.KindOverride, "Accepted"},
		{cases.KindShort, "Short"},
		{cases.KindSwap, "Swapped"},
		{cases.KindExcess, "Too much"},
		{cases.KindCount, "Counts"},
		{cases.KindShop, "Shop"},
		{cases.KindClaim, "Hub"},
		{cases.KindNews, "Carrier's news"},
		{cases.KindMass, "Catalogue"},
		{cases.KindLoading, "Loading"},
		{cases.KindLock, "Locks"},
		{AllCases, "All"},
	} {
		n := in.Counts[c.value]
		if n == 0 && c.value != "" && c.value != AllCases && c.value != in.Filter {
			continue
		}
		if c.value == "" && !in.Frame.Lang.English() { // elsewhere it is what a button does
			c.label = "Unresolved"
		}
		out = append(out, Action{
			ID: "filter:" + cmp.Or(c.value, "open"), Label: in.Frame.Lang.Phrase(c.label), Count: n, Enabled: true, On: c.value == in.Filter,
			Intent: Intent{Kind: IntentFilter, Name: in.Text, Value: c.value},
		})
	}
	return out
}

// views offers to narrow the list down, and to see its causes.
func (v *CasesView) views(in CasesInputs) {
	l := in.Frame.Lang
	v.Search = append(v.Search,
		Action{
			ID: "narrow", Label: l.Phrase("Filter"), Enabled: true, On: in.Narrowing || in.Narrow != Narrowed{},
			Intent: Intent{Kind: IntentNarrow, Name: NarrowPanel},
		},
		Action{
			ID: "page:board", Label: l.Phrase("Benches"), Key: in.Frame.keys()["board"], Enabled: true, Intent: Intent{Kind: IntentPage, Name: string(PageBoard)},
		},
		Action{
			ID: "causes", Label: l.Phrase(map[bool]string{false: "Causes", true: "One by one"}[in.Causing]), Enabled: true, On: in.Causing,
			Intent: Intent{Kind: IntentNarrow, Name: NarrowCauses},
		})
}

// causeRow is a row that stands for all cases of one cause. Touching it shows the newest.
func causeRow(c cases.Cause, f Frame, shown *CaseStory) CaseRow {
	l, kind := f.Lang, caseKind(cases.Case{Kind: c.Kind})
	var sub []string
	switch n := len(c.Stations); {
	case n == 1:
		sub = append(sub, l.Say("bench {bench}", "bench", c.Stations[0]))
	case n > 1:
		sub = append(sub, l.Count("{n} benches", n))
	}
	switch n := len(c.People); {
	case n == 1:
		sub = append(sub, f.Names.Of(c.People[0]))
	case n > 1:
		sub = append(sub, l.Many(n, "packer"))
	}
	if words := c.Suspect().Words(); words != "" {
		sub = append(sub, l.Phrase(words))
	}
	chosen, of := shown != nil && waits(shown.Case) && shown.Case.Likeness() == c.Likeness(), c.Newest
	if chosen {
		of = shown.Case.ID
	}
	return CaseRow{
		Kind: kind, Shape: ShapeOf(kind), Title: causeTitle(l, c.Shared, c.Code, f.Names), Sub: strings.Join(sub, " · "), Age: age(l, f.Now.Sub(c.At)), Open: true,
		Chosen: chosen, Same: l.Many(c.N, "case"),
		Select: Action{ID: "case:" + of, Label: l.Phrase("Open"), Enabled: true, Intent: Intent{Kind: IntentSelect, Name: "case", Value: of}},
	}
}

// causeTitle is the cause with the names of what it is about.
func causeTitle(l say.Language, s cases.Shared, code pack.Code, names say.Names) string {
	cause := l.Sentence(l.Cause(s.Cause, s.Given, code))
	if s.About == "" {
		return cause
	}
	return about(l, cause, say.Short(names.Of(s.About), 40))
}

// resolvedBy says who closed a case, and why.
func resolvedBy(l say.Language, c cases.Case, names say.Names) string {
	because := l.Because(whyResolved(l, c.Reason))
	if c.ResolvedBy == "" {
		return l.Say("Closed by itself{because}", "because", because)
	}
	return l.Say("Resolved by {who}{because}", "who", names.Of(c.ResolvedBy), "because", because)
}

// whyResolved is the reason of an answer, as the list of reasons has it in languages that
// have no words for its code.
func whyResolved(l say.Language, code string) string {
	if words, known := cases.ReasonWords(code); known && !l.English() {
		return words
	}
	return code
}

// waits reports whether a case waits for somebody.
func waits(c cases.Case) bool { return c.State != cases.Resolved }
