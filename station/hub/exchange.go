package hub

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"packbench/station/journal"
	"packbench/station/store"
)

// Folder is what the exchange needs of a data folder's database.
type Folder interface {
	Member(ctx context.Context) (store.Membership, error)
	KeepMember(ctx context.Context, m store.Membership) error
	ShareAgain(ctx context.Context) error
	Stop(ctx context.Context) error

	Head(ctx context.Context, writer string) (journal.Chain, error)
	Rows(ctx context.Context, writer string, from int64) iter.Seq2[journal.Row, error]
	AppendCopied(ctx context.Context, rows []journal.Row) (left map[string]error, err error)
	CatchUp(ctx context.Context) error

	SharedChanges(ctx context.Context, limit, size int) ([]store.Shared, error)
	SharedTold(ctx context.Context, told []store.Shared) error
	SharedPlace(ctx context.Context, feed string) (int64, error)
	TakeShared(ctx context.Context, feed string, upTo int64, rows []store.Shared, joins bool) ([]string, error)
	CountShared(ctx context.Context) (int64, error)
	Unkept(ctx context.Context, limit int) ([]store.Unkept, int64, error)
	PackedHere(ctx context.Context, stations []string, after string, limit int) ([]string, error)

	Claims
	Numbers
	Outbox
	Dock
	Papers
	Returns
}

// Options of an exchange.
type Options struct {
	Folder Folder
	Open   func() (*Hub, error) // the hub, by the settings as they are now
	// Own are the chains that this folder writes, the station's first.
	Own []string
	// Late are those of Own that folders have not always written: a hub where the folder may
	// not write one, because it joined before, is not told of it until it joins again.
	Late []string
	// Follow reports whether the chain of another folder is kept here.
	Follow func(writer string) bool
	// Ahead is how many due orders are claimed before they are begun, so that there is
	// work where the hub is away.
	Ahead int
	// Ranges are those that labels are numbered from now.
	Ranges func(ctx context.Context) (store.Ranges, error)
	// Documents is for how many days labels and papers are kept at the hub; nil or 0: none.
	Documents func() int
	// Runs: the folder may do what is done once for the shop, because it follows all.
	Runs bool
	// Beside is done when the hub was greeted and every few seconds: what else is kept in
	// step. nil for nothing.
	Beside func(ctx context.Context, h *Hub) error
	// Clash is told of an order that this station and another one hold.
	Clash func(ctx context.Context, order, other string)
	// Granted is told of an order that this station took alone, and has now; nil for nothing.
	Granted func(ctx context.Context, order string)
	// Returned is told of a return that this station opened without the hub: who has it besides,
	// "" where it has it now; nil for nothing.
	Returned func(ctx context.Context, p store.Parcel, other string)
	// Overruled is called when rows of others were taken: what was changed here and does not count stands
	// in the folder. nil for nothing.
	Overruled func(ctx context.Context)
	// Stands is how the station stands, for the board; nil for nothing. It must not wait.
	Stands func() []byte
	Log    *slog.Logger
}

// Exchange keeps one folder and the hub in step. It may be used by several goroutines.
type Exchange struct {
	Options
	station string

	round sync.Mutex // one at a time
	hub   *Hub       // of this round
	met   bool       // the hub was greeted
	kept  time.Time  // when Beside was done

	docked atomic.Bool // nothing of this station is off the dock, here and at the hub

	life  string // of the hub, in which it was
	sign  string // of the greeting
	acked map[string]int64

	patience time.Duration // how long a packer waits
	pace     time.Duration // from one round to the next
	beat     time.Duration // from one look at the rows to the next, between rounds
	here     toldHere

	copying  sync.Mutex // the rows of others, one at a time
	claiming sync.Mutex // what is claimed and what is given back does not cross
	begun    map[string]bool
	freed    map[string]bool // given back by the bench, and the hub has not heard of it
	asking   map[string]bool
	leaving  map[string]bool      // the hub is just told that they are given up
	given    map[string]time.Time // back, and when
	wants    map[string]time.Time // of what others have and this station took alone: since when
	back     returned

	telling sync.Mutex // how the outbox stands is read and told by one at a time
	turning sync.Mutex
	turn    turn

	mu     sync.Mutex
	line   *Hub // nil before the first call, and after trouble with the address
	status Status
	wake   chan struct{}
}

