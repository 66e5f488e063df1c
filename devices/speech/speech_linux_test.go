package speech

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// standIn puts a program in place of the computer's speech; it returns what it was asked
// for so far, a line each.
func standIn(t *testing.T, does string) (said func() []string) {
	t.Helper()
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	script := "#!/bin/sh\necho \"$*\" >> '" + log + "'\n" + does + "\n"
	if err := os.WriteFile(filepath.Join(dir, program), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":/bin:/usr/bin")
	return func() []string {
		data, _ := os.ReadFile(log)
		return strings.Split(strings.TrimSpace(string(data)), "\n")
	}
}

func running(t *testing.T) *Speaker {
	t.Helper()
	s := NewSpeaker()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.Run(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
	})
	return s
}

func waitFor(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

// What is said stops what was being said, is in its language, and is never taken for an
// option.
func TestSaid(t *testing.T) {
	said := standIn(t, "")
	s := running(t)
	for _, c := range []struct{ language, words, want string }{
		{"de", "--help Becher, weiß,\n 2 von 3.", "--language de -- --help Becher, weiß, 2 von 3."},
		{"zh-Hans", "已打包", "--language zh -- 已打包"},
		{"en", strings.Repeat("a", 5000), "--language en -- " + strings.Repeat("a", longest)},
	} {
		s.Say(c.language, c.words)
		waitFor(t, c.want, func() bool {
			all := said()
			return len(all) > 1 && all[len(all)-1] == c.want && all[len(all)-2] == "--cancel"
		})
	}
	s.Say("en", " \x00\n ")
	waitFor(t, "silence", func() bool { all := said(); return all[len(all)-1] == "--cancel" })
}

// Twenty scans in a row: the last one is what is said, and none holds up a scan.
func TestTheNewestIsSaid(t *testing.T) {
	said := standIn(t, "sleep 0.1")
	s := running(t)
	begun := time.Now()
	for range 20 {
		s.Say("en", "old")
	}
	s.Say("en", "new")
	if took := time.Since(begun); took > 50*time.Millisecond {
		t.Errorf("asking took %v", took)
	}
	waitFor(t, "the newest", func() bool { all := said(); return all[len(all)-1] == "--language en -- new" })
	if n := len(said()); n > 6 {
		t.Errorf("%d calls: what is old is still said", n)
	}
}

// A computer without speech, or with one that fails, is a silent bench.
func TestNoSpeech(t *testing.T) {
	said := standIn(t, "exit 1")
	if !Able() {
		t.Error("it is there")
	}
	s := running(t)
	s.Say("en", "one")
	waitFor(t, "one", func() bool { return len(said()) == 2 })
	t.Setenv("PATH", t.TempDir())
	if Able() {
		t.Error("it is not there")
	}
	s.Say("en", "two")
	s.Say("en", "three")
}
