package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// label asks for the numbers of one label of station S1 by carrier heron.
func label(effect string) Numbering {
	return Numbering{
		Effect: effect, Parcel: effect, Station: "S1", Carrier: "heron",
		SSCC: plainRange("09520000", 9, ""), Tracking: plainRange("HN", 8, "ZZ"),
	}
}

// plainRange is all serial numbers between two texts, without a check digit.
func plainRange(before string, width int, after string) Range {
	return Range{
		Shape: before + strings.Repeat("*", width) + after, First: 1, Last: shape{width: width}.most(),
		Make: func(serial uint64) (string, error) { return fmt.Sprintf("%s%0*d%s", before, width, serial, after), nil },
	}
}

// serials are the serial numbers of a label's numbers.
type serials struct {
	SSCC, Tracking uint64
	Fresh          bool
}

func give(s *Store, w Numbering) (serials, error) {
	n, err := s.LabelNumbers(context.Background(), w)
	sscc, tracking := shapeOf(w.SSCC.Shape), shapeOf(w.Tracking.Shape)
	return serials{sscc.serial(n.SSCC), tracking.serial(strings.TrimSuffix(n.Tracking, tracking.after)), n.Fresh}, err
}

func numbersOf(t *testing.T, s *Store, effect string) serials {
	t.Helper()
	n, err := give(s, label(effect))
	if err != nil {
		t.Fatalf("%s: %v", effect, err)
	}
	return n
}

