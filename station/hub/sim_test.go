package hub

import (
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/store"
)

// A simulated shop: three benches and a desk with real folders and a real server, and
// between them a network that loses, delays and cuts, programs that die at any call,
// backups that are put back, and clocks apart. When all is mended again, each knows what
// the others know, no number was given twice, no order is packed twice without a word of
// it, and no row that a bench has written is missing.
//
// PACKBENCH_HUB_RUNS is how many shops; PACKBENCH_HUB_SEED is the first, or the one that
// failed.
func TestAShopComesThroughAnything(t *testing.T) {
	if server == nil {
		t.Skip("there is no PostgreSQL server here")
	}
	runs, first := number("PACKBENCH_HUB_RUNS", 4), number("PACKBENCH_HUB_SEED", 1)
	if testing.Short() {
		runs = min(runs, 2)
	}
	workers := min(runtime.GOMAXPROCS(0), runs)
	var next atomic.Int64
	for i := range workers {
		t.Run(fmt.Sprint("worker ", i), func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			for !t.Failed() {
				n := int(next.Add(1)) - 1
				if n >= runs {
					return
				}
				l.run(uint64(first + n))
			}
		})
	}
}

func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// lab is a hub with empty folders, which each simulated shop begins with.
type lab struct {
	t        *testing.T
	database string
	owner    *Hub
	lines    map[string]*Hub
	folders  string
}

var simulated = []string{"S1", "S2", "S3"}

const desk = "S3" // it may release what others hold

