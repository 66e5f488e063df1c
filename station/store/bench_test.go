package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"packbench/station/journal"
	"packbench/station/pack"
)

// The bounds: an append against one bare durable commit of one row with the
// same driver on the same disk, interleaved in the same run.
const (
	boundMedian = 1.2
	boundTail   = 2.0
)

func BenchmarkAppend(b *testing.B) {
	for _, stored := range []int{0, 1_000_000} {
		b.Run(fmt.Sprintf("stored=%d", stored), func(b *testing.B) {
			if stored > 0 && testing.Short() {
				b.Skip("a million rows take a while")
			}
			benchmarkAppend(b, stored, false)
		})
	}
	b.Run("projected", func(b *testing.B) { benchmarkAppend(b, 0, true) })
}

// benchmarkAppend measures in pairs, so that a slow disk slows both.
func benchmarkAppend(b *testing.B, stored int, project bool) {
	ctx := context.Background()
	dir := b.TempDir()
	s := open(b, filepath.Join(dir, FileName))
	fill(b, s, "S2", 3)
	fill(b, s, "S1", stored)
	bare := bareCommit(b, filepath.Join(dir, "bare.db"))
	w := newWriter(b, s, "S1")
	_, input, facts := scanRow(b, s)
	var ours, floor []time.Duration
	for i := range max(b.N, 1000) {
		at := time.Unix(1_700_000_000+int64(i), 0)
		row := w.chain.Next(at, input, facts)
		start := time.Now()
		if err := s.Append(ctx, row); err != nil {
			b.Fatal(err)
		}
		ours = append(ours, time.Since(start))
		w.chain = w.chain.After(row)
		start = time.Now()
		bare(i, append(slices.Clone(input), facts...))
		floor = append(floor, time.Since(start))
		if project {
			if err := s.CatchUp(ctx); err != nil {
				b.Fatal(err)
			}
		}
	}
	report(b, ours, floor)
}

func report(b *testing.B, ours, floor []time.Duration) {
	b.Helper()
	slices.Sort(ours)
	slices.Sort(floor)
	at := func(d []time.Duration, q float64) time.Duration { return d[int(float64(len(d)-1)*q)] }
	median := float64(at(ours, 0.5)) / float64(at(floor, 0.5))
	tail := float64(at(ours, 0.99)) / float64(at(floor, 0.99))
	b.ReportMetric(float64(at(ours, 0.5).Microseconds()), "p50-µs")
	b.ReportMetric(float64(at(ours, 0.99).Microseconds()), "p99-µs")
	b.ReportMetric(float64(at(floor, 0.5).Microseconds()), "floor-p50-µs")
	b.ReportMetric(float64(at(floor, 0.99).Microseconds()), "floor-p99-µs")
	b.ReportMetric(median, "ratio")
	b.ReportMetric(boundMedian, "bound")
	b.ReportMetric(tail, "tail-ratio")
	b.ReportMetric(boundTail, "tail-bound")
}

// bareCommit returns a function that commits one row of the given bytes durably.
func bareCommit(b *testing.B, path string) func(i int, body []byte) {
	b.Helper()
	db, err := sql.Open("sqlite", path+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
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
			b.Fatal(err)
		}
	}
}

// fill writes n rows by hand, which is faster than appending; their contents
// are scans without facts.
func fill(tb testing.TB, s *Store, writer string, n int) {
	tb.Helper()
	if n == 0 {
		return
	}
	ctx := context.Background()
	chain := journal.Chain{Writer: writer}
	input, facts, err := s.codec.Encode(pack.Input{Event: pack.Scanned{Device: "scanner", AIM: "]C1", Raw: "4006381333931"}},
		[]pack.Fact{pack.Judged{Verdict: pack.Verdict{Kind: pack.Accepted, Code: pack.CodeItem, SKU: "MUG-BLUE", Qty: 1}}})
	if err != nil {
		tb.Fatal(err)
	}
	row := chain.Next(time.Unix(1_700_000_000, 0), input, facts)
	if err := s.Append(ctx, row); err != nil {
		tb.Fatal(err)
	}
	if n == 1 {
		return
	}
	err = s.change(ctx, "fill", func(tx *prepared) error {
		_, err := tx.ExecContext(ctx, `WITH RECURSIVE up(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM up WHERE i < ?2)
			INSERT INTO journal SELECT j.id + i, j.n + i, j.at, j.input, j.facts, j.hash, j.hash FROM up, journal j JOIN writers w
			ON j.id = (w.no << 40) + 1 AND w.writer = ?1`, writer, n-1)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	if err := s.tidy(ctx, 0); err != nil {
		tb.Fatal(err)
	}
}
