package store

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"packbench/station/message"
)

// toTell has the hub told how an entry stands, where the folder belongs to one.
func toTell(ctx context.Context, tx *prepared, key string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO hub_outbox (key) SELECT ? WHERE EXISTS (SELECT 1 FROM hub_here) ON CONFLICT DO NOTHING`, key)
	return err
}

// EntriesToTell returns at most limit entries whose stand the hub is to be told. A message
// that nobody has begun is fresh: another folder may have told the team the same.
func (s *Store) EntriesToTell(ctx context.Context, fresh bool, limit int) ([]Entry, error) {
	return list(ctx, s.read, "read what the hub is to be told of the outbox", sound(readEntry),
		entryColumns+` WHERE key IN (SELECT key FROM hub_outbox) AND (kind = 'message' AND tries = 0) = ? LIMIT ?`, fresh, limit)
}

// EntriesTold says that the hub knows how entries stand. One that has moved since is still
// to be told.
func (s *Store) EntriesTold(ctx context.Context, told []Entry) error {
	return s.change(ctx, "note what the hub knows of the outbox", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, e := range told {
			run.exec(`DELETE FROM hub_outbox WHERE key = ?1 AND NOT EXISTS (SELECT 1 FROM outbox WHERE key = ?1 AND (state <> ?2 OR tries <> ?3 OR remote <> ?4 OR moved <> ?5))`,
				e.Key, e.State, e.Tries, e.Remote, nanos(e.Moved))
		}
		return run.err
	})
}

// TakeEntries keeps how entries stand at the hub, and that its feed was read up to a
// number. What the hub is still to be told stays as it is here, and of what it has lost it
// is told again.
func (s *Store) TakeEntries(ctx context.Context, feed string, upTo int64, news []Entry) error {
	return s.change(ctx, "keep how the outbox stands", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, e := range news {
			if run.err == nil {
				run.err = takeEntry(ctx, tx, e)
			}
		}
		run.exec(`INSERT INTO hub_feeds (feed, n) VALUES (?, ?) ON CONFLICT DO UPDATE SET n = excluded.n`, feed, upTo)
		return run.err
	})
}

func takeEntry(ctx context.Context, tx *prepared, e Entry) error {
	type stand struct {
		state EntryState
		tries int
		told  bool
	}
	have, known, err := Known(one(ctx, tx, "", func(scan func(...any) error) (s stand, err error) {
		return s, scan(&s.state, &s.tries, &s.told)
	}, `SELECT state, tries, key NOT IN (SELECT key FROM hub_outbox) FROM outbox WHERE key = ?`, e.Key))
	if err != nil {
		return err
	}
	run := runner{ctx: ctx, tx: tx}
	switch {
	case !known:
		run.exec(`INSERT INTO outbox (key, target, kind, order_id, parcel, body, state, tries, added, next, moved, answer, remote)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			e.Key, e.Target, e.Kind, e.Order, e.Parcel, e.Body, e.State, e.Tries, nanos(e.Added), nanos(e.Next), nanos(e.Moved), e.Answer, e.Remote)
	case e.Tries < have.tries:
		return toTell(ctx, tx, e.Key)
	case e.Tries == have.tries && !have.told:
		return nil
	case have.state == EntryWithdrawn && (e.State == EntryWaiting || e.State == EntryRefused):
		return nil // a label that was given back is not told of, whoever waited with it
	default:
		run.exec(`UPDATE outbox SET state = ?, tries = ?, next = ?, moved = ?, answer = ?, remote = ? WHERE key = ?`,
			e.State, e.Tries, nanos(e.Next), nanos(e.Moved), e.Answer, e.Remote, e.Key)
	}
	if sscc, is := strings.CutPrefix(e.Key, ShipmentKey("")); is && have.state == EntryWithdrawn { // it was told meanwhile
		run.exec(putVoid, sscc, nanos(e.Moved), e.Key)
	}
	if e.Kind == EntryMessage && run.err == nil {
		run.err = tookNews(ctx, tx, e)
	}
	return run.err
}

