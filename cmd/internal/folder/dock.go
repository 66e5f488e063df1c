package folder

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/store"
)

// OnDock returns the closed parcels that no van has taken: all, or those for a
// carrier or a lane, by its id or name in any case. A name that nobody has is an
// error in words.
func (f *Folder) OnDock(ctx context.Context, who string) ([]store.Parcel, error) {
	if err := f.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	all, err := f.Store.ParcelsOnDock(ctx, "")
	if err != nil || who == "" {
		return all, err
	}
	if l, ok := f.Lane(who); ok {
		return f.OnLane(ctx, l)
	}
	cards, _, err := f.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	c, known := cards.Called(who)
	if known {
		who = c.ID
	}
	here := slices.DeleteFunc(all, func(p store.Parcel) bool { return p.Carrier != who && (known || p.Carrier != carrier.Slug(who)) })
	if !known && len(here) == 0 { // parcels may outlast the rate card of their carrier
		return nil, fmt.Errorf("there is no carrier or lane called %.40q", who)
	}
	return here, nil
}

// OnLane returns the parcels that wait for the van at a lane.
func (f *Folder) OnLane(ctx context.Context, l config.Lane) ([]store.Parcel, error) {
	waiting, err := f.Store.ParcelsOnDock(ctx, l.Carrier)
	return slices.DeleteFunc(waiting, func(p store.Parcel) bool {
		return len(l.Services) > 0 && !slices.Contains(l.Services, p.Service)
	}), err
}

// Lane finds a lane of the dock by its id.
func (f *Folder) Lane(id string) (config.Lane, bool) {
	i := slices.IndexFunc(f.Settings.Lanes, func(l config.Lane) bool { return strings.EqualFold(l.ID, id) })
	if i < 0 {
		return config.Lane{}, false
	}
	return f.Settings.Lanes[i], true
}
