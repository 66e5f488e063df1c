package woocommerce

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
)

// Test finds out what works, and changes nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	var checks []shop.Check
	add := func(c shop.Check) { checks = append(checks, c) }
	if !s.https() && !s.local {
		add(shop.Check{What: "a safe connection", Say: "the address begins with http, so orders and addresses travel where others can read them", Fix: "enter the address with https"})
	}
	reached, header, err := s.reach(ctx)
	if err != nil {
		return checks, err
	}
	add(reached)
	if !reached.OK {
		return checks, nil
	}
	if c, off := s.clock(header); off {
		add(c)
	}
	read, row, err := s.readOrders(ctx)
	if err != nil {
		return checks, err
	}
	add(read)
	if !read.OK {
		return checks, nil
	}
	for _, try := range []func() (shop.Check, error){
		func() (shop.Check, error) { return s.mayWrite(ctx) },
		func() (shop.Check, error) { return s.waysFound(ctx, row) },
		func() (shop.Check, error) { return s.readProducts(ctx) },
	} {
		c, err := try()
		if err != nil {
			return checks, err
		}
		add(c)
	}
	s.mu.Lock()
	inQuery := s.query && s.https()
	s.mu.Unlock()
	if inQuery {
		add(shop.Check{What: "the key's way", OK: true, Say: "the shop's host takes the key out of the request, so it is sent in the address; ask the host to pass on the header Authorization"})
	}
	return checks, nil
}

// reach asks the interface what it offers, without a key.
func (s *Shop) reach(ctx context.Context) (shop.Check, http.Header, error) {
	const what = "reach the shop"
	var index struct{ Namespaces []string }
	header, err := s.get(ctx, "/", url.Values{"_fields": {"namespaces"}}, &index)
	var page *web.NoJSON
	var away *shop.Away
	switch {
	case errors.As(err, &page):
		return shop.Check{What: what, Say: page.Error(), Fix: "check the address; in WordPress, open Settings, Permalinks, choose anything but Plain and save"}, header, nil
	case errors.As(err, &away) && away.Err == nil:
		return shop.Check{What: what, Say: away.Error(), Fix: "check the address; in WordPress, open Settings, Permalinks, choose anything but Plain and save"}, header, nil
	case errors.As(err, new(*shop.Denied)):
		return shop.Check{What: what, OK: true, Say: "its interface answers"}, header, nil // a plug-in hides the index from strangers
	case err != nil:
		return shop.Check{}, header, err
	case !slices.Contains(index.Namespaces, "wc/v3"):
		return shop.Check{What: what, Say: "WordPress answers, but WooCommerce 3.5 or newer does not", Fix: "switch the plug-in WooCommerce on, or update it"}, header, nil
	}
	return shop.Check{What: what, OK: true, Say: "WooCommerce answers"}, header, nil
}

// clock compares the clocks: a signed request of another time is refused.
func (s *Shop) clock(header http.Header) (shop.Check, bool) {
	at, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return shop.Check{}, false
	}
	apart := s.opt.Clock().Sub(at).Abs().Round(time.Minute)
	return shop.Check{
		What: "the clocks", OK: s.https(), Say: fmt.Sprintf("this computer's clock and the shop's are %s apart", apart), Fix: "set this computer's clock",
	}, apart >= 10*time.Minute
}

