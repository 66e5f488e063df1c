package store

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"packbench/station"
	"packbench/station/journal"
	"packbench/station/pack"
)

// words checks kind and words of a fault; nobody is to see SQL.
func words(t *testing.T, err error, kind Kind) {
	t.Helper()
	var f *Fault
	if !errors.Is(err, kind) || !errors.As(err, &f) {
		t.Fatalf("error %v, want %q", err, kind)
	}
	if text := f.Error(); !strings.Contains(text, string(kind)) || !strings.Contains(text, kind.Hint()) || strings.Contains(text, "SQL") {
		t.Errorf("the words are: %s", text)
	}
}

func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	s := fresh(t)
	w := newWriter(t, s, "S1")
	w.write()
	if _, err := s.write.ExecContext(context.Background(), `PRAGMA max_page_count = 1`); err != nil { // that is: no page more than now
		t.Fatal(err)
	}
	var err error
	for range 1000 {
		r := w.next(pack.SignedOff{})
		if err = s.Append(ctx, r); err != nil {
			break
		}
		w.chain = w.chain.After(r)
	}
	words(t, err, Full)
	people := []station.Order{{ID: "1001", To: station.Address{Name: strings.Repeat("Somebody ", 5000)}}}
	_, err = s.PutOrders(ctx, people)
	words(t, err, Full)
	if strings.Contains(err.Error(), "Somebody") {
		t.Error("the error names a customer")
	}
	if _, err := s.Order(ctx, "1001"); !errors.Is(err, ErrUnknown) {
		t.Errorf("half an order is there: %v", err)
	}
	end, err := journal.Chain{Writer: "S1"}.Verify(s.Rows(ctx, "S1", 1))
	if err != nil || end != w.chain {
		t.Errorf("the journal ends at %+v, want %+v, error %v", end, w.chain, err)
	}
	if _, err := s.write.ExecContext(context.Background(), `PRAGMA max_page_count = 1000000`); err != nil {
		t.Fatal(err)
	}
	w.write() // space was freed: work goes on
}

func TestLockedDatabase(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	other := open(t, path)
	s, err := Open(ctx, path, Options{Busy: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	w := newWriter(t, s, "S1")
	w.write()
	tx, err := other.write.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := w.next()
	words(t, s.Append(ctx, r), Busy)
	if _, err := s.Head(ctx, "S1"); err != nil {
		t.Errorf("reading waits for the writer: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := s.Append(ctx, r); err != nil {
		t.Errorf("the same row, later: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestDatabasesThatCannotBeOpened(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	_, err := Open(ctx, filepath.Join(dir, "none", FileName), Options{})
	words(t, err, Missing)

	garbage := filepath.Join(dir, FileName)
	if err := os.WriteFile(garbage, []byte(strings.Repeat("this is no database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(ctx, garbage, Options{})
	words(t, err, Corrupt)

	newer := filepath.Join(dir, "newer.db")
	s := open(t, newer)
	if _, err := s.write.ExecContext(context.Background(), `PRAGMA user_version = 99`); err != nil {
		t.Fatal(err)
	}
	_, err = Open(ctx, newer, Options{})
	var n *Newer
	if !errors.As(err, &n) || n.Have != 99 || !strings.Contains(err.Error(), "newer packbench") {
		t.Errorf("newer: %v", err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Getuid() == 0 {
		// Rights do not bind root: a connection that must not write stands in.
		s := fresh(t)
		if _, err := s.write.ExecContext(context.Background(), `PRAGMA query_only = 1`); err != nil {
			t.Fatal(err)
		}
		words(t, s.PutSetting(context.Background(), "a", nil), ReadOnly)
		return
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), filepath.Join(dir, FileName), Options{})
	if !errors.Is(err, ReadOnly) && !errors.Is(err, Missing) {
		t.Errorf("error %v", err)
	}
}

func TestDamagedPage(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := newWriter(t, s, "S1")
	for range 400 {
		w.write(pack.SignedOff{})
	}
	if err := s.Close(); err != nil { // moves all into the database
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(data) - 20*4096; i < len(data); i++ {
		data[i] = 0xff
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s = open(t, path)
	_, err = journal.Chain{Writer: "S1"}.Verify(s.Rows(ctx, "S1", 1))
	words(t, err, Corrupt)
}

func TestStationLock(t *testing.T) {
	dir := t.TempDir()
	release, err := LockStation(dir, "S1")
	if err != nil {
		t.Fatal(err)
	}
	_, err = LockStation(dir, "S1")
	var running *Running
	if !errors.As(err, &running) || err.Error() != "another packbench is already running for station S1 on this computer" {
		t.Fatalf("error %v", err)
	}
	if other, err := LockStation(dir, "S2"); err != nil {
		t.Errorf("another station: %v", err)
	} else {
		other()
	}
	release()
	again, err := LockStation(dir, "S1")
	if err != nil {
		t.Fatalf("after the first has ended: %v", err)
	}
	again()
	for _, name := range []string{"", "../S1", "a/b", `a\b`, "C:"} {
		if _, err := LockStation(dir, name); err == nil {
			t.Errorf("station %q was locked", name)
		}
	}
}

// TestMain lets the test program be the process that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("PACKBENCH_TEST_APPEND"); path != "" {
		appendForEver(path)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func appendForEver(path string) {
	ctx := context.Background()
	if _, err := LockStation(filepath.Dir(path), "S1"); err != nil {
		return
	}
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return
	}
	chain, err := s.Head(ctx, "S1")
	for err == nil {
		r := chain.Next(time.Now(), []byte(`{"v":1,"t":"unlocked"}`), []byte(`[]`))
		if err = s.Append(ctx, r); err == nil {
			chain = chain.After(r)
			_, err = os.Stdout.WriteString(strconv.FormatInt(r.Seq, 10) + "\n")
		}
		if err == nil && r.Seq%5 == 0 {
			err = s.CatchUp(ctx)
		}
		if err == nil && r.Seq%7 == 0 {
			err = s.tidy(ctx, 0)
		}
	}
}

func TestKilledProcessLosesNothingAcknowledged(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), FileName)
	for round := range 8 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "PACKBENCH_TEST_APPEND="+path)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		acknowledged := int64(0)
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if acknowledged, err = strconv.ParseInt(lines.Text(), 10, 64); err != nil {
				t.Fatal(err)
			}
			if n == 3+round*11 {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		_ = cmd.Wait() // it was killed
		if acknowledged == 0 {
			t.Fatal("the process could not begin: is its lock still held?")
		}
		s := open(t, path)
		end, err := journal.Chain{Writer: "S1"}.Verify(s.Rows(ctx, "S1", 1))
		if err != nil || end.Seq < acknowledged {
			t.Fatalf("row %d was acknowledged, the journal ends at %d, error %v", acknowledged, end.Seq, err)
		}
	}
}