// Status is how a folder stands with its hub.
type Status struct {
	Tried  time.Time // the last round; zero before the first
	Right  time.Time // the last one that came to its end
	Behind int64     // rows and changes that the hub was not told of
	Err    error     // of the last round; nil where all is well
	Chains []string  // those that this folder cannot keep, and why
	Unkept int64     // rows of what is shared that it cannot keep
	Narrow bool      // what the shop decides is changed at a desk, not here
}

// Away reports whether the hub is not to be had.
func (s Status) Away() bool { return s.Err != nil || s.Right.IsZero() }

// New makes the exchange of a folder that belongs to a hub.
func New(o Options) *Exchange {
	return &Exchange{Options: o, station: o.Own[0], patience: claimWithin, pace: betweenRounds, beat: betweenLooks, acked: map[string]int64{}, begun: map[string]bool{}, freed: map[string]bool{}, asking: map[string]bool{}, leaving: map[string]bool{}, given: map[string]time.Time{}, wants: map[string]time.Time{}, back: returned{given: map[string]given{}, taken: map[string]string{}, mine: map[string]bool{}}, wake: make(chan struct{}, 1)}
}

// How often a round is made: when something here or there may have changed, and where
// the hub is away.
const (
	betweenRounds = time.Second
	betweenLooks  = betweenRounds / 4
	afterTrouble  = 3 * time.Second
	greetEvery    = time.Minute
	besideEvery   = 5 * time.Second
)

// Run makes rounds until ctx ends. A hub that is away is tried again for ever.
func (x *Exchange) Run(ctx context.Context) {
	defer x.listens(ctx)()
	defer x.Close()
	defer x.leave(ctx)
	greeted := time.Now()
	for ctx.Err() == nil {
		if time.Since(greeted) > greetEvery {
			x.forget()
			greeted = time.Now()
		}
		before := x.Status().Err
		err := x.Round(ctx)
		if ctx.Err() != nil {
			return
		}
		wait := x.pace
		if err != nil {
			wait = afterTrouble
		}
		switch {
		case err != nil && before == nil:
			x.Log.Warn("the hub and this folder are not in step", "error", err)
		case err == nil && before != nil:
			x.Log.Info("the hub and this folder are in step again")
		}
		x.rest(ctx, wait, err == nil)
	}
}

// rest waits until the next round is due. Where all is well rows go over meanwhile: a round
// here and a round there would keep what was packed from a desk for two of them.
func (x *Exchange) rest(ctx context.Context, wait time.Duration, well bool) {
	until := time.Now().Add(wait)
	for left := wait; left > 0; left = time.Until(until) {
		if well {
			left = min(left, x.beat)
		}
		select {
		case <-ctx.Done():
			return
		case <-x.wake:
			return
		case <-time.After(left):
		}
		if well && x.look(ctx) != nil {
			return
		}
	}
}

// look tells the hub the rows that were just written here. Where nobody packs somebody
// watches: there it takes those of others too.
func (x *Exchange) look(ctx context.Context) error {
	x.round.Lock()
	defer x.round.Unlock()
	if !x.met {
		return nil // what is wrong the next round says
	}
	err := x.tellRows(ctx)
	if err == nil && x.Ahead == 0 {
		err = x.takeRows(ctx)
	}
	return err
}

// forget makes the next round greet the hub again, so that a copy of this folder is
// noticed.
func (x *Exchange) forget() {
	x.round.Lock()
	defer x.round.Unlock()
	x.met = false
}

