package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"packbench/station/pack"
	"packbench/station/say"
	"packbench/station/screen"
	"packbench/station/store"
)

// dueShown bounds what the idle page counts.
const dueShown = 5000

// Day is what the idle page tells of today.
type Day struct {
	Counts screen.Counts
	Last   *screen.LastParcel
}

// Names returns the words for the ids that a screen may show.
func (d Desk) Names(ctx context.Context) (say.Names, error) {
	if d.names != nil {
		return d.names, nil
	}
	names, _, err := d.People(ctx)
	return names, err
}

// People returns those words, and the language that each person reads.
func (d Desk) People(ctx context.Context) (say.Names, map[string]string, error) {
	names, read := say.Names{}, map[string]string{}
	people, err := d.Store.People(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, p := range people {
		names[p.ID], read[p.ID] = p.Name, p.Lang
	}
	cards, _, err := d.Catalogue(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range cards.Carriers {
		names[c.ID] = c.Name
		for _, s := range c.Services {
			names[s.ID] = c.Name + " " + s.Name
		}
	}
	return names, read, nil
}

// Today counts the day of a station: what is due, what is done.
func (d Desk) Today(ctx context.Context, station string) (Day, error) {
	now := d.Clock().In(d.Location())
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	tomorrow := midnight.AddDate(0, 0, 1)
	var day Day
	due, err := d.Store.DueOrders(ctx, station, dueShown)
	if err != nil {
		return day, err
	}
	cutoffs := map[time.Time]screen.Cutoff{}
	for _, o := range due {
		if o.ShipBy.IsZero() { // many shops name no day: it waits all the same
			day.Counts.Due++
			continue
		}
		if !o.ShipBy.Before(tomorrow) {
			continue
		}
		c := cutoffs[o.ShipBy]
		c.Open++
		cutoffs[o.ShipBy] = c
		day.Counts.Due++
	}
	closed, err := d.Store.ParcelsClosed(ctx, midnight, tomorrow)
	if err != nil {
		return day, err
	}
	day.parcels(closed, station)
	done, err := d.Store.ProgressBetween(ctx, midnight, tomorrow)
	if err != nil {
		return day, err
	}
	for _, p := range done {
		if p.State != store.ProgressClosed && p.State != store.ProgressShort {
			continue
		}
		day.Counts.Done++
		at, err := d.shipBy(ctx, p.Order)
		if err != nil {
			return day, err
		}
		if c, due := cutoffs[at]; due || at.After(midnight) && at.Before(tomorrow) {
			c.Done++
			cutoffs[at] = c
		}
	}
	for at, c := range cutoffs {
		c.At = at
		day.Counts.Cutoffs = append(day.Counts.Cutoffs, c)
	}
	slices.SortFunc(day.Counts.Cutoffs, func(a, b screen.Cutoff) int { return a.At.Compare(b.At) })
	return day, nil
}

// shipBy remembers when closed orders had to leave; it no longer changes.
func (d Desk) shipBy(ctx context.Context, order string) (time.Time, error) {
	if at, ok := d.Left.Load(order); ok {
		return at.(time.Time), nil
	}
	o, err := d.Store.Order(ctx, order)
	if errors.Is(err, store.ErrUnknown) {
		return time.Time{}, nil
	}
	if err == nil {
		d.Left.Store(order, o.ShipBy)
	}
	return o.ShipBy, err
}

// parcels counts the parcels that the station closed today.
func (day *Day) parcels(closed []store.Parcel, station string) {
	for _, p := range closed {
		if p.Station != station || p.State == pack.ParcelVoided {
			continue
		}
		day.Counts.Parcels++
		day.Last = &screen.LastParcel{ID: p.Called(), Order: p.OrderCalled(), Service: p.Service, At: p.Closed}
	}
}
