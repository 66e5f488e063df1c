package screen

import (
	"packbench/station/pack"
	"packbench/station/say"
)

// returnAnswer says an answer about what came back, "" for any other.
func returnAnswer(in BenchInputs, c pack.Choice) string {
	if c.Command == nil || in.State.Return == nil {
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
