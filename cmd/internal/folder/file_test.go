package folder

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What cannot be written is told under the name that was asked for (F4).
func TestAFileThatCannotBeWrittenIsNamed(t *testing.T) {
	dir := t.TempDir()
	hello := func(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }
	full := func(w io.Writer) error {
		return &os.PathError{Op: "write", Path: w.(*os.File).Name(), Err: syscall.ENOSPC}
	}
	other := func(io.Writer) error { return &os.PathError{Op: "read", Path: "elsewhere", Err: syscall.EIO} }
	for name, c := range map[string]struct {
		path  string
		write func(io.Writer) error
		want  string
	}{
		"no folder":          {filepath.Join(dir, "nowhere", "x.pdf"), hello, filepath.Join(dir, "nowhere", "x.pdf")},
		"the disk is full":   {filepath.Join(dir, "x.pdf"), full, filepath.Join(dir, "x.pdf")},
		"another file's own": {filepath.Join(dir, "x.pdf"), other, "elsewhere"},
	} {
		err := WriteWhole(c.path, c.write)
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), ".packbench-") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := WriteWhole(filepath.Join(dir, "nowhere", "x"), hello); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("nobody can tell what is wrong: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
