package messages

import (
	"cmp"
	"context"
	"time"

	"packbench/cmd/internal/folder/once"
	"packbench/station/lease"
	"packbench/station/store"
)

const (
	lookForTargets = 2 * time.Second
	lookForNews    = 2 * time.Second
	afterTrouble   = 15 * time.Second
)

// theLease is that of the one program that tells the team.
const theLease = "messages"

// Run tells the team until ctx ends. A target that is added meanwhile is noticed.
func (m *Messages) Run(ctx context.Context) {
	for wait := time.Duration(0); lease.Pause(ctx, wait); wait = lookForTargets {
		all, err := m.Store.MessageTargets(ctx)
		if err != nil || len(all) == 0 {
			continue
		}
		held, err := lease.Contest(ctx, m.Store, theLease, m.Log)
		if err == nil {
			err = held.Rounds(ctx, m.round)
		}
		if ctx.Err() == nil {
			m.Log.Warn("another program tells the team now", "error", err)
			lease.Pause(ctx, afterTrouble)
		}
	}
}

// round tells the team what is new.
func (m *Messages) round(ctx context.Context) (wait time.Duration) {
	_, done, err := once.Mine(ctx, m.Folder)
	if err != nil {
		return lookForNews
	}
	done()
	if _, err := m.Round(ctx); err != nil && ctx.Err() == nil {
		m.Log.Warn("the team was not told", "error", err)
		return afterTrouble
	}
	return lookForNews
}

// Status is how a target stands.
type Status struct {
	store.MessageTarget
	store.Stand
	Name    string    // of its kind
	Tries   int       // of the message that waits
	Next    time.Time // it is tried
	Told    time.Time // the last message was taken; zero: never
	Trouble string    // "" where all is well
}

// Statuses tell how the targets stand, as the last tries left it; nothing is asked of them.
func (m *Messages) Statuses(ctx context.Context) ([]Status, error) {
	all, err := m.Store.MessageTargets(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := m.Store.CountEntries(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Status, 0, len(all))
	for _, t := range all {
		k, _, err := m.connect(t)
		st := Status{MessageTarget: t, Stand: store.StandOf(t.Entries(), counts), Name: cmp.Or(k.Name, t.Kind)}
		if err != nil {
			st.Trouble = err.Error()
		}
		if st.Told, err = m.Store.LastDone(ctx, t.Entries()); err != nil {
			return nil, err
		}
		if err := m.waits(ctx, &st); err != nil {
			return nil, err
		}
		out = append(out, st)
	}
	return out, nil
}

// waits says why the message that waits was not taken yet.
func (m *Messages) waits(ctx context.Context, st *Status) error {
	if st.Waiting == 0 || st.Off {
		return nil
	}
	entries, err := m.Store.Entries(ctx, store.EntryFilter{Target: st.Entries(), State: store.EntryWaiting, Limit: 1})
	for _, e := range entries {
		if st.Tries, st.Next = e.Tries, e.Next; e.Tries > 0 && st.Trouble == "" {
			st.Trouble = e.Answer
		}
	}
	return err
}
