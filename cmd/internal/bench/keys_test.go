package bench

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/cmd/internal/lookup"
	"packbench/station/engine"
	"packbench/station/pack"
	"packbench/station/trace"
)

// keyShop is a shop whose notices are kept.
func keyShop(t *testing.T) (*folder.Folder, *bytes.Buffer) {
	t.Helper()
	dir := t.TempDir()
	foldertest.Init(t, dir, true, folder.Options{})
	var said bytes.Buffer
	d, err := folder.Open(t.Context(), dir, folder.Options{Log: slog.New(slog.NewTextHandler(&said, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d, &said
}

func signed(t *testing.T, d *folder.Folder) string {
	t.Helper()
	code, err := d.Sign("095200000000000011", "1002")
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// scanned returns what a running bench finds wrong with a trace code.
func scanned(t *testing.T, d *folder.Folder, code string) string {
	t.Helper()
	r := lookup.NewResolver(d, "S1")
	event, err := r.Resolve(t.Context(), pack.State{Phase: pack.Idle}, engine.Scan{Data: code})
	if err != nil {
		t.Fatal(err)
	}
	return event.(pack.Scanned).Problem
}

// A bench that runs signs with a new key and distrusts a retired one at once.
func TestARunningBenchTakesUpItsKeys(t *testing.T) { // L2
	d, _ := keyShop(t)
	old, before := d.Keys()[0].ID(), signed(t, d)
	if problem := scanned(t, d, before); problem != "unknown parcel" {
		t.Fatalf("its own code is %q", problem)
	}
	ring, err := folder.RotateKey(d.Dir, false)
	if err != nil {
		t.Fatal(err)
	}
	after := signed(t, d)
	if d.Keys()[0].ID() != ring[0].ID() || after == before {
		t.Errorf("after a rotation it signs with %v", d.Keys()[0])
	}
	if problem := scanned(t, d, before); problem != "unknown parcel" {
		t.Errorf("a code of the older key is %q", problem)
	}
	if _, err := folder.RetireKey(d.Dir, old); err != nil {
		t.Fatal(err)
	}
	if problem := scanned(t, d, before); problem != string(trace.Unknown) {
		t.Errorf("a code of the retired key is %q", problem)
	}
	if problem := scanned(t, d, after); problem != "unknown parcel" {
		t.Errorf("a code of the new key is %q", problem)
	}
}

// A key file that was spoiled stops no label: the keys of before stay, the
// lamp says what is wrong and how to mend it, and it is mended without a start.
func TestASpoiledKeyFileIsToldAndTheOldKeysStay(t *testing.T) {
	d, said := keyShop(t)
	path := filepath.Join(d.Dir, folder.TraceKeyFile)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	code := signed(t, d)
	for name, spoil := range map[string]func() error{
		"gone":     func() error { return os.Remove(path) },
		"damaged":  func() error { return os.WriteFile(path, []byte("packbench-trace-keys 1\nABC nonsense\n"), 0o600) },
		"cut":      func() error { return os.WriteFile(path, sound[:len(sound)/2], 0o600) },
		"empty":    func() error { return os.WriteFile(path, nil, 0o600) },
		"readable": func() error { return os.Chmod(path, 0o644) },
	} {
		said.Reset()
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if signed(t, d) != code || scanned(t, d, code) != "unknown parcel" {
				t.Errorf("%s: the keys of before are lost", name)
			}
		}
		var file *trace.FileError
		if err := d.KeyTrouble(); !errors.As(err, &file) || file.Hint == "" || file.Cause() == "" || strings.Contains(file.Cause(), d.Dir) {
			t.Errorf("%s: the trouble is %v", name, err)
		}
		if n := strings.Count(said.String(), "the trace keys of before stay in use"); n != 1 {
			t.Errorf("%s: said %d times: %s", name, n, said)
		}
		_ = os.Chmod(path, 0o600)
		if err := os.WriteFile(path, sound, 0o600); err != nil {
			t.Fatal(err)
		}
		if d.Keys(); d.KeyTrouble() != nil || !strings.Contains(said.String(), "can be read again") {
			t.Errorf("%s: after it was mended: %v", name, d.KeyTrouble())
		}
		for _, line := range strings.Split(string(sound), "\n")[1:] {
			if _, secret, ok := strings.Cut(line, " "); ok && strings.Contains(said.String(), secret) {
				t.Errorf("%s: the log holds the key", name)
			}
		}
	}
}

// A rotation puts a whole file in the place of the old one: whoever reads at
// that moment has the keys of before or those of after.
func TestKeysAreReadWhileTheyAreRotated(t *testing.T) {
	d, said := keyShop(t)
	first := d.Keys()[0].ID()
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for most := 0; ; {
				keys := d.Keys()
				if len(keys) < most || keys[len(keys)-1].ID() != first {
					t.Errorf("%d keys after %d, the first is %v", len(keys), most, keys)
					return
				}
				most = len(keys)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for range 40 {
		if _, err := folder.RotateKey(d.Dir, false); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
	if d.KeyTrouble() != nil || said.Len() > 0 || len(d.Keys()) != 41 {
		t.Errorf("%d keys, %v, %s", len(d.Keys()), d.KeyTrouble(), said)
	}
}

// Keys that are made or retired at the same time are all kept: what was signed
// with a lost one could never be verified again.
func TestRotationsAtTheSameTimeLoseNoKey(t *testing.T) { // L2
	d, _ := keyShop(t)
	first := d.Keys()[0].ID()
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := folder.RotateKey(d.Dir, false); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if keys := d.Keys(); len(keys) != 9 || keys[8].ID() != first {
		t.Errorf("%d keys after 8 rotations, want 9", len(keys))
	}
	for range 4 {
		all.Go(func() {
			if _, err := folder.RotateKey(d.Dir, false); err != nil {
				t.Error(err)
			}
		})
	}
	all.Go(func() {
		if _, err := folder.RetireKey(d.Dir, first); err != nil {
			t.Error(err)
		}
	})
	all.Wait()
	if keys := d.Keys(); len(keys) != 13 || !keys[12].Retired() {
		t.Errorf("%d keys, the oldest retired: %t", len(keys), keys[len(keys)-1].Retired())
	}
}

// The lock of the keys is free once its holder is gone, and what a killed
// rotation left is taken away.
func TestKeysAfterAKilledRotation(t *testing.T) {
	d, _ := keyShop(t)
	for _, name := range []string{folder.KeysLock, ".trace-keys-123"} {
		if err := os.WriteFile(filepath.Join(d.Dir, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := folder.RotateKey(d.Dir, false); err != nil {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(d.Dir, ".trace-keys-*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
