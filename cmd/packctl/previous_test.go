package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"packbench/station/pack"
	"packbench/station/store"
)

// A folder that the previous commit's program has written opens, verifies and goes on:
// a shop updates between two scans of one order, and its program may have been killed.
func TestWhatThePreviousProgramWroteGoesOn(t *testing.T) { // F2
	t.Parallel()
	exe, before := buildPackctl(t), buildPrevious(t)
	data, docs := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "docs")
	command := func(exe string, args ...string) string {
		t.Helper()
		out, err := exec.Command(exe, append(args, "--data", data)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v: %s", args, err, out)
		}
		return string(out)
	}
	command(before, "init", "--demo")
	old := startProcess(t, before, "run", "--json", "--data", data, "--out", docs)
	old.all([]lineAnswer{
		{"badge B-PACKER", pack.CodeSignedIn},
		{"scan 1003", pack.CodeOrderOpened},
		{"scan 9520000000196", ""},
		{"weigh 0.740kg", ""},
		{"scan 00095200000000000011", "order-closed"},
		{"scan 1001", pack.CodeOrderOpened},
		{"scan 9520000000011", pack.CodeItem},
		{"scan 9520000000196", pack.CodeWrongItem},
		{"do park", pack.CodeParked},
		{"scan 1001", ""},
		{"scan 9520000000011", pack.CodeItem},
	})
	old.kill()

	if out := command(exe, "journal", "verify"); !strings.Contains(out, "S1") {
		t.Errorf("verified: %s", out)
	}
	today := startProcess(t, exe, "run", "--json", "--data", data, "--out", docs)
	today.all([]lineAnswer{
		{"scan 9520000000035", pack.CodeItem},
		{"scan 9520000000059", ""},
		{"weigh zero", ""},
		{"weigh 1.198kg", ""},
		{"scan 00095200000000000028", "order-closed"},
		{"do handover demo-post", pack.CodeLoading},
		{"scan 00095200000000000011", pack.CodeHandedOver},
	})
	today.end()
	if out := command(exe, "journal", "verify"); !strings.Contains(out, "S1") {
		t.Errorf("verified: %s", out)
	}
	for _, id := range []string{"1001-1", "1003-1"} {
		command(exe, "document", "label", id, "--out", filepath.Join(docs, id+".pdf"))
	}
}

// lineAnswer is a line and the code of its verdict; "" takes any that is no refusal.
type lineAnswer struct {
	line string
	code pack.Code
}

func (p *process) all(lines []lineAnswer) {
	p.t.Helper()
	for _, l := range lines {
		p.write(l.line)
		a, ok := p.answer()
		if !ok || l.code != "" && a.Code != l.code || l.code == "" && a.Verdict == pack.Refused {
			p.t.Fatalf("%s: %+v, want %s; %s", l.line, a, l.code, p.words.String())
		}
	}
}

// buildPrevious builds the program of the commit before what is tested here: of the
// last one where something is not committed yet.
func buildPrevious(t *testing.T) string {
	t.Helper()
	git := func(args ...string) ([]byte, error) {
		cmd := exec.Command("git", args...)
		cmd.Dir = filepath.Join("..", "..")
		return cmd.Output()
	}
	commit := "HEAD^"
	if out, err := git("status", "--porcelain", "--", "*.go", "go.mod"); err == nil && len(out) > 0 {
		commit = "HEAD"
	}
	tree, err := git("archive", "--format=tar", commit)
	if err != nil {
		if shallow, failed := git("rev-parse", "--is-shallow-repository"); failed == nil && strings.TrimSpace(string(shallow)) == "false" {
			t.Fatalf("%s cannot be unpacked: %v", commit, err)
		}
		t.Skipf("%s is not here: a shallow copy has no previous program", commit)
	}
	dir := placeOfBefore(t)
	unpack := exec.Command("tar", "-x", "-C", dir)
	unpack.Stdin = bytes.NewReader(tree)
	if out, err := unpack.CombinedOutput(); err != nil {
		t.Fatalf("tar: %v: %s", err, out)
	}
	exe := filepath.Join(t.TempDir(), "packctl-before")
	build := exec.Command("go", "build", "-o", exe, "./cmd/packctl")
	build.Dir, build.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", commit, err, out)
	}
	return exe
}

// placeOfBefore is an empty folder to build the previous program in. It is the same one
// each time, unless another run is at it: Go builds again what lies in another folder,
// even where nothing of it was changed.
func placeOfBefore(t *testing.T) string {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	dir := filepath.Join(cache, "packbench")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	free, err := store.LockFile(filepath.Join(dir, "before.lock"), 0)
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(free)
	dir = filepath.Join(dir, "before")
	if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	return dir
}
