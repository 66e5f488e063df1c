package store

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"packbench/station/journal"
	"packbench/station/message"
)

// EntryMessage is a message to the team; its body is a message.Message.
const EntryMessage EntryKind = "message"

// EntryBuyer is news for one buyer; its body says of what, and names nobody.
const EntryBuyer EntryKind = "buyer"

// messageTarget begins the targets of entries that go to the team: no shop is called so.
const messageTarget = "message:"

// MessageTarget is somebody who is told of what happens at the benches. Its secret is not
// here.
type MessageTarget struct {
	ID      string
	Kind    string
	URL     string
	Options map[string]string
	Off     bool
	Since   time.Time // it was added: what happened before is not told
	Taken   int64     // the last of the news that a message to it holds
	Last    time.Time // that message was made
}

// Entries is what entries of the outbox have as their target.
func (t MessageTarget) Entries() string { return messageTarget + t.ID }

var messageTargetColumns = `SELECT id, kind, url, options, off, since, taken, last, ` + doubt("message_targets", "") + ` FROM message_targets`

func readMessageTarget(scan func(...any) error) (MessageTarget, error) {
	var t MessageTarget
	var options []byte
	var since, last int64
	if err := scan(&t.ID, &t.Kind, &t.URL, &options, &t.Off, &since, &t.Taken, &last); err != nil {
		return t, err
	}
	t.Since, t.Last = clock(since), clock(last)
	return t, json.Unmarshal(options, &t.Options)
}

// PutMessageTarget adds a target, which begins behind all news that there are, or changes
// how one is reached and of what it is told.
func (s *Store) PutMessageTarget(ctx context.Context, t MessageTarget) error {
	options, err := json.Marshal(t.Options)
	if err != nil {
		return err
	}
	return s.change(ctx, "keep message target "+t.ID, func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO message_targets (id, kind, url, options, off, since, taken, last)
			VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM news), 0)
			ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, url = excluded.url, options = excluded.options, off = excluded.off`,
			t.ID, t.Kind, t.URL, options, t.Off, nanos(t.Since))
		return err
	})
}

// MessageTarget returns a target; none is ErrUnknown.
func (s *Store) MessageTarget(ctx context.Context, id string) (MessageTarget, error) {
	return one(ctx, s.read, "read message target "+id, sound(readMessageTarget), messageTargetColumns+` WHERE id = ?`, id)
}

// MessageTargets returns all of them by id.
func (s *Store) MessageTargets(ctx context.Context) ([]MessageTarget, error) {
	return list(ctx, s.read, "read the message targets", sound(readMessageTarget), messageTargetColumns+` ORDER BY id`)
}

// projectNews keeps what a row has for the team, where there is anybody to tell.
func (p *page) projectNews() {
	before := p.Subject
	for _, f := range p.facts {
		p.follow(f)
	}
	by, order := p.Person, before.Order
	if by == "" {
		by = before.Person
	}
	if order == "" {
		order = p.Order
	}
	for i, n := range message.Of(p.row.At, p.row.Writer, by, order, p.facts) {
		body, err := json.Marshal(n)
		if err != nil {
			p.err = err
			return
		}
		key := journal.ID(p.row.Writer, p.row.Seq) + "/" + strconv.Itoa(i)
		p.exec(putNews, key, n.Kind, nanos(n.At), n.Order, body)
	}
}

// putNews keeps news where a target is there already: nobody is told of what was before. The
// clocks of benches have no say in that.
const putNews = `INSERT INTO news (key, kind, at, order_id, body) SELECT ?1, ?2, ?3, ?4, ?5
	WHERE EXISTS (SELECT 1 FROM message_targets) ON CONFLICT DO NOTHING`

// PutNews keeps news that no row of the journal tells, unless they are there by their key.
func (s *Store) PutNews(ctx context.Context, key string, n message.News) error {
	body, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return s.change(ctx, "keep news for the team", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, putNews, key, n.Kind, nanos(n.At), n.Order, body)
		return err
	})
}

// HasNews reports whether there are news of a key.
func (s *Store) HasNews(ctx context.Context, key string) (bool, error) {
	n, err := one(ctx, s.read, "look for news", integer, `SELECT EXISTS (SELECT 1 FROM news WHERE key = ?)`, key)
	return n == 1, err
}

// CountNews counts the news of each kind that happened from a time up to, and without,
// another.
func (s *Store) CountNews(ctx context.Context, from, to time.Time) ([]message.Batch, error) {
	return list(ctx, s.read, "count the news", func(scan func(...any) error) (b message.Batch, err error) {
		return b, scan(&b.Kind, &b.N)
	}, `SELECT kind, count(*) FROM news WHERE at >= ? AND at < ? AND kind <> ? GROUP BY kind`, nanos(from), nanos(to), message.Shift)
}

// Gathered is what waits to be put into a target's next message.
type Gathered struct {
	Batches []message.Batch
	First   time.Time // the oldest of it happened
	UpTo    int64
}

// Gathered returns the news of some kinds from a time on that no message to a target holds
// yet, the first most of each.
func (s *Store) Gathered(ctx context.Context, t MessageTarget, kinds []message.Kind, from time.Time, most int) (g Gathered, err error) {
	g.UpTo = t.Taken
	for _, k := range kinds {
		b := message.Batch{Kind: k}
		var first, upTo int64
		_, err := one(ctx, s.read, "count the news", func(scan func(...any) error) (struct{}, error) {
			return struct{}{}, scan(&b.N, &first, &upTo)
		}, `SELECT count(*), coalesce(min(at), 0), coalesce(max(id), 0) FROM news WHERE kind = ? AND id > ?`+untold, k, t.Taken, nanos(from), t.ID)
		if err != nil {
			return g, err
		}
		if b.N == 0 {
			continue
		}
		b.News, err = list(ctx, s.read, "read the news", sound(func(scan func(...any) error) (n message.News, err error) {
			var body []byte
			var called string
			if err := scan(&body, &called); err != nil {
				return n, err
			}
			err = json.Unmarshal(body, &n)
			n.Order = called
			return n, err
		}), `SELECT body, `+nameOf("order_id")+`, `+doubt("news", "")+` FROM news WHERE kind = ? AND id > ?`+untold+` AND id <= ? ORDER BY id LIMIT ?`, k, t.Taken, nanos(from), t.ID, upTo, most)
		if err != nil {
			return g, err
		}
		if at := clock(first); g.First.IsZero() || at.Before(g.First) {
			g.First = at
		}
		g.UpTo = max(g.UpTo, upTo)
		g.Batches = append(g.Batches, b)
	}
	return g, nil
}

// untold leaves out what is too old, and what a message of another folder holds.
const untold = ` AND at >= ? AND NOT EXISTS (SELECT 1 FROM news_told o WHERE o.target = ? AND o.key = news.key)`

// TakeNews puts a message into the outbox that holds a target's news up to one, all in one:
// no news are in two messages to a target. It reports whether the target still stood as
// the caller read it.
func (s *Store) TakeNews(ctx context.Context, t MessageTarget, upTo int64, m message.Message) (taken bool, err error) {
	at := nanos(m.At)
	err = s.change(ctx, "keep a message to the team", func(tx *prepared) error {
		holds, err := holdNews(ctx, tx, t, upTo, m)
		if err != nil {
			return err
		}
		body, err := json.Marshal(struct {
			message.Message
			holding
		}{m, holding{holds}})
		if err != nil {
			return err
		}
		taken, err = changed(tx.ExecContext(ctx, `UPDATE message_targets SET taken = ?, last = ? WHERE id = ? AND taken = ? AND off = 0`, upTo, at, t.ID, t.Taken))
		if err != nil || !taken {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO outbox (key, target, kind, order_id, parcel, body, state, tries, added, next, moved, answer, remote)
			VALUES (?, ?, ?, '', '', ?, 'waiting', 0, ?, 0, ?, '', '')`, "message "+m.ID, t.Entries(), EntryMessage, body, at, at)
		if err == nil {
			err = toTell(ctx, tx, "message "+m.ID)
		}
		return err
	})
	return taken, err
}

