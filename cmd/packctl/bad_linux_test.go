package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"packbench/cmd/internal/folder"
	"packbench/cmd/internal/folder/foldertest"
	"packbench/station/store"

	"golang.org/x/sys/unix"
)

// TestAFullDisk uses a disk of its own, which only root can make.
func TestAFullDisk(t *testing.T) { // F4
	t.Parallel()
	w := &working{exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "disk")}
	w.process = &process{t: t}
	if err := os.Mkdir(w.data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := unix.Mount("packbench-test", w.data, "tmpfs", 0, "size=16m"); err != nil {
		lack(t, "a small disk can be made by root only: %v", err)
	}
	defer func() {
		if err := unix.Unmount(w.data, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}()
	foldertest.Init(t, w.data, true, folder.Options{})
	var room unix.Statfs_t
	if err := unix.Statfs(w.data, &room); err != nil {
		t.Fatal(err)
	}
	ballast := filepath.Join(w.data, "ballast")
	if err := os.WriteFile(ballast, make([]byte, int64(room.Bavail)*room.Bsize-400<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	units, words := filled(t, w.station(t, "S1"))
	if !strings.Contains(words, "the disk is full") {
		t.Errorf("it does not say that the disk is full")
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	w.afterFull(units, words)
}

// TestAFileThatCannotGrow is a full disk for those who are not root.
func TestAFileThatCannotGrow(t *testing.T) {
	w := &working{exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "data")}
	w.process = &process{t: t}
	foldertest.Init(t, w.data, true, folder.Options{})
	info, err := os.Stat(filepath.Join(w.data, store.FileName))
	if err != nil {
		t.Fatal(err)
	}
	limit := fmt.Sprintf("ulimit -f %d; exec \"$@\"", (info.Size()+64<<10)/512)
	p := startProcess(t, "sh", "-c", limit, "sh", w.exe, "run", "--json", "--station", "S1", "--data", w.data)
	units, words := filled(t, p)
	w.afterFull(units, words)
}

// nobody is a user without rights.
const nobody = 65534

// TestAFolderThatCannotBeWritten: as a user who may only read it.
func TestAFolderThatCannotBeWritten(t *testing.T) {
	w := &working{exe: buildPackctl(t), data: filepath.Join(t.TempDir(), "data")}
	w.process = &process{t: t}
	foldertest.Init(t, w.data, true, folder.Options{})
	err := filepath.WalkDir(w.data, func(path string, d fs.DirEntry, err error) error {
		if err == nil && os.Getuid() == 0 { // root may write everywhere
			err = os.Chown(path, nobody, nobody)
		}
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chmod(path, 0o400)
	})
	if err == nil {
		err = os.Chmod(w.data, 0o500)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.Chmod(w.data, 0o700); err != nil {
			t.Error(err)
		}
	}()
	for _, args := range [][]string{{"run"}, {"import", "orders", filepath.Join(w.data, "packbench.db")}} {
		cmd := exec.Command(w.exe, append(args, "--data", w.data)...)
		cmd.Stdin = strings.NewReader("badge B-PACKER\nscan 1001\n")
		if os.Getuid() == 0 {
			cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
			openUp(t, w.exe)
			openUp(t, w.data)
		}
		out, err := cmd.CombinedOutput()
		t.Logf("%s", out)
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		if cmd.ProcessState.ExitCode() != 1 || strings.Count(string(out), "\n") != 1 || !strings.Contains(string(out), "cannot be written") {
			t.Errorf("%s: %v: %s", args[0], err, out)
		}
	}
}

// openUp lets others come to a file through the temporary folders above it.
func openUp(t *testing.T, path string) {
	t.Helper()
	for dir := filepath.Dir(path); strings.HasPrefix(dir, os.TempDir()) && dir != os.TempDir(); dir = filepath.Dir(dir) {
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
}
