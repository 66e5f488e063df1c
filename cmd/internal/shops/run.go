package shops

import (
	"context"
	"errors"
	"sync"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/station/lease"
	"packbench/station/shop"
	"packbench/station/store"
)

const (
	lookForShops = 2 * time.Second // whether one was added
	lookForWork  = time.Second     // in the outbox
	afterTrouble = 15 * time.Second
)

// Run pulls and pushes for all shops until ctx ends. One that is added meanwhile is
// noticed, and so is one that is paused.
func (s *Shops) Run(ctx context.Context) error {
	var group sync.WaitGroup
	defer group.Wait()
	works := map[string]bool{}
	tick := time.NewTicker(lookForShops)
	defer tick.Stop()
	for {
		all, err := s.Store.Shops(ctx)
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("the shops cannot be read", "error", err)
		}
		for _, of := range all {
			if !works[of.ID] {
				works[of.ID] = true
				group.Go(func() { s.work(ctx, of.ID) })
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// leaseName is the lease of a shop: who holds it speaks to the shop.
func leaseName(id string) string { return "shop " + id }

// work is done for one shop by the one program that holds its lease.
func (s *Shops) work(ctx context.Context, id string) {
	for ctx.Err() == nil {
		held, err := lease.Contest(ctx, s.Store, leaseName(id), s.Log)
		if err == nil {
			err = s.hold(ctx, id, held)
		}
		if ctx.Err() != nil {
			return
		}
		s.Log.Warn("another program speaks to the shop now", "shop", id, "error", err)
		lease.Pause(ctx, afterTrouble)
	}
}

// hold works while the lease is held.
func (s *Shops) hold(ctx context.Context, id string, held *lease.Lease) error {
	ctx, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { s.reading(ctx, id) })
	defer group.Wait()
	defer stop()
	return held.Rounds(ctx, func(ctx context.Context) time.Duration {
		wait := lookForWork
		ctx, done, err := once.Mine(ctx, s.Folder)
		if err != nil {
			return wait
		}
		defer done()
		if of, err := s.Store.Shop(ctx, id); err == nil && !of.Paused {
			wait += s.push(ctx, id)
		}
		return wait
	})
}

// reading looks for what is new, beside the telling: a first reading may take long.
func (s *Shops) reading(ctx context.Context, id string) {
	for {
		if !lease.Pause(ctx, s.read(ctx, id)) {
			return
		}
	}
}

func (s *Shops) read(ctx context.Context, id string) (wait time.Duration) {
	wait = lookForWork
	ctx, done, err := once.Mine(ctx, s.Folder)
	if err != nil {
		return wait
	}
	defer done()
	if of, err := s.Store.Shop(ctx, id); err == nil && !of.Paused {
		_, err := s.Pull(ctx, id, false)
		if err != nil && ctx.Err() == nil {
			s.Log.Warn("the shop was not read", "shop", id, "error", err)
		}
		wait = max(every(of), pauseOf(err))
	}
	return wait
}

// push sends what is due, where there is any: a shop that has nothing to hear is not
// spoken to.
func (s *Shops) push(ctx context.Context, id string) (wait time.Duration) {
	due, err := s.Store.DueEntries(ctx, id, s.Time(), 1)
	if err == nil && len(due) == 0 {
		err = s.Store.CatchUp(ctx)
		if err == nil {
			due, err = s.Store.DueEntries(ctx, id, s.Time(), 1)
		}
	}
	if err == nil && len(due) > 0 {
		_, err = s.Push(ctx, id)
	}
	if err != nil && ctx.Err() == nil {
		s.Log.Warn("the shop was not told", "shop", id, "error", err)
	}
	return pauseOf(err)
}

// pauseOf is how long to leave a shop alone after an error.
func pauseOf(err error) time.Duration {
	var wait *shop.Throttled
	switch {
	case err == nil:
		return 0
	case errors.As(err, &wait):
		return max(wait.Wait, time.Second)
	}
	return afterTrouble
}

// Status is how a shop stands.
type Status struct {
	store.Shop
	store.Stand
	Name             string // of its kind
	Orders, Products store.ShopList
	Last             time.Time // anything was read
	Trouble          string    // "" where all is well
	Unread           string    // the path of a file that could not be read, for PutBack; "" for none
}

// Status tells how the shops stand, as the last tries left it; nothing is asked of them.
func (s *Shops) Status(ctx context.Context) ([]Status, error) {
	all, err := s.Store.Shops(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := s.Store.CountEntries(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Status, 0, len(all))
	for _, of := range all {
		st := Status{Shop: of, Stand: store.StandOf(of.ID, counts), Name: of.Kind}
		k, missing := s.kind(of.Kind)
		if missing == nil {
			st.Name = k.Name
			_, missing = s.secret(k, of.ID)
		}
		st.Orders, err = s.Store.ShopList(ctx, of.ID, ListOrders)
		if err == nil {
			st.Products, err = s.Store.ShopList(ctx, of.ID, ListProducts)
		}
		if err != nil {
			return nil, err
		}
		st.Last, st.Trouble = st.Orders.Read, st.Orders.Trouble
		if st.Trouble == "" {
			st.Trouble = st.Products.Trouble
		}
		if st.Trouble == "" && of.Options["returns"] == "yes" {
			l, err := s.Store.ShopList(ctx, of.ID, ListReturns)
			if st.Trouble = l.Trouble; err != nil {
				return nil, err
			}
		}
		if st.Trouble != "" && missing == nil {
			st.Unread = s.unread(of)
		}
		if missing != nil {
			st.Trouble = missing.Error()
		}
		out = append(out, st)
	}
	return out, nil
}
