package bench

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/store"
)

// handover looks up the carrier that comes, or those that have parcels on the
// dock.
func (r *resolver) handover(ctx context.Context, s pack.State, c pack.Command) (pack.Command, error) {
	id := c.Value
	if err := r.Store.CatchUp(ctx); err != nil {
		return c, err
	}
	vans, err := r.Store.Dock(ctx)
	if err != nil {
		return c, err
	}
	if id == "" && s.Loading != nil {
		id = cmp.Or(s.Loading.Lane, s.Loading.Carrier)
	}
	if id == "" {
		c.Vans, err = r.vansToOffer(ctx, vans)
		return c, err
	}
	if lane, ok := r.lane(id); ok {
		return r.laneVan(ctx, c, lane)
	}
	cards, _, err := r.catalogue(ctx)
	if err != nil {
		return c, err
	}
	i := slices.IndexFunc(cards.Carriers, func(k carrier.Carrier) bool { return strings.EqualFold(k.ID, id) || strings.EqualFold(k.Name, id) })
	if i >= 0 {
		id = cards.Carriers[i].ID
		c.Van = &pack.Van{Carrier: id}
		if c.Value != "" {
			c.Value = id
		}
	}
	for _, v := range vans {
		if v.Carrier == id {
			c.Van = &v
		}
	}
	return c, nil
}