// holding is a message with the keys of the news that it holds.
type holding struct {
	Holds []string `json:"holds,omitempty"`
}

// mostHeld bounds the news that a message names.
const mostHeld = 2000

// holdNews notes which news are in a message that is being made, where other folders may
// make messages too.
func holdNews(ctx context.Context, tx *prepared, t MessageTarget, upTo int64, m message.Message) (keys []string, err error) {
	if member, err := one(ctx, tx, "", integer, `SELECT count(*) FROM hub_here`); err != nil || member == 0 {
		return nil, err
	}
	run := runner{ctx: ctx, tx: tx}
	for _, section := range m.Sections {
		some, err := list(ctx, tx, "", text, `SELECT key FROM news WHERE kind = ? AND id > ?`+untold+` AND id <= ? ORDER BY id DESC LIMIT ?`,
			section.Kind, t.Taken, 0, t.ID, upTo, mostHeld)
		if err != nil {
			return nil, err
		}
		for _, key := range some {
			run.exec(`INSERT INTO news_told (target, key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, t.ID, key, nanos(m.At))
		}
		keys = append(keys, some...)
	}
	return keys, run.err
}

// tookNews keeps which news a message holds that another folder made. What waits here to be
// told of the same, and was not begun, is made anew of what is left.
func tookNews(ctx context.Context, tx *prepared, e Entry) error {
	var of holding
	if json.Unmarshal(e.Body, &of) != nil {
		return nil // it names none
	}
	id := strings.TrimPrefix(e.Target, messageTarget)
	if err := dropFresh(ctx, tx, e.Target, id, of.Holds); err != nil {
		return err
	}
	run := runner{ctx: ctx, tx: tx}
	for _, key := range of.Holds {
		run.exec(`INSERT INTO news_told (target, key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`, id, key, nanos(e.Added))
	}
	run.exec(`UPDATE message_targets SET last = max(last, ?) WHERE id = ?`, nanos(e.Added), id)
	return run.err
}

// dropFresh takes messages back that the hub was not told of and that hold some of these
// news; where none are named, all such messages. What they hold is gathered again.
func dropFresh(ctx context.Context, tx *prepared, target, id string, news []string) error {
	fresh, err := list(ctx, tx, "", func(scan func(...any) error) (e Entry, err error) {
		return e, scan(&e.ID, &e.Key, &e.Body)
	}, `SELECT entry, key, body FROM outbox WHERE target = ? AND state = 'waiting' AND tries = 0 AND key IN (SELECT key FROM hub_outbox)`, target)
	run := runner{ctx: ctx, tx: tx, err: err}
	for _, e := range fresh {
		var mine holding
		if json.Unmarshal(e.Body, &mine) != nil || len(news) > 0 && !slices.ContainsFunc(mine.Holds, func(key string) bool { return slices.Contains(news, key) }) {
			continue
		}
		run.exec(`UPDATE outbox SET state = 'withdrawn' WHERE entry = ?`, e.ID)
		run.exec(`DELETE FROM hub_outbox WHERE key = ?`, e.Key)
		for _, key := range mine.Holds {
			run.exec(`DELETE FROM news_told WHERE target = ? AND key = ?`, id, key)
		}
		run.exec(`UPDATE message_targets SET taken = 0 WHERE id = ?`, id)
	}
	return run.err
}

// BeginRunning makes the folder ready to tell shops and the team in the place of another
// one: which news are in a message, what was read of the hub says.
func (s *Store) BeginRunning(ctx context.Context) error {
	return s.change(ctx, "begin to tell shops and the team", func(tx *prepared) error {
		targets, err := list(ctx, tx, "", text, `SELECT id FROM message_targets`)
		run := runner{ctx: ctx, tx: tx, err: err}
		for _, id := range targets {
			if run.err == nil {
				run.err = dropFresh(ctx, tx, MessageTarget{ID: id}.Entries(), id, nil)
			}
			run.exec(`UPDATE message_targets SET taken = 0 WHERE id = ?`, id)
		}
		return run.err
	})
}
