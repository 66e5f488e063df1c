package shipstation

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/web"
)

// perMinute is how many requests ShipStation answers for one key, until it says
// otherwise itself.
const perMinute = 40

// pace counts requests, so that the shop never has to refuse one.
type pace struct {
	mu    sync.Mutex
	limit int
	sent  []time.Time // within the last minute
	until time.Time   // the shop's own word: nothing before
}

// room reports how long to wait before n requests may go out; 0: now.
func (p *pace) room(now time.Time, n int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if wait := p.until.Sub(now); wait > 0 && wait <= 2*time.Minute {
		return wait
	}
	p.forget(now)
	limit := p.limit
	if limit == 0 {
		limit = perMinute
	}
	over := len(p.sent) + min(n, limit) - limit
	if over <= 0 {
		return 0
	}
	return p.sent[over-1].Add(time.Minute).Sub(now)
}

// forget drops what is older than a minute, and what a clock that was set back left.
func (p *pace) forget(now time.Time) {
	kept := p.sent[:0]
	for _, at := range p.sent {
		if age := now.Sub(at); age >= 0 && age < time.Minute {
			kept = append(kept, at)
		}
	}
	p.sent = kept
}

// took counts one request and minds what the shop says of its own count.
func (p *pace) took(now time.Time, h http.Header, refused bool) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget(now)
	p.sent = append(p.sent, now)
	if n, err := strconv.Atoi(h.Get("X-Rate-Limit-Limit")); err == nil && n > 0 {
		p.limit = n
	}
	left, err := strconv.Atoi(h.Get("X-Rate-Limit-Remaining"))
	reset, failed := strconv.Atoi(h.Get("X-Rate-Limit-Reset"))
	if failed != nil || reset < 0 || !refused && (err != nil || left > 0) {
		return 0
	}
	wait := min(time.Duration(reset)*time.Second, 2*time.Minute)
	p.until = now.Add(wait)
	return wait
}

// room is asked before the first request of something that takes n.
func (s *Shop) room(n int) error {
	if wait := s.pace.room(s.clock(), n); wait > 0 {
		return &shop.Throttled{Wait: wait}
	}
	return nil
}

// ask sends one request and reads the answer into out.
func (s *Shop) ask(ctx context.Context, r web.Request, what string, out any) (web.Answer, error) {
	if err := s.room(1); err != nil {
		return web.Answer{}, err
	}
	a, err := s.web.Send(ctx, r)
	throttled := new(shop.Throttled)
	refused := errors.As(err, &throttled)
	wait := s.pace.took(s.clock(), a.Header, refused)
	if refused {
		return a, &shop.Throttled{Wait: max(wait, throttled.Wait)}
	}
	if err != nil {
		return a, meant(err, what)
	}
	return a, web.Read(a, out, r.Method == http.MethodGet)
}

// meant says what a status means to ShipStation.
func meant(err error, what string) error {
	status := new(web.Status)
	if errors.As(err, new(*shop.Denied)) {
		return &shop.Denied{Say: "enter the API key and secret again, from Settings, API Settings in ShipStation"}
	}
	if !errors.As(err, &status) {
		return err
	}
	switch status.Status {
	case http.StatusNotFound:
		return &shop.Gone{What: what}
	case http.StatusBadRequest, http.StatusMethodNotAllowed, http.StatusUnprocessableEntity:
		return &shop.Refused{Say: said(status)}
	}
	return err
}

// said is the shop's own word about a no, shortened.
func said(status *web.Status) string {
	var body struct {
		Message   string
		Exception string `json:"ExceptionMessage"`
	}
	if json.Unmarshal(status.Body, &body) != nil || body.Message == "" {
		return status.Error()
	}
	text := body.Message
	if body.Exception != "" {
		text += " " + body.Exception
	}
	return station.OneLine(text, 200)
}
