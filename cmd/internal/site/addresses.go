package site

import (
	"context"
	"strings"

	"packbench/station/store"
)

// Address is where the pages of a parcel are read.
type Address struct {
	Order, Parcel, SSCC   string
	Page, Outside, Return string
	Read                  bool // the buyer's page is there
}

// Addresses returns those of the parcels of one order, or of all that have pages.
func (s *Site) Addresses(ctx context.Context, number string) (out []Address, err error) {
	set, err := s.Set()
	if err != nil {
		return nil, err
	}
	if set.URL == "" {
		return nil, ErrOff
	}
	if err := s.Store.CatchUp(ctx); err != nil {
		return nil, err
	}
	since := s.Time().AddDate(0, 0, -set.Days)
	all, err := s.Store.Sent(ctx, since)
	if err != nil {
		return nil, err
	}
	pages, err := s.Store.SitePages(ctx, since)
	if err != nil {
		return nil, err
	}
	named := map[string]string{}
	for _, p := range pages {
		if !p.Gone {
			named[key(p.Kind, p.Of)] = Link(set, p.Token)
		}
	}
	links, _, err := s.Links(ctx)
	for _, o := range sorted(all) {
		for _, p := range o.parcels {
			if page := named[key(store.PageParcel, p.SSCC)]; page != "" && (number == "" || strings.EqualFold(number, o.number) || number == o.id) {
				out = append(out, Address{o.number, p.ID, p.SSCC, page, named[key(store.PageOutside, p.SSCC)], named[key(store.PageReturn, o.id)], links[p.SSCC] != ""})
			}
		}
	}
	return out, err
}
