// Package woocommerce is the client of a WooCommerce shop, REST interface version 3:
// orders that changed, one order as it is, shipments by whichever way the shop has,
// products and their stock, and refunds.
//
// It must not keep anything beyond what it found out about the shop (which way of
// telling shipments it has, which products are virtual), repeat a change, or believe
// that an order's number is its identity: plug-ins renumber.
//
//	s, err := woocommerce.New(shop.Options{URL: "https://shop.example", Secret: "ck_…:cs_…", Do: web.NewHTTP()})
//	page, err := s.Changed(ctx, "")
//
// Set may hold:
//
//	pack   further statuses to pack, by commas: "picking,partial-shipped"
//	ship   the way of telling shipments: fulfillments, tracking, ast or note; else the
//	       first that the shop has
//	auth   query, for a host that takes the Authorization header away; found by itself
//
// Sources: developer.woocommerce.com/docs/apis/rest-api, the documents of the plug-ins
// Shipment Tracking and Advanced Shipment Tracking.
package woocommerce

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// core is where WooCommerce's own interface begins.
const core = "/wc/v3"

// Shop is one WooCommerce shop.
type Shop struct {
	opt   shop.Options
	web   *web.Client
	local bool            // it runs on this computer
	pack  map[string]bool // statuses whose orders are packed
	wish  way             // of telling shipments, as the settings say; "" for none

	mu      sync.Mutex
	query   bool // the key goes into the address, see sign
	heard   bool // the shop has accepted the key before
	ways    map[way]bool
	asked   time.Time // when ways were found out
	virtual map[ident]virtue
	units   *measures
}

var (
	_ shop.Shop      = (*Shop)(nil)
	_ shop.Catalogue = (*Shop)(nil)
	_ shop.Stock     = (*Shop)(nil)
	_ shop.Returns   = (*Shop)(nil)
	_ shop.Returned  = (*Shop)(nil)
)

// New returns the client of a shop. It asks nothing.
func New(opt shop.Options) (*Shop, error) {
	base, err := address(opt.URL)
	if err != nil {
		return nil, err
	}
	key, secret, ok := strings.Cut(strings.TrimSpace(opt.Secret), ":")
	key, secret = strings.TrimSpace(key), strings.TrimSpace(secret)
	if !ok || key == "" || secret == "" {
		return nil, errors.New("the key of a WooCommerce shop has two parts, ck_… and cs_…; enter both with a colon between them")
	}
	opt.Secret = key + ":" + secret
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	s := &Shop{
		opt: opt, pack: map[string]bool{"processing": true}, local: isLocal(base),
		query: opt.Set["auth"] == "query", virtual: map[ident]virtue{},
	}
	for _, status := range strings.Split(opt.Set["pack"], ",") {
		if status = strings.TrimPrefix(strings.TrimSpace(status), "wc-"); status != "" {
			s.pack[status] = true
		}
	}
	if s.wish = way(opt.Set["ship"]); s.wish != "" && !s.wish.known() {
		return nil, errors.New("the way of telling shipments is fulfillments, tracking, ast or note, or nothing to let it be found")
	}
	s.web = &web.Client{Base: base, Do: opt.Do, Sign: s.sign, Clock: opt.Clock}
	return s, nil
}

// address makes of what people paste the place where a shop's interface begins.
func address(text string) (string, error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", errors.New("the address of the shop is not one; it looks like https://shop.example")
	}
	path := u.Path
	for _, end := range []string{"/wp-json", "/wp-admin", "/wp-login.php"} {
		path, _, _ = strings.Cut(path, end)
	}
	return u.Scheme + "://" + u.Host + strings.TrimRight(path, "/") + "/wp-json", nil
}

