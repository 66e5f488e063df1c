package store

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"
)

// Every try of a PIN is one change on the disk, whosever it is and whether it is looked at
// or not; and those that count for nobody keep the one row.
func TestEveryTryOfAPINIsOneWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.PutPIN(t.Context(), "P1", "$hash"); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	number := func(query string) (n int) {
		t.Helper()
		if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	pause := func(tries int) time.Duration { return time.Duration(max(0, tries-1)) * time.Minute }
	for _, c := range []struct {
		name, who string
		after     time.Duration
		wait      time.Duration
		tries     int
	}{
		{"a free try", "P1", 0, 0, 1},
		{"the last free one", "P1", 0, 0, 2},
		{"within the pause", "P1", 0, time.Minute, 2},
		{"again, at the same moment", "P1", 0, time.Minute, 2},
		{"of nobody", "", 0, 0, 0},
		{"of nobody again", "", 0, 0, 0},
		{"of somebody without a PIN", "P2", 0, 0, 0},
		{"at the end of the pause", "P1", time.Minute - time.Millisecond, time.Millisecond, 2},
		{"after it", "P1", time.Millisecond, 0, 3},
		{"on a clock that was set back", "P1", -time.Hour, 2 * time.Minute, 3},
	} {
		now = now.Add(c.after)
		before := number("PRAGMA data_version")
		p, wait, err := s.CountPIN(t.Context(), c.who, now, pause)
		if err != nil || wait != c.wait || p.Tries != c.tries {
			t.Errorf("%s: %+v, %v, %v", c.name, p, wait, err)
		}
		if number("PRAGMA data_version") == before {
			t.Errorf("%s: nothing was written", c.name)
		}
	}
	if n := number("SELECT count(*) FROM pins"); n != 2 {
		t.Errorf("%d rows are kept, want that of P1 and that of nobody", n)
	}
}
