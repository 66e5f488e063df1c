// Package extensiv is the client of Extensiv 3PL Warehouse Manager: orders of a warehouse
// that packs for others, and their confirmation when they have left.
//
// What it does decides how it is used:
//
//   - An order is confirmed as a whole: a part of one is refused in words, so that
//     Can().Part is false.
//   - Each change carries the version of the order that it rests on (If-Match). Where the
//     order has moved meanwhile nothing is done, and it is *shop.Changed.
//   - Its key is good for a token of half an hour to an hour, which is kept until it ends.
//   - Only what is fully allocated can be confirmed: other orders are held.
//   - What its times are in is not documented: the next round begins hours before the last
//     change that was seen, by its own word for it.
//   - A confirmation makes charges. It is not taken back from here.
//
// Sources: 3w.extensiv.com/rels, orders/order, orders/orders, orders/orderconfirm and
// Rels/rql. Never tried against a live account.
package extensiv

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"packbench/station/shop"
	"packbench/station/web"
	"packbench/station/web/wire"
)

// Address is where Extensiv answers, unless an account has a host of its own.
const Address = "https://secure-wms.com"

// What Options.Set may hold.
const (
	User     = "user"     // id, or name, of the user that the key acts for
	TPL      = "tpl"      // GUID of the warehouse company, where the key needs one
	Customer = "customer" // id of the one customer whose orders are packed; "" for all
	Facility = "facility" // id of the facility that this bench stands in; "" for all
)

// Shop is one account.
type Shop struct {
	id                 string
	web, auth          web.Client
	clock              func() time.Time
	user, tpl          string
	customer, facility string

	mu    sync.Mutex
	token string
	until time.Time
}

var _ shop.Shop = (*Shop)(nil)

// New returns the client of an account. It asks nothing.
func New(o shop.Options) (*Shop, error) {
	u, err := url.Parse(strings.TrimRight(cmp.Or(strings.TrimSpace(o.URL), Address), "/"))
	if err != nil || u.Host == "" {
		return nil, errors.New("the address of Extensiv is not one; leave it empty for " + Address)
	}
	if u.Scheme != "https" && u.Hostname() != "localhost" && !net.ParseIP(u.Hostname()).IsLoopback() {
		return nil, errors.New("the address has to begin with https, because the key travels with each request")
	}
	client, secret, both := strings.Cut(strings.TrimSpace(o.Secret), ":")
	if !both || client == "" || secret == "" {
		return nil, errors.New("enter the client id and the client secret with a colon between (Extensiv, Admin, REST API Management)")
	}
	s := &Shop{id: o.ID, clock: o.Clock, user: strings.TrimSpace(o.Set[User]), tpl: strings.TrimSpace(o.Set[TPL]), customer: strings.TrimSpace(o.Set[Customer]), facility: strings.TrimSpace(o.Set[Facility])}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.user == "" {
		return nil, errors.New("the setting user is needed: the id, or the name, of the user that the key acts for")
	}
	for name, id := range map[string]string{Customer: s.customer, Facility: s.facility} {
		if id != "" && !number(id) {
			return nil, fmt.Errorf("the setting %s must be a number, such as 12", name)
		}
	}
	do := o.Do
	if do == nil {
		do = web.NewHTTP()
	}
	base := u.Scheme + "://" + u.Host
	s.auth = web.Client{Base: base, Do: do, Clock: s.clock, Sign: func(r *http.Request, _ []byte) error {
		r.SetBasicAuth(client, secret)
		return nil
	}}
	s.web = web.Client{Base: base, Do: do, Clock: s.clock}
	return s, nil
}

// Can says what Extensiv can do. Whether it writes to the buyer is for its own rules.
func (s *Shop) Can() shop.Can { return shop.Can{Loud: true} }

func number(text string) bool {
	return text != "" && len(text) <= 18 && strings.Trim(text, "0123456789") == ""
}

// tokenRest is how long before its end a token is not used any more.
const tokenRest = time.Minute

