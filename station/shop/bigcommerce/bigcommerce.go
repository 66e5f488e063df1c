// Package bigcommerce is the client of a BigCommerce store, orders interface version 2:
// orders that changed, one order as it is, and shipments. Products and stock come by
// file.
//
// It must not keep anything or repeat a change. An order that goes to several addresses
// is left out: it would be several parcels for several people under one number.
//
//	s, err := bigcommerce.New(shop.Options{URL: "https://store-abc123.mybigcommerce.com", Secret: token, Do: web.NewHTTP()})
//
// The token needs the scope Orders: modify. URL may be the store's own permanent
// address, or the API path that BigCommerce shows with the token.
//
// Sources: docs.bigcommerce.com, store operations, orders; and API rate limits.
package bigcommerce

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Shop is one store.
type Shop struct {
	opt shop.Options
	web *web.Client
}

var _ shop.Shop = (*Shop)(nil)

// New returns the client of a store. It asks nothing.
func New(opt shop.Options) (*Shop, error) {
	base, err := address(opt.URL)
	if err != nil {
		return nil, err
	}
	if opt.Secret = strings.TrimSpace(opt.Secret); opt.Secret == "" {
		return nil, errors.New("the access token is missing; make one in BigCommerce under Settings, Store-level API accounts, with the scope Orders: modify")
	}
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	s := &Shop{opt: opt}
	s.web = &web.Client{Base: base, Do: opt.Do, Clock: opt.Clock, Sign: func(r *http.Request, _ []byte) error {
		r.Header.Set("X-Auth-Token", opt.Secret)
		return nil
	}}
	return s, nil
}

var (
	permanent = regexp.MustCompile(`^store-([a-z0-9]+)(?:-\d+)?\.mybigcommerce\.com$`)
	apiPath   = regexp.MustCompile(`^(/stores/[A-Za-z0-9]+)(?:/v[23]/?)?/?$`)
)

// address finds the place of a store's interface in what people paste.
func address(text string) (string, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" {
		return "", errors.New("the address of the store is not one; it looks like https://store-abc123.mybigcommerce.com")
	}
	local := u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
	if u.Scheme != "https" && !local {
		return "", errors.New("the address of the store has to begin with https, because the token travels with each request")
	}
	if f := permanent.FindStringSubmatch(strings.ToLower(u.Host)); f != nil {
		return "https://api.bigcommerce.com/stores/" + f[1] + "/v2", nil
	}
	if f := apiPath.FindStringSubmatch(u.Path); f != nil {
		return u.Scheme + "://" + u.Host + f[1] + "/v2", nil
	}
	return "", errors.New("this is not the store's permanent address; copy the API path from BigCommerce, Settings, Store-level API accounts: https://api.bigcommerce.com/stores/…/v3/")
}

// Can says what this kind of shop can do. It writes to the buyer about each shipment.
func (s *Shop) Can() shop.Can { return shop.Can{Part: true, Unship: true, Loud: true} }

// get asks for something. A list that is empty comes as nothing at all.
func (s *Shop) get(ctx context.Context, path string, query url.Values, out any) (http.Header, error) {
	return s.send(ctx, web.Request{Method: http.MethodGet, Path: path, Query: query}, out)
}

func (s *Shop) send(ctx context.Context, r web.Request, out any) (http.Header, error) {
	a, err := s.web.Send(ctx, r)
	if err != nil {
		return a.Header, meaning(a, err)
	}
	if a.Status == http.StatusNoContent {
		return a.Header, nil
	}
	if out == nil {
		out = new(json.RawMessage) // a web page instead of an answer is no yes
	}
	return a.Header, web.Read(a, out, r.Method == http.MethodGet)
}

// meaning says what an answer that is no success means.
func meaning(a web.Answer, err error) error {
	var throttled *shop.Throttled
	if errors.As(err, &throttled) {
		if ms, bad := strconv.Atoi(a.Header.Get("X-Rate-Limit-Time-Reset-Ms")); bad == nil && throttled.Wait == 0 {
			throttled.Wait = min(max(time.Duration(ms)*time.Millisecond, 0), 15*time.Minute)
		}
		return throttled
	}
	var denied *shop.Denied
	if errors.As(err, &denied) {
		if a.Status == http.StatusForbidden {
			return &shop.Denied{Right: "Orders: modify"}
		}
		return &shop.Denied{}
	}
	var status *web.Status
	if !errors.As(err, &status) {
		return err
	}
	switch a.Status {
	case http.StatusNotFound, http.StatusGone:
		return &shop.Gone{What: "such entry any longer"}
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusConflict, http.StatusMethodNotAllowed:
		return &shop.Refused{Say: said(a)}
	}
	return err
}

// said is what the store says is wrong: [{"status":400,"message":"…"}] or
// {"title":"…"}.
func said(a web.Answer) string {
	type problem struct{ Message, Title wire.Text }
	var list []problem
	if json.Unmarshal(a.Body, &list) != nil {
		list = make([]problem, 1)
		if json.Unmarshal(a.Body, &list[0]) != nil {
			return "it gives no reason"
		}
	}
	for _, p := range list {
		if say := wire.Clean(string(p.Message+p.Title), 200); say != "" {
			return say
		}
	}
	return "it gives no reason"
}
