package hub

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/hub/hubtest"
	"packbench/station/pack"
	"packbench/station/store"
)

// floor is a hall of benches that pack as fast as they can while something goes wrong.
// PACKBENCH_HUB_BENCHES is how many, PACKBENCH_HUB_SECONDS how long.
type floor struct {
	t       *testing.T
	owner   *Hub
	benches []*packer
	mu      sync.Mutex
	numbers map[string]string
	packed  map[string]string
}

type packer struct {
	*folder
	floor   *floor
	closed  int
	slowest time.Duration // of what needs no hub
}

func newFloor(t *testing.T, s *hubtest.Server, database, address string, at func(login string)) *floor {
	t.Helper()
	f := &floor{t: t, owner: opened(t, address), numbers: map[string]string{}, packed: map[string]string{}}
	if _, err := f.owner.Init(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, database: database, owner: f.owner, folders: map[string]*folder{}}
	for i := range number("PACKBENCH_HUB_BENCHES", 3) {
		name := fmt.Sprint("S", i+1)
		b := &packer{folder: w.join(name, w.empty()), floor: f}
		login, _, err := f.owner.Enrol(t.Context(), name, false, "", name)
		if err != nil {
			t.Fatal(err)
		}
		b.address = s.Address(database, login)
		if at != nil {
			at(login)
		}
		b.ranges.SSCC = store.Range{Shape: "09*******", First: 1, Last: 5000000, Make: func(n uint64) (string, error) { return fmt.Sprintf("09%07d", n), nil }}
		b.x.Ahead, b.x.pace = 5, 50*time.Millisecond
		f.benches = append(f.benches, b)
	}
	var orders []station.Order
	for i := range 60 * number("PACKBENCH_HUB_SECONDS", 1) * len(f.benches) {
		orders = append(orders, orderOf(fmt.Sprint("o", i), noon.Add(time.Duration(i)*time.Second)))
	}
	if _, err := f.benches[0].PutOrders(t.Context(), orders); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		for _, b := range f.benches {
			b.round()
		}
	}
	return f
}

// pack has all of them work while bad goes on, and until it has ended.
func (f *floor) pack(bad func(ctx context.Context)) {
	f.t.Helper()
	ctx, stop := context.WithTimeout(f.t.Context(), time.Duration(number("PACKBENCH_HUB_SECONDS", 1))*time.Second)
	defer stop()
	var group sync.WaitGroup
	for _, b := range f.benches {
		group.Go(func() { b.x.Run(ctx) })
		group.Go(func() {
			for ctx.Err() == nil {
				b.x.Wake() // after trouble too
				b.one(ctx)
			}
		})
	}
	bad(ctx)
	<-ctx.Done()
	group.Wait()
}

// one packs an order, if there is one that it gets.
func (b *packer) one(ctx context.Context) {
	due, err := b.DueOrders(ctx, b.station, 6)
	if err != nil {
		return
	}
	for _, d := range due {
		mine, err := b.Holder(ctx, d.ID)
		if err != nil {
			return
		}
		began := time.Now()
		holder, err := b.x.ClaimOrder(ctx, d.ID, b.station, noon)
		if err != nil || holder != b.station {
			continue
		}
		if p, err := b.Progress(ctx, d.ID); err != nil || p.State != store.ProgressOpen {
			_ = b.x.FreeOrder(ctx, d.ID, b.station)
			continue
		}
		n, err := b.LabelNumbers(ctx, store.Numbering{Effect: b.station + d.ID, Parcel: d.ID, Station: b.station, Carrier: "heron", SSCC: b.ranges.SSCC})
		var none *store.Undrawn
		if errors.As(err, &none) || ctx.Err() != nil {
			return
		}
		if err != nil {
			b.t.Error(err)
			return
		}
		b.write(pack.OrderTaken{Order: pack.OrderInfo{ID: d.ID}})
		b.write(pack.OrderClosed{Order: d.ID})
		b.floor.note(b.station, d.ID, n.SSCC)
		if err := b.x.FreeOrder(context.WithoutCancel(ctx), d.ID, b.station); err != nil {
			b.t.Error(err)
		}
		if b.closed++; mine == b.station {
			b.slowest = max(b.slowest, time.Since(began))
		}
		return
	}
	time.Sleep(5 * time.Millisecond)
}

