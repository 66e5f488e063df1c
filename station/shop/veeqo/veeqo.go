// Package veeqo is the client of Veeqo: orders in, shipments and stock back.
//
//   - What is packed is an allocation: the part of an order that Veeqo has promised from
//     one warehouse. The lines to pack are those of the allocations that have no shipment,
//     of the warehouse in the settings if there is one; an order of which something is not
//     allocated is held. An allocation leaves whole, so Can().Part is false; a parcel of
//     several allocations is told once for each.
//   - The channel hears of a shipment only where Veeqo is told to tell it.
//   - Pages of orders are asked by the time of change. The list is not sorted by it, so
//     that what changes meanwhile comes twice and none is skipped; where a page is sorted
//     otherwise, all pages are read until two readings agree.
//   - Stock is set, never changed by a difference: it is read, compared with what was
//     seen, set, and read again.
//   - Taking a shipment back deletes it in Veeqo. What the channel was told stays there.
//
// Times of questions are taken to be of UTC; [Shop.Test] finds out whether they are.
//
// Sources: github.com/VeeqoAPI/api-docs. Never tried against a live account.
package veeqo

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Address is where Veeqo answers.
const Address = "https://api.veeqo.com"

// What Options.Set may hold.
const (
	Warehouse = "warehouse" // number of the warehouse of this bench; "" for all
	Currency  = "currency"  // of prices whose channel names none; "" leaves them out
	Carriers  = "carriers"  // "gls=3, dpd=4": Veeqo's numbers of the bench's carriers
	Channel   = "channel"   // "no": the sales channel is not told
	Days      = "days"      // how far the first pull looks back; 90
)

// Shop is one account.
type Shop struct {
	web       web.Client
	clock     func() time.Time
	warehouse int64
	currency  string
	carriers  map[string]int
	channel   bool
	days      int
}

var (
	_ shop.Shop      = (*Shop)(nil)
	_ shop.Catalogue = (*Shop)(nil)
	_ shop.Stock     = (*Shop)(nil)
)

// carrierNumbers are Veeqo's own. 3 stands for any other.
var carrierNumbers = map[string]int{
	"royal-mail": 1, "royalmail": 1, "fedex": 2, "dpd": 4, "ups": 5, "usps": 7, "dhl": 9, "dhl-express": 9, "evri": 10, "hermes": 10,
	"australia-post": 11, "parcelforce": 12, "tnt": 13, "yodel": 14, "apc": 15, "dx": 16, "canada-post": 19, "dhl-parcel-de": 24, "dhl-de": 24,
}

const otherCarrier = 3

// New returns the client of an account. Its error says what is wrong with the settings.
func New(o shop.Options) (*Shop, error) {
	key := strings.TrimSpace(o.Secret)
	if key == "" {
		return nil, errors.New("enter the API key of Veeqo; it is on the page of a user there")
	}
	base := strings.TrimRight(cmp.Or(strings.TrimSpace(o.URL), Address), "/")
	if u, err := url.Parse(base); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("the address of the shop is not one; leave it empty for " + Address)
	}
	s := &Shop{clock: o.Clock, channel: true, days: 90, carriers: map[string]int{}}
	if s.clock == nil {
		s.clock = time.Now
	}
	if err := s.set(o.Set); err != nil {
		return nil, err
	}
	s.web = web.Client{Base: base, Do: o.Do, Clock: s.clock, Sign: func(r *http.Request, _ []byte) error {
		r.Header.Set("X-Api-Key", key)
		return nil
	}}
	if s.web.Do == nil {
		s.web.Do = web.NewHTTP()
	}
	return s, nil
}

func (s *Shop) set(set map[string]string) error {
	for name, to := range map[string]func(int){Warehouse: func(n int) { s.warehouse = int64(n) }, Days: func(n int) { s.days = min(n, 3650) }} {
		if text := strings.TrimSpace(set[name]); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 {
				return fmt.Errorf("the setting %s must be a number", name)
			}
			to(n)
		}
	}
	s.currency = strings.ToUpper(strings.TrimSpace(set[Currency]))
	if s.currency != "" && len(s.currency) != 3 {
		return fmt.Errorf("the setting %s must be three letters, such as GBP", Currency)
	}
	s.channel = !slices.Contains([]string{"no", "false", "0"}, strings.ToLower(strings.TrimSpace(set[Channel])))
	pairs, ok := shop.Pairs(set[Carriers])
	for ours, theirs := range pairs {
		var err error
		s.carriers[ours], err = strconv.Atoi(theirs)
		ok = ok && err == nil
	}
	if !ok {
		return fmt.Errorf("the setting %s must be pairs with Veeqo's numbers, such as gls=3, dpd=4", Carriers)
	}
	return nil
}

// Can says what Veeqo can do.
func (s *Shop) Can() shop.Can { return shop.Can{Unship: true, Compare: true} }

// meant says what an error means to Veeqo.
func meant(err error, what string) error {
	status := new(web.Status)
	wait := new(shop.Throttled)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &wait):
		return &shop.Throttled{Wait: max(wait.Wait, 2*time.Second)} // five a second, without a word of how long
	case errors.As(err, new(*shop.Denied)):
		return &shop.Denied{Say: "enter the API key of Veeqo again; Veeqo refuses it as well while an account is not paid"}
	case !errors.As(err, &status):
		return err
	}
	switch status.Status {
	case http.StatusNotFound:
		return &shop.Gone{What: what}
	case http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusConflict, http.StatusUnprocessableEntity:
		return &shop.Refused{Say: said(status)}
	}
	return err
}

// said is Veeqo's own word about a no.
func said(status *web.Status) string {
	var body struct {
		Error    json.RawMessage `json:"error"`
		Messages json.RawMessage `json:"error_messages"`
	}
	if json.Unmarshal(status.Body, &body) == nil {
		if text := string(cmp.Or(string(body.Messages), string(body.Error))); text != "" {
			return station.OneLine(strings.Trim(text, `"`), 200)
		}
	}
	return status.Error()
}
