// Package web is how the clients of shops and carriers speak HTTP: one request, one
// answer that is read whole and bounded, and an error that says truly whether the
// request can have had an effect. It must not know any of them, repeat anything, follow
// a redirect, or put a secret or an answer's personal data into an error.
//
//	var out struct{ Name string }
//	err := c.JSON(ctx, web.Request{Method: "GET", Path: "/orders/7"}, &out)
//
// What an HTTP status means to an interface is the client's to say where it
// differs from the usual; see [Status].
package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// MaxAnswer is how long an answer may be, in bytes.
const MaxAnswer = 32 << 20

// Wait is how long one request may take where the caller sets no shorter time.
const Wait = 60 * time.Second

// Client sends the requests of one shop or carrier.
type Client struct {
	Who  string // is asked, in the words of errors; "" is the shop
	Base string // address that paths begin with, without a slash at its end
	Do   Doer
	// Sign adds what proves who asks; nil for nothing.
	Sign  func(r *http.Request, body []byte) error
	Clock func() time.Time
	Most  int // how long an answer may be, in bytes; 0: MaxAnswer
}

// Request is one question.
type Request struct {
	Method string
	Path   string // joined to the base as it is, escaped
	Query  url.Values
	Header http.Header
	Body   any // sent as JSON; url.Values as a form; []byte and string as they are; nil for none
	// Asks says that a request which is no GET changes nothing, as a query does.
	Asks bool
	// Once says that nothing below may send the request a second time by itself, as
	// net/http does on a connection that dies: where money moves.
	Once bool
}

// Answer is what came back whole.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	Who    string // answered
}

// Status is an answer that is no success.
type Status struct {
	Answer
	// Sent: the request asked for a change, which may have been made all the same.
	Sent bool
}

// Error names the status, never the body.
func (e *Status) Error() string {
	return fmt.Sprintf("%s answered %d %s", who(e.Who), e.Status, http.StatusText(e.Status))
}

// NoJSON says that an answer is not what the interface promises.
type NoJSON struct {
	Type string // Content-Type
	Err  error
	Who  string
}

func (e *NoJSON) Error() string {
	if strings.Contains(e.Type, "html") {
		return who(e.Who) + " answered with a web page instead of data: the address may be wrong, or it is closed for maintenance"
	}
	return who(e.Who) + "'s answer cannot be read"
}
func (e *NoJSON) Unwrap() error { return e.Err }

// JSON sends a request and reads the answer into out, which may be nil.
//
// The errors are those of package shop where nothing was done, surely: *shop.Away
// before the request was sent, and for reads always; *shop.Throttled for 429 and, unless
// it is to be sent once, for 503 with a time; *shop.Denied for 401 and 403. A web page or
// plain text with 404 is an answer that cannot be read. Any other status is a *Status.
func (c *Client) JSON(ctx context.Context, r Request, out any) error {
	a, err := c.Send(ctx, r)
	if err != nil {
		return err
	}
	return Read(a, out, r.asks())
}

// Read decodes an answer. Of a question that changes nothing an answer which cannot
// be read is *shop.Away, else it is unknown what was done.
func Read(a Answer, out any, question bool) error {
	if out == nil {
		return nil
	}
	err := json.Unmarshal(a.Body, out)
	if err == nil {
		return nil
	}
	err = &NoJSON{Type: a.Header.Get("Content-Type"), Err: plain(err), Who: a.Who}
	if question {
		return &Away{Err: err, Who: a.Who}
	}
	return err
}

// plain leaves out of an error of decoding what stood in the answer.
func plain(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("%s is no %s", wrong.Field, wrong.Type)
	}
	return errors.New("it is no JSON, or is cut off")
}

