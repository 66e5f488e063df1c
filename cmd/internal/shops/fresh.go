package shops

import (
	"context"
	"errors"
	"time"

	"packbench/station"
	"packbench/station/shop"
	"packbench/station/store"
)

// freshWithin is how long a packer may wait for a shop (O3).
const freshWithin = time.Second

// freshPause is how long a shop that did not answer in time is not asked again: a network
// that is down must not cost a second for every order.
const freshPause = 20 * time.Second

// Fresh asks an order's shop what it says of it now, and keeps that. It reports whether
// the shop answered: one that cannot be reached within a second stops nobody.
func (s *Shops) Fresh(ctx context.Context, o station.Order) (asked bool, err error) {
	if o.Shop == "" {
		return false, nil
	}
	of, known, err := store.Known(s.Store.Shop(ctx, o.Shop))
	if err != nil || !known || of.Paused || s.isSilent(of.ID) {
		return false, err
	}
	c, err := s.connect(of)
	if err != nil {
		return false, err
	}
	within, done := context.WithTimeout(ctx, freshWithin)
	defer done()
	now, err := c.Fresh(within, o.Ref().ID)
	switch {
	case errors.As(err, new(*shop.Gone)):
		return true, s.Store.SetOrderStatus(ctx, o.ID, station.OrderCancelled, "the shop has this order no longer")
	case err != nil && ctx.Err() == nil:
		s.wasSilent(of.ID)
		s.Log.Info("the shop was not asked for the order", "shop", of.ID, "error", err)
		return false, nil
	case err != nil:
		return false, err
	case now.Own != o.Ref().ID:
		return false, errors.New("the shop answered with another order")
	}
	kept, err := s.ours(ctx, of, now, !c.Can().Part)
	if err != nil {
		return false, err
	}
	_, err = s.Store.PutOrders(ctx, []station.Order{kept})
	return err == nil, err
}

func (s *Shops) isSilent(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	since := s.Time().Sub(s.silent[id])
	return since >= 0 && since < freshPause
}

func (s *Shops) wasSilent(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.silent == nil {
		s.silent = map[string]time.Time{}
	}
	s.silent[id] = s.Time()
}