// vansToOffer lists the vans that may be at the dock: each carrier's that has
// parcels there, by its name, and behind it those of its lanes that have some.
func (r *resolver) vansToOffer(ctx context.Context, waiting []pack.Van) ([]pack.Van, error) {
	cards, _, err := r.catalogue(ctx)
	if err != nil {
		return nil, err
	}
	var vans []pack.Van
	for _, v := range waiting {
		if i := slices.IndexFunc(cards.Carriers, func(k carrier.Carrier) bool { return k.ID == v.Carrier }); i >= 0 {
			v.Name = cards.Carriers[i].Name
		}
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
	return vans[:min(len(vans), proposals)], nil
}

// forVan claims a parcel that is scanned at a van, so that two benches that load
// at once never both take it, nor one takes what the other opens again; a
// parcel that another has says where it is. What the van does not take is not
// claimed.
func (r *resolver) forVan(ctx context.Context, s pack.State, p pack.ParcelRef) (pack.ParcelRef, error) {
	l := s.Loading
	if l == nil || s.Phase != pack.Idle || p.State != pack.ParcelClosed || !l.Takes(p) {
		return r.placed(ctx, p)
	}
	for range 2 {
		mine, err := r.Store.ClaimFromDock(ctx, p, l.Manifest)
		if err != nil || mine {
			return p, err
		}
		freed, err := r.freed(ctx, r.station, p)
		if err != nil {
			return p, err
		}
		if freed {
			continue
		}
		gone := p
		gone.State = pack.ParcelHandedOut
		if gone, err = r.placed(ctx, gone); err != nil || gone.Place != nil {
			return gone, err
		}
		now, err := r.Store.ParcelBySSCC(ctx, p.SSCC)
		if err != nil || now.State != pack.ParcelClosed {
			return now.Ref(), err
		}
		// Whoever had it gave it back between the two questions.
	}
	p.State = pack.ParcelHandedOut
	return p, nil
}

// chosen is the answer to a question. Where it means a parcel at a van, the parcel
// is looked up and claimed now: those that were not chosen stay on the dock.
func (r *resolver) chosen(ctx context.Context, s pack.State, c pack.Command) (pack.Command, error) {
	if s.Question == nil || s.Loading == nil || s.Phase != pack.Idle {
		return c, nil
	}
	i := slices.IndexFunc(s.Question.Choices, func(choice pack.Choice) bool { return choice.N == c.N })
	if i < 0 || s.Question.Choices[i].Meaning == nil || s.Question.Choices[i].Meaning.Parcel == nil {
		return c, nil
	}
	if err := r.Store.CatchUp(ctx); err != nil {
		return c, err
	}
	p, err := r.Store.ParcelBySSCC(ctx, s.Question.Choices[i].Meaning.Parcel.SSCC)
	if errors.Is(err, store.ErrUnknown) { // of an order that is parked here, still without its label's row
		return c, nil
	}
	if err != nil {
		return c, err
	}
	ref, err := r.placed(ctx, p.Ref())
	if err != nil {
		return c, err
	}
	ref, err = r.forVan(ctx, s, ref)
	c.Parcel = &ref
	return c, err
}

// freed gives up the claim of a van that has not loaded the parcel after all,
// because the program of its bench has ended or begun anew, and tells whether it
// did. Nobody starts that bench meanwhile, so that it cannot load it now.
func (d *Data) freed(ctx context.Context, station string, p pack.ParcelRef) (bool, error) {
	place, err := d.Store.PlaceOf(ctx, p)
	if errors.Is(err, store.ErrUnknown) || err == nil && place.Manifest == "" {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if place.Station != station {
		release, err := store.LockStation(d.Dir, place.Station)
		if err != nil {
			return false, nil // somebody works there, or nobody can tell
		}
		defer release()
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return false, err
	}
	if now, err := d.Store.ParcelBySSCC(ctx, p.SSCC); err != nil || now.State != pack.ParcelClosed {
		return false, err // it is in that van, whether somebody works there or not
	}
	return true, d.Store.LeaveOnDock(ctx, p.SSCC, place.Manifest)
}

// placed finds out where a parcel is that has gone from the dock and perhaps
// not from the house.
func (d *Data) placed(ctx context.Context, p pack.ParcelRef) (pack.ParcelRef, error) {
	if p.State != pack.ParcelHandedOut {
		return p, nil
	}
	if err := d.Store.CatchUp(ctx); err != nil {
		return p, err
	}
	place, err := d.Store.PlaceOf(ctx, p)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return p, nil
	case err != nil:
		return p, err
	}
	p.Place, p.State = &place, place.State()
	return p, nil
}

// lane finds a lane of the dock by its id.
func (d *Data) lane(id string) (config.Lane, bool) {
	i := slices.IndexFunc(d.Settings.Lanes, func(l config.Lane) bool { return strings.EqualFold(l.ID, id) })
	if i < 0 {
		return config.Lane{}, false
	}
	return d.Settings.Lanes[i], true
}

// laneVan is the van at a lane, with what waits for it.
func (r *resolver) laneVan(ctx context.Context, c pack.Command, l config.Lane) (pack.Command, error) {
	c.Van = &pack.Van{Carrier: l.Carrier, Lane: l.ID, Services: l.Services}
	if c.Value != "" {
		c.Value = l.ID
	}
	waiting, err := r.onLane(ctx, l)
	c.Van.Dock = len(waiting)
	return c, err
}

// reprintsOf looks up how often the list of a van that left was printed again; -1
// for one that nobody knows.
func (r *resolver) reprintsOf(ctx context.Context, manifest string) (int, error) {
	if err := r.Store.CatchUp(ctx); err != nil {
		return 0, err
	}
	m, err := r.Store.Manifest(ctx, manifest)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return -1, nil
	case err == nil && !m.Gone:
		return -1, nil
	}
	return m.Reprints, err
}

// longestName is what a driver's name may have in letters: what a list has room
// for.
const longestName = 60

// driver keeps the driver's name aside, because the journal holds no names: the
// command has its keyed hash. Writing it again changes nothing. Of a name that is
// too long the command has its length alone.
func (r *resolver) driver(ctx context.Context, c pack.Command) (pack.Command, error) {
	name := c.Value
	c.Value = ""
	name = strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsPrint(c) {
			return c
		}
		return -1 // nobody sees it on the list, or it turns the line round
	}, strings.ToValidUTF8(name, "\uFFFD"))
	name = strings.Join(strings.Fields(name), " ")
	if n := utf8.RuneCountInString(name); n > longestName {
		c.Reason, c.N = pack.NameTooLong, n
		return c, nil
	}
	if name == "" {
		return c, nil
	}
	c.Value = r.keyed("driver", name)
	return c, r.Store.PutDriver(ctx, c.Value, name)
}
