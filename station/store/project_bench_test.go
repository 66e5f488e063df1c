package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/journal/journaltest"
)

// boundCatchUp is how many times as long taking a journal up may take as copying
// it: reading each row and writing one line for it, with the bare driver.
const boundCatchUp = 3.0

// BenchmarkCatchUp takes up the journal of a bench from its first row.
func BenchmarkCatchUp(b *testing.B) {
	const orders = 2000
	ctx := context.Background()
	dir := b.TempDir()
	s := open(b, filepath.Join(dir, FileName))
	var list []station.Order
	for n := range orders {
		list = append(list, journaltest.Order("S1", n))
	}
	if _, err := s.PutOrders(ctx, list); err != nil {
		b.Fatal(err)
	}
	rows := keep(b, s, journaltest.Packed("S1", orders, noon, 3*time.Second))
	var ours, floor time.Duration
	runs := 0
	for b.Loop() {
		b.StopTimer()
		start := time.Now()
		copyRows(b, filepath.Join(dir, FileName), filepath.Join(dir, "bare.db"))
		floor += time.Since(start)
		forget(b, s)
		b.StartTimer()
		start = time.Now()
		if err := s.CatchUp(ctx); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		runs++
	}
	b.ReportMetric(float64(runs*rows)/ours.Seconds(), "rows/s")
	b.ReportMetric(float64(runs*rows)/floor.Seconds(), "floor-rows/s")
	b.ReportMetric(float64(ours)/float64(floor), "ratio")
	b.ReportMetric(boundCatchUp, "bound")
}

// forget drops what was built from the journal.
func forget(b *testing.B, s *Store) {
	b.Helper()
	err := s.change(context.Background(), "forget", func(tx *prepared) error {
		run := runner{ctx: context.Background(), tx: tx}
		run.exec(`DELETE FROM positions`)
		for _, p := range projections {
			for _, table := range p.tables {
				run.exec(`DELETE FROM ` + table)
			}
		}
		run.exec(`UPDATE orders SET due = 1`)
		return run.err
	})
	if err != nil {
		b.Fatal(err)
	}
}

// copyRows reads every row and writes a line of its table of mentions.
func copyRows(b *testing.B, from, to string) {
	b.Helper()
	db, err := sql.Open("sqlite", to+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	for _, q := range []string{
		`ATTACH '` + from + `' AS shop`,
		`DROP TABLE IF EXISTS lines`,
		`CREATE TABLE lines (order_id TEXT, n INTEGER, writer TEXT, seq INTEGER, PRIMARY KEY (order_id, n)) WITHOUT ROWID`,
	} {
		if _, err := db.Exec(q); err != nil {
			b.Fatal(err)
		}
	}
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	insert, err := tx.Prepare(`INSERT INTO lines VALUES (?, ?, ?, ?)`)
	if err != nil {
		b.Fatal(err)
	}
	list, err := tx.Query(`SELECT id, n, at, input, facts, prev, hash FROM shop.journal`)
	if err != nil {
		b.Fatal(err)
	}
	for list.Next() {
		var id, n int64
		var at string
		var input, facts, prev, hash []byte
		if err := list.Scan(&id, &n, &at, &input, &facts, &prev, &hash); err != nil {
			b.Fatal(err)
		}
		if _, err := insert.Exec(journaltest.OrderID("S1", int(id&(1<<40-1))/13), n, "S1", id); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

// keep writes rows past Append, many in one commit.
func keep(b *testing.B, s *Store, rows iter.Seq[journal.Row]) int {
	b.Helper()
	ctx := context.Background()
	stored := 0
	err := s.change(ctx, "keep", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		for r := range rows {
			run.exec(`INSERT INTO writers (writer) VALUES (?) ON CONFLICT DO NOTHING`, r.Writer)
			prev, _ := hex.DecodeString(r.Prev)
			hash, _ := hex.DecodeString(r.Hash)
			stored++
			run.exec(`INSERT INTO journal (id, n, at, input, facts, prev, hash)
				SELECT (no << 40) + ?2, ?3, ?4, ?5, ?6, ?7, ?8 FROM writers WHERE writer = ?1`,
				r.Writer, r.Seq, stored, journal.Clock(r.At), r.Input, r.Facts, nonNil(prev), hash)
		}
		return run.err
	})
	if err != nil {
		b.Fatal(err)
	}
	return stored
}
