// Package snapshot copies the files of a data folder as they were at one moment, for who
// only looks and may write nothing beside them ([Take]). It must not know what is in them.
package snapshot

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"packbench/station/store"
)

// Take copies the files of a data folder as they were at one moment.
func Take(ctx context.Context, from, to string) error {
	for range 3 {
		before, err := looks(from)
		if err != nil {
			return err
		}
		for name := range before {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := copyPlain(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
				return err
			}
		}
		after, err := looks(from)
		if err != nil {
			return err
		}
		same := len(before) == len(after)
		for name, info := range before {
			same = same && SameFile(info, after[name])
		}
		if same {
			return nil
		}
	}
	return store.Busy
}

// looks lists what belongs to a data folder itself: no locks, and no folders.
func looks(dir string) (map[string]fs.FileInfo, error) {
	entries, err := os.ReadDir(dir)
	files := map[string]fs.FileInfo{}
	for _, e := range entries {
		name := e.Name()
		if !e.Type().IsRegular() || strings.HasSuffix(name, ".lock") || strings.HasSuffix(name, "-shm") || strings.HasPrefix(name, ".") {
			continue
		}
		info, failed := e.Info()
		if err = errors.Join(err, failed); failed == nil {
			files[name] = info
		}
	}
	return files, err
}

func copyPlain(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return errors.Join(err, in.Close())
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, in.Close(), out.Close())
}

// SameFile reports whether nobody has put another file there or written to it.
func SameFile(a, b fs.FileInfo) bool {
	return a != nil && b != nil && os.SameFile(a, b) && a.Size() == b.Size() && a.Mode() == b.Mode() && a.ModTime().Equal(b.ModTime())
}
