package hub

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/journal/journaltest"
	"packbench/station/pack"
	"packbench/station/store"
)

// A new desk takes in the journals of a hub, against building the same from the journal
// that it has then. PACKBENCH_HUB_ROWS is how many rows.
func BenchmarkDesk(b *testing.B) {
	const benches = 4
	rows := number("PACKBENCH_HUB_ROWS", 20_000)
	var names []string
	for i := range benches {
		names = append(names, fmt.Sprint("S", i+1))
	}
	_, owner, as := begun(b, append(names, "D1")...)
	ctx := b.Context()
	for _, name := range names {
		var part []journal.Row
		told := 0
		for r := range journaltest.Packed(name, rows, noon, time.Second) {
			if part = append(part, r); len(part) == rowsAtOnce {
				if _, err := as[name].Append(ctx, part); err != nil {
					b.Fatal(err)
				}
				told += len(part)
				part = part[:0]
			}
			if told >= rows/benches {
				break
			}
		}
	}
	var taken, built time.Duration
	n := 0
	for b.Loop() {
		db, err := store.Open(ctx, filepath.Join(b.TempDir(), store.FileName), store.Options{Codec: journal.Bench()})
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		places, err := merged(ctx, db, as["D1"], func(string) bool { return true }, func(_ string, why error) error { return why })
		taken += time.Since(began)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range places {
			n += int(p.Seq)
		}
		began = time.Now()
		if err := db.Rebuild(ctx); err != nil {
			b.Fatal(err)
		}
		built += time.Since(began)
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
	var size int64
	if err := owner.ask(ctx, `SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits WHERE inhparent = 'packbench.chains'::regclass`, nil, &size); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(taken)/float64(built), "ratio")
	b.ReportMetric(2, "bound")
	b.ReportMetric(float64(n)/taken.Seconds(), "rows/s")
	b.ReportMetric(float64(size)/float64(n/b.N), "hub-bytes/row")
}

// A hall of benches scans once a second each, and a desk takes in what they write: how long
// until it is in the desk's projections. PACKBENCH_HUB_HALL is how many benches,
// PACKBENCH_HUB_SECONDS how long.
func BenchmarkHall(b *testing.B) {
	benches, seconds := number("PACKBENCH_HUB_HALL", 20), number("PACKBENCH_HUB_SECONDS", 5)
	for b.Loop() {
		hallFor(b, benches, seconds)
	}
}

type written struct {
	seq int64
	at  time.Time
}

