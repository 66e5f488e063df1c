package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"packbench/station/store"
)

// WriteWhole writes a file whole or not at all: what stood there before stays
// until the new contents are on the disk.
func WriteWhole(path string, write func(io.Writer) error) error {
	sweepUnfinished(filepath.Dir(path), time.Now())
	return WriteWholeVia(path, filepath.Dir(path), write)
}

// unfinished begins the name of a file that is not whole yet; digits follow.
const unfinished = ".packbench-"

// leftBehind is when a file that is not whole yet belongs to nobody any more:
// another program may be writing into the same folder.
const leftBehind = time.Hour

// sweepUnfinished removes what killed programs left of their files in a folder:
// they may hold names and addresses.
func sweepUnfinished(dir string, now time.Time) {
	entries, _ := os.ReadDir(dir) // what cannot be read is told when it is written into
	for _, e := range entries {
		number, ok := strings.CutPrefix(e.Name(), unfinished)
		if !ok || number == "" || strings.Trim(number, "0123456789") != "" || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && now.Sub(info.ModTime()) > leftBehind {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// WriteWholeVia is WriteWhole with the folder, on the same disk, that holds the file
// until it is whole.
func WriteWholeVia(path, dir string, write func(io.Writer) error) (err error) {
	switch info, err := os.Stat(path); {
	case err != nil: // not there yet; CreateTemp tells what else may be wrong
	case info.IsDir():
		return fmt.Errorf("%s is a folder", path)
	case !info.Mode().IsRegular(): // such as /dev/stdout, which must not be replaced
		return fmt.Errorf("%s is no plain file", path)
	}
	file, err := os.CreateTemp(dir, unfinished+"*")
	if err != nil {
		return named(err, path, "")
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	if err := errors.Join(write(file), file.Sync(), file.Close()); err != nil {
		return named(err, path, file.Name())
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return named(err, path, file.Name())
	}
	SyncFolder(filepath.Dir(path))
	return nil
}

// named says of an error with the temporary file, of any where that has no name
// yet, that it is with the file that was asked for: nobody knows the other one.
func named(err error, path, temporary string) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at) && (temporary == "" || at.Path == temporary):
		return &fs.PathError{Op: "write", Path: path, Err: at.Err}
	case errors.As(err, &link) && link.Old == temporary:
		return &fs.PathError{Op: "write", Path: path, Err: link.Err}
	}
	return err
}

// SyncFolder brings the names in a folder to the disk, where the system can: a
// power cut would take a new file away otherwise that was said to be there.
// Windows does so by itself.
func SyncFolder(dir string) {
	if folder, err := os.Open(dir); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// scratchLock is the file in a scratch folder whose lock is held by its program.
const scratchLock = "in-use.lock"

// Scratch makes a folder for a while, whose name begins so. What killed programs
// left of them is removed first: it holds keys and addresses.
func Scratch(in, name string) (dir string, done func() error, err error) {
	if err := Sweep(in, name); err != nil {
		return "", nil, err
	}
	if dir, err = os.MkdirTemp(in, name); err != nil {
		return "", nil, err
	}
	free, err := store.LockFile(filepath.Join(dir, scratchLock), 0)
	if err != nil { // this disk has no locks: then nobody sweeps either
		free = func() {}
	}
	return dir, func() error {
		free()
		return os.RemoveAll(dir)
	}, nil
}

// Sweep removes scratch folders that nobody holds any more. An empty one is left:
// somebody may just be making it.
func Sweep(in, name string) error {
	entries, err := os.ReadDir(in)
	if err != nil {
		return nil // who may write there and not look, such as into a letter box, finds nothing
	}
	for _, e := range entries {
		path := filepath.Join(in, e.Name())
		if !e.IsDir() || !strings.HasPrefix(e.Name(), name) {
			continue
		}
		if inside, bad := os.ReadDir(path); bad != nil || len(inside) == 0 {
			continue
		}
		free, held := store.LockFile(filepath.Join(path, scratchLock), 0)
		if held != nil {
			continue
		}
		free()
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}
