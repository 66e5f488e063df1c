package lookup

import (
	"cmp"
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/lookup/sold"
	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"
)

// handover looks up the carrier that comes, or those that have parcels on the
// dock.
func (r *Resolver) handover(ctx context.Context, s pack.State, c pack.Command) (pack.Command, error) {
	id := c.Value
	if err := r.Store.CatchUp(ctx); err != nil {
		return c, err
	}
	vans, err := r.Store.Dock(ctx)
	if err != nil {
		return c, err
	}
	if id == "" && s.Loading != nil {
		return r.fullVan(ctx, *s.Loading, c)
	}
	if id == "" {
		c.Vans, err = r.vansToOffer(ctx, vans)
		return c, err
	}
	if lane, ok := r.Lane(id); ok {
		return r.laneVan(ctx, c, lane)
	}
	cards, _, err := r.Catalogue(ctx)
	if err != nil {
		return c, err
	}
	if k, ok := cards.Called(id); ok {
		id = k.ID
		c.Van = &pack.Van{Carrier: id}
		if c.Value != "" {
			c.Value = id
		}
	}
	for _, v := range vans {
		if v.Carrier == id || c.Van == nil && v.Carrier == carrier.Slug(id) {
			c.Van = &v
		}
	}
	return c, nil
}

// fullVan looks up what is left for a van, and what its carrier will not know.
func (r *Resolver) fullVan(ctx context.Context, l pack.Loading, c pack.Command) (pack.Command, error) {
	named := pack.Command{Name: c.Name, Value: cmp.Or(l.Lane, l.Carrier)}
	named, err := r.handover(ctx, pack.State{}, named)
	if err != nil {
		return c, err
	}
	if c.Van = named.Van; c.Van == nil {
		c.Van = &pack.Van{Carrier: l.Carrier}
	}
	c.Van.Sold, c.Van.Strangers, err = sold.Aboard(ctx, r.Store, l)
	return c, err
}

// vansToOffer lists the vans that may be at the dock: each carrier's that has
// parcels there, by its name, and behind it those of its lanes that have some.
func (r *Resolver) vansToOffer(ctx context.Context, waiting []pack.Van) ([]pack.Van, error) {
	cards, _, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var vans []pack.Van
	for _, v := range waiting {
		v.Name = cards.NameOf(v.Carrier)
		vans = append(vans, v)
		for _, l := range r.Settings.Lanes {
			if l.Carrier != v.Carrier {
				continue
			}
			c, err := r.laneVan(ctx, pack.Command{}, l)
			if err != nil {
				return nil, err
			}
			if c.Van.Name = v.Name; c.Van.Dock > 0 {
				vans = append(vans, *c.Van)
			}
		}
	}
	return vans[:min(len(vans), folder.Proposals)], nil
}

// Placed finds out where a parcel is that has gone from the dock and perhaps
// not from the house.
func (d Reader) Placed(ctx context.Context, p pack.ParcelRef) (pack.ParcelRef, error) {
	if p.State != pack.ParcelHandedOut {
		return p, nil
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return p, err
	}
	place, known, err := store.Known(d.Store.PlaceOf(ctx, p))
	if err != nil || !known {
		return p, err
	}
	p.Place, p.State = &place, place.State()
	return p, nil
}

// laneVan is the van at a lane, with what waits for it.
func (r *Resolver) laneVan(ctx context.Context, c pack.Command, l config.Lane) (pack.Command, error) {
	c.Van = &pack.Van{Carrier: l.Carrier, Lane: l.ID, Services: l.Services}
	if c.Value != "" {
		c.Value = l.ID
	}
	waiting, err := r.OnLane(ctx, l)
	c.Van.Dock = len(waiting)
	return c, err
}

// ReprintsOf looks up how often the list of a van that left was printed again; -1
// for one that nobody knows.
func (r *Resolver) ReprintsOf(ctx context.Context, manifest string) (int, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return 0, err
	}
	m, _, err := store.Known(r.Store.Manifest(ctx, manifest))
	if err == nil && !m.Gone {
		return -1, nil
	}
	return m.Reprints, err
}

// LongestName is what a driver's name may have in letters: what a list has room
// for.
const LongestName = 60

// Driver puts the driver's name aside, because the journal holds no names: the
// command has its keyed hash. Of a name that is too long it has its length alone.
func (r *Resolver) Driver(c pack.Command) pack.Event {
	name := c.Value
	c.Value = ""
	name = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsPrint(c) {
			return c
		}
		return -1 // nobody sees it on the list, or it turns the line round
	}, strings.ToValidUTF8(name, "\uFFFD"))
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n > LongestName {
		c.Reason, c.N = pack.NameTooLong, n
		return c
	}
	if name == "" {
		return c
	}
	c.Value = r.Keyed("driver", name)
	return engine.Aside{Event: c, Key: c.Value, Text: name}
}
