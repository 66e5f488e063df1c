// Package lease owns how a bench shows the others that it works, and how it finds
// out whether another one still does.
//
// A bench takes the lease of its station when it starts, [Take], and renews it
// inside [Lease.Run] until it ends. Work that one of several programs does, [Contest]
// decides which, goes on in [Lease.Rounds]. Whoever wants what another bench holds asks
// [Lease.Works]: a bench works until it has given its lease back, or until nothing
// was heard of it for [Length]. A bench that starts again begins a new term at once,
// because nothing but its own program takes its lease; that there is one such
// program only is not for this package to see to (see store.LockStation).
//
// No clock of the day has a say: a lease holds no time. It has a sign of life that
// differs with each renewal, and who asks measures by the running time of its own
// computer for how long the sign has stayed the same. A clock that is set back or
// forward ends no lease and lengthens none.
//
// The package keeps nothing itself, and it does not say what becomes of what a dead
// bench held.
package lease

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// Length is how long a bench of which nothing is heard counts as working.
const Length = 20 * time.Second

const (
	renewal  = Length / 4        // from one renewal to the next
	youngest = Length / 2        // how old a renewal may be for a claim to rest on it
	claiming = Length - Length/4 // when claims that rest on it have to be over
	longest  = 2 * renewal       // what counts as silence from one look to the next
)

// Table is where the benches of a shop keep their leases.
type Table interface {
	// TakeLease begins a new term of a station, durably. The terms before it are over.
	TakeLease(ctx context.Context, station string) (term int64, err error)
	// RenewLease gives the station a new sign of life. It reports whether the term
	// still is the station's.
	RenewLease(ctx context.Context, station string, term int64) (bool, error)
	// EndLease gives the lease back, unless another term has begun.
	EndLease(ctx context.Context, station string, term int64) error
	// Leases returns the sign of life of each station whose lease was not given back.
	Leases(ctx context.Context) (map[string]string, error)
}

// Turn is that of a folder whose shop has several: what is done once for the shop is done
// by one of them.
type Turn interface {
	// Mine returns a context to do it in. It ends before another folder may have the turn;
	// an error says that this one has it not.
	Mine(ctx context.Context) (context.Context, context.CancelFunc, error)
	// Begin keeps for all folders, before anybody outside is called, that an entry of the
	// outbox is on its way; Tell keeps how it stands now.
	Begin(ctx context.Context, key string) error
	Tell(ctx context.Context, key string) error
	// Again and GiveUp are the word of a person on an entry, in any folder.
	Again(ctx context.Context, key string) error
	GiveUp(ctx context.Context, key, reason string) error
}

// Lost says that somebody else took the station's lease, as two programs that both
// work as one bench do.
type Lost struct{ Station string }

// Error says so to the packer who wanted to claim something.
func (l *Lost) Error() string {
	return fmt.Sprintf("another packbench works for station %s now: end one of the two", l.Station)
}

// Lease is that of one bench. It may be used by several goroutines.
type Lease struct {
	table   Table
	station string
	term    int64
	log     *slog.Logger
	others  others

	mu      sync.Mutex
	renewed time.Time // when the last renewal was begun
}

// Take takes the lease of a station for the one program that works for it.
func Take(ctx context.Context, table Table, station string, log *slog.Logger) (*Lease, error) {
	begun := time.Now()
	term, err := table.TakeLease(ctx, station)
	return &Lease{table: table, station: station, term: term, log: log, renewed: begun, others: others{table: table}}, err
}

// Contest takes a lease that any of several programs may have, once it is free: it
// waits until nobody holds it, or until nothing was heard of its holder for Length. The
// name is none of a station's.
func Contest(ctx context.Context, table Table, name string, log *slog.Logger) (*Lease, error) {
	heard := others{table: table}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		if err := heard.look(ctx); err != nil {
			return nil, err
		}
		if !heard.works(name) {
			return Take(ctx, table, name, log)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

// Run renews the lease and listens for the others until ctx ends. Then it gives the
// lease back.
func (l *Lease) Run(ctx context.Context) error {
	tick := time.NewTicker(renewal)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return l.table.EndLease(context.WithoutCancel(ctx), l.station, l.term)
		case <-tick.C:
			err := l.renew(ctx)
			if err == nil {
				err = l.others.look(ctx)
			}
			if err != nil && !failing && ctx.Err() == nil {
				l.log.Warn("the lease of the station is not renewed", "error", err)
			}
			failing = err != nil
		}
	}
}

// Rounds does a round of work again and again, each as long after the one before as that
// one says, and renews the lease beside. It ends with ctx, or with the error of a lease
// that is not to be held any more; then the lease is given back.
func (l *Lease) Rounds(ctx context.Context, round func(context.Context) (wait time.Duration)) error {
	ctx, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		if err := l.Run(ctx); err != nil {
			l.log.Warn("a lease is not given back", "of", l.station, "error", err)
		}
	})
	defer group.Wait()
	defer stop()
	for {
		_, done, err := l.Hold(ctx)
		if err != nil {
			return err
		}
		done()
		if !Pause(ctx, round(ctx)) {
			return nil
		}
	}
}

// Pause waits, and reports whether ctx has not ended.
func Pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// Hold returns a context to claim in what several benches share. It ends before
// anybody may take this bench for dead, and where the lease cannot be renewed there
// is none.
func (l *Lease) Hold(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if l.age() > youngest {
		if err := l.renew(ctx); err != nil {
			return nil, nil, err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	ctx, done := context.WithDeadline(ctx, l.renewed.Add(claiming))
	return ctx, done, nil
}

// age is how old the last renewal is, or more: running time may stand still while a
// computer sleeps, and the clock of the day goes on.
func (l *Lease) age() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	day := now.Round(0).Sub(l.renewed.Round(0))
	if day < 0 {
		return Length // the clock was set back: nobody knows
	}
	return max(day, now.Sub(l.renewed))
}

func (l *Lease) renew(ctx context.Context) error {
	begun := time.Now()
	held, err := l.table.RenewLease(ctx, l.station, l.term)
	if err == nil && !held {
		err = &Lost{Station: l.station}
	}
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if begun.After(l.renewed) {
		l.renewed = begun
	}
	return nil
}

// Works reports whether another bench works, as far as anybody can tell: one that
// ended without a word does until nothing was heard of it for Length.
func (l *Lease) Works(ctx context.Context, station string) (bool, error) {
	if err := l.others.look(ctx); err != nil {
		return false, err
	}
	return l.others.works(station), nil
}

// others is what was heard of the benches of a shop.
type others struct {
	table Table

	mu     sync.Mutex
	looked time.Time // when the last look was over
	heard  map[string]heard
}

type heard struct {
	sign   string
	silent time.Duration // for how long the sign was seen to stay the same
}

// look reads the signs of life. What counts as silence is the time from after one
// look to before the next, and not all of it where the looks lie far apart: then
// this computer slept, and perhaps the other bench with it.
func (o *others) look(ctx context.Context) error {
	begun := time.Now()
	signs, err := o.table.Leases(ctx)
	if err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	silence := max(0, min(begun.Sub(o.looked), longest)) // less than nothing where two look at once
	now := make(map[string]heard, len(signs))
	for station, sign := range signs {
		h := heard{sign: sign}
		if before, known := o.heard[station]; known && before.sign == sign {
			h.silent = before.silent + silence
		}
		now[station] = h
	}
	o.heard, o.looked = now, time.Now()
	return nil
}

func (o *others) works(station string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	h, there := o.heard[station]
	return there && h.silent < Length
}
