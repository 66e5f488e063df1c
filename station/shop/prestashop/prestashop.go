// Package prestashop asks a PrestaShop 1.7 or later by its webservice: orders with what
// remains of them, and one shipment of the whole of an order with its tracking number.
// It must not keep anything but the names of the shop's states, countries and
// currencies, or decide what to do about an answer.
//
//	s, err := prestashop.New(shop.Options{ID: "fr", URL: "https://shop.example", Secret: key, Do: web.NewHTTP()})
//
// Secret is the key of the webservice. Set may hold numbers of order states, with
// commas between:
//
//	pack   states whose orders are packed although they are not paid
//	hold   states whose orders are not packed although they are paid
//	sent   the one state that an order gets when it has left, else the shop's own
//
// PrestaShop's times have no zone: they are the shop's own, and compared with each other
// only. A state is set by an entry in the order's history, which is appended, mails
// again, and is accepted whatever the order's state: the order is looked at directly
// before. What has left cannot be taken back, and an order leaves as a whole.
package prestashop

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
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

// Shop is one PrestaShop.
type Shop struct {
	id    string
	web   *web.Client
	clock func() time.Time

	pack, hold []string
	sent       string

	mu    sync.Mutex
	names *names
	read  time.Time // when the names were
	half  half
}

var _ shop.Shop = (*Shop)(nil)

// New returns a client. An error says what of the options is wrong.
func New(o shop.Options) (*Shop, error) {
	text := strings.TrimSpace(o.URL)
	if text != "" && !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("the address of the shop is not one: it looks like https://www.example.com")
	}
	if host := u.Hostname(); u.Scheme == "http" && host != "localhost" && !strings.HasPrefix(host, "127.") {
		return nil, errors.New("the address begins with http: everybody on the way could read the key; use https")
	}
	keys := strings.Fields(o.Secret)
	if len(keys) != 1 {
		return nil, fmt.Errorf("a PrestaShop webservice has one key; %d were given", len(keys))
	}
	s := &Shop{id: o.ID, clock: o.Clock}
	if s.clock == nil {
		s.clock = time.Now
	}
	for name, into := range map[string]*[]string{"pack": &s.pack, "hold": &s.hold} {
		for id := range strings.FieldsFuncSeq(o.Set[name], func(r rune) bool { return r == ',' || r == ' ' }) {
			if number(id).text() != id {
				return nil, fmt.Errorf("%s is %q: it holds numbers of order states, with commas between", name, o.Set[name])
			}
			*into = append(*into, id)
		}
	}
	s.sent = strings.TrimSpace(o.Set["sent"])
	if s.sent != "" && number(s.sent).text() != s.sent {
		return nil, fmt.Errorf("sent is %q: it is the number of an order state", s.sent)
	}
	path, _, _ := strings.Cut(strings.TrimRight(u.EscapedPath(), "/")+"/", "/api/")
	s.web = &web.Client{Base: u.Scheme + "://" + u.Host + strings.TrimRight(path, "/") + "/api", Do: o.Do, Clock: s.clock}
	s.web.Sign = func(r *http.Request, _ []byte) error {
		r.SetBasicAuth(keys[0], "")
		return nil
	}
	return s, nil
}

// Can says what PrestaShop can do.
func (s *Shop) Can() shop.Can { return shop.Can{} }

// number is a JSON number, or the text of one: PrestaShop writes both.
type number string

func (n *number) UnmarshalJSON(data []byte) error {
	*n = ""
	var text string
	if json.Unmarshal(data, &text) != nil {
		text = string(data)
	}
	if text = strings.TrimSpace(text); text == "" || text == "null" || text == "false" {
		return nil
	}
	if _, err := strconv.ParseFloat(text, 64); err != nil || len(text) > 40 {
		return errors.New("it is no number")
	}
	*n = number(text)
	return nil
}

