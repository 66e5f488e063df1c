package screen

import (
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
		return in.Lang.Phrase("Take it apart all the same")
	case "finish":
		return in.Lang.Phrase("Yes, it is missing")
	}
	return ""
}

// returnNext says what to do next with what came back.
func returnNext(l say.Language, r pack.Return) Next {
	if !r.Known() {
		return Next{Text: l.Phrase("A return"), Note: l.Phrase("scan its label, slip, return number, order or a product")}
	}
	return Next{Text: say.Sentence(l.Phrase("scan the next unit")), Note: l.Say("return {no}", "no", r.ID)}
}