func (f *floor) note(station, order, number string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if other := f.packed[order]; other != "" {
		f.t.Errorf("%s is packed by %s and %s", order, other, station)
	}
	if other := f.numbers[number]; other != "" {
		f.t.Errorf("%s was given for %s and %s", number, other, order)
	}
	f.packed[order], f.numbers[number] = station, order
}

// check lets everybody hear of everything, and compares.
func (f *floor) check() {
	f.t.Helper()
	for range 3 {
		for _, b := range f.benches {
			b.x.forget()
			b.round()
		}
	}
	for _, b := range f.benches {
		if b.closed == 0 {
			f.t.Errorf("%s packed nothing", b.station)
		}
		if b.slowest > 2*time.Second {
			f.t.Errorf("%s waited %s for what it had", b.station, b.slowest)
		}
		if len(b.clashes) > 0 {
			f.t.Errorf("%s: %v", b.station, b.clashes)
		}
		for _, other := range f.benches {
			if head, err := other.Head(f.t.Context(), b.station); err != nil || head != b.chain {
				f.t.Errorf("%s has %+v of %s, %v; it is %+v", other.station, head, b.station, err, b.chain)
			}
		}
	}
}

// every does something now and then until ctx ends.
func every(d time.Duration, do func()) func(ctx context.Context) {
	return func(ctx context.Context) {
		for {
			select {
			case <-ctx.Done():
				return
			case <-time.After(d):
				do()
			}
		}
	}
}

// The server is killed as by a power cut, again and again.
func TestBenchesPackWhileTheHubIsKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	s := hubtest.New(t)
	database, address := s.Database(t)
	f := newFloor(t, s, database, address, nil)
	f.pack(every(300*time.Millisecond, func() {
		s.Kill()
		time.Sleep(100 * time.Millisecond)
		if err := s.Start(); err != nil {
			t.Error(err)
		}
	}))
	f.check()
}