// stopped checks that no number comes, and why.
func stopped(t *testing.T, s *Store, kind ConflictKind) {
	t.Helper()
	ctx := context.Background()
	n, err := give(s, label("stopped "+string(kind)))
	var c *Conflict
	if !errors.As(err, &c) || c.Kind != kind {
		t.Fatalf("%+v, %v; want a stop: %s", n, err, kind)
	}
	if text := err.Error(); !strings.Contains(text, string(kind)) || !strings.Contains(text, "packctl numbers settle") || !strings.Contains(text, s.mark) {
		t.Errorf("the words are: %s", text)
	}
	if err := s.CheckNumbers(ctx); !errors.As(err, &c) {
		t.Errorf("the check finds nothing: %v", err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// shop is a data folder whose database is opened and closed like a bench's.
type shop struct {
	t    *testing.T
	path string
	s    *Store
}

func newShopAt(t *testing.T) *shop {
	sh := &shop{t: t, path: filepath.Join(t.TempDir(), FileName)}
	sh.start()
	t.Cleanup(sh.stop)
	return sh
}

func (sh *shop) start() {
	sh.t.Helper()
	s, err := Open(context.Background(), sh.path, Options{})
	if err != nil {
		sh.t.Fatal(err)
	}
	sh.s = s
}

func (sh *shop) stop() {
	sh.t.Helper()
	if sh.s == nil {
		return
	}
	// All of the database in one file, so that a copy of it is a backup.
	if _, err := sh.s.write.ExecContext(context.Background(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		sh.t.Fatal(err)
	}
	if err := sh.s.Close(); err != nil {
		sh.t.Error(err)
	}
	sh.s = nil
}

// away does something while no program has the database open.
func (sh *shop) away(do func()) {
	sh.t.Helper()
	sh.stop()
	do()
	sh.start()
}

func TestLabelNumbersAreGivenOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	stores := []*Store{open(t, path), open(t, path)}
	var mu sync.Mutex
	sscc, tracking := make(map[uint64]string), make(map[uint64]string)
	var wg sync.WaitGroup
	for i, s := range stores {
		wg.Go(func() {
			for j := range 130 { // more than a block
				w := label(fmt.Sprint("S", i, ".", j))
				w.Station = fmt.Sprint("S", i)
				n, err := give(s, w)
				if err != nil || !n.Fresh {
					t.Errorf("%+v %v", n, err)
				}
				again, err := give(s, w)
				if n.Fresh = false; err != nil || again != n {
					t.Errorf("again %+v, first %+v, error %v", again, n, err)
				}
				mu.Lock()
				if sscc[n.SSCC] != "" || tracking[n.Tracking] != "" {
					t.Errorf("%+v was given to %s%s and to %s", n, sscc[n.SSCC], tracking[n.Tracking], w.Effect)
				}
				sscc[n.SSCC], tracking[n.Tracking] = w.Effect, w.Effect
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for serial, effect := range sscc {
		for other, by := range sscc {
			if (serial-1)/BlockSize == (other-1)/BlockSize && effect[:2] != by[:2] {
				t.Fatalf("serials %d of %s and %d of %s stand in one block", serial, effect, other, by)
			}
		}
	}
	if len(tracking) != 260 || tracking[260] == "" {
		t.Errorf("%d tracking numbers without a gap", len(tracking))
	}
	w := label("S0.0")
	w.Station, w.Parcel = "S0", "another"
	if _, err := give(stores[0], w); err == nil {
		t.Error("one effect numbered two parcels")
	}
	for _, spoil := range []func(w *Numbering){
		func(w *Numbering) { *w = Numbering{} },
		func(w *Numbering) { w.Station = "S 1" },
		func(w *Numbering) { w.Carrier = "c/d" },
		func(w *Numbering) { w.Tracking.Last = 0 },
		func(w *Numbering) { w.Tracking.First = 0 },
		func(w *Numbering) { w.Tracking.Shape = "A**B**" },
		func(w *Numbering) { w.SSCC.Shape = "0952" },
	} {
		bad := label("bad")
		spoil(&bad)
		if n, err := give(stores[0], bad); err == nil {
			t.Errorf("%+v got %+v", bad, n)
		}
	}
}

func TestAnOlderDatabaseGoesOnAboveTheMark(t *testing.T) {
	sh := newShopAt(t)
	numbersOf(t, sh.s, "e1")
	backup := filepath.Join(t.TempDir(), "backup")
	sh.away(func() { copyFile(t, sh.path, backup) })
	var last serials
	for i := range 30 {
		last = numbersOf(t, sh.s, fmt.Sprint("lost", i))
	}
	sh.away(func() { copyFile(t, backup, sh.path) })
	n := numbersOf(t, sh.s, "lost3") // the same effect may come again for another parcel
	if n.SSCC != BlockSize+1 || n.Tracking <= last.Tracking {
		t.Errorf("after the restore %+v; the open block must be burnt, and tracking go on above %d", n, last.Tracking)
	}
	if next := numbersOf(t, sh.s, "e2"); next.SSCC != n.SSCC+1 || next.Tracking != n.Tracking+1 {
		t.Errorf("then %+v after %+v", next, n)
	}
}

func TestPowerCutBetweenMarkAndDatabase(t *testing.T) {
	sh := newShopAt(t)
	first := numbersOf(t, sh.s, "e1")
	cut := errors.New("the power is gone")
	sh.s.between = func() error { return cut }
	if n, err := give(sh.s, label("e2")); !errors.Is(err, cut) {
		t.Fatalf("%+v, %v", n, err)
	}
	sh.away(func() {}) // as a killed process leaves it
	if n := numbersOf(t, sh.s, "e2"); n.SSCC != first.SSCC+2 || n.Tracking != first.Tracking+2 || !n.Fresh {
		t.Errorf("after the cut %+v: it must cost the one number and no more", n)
	}
	// A mark that was half written when the program died is not looked at.
	sh.away(func() {
		if err := os.WriteFile(markFile(sh.path)+".new", []byte(markHead+"\nshop"), 0o600); err != nil {
			t.Fatal(err)
		}
	})
	if n := numbersOf(t, sh.s, "e3"); n.SSCC != first.SSCC+3 {
		t.Errorf("then %+v", n)
	}
}

func TestMarkThatCannotBeWritten(t *testing.T) {
	s := fresh(t)
	if err := os.MkdirAll(s.mark+".new/in the way", 0o700); err != nil {
		t.Fatal(err)
	}
	if n, err := s.LabelNumbers(context.Background(), label("e1")); err == nil {
		t.Fatalf("%+v without a mark", n)
	}
	if err := os.RemoveAll(s.mark + ".new"); err != nil {
		t.Fatal(err)
	}
	if n := numbersOf(t, s, "e1"); n.SSCC != 1 || !n.Fresh {
		t.Errorf("then %+v", n)
	}
}

func TestMarkAndDatabaseThatDoNotBelongTogether(t *testing.T) {
	sh := newShopAt(t)
	older := filepath.Join(t.TempDir(), "mark")
	for i := range 5 {
		numbersOf(t, sh.s, fmt.Sprint("e", i))
		if i == 2 {
			copyFile(t, sh.s.mark, older)
		}
	}
	good, err := os.ReadFile(sh.s.mark)
	if err != nil {
		t.Fatal(err)
	}
	other := newShopAt(t)
	numbersOf(t, other.s, "elsewhere")

	for _, c := range []struct {
		kind ConflictKind
		do   func()
	}{
		{MarkMissing, func() { _ = os.Remove(sh.s.mark) }},
		{MarkBehind, func() { copyFile(t, older, sh.s.mark) }},
		{MarkForeign, func() { copyFile(t, other.s.mark, sh.s.mark) }},
		{MarkDamaged, func() { _ = os.WriteFile(sh.s.mark, good[:len(good)-9], 0o600) }},
		{MarkDamaged, func() {
			_ = os.WriteFile(sh.s.mark, []byte(strings.Replace(string(good), "/1 5", "/1 4", 1)), 0o600)
		}},
		{MarkDamaged, func() { _ = os.WriteFile(sh.s.mark, nil, 0o600) }},
		{MarkDamaged, func() { _ = os.WriteFile(sh.s.mark, make([]byte, maxMarkFile+1), 0o600) }},
	} {
		c.do()
		stopped(t, sh.s, c.kind)
		if n, err := give(sh.s, label("e1")); err != nil || n.Fresh || n.SSCC != 2 {
			t.Errorf("%s: what was numbered before: %+v, %v", c.kind, n, err)
		}
	}
	if err := os.WriteFile(sh.s.mark, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := sh.s.CheckNumbers(context.Background()); err != nil {
		t.Errorf("the right mark is back: %v", err)
	}
}

func TestAConflictIsSettledByAPerson(t *testing.T) {
	ctx := context.Background()
	sh := newShopAt(t)
	numbersOf(t, sh.s, "e1")
	if err := os.Remove(sh.s.mark); err != nil {
		t.Fatal(err)
	}
	stopped(t, sh.s, MarkMissing)
	if err := sh.s.SettleNumbers(ctx, Ranges{}, 500); err != nil {
		t.Fatal(err)
	}
	if n := numbersOf(t, sh.s, "e2"); n.SSCC != BlockSize+500+2*BlockSize+1 || n.Tracking != 502 {
		t.Errorf("settled: %+v", n)
	}
	// A mark that is ahead is never given up.
	backup := filepath.Join(t.TempDir(), "backup")
	sh.away(func() { copyFile(t, sh.path, backup) })
	last := numbersOf(t, sh.s, "e3")
	sh.away(func() { copyFile(t, backup, sh.path) })
	if err := sh.s.SettleNumbers(ctx, Ranges{}, 0); err != nil {
		t.Fatal(err)
	}
	if n := numbersOf(t, sh.s, "e4"); n.SSCC <= last.SSCC || n.Tracking <= last.Tracking {
		t.Errorf("settled below the mark: %+v after %+v", n, last)
	}
}

// A folder that is put back whole has an old mark that fits its old database.
func TestAFolderPutBackWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine with many numbers")
	}
	sh := newShopAt(t)
	now := noon
	sh.s.now = func() time.Time { return now }
	numbersOf(t, sh.s, "e1")
	m, err := readMark(sh.s.mark)
	if err != nil {
		t.Fatal(err)
	}
	if m.found == "" {
		t.Skip("this file system does not keep the time at which a file was made")
	}
	backup := t.TempDir()
	sh.away(func() {
		copyFile(t, sh.path, filepath.Join(backup, "database"))
		copyFile(t, markFile(sh.path), filepath.Join(backup, "mark"))
	})
	used := map[uint64]bool{}
	for i := range 250 {
		n := numbersOf(t, sh.s, fmt.Sprint("lost", i))
		used[n.SSCC], used[1<<32+n.Tracking] = true, true
	}
	sh.away(func() {
		copyFile(t, filepath.Join(backup, "database"), sh.path)
		copyFile(t, filepath.Join(backup, "mark"), markFile(sh.path)) // the same file, other contents
	})
	now = noon.Add(time.Hour)
	sh.s.now = func() time.Time { return now }
	n := numbersOf(t, sh.s, "e2")
	for i := range 300 {
		if used[n.SSCC] || used[1<<32+n.Tracking] {
			t.Fatalf("%+v was given out before the folder was put back", n)
		}
		if i > 0 && i < 90 && n.Tracking != 412+uint64(i) {
			t.Fatalf("%+v: the folder was put back once, and it skips each time", n)
		}
		n = numbersOf(t, sh.s, fmt.Sprint("new", i))
	}
}

// Stations take whole blocks: a few labels after the backup may stand far above
// the block that it knows of.
func TestBlocksTakenAfterTheBackupAreNotTakenAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("one goroutine with many numbers")
	}
	sh := newShopAt(t)
	now := noon
	sh.s.now = func() time.Time { return now }
	of := func(station, effect string) uint64 {
		t.Helper()
		l := label(effect)
		l.Station = station
		n, err := give(sh.s, l)
		if err != nil {
			t.Fatal(err)
		}
		return n.SSCC
	}
	for i := range BlockSize {
		of("S1", fmt.Sprint("one", i))
		of("S2", fmt.Sprint("two", i))
	}
	if m, err := readMark(sh.s.mark); err != nil || m.found == "" {
		t.Skip("this file system does not keep the time at which a file was made")
	}
	backup := t.TempDir()
	sh.away(func() {
		copyFile(t, sh.path, filepath.Join(backup, "database"))
		copyFile(t, markFile(sh.path), filepath.Join(backup, "mark"))
	})
	used := map[uint64]bool{of("S1", "lost1"): true, of("S2", "lost2"): true, of("S3", "lost3"): true}
	sh.away(func() {
		copyFile(t, filepath.Join(backup, "database"), sh.path)
		copyFile(t, filepath.Join(backup, "mark"), markFile(sh.path))
	})
	now = noon.Add(time.Minute)
	sh.s.now = func() time.Time { return now }
	for i := range 3 * BlockSize {
		for _, station := range []string{"S1", "S2"} {
			if n := of(station, fmt.Sprint(station, "new", i)); used[n] {
				t.Fatalf("%s gets %d, which was given out before the folder was put back", station, n)
			}
		}
	}
}

func TestTwoDatabasesOfOneFolderInTurn(t *testing.T) {
	sh := newShopAt(t)
	numbersOf(t, sh.s, "e1")
	last := numbersOf(t, sh.s, "e2")
	// The database is lost, and a new one is made in the same folder.
	sh.away(func() { _ = os.Remove(sh.path) })
	if n := numbersOf(t, sh.s, "e1"); n.SSCC <= last.SSCC || n.Tracking <= last.Tracking {
		t.Errorf("a new database gives %+v after %+v", n, last)
	}
}

func FuzzReadMark(f *testing.F) {
	m := mark{shop: "5f0c", written: noon, counters: counters{"blocks/09520000*********": 200, "block/09520000*********/S1": 142, "numbers/heron/HN********ZZ/1": 9}}
	f.Add([]byte(m.text()))
	f.Add([]byte(markHead + "\nshop a\nsum 00\n"))
	f.Add([]byte{})
	path := filepath.Join(f.TempDir(), "mark")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readMark(path)
		if err != nil && !errors.Is(err, errDamaged) {
			t.Fatal(err)
		}
		if err == nil && got.shop == "" {
			t.Errorf("%q is taken for a mark", data)
		}
	})
}
