package woocommerce

import (
	"context"
	"errors"
	"sync"

	"packbench/station"
	"packbench/station/shop"
)

// known is what else a shop says of an order.
type known struct {
	refunds []refund
	records []record // what has left, where it was asked for
}

// gather asks what else a shop says of an order: which of its goods are virtual, what
// was paid back, and, with look, what has left. All of it at once, because a packer
// waits for it and each answer takes a shop a while.
func (s *Shop) gather(ctx context.Context, o order, look bool) (known, error) {
	var k known
	asks := []func() error{func() error { return s.learn(ctx, []order{o}) }}
	if status, _ := s.status(o); len(o.Refunds) > 0 && status != station.OrderCancelled {
		asks = append(asks, func() (err error) {
			k.refunds, err = all[refund](ctx, s, core+"/orders/"+o.ID.String()+"/refunds", nil)
			return err
		})
	}
	if look {
		asks = append(asks, func() (err error) {
			k.records, err = s.records(ctx, o)
			return err
		})
	}
	return k, together(asks)
}

// together does things at the same time and returns the first error in their order.
func together(asks []func() error) error {
	errs := make([]error, len(asks))
	var wait sync.WaitGroup
	for i, ask := range asks {
		wait.Go(func() { errs[i] = ask() })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// remaining is how many units of each line are left after what was paid back and what
// has left. The shop does not reduce a line's quantity.
func (s *Shop) remaining(o order, k known) (map[ident]int, error) {
	left, err := ordered(s.goods(o))
	if err != nil {
		return nil, err
	}
	for _, r := range k.refunds {
		for line, n := range refunded(r) {
			left[line] = max(0, left[line]-n)
		}
	}
	subtract(left, k.records)
	return left, nil
}

// standing is what remains of each line of an order, and what has left.
func (s *Shop) standing(ctx context.Context, o order) (map[ident]int, []record, error) {
	k, err := s.gather(ctx, o, true)
	if err != nil {
		return nil, nil, err
	}
	left, err := s.remaining(o, k)
	var bad unfit
	if errors.As(err, &bad) {
		err = &shop.Refused{Say: "order " + called(o) + ": " + string(bad)}
	}
	return left, k.records, err
}