func isLocal(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	host := u.Hostname()
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

func (s *Shop) https() bool { return strings.HasPrefix(s.web.Base, "https://") }

// Can says what this kind of shop can do. A parcel that is a part of the order can be
// told by all ways.
func (s *Shop) Can() shop.Can {
	return shop.Can{Part: true, Unship: s.chosen() != byNote, Compare: true, Loud: true}
}

// get asks for something and reads it into out.
func (s *Shop) get(ctx context.Context, path string, query url.Values, out any) (http.Header, error) {
	return s.send(ctx, web.Request{Method: http.MethodGet, Path: path, Query: query}, out)
}

// change asks for a change. It is sent once.
func (s *Shop) change(ctx context.Context, method, path string, query url.Values, body, out any) error {
	_, err := s.send(ctx, web.Request{Method: method, Path: path, Query: query, Body: body}, out)
	return err
}

func (s *Shop) send(ctx context.Context, r web.Request, out any) (http.Header, error) {
	a, err := s.web.Send(ctx, r)
	if err != nil && s.stripped(a, err) {
		a, err = s.web.Send(ctx, r) // nothing was done the first time, and the key is in the address now
	}
	if err != nil {
		return a.Header, meaning(a, err)
	}
	s.mu.Lock()
	s.heard = s.heard || strings.HasPrefix(r.Path, "/wc") // the index is for strangers too
	s.mu.Unlock()
	a.Body = bytes.TrimLeft(bytes.TrimPrefix(a.Body, []byte("\xef\xbb\xbf")), " \r\n\t") // a plug-in's file with a mark or blank lines
	if out == nil {
		out = new(json.RawMessage) // a web page instead of an answer is no yes
	}
	return a.Header, web.Read(a, out, r.Method == http.MethodGet)
}

// problem is how WordPress words an error.
type problem struct {
	Code    text
	Message string
}

// failure reads an answer's error; "" is one that is not WordPress's.
func failure(a web.Answer) problem {
	var p problem
	if json.Unmarshal(a.Body, &p) != nil {
		return problem{}
	}
	p.Message = wire.Clean(p.Message, 200)
	return p
}

// noRoute says that the shop's interface has no such place: a feature or plug-in is
// off. 404 has two meanings, the code tells them apart.
type noRoute struct{}

func (noRoute) Error() string {
	return "the shop's interface lacks what was asked for: WooCommerce or a plug-in is switched off or too old"
}

const noRefund = "woocommerce_rest_cannot_create_order_refund"

// meaning says what an answer that is no success means. A no is one for sure only
// where WordPress gave it before it went to work.
func meaning(a web.Answer, err error) error {
	p := failure(a)
	var denied *shop.Denied
	if errors.As(err, &denied) {
		return &shop.Denied{Right: right(p), Say: p.Message}
	}
	var status *web.Status
	known := errors.As(err, &status)
	switch {
	case a.Status == http.StatusNotFound && p.Code == "" && (known || errors.As(err, new(*shop.Away))):
		return &shop.Away{Say: "there is no interface at its address; in WordPress, Settings, Permalinks must not be Plain"}
	case !known:
		return err
	case p.Code == "rest_no_route":
		return noRoute{}
	case a.Status == http.StatusNotFound, a.Status == http.StatusGone, strings.HasSuffix(string(p.Code), "_invalid_id"):
		return &shop.Gone{What: "such entry any longer"}
	case strings.HasPrefix(string(p.Code), "rest_invalid_"), strings.HasPrefix(string(p.Code), "rest_missing_"):
		return &shop.Refused{Say: p.Message}
	case p.Code == noRefund: // WooCommerce takes back what it began where the payment's provider says no
		return &shop.Refused{Say: p.Message}
	case !status.Sent && a.Status < http.StatusInternalServerError:
		return &shop.Refused{Say: p.Message}
	case p.Message != "" && a.Status < http.StatusInternalServerError:
		return &unsure{Say: p.Message}
	}
	return err
}

// unsure is a no to a change that may have been made all the same: a plug-in that
// fails afterwards answers like this too.
type unsure struct{ Say string }

func (e *unsure) Error() string { return "the shop answered with an error: " + e.Say }

// right names the right that a key lacks, as the shop's pages do; "" is the key.
func right(p problem) string {
	switch {
	case strings.Contains(p.Message, "write permission"):
		return "Read/Write"
	case strings.Contains(p.Message, "read permission"):
		return "Read"
	case strings.HasPrefix(string(p.Code), "woocommerce_rest_cannot_"), p.Code == "rest_forbidden":
		return "of a shop manager"
	}
	return ""
}
