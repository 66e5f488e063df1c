// Package magento asks a Magento 2 or Adobe Commerce shop by its REST interface: orders
// with what remains of them, shipments, stock by source, products, credit memos. It
// must not keep anything but what it has learnt about products and the shop's units,
// repeat a change, or decide what to do about an answer.
//
//	s, err := magento.New(shop.Options{ID: "us", URL: "https://shop.example", Secret: token, Do: web.NewHTTP()})
//
// Secret is the access token alone, or the four values of an integration, one a line:
// consumer key, consumer secret, access token, access token secret. Since 2.4.4 a shop
// accepts the token alone only where its owner allows that; with four every request is
// signed. Set may hold
//
//	store      code of the store view that names products, for shops with several
//	source     code of the source that this bench ships from and counts
//	stock      number of the stock that the source belongs to, else 1
//	barcode    attributes that hold a product's barcode, in order, with commas between
//	weight     unit of products' weights (kg, g, lb, oz), where the shop does not tell it
//	bundles    "together" or "separately": how bundles ship, where the shop does not tell it
//	unpaid     "pack" packs orders that are not invoiced, as on account or on delivery
//
// Three things are Magento's own. A list is read by ids instead of pages, because past
// the end the last page comes again and pages may be shorter than was asked for. An
// order that is edited is cancelled and made anew with another number. And a shipment
// is for good: there is no call that takes one back.
package magento

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"packbench/station/shop"
	"packbench/station/shop/oauth1"
	"packbench/station/web"
)

// Shop is one Magento shop.
type Shop struct {
	id    string
	set   map[string]string
	web   *web.Client
	clock func() time.Time

	mu      sync.Mutex
	known   bool              // the key was accepted once
	bundles map[string]manner // product id → how the bundle ships
	scale   *scale            // of products, once asked for
}

var (
	_ shop.Shop      = (*Shop)(nil)
	_ shop.Catalogue = (*Shop)(nil)
	_ shop.Stock     = (*Shop)(nil)
	_ shop.Returns   = (*Shop)(nil)
)

// New returns a client. An error says what of the options is wrong.
func New(o shop.Options) (*Shop, error) {
	base, plain, err := address(o.URL, o.Set["store"])
	if err != nil {
		return nil, err
	}
	s := &Shop{id: o.ID, set: o.Set, clock: o.Clock, bundles: map[string]manner{}}
	if s.clock == nil {
		s.clock = time.Now
	}
	s.web = &web.Client{Base: base, Do: o.Do, Clock: s.clock}
	switch keys := strings.FieldsFunc(o.Secret, between); len(keys) {
	case 1:
		if plain {
			return nil, errors.New("the address begins with http: everybody on the way could read the token; use https, or all four values of the integration")
		}
		token := keys[0]
		s.web.Sign = func(r *http.Request, _ []byte) error {
			r.Header.Set("Authorization", "Bearer "+token)
			return nil
		}
	case 4:
		signer := oauth1.Signer{Keys: oauth1.Keys{Consumer: keys[0], ConsumerSecret: keys[1], Token: keys[2], TokenSecret: keys[3]}, Clock: s.clock}
		s.web.Sign = func(r *http.Request, _ []byte) error { return signer.Header(r) }
	default:
		return nil, fmt.Errorf("this shop wants the access token alone, or four values: consumer key, consumer secret, access token and access token secret; %d were given", len(keys))
	}
	for name, allowed := range map[string][]string{"bundles": {"together", "separately"}, "unpaid": {"pack", "hold"}, "weight": {"kg", "g", "lb", "oz"}} {
		if got := o.Set[name]; got != "" && !contains(allowed, got) {
			return nil, fmt.Errorf("%s is %q: it may be %s", name, got, strings.Join(allowed, ", "))
		}
	}
	return s, nil
}

func between(r rune) bool { return strings.ContainsRune(" \t\r\n,;", r) }

func contains(list []string, text string) bool {
	for _, t := range list {
		if t == text {
			return true
		}
	}
	return false
}

// address finds the interface of the shop that somebody entered the address of, and
// whether it is spoken to in the open.
func address(text, store string) (base string, plain bool, err error) {
	text = strings.TrimSpace(text)
	if text != "" && !strings.Contains(text, "://") {
		text = "https://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", false, errors.New("the address of the shop is not one: it looks like https://www.example.com")
	}
	path, _, _ := strings.Cut(u.EscapedPath()+"/", "/rest/")
	path = strings.TrimRight(path, "/")
	if store != "" {
		store = "/" + url.PathEscape(store)
	}
	ip := net.ParseIP(u.Hostname())
	local := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme + "://" + u.Host + path + "/rest" + store + "/V1", u.Scheme == "http" && !local, nil
}

