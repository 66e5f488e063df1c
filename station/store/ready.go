package store

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
)

// ready makes an empty file for a new database, which only its owner may read, and
// closes one that an older program left open to others. SQLite gives its own files
// the same rights. A folder that a group works in is left as it was set up.
func ready(path string, stands bool) error {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !stands:
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return err
		}
		return f.Close()
	case errors.Is(err, fs.ErrNotExist), err == nil && stands && info.Size() == 0:
		return Lost
	case err != nil:
		return err
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if info, err := os.Stat(name); err == nil && OthersRead(info) && info.Mode().Perm()&0o022 == 0 {
			_ = os.Chmod(name, info.Mode().Perm()&0o700) // of somebody else: the doctor tells
		}
	}
	return nil
}

// OthersRead reports whether others than its owner may read a file. Windows keeps
// that elsewhere, with the folder.
func OthersRead(info fs.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o044 != 0
}
