package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"packbench/devices/scanner"
	"packbench/labels"
	"packbench/station/cases"
	"packbench/station/intake"
	"packbench/station/people"
	"packbench/station/store"
)

// sheet draws a sheet of cards on the paper printer's paper.
func (d *Data) sheet(kind string, s labels.Sheet) (Drawn, error) {
	profile, err := LabelProfile(d.Settings.Printers.For("sheets"))
	if err != nil {
		return Drawn{}, err
	}
	layout, missing, err := labels.CardSheet(s, in(d.stationWords(), profile))
	return d.drawn(kind, "", layout, missing, err)
}

// commands are those that need no value, most used first.
var commands = []struct{ name, title string }{
	{"undo", "Undo the last scan"},
	{"remove", "Take one out, then scan it"},
	{"next-order", "Next order"},
	{"next-parcel", "Next box of this order"},
	{"weigh", "Weigh now"},
	{"zero", "Set the scale to zero"},
	{"short", "Leave the rest out"},
	{"confirm", "Confirm a line"},
	{"park", "Park the order"},
	{"cancel", "Give the order up"},
	{"retry", "Try the label again"},
	{"reprint", "Print the label again"},
	{"void", "Void the label"},
	{"authorise", "Let it pass"},
	{"unlock", "Unlock the bench"},
	{"sign-out", "Sign out"},
}

// CommandSheet draws the cards for commands, answers and reasons.
func (d *Data) CommandSheet() (Drawn, error) { return d.sheet("commands", d.commandCards()) }

func (d *Data) commandCards() labels.Sheet {
	say := d.stationWords().Say
	s := labels.Sheet{Title: say("Commands"), Hint: say("Scan a card instead of pressing a key.")}
	for _, c := range commands {
		s.Cards = append(s.Cards, labels.Card{Group: say("Commands"), Title: say(c.title), Code: ownPrefix + "command:" + c.name})
	}
	for n := 1; n <= proposals; n++ {
		s.Cards = append(s.Cards, labels.Card{Group: say("Answers"), Title: say("Answer %d", n), Code: fmt.Sprintf("%sanswer:%d", ownPrefix, n)})
	}
	for _, r := range cases.Reasons() {
		s.Cards = append(s.Cards, labels.Card{Group: say("Reasons"), Title: say(r.Words), Code: ownPrefix + "reason:" + r.Code})
	}
	return s
}

// CalibrationSheet draws the lines that a scanner is set up with.
func (d *Data) CalibrationSheet() (Drawn, error) { return d.sheet("calibration", d.calibrationCards()) }

func (d *Data) calibrationCards() labels.Sheet {
	say := d.stationWords().Say
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
func (d *Data) CartonSheet(ctx context.Context) (Drawn, error) {
	s, err := d.cartonCards(ctx)
	if err != nil {
		return Drawn{}, err
	}
	return d.sheet("cartons", s)
}

func (d *Data) cartonCards(ctx context.Context) (labels.Sheet, error) {
	cartons, err := d.Store.Cartons(ctx)
	if err != nil {
		return labels.Sheet{}, err
	}
	if len(cartons) == 0 {
		return labels.Sheet{}, errors.New("there are no cartons yet: import some first")
	}
	say := d.stationWords().Say
	s := labels.Sheet{Title: say("Cartons and quantities"), Hint: say("Scan the carton that you pack into.")}
	for _, c := range cartons {
		s.Cards = append(s.Cards, labels.Card{
			Group: say("Cartons"), Title: c.Name, Note: say("inside %s × %s × %s", c.Inner.Width, c.Inner.Length, c.Inner.Depth),
			Code: ownPrefix + "carton:" + c.ID,
		})
	}
	for _, n := range []int{2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 50, 100} {
		s.Cards = append(s.Cards, labels.Card{
			Group: say("Quantities"), Title: say("%d units", n), Code: fmt.Sprintf("%squantity:%d", ownPrefix, n),
		})
	}
	return s, nil
}

// ErrBadgeList says why a badge sheet needs a list.
var ErrBadgeList = errors.New("the data folder keeps badges as hashes only, so their cards can be printed from the people file alone: name that file")

// SampleBadges are the people of the sample shop, where this folder is a demo:
// where all of them are here with the sample's badges. Else it is ErrBadgeList.
func (d *Data) SampleBadges(ctx context.Context) ([]intake.Badged, error) {
	shop, err := intake.Sample(d.Clock())
	if err != nil {
		return nil, err
	}
	if err := d.checkBadges(ctx, shop.People); err != nil {
		return nil, ErrBadgeList
	}
	return shop.People, nil
}

// checkBadges refuses a list that is not what the bench would let in: a card
// that does not sign in is worse than none.
func (d *Data) checkBadges(ctx context.Context, list []intake.Badged) error {
	stored, err := d.Store.People(ctx)
	if err != nil {
		return err
	}
	for _, m := range d.Members(list) {
		i := slices.IndexFunc(stored, func(s store.Member) bool { return s.ID == m.ID })
		if i < 0 || !people.SameBadge(stored[i].Badge, m.Badge) {
			return fmt.Errorf("the badge of %s is not the one that this bench knows: import the people file first", m.ID)
		}
	}
	return nil
}

// BadgeSheet draws the badges of a list of people who are known here.
func (d *Data) BadgeSheet(ctx context.Context, list []intake.Badged) (Drawn, error) {
	if len(list) == 0 {
		return Drawn{}, errors.New("there is nobody in the list")
	}
	if err := d.checkBadges(ctx, list); err != nil {
		return Drawn{}, err
	}
	return d.sheet("badges", d.badgeCards(list))
}

func (d *Data) badgeCards(list []intake.Badged) labels.Sheet {
	say := d.stationWords().Say
	s := labels.Sheet{Title: say("Badges"), Hint: say("Keep these as you keep keys.")}
	for _, p := range list {
		s.Cards = append(s.Cards, labels.Card{Title: p.Name, Note: say(string(p.Role)), Code: ownPrefix + "badge:" + people.Normalise(p.Badge)})
	}
	return s
}