// Send sends a request and returns the answer if it is a success.
func (c *Client) Send(ctx context.Context, r Request) (Answer, error) {
	ctx, done := context.WithTimeout(ctx, Wait)
	defer done()
	req, body, err := c.request(ctx, r)
	if err != nil {
		return Answer{}, &Refused{Say: err.Error(), Who: c.Who}
	}
	if c.Sign != nil {
		if err := c.Sign(req, body); err != nil {
			return Answer{}, err
		}
	}
	reads := r.asks()
	resp, err := c.Do.Do(req)
	if err != nil {
		err = hide(err)
		if reads || notSent(err) {
			return Answer{}, &Away{Err: err, Who: c.Who}
		}
		return Answer{}, fmt.Errorf("no answer came: %w", err)
	}
	defer resp.Body.Close()
	a := Answer{Status: resp.StatusCode, Header: resp.Header, Who: c.Who}
	most := cmp.Or(c.Most, MaxAnswer)
	a.Body, err = io.ReadAll(io.LimitReader(resp.Body, int64(most)+1))
	if err == nil && len(a.Body) > most {
		err = fmt.Errorf("the answer is longer than %s", size(most))
	}
	if err != nil {
		if reads {
			return a, &Away{Err: err, Who: c.Who}
		}
		return a, fmt.Errorf("the answer was cut off: %w", err)
	}
	return a, c.judge(a, r)
}

func size(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}

// Fetch returns a file that an answer names by its whole address. Nothing proves there who
// asks: it may be another host.
func (c *Client) Fetch(ctx context.Context, address string) (Answer, error) {
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return Answer{}, &Away{Say: "the address of a file is not one", Who: c.Who}
	}
	plain := Client{Who: c.Who, Do: c.Do, Clock: c.Clock}
	return plain.Send(ctx, Request{Path: address, Header: http.Header{"Accept": {"*/*"}}})
}

func (r Request) asks() bool { return r.Asks || r.Method == "" || r.Method == http.MethodGet }

// judge says what a status means.
func (c *Client) judge(a Answer, r Request) error {
	reads := r.asks()
	wait, said := c.retryAfter(a.Header)
	failed := &Status{Answer: a, Sent: !reads}
	switch {
	case !reads && r.Once && a.Status == http.StatusRequestTimeout:
		return fmt.Errorf("no answer came in time: %s", failed) // whatever its words, it is no refusal
	case !reads && r.Once && (a.Status == http.StatusServiceUnavailable || a.Status == http.StatusSeeOther):
		return failed // caches and gateways say the first of a server that was too slow, the second comes after the deed
	case a.Status >= 200 && a.Status < 300:
		return nil
	case a.Status == http.StatusTooManyRequests, a.Status == http.StatusServiceUnavailable && said:
		if !said {
			wait = c.reset(a.Header)
		}
		return &Throttled{Wait: wait, Who: c.Who}
	case a.Status == http.StatusUnauthorized, a.Status == http.StatusForbidden:
		return &Denied{Say: failed.Error(), Who: c.Who}
	case a.Status == http.StatusNotFound && a.fromGateway():
		return Read(a, &struct{}{}, reads) // a gateway, or a server that is being set up, says nothing of what was asked for
	case a.Status >= 300 && a.Status < 400:
		return &Away{Say: "it sends its visitors to another address; enter that one in the settings", Who: c.Who}
	case reads && a.Status >= 500:
		return &Away{Err: failed, Who: c.Who}
	}
	return failed
}

// retryAfter reads how long a shop wants to be left alone.
func (c *Client) retryAfter(h http.Header) (wait time.Duration, said bool) {
	text := strings.TrimSpace(h.Get("Retry-After"))
	if text == "" {
		text = strings.TrimSpace(h.Get("X-Retry-After"))
	}
	if text == "" {
		return 0, false
	}
	if s, err := strconv.ParseFloat(text, 64); err == nil {
		return bounded(time.Duration(s * float64(time.Second))), true
	}
	at, err := http.ParseTime(text)
	if err != nil {
		return 0, false
	}
	now := time.Now
	if c.Clock != nil {
		now = c.Clock
	}
	return bounded(at.Sub(now())), true
}

