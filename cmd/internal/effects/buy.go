package effects

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"packbench/cmd/internal/papers"
	"packbench/station/pack"
	"packbench/station/store"
)

// quote carries out the quote effect. It has no effect on anybody, so an unsure one
// simply runs again.
func (r *Runner) quote(ctx context.Context, e pack.Effect) (pack.Event, error) {
	o, err := r.Store.Order(ctx, e.Order)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", e.Order, err)
	}
	quotes, err := r.Carrier.Quote(ctx, r.wish(e, o))
	if err != nil {
		return nil, err
	}
	out := pack.QuotesReady{Effect: e.ID, Quotes: make([]pack.Quote, len(quotes))}
	for i, q := range quotes {
		out.Quotes[i] = pack.Quote{
			Service: q.Service, Carrier: q.Carrier, Name: q.CarrierName + " " + q.Name, Price: q.Price,
			Promise: q.Promise, Reliability: q.Reliability, Allowed: q.Allowed, Chosen: q.Chosen, Reason: q.Reason,
		}
	}
	return out, nil
}

// buy carries out the buy effect. What may have been asked before, in an earlier
// start or by an earlier try, is asked after first; an answer that nobody saw is
// unknown, never a failure (C5, F2).
func (r *Runner) buy(ctx context.Context, e pack.Effect, unsure bool) (pack.Event, error) {
	defer r.turn(e.Key())()
	o, err := r.Store.Order(ctx, e.Order)
	if err != nil {
		return nil, fmt.Errorf("order %s: %w", e.Order, err)
	}
	asked := unsure || e.Intent != ""
	not := func(state pack.PurchaseState, words string) (pack.Event, error) {
		return pack.Bought{Effect: e.ID, State: state, Words: words}, nil
	}
	w := r.wish(e, o)
	bought := func(p Purchase) (pack.Event, error) {
		return pack.Bought{
			Effect: e.ID, State: pack.PurchaseBought, SSCC: p.SSCC, Tracking: p.Tracking, Document: labelMark + w.Key,
			Lacks: o.To.Gaps(), Papers: r.WithLabel(o),
		}, nil
	}
	if words := papers.AddressGap(o.To); words != "" {
		if asked {
			return not(pack.PurchaseUnknown, words)
		}
		return not(pack.PurchaseRefused, words)
	}
	if asked {
		switch p, ok, err := r.Carrier.Find(ctx, w); {
		case err != nil:
			return not(pack.PurchaseUnknown, err.Error())
		case ok:
			return bought(p)
		}
	}
	cards, _, err := r.Catalogue(ctx)
	if err != nil {
		return nil, err
	}
	if words, err := r.CustomsGap(ctx, cards, o, e); words != "" || err != nil {
		return pack.Bought{Effect: e.ID, State: pack.PurchaseRefused, Words: words}, err
	}
	p, err := r.Carrier.Buy(ctx, w)
	var no *Refusal
	switch {
	case err == nil:
		return bought(p)
	case errors.As(err, &no):
		return not(pack.PurchaseRefused, no.Words)
	}
	if p, ok, _ := r.Carrier.Find(ctx, w); ok { // no is no proof so soon
		return bought(p)
	}
	return not(pack.PurchaseUnknown, err.Error())
}

// labelMark begins the id of a kept label; the key of its purchase follows.
const labelMark = "label-"

// voidAgainEvery is how often a carrier that does not answer is asked to take a
// purchase back.
const voidAgainEvery = 10 * time.Second

// void carries out the void effect: it asks until the carrier has answered.
func (r *Runner) void(ctx context.Context, e pack.Effect, report func(pack.Event)) error {
	w := Wish{Key: e.Intent, Parcel: e.Parcel, Carrier: e.Carrier}
	if w.Key == "" { // of a parcel that was closed: what its label was bought for
		key, err := r.Store.WishOf(ctx, e.SSCC)
		if errors.Is(err, store.ErrUnknown) {
			report(pack.Voided{Effect: e.ID}) // made before anybody remembered wishes
			return nil
		}
		if err != nil {
			return err
		}
		w.Key = key
	}
	defer r.turn(w.Key)() // a purchase that is under way comes to its end first
	told := ""
	for {
		err := r.giveBack(ctx, w)
		var no *Refusal
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			report(pack.Voided{Effect: e.ID})
			return nil
		case errors.As(err, &no):
			report(pack.Voided{Effect: e.ID, State: pack.PurchaseRefused, Words: no.Words})
			return nil
		case err.Error() != told:
			told = err.Error()
			report(pack.Voided{Effect: e.ID, State: pack.PurchaseUnknown, Words: told})
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(r.voidAgain):
		}
	}
}

// giveBack gives back what was bought for a wish; it is asked first whether anything
// was, or still is.
func (r *Runner) giveBack(ctx context.Context, w Wish) error {
	if _, ok, err := r.Carrier.Find(ctx, w); err != nil || !ok {
		return err
	}
	return r.Carrier.Void(ctx, w)
}

// turns are the wishes that a carrier is being asked about.
type turns struct {
	mu   sync.Mutex
	busy map[string]chan struct{}
}

// turn waits until nobody else asks about a wish, and returns what ends the turn: an
// effect that is given up may be asking still.
func (t *turns) turn(key string) (end func()) {
	for {
		t.mu.Lock()
		before, busy := t.busy[key]
		if !busy {
			done := make(chan struct{})
			if t.busy == nil {
				t.busy = map[string]chan struct{}{}
			}
			t.busy[key] = done
			t.mu.Unlock()
			return func() {
				t.mu.Lock()
				delete(t.busy, key)
				t.mu.Unlock()
				close(done)
			}
		}
		t.mu.Unlock()
		<-before
	}
}
