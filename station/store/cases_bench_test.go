package store

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// BenchmarkCases asks for a page of a year's 200,000 cases, or of as many as PACKBENCH_CASES
// says, as the desk filters them, against the plain query of the same rows.
func BenchmarkCases(b *testing.B) {
	n, err := strconv.Atoi(cmp.Or(os.Getenv("PACKBENCH_CASES"), "200000"))
	if err != nil {
		b.Fatal(err)
	}
	s, ctx := open(b, filepath.Join(b.TempDir(), FileName)), context.Background()
	err = s.change(ctx, "make cases", func(tx *prepared) error {
		run := runner{ctx: ctx, tx: tx}
		run.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO cases (id, at, station, kind, code, order_id, parcel, sku, person, body, scanned, given, blamed, blamed_kind, state, resolver, reason, moved, folded)
			SELECT 'S' || (i % 12) || '.' || i, i * 1000000000, 'S' || (i % 12), iif(i % 3, 'scan', 'weight'), iif(i % 3, 'unknown-code', 'weight-off'), 'O' || (i / 2), '',
				'SKU-' || (i % 700), 'P' || (i % 40), '{"Case":"S' || (i % 12) || '.' || i || '","Kind":"scan","Code":"unknown-code"}', '40' || (i % 900), '', '', '',
				iif(i % 40, 'resolved', 'open'), '', '', 0, 's' || (i % 12) || '.' || i || char(10) || 'sku-' || (i % 700) FROM n`, n)
		return run.err
	})
	if err != nil {
		b.Fatal(err)
	}
	at := time.Unix(int64(n/2), 0)
	for _, c := range []struct {
		name string
		f    CaseFilter
	}{
		{"open", CaseFilter{State: CaseOpen, Limit: 50}},
		{"of-a-bench", CaseFilter{State: CaseOpen, Station: "S4", Limit: 50}},
		{"of-a-packer", CaseFilter{Person: "P8", Limit: 50}},
		{"of-a-kind-before", CaseFilter{Kind: "weight", To: at, Limit: 50}},
		{"with-a-text", CaseFilter{Text: "sku-42", Limit: 50}},
	} {
		b.Run(c.name, func(b *testing.B) {
			where, args := c.f.where()
			var ours, floor []time.Duration
			for range max(b.N, 20) {
				begin := time.Now()
				got, err := s.Cases(ctx, c.f)
				ours = append(ours, time.Since(begin))
				if err != nil || len(got) == 0 {
					b.Fatal(len(got), err)
				}
				begin = time.Now()
				rows, err := s.read.QueryContext(ctx, `SELECT id, body FROM cases `+where+` ORDER BY at DESC, id DESC LIMIT 50`, args...)
				if err != nil {
					b.Fatal(err)
				}
				for rows.Next() {
					var id string
					var body []byte
					if err := rows.Scan(&id, &body); err != nil {
						b.Fatal(err)
					}
				}
				if err := rows.Close(); err != nil {
					b.Fatal(err)
				}
				floor = append(floor, time.Since(begin))
			}
			ratio(b, ours, floor)
		})
	}
	b.Run("causes", func(b *testing.B) {
		var ours, floor []time.Duration
		for range max(b.N, 20) {
			begin := time.Now()
			if got, err := s.SumCases(ctx, CaseFilter{State: CaseOpen}); err != nil || len(got) == 0 {
				b.Fatal(len(got), err)
			}
			ours = append(ours, time.Since(begin))
			begin = time.Now()
			if _, err := list(ctx, s.read, "count", integer, `SELECT count(*) FROM cases WHERE state = 'open' GROUP BY kind, code, sku, scanned, station, person`); err != nil {
				b.Fatal(err)
			}
			floor = append(floor, time.Since(begin))
		}
		ratio(b, ours, floor)
	})
}

// ratio reports the medians of both and how many times ours takes the floor, which is
// to be three at most.
func ratio(b *testing.B, ours, floor []time.Duration) {
	slices.Sort(ours)
	slices.Sort(floor)
	o, f := ours[len(ours)/2], floor[len(floor)/2]
	b.ReportMetric(float64(o.Microseconds()), "µs")
	b.ReportMetric(float64(f.Microseconds()), "plain-µs")
	b.ReportMetric(float64(o)/float64(f), "ratio")
	b.ReportMetric(3, "bound")
}
