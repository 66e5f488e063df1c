package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// V31: whoever asks at the door of a bench gets its window to the front, whatever an
// earlier program left there; without a window nobody is told so.
func TestV31ASecondStartAsksForTheFirstWindow(t *testing.T) {
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	data := t.TempDir()
	door, err := doorOf(data, "S1")
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	if other, err := doorOf(link, "S1"); err != nil || other != door {
		t.Errorf("another door by another name of the folder: %s, %s, %v", other, door, err)
	}
	if other, _ := doorOf(data, "S2"); other == door {
		t.Error("two benches have one door")
	}
	if askToFront(door) {
		t.Error("a window that is not there came to the front")
	}
	if err := os.WriteFile(door, nil, 0o600); err != nil { // left behind
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	raised, ended := make(chan struct{}, 9), make(chan error, 1)
	go func() { ended <- answer(ctx, door, func() { raised <- struct{}{} }) }()
	for n := range 2 {
		for end := time.Now().Add(20 * time.Second); !askToFront(door); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("nobody opens")
			}
		}
		if len(raised) != n+1 {
			t.Errorf("raised %d times after %d starts", len(raised), n+1)
		}
	}
	if s, err := os.Stat(door); err != nil || s.Mode().Perm() != 0o600 {
		t.Errorf("the door is open to others: %v, %v", s, err)
	}
	stop()
	if err := <-ended; err != context.Canceled {
		t.Error(err)
	}
	if askToFront(door) {
		t.Error("a window that has ended came to the front")
	}
}
