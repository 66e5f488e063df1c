// Package shopifysim is a simulated Shopify shop: its Admin GraphQL interface as far as
// a packing bench needs it, with the state of a shop behind it. It must not know the
// client that asks it, nor share code with it.
//
// It does what is known of the real one, messages word for word: fulfillment orders
// that are held in part, moved, cancelled and born again; edits that leave a line's
// quantity; "closed" that does not mean shipped; lists that lag behind and reads by id
// that do not; a bucket of cost whose refusal is a 200; errors beside data; empty lists
// where a scope is missing; the @idempotent directive; versions that fall forward.
//
//	sim := shopifysim.New(shopsim.Options{Lag: 20 * time.Second})
//	srv := httptest.NewServer(sim) // its URL is the shop's
//
// What is not known is marked as a guess where it stands.
package shopifysim

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"packbench/station/shop/shopsim"
)

// Versions that the shop lives with, oldest first. A request for an older one is
// answered as the oldest.
var Versions = []string{"2025-10", "2026-01", "2026-04", "2026-07", "2026-10"}

// token is the shop's key. It looks like a real one.
const token = "shpat_simulated00000000000000000001"

// Scopes are all rights that the shop's key can have.
var Scopes = []string{
	"read_orders", "write_orders", "read_merchant_managed_fulfillment_orders", "write_merchant_managed_fulfillment_orders",
	"read_products", "read_inventory", "write_inventory", "read_locations", "read_returns", "write_returns",
}

// Sim is a shop.
type Sim struct {
	faults shopsim.Faults
	clock  func() time.Time
	lag    time.Duration
	money  string

	mu        sync.Mutex
	next      int64
	number    int
	mails     int
	scopes    map[string]bool
	versions  []string
	locations []*location
	orders    []*order
	byID      map[int64]*order
	parts     map[int64]*fulfillmentOrder
	sentBy    map[int64]sentOf
	changes   int       // so far
	changed   time.Time // last
	lists     map[string]sorted
	variants  map[string]*variant
	keys      map[string]kept // of @idempotent
	jobs      []job
	bulks     []*bulk
	bulkEnds  string
	host      string   // that was asked last
	broken    []string // fields whose next use fails inside the shop
	quiet     Quiet
	left      float64 // of the bucket
	most      int     // cost of one operation
	filled    time.Time
}

// What the bucket of cost holds, and what comes back a second.
const (
	bucketMost = 2000.0
	bucketBack = 100.0
	costMost   = 1000
)

type sentOf struct {
	order       *order
	fulfillment *fulfillment
}

type job struct {
	id int64
	at time.Time
	do func()
}

var _ shopsim.Backend = (*Sim)(nil)

// New makes a shop with one location and nothing in it.
func New(o shopsim.Options) *Sim {
	s := &Sim{
		clock: o.Clock, lag: o.Lag, money: o.Currency, next: 8_000_000_000_000, number: 1000, scopes: map[string]bool{},
		versions: Versions, byID: map[int64]*order{}, parts: map[int64]*fulfillmentOrder{}, sentBy: map[int64]sentOf{},
		lists: map[string]sorted{}, variants: map[string]*variant{}, keys: map[string]kept{}, left: bucketMost, most: costMost,
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.money == "" {
		s.money = "EUR"
	}
	for _, name := range Scopes {
		s.scopes[name] = true
	}
	s.filled = s.clock()
	s.AddLocation("Warehouse")
	return s
}

// Faults of the connection.
func (s *Sim) Faults() *shopsim.Faults { return &s.faults }

// Secret is the key that the shop accepts.
func (s *Sim) Secret() string { return token }

// Set is what its client has to be told besides: nothing, while there is one location.
func (s *Sim) Set() map[string]string { return nil }

// Allow gives the key a right or takes it.
func (s *Sim) Allow(scope string, yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.scopes[scope] = yes
}

// Live says which versions the shop lives with, oldest first.
func (s *Sim) Live(versions ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.versions = versions
}

// Most sets what one operation may cost. How the real shop reckons is known in part only.
func (s *Sim) Most(cost int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.most = cost
}

// Break has the next use of a root field fail inside the shop.
func (s *Sim) Break(field string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.broken = append(s.broken, field)
}

// Quiet says which times of change a shop does not move when fulfillment orders do: how
// the real one has it is not documented.
type Quiet struct{ Orders, Parts bool }

// Quiet has the shop keep some times of change.
func (s *Sim) Quiet(q Quiet) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quiet = q
}

// AddLocation opens one more place that ships, and returns its id.
func (s *Sim) AddLocation(name string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &location{id: s.id(), name: name, active: true}
	s.locations = append(s.locations, l)
	return l.id
}

// id makes one.
func (s *Sim) id() int64 {
	s.next += 1 + rand.Int64N(40)
	return s.next
}

func gid(kind string, id int64) string { return fmt.Sprintf("gid://shopify/%s/%d", kind, id) }

// ServeHTTP answers as the shop does, unless a fault's turn has come.
func (s *Sim) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.faults.Serve(w, r, http.HandlerFunc(s.serve))
}

type answer struct {
	Errors     []*problem     `json:"errors,omitempty"`
	Data       any            `json:"data,omitempty"`
	Extensions map[string]any `json:"extensions,omitempty"`
}

