// Package oauth2 keeps the access token that a client got for its own id and secret (OAuth
// 2, RFC 6749, section 4.4): it is fetched once for all goroutines, used until shortly
// before its end, and fetched anew after an answer of 401. It must not keep a token
// anywhere but in memory, or put one into an error.
//
//	tokens := oauth2.New(oauth2.Credentials(ask, web.Request{Path: "/token", Method: "POST", Body: form}), clock)
//	client := tokens.Sign(web.Client{Base: base, Do: do})
//
// A request of a client which it signs, and which is not to be sent [web.Request.Once], is
// sent a second time with a new token after 401. One that moves money never is: its 401
// says that nothing was done, and the next one has a new token.
package oauth2

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"packbench/station/web"
	"packbench/station/web/wire"
)

// Token is one, and how long it may be used; zero: not said.
type Token struct {
	Value string
	Until time.Time
}

// unsaid is how long a token is used whose end was not said.
const unsaid = 5 * time.Minute

// Source has a token.
type Source struct {
	fetch func(context.Context) (Token, error)
	clock func() time.Time
	busy  chan struct{} // has room for whoever looks at the token
	token Token
}

// New returns a source that fetches a token by fetch when it needs one. A nil clock is the
// computer's.
func New(fetch func(context.Context) (Token, error), clock func() time.Time) *Source {
	if clock == nil {
		clock = time.Now
	}
	return &Source{fetch: fetch, clock: clock, busy: make(chan struct{}, 1)}
}

// Token returns one that can be used. An error says that nothing was done.
func (s *Source) Token(ctx context.Context) (string, error) {
	select {
	case s.busy <- struct{}{}:
	case <-ctx.Done():
		return "", &web.Away{Err: ctx.Err()}
	}
	defer func() { <-s.busy }()
	if s.token.Value != "" && s.clock().Before(s.token.Until) {
		return s.token.Value, nil
	}
	got, err := s.fetch(ctx)
	switch {
	case err != nil:
		return "", notDone(err)
	case got.Value == "":
		return "", &web.Away{Say: "it gave no access token"}
	case got.Until.IsZero():
		got.Until = s.clock().Add(unsaid)
	}
	s.token = got
	return got.Value, nil
}

// Drop forgets a token that was not accepted, unless there is another one by now.
func (s *Source) Drop(token string) {
	s.busy <- struct{}{}
	defer func() { <-s.busy }()
	if s.token.Value == token {
		s.token = Token{}
	}
}

// notDone says of an error that nothing was done: asking for a token changes nothing.
func notDone(err error) error {
	var status *web.Status
	switch {
	case web.NotDone(err):
		return err
	case errors.As(err, &status) && status.Status < 500: // 400 invalid_client
		return &web.Denied{Say: status.Error(), Who: status.Who}
	}
	return &web.Away{Err: err}
}

// Credentials fetches a token by a request, and reads it as RFC 6749 writes it.
func Credentials(c web.Client, r web.Request) func(context.Context) (Token, error) {
	r.Asks = true
	return func(ctx context.Context) (Token, error) {
		var got struct {
			Token   wire.Text `json:"access_token"`
			Seconds wire.Text `json:"expires_in"`
		}
		if err := c.JSON(ctx, r, &got); err != nil {
			return Token{}, err
		}
		now := time.Now
		if c.Clock != nil {
			now = c.Clock
		}
		return Token{Value: string(got.Token), Until: Until(now(), string(got.Seconds))}, nil
	}
}

// Until is how long a token may be used that is good for so many seconds: a little less,
// so that a purchase does not begin with one that ends. It is zero where the seconds are
// no number.
func Until(now time.Time, seconds string) time.Time {
	n, err := strconv.ParseFloat(seconds, 64)
	if err != nil || !(n > 0 && n < 1e8) {
		return time.Time{}
	}
	life := time.Duration(n) * time.Second
	return now.Add(life - min(life/10, 5*time.Minute))
}

// Sign returns a client whose requests carry the token.
func (s *Source) Sign(c web.Client) web.Client {
	c.Sign = func(r *http.Request, _ []byte) error {
		token, err := s.Token(r.Context())
		if err == nil {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		return err
	}
	c.Do = again{s, c.Do}
	return c
}

// again sends a request that was refused for its token once more, if it may.
type again struct {
	source *Source
	do     web.Doer
}

func (a again) Do(r *http.Request) (*http.Response, error) {
	resp, err := a.do.Do(r)
	if err != nil || resp.StatusCode != http.StatusUnauthorized {
		return resp, err
	}
	const scheme = "Bearer "
	a.source.Drop(strings.TrimPrefix(r.Header.Get("Authorization"), scheme))
	if r.Close || r.Body != nil && r.Body != http.NoBody && r.GetBody == nil { // to be sent once
		return resp, nil
	}
	token, err := a.source.Token(r.Context())
	if err != nil {
		return resp, nil // the 401 says it
	}
	next := r.Clone(r.Context())
	if r.GetBody != nil {
		if next.Body, err = r.GetBody(); err != nil {
			return resp, nil // the 401 says it
		}
	}
	next.Header.Set("Authorization", scheme+token)
	_ = resp.Body.Close()
	return a.do.Do(next)
}
