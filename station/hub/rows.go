package hub

import (
	"context"
	"errors"
	"slices"
	"time"

	"packbench/station/journal"
	"packbench/station/store"
)

// How much goes over at once. A batch ends after so many bytes too, so that neither side
// holds much.
const (
	rowsAtOnce  = 500
	bytesAtOnce = 4 << 20
)

// tellRows tells the hub the rows of the own chains that it does not have.
func (x *Exchange) tellRows(ctx context.Context) error {
	for _, w := range x.Own {
		var batch []journal.Row
		size := 0
		tell := func() error {
			if len(batch) == 0 {
				return nil
			}
			last, err := x.hub.Append(ctx, batch)
			if err != nil {
				return x.said(err)
			}
			x.acked[w], batch, size = last, batch[:0], 0
			return nil
		}
		for r, err := range x.Folder.Rows(ctx, w, x.acked[w]+1) {
			if err != nil {
				return err
			}
			batch, size = append(batch, r), size+len(r.Input)+len(r.Facts)
			if len(batch) == rowsAtOnce || size > bytesAtOnce {
				if err := tell(); err != nil {
					return err
				}
			}
		}
		if err := tell(); err != nil {
			return err
		}
	}
	return nil
}

// said makes the next round greet the hub again after trouble.
func (x *Exchange) said(err error) error {
	if err != nil {
		x.met = false
	}
	return err
}

// takeRows fetches the rows of the chains that are followed.
func (x *Exchange) takeRows(ctx context.Context) error {
	writers, err := x.copyRows(ctx, x.hub)
	if slices.ContainsFunc(writers, func(w Place) bool { return w.Life != x.life }) { // the server was started anew
		x.met = false
		x.Wake()
	}
	return x.said(err)
}

// copyRows fetches the rows of the chains that are followed, and returns where all chains
// stand at the hub. A chain that cannot be kept here, because it is broken or of a newer
// program, is left alone.
func (x *Exchange) copyRows(ctx context.Context, h *Hub) (writers []Place, err error) {
	for !x.copying.TryLock() { // not longer than a packer waits
		select {
		case <-ctx.Done():
			return nil, &Trouble{Kind: Away, Err: ctx.Err()}
		case <-time.After(lookAgain / 10):
		}
	}
	defer x.copying.Unlock()
	return merged(ctx, x.Folder, h, x.follows, func(writer string, why error) error {
		x.unfollowed("journal of " + writer + ": " + why.Error())
		return nil
	})
}

// merged fetches the rows of some chains, and returns where all chains stand at the hub. Of
// one that cannot be kept here left is told, and the others go on.
func merged(ctx context.Context, folder Folder, h *Hub, some func(writer string) bool, left func(writer string, why error) error) ([]Place, error) {
	writers, err := h.Writers(ctx)
	if err != nil {
		return nil, err
	}
	m := merge{hub: h}
	for _, w := range writers {
		if !some(w.Writer) {
			continue
		}
		head, err := folder.Head(ctx, w.Writer)
		if err != nil {
			return writers, err
		}
		m.add(w.Writer, head.Seq, w.Seq)
	}
	if len(m.chains) == 0 {
		return writers, nil
	}
	for {
		rows, err := m.next(ctx)
		if err != nil || len(rows) == 0 {
			return writers, errors.Join(err, folder.CatchUp(ctx))
		}
		bad, err := folder.AppendCopied(ctx, rows)
		for writer, why := range bad {
			m.leave(writer)
			err = errors.Join(err, left(writer, why))
		}
		if err != nil {
			return writers, err
		}
	}
}

func (x *Exchange) follows(writer string) bool {
	return !slices.Contains(x.Own, writer) && (x.Follow == nil || x.Follow(writer))
}

// Recover gives a folder its own rows back that it has lost, before anything writes its
// chains: after an older backup was put back, or into a new folder. Those of others that it
// follows come with them, so that what was written because of them lies behind them.
func Recover(ctx context.Context, folder Folder, h *Hub, own []string, follow func(writer string) bool) error {
	mine := func(writer string) bool { return slices.Contains(own, writer) }
	writers, err := h.Writers(ctx)
	lost := false
	for _, w := range writers {
		head, failed := folder.Head(ctx, w.Writer)
		err = errors.Join(err, failed)
		lost = lost || mine(w.Writer) && w.Seq > head.Seq
	}
	if err != nil || !lost {
		return err
	}
	_, err = merged(ctx, folder, h, func(writer string) bool { return mine(writer) || follow == nil || follow(writer) }, func(writer string, why error) error {
		if mine(writer) {
			return why
		}
		return nil
	})
	return err
}

