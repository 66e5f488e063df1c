package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"packbench/station/store"
)

// onReadOnlyDisk runs do while nothing can be written under a folder.
func onReadOnlyDisk(t *testing.T, dir string, do func()) {
	t.Helper()
	if os.Geteuid() != 0 {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.Chmod(dir, 0o700) }()
		do()
		return
	}
	if err := syscall.Mount(dir, dir, "", syscall.MS_BIND, ""); err != nil {
		lack(t, "no disk that is only to be read: %v", err)
	}
	defer func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }()
	if err := syscall.Mount("", dir, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		lack(t, "no disk that is only to be read: %v", err)
	}
	do()
}

// looks are the commands that only look.
var looks = [][]string{{"find", "1001"}, {"journal", "verify"}, {"journal", "show"}, {"cases"}, {"shift", "export", "--date", "2026-11-23", "--json"}}

// TestA12WhoLooksDoesNotWrite: beside somebody who writes for long, and on a disk
// that is only to be read.
func TestA12WhoLooksDoesNotWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	must := func(args ...string) string {
		t.Helper()
		var out, err strings.Builder
		e := env{in: strings.NewReader("badge B-PACKER\nscan 1001\n"), out: &out, err: &err, clock: time.Now}
		if code := packctl(t.Context(), e, append(slices.Clone(args), "--data", dir)); code != 0 {
			t.Errorf("%v: %s", args, err.String())
		}
		return out.String()
	}
	must("init", "--demo")
	must("run", "--station", "S1")
	want := map[string]string{}
	for _, look := range looks {
		want[look[0]+look[len(look)-1]] = must(look...)
	}
	same := func(t *testing.T) {
		for _, look := range looks {
			if got := must(look...); got != want[look[0]+look[len(look)-1]] {
				t.Errorf("%v: %s", look, got)
			}
		}
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, do := range []string{"BEGIN IMMEDIATE", "UPDATE settings SET value = value"} {
		if _, err := db.ExecContext(t.Context(), do); err != nil {
			t.Fatal(err)
		}
	}
	same(t)
	if _, err := db.ExecContext(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	onReadOnlyDisk(t, dir, func() {
		same(t)
		left, _ := filepath.Glob(filepath.Join(os.TempDir(), "packbench-read-*"))
		if len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	})
}
