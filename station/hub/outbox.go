package hub

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"packbench/station/store"
)

// RunnerLease is that of the folder which does what is done once for the shop.
const RunnerLease = "runner"

// Lease is who has one.
type Lease struct {
	Name   string
	Holder string
	Epoch  int64
	Since  time.Time
	Over   bool // nobody has it
}

// Leases returns all of them.
func (h *Hub) Leases(ctx context.Context) ([]Lease, error) {
	return rowsOf(ctx, h, pgx.RowToStructByPos[Lease], `SELECT name, holder, epoch, since, until <= clock_timestamp() FROM packbench.leases WHERE epoch > 0 ORDER BY name`)
}

// Lease takes a lease that is over, or renews that of an epoch, and returns who has it
// now. For no time it gives it back.
func (h *Hub) Lease(ctx context.Context, station, name string, epoch int64, length time.Duration) (l Lease, err error) {
	l.Name = name
	err = h.ask(ctx, `SELECT o_holder, o_epoch FROM packbench.lease($1, $2, $3, $4)`, []any{station, name, epoch, int(length / time.Second)}, &l.Holder, &l.Epoch)
	return l, err
}

// fixedEntry is what never changes of an entry.
type fixedEntry struct {
	Target string          `json:"target"`
	Kind   store.EntryKind `json:"kind"`
	Order  string          `json:"order,omitempty"`
	Parcel string          `json:"parcel,omitempty"`
	Body   []byte          `json:"body"`
	Added  time.Time       `json:"added"`
}

func fixed(e store.Entry) ([]byte, error) {
	return json.Marshal(fixedEntry{e.Target, e.Kind, e.Order, e.Parcel, e.Body, e.Added})
}

// BeginEntry keeps that an entry, which stands as it is given, is on its way. It is false
// where the station is not the runner of that epoch, or the entry stands otherwise.
func (h *Hub) BeginEntry(ctx context.Context, station string, epoch int64, e store.Entry, at time.Time) (begun bool, err error) {
	whole, err := fixed(e)
	if err == nil {
		err = h.ask(ctx, `SELECT packbench.begin_entry($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			[]any{station, RunnerLease, epoch, e.Key, whole, string(e.State), e.Tries, nanos(e.Next), at.UnixNano(), e.Remote}, &begun)
	}
	return begun, err
}

// TellEntries keeps how entries stand here.
func (h *Hub) TellEntries(ctx context.Context, station string, entries []store.Entry) error {
	n := len(entries)
	keys, fix, states, tries := make([]string, n), make([][]byte, n), make([]string, n), make([]int32, n)
	next, moved, answers, remotes := make([]int64, n), make([]int64, n), make([]string, n), make([]string, n)
	for i, e := range entries {
		var err error
		if fix[i], err = fixed(e); err != nil {
			return err
		}
		keys[i], states[i], tries[i], next[i], moved[i], answers[i], remotes[i] = e.Key, string(e.State), int32(e.Tries), nanos(e.Next), nanos(e.Moved), e.Answer, e.Remote
	}
	return h.do(ctx, `SELECT packbench.tell_entries($1, $2, $3, $4, $5, $6, $7, $8, $9)`, station, keys, fix, states, tries, next, moved, answers, remotes)
}

// ActEntry is a person's word: to send an entry again, or to give it up for a reason. It is
// false where there is nothing to send or to give up.
func (h *Hub) ActEntry(ctx context.Context, station, key string, again bool, reason string, at time.Time) (did bool, err error) {
	err = h.ask(ctx, `SELECT packbench.act_entry($1, $2, $3, $4, $5)`, []any{station, key, again, reason, at.UnixNano()}, &did)
	return did, err
}

// Entries returns entries that moved behind number after, in order, and the number of the
// last: at most limit, and no more behind so many bytes.
func (h *Hub) Entries(ctx context.Context, after int64, limit, size int) (entries []store.Entry, last int64, err error) {
	last = after
	entries, err = rowsOf(ctx, h, func(r pgx.CollectableRow) (e store.Entry, err error) {
		var whole []byte
		var next, moved int64
		if err := r.Scan(&last, &e.Key, &whole, &e.State, &e.Tries, &next, &moved, &e.Answer, &e.Remote); err != nil {
			return e, err
		}
		var f fixedEntry
		if err := json.Unmarshal(whole, &f); err != nil {
			return e, fmt.Errorf("entry %s of the outbox cannot be read: %w", e.Key, err)
		}
		e.Target, e.Kind, e.Order, e.Parcel, e.Body, e.Added = f.Target, f.Kind, f.Order, f.Parcel, f.Body, f.Added
		e.Next, e.Moved = clock(next), clock(moved)
		return e, nil
	}, `SELECT n, key, fixed, state, tries, next, moved, answer, remote FROM (
			SELECT *, sum(length(fixed)) OVER (ORDER BY n) - length(fixed) AS before FROM packbench.outbox WHERE n > $1 ORDER BY n LIMIT $2
		) AS next WHERE before < $3 ORDER BY n`, after, limit, size)
	return entries, last, err
}

func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func clock(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// Outbox is what a folder has to tell to shops and to the team.
type Outbox interface {
	EntryByKey(ctx context.Context, key string) (store.Entry, error)
	EntriesToTell(ctx context.Context, fresh bool, limit int) ([]store.Entry, error)
	EntriesTold(ctx context.Context, told []store.Entry) error
	TakeEntries(ctx context.Context, feed string, upTo int64, news []store.Entry) error
	BeginRunning(ctx context.Context) error
}

const outboxFeed = "outbox"

// exchangeOutbox tells the hub how entries stand that moved here, and learns how others do.
func (x *Exchange) exchangeOutbox(ctx context.Context) error {
	return x.said(x.outboxWith(ctx, x.hub))
}

func (x *Exchange) outboxWith(ctx context.Context, h *Hub) error {
	x.telling.Lock()
	defer x.telling.Unlock()
	if err := x.tellEntries(ctx, h, false); err != nil {
		return err
	}
	after, err := x.Folder.SharedPlace(ctx, outboxFeed)
	if err != nil {
		return err
	}
	for {
		some, last, err := h.Entries(ctx, after, rowsAtOnce, bytesAtOnce)
		if err != nil {
			return err
		}
		if len(some) == 0 {
			return x.tellEntries(ctx, h, true)
		}
		after = last
		if err := x.Folder.TakeEntries(ctx, outboxFeed, after, some); err != nil {
			return err
		}
	}
}

// tellEntries tells the hub how entries stand. Messages that nobody has begun come after
// what others have told the team.
func (x *Exchange) tellEntries(ctx context.Context, h *Hub, fresh bool) error {
	for {
		entries, err := x.Folder.EntriesToTell(ctx, fresh, rowsAtOnce)
		if err != nil || len(entries) == 0 {
			return err
		}
		for size := 0; len(entries) > 0; {
			n := 0
			for n < len(entries) && (n == 0 || size < bytesAtOnce) {
				size += len(entries[n].Body)
				n++
			}
			if err := h.TellEntries(ctx, x.station, entries[:n]); err != nil {
				return err
			}
			if err := x.Folder.EntriesTold(ctx, entries[:n]); err != nil {
				return err
			}
			entries, size = entries[n:], 0
		}
	}
}

// errMoved says that an entry stands otherwise at the hub, or that this folder is not the
// runner any more: nothing was sent.
var errMoved = errors.New("another bench has it in hand")
