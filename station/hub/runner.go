package hub

import (
	"context"
	"errors"
	"fmt"
	"time"

	"packbench/station/lease"
	"packbench/station/store"
)

// Exchange is the turn of its folder.
var _ lease.Turn = (*Exchange)(nil)

// A runner renews its lease in good time. Where the hub is away it goes on until the lease
// is over, by its own running time and less a margin: by the hub's clock it is over later.
const (
	turnLength = 30 * time.Second
	renewTurn  = turnLength / 4
	turnMargin = turnLength / 6
	askTurn    = 3 * time.Second // how often one that is another's is asked for
	turnWithin = 8 * time.Second // how long an answer may take
)

// turn is what this folder knows of the lease of the runner.
type turn struct {
	epoch  int64
	ready  bool      // how the outbox stands was read since the epoch began
	begun  time.Time // when the renewal was asked for that counts
	asked  time.Time // and when the last was
	holder string    // another station that has it
}

// NotRunner says that another folder does what is done once for the shop.
type NotRunner struct{ Holder string }

// Error names the station.
func (n *NotRunner) Error() string {
	if n.Holder == "" {
		return "no bench is known to be the one that speaks to shops and to the team: that needs the hub"
	}
	return fmt.Sprintf("%s speaks to shops and to the team for all benches", n.Holder)
}

// Mine implements lease.Turn.
func (x *Exchange) Mine(ctx context.Context) (context.Context, context.CancelFunc, error) {
	if err := x.keepTurn(ctx); err != nil {
		return nil, nil, err
	}
	left, epoch := x.turnLeft()
	if left <= 0 {
		return nil, nil, &NotRunner{}
	}
	ctx, done := context.WithCancel(ctx)
	go x.watchTurn(ctx, done, left, epoch)
	return ctx, done, nil
}

// watchTurn ends work when the turn ends, and renews the turn until then.
func (x *Exchange) watchTurn(ctx context.Context, end context.CancelFunc, left time.Duration, epoch int64) {
	for is := epoch; left > 0 && is == epoch; left, is = x.turnLeft() {
		if !lease.Pause(ctx, min(left, renewTurn)) {
			return
		}
		_ = x.keepTurn(ctx) // what is left says it
	}
	end()
}

func (x *Exchange) turnLeft() (left time.Duration, epoch int64) {
	x.turning.Lock()
	defer x.turning.Unlock()
	return x.turn.left(time.Now()), x.turn.epoch
}

// left is how long the turn lasts. Running time may stand still while a computer sleeps,
// and the clock of the day goes on; one that was set back says nothing.
func (t turn) left(now time.Time) time.Duration {
	if t.epoch == 0 {
		return 0
	}
	day := now.Round(0).Sub(t.begun.Round(0))
	if day < 0 {
		return 0
	}
	return turnLength - turnMargin - max(day, now.Sub(t.begun))
}

// keepTurn takes the turn where it is free, or renews it. That the hub is away is no error
// while the turn lasts.
func (x *Exchange) keepTurn(ctx context.Context) error {
	x.turning.Lock()
	defer x.turning.Unlock()
	now := time.Now()
	t := &x.turn
	switch left := t.left(now); {
	case t.ready && left > turnLength-turnMargin-renewTurn:
		return nil
	case !x.Runs:
		return errFollowsOwn
	case left <= 0 && now.Sub(t.asked) < askTurn:
		return &NotRunner{t.holder}
	}
	if s := x.Status(); s.Right.IsZero() || KindOf(s.Err) == Copied || KindOf(s.Err) == Behind {
		return &NotRunner{} // a copy, or a folder that does not know yet what others did
	}
	t.asked = now
	h, err := x.connected()
	if err != nil {
		return err
	}
	within, done := context.WithTimeout(ctx, turnWithin)
	defer done()
	l, err := h.Lease(within, x.station, RunnerLease, t.epoch, turnLength)
	switch {
	case err != nil && t.ready && t.left(time.Now()) > 0:
		return nil
	case err != nil:
		return err
	case l.Holder != x.station:
		*t = turn{asked: now, holder: l.Holder}
		return &NotRunner{l.Holder}
	case l.Epoch != t.epoch:
		*t = turn{epoch: l.Epoch, begun: now, asked: now}
	}
	t.begun, t.holder = now, ""
	if t.ready {
		return nil
	}
	// What the runner before has begun is at the hub by now: it is read before anything goes out.
	if err := x.outboxWith(ctx, h); err != nil {
		return err
	}
	if err := x.Folder.BeginRunning(ctx); err != nil {
		return err
	}
	t.ready = true
	x.Log.Info("this bench speaks to shops and to the team for all", "epoch", l.Epoch)
	return nil
}

var errFollowsOwn = errors.New(`a bench that keeps its own journal alone (follow = "own") speaks to no shop: another one does`)

// giveTurn gives the turn back, so that another folder has it at once.
func (x *Exchange) giveTurn() {
	x.turning.Lock()
	defer x.turning.Unlock()
	if x.turn.left(time.Now()) > 0 {
		ctx, done := context.WithTimeout(context.Background(), x.patience)
		defer done()
		if h, err := x.connected(); err == nil {
			_, _ = h.Lease(ctx, x.station, RunnerLease, x.turn.epoch, 0) // else it is over by itself
		}
	}
	x.turn = turn{}
}

// Begin implements lease.Turn.
func (x *Exchange) Begin(ctx context.Context, key string) error {
	e, err := x.Folder.EntryByKey(ctx, key)
	if err != nil {
		return err
	}
	x.turning.Lock()
	epoch := x.turn.epoch
	x.turning.Unlock()
	h, err := x.connected()
	if err != nil {
		return err
	}
	begun, err := h.BeginEntry(ctx, x.station, epoch, e, time.Now())
	if err == nil && !begun {
		err = errMoved
		x.turning.Lock()
		x.turn.ready = false // it is looked at before the next
		x.turning.Unlock()
	}
	return err
}

// Tell implements lease.Turn.
func (x *Exchange) Tell(ctx context.Context, key string) error {
	e, err := x.Folder.EntryByKey(ctx, key)
	if err != nil {
		return err
	}
	h, err := x.connected()
	if err != nil {
		return err
	}
	entries := []store.Entry{e}
	if err := h.TellEntries(ctx, x.station, entries); err != nil {
		return err
	}
	return x.Folder.EntriesTold(ctx, entries)
}

// Again implements lease.Turn.
func (x *Exchange) Again(ctx context.Context, key string) error { return x.act(ctx, key, true, "") }

// GiveUp implements lease.Turn.
func (x *Exchange) GiveUp(ctx context.Context, key, reason string) error {
	return x.act(ctx, key, false, reason)
}

func (x *Exchange) act(ctx context.Context, key string, again bool, reason string) error {
	if err := x.Tell(ctx, key); err != nil { // one that nobody has begun is not there yet
		return err
	}
	h, err := x.connected()
	if err != nil {
		return err
	}
	_, err = h.ActEntry(ctx, x.station, key, again, reason, time.Now())
	x.Wake()
	return err
}