func newLab(t *testing.T) *lab {
	t.Helper()
	l := &lab{t: t, lines: map[string]*Hub{}, folders: t.TempDir()}
	l.database, l.owner, _ = begun(t)
	ctx := t.Context()
	about, err := l.owner.About(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range simulated {
		login, _, err := l.owner.Enrol(ctx, s, s == desk, "", s)
		if err != nil {
			t.Fatal(err)
		}
		l.lines[s] = opened(t, server.Address(l.database, login))
		path := filepath.Join(l.folders, s, store.FileName)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		db, err := store.Open(ctx, path, store.Options{Codec: journal.Bench()})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Share(ctx, store.Membership{Hub: about.ID, Station: s}); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// A server that was put back was started anew. Here it only says so.
	l.sql(`CREATE SCHEMA lab; CREATE TABLE lab.life AS SELECT 'first' AS life;
		CREATE OR REPLACE FUNCTION packbench.life_now() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT life FROM lab.life';
		CREATE OR REPLACE FUNCTION packbench.place_now() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT life FROM lab.life';
		UPDATE packbench.hub SET life = l.life, place = l.life FROM lab.life l`)
	l.dump("begin")
	return l
}

// dump keeps what the hub has now, and restore puts it back: as a dump of the database does,
// and quicker.
func (l *lab) dump(name string) {
	l.sql(`DO $$ DECLARE t regclass; BEGIN
		DROP SCHEMA IF EXISTS ` + name + ` CASCADE;
		CREATE SCHEMA ` + name + `;
		FOR t IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'packbench'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition LOOP
			EXECUTE format('CREATE UNLOGGED TABLE ` + name + `.%I AS TABLE %s', (SELECT relname FROM pg_class WHERE oid = t), t);
		END LOOP; END $$`)
}

func (l *lab) restore(name string) {
	l.sql(`DO $$ DECLARE t text; BEGIN
		FOR t IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = '` + name + `'::regnamespace AND c.relkind = 'r' LOOP
			EXECUTE format('TRUNCATE packbench.%1$I; INSERT INTO packbench.%1$I OVERRIDING SYSTEM VALUE SELECT * FROM ` + name + `.%1$I', t);
		END LOOP; END $$`)
}

func (l *lab) sql(statement string) {
	l.t.Helper()
	if _, err := l.owner.pool.Exec(l.t.Context(), statement); err != nil {
		l.t.Fatal(err)
	}
}

// sim is one shop.
type sim struct {
	*lab
	rng     *rand.Rand
	dir     string
	benches []*simBench
	log     []string
	late    []late // what arrives when nobody waits for it any more
	healed  bool
	dumped  bool
	back    bool // the hub was put back: two benches may have had one order meanwhile
	orders  []string
	numbers map[string]string   // the label that has it
	packed  map[string][]string // order → the rows that close it
	told    map[string]bool     // orders of which a person was told that two may have them
}

type late struct {
	station string
	do      func()
}

func (l *lab) run(seed uint64) {
	s := &sim{lab: l, rng: rand.New(rand.NewPCG(seed, 17)), dir: filepath.Join(l.folders, fmt.Sprint("run", seed)), numbers: map[string]string{}, packed: map[string][]string{}, told: map[string]bool{}}
	defer func() { _ = os.RemoveAll(s.dir) }()
	l.restore("begin")
	l.sql(`UPDATE lab.life SET life = 'first'`)
	for i, name := range simulated {
		b := &simBench{sim: s, station: name, dir: filepath.Join(s.dir, name), skew: time.Duration(s.rng.IntN(7200)-3600) * time.Second, ahead: s.rng.IntN(3)}
		if err := os.CopyFS(b.dir, os.DirFS(filepath.Join(l.folders, simulated[i]))); err != nil {
			l.t.Fatal(err)
		}
		b.open()
		b.begin()
		s.benches = append(s.benches, b)
	}
	defer func() {
		for _, b := range s.benches {
			_ = b.db.Close()
		}
		if l.t.Failed() {
			l.t.Logf("seed %d\n%s", seed, strings.Join(s.log, "\n"))
		}
	}()
	for range 40 + s.rng.IntN(40) {
		s.step()
	}
	s.heal()
	s.check()
}

func (s *sim) say(format string, args ...any) { s.log = append(s.log, fmt.Sprintf(format, args...)) }

// chance is true n times in a hundred.
func (s *sim) chance(n int) bool { return s.rng.IntN(100) < n }

func (s *sim) step() {
	b := s.benches[s.rng.IntN(len(s.benches))]
	switch n := s.rng.IntN(100); {
	case n < 30:
		b.round()
	case n < 65:
		b.pack()
	case n < 73:
		b.order()
	case n < 77:
		b.change()
	case n < 81:
		b.cut = !b.cut
		s.say("%s: its cable is out: %v", b.station, b.cut)
	case n < 85:
		b.fuse = 1 + s.rng.IntN(12)
	case n < 88:
		s.say("%s: is ended and started", b.station)
		b.begin()
	case n < 90:
		b.x.forget()
	case n < 93:
		s.arrive()
	case n < 95:
		s.release(b.station)
	case n < 97:
		b.keep()
	case n < 99:
		b.putBack()
	default:
		s.hub()
	}
}

// arrive has the server read what came late.
func (s *sim) arrive() {
	if len(s.late) == 0 {
		return
	}
	i := s.rng.IntN(len(s.late))
	s.say("late: what %s has said arrives", s.late[i].station)
	s.late[i].do()
	s.late = slices.Delete(s.late, i, i+1)
}

// release is a supervisor's, at the desk.
func (s *sim) release(dead string) {
	freed, err := s.lines[desk].Release(s.t.Context(), dead, "")
	if err != nil {
		s.t.Error(err)
	}
	for _, order := range freed {
		s.told[order] = true
	}
	s.say("the desk releases what %s holds: %v", dead, freed)
}

// hub has a backup of it made, and put back.
func (s *sim) hub() {
	if !s.dumped || s.chance(50) {
		s.dump("kept")
		s.dumped = true
		s.say("the hub is dumped")
		return
	}
	s.late, s.back = nil, true
	s.restore("kept")
	s.sql(`UPDATE lab.life SET life = gen_random_uuid()::text`)
	s.say("the hub is put back")
	for _, b := range s.benches {
		b.x.forget() // its lines broke
	}
}

// lose forgets what of a station is still on its way: its computer is another one.
func (s *sim) lose(station string) {
	s.late = slices.DeleteFunc(s.late, func(l late) bool { return l.station == station })
}

// heal has everything in order again, and everybody hear of everything.
func (s *sim) heal() {
	s.say("all is mended")
	s.healed = true
	for len(s.late) > 0 {
		s.arrive()
	}
	for _, b := range s.benches {
		b.cut, b.fuse = false, 0
		b.x.forget()
	}
	for range 4 {
		for _, b := range s.benches {
			b.finish()
			b.round()
		}
	}
}

func (s *sim) check() {
	s.t.Helper()
	ctx := s.t.Context()
	for _, b := range s.benches {
		if st := b.x.Status(); st.Away() || st.Behind != 0 || st.Unkept > 0 {
			s.t.Errorf("%s: %v, %d behind, %d unkept", b.station, st.Err, st.Behind, st.Unkept)
		}
		if damage, err := b.db.Altered(ctx); err != nil || len(damage) > 0 {
			s.t.Errorf("%s: damaged: %v, %v", b.station, damage, err)
		}
		place, err := s.owner.Rows(ctx, b.station, b.chain.Seq, 2)
		if b.chain.Seq > 0 && (err != nil || len(place) != 1 || place[0].Hash != b.chain.Head) {
			s.t.Errorf("the chain of %s ends with %d here, and the hub has %v, %v", b.station, b.chain.Seq, place, err)
		}
		for _, other := range s.benches {
			if head, err := other.db.Head(ctx, b.station); err != nil || head != b.chain {
				s.t.Errorf("%s has the chain of %s as %+v, %v; it is %+v", other.station, b.station, head, err, b.chain)
			}
		}
		s.claims(b)
		s.same(b)
	}
	for order, by := range s.packed {
		if len(by) > 1 && !s.told[order] {
			s.t.Errorf("%s is packed in %v, and nobody was told", order, by)
		}
	}
}

// claims compares what a bench holds with what the hub says.
func (s *sim) claims(b *simBench) {
	s.t.Helper()
	here, err := b.db.ClaimsOf(s.t.Context(), b.station)
	if err != nil {
		s.t.Error(err)
	}
	there, err := s.owner.HeldBy(s.t.Context(), b.station)
	if err != nil {
		s.t.Error(err)
	}
	var held []string
	for _, c := range there {
		held = append(held, c.Key)
	}
	slices.Sort(held)
	here = slices.DeleteFunc(here, func(order string) bool { return s.told[order] && !slices.Contains(held, order) })
	if !slices.Equal(here, held) {
		s.t.Errorf("%s holds %v, and the hub says %v", b.station, here, held)
	}
}

// same compares what is shared with the first bench's.
func (s *sim) same(b *simBench) {
	s.t.Helper()
	ctx := s.t.Context()
	for _, id := range s.orders {
		want, known, err := store.Known(s.benches[0].db.Order(ctx, id))
		got, knows, failed := store.Known(b.db.Order(ctx, id))
		if err != nil || failed != nil || knows != known || got.Status != want.Status || got.Reason != want.Reason {
			s.t.Errorf("order %s: %s has %s %s, %v; %s has %s %s, %v", id, b.station, got.Status, got.Reason, failed, s.benches[0].station, want.Status, want.Reason, err)
		}
		if p, err := b.db.Progress(ctx, id); err != nil || len(s.packed[id]) == 1 && !s.told[id] && !s.back && p.State != store.ProgressClosed {
			s.t.Errorf("%s does not know that %s is packed: %+v, %v", b.station, id, p, err)
		}
	}
	for _, sku := range []string{"CUP", "PEN"} {
		want, unknown, err := store.Known(s.benches[0].db.Product(ctx, sku))
		got, gone, failed := store.Known(b.db.Product(ctx, sku))
		if err != nil || failed != nil || got.Name != want.Name || unknown != gone {
			s.t.Errorf("%s: %s has %q, %v; %s has %q, %v", sku, b.station, got.Name, failed, s.benches[0].station, want.Name, err)
		}
	}
}

var errLost = errors.New("the network has lost it")

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func orderOf(id string, at time.Time) station.Order {
	return station.Order{ID: id, Shop: "web", ShipBy: at, To: station.Address{Name: "Ada", City: "Bath", Country: "GB"}, Lines: []station.Line{{ID: "1", SKU: "CUP", Qty: 1}}}
}
