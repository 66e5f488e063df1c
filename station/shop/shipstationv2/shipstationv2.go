// Package shipstationv2 is the client of ShipStation's interface v2, for accounts whose
// key is of v2: shipments that wait come in as orders, and parcels are told back.
//
// What v2 can and cannot do decides how it is used:
//
//   - It has no list of orders. What there is are shipments, one for each order, or more
//     where somebody split it: each that is pending is an order here, by its own id. Its
//     number is the order's number at the sales channel.
//   - A fulfilment, which is how v2 is told of a parcel, is of a whole shipment and has no
//     lines: a parcel of which something is still to come is refused in words, so that
//     Can().Part is false. There is one for a shipment, a second one is refused.
//   - The documents do not say that a fulfilment changes the state of its shipment. So the
//     fulfilments of each pending one are asked for as well, and those that are new.
//   - A fulfilment cannot be taken back.
//   - An answer with status 200 may hold an error in its list.
//
// Sources: docs.shipstation.com, API v2: list shipments, list and create fulfillments.
// Prices of lines are in none of them. Never tried against a live account, of which
// there is no test mode: whatever is told is told.
package shipstationv2

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Address is where ShipStation answers v2.
const Address = "https://api.shipstation.com"

// What Options.Set may hold.
const (
	Carriers = "carriers" // "dhl=dhl_express_worldwide": ShipStation's codes of the bench's carriers
	Channel  = "channel"  // "no": the sales channel is not told
	Days     = "days"     // how far the first pull looks back; 90
)

// Shop is one account.
type Shop struct {
	id       string
	web      web.Client
	clock    func() time.Time
	carriers map[string]string
	channel  bool
	days     int
}

var _ shop.Shop = (*Shop)(nil)

// New returns the client of an account. It asks nothing.
func New(o shop.Options) (*Shop, error) {
	key := strings.TrimSpace(o.Secret)
	if key == "" || strings.ContainsAny(key, ": \t") {
		return nil, errors.New("enter the API key of ShipStation's interface v2, which is one word; a key with a secret is of v1, of the kind shipstation")
	}
	u, err := url.Parse(strings.TrimRight(cmp.Or(strings.TrimSpace(o.URL), Address), "/"))
	if err != nil || u.Host == "" {
		return nil, errors.New("the address of ShipStation is not one; leave it empty for " + Address)
	}
	if u.Scheme != "https" && u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback() {
		return nil, errors.New("the address has to begin with https, because the key travels with each request")
	}
	s := &Shop{id: o.ID, clock: o.Clock, channel: true, days: 90, carriers: map[string]string{}}
	if s.clock == nil {
		s.clock = time.Now
	}
	if err := s.set(o.Set); err != nil {
		return nil, err
	}
	s.web = web.Client{Base: u.Scheme + "://" + u.Host + "/v2", Do: o.Do, Clock: s.clock, Sign: func(r *http.Request, _ []byte) error {
		r.Header.Set("Api-Key", key)
		return nil
	}}
	if s.web.Do == nil {
		s.web.Do = web.NewHTTP()
	}
	return s, nil
}

func (s *Shop) set(set map[string]string) error {
	if text := strings.TrimSpace(set[Days]); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 3650 {
			return fmt.Errorf("the setting %s must be a number of days, such as 90", Days)
		}
		s.days = n
	}
	s.channel = !slices.Contains([]string{"no", "false", "0"}, strings.ToLower(strings.TrimSpace(set[Channel])))
	var ok bool
	if s.carriers, ok = shop.Pairs(set[Carriers]); !ok {
		return fmt.Errorf("the setting %s must be pairs, such as dhl=dhl_express_worldwide", Carriers)
	}
	return nil
}

// Can says what v2 can do.
func (s *Shop) Can() shop.Can { return shop.Can{} }

// ask sends one request.
func (s *Shop) ask(ctx context.Context, r web.Request, what string, out any) (web.Answer, error) {
	a, err := s.web.Send(ctx, r)
	if err != nil {
		return a, meant(err, what)
	}
	return a, web.Read(a, out, r.Method == http.MethodGet)
}

// meant says what a status means here.
func meant(err error, what string) error {
	if errors.As(err, new(*shop.Denied)) {
		return &shop.Denied{Say: "enter the key again, from Settings, API Settings in ShipStation; it has to be of v2"}
	}
	var status *web.Status
	if !errors.As(err, &status) {
		return err
	}
	switch status.Status {
	case http.StatusNotFound:
		return &shop.Gone{What: what}
	case http.StatusBadRequest, http.StatusConflict, http.StatusUnprocessableEntity:
		return &shop.Refused{Say: said(status.Body)}
	}
	return err
}

// said is the shop's own word about a no, shortened.
func said(body []byte) string {
	var e struct {
		Errors []struct {
			Message wire.Text
		}
	}
	if json.Unmarshal(body, &e) != nil || len(e.Errors) == 0 || e.Errors[0].Message == "" {
		return "it gives no reason"
	}
	return wire.Clean(string(e.Errors[0].Message), 200)
}

// Test reads one of each and changes nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	read := shop.Check{What: "read orders"}
	var list shipments
	_, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/shipments", Query: url.Values{"shipment_status": {"pending"}, "page_size": {"1"}}}, "such list", &list)
	switch {
	case errors.As(err, new(*shop.Denied)):
		read.Say, read.Fix = "ShipStation does not accept the key", "in ShipStation, open Settings, API Settings, and make a key of v2; see that the plan has the interface"
		return []shop.Check{read}, nil
	case err != nil:
		return nil, err
	}
	read.OK, read.Say = true, fmt.Sprintf("%d shipments wait", list.Total)
	carriers := shop.Check{What: "carriers"}
	var known struct {
		Carriers []struct {
			Code wire.Text `json:"carrier_code"`
		}
	}
	if _, err = s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/carriers"}, "such list", &known); err != nil {
		carriers.Say, carriers.Fix = err.Error(), "try again"
		return []shop.Check{read, carriers}, nil
	}
	codes := map[string]bool{"other": true}
	var names []string
	for _, c := range known.Carriers {
		codes[string(c.Code)] = true
		names = append(names, wire.Clean(string(c.Code), 60))
	}
	carriers.OK, carriers.Say = true, "ShipStation knows "+strings.Join(names[:min(len(names), 20)], ", ")
	for ours, theirs := range s.carriers {
		if !codes[theirs] {
			carriers.OK, carriers.Say = false, "the setting carriers gives "+ours+" the code "+theirs+", which ShipStation does not know; it knows "+strings.Join(names[:min(len(names), 20)], ", ")
			carriers.Fix = "correct the setting carriers"
		}
	}
	if len(names) == 0 {
		carriers.Say = "no carrier is connected to the account: parcels are told with the code other"
	}
	return []shop.Check{read, carriers}, nil
}
