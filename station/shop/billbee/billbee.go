// Package billbee is the client of Billbee, interface version 1, which gathers the orders
// of many marketplaces: orders that changed, one order as it is, and shipments of whole
// orders. Products and stock come by file.
//
// It must not keep anything or repeat a change. Billbee knows no units of a shipment,
// so a part of an order cannot be told, nor a shipment be taken back.
//
//	b, err := billbee.New(shop.Options{Secret: "KEY:me@shop.example:PASSWORD", Do: web.NewHTTP()})
//
// Secret is the developer key, the user and the password of the interface. Set may
// hold pack: the numbers of further states that are packed, by commas; 3 (paid) always
// is. Two calls a second are allowed.
//
// Sources: app.billbee.io/swagger, billbeeio/billbee-php-sdk.
package billbee

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Home is where Billbee is.
const Home = "https://api.billbee.io"

// Shop is one account.
type Shop struct {
	opt  shop.Options
	web  *web.Client
	pack map[string]bool
}

var _ shop.Shop = (*Shop)(nil)

// New returns the client of an account. It asks nothing.
func New(opt shop.Options) (*Shop, error) {
	if strings.TrimSpace(opt.URL) == "" {
		opt.URL = Home
	}
	u, err := url.Parse(strings.TrimSpace(opt.URL))
	if err != nil || u.Host == "" {
		return nil, errors.New("the address of Billbee is not one; leave it empty")
	}
	if u.Scheme != "https" && u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback() {
		return nil, errors.New("the address has to begin with https, because the password travels with each request")
	}
	parts := strings.SplitN(strings.TrimSpace(opt.Secret), ":", 3)
	if len(parts) != 3 || parts[0] == "" || parts[1] == "" || parts[2] == "" {
		return nil, errors.New("three things are needed, with colons between them: the developer key, the user and the password of the interface (Billbee, Settings, API)")
	}
	if opt.Clock == nil {
		opt.Clock = time.Now
	}
	s := &Shop{opt: opt, pack: map[string]bool{"3": true}}
	for _, state := range strings.Split(opt.Set["pack"], ",") {
		if state = strings.TrimSpace(state); state != "" {
			s.pack[state] = true
		}
	}
	s.web = &web.Client{Base: u.Scheme + "://" + u.Host + "/api/v1", Do: opt.Do, Clock: opt.Clock, Sign: func(r *http.Request, _ []byte) error {
		r.Header.Set("X-Billbee-Api-Key", parts[0])
		r.SetBasicAuth(parts[1], parts[2])
		return nil
	}}
	return s, nil
}

// Can says what Billbee can do. Whether it writes to the buyer is for its own rules.
func (s *Shop) Can() shop.Can { return shop.Can{Loud: true} }

// envelope is what each answer comes in.
type envelope struct {
	Code    int       `json:"ErrorCode"`
	Message wire.Text `json:"ErrorMessage"`
	Paging  struct{ Page, TotalPages, TotalRows int }
	Data    json.RawMessage
}

// call asks for something. An answer with status 200 may be an error all the same.
func (s *Shop) call(ctx context.Context, method, path string, query url.Values, body, out any) (envelope, http.Header, error) {
	var e envelope
	a, err := s.web.Send(ctx, web.Request{Method: method, Path: path, Query: query, Body: body})
	if err != nil {
		return e, a.Header, meaning(a, err)
	}
	reads := method == http.MethodGet
	if !reads && len(bytes.TrimSpace(a.Body)) == 0 {
		if a.Mute() {
			return e, a.Header, errMute
		}
		return e, a.Header, nil
	}
	if err := web.Read(a, &e, reads); err != nil {
		return e, a.Header, err
	}
	if e.Code != 0 {
		say := fmt.Sprintf("error %d: %s", e.Code, wire.Clean(string(e.Message), 200))
		if reads {
			return e, a.Header, &shop.Away{Say: say}
		}
		return e, a.Header, errors.New("the answer was " + say)
	}
	if out == nil || len(e.Data) == 0 {
		return e, a.Header, nil
	}
	data := a
	data.Body = e.Data
	return e, a.Header, web.Read(data, out, reads)
}

// errMute is the answer to a change that has status 200 and not a word: Billbee's own client
// takes it for a yes, and whoever stands between may say the same of a request that was lost.
var errMute = errors.New("the answer had not a word")

// change asks for a change of an order, and reads the order where the answer does not say
// whether it was made: done looks for it there. It is nowhere sure that it was not.
func (s *Shop) change(ctx context.Context, method string, o order, what string, body any, done func(order) bool) error {
	_, _, err := s.call(ctx, method, "/orders/"+o.ID.String()+what, nil, body, nil)
	if !errors.Is(err, errMute) {
		return err
	}
	now, failed := s.one(ctx, o.ID.String())
	if wait := (*shop.Throttled)(nil); errors.As(failed, &wait) && wait.Wait <= time.Second { // two calls a second are allowed
		select {
		case <-ctx.Done():
		case <-time.After(max(wait.Wait, time.Second/2)):
			now, failed = s.one(ctx, o.ID.String())
		}
	}
	if failed != nil {
		return fmt.Errorf("%w, and the order cannot be read: %v", err, failed)
	}
	if !done(now) {
		return fmt.Errorf("%w, and the order shows no change", err)
	}
	return nil
}

func meaning(a web.Answer, err error) error {
	var denied *shop.Denied
	if errors.As(err, &denied) {
		return &shop.Denied{Say: "check the developer key, the user and the password"}
	}
	var status *web.Status
	if !errors.As(err, &status) {
		return err
	}
	switch a.Status {
	case http.StatusNotFound:
		return &shop.Gone{What: "such entry any longer"}
	case http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity:
		var e envelope
		say := "it gives no reason"
		if json.Unmarshal(a.Body, &e) == nil && e.Message != "" {
			say = wire.Clean(string(e.Message), 200)
		}
		return &shop.Refused{Say: say}
	}
	return err
}

// Test finds out what works, and changes nothing. Whether the key may change orders
// cannot be found out without a change; Billbee knows no key that may only read.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	c := shop.Check{What: "read orders"}
	e, _, err := s.call(ctx, http.MethodGet, "/orders", url.Values{"pageSize": {"1"}, "orderStateId": {"3"}}, nil, nil)
	var denied *shop.Denied
	switch {
	case errors.As(err, &denied):
		c.Say, c.Fix = denied.Error(), "in Billbee, Settings, API, switch the interface on and set its password; the developer key comes from Billbee's support"
	case err != nil:
		return nil, err
	default:
		c.OK, c.Say = true, fmt.Sprintf("%d orders that are paid", e.Paging.TotalRows)
	}
	return []shop.Check{c}, nil
}
