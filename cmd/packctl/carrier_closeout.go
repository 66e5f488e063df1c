package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/effects"
	"packbench/station/store"
)

// closeOutLine is what a carrier was told that its van takes.
type closeOutLine struct {
	ID      string          `json:"id"`
	Account string          `json:"account"`
	Carrier string          `json:"carrier"`
	Day     string          `json:"day"`
	Van     string          `json:"van"`
	State   string          `json:"state"`
	Number  string          `json:"number,omitempty"` // the carrier's own
	Parcels int             `json:"parcels"`
	Unknown []unknownParcel `json:"unknown,omitempty"`
	Papers  []string        `json:"papers,omitempty"`
	Answer  string          `json:"answer,omitempty"`
	Since   time.Time       `json:"since"`
}

// unknownParcel is one that its carrier does not know.
type unknownParcel struct {
	Parcel   string `json:"parcel,omitempty"`
	Tracking string `json:"tracking"`
}

type closeOutFlags struct {
	date          *string
	made, notMade *bool
}

func (f *flags) closeOutFlags() closeOutFlags {
	return closeOutFlags{
		date:    f.String("date", "", "day of the vans; today unless it is said"),
		made:    f.Bool("made", false, "the carrier's web page shows the close-out"),
		notMade: f.Bool("not-made", false, "the carrier's web page shows none"),
	}
}

// closeOut tells a carrier what its vans take, lists what was told in the last week, or
// keeps what a person found at the carrier.
func (f *flags) closeOut(ctx context.Context, c *carriers.Carriers, id string, o closeOutFlags) error {
	day := f.clock()
	if *o.date != "" {
		var err error
		if day, err = time.ParseInLocation(time.DateOnly, *o.date, c.Location()); err != nil {
			return usagef("--date is a day such as 2026-11-30")
		}
	}
	switch {
	case *o.made && *o.notMade, id == "" && (*o.made || *o.notMade):
		return usagef("packctl carrier close-out ID --made or --not-made")
	case *o.made || *o.notMade:
		row, err := c.SettleCloseOut(ctx, id, *o.made)
		if err != nil {
			return err
		}
		return f.printCloseOut(ctx, c, carriers.Closing{CloseOut: row})
	case id == "":
		rows, err := c.Store.CloseOuts(ctx, day.AddDate(0, 0, -7))
		for _, row := range rows {
			if err := f.printCloseOut(ctx, c, carriers.Closing{CloseOut: row}); err != nil {
				return err
			}
		}
		return err
	}
	return f.closeOutVans(ctx, c, id, day)
}

// closeOutVans tells a carrier of all its vans of a day, and prints what it sends.
func (f *flags) closeOutVans(ctx context.Context, c *carriers.Carriers, carrier string, day time.Time) error {
	vans, err := c.Vans(ctx, carrier, day)
	if err != nil {
		return err
	}
	if len(vans) == 0 {
		return fmt.Errorf("no van of %s was loaded on %s", clipped(carrier, 40), day.In(c.Location()).Format(time.DateOnly))
	}
	told, all := 0, true
	for _, van := range vans {
		done, err := c.CloseOut(ctx, van)
		for _, d := range done {
			told++
			all = all && d.State == store.CloseOutDone && len(d.Unknown) == 0
			if err := f.printCloseOut(ctx, c, d); err != nil {
				return err
			}
			for _, doc := range d.Papers {
				if result, err := effects.PrintKept(ctx, c.Folder, "manifest", doc); err != nil {
					fmt.Fprintf(f.err, "%s is not printed: %v. %s\n", doc.ID, err, result.Trouble.Advice())
					all = false
				}
			}
		}
		if err != nil {
			return err
		}
	}
	switch {
	case !all:
		return errors.New("not everything is closed out")
	case told == 0 && !f.json:
		_, err = fmt.Fprintln(f.out, "there is nothing to close out")
	}
	return err
}

func (f *flags) printCloseOut(ctx context.Context, c *carriers.Carriers, d carriers.Closing) error {
	if d.Parcels == 0 {
		on, err := c.Store.CloseOutParcels(ctx, d.ID)
		if err != nil {
			return err
		}
		d.Parcels = len(on)
	}
	line := closeOutLine{
		ID: d.ID, Account: d.Account, Carrier: d.Carrier, Day: d.Day, Van: d.Van, State: string(d.State), Number: d.Said.ID, Parcels: d.Parcels,
		Papers: d.Said.Papers, Answer: d.Answer, Since: d.Since,
	}
	var unknown []string
	names := map[string]string{}
	for _, p := range d.Unknown {
		names[p.Tracking] = p.Called()
	}
	for _, t := range d.Said.Unknown {
		line.Unknown = append(line.Unknown, unknownParcel{names[t], t})
		unknown = append(unknown, strings.TrimSpace(names[t]+" "+t))
	}
	words := map[store.CloseOutState]string{
		store.CloseOutSent:    "NOT KNOWN: look at the carrier's web page, then say --made or --not-made",
		store.CloseOutDone:    "closed out",
		store.CloseOutAway:    "not closed out: the carrier does not answer, try again",
		store.CloseOutRefused: "not closed out",
	}[d.State]
	if err := f.print(line, "%s  %-10s %-12s %s  %3d parcels  %s  %s", d.ID, d.Account, d.Carrier, d.Day, d.Parcels, words, d.Answer); err != nil || f.json {
		return err
	}
	for _, u := range unknown {
		if _, err := fmt.Fprintf(f.out, "  the carrier does not know %s: keep it back\n", u); err != nil {
			return err
		}
	}
	return nil
}
