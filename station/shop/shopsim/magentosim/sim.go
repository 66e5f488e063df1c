// Package magentosim is a Magento 2 shop with its REST interface, for tests and the
// demo. It keeps the state of a shop and answers as Magento does: it sends fewer units
// than it is told where fewer remain, words many refusals alike, shows the last page of
// a list again past its end, and cancels an order that is edited to make it anew. It
// must not know who asks, nor share code with a client.
//
//	sim := magentosim.New(shopsim.Options{Clock: clock})
//	sim.Bundle("KIT", false, magentosim.Part{SKU: "BALL", Qty: 1}, magentosim.Part{SKU: "STRAP", Qty: 2})
//	id := sim.Place(shopsim.Order{Lines: []shopsim.Line{{SKU: "KIT", Qty: 1, Minor: 6100}}})
//
// What it does was read in Magento's source (app/code/Magento/Sales/Model/Order, and
// lib/internal/Magento/Framework/Oauth for who may ask), not tried with a shop.
package magentosim

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

// The keys of the shop. They stand for a shop that is nowhere.
const (
	token          = "simulated-access-token"
	tokenSecret    = "simulated-token-secret"
	consumerKey    = "simulated-consumer-key"
	consumerSecret = "simulated-consumer-secret"
)

// Sim is a simulated Magento shop.
type Sim struct {
	o      shopsim.Options
	faults shopsim.Faults

	mu        sync.Mutex
	signed    bool
	nonces    map[string]bool
	forbidden map[string]bool
	cap       int
	breaking  int

	orders    []*order // by id, from 1
	products  []*product
	bySKU     map[string]*product
	shipments []*shipment
	memos     []*memo
	sources   []string
	stock     map[string]map[string]*held // SKU → source
	reserved  map[string]int
	rows      int // last id of a row of an order
	mails     int
}

var _ shopsim.Backend = (*Sim)(nil)

type held struct {
	qty    float64
	status int
}

// New returns a shop without orders, whose goods lie at the source "default".
func New(o shopsim.Options) *Sim {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Currency == "" {
		o.Currency = "EUR"
	}
	return &Sim{
		o: o, nonces: map[string]bool{}, forbidden: map[string]bool{}, bySKU: map[string]*product{},
		sources: []string{"default"}, stock: map[string]map[string]*held{}, reserved: map[string]int{},
	}
}

// ServeHTTP answers the interface, or as the fault says whose turn it is.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.serve))
}

// Faults of the connection.
func (s *Sim) Faults() *shopsim.Faults { return &s.faults }

// Secret is the token alone, or four values where the shop wants requests signed.
func (s *Sim) Secret() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.signed {
		return consumerKey + "\n" + consumerSecret + "\n" + token + "\n" + tokenSecret
	}
	return token
}

// Set is what a client has to be told.
func (s *Sim) Set() map[string]string { return map[string]string{"barcode": "ean"} }

// Signed has the shop take signed requests only, as Magento does since 2.4.4 unless
// its owner allows the token alone.
func (s *Sim) Signed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signed = true
}

// Forbid takes a right from the key, Allow gives it back.
func (s *Sim) Forbid(right string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forbidden[right] = true
}

// Allow gives a right back.
func (s *Sim) Allow(right string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.forbidden, right)
}

// Cap has pages be no longer than n entries, whatever is asked for.
func (s *Sim) Cap(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cap = n
}

// Break has the next shipment be refused by words although it was kept, as when
// something after it goes wrong.
func (s *Sim) Break() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.breaking++
}

// Source adds a source of stock, at which nothing lies.
func (s *Sim) Source(code string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sources = append(s.sources, code)
}

// Assign has n of a product lie at a source.
func (s *Sim) Assign(sku, source string, n float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at(sku)[source] = &held{qty: n, status: 1}
}

// Disable keeps a product out of stock at the default source, however many there are.
func (s *Sim) Disable(sku string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at(sku)["default"].status = 0
}

func (s *Sim) at(sku string) map[string]*held {
	if s.stock[sku] == nil {
		s.stock[sku] = map[string]*held{}
	}
	return s.stock[sku]
}

// At is how many of a product lie at a source, and its status there.
func (s *Sim) At(sku, source string) (n float64, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if h := s.at(sku)[source]; h != nil {
		return h.qty, h.status
	}
	return 0, 0
}

// Stock returns how many of a product there are at all sources.
func (s *Sim) Stock(sku string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0.0
	for _, h := range s.stock[sku] {
		n += h.qty
	}
	return int(n)
}

// SetStock has n of a product lie at the default source.
func (s *Sim) SetStock(sku string, n int) { s.Assign(sku, "default", float64(n)) }

// Mails is how many mails went to customers about shipments.
func (s *Sim) Mails() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mails
}

// Parcels are the shipments of an order, one for each tracking number.
func (s *Sim) Parcels(id string) []shopsim.Parcel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []shopsim.Parcel
	for _, sh := range s.shipments {
		if strconv.Itoa(sh.order) != id {
			continue
		}
		units := map[string]int{}
		for row, n := range sh.units {
			if r := s.row(sh.order, row); r != nil && n > 0 && !r.whole() {
				units[r.sku] += int(n)
			}
		}
		if len(sh.tracks) == 0 {
			out = append(out, shopsim.Parcel{Units: units})
		}
		for _, t := range sh.tracks {
			out = append(out, shopsim.Parcel{Tracking: t.Number, Units: units})
		}
	}
	return out
}

func (s *Sim) row(order, id int) *row {
	o := s.order(order)
	if o == nil {
		return nil
	}
	if i := slices.IndexFunc(o.rows, func(r *row) bool { return r.id == id }); i >= 0 {
		return o.rows[i]
	}
	return nil
}

func (s *Sim) order(id int) *order {
	if id < 1 || id > len(s.orders) {
		return nil
	}
	return s.orders[id-1]
}

func (s *Sim) now() string { return s.o.Clock().UTC().Format("2006-01-02 15:04:05") }
