package door_test

import (
	"path/filepath"
	"testing"
	"time"

	"packbench/cmd/internal/door"
	"packbench/station"
	"packbench/station/pack"
	"packbench/station/people"
	"packbench/station/store"
)

// cheap is the cost of a PIN in tests.
var cheap = people.Cost{Memory: 8, Passes: 1}

func opened(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Who guesses gets past no pause, whatever is started again meanwhile: five tries are
// free, then each wrong one doubles the pause, and the right PIN does not help before it
// is over.
func TestGuessesOverRestarts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.db")
	s := opened(t, path)
	if _, err := s.PutPeople(t.Context(), []store.Member{{Person: station.Person{ID: "P1", Name: "Ada", Role: station.Packer}, Badge: "b1"}}); err != nil {
		t.Fatal(err)
	}
	hash, err := people.HashPIN("4711", cheap)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.PutPIN(t.Context(), "P1", hash); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	try := func(pin string) (bool, time.Duration) {
		t.Helper()
		d := door.Door{Store: s, Clock: func() time.Time { return now }}
		ok, wait, err := d.Try(t.Context(), "P1", pin)
		if err != nil {
			t.Fatal(err)
		}
		return ok, wait
	}
	for i := range 5 {
		want := map[bool]time.Duration{true: 30 * time.Second}[i == 4]
		if ok, wait := try("1234"); ok || wait != want {
			t.Fatalf("after %d wrong tries: %v, %v", i+1, ok, wait)
		}
	}
	last := 30 * time.Second
	for range 100 {
		if ok, wait := try("4711"); ok || wait != last {
			t.Fatalf("the right PIN within the pause: %v, %v", ok, wait)
		}
	}
	for range 6 { // wrong again as soon as may be: the pause doubles
		now = now.Add(last)
		ok, wait := try("1111")
		if ok || wait < 60*time.Second || wait < last {
			t.Fatalf("a pause of %v after one of %v", wait, last)
		}
		if ok, again := try("4711"); ok || again != wait {
			t.Fatalf("the right PIN within the pause: %v, %v", ok, again)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s, last = opened(t, path), wait
	}
	now = now.Add(-48 * time.Hour) // a clock that was set back makes it no longer
	if ok, wait := try("4711"); ok || wait > last {
		t.Fatalf("%v, %v", ok, wait)
	}
	now = now.Add(2 * time.Hour)
	if ok, wait := try("4711"); !ok || wait != 0 {
		t.Fatalf("the right PIN after the pause: %v, %v", ok, wait)
	}
	if ok, wait := try("1111"); ok || wait != 0 {
		t.Errorf("tries before the right one count: %v, %v", ok, wait)
	}
	if ok, _, err := (door.Door{Store: s, Clock: time.Now}).Try(t.Context(), "nobody", "4711"); ok || err != nil {
		t.Errorf("a PIN of nobody: %v, %v", ok, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// A badge counts on its days, the first and the last among them, and not once it was
// revoked.
func TestTheDaysOfABadge(t *testing.T) {
	for _, c := range []struct {
		p    station.Person
		want pack.Reason
	}{
		{station.Person{}, ""},
		{station.Person{Since: "2026-11-23", Until: "2026-11-23"}, ""},
		{station.Person{Since: "2026-11-24"}, pack.ReasonBadgeNotYet},
		{station.Person{Until: "2026-11-22"}, pack.ReasonBadgeEnded},
		{station.Person{Revoked: true}, pack.ReasonBadgeRevoked},
	} {
		if got := door.Lapsed(c.p, time.Date(2026, 11, 23, 23, 59, 0, 0, time.UTC)); got != c.want {
			t.Errorf("%+v: %q, want %q", c.p, got, c.want)
		}
	}
}
