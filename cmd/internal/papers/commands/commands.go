// Package commands makes the sheet of cards that stand for keys: commands, answers, reasons,
// and the grades and places of what came back, by the shop's own tables.
//
// It is pure: it gets words and settings, and must not draw, read or print anything.
package commands

import (
	"cmp"
	"fmt"

	"packbench/cmd/internal/folder"
	"packbench/labels"
	"packbench/station/cases"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/people"
	spoken "packbench/station/say"
)

// command is a card that stands for a command and, after a colon, its value.
type command struct{ name, title string }

// commandGroups are the commands that a card can give whole: one that needs a
// typed count or another carton has a sheet of its own for that.
var commandGroups = []struct {
	title string
	cards []command
}{
	{"Packing", []command{
		{"undo", "Undo the last scan"},
		{"back", "Back"},
		{"remove", "Take one out, then scan it"},
		{"put-back", "Put a line back"},
		{"swap", "Swap a damaged unit"},
		{"short", "Leave the rest out"},
		{"confirm", "Confirm a line"},
		{"next-parcel", "Next box of this order"},
		{"next-order", "Next order"},
		{"queue", "All orders"},
		{"stock", "Stock"},
		{"products", "Products"},
		{"park", "Park the order"},
		{"weigh", "Weigh now"},
		{"zero", "Set the scale to zero"},
		{"tare", "Tare the scale"},
	}},
	{"Label and papers", []command{
		{"retry", "Try the label again"},
		{"reprint", "Print the label again"},
		{"paper:slip", "Print the packing slip"},
		{"paper:inside", "Print the inside slip"},
		{"paper:return", "Print the return label"},
		{"paper:customs", "Print the customs papers"},
	}},
	{"Returns", []command{
		{"return", "Take a return apart"},
		{"blind", "Take apart an unknown return"},
		{"missing", "A unit is missing"},
		{"finish", "Finish the return"},
	}},
	{"Bench and van", []command{
		{"handover", "Load a van"},
		{"authorise", "Accept the weight"},
		{"unlock", "Unlock the bench"},
		{"sign-out", "Sign out"},
	}},
}

// careful are the commands that take back what others have done. Their cards
// end the sheet, so that none of them is scanned for its neighbour.
var careful = []command{
	{"cancel", "Cancel the order"},
	{"void", "Void the label"},
}

// reasonGroups are the answers to what the bench asks a reason for.
var reasonGroups = []struct {
	title string
	usual []string
	of    func(people.Reasons) string // the shop's own
}{
	{"Reasons to print again", pack.ReprintReasons, func(r people.Reasons) string { return r.Reprint }},
	{"Reasons to leave goods out", pack.ShortReasons, func(r people.Reasons) string { return r.Short }},
	{"Reasons to accept a weight", pack.OverrideReasons, func(r people.Reasons) string { return r.Accept }},
	{"Reasons to cancel", pack.CancelReasons, func(r people.Reasons) string { return r.Cancel }},
}

// reasonTitles are the words of reasons whose codes say less.
var reasonTitles = map[string]string{
	"damaged": "Damaged", "later": "Follows later", "filling": "More or different filling than usual",
	"product-changed": "The product has changed", "scale-drift": "The scale is off or isn't level",
}

// Sheet is the sheet of a shop, in the words of its papers; grades and places of returns are
// called as on the screen.
func Sheet(say func(string, ...any) string, screen spoken.Language, settings config.Settings) labels.Sheet {
	s := labels.Sheet{
		Title: say("Commands"),
		Hint:  say("Scan a card instead of pressing a key.") + " " + say("Cartons and quantities are on a separate sheet."),
	}
	add := func(group, title, note, code string) {
		s.Cards = append(s.Cards, labels.Card{Group: say(group), Title: title, Note: note, Code: folder.OwnPrefix + code})
	}
	for _, g := range commandGroups {
		for _, c := range g.cards {
			add(g.title, say(c.title), "", "command:"+c.name)
		}
		if g.title == "Returns" {
			for _, r := range settings.Returns.Of("", "") {
				if r.Grade != "" {
					add(g.title, screen.Sentence(screen.Grade(r.Grade)), "", "command:grade:"+r.Grade)
				} else {
					add(g.title, screen.Sentence(screen.Disposition(r.Disposition)), r.Bin, "command:disposition:"+r.Disposition)
				}
			}
		}
	}
	for n := 1; n <= folder.Proposals; n++ {
		add("Answers", say("Answer %d", n), "", fmt.Sprintf("answer:%d", n))
	}
	for _, g := range reasonGroups {
		for _, code := range people.Codes(g.of(settings.Reasons), g.usual) {
			add(g.title, say(cmp.Or(reasonTitles[code], people.ReasonWords(code))), "", "reason:"+code)
		}
	}
	for _, r := range cases.Reasons() {
		if _, has := reasonTitles[r.Code]; has {
			continue
		}
		add("Reasons", say(r.Words), "", "reason:"+r.Code)
	}
	for _, c := range careful {
		add("Use with care", say(c.title), say("asks you to confirm"), "command:"+c.name)
	}
	return s
}
