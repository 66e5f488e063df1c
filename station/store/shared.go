package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Shared is a row of what the folders of a hub share: a row of one of their tables.
type Shared struct {
	Kind string // its table
	Key  string // JSON, a list of the values of its key
	Body []byte // JSON, its columns by name; bytes stand as {"b": base64}
	Gone bool   // it is deleted; then Body is empty
	N    int64  // of the change here, for SharedTold; or in the hub's feed
	// MadeOn is how far the hub's feed was read when the row was changed here. What the hub
	// has of it from behind that, somebody else changed meanwhile.
	MadeOn int64
	Again  bool // it was not changed, and is told once more in case the hub lacks it
	Own    bool // this folder told the hub
}

// sharedTables are those with one truth for all folders of a hub, each with its key. A
// row comes as it is: what follows from a row and from what happened here (the codes of a
// product, whether an order is due and what it is called) is worked out where it arrives.
var sharedTables = []sharedTable{
	{"products", []string{"sku"}, nil},
	{"cartons", []string{"id"}, nil},
	{"rates", []string{"name"}, nil},
	{"people", []string{"id"}, nil},
	{"pins", []string{"person"}, []string{"known"}},
	{"stock_terms", []string{"sku"}, nil},
	{"orders", []string{"id"}, []string{"due", "name", "folded"}},
	{"notes", []string{"id"}, nil},
	{"track_words", []string{"id"}, nil},
	{"drivers", []string{"id"}, nil},
	{"manifest_bodies", []string{"manifest"}, nil},
	{"label_numbers", []string{"effect"}, nil},
	{"purchases", []string{"key"}, nil},
	{"purchase_papers", []string{"key", "n"}, nil},
	{"close_outs", []string{"id"}, nil},
	{"close_out_parcels", []string{"purchase"}, nil},
	{"tracked", []string{"parcel", "tracking"}, nil},
	{"shops", []string{"id"}, nil},
	{"shop_lists", []string{"shop", "list"}, nil},
	{"accounts", []string{"id"}, nil},
	{"account_services", []string{"account", "service"}, nil},
	{"site_pages", []string{"kind", "of"}, nil},
	{"message_targets", []string{"id"}, []string{"taken", "last"}},
}

type sharedTable struct {
	name string
	key  []string
	own  []string // columns that each folder works out itself
}

func sharedTableOf(kind string) (sharedTable, bool) {
	i := slices.IndexFunc(sharedTables, func(t sharedTable) bool { return t.name == kind })
	if i < 0 {
		return sharedTable{}, false
	}
	return sharedTables[i], true
}

// Membership is how a folder belongs to a hub.
type Membership struct {
	Hub, Station string
	// Pass proves that this folder is the one that writes for the station; Next is the
	// one that takes its place with the next greeting.
	Pass, Next string
	Turn       int64  // of the hub, when it was read last; below zero until it was read to its end
	Sign       string // that was seen of it
	// Before are the chains that were written here before the folder belonged to a hub,
	// and that go on being told from here.
	Before []string
}

