package papers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/papers/commands"
	"packbench/devices/scanner"
	"packbench/labels"
	"packbench/station/intake"
	"packbench/station/people"
	"packbench/station/say"
	"packbench/station/store"
)

// sheet draws a sheet of cards on the paper printer's paper.
func (d Papers) sheet(kind string, s labels.Sheet) (Drawn, error) {
	profile, err := LabelProfile(d.Settings.Printers.For("sheets"))
	if err != nil {
		return Drawn{}, err
	}
	layout, missing, err := labels.CardSheet(s, in(d.StationWords(), profile))
	return d.drawn(kind, "", layout, missing, err)
}

// CommandSheet draws the cards for commands, answers and reasons.
func (d Papers) CommandSheet() (Drawn, error) { return d.sheet("commands", d.commandCards()) }

func (d Papers) commandCards() labels.Sheet {
	spoken, err := say.Supplied(d.Settings.Language)
	if err != nil {
		spoken = say.English
	}
	return commands.Sheet(d.StationWords().Say, spoken, d.Settings)
}

// CalibrationSheet draws the lines that a scanner is set up with.
func (d Papers) CalibrationSheet() (Drawn, error) {
	return d.sheet("calibration", d.calibrationCards())
}

func (d Papers) calibrationCards() labels.Sheet {
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
func (d Papers) CartonSheet(ctx context.Context) (Drawn, error) {
	s, err := d.cartonCards(ctx)
	if err != nil {
		return Drawn{}, err
	}
	return d.sheet("cartons", s)
}

func (d Papers) cartonCards(ctx context.Context) (labels.Sheet, error) {
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
func (d Papers) SampleBadges(ctx context.Context) ([]intake.Badged, error) {
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
func (d Papers) checkBadges(ctx context.Context, list []intake.Badged) error {
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
func (d Papers) BadgeSheet(ctx context.Context, list []intake.Badged) (Drawn, error) {
	if len(list) == 0 {
		return Drawn{}, errors.New("the list has no people in it")
	}
	if err := d.checkBadges(ctx, list); err != nil {
		return Drawn{}, err
	}
	return d.sheet("badges", d.badgeCards(list))
}

func (d Papers) badgeCards(list []intake.Badged) labels.Sheet {
	say := d.StationWords().Say
	s := labels.Sheet{Title: say("Badges"), Hint: say("Keep these as safe as keys.")}
	for _, p := range list {
		s.Cards = append(s.Cards, labels.Card{Title: p.Name, Note: say(string(p.Role)), Code: folder.OwnPrefix + "badge:" + people.Normalise(p.Badge)})
	}
	return s
}
