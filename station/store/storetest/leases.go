package storetest

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"packbench/station/lease"
)

func (s suite) aLeaseHasOneHolder(t *testing.T) {
	ctx := t.Context()
	shops := s.several(t, 4)
	terms := make([]int64, len(shops))
	var wg sync.WaitGroup
	for i, shop := range shops {
		wg.Go(func() {
			for range 3 {
				var err error
				if terms[i], err = shop.TakeLease(ctx, "S1"); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	newest := slices.Max(terms)
	sign := func() string { t.Helper(); return must[map[string]string](t)(shops[0].Leases(ctx))["S1"] }
	for i, shop := range shops {
		before := sign()
		held, err := shop.RenewLease(ctx, "S1", terms[i])
		if err != nil || held != (terms[i] == newest) {
			t.Errorf("term %d of %v holds the lease: %t, %v", terms[i], terms, held, err)
		}
		if held == (sign() == before) {
			t.Errorf("renewed: %t; the sign of life was %q and is %q", held, before, sign())
		}
		if terms[i] != newest {
			if err := shop.EndLease(ctx, "S1", terms[i]); err != nil || sign() == "" {
				t.Errorf("who has lost the lease ends it: %v", err)
			}
		}
	}
	if held, err := shops[0].RenewLease(ctx, "S9", 1); err != nil || held {
		t.Errorf("a lease that nobody took is renewed: %t, %v", held, err)
	}
	other := must[int64](t)(shops[1].TakeLease(ctx, "S2"))
	if err := shops[1].EndLease(ctx, "S1", newest); err != nil {
		t.Error(err)
	}
	if held, err := shops[2].RenewLease(ctx, "S1", newest); err != nil || held {
		t.Errorf("a lease that was given back is renewed: %t, %v", held, err)
	}
	if left := must[map[string]string](t)(shops[3].Leases(ctx)); !slices.Equal(slices.Collect(maps.Keys(left)), []string{"S2"}) {
		t.Errorf("after one was given back there are %v", left)
	}
	if again := must[int64](t)(shops[0].TakeLease(ctx, "S1")); again <= newest || other < 1 {
		t.Errorf("after term %d comes %d", newest, again)
	}
}

// bench is a bench that works on a shop of its own opening.
type bench struct {
	*lease.Lease
	shop Shop
	quit context.CancelFunc
	gone chan error
}

// begin starts a bench at a shop.
func (s suite) begin(t *testing.T, at, station string) *bench {
	t.Helper()
	b := &bench{shop: must[Shop](t)(s.b.Open(t.Context(), at)), gone: make(chan error, 1)}
	b.Lease = must[*lease.Lease](t)(lease.Take(t.Context(), b.shop, station, slog.New(slog.DiscardHandler)))
	var ctx context.Context
	ctx, b.quit = context.WithCancel(t.Context())
	go func() { b.gone <- b.Run(ctx) }()
	return b
}

// end ends the bench's program.
func (b *bench) end(t *testing.T) {
	t.Helper()
	b.quit()
	if err := errors.Join(<-b.gone, b.shop.Close()); err != nil {
		t.Error(err)
	}
}

// killed ends it without a word: its database is gone before it could give the
// lease back.
func (b *bench) killed() {
	_ = b.shop.Close()
	b.quit()
	<-b.gone
}

func (b *bench) sees(t *testing.T, station string, works bool, when string) {
	t.Helper()
	if have, err := b.Works(t.Context(), station); err != nil || have != works {
		t.Errorf("%s: %s works: %t, %v", when, station, have, err)
	}
}

// A bench that does not answer keeps what it has until its lease is over, and has
// stopped claiming by then.
func (s suite) aBenchWorksUntilItIsSilent(t *testing.T) {
	at := s.b.New(t)
	synctest.Test(t, func(t *testing.T) {
		one, two := s.begin(t, at, "S1"), s.begin(t, at, "S2")
		two.sees(t, "S1", true, "at the start")
		two.sees(t, "S3", false, "a bench that never was")
		time.Sleep(10*lease.Length + time.Second) // after a renewal, not with it
		two.sees(t, "S1", true, "while it renews its lease")
		claims, done, err := one.Hold(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		one.killed()
		if _, _, err := one.Hold(t.Context()); err != nil {
			t.Errorf("a bench that has just renewed its lease may not claim: %v", err)
		}
		time.Sleep(lease.Length * 4 / 5)
		two.sees(t, "S1", true, "before its lease is over")
		if claims.Err() == nil {
			t.Error("what rests on the lease may go on")
		}
		done()
		if _, _, err := one.Hold(t.Context()); err == nil {
			t.Error("a bench that cannot renew its lease may claim")
		}
		time.Sleep(lease.Length)
		two.sees(t, "S1", false, "after its lease")
		two.end(t)
	})
}

func (s suite) aBenchThatEndsOrBeginsAgain(t *testing.T) {
	at := s.b.New(t)
	synctest.Test(t, func(t *testing.T) {
		one, two := s.begin(t, at, "S1"), s.begin(t, at, "S2")
		one.end(t)
		two.sees(t, "S1", false, "after it has ended")
		one = s.begin(t, at, "S1")
		two.sees(t, "S1", true, "when it has begun again")
		one.killed()
		one = s.begin(t, at, "S1") // at once
		if _, done, err := one.Hold(t.Context()); err != nil {
			t.Errorf("a bench that was killed waits for its own lease: %v", err)
		} else {
			done()
		}
		time.Sleep(2 * lease.Length)
		two.sees(t, "S1", true, "long after it was killed and began again")
		// A second program of the station, where nothing kept it away: the first one
		// claims nothing any longer.
		twin := s.begin(t, at, "S1")
		time.Sleep(lease.Length)
		var lost *lease.Lost
		if _, _, err := one.Hold(t.Context()); !errors.As(err, &lost) {
			t.Errorf("two programs hold one lease: %v", err)
		}
		one.end(t)
		two.sees(t, "S1", true, "after the first of two programs has ended")
		twin.end(t)
		two.end(t)
	})
}
