// Package say has the words for what the machine says: a verdict, a reason, a
// trouble, a command. It owns the phrases, each a text with its arguments in
// braces, and which of them a verdict is told with. It must not know a page, a
// colour or a toolkit, nor decide anything.
//
//	say.Message(v, names) // "Mug, blue is not in this order: put it back."
//	say.Verdict(v, names) // the same in parts, for a card
//	german.Message(v, names) // in a Language: assets/translations/screen has its phrases
package say

import (
	"cmp"
	"strings"

	"packbench/station/pack"
)

// Names gives ids their names: persons, and products by SKU where the caller
// knows them. A missing name is shown as its id.
type Names map[string]string

// Of returns the name of an id.
func (n Names) Of(id string) string { return cmp.Or(n[id], id) }

// Saying is a verdict in words.
type Saying struct {
	Head string // the card's large words: a product, or what happened
	Fact string // what is so: "2 of 3", "Mug, blue is not in this order"
	Step string // what to do next, in the imperative; "" when nothing is needed
}

// Message says a verdict in one sentence, with the next step where there is
// one: "Mug, blue is not in this order: put it back."
func Message(v pack.Verdict, names Names) string { return English.Message(v, names) }

// Verdict gives a verdict its words. Every code has its own, and each of its
// reasons; a code of a later version is shown as it is.
func Verdict(v pack.Verdict, names Names) Saying { return English.Verdict(v, names) }

// phrasesOf finds the phrases of a verdict: those of its form or its reason, else
// those that every question of its reason has, else its code's.
func phrasesOf(v pack.Verdict) (s Saying, known bool) {
	of := sayings[v.Code]
	for _, key := range []string{form(v), ":" + string(v.Kind) + " " + string(v.Reason), string(v.Reason), ":" + string(v.Kind)} {
		if s, known = of[key]; known && key != "" {
			return s, true
		}
	}
	if s, known = questions[v.Reason]; known && v.Kind == pack.Asked {
		return s, true
	}
	s, known = of[""]
	return s, known
}

// form names what a verdict is about where its code and its reason leave it open;
// "" where they do not.
func form(v pack.Verdict) string {
	switch v.Code {
	case pack.CodeOrderOpened, pack.CodeResumed, pack.CodeOrderClosed, pack.CodeParcelClosed, pack.CodeSignedIn:
		return orderForm(v)
	case pack.CodePutBack:
		switch {
		case v.Kind != pack.Accepted:
		case v.Qty > 0:
			return "turned up"
		case v.Qty == 0:
			return "wanted again"
		}
	case pack.CodeUndone:
		switch {
		case v.Carrier != "":
			return "unloaded"
		case v.Reason != "":
		case v.Qty > 0:
			return "put in again"
		case v.Qty == 0:
			return "nothing moved"
		}
	case pack.CodeWeightOK:
		switch {
		case v.Weight != nil && v.Weight.Author != "":
			return "accepted"
		case v.Weight == nil || !v.Weight.Known:
			return "not compared"
		}
	case pack.CodeScaleAsked, pack.CodeScaleObeyed, pack.CodeScaleRefused:
		return v.Command
	case pack.CodeNeedsRole:
		if v.Command != "" && v.Kind == pack.Asked {
			return "for a command"
		}
	case pack.CodeLabelLost:
		if v.Trouble.Code != "" {
			return "kept"
		}
	case pack.CodeHandedOver:
		if v.Manifest != "" && v.Reason == "" {
			return "left"
		}
	case pack.CodeManifest:
		if v.Qty == 0 && v.Reason == "" {
			return "once more"
		}
	case pack.CodeLabelWrongBox:
		switch v.OtherOrder {
		case "":
		case v.Order:
			return "same order"
		default:
			return "other order"
		}
	case pack.CodeNotNow:
		switch {
		case v.Paper != "":
			return "paper"
		case v.Carrier != "" && v.Reason == pack.ReasonHandedOver:
			return "in a van before"
		}
	case pack.CodeParked, pack.CodeLabelWaiting, pack.CodePurchaseUnknown:
		if v.Aside && v.Reason == "" {
			return "aside"
		}
	case pack.CodeReturnClosed, pack.CodeReturnWeight, pack.CodeReturnGraded:
		return returnForm(v)
	case pack.CodeReprinted, pack.CodeLabelPrinted, pack.CodeLabelSent, pack.CodeLabelUnknownOutcome, pack.CodePrinterTrouble:
		return printForm(v)
	}
	return ""
}

// orderForm is the form of a verdict that begins or ends work.
func orderForm(v pack.Verdict) string {
	switch {
	case v.Reason == pack.ReasonReturn:
	case len(v.Missing) > 0:
		return "without papers"
	case len(v.Excess) > 0:
		return "excess"
	case v.Code == pack.CodeSignedIn && v.Order != "":
		return "order"
	case v.Code == pack.CodeOrderOpened && v.SKU != "" && v.Open > 0:
		return "item"
	case v.Code == pack.CodeOrderOpened && v.SKU != "":
		return "last item"
	case v.Code != pack.CodeOrderOpened && v.Open == 0:
		return "all"
	}
	return ""
}

// printForm is the form of a verdict about what a printer does: whose document it
// is, and whether it comes by itself.
func printForm(v pack.Verdict) string {
	of := ""
	switch {
	case v.Reason == pack.ReasonOnPaper:
		return ""
	case v.Closed:
		of = "closed"
	case v.Manifest != "":
		of = "list"
	case v.Paper != "":
		return "paper"
	case v.Aside && !v.ToCheck() && (v.Code == pack.CodeLabelPrinted || v.Code == pack.CodeLabelSent):
		return "aside"
	}
	if v.Waits && v.Code == pack.CodePrinterTrouble {
		of += " waits"
	}
	return of
}

// fill puts the arguments into a phrase. What stands behind a | is said where the
// argument is empty.
func (v told) fill(phrase string) string {
	if !strings.Contains(phrase, "{") {
		return phrase
	}
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(phrase, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		name, without, _ := strings.Cut(name, "|")
		if arg := args[name]; arg != nil {
			out.WriteString(cmp.Or(arg(v), without))
		}
		phrase = after
	}
}
