package lease

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// table is one in memory, which can fail, and take long.
type table struct {
	mu    sync.Mutex
	signs map[string]string
	fail  error
	slow  time.Duration
}

func (b *table) do(do func()) error {
	time.Sleep(b.slow)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail == nil {
		do()
	}
	return b.fail
}

func (b *table) failing(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail = err
}

func (b *table) TakeLease(context.Context, string) (int64, error) { return 1, b.do(func() {}) }

func (b *table) RenewLease(_ context.Context, station string, _ int64) (bool, error) {
	return true, b.do(func() { b.signs[station] += "." })
}

func (b *table) EndLease(_ context.Context, station string, _ int64) error {
	return b.do(func() { delete(b.signs, station) })
}

func (b *table) Leases(context.Context) (map[string]string, error) {
	out := map[string]string{}
	return out, b.do(func() {
		for station, sign := range b.signs {
			out[station] = sign
		}
	})
}

func take(t *testing.T, b *table) *Lease {
	t.Helper()
	l, err := Take(t.Context(), b, "S1", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// looks asks whether S2 works, n times and as often as a bench does.
func looks(t *testing.T, l *Lease, want ...bool) {
	t.Helper()
	for i, want := range want {
		if have, err := l.Works(t.Context(), "S2"); err != nil || have != want {
			t.Errorf("look %d: S2 works: %t, %v", i+1, have, err)
		}
		time.Sleep(renewal)
	}
}

func TestABenchWorksWhileItsSignChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &table{signs: map[string]string{"S2": "a sign"}}
		l := take(t, b)
		looks(t, l, true, true, true, true, false, false)
		b.signs["S2"] = "another sign"
		looks(t, l, true, true)
		delete(b.signs, "S2")
		looks(t, l, false)
		b.failing(errors.New("the disk does not answer"))
		if works, err := l.Works(t.Context(), "S2"); err == nil || works {
			t.Errorf("nobody can tell, and S2 works: %t, %v", works, err)
		}
	})
}

// The time in which nobody looked is no silence: this computer slept, and perhaps the
// other bench with it. Nor is the time that a look takes.
func TestNoLeaseEndsInSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := take(t, &table{signs: map[string]string{"S2": "a sign"}})
		looks(t, l, true)
		time.Sleep(8 * time.Hour)
		looks(t, l, true, true, false)
		l = take(t, &table{signs: map[string]string{"S2": "a sign"}, slow: time.Minute})
		looks(t, l, true, true, true, true, false)
	})
}

// A bench that cannot renew its lease stops claiming before the lease is over, and
// begins again when it can.
func TestClaimsEndBeforeTheLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &table{signs: map[string]string{}}
		l := take(t, b)
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- l.Run(ctx) }()
		time.Sleep(10*Length + time.Second) // after a renewal, not with it
		full := errors.New("the disk is full")
		b.failing(full)
		time.Sleep(renewal)
		claims, done, err := l.Hold(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer done()
		time.Sleep(Length - 2*renewal)
		if claims.Err() == nil {
			t.Error("a claim goes on at the end of the lease")
		}
		if _, _, err := l.Hold(t.Context()); !errors.Is(err, full) {
			t.Errorf("it claims without a lease: %v", err)
		}
		b.failing(nil)
		if _, done, err := l.Hold(t.Context()); err != nil {
			t.Errorf("it has its lease again and claims nothing: %v", err)
		} else {
			done()
		}
		end()
		if err := <-ended; err != nil || len(b.signs) != 0 {
			t.Errorf("at its end it leaves %v, %v", b.signs, err)
		}
	})
}

// What one of several programs does goes on for as long as its lease is its own, no round
// begins without it, and at the end the lease is free again.
func TestRoundsNeedTheLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &table{signs: map[string]string{}}
		l := take(t, b)
		var n atomic.Int64
		ctx, end := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		rounds := func(context.Context) time.Duration { n.Add(1); return time.Second }
		go func() { ended <- l.Rounds(ctx, rounds) }()
		time.Sleep(3*Length + time.Millisecond)
		if done, want := n.Load(), int64(3*Length/time.Second)+1; done != want {
			t.Errorf("%d rounds, want %d", done, want)
		}
		end()
		if err := <-ended; err != nil || len(b.signs) != 0 {
			t.Errorf("at its end: %v, %v", err, b.signs)
		}
		full := errors.New("the disk is full")
		ctx, end = context.WithCancel(t.Context())
		go func() { ended <- l.Rounds(ctx, rounds) }()
		time.Sleep(2 * Length)
		b.failing(full)
		time.Sleep(2 * Length)
		before := n.Load()
		time.Sleep(Length)
		end()
		if err := <-ended; !errors.Is(err, full) || n.Load() != before {
			t.Errorf("without the lease: %v, %d rounds more", err, n.Load()-before)
		}
	})
}
