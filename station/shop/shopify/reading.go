package shopify

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"packbench/station/shop"
)

// reading is what was answered so far to something that takes many questions. Where the
// shop asks for a pause in the middle, the next try goes on from there: one that began
// again would use up what the pause has brought, and never come to its end.
type reading struct {
	answers map[string]json.RawMessage // by question
	began   time.Time                  // by our clock
	at      time.Time                  // by the shop's clock, of the first answer
	waits   bool                       // it leaves room for what is urgent
}

// What is kept of readings that were cut short.
const (
	readingLife  = 3 * time.Minute // of answers: then the shop may have moved on
	mostReadings = 8
)

type readingKey struct{}

// read begins or goes on with something that is called what. The end it returns has to
// be called with what came of it.
func (s *Shop) read(ctx context.Context, what string) (_ context.Context, end func(error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.readings[what]
	if r == nil || s.now().Sub(r.began) > readingLife {
		r = &reading{answers: map[string]json.RawMessage{}, began: s.now()}
	}
	delete(s.readings, what)
	return context.WithValue(ctx, readingKey{}, r), func(err error) {
		if !errors.As(err, new(*shop.Throttled)) {
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.readings == nil || len(s.readings) >= mostReadings {
			s.readings = map[string]*reading{}
		}
		s.readings[what] = r
	}
}

// list begins a reading that can wait: nobody at the bench waits for its end.
func (s *Shop) list(ctx context.Context, what string) (_ context.Context, end func(error)) {
	ctx, end = s.read(ctx, what)
	readingOf(ctx).waits = true
	return ctx, end
}

// bucket is what a shop said last of how much it may be asked.
type bucket struct {
	cost
	at time.Time // by our clock
}

// room returns how long what can wait has to wait, so that a quarter of what the shop
// allows at a time is left for shipments.
func (b bucket) room(now time.Time) time.Duration {
	t := b.ThrottleStatus
	if t.RestoreRate <= 0 || t.MaximumAvailable <= 0 {
		return 0
	}
	has := t.CurrentlyAvailable + max(now.Sub(b.at).Seconds(), 0)*t.RestoreRate
	needs := min(t.MaximumAvailable/4+b.RequestedQueryCost, t.MaximumAvailable*0.9)
	if has >= needs {
		return 0
	}
	seconds := min((needs-has)/t.RestoreRate, mostWait.Seconds())
	return max(time.Duration(seconds*float64(time.Second)), 100*time.Millisecond)
}

// readingOf is the reading that a question is part of; there may be none.
func readingOf(ctx context.Context) *reading {
	r, _ := ctx.Value(readingKey{}).(*reading)
	return r
}

// known is the answer to a question that was asked before the pause.
func (r *reading) known(question string) (json.RawMessage, bool) {
	if r == nil {
		return nil, false
	}
	data, ok := r.answers[question]
	return data, ok
}

func (r *reading) keep(question string, data json.RawMessage, at time.Time) {
	if r == nil {
		return
	}
	r.answers[question] = data
	if r.at.IsZero() {
		r.at = at
	}
}
