package screen

import (
	"cmp"
	"slices"

	"packbench/station/say"
)

func help(l say.Language, acts, tabs []Action, keys map[string]string) *Help {
	h := &Help{Title: l.Phrase("Help"), Close: Action{ID: "help:close", Label: l.Phrase("Close"), Key: "Esc", Enabled: true, Primary: true, Intent: Intent{Kind: IntentHelp}}}
	for _, a := range acts {
		if a.ID != "help" {
			h.Rows = append(h.Rows, HelpRow{Key: a.Key, Label: a.Label, Command: a.Command, Words: helpOf(l, a)})
		}
	}
	for _, a := range tabs {
		h.Rows = append(h.Rows, HelpRow{Key: a.Key, Label: a.Label, Words: l.Phrase("Open this page")})
	}
	h.Rows = append(h.Rows, HelpRow{Key: "Tab", Label: l.Phrase("Next button"), Words: l.Phrase("Move between buttons; Enter presses")}, HelpRow{Key: keys["theme"], Label: l.Phrase("Light or dark"), Words: l.Phrase("Switch between light and dark")})
	return h
}

// helpOf says what a button does; at a van some commands mean something else.
func helpOf(l say.Language, a Action) string {
	return cmp.Or(a.Note, l.Phrase(cmp.Or(helpWords[a.ID], helpWords["do:"+a.Command], say.Words(a.Command))))
}

// vanWords are what commands do while a van is loaded.
var vanWords = map[string]string{
	"undo": "The last parcel that was scanned stays here", "handover": "Then type the driver's name; the list is printed",
	"cancel": "All its parcels stay on the dock; asks you to confirm",
}

// returnWords are what commands do while a return is open.
var returnWords = map[string]string{
	"park": "Put the return aside, to go on later", "cancel": "Its units count as not scanned; asks you to confirm", "reprint": "Print the label of its place again",
}

// inWords are buttons that mean something else in a job.
func inWords(l say.Language, acts []Action, words map[string]string) []Action {
	out := slices.Clone(acts)
	for i, a := range out {
		out[i].Note = l.Phrase(words[a.Command])
	}
	return out
}

// helpWords are what buttons do, by their ids or, as "do:" and the name, their commands.
var helpWords = map[string]string{
	"page:queue":       "See what is next, late, waiting or on hold, and open it",
	"page:stock":       "See what runs low, correct it, and count",
	"page:count-stock": "Count what lies in the bins, and look up products",
	"page:dock":        "See what is waiting and what left today",
	"do:driver":        "Printed on the carrier's list; the van can then leave",
	"do:undo":          "Take back the last step",
	"do:back":          "Leave what is being asked; nothing changes",
	"do:remove":        "Then scan the item you take out of the box",
	"do:swap":          "Take a damaged item out, then scan the one in its place",
	"do:by-weight":     "The scale says how many units were put on it",
	"do:short":         "Send the order without the rest of a line, with a reason",
	"do:confirm":       "Confirm a note, or an item whose code is unreadable",
	"do:next-parcel":   "Close this box and start another",
	"do:park":          "Set this order aside and start another",
	"do:cancel":        "Stop packing this order; asks you to confirm",
	"do:void":          "The label no longer counts; asks you to confirm",
	"do:authorise":     "A supervisor accepts the weight",
	"do:retry":         "Ask for the label again",
	"do:reprint":       "Print the same label again, with a reason",
	"do:next-order":    "Open the order that is due first",
	"do:handover":      "Scan parcels into a carrier's van, then type the driver's name",
	"do:sign-out":      "Sign out of this bench",
	"do:return":        "Compare what came back with what was sent, and grade it",
	"do:missing":       "Say that a unit should be there and is not",
	"do:finish":        "Done: what is owed for it is on the list",
	"do:blind":         "Take apart an unknown return: it gets a number, and is matched later",
	"do:weight":        "When the scale cannot weigh the parcel",
	"do:box":           "Touch the box that you took",
	"do:worked-out":    "Send the parcel with the weight that it should have",
	"do:":              "When the scanner cannot read a code",
}
