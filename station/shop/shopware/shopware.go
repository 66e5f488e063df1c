// Package shopware asks a Shopware 6 shop by its Admin API: orders with their lines, and
// one shipment of the whole of an order with its tracking number. It must not keep
// anything but its access token, which lasts minutes, or decide what to do about an
// answer.
//
//	s, err := shopware.New(shop.Options{ID: "de", URL: "https://shop.example", Secret: key + "\n" + secret, Do: web.NewHTTP()})
//
// Secret is the access key and the secret of an integration. Set may hold
//
//	unpaid   "pack" packs orders that are not paid, as on invoice or in advance
//
// Three state machines say how far an order is: its own, its delivery's and its
// payment's. A shop may change them: a state that is not Shopware's own holds an order.
// Shopware knows of a shipment only that a delivery is in the state "shipped", not
// what was in it: an order leaves as a whole or not at all, and what left cannot be
// taken back. The list of tracking codes is replaced as a whole.
package shopware

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
)

// Shop is one Shopware shop.
type Shop struct {
	id, key, secret string
	unpaid          bool // is packed as well
	web             *web.Client
	clock           func() time.Time

	mu    sync.Mutex
	token string
	until time.Time
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
	keys := strings.FieldsFunc(o.Secret, func(r rune) bool { return strings.ContainsRune(" \t\r\n,;", r) })
	if len(keys) != 2 {
		return nil, fmt.Errorf("a Shopware integration has two values: the access key and the secret; %d were given", len(keys))
	}
	if got := o.Set["unpaid"]; got != "" && got != "pack" && got != "hold" {
		return nil, fmt.Errorf("unpaid is %q: it may be pack or hold", got)
	}
	path, _, _ := strings.Cut(strings.TrimRight(u.EscapedPath(), "/")+"/", "/api/")
	path, _, _ = strings.Cut(path+"/", "/admin/")
	s := &Shop{id: o.ID, key: keys[0], secret: keys[1], unpaid: o.Set["unpaid"] == "pack", clock: o.Clock}
	if s.clock == nil {
		s.clock = time.Now
	}
	s.web = &web.Client{Base: u.Scheme + "://" + u.Host + strings.TrimRight(path, "/") + "/api", Do: o.Do, Clock: s.clock}
	return s, nil
}

// Can says what Shopware can do.
func (s *Shop) Can() shop.Can { return shop.Can{} }

// access returns a token, a new one where the last is over.
func (s *Shop) access(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != "" && s.clock().Before(s.until) {
		return s.token, nil
	}
	var out struct {
		Token   string `json:"access_token"`
		Seconds int    `json:"expires_in"`
	}
	a, err := s.web.Send(ctx, web.Request{Method: http.MethodPost, Path: "/oauth/token", Asks: true, Body: map[string]string{
		"grant_type": "client_credentials", "client_id": s.key, "client_secret": s.secret,
	}})
	if err == nil {
		err = web.Read(a, &out, true)
	}
	var status *web.Status
	switch {
	case errors.As(err, &status) && (status.Status == http.StatusBadRequest || status.Status == http.StatusUnauthorized):
		return "", &shop.Denied{Say: "the access key or its secret is wrong"}
	case errors.As(err, &status):
		return "", &shop.Away{Say: "no Shopware answers at this address", Err: err}
	case err != nil:
		return "", err
	case out.Token == "":
		return "", &shop.Away{Say: "no Shopware answers at this address"}
	}
	const early = 30 * time.Second
	s.token, s.until = out.Token, s.clock().Add(time.Duration(out.Seconds)*time.Second-early)
	return s.token, nil
}

// send sends a request. One that is denied because the token is over was not carried
// out, and is sent once more with a new one.
func (s *Shop) send(ctx context.Context, r web.Request) (web.Answer, error) {
	for again := false; ; again = true {
		token, err := s.access(ctx)
		if err != nil {
			return web.Answer{}, err
		}
		r.Header = http.Header{"Authorization": {"Bearer " + token}}
		a, err := s.web.Send(ctx, r)
		if err == nil {
			return a, nil
		}
		if a.Status == http.StatusUnauthorized {
			s.mu.Lock()
			s.token = ""
			s.mu.Unlock()
			if !again {
				continue
			}
		}
		return a, meaning(a, err, r.Asks)
	}
}

// fault is one of an answer's errors.
type fault struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
}

// meaning says what an answer that is no success means here.
func meaning(a web.Answer, err error, asks bool) error {
	var in struct {
		Errors []fault `json:"errors"`
	}
	said := json.Unmarshal(a.Body, &in) == nil && len(in.Errors) > 0
	var status *web.Status
	switch {
	case errors.As(err, new(*shop.Denied)):
		if said {
			return denied(in.Errors[0])
		}
		return err
	case !errors.As(err, &status) || status.Status >= 500 || status.Status == http.StatusRequestTimeout:
		return err
	case !said && asks:
		return &shop.Away{Say: "no Shopware answers at this address", Err: err}
	case !said:
		return err
	case status.Status == http.StatusNotFound:
		return &shop.Gone{What: "entry of that id"}
	}
	text := in.Errors[0].Detail
	if text == "" {
		text = in.Errors[0].Title
	}
	const longest = 500
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest]) + "…"
	}
	return &shop.Refused{Say: strings.Join(strings.Fields(text), " ")}
}

// denied says which right is missing: the detail is a text that is JSON.
func denied(f fault) error {
	var in struct {
		Missing []string `json:"missingPrivileges"`
	}
	if json.Unmarshal([]byte(f.Detail), &in) == nil && len(in.Missing) > 0 {
		return &shop.Denied{Right: strings.Join(in.Missing, ", "), Say: "missing privilege"}
	}
	return &shop.Denied{Say: strings.Join(strings.Fields(f.Title+" "+f.Detail), " ")}
}
