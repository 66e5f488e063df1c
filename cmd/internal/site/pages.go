package site

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"packbench/station"
	"packbench/station/carrier"
	"packbench/station/config"
	"packbench/station/pack"
	"packbench/station/phrases"
	"packbench/station/site"
	"packbench/station/store"
	"packbench/station/track"
)

// page is one that is wanted.
type page struct {
	name  string
	basis string // what it is drawn of: another basis is another page
	draw  func(ctx context.Context) ([]byte, error)
}

// wanted are the pages that should be there, the forms first: others lead to them.
type wanted struct {
	pages []page
	names map[string]bool
	gone  []store.SitePage // that should not be there any more, and are
	back  []store.SitePage // that are wanted again
}

// gather finds out which pages should be there at a time.
func (s *Site) gather(ctx context.Context, set config.Site, now time.Time) (out wanted, err error) {
	since := now.AddDate(0, 0, -set.Days)
	all, err := s.Store.Sent(ctx, since)
	if err != nil {
		return out, err
	}
	orders := sorted(all)
	g := gathering{Site: s, set: set, shop: s.Shop(now), now: now}
	if g.cards, _, err = s.Catalogue(ctx); err == nil {
		g.named, err = g.name(ctx, orders, since)
	}
	if err != nil {
		return out, err
	}
	out.names = map[string]bool{}
	add := func(p page, err error) error {
		out.pages, out.names[p.name] = append(out.pages, p), true
		return err
	}
	for _, o := range orders {
		form := ""
		if until := g.until(o); g.forms(o, until) {
			form = Link(set, g.named[key(store.PageReturn, o.id)].Token)
			if err := add(g.form(o, until)); err != nil {
				return out, err
			}
		}
		for i, p := range o.parcels {
			for _, kind := range []store.PageKind{store.PageParcel, store.PageOutside} {
				if err := add(g.parcel(ctx, o, i, kind, form)); err != nil {
					return out, err
				}
			}
			if s.traces(set) {
				at, err := g.parcel(ctx, o, i, store.PageOutside, "")
				at.name = "00/" + p.SSCC + "/index.html"
				if err := add(at, err); err != nil {
					return out, err
				}
			}
		}
	}
	for _, p := range g.named {
		switch there := out.names[fileOf(p.Token)]; {
		case there && p.Gone:
			out.back = append(out.back, p)
		case !there && !p.Gone:
			out.gone = append(out.gone, p)
		}
	}
	return out, nil
}

// order is an order with those of its parcels that have a page.
type order struct {
	id, number string
	whole      bool
	to         station.Address
	parcels    []store.Sent
}

// sorted puts parcels to their orders. Those that are void, opened again, or of an order that
// is cancelled and still here have no page.
func sorted(all []store.Sent) (out []*order) {
	by := map[string]*order{}
	for _, p := range all {
		here := p.State == pack.ParcelClosed
		if !here && p.State != pack.ParcelHandedOut || here && p.Status == station.OrderCancelled {
			continue
		}
		o := by[p.Order]
		if o == nil {
			o = &order{id: p.Order, number: cmp.Or(p.Number, p.Order), whole: p.Whole, to: p.To}
			by[p.Order] = o
			out = append(out, o)
		}
		o.parcels = append(o.parcels, p)
	}
	return out
}

// place says which of how many parcels of an order one is; 0: nobody knows how many yet.
func (o *order) place(i int) (n, of int) {
	if o.whole {
		of = len(o.parcels)
	}
	return i + 1, of
}

// Place says which of how many parcels of its order the i-th of all is.
func Place(all []store.Sent, i int) (n, of int) {
	mine := slices.DeleteFunc(slices.Clone(all), func(p store.Sent) bool { return p.Order != all[i].Order })
	for _, o := range sorted(mine) {
		return o.place(slices.IndexFunc(o.parcels, func(p store.Sent) bool { return p.SSCC == all[i].SSCC }))
	}
	return 0, 0
}

func key(kind store.PageKind, of string) string { return string(kind) + " " + of }

// name gives the pages that have none a name, durably before anybody can hear of it.
func (g gathering) name(ctx context.Context, orders []*order, since time.Time) (map[string]store.SitePage, error) {
	read := func() (map[string]store.SitePage, error) {
		pages, err := g.Store.SitePages(ctx, since)
		out := make(map[string]store.SitePage, len(pages))
		for _, p := range pages {
			out[key(p.Kind, p.Of)] = p
		}
		return out, err
	}
	named, err := read()
	if err != nil {
		return nil, err
	}
	var fresh []store.SitePage
	want := func(kind store.PageKind, of, order string) {
		if _, has := named[key(kind, of)]; !has {
			fresh = append(fresh, store.SitePage{Kind: kind, Of: of, Token: site.Token(), Order: order, Made: g.now})
		}
	}
	for _, o := range orders {
		if g.forms(o, g.until(o)) {
			want(store.PageReturn, o.id, o.id)
		}
		for _, p := range o.parcels {
			want(store.PageParcel, p.SSCC, o.id)
			want(store.PageOutside, p.SSCC, o.id)
		}
	}
	if len(fresh) == 0 {
		return named, nil
	}
	if err := g.Store.PutSitePages(ctx, fresh); err != nil {
		return nil, err
	}
	return read()
}

// Shop is who sends, as buyers read it.
func (s *Site) Shop(now time.Time) site.Shop {
	sender := s.Sender()
	return site.Shop{Name: cmp.Or(sender.Company, sender.Name), Email: sender.Email, Phone: sender.Phone, Zone: s.Location(), Now: now}
}

// gathering is what all pages of a round share.
type gathering struct {
	*Site
	set   config.Site
	shop  site.Shop
	named map[string]store.SitePage
	now   time.Time
	cards carrier.Cards
}

