package accountfront

import (
	"context"
	"strconv"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/dryrun"
	"packbench/cmd/internal/rating"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// How many days a dry run goes back, how long it asks, and how many changes it names.
const (
	triedDays = 30
	trying    = 10 * time.Minute
	named     = 6
	reasons   = 2 // of parcels without an answer
)

// try asks an account about the parcels of the last days, beside the rate cards, and says
// what would have gone another way. Nothing is bought.
func (p *Page) try(id string) {
	look, l := rating.NewReader(p.Folder), p.Language()
	heard := func(n, of int) {
		p.Do(func() {
			p.works.Say(id, l.Say("Asking about parcel {n} of {all}…", "n", strconv.Itoa(n), "all", strconv.Itoa(of)))
		})
	}
	p.workFor(trying+time.Minute, id, "Asking about the parcels of the last 30 days…", func(ctx context.Context, all *carriers.Carriers) *screen.ShopCame {
		came, err := tried(ctx, l, look, dryrun.Run{
			Carriers: all, Accounts: []string{id}, Since: look.Clock().AddDate(0, 0, -triedDays), Within: trying, Heard: heard,
		})
		switch {
		case context.Cause(ctx) == context.Canceled:
			return &screen.ShopCame{Words: "Stopped. Nothing was bought"}
		case err != nil:
			return failed(err)
		}
		return came
	})
}

func tried(ctx context.Context, l say.Language, look rating.Reader, run dryrun.Run) (*screen.ShopCame, error) {
	cards, _, err := look.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var rows []string
	said := map[string]bool{}
	sum, all, err := run.Again(ctx, look, cards, func(p store.Parcel, again rating.Repriced, sum *rating.Sum) error {
		changed, left := sum.Changed, sum.Unanswered
		reason := sum.Add(p, again)
		switch {
		case sum.Changed > changed && len(rows) < named:
			rows = append(rows, again.Way(l, p))
		case sum.Unanswered > left && !said[reason] && len(said) < reasons:
			said[reason] = true
			rows = append(rows, p.Called()+": "+reason)
		}
		return nil
	})
	return screen.PastTried{
		Parcels: sum.Parcels, All: all, Compared: sum.Compared, Changed: sum.Changed, Accounts: sum.Accounts, Unanswered: sum.Unanswered,
		Then: sum.Then.String(), Now: sum.Now.String(), Less: sum.Less(), Rows: rows,
	}.Said(l), err
}
