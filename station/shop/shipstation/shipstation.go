// Package shipstation is the client of ShipStation's interface v1: orders of all
// sales channels in, and parcels told back.
//
// What ShipStation can and cannot do decides how it is used:
//
//   - It takes an order as shipped only as a whole, without lines. A parcel of which
//     something is still to come ([shop.Shipment].Part) is refused in words, and the
//     order stays open there until its last parcel is told: marking it with the first
//     one would tell the sales channel that everything is on its way. So Can().Part
//     is false, and whoever sends several parcels tells the last one, with the lines
//     of all. One whose lines are not those of the order is *shop.Changed.
//   - Marking an order twice makes two fulfilments and may mail the customer twice.
//     [Shop.Ship] therefore reads the order first, and its parcels where it is not open.
//   - It cannot take a mark back. [Shop.Unship] is refused in words, unless the
//     shipment is not there.
//   - That an order is shipped here does not mean that the sales channel knows.
//     Shipment.Say tells where it does not, and so does [Shop.Test].
//   - Its times are those of the US West Coast without a zone, so an hour comes twice
//     in autumn. A list is read again from three hours before what was read last.
//   - It answers 40 requests a minute for one key. The client counts them and asks for
//     a pause, as *shop.Throttled, before it asks one too many; it never waits itself.
//     A parcel takes two, and two to look whether it is there.
//
// Orders that were merged or split in ShipStation are orders of their own with ids of
// their own; one that went into another is *shop.Gone when it is read.
//
// The interface v2 has no list of orders, and its key does not open v1: [New] says so. Its
// client is package shipstationv2.
//
// Sources: docs.shipstation.com/apis/shipstation-v1, answers of the interface as the
// tests of agritheory/shipstation-client keep them. Never tried against a live account.
package shipstation

import (
	"cmp"
	"encoding/base64"
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

// Address is where ShipStation answers v1.
const Address = "https://ssapi.shipstation.com"

// What Options.Set may hold.
const (
	Store    = "store"    // number of the one store whose orders are read; "" for all
	Currency = "currency" // of the prices, which come without; "" leaves prices out
	Totes    = "totes"    // 1, 2 or 3: the custom field that names the order's totes
	Carriers = "carriers" // "dhl=dhl_express, gls=other": ShipStation's codes of the bench's carriers
	Channel  = "channel"  // "no": the sales channel is not told
)

// Shop is one account of ShipStation.
type Shop struct {
	web      web.Client
	clock    func() time.Time
	pace     pace
	store    int
	currency string
	totes    int
	carriers map[string]string
	channel  bool
}

var (
	_ shop.Shop      = (*Shop)(nil)
	_ shop.Catalogue = (*Shop)(nil)
)

// New returns the client of an account. Its error says what is wrong with the settings.
func New(o shop.Options) (*Shop, error) {
	key, secret, both := strings.Cut(strings.TrimSpace(o.Secret), ":")
	key, secret = strings.TrimSpace(key), strings.TrimSpace(secret)
	if !both || key == "" || secret == "" {
		return nil, errors.New("enter the API key and the API secret of ShipStation's interface v1 as KEY:SECRET; a key of v2 has no secret, it is for the kind shipstation-v2")
	}
	s := &Shop{clock: o.Clock, channel: true}
	if s.clock == nil {
		s.clock = time.Now
	}
	base := strings.TrimRight(cmp.Or(strings.TrimSpace(o.URL), Address), "/")
	if u, err := url.Parse(base); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("the address of the shop is not one; leave it empty for " + Address)
	}
	if err := s.set(o.Set); err != nil {
		return nil, err
	}
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(key+":"+secret))
	s.web = web.Client{Base: base, Do: o.Do, Clock: s.clock, Sign: func(r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", basic)
		return nil
	}}
	if s.web.Do == nil {
		s.web.Do = web.NewHTTP()
	}
	return s, nil
}

// set reads what the kind has to be told besides.
func (s *Shop) set(set map[string]string) error {
	for name, to := range map[string]*int{Store: &s.store, Totes: &s.totes} {
		text := strings.TrimSpace(set[name])
		if text == "" {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || name == Totes && n > 3 {
			return fmt.Errorf("the setting %s must be a number, such as %s", name, map[string]string{Store: "123456", Totes: "1"}[name])
		}
		*to = n
	}
	s.currency = strings.ToUpper(strings.TrimSpace(set[Currency]))
	if s.currency != "" && len(s.currency) != 3 {
		return fmt.Errorf("the setting %s must be three letters, such as USD", Currency)
	}
	if text := strings.ToLower(strings.TrimSpace(set[Channel])); slices.Contains([]string{"no", "false", "0"}, text) {
		s.channel = false
	}
	var ok bool
	if s.carriers, ok = shop.Pairs(set[Carriers]); !ok {
		return fmt.Errorf("the setting %s must be pairs, such as dhl=dhl_express, gls=other", Carriers)
	}
	return nil
}

// Can says what ShipStation can do.
func (s *Shop) Can() shop.Can { return shop.Can{} }
