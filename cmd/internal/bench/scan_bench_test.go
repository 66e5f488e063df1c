package bench

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"packbench/cmd/internal/folder"
	"packbench/devices"
	"packbench/devices/scanner"
	"packbench/station"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/store"

	_ "modernc.org/sqlite"
)

// BenchmarkScanToVerdict measures the bytes of a scanner in → verdict out,
// durable, against one bare durable commit of one row with the same driver on
// the same disk, in turn: with the product in memory, with each looked up afresh,
// and at a person's pace, where all caches have gone cold between two scans.
func BenchmarkScanToVerdict(b *testing.B) {
	for _, of := range []scans{
		{name: "stored=0", rounds: 3000, median: 1.5, tail: 2},
		{name: "stored=1000000", stored: 1_000_000, rounds: 3000, median: 1.5, tail: 2},
		{name: "looked-up", rounds: 3000, afresh: true, median: 1.35, tail: 2},
		{name: "paced", rounds: 80, pace: 250 * time.Millisecond, median: 1.6, tail: 3},
	} {
		b.Run(of.name, func(b *testing.B) { scanToVerdict(b, of) })
	}
}

type scans struct {
	name         string
	stored       int
	rounds       int
	afresh       bool          // no product is in memory
	pace         time.Duration // before each scan, and each commit of the floor
	median, tail float64       // bounds of the ratios
}

// warm is how many rounds meet cold files and growing ones, on both sides, and are
// not measured: the bench's WAL no longer grows after some 750.
const warm = 900

func scanToVerdict(b *testing.B, of scans) {
	rounds := warm + of.rounds
	d := bigOrder(b, 2*rounds+10)
	fillJournal(b, d, of.stored)
	at := startScanning(b, d)
	at.scan("PB:badge:B-PACKER", pack.CodeSignedIn)
	at.scan("BIG", pack.CodeOrderOpened)
	floor := bareCommit(b, d.Path("bare.db"))
	var ours, bare []time.Duration
	body := make([]byte, 900)
	for i := range rounds {
		if i == warm {
			ours, bare = nil, nil
		}
		if i >= warm {
			time.Sleep(of.pace)
		}
		if of.afresh {
			d.Forget()
		}
		ours = append(ours, at.scan("9520000000011", pack.CodeItem))
		if i >= warm {
			time.Sleep(of.pace)
		}
		start := time.Now()
		floor(i, body)
		bare = append(bare, time.Since(start))
	}
	at.end()
	report(b, of, ours, bare)
}

// bigOrder opens a data folder with an order of so many mugs and cartons without limits.
func bigOrder(b *testing.B, mugs int) *folder.Folder {
	b.Helper()
	ctx := context.Background()
	dir := filepath.Join(b.TempDir(), "data")
	if err := folder.Init(ctx, dir, true, folder.Options{}); err != nil {
		b.Fatal(err)
	}
	d, err := folder.Open(ctx, dir, folder.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = d.Close() })
	big := station.Order{
		ID: "BIG", Status: station.OrderOpen, To: station.Address{Country: "DE", Postcode: "10115"},
		Lines: []station.Line{{ID: "1", SKU: "MUG-WHITE", Qty: mugs, Kind: station.Goods}, {ID: "2", SKU: "CANDLE-FIG", Qty: 5, Kind: station.Goods}},
	}
	if _, err := d.Store.PutOrders(ctx, []station.Order{big}); err != nil {
		b.Fatal(err)
	}
	if _, err := d.Store.PutCartons(ctx, []station.Carton{{ID: "S"}, {ID: "M"}, {ID: "L"}, {ID: "XL"}, {ID: "C"}, {ID: "T"}}); err != nil {
		b.Fatal(err)
	}
	return d
}

// scanning is a bench at work and the reader of its scanner.
type scanning struct {
	*Bench
	scan func(code string, want pack.Code) time.Duration // until the verdict was out
	end  func()
}

