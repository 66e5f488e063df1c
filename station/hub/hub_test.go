package hub

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"packbench/station/hub/hubtest"
	"packbench/station/journal"
	"packbench/station/store"
)

var server *hubtest.Server

func TestMain(m *testing.M) {
	os.Exit(hubtest.Run(func(s *hubtest.Server) int {
		server = s
		return m.Run()
	}))
}

// begun is a hub with these stations, and its connection as each.
func begun(t testing.TB, stations ...string) (database string, owner *Hub, as map[string]*Hub) {
	t.Helper()
	database, address := server.Database(t)
	owner = opened(t, address)
	if was, err := owner.Init(context.Background()); err != nil || was != 0 {
		t.Fatalf("%v, %v", was, err)
	}
	as = map[string]*Hub{}
	for _, s := range stations {
		login, _, err := owner.Enrol(context.Background(), s, false, "", s)
		if err != nil {
			t.Fatal(err)
		}
		as[s] = opened(t, server.Address(database, login))
	}
	return database, owner, as
}

func opened(t testing.TB, address string) *Hub {
	t.Helper()
	h, err := Open(address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	return h
}

// chainOf makes rows that follow each other.
func chainOf(writer string, n int) []journal.Row {
	c := journal.Chain{Writer: writer}
	rows := make([]journal.Row, n)
	for i := range rows {
		r := c.Next(time.Date(2026, 3, 2, 12, 0, i, 5000*i, time.UTC), []byte(fmt.Sprintf(`{"i":%d}`, i)), []byte(`[{"a":"ü"}]`))
		rows[i], c = r, c.After(r)
	}
	return rows
}

func TestAHubIsMadeOnce(t *testing.T) {
	_, owner, _ := begun(t)
	if was, err := owner.Init(context.Background()); err != nil || was != Format {
		t.Errorf("made a second time: %v, %v", was, err)
	}
	about, err := owner.About(t.Context())
	if err != nil || about.ID == "" || about.Format != Format || about.Turn != 1 {
		t.Errorf("%+v, %v", about, err)
	}
}

func TestRowsComeOnlyBehindTheirPredecessor(t *testing.T) {
	ctx := t.Context()
	_, _, as := begun(t, "S1", "S2")
	h, rows := as["S1"], chainOf("S1", 10)
	for _, part := range [][]journal.Row{rows[:4], rows[:4], rows[2:7], rows[7:]} { // told twice, and twice in part
		last, err := h.Append(ctx, part)
		if want := max(part[len(part)-1].Seq, 4); err != nil || last != want {
			t.Fatalf("told up to %d: %d, %v", want, last, err)
		}
	}
	got, err := as["S2"].Rows(ctx, "S1", 1, 100)
	if err != nil || len(got) != 10 {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	for i, r := range got {
		if r.Hash != rows[i].Hash || r.Hash != r.Sum() || r.Prev != rows[i].Prev {
			t.Errorf("row %s came back as %+v", rows[i].ID(), r)
		}
	}

	more := chainOf("S1", 14)
	forged := more[10]
	forged.Facts = []byte(`[]`)
	other := chainOf("S1", 3)
	other[2].Input = []byte(`{}`)
	other[2].Hash = other[2].Sum()
	for name, bad := range map[string][]journal.Row{
		"S1.12 does not follow 10":       more[11:],
		"S1.11 is not what was written":  {forged, more[11]},
		"S1.12 is not what was written":  {more[10], forged},
		"S1.3 is another row here":       other,
		"may not write for S2":           chainOf("S2", 1),
		"S1.11 is not what was written ": {with(more[10], func(r *journal.Row) { r.At = r.At.Add(1) })},
	} {
		_, err := h.Append(ctx, bad)
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(name)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if last, err := h.Append(ctx, more[10:]); err != nil || last != 14 {
		t.Errorf("after all refusals: %d, %v", last, err)
	}
}

func with(r journal.Row, change func(*journal.Row)) journal.Row { change(&r); return r }

func TestOneFolderWritesAChain(t *testing.T) {
	ctx := t.Context()
	_, _, as := begun(t, "S1")
	h := as["S1"]
	greet := func(pass, next string, want Kind) {
		t.Helper()
		if _, err := h.Greet(ctx, "S1", pass, next); KindOf(err) != want || (err == nil) != (want == "") {
			t.Errorf("%q to %q: %v", pass, next, err)
		}
	}
	greet("", "one", "")
	greet("one", "two", "")
	greet("one", "two", "") // its answer was lost
	greet("two", "three", "")
	greet("two", "other", Copied) // a copy of the folder, made before
	greet("three", "four", "")
}

func TestAnOrderIsClaimedOnce(t *testing.T) {
	ctx := t.Context()
	_, _, as := begun(t, "S1", "S2", "S3")
	var group sync.WaitGroup
	var mu sync.Mutex
	holders := map[string]map[string]bool{}
	for s, h := range as {
		group.Go(func() {
			for n := range 30 {
				c, err := h.Claim(ctx, s, OrderClaim, fmt.Sprint("o", n), false)
				if err != nil || c.State != Held {
					t.Error(c, err)
				}
				mu.Lock()
				if holders[c.Key] == nil {
					holders[c.Key] = map[string]bool{}
				}
				holders[c.Key][c.Station] = true
				mu.Unlock()
			}
		})
	}
	group.Wait()
	for order, by := range holders {
		if len(by) != 1 {
			t.Errorf("%s is held by %v", order, by)
		}
	}
	h := as["S1"]
	if _, err := h.Claim(ctx, "S1", OrderClaim, "mine", false); err != nil {
		t.Fatal(err)
	}
	if err := as["S2"].Settle(ctx, "S2", OrderClaim, []string{"mine"}, Free); err != nil {
		t.Fatal(err)
	}
	if c, _ := as["S2"].Claim(ctx, "S2", OrderClaim, "mine", false); c.Station != "S1" {
		t.Errorf("freed by another: %+v", c)
	}
	if err := h.Settle(ctx, "S1", OrderClaim, []string{"mine"}, Done); err != nil {
		t.Fatal(err)
	}
	if c, _ := as["S2"].Claim(ctx, "S2", OrderClaim, "mine", false); c.Station != "S1" || c.State != Done {
		t.Errorf("what is packed was taken: %+v", c)
	}
	if c, _ := as["S2"].Claim(ctx, "S2", OrderClaim, "mine", true); c.Station != "S2" || c.State != Held {
		t.Errorf("what is to be packed again was not taken: %+v", c)
	}
	if err := as["S2"].Settle(ctx, "S2", OrderClaim, []string{"mine"}, Free); err != nil {
		t.Fatal(err)
	}
	if c, _ := h.Claim(ctx, "S1", OrderClaim, "mine", false); c.Station != "S1" || c.State != Held {
		t.Errorf("what was given back was not taken: %+v", c)
	}
	if err := h.Settle(ctx, "S1", OrderClaim, []string{"mine"}, Free); err != nil {
		t.Fatal(err)
	}
	if c, _ := as["S2"].Claim(ctx, "S2", OrderClaim, "mine", false); c.Station != "S2" || c.State != Held {
		t.Errorf("free: %+v", c)
	}
}

// A dump of an hour, which reads all tables, holds up no bench at the turn of a month.
func TestTheNextMonthIsMadeBesideADump(t *testing.T) {
	ctx := t.Context()
	_, owner, as := begun(t, "S1", "S2")
	var part string
	if err := owner.ask(ctx, `SELECT max(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = 'packbench.chains'::regclass`, nil, &part); err != nil {
		t.Fatal(err)
	}
	if _, err := owner.pool.Exec(ctx, `DROP TABLE `+part); err != nil {
		t.Fatal(err)
	}
	dump, err := owner.pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = dump.Rollback(ctx) }()
	if _, err := dump.Exec(ctx, `LOCK TABLE packbench.chains IN ACCESS SHARE MODE`); err != nil {
		t.Fatal(err)
	}
	ctx, done := context.WithTimeout(ctx, 10*time.Second)
	defer done()
	if _, err := as["S1"].Greet(ctx, "S1", "", "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := as["S2"].Append(ctx, chainOf("S2", 2)); err != nil {
		t.Error(err)
	}
	var there bool
	if err := as["S1"].ask(ctx, `SELECT to_regclass($1) IS NOT NULL`, []any{part}, &there); err != nil || !there {
		t.Errorf("%s is there: %v, %v", part, there, err)
	}
}

// A change that arrives when its station was greeted again, and told what is newer, is
// refused.
func TestWhatComesLateChangesNothing(t *testing.T) {
	ctx := t.Context()
	_, _, as := begun(t, "S1")
	h := as["S1"]
	first, err := h.Greet(ctx, "S1", "", "one")
	if err != nil {
		t.Fatal(err)
	}
	second, err := h.Greet(ctx, "S1", "one", "two")
	if err != nil {
		t.Fatal(err)
	}
	say := func(sign, body string) error {
		_, err := h.putBehind(ctx, "S1", sign, []store.Shared{{Kind: "k", Key: "a", Body: []byte(body)}})
		return err
	}
	if err := say(second.Sign, "new"); err != nil {
		t.Fatal(err)
	}
	if err := say(first.Sign, "old"); err == nil {
		t.Error("what came late was taken")
	}
	if rows, err := h.Shared(ctx, "", 0, 9, bytesAtOnce); err != nil || len(rows) > 0 && string(rows[0].Body) != "new" {
		t.Errorf("%v, %v", rows, err)
	}
}

// Numbers of a feed that are seen out of order would be skipped for ever.
func TestNobodySkipsAChange(t *testing.T) {
	ctx := t.Context()
	_, owner, as := begun(t, "S1", "S2", "S3")
	var life string
	if err := owner.ask(ctx, `SELECT packbench.life_now()`, nil, &life); err != nil {
		t.Fatal(err)
	}
	const changes = 200
	done := make(chan struct{})
	var group sync.WaitGroup
	for _, s := range []string{"S1", "S2"} {
		group.Go(func() {
			for n := range changes {
				if _, err := as[s].Put(ctx, s, []store.Shared{{Kind: "k", Key: fmt.Sprint(s, n), Body: []byte("{}")}, {Kind: "k", Key: fmt.Sprint(s, n, "b")}}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	go func() { group.Wait(); close(done) }()
	seen := map[string]bool{}
	for after, last := int64(0), false; ; {
		select {
		case <-done:
			last = true
		default:
		}
		some, err := as["S3"].Shared(ctx, life, after, 7, bytesAtOnce)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range some {
			seen[c.Key], after = true, c.N
		}
		if last && len(some) == 0 {
			break
		}
	}
	if len(seen) != 4*changes {
		t.Errorf("%d of %d changes were seen", len(seen), 4*changes)
	}
}

func TestNoNumberIsGivenTwice(t *testing.T) {
	ctx := t.Context()
	_, _, as := begun(t, "S1", "S2", "S3")
	var group sync.WaitGroup
	var mu sync.Mutex
	given := map[int64]string{}
	for s, h := range as {
		group.Go(func() {
			for range 20 {
				first, last, err := h.Take(ctx, s, "blocks/09****", 41, 5000, 10)
				if err != nil || last != first+9 || first <= 41 {
					t.Error(first, last, err)
				}
				mu.Lock()
				for n := first; n <= last; n++ {
					if given[n] != "" {
						t.Errorf("%d was given to %s and %s", n, given[n], s)
					}
					given[n] = s
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	h := as["S1"]
	if err := h.Lift(ctx, "S1", map[string]int64{"blocks/09****": 4995}); err != nil {
		t.Fatal(err)
	}
	if err := h.Lift(ctx, "S1", map[string]int64{"blocks/09****": 17}); err != nil {
		t.Fatal(err)
	}
	if first, last, err := h.Take(ctx, "S1", "blocks/09****", 0, 5000, 10); err != nil || first != 4996 || last != 5000 {
		t.Errorf("at the end of the range: %d to %d, %v", first, last, err)
	}
	if first, last, err := h.Take(ctx, "S1", "blocks/09****", 0, 5000, 10); err != nil || last >= first {
		t.Errorf("behind its end: %d to %d, %v", first, last, err)
	}
}

// What a bench's login may not do, statement by statement.
// A number that the disk has changed, or that somebody made up, does not use up a range.
func TestNumbersJumpByAPersonsWordOnly(t *testing.T) {
	ctx := t.Context()
	_, _, as := begun(t, "S1")
	h := as["S1"]
	if _, last, err := h.Take(ctx, "S1", "09****", 0, 1<<40, 200); err != nil || last != 200 {
		t.Fatal(last, err)
	}
	if err := h.Lift(ctx, "S1", map[string]int64{"09****": 1<<63 - 1}); KindOf(err) != NoRights || !strings.Contains(err.Error(), "09****") {
		t.Errorf("lifted: %v", err)
	}
	if _, _, err := h.Take(ctx, "S1", "09****", 1<<62, 1<<40, 200); KindOf(err) != NoRights {
		t.Errorf("taken: %v", err)
	}
	if first, last, err := h.Take(ctx, "S1", "09****", 5000, 1<<40, 1<<39); err != nil || first != 5001 || last > 20000 {
		t.Errorf("%d to %d, %v", first, last, err)
	}
}

func TestABenchChangesNothingOfOthers(t *testing.T) {
	ctx := t.Context()
	_, owner, as := begun(t, "S1", "S2")
	h := as["S1"]
	if _, err := h.Append(ctx, chainOf("S1", 2)); err != nil {
		t.Fatal(err)
	}
	if _, err := owner.pool.Exec(ctx, `UPDATE packbench.writers SET brings = '-infinity'`); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO packbench.chains (writer, seq, at, input, facts, prev, hash) VALUES ('S1', 3, '', '', '', '', '')`,
		`UPDATE packbench.chains SET facts = ''`, `DELETE FROM packbench.chains`, `TRUNCATE packbench.chains`,
		`UPDATE packbench.writers SET login = session_user`, `SELECT pass FROM packbench.writers`, `INSERT INTO packbench.writers (writer, login) VALUES ('S9', session_user)`,
		`UPDATE packbench.shared SET gone = true`, `DELETE FROM packbench.shared`, `UPDATE packbench.claims SET station = 'S1'`, `DELETE FROM packbench.claims`,
		`UPDATE packbench.counters SET last = 0`, `DELETE FROM packbench.blocks`, `UPDATE packbench.feeds SET last = 0`, `UPDATE packbench.hub SET turn = 9`,
		`UPDATE packbench.keys SET body = ''`, `DROP TABLE packbench.chains`,
		`CREATE TABLE packbench.mine (a int)`, `ALTER TABLE packbench.chains ADD COLUMN a int`, `SET SESSION AUTHORIZATION owner`, `SET ROLE owner`,
		`CREATE ROLE more LOGIN`, `SELECT packbench.own('S2')`, `CREATE FUNCTION packbench.f() RETURNS int LANGUAGE sql AS 'SELECT 1'`,
		`SELECT packbench.put('S2', '{}', '{}', '{}', '{}', '{}', '{}', '')`, `SELECT packbench.packed('S2', '{o}')`, `SELECT packbench.end_claims()`, `SELECT packbench.claim('S2', 'order', 'o', true)`, `SELECT packbench.want('S2', 'order', 'o')`, `SELECT packbench.keep_key('S2', 'x', '')`, `SELECT packbench.put_back('S2', 'x', 1, 1, 1)`, `SELECT packbench.jump()`, `SELECT packbench.live()`, `SELECT packbench.months()`,
		`SELECT packbench.release_return('L')`, `SELECT packbench.brought('S2')`, `UPDATE packbench.writers SET brings = 'infinity'`, `DELETE FROM packbench.runners`, `SELECT packbench.has_lease()`,
		`SELECT packbench.keep_key('S1', 'mine', '')`, `SELECT packbench.act_entry('S1', 'e', false, 'x', 1)`, `SELECT packbench.tell_entries('S2', '{e}', '{f}', '{waiting}', '{0}', '{0}', '{0}', '{x}', '{x}')`,
		`SELECT packbench.release('S2', '')`, `SELECT packbench.settle('S2', 'order', '{o}', 'free')`,
		`SELECT packbench.take('S2', 'n', 0, 9, 1)`, `SELECT packbench.lift('S2', '{n}', '{9}')`, `SELECT packbench.greet('S2', '', 'x')`,
	} {
		_, err := h.pool.Exec(ctx, statement)
		if KindOf(troubleOf(err)) != NoRights {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// A server may hold the hubs of several shops, and a login is one shop's.
func TestALoginIsOfOneHub(t *testing.T) {
	_, _, as := begun(t, "S1")
	other, _, _ := begun(t, "S1", "s1")
	login := as["S1"].pool.(*pgxpool.Pool).Config().ConnConfig.User
	h := opened(t, server.Address(other, login))
	if _, err := h.About(t.Context()); KindOf(err) != NoRights {
		t.Errorf("a bench of another shop reads this hub: %v", err)
	}
	if _, err := as["S1"].About(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	ctx := t.Context()
	database, address := server.Database(t)
	say := func(address string, want Kind) {
		t.Helper()
		h, err := Open(address, "")
		if err == nil {
			defer h.Close()
			_, err = h.About(ctx)
		}
		if KindOf(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("a password is told: %v", err)
		}
	}
	say(address, NoHub)
	say(server.Address("nothere", "owner"), NoDatabase)
	say(server.Address(database, "nobody-here"), BadLogin)
	say("postgres://me:hunter2@127.0.0.1:1/shop", Away)
	say("postgres://me:hunter2@203.0.113.9/shop", Unsafe)
	say("postgres://me:hunter2@203.0.113.9/shop?sslmode=prefer", Unsafe)
	say("postgres://me:hunter2@127.0.0.1:1,203.0.113.9:2/shop?sslmode=disable", Unsafe)
	say("host=127.0.0.1 user=me password=hunter2", BadAddress)
	say("", BadAddress)
	say("postgres://me:hunter2@203.0.113.9:port/shop", BadAddress)
	say("me:hunter2", BadAddress)
	_, owner, _ := begun(t)
	if _, err := owner.pool.Exec(ctx, `UPDATE packbench.hub SET format = $1`, Format+2); err != nil {
		t.Fatal(err)
	}
	if _, err := owner.About(ctx); KindOf(err) != NewerHub {
		t.Error(err)
	}
	if errors.Is(troubleOf(nil), nil) == false {
		t.Error("no error is a trouble")
	}
}
