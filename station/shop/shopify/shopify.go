// Package shopify is the client of Shopify shops, by their Admin GraphQL interface. It
// owns what an order of Shopify is to a bench, and what Shopify's answers mean. It must
// not keep anything, wait or repeat: see package shop.
//
//	s, err := shopify.New(shop.Options{URL: "example.myshopify.com", Secret: "shpat_…", Do: web.NewHTTP()})
//
// Options.Set:
//
//	location     where this bench packs: the location's name or id. It may be missing
//	             where the shop has one active location.
//	tote_prefix  tags that begin with it name totes: "tote:" makes T-7 of tote:T-7
//	notes        "off" leaves out the note on the order; otherwise it is a line to confirm
//	unpaid       "pack" packs orders whose payment is pending, as on invoice
//	returns      "yes" tells the shop what came back, as a return of its own
//	refunds      "yes" has the shop pay what is owed
//
// One order of the bench is one order of Shopify, put together from those of its
// fulfillment orders that this location may send now. The id of a line is the id of
// the order's line item, which stays the same while fulfillment orders are held in
// part, moved, split and made again.
package shopify

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Version of the interface that the client is written for. Shopify answers a request
// for a version that has ended as the oldest living one, and says so in a header only.
const Version = "2026-07"

// Shop asks one shop.
type Shop struct {
	id  string
	set map[string]string
	web web.Client
	now func() time.Time

	mu     sync.Mutex
	served string // version that the shop answered by
	batch  int    // orders that are read at once
	bucket bucket // what the shop said last of its allowance
	place  place
	placed time.Time // place was found out

	readings map[string]*reading // that were cut short

	pull sync.Mutex // one reads the changes at a time
	seen memory
	held *file // of a first pull
}

var (
	_ shop.Shop      = (*Shop)(nil)
	_ shop.Catalogue = (*Shop)(nil)
	_ shop.Stock     = (*Shop)(nil)
	_ shop.Returns   = (*Shop)(nil)
	_ shop.Returned  = (*Shop)(nil)
)

// New returns a client. It asks nothing yet. An error says what is wrong with the
// options, in words for the shop's owner.
func New(o shop.Options) (*Shop, error) {
	base, err := address(o.URL)
	if err != nil {
		return nil, err
	}
	token := strings.TrimSpace(o.Secret)
	if token == "" {
		return nil, errors.New("the access token is missing: in Shopify, Settings, Apps, Develop apps, open the app and copy its Admin API access token")
	}
	if strings.ContainsAny(token, " \t\r\n") {
		return nil, errors.New("the access token has a space or a line break in it: copy it again")
	}
	if v := o.Set["notes"]; v != "" && v != "on" && v != "off" {
		return nil, fmt.Errorf("notes is %q: use on or off", v)
	}
	if v := o.Set["unpaid"]; v != "" && v != "hold" && v != "pack" {
		return nil, fmt.Errorf("unpaid is %q: use hold or pack", v)
	}
	s := &Shop{id: o.ID, set: o.Set, now: o.Clock, batch: mostBatch}
	if s.now == nil {
		s.now = time.Now
	}
	do := o.Do
	if do == nil {
		do = web.NewHTTP()
	}
	s.web = web.Client{
		Base: base, Do: do, Clock: s.now,
		Sign: func(r *http.Request, _ []byte) error { r.Header.Set("X-Shopify-Access-Token", token); return nil },
	}
	return s, nil
}

// address makes the address of the interface of what people enter.
func address(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", errors.New("the shop's address is missing, like example.myshopify.com")
	}
	if !strings.Contains(text, "://") {
		if !strings.Contains(text, ".") {
			text += ".myshopify.com"
		}
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil {
		return "", errors.New("the shop's address is not one: enter it like example.myshopify.com")
	}
	if name, ok := strings.CutPrefix(u.Path, "/store/"); ok && u.Hostname() == "admin.shopify.com" {
		name, _, _ = strings.Cut(name, "/")
		u.Host = name + ".myshopify.com"
	}
	local := u.Hostname() == "localhost"
	if ip := net.ParseIP(u.Hostname()); ip != nil {
		local = ip.IsLoopback()
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !local) {
		return "", errors.New("the shop's address has to begin with https://, or the access token could be read on the way")
	}
	return u.Scheme + "://" + u.Host + "/admin/api/" + Version + "/graphql.json", nil
}

// Can tells what Shopify can do.
func (s *Shop) Can() shop.Can {
	return shop.Can{Part: true, Unship: true, Keyed: true, Compare: true, Comes: true}
}

// place is where this bench packs.
type place struct {
	id   string // number of the location; "" for wherever the shop sends from
	none string // why it is not known, in words; "" where it is
}

// takes reports whether what is assigned to a location is packed here.
func (p place) takes(location string) bool { return p.id == "" || p.id == location }

// placeLife is how long the list of locations is believed.
const placeLife = 10 * time.Minute

// where finds out where this bench packs. An id is believed without asking.
func (s *Shop) where(ctx context.Context) (place, error) {
	named := strings.TrimSpace(s.set["location"])
	if id := own(named); id != "" {
		return place{id: id}, nil
	}
	s.mu.Lock()
	known, at := s.place, s.placed
	s.mu.Unlock()
	if !at.IsZero() && s.now().Sub(at) < placeLife {
		return known, nil
	}
	list, err := s.locations(ctx)
	if err != nil {
		return place{}, err
	}
	p := choose(list, named)
	s.mu.Lock()
	s.place, s.placed = p, s.now()
	s.mu.Unlock()
	return p, nil
}

type location struct {
	ID       string
	Name     string
	IsActive bool
}

func (s *Shop) locations(ctx context.Context) ([]location, error) {
	var out struct{ Locations list[location] }
	err := s.ask(ctx, `query { locations(first: 100) { nodes { id name isActive } pageInfo { hasNextPage endCursor } } }`, nil, &out)
	var active []location
	for _, l := range out.Locations.Nodes {
		if l.IsActive {
			active = append(active, l)
		}
	}
	return active, err
}

// choose finds the location that is meant.
func choose(list []location, named string) place {
	var names []string
	for _, l := range list {
		if named != "" && strings.EqualFold(strings.TrimSpace(l.Name), named) {
			return place{id: own(l.ID)}
		}
		names = append(names, l.Name)
	}
	switch {
	case named != "":
		return place{none: fmt.Sprintf("The shop has no location called %s; it has %s", clip(named), strings.Join(names, ", "))}
	case len(list) == 1:
		return place{id: own(list[0].ID)}
	case len(list) == 0:
		return place{}
	}
	return place{none: "Choose in the shop's settings where this bench packs: " + strings.Join(names, ", ")}
}

// own is the number in one of Shopify's ids, "gid://shopify/Order/7", or in a text that
// is one already; "" for anything else.
func own(id string) string {
	if rest, ok := strings.CutPrefix(id, "gid://shopify/"); ok {
		_, rest, _ = strings.Cut(rest, "/")
		id, _, _ = strings.Cut(rest, "?")
	}
	if id == "" || len(id) > 20 || strings.Trim(id, "0123456789") != "" {
		return ""
	}
	return id
}

func gid(kind, number string) string { return "gid://shopify/" + kind + "/" + number }

// clip keeps a text of others short and on one line.
func clip(text string) string {
	return cmp.Or(station.OneLine(text, 200), "nothing")
}
