package screen

import (
	"cmp"
	"slices"
	"strings"

	"packbench/station/pack"
	"packbench/station/say"
)

// jobAnswer says an answer about a van or about what came back, "" for any other.
func jobAnswer(in BenchInputs, code pack.Code, c pack.Choice) string {
	switch {
	case in.State.Return == nil && code == pack.CodeCancelled && in.State.Work == nil && !c.IsBack():
		return in.Lang.Phrase("Yes, cancel loading")
	case c.Command == nil || in.State.Return == nil:
		return ""
	}
	switch c.Command.Name {
	case "grade":
		return say.Sentence(in.Lang.Grade(c.Text))
	case "cancel":
		return in.Lang.Phrase("Yes, stop the return")
	case "blind":
		if code == pack.CodeHubAway { // that it is opened all the same is another answer
			return ""
		}
		return in.Lang.Phrase("Take it apart all the same")
	case "finish":
		return in.Lang.Phrase("Yes, it is missing")
	case "missing":
		return c.Text
	}
	return ""
}

// returnNext says what to do next with what came back.
func returnNext(in BenchInputs, r pack.Return) Next {
	l := in.Lang
	switch {
	case r.Asked != nil && r.Asked.Effect != "":
		return Next{Text: "Asking the hub…", Note: l.Say("return {no}", "no", r.Asked.Sent.Return)}
	case !r.Known():
		return Next{Text: "Scan what came back", Note: "label, slip, return number, order or product"}
	case r.WantsSerial() != nil:
		return Next{Text: "Scan its serial number", Note: "or grade it without", Kind: pack.Asked}
	}
	if b := r.InHand(0); b != nil && b.Grade == "" {
		return Next{Text: "Grade it", Note: "by number, touch or card", Kind: pack.Asked}
	}
	if rs := in.State.Recent; len(rs) > 0 && rs[0].Code == pack.CodeReturnGraded && rs[0].Kind == pack.Accepted && rs[0].Return == r.ID && !done(r) {
		return Next{Text: "Put it there, scan the next unit", Note: l.Say("return {no}", "no", r.ID)}
	}
	if done(r) {
		return Next{Text: "Finish the return", Note: l.Say("return {no}", "no", r.ID)}
	}
	return Next{Text: l.Sentence(l.Phrase("scan the next unit")), Note: l.Say("return {no}", "no", r.ID)}
}

// done reports whether all is here that may come, or that was announced, and nothing waits
// for its grade.
func done(r pack.Return) bool {
	if r.Sent == nil || len(r.Units)+len(r.Missed) == 0 || len(r.Ungraded()) > 0 {
		return false
	}
	return !slices.ContainsFunc(r.Sent.Lines, func(s pack.SentLine) bool {
		return r.ToCome(s) > 0 && (!r.Sent.Announced || r.Lacks(s) > 0)
	})
}

// returnActions are the buttons while a return is open.
func returnActions(in BenchInputs) []Action {
	r := in.State.Return
	if !r.Known() {
		blind := Action{ID: "do:blind", Label: in.Lang.Phrase("Unknown return"), Key: in.Keys["blind"], Command: "blind", Enabled: true, Intent: Intent{Kind: IntentEdit, Name: EntryBlind}}
		return []Action{typing(in), blind, action(in, "cancel", "Cancel", true)}
	}
	out := []Action{action(in, "undo", "Undo", len(r.Steps) > 0), lineAction(in, "missing", "Missing", missingLine(in, r), r.Sent != nil && slices.ContainsFunc(r.Sent.Lines, func(s pack.SentLine) bool { return r.ToCome(s) > 0 }))}
	if r.Mass == 0 && len(r.Units) == 0 {
		out = append(out, Action{ID: "do:weight", Label: in.Lang.Phrase("Type weight"), Key: in.Keys["weight"], Enabled: true, Intent: Intent{Kind: IntentEdit, Name: "weight"}})
	} else {
		out = append(out, action(in, "reprint", "Reprint", slices.ContainsFunc(r.Units, func(b pack.Back) bool { return b.Grade != "" })))
	}
	finish := action(in, "finish", "Finish", len(r.Units)+len(r.Missed) > 0 && len(r.Ungraded()) == 0)
	finish.Primary = done(*r)
	return append(out, typing(in), finish, action(in, "park", "Park", true), action(in, "cancel", "Cancel", true))
}

// missingLine is the line that was chosen, where something of it has not come.
func missingLine(in BenchInputs, r *pack.Return) string {
	if r.Sent != nil {
		for _, s := range r.Sent.Lines {
			if s.Line == in.Selected && r.ToCome(s) > 0 {
				return s.Line
			}
		}
	}
	return ""
}

// returnOrder is the line about what came back.
func returnOrder(in BenchInputs, r pack.Return) OrderView {
	l := in.Lang
	units, odd := r.Total()
	if r.Sent == nil {
		v := OrderView{ID: r.ID, Recipient: l.Phrase("what it is of is not known yet"), Units: l.Many(units, "unit")}
		if r.Place != "" {
			v.LeaveBy = l.Say("stands at {place}", "place", r.Place)
		}
		return v
	}
	v := OrderView{ID: l.Sentence(l.Say("order {no}", "no", cmp.Or(r.Sent.Number, r.Sent.Order)))}
	for _, s := range r.Sent.Lines {
		v.Total += s.Left()
	}
	v.Done = units - odd
	v.Units = ofUnits(l, v.Done, v.Total)
	var sent []string
	if r.Sent.By != "" {
		sent = append(sent, l.Say("packed by {who}", "who", cmp.Or(in.Names.Of(r.Sent.By), l.Phrase("nobody"))))
	}
	if !r.Sent.Closed.IsZero() {
		sent = append(sent, l.Time(r.Sent.Closed.In(in.Now.Location()), "2 Jan 15:04"))
	}
	v.LeaveBy = strings.Join(sent, ", ")
	v.Recipient = r.Sent.Parcel
	if odd > 0 {
		v.Marks = append(v.Marks, l.Say("not of it: {n}", "n", digits(odd)))
	}
	return v
}
