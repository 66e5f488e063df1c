package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/station/store"
)

// numberLine is how a number stands at a service that follows parcels.
type numberLine struct {
	Service string     `json:"service"`
	Parcel  string     `json:"parcel"`
	Number  string     `json:"tracking"`
	State   string     `json:"state"` // asked, sent, followed, refused
	Asked   *time.Time `json:"asked,omitempty"`
	Tries   int        `json:"tries,omitempty"`
	Says    string     `json:"says,omitempty"`
}

func lineOfNumber(n store.ServiceNumber) numberLine {
	return numberLine{Service: n.Account, Parcel: n.Parcel, Number: n.Number, State: cmp.Or(string(n.State), "asked"), Asked: some(n.Asked), Tries: n.Tries, Says: n.Answer}
}

// words say how it stands.
func (l numberLine) words() string {
	words := map[string]string{
		"asked": "not followed", "sent": "told to follow it, and no answer was seen: it is asked before it is told again", "followed": "follows it", "refused": "will not follow it",
	}[l.State]
	if l.Says != "" {
		words += " (" + l.Says + ")"
	}
	return words
}

// servicesDays is of how many days of parcels numbers are listed.
const servicesDays = 60

// trackServices lists the services that follow parcels, or of one the numbers that need a
// look.
func (f *flags) trackServices(ctx context.Context, ids []string) error {
	if len(ids) > 1 {
		return usagef("packctl track %s", trackUsage)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		c := carriers.New(d, d.Settings.Station, effects.OwnRanges(d, d.Settings.Station))
		all, err := c.Statuses(ctx)
		if err != nil {
			return err
		}
		found := false
		for _, s := range all {
			if s.Sells || len(ids) == 1 && s.ID != ids[0] {
				continue
			}
			found = true
			if err := f.carrierStatus(ctx, c, s.ID); err != nil {
				return err
			}
			if len(ids) == 1 {
				err = f.oddNumbers(ctx, d, s.ID)
			}
		}
		switch {
		case !found && len(ids) == 1:
			return fmt.Errorf("no service %s follows parcels here; packctl carrier add adds one", clipped(ids[0], 40))
		case !found && !f.json:
			_, err = fmt.Fprintln(f.out, "no service follows parcels; packctl carrier add aftership, 17track, easypost-trackers or shipengine-tracking adds one")
		}
		return err
	})
}

func (f *flags) oddNumbers(ctx context.Context, d *folder.Folder, id string) error {
	numbers, err := d.Store.ServiceNumbers(ctx, id, d.Clock().AddDate(0, 0, -servicesDays))
	for _, n := range numbers {
		if n.State == store.NumberFollowed && n.Answer == "" {
			continue
		}
		line := lineOfNumber(n)
		if err := f.print(line, "  %-14s %-20s %s", line.Parcel, line.Number, line.words()); err != nil {
			return err
		}
	}
	return err
}
