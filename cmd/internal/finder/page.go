package finder

import (
	"slices"
	"time"

	"packbench/labels"
	"packbench/labels/pdf"
	"packbench/station/cases"
	"packbench/station/pack"
	"packbench/station/say"
)

// caseLines says of each case what it is about and how it ended.
func (f Finder) caseLines(list []cases.Case) []string {
	var out []string
	l := f.Language()
	for _, c := range list {
		phrase, shared := "{time} {cause}, case {case}: resolved", cases.SharedOf(c)
		cause, words := shared.String(), ""
		if !l.English() {
			cause = l.Cause(shared.Cause, shared.Given, c.Code)
			if shared.About != "" {
				cause = l.Say("{what}: {about}", "what", cause, "about", shared.About)
			}
		}
		switch words, _ = cases.ReasonWords(c.Reason); {
		case c.State == cases.Open:
			phrase = "{time} {cause}, case {case}: still open"
		case words != "":
			phrase = "{time} {cause}, case {case}: resolved, {reason}"
		}
		out = append(out, l.Say(phrase, "time", l.Stamp(c.At.In(f.Location())), "cause", cause, "case", c.ID, "reason", l.Phrase(words)))
	}
	return out
}

// Title is what a thing is called: "Order 1042", "Product HONEY".
func (f Found) Title() string { return f.TitleIn(say.English) }

// TitleIn is that in a language.
func (f Found) TitleIn(l say.Language) string {
	title := ""
	switch f.Kind {
	case "order":
		title = l.Say("Order {id}", "id", f.ID)
	case "parcel":
		title = l.Say("Parcel {id}", "id", f.ID)
	case "manifest":
		title = l.Say("Manifest {id}", "id", f.ID)
	case "product":
		title = l.Say("Product {id}", "id", f.ID)
	default:
		title = l.Say("Person {id}", "id", f.ID)
	}
	if f.Name != "" {
		title += ", " + f.Name
	}
	return title
}

// signing are the steps that tell who stood at a bench, and nothing of the thing itself.
var signing = []string{string(pack.CodeSignedIn), string(pack.CodeSignedOut), string(pack.CodeTakenOver)}

// Page draws a thing and its story for who asked about it, as a PDF of A4 pages; lost is
// how many characters could not be printed. It may leave the house: colleagues stand in
// it by their ids, and who signed in when is left out.
func Page(f Found, made time.Time, at *time.Location) (page []byte, lost int, err error) {
	story := labels.Story{Title: f.Title(), State: say.Sentence(f.State), Cases: f.Cases, At: made.In(at)}
	for _, fact := range f.Facts {
		story.Facts = append(story.Facts, labels.StoryFact{Name: say.Sentence(fact.Name), Value: fact.Value})
	}
	for _, g := range f.Goods {
		story.Goods = append(story.Goods, labels.StoryGoods{Qty: g.Qty, Name: g.Name, Parcel: g.Parcel, Note: g.Note})
	}
	for _, e := range f.Story {
		if slices.Contains(signing, e.Kind) {
			continue
		}
		where := "bench " + e.Station
		if cases.IsDesk(e.Station) {
			where = "desk"
		}
		if e.Who != "" {
			where += ", " + e.Who
		}
		story.Events = append(story.Events, labels.StoryEvent{At: e.At.In(at), Where: where, Text: e.Text})
	}
	layout, missing, err := labels.StoryPage(story, labels.Profile{Name: "A4-300", DPI: 300, Paper: labels.PaperA4()})
	if err != nil {
		return nil, 0, err
	}
	for _, m := range missing {
		lost += m.Lost()
	}
	page, err = pdf.Encode(layout)
	return page, lost, err
}