// Share makes the folder a member of a hub: from now on it is remembered what is changed
// of what is shared, and all that is there is told unless the hub has something newer. A
// folder that belongs to the hub already goes on from where it has read it, and what was
// changed here and not told stays a change.
func (s *Store) Share(ctx context.Context, m Membership) error {
	return s.change(ctx, "join the hub", func(tx *prepared) error {
		known, member, err := Known(one(ctx, tx, "", readMember, memberOf))
		if err != nil {
			return err
		}
		before, err := json.Marshal(m.Before)
		if err != nil {
			return err
		}
		run := runner{ctx: ctx, tx: tx}
		run.exec(`DELETE FROM hub_feeds`)
		run.exec(`DELETE FROM claims WHERE station <> ?`, m.Station) // the hub tells them
		run.exec(`DELETE FROM settings WHERE name = ?`, hubStopped)
		run.exec(`INSERT INTO hub_here (one, hub, station, copying, pass, next, turn, sign, before) VALUES (1, ?, ?, 0, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET hub = excluded.hub, station = excluded.station, copying = 0, pass = excluded.pass, next = excluded.next,
			turn = excluded.turn, sign = excluded.sign, before = excluded.before`,
			m.Hub, m.Station, m.Pass, m.Next, m.Turn, m.Sign, string(before))
		if member && known.Hub != m.Hub { // its numbers say nothing of this one
			run.exec(`UPDATE hub_here SET seen = 0`)
			run.exec(`UPDATE hub_changes SET made_on = 0`)
			run.exec(`DELETE FROM hub_unkept`)
		}
		if run.err == nil {
			run.err = setTriggers(ctx, tx)
		}
		run.exec(`INSERT OR REPLACE INTO hub_outbox (key) SELECT key FROM outbox`)
		run.exec(`INSERT OR IGNORE INTO news_told (target, key, at) SELECT t.id, n.key, n.at FROM message_targets t JOIN news n ON n.id <= t.taken`)
		for _, t := range sharedTables {
			run.exec(fmt.Sprintf(`INSERT INTO hub_changes (kind, key, made_on, again) SELECT '%[1]s', %[2]s, (SELECT seen FROM hub_here), 1 FROM %[1]s
				WHERE NOT EXISTS (SELECT 1 FROM hub_unkept u WHERE u.kind = '%[1]s' AND u.key = %[2]s) ON CONFLICT DO NOTHING`, t.name, keyOf(t.key, "")))
		}
		return run.err
	})
}

// keepTriggers sets them again where a program of another version, or a migration, left
// others: what is changed would not be remembered.
func (s *Store) keepTriggers(ctx context.Context) error {
	member, err := one(ctx, s.tx, "", integer, `SELECT count(*) FROM hub_here`)
	if err != nil || member == 0 {
		return err
	}
	want, err := sharedTriggers(ctx, s.tx)
	if err != nil {
		return err
	}
	have, err := descriptions(ctx, s.tx)
	if err != nil {
		return err
	}
	for name, of := range want {
		if have[name] != of.described() {
			return s.within(ctx, func(tx *prepared) error { return setTriggers(ctx, tx) })
		}
	}
	return nil
}

func setTriggers(ctx context.Context, tx *prepared) error {
	old, err := list(ctx, tx, "", text, `SELECT name FROM sqlite_schema WHERE type = 'trigger' AND substr(name, 1, 4) = 'hub_'`)
	if err != nil {
		return err
	}
	texts, err := sharedTriggers(ctx, tx)
	run := runner{ctx: ctx, tx: tx, err: err}
	for _, name := range old {
		run.exec(`DROP TRIGGER ` + name)
	}
	for _, of := range texts {
		run.exec(of.text)
	}
	return run.err
}

type trigger struct{ table, text string }

// described is how descriptions has it.
func (t trigger) described() string { return "trigger " + t.table + " " + t.text }

