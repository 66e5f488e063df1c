package dryrun

import (
	"cmp"
	"context"
	"net/http"
	"sync"
	"time"

	"packbench/station/web"
)

// Benches pack while a dry run asks: it takes half of what an account answers, or half of
// the usual number of requests where nothing is said of that. A few go at once.
const (
	share  = 2
	usual  = 120 // a minute
	atOnce = 5
)

// pace counts the requests to an account, and says when the next question is due.
type pace struct {
	do   web.Doer
	each time.Duration
	now  func() time.Time

	mu  sync.Mutex
	due time.Time // the next request is, at an even pace
}

func newPace(do web.Doer, perMinute int, now func() time.Time) *pace {
	return &pace{do: do, each: time.Minute * share / time.Duration(cmp.Or(perMinute, usual)), now: now}
}

// Do sends a request at once: its time limit has begun. One question may take several.
func (p *pace) Do(r *http.Request) (*http.Response, error) {
	p.mu.Lock()
	if now := p.now(); p.due.Before(now) {
		p.due = now
	}
	p.due = p.due.Add(p.each)
	p.mu.Unlock()
	return p.do.Do(r)
}

// wait is how long the next question has to wait.
func (p *pace) wait() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.due.Add(-(atOnce - 1) * p.each).Sub(p.now())
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