// basis is short for all that a page is drawn of, but for the time at which that is done.
func (g gathering) basis(in phrases.Language, of any) (string, error) {
	shop := g.shop
	shop.Now, shop.Zone = time.Time{}, nil
	data, err := json.Marshal([]any{site.Version(), in.Tag(), shop, g.Location().String(), of})
	sum := sha256.Sum256(data)
	return base64.RawStdEncoding.EncodeToString(sum[:15]), err
}

func (g gathering) parcel(ctx context.Context, o *order, i int, kind store.PageKind, form string) (page, error) {
	sent := o.parcels[i]
	p := g.About(sent, g.cards)
	p.Form, p.Gone = form, sent.Closed.AddDate(0, 0, g.set.Days)
	p.N, p.Of = o.place(i)
	if form != "" {
		p.ReturnBy = g.until(o)
	}
	counted, err := g.counts(ctx, sent.Contents)
	if err != nil {
		return page{}, err
	}
	p.Scanned = !counted
	in, draw := g.BuyerWords(o.to), site.Page
	if kind == store.PageOutside {
		in, draw = g.LabelWords(o.to), site.Outside
		p = site.Parcel{SSCC: p.SSCC, Carrier: p.Carrier, Service: p.Service, Handed: p.Handed, State: outside(p), Gone: p.Gone}
	}
	basis, err := g.basis(in, p)
	return page{fileOf(g.named[key(kind, sent.SSCC)].Token), basis, func(context.Context) ([]byte, error) { return draw(p, g.shop, in) }}, err
}

// outside is what a page that everybody reads has to know of where a parcel is: whether it
// left, where nobody here saw that.
func outside(p site.Parcel) track.State {
	if p.Handed.IsZero() && p.State != "" && p.State.Scanned() {
		return track.Accepted
	}
	return track.Unknown
}

// About is what is known of a parcel, as its buyer may hear it.
func (s *Site) About(p store.Sent, cards carrier.Cards) site.Parcel {
	c, _ := cards.Carrier(p.Carrier)
	service, _ := c.Service(p.Service)
	out := site.Parcel{
		Order: cmp.Or(p.Number, p.Order), SSCC: p.SSCC, Packed: p.Closed, Weighed: p.Weighed,
		Carrier: cmp.Or(c.Name, carrier.Named(p.Carrier)), Service: service.Name, Tracking: p.Tracking, Handed: p.Handed,
		Promised: p.Promised, State: p.Track, StateAt: p.TrackAt, Heard: p.Heard, Until: p.Until, Late: s.Late(p),
	}
	if !p.Promised.IsZero() {
		out.Since = p.Closed // it is frozen then
	}
	for _, c := range p.Contents {
		out.Pieces += c.Qty
	}
	return out
}

// Late reports whether a parcel that was handed over has not come on the day that it was
// promised for.
func (s *Site) Late(p store.Sent) bool {
	if p.Promised.IsZero() || !left(p) || p.Track.Ends() || p.Track == track.ReadyForPickup {
		return false
	}
	y, m, d := s.Time().In(s.Location()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).After(p.Promised)
}

// counts reports whether contents hold a product that may be counted instead of scanned.
func (s *Site) counts(ctx context.Context, contents []pack.Content) (bool, error) {
	version, err := s.Store.CatalogueVersion(ctx)
	if err != nil {
		return false, err
	}
	if s.counted == nil || s.version != version {
		s.counted, s.version = map[string]bool{}, version
	}
	for _, c := range contents {
		counted, known := s.counted[c.SKU]
		if !known {
			p, err := s.Store.Product(ctx, c.SKU)
			if err != nil && !errors.Is(err, store.ErrUnknown) {
				return false, err
			}
			counted = p.Count
			s.counted[c.SKU] = counted
		}
		if counted {
			return true, nil
		}
	}
	return false, nil
}

// until is the last day on which something of an order may be sent back, zero where there is
// none: that of its return label.
func (g gathering) until(o *order) time.Time {
	days := g.Settings.Printers.ReturnDays
	if days == 0 {
		return time.Time{}
	}
	return o.parcels[0].Closed.AddDate(0, 0, days)
}

// forms reports whether an order has the form of a return: something of it has left.
func (g gathering) forms(o *order, until time.Time) bool {
	return g.set.Returns != "" && (until.IsZero() || g.now.Before(until.AddDate(0, 0, 1))) &&
		slices.ContainsFunc(o.parcels, left)
}

// left reports whether a parcel is its carrier's, by this shop or by the carrier.
func left(p store.Sent) bool { return !p.Handed.IsZero() || p.Track != "" && p.Track.Scanned() }

func (g gathering) form(o *order, until time.Time) (page, error) {
	sold := map[string]int{}
	for _, p := range o.parcels {
		for _, c := range p.Contents {
			sold[c.SKU] += c.Qty
		}
	}
	r := site.Return{Order: o.number, To: g.set.Returns, Until: until, Gone: o.parcels[0].Closed.AddDate(0, 0, g.set.Days)}
	for _, sku := range slices.Sorted(maps.Keys(sold)) {
		r.Lines = append(r.Lines, site.Sold{SKU: sku, Name: sku, Qty: sold[sku]})
	}
	in := g.BuyerWords(o.to)
	basis, err := g.basis(in, r)
	return page{fileOf(g.named[key(store.PageReturn, o.id)].Token), basis, func(ctx context.Context) ([]byte, error) {
		for i, l := range r.Lines {
			if p, err := g.Store.Product(ctx, l.SKU); err == nil && p.Name != "" {
				r.Lines[i].Name = p.Name
			}
		}
		return site.Form(r, g.shop, in)
	}}, err
}