func (n number) float() float64 {
	f, err := strconv.ParseFloat(string(n), 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return f
}

// key is an id that PrestaShop counts up, 0 for none.
func (n number) key() int64 {
	id, err := strconv.ParseInt(string(n), 10, 64)
	if err != nil || id < 0 {
		return 0
	}
	return id
}

func (n number) text() string {
	if id := n.key(); id > 0 {
		return strconv.FormatInt(id, 10)
	}
	return ""
}

// words is a text, or a text in each of the shop's languages: the first is taken.
type words string

func (w *words) UnmarshalJSON(data []byte) error {
	*w = ""
	var one string
	var many []struct {
		Value string `json:"value"`
	}
	switch {
	case json.Unmarshal(data, &one) == nil:
		*w = words(one)
	case json.Unmarshal(data, &many) == nil && len(many) > 0:
		*w = words(many[0].Value)
	}
	return nil
}

// list asks for entries of a resource. An answer without any is an empty list in place
// of an object. What changes nothing is asked once more where no answer came: an order is
// read with six questions, and each that fails would cost all of them.
func (s *Shop) list(ctx context.Context, resource, display string, query url.Values) ([]json.RawMessage, error) {
	q := url.Values{"output_format": {"JSON"}, "display": {display}}
	for name, values := range query {
		q[name] = values
	}
	raw, err := s.ask(ctx, resource, q)
	if ctx.Err() == nil && errors.As(err, new(*shop.Away)) {
		raw, err = s.ask(ctx, resource, q)
	}
	if err != nil {
		return nil, err
	}
	var none []any
	if json.Unmarshal(raw, &none) == nil && len(none) == 0 {
		return nil, nil
	}
	var out map[string]json.RawMessage
	var entries []json.RawMessage
	if json.Unmarshal(raw, &out) != nil || json.Unmarshal(out[resource], &entries) != nil {
		return nil, &shop.Away{Say: "no PrestaShop answers at this address"}
	}
	return entries, nil
}

func (s *Shop) ask(ctx context.Context, resource string, q url.Values) (raw json.RawMessage, err error) {
	a, err := s.send(ctx, web.Request{Method: http.MethodGet, Path: "/" + resource, Query: q})
	if err != nil {
		return nil, err
	}
	return raw, web.Read(a, &raw, true)
}

// some asks for the entries of a resource whose field is one of several ids.
func some[T any](ctx context.Context, s *Shop, resource, display, field string, ids []string) ([]T, error) {
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	var out []T
	for part := range slices.Chunk(ids, pageSize) {
		raws, err := s.list(ctx, resource, display, url.Values{"filter[" + field + "]": {"[" + strings.Join(part, "|") + "]"}})
		if err != nil {
			return nil, err
		}
		for _, raw := range raws {
			var one T
			if json.Unmarshal(raw, &one) != nil {
				return nil, &shop.Away{Say: "its answer about " + resource + " cannot be read"}
			}
			out = append(out, one)
		}
	}
	return out, nil
}

func (s *Shop) send(ctx context.Context, r web.Request) (web.Answer, error) {
	a, err := s.web.Send(ctx, r)
	if err == nil {
		return a, nil
	}
	return a, meaning(a, err, r)
}

// meaning says what an answer that is no success means here.
func meaning(a web.Answer, err error, r web.Request) error {
	var in struct {
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	text := ""
	if json.Unmarshal(a.Body, &in) == nil && len(in.Errors) > 0 {
		const longest = 300
		text = strings.Join(strings.Fields(in.Errors[0].Message), " ")
		if runes := []rune(text); len(runes) > longest {
			text = string(runes[:longest]) + "…"
		}
	}
	what, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/"), "/")
	var status *web.Status
	switch asks := r.Method == http.MethodGet; {
	case errors.As(err, new(*shop.Denied)):
		return &shop.Denied{Say: cmp.Or(text, "the key is wrong, or not switched on")}
	case !errors.As(err, &status) || status.Status >= 500 || status.Status == http.StatusRequestTimeout:
		return err
	case status.Status == http.StatusMethodNotAllowed && text != "":
		return &shop.Denied{Right: r.Method + " of " + what, Say: text}
	case text == "" && asks:
		return &shop.Away{Say: "no PrestaShop answers at this address, or its webservice is switched off", Err: err}
	case text == "":
		return err
	case status.Status == http.StatusNotFound:
		return &shop.Gone{What: "entry of that id"}
	}
	return &shop.Refused{Say: text}
}

// state is one that orders may have.
type state struct {
	ID      number `json:"id"`
	Name    words  `json:"name"`
	Paid    number `json:"paid"`
	Shipped number `json:"shipped"`
}

// names is what the shop calls things.
type names struct {
	states              map[string]state
	currencies          map[string]string
	countries, regions  map[string]string
	carriers            map[string]string
	sent                string
	cancelled, refunded string
}

// Names are good for an hour, and for less where an order has a state that is none of
// them: a shop adds one now and then.
const (
	fresh  = time.Hour
	recent = 10 * time.Minute
)

// half is names that are being read, a table at a time: where an answer fails, what was
// read before it is not asked for again, or a shop that is hard to reach would never be
// read.
type half struct {
	names *names
	done  int // tables that were read
	until time.Time
}

// known returns the names, among them those of some states.
func (s *Shop) known(ctx context.Context, states ...number) (*names, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.names != nil {
		strange := slices.ContainsFunc(states, func(id number) bool { _, is := s.names.states[id.text()]; return !is })
		if age := s.clock().Sub(s.read); age < recent || age < fresh && !strange {
			return s.names, nil
		}
	}
	if s.half.names == nil || !s.clock().Before(s.half.until) {
		n := &names{ // as a new shop has them
			states: map[string]state{}, sent: "4", cancelled: "6", refunded: "7",
			currencies: map[string]string{}, countries: map[string]string{}, regions: map[string]string{}, carriers: map[string]string{},
		}
		s.half = half{names: n, until: s.clock().Add(recent)}
	}
	for h := &s.half; h.done < len(tables); h.done++ {
		if err := tables[h.done](ctx, s, h.names); err != nil {
			return nil, err
		}
	}
	if s.sent != "" {
		s.half.names.sent = s.sent
	}
	s.names, s.read, s.half = s.half.names, s.clock(), half{}
	return s.names, nil
}

// tables read what the shop has names for, one request each.
var tables = []func(context.Context, *Shop, *names) error{
	func(ctx context.Context, s *Shop, n *names) error {
		return table(ctx, s, "order_states", "full", nil, func(st state) { n.states[st.ID.text()] = st })
	},
	func(ctx context.Context, s *Shop, n *names) error {
		return table(ctx, s, "currencies", "[id,iso_code]", nil, func(r row) { n.currencies[r.ID.text()] = r.ISO })
	},
	func(ctx context.Context, s *Shop, n *names) error {
		return table(ctx, s, "countries", "[id,iso_code]", nil, func(r row) { n.countries[r.ID.text()] = r.ISO })
	},
	func(ctx context.Context, s *Shop, n *names) error {
		return table(ctx, s, "states", "[id,iso_code]", nil, func(r row) { n.regions[r.ID.text()] = r.ISO })
	},
	func(ctx context.Context, s *Shop, n *names) error {
		return table(ctx, s, "carriers", "[id,name]", nil, func(r row) { n.carriers[r.ID.text()] = string(r.Name) })
	},
	func(ctx context.Context, s *Shop, n *names) error {
		err := table(ctx, s, "configurations", "[id,name,value]", url.Values{"filter[name]": {"[PS_OS_SHIPPING|PS_OS_CANCELED|PS_OS_REFUND]"}}, func(r row) {
			switch r.Name {
			case "PS_OS_SHIPPING":
				n.sent = string(r.Value)
			case "PS_OS_CANCELED":
				n.cancelled = string(r.Value)
			case "PS_OS_REFUND":
				n.refunded = string(r.Value)
			}
		})
		if errors.As(err, new(*shop.Denied)) || err != nil && shop.Hopeless(err) {
			return nil // without the right to it the usual numbers hold
		}
		return err
	},
}

// row is an entry of a table of names.
type row struct {
	ID    number `json:"id"`
	ISO   string `json:"iso_code"`
	Name  words  `json:"name"`
	Value words  `json:"value"`
}

// table calls f with each entry of a resource that can be read.
func table[T any](ctx context.Context, s *Shop, resource, display string, query url.Values, f func(T)) error {
	raws, err := s.list(ctx, resource, display, query)
	if err != nil {
		return err
	}
	for _, raw := range raws {
		var r T
		if json.Unmarshal(raw, &r) == nil {
			f(r)
		}
	}
	return nil
}
