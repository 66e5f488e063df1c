// Package linnworks is the client of Linnworks: open orders in, and orders processed
// with their tracking number.
//
//   - There is no list of what changed. All open orders are read each time, by their ids
//     in order, so that none is skipped while others come and go; what was processed or
//     cancelled is read by its day.
//   - Processing an order may be answered with success and Processed:false: that is a no,
//     with Linnworks' own words.
//   - An order is processed as a whole (Can().Part is false) and cannot be opened again
//     from here. The tracking number is entered first, which sends nothing, and read again
//     afterwards.
//   - Whether the buyer gets a mail is a rule in Linnworks (Can().Loud).
//   - A composite product is a kit of its sub-items, whose quantities are those of all
//     units of the line together; numbers that do not go into the line's are held.
//
// Sources: github.com/LinnSystems/LinnworksNetSDK. Never tried against a live account.
package linnworks

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// Address is where sessions begin.
const Address = "https://api.linnworks.net"

// Location in Options.Set is the id of the location that this bench packs for; "" is
// the default one.
const Location = "location"

// defaultLocation is Linnworks' own.
const defaultLocation = "00000000-0000-0000-0000-000000000000"

// session is how long one is used before another is begun.
const sessionAge = 20 * time.Minute

// Shop is one account.
type Shop struct {
	do       shop.Doer
	clock    func() time.Time
	base     string
	login    map[string]string
	location string

	mu    sync.Mutex
	web   *web.Client // of the session, nil for none
	begun time.Time
}

var (
	_    shop.Shop = (*Shop)(nil)
	guid           = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// New returns the client of an account. Its error says what is wrong with the settings.
func New(o shop.Options) (*Shop, error) {
	parts := strings.FieldsFunc(o.Secret, func(r rune) bool { return r == ' ' || r == ':' || r == ',' || r == '\n' || r == '\t' })
	if len(parts) != 3 {
		return nil, errors.New("enter the application id, the application secret and the token of Linnworks, with spaces between")
	}
	for _, p := range parts {
		if !guid.MatchString(strings.ToLower(p)) {
			return nil, errors.New("the application id, the application secret and the token of Linnworks each look like 01234567-89ab-cdef-0123-456789abcdef")
		}
	}
	base := strings.TrimRight(cmp.Or(strings.TrimSpace(o.URL), Address), "/")
	if u, err := url.Parse(base); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("the address of the shop is not one; leave it empty for " + Address)
	}
	s := &Shop{
		do: o.Do, clock: o.Clock, base: base, location: strings.ToLower(cmp.Or(strings.TrimSpace(o.Set[Location]), defaultLocation)),
		login: map[string]string{"ApplicationId": parts[0], "ApplicationSecret": parts[1], "Token": parts[2]},
	}
	if !guid.MatchString(s.location) {
		return nil, fmt.Errorf("the setting %s must be the id of a location, such as %s", Location, defaultLocation)
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.do == nil {
		s.do = web.NewHTTP()
	}
	return s, nil
}

// Can says what Linnworks can do.
func (s *Shop) Can() shop.Can { return shop.Can{Loud: true} }

// session returns the client of a session, a new one where there is none.
func (s *Shop) session(ctx context.Context) (*web.Client, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if age := s.clock().Sub(s.begun); s.web != nil && age >= 0 && age < sessionAge {
		return s.web, nil
	}
	s.web = nil
	c := web.Client{Base: s.base, Do: s.do, Clock: s.clock}
	var got struct{ Token, Server string }
	if err := c.JSON(ctx, web.Request{Method: http.MethodPost, Path: "/api/Auth/AuthorizeByApplication", Body: s.login, Asks: true}, &got); err != nil {
		return nil, meant(err, "account", true)
	}
	server, err := s.server(got.Server)
	if err != nil || got.Token == "" {
		return nil, &shop.Away{Say: "Linnworks began no session"}
	}
	s.begun = s.clock()
	s.web = &web.Client{Base: server, Do: s.do, Clock: s.clock, Sign: func(r *http.Request, _ []byte) error {
		r.Header.Set("Authorization", got.Token)
		return nil
	}}
	return s.web, nil
}

// server is where a session is held: at Linnworks or where it was begun, and nowhere
// else, because the session's token goes there.
func (s *Shop) server(text string) (string, error) {
	from, _ := url.Parse(s.base)
	u, err := url.Parse(strings.TrimRight(text, "/"))
	switch {
	case err != nil:
		return "", err
	case u.Host == from.Host && u.Scheme == from.Scheme:
	case u.Scheme == "https" && (u.Hostname() == "linnworks.net" || strings.HasSuffix(u.Hostname(), ".linnworks.net")):
	default:
		return "", errors.New("not a server of Linnworks")
	}
	return u.String(), nil
}

// call asks for one thing; asks says that nothing changes by it. A session that ended
// is begun again, once: what it refused was not done.
func (s *Shop) call(ctx context.Context, path string, form url.Values, asks bool, what string, out any) error {
	for again := false; ; again = true {
		c, err := s.session(ctx)
		if err != nil {
			return err
		}
		err = c.JSON(ctx, web.Request{
			Method: http.MethodPost, Path: "/api/" + path, Body: form.Encode(), Asks: asks,
			Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=UTF-8"}},
		}, out)
		if errors.As(err, new(*shop.Denied)) {
			s.mu.Lock()
			s.web = nil
			s.mu.Unlock()
			if !again {
				continue
			}
		}
		return meant(err, what, asks)
	}
}

// meant says what an error means to Linnworks.
func meant(err error, what string, asks bool) error {
	status := new(web.Status)
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(*shop.Denied)):
		return &shop.Denied{Say: "enter the application id, secret and token of Linnworks again; a token ends when its application is removed there"}
	case !errors.As(err, &status):
		return err
	}
	switch status.Status {
	case http.StatusNotFound:
		return &shop.Gone{What: what}
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		if asks {
			return &shop.Away{Say: said(status)}
		}
		return &shop.Refused{Say: said(status)}
	}
	return err
}

func said(status *web.Status) string {
	var body struct{ Message string }
	if json.Unmarshal(status.Body, &body) == nil && body.Message != "" {
		return station.OneLine(body.Message, 200)
	}
	return status.Error()
}