// reset reads when a count of requests begins anew, where no pause is asked for: in
// seconds from now, or in those since 1970.
func (c *Client) reset(h http.Header) time.Duration {
	for _, name := range []string{"X-Rate-Limit-Reset", "X-RateLimit-Reset", "RateLimit-Reset"} {
		s, err := strconv.ParseInt(strings.TrimSpace(h.Get(name)), 10, 64)
		if err != nil || s < 0 {
			continue
		}
		if s < 1_000_000_000 {
			return bounded(time.Duration(min(s, 86_400)) * time.Second)
		}
		now := time.Now
		if c.Clock != nil {
			now = c.Clock
		}
		return bounded(time.Unix(s, 0).Sub(now()))
	}
	return 0
}

// bounded keeps a time that a shop says within reason: a clock that goes wrong must
// not stop the work for a day.
func bounded(d time.Duration) time.Duration { return min(max(d, 0), 15*time.Minute) }

func (c *Client) request(ctx context.Context, r Request) (*http.Request, []byte, error) {
	address := c.Base + r.Path
	if len(r.Query) > 0 {
		address += "?" + r.Query.Encode()
	}
	body, kind, err := encode(r.Body)
	if err != nil {
		return nil, nil, err
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, address, bytes.NewReader(body))
	if err != nil {
		return nil, nil, fmt.Errorf("the address of %s is not one", who(c.Who))
	}
	if r.Body == nil {
		req.Body, req.GetBody, req.ContentLength = http.NoBody, nil, 0
	}
	if r.Once {
		req.GetBody, req.Close = nil, true
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "packbench")
	if r.Body != nil {
		req.Header.Set("Content-Type", kind)
	}
	for name, values := range r.Header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	return req, body, nil
}

func encode(body any) (data []byte, kind string, err error) {
	switch b := body.(type) {
	case nil:
		return nil, "", nil
	case []byte:
		return b, "application/octet-stream", nil
	case url.Values:
		return []byte(b.Encode()), "application/x-www-form-urlencoded", nil
	case string:
		return []byte(b), "text/plain; charset=utf-8", nil
	}
	data, err = json.Marshal(body)
	return data, "application/json", err
}

// notSent reports whether an error came before a byte of the request went out.
func notSent(err error) bool {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "dial" {
		return true
	}
	return errors.As(err, new(*net.DNSError)) || errors.Is(err, syscall.ECONNREFUSED)
}

// hide takes the address out of an error, because it may hold a key.
func hide(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// NewHTTP returns the client that shops are asked with: it follows no redirect, which
// would carry a key to another host.
func NewHTTP() *http.Client {
	return &http.Client{
		Timeout:       Wait,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// NewBuyer returns the client that money is spent with: each call has a connection of its
// own, so that one which dies is never tried again on another by the library.
func NewBuyer() *http.Client {
	c := NewHTTP()
	c.Transport = &http.Transport{Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true}
	return c
}

// Private reports whether a key can be sent to an address: in secret, or not beyond this
// computer. It has no key in itself.
func Private(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return false
	}
	here := u.Hostname() == "localhost" || net.ParseIP(u.Hostname()).IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && here
}

// IsHTML reports whether an answer is a web page.
func (a Answer) IsHTML() bool {
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	return strings.Contains(kind, "html")
}

// fromGateway reports whether the body is a page or words for people, where an interface
// would have said in data what it does not know.
func (a Answer) fromGateway() bool {
	kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	body := bytes.TrimSpace(a.Body)
	switch {
	case a.IsHTML():
		return bytes.HasPrefix(body, []byte("<"))
	case kind == "text/plain":
		return len(body) > 0 && !json.Valid(body)
	}
	return false
}

// Mute reports whether a success says nothing of what was asked: it is a web page, or has
// status 200 and not a word. Who has nothing to say answers 204.
func (a Answer) Mute() bool {
	return a.IsHTML() || a.Status == http.StatusOK && len(bytes.TrimSpace(a.Body)) == 0
}
