// Package customstore is the client of shops that speak what ShipStation calls a
// custom store: orders as XML pages of a window of time, and a notice of shipment
// back. Many carts offer it, and packbench asks them in ShipStation's place.
//
//   - The export has minutes of UTC, and its pages shift while they are read. A window
//     that has more than one page is therefore halved until it has one; only where a
//     single minute fills several pages are those read, again and again until two
//     readings agree. Windows share the minute where one ends and the next begins.
//   - There is no way to ask for one order. [Shop.Fresh] asks for the minute in which
//     the order changed last as far as this client has seen: where it is not there any
//     longer it has changed since, and is looked for from there on.
//   - The export does not say what has left, nor the tracking number of it. So an order
//     is told of as a whole, with its last parcel (Can().Part is false), and what
//     [Shop.Shipped] returns has no tracking number. A notice that is repeated with the
//     same number does nothing more: so the interface demands it of the cart. One for
//     an order that is shipped already is sent only where this client has sent it
//     before.
//   - Words of state are the cart's own: the settings say what they mean, and a word
//     that nobody mapped holds the order with the reason.
//
// Sources: ShipStation's guide for custom stores, as DynamoMTL/spree_shipstation keeps
// it. Never tried against a live shop.
package customstore

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
	"sync"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
)

// What Options.Set may hold. The first five are lists of the cart's words, divided by
// commas; they take the place of the usual words for it.
const (
	Paid      = "paid"      // to be packed
	Unpaid    = "unpaid"    // waits for money
	Hold      = "hold"      // stopped by the shop
	Sent      = "shipped"   // has left
	Cancelled = "cancelled" // will not leave
	Currency  = "currency"  // of the prices; "" leaves them out
	Totes     = "totes"     // 1, 2 or 3: the custom field that names the order's totes
	Days      = "days"      // how far the first pull looks back; 90
)

// usual are the words that carts use unless the settings say otherwise.
var usual = map[string]string{
	Paid:      "paid, processing, awaiting shipment, ready to ship, unshipped, confirmed",
	Unpaid:    "unpaid, pending, pending payment, awaiting payment, payment review",
	Hold:      "hold, on hold, holded, held",
	Sent:      "shipped, complete, completed, fulfilled, closed",
	Cancelled: "cancelled, canceled, refunded, void, voided, failed, declined",
}

// Shop is one cart.
type Shop struct {
	web      web.Client
	own      url.Values // what the address has for a query itself
	clock    func() time.Time
	words    map[string]string // the cart's word → Paid, Unpaid…
	currency string
	totes    int
	days     int

	mu    sync.Mutex
	seen  map[string]time.Time // order → the minute of its last change
	tried map[string]bool      // order and tracking number that were told of
}

var _ shop.Shop = (*Shop)(nil)

// New returns the client of a cart. Its error says what is wrong with the settings.
func New(o shop.Options) (*Shop, error) {
	user, password, both := strings.Cut(o.Secret, ":")
	if !both || strings.TrimSpace(user) == "" {
		return nil, errors.New("enter the user name and the password of the custom store as NAME:PASSWORD")
	}
	u, err := url.Parse(strings.TrimSpace(o.URL))
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("enter the address that the shop shows for ShipStation, which begins with https://")
	}
	s := &Shop{clock: o.Clock, own: u.Query(), days: 90, seen: map[string]time.Time{}, tried: map[string]bool{}}
	if s.clock == nil {
		s.clock = time.Now
	}
	u.RawQuery, u.Fragment, u.User = "", "", nil
	if err := s.set(o.Set); err != nil {
		return nil, err
	}
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(strings.TrimSpace(user)+":"+strings.TrimSpace(password)))
	s.web = web.Client{Base: u.String(), Do: o.Do, Clock: s.clock, Sign: func(r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", basic)
		r.Header.Set("Accept", "application/xml, text/xml")
		return nil
	}}
	if s.web.Do == nil {
		s.web.Do = web.NewHTTP()
	}
	return s, nil
}

func (s *Shop) set(set map[string]string) error {
	s.words = map[string]string{}
	for _, kind := range []string{Paid, Unpaid, Hold, Sent, Cancelled} {
		for word := range strings.SplitSeq(cmp.Or(strings.TrimSpace(set[kind]), usual[kind]), ",") {
			word = plain(word)
			if word == "" {
				continue
			}
			if was, twice := s.words[word]; twice && was != kind {
				if set[was] == "" && set[kind] != "" {
					s.words[word] = kind // what the settings say counts
					continue
				}
				if set[was] != "" && set[kind] == "" {
					continue
				}
				return fmt.Errorf("the word %q cannot mean both %s and %s: take it out of one of these settings", word, was, kind)
			}
			s.words[word] = kind
		}
	}
	for name, to := range map[string]*int{Totes: &s.totes, Days: &s.days} {
		if text := strings.TrimSpace(set[name]); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil || n < 1 || n > 3650 || name == Totes && n > 3 {
				return fmt.Errorf("the setting %s must be a number, such as %s", name, map[string]string{Totes: "1", Days: "90"}[name])
			}
			*to = n
		}
	}
	s.currency = strings.ToUpper(strings.TrimSpace(set[Currency]))
	if s.currency != "" && len(s.currency) != 3 {
		return fmt.Errorf("the setting %s must be three letters, such as USD", Currency)
	}
	return nil
}

// plain is a word without what people write differently.
func plain(word string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(word, func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\t' || r == '\n' }), " "))
}

// Can says what a custom store can do.
func (s *Shop) Can() shop.Can { return shop.Can{} }

// note keeps in which minute orders changed last.
func (s *Shop) note(orders []read) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.seen) > 50_000 {
		clear(s.seen)
	}
	for _, o := range orders {
		if !o.changed.IsZero() {
			s.seen[o.id] = o.changed
		}
	}
}

func (s *Shop) lastSeen(id string) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.seen[id]
	return t, ok
}

// query adds what the address has itself.
func (s *Shop) query(q url.Values) url.Values {
	for name, values := range s.own {
		if _, ours := q[name]; !ours {
			q[name] = slices.Clone(values)
		}
	}
	return q
}