// Close ends the line to the hub.
func (x *Exchange) Close() {
	x.giveTurn()
	x.round.Lock()
	defer x.round.Unlock()
	x.drop()
}

func (x *Exchange) drop() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.line != nil {
		x.line.Close()
		x.line = nil
	}
	x.met = false
}

// connected is the line to the hub.
func (x *Exchange) connected() (h *Hub, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.line == nil {
		x.line, err = x.Open()
	}
	return x.line, err
}

// Wake makes the next round begin at once.
func (x *Exchange) Wake() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// Status is how the folder stands with its hub.
func (x *Exchange) Status() Status {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.status
}

// Round tells the hub what is new here and takes what is new there, once, to the end.
func (x *Exchange) Round(ctx context.Context) error {
	x.round.Lock()
	defer x.round.Unlock()
	err := x.exchange(ctx)
	now := time.Now()
	behind, unknown := x.behind(ctx)
	_, unkept, failed := x.Folder.Unkept(ctx, 1)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.status.Tried, x.status.Err = now, err
	if unknown == nil {
		x.status.Behind = behind
	}
	if failed == nil {
		x.status.Unkept = unkept
	}
	if err == nil {
		x.status.Right = now
	}
	return err
}

func (x *Exchange) exchange(ctx context.Context) error {
	if err := x.meet(ctx); err != nil {
		if KindOf(err) != Away {
			x.drop() // the address, or what stands behind it, may be another the next time
		}
		if KindOf(err) == Copied || KindOf(err) == Behind {
			err = errors.Join(err, x.Folder.Stop(ctx))
		}
		return err
	}
	if err := x.beside(ctx); err != nil {
		return err
	}
	joins, err := x.joins(ctx)
	if err != nil {
		return err
	}
	steps := []func(context.Context) error{
		x.tellRows, func(ctx context.Context) error { return x.takeShared(ctx, joins) }, x.tellShared,
		x.exchangeOutbox, x.takeClaims, x.takeRows, x.settle, x.settleDock, x.settleReturns, x.draw, x.tellDocuments, x.tellHere,
	}
	if joins {
		steps = append(steps, x.tellPacked)
	}
	// What stops one of them does not stop the others, unless the hub is away.
	var errs []error
	for _, step := range steps {
		err := step(ctx)
		if KindOf(err) == Away || ctx.Err() != nil {
			return err
		}
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil || !joins {
		return err
	}
	return x.joined(ctx)
}

// beside does what is done beside, where it was not done a moment ago.
func (x *Exchange) beside(ctx context.Context) error {
	if x.Beside == nil || time.Since(x.kept) < besideEvery {
		return nil
	}
	if err := x.Beside(ctx, x.hub); err != nil {
		return x.said(err)
	}
	x.kept = time.Now()
	return nil
}

// joins reports whether the folder has not read the hub to its end since it joined.
func (x *Exchange) joins(ctx context.Context) (bool, error) {
	m, err := x.Folder.Member(ctx)
	return m.Turn <= 0, err
}

func (x *Exchange) joined(ctx context.Context) error {
	m, err := x.Folder.Member(ctx)
	if err != nil {
		return err
	}
	about, err := x.hub.About(ctx)
	if err != nil {
		return err
	}
	if err := x.hub.Brought(ctx, about, x.station); err != nil {
		return err
	}
	if err := x.askRights(ctx, about); err != nil {
		return err
	}
	m.Turn = about.Turn
	return x.Folder.KeepMember(ctx, m)
}

// behind counts what the hub was not told of.
func (x *Exchange) behind(ctx context.Context) (int64, error) {
	n, err := x.Folder.CountShared(ctx)
	for _, w := range x.Own {
		head, failed := x.Folder.Head(ctx, w)
		err = errors.Join(err, failed)
		n += max(head.Seq-x.acked[w], 0)
	}
	return n, err
}
