package cards

import (
	"strings"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/labels"
	"packbench/station/say"
)

// helped are the commands of the packer's card, by what their keys say.
var helped = []struct{ command, label string }{
	{"undo", "Undo"},
	{"back", "Back"},
	{"remove", "Remove"},
	{"swap", "Swap"},
	{"short", "Short"},
	{"confirm", "Confirm"},
	{"next-parcel", "Next box"},
	{"park", "Park"},
	{"next-order", "Next order"},
	{"retry", "Try again"},
	{"reprint", "Reprint"},
	{"handover", "Load a van"},
	{"authorise", "Accept weight"},
	{"sign-out", "Sign out"},
}

// way is how an order goes out of the house.
var way = []string{
	"Scan your badge", "Scan an order or a tote", "Scan the next item", "close the box and put it on the scale", "stick it on and scan it", "put it on the pile",
}

// HelpSheet draws the packer's card: how an order is packed, and the commands with
// their keys, in the words that the screen has for them.
func (d Cards) HelpSheet(in say.Language, keys map[string]string) (papers.Drawn, error) {
	return d.sheet("help", helpCards(in, keys))
}

func helpCards(in say.Language, keys map[string]string) labels.Sheet {
	var steps []string
	for _, step := range way {
		steps = append(steps, in.Sentence(in.Phrase(step)))
	}
	s := labels.Sheet{Title: in.Phrase("Help"), Hint: strings.Join(steps, " · ")}
	for _, c := range helped {
		s.Cards = append(s.Cards, labels.Card{Title: in.Phrase(c.label), Note: keys[c.command], Code: folder.OwnPrefix + "command:" + c.command})
	}
	return s
}
