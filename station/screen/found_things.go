package screen

import (
	"fmt"

	"packbench/station/pack"
)

// FoundThing is one thing that was found by what people call it: an order, a parcel, a
// van's list, a product, a person.
type FoundThing struct {
	Title string // "Order 1042"
	State string
	Known []Figure // what is known of it, by name
	Story []TraceEvent
	Again string // SSCC of the parcel whose label can be printed again, "" for none
}

// ThingRow is one thing of the list.
type ThingRow struct {
	Action
	State string
}

// Of is what the page is about.
func (in TraceInputs) Of() Subject {
	if at := in.Chosen; in.Sought != "" && at >= 0 && at < len(in.Found) {
		return About("found", in.Found[at].Title)
	}
	return About("code", in.Code)
}

// sought shows what was found for a text, the chosen one with its story.
func (v *TraceView) sought(in TraceInputs) {
	l := in.Frame.Lang
	v.Field, v.FieldWord, v.StoryWord, v.Compare = readable(in.Sought), l.Phrase("Looked for"), l.Phrase("What happened"), Action{}
	if len(in.Found) == 0 {
		v.Card = Card{
			Kind: pack.Info, Shape: ShapeOf(pack.Info), Word: l.Phrase(word(pack.Info)), Head: l.Phrase("Nothing found"),
			Detail: l.Phrase("No order, parcel, tracking number, SSCC, serial number, lot, product or recipient matches"), Step: l.Phrase("Try the number of the order"),
		}
		v.StoryNone = ""
		return
	}
	at := min(max(in.Chosen, 0), len(in.Found)-1)
	for i, f := range in.Found {
		if len(in.Found) == 1 {
			break
		}
		v.Rows = append(v.Rows, ThingRow{State: f.State, Action: Action{
			ID: fmt.Sprintf("found:%d", i), Label: f.Title, Enabled: true, On: i == at,
			Intent: Intent{Kind: IntentSelect, Name: "found", Value: fmt.Sprint(i)},
		}})
	}
	one := in.Found[at]
	v.Known = append([]Figure{{Name: one.Title, Value: one.State}}, one.Known...)
	v.StoryNone = l.Phrase("Nothing happened to it here yet")
	v.Story = traceStory(Traced{Story: one.Story}, in.Frame)
	v.Save = &Action{ID: "trace:save", Label: l.Phrase("Save a page"), Key: in.Frame.keys()["trace:save"], Enabled: !in.Looking, Intent: Intent{Kind: IntentExport, Value: "story"}}
	if v.Saved = in.Saved.On(in.Of()); v.Saved != "" && in.Folder != "" {
		v.Save = &Action{ID: "open-folder", Label: l.Phrase("Open folder"), Enabled: true, Intent: Intent{Kind: IntentFolder}}
	}
}
