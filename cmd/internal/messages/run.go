package messages

import (
	"context"
	"sync"
	"time"

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
	for wait := time.Duration(0); pause(ctx, wait); wait = lookForTargets {
		all, err := m.Store.MessageTargets(ctx)
		if err != nil || len(all) == 0 {
			continue
		}
		held, err := lease.Contest(ctx, m.Store, theLease, m.Log)
		if err == nil {
			err = m.rounds(ctx, held)
		}
		if ctx.Err() == nil {
			m.Log.Warn("another program tells the team now", "error", err)
			pause(ctx, afterTrouble)
		}
	}
}

// rounds work as long as the lease is this program's.
func (m *Messages) rounds(ctx context.Context, held *lease.Lease) error {
	ctx, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() {
		if err := held.Run(ctx); err != nil {
			m.Log.Warn("the lease of the messages is not given back", "error", err)
		}
	})
	defer group.Wait()
	defer stop()
	for {
		_, done, err := held.Hold(ctx)
		if err != nil {
			return err
		}
		done()
		wait := lookForNews
		if _, err := m.Round(ctx); err != nil && ctx.Err() == nil {
			m.Log.Warn("the team was not told", "error", err)
			wait = afterTrouble
		}
		if !pause(ctx, wait) {
			return nil
		}
	}
}

// pause waits, and reports whether ctx has not ended.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// Status is how a target stands.
type Status struct {
	store.MessageTarget
	Name             string // of its kind
	Waiting, Unknown int
	Refused          int
	Tries            int       // of the message that waits
	Next             time.Time // it is tried
	Told             time.Time // the last message was taken; zero: never
	Trouble          string    // "" where all is well
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
		st := Status{MessageTarget: t, Name: t.Kind}
		if k, _, err := m.connect(t); err != nil {
			st.Name, st.Trouble = cmpName(k, t), err.Error()
		} else {
			st.Name = k.Name
		}
		for _, c := range counts {
			if c.Target == t.Entries() {
				switch c.State {
				case store.EntryWaiting:
					st.Waiting = c.N
				case store.EntryUnknown:
					st.Unknown = c.N
				case store.EntryRefused:
					st.Refused = c.N
				}
			}
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

func cmpName(k Kind, t store.MessageTarget) string {
	if k.Name != "" {
		return k.Name
	}
	return t.Kind
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
