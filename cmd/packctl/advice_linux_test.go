package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestA13NoAdviceWithoutProof: where no file can be opened any more nothing is lost,
// and nobody is sent to a backup, to a new key or to a new shop.
func TestA13NoAdviceWithoutProof(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	call := func(args ...string) string {
		var said strings.Builder
		packctl(t.Context(), env{in: strings.NewReader(""), out: &said, err: &said, clock: time.Now}, append(args, "--data", dir))
		return said.String()
	}
	call("init", "--demo")
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &before); err != nil {
		t.Fatal(err)
	}
	few := syscall.Rlimit{Cur: 200, Max: before.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &few); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Setrlimit(syscall.RLIMIT_NOFILE, &before) }()
	var open []*os.File
	for {
		f, err := os.Open(os.DevNull)
		if err != nil {
			break
		}
		open = append(open, f)
	}
	harm := regexp.MustCompile(`(?i)packctl init|--lost|restore|damaged`)
	for free := range 8 { // one more file after the other: each step of opening fails once
		for _, args := range [][]string{{"find", "1001"}, {"doctor"}, {"run", "--station", "S1"}, {"trace", "rotate"}} {
			if said := call(args...); harm.MatchString(said) {
				t.Errorf("%d files, %v: %s", free, args, said)
			}
		}
		_ = open[0].Close()
		open = open[1:]
	}
	for _, f := range open {
		_ = f.Close()
	}
}
