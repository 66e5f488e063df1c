package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

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

// quoteLast prices the parcels of the last days again, with the cards of a file beside
// the shop's own. It writes nothing.
func (f *flags) quoteLast(ctx context.Context, days int, file string) error {
	if days < 1 || days > mostDays {
		return usagef("--last takes 1 to %d days", mostDays)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		var others carrier.Cards
		if file != "" {
			var err error
			if others, err = f.cardsOf(ctx, d, file); err != nil {
				return err
			}
		}
		look := rating.NewReader(d)
		cards, err := look.With(ctx, others)
		if err != nil {
			return err
		}
		var sum rating.Sum
		if err := look.Again(ctx, f.clock().AddDate(0, 0, -days), cards, func(p store.Parcel, again rating.Repriced) error {
			return f.reprice(d, p, again, &sum)
		}); err != nil {
			return err
		}
		accounts := ""
		if sum.Accounts > 0 {
			accounts = fmt.Sprintf("; %s went on an account, whose prices of then nobody can ask for", say.Many(sum.Accounts, "parcel"))
		}
		return f.print(sum, "%d parcels, %d of them compared: %d would go another way; paid %s, now %s: %s%s",
			sum.Parcels, sum.Compared, sum.Changed, sum.Then, sum.Now, sum.Less(), accounts)
	})
}

// reprice prints what one parcel would have become, and adds it up.
func (f *flags) reprice(d *folder.Folder, p store.Parcel, again rating.Repriced, sum *rating.Sum) error {
	accounts := sum.Accounts
	why := sum.Add(p, again)
	line := repriced{
		Parcel: p.Called(), Closed: p.Closed.In(d.Location()).Format("2006-01-02 15:04"), Then: way{p.Carrier, p.Service, p.Price}, Reason: why,
	}
	words := fmt.Sprintf("%-12s %-16s %10s", line.Parcel, p.Service, p.Price)
	q := again.Chosen
	if !q.Chosen || sum.Accounts > accounts {
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
