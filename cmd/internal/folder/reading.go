package folder

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

// reading begins the name of the folder that a data folder is copied to.
const reading = "packbench-read-"

// OpenToRead opens a data folder for who only looks; done closes it. Where nothing
// can be written, such as on a disk that is only to be read, it opens a copy, which
// is gone afterwards: SQLite keeps files beside a database, and what the journal says
// is taken up into tables first.
func OpenToRead(ctx context.Context, dir string, o Options) (d *Folder, done func() error, err error) {
	d, err = Open(ctx, dir, o)
	if err == nil {
		return d, d.Close, nil
	}
	if !errors.Is(err, store.ReadOnly) {
		return nil, nil, err
	}
	copied, end, failed := Scratch(os.TempDir(), reading)
	if failed != nil {
		return nil, nil, errors.Join(err, failed)
	}
	if failed = copyToRead(ctx, dir, copied); failed == nil {
		d, failed = Open(ctx, copied, o)
	}
	if failed != nil {
		return nil, nil, errors.Join(failed, end())
	}
	return d, func() error { return errors.Join(d.Close(), end()) }, nil
}

// copyToRead copies the files of a data folder as they were at one moment.
func copyToRead(ctx context.Context, from, to string) error {
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
			same = same && sameFile(info, after[name])
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