// readOrders counts what is to be packed, and returns the id of any order, "" for none.
func (s *Shop) readOrders(ctx context.Context) (shop.Check, string, error) {
	c := shop.Check{What: "read orders"}
	var rows []struct{ ID ident }
	header, err := s.get(ctx, core+"/orders", url.Values{"status": {"processing"}, "per_page": {"1"}}, &rows)
	var denied *shop.Denied
	switch {
	case errors.As(err, &denied):
		c.Say, c.Fix = denied.Error(), "make a new key: WooCommerce, Settings, Advanced, REST API; the person that it belongs to must be a shop manager, and stay one"
		return c, "", nil
	case errors.As(err, new(noRoute)):
		c.Say, c.Fix = err.Error(), "switch the plug-in WooCommerce on, or update it"
		return c, "", nil
	case err != nil:
		return c, "", err
	}
	c.OK = true
	n, err := strconv.Atoi(header.Get("X-WP-Total"))
	if err != nil {
		n = len(rows)
	}
	c.Say = fmt.Sprintf("%d orders to pack", n)
	if n == 1 {
		c.Say = "1 order to pack"
	}
	if len(rows) == 0 {
		if _, err := s.get(ctx, core+"/orders", url.Values{"status": {"any"}, "per_page": {"1"}}, &rows); err != nil || len(rows) == 0 {
			return c, "", nil
		}
	}
	return c, rows[0].ID.String(), nil
}

// mayWrite asks to change the order 0, which no shop has: a key that may only read is
// refused before the shop looks for it.
func (s *Shop) mayWrite(ctx context.Context) (shop.Check, error) {
	c := shop.Check{What: "change orders"}
	err := s.change(ctx, http.MethodPut, core+"/orders/0", nil, map[string]string{}, nil)
	var denied *shop.Denied
	switch {
	case err == nil, errors.As(err, new(*shop.Gone)), errors.As(err, new(*shop.Refused)), errors.As(err, new(*unsure)):
		c.OK, c.Say = true, "the key may read and write"
	case errors.As(err, &denied):
		c.Say, c.Fix = "the key may only read, so no parcel can be told to the shop", "in WooCommerce, Settings, Advanced, REST API, set the key's permissions to Read/Write"
	default:
		return c, err
	}
	return c, nil
}

// waysFound says how the shop will be told what has left.
func (s *Shop) waysFound(ctx context.Context, id string) (shop.Check, error) {
	c := shop.Check{What: "tell shipments", OK: true}
	if id == "" {
		c.Say = "the shop has no order yet, so how is found out with the first"
		return c, nil
	}
	_, err := s.records(ctx, order{ID: rowOf(id)})
	var denied *shop.Denied
	if errors.As(err, &denied) {
		c.OK, c.Say, c.Fix = false, denied.Error(), "the person that the key belongs to must be a shop manager"
		return c, nil
	}
	if err != nil {
		return c, err
	}
	c.Say = map[way]string{
		byFulfillment: "as fulfilments of WooCommerce, with tracking number and units",
		byTracking:    "by the plug-in Shipment Tracking",
		byAST:         "by the plug-in Advanced Shipment Tracking",
		byNote:        "by a note to the buyer, because the shop has neither fulfilments nor a plug-in for tracking numbers; in WooCommerce, Settings, Advanced, Features you can switch Order fulfillments on",
	}[s.chosen()]
	if has, known := s.has(s.wish); s.wish != "" && known && !has {
		c.OK, c.Say, c.Fix = false, "the shop does not have the way that is chosen in the settings", "switch the plug-in on, or leave the setting empty"
	}
	return c, nil
}

func rowOf(id string) ident {
	n, err := strconv.ParseInt(strings.TrimSpace(id), 10, 64)
	if err != nil {
		return 0
	}
	return ident(n)
}

// readProducts looks whether products and their stock can be read.
func (s *Shop) readProducts(ctx context.Context) (shop.Check, error) {
	c := shop.Check{What: "read products"}
	var rows []counted
	header, err := s.get(ctx, core+"/products", url.Values{"per_page": {"1"}}, &rows)
	var denied *shop.Denied
	switch {
	case errors.As(err, &denied):
		c.Say, c.Fix = denied.Error(), "the person that the key belongs to must be a shop manager"
	case err != nil:
		return c, err
	default:
		c.OK, c.Say = true, "products can be read"
		if n, err := strconv.Atoi(header.Get("X-WP-Total")); err == nil {
			c.Say = fmt.Sprintf("%d products", n)
		}
	}
	return c, nil
}