// sharedTriggers are those that remember what is changed, by their names. A folder that
// belongs to no hub has none: they would cost an import time.
func sharedTriggers(ctx context.Context, q querier) (map[string]trigger, error) {
	texts := map[string]trigger{}
	for _, t := range sharedTables {
		columns, err := t.columns(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, on := range []struct{ event, name, row, when string }{
			{"INSERT", "insert", "NEW", ""},
			{"UPDATE OF " + strings.Join(columns, ", "), "update", "NEW", ""},
			// The row has another key now: the one before is gone.
			{"UPDATE OF " + strings.Join(t.key, ", "), "moved", "OLD", " AND " + keyOf(t.key, "NEW.") + " <> " + keyOf(t.key, "OLD.")},
			{"DELETE", "delete", "OLD", ""},
		} {
			name := "hub_" + t.name + "_" + on.name
			texts[name] = trigger{t.name, fmt.Sprintf(`CREATE TRIGGER %s AFTER %s ON %s WHEN (SELECT copying FROM hub_here) = 0%s BEGIN %s END`,
				name, on.event, t.name, on.when, noteChange(t.name, keyOf(t.key, on.row+".")))}
		}
	}
	return texts, nil
}

// noteChange are statements that note a change of a row. One that is changed again comes
// behind all others, and is made on what was known at first. An upsert would not do: who
// fires a trigger says what becomes of its conflicts.
func noteChange(kind, key string) string {
	return fmt.Sprintf(`UPDATE hub_changes SET n = (SELECT max(n) FROM hub_changes) + 1, again = 0 WHERE kind = '%[1]s' AND key = %[2]s;
		INSERT INTO hub_changes (kind, key, made_on) SELECT '%[1]s', %[2]s, seen FROM hub_here
			WHERE NOT EXISTS (SELECT 1 FROM hub_changes WHERE kind = '%[1]s' AND key = %[2]s);`, kind, key)
}

func keyOf(key []string, before string) string {
	return "json_array(" + before + strings.Join(key, ", "+before) + ")"
}

// columns are those that go to others: not the sums, which each folder makes itself.
func (t sharedTable) columns(ctx context.Context, q querier) ([]string, error) {
	columns, err := list(ctx, q, "", text, `SELECT name FROM pragma_table_info(?)`, t.name)
	return slices.DeleteFunc(columns, func(c string) bool { return c == "sum" || c == "head" || slices.Contains(t.own, c) }), err
}

// sharedColumns are the columns of tables by their names, each asked for once.
type sharedColumns map[string][]string

func (c sharedColumns) of(ctx context.Context, q querier, t sharedTable) (columns []string, err error) {
	columns, known := c[t.name]
	if !known {
		columns, err = t.columns(ctx, q)
		c[t.name] = columns
	}
	return columns, err
}

// where chooses the row of a key.
func (t sharedTable) where(key string) (where string, args []any, err error) {
	d := json.NewDecoder(strings.NewReader(key))
	d.UseNumber()
	if err := d.Decode(&args); err != nil || len(args) != len(t.key) {
		return "", nil, fmt.Errorf("%s is no key of %s", key, t.name)
	}
	for i, a := range args {
		if n, is := a.(json.Number); is {
			if args[i], err = n.Int64(); err != nil {
				return "", nil, fmt.Errorf("%s is no key of %s", key, t.name)
			}
		}
	}
	return strings.Join(t.key, " = ? AND ") + " = ?", args, nil
}

// Member returns how the folder belongs to a hub; ErrUnknown where it belongs to none.
func (s *Store) Member(ctx context.Context) (Membership, error) {
	return one(ctx, s.read, "read which hub the folder belongs to", readMember, memberOf)
}

const memberOf = `SELECT hub, station, pass, next, turn, sign, before FROM hub_here`

func readMember(scan func(...any) error) (m Membership, err error) {
	var before []byte
	if err := scan(&m.Hub, &m.Station, &m.Pass, &m.Next, &m.Turn, &m.Sign, &before); err != nil {
		return m, err
	}
	return m, json.Unmarshal(before, &m.Before)
}

// KeepMember keeps how the folder stands with its hub. A new turn of the hub makes
// nothing count that was read of it; the first one that is known is none.
func (s *Store) KeepMember(ctx context.Context, m Membership) error {
	return s.change(ctx, "keep what the hub said", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		run.exec(`DELETE FROM claims WHERE station <> ? AND (SELECT turn FROM hub_here) NOT IN (0, ?)`, m.Station, m.Turn)
		run.exec(`DELETE FROM hub_feeds WHERE (SELECT turn FROM hub_here) NOT IN (0, ?)`, m.Turn)
		before, err := json.Marshal(m.Before)
		run.err = errors.Join(run.err, err)
		run.exec(`UPDATE hub_here SET pass = ?, next = ?, turn = ?, sign = ?, before = ?`, m.Pass, m.Next, m.Turn, m.Sign, string(before))
		return run.err
	})
}

// ForgetPass makes the folder no station's of its hub until it joins again: the one that a
// backup was made of may work on, on another computer.
func (s *Store) ForgetPass(ctx context.Context) error {
	return s.change(ctx, "leave the hub", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		run.exec(`UPDATE hub_here SET pass = '', next = ''`)
		return run.err
	})
}