// All connections are cut, again and again.
func TestBenchesPackWhileTheirLinesAreCut(t *testing.T) {
	database, address := server.Database(t)
	f := newFloor(t, server, database, address, nil)
	f.pack(every(100*time.Millisecond, func() {
		server.Exec(t, database, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
	}))
	f.check()
}

// A pooler that gives each transaction another connection stands between.
func TestBenchesPackThroughAPooler(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	s := hubtest.New(t)
	database, address := s.Database(t)
	var logins []string
	f := newFloor(t, s, database, address, func(login string) { logins = append(logins, login) })
	host := s.Pooler(t, logins...)
	for i, b := range f.benches {
		b.x.Close()
		b.address = fmt.Sprintf("postgres://%s@/%s?host=%s", logins[i], database, host)
	}
	f.pack(func(context.Context) {})
	f.check()
}

// The disk of the hub is full, and has room again.
func TestBenchesPackWhileTheDiskOfTheHubIsFull(t *testing.T) {
	if os.Getenv("PACKBENCH_HUB_DISK") == "" {
		t.Skip("set PACKBENCH_HUB_DISK, as root: a small disk is mounted")
	}
	s := hubtest.New(t)
	small := s.Folder(t, "small")
	mount := exec.Command("mount", "-t", "tmpfs", "-o", "size=40m,mode=0777", "tmpfs", small)
	if out, err := mount.CombinedOutput(); err != nil {
		t.Skipf("mount: %s", out)
	}
	t.Cleanup(func() { s.Stop(); _ = exec.Command("umount", "-l", small).Run() })
	at := filepath.Join(small, "data")
	s.Give(t, at)
	s.Exec(t, "postgres", "CREATE TABLESPACE small LOCATION '"+at+"'")
	s.Exec(t, "postgres", "CREATE DATABASE fulldisk TABLESPACE small")
	f := newFloor(t, s, "fulldisk", s.Address("fulldisk", "owner"), nil)
	filler := filepath.Join(small, "filler")
	f.pack(func(ctx context.Context) {
		if err := os.WriteFile(filler, make([]byte, 40<<20), 0o600); err == nil {
			t.Log("the disk is larger than the filler")
		}
		var said Kind
		for ctx.Err() == nil && said != Full {
			said = KindOf(f.benches[0].x.Status().Err)
			time.Sleep(10 * time.Millisecond)
		}
		if said != Full {
			t.Errorf("of a full disk it was said: %q", said)
		}
		_ = os.Remove(filler)
	})
	_ = os.Remove(filler)
	f.check()
}

// Whatever is wrong with the hub is said in its kind, and what the bench has it packs on;
// an order that it has not is refused in time.
func TestNothingWrongWithTheHubStopsPacking(t *testing.T) {
	w := newWorld(t, "S1", "S2")
	one := w.folders["S1"]
	ctx := t.Context()
	one.x.Ahead = 1
	one.order("o1", "o2", "o3")
	w.rounds("S1", "S2")
	one.claim("o1", "S1")
	login := loginOf(t, one.address)
	right := one.address
	silent := filepath.Join(t.TempDir(), ".s.PGSQL.5432")
	l, err := net.Listen("unix", silent)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	_, other, _ := begun(t)
	otherHub := server.Address(databaseOf(t, other), "owner")
	for _, wrong := range []struct {
		name, address string
		want          Kind
		do, undo      string
	}{
		{"it never answers", "postgres://x@/x?host=" + url.QueryEscape(filepath.Dir(silent)), Away, "", ""},
		{"nobody is there", "postgres://x@127.0.0.1:1/x", Away, "", ""},
		{"a wrong name", server.Address(w.database, "nobody-here"), BadLogin, "", ""},
		{"a wrong database", server.Address("nothere", login), NoDatabase, "", ""},
		{"another hub", otherHub, OtherHub, "", ""},
		{"no hub", server.Address("postgres", "owner"), NoHub, "", ""},
		{"no address", "hunter2", BadAddress, "", ""},
		{"no rights", right, NoRights, `REVOKE SELECT ON packbench.hub FROM PUBLIC, ` + roleOf(t, w.owner), `GRANT SELECT ON packbench.hub TO ` + roleOf(t, w.owner)},
		{"a newer hub", right, NewerHub, `UPDATE packbench.hub SET format = format + 2`, `UPDATE packbench.hub SET format = format - 2`},
	} {
		t.Run(wrong.name, func(t *testing.T) {
			if wrong.do != "" {
				server.Exec(t, w.database, wrong.do)
				defer server.Exec(t, w.database, wrong.undo)
			}
			one.address = wrong.address
			one.x.drop()
			round, stop := context.WithTimeout(ctx, 300*time.Millisecond)
			defer stop()
			if err := one.x.Round(round); KindOf(err) != wrong.want || err.Error() == "" || !one.x.Status().Away() {
				t.Errorf("%v, want %s", err, wrong.want)
			}
			began := time.Now()
			one.claim("o1", "S1")
			if one.x.HeldElsewhere(ctx, "o1") != "" {
				t.Error("its own order is another's")
			}
			if _, err := one.LabelNumbers(ctx, store.Numbering{Effect: wrong.name, Parcel: wrong.name, Station: "S1", Carrier: "heron", SSCC: one.ranges.SSCC}); err != nil {
				t.Error(err)
			}
			one.write(pack.Moved{})
			if took := time.Since(began); took > time.Second {
				t.Errorf("what it has took %s", took)
			}
			began, one.x.patience = time.Now(), 400*time.Millisecond
			if holder, err := one.x.ClaimOrder(ctx, "o3", "S1", noon); err == nil && wrong.do == "" || time.Since(began) > 2*time.Second {
				t.Errorf("an order that it has not: %q, %v, after %s", holder, err, time.Since(began))
			}
		})
	}
	one.address = right
	one.x.drop()
	w.rounds("S1", "S2")
	if head, err := w.folders["S2"].Head(ctx, "S1"); err != nil || head != one.chain {
		t.Errorf("what was written meanwhile: %+v, %v", head, err)
	}
}

func databaseOf(t *testing.T, h *Hub) (name string) {
	t.Helper()
	if err := h.ask(t.Context(), `SELECT current_database()`, nil, &name); err != nil {
		t.Fatal(err)
	}
	return name
}

func loginOf(t *testing.T, address string) string {
	t.Helper()
	login, _, _ := strings.Cut(strings.TrimPrefix(address, "postgres://"), "@")
	return login
}

func roleOf(t *testing.T, h *Hub) string {
	t.Helper()
	about, err := h.About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bench, _ := roles(about.ID)
	return bench
}