// bearer is a token that is good now.
func (s *Shop) bearer(ctx context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token != "" && s.clock().Before(s.until) {
		return s.token, nil
	}
	body := map[string]string{"grant_type": "client_credentials"}
	if number(s.user) {
		body["user_login_id"] = s.user
	} else {
		body["user_login"] = s.user
	}
	if s.tpl != "" {
		body["tpl"] = s.tpl
	}
	var got struct {
		Token   string  `json:"access_token"`
		Expires wire.ID `json:"expires_in"`
	}
	err := s.auth.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/AuthServer/api/Token", Body: body, Asks: true}, &got)
	var status *web.Status
	if errors.As(err, new(*shop.Denied)) || errors.As(err, &status) && status.Status == http.StatusBadRequest {
		return "", &shop.Denied{Say: "check client id, client secret and the setting user"}
	}
	if err != nil {
		return "", err
	}
	if got.Token == "" {
		return "", &shop.Away{Say: "it gave no token"}
	}
	s.token = got.Token
	s.until = s.clock().Add(min(max(time.Duration(got.Expires)*time.Second, 0), 24*time.Hour) - tokenRest)
	return s.token, nil
}

// ask sends one request. A token that ended early is got anew, once: nothing was done.
func (s *Shop) ask(ctx context.Context, r web.Request, what string, out any) (web.Answer, error) {
	for again := false; ; again = true {
		token, err := s.bearer(ctx)
		if err != nil {
			return web.Answer{}, err
		}
		if r.Header == nil {
			r.Header = http.Header{}
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Accept", "application/hal+json")
		a, err := s.web.Send(ctx, r)
		if err == nil {
			return a, web.Read(a, out, r.Method == http.MethodGet)
		}
		if a.Status != http.StatusUnauthorized || again {
			return a, meant(a, err, what)
		}
		s.mu.Lock()
		s.token = ""
		s.mu.Unlock()
	}
}

// meant says what a status means here. 403 is a right that is missing, or a thing that
// cannot be done in this state.
func meant(a web.Answer, err error, what string) error {
	code, say := said(a.Body)
	switch {
	case a.Status == http.StatusForbidden && code != "" && !strings.Contains(say, "AuthorizationException"):
		return &shop.Refused{Say: code}
	case errors.As(err, new(*shop.Denied)):
		return &shop.Denied{Say: "the key lacks the right for it: " + cmp.Or(code, "ask the warehouse's administrator for REST API access")}
	}
	var status *web.Status
	if !errors.As(err, &status) {
		return err
	}
	switch status.Status {
	case http.StatusNotFound:
		return &shop.Gone{What: what}
	case http.StatusPreconditionFailed:
		return &shop.Changed{Say: what}
	case http.StatusBadRequest, http.StatusConflict, http.StatusPreconditionRequired, http.StatusUnprocessableEntity:
		return &shop.Refused{Say: cmp.Or(code, "it gives no reason")}
	}
	return err
}

// said is Extensiv's code of an error with its hint, and the kind of error.
func said(body []byte) (code, kind string) {
	var e struct {
		Kind wire.Text `json:"$type"`
		Code wire.Text `json:"ErrorCode"`
		Hint wire.Text
	}
	if json.Unmarshal(body, &e) != nil || e.Code == "" {
		return "", ""
	}
	return strings.TrimSuffix(wire.Clean(string(e.Code)+": "+string(e.Hint), 200), ":"), string(e.Kind)
}

// Test reads one order and changes nothing.
func (s *Shop) Test(ctx context.Context) ([]shop.Check, error) {
	c := shop.Check{What: "read orders"}
	var list page
	_, err := s.ask(ctx, web.Request{Method: http.MethodGet, Path: "/orders", Query: url.Values{"pgsiz": {"1"}, "pgnum": {"1"}, "rql": {s.rql("readonly.isclosed==false")}}}, "such list", &list)
	var denied *shop.Denied
	var refused *shop.Refused
	switch {
	case errors.As(err, &denied):
		c.Say, c.Fix = denied.Error(), "in Extensiv, Admin, REST API Management, look at the key; and at the setting user"
	case errors.As(err, &refused):
		c.Say, c.Fix = refused.Say, "check the settings customer and facility"
	case err != nil:
		return nil, err
	default:
		c.OK, c.Say = true, strconv.Itoa(list.Total)+" orders are open"
	}
	return []shop.Check{c}, nil
}

// rql is a condition with those of the settings.
func (s *Shop) rql(conditions ...string) string {
	if s.customer != "" {
		conditions = append(conditions, "readonly.customeridentifier.id=="+s.customer)
	}
	if s.facility != "" {
		conditions = append(conditions, "readonly.facilityidentifier.id=="+s.facility)
	}
	return strings.Join(conditions, ";")
}