// ShareAgain has everything told again that the hub does not have newer: it has lost some
// of it.
func (s *Store) ShareAgain(ctx context.Context) error {
	m, err := s.Member(ctx)
	if err != nil {
		return err
	}
	return s.Share(ctx, m)
}

// SharedChanges returns rows that were changed here and that the hub was not told of, in
// the order of their changes: at most limit, and no more behind so many bytes. Rows that
// the disk has changed are left out, and are a Damage beside the others.
func (s *Store) SharedChanges(ctx context.Context, limit, size int) ([]Shared, error) {
	changes, err := list(ctx, s.read, "read what the hub is to be told", func(scan func(...any) error) (c Shared, err error) {
		return c, scan(&c.N, &c.Kind, &c.Key, &c.MadeOn, &c.Again)
	}, `SELECT n, kind, key, made_on, again FROM hub_changes ORDER BY n LIMIT ?`, limit)
	if err != nil {
		return nil, fault("read what the hub is to be told", err)
	}
	columns := sharedColumns{}
	whole := changes[:0]
	for _, c := range changes {
		if size <= 0 {
			break
		}
		switch failed := readShared(ctx, s.read, columns, &c); {
		case errors.As(failed, new(Damage)): // it stays here, and stops nobody
			err = cmp.Or(err, failed)
		case failed != nil:
			return nil, fault("read what the hub is to be told", failed)
		default:
			whole, size = append(whole, c), size-len(c.Body)
		}
	}
	return whole, err
}

// readShared reads the row as it is now. What the disk has changed goes to nobody.
func readShared(ctx context.Context, q querier, known sharedColumns, c *Shared) error {
	t, is := sharedTableOf(c.Kind)
	if !is {
		c.Gone = true // of a table that is no longer
		return nil
	}
	where, args, err := t.where(c.Key)
	if err != nil {
		return err
	}
	columns, err := known.of(ctx, q, t)
	if err != nil {
		return err
	}
	doubted := "''"
	if sealOf(c.Kind).table != "" {
		doubted = doubt(c.Kind, "")
	}
	row, err := one(ctx, q, "", sound(rowOf(columns)), `SELECT `+strings.Join(columns, ", ")+`, `+doubted+` FROM `+c.Kind+` WHERE `+where, args...)
	body, there, err := Known(row, err)
	c.Body, c.Gone = body, !there
	return err
}

// rowOf reads the columns of a row as JSON.
func rowOf(columns []string) func(scan func(...any) error) ([]byte, error) {
	return func(scan func(...any) error) ([]byte, error) {
		values := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := scan(into...); err != nil {
			return nil, err
		}
		row := make(map[string]any, len(columns))
		for i, c := range columns {
			row[c] = values[i]
			if b, is := values[i].([]byte); is {
				row[c] = sharedBytes{b}
			}
		}
		return json.Marshal(row)
	}
}

// sharedBytes are bytes in the JSON of a row.
type sharedBytes struct {
	B []byte `json:"b"`
}

// SharedTold says that the hub knows these changes. What was changed again meanwhile is
// still to be told. What this folder could not keep of such a row is no longer there.
func (s *Store) SharedTold(ctx context.Context, told []Shared) error {
	return s.rebuild(ctx, "note what the hub knows", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for _, c := range told {
			run.exec(`DELETE FROM hub_changes WHERE n = ?`, c.N)
			run.exec(`INSERT INTO hub_overruled (at, kind, key, body) SELECT ?, kind, key, '' FROM hub_unkept WHERE kind = ? AND key = ?`, nanos(s.now()), c.Kind, c.Key)
			run.exec(`DELETE FROM hub_unkept WHERE kind = ? AND key = ?`, c.Kind, c.Key)
			if c.Kind == "pins" && !c.Gone && run.err == nil {
				run.triesTold(c)
			}
		}
		return run.err
	})
}

// CountShared returns how many changes the hub was not told of.
func (s *Store) CountShared(ctx context.Context) (int64, error) {
	return one(ctx, s.read, "count what the hub is to be told", integer, `SELECT count(*) FROM hub_changes`)
}