func (s *Sim) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.host = r.Host
	s.finish()
	if s.bulkFile(w, r) {
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Date", s.clock().UTC().Format(http.TimeFormat))
	version, ok := strings.CutPrefix(r.URL.Path, "/admin/api/")
	version, ok2 := strings.CutSuffix(version, "/graphql.json")
	if !ok || !ok2 || r.Method != http.MethodPost {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"errors":"Not Found"}`)
		return
	}
	if version != "unstable" && !slices.Contains(s.versions, version) {
		version = s.versions[0]
	}
	w.Header().Set("X-Shopify-API-Version", version)
	if r.Header.Get("X-Shopify-Access-Token") != token {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}`)
		return
	}
	var q struct {
		Query     string         `json:"query"`
		Variables map[string]any `json:"variables"`
		Name      string         `json:"operationName"`
	}
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"errors":{"query":"Required parameter missing or invalid"}}`)
		return
	}
	_ = json.NewEncoder(w).Encode(s.answer(q.Query, q.Variables))
}

// finish does what was put off until now.
func (s *Sim) finish() {
	now := s.clock()
	rest := s.jobs[:0]
	for _, j := range s.jobs {
		if j.at.After(now) {
			rest = append(rest, j)
		} else {
			j.do()
		}
	}
	s.jobs = rest
}

// answer runs one operation.
func (s *Sim) answer(query string, vars map[string]any) (a answer) {
	d, err := parse(query)
	if err != nil {
		return answer{Errors: []*problem{{Message: err.Error()}}}
	}
	op := d.operations[0]
	x := &execution{vars: map[string]any{}, fragments: d.fragments, denied: s.denied}
	for _, v := range op.vars {
		got, given := vars[v.name]
		switch {
		case given:
			x.vars[v.name] = got
		case v.value != nil:
			x.vars[v.name] = v.value
		case v.required:
			return answer{Errors: []*problem{coded("INVALID_VARIABLE", fmt.Sprintf("Variable $%s was provided invalid value", v.name))}}
		}
	}
	requested := max(x.cost(op.sel), 1)
	if op.kind == "mutation" {
		requested += 9
	}
	if requested > s.most {
		p := coded("MAX_COST_EXCEEDED", fmt.Sprintf("Query cost is %d, which exceeds the single query max cost limit (%d).", requested, s.most))
		p.Extensions["cost"], p.Extensions["maxCost"] = requested, s.most
		return answer{Errors: []*problem{p}}
	}
	if !s.pay(0, float64(requested)) {
		return answer{Errors: []*problem{coded("THROTTLED", "Throttled")}, Extensions: s.costs(requested, nil)}
	}
	defer func() {
		if u, is := recover().(undefined); is {
			a = answer{Errors: []*problem{u.problem}}
		}
	}()
	root := s.queries()
	if op.kind == "mutation" {
		root = s.mutations(x, op)
	}
	var data any = x.object(root, op.sel, nil)
	for _, p := range x.problems {
		if p.Extensions["code"] == "INTERNAL_SERVER_ERROR" {
			data = nil
		}
	}
	actual := min(max(x.objects, 1), requested)
	s.pay(float64(actual), 0)
	return answer{Errors: x.problems, Data: data, Extensions: s.costs(requested, actual)}
}

// pay takes from the bucket if it holds enough.
func (s *Sim) pay(take, needed float64) bool {
	now := s.clock()
	s.left = min(bucketMost, s.left+max(0, now.Sub(s.filled).Seconds())*bucketBack)
	s.filled = now
	if s.left < needed {
		return false
	}
	s.left -= take
	return true
}

func (s *Sim) costs(requested int, actual any) map[string]any {
	return map[string]any{"cost": map[string]any{
		"requestedQueryCost": requested, "actualQueryCost": actual,
		"throttleStatus": map[string]any{"maximumAvailable": bucketMost, "currentlyAvailable": int(s.left), "restoreRate": bucketBack},
	}}
}

// denied says which right a field needs that the key has not.
func (s *Sim) denied(kind, field string) string {
	scope := map[string]string{
		"QueryRoot.orders": "read_orders", "QueryRoot.order": "read_orders", "QueryRoot.locations": "read_locations",
		"QueryRoot.productVariants": "read_products", "QueryRoot.inventoryItems": "read_inventory",
		"FulfillmentHold.heldByApp": "read_apps", "Order.returns": "read_returns",
		"Mutation.fulfillmentCreate": "write_merchant_managed_fulfillment_orders", "Mutation.fulfillmentCancel": "write_merchant_managed_fulfillment_orders",
		"Mutation.returnCreate": "write_returns", "Mutation.returnProcess": "write_returns", "Mutation.refundCreate": "write_orders",
		"Mutation.inventoryAdjustQuantities": "write_inventory", "Mutation.inventorySetQuantities": "write_inventory",
	}[kind+"."+field]
	if scope == "" || s.may(scope) {
		return ""
	}
	return scope
}

// may reports whether the key has a right. Who may write may read.
func (s *Sim) may(scope string) bool {
	rest, reads := strings.CutPrefix(scope, "read_")
	return s.scopes[scope] || reads && s.scopes["write_"+rest]
}
