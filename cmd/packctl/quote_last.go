package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/dryrun"
	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/rating"
	"packbench/cmd/internal/upkeep"
	"packbench/station/carrier"
	"packbench/station/say"
	"packbench/station/store"
	"packbench/station/unit"
)

// mostDays is how far back parcels are priced again.
const mostDays = 400

// repriced is a parcel of the past, as it went and as it would go now.
type repriced struct {
	Parcel string `json:"parcel"`
	Closed string `json:"closed"`
	Then   way    `json:"then"`
	Now    *way   `json:"now,omitempty"`
	Saved  *int64 `json:"saved,omitempty"` // minor units; below 0: it would cost more
	Reason string `json:"reason"`
}

type way struct {
	Carrier string     `json:"carrier"`
	Service string     `json:"service"`
	Price   unit.Money `json:"price"`
}

// past is which parcels are priced again, and how.
type past struct {
	days     int
	rates    string // file
	accounts string // with commas between
	most     int    // parcels that accounts are asked about
}

// quoteLast prices the parcels of the last days again, with the cards of a file and with
// accounts beside the shop's own cards. It writes nothing and buys nothing.
func (f *flags) quoteLast(ctx context.Context, of past) error {
	switch {
	case of.days < 1 || of.days > mostDays:
		return usagef("--last takes 1 to %d days", mostDays)
	case of.most < 1 || of.accounts == "" && f.given("most"):
		return usagef("--most goes with --account, and is 1 or more")
	}
	return f.within(ctx, func(d *folder.Folder) error {
		var others carrier.Cards
		if of.rates != "" {
			var err error
			if others, err = f.cardsOf(ctx, d, of.rates); err != nil {
				return err
			}
		}
		look := rating.NewReader(d)
		cards, err := look.With(ctx, others)
		if err != nil {
			return err
		}
		since := f.clock().AddDate(0, 0, -of.days)
		var sum rating.Sum
		all := 0
		if of.accounts == "" {
			err = look.Again(ctx, since, cards, func(p store.Parcel, again rating.Repriced) error { return f.reprice(d, p, again, &sum) })
		} else {
			sum, all, err = f.asking(d, since, of).Again(ctx, look, cards, func(p store.Parcel, again rating.Repriced, sum *rating.Sum) error { return f.reprice(d, p, again, sum) })
		}
		if err != nil {
			return err
		}
		return f.print(sum, "%d parcels, %d of them compared: %d would go another way; paid %s, now %s: %s%s",
			sum.Parcels, sum.Compared, sum.Changed, sum.Then, sum.Now, sum.Less(), notes(sum, all))
	})
}

// asking has accounts asked as well. How far it is stands beside the table.
func (f *flags) asking(d *folder.Folder, since time.Time, of past) dryrun.Run {
	r := dryrun.Run{Carriers: carriers.New(d, d.Settings.Station, nil), Since: since, Most: of.most}
	for id := range strings.SplitSeq(of.accounts, ",") {
		r.Accounts = append(r.Accounts, strings.TrimSpace(id))
	}
	r.Heard = func(n, of int) {
		if n%20 == 0 {
			fmt.Fprintf(f.err, "%d of %d parcels\n", n, of)
		}
	}
	return r
}

// notes say what a sum has left out. all is how many parcels there were, 0 where each was
// priced.
func notes(sum rating.Sum, all int) (out string) {
	if all > sum.Parcels {
		out += fmt.Sprintf("; they are some of %s, spread over the time (--most asks about more)", say.Many(all, "parcel"))
	}
	if sum.Accounts > 0 {
		out += fmt.Sprintf("; %s went on an account, whose prices of then nobody can ask for", say.Many(sum.Accounts, "parcel"))
	}
	if sum.Unanswered > 0 {
		out += fmt.Sprintf("; %s left out, as an account did not answer", say.Many(sum.Unanswered, "parcel"))
	}
	return out
}

// reprice prints what one parcel would have become, and adds it up.
func (f *flags) reprice(d *folder.Folder, p store.Parcel, again rating.Repriced, sum *rating.Sum) error {
	left := sum.Accounts + sum.Unanswered
	why := sum.Add(p, again)
	line := repriced{
		Parcel: p.Called(), Closed: p.Closed.In(d.Location()).Format("2006-01-02 15:04"), Then: way{p.Carrier, p.Service, p.Price}, Reason: why,
	}
	words := fmt.Sprintf("%-12s %-16s %10s", line.Parcel, p.Service, p.Price)
	q := again.Chosen
	if !q.Chosen || sum.Accounts+sum.Unanswered > left {
		return f.print(line, "%s  %s", words, why)
	}
	line.Now, line.Reason = &way{q.Carrier, q.Service, q.Price}, q.Reason
	if why == "" {
		saved := p.Price.Minor - q.Price.Minor
		line.Saved = &saved
		why = q.Reason
	}
	return f.print(line, "%s → %-16s %10s  %s", words, q.Service, q.Price, why)
}

// cardsOf reads a file of rates.
func (f *flags) cardsOf(ctx context.Context, d *folder.Folder, file string) (carrier.Cards, error) {
	info, err := os.Stat(file)
	if err != nil {
		return carrier.Cards{}, err
	}
	if info.Size() > carrier.MaxFile {
		return carrier.Cards{}, fmt.Errorf("%s is larger than %d MB", filepath.Base(file), carrier.MaxFile>>20)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return carrier.Cards{}, err
	}
	cards, read, err := upkeep.New(d).Cards(ctx, data, filepath.Base(file))
	if err == nil && len(cards.Carriers) == 0 {
		err = fmt.Errorf("%s: %d rows are wrong: packctl import rates says which", filepath.Base(file), len(read.Rejected))
	}
	return cards, err
}