// Names of feeds.
const (
	sharedFeed = "shared"
	claimsFeed = "claims"
)

// tellShared tells the hub what was changed here of what is shared. What somebody else has
// changed too is fetched first; and what was told comes back, so that it counts as read.
func (x *Exchange) tellShared(ctx context.Context) error {
	const tries = 3 // the next round goes on
	some := false
	for refused := 0; ; {
		changes, err := x.Folder.SharedChanges(ctx, rowsAtOnce, bytesAtOnce)
		if len(changes) == 0 { // of a row that the disk has changed err says so; the others were told
			if some && err == nil {
				err = x.takeShared(ctx, false)
			}
			return err
		}
		told, err := x.hub.putBehind(ctx, x.station, x.sign, changes)
		if err != nil {
			return x.said(err)
		}
		if err := x.Folder.SharedTold(ctx, told); err != nil {
			return err
		}
		some = true
		if len(told) == len(changes) {
			continue
		}
		if refused++; refused == tries {
			return nil
		}
		if err := x.takeShared(ctx, false); err != nil {
			return err
		}
	}
}

// takeShared fetches what others changed.
func (x *Exchange) takeShared(ctx context.Context, joins bool) error {
	after, err := x.Folder.SharedPlace(ctx, sharedFeed)
	if err != nil {
		return err
	}
	for {
		rows, err := x.hub.Shared(ctx, x.life, after, rowsAtOnce, bytesAtOnce)
		if err != nil {
			return x.said(err)
		}
		if len(rows) == 0 {
			return nil
		}
		// What was begun here a moment ago is not taken away.
		if err := x.Folder.CatchUp(ctx); err != nil {
			return err
		}
		after = rows[len(rows)-1].N
		unkept, err := x.Folder.TakeShared(ctx, sharedFeed, after, x.sharedOf(rows), joins)
		if err != nil {
			return err
		}
		if x.Overruled != nil {
			x.Overruled(ctx)
		}
		if len(unkept) > 0 {
			x.Log.Warn("the hub has what this folder cannot keep", "rows", len(unkept), "first", unkept[0])
		}
	}
}

func (x *Exchange) sharedOf(changes []Change) []store.Shared {
	rows := make([]store.Shared, len(changes))
	for i, c := range changes {
		rows[i] = c.Shared
		rows[i].Own = c.Station == x.station
	}
	return rows
}

// mostUnkept bounds what is named of what could not be kept.
const mostUnkept = 20

// unfollowed names a chain that cannot be kept here.
func (x *Exchange) unfollowed(what string) {
	x.Log.Warn("the hub has what this folder cannot keep", "what", what)
	x.mu.Lock()
	defer x.mu.Unlock()
	if !slices.Contains(x.status.Chains, what) {
		x.status.Chains = append(x.status.Chains, what)
	}
	if n := len(x.status.Chains); n > mostUnkept {
		x.status.Chains = x.status.Chains[n-mostUnkept:]
	}
}

// Numbers are those that labels of this folder are numbered from.
type Numbers interface {
	// NumbersKnown returns how far each range was given out, as far as is known here.
	NumbersKnown(ctx context.Context) (map[string]int64, error)
	// WantedBlocks returns the ranges whose numbers in hand are running out.
	WantedBlocks(ctx context.Context, station string, r store.Ranges) ([]store.Wanting, error)
	// KeepBlock keeps numbers that only this station has.
	KeepBlock(ctx context.Context, station string, w store.Wanting, first, last uint64) error
}

// blockSize is how many numbers a station draws at a time.
const blockSize = 200

// draw draws new numbers before those in hand are used up.
func (x *Exchange) draw(ctx context.Context) error {
	ranges, err := x.Ranges(ctx)
	if err != nil {
		return err
	}
	wanted, err := x.Folder.WantedBlocks(ctx, x.station, ranges)
	if err != nil || len(wanted) == 0 {
		return err
	}
	known, err := x.Folder.NumbersKnown(ctx)
	if err != nil {
		return err
	}
	if err := x.hub.Lift(ctx, x.station, known); err != nil {
		return x.said(err)
	}
	given, err := x.hub.Given(ctx)
	if err != nil {
		return x.said(err)
	}
	for _, w := range wanted {
		first, last, err := x.hub.Take(ctx, x.station, w.Name, int64(w.Above(given)), int64(w.Last), blockSize)
		if err != nil {
			return x.said(err)
		}
		if last < first {
			x.Log.Warn("a range of numbers is used up", "range", w.Name)
			continue
		}
		if err := x.Folder.KeepBlock(ctx, x.station, w, uint64(first), uint64(last)); err != nil {
			return err
		}
	}
	return nil
}