// SkipNews has a target begin behind all that there are, as after a time in which nobody
// wanted to be told. What waits to be sent is not sent.
func (s *Store) SkipNews(ctx context.Context, id string, at time.Time) error {
	return s.change(ctx, "skip the news for "+id, func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		run.exec(`UPDATE message_targets SET taken = (SELECT coalesce(max(id), taken) FROM news), since = max(since, ?) WHERE id = ?`, nanos(at), id)
		run.exec(`UPDATE outbox SET state = 'withdrawn' WHERE target = ? AND state = 'waiting'`, MessageTarget{ID: id}.Entries())
		return run.err
	})
}

// ForgetNews drops what happened before a time, and the messages that were sent before it.
func (s *Store) ForgetNews(ctx context.Context, before time.Time) error {
	return s.change(ctx, "forget old news", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		run.exec(`DELETE FROM news WHERE at < ?`, nanos(before))
		run.exec(`DELETE FROM news_told WHERE at < ?`, nanos(before))
		run.exec(`DELETE FROM outbox WHERE kind = 'message' AND state = 'done' AND moved < ?`, nanos(before))
		return run.err
	})
}

// Team returns the id of the target that an entry of the outbox goes to, "" for a shop's.
func (e Entry) Team() string {
	if e.Kind != EntryMessage && e.Kind != EntryBuyer {
		return ""
	}
	return strings.TrimPrefix(e.Target, messageTarget)
}

// Team reports whether the entries go to the team.
func (c EntryCount) Team() bool { return strings.HasPrefix(c.Target, messageTarget) }

// LastDone returns when the last entry to a target was done, the zero time for never.
func (s *Store) LastDone(ctx context.Context, target string) (time.Time, error) {
	at, err := one(ctx, s.read, "read the outbox", integer, `SELECT coalesce(max(moved), 0) FROM outbox WHERE target = ? AND state = 'done'`, target)
	return clock(at), err
}
