package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"packbench/cmd/internal/carriers"
	"packbench/cmd/internal/carriers/dryrun"
	"packbench/cmd/internal/effects"
	"packbench/cmd/internal/folder"
	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/pack"
	"packbench/station/store"
	"packbench/station/unit"
)

// service is what one service asks, as it is printed.
type service struct {
	Service     string         `json:"service"`
	Carrier     string         `json:"carrier"`
	Price       unit.Money     `json:"price"`
	Breakdown   []carrier.Term `json:"breakdown"`
	Promise     string         `json:"promise"`
	Reliability int            `json:"reliability"` // per mille on time
	Allowed     bool           `json:"allowed"`
	Score       carrier.Score  `json:"score"`
	Chosen      bool           `json:"chosen"`
	Reason      string         `json:"reason"`
	Source      string         `json:"source"` // card, or the id of an account
	Rules       []string       `json:"rules,omitempty"`
	QuoteID     string         `json:"quote_id,omitempty"`
	Expires     *time.Time     `json:"expires,omitempty"`
	Late        bool           `json:"late,omitempty"` // the account did not answer in time
}

// runQuote asks every service for a parcel of an order.
func runQuote(ctx context.Context, f *flags) error {
	order := f.String("order", "", "order")
	weight := f.String("weight", "", "gross mass, such as 1.2kg")
	carton := f.String("carton", "", "carton; without one sizes are not compared")
	atText := f.String("at", "", "time; now by default")
	last := f.Int("last", 0, "price the parcels of so many days again")
	rates := f.String("rates", "", "with --last: a file of rates that is tried beside the shop's own")
	accounts := f.String("account", "", "with --last: accounts that are asked beside the rate cards, with commas between; nothing is bought")
	most := f.Int("most", dryrun.Most, "with --account: ask about so many parcels at most, spread over the time")
	if err := f.readAlone(); err != nil {
		return err
	}
	switch {
	case f.given("last") && (*order != "" || *weight != "" || *carton != "" || *atText != ""):
		return usagef("--last goes with --rates and --account alone")
	case f.given("last"):
		return f.quoteLast(ctx, past{days: *last, rates: *rates, accounts: *accounts, most: *most})
	case *rates != "" || *accounts != "":
		return usagef("--rates and --account go with --last")
	}
	if *order == "" || *weight == "" {
		return usagef("--order and --weight are needed")
	}
	mass, err := unit.ParseMass(*weight)
	if err != nil {
		return usagef("%v", err)
	}
	if mass <= 0 {
		return usagef("--weight %s: a parcel weighs more than nothing", *weight)
	}
	return f.within(ctx, func(d *folder.Folder) error {
		at := f.clock()
		if *atText != "" {
			if at, err = parseAt(*atText, at, d.Location()); err != nil {
				return usagef("%v", err)
			}
		}
		quotes, err := quoted(ctx, d, *order, *carton, mass, at)
		for i := 0; i < len(quotes) && err == nil; i++ {
			err = f.printQuote(quotes[i])
		}
		return err
	})
}

// quoted asks every service for a parcel of an order.
func quoted(ctx context.Context, d *folder.Folder, order, carton string, mass unit.Mass, at time.Time) ([]carrier.Quote, error) {
	o, err := d.OrderCalled(ctx, order)
	if errors.Is(err, store.ErrUnknown) {
		return nil, fmt.Errorf("there is no order %s here", order)
	}
	if err != nil {
		return nil, err
	}
	if carton != "" {
		if _, err := d.Store.Carton(ctx, carton); errors.Is(err, store.ErrUnknown) {
			return nil, fmt.Errorf("there is no carton %s", carton)
		} else if err != nil {
			return nil, err
		}
	}
	c := carriers.New(d, d.Settings.Station, effects.OwnRanges(d, d.Settings.Station))
	quotes, err := c.Quote(ctx, effects.Wish{Order: o, Contents: wholeOrder(o), Carton: carton, Mass: mass, At: at})
	if err == nil && len(quotes) == 0 {
		err = errors.New("there are no rate cards yet: import some first, or add an account (packctl carrier add)")
	}
	return quotes, err
}

// wholeOrder is a parcel that holds all of an order.
func wholeOrder(o station.Order) (all []pack.Content) {
	for _, l := range o.Lines {
		if l.Kind == station.Goods && l.Qty > 0 {
			all = append(all, pack.Content{Line: l.ID, SKU: l.SKU, Qty: l.Qty})
		}
	}
	return all
}

func (f *flags) printQuote(q carrier.Quote) error {
	s := service{
		Service: q.Service, Carrier: q.Carrier, Price: q.Price, Breakdown: append([]carrier.Term{}, q.Breakdown...), Reliability: q.Reliability,
		Allowed: q.Allowed, Score: q.Score, Chosen: q.Chosen, Reason: q.Reason,
		Source: q.Source, Rules: q.Rules, QuoteID: q.QuoteID, Late: q.Unanswered,
	}
	if !q.Expires.IsZero() {
		s.Expires = &q.Expires
	}
	if !q.Promise.IsZero() {
		s.Promise = q.Promise.Format(time.DateOnly)
	}
	s.Score.Terms = append([]carrier.Term{}, s.Score.Terms...) // [] where there are none
	mark, price := " ", q.Price.String()
	if q.Chosen {
		mark = "✔"
	}
	if !q.Allowed {
		price = "-"
	}
	return f.print(s, "%s %-16s %10s  %-10s  %s", mark, q.Service, price, s.Promise, q.Reason)
}

// parseAt reads RFC 3339, a day with a time or without, or a time of today, in
// the shop's zone.
func parseAt(text string, now time.Time, loc *time.Location) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, loc); err == nil {
			return t, nil
		}
	}
	for _, layout := range []string{"15:04:05", "15:04"} {
		if t, err := time.ParseInLocation(layout, text, loc); err == nil {
			y, m, day := now.In(loc).Date()
			return time.Date(y, m, day, t.Hour(), t.Minute(), t.Second(), 0, loc), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q is not a time: write 2026-11-22T14:30:00 or 14:30", text)
}