func hallFor(b *testing.B, benches, seconds int) {
	b.Helper()
	database, owner, _ := begun(b)
	about, err := owner.About(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	member := func(name string, ahead int, follow bool) *folder {
		login, _, err := owner.Enrol(b.Context(), name, false, "", name)
		if err != nil {
			b.Fatal(err)
		}
		db, err := store.Open(b.Context(), filepath.Join(b.TempDir(), store.FileName), store.Options{Codec: journal.Bench(), Readers: 1})
		if err == nil {
			err = db.Share(b.Context(), store.Membership{Hub: about.ID, Station: name})
		}
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { _ = db.Close() })
		f := &folder{Store: db, station: name, address: server.Address(database, login), chain: journal.Chain{Writer: name}}
		f.x = New(Options{
			Folder: db, Own: []string{name}, Ahead: ahead, Log: quiet(), Ranges: func(context.Context) (store.Ranges, error) { return store.Ranges{}, nil },
			Open: func() (*Hub, error) { return Open(f.address, "") }, Follow: func(string) bool { return follow },
		})
		return f
	}
	desk := member("D1", 0, true)
	var all []*folder
	for i := range benches {
		all = append(all, member(fmt.Sprint("S", i+1), 5, false))
	}
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	var running, scanning sync.WaitGroup
	for _, f := range append(all, desk) {
		running.Go(func() { f.x.Run(ctx) })
	}
	var mu sync.Mutex
	sent := map[string][]written{}
	var failed atomic.Int64
	until := time.Now().Add(time.Duration(seconds) * time.Second)
	for i, f := range all {
		scanning.Go(func() {
			time.Sleep(time.Duration(i) * time.Second / time.Duration(benches))
			for n := 0; time.Now().Before(until); n++ {
				next := time.Now().Add(time.Second)
				in := pack.Input{ID: journal.ID(f.station, f.chain.Seq+1), At: time.Now(), Event: pack.Started{}}
				input, facts, err := journal.Bench().Encode(in, []pack.Fact{pack.OrderTaken{Order: pack.OrderInfo{ID: fmt.Sprint(f.station, "-", n), Lines: make([]pack.LineInfo, 2)}}})
				r := f.chain.Next(in.At, input, facts)
				if err != nil || f.Append(ctx, r) != nil {
					failed.Add(1)
					return
				}
				f.chain = f.chain.After(r)
				mu.Lock()
				sent[f.station] = append(sent[f.station], written{r.Seq, time.Now()})
				mu.Unlock()
				time.Sleep(time.Until(next))
			}
		})
	}
	var late []time.Duration
	for open := true; open || len(sent) > 0; {
		time.Sleep(20 * time.Millisecond)
		places, err := desk.ProjectionPlaces(ctx)
		if err != nil {
			b.Fatal(err)
		}
		now := time.Now()
		open = now.Before(until)
		mu.Lock()
		for name, of := range sent {
			for len(of) > 0 && of[0].seq <= places["orders "+name] {
				late, of = append(late, now.Sub(of[0].at)), of[1:]
			}
			if sent[name] = of; len(of) == 0 {
				delete(sent, name)
			}
		}
		mu.Unlock()
		if now.After(until.Add(30 * time.Second)) {
			b.Fatalf("rows of %d benches have not come to the desk", len(sent))
		}
	}
	scanning.Wait()
	var mem runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&mem)
	stop()
	running.Wait()
	slices.Sort(late)
	if failed.Load() > 0 || len(late) == 0 {
		b.Fatalf("%d benches failed, %d rows came", failed.Load(), len(late))
	}
	b.ReportMetric(late[len(late)*99/100].Seconds()/2, "p99-ratio") // of two seconds
	b.ReportMetric(1, "p99-bound")
	b.ReportMetric(late[len(late)/2].Seconds(), "s/median")
	b.ReportMetric(float64(len(late)), "rows")
	b.ReportMetric(float64(mem.HeapAlloc)/float64(benches)/1e3, "kB/bench")
}

// Feed is what one row lock takes: claims and changes of all benches go through one each.
func BenchmarkFeed(b *testing.B) {
	const benches, each = 8, 250
	var names []string
	for i := range benches {
		names = append(names, fmt.Sprint("S", i+1))
	}
	_, _, as := begun(b, names...)
	server.Exec(b, "postgres", "ALTER SYSTEM SET fsync = on")
	server.Exec(b, "postgres", "SELECT pg_reload_conf()")
	ctx := b.Context()
	all := func(do func(h *Hub, name string, i int) error) float64 {
		var group sync.WaitGroup
		began := time.Now()
		for _, name := range names {
			group.Go(func() {
				for i := range each {
					if err := do(as[name], name, i); err != nil {
						b.Error(err)
					}
				}
			})
		}
		group.Wait()
		return benches * each / time.Since(began).Seconds()
	}
	round := 0
	for b.Loop() {
		round++
		b.ReportMetric(all(func(h *Hub, name string, i int) error {
			_, err := h.Claim(ctx, name, OrderClaim, fmt.Sprint(name, "-", round, "-", i), false)
			return err
		}), "claims/s")
		b.ReportMetric(all(func(h *Hub, name string, i int) error {
			_, err := h.Put(ctx, name, []store.Shared{{Kind: "orders", Key: fmt.Sprintf(`[%q]`, fmt.Sprint(name, "-", round, "-", i)), Body: make([]byte, 600)}})
			return err
		}), "puts/s")
	}
}
