package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
)

func collect(t *testing.T, s *Store, writer string, from int64) []journal.Row {
	t.Helper()
	var out []journal.Row
	for r, err := range s.Rows(context.Background(), writer, from) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func TestRowsComeBackAsTheyWereWritten(t *testing.T) {
	s := fresh(t)
	w := newWriter(t, s, "S1")
	var want []journal.Row
	for range 2*rowsAtOnce + 3 { // more than two readings
		row := w.write(pack.SignedOff{})
		row.Arrived = row.Seq // it is the only writer
		want = append(want, row)
	}
	newWriter(t, s, "desk").write(pack.SignedOff{})
	if got := collect(t, s, "S1", 1); !reflect.DeepEqual(got, want) {
		t.Fatalf("%d rows came back, %d were written", len(got), len(want))
	}
	if got := collect(t, s, "S1", 500); !reflect.DeepEqual(got, want[499:]) {
		t.Fatalf("from 500: %d rows", len(got))
	}
	if got := collect(t, s, "S9", 1); got != nil {
		t.Fatalf("a writer that never wrote has rows: %v", got)
	}
	head, err := s.Head(context.Background(), "S1")
	if err != nil || head != w.chain {
		t.Fatalf("head %+v, error %v", head, err)
	}
	if names, err := s.Writers(context.Background()); err != nil || !reflect.DeepEqual(names, []string{"S1", "desk"}) {
		t.Fatalf("writers %v, error %v", names, err)
	}
}

func TestAppendRefusesWhatIsNotNext(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := newWriter(t, s, "S1")
	before := w.next()
	first := w.write()
	second := w.write()
	forked := journal.Chain{Writer: "S1", Seq: 2, Head: first.Hash}.Next(noon, second.Input, second.Facts)
	gap := journal.Chain{Writer: "S1", Seq: 3, Head: second.Hash}.Next(noon, second.Input, second.Facts)
	early := journal.Chain{Writer: "S2", Seq: 1, Head: first.Hash}.Next(noon, second.Input, second.Facts)
	for name, r := range map[string]journal.Row{
		"the first again": before, "the last again": second, "another past": forked, "a gap": gap, "no first row": early,
	} {
		var not *NotNext
		err := s.Append(ctx, r)
		if !errors.As(err, &not) || not.Writer != r.Writer || not.Seq != r.Seq {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if got := collect(t, s, "S1", 1); len(got) != 2 {
		t.Fatalf("%d rows are stored", len(got))
	}
	w.write()
}

func TestRowsBetweenFindsRowsOfAClockThatWasSetBack(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := newWriter(t, s, "S1")
	want := make(map[string]bool)
	from, to := noon.Add(time.Hour), noon.Add(2*time.Hour)
	for i, minutes := range []int{0, 59, 60, 90, 119, 120, 200, 70, 71, 300, 119} {
		w.at = noon.Add(time.Duration(minutes)*time.Minute - time.Second)
		r := w.write()
		if minutes >= 60 && minutes < 120 {
			want[r.ID()] = true
		}
		if i == 8 { // the last two are not in any projection
			if err := s.CatchUp(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	got := make(map[string]bool)
	for r, err := range s.RowsBetween(ctx, from, to) {
		if err != nil || got[r.ID()] {
			t.Fatalf("row %s, error %v", r.ID(), err)
		}
		got[r.ID()] = true
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// Two benches and an import work on one file at the same time, each with its
// own connections, as processes do.
func TestTwoBenchesAndAnImportAtOnce(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	const rows = 150
	var wg sync.WaitGroup
	for _, name := range []string{"S1", "S2"} {
		s := open(t, path)
		wg.Go(func() {
			w := newWriter(t, s, name)
			for range rows {
				r := w.next()
				if err := s.Append(ctx, r); err != nil {
					t.Errorf("%s: %v", name, err)
					return
				}
				w.chain = w.chain.After(r)
				if err := s.CatchUp(ctx); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
	other := open(t, path)
	wg.Go(func() {
		for i := range 20 {
			var orders []station.Order
			for j := range 50 {
				orders = append(orders, station.Order{ID: fmt.Sprint(i, "-", j), Lines: []station.Line{{ID: "1", SKU: "MUG", Qty: 1}}})
			}
			if _, err := other.PutOrders(ctx, orders); err != nil {
				t.Errorf("import: %v", err)
			}
		}
	})
	wg.Wait()
	for _, name := range []string{"S1", "S2"} {
		end, err := journal.Chain{Writer: name}.Verify(other.Rows(ctx, name, 1))
		if err != nil || end.Seq != rows {
			t.Errorf("%s ends at %d, error %v", name, end.Seq, err)
		}
	}
	if n, err := other.countDue(ctx); err != nil || n != 1000 {
		t.Errorf("%d orders are due, error %v", n, err)
	}
	if places := must[map[string]int64](t)(other.ProjectionPlaces(ctx)); places["hours S1"] != rows || places["mentions S2"] != rows {
		t.Errorf("projections stand at %v", places)
	}
}

func TestChangesTellsOfOthersOnly(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	mine, other := open(t, path), open(t, path)
	w := newWriter(t, mine, "S1")
	w.write()
	look := func() int64 { return must[int64](t)(mine.Changes(ctx)) }
	before := look()
	w.write()
	if look() != before {
		t.Error("the bench's own row counts as a change")
	}
	if err := other.PutSetting(ctx, "a", nil); err != nil {
		t.Fatal(err)
	}
	if look() == before {
		t.Error("another process's change was not noticed")
	}
}

func TestSnapshotBelongsToItsJournal(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	if state, at, _, err := s.Snapshot(ctx, "S1"); err != nil || at.Seq != 0 || !reflect.DeepEqual(state, pack.New()) {
		t.Fatalf("without one: %+v %+v %v", state, at, err)
	}
	w := newWriter(t, s, "S1")
	w.write()
	w.write()
	state := pack.New()
	state.Phase, state.Refusals = pack.Idle, 2
	if err := s.SaveSnapshot(ctx, w.chain, state); err != nil {
		t.Fatal(err)
	}
	w.write()
	got, at, sound, err := s.Snapshot(ctx, "S1")
	if err != nil || !sound || at.Seq != 2 || got.Refusals != 2 || got.Phase != pack.Idle {
		t.Fatalf("%+v %+v %v", got, at, err)
	}
	if _, err := at.Verify(s.Rows(ctx, "S1", at.Seq+1)); err != nil {
		t.Errorf("the journal does not go on from the snapshot: %v", err)
	}
	// A14: a state that somebody has changed is none.
	if _, err := s.write.ExecContext(ctx, `UPDATE snapshots SET state = replace(state, '"Refusals":2', '"Refusals":0')`); err != nil {
		t.Fatal(err)
	}
	if got, at, sound, err := s.Snapshot(ctx, "S1"); err != nil || sound || at.Seq != 0 || !reflect.DeepEqual(got, pack.New()) {
		t.Errorf("a state that was changed was used: %+v %+v %v", got, at, err)
	}
	lost := journal.Chain{Writer: "S1", Seq: 3, Head: strings.Repeat("0", 64)}
	if err := s.SaveSnapshot(ctx, lost, state); err != nil {
		t.Fatal(err)
	}
	if _, at, _, err := s.Snapshot(ctx, "S1"); err != nil || at.Seq != 0 {
		t.Errorf("a snapshot of another journal was used: %+v %v", at, err)
	}
}

func TestVerifyFindsARowThatWasChangedInTheFile(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := newWriter(t, s, "S1")
	for range 5 {
		w.write(pack.SignedOff{})
	}
	if _, err := s.write.ExecContext(context.Background(), `UPDATE journal SET facts = x'5b5d' WHERE id & 7 = 3`); err != nil {
		t.Fatal(err)
	}
	end, err := journal.Chain{Writer: "S1"}.Verify(s.Rows(ctx, "S1", 1))
	var broken *journal.Broken
	if !errors.As(err, &broken) || broken.Seq != 3 || end.Seq != 2 {
		t.Errorf("end %+v, error %v", end, err)
	}
}

func TestVerifyFindsRowsThatWereTakenOut(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	fill(t, s, "S2", 3)
	w := newWriter(t, s, "S1")
	for range 2 * rowsAtOnce {
		w.write()
	}
	// A hole wider than one reading, so that a reading may come back empty.
	if _, err := s.write.ExecContext(context.Background(), `DELETE FROM journal WHERE id >> 40 = 2 AND id & ((1 << 40) - 1) BETWEEN 11 AND ?`, 20+rowsAtOnce); err != nil {
		t.Fatal(err)
	}
	end, err := journal.Chain{Writer: "S1"}.Verify(s.Rows(ctx, "S1", 1))
	var broken *journal.Broken
	if !errors.As(err, &broken) || broken.Seq != 11 || end.Seq != 10 {
		t.Errorf("end %+v, error %v", end, err)
	}
}

// copyFiles copies what a power cut would leave: the database and its WAL. The
// caller sees to it that nobody writes meanwhile.
func copyFiles(t *testing.T, from string) (to string) {
	t.Helper()
	to = filepath.Join(t.TempDir(), FileName)
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(from + end)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestNothingAcknowledgedIsLostWhereverItIsCut(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine with many rows")
	}
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	s := open(t, path)
	w := newWriter(t, s, "S1")
	for i := range 40 {
		w.write(pack.SignedOff{})
		switch i % 4 {
		case 1:
			if err := s.CatchUp(ctx); err != nil {
				t.Fatal(err)
			}
		case 2:
			if err := s.tidy(ctx, 0); err != nil {
				t.Fatal(err)
			}
		}
		if i%4 == 3 { // in the middle of an import
			err := s.change(ctx, "", func(tx *prepared) error {
				// More than the page cache holds, so that pages spill into the WAL.
				if _, err := tx.ExecContext(ctx, `INSERT INTO rates (name, body) VALUES ('half', zeroblob(6000000))`); err != nil {
					return err
				}
				check(t, copyFiles(t, path), w.chain)
				return errGivenUp
			})
			if !errors.Is(err, errGivenUp) {
				t.Fatal(err)
			}
			continue
		}
		check(t, copyFiles(t, path), w.chain)
	}
}

var errGivenUp = errors.New("given up")

func check(t *testing.T, path string, want journal.Chain) {
	t.Helper()
	ctx := context.Background()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	end, err := journal.Chain{Writer: "S1"}.Verify(s.Rows(ctx, "S1", 1))
	if err != nil || end != want {
		t.Errorf("after row %d the copy ends at %+v, error %v", want.Seq, end, err)
	}
	if rates := must[[]Rate](t)(s.Rates(ctx)); len(rates) > 0 {
		t.Error("half of an import is there")
	}
	if err := s.CatchUp(ctx); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}
