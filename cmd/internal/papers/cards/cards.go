// Package cards draws the sheets that are scanned: commands, badges, cartons, quantities,
// a scanner's calibration, the packer's card. [New] gives those of a folder. It must not
// know a parcel, nor what prints a sheet.
package cards

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers"
	"packbench/devices/scanner"
	"packbench/labels"
	"packbench/station/cases"
	"packbench/station/intake"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/store"
)

// Cards are the sheets of a data folder.
type Cards struct{ *folder.Folder }

// New returns the cards of an open folder.
func New(f *folder.Folder) Cards { return Cards{f} }

// sheet draws a sheet of cards on the paper printer's paper.
func (d Cards) sheet(kind string, s labels.Sheet) (papers.Drawn, error) {
	profile, err := papers.LabelProfile(d.Settings.Printers.For("sheets"))
	if err != nil {
		return papers.Drawn{}, err
	}
	draw := labels.CardSheet
	if kind == "badges" {
		draw = labels.BadgeSheet
	}
	layout, missing, err := draw(s, papers.Speaking(d.StationWords(), profile))
	return papers.New(d.Folder).File(kind, "", layout, missing, err)
}

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
		{"by-weight", "Count by weight"},
		{"piece-by-piece", "Weigh piece by piece"},
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
	{returned, []command{
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

// returned is the group of what came back, which holds the shop's own grades and places too.
const returned = "Returns"

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

// everyDay are the commands of every day, as they stand on one sheet: what is taken for
// another, as the next box for the next order, stands far from it.
var everyDay = []string{"undo", "next-order", "remove", "back", "confirm", "short", "reprint", "park", "next-parcel", "retry"}

// CommandSheet draws the cards for commands, answers and reasons: those of every day on a
// sheet of their own, where the paper is large enough, and all others behind it.
func (d Cards) CommandSheet() (papers.Drawn, error) {
	all := d.commandCards()
	profile, err := papers.LabelProfile(d.Settings.Printers.For("sheets"))
	if err != nil {
		return papers.Drawn{}, err
	}
	profile = papers.Speaking(d.StationWords(), profile)
	daily, rest := daily(all)
	front, missing, err := labels.DailySheet(daily, profile)
	if err != nil { // this paper has no room for it
		return d.sheet("commands", all)
	}
	back, more, err := labels.CardSheet(rest, profile)
	front.Pages = append(front.Pages, back.Pages...)
	return papers.New(d.Folder).File("commands", "", front, append(missing, more...), err)
}

// daily parts the cards of every day from the others.
func daily(all labels.Sheet) (front, rest labels.Sheet) {
	front, rest = labels.Sheet{Title: all.Title, Hint: all.Hint}, labels.Sheet{Title: all.Title, Hint: all.Hint}
	code := func(name string) string { return folder.OwnPrefix + "command:" + name }
	for _, name := range everyDay {
		if i := slices.IndexFunc(all.Cards, func(c labels.Card) bool { return c.Code == code(name) }); i >= 0 {
			front.Cards = append(front.Cards, all.Cards[i])
		}
	}
	for _, c := range all.Cards {
		if !slices.ContainsFunc(everyDay, func(name string) bool { return c.Code == code(name) }) {
			rest.Cards = append(rest.Cards, c)
		}
	}
	return front, rest
}

func (d Cards) commandCards() labels.Sheet {
	say := d.StationWords().Say
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
		if g.title == returned {
			s.Cards = append(s.Cards, d.gradeCards(say(returned))...)
		}
	}
	for n := 1; n <= folder.Proposals; n++ {
		add("Answers", say("Answer %d", n), "", fmt.Sprintf("answer:%d", n))
	}
	for _, g := range reasonGroups {
		for _, code := range people.Codes(g.of(d.Settings.Reasons), g.usual) {
			add(g.title, say(cmp.Or(reasonTitles[code], people.ReasonWords(code))), "", "reason:"+code)
		}
	}
	for _, r := range cases.Reasons() {
		if _, has := reasonTitles[r.Code]; has || r.Desk {
			continue
		}
		add("Reasons", say(r.Words), "", "reason:"+r.Code)
	}
	for _, c := range careful {
		add("Use with care", say(c.title), say("asks you to confirm"), "command:"+c.name)
	}
	return s
}

// gradeCards are those of the shop's own tables. A grade of the shop's own is called as the
// shop does.
func (d Cards) gradeCards(group string) (out []labels.Card) {
	words := d.StationWords().Say
	called := func(english string) string { return words(say.English.Sentence(english)) }
	for _, r := range d.Settings.Returns.Of("", "") {
		card := labels.Card{Group: group, Title: called(say.English.Grade(r.Grade)), Code: folder.OwnPrefix + "command:grade:" + r.Grade}
		if r.Grade == "" {
			card = labels.Card{Group: group, Title: called(say.English.Disposition(r.Disposition)), Note: r.Bin, Code: folder.OwnPrefix + "command:disposition:" + r.Disposition}
		}
		out = append(out, card)
	}
	return out
}

// CalibrationSheet draws the lines that a scanner is set up with.
func (d Cards) CalibrationSheet() (papers.Drawn, error) {
	return d.sheet("calibration", d.calibrationCards())
}

func (d Cards) calibrationCards() labels.Sheet {
	say := d.StationWords().Say
	s := labels.Sheet{
		Title: say("Scanner calibration"),
		Hint:  say("Open Settings, choose Set up by scanning, and scan these lines one after the other."),
	}
	for i, c := range scanner.Sheet() {
		s.Cards = append(s.Cards, labels.Card{Mark: strconv.Itoa(i + 1), Title: say(c.Title), Symbology: c.Symbology, Code: c.Data})
	}
	return s
}

// CartonSheet draws the cards for cartons and quantities.
func (d Cards) CartonSheet(ctx context.Context) (papers.Drawn, error) {
	s, err := d.cartonCards(ctx)
	if err != nil {
		return papers.Drawn{}, err
	}
	return d.sheet("cartons", s)
}

func (d Cards) cartonCards(ctx context.Context) (labels.Sheet, error) {
	cartons, err := d.Store.Cartons(ctx)
	if err != nil {
		return labels.Sheet{}, err
	}
	if len(cartons) == 0 {
		return labels.Sheet{}, errors.New("there are no cartons yet: import some first")
	}
	say := d.StationWords().Say
	s := labels.Sheet{Title: say("Cartons and quantities"), Hint: say("Scan the carton that you are packing.")}
	for _, c := range cartons {
		s.Cards = append(s.Cards, labels.Card{
			Group: say("Cartons"), Title: c.Name, Note: say("inside %s × %s × %s", c.Inner.Width, c.Inner.Length, c.Inner.Depth),
			Code: folder.OwnPrefix + "carton:" + c.ID,
		})
	}
	for _, n := range []int{2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 50, 100} {
		s.Cards = append(s.Cards, labels.Card{
			Group: say("Quantities"), Title: say("%d units", n), Code: fmt.Sprintf("%squantity:%d", folder.OwnPrefix, n),
		})
	}
	return s, nil
}

// errBadgeList says why a badge sheet needs a list.
var errBadgeList = errors.New("the data folder keeps badges as hashes only, so their cards can be printed from the people file alone: name that file")

// SampleBadges are the people of the sample shop, where this folder is a demo:
// where all of them are here with the sample's badges. Else it is errBadgeList.
func (d Cards) SampleBadges(ctx context.Context) ([]intake.Badged, error) {
	shop, err := intake.Sample(d.Clock())
	if err != nil {
		return nil, err
	}
	if err := d.checkBadges(ctx, shop.People); err != nil {
		return nil, errBadgeList
	}
	return shop.People, nil
}

// checkBadges refuses a list that is not what the bench would let in: a card
// that does not sign in is worse than none.
func (d Cards) checkBadges(ctx context.Context, list []intake.Badged) error {
	stored, err := d.Store.People(ctx)
	if err != nil {
		return err
	}
	for _, m := range d.Members(list) {
		i := slices.IndexFunc(stored, func(s store.Member) bool { return s.ID == m.ID })
		if i < 0 || !people.SameBadge(stored[i].Badge, m.Badge) {
			return fmt.Errorf("the badge of %s is not the one on this bench: import the people file first", m.ID)
		}
	}
	return nil
}

// BadgeSheet draws the badges of a list of people who are known here.
func (d Cards) BadgeSheet(ctx context.Context, list []intake.Badged) (papers.Drawn, error) {
	if len(list) == 0 {
		return papers.Drawn{}, errors.New("the list has no people in it")
	}
	if err := d.checkBadges(ctx, list); err != nil {
		return papers.Drawn{}, err
	}
	return d.sheet("badges", d.badgeCards(list))
}

func (d Cards) badgeCards(list []intake.Badged) labels.Sheet {
	say := d.StationWords().Say
	s := labels.Sheet{Title: say("Badges"), Hint: say("Keep these as safe as keys.")}
	for _, p := range list {
		s.Cards = append(s.Cards, labels.Card{Title: p.Name, Note: say(string(p.Role)), Code: folder.OwnPrefix + "badge:" + people.Normalise(p.Badge)})
	}
	return s
}
