package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"packbench/cmd/internal/boxes"
	"packbench/cmd/internal/folder"
	"packbench/station/say"
	"packbench/station/unit"
)

const boxesUsage = "[--days N] [--buy N]"

// mostToBuy is how many new cartons are proposed at most.
const mostToBuy = 5

type usedLine struct {
	Carton   string         `json:"carton"`
	Parcels  int            `json:"parcels"`
	Filled   int            `json:"filled_permille,omitempty"`
	Proposed int            `json:"proposed"`
	Instead  map[string]int `json:"instead,omitempty"`
}

type buyLine struct {
	Buy     [3]int64 `json:"buy_mm"` // inner, longest edge of the floor first
	Parcels int      `json:"parcels"`
	Saved   int64    `json:"saved_permille"` // of the outer volume of all boxes
}

type spareLine struct {
	Spare   string `json:"spare"`
	Parcels int    `json:"parcels"`
	More    int64  `json:"more_permille"`
}

type lookedAt struct {
	Looked   int  `json:"looked_at"`
	Unsized  int  `json:"unsized,omitempty"`
	Repacked int  `json:"repacked"`
	Homeless int  `json:"homeless,omitempty"`
	Few      bool `json:"too_few,omitempty"`
}

// runBoxes says how cartons were used, which ones the shop should buy, and which it
// could do without: the parcels of the last days, packed again.
func runBoxes(ctx context.Context, f *flags) error {
	days := f.Int("days", 90, "parcels of so many days")
	buy := f.Int("buy", 2, "at most so many new cartons are proposed")
	if err := f.readAlone(); err != nil {
		return err
	}
	if *days < 1 || *days > 3660 {
		return usagef("--days is a number from 1 to 3660")
	}
	if *buy < 0 || *buy > mostToBuy {
		return usagef("--buy is a number from 0 to %d", mostToBuy)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		if err := d.Store.CatchUp(ctx); err != nil {
			return err
		}
		r, err := boxes.Reported(ctx, d, d.Clock().AddDate(0, 0, -*days), *buy)
		if err != nil {
			return err
		}
		return f.printBoxes(r)
	})
}

func (f *flags) printBoxes(r boxes.Report) error {
	for _, u := range r.Used {
		line := usedLine{Carton: u.Carton, Parcels: u.Parcels, Filled: u.Permille, Proposed: u.Proposed, Instead: u.Instead}
		if err := f.print(line, "%-12s %s%s%s", cmp.Or(u.Carton, "no carton"), say.Many(u.Parcels, "parcel"), howFull(u.Permille), instead(u)); err != nil {
			return err
		}
	}
	for _, b := range r.Buy {
		mm := func(l unit.Length) int64 { return int64(l / unit.Millimetre) }
		line := buyLine{Buy: [3]int64{mm(b.Inner.Width), mm(b.Inner.Length), mm(b.Inner.Depth)}, Parcels: b.Parcels, Saved: boxes.PerMille(b.Before-b.After, r.Volume)}
		if err := f.print(line, "buy          %s inside: %s would go into it, and all boxes together would be smaller by %s", b.Inner, say.Many(b.Parcels, "parcel"), percent(line.Saved)); err != nil {
			return err
		}
	}
	for _, s := range r.Spare {
		line := spareLine{Spare: s.Carton.ID, Parcels: s.Parcels, More: boxes.PerMille(s.More, r.Volume)}
		if err := f.print(line, "without %-4s %s would go into others, and all boxes together would be larger by %s", s.Carton.ID, say.Many(s.Parcels, "parcel"), percent(line.More)); err != nil {
			return err
		}
	}
	line := lookedAt{Looked: r.Parcels, Unsized: r.Unsized, Repacked: r.Advice.Parcels, Homeless: r.Homeless, Few: r.Few}
	words := say.Many(r.Parcels, "parcel") + " looked at"
	if r.Few {
		words += ": too few to say which cartons to buy"
	} else {
		words += fmt.Sprintf(", %d of them packed again", r.Advice.Parcels)
	}
	if r.Unsized > 0 {
		words += fmt.Sprintf("; %d hold goods without dimensions in the catalogue", r.Unsized)
	}
	if r.Homeless > 0 {
		words += fmt.Sprintf("; %d go into no carton, by the dimensions in the catalogue", r.Homeless)
	}
	return f.print(line, "%s", words)
}

func howFull(permille int) string {
	if permille <= 0 {
		return ""
	}
	return ", filled to " + percent(int64(permille))
}

// instead says how often packers took another carton than the bench proposed, and which.
func instead(u boxes.Used) string {
	if u.Proposed == 0 {
		return ", never proposed"
	}
	out := fmt.Sprintf(", proposed %d times", u.Proposed)
	var others []string
	for _, id := range slices.Sorted(maps.Keys(u.Instead)) {
		others = append(others, fmt.Sprintf("%s %d times", cmp.Or(id, "none"), u.Instead[id]))
	}
	if len(others) > 0 {
		out += "; taken instead: " + strings.Join(others, ", ")
	}
	return out
}

func percent(permille int64) string { return fmt.Sprintf("%d.%d %%", permille/10, permille%10) }