// Can says what Magento can do.
func (s *Shop) Can() shop.Can { return shop.Can{Part: true} }

// ask reads something.
func (s *Shop) ask(ctx context.Context, path string, out any) (http.Header, error) {
	a, err := s.send(ctx, web.Request{Method: http.MethodGet, Path: path})
	if err != nil {
		return nil, err
	}
	return a.Header, web.Read(a, out, true)
}

// tell changes something.
func (s *Shop) tell(ctx context.Context, path string, body, out any) error {
	a, err := s.send(ctx, web.Request{Method: http.MethodPost, Path: path, Body: body})
	if err != nil {
		return err
	}
	return web.Read(a, out, false)
}

func (s *Shop) send(ctx context.Context, r web.Request) (web.Answer, error) {
	a, err := s.web.Send(ctx, r)
	switch {
	case err != nil:
		return a, s.meaning(a, err, r.Method == http.MethodGet)
	case !a.IsHTML():
		s.mu.Lock()
		s.known = true
		s.mu.Unlock()
	}
	return a, nil
}

// meaning says what an answer that is no success means here.
func (s *Shop) meaning(a web.Answer, err error, reads bool) error {
	said, ok := message(a.Body)
	if errors.As(err, new(*shop.Denied)) {
		return s.denied(said)
	}
	var status *web.Status
	if !errors.As(err, &status) || status.Status >= 500 {
		return err
	}
	switch {
	case !ok && reads:
		return &shop.Away{Say: "no Magento answers at this address", Err: err}
	case !ok:
		return err
	case status.Status == http.StatusNotFound && strings.HasPrefix(said.Text, "Request does not match any route"):
		return &shop.Refused{Say: "this Magento does not offer that, perhaps because it is too old or a module is off"}
	case status.Status == http.StatusNotFound:
		return &shop.Gone{What: "entry of that number"}
	case status.Status == http.StatusRequestTimeout:
		return err
	}
	return &shop.Refused{Say: said.Text}
}

// denied says which right is missing. Magento words a key that it does not know like
// one that lacks a right: they are told apart by whether the key was accepted before.
func (s *Shop) denied(said said) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch right := said.Parameters["resources"]; {
	case right != "" && s.known:
		return &shop.Denied{Right: right, Say: said.Text}
	case right != "":
		return &shop.Denied{Say: "the key is wrong or lacks the right " + right}
	default:
		return &shop.Denied{Say: said.Text}
	}
}

// said is a message of Magento.
type said struct {
	Text       string
	Parameters map[string]string
}

const longestMessage = 500

// message reads a message and puts its parameters in, which come as a list for %1, %2
// or by their names. It reports whether it is one.
func message(body []byte) (said, bool) {
	var raw struct {
		Message    string          `json:"message"`
		Parameters json.RawMessage `json:"parameters"`
		Errors     []struct {
			Message    string          `json:"message"`
			Parameters json.RawMessage `json:"parameters"`
		} `json:"errors"`
	}
	if json.Unmarshal(body, &raw) != nil || raw.Message == "" {
		return said{}, false
	}
	params := parameters(raw.Parameters)
	parts := []string{fill(raw.Message, params)}
	for _, e := range raw.Errors {
		parts = append(parts, fill(e.Message, parameters(e.Parameters)))
	}
	text := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	if r := []rune(text); len(r) > longestMessage {
		text = string(r[:longestMessage]) + "…"
	}
	return said{Text: text, Parameters: params}, true
}

func parameters(raw json.RawMessage) map[string]string {
	out := map[string]string{}
	var list []any
	if json.Unmarshal(raw, &list) == nil {
		for i, v := range list {
			out[fmt.Sprint(i+1)] = fmt.Sprint(v)
		}
		return out
	}
	var named map[string]any
	_ = json.Unmarshal(raw, &named) // neither: there are none
	for name, v := range named {
		out[name] = fmt.Sprint(v)
	}
	return out
}

// fill puts parameters in from left to right, the longest name first, so that %1 is
// not found in %10 and nothing is looked for in what was put in.
func fill(text string, params map[string]string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, "%")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name := ""
		for n := range params {
			if len(n) > len(name) && strings.HasPrefix(after, n) {
				name = n
			}
		}
		if name == "" {
			b.WriteByte('%')
		}
		b.WriteString(params[name])
		text = after[len(name):]
	}
}
