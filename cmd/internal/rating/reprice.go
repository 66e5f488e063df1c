package rating

import (
	"context"
	"errors"

	"packbench/station/carrier"
	"packbench/station/store"
)

// Repriced is what a parcel of the past would have become.
type Repriced struct {
	Chosen carrier.Quote // the zero value where nothing takes it
	Why    string        // it has no choice now
}

// Reprice chooses again for a parcel of the past, with other rate cards and the shop's
// rules of today, as on the day that it was packed. It writes nothing.
func (r Reader) Reprice(ctx context.Context, p store.Parcel, cards carrier.Cards) (Repriced, error) {
	o, err := r.Store.Order(ctx, p.Order)
	switch {
	case errors.Is(err, store.ErrUnknown):
		return Repriced{Why: "the order is gone"}, nil
	case err != nil:
		return Repriced{}, err
	case o.To.Country == "":
		return Repriced{Why: "the address is erased"}, nil
	}
	_, parcel, err := r.Parcel(ctx, o, Box{Contents: p.Contents, Carton: p.Carton, Mass: p.Mass, At: p.Closed})
	if err != nil {
		return Repriced{}, err
	}
	parcel.Numbers = nil // there were enough
	for _, q := range carrier.Quotes(cards, parcel) {
		if q.Chosen {
			return Repriced{Chosen: q}, nil
		}
	}
	return Repriced{Why: "no service takes it"}, nil
}

// With are the shop's cards with others in place of those of the same carriers. Of each
// service of the others the newest version counts, as if it had begun long ago: a price
// list of next year is tried on the parcels of this one.
func (r Reader) With(ctx context.Context, others carrier.Cards) (carrier.Cards, error) {
	cards, _, err := r.Catalogue(ctx)
	if err != nil || len(others.Carriers) == 0 {
		return cards, err
	}
	for i := range others.Carriers {
		c := &others.Carriers[i]
		var newest []carrier.Service
		for _, s := range c.Services {
			at := -1
			for j := range newest {
				if newest[j].ID == s.ID {
					at = j
				}
			}
			switch {
			case at < 0:
				newest = append(newest, s)
			case s.From >= newest[at].From:
				newest[at] = s
			}
		}
		for j := range newest {
			newest[j].From = ""
		}
		c.Services = newest
	}
	return carrier.Merge(cards, others)
}
