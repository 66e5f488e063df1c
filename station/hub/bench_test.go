package hub

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"packbench/station/journal"
)

// median of n times, in nanoseconds.
func median(b *testing.B, n int, do func(i int) error) time.Duration {
	b.Helper()
	took := make([]time.Duration, n)
	for i := range took {
		began := time.Now()
		if err := do(i); err != nil {
			b.Fatal(err)
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[n/2]
}

// A claim is measured against a bare row of the same server and driver.
func BenchmarkClaim(b *testing.B) {
	_, owner, as := begun(b, "S1")
	h := as["S1"]
	ctx := context.Background()
	server.Exec(b, "postgres", "ALTER SYSTEM SET fsync = on")
	server.Exec(b, "postgres", "SELECT pg_reload_conf()")
	if _, err := owner.pool.Exec(ctx, `CREATE TABLE bare (key text PRIMARY KEY, station text, at timestamptz)`); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		const rows = 300
		bare := median(b, rows, func(i int) error {
			_, err := owner.pool.Exec(ctx, `INSERT INTO bare VALUES ($1, $2, now())`, fmt.Sprint("o", n, "-", i), "S1")
			return err
		})
		claim := median(b, rows, func(i int) error {
			_, err := h.Claim(ctx, "S1", OrderClaim, fmt.Sprint("o", n, "-", i), false)
			return err
		})
		n++
		b.ReportMetric(float64(claim)/float64(bare), "ratio")
		b.ReportMetric(1.5, "bound")
		b.ReportMetric(float64(claim.Microseconds()), "µs/claim")
	}
}

// Rows that are told are measured against the same bytes put into a table with the same
// indexes, many in one statement.
func BenchmarkAppend(b *testing.B) {
	_, owner, as := begun(b, "S1")
	h := as["S1"]
	ctx := context.Background()
	if _, err := owner.pool.Exec(ctx, `CREATE TABLE bare (writer text, seq bigint, at text, input bytea, facts bytea, prev bytea, hash bytea, came timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (writer, seq, came))`); err != nil {
		b.Fatal(err)
	}
	chain := journal.Chain{Writer: "S1"}
	for b.Loop() {
		rows := make([]journal.Row, 20*rowsAtOnce)
		for i := range rows {
			r := chain.Next(time.Date(2026, 3, 2, 12, 0, 0, i, time.UTC), make([]byte, 300), make([]byte, 500))
			rows[i], chain = r, chain.After(r)
		}
		began := time.Now()
		for part := range slices.Chunk(rows, rowsAtOnce) {
			n := len(part)
			seq, at, input, facts, hash := make([]int64, n), make([]string, n), make([][]byte, n), make([][]byte, n), make([][]byte, n)
			for i, r := range part {
				seq[i], at[i], input[i], facts[i], hash[i] = r.Seq, journal.Clock(r.At), r.Input, r.Facts, []byte(r.Hash[:32])
			}
			if _, err := owner.pool.Exec(ctx, `INSERT INTO bare (writer, seq, at, input, facts, prev, hash)
				SELECT 'S1', seq, at, input, facts, hash, hash FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[], $5::bytea[]) AS g (seq, at, input, facts, hash)`,
				seq, at, input, facts, hash); err != nil {
				b.Fatal(err)
			}
		}
		bare := time.Since(began)
		began = time.Now()
		for part := range slices.Chunk(rows, rowsAtOnce) {
			if _, err := h.Append(ctx, part); err != nil {
				b.Fatal(err)
			}
		}
		told := time.Since(began)
		b.ReportMetric(float64(told)/float64(bare), "ratio")
		b.ReportMetric(2, "bound")
		b.ReportMetric(float64(len(rows))/told.Seconds(), "rows/s")
	}
}
