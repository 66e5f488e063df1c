package desk

import (
	"context"
	"database/sql"
	"encoding/hex"
	"io"
	"iter"
	"slices"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/journal"
	"packbench/station/journal/journaltest"
	"packbench/station/shift"
	"packbench/station/store"
)

const (
	ordersInYears = 70_000 // some 10^6 rows
	rowEvery      = 6 * time.Second
	boundExport   = 2.0
)

// BenchmarkDayExport writes the shift book of one day out of a journal of 10^6 rows,
// against that of a journal that holds no other day, in turn.
func BenchmarkDayExport(b *testing.B) {
	orders := ordersInYears
	if testing.Short() {
		orders /= 10
	}
	start := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	whole, alone := New(foldertest.Shop(b)), New(foldertest.Shop(b))
	var last time.Time
	rows := keep(b, whole, func(yield func(journal.Row) bool) {
		for r := range journaltest.Packed("S1", orders, start, rowEvery) {
			last = r.At
			if !yield(r) {
				return
			}
		}
	})
	day := shift.Day(shift.DateOf(last.AddDate(0, 0, -1)), whole.Location())
	keep(b, alone, journaltest.Packed("S1", int(24*time.Hour/rowEvery)*orders/rows, day.From, rowEvery))
	export := func(d Desk) time.Duration {
		began := time.Now()
		book, err := d.ShiftBook(context.Background(), shift.DateOf(day.From), 0)
		if err == nil {
			err = WriteShift(book, "csv", io.Discard)
		}
		if err != nil || len(book.Rows) < 10_000 {
			b.Fatalf("%d rows, %v", len(book.Rows), err)
		}
		return time.Since(began)
	}
	first := export(whole) // keeps all days
	var ours, floor []time.Duration
	for b.Loop() {
		ours, floor = append(ours, export(whole)), append(floor, export(alone))
	}
	middle := func(d []time.Duration) float64 {
		slices.Sort(d)
		return d[len(d)/2].Seconds()
	}
	b.ReportMetric(first.Seconds(), "first-s")
	b.ReportMetric(middle(ours)*1000, "ms")
	b.ReportMetric(middle(floor)*1000, "alone-ms")
	b.ReportMetric(middle(ours)/middle(floor), "ratio")
	b.ReportMetric(boundExport, "bound")
}

// keep writes rows past the store, many in one commit.
func keep(b *testing.B, d Desk, rows iter.Seq[journal.Row]) (stored int) {
	b.Helper()
	db, err := sql.Open("sqlite", d.Path(store.FileName)+"?_pragma=cache_size(-65536)")
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tx, err := db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	insert, err := tx.Prepare(`INSERT INTO journal (id, n, at, input, facts, prev, hash)
		SELECT (no << 40) + ?2, ?2, ?3, ?4, ?5, ?6, ?7 FROM writers WHERE writer = ?1`)
	for r := range rows {
		prev, hash := []byte{}, []byte{}
		if err == nil && stored == 0 {
			_, err = tx.Exec(`INSERT INTO writers (writer) VALUES (?)`, r.Writer)
		}
		if err == nil {
			prev, err = hex.AppendDecode(prev, []byte(r.Prev))
		}
		if err == nil {
			hash, err = hex.AppendDecode(hash, []byte(r.Hash))
		}
		if err == nil {
			_, err = insert.Exec(r.Writer, r.Seq, journal.Clock(r.At), r.Input, r.Facts, prev, hash)
		}
		if err != nil {
			b.Fatal(err)
		}
		stored++
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return stored
}
