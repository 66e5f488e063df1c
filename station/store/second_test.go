package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// outside opens the store of a folder with a copy of its numbers in another one.
func outside(t *testing.T, dir, copied string) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(dir, FileName), Options{Copy: copied})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.second.rest = 0
	return s
}

func giveTo(ctx context.Context, s *Store, effect string) (string, error) {
	n, err := s.LabelNumbers(ctx, Numbering{Effect: effect, Parcel: effect, Station: "S1", Carrier: "heron", SSCC: numberRange("0952000*****"), Tracking: numberRange("HN****")})
	return n.SSCC + " " + n.Tracking, err
}

// image is what a computer that is set back has of a folder: the times at which files
// were made are as they were, too.
func image(t *testing.T, dir string) (back func()) {
	t.Helper()
	kept := map[string][]byte{}
	for _, name := range []string{FileName, MarkName} {
		kept[name] = must[[]byte](t)(os.ReadFile(filepath.Join(dir, name)))
	}
	return func() {
		for _, name := range []string{FileName + "-wal", FileName + "-shm"} {
			_ = os.Remove(filepath.Join(dir, name))
		}
		for name, text := range kept {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(dir, MarkName)
		m := must[mark](t)(readMark(path))
		m.born = ""
		if err := os.WriteFile(path, []byte(m.text()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A5: a computer that is set back gives no number again where the numbers are kept
// outside too; without that it does, and nothing notices.
func TestA5AComputerThatIsSetBack(t *testing.T) {
	for _, copied := range []string{"", t.TempDir()} {
		ctx, dir := t.Context(), t.TempDir()
		s := outside(t, dir, copied)
		given := map[string]bool{}
		give := func(s *Store, effect string) {
			t.Helper()
			n := must[string](t)(giveTo(ctx, s, effect))
			if given[n] && copied != "" {
				t.Errorf("%s has the numbers %s, which were given before", effect, n)
			}
			given[n] = true
		}
		give(s, "a1")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		back := image(t, dir)
		s = outside(t, dir, copied)
		for _, effect := range []string{"a2", "a3", "a4", "a5"} {
			give(s, effect)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		back()
		s = outside(t, dir, copied)
		if err := s.CheckNumbers(ctx); err != nil {
			t.Errorf("the doctor says %v", err)
		}
		for _, effect := range []string{"b1", "b2", "b3", "b4"} {
			give(s, effect)
		}
		if copied == "" && len(given) != 5 {
			t.Errorf("%d numbers were given without a copy: the test sets nothing back", len(given))
		}
	}
}

// A5: where the copy cannot be compared no run begins to number; one that has begun goes
// on and says so, and the copy is brought up to it.
func TestA5AwayCopies(t *testing.T) {
	ctx, dir, place := t.Context(), t.TempDir(), filepath.Join(t.TempDir(), "share")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	s := outside(t, dir, place)
	must[string](t)(giveTo(ctx, s, "a1"))
	away := func() {
		if err := os.Rename(place, place+"-away"); err != nil {
			t.Fatal(err)
		}
	}
	back := func() {
		if err := os.Rename(place+"-away", place); err != nil {
			t.Fatal(err)
		}
	}
	away()
	must[string](t)(giveTo(ctx, s, "a2"))
	if err := s.CopyTrouble(); err == nil || !strings.Contains(err.Error(), place) {
		t.Errorf("in a run it says %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = outside(t, dir, place)
	for what, change := range map[string]func() error{
		"away": func() error { return nil }, "not mounted": func() error { return os.Mkdir(place, 0o700) }, "taken away": func() error { return os.Remove(place) },
	} {
		if what == "taken away" {
			_ = os.Remove(place)
		} else if err := change(); err != nil && !errors.Is(err, os.ErrExist) {
			t.Fatal(err)
		}
		_, err := giveTo(ctx, s, "a3")
		var c *Conflict
		if !errors.As(err, &c) || c.Kind != CopyAway || !strings.Contains(err.Error(), "numbers_copy") {
			t.Errorf("%s: at the start it says %v", what, err)
		}
		if !errors.As(s.CheckNumbers(ctx), &c) || c.Kind != CopyAway {
			t.Errorf("%s: the doctor says %v", what, s.CheckNumbers(ctx))
		}
		if known, err := giveTo(ctx, s, "a1"); err != nil || known == " " {
			t.Errorf("%s: a label that has its numbers is refused: %v", what, err)
		}
	}
	_ = os.Remove(place)
	back()
	must[string](t)(giveTo(ctx, s, "a3"))
	local, copied := must[mark](t)(readMark(s.mark)), must[mark](t)(readMark(filepath.Join(place, MarkName)))
	if s.CopyTrouble() != nil || copied.shop != local.shop || copied.counters["numbers/heron/HN****/1"] != 3 {
		t.Errorf("the copy has %v, %v", copied, s.CopyTrouble())
	}
}

// A5: a place that hangs is not waited for with the right to write in hand, nor long.
func TestA5ACopyThatHangs(t *testing.T) {
	ctx := t.Context()
	s := outside(t, t.TempDir(), t.TempDir())
	must[string](t)(giveTo(ctx, s, "a1"))
	s.second.mu.Lock()
	s.second.hangs = true // as a share that does not come back
	s.second.mu.Unlock()
	must[string](t)(giveTo(ctx, s, "a2"))
	if s.CopyTrouble() == nil {
		t.Error("nothing is said of it")
	}
}

// A5: the folder outside of another shop is refused and left as it is; after a person
// has settled the numbers of a shop that knows nothing any more, they go on above.
func TestA5AnotherShopsCopy(t *testing.T) {
	ctx, place := t.Context(), t.TempDir()
	s := outside(t, t.TempDir(), place)
	for _, effect := range []string{"a1", "a2", "a3"} {
		must[string](t)(giveTo(ctx, s, effect))
	}
	before := must[[]byte](t)(os.ReadFile(filepath.Join(place, MarkName)))
	other := outside(t, t.TempDir(), place)
	var c *Conflict
	if _, err := giveTo(ctx, other, "b1"); !errors.As(err, &c) || c.Kind != MarkForeign || !strings.HasPrefix(c.Path, place) {
		t.Errorf("it says %v", err)
	}
	if after := must[[]byte](t)(os.ReadFile(filepath.Join(place, MarkName))); string(after) != string(before) {
		t.Error("it was written to")
	}
	if err := other.SettleNumbers(ctx, Ranges{}, 0); err != nil {
		t.Fatal(err)
	}
	if n := must[string](t)(giveTo(ctx, other, "b1")); !strings.HasSuffix(n, "HN0004") {
		t.Errorf("settled, it gives %s", n)
	}
}