func startScanning(b *testing.B, d *folder.Folder) scanning {
	verdicts := make(chan pack.Verdict, 16)
	var out time.Time // when the verdict left the engine; read after the verdict was
	ctx, cancel := context.WithCancel(context.Background())
	bn, err := Start(ctx, d, StartOptions{Publish: func(u engine.Update) {
		out = time.Now()
		if v, ok := u.Verdict(); ok {
			verdicts <- v
		}
	}})
	if err != nil {
		b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- bn.Run(ctx) }()
	end := sync.OnceFunc(func() {
		cancel()
		<-ended
		bn.Close()
	})
	b.Cleanup(end)
	post := func(s devices.Scan) { bn.Engine.Post(engine.Scan{Device: s.Device, AIM: s.AIM, Data: string(s.Data)}) }
	reader := scanner.NewReader("scanner", scanner.NewFramer(scanner.Options{}), devices.NewScanIDs("scanner", time.Now()), post)
	at := time.Now() // for the reader, to which no person scans as fast as this: what comes faster is a flood
	return scanning{Bench: bn, end: end, scan: func(code string, want pack.Code) time.Duration {
		b.Helper()
		at = at.Add(time.Second)
		start := time.Now()
		reader.Feed([]byte(code+"\r"), at)
		if v := <-verdicts; v.Code != want {
			b.Fatalf("%s: %s %s, want %s", code, v.Kind, v.Code, want)
		}
		return out.Sub(start)
	}}
}

// fillJournal puts rows of another station into the journal, by the thousands
// in one commit.
func fillJournal(b *testing.B, d *folder.Folder, rows int) {
	if rows == 0 {
		return
	}
	db, err := sql.Open("sqlite", d.Path(store.FileName))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, q := range []string{
		`INSERT INTO writers (writer) VALUES ('S9')`,
		`WITH RECURSIVE up(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM up WHERE i < ?1)
		INSERT INTO journal (id, n, at, input, facts, prev, hash)
		SELECT (w.no << 40) + i, i, '2026-01-01T08:00:00Z', '{"v":1,"t":"scanned","d":{"Raw":"9520000000011","Meanings":null}}',
			'[{"t":"refusal-counted"},{"t":"refusals-cleared"}]', randomblob(32), randomblob(32) FROM up, writers w WHERE w.writer = 'S9'`,
	} {
		if _, err := db.Exec(q, rows); err != nil {
			b.Fatal(err)
		}
	}
	if err := d.Store.CatchUp(context.Background()); err != nil {
		b.Fatal(err)
	}
}

func report(b *testing.B, of scans, ours, floor []time.Duration) {
	slices.Sort(ours)
	slices.Sort(floor)
	at := func(d []time.Duration, q float64) float64 {
		return float64(d[int(float64(len(d)-1)*q)].Nanoseconds()) / 1000
	}
	b.ReportMetric(at(ours, 0.5), "p50-µs")
	b.ReportMetric(at(floor, 0.5), "floor-p50-µs")
	b.ReportMetric(at(ours, 0.99), "p99-µs")
	b.ReportMetric(at(floor, 0.99), "floor-p99-µs")
	b.ReportMetric(at(ours, 0.5)/at(floor, 0.5), "ratio")
	b.ReportMetric(of.median, "bound")
	b.ReportMetric(at(ours, 0.99)/at(floor, 0.99), "p99-ratio")
	b.ReportMetric(of.tail, "p99-bound")
}

// bareCommit returns a function that commits one row durably. Its WAL is as long as it
// gets by the time that warm rounds are over: a file that grows is slower to write.
func bareCommit(b *testing.B, path string) func(i int, body []byte) {
	b.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=wal_autocheckpoint(400)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB)`); err != nil {
		b.Fatal(err)
	}
	insert, err := db.Prepare(`INSERT INTO bare (id, body) VALUES (?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	return func(i int, body []byte) {
		if _, err := insert.Exec(i, body); err != nil {
			b.Fatal(fmt.Errorf("floor: %w", err))
		}
	}
}
