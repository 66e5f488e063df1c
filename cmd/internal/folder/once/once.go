// Package once owns who does what is done once for a shop: of several folders that share a
// hub one at a time, see lease.Turn; a folder of its own always does.
//
// It must not know a hub, a shop or a target.
package once

import (
	"context"
	"errors"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/station/store"
)

// errNotHere says that the program that keeps the folder in step with its hub does it.
var errNotHere = errors.New("this folder shares its shop with others over a hub: the bench that works here does this when it is its turn, or packctl sync where none works")

// Mine returns a context to do what is done once for the shop: it ends before another
// folder may do it. An error says that it is not this folder's turn.
func Mine(ctx context.Context, f *folder.Folder) (context.Context, context.CancelFunc, error) {
	if f.Runner != nil {
		return f.Runner.Mine(ctx)
	}
	if err := alone(ctx, f); err != nil {
		return nil, nil, err
	}
	ctx, done := context.WithCancel(ctx)
	return ctx, done, nil
}

func alone(ctx context.Context, f *folder.Folder) error {
	_, member, err := store.Known(f.Store.Member(ctx))
	if err == nil && member {
		err = errNotHere
	}
	return err
}

// Begin is asked before an entry of the outbox is begun here: where it is an error, nothing
// may be sent.
func Begin(ctx context.Context, f *folder.Folder, key string) error {
	if f.Runner == nil {
		return alone(ctx, f)
	}
	return f.Runner.Begin(ctx, key)
}

// Tell has the other folders know how an entry stands.
func Tell(ctx context.Context, f *folder.Folder, key string) error {
	if f.Runner == nil {
		return nil
	}
	return f.Runner.Tell(ctx, key)
}

// Again has an entry sent again that a person looked at; false where it is done, taken back
// or not there.
func Again(ctx context.Context, f *folder.Folder, id int64, at time.Time) (is bool, err error) {
	err = act(ctx, f, id, func(key string) error { return f.Runner.Again(ctx, key) })
	if err == nil {
		is, err = f.Store.SendAgain(ctx, id, at)
	}
	return is, err
}

// GiveUp ends an entry that nobody wants to be sent any more.
func GiveUp(ctx context.Context, f *folder.Folder, id int64, reason string, at time.Time) (is bool, err error) {
	err = act(ctx, f, id, func(key string) error { return f.Runner.GiveUp(ctx, key, reason) })
	if err == nil {
		is, err = f.Store.GiveUp(ctx, id, reason, at)
	}
	return is, err
}

// act tells the hub first: the folder that sends it is another one.
func act(ctx context.Context, f *folder.Folder, id int64, do func(key string) error) error {
	if f.Runner == nil {
		return alone(ctx, f)
	}
	e, err := f.Store.Entry(ctx, id)
	if errors.Is(err, store.ErrUnknown) {
		return nil
	}
	if err == nil {
		err = do(e.Key)
	}
	return err
}
